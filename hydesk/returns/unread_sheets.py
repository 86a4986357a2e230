"""Sheets that name the ledger's projects and of which nothing was read: always said, never passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.returns.matching import ProjectIndex
from hydesk.returns.sheets import is_aside
from hydesk.returns.table import Table

_SENTENCE, _SENTENCES = 16, 300
"""Letters from which a cell may be a sentence, and how many of a sheet are looked at."""
_AMOUNT = re.compile(r"\d\s*(?:[亿万]元?|元)")


def no_head(sheet: Sheet, index: ProjectIndex) -> str:
    """Why a sheet without a head is left out."""
    named = sum(_project(v, index) is not None for row in sheet.rows for v in row)
    if named:
        return f"没有表头，认不出各列是什么（有 {named} 个台账项目）"
    return "没有找到项目表的表头"


def _project(value: CellValue, index: ProjectIndex) -> str | None:
    found = index.by_name(value, None) if isinstance(value, str) and len(value) > 4 else None
    return found[0].code if found is not None else None


def unread_sheets(book: Book, tables: Sequence[Table], asides: dict[str, str], index: ProjectIndex) -> list[Finding]:
    """Visible sheets that name the ledger's projects and gave no row, for a reason that is no other period's."""
    empty = {t.sheet.name for t in tables if t.left_out == "表头之下没有项目行"} | set(asides)
    empty -= {t.sheet.name for t in tables if t.left_out is None}
    listed = {code for t in tables if t.left_out is None for code in t.projects}
    findings: list[Finding] = []
    for sheet in book.sheets:
        if sheet.name not in empty or sheet.hidden:
            continue
        named = set() if is_aside(sheet) else _named_with_figures(sheet, index)
        if named - listed:
            findings.append(Finding(
                Level.WARNING, "sheet_unread",
                f"表“{sheet.name}”写有 {len(named)} 个台账项目，但没有读出数据。请核对这张表的格式。", sheet.name))
        elif sheet.name in asides and (finding := _of_sentences(sheet, index, listed)) is not None:
            findings.append(finding)
    return findings


def _named_with_figures(sheet: Sheet, index: ProjectIndex) -> set[str]:
    """Projects in rows that hold figures, or two and more of them in whatever rows."""
    named: set[str] = set()
    figures: set[str] = set()
    for row in sheet.rows:
        own = {code for v in row if (code := _project(v, index)) is not None}
        named |= own
        if own and any(isinstance(v, int | float) and not isinstance(v, bool) for v in row):
            figures |= own
    return named if len(named) >= 2 else figures


def _of_sentences(sheet: Sheet, index: ProjectIndex, listed: set[str]) -> Finding | None:
    """A sheet of words: a warning where it speaks of the money of projects that no table lists."""
    told: set[str] = set()
    money: set[str] = set()
    for words in [v for row in sheet.rows for v in row if isinstance(v, str) and len(v) >= _SENTENCE][:_SENTENCES]:
        own = index.named_in(words)
        told |= own
        if own and _AMOUNT.search(words):
            money |= own
    if money - listed:
        return Finding(
            Level.WARNING, "sheet_unread",
            f"表“{sheet.name}”用文字写了 {len(money)} 个台账项目的金额，文字里的数没有读取。请让填报单位按表填报，或自行补录。", sheet.name)
    if len(told) >= 2:
        return Finding(
            Level.NOTE, "sheet_unread",
            f"表“{sheet.name}”是文字材料，提到 {len(told)} 个台账项目；文字没有读进台账，请自行查看。", sheet.name)
    return None
