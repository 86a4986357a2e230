"""恢复为此值: a value that the history tells of stands again, written as a new change with the reason."""

from __future__ import annotations

from hydesk.db.ledger import Ledger
from hydesk.db.places import Entity, read_value
from hydesk.domain.actors import Actor
from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.periods import Month, Period
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.project_history import LoggedChange

_RESTORED = (Entity.PROJECT, Entity.PLAN, Entity.PROGRESS)
_FIELDS = {f.value for f in Field}


def can_restore(change: LoggedChange) -> bool:
    """Whether what the change brought can be written again: facts, plans and figures, each a value of its own."""
    return change.entity in _RESTORED and change.key in _FIELDS


def restore_value(ledger: Ledger, project_id: int, change: LoggedChange, actor: Actor | None = None) -> Done[str]:
    """Write the value that ``change`` brought, into the period or year it was brought into; an act that can be undone.

    Raises HydeskError where it cannot stand there any more, and for a change whose value is not one of the project's own.
    """
    if not can_restore(change):
        raise HydeskError(f"“{change.field}”不能在这里恢复，请在它自己的页面上改")
    field = Field(change.key)
    return edit_project(ledger, project_id, field, read_value(field, change.raw), _period(change),
                        f"恢复为{change.at:%Y-%m-%d %H:%M}的值", actor)


def _period(change: LoggedChange) -> Period | None:
    if change.entity == Entity.PLAN:
        return Month(int(change.period), 12)
    return Period.parse(change.period) if change.entity == Entity.PROGRESS else None
