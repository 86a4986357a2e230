"""The figures a report is written from, worked out once: totals, ranking, lamps, starts, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hydesk.domain.indicators import (
    Lamp,
    LampRule,
    Meaning,
    Ranked,
    Starts,
    Totals,
    group_by,
    lamp,
    rank,
    rate,
    sum_up,
)
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.starts import count_starts
from hydesk.reports.model import ReportForm, ReportKind

_NOTHING = {"", "无", "—", "-", "--", "/", "暂无", "没有", "无问题", "暂无问题", "无。"}


@dataclass(frozen=True, slots=True)
class Lagging:
    """A lagging project: its lamp and how far it is behind 时间进度 (1 = 100 points)."""

    project: ProjectStanding
    lamp: Lamp
    completion: Decimal
    behind: Decimal


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

    @property
    def month(self) -> Period:
        """The month whose amounts stand in the report; the period's own last month where nothing is known."""
        return self.as_of or self.period.last_month

    @property
    def on(self) -> date:
        """The day as of which starts are told."""
        return self.period.end

    @property
    def gap(self) -> Decimal | None:
        """The whole's completion rate less 时间进度, exact."""
        done = self.totals.completion
        return None if done is None else done - self.time_progress


def said(text: str) -> bool:
    """Whether a clerk's words say something: placeholders such as 无 or — do not."""
    return text.strip() not in _NOTHING


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
        if done is not None and lamps[p.id].meaning in (Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING):
            found.append(Lagging(p, lamps[p.id], done, time_progress - done))
    serious = Meaning.SERIOUSLY_LAGGING
    found.sort(key=lambda x: (x.lamp.meaning is not serious, -x.behind, -(x.project.annual_plan or 0), x.project.code))
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
) -> Basis:
    """Everything the sections need, from the standings alone. Needs no ledger and changes nothing."""
    time_progress = period.time_progress() if time_progress is None else time_progress
    units = {k: tuple(v) for k, v in group_by(standings, lambda p: p.unit, unit_order).items()}
    lamps = {p.id: lamp(p.year_investment, p.annual_plan, time_progress, rule) for p in standings}
    before = _ranking(group_by(previous, lambda p: p.unit, unit_order)) if previous else ()
    return Basis(
        kind=kind,
        period=period,
        as_of=newest(standings),
        projects=tuple(standings),
        units=units,
        totals=sum_up(standings),
        previous=sum_up(previous) if previous else None,
        time_progress=time_progress,
        rule=rule,
        lamps=lamps,
        ranking=_ranking(units),
        previous_places={r.name: r.place for r in before if r.place is not None},
        starts=count_starts(standings, period.year, period.end),
        lagging=_lagging(standings, lamps, time_progress),
        problems=tuple(p for p in standings if said(p.problem_text)),
        form=form,
    )
