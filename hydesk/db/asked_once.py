"""What a view of the ledger asks once: units, settings and other small tables that every page needs several times.

A view shows the ledger as it stood at one moment, so that the second answer is the first. On a server each question is a way
there and back; in a file it is at least the making of the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
_OPTION = "hydesk_answers"


def with_memory(connection: Connection) -> Connection:
    """``connection``, for a view: what is ``asked_once`` on it is kept as long as it lives."""
    return connection.execution_options(**{_OPTION: {}})


def asked_once(connection: Connection, what: Hashable, ask: Callable[[], T]) -> T:
    """What ``ask`` answers to the question called ``what``: within a view it is asked once. Where something may be written it is
    asked each time. Nobody changes what is answered."""
    answers: dict[Hashable, Any] | None = connection.get_execution_options().get(_OPTION)
    if answers is None:
        return ask()
    if what not in answers:
        answers[what] = ask()
    return answers[what]  # type: ignore[no-any-return]
