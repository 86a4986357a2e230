"""How the change log's fields lie in the tables: which column each stands in and how it is written as text."""

from __future__ import annotations

from sqlalchemy import Table

from hydesk.db import references
from hydesk.db.models import (
    Attachment,
    Batch,
    ColumnDefinition,
    ColumnFigure,
    ColumnValue,
    Milestone,
    Problem,
    ProblemStep,
    Progress,
    Project,
    ProjectName,
    Record,
    RecordValue,
    Register,
    ReportIssue,
    Setting,
    SubProject,
    Unit,
    YearPlan,
)
from hydesk.db.places import (
    DAY_STATED,
    DROPPED,
    LAMP_MEANING,
    LAMP_REASON,
    MONTH_PLAN,
    NODES,
    PRESENT,
    SOURCE,
    Entity,
)
from hydesk.domain.fields import PLAN_FIELDS, PROGRESS_MONEY, PROGRESS_TEXTS, Field, FieldKind
from hydesk.domain.milestones import HANDLING

TEXT, NUMBER, FLAG, DAY, DATED, MOMENT = "text", "number", "flag", "day", "dated", "moment"
"""How a column's value is written as text; DATED is a date with its precision beside it."""


def _columns() -> dict[Entity, dict[str, tuple[str, str]]]:
    """Per entity: field → (column, kind); a kind that is none of the above is a reference."""
    facts = {f.value: (f.value, _kind(f)) for f in Field if f.value in Project.__table__.c}
    for kind in references.CLASSES:
        facts[kind] = (f"{kind}_id", kind)
    facts[Field.REPORTING_UNIT.value] = ("unit_id", references.UNIT)
    facts[PRESENT] = (PRESENT, FLAG)
    plan = {f.value: (f.value, _kind(f)) for f in Field if f in PLAN_FIELDS}
    plan |= {Field.BATCH.value: ("batch_id", references.BATCH), PRESENT: (PRESENT, FLAG), DROPPED: (DROPPED, DAY),
             LAMP_MEANING: (LAMP_MEANING, TEXT), LAMP_REASON: (LAMP_REASON, TEXT), MONTH_PLAN: (MONTH_PLAN, TEXT)}
    progress = {f.value: (f.value, _kind(f)) for f in (*PROGRESS_MONEY, *PROGRESS_TEXTS)}
    progress |= {SOURCE: ("source_id", NUMBER), DAY_STATED: (DAY_STATED, DAY)}
    dates = {which: (which, DATED) for which in ("baseline", "forecast", "actual")} | {HANDLING: (HANDLING, TEXT)}
    return {Entity.PROJECT: facts, Entity.PLAN: plan, Entity.PROGRESS: progress, Entity.MILESTONE: dates,
            Entity.NAME: {"kind": ("kind", TEXT)}, Entity.SETTING: {"value": ("value", TEXT)},
            Entity.RECORD_VALUE: {"value": ("value", TEXT)}, Entity.COLUMN_VALUE: {"value": ("value", TEXT)}, Entity.COLUMN_FIGURE: {"value": ("value", TEXT)},
            **{entity: _plain(entity) for entity in PLAIN}}


def _kind(field: Field) -> str:
    return NUMBER if field.kind in (FieldKind.MONEY, FieldKind.YEARS) else TEXT


def _plain(entity: Entity) -> dict[str, tuple[str, str]]:
    """Every column of a table whose fields are called as its columns, but for its key and its project."""
    kinds = {"BOOLEAN": FLAG, "INTEGER": NUMBER, "BIGINT": NUMBER, "DATE": DAY, "DATETIME": MOMENT}
    table = table_of(entity)
    own = [c for c in table.c if c.name not in ("id", "project_id", *SCOPES.get(entity, ()))]
    return {c.name: (c.name, kinds.get(str(c.type), TEXT)) for c in own}


MODELS = {Entity.PROJECT: Project, Entity.PLAN: YearPlan, Entity.PROGRESS: Progress, Entity.MILESTONE: Milestone,
          Entity.NAME: ProjectName, Entity.SUB_PROJECT: SubProject, Entity.PROBLEM: Problem,
          Entity.STEP: ProblemStep, Entity.ATTACHMENT: Attachment, Entity.REPORT: ReportIssue,
          Entity.SETTING: Setting, Entity.REGISTER: Register, Entity.RECORD: Record, Entity.RECORD_VALUE: RecordValue,
          Entity.BATCH: Batch, Entity.UNIT: Unit, Entity.COLUMN: ColumnDefinition, Entity.COLUMN_VALUE: ColumnValue,
          Entity.COLUMN_FIGURE: ColumnFigure}
"""What refers to another comes after it."""
PLAIN = (Entity.SUB_PROJECT, Entity.PROBLEM, Entity.STEP, Entity.ATTACHMENT, Entity.REPORT, Entity.REGISTER,
         Entity.RECORD, Entity.BATCH, Entity.UNIT, Entity.COLUMN)
SCOPES = {Entity.SUB_PROJECT: ("position",)}
KEYED = {Entity.PROBLEM: "id", Entity.STEP: "id", Entity.ATTACHMENT: "id", Entity.REPORT: "id",
         Entity.REGISTER: "id", Entity.RECORD: "id", Entity.BATCH: "id", Entity.UNIT: "id", Entity.COLUMN: "id",
         Entity.SETTING: "key"}
"""Entities whose scope alone is the key, and the column it stands in."""
LASTING = (Entity.PROJECT, Entity.PROBLEM, Entity.STEP, Entity.ATTACHMENT, Entity.REPORT, Entity.REGISTER, Entity.RECORD,
           Entity.COLUMN)
"""Entities whose rows stay, not present, once undone: their keys must never be given twice."""


def table_of(entity: Entity) -> Table:
    """The table of ``entity``."""
    table = MODELS[entity].__table__
    assert isinstance(table, Table)
    return table


COLUMNS = _columns()
assert {which for _, which in NODES.values()} <= set(COLUMNS[Entity.MILESTONE])


def owner_column(entity: Entity) -> str:
    """The column that holds a place's project."""
    return "id" if entity is Entity.PROJECT else "project_id"
