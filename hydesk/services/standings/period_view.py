"""What a page or paper of a period looks at: the standings, who has reported, the yardstick. Every one reads it here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Progress
from hydesk.domain.fields import SUMS_TO_DATE
from hydesk.domain.lamps import Lamp
from hydesk.domain.measures.reach import Reach, reach_of
from hydesk.domain.measures.schedule import judges_by_schedule
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.periods import Period
from hydesk.domain.scopes.fields import ScopeMember
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ATTRIBUTES, OTHERS, ProjectStanding
from hydesk.services.rules.office_rules import OfficeRules, read_rules
from hydesk.services.standings.list_standings import read_groups, read_schedule_share, read_standings
from hydesk.services.standings.read_figures import Figures
from hydesk.services.standings.scope_members import read_members


@dataclass(frozen=True, slots=True)
class PeriodView:
    """The projects as they stand at ``period`` (the one asked for), with how far its returns reach.

    Those of ``scope``: their reach is that of the scope, the period shown and every lamp are those of the whole list, so
    that a project stands the same whatever else is looked at (docs/rules.md §11.3).
    """

    period: Period
    standings: tuple[ProjectStanding, ...]
    reach: Reach
    rules: OfficeRules
    yardstick: Yardstick
    groups: Mapping[str, str] = field(default_factory=dict)
    """The group each unit ranks in, in the office's order of units."""
    scope: Scope = WHOLE

    @property
    def shown(self) -> Period:
        """The period whose figures are shown."""
        return self.reach.shown

    def lamps(self) -> Mapping[int, Lamp]:
        """How every project stands, by id."""
        return {s.id: self.yardstick.lamp(s) for s in self.standings}


    def members(self, connection: Connection) -> list[ScopeMember]:
        """The projects as scopes look at them, in their order."""
        return read_members(connection, self.period, self.standings, self.yardstick, self.rules.nothing, self.groups)

    def within(self, ids: Collection[int], scope: Scope = WHOLE) -> PeriodView:
        """Of some of these projects, shown and judged as here."""
        own = tuple(s for s in self.standings if s.id in ids)
        reach = reach_of(own, self.period, self.rules.closed, shown=self.shown)
        return replace(self, standings=own, reach=reach, scope=scope,
                       yardstick=replace(self.yardstick, whole=reach.compare_at))


def view_at(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> PeriodView:
    """What is to be seen at ``period`` of the projects of ``scope``."""
    with ledger.read() as connection:
        return read_view(connection, period, scope=scope)


def read_view(
    connection: Connection, period: Period, figures: Figures | None = None,
    standings: Sequence[ProjectStanding] | None = None, *, scope: Scope = WHOLE,
) -> PeriodView:
    """As ``view_at``, within an open transaction; ``figures`` and ``standings`` where they are read already."""
    whole = _whole_view(connection, period, figures, standings)
    if not scope.narrowed:
        return whole
    return whole.within({m.project.id for m in scope.of(whole.members(connection))}, scope)


def _whole_view(
    connection: Connection, period: Period, figures: Figures | None, standings: Sequence[ProjectStanding] | None
) -> PeriodView:
    listed = tuple(read_standings(connection, period, figures) if standings is None else standings)
    rules = read_rules(connection)
    reach = reach_of(listed, period, rules.closed)
    while reach.shown != period and (reach.newer or _later(reach)):
        # Nobody has reported for the period: what is shown is of the data date, and nothing newer is mixed into it. As it
        # stood then, fewer may have been in: then it is an earlier date that is shown.
        shown = reach.data_date.period if reach.data_date is not None else reach.shown
        listed = _as_shown(listed, read_standings(connection, shown))
        reach = reach_of(listed, period, rules.closed, shown=shown)
    return PeriodView(period, listed, reach, rules, rules.yardstick(reach, schedule=_by_schedule(connection, rules, period)), read_groups(connection))


def _later(reach: Reach) -> bool:
    return reach.data_date is not None and reach.data_date.key < reach.as_of.key


def _as_shown(now: Sequence[ProjectStanding], then: Sequence[ProjectStanding]) -> tuple[ProjectStanding, ...]:
    """``now`` with the figures of ``then``: facts, plans, words and nodes stay those of the period asked for."""
    known = {s.id: s for s in then}
    return tuple(_with_figures(s, known[s.id]) if s.id in known else s for s in now)


_FIGURES = ("as_of", "as_of_day", *(ATTRIBUTES[f] for f in SUMS_TO_DATE if f in ATTRIBUTES))
_OTHER_SUMS = frozenset(OTHERS) & frozenset(SUMS_TO_DATE)


def _with_figures(now: ProjectStanding, then: ProjectStanding) -> ProjectStanding:
    figures = {f: getattr(then, f) for f in _FIGURES}
    if _OTHER_SUMS:
        figures["others"] = {f: v for f, v in now.others.items() if f not in _OTHER_SUMS} | {
            f: v for f, v in then.others.items() if f in _OTHER_SUMS}
    return replace(now, **figures)


def part_at(ledger: Ledger, period: Period, standings: Sequence[ProjectStanding]) -> PeriodView:
    """As ``read_part``."""
    with ledger.read() as connection:
        return read_part(connection, period, standings)


def empty_view(period: Period) -> PeriodView:
    """A view of no project: what a table shows before anything is read."""
    reach, rules = reach_of((), period), OfficeRules()
    return PeriodView(period, (), reach, rules, rules.yardstick(reach))


def read_part(connection: Connection, period: Period, standings: Sequence[ProjectStanding]) -> PeriodView:
    """The view of some projects at ``period`` as the page of all shows them, without reading the others where it can."""
    if not _told(connection, period, standings):
        whole, own = read_view(connection, period), {s.id for s in standings}
        shown, standings = whole.shown, [s for s in whole.standings if s.id in own]
    else:
        shown = period
    rules = read_rules(connection)
    reach = reach_of(standings, period, rules.closed, shown=shown)
    return PeriodView(period, tuple(standings), reach, rules,
                      rules.yardstick(reach, schedule=_by_schedule(connection, rules, period)), read_groups(connection))


def _told(connection: Connection, period: Period, standings: Sequence[ProjectStanding]) -> bool:
    """Whether anybody's investment of the very period is known; one of ``standings`` mostly says so."""
    if period.is_month and any(s.as_of == period and s.year_investment is not None for s in standings):
        return True
    query = select(Progress.id).where(
        Progress.period == str(period), Progress.year_investment.is_not(None) | Progress.month_investment.is_not(None)).limit(1)
    return connection.execute(query).first() is not None


def _by_schedule(connection: Connection, rules: OfficeRules, period: Period) -> bool:
    """Whether plans by month judge the projects of the period's list, however few of them are looked at."""
    return judges_by_schedule(rules.judged_by, read_schedule_share(connection, period))


def view_before(connection: Connection, view: PeriodView, since: Period | None = None) -> PeriodView | None:
    """What was to be seen one period before the one shown (or at ``since``), of the same year; None while nobody has reported
    for the one asked for, and where nobody had reported then."""
    before = since or view.shown.previous()
    if view.reach.nothing_in or before.year != view.period.year:
        return None
    earlier = read_view(connection, before, scope=WHOLE if view.scope.judged else view.scope)
    if view.scope.judged:
        # 滞后 now is asked about the same projects then, not about those that lagged then.
        earlier = earlier.within({s.id for s in view.standings}, view.scope)
    return None if not earlier.reach.known else earlier
