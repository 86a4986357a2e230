"""What is selected in the ledger's table, counted and summed as Excel does."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QLabel, QWidget

from hydesk.domain.money import format_money, format_percent, round_half_up
from hydesk.domain.own_columns import show_own_value
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.table import selected_blocks
from hydesk.ui.screens.ledger.view import LedgerTable

_WAIT = 60
HINT = "F2 修改　Enter 项目页　空格 详情　Ctrl+V 粘贴　F1 手册"
LOOKING = "Enter 项目页　空格 详情　Ctrl+C 复制　F1 手册"
"""The same where nothing can be written."""


class SelectionLine(QWidget):
    """计数, 求和, 平均 of the selected cells, a moment after the selection changed."""

    def __init__(self, table: LedgerTable, standing: QWidget) -> None:
        """``standing`` says at the left of which date the figures are; it may grow."""
        super().__init__()
        self._table = table
        self.hint = label(LOOKING if table.ledger.looks_only else HINT, "small")
        self.text: QLabel = label("", "small")
        self.text.setAccessibleName("选中内容的计数、求和与平均")
        in_row((standing, 1), self.hint, self.text, on=self, gap=16, margins=(4, 0, 4, 0))
        self.text.hide()
        self._wait = Delayed(self, self.refresh, _WAIT)
        table.selectionModel().selectionChanged.connect(self._wait.start)
        table.ledger.shown_changed.connect(self._wait.start)

    def refresh(self) -> None:
        """Count again."""
        parts = self._parts()
        self.text.setText(" 　".join(parts))
        self.text.setVisible(bool(parts))
        self.hint.setVisible(not parts)

    def _parts(self) -> list[str]:
        model, shown = self._table.ledger, set(self._table.walker.columns())
        chosen: dict[int, set[int]] = {}
        for block in selected_blocks(self._table):
            for column in range(block.left(), block.right() + 1):
                if column in shown:
                    chosen.setdefault(column, set()).update(range(block.top(), block.bottom() + 1))
        cells = sum(map(len, chosen.values()))
        if cells < 2:
            return []
        lines, visible = model.rows.lines, model.visible
        money: list[int] = []
        rates: list[Decimal] = []
        figures: list[Decimal] = []
        for column, rows in chosen.items():
            c = model.columns[column]
            if c.money is not None:
                read = c.money
                money += [v for r in rows if (v := read(lines[visible[r]])) is not None]
            elif c.figure is not None:
                figure = c.figure
                figures += [x for r in rows if (x := figure(lines[visible[r]])) is not None]
            elif c.kind == "rate" and c.ratio is not None:
                ratio = c.ratio
                rates += [x for r in rows if (x := ratio(lines[visible[r]])) is not None]
        parts = [f"选中 {max(map(len, chosen.values())):,} 行", f"计数 {cells:,}"]
        if money:
            total = sum(money)
            unit = model.unit
            mean = int((Decimal(total) / len(money)).to_integral_value())
            parts += [f"求和 {format_money(total, unit)} {unit.value}", f"平均 {format_money(mean, unit)}"]
        elif figures:
            parts += [f"求和 {show_own_value(sum(figures, Decimal(0)))}",
                      f"平均 {show_own_value(round_half_up(sum(figures, Decimal(0)) / len(figures), 2))}"]
        elif rates:
            parts.append(f"平均 {format_percent(sum(rates, Decimal(0)) / len(rates))}")
        return parts
