"""序时计划: the plans by month or quarter of a year's projects: listed, set, spread; every change dated and reasoned (§13)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.places import MONTH_PLAN, Entity, Place
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.money import Yuan
from hydesk.domain.month_plan import MONTHS, MonthPlan, Spreading, difference, spread_plan
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.standings.period_view import read_view
from hydesk.services.standings.read_figures import figures_of_year

LEAST_REASON = 2
"""Letters a reason must have at least."""


@dataclass(frozen=True, slots=True)
class MonthPlanLine:
    """A project of the year's list with its plan by month; yuan."""

    project_id: int
    code: str
    name: str
    unit: str
    annual_plan: Yuan | None
    plan: MonthPlan | None

    @property
    def difference(self) -> Yuan:
        """What the months make more, or below nothing less, than the year's plan; nothing where there is no plan by month."""
        return 0 if self.plan is None else difference(self.plan, self.annual_plan)


def list_month_plans(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> list[MonthPlanLine]:
    """The projects of ``scope`` on the list of the period's year, in ledger order."""
    with ledger.read() as connection:
        return _lines(connection, period, scope)


def _lines(connection: Connection, period: Period, scope: Scope = WHOLE) -> list[MonthPlanLine]:
    return [MonthPlanLine(s.id, s.code, s.name, s.unit, s.annual_plan, s.month_plan)
            for s in read_view(connection, period, scope=scope).standings]


@writing
def set_month_plans(
    ledger: Ledger, period: Period, plans: Mapping[int, MonthPlan | None], reason: str = "", actor: Actor | None = None,
    title: str = "",
) -> int:
    """Let projects, by id, have these plans by month in the period's year (None: none); how many changed. One act.

    Raises HydeskError where a plan that stood is changed without a reason, or a project is not on the list.
    """
    why = " ".join(reason.split())
    with ledger.write() as connection:
        held = {line.project_id: line for line in _lines(connection, period)}
        strange = plans.keys() - held.keys()
        if strange:
            raise HydeskError(f"有 {len(strange)} 个项目不在{period.year}年的清单上，序时计划没有改动，请刷新后再试")
        changed = {key: plan for key, plan in plans.items() if plan != held[key].plan}
        moved = [held[key] for key in changed if held[key].plan is not None]
        if moved and len(why) < LEAST_REASON:
            raise HydeskError(f"“{moved[0].name}”{f'等{len(moved)}个项目' if len(moved) > 1 else ''}已有序时计划，改动要写明理由")
        if not changed:
            return 0
        named = f"“{held[next(iter(changed))].name}”" if len(changed) == 1 else f"{len(changed)}个项目"
        act_id = begin_act(connection, "month_plan", (title or f"{named}的序时计划") + (f"：{why}" if why else ""),
                           actor or current_actor(ledger))
        return record(connection, act_id, [
            Write(Place(Entity.PLAN, key, str(period.year), MONTH_PLAN), None if plan is None else plan.written, reason=why or None)
            for key, plan in changed.items()])


@dataclass(frozen=True, slots=True)
class SpreadPlans:
    """What spreading proposes: plans by project id, and the names of those it cannot spread, with why."""

    plans: Mapping[int, MonthPlan]
    left: tuple[tuple[str, str], ...]


def propose_plans(
    ledger: Ledger, period: Period, way: Spreading, only: Collection[int] | None = None, *, whole: bool = False,
    scope: Scope = WHOLE,
) -> SpreadPlans:
    """The year's plans spread over its months; those that have a plan by month are left alone unless ``whole``.

    ``only``: of these projects. A 新建 project with a planned start in the year begins in that month. Changes nothing.
    """
    with ledger.read() as connection:
        view = read_view(connection, period, scope=scope)
        last = _last_year(connection, period.year - 1) if way is Spreading.LAST_YEAR else {}
    plans: dict[int, MonthPlan] = {}
    left: list[tuple[str, str]] = []
    for s in view.standings:
        if (only is not None and s.id not in only) or (s.month_plan is not None and not whole):
            continue
        if not s.annual_plan:
            left.append((s.name, "没有年度计划"))
            continue
        begins = s.planned_start
        first = begins.month if begins is not None and begins.year == period.year and s.nature == "新建" else 1
        made = spread_plan(s.annual_plan, way, last.get(s.id, ()), first)
        if made is None:
            left.append((s.name, "台账里没有上年的月度数"))
        else:
            plans[s.id] = made
    return SpreadPlans(plans, tuple(left))


def _last_year(connection: Connection, year: int) -> dict[int, Sequence[Yuan]]:
    """What each project did in every month of ``year``, from the sums of months' ends; nothing where no sum is known."""
    figures = figures_of_year(connection, Period.month(year, MONTHS))
    found: dict[int, Sequence[Yuan]] = {}
    for key in figures:
        sums = {at.number: done for at, _, _, done, *_ in figures.completed(key, None) if at.is_month and done is not None}
        months, held = [], 0
        for month in range(1, MONTHS + 1):
            months.append(max(0, sums.get(month, held) - held))
            held = max(held, sums.get(month, held))
        found[key] = months
    return found
