"""Which acts were committed, for whoever listens in the thread that writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import field

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.touched import touched
from hydesk.domain.touched import Touched

_ACTS, _MARKS = "hydesk_acts_begun", "hydesk_marks_made"


@dataclass(frozen=True, slots=True)
class Begun:
    """What one transaction began: its acts with what they are called and touched, and its marks of undoing."""

    acts: tuple[tuple[int, str, frozenset[Touched]], ...]
    marks: tuple[int, ...]


@dataclass(slots=True)
class CommittedActs:
    """The acts committed so far, the oldest first, what the first is called, and what all of them touched."""

    acts: list[int] = field(default_factory=list)
    title: str = ""
    touched: set[Touched] = field(default_factory=set)


_LISTENERS: ContextVar[tuple[CommittedActs, ...]] = ContextVar("hydesk_listeners", default=())


@contextmanager
def telling() -> Iterator[CommittedActs]:
    """Listen to the acts that this thread commits within the block; listeners within it hear theirs too."""
    told = CommittedActs()
    token = _LISTENERS.set((*_LISTENERS.get(), told))
    try:
        yield told
    finally:
        _LISTENERS.reset(token)


def begun(connection: Connection, act_id: int, title: str) -> None:
    """Note that ``act_id`` was begun in the transaction of ``connection``."""
    connection.info.setdefault(_ACTS, []).append((act_id, title))


def marked(connection: Connection, mark_id: int) -> None:
    """Note that a mark was written in the transaction of ``connection``."""
    connection.info.setdefault(_MARKS, []).append(mark_id)


def forget_begun(connection: Connection) -> None:
    """Begin a transaction: nothing of an earlier one that was rolled back counts."""
    connection.info.pop(_ACTS, None)
    connection.info.pop(_MARKS, None)


def take_begun(connection: Connection) -> Begun:
    """What was begun in this transaction; asked right before it is committed. Touches are told where somebody listens."""
    heard = bool(_LISTENERS.get())
    acts: list[tuple[int, str]] = connection.info.pop(_ACTS, [])
    return Begun(tuple((act_id, title, touched(connection, act_id) if heard else frozenset()) for act_id, title in acts),
                 tuple(connection.info.pop(_MARKS, ())))


def tell(committed: Begun) -> None:
    """Tell every listener of this thread of the acts that are committed."""
    for told in _LISTENERS.get():
        for act_id, title, what in committed.acts:
            told.acts.append(act_id)
            told.title = told.title or title
            told.touched |= what
