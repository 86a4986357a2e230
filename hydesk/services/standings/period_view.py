"""What a page or paper of a period looks at: the standings, who has reported, the yardstick. Every one reads it here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Progress
from hydesk.domain.fields import SUMS_TO_DATE
from hydesk.domain.lamps import Lamp
from hydesk.domain.measures.reach import Reach, reach_of
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.periods import Period
from hydesk.domain.standing import ATTRIBUTES, OTHERS, ProjectStanding
from hydesk.services.rules.office_rules import OfficeRules, read_rules
from hydesk.services.standings.list_standings import read_standings
from hydesk.services.standings.read_figures import Figures


@dataclass(frozen=True, slots=True)
class PeriodView:
    """The projects as they stand at ``period`` (the one asked for), with how far its returns reach."""

    period: Period
    standings: tuple[ProjectStanding, ...]
    reach: Reach
    rules: OfficeRules
    yardstick: Yardstick

    @property
    def shown(self) -> Period:
        """The period whose figures are shown."""
        return self.reach.shown

    def lamps(self) -> Mapping[int, Lamp]:
        """How every project stands, by id."""
        return {s.id: self.yardstick.lamp(s) for s in self.standings}


def view_at(ledger: Ledger, period: Period) -> PeriodView:
    """What is to be seen at ``period``."""
    with ledger.read() as connection:
        return read_view(connection, period)


def read_view(
    connection: Connection, period: Period, figures: Figures | None = None,
    standings: Sequence[ProjectStanding] | None = None,
) -> PeriodView:
    """As ``view_at``, within an open transaction; ``figures`` and ``standings`` where they are read already."""
    listed = tuple(read_standings(connection, period, figures) if standings is None else standings)
    rules = read_rules(connection)
    reach = reach_of(listed, period, rules.closed)
    while reach.shown != period and (reach.newer or _later(reach)):
        # Nobody has reported for the period: what is shown is of the data date, and nothing newer is mixed into it. As it
        # stood then, fewer may have been in: then it is an earlier date that is shown.
        shown = reach.data_date.period if reach.data_date is not None else reach.shown
        listed = _as_shown(listed, read_standings(connection, shown))
        reach = reach_of(listed, period, rules.closed, shown=shown)
    return PeriodView(period, listed, reach, rules, rules.yardstick(reach))


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
    told = connection.execute(select(Progress.id).where(
        Progress.period == str(period), Progress.year_investment.is_not(None) | Progress.month_investment.is_not(None)).limit(1))
    if not told.first():
        whole, own = read_view(connection, period), {s.id for s in standings}
        shown, standings = whole.shown, [s for s in whole.standings if s.id in own]
    else:
        shown = period
    rules = read_rules(connection)
    reach = reach_of(standings, period, rules.closed, shown=shown)
    return PeriodView(period, tuple(standings), reach, rules, rules.yardstick(reach))


def view_before(connection: Connection, view: PeriodView) -> PeriodView | None:
    """What was to be seen one period before the one shown, of the same year; None while nobody has reported for the one
    asked for, and where nobody had reported then."""
    before = view.shown.previous()
    if view.reach.nothing_in or before.year != view.period.year:
        return None
    earlier = read_view(connection, before)
    return None if not earlier.reach.known else earlier
