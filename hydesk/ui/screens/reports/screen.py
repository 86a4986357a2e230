"""The screen 报告: make a report, find an issued one, count over any dimension."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from hydesk.domain.matters import Matter, report_matter
from hydesk.domain.periods import Period
from hydesk.domain.touched import Touched
from hydesk.services.reports.compile_report import ReportKind
from hydesk.services.reports.issue_report import IssuedReport
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.typing import typing_in
from hydesk.ui.requests import FillForm, ShowReport
from hydesk.ui.screens.reports.archive import ArchivePage
from hydesk.ui.screens.reports.forms import FormsPage
from hydesk.ui.screens.reports.made import Wanted
from hydesk.ui.screens.reports.report_page import ReportPage
from hydesk.ui.screens.reports.statistics import StatisticsPage
from hydesk.ui.screens.reports.subjects import SubjectsPage

REPORT, ARCHIVE, STATISTICS, SUBJECTS, FORMS = range(5)


class ReportsScreen(QWidget):
    """Five pages, chosen above; each is read when it is first shown and when what it shows has changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._written: Wanted | None = None
        """The report whose words were entered since the screen was shown."""
        self._stale = {REPORT, ARCHIVE, STATISTICS, SUBJECTS, FORMS}
        self.report, self.archive, self.statistics = ReportPage(desk), ArchivePage(desk), StatisticsPage(desk)
        self.matters, self.forms = SubjectsPage(desk), FormsPage(desk)
        self.places = QStackedWidget()
        pages = (("报告", self.report), ("归档", self.archive), ("统计表", self.statistics), ("专项统计", self.matters),
                 ("填来表", self.forms))
        self.tabs = tab_row([word for word, _ in pages], "报告的各页")
        for _, page in pages:
            self.places.addWidget(page)
        head = HeadRow()
        head.put(label("报告", "title"))
        head.put(self.tabs)
        head.spring()
        head.put(self.report.acts)
        in_column(head, (self.places, 1), on=self, gap=10, margins=(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN))
        desk.period_changed.connect(self._changed_period)
        desk.changes.ledger_changed.connect(self._changed)
        self.archive.correct_asked.connect(self._correct)
        self.tabs.currentChanged.connect(self._turn)

    # What the window asks ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """Read what is in sight and has changed; the keyboard comes to the page."""
        self._read()
        (self.report.view, self.archive.table, self.statistics.table, self.matters.table, self.forms)[
            self.places.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self) -> None:
        place = self.places.currentIndex()
        if place not in self._stale:
            return
        self._stale.discard(place)
        if place == REPORT:
            self.report.offer_subjects()
            self.report.reload()
        elif place == ARCHIVE:
            self.archive.reload()
        elif place == STATISTICS:
            self.statistics.reload()
        elif place == SUBJECTS:
            self.matters.reload()
        else:
            self.forms.reload()

    def take(self, request: Any) -> None:
        """Show a report, count only the projects of a query of the ledger's, or fill a form."""
        if isinstance(request, ShowReport):
            self.show_place(REPORT)
            self.report.choices.choose(ReportKind(request.kind), request.subject)
            return
        if isinstance(request, FillForm):
            self.show_place(FORMS)
            if request.path:
                self.forms.take(request.path)
            elif request.files:
                self.forms.take(*request.files)
            return
        ids = getattr(request, "only", None)
        if ids:
            self.show_place(STATISTICS)
            self.statistics.count_only(frozenset(ids), getattr(request, "called", ""))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._written = None

    def in_hand(self) -> Matter | None:
        """The report shown, written from the first time the keyboard was in its words until another one is shown."""
        made = self.report.made if self.places.currentIndex() == REPORT else None
        if made is None:
            return None
        if typing_in(self.report.panel.sides) or typing_in(self.report.view):
            self._written = made.wanted
        w = made.wanted
        return report_matter(w.kind.value, str(w.period), w.subject or "", f"{w.period.label}{w.kind.label}", works=self._written == w)

    def start_search(self) -> None:
        """Ctrl+F."""
        if self.places.currentIndex() == REPORT:
            self.report.find_bar.start()
        elif self.places.currentIndex() == ARCHIVE:
            self.archive.words.setFocus()
            self.archive.words.selectAll()

    def print_pages(self) -> None:
        """Ctrl+P."""
        pages = (self.report, self.archive, self.statistics, self.matters)
        if self.places.currentIndex() < len(pages):  # a form is saved, and printed by what the sender opens it with
            pages[self.places.currentIndex()].print_pages()

    def reload(self) -> None:
        """F5."""
        self._stale.add(self.places.currentIndex())
        self._read()

    def save_state(self) -> None:
        """The window closes: give the pages' memory back while no page is being rendered."""
        self.report.view.show_file(None)
        self.archive.view.show_file(None)

    # Moving -----------------------------------------------------------------------------------------------

    def show_place(self, place: int) -> None:
        """Show 报告, 归档, 统计表, 专项统计 or 填来表."""
        self.tabs.setCurrentIndex(place)

    def _turn(self, place: int) -> None:
        self.places.setCurrentIndex(place)
        self.report.acts.setVisible(place == REPORT)
        self._read()

    def _correct(self, issue: IssuedReport) -> None:
        self._stale.discard(REPORT)
        self.tabs.setCurrentIndex(REPORT)
        self.report.correct(issue)

    def _changed(self, what: frozenset[str]) -> None:
        self._stale |= {REPORT, ARCHIVE} if what <= {Touched.REPORTS} else {REPORT, ARCHIVE, STATISTICS, SUBJECTS, FORMS}
        if self.isVisible():
            self._read()

    def _changed_period(self, _period: Period) -> None:
        self.report.choices.offer_weeks()
        self._stale |= {REPORT, STATISTICS, SUBJECTS}
        if self.isVisible():
            self._read()
