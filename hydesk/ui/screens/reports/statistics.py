"""统计表: projects over one or two dimensions, from any filter, with a picture; copied, to Excel, printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
)

from hydesk.domain.job_progress import Progress
from hydesk.domain.measures.words import standing
from hydesk.services.pages.cross_table import (
    CrossBy,
    CrossMeasure,
    CrossOf,
    CrossTable,
    Dimension,
    Grouped,
    cross_as_report,
    cross_table,
    list_dimensions,
    list_groups,
    list_measures,
)
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.reports.compile_report import Report
from hydesk.ui.desk import Desk
from hydesk.ui.kit import table as tables
from hydesk.ui.kit.basic import FilterChip, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.drag_out import drag_out
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.scope_picker import ScopePicker
from hydesk.ui.kit.table_view import Choose
from hydesk.ui.kit.words import COPY, EXPORT, PRINT
from hydesk.ui.screens.reports.bars import Bars
from hydesk.ui.screens.reports.cross_lines import CrossLine, always, cell_words, is_whole, own_words, shown
from hydesk.ui.screens.reports.made_table import MadeTablePage

_FILTERS = (Dimension.UNIT, Dimension.CATEGORY, Dimension.NATURE, Dimension.STAGE, Dimension.CHAIN, Dimension.LEVEL,
            Dimension.MEANING)


def _head(measure: CrossOf) -> str:
    return f"{measure.value}（{measure.unit}）" if measure.unit else measure.value


class StatisticsPage(MadeTablePage):
    """Filters and dimensions above, the table and its bars below."""

    paper = "统计表"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._groups: list[Grouped] = []
        self._only: frozenset[int] = frozenset()
        self._called = ""
        self._number = 0
        self.made: CrossTable | None = None
        self._dimensions: list[CrossBy] = []
        self._measures: list[CrossOf] = []
        self.rows_by, self.columns_by, self.measure = QComboBox(), QComboBox(), QComboBox()
        self.chips = {d: FilterChip(d.value) for d in _FILTERS}
        self.scope = ScopePicker(desk)
        self.said, self.standing = label("", "quiet"), ElidedLabel()
        self.only_chip = button("", self.count_all, kind="link", tip="点一下改为统计全部项目")
        self.only_chip.setAccessibleName("改为统计全部项目")
        self.bars = Bars(desk)
        self.table: Listing[CrossLine] = Listing([ListColumn("", lambda line: line.name, 0)], desk.theme, "统计表", choose=Choose.CELLS)
        drag_out(self.table).head = True
        self._fill()
        self._lay_out()
        self.table.doubleClicked.connect(self._open_projects)

    def _fill(self) -> None:
        for box, name in ((self.rows_by, "行"), (self.columns_by, "列"), (self.measure, "指标")):
            box.setAccessibleName(name)
            box.activated.connect(lambda _i: self.recount())
        self._offer(list(Dimension), list(CrossMeasure))
        self.columns_by.setCurrentIndex(self.columns_by.findText(Dimension.CATEGORY.label))
        for chip in self.chips.values():
            chip.chosen.connect(self.recount)
        self.scope.chosen.connect(self.reload)

    def _offer(self, dimensions: Sequence[CrossBy], measures: Sequence[CrossOf]) -> None:
        """Let these be chosen from; what is chosen stays, where it is still there."""
        if measures != self._measures:
            self._measures, before = list(measures), self.measure.currentText()
            self.measure.clear()
            for m in measures:
                self.measure.addItem(m.value, m)
            self.measure.setCurrentIndex(max(self.measure.findText(before), 0))
        if dimensions == self._dimensions:
            return
        self._dimensions = list(dimensions)
        for box, first in ((self.rows_by, []), (self.columns_by, [("（不分列）", None)])):
            before = box.currentText()
            box.clear()
            for words, of in [*first, *((d.label, d) for d in dimensions)]:
                box.addItem(words, of)
            box.setCurrentIndex(max(box.findText(before), 0))

    def _lay_out(self) -> None:
        choose = QHBoxLayout()
        choose.setSpacing(6)
        for words, box in (("行", self.rows_by), ("列", self.columns_by), ("指标", self.measure)):
            choose.addWidget(label(words, "quiet"))
            choose.addWidget(box)
            choose.addSpacing(6)
        choose.addWidget(self.said)
        choose.addWidget(self.standing, 1)
        self.buttons = [button(COPY, self.copy_all, tip="整张表，可粘贴到 Excel"), button(EXPORT, self.save),
                        button(PRINT, self.print_pages, kind="primary", tip="Ctrl+P")]
        for one in self.buttons:
            choose.addWidget(one)
        filters = in_row(self.scope, *self.chips.values(), self.only_chip, 1, gap=6)
        card = QFrame()
        card.setObjectName("card")
        in_row((self.table, 3), (self.bars, 2), on=card, gap=0, margins=1)
        in_column(choose, filters, (card, 1), on=self, gap=8, margins=0)

    # Reading ----------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the projects again, then count."""
        ledger, period, scope = self._desk.ledger, self._desk.period, self.scope.scope

        def work(_progress: Progress) -> tuple[list[Grouped], list[CrossBy], list[CrossOf]]:
            return list_groups(ledger, period, scope), list_dimensions(ledger), list_measures(ledger)

        def done(found: tuple[list[Grouped], list[CrossBy], list[CrossOf]]) -> None:
            self._groups = found[0]
            self._offer(found[1], found[2])
            self.recount()

        self._desk.jobs.start("读取项目", work, self, done=done, quiet=True)

    def count_only(self, ids: frozenset[int], called: str) -> None:
        """Count only these projects, those of a filter of the ledger's; ``called`` says which."""
        self._only, self._called = ids, called
        self.recount()

    def count_all(self) -> None:
        """Count all projects again."""
        self.count_only(frozenset(), "")

    def _chosen(self, leave_out: Dimension | None = None) -> list[Grouped]:
        wanted = {d: chip.values for d, chip in self.chips.items() if chip.values and d is not leave_out}
        return [g for g in self._groups if (not self._only or g.standing.id in self._only)
                and all(g.names[d] in values for d, values in wanted.items())]

    @property
    def note(self) -> str:
        """Which projects are counted, in words; empty for all."""
        scope = self.scope.scope
        said = [*([scope.words] if scope.narrowed else []), *self._chips_said()]
        return "只统计" + "，".join([*([self._called or "选出的项目"] if self._only else []), *said]) if said or self._only else ""

    def _chips_said(self) -> list[str]:
        return [f"{d.value}为{'、'.join(sorted(c.values))}" for d, c in self.chips.items() if c.values]

    def recount(self) -> None:
        """Count what is chosen."""
        for d, chip in self.chips.items():
            counts = Counter(g.names[d] for g in self._chosen(d))
            chip.offer(counts, list(dict.fromkeys(g.names[d] for g in self._groups)))
        self.only_chip.setText(f"只统计{self._called or f'{len(self._only)} 个项目'} ×" if self._only else "")
        self.only_chip.setVisible(bool(self._only))
        self._number += 1
        number, ledger, period, scope = self._number, self._desk.ledger, self._desk.period, self.scope.scope
        rows, columns = self.rows_by.currentData(), self.columns_by.currentData()
        if rows == columns:
            columns = None
        narrowed = bool(self._only) or any(c.values for c in self.chips.values())
        ids = [g.standing.id for g in self._chosen()] if narrowed else None

        def done(made: CrossTable) -> None:
            if number == self._number:
                self._show(made)

        self._desk.jobs.start("统计", lambda _p: cross_table(ledger, period, rows, columns, ids, scope), self, done=done, quiet=True)

    def _show(self, made: CrossTable) -> None:
        self.made = made
        measure: CrossOf = self.measure.currentData()
        lines = [CrossLine(r, made.row_totals[r], tuple(made.cells.get((r, c)) for c in made.columns)) for r in made.rows]
        whole = CrossLine("合计", made.whole, tuple(made.column_totals[c] for c in made.columns), True)
        self.table.list.columns = tuple(self._columns(made, measure))
        self.table.list.show_items([*lines, whole])
        head = self.table.horizontalHeader()
        for index in range(len(self.table.list.columns)):
            head.setSectionResizeMode(index, head.ResizeMode.Interactive)
            self.table.setColumnWidth(index, 150 if index == 0 else self._width(index))
        unit = "" if made.columns_by is None or not measure.unit else f"（{measure.unit}）"
        self.said.setText(f"{made.whole.count} 个项目 · {measure.value}{unit}")
        dated = made.columns_by is None or measure in (CrossMeasure.DONE, CrossMeasure.RATE)
        self.standing.say(standing(made.reach) if dated and made.whole.count else "")
        values = [(line.name, shown(measure, line.own), float(measure.of(line.own) or 0)) for line in lines]
        self.bars.show_bars(_head(measure), values, measure.id)
        for one in self.buttons:
            one.setEnabled(bool(lines))

    def _width(self, index: int) -> int:
        metrics = self.table.fontMetrics()
        head = self.table.list.columns[index].head
        texts = [self.table.list.cell(r, index).text for r in range(self.table.list.rowCount())]
        return max(64, *(metrics.horizontalAdvance(t) + 28 for t in [head, *texts]))

    def _columns(self, made: CrossTable, measure: CrossOf) -> Sequence[ListColumn[CrossLine]]:
        own = [ListColumn(made.rows_by.label, lambda line: str(line.name), 0, bold=is_whole)]
        if made.columns_by is None:
            return [*own, *(ListColumn(_head(m), partial(own_words, m), 0, right=True, bold=is_whole, measure=m.id)
                            for m in made.measures)]
        cells = [ListColumn(c, partial(cell_words, measure, i), 0, right=True, bold=is_whole, measure=measure.id) for i, c in enumerate(made.columns)]
        return [*own, *cells, ListColumn("合计", partial(own_words, measure), 0, right=True, bold=always, measure=measure.id)]

    # Doing ------------------------------------------------------------------------------------------------

    def _open_projects(self, index: QModelIndex) -> None:
        """The projects behind a figure, in the ledger."""
        made = self.made
        if made is None or index.row() >= len(made.rows):
            return
        row = made.rows[index.row()]
        column = made.columns[index.column() - 1] if 0 < index.column() <= len(made.columns) else ""
        ids = made.ids.get((row, column))
        if ids:
            called = f"{row} {column}".strip()
            self._desk.go_to("ledger", LedgerQuery(only=frozenset(ids), called=called))

    def copy(self) -> None:
        """The selected rows, with their head."""
        tables.copy_block(self.table, head=True)

    def _report(self) -> Report | None:
        if self.made is None:
            return None
        return cross_as_report(self._desk.ledger, self.made, self.measure.currentData(), self.note)
