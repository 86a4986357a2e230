"""The figures a report is written from, worked out once: totals, ranking, lamps, starts, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from hydesk.domain.indicators import (
    Lamp,
    LampRule,
    Meaning,
    Ranked,
    Starts,
    Totals,
    group_by,
    rank,
    rate,
    sum_up,
)
from hydesk.domain.lamps import project_lamp
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Month, Period
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.starts import count_starts
from hydesk.reports.model import ReportForm, ReportKind
from hydesk.reports.sources import NodeStanding, Sources

_NOTHING = {"", "无", "—", "-", "--", "/", "暂无", "没有", "无问题", "暂无问题", "无。"}


@dataclass(frozen=True, slots=True)
class Lagging:
    """A lagging project: its lamp and how far it is behind 时间进度 (1 = 100 points)."""

    project: ProjectStanding
    lamp: Lamp
    completion: Decimal | None
    behind: Decimal | None
    """None where it lags for another reason: a start overdue, a problem, or what a person judged."""


@dataclass(frozen=True, slots=True)
class MonthChange:
    """What was done in the month against the month before, over the ``count`` projects that have both figures.

    Sums over whoever happened to report would compare different projects with each other. ``whole``: no other project
    has a figure of either month.
    """

    count: int
    change: Yuan
    whole: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """All that the sections read. ``previous`` holds the standings one period before, where the ledger has them."""

    kind: ReportKind
    period: Period
    as_of: Period | None
    projects: tuple[ProjectStanding, ...]
    units: Mapping[str, tuple[ProjectStanding, ...]]
    totals: Totals
    previous: Totals | None
    time_progress: Decimal
    rule: LampRule
    lamps: Mapping[int, Lamp]
    ranking: tuple[Ranked, ...]
    previous_places: Mapping[str, int]
    starts: Starts
    lagging: tuple[Lagging, ...]
    problems: tuple[ProjectStanding, ...]
    form: ReportForm
    sources: Sources = field(default_factory=Sources)
    subject: str = ""
    """The unit or the project's name, where the report is about one; ``projects`` are then only its own."""
    about_project: bool = False
    issued: date = date.min
    """The day printed on the report."""
    previous_lagging: frozenset[int] | None = None
    """Who lagged one period before, by id; None where that is not known."""
    month_change: MonthChange | None = None
    """The month against the one before; None of a week, and where no project has both."""

    @property
    def month(self) -> Month:
        """The month whose amounts stand in the report; the period's own last month where nothing is known."""
        return (self.as_of or self.period).last_month

    @property
    def on(self) -> date:
        """The day as of which starts are told."""
        return self.period.end

    @property
    def due_next(self) -> tuple[NodeStanding, ...]:
        """Nodes not done that are due within the period that follows."""
        own = {p.id for p in self.projects}
        until = self.on + timedelta(days=31 if self.period.is_month else 7)
        return tuple(n for n in self.sources.nodes if n.actual is None and n.due is not None and n.project_id in own
                     and self.on < n.due.day <= until)

    @property
    def months_left(self) -> int:
        """Months of the year after the one whose amounts stand in the report."""
        return 12 - self.month.number

    @property
    def rule_words(self) -> str:
        """The lamp rule in words, and how many projects were judged by a person instead."""
        judged = sum(self.lamps[p.id].by_hand for p in self.projects)
        return self.rule.sentence + (f"；另有{judged}个项目由人工判定，注明“人工”" if judged else "")

    @property
    def gap(self) -> Decimal | None:
        """The whole's completion rate less 时间进度, exact."""
        done = self.totals.completion
        return None if done is None else done - self.time_progress


def said(text: str) -> bool:
    """Whether a clerk's words say something: placeholders such as 无 or — do not."""
    return text.strip() not in _NOTHING


def most(names: Iterable[str], order: Iterable[str]) -> list[tuple[str, int]]:
    """How often each name occurs, the most frequent first, those as frequent in the office's ``order``."""
    places = {name: i for i, name in enumerate(order)}
    return sorted(Counter(names).items(), key=lambda x: (-x[1], places.get(x[0], len(places))))


def newest(standings: Sequence[ProjectStanding]) -> Period | None:
    """The newest month with figures among ``standings``."""
    return max((p.as_of for p in standings if p.as_of), key=lambda p: p.sort_key, default=None)


def _ranking(units: Mapping[str, Sequence[ProjectStanding]]) -> tuple[Ranked, ...]:
    return tuple(rank((name, sum_up(items)) for name, items in units.items()))


def _lagging(
    standings: Sequence[ProjectStanding], lamps: Mapping[int, Lamp], time_progress: Decimal
) -> tuple[Lagging, ...]:
    """Lagging projects, the seriously lagging first, then by points behind, then by plan."""
    found: list[Lagging] = []
    for p in standings:
        done = rate(p.year_investment, p.annual_plan)
        if lamps[p.id].meaning.bad:
            behind = None if done is None or done > time_progress else time_progress - done
            found.append(Lagging(p, lamps[p.id], done, behind))
    serious = Meaning.SERIOUSLY_LAGGING
    found.sort(key=lambda x: (x.lamp.meaning is not serious, -(x.behind or 0), -(x.project.annual_plan or 0), x.project.code))
    return tuple(found)


def work_out(
    kind: ReportKind,
    period: Period,
    standings: Sequence[ProjectStanding],
    *,
    rule: LampRule,
    unit_order: Sequence[str],
    previous: Sequence[ProjectStanding] | None,
    form: ReportForm,
    time_progress: Decimal | None = None,
    sources: Sources | None = None,
    subject: str = "",
    issued: date = date.min,
) -> Basis:
    """Everything the sections need, from the standings alone. Needs no ledger and changes nothing.

    ``subject`` is a unit or the code of a project: the report is then about its projects only, while the ranking
    stays that of all.
    """
    time_progress = period.time_progress() if time_progress is None else time_progress
    units = {k: tuple(v) for k, v in group_by(standings, lambda p: p.unit, unit_order).items()}
    lamps = {p.id: project_lamp(p, time_progress, rule, period.end) for p in standings}
    own = tuple(p for p in standings if subject in (p.unit, p.code)) if subject else tuple(standings)
    about_project = bool(subject) and not any(p.unit == subject for p in own)
    if subject and previous:
        previous_own = [p for p in previous if subject in (p.unit, p.code)]
    else:
        previous_own = list(previous or ())
    before = _ranking(group_by(previous, lambda p: p.unit, unit_order)) if previous else ()
    return Basis(
        kind=kind,
        period=period,
        as_of=newest(standings),
        projects=own,
        units={k: v for k, v in units.items() if v[0].unit == subject or not subject} if not about_project else {own[0].unit: own},
        totals=sum_up(own),
        previous=sum_up(previous_own) if previous_own else None,
        time_progress=time_progress,
        rule=rule,
        lamps=lamps,
        ranking=_ranking(units),
        previous_places={r.name: r.place for r in before if r.place is not None},
        starts=count_starts(own, period.year, period.end),
        lagging=_lagging(own, lamps, time_progress),
        problems=tuple(p for p in own if said(p.problem_text)),
        form=form,
        sources=_of(sources or Sources(), {p.id for p in own}),
        subject=own[0].name if about_project and own else subject,
        about_project=about_project,
        issued=issued,
        previous_lagging=_lagged_before(previous_own, period, time_progress, rule),
        month_change=_month_change(own, previous_own) if period.is_month else None,
    )


def _month_change(own: Sequence[ProjectStanding], previous: Sequence[ProjectStanding]) -> MonthChange | None:
    now = {p.id: p.month_investment for p in own if p.month_investment is not None}
    then = {p.id: p.month_investment for p in previous if p.month_investment is not None}
    both = now.keys() & then.keys()
    if not both:
        return None
    change = sum(now[i] for i in both) - sum(then[i] for i in both)
    return MonthChange(len(both), change, len(both) == len(now) == len(then))


def _of(sources: Sources, own: set[int]) -> Sources:
    """What of ``sources`` belongs to the projects in ``own``."""
    return Sources(
        tuple(x for x in sources.nodes if x.project_id in own),
        tuple(x for x in sources.problems if x.project_id in own),
        sources.adjustments,
        sources.curve,
        tuple(x for x in sources.leaders if x.project_id in own),
        {i: n for i, n in sources.parts.items() if i in own},
    )


def _lagged_before(
    previous: Sequence[ProjectStanding], period: Period, time_progress: Decimal, rule: LampRule
) -> frozenset[int] | None:
    """Who lagged one period before by the same rule; None without figures of that period."""
    if not previous or all(p.year_investment is None for p in previous):
        return None
    # What the office takes off 时间进度 this period it took off the last one as well.
    then = time_progress - (period.time_progress() - period.previous().time_progress())
    on = period.previous().end
    return frozenset(p.id for p in previous if project_lamp(p, then, rule, on).meaning.bad)
