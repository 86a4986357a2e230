"""What is told of a filled form beside its sheet: columns that stay empty, findings, and what was understood in a line."""

from __future__ import annotations

from collections.abc import Mapping

from hydesk.dataclass import dataclass
from hydesk.domain.filled_form import FilledForm, FormCell
from hydesk.domain.findings import Level
from hydesk.domain.periods import Period
from hydesk.ui.kit.sheet_grid import place_of


@dataclass(frozen=True, slots=True)
class FormLine:
    """One thing to look at: where, and what; ``cell`` is what a click goes to."""

    sheet: str
    place: str
    said: str
    cell: str


def lines_of(filled: FilledForm) -> list[FormLine]:
    """Differences and doubts first, then the columns that stay empty, then what was passed over."""
    several = sum(bool(s.rows) for s in filled.sheets) > 1

    def at(sheet: str, place: str) -> str:
        return f"{sheet}!{place}" if several else place

    lines = [FormLine(f.sheet or "", at(f.sheet or "", f.cell or "") if f.cell else "整表", _bare(f.message), f.cell or "")
             for f in filled.findings if f.level is not Level.NOTE]
    for s in filled.sheets:
        for u in s.unfilled:
            rows = f"{len(u.rows)} 行没有填" if u.rows else "没有填"
            who = f"。可问{u.who}" if u.who else ""
            head = max(s.header_rows, default=1)
            lines.append(FormLine(s.sheet, at(s.sheet, f"{u.column}列"), f"“{u.header}”{rows}：{u.why}{who}",
                                  f"{u.column}{u.rows[0] if u.rows else head}"))
        if s.why:
            lines.append(FormLine(s.sheet, s.sheet, s.why, ""))
    return [*lines, *(FormLine("", "文件", words, "") for words in filled.lost)]


def _bare(message: str) -> str:
    """Without the place, which stands beside it: 表“6月”H7：…"""
    return message.partition("：")[2] if message.startswith("表“") and "：" in message else message


def cells_of(filled: FilledForm, sheet: str) -> Mapping[tuple[int, int], FormCell]:
    """The filled cells of a sheet by row and column."""
    return {(c.row, c.column): c for s in filled.sheets if s.sheet == sheet for r in s.rows for c in r.cells}


def marks_of(filled: FilledForm, sheet: str) -> dict[tuple[int, int], Level]:
    """The cells of a sheet that something was found about."""
    return {at: f.level for f in filled.findings if f.sheet == sheet and f.cell and f.level is not Level.NOTE and (at := place_of(f.cell)) is not None}


def said_of(filled: FilledForm) -> str:
    """What was understood and done, in a line."""
    projects = sum(r.project is not None for s in filled.sheets for r in s.rows)
    sums = sum(r.project is None for s in filled.sheets for r in s.rows)
    parts = [f"已填 {filled.filled} 格", *([f"{projects} 个项目"] if projects else []), *([f"{sums} 行汇总"] if sums else [])]
    parts.append(f"{filled.left} 列有空着的" if filled.left else "要填的都填了")
    own = sorted({s.period for s in filled.sheets if s.period and s.period != filled.period})
    parts += [f"表上写的是{'、'.join(Period.parse(p).label for p in own)}，按它填"] if own else []
    looked = sum(f.level is not Level.NOTE for f in filled.findings)
    return "，".join([*parts, *([f"{looked} 处要看"] if looked else [])])
