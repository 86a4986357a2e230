"""Stage 'head': where the head stands, how deep it is, and the path of words over each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.grid import CellValue, Sheet, Span
from hydesk.returns.aliases import SERIAL_HEADS
from hydesk.returns.head_score import HeadLines, is_title_row, score
from hydesk.returns.head_words import KNOWN, bare, head_cell, is_translation, known_field, looks_like_head
from hydesk.returns.text import is_blank, squeeze

SEARCHED_ROWS = 30
"""Heads begin within the first rows of a sheet, after cover, attachment number, title and overview."""
DEEPEST = 4
_MOST_SUMMARIES = 3
"""Tables without projects that may stand above the list."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head's rows (from 1) and, for each column, its words from the outermost group to the leaf.

    ``origins`` names for each column the cell its leaf comes from, so that a head merged over several columns
    can be told from several columns with the same words.
    """

    rows: tuple[int, ...]
    paths: dict[int, tuple[str, ...]]
    origins: dict[int, tuple[int, int]]

    @property
    def last_row(self) -> int:
        """The head's lowest row."""
        return self.rows[-1]


def find_head(sheet: Sheet, first_row: int = 1) -> Head | None:
    """The head of the table that begins at or after ``first_row``; None when the sheet shows none.

    A table that names no projects (a summary by class above the list) is passed over.
    """
    begin = first_row
    for _ in range(_MOST_SUMMARIES):
        head = find_any_head(sheet, begin)
        if head is None:
            return None
        joined = {c: bare("".join(p)) for c, p in head.paths.items()}
        if any(_names_project(joined[c], head.paths[c]) for c in head.paths) and sum(1 for w in joined.values() if w) >= 3:
            return head
        begin = head.last_row + 1
    return None


def find_any_head(sheet: Sheet, first_row: int = 1) -> Head | None:
    """The first head at or after ``first_row``, whether its table names projects or sums them up; None without one."""
    best = _best_rows(sheet, first_row)
    if best is None:
        return None
    return head_of_rows(sheet, _extend(sheet, best[0], best[1], first_row))


def head_of_rows(sheet: Sheet, rows: tuple[int, ...]) -> Head:
    """The head that these rows are."""
    paths, origins = _paths(sheet, rows)
    return Head(rows, paths, origins)


def _best_rows(sheet: Sheet, first_row: int) -> tuple[int, int] | None:
    """The first and the last of the rows that look most like a head."""
    best: tuple[float, int, int] | None = None
    last = min(len(sheet.rows), first_row + SEARCHED_ROWS - 1)
    lines = HeadLines(sheet)
    for row in range(first_row, last + 1):
        if best and (row > best[1] + DEEPEST or (row > best[1] + best[2] and _heads_names(lines, best[1], best[2]))):
            break  # a small table's head is not given up for that of the next table below it
        for depth in (1, 2, 3):
            points = score(lines, row, depth) if row + depth - 1 <= last else 0
            if points and (best is None or points > best[0] + 0.5):
                best = (points, row, depth)
    return None if best is None else (best[1], best[1] + best[2] - 1)


def _heads_names(lines: HeadLines, top: int, depth: int) -> bool:
    """Whether the rows name the column of projects in one of their own cells."""
    return any(known_field(w) is Field.NAME for r in range(top, top + depth) for w in lines.texts(r).values())


def _names_project(words: str, path: Sequence[str]) -> bool:
    fields = (KNOWN.get(words), *(known_field(p) for p in path))
    return any(f in (Field.NAME, Field.CODE, Field.APPROVAL_CODE) for f in fields) or (
        len(words) <= 16 and ("项目" in words or "工程" in words) and "名称" in words
    )


def _extend(sheet: Sheet, first: int, main: int, first_row: int) -> tuple[int, ...]:
    """Rows above that group the main rows' words, and rows below that continue them."""
    top = first
    while top > first_row and main - top < 2 and _belongs_above(sheet, top - 1):
        top -= 1
    bottom = main
    while bottom < len(sheet.rows) and bottom - top < DEEPEST - 1 and _belongs_below(sheet, bottom + 1, top, main):
        bottom += 1
        if is_column_numbers(sheet.rows[bottom - 1]):
            break  # column numbers close a head
    while bottom > main and all(is_blank(v) for v in sheet.rows[bottom - 1]):
        if any(m.top <= bottom <= m.bottom and m.top < bottom for m in sheet.merges):
            break
        bottom -= 1
    return tuple(range(top, bottom + 1))


def _belongs_above(sheet: Sheet, row: int) -> bool:
    cells = [v for v in sheet.rows[row - 1] if not is_blank(v)]
    if not cells or is_title_row(sheet, row) or any(isinstance(v, int | float) for v in cells):
        return False
    return sum(1 for v in cells if looks_like_head(v)) * 2 >= len(cells)


def is_column_numbers(row: Sequence[CellValue]) -> bool:
    """A row of column numbers: 1 2 3 … or 甲 乙 1 2 …."""
    numbers: list[int] = []
    for v in row:
        if is_blank(v):
            continue
        text = squeeze(str(int(v)) if isinstance(v, float) and v.is_integer() else str(v)).strip("()")
        if text in ("甲", "乙", "丙", "丁", "栏次", "列次", "a", "b", "A", "B"):
            continue
        # 5=3+4 and 6=5/2*100% stand in such rows too.
        m = re.match(r"^(\d{1,2})(?:=[\d+\-*/%×÷()]+)?$", text)
        if not m:
            return False
        numbers.append(int(m[1]))
    if len(numbers) < 3:
        return False
    steps = [b - a for a, b in pairwise(numbers)]
    # A column without a head is passed over in counting.
    return all(s == 1 for s in steps) or (len(numbers) >= 6 and numbers[0] == 1 and set(steps) <= {1, 2} and steps.count(2) <= 2)


def _belongs_below(sheet: Sheet, row: int, top: int, main: int) -> bool:
    # Only what stands under the head's own columns counts: notes beside the table begin in any row.
    edge = max((c for c, v in enumerate(sheet.rows[main - 1], 1) if not is_blank(v)), default=0)
    edge = max([edge, *(m.right for m in sheet.merges if m.top <= main <= m.bottom)])
    line = sheet.rows[row - 1][:edge]
    cells = [(c, v) for c, v in enumerate(line, 1) if not is_blank(v)]
    covered = any(m.top <= main and m.bottom >= row for m in sheet.merges)
    if not cells:
        # Blank, but part of a head merged downwards: or the empty second row of an unmerged head.
        return covered or (row - main == 1 and _next_is_data(sheet, row))
    if is_column_numbers(line) or is_translation(line):
        return True
    if any(not isinstance(v, str) for _, v in cells):
        return False
    if len(cells) == 1 and any(m.top == row and m.left <= cells[0][0] and m.right - m.left > edge // 2 for m in sheet.merges):
        return False  # words across the whole table head a group of rows
    speaking = sum(_continues_head(sheet, top, row, column, str(v)) for column, v in cells)
    return speaking * 3 >= len(cells) * 2 > 0 and not (
        len(cells) == 1 and bool(re.search(r"\d+[个项]|合计|总计|小计", squeeze(str(cells[0][1]))))
    )


def _continues_head(sheet: Sheet, top: int, row: int, column: int, words: str) -> int:
    """1 when words below a head carry it on, 0 when they could be anything, -1 when the word above was whole.

    A group's name alone in the name column (a town, 产业发展) must not be taken for part of the head.
    """
    above = next((v for r in range(row - 1, top - 1, -1) if not is_blank(v := sheet.cell(r, column))), None)
    if _ONLY_UNIT.fullmatch(squeeze(words)):
        return 1  # a row of units below the head
    headlike = looks_like_head(words) or _is_fragment(words)
    if above is None:
        return int(headlike)
    upper = bare(str(above))
    if bare(f"{above}{words}") in KNOWN or bare(f"{above}{words}") in SERIAL_HEADS:
        return 1
    if _is_group(sheet, top, row, column):
        return int(headlike)
    if upper in KNOWN or upper in SERIAL_HEADS:
        return -1
    return int(headlike)


_ONLY_UNIT = re.compile(r"[(（]?(?:单位[:：])?[万亿千百]*(?:元|美元|港元|港币|欧元|日元|英镑)[)）]?|[(（]?[%％][)）]?")


def _is_group(sheet: Sheet, top: int, row: int, column: int) -> bool:
    """Whether the head's cell above spans several columns, by a merge or by blanks to its right."""
    for m in sheet.merges:
        if m.left <= column <= m.right and m.right > m.left and top <= m.bottom < row:
            # A form's designer may merge every cell two wide: only a span over several words is a group.
            return sum(1 for c in range(m.left, m.right + 1) if not is_blank(sheet.cell(row, c))) > 1
    upper = next((r for r in range(row - 1, top - 1, -1) if not is_blank(sheet.cell(r, column))), row - 1)
    for right in range(column + 1, sheet.width + 1):
        if not is_blank(sheet.cell(upper, right)):
            return False
        if not is_blank(sheet.cell(row, right)):
            return True
    return False


def _is_fragment(text: str) -> bool:
    """A piece of a head word that was cut over two rows: 资, 称, 进度(%), 财政."""
    words = squeeze(text)
    return len(words) <= 8 and not words.isdigit() and not re.search(r"\d{3,}|^[一二三四五六七八九十]+[、.]", words)


def _next_is_data(sheet: Sheet, row: int) -> bool:
    """Whether the row after the blank one begins the data (an unmerged head's empty second row)."""
    after = next((r for r in sheet.rows[row : row + 2] if any(not is_blank(v) for v in r)), None)
    return after is not None and any(isinstance(v, int | float) for v in after)


def _paths(sheet: Sheet, rows: tuple[int, ...]) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[int, int]]]:
    """For each column its words in the head's rows, groups spread over their columns."""
    width = max(len(sheet.rows[r - 1]) for r in rows)
    spans = [m for m in sheet.merges if m.top <= rows[-1] and m.bottom >= rows[0]]
    edge = max((c for c, v in enumerate(sheet.rows[rows[0] - 1], 1) if not is_blank(v)), default=width)
    number_rows = {r for r in rows
                   if is_column_numbers(sheet.rows[r - 1]) or is_column_numbers(sheet.rows[r - 1][:edge]) or is_translation(sheet.rows[r - 1])}
    used = [r for r in rows if r not in number_rows]
    levels = {r: _spread(sheet, r, width, spans, r == used[-1] if used else True) for r in used}
    _inherit_groups(sheet, levels, used, width, spans)
    paths: dict[int, tuple[str, ...]] = {}
    origins: dict[int, tuple[int, int]] = {}
    for column in range(1, width + 1):
        words: list[str] = []
        origin: tuple[int, int] | None = None
        for r in used:
            found = levels[r].get(column)
            if found and found[1] != origin:
                words.append(found[0])
                origin = found[1]
        if words and origin:
            paths[column] = tuple(words)
            origins[column] = origin
    return paths, origins


_Level = dict[int, tuple[str, tuple[int, int]]]


def _spread(sheet: Sheet, row: int, width: int, spans: Sequence[Span], last: bool) -> _Level:
    """One head row's words by column, merged cells spread over all they cover."""
    level: _Level = {}
    for column in range(1, width + 1):
        value = sheet.cell(row, column)
        if not is_blank(value):
            level[column] = (head_cell(value), (row, column))
    for m in spans:
        if m.top <= row <= m.bottom:
            value = sheet.cell(m.top, m.left)
            if not is_blank(value):
                for column in range(m.left, min(m.right, width) + 1):
                    level[column] = (head_cell(value), (m.top, m.left))
    return level


def _inherit_groups(sheet: Sheet, levels: dict[int, _Level], used: list[int], width: int, spans: Sequence[Span]) -> None:
    """Unmerged groups: a group's words stand over its first column only, and belong to the columns after it
    that have words below but none at the group's level."""
    for index, row in enumerate(used[:-1]):
        below = used[index + 1 :]
        level = levels[row]
        group: tuple[str, tuple[int, int]] | None = None
        for column in range(1, width + 1):
            found = level.get(column)
            under = next((levels[r][column] for r in below if column in levels[r]), None)
            if found is not None:
                merged = any(m.left <= column <= m.right and m.top <= row <= m.bottom and m.right > m.left for m in spans)
                own_below = under is not None and under[1] != found[1]
                group = found if own_below and not merged else None
            elif group is not None and under is not None:
                level[column] = group
