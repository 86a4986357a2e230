"""Which right each kind of content asks for: what the server's grants are made of, and what the window offers by (docs/rules.md §14)."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from hydesk.db.models import Act, LogEntry
from hydesk.db.own_acts import PEOPLE, UPGRADED
from hydesk.db.places import Entity
from hydesk.domain.people import Right


class Reserved(NamedTuple):
    """What one right of the heads is about: tables, and the same as the change log names it."""

    tables: tuple[str, ...]
    entity: Entity


RESERVED: dict[Right, Reserved] = {
    Right.ISSUE: Reserved(("report_issues", "report_issue_files"), Entity.REPORT),
    Right.UNITS: Reserved(("units",), Entity.UNIT),
    Right.REGISTERS: Reserved(("registers",), Entity.REGISTER),
}
"""What only heads write, beside the settings."""
CLERKS_SETTINGS = ("doubt_answer/", "ledger_view/", "report_text/", "meeting/")
"""How the keys of settings begin that belong to a clerk's week; all other settings are the heads'."""


def rights_of_act(connection: Connection, act_id: int) -> frozenset[Right]:
    """All rights that what ``act_id`` wrote asks for."""
    query = select(LogEntry.entity, LogEntry.scope).where(LogEntry.act_id == act_id, LogEntry.entity.in_(_RESERVED_ENTITIES)).distinct()
    kind = connection.execute(select(Act.kind).where(Act.id == act_id)).scalar()
    return frozenset({*(right_of(entity, scope) for entity, scope in connection.execute(query)), _OF_KINDS.get(kind or "", Right.WRITE)})


def right_of(entity: str, scope: str) -> Right:
    """The right that a value of ``entity`` asks of whoever writes it; ``scope`` is a setting's key."""
    if entity == Entity.SETTING:
        return Right.WRITE if scope.startswith(CLERKS_SETTINGS) else Right.RULES
    return next((right for right, of in RESERVED.items() if of.entity == entity), Right.WRITE)


_OF_KINDS = {PEOPLE: Right.PEOPLE, UPGRADED: Right.VERSION}
_RESERVED_ENTITIES = (Entity.SETTING, *(of.entity for of in RESERVED.values()))
