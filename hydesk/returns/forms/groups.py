"""The rows of a form's table in their groups: sections with the projects or empty rows below them, sums that close them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.returns.rows import RowKind, TableRow, section_depth
from hydesk.returns.table import Table
from hydesk.returns.text import is_blank, squeeze

_PART_SUM = re.compile(r"小计")


@dataclass(slots=True)
class RowGroup:
    """Rows below one section, or of a table without sections. ``sections`` are the words over it, the outermost first."""

    sections: tuple[str, ...] = ()
    projects: list[int] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)
    """Empty rows, numbered beforehand or not."""
    head_row: int = 0
    """The section's own row; 0 without a section."""
    open_end: bool = False
    """Nothing stands below: it may have as many rows as it needs."""


@dataclass(frozen=True, slots=True)
class SumRow:
    """A row of sums and the groups it is over."""

    row: int
    name: str
    groups: tuple[int, ...]


@dataclass(slots=True)
class RowGroups:
    """All groups of a table and its rows of sums."""

    groups: list[RowGroup]
    sums: list[SumRow]


def group_rows(table: Table) -> RowGroups:
    """The table's rows, sorted into groups and sums."""
    groups = [RowGroup()]
    sums: list[tuple[TableRow, int, bool]] = []
    stack: list[tuple[int, str]] = []
    closed = False
    begun = False
    for row in table.rows:
        if row.kind is RowKind.SECTION:
            depth = section_depth(row.name) or 9
            stack = [s for s in stack if s[0] < depth]
            stack.append((depth, row.name))
            groups.append(RowGroup(tuple(s[1] for s in stack), head_row=row.row))
            closed = False
        elif row.kind is RowKind.PROJECT:
            groups[-1].projects.append(row.row)
            begun, closed = True, False
        elif row.kind in (RowKind.BLANK, RowKind.NUMBERED) and not closed:
            groups[-1].slots.append(row.row)
            begun = True
        elif row.kind is RowKind.TOTAL:
            part = bool(_PART_SUM.search(squeeze(row.name)))
            sums.append((row, len(groups) - 1, part))
            closed = begun and not part
            if part:
                groups.append(RowGroup(groups[-1].sections[:-1]))
        elif row.kind is RowKind.NOTE:
            closed = True
    _trim(table, groups)
    return RowGroups(groups, [SumRow(r.row, r.name, _over(groups, at, part)) for r, at, part in sums])


def _over(groups: list[RowGroup], at: int, part: bool) -> tuple[int, ...]:
    """The groups a row of sums is over: its section with those inside it, or all."""
    if not part:
        return tuple(range(len(groups)))
    own = groups[at].sections
    return tuple(n for n, g in enumerate(groups[: at + 1]) if g.sections[: len(own)] == own) if own else (at,)


def _trim(table: Table, groups: list[RowGroup]) -> None:
    """Blank lines before a note or a section are no rows to fill; the last group may go on where nothing stands below."""
    last = max((r for r in range(table.head.last_row + 1, len(table.sheet.rows) + 1)
                if any(not is_blank(v) for v in table.sheet.rows[r - 1])), default=table.head.last_row)
    for group in groups:
        group.open_end = bool(group.slots) and group.slots[-1] >= last
    tail = groups[-1]
    if not (tail.slots or tail.projects) and (tail.head_row == last or not any(g.slots or g.projects for g in groups)):
        tail.slots, tail.open_end = [last + 1], True


def slots_of(group: RowGroup) -> Iterator[int]:
    """The rows that may be filled, in order; an open end goes on below."""
    yield from group.slots
    if group.open_end:
        row = group.slots[-1]
        while True:
            row += 1
            yield row
