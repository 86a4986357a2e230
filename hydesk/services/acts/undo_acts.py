"""Undo and redo by actor: Ctrl+Z takes back the newest act of whoever is at this desk, any act can be taken back by its
number. Also after a restart, and with others at the same ledger."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from hydesk.dataclass import dataclass
from hydesk.db import marks, own_acts
from hydesk.db.journal import redo
from hydesk.db.ledger import Ledger
from hydesk.db.models import Act
from hydesk.db.queries import AnyRow
from hydesk.db.rights import rights_of_act
from hydesk.db.touched import touched
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.touched import Touched
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.undo_import import KeptEdit, undo_act

NUMBER = re.compile(r"[Aa]([1-9]\d{0,9})")
"""An act's number as it is shown: A123."""


@dataclass(frozen=True, slots=True)
class ListedAct:
    """An act on the list of acts. ``undone_by`` and ``undone_at`` say who undid it and when, where it is undone."""

    id: int
    at: datetime
    actor: str
    """The name of whoever did it."""
    own: bool
    """Whether it is this actor's own; another's is undone only by its number, with his name shown."""
    title: str
    kind: str
    undone: bool
    undone_by: str
    undone_at: datetime | None

    @property
    def number(self) -> str:
        """A123."""
        return show_number(self.id)


@dataclass(frozen=True, slots=True)
class Stepped:
    """An act undone or done again: whose it was, how many values changed, what stays because it was edited since."""

    act_id: int
    title: str
    actor: str
    own: bool
    changed: int
    kept: tuple[KeptEdit, ...]
    touched: frozenset[Touched]

    @property
    def number(self) -> str:
        """A123."""
        return show_number(self.act_id)


def show_number(act_id: int) -> str:
    """A123."""
    return f"A{act_id}"


def read_number(text: str) -> int:
    """The act that ``text`` numbers. Raises HydeskError where it is no number of an act, with a hint."""
    found = NUMBER.fullmatch(text.strip())
    if found is None or int(found[1]) >= 2**31:
        hint = f"；是不是要写 A{int(text)}" if text.strip().isascii() and text.strip().isdecimal() else ""
        raise HydeskError(f"“{text}”不是操作的编号，应是 A123 这样，用 hydesk acts 查看{hint}")
    return int(found[1])


def acts(ledger: Ledger, actor: Actor | None = None, limit: int | None = None, by: str | None = None) -> list[ListedAct]:
    """The acts, newest first, as ``actor`` (None: whoever is at this desk) sees them; ``by`` leaves those of that name."""
    me = _me(ledger, actor)
    query = select(Act.id, Act.at, Act.actor, Act.account, Act.machine, Act.title, Act.kind).order_by(Act.id.desc())
    if by is not None:
        query = query.where(Act.actor == by)
    with ledger.read() as connection:
        undone = marks.standing(connection)
        return [_line(r, me, undone.get(r.id)) for r in connection.execute(query.limit(limit))]


def _line(row: AnyRow, me: Actor, mark: marks.UndoMark | None) -> ListedAct:
    own = me.owns(Actor(row.actor, row.account or "", row.machine or ""))
    return ListedAct(row.id, row.at.astimezone(), row.actor, own, row.title, row.kind, mark is not None,
                   mark.actor.name if mark else "", mark.at.astimezone() if mark else None)


def undo_named(ledger: Ledger, act_id: int, actor: Actor | None = None) -> Stepped:
    """Undo the act of that number, whoever did it. Raises HydeskError where there is none or it is undone already."""
    with ledger.write() as connection:
        if marks.is_undone(connection, _known(connection, act_id)):
            raise HydeskError(f"{show_number(act_id)} 已经撤销过了，不用再撤销")
        _refuse_anothers(ledger, connection, act_id)
        return _undo(connection, act_id, _me(ledger, actor))


def redo_named(ledger: Ledger, act_id: int, actor: Actor | None = None) -> Stepped:
    """Do the act of that number again. Raises HydeskError where there is none or it is not undone."""
    with ledger.write() as connection:
        if not marks.is_undone(connection, _known(connection, act_id)):
            raise HydeskError(f"{show_number(act_id)} 没有撤销，不用重做")
        _refuse_anothers(ledger, connection, act_id)
        return _redo(connection, act_id, _me(ledger, actor))


def undo_newest(ledger: Ledger, actor: Actor | None = None) -> Stepped | None:
    """Undo the actor's own newest act that holds; None where there is none."""
    me = _me(ledger, actor)
    with ledger.write() as connection:
        act_id = own_acts.newest_own_act(connection, me)
        return None if act_id is None else _undo(connection, act_id, me)


def redo_newest(ledger: Ledger, actor: Actor | None = None) -> Stepped | None:
    """Do again what the actor undid last of his own, unless he did something new since; None where there is nothing."""
    me = _me(ledger, actor)
    with ledger.write() as connection:
        act_id = own_acts.newest_own_undone(connection, me)
        return None if act_id is None else _redo(connection, act_id, me)


def undo_last(ledger: Ledger, actor: Actor | None = None) -> str | None:
    """``undo_newest``; the title of what was undone, in Chinese."""
    done = undo_newest(ledger, actor)
    return done.title if done else None


def redo_last(ledger: Ledger, actor: Actor | None = None) -> str | None:
    """``redo_newest``; the title of what was done again, in Chinese."""
    done = redo_newest(ledger, actor)
    return done.title if done else None


def _me(ledger: Ledger, actor: Actor | None) -> Actor:
    return Actor.of(actor) if actor is not None else current_actor(ledger)


def _known(connection: Connection, act_id: int) -> int:
    kind = connection.execute(select(Act.kind).where(Act.id == act_id)).scalar()
    if kind is None:
        raise HydeskError(f"没有编号为 {show_number(act_id)} 的操作，请用 hydesk acts 查看编号")
    if kind in own_acts.LASTING:
        raise HydeskError(f"{show_number(act_id)} 是升级台账或管理人员，不能撤销；人员请在“人员”里改回来")
    return act_id


def _refuse_anothers(ledger: Ledger, connection: Connection, act_id: int) -> None:
    """Raise HydeskError where the act wrote what only another role may write: taking it back is writing it too."""
    for right in rights_of_act(connection, act_id):
        if why := ledger.why_not(right):
            raise HydeskError(f"{show_number(act_id)} 不能由你撤销或重做：{why}")


def _undo(connection: Connection, act_id: int, actor: Actor) -> Stepped:
    changed, kept = undo_act(connection, act_id, actor)
    return _stepped(connection, act_id, actor, changed, kept)


def _redo(connection: Connection, act_id: int, actor: Actor) -> Stepped:
    try:
        changed = redo(connection, act_id, actor)
    except IntegrityError as e:
        raise HydeskError("后来有别的项目用了同一个编号或名称，重做后会重复，没有重做；请先改掉那一个再重做") from e
    return _stepped(connection, act_id, actor, changed, ())


def _stepped(connection: Connection, act_id: int, me: Actor, changed: int, kept: tuple[KeptEdit, ...]) -> Stepped:
    act = connection.execute(select(Act.title, Act.actor, Act.account, Act.machine).where(Act.id == act_id)).one()
    own = me.owns(Actor(act.actor, act.account or "", act.machine or ""))
    return Stepped(act_id, act.title, act.actor, own, changed, kept, touched(connection, act_id))
