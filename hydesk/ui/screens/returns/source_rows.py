"""Which rows and columns of a return are the evidence for a finding."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.fields import GRAMMAR_MONEY, Field
from hydesk.domain.findings import Finding
from hydesk.domain.understanding import ReadColumn
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.ui.kit.sheet_grid import place_of
from hydesk.ui.kit.sheet_strip import StripCut, cut_strip

_SHORT = {
    Field.NAME: "项目名称", Field.INVESTED_BEFORE: "上年底累计", Field.ANNUAL_PLAN: "年度计划", Field.MONTH_INVESTMENT: "本月完成",
    Field.WEEK_INVESTMENT: "本周完成", Field.YEAR_INVESTMENT: "年初累计", Field.TOTAL_INVESTED: "开工累计",
    Field.STATISTICS_MONTH: "当月入统", Field.STATISTICS_YEAR: "累计入统", Field.CODE: "编号"}


def _said(column: ReadColumn) -> str:
    return column.own or (_SHORT.get(column.field, column.field.label) if column.field is not None else "")


def fields_of(draft: ReturnDraft, name: str) -> dict[int, str]:
    """What each column (from 1) of a sheet was read for, in a few words."""
    read = next((s for s in draft.understanding.sheets if s.name == name), None)
    columns = read.columns if read is not None else ()
    return {spot[1]: _said(c) for c in columns if _said(c) and (spot := place_of(f"{c.letter}1")) is not None}


def strip_of(draft: ReturnDraft, findings: Sequence[Finding]) -> StripCut | None:
    """The rows of the original that ``findings`` (of one sheet) are about; None where there is no such row or no file."""
    first = findings[0]
    sheet = next((s for s in draft.book.sheets if s.name == first.sheet), None) if draft.book is not None else None
    read = next((s for s in draft.understanding.sheets if s.name == first.sheet), None)
    if sheet is None or read is None:
        return None
    columns = {spot[1]: c for c in read.columns if (spot := place_of(f"{c.letter}1")) is not None}
    names = next((n for n, c in columns.items() if c.field is Field.NAME), None)
    at: list[tuple[int, int | None]] = []
    for f in findings:
        cell = place_of(f.cell) if f.cell else None
        if cell is not None:
            at.append(cell)
        elif f.file_row is not None:
            at.append((f.file_row, None))
        elif f.column and (place := place_of(f"{f.column}1")) is not None:
            begin = max(read.header_rows, default=0)
            at += [(r, place[1]) for r in range(begin + 1, min(begin + 4, len(sheet.rows)) + 1)]
    if not at:
        return None
    return cut_strip(sheet, read.header_rows, at, {n: _said(c) for n, c in columns.items() if _said(c)}, names, first.level,
                     frozenset(n for n, c in columns.items() if c.field in GRAMMAR_MONEY))
