"""Stage 'matching', applied: the project of every project row of a table."""

from __future__ import annotations

from hydesk.domain.fields import Field
from hydesk.returns.matching import How, Match, MatchDoubt, ProjectIndex, match_row
from hydesk.returns.rows import RowKind
from hydesk.returns.table import Table
from hydesk.returns.tables import name_parts, row_codes, row_name
from hydesk.returns.text import loose_key


def match_rows(table: Table, index: ProjectIndex, unit: str | None) -> None:
    """Finds the project of every project row; ``unit`` is the reporting unit, where it is known."""
    table.matches.clear()
    combined = any(c.guess.combined and c.field is Field.NAME for c in table.columns.values())
    for row in (r for r in table.rows if r.kind is RowKind.PROJECT):
        if row.row in table.assigned:
            table.matches[row.row] = Match(table.assigned[row.row], How.PERSON)
            continue
        name = row_name(table, row.row, row.continued)
        match = match_row(index, row_codes(table, row.row), name, unit)
        if match.doubt is MatchDoubt.SEVERAL:
            pass  # two projects in one cell are not made one by a part of the words
        elif combined and match.how is How.CODE and match.project is not None:
            match = _match_coded_owner(match, name)
        elif match.project is None or match.how is How.NEAR or combined:
            match = _match_inside(index, table, row.row, name, unit, match, combined)
        table.matches[row.row] = match


def _match_coded_owner(match: Match, words: str) -> Match:
    """A code beside a cell of owner and name: the name need only stand somewhere in the cell."""
    project = match.project
    assert project is not None
    text = loose_key(words)
    return Match(project, How.CODE) if any(loose_key(n) in text for n in (project.name, *project.names)) else match


def _match_inside(
    index: ProjectIndex, table: Table, row: int, name: str, unit: str | None, match: Match, combined: bool
) -> Match:
    """Owner and name in one cell: the parts are tried, then the ledger's names are looked for inside the words."""
    if not combined and "\n" not in name and "：" not in name and ":" not in name:
        return match
    for part in name_parts(name):
        found = match_row(index, row_codes(table, row), part, unit)
        if found.project is not None and found.how in (How.NAME, How.ALIAS, How.CODE):
            return found
    held = index.inside(name, unit)
    if held is not None:
        return Match(held, How.NAME)
    if match.project is None:
        for part in name_parts(name):
            found = match_row(index, row_codes(table, row), part, unit)
            if found.project is not None:
                return found
    return match
