"""Which projects a report is about: a unit's, a leader's, one project; all where it is about nobody."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.scopes.fields import names_in
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.kinds import KINDS, About, ReportKind


def is_of(kind: ReportKind, subject: str, p: ProjectStanding) -> bool:
    """Whether ``p`` is of ``subject``: a unit, the code of a project, or, for kinds about a leader, who is named in
    市级联系 or 县级包联. One of two leaders has it with each of them."""
    if not subject:
        return True
    if KINDS[kind].about is About.LEADER:
        return subject in names_in(p.city_leader, p.county_leader)
    return subject in (p.unit, p.code)


def leaders_of(standings: Sequence[ProjectStanding]) -> tuple[str, ...]:
    """Who is named as a leader: 市级联系 before 县级包联, in the ledger's order."""
    city = [name for p in standings for name in names_in(p.city_leader)]
    return tuple(dict.fromkeys([*city, *(name for p in standings for name in names_in(p.county_leader))]))
