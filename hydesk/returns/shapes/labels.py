"""Sheets in which labels stand beside their values: one project a card, or projects as columns.

A label column holds heads one under another (总投资, 年度计划, 本月完成 …), 项目名称 among them. Values stand to the right
of a label, up to the next label column: one value makes a card (label | value, two to four pairs a row), several make
a transposed table, one project a column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.fields import MONEY_FIELDS, PROGRESS_TEXTS, Field
from hydesk.domain.grid import Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.returns.aliases import SERIAL_HEADS
from hydesk.returns.columns import guess_column, is_unit_line, unit_in_words
from hydesk.returns.head import Head
from hydesk.returns.head_words import bare, known_field, looks_like_head
from hydesk.returns.shapes.regrid import Regrid, Shaped
from hydesk.returns.sheets import words_above
from hydesk.returns.text import is_blank, squeeze

_LEAST_LABELS = 3
_LONGEST = 26
"""Letters of a label at most; what is longer is a text."""
_LINE = re.compile(r"[:：].|^(?:填报|报送|填表|制表|审核|单位负责)")
_OWNER = re.compile(r"(?:公司|集团|厂|局|委员会|政府|中心|学校|大学|医院|合作社)$")
_MOMENT = re.compile(r"^\D*(?:时间|日期|时限)$")
"""Words that ask for a date: behind another label they are one more label of a small table, no value of it."""
_MOST_VALUES = 4
"""Of one label of a form: more are a small table inside it."""
_FIRST_CARD = 40
"""Rows within which the first card begins."""
_MOST_ROWS = 20_000
_CHINESE = re.compile("[\u4e00-\u9fff]")
_UNIT_WORDS = frozenset(u.value for u in MoneyUnit) | {"%", "％", "个", "项", "人", "亩"}


@dataclass(slots=True)
class _Pair:
    """A label and the cells of its values, by row and column."""

    path: tuple[str, ...]
    row: int
    column: int
    values: list[tuple[int, int]] = field(default_factory=list)
    inline: str = ""
    """The value that stands in the label's own cell (项目名称：归阳疏港公路)."""


def is_label(words: str, period: Period) -> bool:
    """Whether words could be the head of a column."""
    text = bare(words)
    if not text or len(text) > _LONGEST or any(c in text for c in "。；;，,"):
        return False
    if _OWNER.search(text) and known_field(words) is None:
        return False  # 某城建投资有限公司 speaks of no investment
    if text in SERIAL_HEADS or known_field(words) is not None:
        return True
    guess = guess_column((squeeze(words),), period)
    return guess.field is not None or bool(guess.candidates)


def shape_labels(sheet: Sheet, period: Period, *, anywhere: bool = False) -> list[Shaped]:
    """The sheet's cards or transposed projects as tables of rows; none where it is in no such shape.

    ``anywhere``: labels may stand in any column, as on a form on which little else stands yet.
    """
    if not 2 <= len(sheet.rows) <= _MOST_ROWS or not _may_hold_labels(sheet, period):
        return []
    labels = _label_columns(sheet, period)
    names = [(r, c) for r, row in enumerate(sheet.rows, 1) for c, v in enumerate(row, 1)
             if isinstance(v, str) and len(v) < 16 and known_field(v) is Field.NAME and (c in labels or _begins_form(sheet, r, c, period))]
    names += [(r, c) for r, row in enumerate(sheet.rows, 1) for c, v in enumerate(row, 1) if isinstance(v, str) and _holds_name(v)]
    if not names:
        return []
    form = anywhere or any(c not in labels or _labels_beside(sheet, r, c, labels, period) for r, c in names)
    pairs = [p for p in _pairs(sheet, labels, period, form) if not _is_line(sheet, p, period)]
    if form:
        pairs = [p for p in pairs if len(p.values) <= _MOST_VALUES and (p.values or known_field(p.path[-1]) is not None)]
    told = {guess_column(p.path, period).field for p in pairs} | {c for p in pairs for c in guess_column(p.path, period).candidates}
    if not told & (MONEY_FIELDS | set(PROGRESS_TEXTS)):
        return []
    own = {(p.row, p.column): p for p in pairs}
    several = [n for n in names if n in own and len(own[n].values) > 1 and not form]
    if several:
        return [_transposed(sheet, pairs, own[several[0]], period)]
    named = sorted(n for n in names if n in own)
    return _cards(sheet, pairs, named, period) if named else []


def _labels_beside(sheet: Sheet, row: int, column: int, labels: set[int], period: Period) -> bool:
    """Whether further labels stand in the row of 项目名称, in columns that are none of labels."""
    return any(isinstance(v, str) and c > column and c not in labels and is_label(v, period)
               for c, v in enumerate(sheet.rows[row - 1], 1))


def shape_known_names(sheet: Sheet, period: Period, is_project: Callable[[str], bool]) -> list[Shaped]:
    """Projects as columns under their bare names, with another word or none in the corner; none where it is no such table."""
    labels = _label_columns(sheet, period) if len(sheet.rows) <= _MOST_ROWS else set()
    for r, row in enumerate(sheet.rows[:_FIRST_CARD], 1) if labels else ():
        named = [(r, c) for c, v in enumerate(row, 1) if isinstance(v, str) and len(v) > 4 and c > min(labels) and is_project(v)]
        if len(named) > 1:
            below = [p for p in _pairs(sheet, labels, period, form=False) if p.row > r and not _is_line(sheet, p, period)]
            name = _Pair(("项目名称",), r, min(labels), named)
            return [_transposed(sheet, [name, *below], name, period)] if below else []
    return []


def _holds_name(words: str) -> bool:
    """项目名称：归阳疏港公路 in one cell."""
    m = _INSIDE.match(words) if ":" in words or "：" in words else None
    return m is not None and known_field(m[1]) is Field.NAME


def _begins_form(sheet: Sheet, row: int, column: int, period: Period) -> bool:
    """Whether 项目名称 has its value beside it and another label below: a form whose labels stand in no columns."""
    value = next((v for v in sheet.rows[row - 1][column:] if not is_blank(v)), None)
    below = next((v for r in range(row + 1, row + 4) if not is_blank(v := sheet.cell(r, column))), None)
    if not isinstance(value, str) or not isinstance(below, str) or len(squeeze(value)) < 4:
        return False
    return not is_label(value, period) and not looks_like_head(value) and (is_label(below, period) or looks_like_head(below))


def _may_hold_labels(sheet: Sheet, period: Period) -> bool:
    """A cheap look before the careful one: 项目名称 with another head right below or above it in its column."""
    for r, row in enumerate(sheet.rows[:_FIRST_CARD], 1):
        for c, v in enumerate(row[:12], 1):
            if isinstance(v, str) and v.startswith(("项目名称：", "项目名称:", "工程名称：", "工程名称:")):
                return True
            if isinstance(v, str) and len(v) < 16 and ("项" in v or "名" in v or "工" in v) and known_field(v) is Field.NAME:
                if _begins_form(sheet, r, c, period):
                    return True
                near = [sheet.cell(r + d, c) for d in (-2, -1, 1, 2, 3)]
                if sum(1 for n in near if isinstance(n, str) and (known_field(n) is not None or unit_in_words(n) is not None)) >= 1:
                    return True
    return False


def _label_columns(sheet: Sheet, period: Period) -> set[int]:
    found: set[int] = set()
    for column in range(1, min(sheet.width, 60) + 1):
        texts = [v for row in sheet.rows if column <= len(row) and isinstance(v := row[column - 1], str) and not is_blank(v)]
        filled = sum(1 for row in sheet.rows if column <= len(row) and not is_blank(row[column - 1]))
        labels = sum(1 for t in texts if is_label(t, period))
        if labels >= min(_LEAST_LABELS, 2 if found else _LEAST_LABELS) and labels * 2 > filled:
            found.add(column)
    return found


def _pairs(sheet: Sheet, labels: set[int], period: Period, form: bool) -> Iterator[_Pair]:
    """Labels with their values, row by row. Of two labels side by side the first is the group of the second.

    In a ``form`` labels stand in other columns as well; a label may hold its value in its own cell.
    """
    for r, row in enumerate(sheet.rows, 1):
        pending: _Pair | None = None
        for c in range(1, len(row) + 1):
            value = row[c - 1]
            if isinstance(value, str) and (inside := _inside(value, period)) is not None:
                if pending is not None:
                    yield pending
                pending = None
                yield _Pair((inside[0],), r, c, [(r, c)], inside[1])
            elif form and c not in labels and isinstance(value, str) and _is_form_label(value, pending, period):
                if pending is not None:
                    yield pending
                pending = _Pair((squeeze(value).rstrip(":"),), r, c)
            elif c in labels:
                words = _group_over(sheet, r, c) if is_blank(value) else value
                if not isinstance(words, str) or is_blank(words):
                    continue
                if is_blank(value) and c + 1 not in labels:
                    continue
                if not _CHINESE.search(words):
                    continue  # a date or a figure below a label of its own
                if pending is not None and not pending.values and c - 1 == pending.column and c - 1 in labels:
                    pending = _Pair((*pending.path, squeeze(words)), r, c)
                    continue
                if pending is not None:
                    yield pending
                pending = _Pair((squeeze(words).rstrip(":"),), r, c)
            elif pending is not None and isinstance(value, str) and not pending.values and _MOMENT.match(squeeze(value)):
                pending = None  # the labels of a small table inside the form, its dates stand below
            elif pending is not None and not is_blank(value):
                pending.values.append((r, c))
        if pending is not None:
            yield pending


_INSIDE = re.compile(r"^\s*([^:：]{2,24}?)\s*[:：]\s*(\S.*)$", re.DOTALL)


def _inside(words: str, period: Period) -> tuple[str, str] | None:
    """Label and value of a cell that holds both (总投资（万元）：20480)."""
    m = _INSIDE.match(words)
    if m is None or is_unit_line(words) or not is_label(m[1], period) or _LINE.search(squeeze(m[1])):
        return None
    return squeeze(m[1]), m[2].strip()


def _is_form_label(words: str, pending: _Pair | None, period: Period) -> bool:
    """A label, or words like a head's behind a value: the label of something that the ledger does not keep."""
    return is_label(words, period) or bool(pending is not None and _MOMENT.match(squeeze(words))) or (pending is not None and bool(pending.values) and len(squeeze(words)) <= _LONGEST and looks_like_head(words))


def _group_over(sheet: Sheet, row: int, column: int) -> object:
    """The words of a label merged downwards over ``row``."""
    span = next((m for m in sheet.merges if m.left == column and m.top < row <= m.bottom), None)
    return None if span is None else sheet.cell(span.top, span.left)


def _is_line(sheet: Sheet, pair: _Pair, period: Period) -> bool:
    """Whether words are a title, a line of their own (填报单位：衡南县) or a signature rather than a label, left blank or not."""
    if _LINE.search(pair.path[0]):
        return True
    if pair.values:
        return False
    if not is_label(pair.path[-1], period):
        return True
    wide = any(m.top <= pair.row <= m.bottom and m.left <= pair.column <= m.right and m.right - m.left > 1 for m in sheet.merges)
    alone = sum(1 for v in sheet.rows[pair.row - 1] if not is_blank(v)) == 1
    return alone and (wide or known_field(pair.path[-1]) is None)


def _unit_first(sheet: Sheet, pair: _Pair) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """总投资 | 万元 | 20480: the unit goes to the label."""
    words = [sheet.cell(*at) for at in pair.values]
    if len(words) >= 2 and isinstance(words[0], str) and squeeze(words[0]) in _UNIT_WORDS:
        return (*pair.path[:-1], f"{pair.path[-1]}({squeeze(words[0])})"), pair.values[1:]
    return pair.path, pair.values


def _transposed(sheet: Sheet, pairs: list[_Pair], name: _Pair, period: Period) -> Shaped:
    """One project a column: every column with a name becomes a row."""
    grid = Regrid(sheet)
    rows = {c: n for n, (_, c) in enumerate(name.values, 1)}
    units = _unit_column(sheet, pairs, rows)
    for pair in pairs:
        unit = sheet.cell(pair.row, units) if units else None
        path = pair.path if not isinstance(unit, str) or is_blank(unit) else (*pair.path[:-1], f"{pair.path[-1]}({squeeze(unit)})")
        column = grid.column(path)
        for r, c in pair.values:
            if c in rows:
                grid.put(rows[c], column, (r, c))
    first = min(p.row for p in pairs)
    return grid.made(words_above(sheet, Head((first,), {}, {})))


def _unit_column(sheet: Sheet, pairs: list[_Pair], rows: dict[int, int]) -> int:
    """The column of units beside the labels, which is no project's; 0 where there is none."""
    for c in sorted({c for p in pairs for _, c in p.values} - rows.keys()):
        words = [squeeze(v) for p in pairs if isinstance(v := sheet.cell(p.row, c), str) and not is_blank(v)]
        if words and all(w in _UNIT_WORDS for w in words):
            return c
    return 0


def _cards(sheet: Sheet, pairs: list[_Pair], names: list[tuple[int, int]], period: Period) -> list[Shaped]:
    """One project a card: the labels from one name to the next."""
    lead = names[0][0] - min(p.row for p in pairs if p.row <= names[0][0] and names[0][0] - p.row <= 4)
    tops = sorted({r for r, _ in names})
    grid = Regrid(sheet)
    for top in tops:
        below = next((t for t in tops if t > top), len(sheet.rows) + 1 + lead)
        beside = sorted(c for r, c in names if r == top)
        for at, left in enumerate(beside):
            right = beside[at + 1] if at + 1 < len(beside) else sheet.width + 1
            own = [p for p in pairs if top - lead <= p.row < below - lead and (at == 0 or p.column >= left) and p.column < right]
            _add_card(grid, own, period)
    above = words_above(sheet, Head((max(names[0][0] - lead, 1),), {}, {}))
    return [grid.made(above)] if grid.cells else []


def _add_card(grid: Regrid, pairs: list[_Pair], period: Period) -> None:
    """The card as one more row; labels that mean the same share a column, whatever the card calls them."""
    if not any(known_field(p.path[-1]) is Field.NAME and p.values for p in pairs):
        return
    row = max((r for r, _ in grid.cells), default=0) + 1
    for pair in pairs:
        path, values = _unit_first(grid.source, pair)
        grid.meant(row, path, values[0] if values else None, period, pair.inline or None)
