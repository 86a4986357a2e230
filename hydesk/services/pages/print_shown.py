"""A table as it stands on screen, as a paper: these columns, this order, these rows, their sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.notice import NoticePaper
from hydesk.services.registers.print_register import head_lines
from hydesk.services.reports.print_notice import office_of, remark_of

_LONG = 150
"""Pixels on screen from which on a column of words shares the width that the others leave."""


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column on screen: its head, whether figures stand in it, and its usual width in pixels."""

    head: str
    figures: bool
    width: int


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """What is shown, in words; ``said`` tells in the office's words what is shown and in which order."""

    title: str
    said: str
    unit_note: str
    columns: Sequence[PaperColumn]
    rows: Sequence[Sequence[str]]
    totals: Sequence[str]


def shown_notice(ledger: Ledger, shown: ShownPaper, today: date | None = None) -> NoticePaper:
    """The paper, on landscape pages: whole where it fits in readable type, else in parts that repeat the first two columns."""
    columns = tuple(_column(str(i), c) for i, c in enumerate(shown.columns))
    rows = [PrintRow(tuple(CONTROL.sub("", c) or "—" for c in cells)) for cells in shown.rows]
    if len(rows) > 1:
        rows.append(PrintRow(tuple(shown.totals), PrintRowKind.TOTAL))
    table = PrintTable("shown", "", shown.unit_note, columns, tuple(rows), (f"注：{shown.said}",))
    return NoticePaper(shown.title, shown.title, "", "", (), table, (), office_of(ledger), today or date.today(), remark=remark_of(ledger),
                       wide=True)


def _column(key: str, own: PaperColumn) -> PrintColumn:
    if own.figures:
        return PrintColumn(key, head_lines(own.head), Align.RIGHT)
    if own.width >= _LONG:
        return PrintColumn(key, (own.head,), Align.LEFT, weight=own.width / _LONG)
    return PrintColumn(key, head_lines(own.head), Align.CENTER)
