"""Summary tables of a form: rows by unit, class, level …, filled from the office's measures (docs/rules.md §14.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hydesk.domain.filled_form import FormRow, Unfilled
from hydesk.domain.findings import Finding
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.returns.forms.fill_table import FormCells
from hydesk.returns.forms.holdings import Holdings
from hydesk.returns.forms.read_form import FormReader, FormTable


@dataclass(slots=True)
class SummaryFill:
    """What was made of a sheet's summary tables."""

    rows: list[FormRow] = field(default_factory=list)
    unfilled: list[Unfilled] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    header_rows: tuple[int, ...] = ()
    scope: Scope = WHOLE


def fill_summaries(
    sheet: Sheet, book: Book, reader: FormReader, holdings: Holdings, cells: FormCells, scope: Scope | None,
    tables: Sequence[FormTable],
) -> SummaryFill:
    """The sheet's summary tables, filled."""
    return SummaryFill()
