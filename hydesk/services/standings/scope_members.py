"""Projects as scopes look at them: with their stage, situations, lamp and the group of their unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from hydesk.domain.measures.starts import has_started
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.periods import Period
from hydesk.domain.scopes.cases import cases_of, stage_of
from hydesk.domain.scopes.fields import ScopeMember
from hydesk.domain.standing import ProjectStanding
from hydesk.services.standings.read_stages import read_stages


def read_members(
    connection: Connection, period: Period, standings: Sequence[ProjectStanding], by: Yardstick,
    nothing: Sequence[str], groups: Mapping[str, str],
) -> list[ScopeMember]:
    """``standings`` as members, in their order; ``by`` is the yardstick of the page, ``nothing`` the office's own words
    that say nothing."""
    stages = read_stages(connection, period)
    return [
        ScopeMember(p, by.lamp(p).meaning, stage_of(p, stages.get(p.id, ""), has_started(p, by.on, money_starts=by.money_starts)),
                    groups.get(p.unit, ""), cases_of(p, period, by, nothing))
        for p in standings]
