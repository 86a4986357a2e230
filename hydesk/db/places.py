"""Places in the ledger where a value stands, and how values are written in the change log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.fields import PROGRESS_FIELDS, Field, FieldKind
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadValue


class Entity(StrEnum):
    """The table a value stands in, as the change log names it."""

    PROJECT = "project"
    PLAN = "plan"
    PROGRESS = "progress"
    MILESTONE = "milestone"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Place:
    """One field of one row. ``scope`` is a plan's year, a progress row's period, a milestone's node, a name itself."""

    entity: Entity
    project_id: int
    scope: str
    field: str


PRESENT = "present"
"""The field that says whether a project or a plan row is there at all."""
SOURCE = "source"
"""The field of a progress row that names the import which brought it last."""
DROPPED = "dropped_on"

PLAN_FIELDS = frozenset({Field.ANNUAL_PLAN, Field.INVESTED_BEFORE, Field.YEAR_GOAL, Field.BATCH})
NODES: dict[Field, tuple[str, str]] = {
    Field.PLANNED_START: ("开工", "baseline"),
    Field.START_DATE: ("开工", "actual"),
    Field.PLANNED_FINISH: ("竣工", "baseline"),
    Field.FINISH_DATE: ("竣工", "actual"),
}


def place_of(field: Field, project_id: int, year: int, period: Period | None) -> Place:
    """Where ``field`` of a project stands, for plans in ``year`` and for progress in ``period``."""
    if field in PROGRESS_FIELDS:
        if period is None:
            raise ValueError(f"{field.label}属于某一报告期，必须指明报告期")
        return Place(Entity.PROGRESS, project_id, str(period), field.value)
    if field in PLAN_FIELDS:
        return Place(Entity.PLAN, project_id, str(year), field.value)
    if field in NODES:
        node, which = NODES[field]
        return Place(Entity.MILESTONE, project_id, node, which)
    if field is Field.YEARS:
        raise ValueError("建设起止年限应分为开工年份和竣工年份")
    return Place(Entity.PROJECT, project_id, "", field.value)


def field_label(entity: str, scope: str, field: str) -> str:
    """A place's field in the office's words."""
    if entity == Entity.MILESTONE:
        for own_field, place in NODES.items():
            if place == (scope, field):
                return own_field.label
        return scope + {"baseline": "计划时间", "forecast": "预计时间", "actual": "实际时间"}.get(field, field)
    if entity == Entity.NAME:
        return "其他名称"
    own = {PRESENT: "项目" if entity == Entity.PROJECT else "列入年度计划", SOURCE: "来源报表", DROPPED: "退出日期"}
    return own.get(field) or Field(field).label


def write_value(value: ReadValue | None) -> str | None:
    """A value as the change log keeps it; empty words count as none."""
    if isinstance(value, LooseDate):
        return f"{value.day.isoformat()}/{value.precision.value}"
    if value is None or value == "":
        return None
    return str(value)


def read_value(field: Field, text: str | None) -> ReadValue | None:
    """The value that ``write_value`` wrote."""
    if text is None:
        return None
    if field.kind is FieldKind.MONEY:
        return int(text)
    if field.kind is FieldKind.DATE:
        return read_date(text)
    return text


def read_date(text: str) -> LooseDate:
    """A date of the change log."""
    day, _, precision = text.partition("/")
    return LooseDate(date.fromisoformat(day), Precision(precision or "day"))


def show_value(entity: str, field: str, text: str | None) -> str | None:
    """A value of the change log as the office reads it: money in 万元, exactly; dates as precise as they were given."""
    if text is None:
        return None
    if entity == Entity.MILESTONE:
        return str(read_date(text))
    if field == PRESENT:
        return "列入"
    if entity == Entity.NAME:
        return {"former": "曾用名", "remembered": "记住的写法"}.get(text, text)
    if field not in (SOURCE, DROPPED) and Field(field).kind is FieldKind.MONEY:
        return format_money(int(text), MoneyUnit.WAN, 2 if int(text) % 100 == 0 else 4) + "万元"
    return text
