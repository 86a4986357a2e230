"""A group's word that stands in its first row only (县市区, 类别 left of the names, the rows below blank): it holds for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import column_letter
from hydesk.returns.row_reading import RowReading
from hydesk.returns.rows import RowKind
from hydesk.returns.table import Table

_GROUPING = (Field.REPORTING_UNIT, Field.CATEGORY, Field.NATURE)


def fill_down(table: Table, readings: Sequence[RowReading]) -> Iterator[Finding]:
    """Gives rows the word above them in columns that stand before the names and begin with one; said once a column."""
    for f in _GROUPING:
        column = table.column_of(f)
        if column is None or not 0 < column.number < table.layout.name or not readings or not readings[0].values.get(f):
            continue
        blank = [r for r in readings if not r.values.get(f)]
        if len(blank) * 4 < len(readings):
            continue  # a cell left out here and there is no group
        filled = _fill(table, readings, f)
        if filled:
            letter = column_letter(column.number)
            yield Finding(Level.WARNING, "filled_down", (
                f"表“{table.sheet.name}”{letter}列：“{column.header}”只在每组第一行写了，空着的 {filled} 行按上面的取。请确认。"),
                table.sheet.name, column=letter, field=f)


def _fill(table: Table, readings: Sequence[RowReading], f: Field) -> int:
    heads = [r.row for r in table.rows if r.kind in (RowKind.SECTION, RowKind.TOTAL, RowKind.HEAD)]
    above: RowReading | None = None
    filled = 0
    for r in readings:
        if r.values.get(f):
            above = r
        elif above is not None and not any(above.row < h < r.row for h in heads):
            r.values[f] = above.values[f]
            r.words.setdefault(f, above.words.get(f, ""))
            filled += 1
    return filled
