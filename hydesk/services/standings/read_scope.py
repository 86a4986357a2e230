"""Scopes of a ledger: what there is to choose from, and the scope that a person's words mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import ProjectClass, Unit
from hydesk.domain.fields import NATURES
from hydesk.domain.meaning import Meaning
from hydesk.domain.milestones import STAGES
from hydesk.domain.periods import Period
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.domain.scopes.fields import ScopeField, ScopeKind, ScopeMember, fields_with
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.services.standings.list_standings import read_groups, read_standings
from hydesk.services.standings.own_columns import read_own_columns
from hydesk.services.standings.period_view import read_view

_CLASSES = {"class": "category", "industry": "industry", "chain": "chain"}
_FIXED: dict[str, tuple[str, ...]] = {
    "nature": NATURES, "stage": STAGES, "lamp": tuple(m.label for m in Meaning), "state": tuple(c.value for c in Case)}


def scope_choices(ledger: Ledger, period: Period) -> ScopeChoices:
    """What there is to choose from at ``period``."""
    with ledger.read() as connection:
        return read_choices(connection, period)


def read_choices(connection: Connection, period: Period, members: Iterable[ScopeMember] | None = None) -> ScopeChoices:
    """As ``scope_choices``, within an open transaction; ``members`` of the whole list where they are read already."""
    fields = fields_with(read_own_columns(connection))
    members = tuple(read_view(connection, period).members(connection) if members is None else members)
    words = {key: _in_order(known_words(connection, key), members, f)
             for key, f in fields.items() if f.kind in (ScopeKind.WORD, ScopeKind.WORDS)}
    return ScopeChoices(members, words, {"unit": short_units(connection)}, fields)


def short_units(connection: Connection) -> dict[str, str]:
    """What else units are called, with their names."""
    return {name: unit for unit, names in connection.execute(select(Unit.name, Unit.short_names)).tuples()
            for name in (names or "").split("\n") if name}


def known_words(connection: Connection, key: str) -> Iterable[str]:
    """The office's own words for a field, in its order."""
    if key in _FIXED:
        return _FIXED[key]
    if key in ("unit", "group"):
        groups = read_groups(connection)
        return groups.keys() if key == "unit" else groups.values()
    if key in _CLASSES:
        return connection.execute(select(ProjectClass.name).where(
            ProjectClass.kind == _CLASSES[key]).order_by(ProjectClass.position)).scalars()
    return ()


def _in_order(known: Iterable[str], members: Iterable[ScopeMember], field: ScopeField) -> tuple[str, ...]:
    found = dict.fromkeys(known)
    many = field.kind is ScopeKind.WORDS
    for m in members:
        held = field.read(m)
        found.update(dict.fromkeys(held if many else (held,)))
    return tuple(w for w in found if w)


def scope_of(ledger: Ledger, period: Period, text: str | None) -> Scope:
    """The scope that ``text`` (``级别=省;领导=…``) means in this ledger at ``period``; all projects where it says nothing.

    Raises HydeskError with a sentence where it is written wrongly or names what is not there.
    """
    if not (text or "").strip():
        return WHOLE
    with ledger.read() as connection:
        choices = read_choices(connection, period)
    return choices.meant(text or "")


@dataclass(frozen=True, slots=True)
class Within:
    """What lies in a scope: its projects by id and by code, ``units`` with at least one of them, and ``whole_units``, all of
    whose projects are in it. What is told of a unit as a whole is in the scope only where its unit is in it whole."""

    ids: frozenset[int]
    codes: frozenset[str]
    units: frozenset[str]
    whole_units: frozenset[str]

    def has(self, project: str, unit: str) -> bool:
        """Whether a matter of the project with the code ``project``, or without one of ``unit`` as a whole, is in it."""
        return project in self.codes if project else unit in self.whole_units


def within(ledger: Ledger, period: Period, scope: Scope, *, left: bool = False) -> Within | None:
    """What lies in ``scope`` at ``period``; None for all, those that left the list among them. With ``left`` projects that had
    left the list by then can be in the scope too."""
    if not scope.narrowed:
        return None
    with ledger.read() as connection:
        whole = read_view(connection, period, standings=read_standings(connection, period, left=True) if left else None)
        own = [m.project for m in scope.of(whole.members(connection))]
    all_of, of_scope = Counter(s.unit for s in whole.standings), Counter(s.unit for s in own)
    return Within(frozenset(s.id for s in own), frozenset(s.code for s in own), frozenset(of_scope),
                  frozenset(u for u, n in of_scope.items() if all_of[u] == n))


def ids_in(ledger: Ledger, period: Period, scope: Scope) -> frozenset[int] | None:
    """The projects of ``scope`` at ``period``; None for all, those that left the list among them."""
    if not scope.narrowed:
        return None
    with ledger.read() as connection:
        return frozenset(s.id for s in read_view(connection, period, scope=scope).standings)
