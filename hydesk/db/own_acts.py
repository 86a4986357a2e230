"""Whose act it is: what Ctrl+Z takes back and what redo does again, for one actor among several at one ledger."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from hydesk.db.marks import act_holds, standing_marks
from hydesk.db.models import Act, ActMark
from hydesk.db.queries import AnySelect
from hydesk.domain.actors import Actor

UPGRADED, PEOPLE = "upgrade", "people"
LASTING = (UPGRADED, PEOPLE)
"""Kinds of acts that are told in the log and done on the server, where nothing of them can be undone."""


def is_own(table: Any, actor: Actor) -> ColumnElement[bool]:
    """SQL: whether an act or a mark is ``actor``'s own, by the rule of ``Actor.owns``."""
    by_name: ColumnElement[bool] = and_(table.account.is_(None), table.actor.in_(actor.names))
    if not actor.account:
        return by_name
    return or_(and_(table.account == actor.account, table.machine == (actor.machine or None)), by_name)


def own_acts(actor: Actor) -> AnySelect:
    """The acts of ``actor`` that hold: what can be undone, the newest first."""
    return select(Act.id).where(is_own(Act, actor), act_holds(Act.id), Act.kind.not_in(LASTING)).order_by(Act.id.desc())


def own_undone_acts(actor: Actor) -> AnySelect:
    """The acts of ``actor`` that the same actor undid and has done nothing new since: what can be done again, the one
    undone last first."""
    newest = select(func.coalesce(func.max(Act.id), 0)).where(is_own(Act, actor)).scalar_subquery()
    return select(ActMark.act_id).join(Act, Act.id == ActMark.act_id).where(
        ActMark.id.in_(standing_marks()), is_own(ActMark, actor), is_own(Act, actor),
        ActMark.newest_act >= newest).order_by(ActMark.id.desc())


def newest_own_act(connection: Connection, actor: Actor) -> int | None:
    """The newest act of ``actor`` that holds."""
    return connection.execute(own_acts(actor).limit(1)).scalar()


def newest_own_undone(connection: Connection, actor: Actor) -> int | None:
    """The act that ``actor`` undid last and may do again."""
    return connection.execute(own_undone_acts(actor).limit(1)).scalar()
