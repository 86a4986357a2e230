"""From standings to the figures a report is written from: ranking, lamps, who lags, what changed since the period before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hydesk.domain.lamps import Lamp
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.gains import Gain, gain_of
from hydesk.domain.measures.ranking import (
    GroupRanking,
    Ranked,
    RankingWay,
    group_moves,
    moves,
    rank_groups,
    rank_units,
)
from hydesk.domain.measures.reach import Reach, reach_of
from hydesk.domain.measures.starts import count_starts
from hydesk.domain.measures.totals import group_by, sum_up
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.money import rate
from hydesk.domain.periods import Period
from hydesk.domain.says_nothing import says_nothing
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.about import is_of
from hydesk.reports.basis import Basis, Judging, Lagging, Turned
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import KINDS, About, ReportKind
from hydesk.reports.sources import Sources
from hydesk.reports.words import clean


def _lagging(
    standings: Sequence[ProjectStanding], lamps: Mapping[int, Lamp], by: Yardstick, nothing: Collection[str]
) -> tuple[Lagging, ...]:
    """Lagging projects, the seriously lagging first, then by points behind, then by plan."""
    found: list[tuple[Decimal, Lagging]] = []
    for p in standings:
        if lamps[p.id].meaning.bad:
            exact, told = by.gap(p), by.shown_gap(p)
            behind = None if exact is None or exact > 0 or told is None else -told
            reason = "" if says_nothing(p.problem_text, nothing) else clean(p.problem_text)
            item = Lagging(p, lamps[p.id], rate(p.year_investment, p.annual_plan), behind, reason)
            found.append((min(exact or Decimal(0), Decimal(0)), item))
    serious = Meaning.SERIOUSLY_LAGGING
    found.sort(key=lambda x: (x[1].lamp.meaning is not serious, x[0], -(x[1].project.annual_plan or 0), x[1].project.code))
    return tuple(item for _, item in found)


def work_out(
    kind: ReportKind, period: Period, standings: Sequence[ProjectStanding], *, judging: Judging, unit_order: Sequence[str],
    previous: Sequence[ProjectStanding] | None, form: ReportForm, sources: Sources | None = None, subject: str = "",
    issued: date = date.min, shown: Period | None = None,
) -> Basis:
    """Everything the sections need, from the standings alone. Needs no ledger and changes nothing.

    ``shown`` is the period whose figures ``standings`` hold, where that is known already; ``previous`` are the standings
    one period before it. ``subject`` is a unit, a leader or the code of a project: the report is then about its projects
    only, while the ranking stays that of all.
    """
    whole = reach_of(standings, period, judging.closed, shown=shown)
    units = {k: tuple(v) for k, v in group_by(standings, lambda p: p.unit, unit_order).items()}
    own = tuple(p for p in standings if is_of(kind, subject, p))
    reach = reach_of(own, period, judging.closed, shown=whole.shown) if subject else whole
    by = Yardstick.at(reach, judging.rule, judging.pace, money_starts=judging.money_starts, schedule=judging.schedule)
    lamps = {p.id: by.lamp(p) for p in standings}
    about_leader = KINDS[kind].about is About.LEADER
    about_project = bool(subject) and not about_leader and not any(p.unit == subject for p in own)
    ranking, groups = tuple(rank_units(units, whole)), tuple(rank_groups(units, whole, judging.groups))
    moved, turned, gain = _since_before(kind, period, own, previous, whole, lamps, ranking, groups, unit_order, judging)
    return Basis(
        kind=kind, period=period, form=form, judging=judging, issued=issued,
        projects=own,
        units=_units_of(units, own) if subject else units,
        reach=reach,
        whole=whole,
        yardstick=by,
        totals=sum_up(own),
        lamps=lamps,
        ranking=ranking, group_rankings=groups, moved=moved, turned=turned, gain=gain,
        starts=count_starts(own, period.year, by.on, money_starts=judging.money_starts),
        lagging=_lagging(own, lamps, by, judging.nothing),
        problems=tuple(p for p in own if not says_nothing(p.problem_text, judging.nothing)),
        sources=_of(sources or Sources(), {p.id for p in own}),
        subject=own[0].name if about_project and own else subject,
        about_project=about_project,
    )


def _since_before(
    kind: ReportKind, period: Period, own: Sequence[ProjectStanding], previous: Sequence[ProjectStanding] | None, whole: Reach,
    lamps: Mapping[int, Lamp], ranking: Sequence[Ranked], groups: Sequence[GroupRanking], order: Sequence[str], judging: Judging,
) -> tuple[dict[str, int], Turned | None, Gain | None]:
    """What changed since the period before, or since the stretch before: places of units, lamps, and what was done."""
    before = None if whole.nothing_in else previous
    stretch = KINDS[kind].stretch
    since = None if stretch is None else stretch.before(period.last_month)
    # What the first stretch of a year brought is the year's sum itself.
    gains = not whole.nothing_in and (since is None or (since.year == period.year and bool(previous)))
    ids = {p.id for p in own}
    then = [p for p in before or () if p.id in ids]
    return (_moved(ranking, groups, before, whole, order, judging, since), _turned(own, lamps, then, whole, judging, since),
            gain_of(own, then, whole.shown, since) if gains else None)


def _units_of(units: Mapping[str, tuple[ProjectStanding, ...]], own: Sequence[ProjectStanding]) -> dict[str, tuple[ProjectStanding, ...]]:
    """The units of ``own`` in the office's order, each with what of ``own`` is its."""
    ids = {p.id for p in own}
    return {name: held for name, all_of in units.items() if (held := tuple(p for p in all_of if p.id in ids))}


def _moved(
    ranking: Sequence[Ranked], groups: Sequence[GroupRanking], before: Sequence[ProjectStanding] | None, whole: Reach,
    order: Sequence[str], judging: Judging, since: Period | None = None,
) -> dict[str, int]:
    if not before:
        return {}
    units = group_by(before, lambda p: p.unit, order)
    earlier = reach_of(before, since or whole.shown.previous(), judging.closed)
    if judging.ranking is RankingWay.APART:
        return group_moves(groups, rank_groups(units, earlier, judging.groups))
    return moves(ranking, rank_units(units, earlier))


def _of(sources: Sources, own: Collection[int]) -> Sources:
    """What of ``sources`` belongs to the projects in ``own``."""
    return replace(
        sources,
        nodes=tuple(x for x in sources.nodes if x.project_id in own),
        problems=tuple(x for x in sources.problems if x.project_id in own),
        leaders=tuple(x for x in sources.leaders if x.project_id in own),
        parts={i: n for i, n in sources.parts.items() if i in own},
    )


_JUDGED = (Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)


def _turned(
    own: Sequence[ProjectStanding], lamps: Mapping[int, Lamp], previous: Sequence[ProjectStanding], whole: Reach,
    judging: Judging, since: Period | None = None,
) -> Turned | None:
    """Who turned since the period before, each judged at its own date then and now; None without figures of then."""
    earlier = reach_of(previous, since or whole.shown.previous(), judging.closed)
    if not earlier.known or earlier.nothing_in:
        return None
    by = Yardstick.at(earlier, judging.rule, judging.pace, money_starts=judging.money_starts, schedule=judging.schedule)
    then = {p.id: by.lamp(p).meaning for p in previous}
    both = [(then[p.id], lamps[p.id].meaning) for p in own if p.id in then]
    judged = [(a, b) for a, b in both if a in _JUDGED and b in _JUDGED]
    return Turned(sum(b.bad and not a.bad for a, b in judged), sum(a.bad and not b.bad for a, b in judged))
