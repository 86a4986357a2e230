"""Values into the tables of a web page that calls itself a workbook; every tag and every other word stays."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.filled_form import Written
from hydesk.domain.written import CONTROL, begins_formula
from hydesk.excel.fill_text import codec_of
from hydesk.excel.fill_xlsx import SheetFill

_TAG = re.compile(r"<!--.*?-->|<(/?)(table|tr|td|th|style|script)\b([^<>]{0,4000}?)(/?)>", re.IGNORECASE | re.DOTALL)
_SPAN = {name: re.compile(rf"\b{name}\s*=\s*[\"']?\s*(\d{{1,5}})", re.IGNORECASE) for name in ("rowspan", "colspan")}
_BLANK = re.compile(r"(?:&nbsp;|&#160;|\s|\xa0)+", re.IGNORECASE)
_OPENED = re.compile(r"\s*(?:<(?!/)[^<>]{1,2000}>\s*)*")


@dataclass(slots=True)
class _Place:
    """Where a cell's tag ends and its content ends in the text."""

    tag: tuple[int, int]
    end: int


@dataclass(slots=True)
class _Grid:
    rows: list[tuple[int, int]] = field(default_factory=list)
    """Beginning and end of every row in the text."""
    cells: dict[tuple[int, int], _Place] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)
    widths: list[int] = field(default_factory=list)


def fill_html(content: bytes, fills: Sequence[SheetFill]) -> bytes:
    """``content`` with the values put in; ``fills`` of its tables of two or more rows, in their order."""
    codec = codec_of(content)
    text = content.decode(codec, "replace")
    tables = [t for t in _tables(text) if len(t.rows) >= 2]
    edits: list[tuple[int, int, str]] = []
    for grid, fill in zip(tables, fills, strict=False):
        edits += _edits(text, grid, fill)
    for begin, end, words in sorted(edits, key=lambda e: e[0], reverse=True):
        text = text[:begin] + words + text[end:]
    return text.encode(codec, "xmlcharrefreplace")


def _edits(text: str, grid: _Grid, fill: SheetFill) -> list[tuple[int, int, str]]:
    """What is put where; rows that a table gets more are the model row's text without its words."""
    edits: list[tuple[int, int, str]] = []
    shift = [(a.before, a.count) for a in fill.added if not a.below]
    new: dict[int, dict[int, Written]] = {}
    for (row, column), value in fill.values.items():
        source = _source_row(row, shift)
        place = grid.cells.get((source, column)) if source else None
        if place is not None:
            edits.append(_edit(text, place, value))
        else:
            new.setdefault(row, {})[column] = value
    for added in (a for a in fill.added if not a.below):
        begin, end = grid.rows[added.like - 1]
        made = "".join(_filled_copy(text, grid, added.like, new.get(added.before + n, {})) for n in range(added.count))
        edits.append((begin, begin, made))
        new = {r: v for r, v in new.items() if not added.before <= r < added.before + added.count}
    if new and grid.rows:
        end = grid.rows[-1][1]
        edits.append((end, end, "".join(_filled_copy(text, grid, len(grid.rows), v) for _, v in sorted(new.items()))))
    return edits


def _source_row(row: int, shift: Sequence[tuple[int, int]]) -> int:
    """The row of the page that a row of the filled page was; 0 for a new one."""
    for before, count in shift:
        if before <= row < before + count:
            return 0
        if row >= before + count:
            row -= count
    return row


def _edit(text: str, place: _Place, value: Written) -> tuple[int, int, str]:
    inner = text[place.tag[1]: place.end]
    tag = text[place.tag[0]: place.tag[1]]
    words, begin = _words(value), place.tag[1]
    if isinstance(value, str) and begins_formula(value):
        tag = tag.rstrip(">/").rstrip() + " style='mso-number-format:\"\\@\"'>"
        begin = place.tag[0]
        return begin, place.end, tag + _into(inner, words)
    return begin, place.end, _into(inner, words)


def _into(inner: str, words: str) -> str:
    """The words inside whatever tags the blank cell holds."""
    opened = _OPENED.match(inner)
    at = opened.end() if opened is not None else 0
    head, rest = inner[:at].rstrip(), inner[at:]
    return head + words + _BLANK.sub("", rest, count=1) if not _BLANK.sub("", re.sub(r"<[^<>]*>", "", rest)) else inner


def _filled_copy(text: str, grid: _Grid, like: int, values: dict[int, Written]) -> str:
    begin, end = grid.rows[like - 1]
    row = text[begin:end]
    edits = []
    for (r, c), place in grid.cells.items():
        if r != like:
            continue
        inner = text[place.tag[1]: place.end]
        bare = re.sub(r">[^<]+<", "><", f">{inner}<")[1:-1]
        made = _into(bare, _words(values[c])) if c in values else bare
        edits.append((place.tag[1] - begin, place.end - begin, made))
    for first, last, words in sorted(edits, reverse=True):
        row = row[:first] + words + row[last:]
    return row


def _words(value: Written) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return f"{value.year}-{value.month:02d}-{value.day:02d}"
    return html.escape(CONTROL.sub("", str(value)), quote=False)


def _tables(text: str) -> list[_Grid]:
    """The outermost tables with the places of their rows and cells, as the reader of pages counts them."""
    tables: list[_Grid] = []
    depth = skipped = 0
    cell: tuple[tuple[int, int], tuple[int, int]] | None = None
    for m in _TAG.finditer(text):
        if m[2] is None:
            continue
        tag, closing = m[2].lower(), bool(m[1])
        if tag in ("style", "script"):
            skipped = max(0, skipped + (-1 if closing else 1))
            continue
        if skipped:
            continue
        if tag == "table":
            if closing:
                    depth = max(0, depth - 1)
            else:
                depth += 1
                if depth == 1:
                    tables.append(_Grid())
        elif depth == 1 and tag == "tr":
            _close(tables, cell, m.start())
            cell = None
            if closing:
                _end_row(tables, m.end())
            else:
                _end_row(tables, m.start())
                tables[-1].rows.append((m.start(), -1))
                tables[-1].widths.append(0)
        elif depth == 1 and tag in ("td", "th"):
            _close(tables, cell, m.start())
            cell = None
            if not closing and tables[-1].rows:
                cell = (_place(tables[-1], m[3]), (m.start(), m.end()))
    return tables


def _end_row(tables: list[_Grid], at: int) -> None:
    rows = tables[-1].rows if tables else []
    if rows and rows[-1][1] < 0:
        rows[-1] = (rows[-1][0], at)


def _close(
    tables: list[_Grid], cell: tuple[tuple[int, int], tuple[int, int]] | None, at: int
) -> None:
    if cell is not None:
        tables[-1].cells[cell[0]] = _Place(cell[1], at)


def _place(grid: _Grid, attributes: str) -> tuple[int, int]:
    row = len(grid.rows)
    column = grid.widths[-1] + 1
    while (row, column) in grid.taken:
        column += 1
    down, across = (min(int(m[1]), 500) if (m := _SPAN[n].search(attributes)) else 1 for n in ("rowspan", "colspan"))
    grid.widths[-1] = column + max(across, 1) - 1
    if down > 1:
        grid.taken |= {(r, c) for r in range(row + 1, row + down) for c in range(column, column + across)}
    return row, column
