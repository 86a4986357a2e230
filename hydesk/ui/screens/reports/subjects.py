"""专项统计: one matter (开工, 竣工, 投产, 达产 …) by any dimension; a click on a number lists its projects below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.measures.named import MEASURES, Quantity
from hydesk.domain.measures.subjects import Counted, Subject
from hydesk.domain.measures.words import standing
from hydesk.domain.money import format_money, format_percent, rate
from hydesk.domain.standing import ProjectStanding
from hydesk.services.pages.cross_table import CrossBy, Dimension, list_dimensions
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.subject_table import (
    PermitBy,
    RowsBy,
    SubjectTable,
    days_of,
    subject_as_report,
    subject_table,
)
from hydesk.services.reports.compile_report import Report
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.drag_out import drag_out
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.kit.table_view import Choose
from hydesk.ui.kit.words import CODE, COPY, EXPORT, PRINT, PROJECT, UNIT
from hydesk.ui.requests import OpenProject
from hydesk.ui.screens.reports.made_table import MadeTablePage

_PREPARING = (Subject.PREPARATION, Subject.PERMITS)
_AMOUNTS: tuple[ListColumn[ProjectStanding], ...] = (
    ListColumn("年度计划（万元）", lambda p: format_money(p.annual_plan), 136, lambda p: p.annual_plan, right=True, measure="annual_plan"),
    ListColumn("累计完成（万元）", lambda p: format_money(p.year_investment), 136, lambda p: p.year_investment, right=True, measure="year_investment"),
    ListColumn("完成率", lambda p: format_percent(rate(p.year_investment, p.annual_plan)), 76,
               lambda p: rate(p.year_investment, p.annual_plan), right=True, measure="completion"))
"""What is told of a project where money is compared, of the year whose list it is on."""


@dataclass(frozen=True)
class SubjectLine:
    """A row of the table."""

    name: str
    figures: tuple[Counted, ...]
    whole: bool = False


def _text(at: int, line: SubjectLine) -> str:
    return line.figures[at].text


def _note(at: int, line: SubjectLine) -> str:
    told = line.figures[at]
    return told.note or told.text


_SHORT = {"count_then": "上年同期个数", "count_both": "两年都在", "year_investment": "累计完成", "year_investment_then": "上年同期", "difference_of_years": "同比增减",
          "completion": "完成率", "completion_then": "上年同期率", "points_of_years": "完成率同比"}
"""Heads that are said shorter on the screen, so that a table of many fits; hovering says them whole."""


def _head(id: str) -> str:
    return _SHORT.get(id, MEASURES[id].name)


class SubjectsPage(MadeTablePage):
    """What is chosen above, the table, and below it the projects behind the number that the cursor is on."""

    paper = "专项统计"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._number = 0
        self._dimensions: list[RowsBy] = []
        self._own: list[CrossBy] = []
        self.made: SubjectTable | None = None
        self.subject = Subject.FINISH
        self.subjects: dict[Subject, QPushButton] = {}
        self.rows_by = QComboBox()
        self.rows_by.setAccessibleName("行")
        self.scope = ScopePicker(desk)
        self.standing, self.note = ElidedLabel("count"), label("", "quiet", wrap=True)
        self.note.setProperty("measure", "count count_then count_both")
        self.table: Listing[SubjectLine] = Listing([ListColumn("", lambda line: line.name, 0)], desk.theme, "专项统计", choose=Choose.CELLS)
        drag_out(self.table).head = True
        self.called = label("", "heading")
        self.projects: Listing[ProjectStanding] = Listing(self._project_columns(), desk.theme, "这个数背后的项目", key=lambda p: p.id)
        self.open_ledger = button("在台账中看", self._open_ledger, tip="Ctrl+Enter")
        self._behind: tuple[ProjectStanding, ...] = ()
        self._offer(list(Dimension))
        self._lay_out()
        self.rows_by.activated.connect(lambda _i: self.reload())
        self.scope.chosen.connect(self.reload)
        self.table.selectionModel().currentChanged.connect(lambda now, _old: self._show_behind(now))
        self.table.opened.connect(self.projects.enter)
        self.projects.opened.connect(self._open_project)
        for one in (self.table, self.projects):
            one.bind((("Ctrl+Return", self._open_ledger),))

    def _offer(self, dimensions: Sequence[CrossBy]) -> None:
        """Let these be chosen from, permits by their own ways first; what is chosen stays, where it is still there."""
        offered: list[RowsBy] = [*(PermitBy if self.subject is Subject.PERMITS else ()), *dimensions]
        if offered == self._dimensions:
            return
        self._own, self._dimensions = list(dimensions), offered
        before = self.rows_by.currentText()
        self.rows_by.clear()
        for one in offered:
            self.rows_by.addItem(one.label, one)
        self.rows_by.setCurrentIndex(max(self.rows_by.findText(before), 0))

    def _lay_out(self) -> None:
        choose = QHBoxLayout()
        choose.setSpacing(0)
        group = QButtonGroup(self)
        for subject in Subject:
            one = button(subject.value, partial(self.show_subject, subject), kind="segment")
            one.setCheckable(True)
            one.setChecked(subject is self.subject)
            group.addButton(one)
            choose.addWidget(one)
            self.subjects[subject] = one
        choose.addSpacing(14)
        choose.addWidget(label("行", "quiet"))
        choose.addSpacing(6)
        choose.addWidget(self.rows_by)
        choose.addSpacing(8)
        choose.addWidget(self.scope)
        choose.addSpacing(8)
        choose.addWidget(self.standing, 1)
        self.buttons = [button(COPY, self.copy_all, tip="整张表，可粘贴到 Excel"), button(EXPORT, self.save),
                        button(PRINT, self.print_pages, kind="primary", tip="Ctrl+P")]
        for button_ in self.buttons:
            choose.addSpacing(6)
            choose.addWidget(button_)
        below = in_row((self.called, 1), self.open_ledger, margins=(12, 6, 8, 0))
        in_column(choose, self.note, (_card(self.table), 3), (_card(below, self.projects), 2), on=self, gap=8, margins=0)

    def _project_columns(self) -> list[ListColumn[ProjectStanding]]:
        def day(which: int, p: ProjectStanding) -> str:
            found = days_of(self.subject, p)[which]
            return "" if found is None else found.isoformat()

        waits = (ListColumn("待办", self._waits, 220, stretch=True, tip=self._waits),) if self.subject in _PREPARING else ()
        own = _AMOUNTS if self.subject is Subject.YEAR_ON_YEAR else waits or (
            ListColumn("计划时间", partial(day, 0), 100), ListColumn("实际时间", partial(day, 1), 100))
        return [
            ListColumn(CODE, lambda p: p.code, 104), ListColumn(PROJECT, lambda p: p.name, 200, stretch=True),
            ListColumn(UNIT, lambda p: p.unit, 90), ListColumn("性质", lambda p: p.nature, 56),
            ListColumn("责任单位", lambda p: p.responsible_unit, 150), *own]

    def _waits(self, p: ProjectStanding) -> str:
        return "" if self.made is None else self.made.waits.get(p.id, "")

    # Reading ----------------------------------------------------------------------------------------------

    def show_subject(self, subject: Subject) -> None:
        """Show the figures of ``subject``."""
        before, self.subject = self.subject, subject
        self.subjects[subject].setChecked(True)
        self._offer(self._own)
        if subject is Subject.PERMITS and before is not subject:
            self.rows_by.setCurrentIndex(0)
        self.reload()

    def reload(self) -> None:
        """Count again."""
        ledger, period, scope, subject = self._desk.ledger, self._desk.period, self.scope.scope, self.subject
        rows_by: RowsBy = self.rows_by.currentData()
        self._number += 1
        number = self._number

        def done(found: tuple[SubjectTable, list[CrossBy]]) -> None:
            if number == self._number:
                self._offer(found[1])
                self._show(found[0])

        self._desk.jobs.start("专项统计", lambda _p: (subject_table(ledger, period, subject, rows_by, scope), list_dimensions(ledger)),
                              self, done=done, quiet=True)

    def _show(self, made: SubjectTable) -> None:
        at = self.table.currentIndex()
        same = self.made is not None and self.made.columns == made.columns
        self.made = made
        lines = [SubjectLine(name, figures) for name, figures in made.rows.items()]
        self.table.list.columns = (ListColumn(made.rows_by, lambda line: line.name, 0, bold=lambda line: line.whole), *(
            ListColumn(_head(id), partial(_text, i), 0, right=True, bold=lambda line: line.whole, measure=id, tip=partial(_note, i))
            for i, id in enumerate(made.columns)))
        self.table.list.show_items([*lines, SubjectLine("合计", made.whole, True)])
        self._fit()
        if not same:
            self.projects.show_columns(self._project_columns())
        row, column = (at.row(), at.column()) if same and at.isValid() else (len(lines), 1)
        index = self.table.list.index(min(row, len(lines)), max(column, 1))
        self.table.setCurrentIndex(index)
        self._show_behind(index)
        self.standing.say(standing(made.reach) if made.reach.whole else "这个范围里没有项目")
        units = sorted({MEASURES[id].quantity for id in made.columns} & {Quantity.AMOUNT, Quantity.POINTS}, key=lambda q: q.name)
        unit = "单位：" + "、".join("万元" if q is Quantity.AMOUNT else q.value for q in units) if units else ""
        self.note.setText("；".join(x for x in (made.note, unit) if x))
        self.note.setHidden(not self.note.text())
        for one in self.buttons:
            one.setEnabled(bool(lines))

    def _fit(self) -> None:
        head, metrics = self.table.horizontalHeader(), self.table.fontMetrics()
        columns = self.table.list.columns
        widths = [max(64, *(metrics.horizontalAdvance(t) + 26 for t in [
            c.head, *(self.table.list.cell(r, i).text for r in range(self.table.list.rowCount()))])) for i, c in enumerate(columns)]
        # The bar comes only once the rows are laid out.
        bar = self.table.verticalScrollBar()
        room = self.table.viewport().width() - (0 if bar.isVisible() else bar.sizeHint().width())
        spare = max(0, room - sum(widths)) // len(widths)
        for i, width in enumerate(widths):
            head.setSectionResizeMode(i, head.ResizeMode.Interactive)
            self.table.setColumnWidth(i, width + spare)

    def _show_behind(self, index: QModelIndex) -> None:
        """The projects behind the number at ``index``; of a row's name, those of its first number."""
        if self.made is None or not index.isValid() or index.row() >= self.table.list.rowCount():
            return
        line, at = self.table.list.items[index.row()], max(index.column() - 1, 0)
        told = line.figures[at]
        self._behind = told.projects
        name = MEASURES[told.id].name
        said = told.note or (told.behind if told.projects else told.text)
        self.called.setText(f"{'' if line.whole else line.name + ' '}{name}　{said}")
        self.called.setProperty("measure", told.id)
        self.projects.show_items(told.projects)
        self.open_ledger.setEnabled(bool(told.projects))

    # Doing ------------------------------------------------------------------------------------------------

    def _open_project(self) -> None:
        p = self.projects.current()
        if p is not None:
            self._desk.go_to("project", OpenProject(p.id))

    def _open_ledger(self) -> None:
        """The projects below, in the ledger."""
        if self._behind:
            name = self.called.text().partition("　")[0]
            self._desk.go_to("ledger", LedgerQuery(only=frozenset(p.id for p in self._behind), called=name))

    def _report(self) -> Report | None:
        return None if self.made is None else subject_as_report(self._desk.ledger, self.made, self.scope.scope)


def _card(*parts: QWidget | QHBoxLayout) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(1, 1, 1, 1)
    inside.setSpacing(2)
    for part in parts:
        inside.addLayout(part) if isinstance(part, QHBoxLayout) else inside.addWidget(part, 1)
    return card
