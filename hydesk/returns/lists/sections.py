"""Sections of a list (一、产业发展 /（一）续建 / 1.衡南县) as values of the projects below them.

A section holds until the next of its depth; one without a number holds until the next that says a value of the same
field. What stands in a project's own cell goes before what its section says; where they differ it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import cell_name
from hydesk.domain.list_known import SectionChoice
from hydesk.returns.lists.said_words import Said, SaidWords, without_numbering
from hydesk.returns.rows import RowKind, section_depth
from hydesk.returns.table import Table
from hydesk.returns.text import is_blank, shown, squeeze

_LONGEST_TITLE = 40
_LINES_ABOVE = 5
"""Rows above a head among which sections of the table below may stand."""


@dataclass(frozen=True, slots=True)
class SectionSaid:
    """A value that a section gives the rows below it, and where the section stands."""

    value: str
    words: str
    row: int
    """0 for a title or a sheet's name."""
    cell: str | None


@dataclass(slots=True)
class _Open:
    """A section that still holds."""

    depth: int | None
    """None for one without a number."""
    values: Mapping[Field, SectionSaid]


@dataclass(slots=True)
class Sections:
    """What the sections of one table say: values by row of a project, and the sections that say nothing known."""

    by_row: dict[int, dict[Field, SectionSaid]] = field(default_factory=dict)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    """Row and words of sections whose words are none of the office's."""
    heads: list[tuple[int, str]] = field(default_factory=list)
    """Row and words of sections above the head, which count this table's rows."""


def read_sections(table: Table, words: SaidWords, choices: Mapping[str, SectionChoice]) -> Sections:
    """The sections of ``table`` with what they say of its projects."""
    found = Sections()
    held: list[_Open] = [_Open(0, {f: SectionSaid(v, text, 0, None) for f, v in words.of_title(text).items()})
                         for text in (*(line for line in table.words.lines[:2] if len(line) <= _LONGEST_TITLE and section_depth(line) is None), table.sheet.name)]
    for number, text in _above_head(table):
        said = _said(text, words, choices)
        if said.values:
            found.heads.append((number, text))
            _enter(held, section_depth(text), _values(table, number, text, said))
    for row in table.rows:
        if row.kind is RowKind.SECTION and row.name:
            said = _said(row.name, words, choices)
            if said.rest or not said.values:
                found.unknown.append((row.row, row.name))
            _enter(held, section_depth(row.name), _values(table, row.row, row.name, said))
        elif row.kind is RowKind.PROJECT:
            found.by_row[row.row] = {f: s for o in held for f, s in o.values.items()}
    return found


def _said(text: str, words: SaidWords, choices: Mapping[str, SectionChoice]) -> Said:
    choice = choices.get(without_numbering(text))
    if choice is not None:
        return Said({} if choice.field is None else {choice.field: choice.value}, "" if choice.field is not None else "　")
    return words.read(text)


def _values(table: Table, row: int, text: str, said: Said) -> dict[Field, SectionSaid]:
    cell = next((cell_name(row, c) for c in range(1, table.sheet.width + 1) if not is_blank(table.sheet.cell(row, c))), None)
    return {f: SectionSaid(v, text, row, cell) for f, v in said.values.items()}


def _enter(held: list[_Open], depth: int | None, values: Mapping[Field, SectionSaid]) -> None:
    """Ends what the new section ends, and opens it."""
    ended = (at for at, one in enumerate(held)
             if (depth is not None and one.depth is not None and one.depth >= depth)
             or (set(one.values) & set(values) and (depth is None or one.depth is None)))
    del held[next(ended, len(held)):]
    held.append(_Open(depth, values))


def _above_head(table: Table) -> Iterator[tuple[int, str]]:
    """Sections that stand right above the head, from the top: 二、新建项目 over a table of its own."""
    first = table.head.rows[0] if table.head.rows else 1
    found: list[tuple[int, str]] = []
    for row in range(first - 1, max(first - _LINES_ABOVE, 0), -1):
        cells = [shown(v).strip() for v in (table.sheet.rows[row - 1] if row <= len(table.sheet.rows) else ()) if not is_blank(v)]
        if len(set(cells)) == 1 and (_NUMBERED.match(squeeze(cells[0])) or len(squeeze(cells[0])) <= 10):
            found.append((row, cells[0]))
    yield from reversed(found)


_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|第[一二三四五六七八九十]+[类批部])")


def say_sections(table: Table, sections: Sections, used: Mapping[Field, int]) -> Iterator[Finding]:
    """One note for each field that sections gave, and one question for those that say nothing known."""
    for f, count in used.items():
        first = next(s for values in sections.by_row.values() if (s := values.get(f)) is not None)
        yield Finding(Level.NOTE, "section_read", (
            f"表“{table.sheet.name}”{first.cell or ''}：{'分组行' if first.row else ''}“{first.words}”{'等' if first.row else ''}写明了{f.label}，{count} 个项目照此取了{f.label}。"),
            table.sheet.name, first.row or None, first.cell, field=f)
    if sections.unknown:
        row = sections.unknown[0][0]
        several = "、".join(f"“{w}”" for _, w in sections.unknown[:4]) + ("等" if len(sections.unknown) > 4 else "")
        yield Finding(Level.NOTE, "section_unknown", (
            f"表“{table.sheet.name}”第{row}行：分组行{several}不是台账里的类别、性质或填报单位，没有取作什么。如有意义请指明。"),
            table.sheet.name, row)
