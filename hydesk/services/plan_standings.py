"""How the plans' targets stand: the path needed against the path taken, who is behind."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterRecord, RegisterValue
from hydesk.domain.targets import Standing, Target, TargetKind, stand
from hydesk.services.fill_shipped import register_called
from hydesk.services.list_registers import open_register

PLAN_TARGETS = "plan_targets"


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
    standing: Standing


def plan_standings(ledger: Ledger, period: Period) -> tuple[PlanStanding, ...]:
    """Every target of the plans in the register's order; empty where the register is not in use."""
    register_id = register_called(ledger, PLAN_TARGETS)
    if register_id is None:
        return ()
    held = open_register(ledger, register_id, period)
    found = []
    for record in held.records:
        target = target_of(record)
        if target is not None:
            plan, area, indicator, unit, measure = (
                str(record.values.get(k, "")) for k in ("plan", "area", "indicator", "unit", "measure"))
            found.append(PlanStanding(record.id, plan, area, indicator, unit, measure, target, stand(target)))
    return tuple(found)


def target_of(record: RegisterRecord) -> Target | None:
    """A record of the register of targets as a target; None without a target value."""
    value = record.values.get("target")
    if not isinstance(value, Decimal):
        return None
    kind = TargetKind(record.values.get("kind", TargetKind.LEVEL.value))
    year = str(record.values.get("year", ""))
    return Target(kind, value, int(year) if year.isdigit() else None, _year(record.values.get("base_year")),
                  _number(record.values.get("base")), _year(record.values.get("latest_year")),
                  _number(record.values.get("latest")))


def _number(value: RegisterValue | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _year(value: RegisterValue | None) -> int | None:
    return int(value) if isinstance(value, Decimal) else None
