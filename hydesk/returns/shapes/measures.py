"""Measures as rows: a project over several rows, each with one measure (总投资, 本月完成 …) or one kind (计划, 完成).

A column names the measure of each row, and the figures stand in one column (数值) or in several (1月 … 6月, 累计). Each
project becomes one row, with a column for every measure under every column of figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from hydesk.dataclass import dataclass
from hydesk.domain.grid import Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.returns.aliases import TOTAL_WORDS
from hydesk.returns.columns import is_source_of_money
from hydesk.returns.head_grammar import read_head
from hydesk.returns.head_vocabulary import WordKind
from hydesk.returns.head_words import bare
from hydesk.returns.rows import RowKind
from hydesk.returns.shapes.labels import is_label
from hydesk.returns.shapes.regrid import Regrid, Shaped
from hydesk.returns.sheets import head_unit
from hydesk.returns.table import Table
from hydesk.returns.text import is_blank, shown, squeeze

_KINDS = frozenset({WordKind.PLAN, WordKind.INTENT, WordKind.DONE, WordKind.ALREADY, WordKind.SUM, WordKind.FULFILMENT, WordKind.RATE, WordKind.LEFT, WordKind.PROGRESS})
"""What a row of figures is, where a project has one of the plan and one of what was done: 年初计划, 实际完成, 完成率."""
_BESIDE = frozenset({WordKind.INVEST, WordKind.AMOUNT, WordKind.FILLER, WordKind.STATE, WordKind.TIME})
_OF_MONEY = frozenset({WordKind.INVEST, WordKind.TOTAL, WordKind.AMOUNT, WordKind.FUNDS, WordKind.STATISTICS, WordKind.OTHER_MONEY, WordKind.QUANTITY})
_ANY_FIGURE = re.compile(r"^(?:数值|数据|数量|金额|值|数额|内容|数|填报(?:内容|数据|数)?|本期(?:数|值)?|数字)$")
_OF_MONTHS = re.compile(r"^(?:所属|统计|报告|填报)?(?:月份?|月度|期间|报告期|期)$")
"""The head of a column that says which month each row is of."""
_UNIT_WORDS = frozenset(u.value for u in MoneyUnit)
_MOST = 24
"""Measures of one project at most."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A project's rows."""

    rows: tuple[int, ...]


def shape_measures(table: Table, period: Period) -> Shaped | None:
    """The table with one row a project; None where it is that already."""
    if not table.layout.name or not _may_hold_measures(table):
        return None
    return pivot(table, lambda words: is_label(words, period) or _is_figure(words, period), lambda words: _is_kind(words, period),
                 lambda words: _is_month(words, period), meant=True)


def _is_kind(words: str, period: Period) -> bool:
    """Whether words say of figures only that they are planned, done, a share or left to do."""
    said = read_head((words,), period.year, period.last_month.number)
    kinds = {w.kind for w in said.words}
    return not said.leaf_unknown and bool(kinds & _KINDS) and kinds <= _KINDS | _BESIDE


def _is_month(words: str, period: Period) -> bool:
    """Whether words name a time and nothing else: 6月, 1-6月累计."""
    said = read_head((words,), period.year, period.last_month.number)
    return not said.leaf_unknown and bool(said.times()) and all(w.kind in (WordKind.TIME, WordKind.SUM, WordKind.FILLER) for w in said.words)


def _is_figure(words: str, period: Period) -> bool:
    """Whether words name money or a quantity (投资, 工程量), known to the last letter."""
    said = read_head((words,), period.year, period.last_month.number)
    return not said.leaf_unknown and (said.has(*_OF_MONEY) or _is_kind(words, period))


def pivot(
    table: Table, is_measure: Callable[[str], bool], is_kind: Callable[[str], bool] = lambda _words: False,
    is_month: Callable[[str], bool] = lambda _words: False, *, meant: bool = False,
) -> Shaped | None:
    """The table with one row a project and a column for every measure under every column of values.

    ``is_kind`` tells words that only say plan or done of the figures beside them, ``is_month`` those that only say of
    which month they are. ``meant``: words that mean the same field share a column. None where no column holds the names
    of measures.
    """
    groups = list(_groups(table)) if table.layout.name else []
    if not groups or max(len(g.rows) for g in groups) < 2 or sum(len(g.rows) > 1 for g in groups) * 2 < len(groups):
        return None
    column = next((c for c in sorted(table.head.paths) if _names_measures(table, c, groups, is_month if _OF_MONTHS.search(bare(table.head.paths[c][-1])) else is_measure, is_kind)), 0)
    return _made(table, column, groups, meant) if column else None


def _may_hold_measures(table: Table) -> bool:
    """A cheap look before the careful one: rows without a name of their own, or the same name twice running."""
    named = sum(r.kind is RowKind.PROJECT for r in table.rows)
    below = sum(r.kind in (RowKind.UNTOLD, RowKind.CHILD, RowKind.CONTINUATION, RowKind.NOTE) for r in table.rows)
    again = sum(a.name == b.name and a.kind is b.kind is RowKind.PROJECT for a, b in pairwise(table.rows))
    return (below + again) * 2 >= named > 0


def _groups(table: Table) -> Iterator[_Group]:
    """The rows from one name to the next; a name written again in every row goes on with the same project."""
    sheet, name = table.sheet, table.layout.name
    rows: list[int] = []
    held = ""
    for row in range(table.head.last_row + 1, len(sheet.rows) + 1):
        if all(is_blank(sheet.cell(row, c)) for c in table.head.paths):
            continue
        words = squeeze(shown(sheet.cell(row, name)))
        lead = [squeeze(shown(sheet.cell(row, c))) for c in range(1, name + 1)]
        if any(w and TOTAL_WORDS.match(w) for w in lead):
            if rows:
                yield _Group(tuple(rows))
            rows, held = [], ""
            continue
        if words and words != held:
            if rows:
                yield _Group(tuple(rows))
            rows, held = [row], words
        elif rows:
            rows.append(row)
    if rows:
        yield _Group(tuple(rows))


def _names_measures(
    table: Table, column: int, groups: Sequence[_Group], is_measure: Callable[[str], bool], is_kind: Callable[[str], bool],
) -> bool:
    """Whether every row of a project has another measure's name in the column, the same ones in most projects."""
    layout, sheet = table.layout, table.sheet
    if column in (layout.name, layout.serial) or column in layout.codes:
        return False
    seen: dict[str, int] = {}
    for group in groups:
        words = [squeeze(shown(sheet.cell(r, column))) for r in group.rows]
        if len(set(words)) < len(words) or not all(words) or len(words) > _MOST:
            return False
        for w in words:
            seen[w] = seen.get(w, 0) + 1
    if any(is_source_of_money(w) for w in seen):
        return False
    told = [w for w in seen if is_measure(w)]
    kinds = all(is_kind(w) for w in seen)
    again = len(seen) < sum(len(g.rows) for g in groups)
    return len(told) * 4 >= len(seen) * 3 and (kinds or len(groups) < 3 or again or len(told) == len(seen))


def _made(table: Table, measures: int, groups: Sequence[_Group], meant: bool) -> Shaped:
    sheet, grid = table.sheet, Regrid(table.sheet)
    layout = table.layout
    several = [c for c in sorted(table.head.paths) if c != measures and c not in (layout.name, layout.serial, *layout.codes)
               and (_varies(sheet, c, groups) or _is_open(table, c, groups) or not meant)]
    units = next((c for c in several if _holds_units(sheet, c, groups)), 0)
    figures = [c for c in several if c != units]
    own = {c: grid.column(path) for c, path in sorted(table.head.paths.items()) if c not in several and c != measures}
    for at, group in enumerate(groups, 1):
        for c, number in own.items():
            first = next((r for r in group.rows if not is_blank(sheet.cell(r, c))), None)
            if first is not None:
                grid.put(at, number, (first, c))
        for row in group.rows:
            measure = squeeze(shown(sheet.cell(row, measures)))
            unit = squeeze(shown(sheet.cell(row, units))) if units else ""
            for c in figures:
                cell = None if is_blank(sheet.cell(row, c)) else (row, c)
                grid.meant(at, _path(table, c, measure, unit), cell, table.period if meant else None)
    return grid.made(table.words)


def _path(table: Table, column: int, measure: str, unit: str) -> tuple[str, ...]:
    """The head of a measure under a column of figures: 6月/完成, 总投资(万元)."""
    head = table.head.paths[column]
    said = unit or ((u.value if (u := head_unit(head)) is not None else "") if _ANY_FIGURE.match(bare(head[-1])) else "")
    own = measure + (f"({said})" if said and said not in measure else "")
    return (own,) if _ANY_FIGURE.match(bare(head[-1])) else (*head, own)


def _varies(sheet: Sheet, column: int, groups: Sequence[_Group]) -> bool:
    """Whether most projects of several rows have more than one value in the column."""
    long = [g for g in groups if len(g.rows) > 1]
    told = [[v for r in g.rows if not is_blank(v := sheet.cell(r, column))] for g in long]
    return sum(len(v) > 1 for v in told) * 2 > len(long) and any(len({shown(x) for x in v}) > 1 for v in told)


def _is_open(table: Table, column: int, groups: Sequence[_Group]) -> bool:
    """Whether a column of figures means nothing without the row's words: 全年, of the plan or of what was done."""
    held = table.columns[column]
    if held.guess.field is not None or held.guess.candidates:
        return False
    return any(isinstance(table.sheet.cell(r, column), int | float) for g in groups for r in g.rows)


def _holds_units(sheet: Sheet, column: int, groups: Sequence[_Group]) -> bool:
    words = {squeeze(shown(v)) for g in groups for r in g.rows if not is_blank(v := sheet.cell(r, column))}
    return bool(words & _UNIT_WORDS) and all(len(w) <= 4 for w in words)
