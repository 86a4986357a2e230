"""Sheets of one book that are joined by 序号: figures on a sheet without names, whose names stand on another sheet.

The names are fetched by number into a column of their own. Only a sheet whose numbers are each used once can lend its
names; where both sheets do not count the same numbers, a person is asked to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import CellPlace, CellValue, Sheet
from hydesk.domain.periods import Period
from hydesk.returns.aliases import SERIAL_HEADS
from hydesk.returns.head import SEARCHED_ROWS, find_head
from hydesk.returns.head_words import bare, known_field
from hydesk.returns.shapes.labels import is_label
from hydesk.returns.text import is_blank, shown, squeeze

_MOST_SHEETS = 30
_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a sheet by their number, with the cells they stand in."""

    sheet: str
    by_number: dict[int, tuple[str, int, int]]


def join_by_number(sheets: Sequence[Sheet], period: Period) -> tuple[list[Sheet], list[Finding]]:
    """The sheets, those without names completed from the sheet that has them; and a word about each of these."""
    findings: list[Finding] = []
    if not 2 <= len(sheets) <= _MOST_SHEETS:
        return list(sheets), findings
    bare_heads = {s.name: at for s in sheets if not s.hidden and (at := _head_without_names(s, period)) is not None}
    if not bare_heads:
        return list(sheets), findings
    lenders = [names for s in sheets if s.name not in bare_heads and not s.hidden and (names := _names_of(s)) is not None]
    joined: list[Sheet] = []
    for sheet in sheets:
        at = bare_heads.get(sheet.name)
        done = next((d for names in lenders if at is not None and (d := _with_names(sheet, at, names)) is not None), None)
        joined.append(done[0] if done is not None else sheet)
        if done is not None:
            findings.append(done[1])
    return joined, findings


def _head_without_names(sheet: Sheet, period: Period) -> tuple[int, int] | None:
    """Row and column of 序号 in the head of a sheet of figures that names no projects."""
    for r, row in enumerate(sheet.rows[:SEARCHED_ROWS], 1):
        serial = next((c for c, v in enumerate(row, 1) if isinstance(v, str) and bare(v) in SERIAL_HEADS), 0)
        if not serial:
            continue
        words = [v for near in sheet.rows[r - 1 : r + 1] for v in near if isinstance(v, str) and not is_blank(v)]
        if any(known_field(w) in (Field.NAME, Field.CODE, Field.APPROVAL_CODE) for w in words):
            return None
        if sum(is_label(w, period) for w in words) >= _LEAST + 1 and find_head(sheet) is None:
            return r, serial
    return None


def _names_of(sheet: Sheet) -> _Names | None:
    head = find_head(sheet)
    if head is None:
        return None
    serial = next((c for c, p in head.paths.items() if bare(p[-1]) in SERIAL_HEADS), 0)
    name = next((c for c, p in head.paths.items() if known_field(p[-1]) is Field.NAME), 0)
    if not serial or not name:
        return None
    found: dict[int, tuple[str, int, int]] = {}
    for r in range(head.last_row + 1, len(sheet.rows) + 1):
        number, words = _number(sheet.cell(r, serial)), shown(sheet.cell(r, name)).strip()
        if number is None or not words:
            continue
        if number in found:
            return None  # numbers begin anew in every section: they tell no project
        found[number] = (words, r, name)
    return _Names(sheet.name, found) if len(found) >= _LEAST else None


def _with_names(sheet: Sheet, at: tuple[int, int], names: _Names) -> tuple[Sheet, Finding] | None:
    top, serial = at
    numbers = {r: n for r in range(top + 1, len(sheet.rows) + 1) if (n := _number(sheet.cell(r, serial))) is not None}
    known = {r: n for r, n in numbers.items() if n in names.by_number}
    if len(known) < _LEAST or len(known) * 5 < len(numbers) * 4 or len(set(known.values())) < len(known):
        return None
    column = sheet.width + 1
    rows: list[list[CellValue]] = [[*row, *[None] * (column - len(row))] for row in sheet.rows]
    rows[top - 1][column - 1] = "项目名称"
    places = dict(sheet.places)
    for r, n in known.items():
        words, row, name = names.by_number[n]
        rows[r - 1][column - 1] = words
        places[(r, column)] = CellPlace(names.sheet, row, name)
    same = set(numbers.values()) == set(names.by_number)
    word = "" if same else f"，但两张表的序号不全相同（{len(numbers)} 个和 {len(names.by_number)} 个）。请核对各行是否对应"
    return replace(sheet, rows=rows, places=places), Finding(
        Level.NOTE if same else Level.WARNING, "joined_by_number",
        f"表“{sheet.name}”没有项目名称，已按序号与表“{names.sheet}”的名称对应{word}。", sheet.name)


def _number(value: CellValue) -> int | None:
    words = squeeze(shown(value)).strip(".、()")
    return int(words) if words.isdigit() and len(words) <= 4 else None
