"""Write a table to Excel as it stands on screen: these columns, this order, these rows, their totals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.domain.job_progress import Progress
from hydesk.domain.money import MoneyUnit

Value = str | int | Decimal | None
"""Words, a count, or a number as it is to stand in the cell: money already in the unit, rates as fractions."""


@dataclass(frozen=True, slots=True)
class ScreenColumn:
    """``kind`` is words, count, money, rate, points or figure; ``width`` in pixels on screen."""

    head: str
    kind: str
    width: int


@dataclass(frozen=True, slots=True)
class ScreenTable:
    """The table on screen; ``notes`` say in words what is shown and in which order."""

    title: str
    notes: str
    unit: MoneyUnit
    columns: Sequence[ScreenColumn]
    rows: Sequence[Sequence[Value]]
    totals: Sequence[Value]
    frozen: int = 2


def export_shown(shown: ScreenTable, path: Path, progress: Progress | None = None) -> None:
    """Write ``shown`` to ``path`` as an Excel workbook. Raises HydeskError where it cannot be written."""
    from hydesk.excel import write_shown as excel

    if progress is not None:
        progress(0.1, f"正在写入 {path.name}")
    formats = {"words": None, "count": "0", "rate": "0.00%", "points": "0.00", "figure": "General",
               "money": "#,##0.0000" if shown.unit is MoneyUnit.YI else "#,##0.00"}
    columns = [excel.ShownColumn(c.head, max(6.0, c.width / 7.5), formats[c.kind]) for c in shown.columns]
    excel.write_shown(excel.ShownTable(
        shown.title, shown.notes, shown.unit.value, columns, shown.rows, shown.totals, shown.frozen), path)
