"""The table of plans by month: a row for each project, typed, pasted and emptied as in Excel; what is changed waits to be kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from hydesk.domain.errors import HydeskError
from hydesk.domain.money import Yuan, format_money
from hydesk.domain.month_plan import MONTHS, QUARTERS, MonthPlan, PlanStep, by_quarter, difference
from hydesk.domain.typed_money import read_wan, show_wan
from hydesk.services.projects.month_plans import MonthPlanLine
from hydesk.ui import tokens
from hydesk.ui.clipboard import held_words
from hydesk.ui.kit.table import Cell, selected_blocks
from hydesk.ui.kit.table_model import ColumnHead, TableModel
from hydesk.ui.kit.table_view import Choose, TableView
from hydesk.ui.screens.lists.typed import lines_of
from hydesk.ui.style import Theme

Index = QModelIndex | QPersistentModelIndex
FACTS = (("编号", 96), ("项目名称", 216), ("年度计划", 90), ("与计划差", 80))
_END = ("合计", 96)


class PlanModel(TableModel):
    """``lines`` with what was typed over them (``changed``, by project), shown by month or by quarter; 万元."""

    typed = Signal()
    """Something was typed."""
    refused = Signal(str)
    """What was typed cannot stand there, and why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.step = PlanStep.MONTH
        self.lines: list[MonthPlanLine] = []
        self.changed: dict[int, MonthPlan | None] = {}

    def show_lines(self, lines: Sequence[MonthPlanLine]) -> None:
        """Show other lines, nothing typed over them."""
        self.beginResetModel()
        self.lines, self.changed = list(lines), {}
        self.endResetModel()

    def show_step(self, step: PlanStep) -> None:
        """Show months or quarters."""
        self.beginResetModel()
        self.step = step
        self.endResetModel()

    @property
    def count(self) -> int:
        """How many months or quarters stand in a row."""
        return MONTHS if self.step is PlanStep.MONTH else QUARTERS

    def plan(self, row: int) -> MonthPlan | None:
        """The plan of ``row`` as it is shown."""
        line = self.lines[row]
        return self.changed.get(line.project_id, line.plan)

    def amounts(self, row: int) -> tuple[Yuan | None, ...]:
        """What stands in the months or quarters of ``row``."""
        plan = self.plan(row)
        if plan is None:
            return (None,) * self.count
        return plan.amounts if self.step is PlanStep.MONTH else plan.quarters

    def put(self, row: int, plan: MonthPlan | None) -> None:
        """Let ``row`` show another plan, to be kept."""
        line = self.lines[row]
        if plan == line.plan:
            self.changed.pop(line.project_id, None)
        else:
            self.changed[line.project_id] = plan

    def type_block(self, row: int, at: int, cells: Sequence[Sequence[str]]) -> None:
        """Type ``cells`` from the month or quarter ``at`` (from 0) of ``row`` on; nothing where one of them is wrong."""
        made: dict[int, MonthPlan | None] = {}
        try:
            for r, words in enumerate(cells, row):
                if r < len(self.lines):
                    made[r] = self._with(r, at, words)
        except HydeskError as error:
            self.refused.emit(str(error))
            return
        for r, plan in made.items():
            self.put(r, plan)
        self.redraw()
        self.typed.emit()

    def _with(self, row: int, at: int, words: Sequence[str]) -> MonthPlan | None:
        amounts = list(self.amounts(row))
        for index, text in enumerate(words, at):
            if index < self.count:
                amount = read_wan(text, f"“{self.lines[row].name}”的序时计划")
                if amount is not None and amount < 0:
                    raise HydeskError(f"“{self.lines[row].name}”的序时计划不能是负数，没有修改")
                amounts[index] = amount
        if not any(amounts) and not any(w.strip() for w in words):
            return None  # the last amount was emptied: no plan, not one of nothing
        whole = tuple(a or 0 for a in amounts)
        return MonthPlan(whole) if self.step is PlanStep.MONTH else by_quarter(whole)

    # The table ------------------------------------------------------------------------------------------------------------

    def height(self) -> int:
        return len(self.lines)

    def breadth(self) -> int:
        return len(FACTS) + self.count + 1

    def head(self, column: int) -> ColumnHead:
        at = column - len(FACTS)
        if at < 0:
            return ColumnHead(FACTS[column][0], column >= 2, "annual_plan" if column >= 2 else "")
        if at < self.count:
            return ColumnHead(f"{at + 1}月" if self.step is PlanStep.MONTH else f"{'一二三四'[at]}季度", True, "annual_plan")
        return ColumnHead(_END[0], True, "annual_plan")

    def cell(self, row: int, column: int) -> Cell:
        line, plan, at = self.lines[row], self.plan(row), column - len(FACTS)
        if at == -1:
            gap = 0 if plan is None else difference(plan, line.annual_plan)
            return Cell(format_money(gap) if gap else "", True, QColor(self._theme.palette.lagging))
        if at < 0:
            return Cell((line.code, line.name, format_money(line.annual_plan))[column], column == 2)
        own = line.project_id in self.changed
        if at < self.count:
            amount = self.amounts(row)[at]
            return Cell("" if amount is None else format_money(amount), True, pending=own)
        return Cell("" if plan is None else format_money(plan.total), True, pending=own)

    def entered(self, row: int, column: int) -> str:
        at = column - len(FACTS)
        return show_wan(self.amounts(row)[at]) if 0 <= at < self.count else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if 0 <= index.column() - len(FACTS) < self.count else plain

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.EditRole and str(value).strip() != self.entered(index.row(), index.column()):
            self.type_block(index.row(), index.column() - len(FACTS), [[str(value)]])
        return False  # shown by itself once it has been judged


class PlanTable(TableView):
    """Cells, blocks pasted from Excel, Delete."""

    def __init__(self, model: PlanModel, theme: Theme) -> None:
        super().__init__(model, theme, "序时计划", Choose.CELLS)
        self.plans = model
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed
                             | QAbstractItemView.EditTrigger.DoubleClicked)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        model.modelReset.connect(self.set_widths)
        self.bind((("Ctrl+V", self.paste), ("Delete", self.empty)))
        self.opened.connect(lambda: self.edit(self.currentIndex()))
        self.set_widths()

    def set_widths(self) -> None:
        """Months in sight without scrolling where there is room."""
        for column in range(self.plans.breadth()):
            at = column - len(FACTS)
            width = FACTS[column][1] if at < 0 else _END[1] if at == self.plans.count else 72 if self.plans.step is PlanStep.MONTH else 120
            self.setColumnWidth(column, tokens.wide(width))

    def paste(self) -> None:
        """Ctrl+V: the clipboard's rows from the current cell on."""
        at = self.currentIndex()
        first = at.column() - len(FACTS)
        cells = lines_of(held_words())
        if at.isValid() and 0 <= first < self.plans.count and cells:
            self.plans.type_block(at.row(), first, cells)

    def empty(self) -> None:
        """Delete: the selected months are emptied; a row of which nothing is left has no plan by month."""
        for block in selected_blocks(self):
            first, last = max(block.left(), len(FACTS)), min(block.right(), len(FACTS) + self.plans.count - 1)
            if first <= last:
                self.plans.type_block(block.top(), first - len(FACTS), [[""] * (last - first + 1)] * (block.bottom() - block.top() + 1))
