"""The page 两日对照: what changed in the ledger between two days, value by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.money import format_money
from hydesk.domain.pinyin import initials
from hydesk.services.pages.compare_days import (
    HEADS,
    LISTED,
    OFF_LIST,
    DaysCompared,
    ValueMoved,
    compare_days,
    export_compared,
    said_of,
)
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import EmptyState, button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.facet_row import Facet, FacetRow
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.typed_date import TypedDate
from hydesk.ui.kit.words import COPIED, UNIT
from hydesk.ui.requests import OpenProject


def _column(at: int, read: Callable[[ValueMoved], str], **more: Any) -> ListColumn[ValueMoved]:
    return ListColumn(HEADS[at].head, read, HEADS[at].width, **more)


COLUMNS = (
    _column(0, lambda v: v.code), _column(1, lambda v: v.name, stretch=True), _column(2, lambda v: v.unit), _column(3, lambda v: v.field),
    _column(4, lambda v: v.then, right=True), _column(5, lambda v: v.now, right=True),
    _column(6, lambda v: "" if v.by is None else f"{'+' if v.by > 0 else ''}{format_money(v.by)}", order=lambda v: v.by, right=True))
_ASK = "填前一个日期，看从那天到后一个日期（空着就是现在）台账里哪些项目、哪些数变了。两边都按窗口上面选的报告期看。"


class ComparePage(QWidget):
    """Two days to type; below them what became another, by unit and field. Enter opens the project."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.found: DaysCompared | None = None
        year = desk.period.year
        self.then, self.now = TypedDate("前一个日期", year), TypedDate("后一个日期，空着就是现在", year)
        self.now.line.setPlaceholderText("现在")
        for one in (self.then, self.now):
            one.setFixedWidth(210)
            one.entered.connect(self.compare)
        self.wrong, self.sentence = label("", "error"), label("", "quiet", wrap=True)
        self.export = button("导出 Excel…", self.ask_where)
        self.filters = FacetRow({"field": Facet("栏目"), "unit": Facet(UNIT)}, hint="查找项目、内容、拼音", name="在变化中查找")
        self.table = Listing(COLUMNS, desk.theme, "两个日期之间的变化", key=lambda v: (v.project_id, v.field))
        self.empty = EmptyState()
        self.empty.say(_ASK)
        self.pages = QStackedWidget()
        for page in (self.empty, self.table):
            self.pages.addWidget(page)
        first = QHBoxLayout()
        first.setSpacing(10)
        for word, one in (("从", self.then), ("到", self.now)):
            first.addWidget(label(word, "quiet"))
            first.addWidget(one)
        first.addWidget(button("对照", self.compare, kind="primary", tip="Enter"))
        first.addWidget(self.wrong)
        first.addStretch(1)
        first.addWidget(self.export)
        in_column(first, self.sentence, self.filters, (self.pages, 1), on=self, gap=8, margins=0)
        self.filters.query_changed.connect(self._narrow)
        self.filters.left.connect(self.table.enter)
        self.table.opened.connect(self._open)
        self.table.copied.connect(lambda n: desk.notice(COPIED.format(n=n)))
        self._show(None)

    def reload(self) -> None:
        """Another period, or the ledger changed: compare again what was compared."""
        if self.found is not None:
            self.compare()

    def start_search(self) -> None:
        """Ctrl+F."""
        self.filters.focus_search()

    def compare(self) -> None:
        """Read both days in a job, and show what changed."""
        self.wrong.clear()
        try:
            then, now = self.then.day(), self.now.day()
        except HydeskError as e:
            self.wrong.setText(str(e))
            return
        if then is None:
            self.wrong.setText("请填前一个日期")
            self.then.setFocus()
            return
        ledger, period = self._desk.ledger, self._desk.period
        self._desk.jobs.start("两日对照", lambda p: compare_days(ledger, then, now, period, p), self, done=self._show, failed=self._say_failed)

    def _say_failed(self, error: Exception) -> None:
        if isinstance(error, HydeskError):
            self.wrong.setText(str(error))
        else:
            self._desk.jobs.failed.emit(error)

    def _show(self, found: DaysCompared | None) -> None:
        self.found = found
        self.sentence.setText("" if found is None else said_of(found))
        for one in (self.sentence, self.filters, self.export):
            one.setVisible(found is not None and bool(found.values))
        self.filters.put("", {})
        self._narrow()
        if found is not None and not found.values:
            self.empty.say("这两个日期之间，清单上的项目没有一处变化。")
        elif found is not None:
            self.table.setFocus()

    def select(self, but: str = "") -> list[ValueMoved]:
        """What is asked for, whatever is chosen of the facet ``but``."""
        words, asked = self.filters.text.lower().split(), self.filters.values
        values = self.found.values if self.found is not None else ()
        return [v for v in values if all(not chosen or k == but or getattr(v, k) in chosen for k, chosen in asked.items())
                and (not words or all(w in _found_by(v) for w in words))]

    def _narrow(self) -> None:
        shown = self.select()
        counts = {k: Counter(getattr(v, k) for v in self.select(k)) for k in self.filters.chips}
        every = self.found.values if self.found is not None else ()
        self.filters.offer_counts(counts, {k: dict.fromkeys(getattr(v, k) for v in every) for k in self.filters.chips})
        self.table.show_items(shown)
        self.pages.setCurrentIndex(1 if every else 0)

    def _open(self) -> None:
        chosen = self.table.selected()
        if not chosen:
            return
        if chosen[0].field == LISTED and chosen[0].now == OFF_LIST:
            self._desk.notice(f"“{chosen[0].name}”已经不在清单上；要看它，到「往日台账」打开前一个日期")
        else:
            self._desk.go_to("project", OpenProject(chosen[0].project_id))

    def ask_where(self) -> None:
        """Ask for a file, and write what is shown to it."""
        path = ask_save(self, self._desk.settings, Purpose.EXPORT, "导出两日对照", "两日对照.xlsx", "Excel 工作簿 (*.xlsx)")
        if path:
            self.export_to(Path(path))

    def export_to(self, path: Path) -> None:
        """Write what is shown to ``path``."""
        if self.found is None:
            return
        found, values = self.found, self.select()
        self._desk.jobs.start("导出两日对照", lambda p: export_compared(found, values, path, p), self, done=lambda _r: self._desk.notice(f"已导出 {path}"))


def _found_by(v: ValueMoved) -> str:
    words = f"{v.code}\n{v.name}\n{v.unit}\n{v.field}\n{v.then}\n{v.now}".lower()
    return f"{words}\n{initials(v.name)}"
