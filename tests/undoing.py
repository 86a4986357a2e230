"""What an actor could undo or do again, as tests ask it."""

from __future__ import annotations

from sqlalchemy import Select, func, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Act
from hydesk.db.own_acts import own_acts, own_undone_acts
from hydesk.domain.actors import Actor
from hydesk.services.acts.name_actor import current_actor


def undo_depth(ledger: Ledger, actor: Actor | None = None) -> int:
    """How many acts the actor can undo, one after the other."""
    return _count(ledger, own_acts(actor or current_actor()))


def redo_depth(ledger: Ledger, actor: Actor | None = None) -> int:
    """How many acts the actor can do again."""
    return _count(ledger, own_undone_acts(actor or current_actor()))


def next_undo(ledger: Ledger, actor: Actor | None = None) -> str | None:
    """What ``undo_last`` would undo, in Chinese."""
    return _title(ledger, own_acts(actor or current_actor()))


def next_redo(ledger: Ledger, actor: Actor | None = None) -> str | None:
    """What ``redo_last`` would do again, in Chinese."""
    return _title(ledger, own_undone_acts(actor or current_actor()))


def _count(ledger: Ledger, acts: Select[tuple[int]]) -> int:
    with ledger.read() as connection:
        return connection.execute(select(func.count()).select_from(acts.order_by(None).subquery())).scalar() or 0


def _title(ledger: Ledger, found: Select[tuple[int]]) -> str | None:
    with ledger.read() as connection:
        return connection.execute(select(Act.title).where(Act.id == found.limit(1).scalar_subquery())).scalar()
