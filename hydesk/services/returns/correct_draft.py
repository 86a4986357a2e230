"""Correct a return in the review (更正): a value for a cell, a project for a row; then everything is checked again."""

from __future__ import annotations

from collections.abc import Mapping

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.grid import row_in_file
from hydesk.domain.job_progress import Progress
from hydesk.domain.money import MoneyUnit
from hydesk.domain.understanding import Corrections, ReadColumn
from hydesk.services.returns.pack_corrections import pack_corrections, unpack_corrections
from hydesk.services.returns.read_return import ReturnDraft, understand_draft

__all__ = ["correct_draft", "pack_corrections", "unpack_corrections"]

NO_PROJECTS: Mapping[tuple[str, int], str] = {}


def correct_draft(
    ledger: Ledger, draft: ReturnDraft, corrections: Mapping[tuple[str, int, Field], str],
    projects: Mapping[tuple[str, int], str] = NO_PROJECTS, progress: Progress | None = None,
) -> ReturnDraft:
    """``draft`` read again with all ``corrections`` (sheet, row, field → words as typed, "" to empty the cell) and
    ``projects`` (sheet, row → 市重点编号).

    The mappings are the whole set, not an addition to earlier ones. Amounts are counted as their column is, unless
    the words say a unit. The ledger is read as it is now. Raises HydeskError with a sentence where something typed
    cannot stand in its cell, a row is not one of the return's, or there is no such project.
    """
    from hydesk.returns.corrections import read_typed

    u = draft.understanding
    if draft.book is None:
        raise HydeskError(f"“{draft.name}”读不出内容，不能更正。请退回填报单位")
    sizes = {s.name: len(s.rows) for s in draft.book.sheets}
    columns = {(s.name, c.field): c for s in u.sheets for c in s.columns if c.field is not None}
    for (sheet, row, field), text in corrections.items():
        _refuse_missing(sizes, sheet, row)
        column = columns.get((sheet, field))
        try:
            read_typed(field, text, _unit(column), draft.period.year)
        except ValueError as e:
            raise HydeskError(f"表“{sheet}”{_where(column, row)}：{e}") from e
    fresh = understand_draft(ledger, draft, Corrections(dict(corrections), dict(projects)), progress)
    assert fresh.snapshot is not None
    known = {p.code for p in fresh.snapshot.projects}
    for (sheet, row), code in projects.items():
        _refuse_missing(sizes, sheet, row)
        if code not in known:
            raise HydeskError(f"{draft.period.year}年清单里没有编号为“{code}”的项目，请从清单里选")
    read = {(r.sheet, r.row) for r in fresh.understanding.rows}
    for sheet, row in {(s, r) for s, r, _ in corrections} | set(projects):
        if (sheet, row) not in read:
            raise HydeskError(f"表“{sheet}”第{row_in_file(row)}行不是项目行，不能更正")
    return fresh


def _refuse_missing(sizes: Mapping[str, int], sheet: str, row: int) -> None:
    if not 1 <= row_in_file(row) <= sizes.get(sheet, 0):
        raise HydeskError(f"报表里没有表“{sheet}”第{row_in_file(row)}行，请重新打开这份报表")


def _unit(column: ReadColumn | None) -> MoneyUnit:
    return column.unit if column is not None and column.unit is not None else MoneyUnit.WAN


def _where(column: ReadColumn | None, row: int) -> str:
    return f"{column.letter}{row_in_file(row)}" if column is not None else f"第{row_in_file(row)}行"
