"""Making a report: its pages, edited where they stand, with a panel on demand; saved, printed, issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import clean_name
from hydesk.domain.job_progress import Progress
from hydesk.domain.people import Right
from hydesk.services.pages.before_issue import before_issue
from hydesk.services.reports.issue_report import IssuedReport, scope_of_issue
from hydesk.services.reports.print_each import prints_each
from hydesk.services.reports.print_report import FORMATS
from hydesk.services.reports.read_sentences import BoundText, read_pieces
from hydesk.services.reports.report_forms import ReportForm, report_form
from hydesk.services.reports.report_subjects import report_subjects
from hydesk.services.reports.since_last_issue import SinceLast, since_last_issue
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.files import Purpose, ask_folder, ask_save
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.pending import PendingStrip
from hydesk.ui.kit.words import PRINT
from hydesk.ui.screens.reports.choices import Choices
from hydesk.ui.screens.reports.correction_banner import CorrectionBanner
from hydesk.ui.screens.reports.editable_pages import EditablePages
from hydesk.ui.screens.reports.made import Made, make
from hydesk.ui.screens.reports.page_pane import PagePane
from hydesk.ui.screens.reports.report_panel import CHANGES, ReportPanel
from hydesk.ui.screens.reports.saving import FORMS, SaveMenu, save_everybody, save_files
from hydesk.ui.screens.reports.writing import ReportWriting


class ReportPage(QWidget):
    """The choices above, the pages below, a panel beside them on demand. ``acts`` stand in the title's row of the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._number = 0
        self._corrects: IssuedReport | None = None
        self.writing = ReportWriting(desk, self)
        self.made: Made | None = None
        self.choices = Choices(desk)
        self.view = EditablePages(desk)
        self.pane = PagePane(desk, self.view)
        self.find_bar, self.empty = self.pane.find_bar, self.pane.empty
        self.empty.offer(button("重新生成　F5", self.reload))
        self.banner = CorrectionBanner()
        self.reason = self.banner.reason
        self.panel = ReportPanel(desk)
        self.sentences, self.form, self.composer = self.panel.sentences, self.panel.form, self.panel.composer
        self.signing = PendingStrip("签发前请看", write="归档　Enter", drop="回去看看")
        self.signing.written.connect(lambda _reason: self._issue())
        self.signing.dropped.connect(self._not_yet)
        self.count = label("", "count")
        self.remarks = label("", "error", wrap=True)
        self.acts = QWidget()
        self.buttons: list[QWidget] = []
        self._lay_out()
        self.panel.closed.connect(self.view.setFocus)
        self.choices.chosen.connect(self.reload)
        for one in (self.sentences, self.view):
            one.changed.connect(self._write_text)
            one.accepted.connect(self._accept_text)
        self.form.saved.connect(self._write_form)
        self.sentences.reached.connect(self.pane.bring)
        self.panel.changes.reached.connect(self.pane.bring)
        self.banner.issue_asked.connect(self.issue)
        self.banner.given_up.connect(lambda: self.correct(None))
        self._allow(False)

    def _lay_out(self) -> None:
        layout = in_column(self._choices_row(), self.banner, on=self, gap=8, margins=0)
        self.remarks.hide()
        layout.addWidget(self.remarks)
        middle = in_row((self.pane, 1), self.panel, gap=tokens.GAP)
        layout.addLayout(middle, 1)
        layout.addWidget(self.signing)
        row = QHBoxLayout(self.acts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.comparing = button("和上期比", lambda: self.panel.open_page(CHANGES), tip="变了的数字、文字和项目")
        self.forming = button("文字和模板", lambda: self.panel.open_page(self.panel.tabs.currentIndex() % CHANGES))
        self.saving = SaveMenu(self.save, self.save_all, self.save_everybody)
        printing = button(PRINT, self.print_pages, tip="Ctrl+P")
        self.issuing = button("归档", self.issue, kind="primary", tip="先列出签发前请看的；编期号，冻结数字、文字和三种文件；可以撤销")
        offer(self._desk, Right.ISSUE, self.issuing, self.banner.issuing)
        offer(self._desk, Right.RULES, self.form.keep)
        self.buttons = [self.comparing, self.forming, self.saving, printing, self.issuing]
        for one in self.buttons:
            row.addWidget(one)

    def _choices_row(self) -> QHBoxLayout:
        """What report, how many pages it has, and the day printed on it: today unless another is set."""
        self.day = QDateEdit(QDate.currentDate())
        self.day.setDisplayFormat("yyyy年M月d日")
        self.day.setCalendarPopup(True)
        self.day.setKeyboardTracking(False)
        self.day.setAccessibleName("成文日期")
        self.day.setToolTip("印在报告上的日期；归档也用它")
        self.day.dateChanged.connect(lambda _day: self.reload())
        return in_row(self.choices, self.count, 1, label("成文日期", "quiet"), self.day, gap=8)

    # Making -----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Compile and print to memory in a job, then show; the place in the pages stays where the report is the same."""
        self._number += 1
        self._look_again()  # what was to be seen is of what is shown no longer
        number, ledger = self._number, self._desk.ledger
        day = self.day.date()
        issued = None if day == QDate.currentDate() else date(day.year(), day.month(), day.day())
        wanted = replace(self.choices.wanted, issued=issued)
        self.count.setText(f"{wanted.period.label} · 正在生成…")
        if self.made is None:
            self.pane.wait("正在生成…")

        def work(progress: Progress) -> tuple[Made, ReportForm]:
            return make(ledger, wanted, progress), report_form(ledger, wanted.kind)

        def done(result: tuple[Made, ReportForm]) -> None:
            if number == self._number:
                self._show(*result)

        def failed(error: Exception) -> None:
            if number != self._number:
                return
            self._fall_back(str(error) if isinstance(error, HydeskError) else "报告没有生成，请把错误报告交给维护人员。")
            if not isinstance(error, HydeskError):
                self._desk.jobs.failed.emit(error)

        self._desk.jobs.start(f"生成{wanted.kind.label}", work, self, done=done, failed=failed,
                              cancelled=lambda: self._fall_back("已取消。按 F5 重新生成。"))

    def offer_subjects(self) -> None:
        """Read again whom a report may be about."""
        ledger, period = self._desk.ledger, self._desk.period
        self._desk.jobs.start("读取对象", lambda _p: report_subjects(ledger, period), self,
                              done=self.choices.offer_subjects, quiet=True)

    def _show(self, made: Made, form: ReportForm) -> None:
        again = self.made is not None and self.made.wanted == made.wanted
        self.made = made
        self.count.setText(f"{made.period.label} · {len(made.file.sizes)} 页")
        self.remarks.setText("；".join(made.remarks))
        self.remarks.setVisible(bool(made.remarks))
        self.pane.show_file(made.file, made.note, stay=again)
        self.view.show_places(made.places, made.links)
        self.sentences.show_sentences(made.sentences)
        self.form.show_form(made.wanted.kind, form, read_pieces(made.report))
        self.composer.look(made.wanted.kind, made.wanted.period)
        self._compare(made)
        self.saving.offer_everybody(prints_each(made.wanted.kind))
        self._allow(True)

    def _compare(self, made: Made) -> None:
        """Look in the archive for what this report is compared with; the pages do not wait for it."""
        ledger = self._desk.ledger

        def done(held: SinceLast | None) -> None:
            if self.made is made:
                self.panel.changes.show_changes(held)
                many = self.panel.changes.many
                self.comparing.setText(f"和上期比 {many}" if many else "和上期比")

        self._desk.jobs.start("和上期比", lambda _p: since_last_issue(ledger, made.report, made.wanted.scope), self, done=done, quiet=True)

    def _fall_back(self, sentence: str) -> None:
        self.made = None
        self.pane.say(sentence)
        self.view.show_places(())
        self.count.setText(self.choices.period.label)
        self.remarks.hide()
        self.sentences.show_sentences(())
        self._allow(False)

    def _allow(self, on: bool) -> None:
        for one in self.buttons:
            one.setEnabled(on)

    # Writing ----------------------------------------------------------------------------------------------

    def _write_text(self, key: str, text: BoundText | str | None) -> None:
        if self.made is not None:
            self.writing.text(self.made, key, text)

    def _accept_text(self, key: str, new_figures: bool) -> None:
        if self.made is not None:
            self.writing.accept(self.made, key, new_figures)

    def _write_form(self, form: ReportForm) -> None:
        if self.made is not None:
            self.writing.form(self.made.wanted, form)

    def issue(self) -> None:
        """归档: as it is compiled now, with what is being corrected."""
        if self.made is not None and not self._desk.refuses(Right.ISSUE):
            made, ledger = self.made, self._desk.ledger

            def done(lines: tuple[str, ...]) -> None:
                if self.made is not made:
                    return
                if lines:
                    self.issuing.hide()  # the strip's own button does it now
                    self.signing.ask(f"签发前请看　{made.stem}", lines)
                else:
                    self._issue()

            self._desk.jobs.start("签发前请看", lambda _p: before_issue(ledger, made.wanted.period, made.report), self, done=done, quiet=True)

    def _look_again(self) -> None:
        self.signing.hide()
        self.issuing.show()

    def _not_yet(self) -> None:
        self._look_again()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _issue(self) -> None:
        """Seen by whoever signs: archive it."""
        self._look_again()
        if self.made is not None:
            self.writing.issue(self.made.wanted, self._corrects, self.reason.text(), lambda: self.correct(None))

    def correct(self, issue: IssuedReport | None) -> None:
        """Begin to correct ``issue`` (None: no more): its kind, period and subject are shown as they are now."""
        self._corrects = issue
        self.banner.show_issue(issue)
        if issue is None:
            return
        self._desk.set_period(issue.period.last_month)
        self.choices.offer_weeks()
        index = self.choices.weeks.findText(issue.period.label, Qt.MatchFlag.MatchStartsWith)
        if index >= 0:
            self.choices.weeks.setCurrentIndex(index)
        self.choices.kinds.setCurrentIndex(self.choices.kinds.findData(issue.kind))
        self.choices.choose(issue.kind, issue.subject)
        self.choices.scope.choose(scope_of_issue(self._desk.ledger, issue.id))
        self.reload()

    # Saving and printing ----------------------------------------------------------------------------------

    def save(self, form: str) -> None:
        """Ask where, and save the report as ``form``."""
        if self.made is None:
            return
        path = ask_save(self, self._desk.settings, Purpose.REPORT, "存为", f"{self.made.stem}.{form}", FORMS[form])
        if path:
            self.save_to(form, Path(path))

    def save_all(self) -> None:
        """Ask for a folder, and save all three there."""
        if self.made is None:
            return
        folder = ask_folder(self, self._desk.settings, Purpose.REPORT, "存到哪个文件夹")
        if folder:
            self.save_into(Path(folder), FORMATS)

    def save_everybody(self, together: bool) -> None:
        """Ask for a folder, and write the sheets of all units, or of all leaders, there."""
        folder = ask_folder(self, self._desk.settings, Purpose.REPORT, "存到哪个文件夹") if self.made else ""
        if folder and self.made is not None:
            save_everybody(self._desk, self, self.made.wanted, Path(folder), together=together)

    def save_to(self, form: str, path: Path) -> None:
        """Save what is shown as ``form`` at ``path``."""
        if self.made is not None:
            save_files(self._desk, self, self.made.report, {form: path}, self.made.wanted.binding)

    def save_into(self, folder: Path, forms: Sequence[str]) -> None:
        """Save what is shown into ``folder`` in each of ``forms``."""
        if self.made is not None:
            stem = clean_name(self.made.stem, "报告")
            save_files(self._desk, self, self.made.report, {f: folder / f"{stem}.{f}" for f in forms},
                       self.made.wanted.binding)

    def print_pages(self) -> None:
        """Ctrl+P."""
        if self.made is not None:
            from hydesk.ui.kit.printing import ask_and_print

            ask_and_print(self._desk, self.made.file, self.made.stem, self)
