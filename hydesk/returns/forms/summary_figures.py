"""The figures of summaries: the office's measures over any projects (docs/rules.md §3 to §5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from hydesk.domain.measures.finishes import count_finishes
from hydesk.domain.measures.named import MEASURES
from hydesk.domain.measures.ranking import rank
from hydesk.domain.measures.starts import Starts, count_starts
from hydesk.domain.measures.totals import Totals, sum_up
from hydesk.domain.money import rate
from hydesk.domain.scopes.fields import SCOPE_FIELDS, ScopeMember
from hydesk.domain.scopes.scope import Scope, one_of
from hydesk.returns.forms.holdings import Held, Holdings, LedgerAt
from hydesk.returns.forms.summary_asks import SummaryAsk

_OF_TOTALS = {"funds": "funds_arrived", "statistics": "statistics_year"}
"""Names in ``Totals`` that differ from the measure's id."""
_UNDATED = frozenset({"count", "total_investment", "annual_plan", "invested_before"})


def figure_of(holdings: Holdings, ask: SummaryAsk, scopes: Sequence[Scope]) -> Held:
    """The measure over the projects of any of ``scopes`` that the column counts."""
    ledger = holdings.at(ask.period)
    if ledger is None:
        return Held(None, f"台账里没有{ask.period.year}年的项目清单")
    return figure_over(ledger, ask.id, members_of(ledger, [s.also(*ask.conditions) for s in scopes]))


def members_of(ledger: LedgerAt, scopes: Sequence[Scope]) -> list[ScopeMember]:
    """The projects of any of ``scopes``, each once, in the ledger's order."""
    if len(scopes) == 1:
        return scopes[0].of(ledger.members)
    held = {m.project.id for s in scopes for m in s.of(ledger.members)}
    return [m for m in ledger.members if m.project.id in held]


def figure_over(ledger: LedgerAt, id: str, members: Sequence[ScopeMember]) -> Held:
    """The measure ``id`` over ``members``."""
    projects = [m.project for m in members]
    name = MEASURES[id].name if id in MEASURES else id
    if not projects and id != "count":
        return Held(None, "没有这样的项目", known=True)
    if id not in _UNDATED and not any(p.as_of == ledger.period for p in projects) and id in _DATED:
        return Held(None, f"{ledger.period.label}没有单位报送")
    late = sum(p.as_of != ledger.period for p in projects) if id in _DATED else 0
    value = _value(ledger, id, members, sum_up(projects))
    if value is None:
        return Held(None, f"{name}没有数" if not late else f"{late} 个项目{ledger.period.label}没有报", known=id.endswith("_rate") and not late)
    said = f"{name}，{len(projects)} 个项目" + (f"，其中 {late} 个按最近一次上报数" if late else "")
    return Held(value, said if late else "", said)


_DATED = frozenset({"year_investment", "completion", "total_invested", "total_completion", "funds", "funds_rate", "statistics", "statistics_rate",
                    "month_investment", "gap", "statistics_month"})


def _value(ledger: LedgerAt, id: str, members: Sequence[ScopeMember], totals: Totals) -> int | Decimal | None:
    if id in _STARTS or id in _FINISHES:
        by = ledger.yardstick
        projects = [m.project for m in members]
        if id in _STARTS:
            return _STARTS[id](count_starts(projects, ledger.period.year, by.on, money_starts=by.money_starts))
        return getattr(count_finishes(projects, ledger.period.year, by.on), _FINISHES[id])  # type: ignore[no-any-return]
    if id == "invested_before":
        told = [m.project.invested_before for m in members]
        return sum(t for t in told if t is not None) if all(t is not None for t in told) else None
    if id == "statistics_month":
        months = [m.project.statistics_month for m in members]
        return sum(t for t in months if t is not None) if any(t is not None for t in months) else None
    if id == "total_completion":
        return rate(totals.known("total_invested"), totals.total_investment)
    if id == "time_progress":
        return ledger.yardstick.time_progress
    if id == "gap":
        return None if totals.completion is None else totals.completion - ledger.yardstick.time_progress
    if id in ("count", "completion", "funds_rate", "statistics_rate"):
        return totals.measured(id).value
    return totals.known(_OF_TOTALS.get(id, id))


_STARTS: Mapping[str, Callable[[Starts], int | Decimal | None]] = {
    "planned_starts": lambda s: s.planned, "started": lambda s: s.started, "overdue_starts": lambda s: s.overdue,
    "year_start_rate": lambda s: s.year_rate, "due_start_rate": lambda s: s.due_rate, "works_rate": lambda s: s.works_rate,
}
_FINISHES: Mapping[str, str] = {
    "planned_finishes": "planned", "finished": "finished", "overdue_finishes": "overdue", "year_finish_rate": "year_rate",
    "due_finish_rate": "due_rate"}


def places(ledger: LedgerAt, rows: Sequence[tuple[str, Scope]]) -> dict[str, int | None]:
    """By row its place among the rows, by 投资完成率 (§4.1); None for a row that is not ranked. Rows that are some units, and
    not all of their groups, have their places among all units."""
    of_units = {name: unit for name, scope in rows if (unit := _unit_of(ledger, scope)) is not None}
    if len(of_units) == len(rows) and not _whole_groups(ledger, set(of_units.values())):
        every = {m.project.unit: Scope((one_of(SCOPE_FIELDS["unit"], [m.project.unit]),)) for m in ledger.members if m.project.unit}
        among = places_among(ledger, list(every.items()))
        return {name: among[unit] for name, unit in of_units.items()}
    return places_among(ledger, rows)


def places_among(ledger: LedgerAt, rows: Sequence[tuple[str, Scope]]) -> dict[str, int | None]:
    """By row its place among just these rows."""
    groups = [(name, sum_up(m.project for m in scope.of(ledger.members))) for name, scope in rows]
    late = {name for name, scope in rows if not _is_in(ledger, scope)}
    ranked = rank([(n, t) for n, t in groups if n not in late])
    return {r.name: r.place for r in ranked} | dict.fromkeys(late)


def _unit_of(ledger: LedgerAt, scope: Scope) -> str | None:
    """The unit whose projects the scope is, all of them and no others."""
    held = scope.of(ledger.members)
    units = {m.project.unit for m in held}
    if len(units) != 1:
        return None
    [unit] = units
    return unit if unit and sum(m.project.unit == unit for m in ledger.members) == len(held) else None


def _whole_groups(ledger: LedgerAt, units: set[str]) -> bool:
    groups = {m.group for m in ledger.members if m.project.unit in units}
    return {m.project.unit for m in ledger.members if m.group in groups and m.project.unit} == units


def _is_in(ledger: LedgerAt, scope: Scope) -> bool:
    """Whether nine tenths of the row's plan have reported for the period."""
    projects = [m.project for m in scope.of(ledger.members)]
    plan = sum(p.annual_plan or 0 for p in projects)
    told = sum(p.annual_plan or 0 for p in projects if p.as_of == ledger.period)
    return told * 10 >= plan * 9 if plan else bool(projects)
