"""What a period brought: 本月新增, 本周新增 (docs/rules.md §3.4).

The difference of two closing sums is the one increment; what the returns themselves call the month's amount is set
beside it, and where the two differ the projects are named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Month, Period
from hydesk.domain.standing import ProjectStanding


@dataclass(frozen=True, slots=True)
class Gain:
    """What a period brought over a scope, yuan.

    ``amount`` is over the ``both`` projects that have this closing sum and the last one, plus ``first_amount`` of the
    ``first`` ones whose last closing is not known (a month only): what came in with them. ``own`` projects of a week
    whose last closing is not known told the week's amount themselves; it is counted. ``uncounted`` have a closing sum of
    the week and neither. ``differing``: ids whose own month's or week's amount is not the difference of the two sums, by
    how much in all (their own words less the difference).
    """

    period: Period
    amount: Yuan
    both: int
    first: int
    first_amount: Yuan
    own: int
    uncounted: int
    differing: tuple[int, ...]
    difference: Yuan
    by_project: Mapping[int, Yuan]

    @property
    def counted(self) -> int:
        """How many projects the amount is over."""
        return self.both + self.first + self.own


def gain_of(
    now: Sequence[ProjectStanding], before: Sequence[ProjectStanding], period: Period, since: Period | None = None,
) -> Gain | None:
    """What ``period`` brought; None where no project has a figure of it.

    ``now`` are the standings shown, ``before`` those at the period before it (of the same year; empty for the first).
    ``since`` is the closing the gain is counted from where it is an earlier one, of a quarter the month before it; what the
    returns call the month's amount says nothing of it then.
    """
    told = [(p, p.year_investment) for p in now if p.as_of == period and p.year_investment is not None]
    if not told:
        return None
    then = {p.id: p for p in before}
    last = since or period.previous()
    amounts: dict[int, Yuan] = {}
    both = first = own = uncounted = first_amount = difference = 0
    differing: list[int] = []
    for p, done in told:
        said = None if since is not None else p.month_investment if isinstance(period, Month) else p.week_investment
        closing = _closing(then.get(p.id), period, last)
        if closing is not None:
            both += 1
            amounts[p.id] = done - closing
            if said is not None and said != done - closing:
                differing.append(p.id)
                difference += said - (done - closing)
        elif isinstance(period, Month):
            known = then.get(p.id)
            first += 1
            amounts[p.id] = done - ((known.year_investment or 0) if known is not None else 0)
            first_amount += amounts[p.id]
        elif said is not None:
            own += 1
            amounts[p.id] = said
        else:
            uncounted += 1
    return Gain(period, sum(amounts.values()), both, first, first_amount, own, uncounted, tuple(differing), difference, amounts)


def _closing(then: ProjectStanding | None, period: Period, last: Period) -> Yuan | None:
    """The last closing sum: 0 before a year's first period; None where the project has none of ``last``."""
    if last.year != period.year:
        return 0
    return then.year_investment if then is not None and then.as_of == last else None
