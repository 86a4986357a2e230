"""What kinds of data an act touched, told by the change log and by what the act took in."""

from __future__ import annotations

from sqlalchemy import Connection, select

from hydesk.db.models import Import, LogEntry
from hydesk.db.places import Entity
from hydesk.domain.touched import Touched

_OF_ENTITY = {
    Entity.PROJECT: Touched.PROJECTS, Entity.NAME: Touched.PROJECTS, Entity.SUB_PROJECT: Touched.PROJECTS,
    Entity.PLAN: Touched.PLANS, Entity.BATCH: Touched.PLANS, Entity.PROGRESS: Touched.PROGRESS,
    Entity.MILESTONE: Touched.MILESTONES, Entity.PROBLEM: Touched.PROBLEMS, Entity.STEP: Touched.PROBLEMS,
    Entity.ATTACHMENT: Touched.ATTACHMENTS, Entity.REPORT: Touched.REPORTS, Entity.REGISTER: Touched.REGISTERS,
    Entity.RECORD: Touched.REGISTERS, Entity.RECORD_VALUE: Touched.REGISTERS, Entity.UNIT: Touched.UNITS,
    Entity.COLUMN: Touched.COLUMNS, Entity.COLUMN_VALUE: Touched.PROJECTS, Entity.COLUMN_FIGURE: Touched.PROGRESS,
}

_OF_SETTINGS = (
    ("unit_off/", Touched.UNITS), ("unit_group/", Touched.UNITS), ("standard_nodes", Touched.MILESTONES), ("report_form/", Touched.REPORTS),
    ("report_text/", Touched.REPORTS), ("report_sentences", Touched.REPORTS), ("ledger_view/", Touched.VIEWS), ("deadline", Touched.RETURNS),
)
"""What settings are about, by how their keys begin."""


def touched(connection: Connection, act_id: int) -> frozenset[Touched]:
    """The kinds of data that the act wrote; undoing it or doing it again touches the same ones."""
    entities = set(connection.execute(select(LogEntry.entity).where(LogEntry.act_id == act_id).distinct()).scalars())
    found = {_OF_ENTITY[Entity(e)] for e in entities if e != Entity.SETTING}
    if Entity.SETTING.value in entities:
        scopes = connection.execute(select(LogEntry.scope).where(
            LogEntry.act_id == act_id, LogEntry.entity == Entity.SETTING.value).distinct()).scalars()
        found |= {_of_setting(scope) for scope in scopes}
    if connection.execute(select(Import.id).where(Import.act_id == act_id).limit(1)).first() is not None:
        found.add(Touched.RETURNS)
    return frozenset(found)


def _of_setting(key: str) -> Touched:
    """What a setting is about; most are rules of the office."""
    return next((what for begin, what in _OF_SETTINGS if key.startswith(begin)), Touched.RULES)
