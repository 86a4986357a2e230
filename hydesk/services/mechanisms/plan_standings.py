"""How the plans' targets stand: the path needed against the path taken, who is behind."""

from __future__ import annotations

import re
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterRecord, RegisterValue
from hydesk.domain.shipped_registers import PLAN_TARGETS
from hydesk.domain.targets import Target, TargetKind, TargetStanding, stand
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.year_values import Series, indicator_key, series_by_indicator

_SPAN = re.compile(r"(20\d\d)\s*[-—–~至]+\s*20\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """One target of a plan with how it stands."""

    record_id: int
    plan: str
    area: str
    indicator: str
    unit: str
    measure: str
    target: Target
    standing: TargetStanding


def plan_standings(ledger: Ledger, period: Period) -> tuple[PlanStanding, ...]:
    """Every target of the plans in the register's order; empty where the register is not in use."""
    register_id = register_called(ledger, PLAN_TARGETS)
    if register_id is None:
        return ()
    held = open_register(ledger, register_id, period)
    series = series_by_indicator(ledger, period)
    found = []
    for record in held.records:
        own = series.get(indicator_key(str(record.values.get("indicator", ""))), {})
        begin = _begin(str(record.values.get("plan", "")))
        target = target_of(record, {y: v for y, v in own.items() if begin <= y <= period.year})
        if target is not None:
            plan, area, indicator, unit, measure = (
                str(record.values.get(k, "")) for k in ("plan", "area", "indicator", "unit", "measure"))
            found.append(PlanStanding(record.id, plan, area, indicator, unit, measure, target, stand(target)))
    return tuple(found)


def _begin(plan: str) -> int:
    """The year before a plan that names its years (2026-2035): what was earlier says nothing about it."""
    return int(found.group(1)) - 1 if (found := _SPAN.search(plan)) else 0


def target_of(record: RegisterRecord, series: Series | None = None) -> Target | None:
    """A record of the register of targets as a target, with the values known by year; None without a target value.

    The newest year counts as the latest; the first year is the base where none was entered and it is not the only one.
    """
    value = record.values.get("target")
    if not isinstance(value, Decimal):
        return None
    kind = TargetKind(record.values.get("kind", TargetKind.LEVEL.value))
    year = str(record.values.get("year", ""))
    base_year, base = _year(record.values.get("base_year")), _number(record.values.get("base"))
    latest_year, latest = _year(record.values.get("latest_year")), _number(record.values.get("latest"))
    known = sorted((series or {}).items())
    if known and (latest_year is None or known[-1][0] >= latest_year):
        latest_year, latest = known[-1]
    if base_year is not None and base is None:
        base = dict(known).get(base_year)
    elif base_year is None and len(known) > 1 and kind not in (TargetKind.PER_YEAR, TargetKind.GROWTH_PER_YEAR):
        base_year, base = known[0]
    return Target(kind, value, int(year) if year.isdigit() else None, base_year, base, latest_year, latest, tuple(known))


def _number(value: RegisterValue | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _year(value: RegisterValue | None) -> int | None:
    """A year as a number, or as it is written: 2022, 2022年."""
    return int(found.group()) if (found := _YEAR.search(str(value or ""))) else None
