"""What report: kind, week, subject. The month is the window's."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from hydesk.domain.periods import Period
from hydesk.services.reports.compile_report import KINDS, About, ReportKind
from hydesk.services.reports.print_report import Binding
from hydesk.services.reports.report_subjects import Subjects
from hydesk.ui.desk import Desk
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.completing import offer_any_part
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.screens.reports.made import Wanted, weeks_of

OFFERED = tuple(kind for kind in ReportKind if kind is not ReportKind.STATISTICS)
_ORDER = (ReportKind.MONTHLY, ReportKind.WEEKLY, *(k for k in OFFERED if k not in (ReportKind.MONTHLY, ReportKind.WEEKLY)))
WHOLE = "全市"


class Choices(QWidget):
    """Three lists; the second and third only where the kind asks for them."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._subjects = Subjects((), ())
        self._wished = ""
        """A subject asked for before it is known which there are."""
        self.kinds, self.weeks, self.subjects = QComboBox(), QComboBox(), QComboBox()
        for box, name, width in ((self.kinds, "报告种类", 176), (self.weeks, "周", 0), (self.subjects, "对象", 300)):
            box.setAccessibleName(name)
            if width:
                box.setFixedWidth(width)
        self.weeks.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for kind in _ORDER:
            self.kinds.addItem(kind.label, kind)
        self.binding = QComboBox()
        self.binding.setAccessibleName("正文和附件")
        for words, binding in (("只出正文", Binding.BODY), ("附件另出", Binding.APART), ("附件合订", Binding.BOUND)):
            self.binding.addItem(words, binding)
        self.binding.setToolTip("附件另出：存为文件时每个附件另存一份 PDF 和一份 Excel")
        self.subjects.setEditable(True)
        self.subjects.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.subjects.setMaxVisibleItems(20)
        completer = self.subjects.completer()
        if isinstance(completer, QCompleter):
            offer_any_part(completer)
        self.scope = ScopePicker(desk)
        in_row(self.kinds, self.weeks, self.subjects, self.binding, self.scope, on=self, gap=8, margins=0)
        self.kinds.activated.connect(lambda _i: self.choose(self.kind))
        self.weeks.activated.connect(lambda _i: self.chosen.emit())
        self.subjects.activated.connect(lambda _i: self.chosen.emit())
        self.binding.activated.connect(lambda _i: self.chosen.emit())
        self.scope.chosen.connect(self.chosen.emit)
        self.offer_weeks()
        self._show()

    @property
    def kind(self) -> ReportKind:
        """The kind chosen."""
        found: ReportKind = self.kinds.currentData()
        return found

    def choose(self, kind: ReportKind, subject: str = "") -> None:
        """Another kind, and about whom; offers its subjects anew."""
        self.kinds.setCurrentIndex(self.kinds.findData(kind))
        self._offer()
        self._show()
        if subject:
            self.choose_subject(subject)
        self.chosen.emit()

    def choose_subject(self, name: str) -> None:
        """The unit, the leader, or the project by its code or its name; waited for where the subjects are still being read."""
        index = self.subjects.findData(name)
        if index < 0 and name:
            index = self.subjects.findText(f" {name}", Qt.MatchFlag.MatchEndsWith)
        self._wished = name if index < 0 else ""
        if index >= 0:
            self.subjects.setCurrentIndex(index)

    def offer_weeks(self) -> None:
        """The weeks of the window's month, the last one chosen."""
        self.weeks.clear()
        for week in weeks_of(self._desk.period):
            self.weeks.addItem(f"{week.label}（{week.start:%m-%d}—{week.end:%m-%d}）", week)
        self.weeks.setCurrentIndex(self.weeks.count() - 1)

    def offer_subjects(self, subjects: Subjects) -> None:
        """The ledger's units, leaders and projects."""
        self._subjects = subjects
        self._offer()
        if self._wished:
            self.choose_subject(self._wished)
            if not self._wished:
                self.chosen.emit()
            self._wished = ""

    def _offer(self) -> None:
        about, kept = KINDS[self.kind].about, self.subjects.currentData()
        self.subjects.blockSignals(True)
        self.subjects.clear()
        if about is About.WHOLE_OR_UNIT:
            self.subjects.addItem(WHOLE, "")
        if about in (About.UNIT, About.UNIT_OR_PROJECT, About.WHOLE_OR_UNIT):
            for unit in self._subjects.units:
                self.subjects.addItem(unit, unit)
        if about is About.LEADER:
            for name in self._subjects.leaders:
                self.subjects.addItem(name, name)
        if about in (About.PROJECT, About.UNIT_OR_PROJECT):
            for code, name in self._subjects.projects:
                self.subjects.addItem(f"{code} {name}", code)
        self.subjects.setCurrentIndex(max(0, self.subjects.findData(kept)) if self.subjects.count() else -1)
        self.subjects.blockSignals(False)

    def _show(self) -> None:
        self.weeks.setVisible(self.kind is ReportKind.WEEKLY)
        self.subjects.setVisible(KINDS[self.kind].about is not About.WHOLE)
        self.binding.setVisible(KINDS[self.kind].apart)

    @property
    def period(self) -> Period:
        """The window's month, or the chosen week in it."""
        week = self.weeks.currentData()
        return week if self.kind is ReportKind.WEEKLY and isinstance(week, Period) else self._desk.period

    @property
    def wanted(self) -> Wanted:
        """The report that is chosen."""
        about = KINDS[self.kind].about
        subject = "" if about is About.WHOLE else self.subjects.currentData() or ""
        binding: Binding | None = self.binding.currentData() if KINDS[self.kind].apart else None
        return Wanted(self.kind, self.period, subject, scope=self.scope.scope, binding=binding)
