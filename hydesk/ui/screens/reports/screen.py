"""The screen 统计报告: choose, see the pages, print or save."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.services.compile_report import ReportKind, compile_report
from hydesk.services.print_report import FORMATS, print_report
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.jobs import Progress
from hydesk.ui.screens.reports.made import Made, make, weeks_of
from hydesk.ui.screens.reports.page_view import PageView
from hydesk.ui.widgets.basic import EmptyState, button, label

WORDS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}
FORMS = {"pdf": "PDF 文件 (*.pdf)", "docx": "Word 文档 (*.docx)", "xlsx": "Excel 工作簿 (*.xlsx)"}


class ReportsScreen(QWidget):
    """Kind and period above, pages below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kind = ReportKind.MONTHLY
        self._wanted = 0
        self._stale = True
        self.made: Made | None = None
        self.view = PageView(desk)
        self.count = label("", "count")
        self.note = label("", "quiet")
        self.page = label("", "quiet")
        self.weeks = QComboBox()
        self.weeks.setAccessibleName("周")
        self.empty = EmptyState()
        self.buttons: list[QPushButton] = []
        self._lay_out()
        desk.period_changed.connect(self._changed_period)
        desk.changes.ledger_changed.connect(self._refresh)
        self.view.page_changed.connect(lambda n, of: self.page.setText(f"第 {n}／{of} 页" if of else ""))
        self.weeks.activated.connect(lambda _i: self.reload())
        self._offer_weeks()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("统计报告", "title"))
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        for form in FORMATS:
            self.buttons.append(button(f"存为 {WORDS[form]}", partial(self.save, form)))
        self.buttons.append(button("打印", self.print_pages, kind="primary", tip="Ctrl+P"))
        for one in self.buttons:
            head.addWidget(one)
        surface = QFrame()
        surface.setObjectName("card")
        inside = QVBoxLayout(surface)
        inside.setContentsMargins(1, 1, 1, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        inside.addWidget(self.pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addLayout(self._choices())
        layout.addWidget(surface, 1)
        self._allow(False)

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        self._kinds = QButtonGroup(self)
        for kind in (ReportKind.MONTHLY, ReportKind.WEEKLY):
            one = QPushButton(kind.label)
            one.setObjectName("segment")
            one.setCheckable(True)
            one.setChecked(kind is self._kind)
            one.clicked.connect(lambda _=False, k=kind: self.choose(k))
            self._kinds.addButton(one)
            row.addWidget(one)
        row.addSpacing(8)
        row.addWidget(self.weeks)
        row.addSpacing(12)
        row.addWidget(self.note, 1)
        row.addWidget(self.page)
        row.addSpacing(8)
        for text, tip, act in (("－", "缩小", lambda: self.view.step_zoom(-1)),
                               ("＋", "放大", lambda: self.view.step_zoom(1)),
                               ("适合宽度", "", lambda: self.view.set_zoom(None))):
            row.addWidget(button(text, act, tip=tip))
            row.addSpacing(4)
        return row

    # What the window asks ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """Make the report if there is none yet, or what it says has changed."""
        if self._stale:
            self.reload()

    def take(self, request: Any) -> None:
        """Nothing can be asked of this screen."""

    def _refresh(self, *_: object) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def _changed_period(self, _period: Period) -> None:
        self._offer_weeks()
        self._refresh()

    def _offer_weeks(self) -> None:
        self.weeks.clear()
        for week in weeks_of(self._desk.period):
            text = f"{week.label}（{week.start:%m-%d}—{week.end:%m-%d}）"
            self.weeks.addItem(text, week)
        self.weeks.setCurrentIndex(self.weeks.count() - 1)
        self.weeks.setVisible(self._kind is ReportKind.WEEKLY)

    def choose(self, kind: ReportKind) -> None:
        """Show a report of another kind."""
        if kind is not self._kind:
            self._kind = kind
            self.weeks.setVisible(kind is ReportKind.WEEKLY)
            self.reload()

    @property
    def period(self) -> Period:
        """The period reported: the window's month, or the chosen week in it."""
        week = self.weeks.currentData()
        return week if self._kind is ReportKind.WEEKLY and isinstance(week, Period) else self._desk.period

    def reload(self) -> None:
        """Compile and print the report to memory in a job, then show it."""
        self._stale = False
        self._wanted += 1
        number, ledger, kind, period = self._wanted, self._desk.ledger, self._kind, self.period
        self.count.setText(f"{period.label} · 正在生成…")

        def done(made: Made) -> None:
            if number == self._wanted:
                self._show(made)

        def failed(error: Exception) -> None:
            if number != self._wanted:
                return
            self._fall_back(str(error) if isinstance(error, HydeskError) else "报告没有生成，请把错误报告交给维护人员。")
            if not isinstance(error, HydeskError):
                self._desk.jobs.failed.emit(error)

        self._desk.jobs.start(f"生成{kind.label}", lambda p: make(ledger, kind, period, p), self, done=done,
                              failed=failed, cancelled=lambda: self._fall_back("已取消。按 F5 重新生成。"))

    def _show(self, made: Made) -> None:
        self.made = made
        self.count.setText(f"{made.period.label} · {len(made.file.sizes)} 页")
        self.note.setText(self.note.fontMetrics().elidedText(made.note, Qt.TextElideMode.ElideRight, 480))
        self.note.setToolTip(made.note)
        self.view.show_file(made.file)
        self.pages.setCurrentIndex(0)
        self._allow(True)

    def _fall_back(self, sentence: str) -> None:
        self.made = None
        self.view.show_file(None)
        self.count.setText(self.period.label)
        self.note.clear()
        self.empty.say(sentence)
        self.pages.setCurrentIndex(1)
        self._allow(False)

    def _allow(self, on: bool) -> None:
        for one in self.buttons:
            one.setEnabled(on)

    def save_state(self) -> None:
        """The window closes: give the pages' memory back while no page is being rendered."""
        self.view.show_file(None)

    # Doing ------------------------------------------------------------------------------------------------

    def save(self, form: str) -> None:
        """Ask where, and save the report as ``form``."""
        if self.made is None:
            return
        path, _ = QFileDialog.getSaveFileName(self, "保存报告", f"{self.made.stem}.{form}", FORMS[form])
        if path:
            self.save_to(form, Path(path))

    def save_to(self, form: str, path: Path) -> None:
        """Save the report as ``form`` at ``path``: the same figures that are shown, if the ledger is the same."""
        made = self.made
        if made is None:
            return
        ledger = self._desk.ledger

        def work(progress: Progress) -> None:
            with tempfile.TemporaryDirectory(prefix="hydesk-") as folder:
                report = compile_report(ledger, made.kind, made.period)
                written = print_report(report, Path(folder), formats=(form,), progress=progress)
                try:
                    shutil.copyfile(written[0], path)
                except OSError as e:
                    raise HydeskError(f"没有存下“{path}”：{e.strerror}。请关闭正在打开它的程序，或换一个文件夹") from e

        self._desk.jobs.start("保存报告", work, self, done=lambda _r: self._desk.notice(f"已存为 {path}"))

    def print_pages(self) -> None:
        """Ctrl+P."""
        if self.made is not None:
            from hydesk.ui.screens.reports.printing import ask_and_print

            ask_and_print(self._desk, self.made.file, self.made.stem, self)
