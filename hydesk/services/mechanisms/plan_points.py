"""考核 that plans, drawn from the ledger: what each unit, and the city, can do that gains most points (docs/rules.md §6.6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hydesk.db.ledger import Ledger
from hydesk.domain.assessment_plan import ActPlan, MeasurePart, UnitAct, plan_acts
from hydesk.domain.forecast.reaching import brings, waits
from hydesk.domain.measures.starts import count_starts, has_started, overdue_start, to_start
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.money import Yuan, format_money
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem, Status
from hydesk.domain.promises import Promise
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable
from hydesk.reports.notice import NoticePaper
from hydesk.services.doubts.forecast_year import ForecastPage, forecast_year
from hydesk.services.mechanisms.assess_city import CITY, SCOPE, city_measures, city_rules, scoped
from hydesk.services.mechanisms.assess_units import assessment_rules, gather_measures
from hydesk.services.mechanisms.settle_promises import settle_promises
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.reports.print_notice import office_of, remark_of
from hydesk.services.standings.list_standings import list_units
from hydesk.services.standings.period_view import PeriodView, view_at

_SMALL: Yuan = 1_000_000
"""Money lacking below is no act."""
_ABOUT: Yuan = 1_000_000
"""What is only expected is said in whole millions."""
ONE = Decimal(1)


def plan_points(ledger: Ledger, period: Period, today: date | None = None, scope: Scope = WHOLE) -> list[ActPlan]:
    """What every assessed unit can do with its projects of ``scope`` that gains it most points, in the office's order; others
    stay where they are."""
    view = view_at(ledger, period, scope)
    own_ids = {s.id for s in view.standings}
    listed = {s.unit for s in view.standings}
    units = [u.name for u in list_units(ledger) if u.kind != "市直部门" and u.name in listed]
    readings = gather_measures(ledger, period, units, today, scope)
    rules, page = assessment_rules(ledger), forecast_year(ledger, period)
    problems = [p for p in list_problems(ledger, period, today=today, current=True) if not scope.narrowed or p.project_id in own_ids]
    promises = settle_promises(ledger, period, scope)
    found = []
    for unit in units:
        own = [s for s in view.standings if s.unit == unit]
        mine = [p for p in promises if p.unit == unit]
        late = [p for p in problems if p.project_unit == unit]
        parts = _parts(own, late, mine, view)
        found.append(plan_acts(rules, readings, units, unit, parts, _acts(own, late, view, page)))
    return found


def plan_city_points(ledger: Ledger, period: Period, today: date | None = None) -> ActPlan:
    """The same for the city under the province's rules, over 省重点项目 only."""
    view = scoped(view_at(ledger, period))
    within = {s.id for s in view.standings}
    problems = [p for p in list_problems(ledger, period, today=today, current=True) if p.project_id in within]
    readings = {key: {CITY: value} for key, value in city_measures(view.standings, problems, view).items()}
    parts = _parts(view.standings, problems, [], view)
    starts = count_starts(view.standings, view.period.year, view.yardstick.on, money_starts=view.yardstick.money_starts)
    due = view.yardstick.expected(view.standings)
    done = sum_up(view.standings).known("year_investment")
    if due and done is not None:
        parts["pace"] = MeasurePart(Decimal(done), due)
    parts["unstarted"] = MeasurePart(Decimal(starts.overdue))
    parts["solved"] = MeasurePart(Decimal(sum(p.status is Status.CLOSED for p in problems)), Decimal(len(problems)))
    acts = _acts(view.standings, problems, view, forecast_year(ledger, period))
    return plan_acts(city_rules(ledger), readings, [CITY], CITY, parts, acts)


def _parts(
    own: Sequence[ProjectStanding], problems: Sequence[ListedProblem], promises: Sequence[Promise], view: PeriodView,
) -> dict[str, MeasurePart]:
    """What a unit's measures are made of; one without data is left out, so that no act is thought to move it."""
    totals, by = sum_up(own), view.yardstick
    starts = count_starts(own, view.period.year, by.on, money_starts=by.money_starts)
    found = {"problems_overdue": MeasurePart(Decimal(sum(p.overdue for p in problems)))}
    done = totals.known("year_investment")
    if done is not None and totals.annual_plan:
        found["completion"] = MeasurePart(Decimal(done), Decimal(totals.annual_plan))
        found["amount"] = MeasurePart(Decimal(done) / 10**8)
    if starts.planned:
        found["start_rate"] = MeasurePart(Decimal(starts.started), Decimal(starts.planned))
    due = [p for p in promises if p.kept is not None]
    if due:
        found["promises"] = MeasurePart(Decimal(sum(bool(p.kept) for p in due)), Decimal(len(due)))
    return found


def _acts(
    own: Sequence[ProjectStanding], problems: Sequence[ListedProblem], view: PeriodView, page: ForecastPage,
) -> list[UnitAct]:
    """Starts, money that is behind time, problems past their deadline. A promise once broken is not mended (§6.3)."""
    by, month = view.yardstick, page.month.number
    acts: list[UnitAct] = []
    for s in own:
        known = page.projects.get(s.id)
        if to_start(s, view.period.year) and not has_started(s, by.on, money_starts=by.money_starts):
            more = brings(known, page.year_end, month) if known is not None and waits(known, month) else 0
            more -= more % _ABOUT
            moves = {"start_rate": ONE, **_money(more)}
            if overdue_start(s, by.on, money_starts=by.money_starts):
                moves["unstarted"] = -ONE
            acts.append(UnitAct(f"“{s.name}”开工" + (f"，年内可多完成约{format_money(more, places=0)}万元" if more else ""), moves, s.id))
        elif s.annual_plan and s.year_investment is not None:
            lacking = int(s.annual_plan * (by.elapsed(s) or 0)) - s.year_investment
            if lacking >= _SMALL:
                acts.append(UnitAct(f"“{s.name}”补上欠时间进度的{format_money(lacking)}万元", _money(lacking), s.id))
    for p in problems:
        if p.overdue:
            acts.append(UnitAct(f"“{p.title}”销号（{p.project_name}）", {"problems_overdue": -ONE, "solved": ONE}, p.project_id))
        elif p.status.open:
            acts.append(UnitAct(f"“{p.title}”销号（{p.project_name}）", {"solved": ONE}, p.project_id))
    return acts


def _money(amount: Yuan) -> dict[str, Decimal]:
    if not amount:
        return {}
    return {"completion": Decimal(amount), "pace": Decimal(amount), "amount": Decimal(amount) / 10**8}


def points_notice(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> NoticePaper:
    """考核加分事项: for each unit the acts that gain most, printed for the counties; the city's own, whose projects the
    province names, last where it is of all projects."""
    columns = (PrintColumn("unit", ("单位",), Align.LEFT, weight=0.5), PrintColumn("gain", ("可加分",), Align.RIGHT),
               PrintColumn("acts", ("做好这几件",), Align.LEFT, weight=2.4))
    rows = []
    city = [] if scope.narrowed else [plan_city_points(ledger, period, today)]
    for plan in [*plan_points(ledger, period, today, scope), *city]:
        acts = "；".join(f"{i}. {a.words}" for i, a in enumerate(plan.acts, 1)) or "眼下没有能加分的事项"
        name = f"{plan.unit}（省对市，{SCOPE}）" if plan.unit == CITY else plan.unit
        rows.append(PrintRow((CONTROL.sub("", name), f"{plan.gain:.2f}" if plan.gain else "—", CONTROL.sub("", acts))))
    notes = ("注：按现行考核规则和评价范围逐项试算，其他单位按现有成绩不变；投资按补齐时间进度计",)
    table = PrintTable("points", "", "", columns, tuple(rows), notes) if rows else None
    return NoticePaper(f"考核加分事项（{period.label}）", f"{period.year}年重点项目建设考核加分事项（{period.label}）", "", "", (), table, (),
                       office_of(ledger), today or date.today(), remark=remark_of(ledger), wide=True)
