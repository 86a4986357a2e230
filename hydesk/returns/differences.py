"""Stage 'differences': what the return would change in the ledger, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hydesk.domain.changes import Change, ChangeKind
from hydesk.domain.collector import collector_paused
from hydesk.domain.fields import LEDGER_MONEY, PROGRESS_MONEY, PROGRESS_TEXTS, Field, FieldGroup
from hydesk.domain.findings import Finding, Level
from hydesk.domain.own_columns import says_the_same
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot
from hydesk.domain.understanding import ReadRow, ReadValue, Understanding
from hydesk.returns.date_checks import has_begun, is_at_capacity, is_finished, is_producing, reached

_PROPOSED = frozenset({"total_changed", "plan_changed", "before_changed", "start_changed"})
"""Warnings that make a ledger field's difference a proposal; smaller differences are rounding on paper."""


_NAMES = frozenset({"name_near", "name_differs"})
"""Findings that make the county's way of writing a name a proposal."""
_IN_WORDS = "amount_in_words"
_REACHED = (Field.START_DATE, Field.FINISH_DATE, Field.PRODUCTION_DATE, Field.CAPACITY_DATE)
_Flags = set[tuple[str | None, int | None, Field | None]]


def differences(understanding: Understanding, snapshot: LedgerSnapshot) -> tuple[Change, ...]:
    """Every change, in the order of the return's rows; rows of no known project change nothing."""
    if understanding.rejected:
        return ()
    with collector_paused():
        return tuple(_differences(understanding, snapshot))


def _differences(understanding: Understanding, snapshot: LedgerSnapshot) -> list[Change]:
    projects = {p.code: p for p in snapshot.projects}
    flagged = _flagged(understanding.findings)
    flagged_names = {(f.sheet, f.row): f for f in understanding.findings if f.code in _NAMES}
    changes: list[Change] = []
    told: dict[str | None, dict[Field, ReadValue]] = {}
    for row in understanding.rows:
        told.setdefault(row.project, {}).update(row.values)
    in_words = {(f.sheet, f.row, f.field) for f in understanding.findings if f.code == _IN_WORDS}
    for row in understanding.rows:
        project = projects.get(row.project or "")
        if project is None:
            continue
        for f in (*PROGRESS_MONEY, *PROGRESS_TEXTS):
            if f in row.values:
                changes += _progress(row, project, f, (row.sheet, row.row, f) in in_words)
        for f in LEDGER_MONEY:
            if f in row.values and (row.sheet, row.row, f) in flagged:
                changes.append(_change(row, project, f, _ledger_value(project, f), ChangeKind.LEDGER_FIELD, False))
        changes += _own(row, project)
        changes += _name(row, project, flagged_names)
        for f in _REACHED:
            if f in row.values:
                changes += _node(row, told[row.project], project, f, snapshot.period.end, flagged)
    return changes


def _own(row: ReadRow, project: KnownProject) -> Iterator[Change]:
    """What an own column says that the ledger lacks comes in; another value than the ledger's is a proposal. What is told by
    period comes in as progress does."""
    for cell in row.own:
        held = project.own.get(cell.column.id)
        if cell.value is not None and not says_the_same(held, cell.value):
            anew = cell.column.kind.by_period
            yield Change(project.code, project.name, cell.column, held, cell.value, None,
                         ChangeKind.NEW_FIGURE if anew else ChangeKind.LEDGER_FIELD, row.sheet, row.row,
                         cell.cell, cell.words, row.accepted and (anew or held is None))


def _name(row: ReadRow, project: KnownProject, flagged: dict[tuple[str | None, int | None], Finding]) -> Iterator[Change]:
    """The name as the county writes it, where it was asked about: never more than a proposal."""
    found, written = flagged.get((row.sheet, row.row)), " ".join(row.name.split())
    if found is not None and written and written != project.name:
        yield Change(project.code, project.name, Field.NAME, project.name, written, None, ChangeKind.LEDGER_FIELD, row.sheet,
                     row.row, found.cell or "", row.name, False)


def _node(row: ReadRow, values: dict[Field, ReadValue], project: KnownProject, f: Field, end: date, flagged: _Flags) -> list[Change]:
    """A start, finish and what follows it that the ledger does not know yet comes in like progress; another date than its own is a
    proposal."""
    new, held = reached(row.values[f], end), project.nodes.get(f)
    if new is None:
        return []
    if held is None:
        told = _says_so(values, project, f)
        return [_change(row, project, f, None, ChangeKind.LEDGER_FIELD, row.accepted)] if told else []
    if (row.sheet, row.row, f) in flagged:
        return [_change(row, project, f, held, ChangeKind.LEDGER_FIELD, False)]
    return []


def _says_so(values: dict[Field, ReadValue], project: KnownProject, f: Field) -> bool:
    """Whether the row's words and money go with a day that is told of ``f``: plans that were missed are left standing."""
    if f is Field.START_DATE:
        return has_begun(values, project)
    if f is Field.FINISH_DATE:
        return is_finished(values, project)
    return is_producing(values) if f is Field.PRODUCTION_DATE else is_at_capacity(values)


def _flagged(findings: tuple[Finding, ...]) -> _Flags:
    return {(f.sheet, f.row, f.field) for f in findings if f.code in _PROPOSED and f.level is not Level.NOTE}


def _progress(row: ReadRow, project: KnownProject, f: Field, proposed: bool) -> list[Change]:
    """A figure of the period. One that was read out of a sentence is ``proposed`` only."""
    held = _held(project, f)
    new = row.values[f]
    if held == new:
        return []
    kind = ChangeKind.NEW_FIGURE if held is None else ChangeKind.CORRECTION
    # What a person set after the last return stands until a person decides: no return overwrites it by itself.
    return [_change(row, project, f, held, kind, row.accepted and f not in project.edited and not proposed)]


def _held(project: KnownProject, f: Field) -> ReadValue | None:
    if project.current is None:
        return None
    return project.current.money.get(f) if f in PROGRESS_MONEY else project.current.texts.get(f)


def _ledger_value(project: KnownProject, f: Field) -> ReadValue | None:
    assert f.group in (FieldGroup.FACT, FieldGroup.PLAN)
    return {Field.TOTAL_INVESTMENT: project.total_investment, Field.INVESTED_BEFORE: project.invested_before,
            Field.ANNUAL_PLAN: project.annual_plan}.get(f)


def _change(
    row: ReadRow, project: KnownProject, f: Field, old: ReadValue | None, kind: ChangeKind, accepted: bool
) -> Change:
    before = project.previous
    previous: ReadValue | None = None
    if before is not None:
        previous = before.money.get(f) if f in PROGRESS_MONEY else before.texts.get(f)
    edited = project.edited.get(f) or (project.edited_before.get(f) if kind is ChangeKind.NEW_FIGURE else None)
    if edited is not None:
        previous = edited.returned
    return Change(
        project.code, project.name, f, old, row.values[f], previous, kind, row.sheet, row.row,
        row.cells.get(f, ""), row.words.get(f, ""), accepted, edited)
