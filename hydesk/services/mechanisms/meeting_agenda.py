"""The agenda of a meeting chosen beforehand (上会): which of the matters that could be raised are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Setting
from hydesk.domain.actors import Actor
from hydesk.domain.periods import Period
from hydesk.services.acts.writing import writing
from hydesk.services.mechanisms.meeting_lines import (
    DOUBT,
    LAGGING,
    NODE,
    PROBLEM,
    PROMISE,
    WAITING,
    MeetingLine,
)
from hydesk.services.rules.settings import kept_value, set_setting

AGENDA = "meeting/agenda/"
"""Before a period: the setting that holds what its meeting is to talk about, as keys of lines."""
PROPOSED = 20
"""As many matters as a meeting gets through."""
_BY_WEIGHT = (PROBLEM, NODE, LAGGING, PROMISE, WAITING, DOUBT)


def read_agenda(connection: Connection, period: Period) -> frozenset[str]:
    """The keys (``MeetingLine.lasting``) of what was chosen for the period's meeting; empty where nothing was."""
    kept = connection.execute(select(Setting.value).where(Setting.key == f"{AGENDA}{period}")).scalar()
    return kept_value(kept, frozenset(), lambda keys: frozenset(str(k) for k in keys))  # type: ignore[no-any-return]


def chosen_agenda(ledger: Ledger, period: Period) -> frozenset[str]:
    """As ``read_agenda``."""
    with ledger.read() as connection:
        return read_agenda(connection, period)


@writing
def choose_agenda(ledger: Ledger, period: Period, keys: Collection[str], actor: Actor | None = None) -> None:
    """Let the period's meeting talk about exactly the matters of ``keys``; an act that can be undone."""
    title = f"{period.label}调度会议程：{len(keys)} 项" if keys else f"{period.label}调度会议程：全部撤下"
    set_setting(ledger, f"{AGENDA}{period}", sorted(keys) or None, title, actor)


def propose_agenda(lines: Iterable[MeetingLine], most: int = PROPOSED) -> Sequence[MeetingLine]:
    """The matters that weigh most: of each kind in turn the first of its list, until there are ``most``."""
    held: dict[str, list[MeetingLine]] = {kind: [] for kind in _BY_WEIGHT}
    for line in lines:
        if line.kind in held and not line.decided:
            held[line.kind].append(line)
    found: list[MeetingLine] = []
    while len(found) < most and any(held.values()):
        found += [own.pop(0) for own in held.values() if own]
    return found[:most]
