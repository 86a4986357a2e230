"""Answering a doubt: it is dismissed with a reason, remembered with who said so, and can be taken up again."""

from __future__ import annotations

import json

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.places import Entity, Place
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.doubts.doubt import OF_PROJECTS, Doubt, DoubtKind
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.doubts.list_doubts import AnsweredDoubt, DoubtsPage

_LEAST_REASON = 2
"""Letters a reason must have at least."""


@writing
def answer_doubt(ledger: Ledger, page: DoubtsPage, doubt: Doubt, reason: str, actor: Actor | None = None) -> int:
    """Dismiss ``doubt`` of ``page`` with ``reason``, in one act that can be undone; the act's number.

    Of a kind of projects each of its projects is answered, so that another one of the same unit is asked about still;
    what stands beside it is answered with it.
    Raises HydeskError where the reason says nothing.
    """
    reason = " ".join(reason.split())
    if len(reason) < _LEAST_REASON:
        raise HydeskError("请写明核实的结果，如“已核，设备到货一次入账”")
    by = actor or current_actor(ledger)
    keys = [key for one in (doubt, *doubt.beside) for key in _keys(page, one)]
    text = json.dumps({"reason": reason, "actor": str(by)}, ensure_ascii=False)
    with ledger.write() as connection:
        act_id = begin_act(connection, "setting", f"核实“{doubt.kind.label}”：{doubt.unit}，{reason}", by)
        record(connection, act_id, [Write(Place(Entity.SETTING, 0, key, "value"), text, reason=reason) for key in dict.fromkeys(keys)],
               shelves=Shelves(connection))
        return int(act_id)


def _keys(page: DoubtsPage, doubt: Doubt) -> list[str]:
    if doubt.kind in OF_PROJECTS or doubt.kind is DoubtKind.TWIN_PROJECTS:
        return [page.key_of(doubt, p) for p in doubt.projects]
    return [page.key_of(doubt, None)]


@writing
def take_up_again(ledger: Ledger, answered: AnsweredDoubt, actor: Actor | None = None) -> int:
    """Ask an answered doubt again, in one act that can be undone; the act's number."""
    by = actor or current_actor(ledger)
    with ledger.write() as connection:
        act_id = begin_act(connection, "setting", f"重新核实“{answered.kind.label}”：{answered.name}", by)
        record(connection, act_id, [Write(Place(Entity.SETTING, 0, answered.key, "value"), None)], shelves=Shelves(connection))
        return int(act_id)
