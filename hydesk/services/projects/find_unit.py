"""The reporting unit that a person named, by its name or a short one."""

from __future__ import annotations

from sqlalchemy import select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Unit
from hydesk.db.references import UNIT, References
from hydesk.domain.errors import HydeskError


def find_unit(ledger: Ledger, name: str) -> str:
    """The unit's own name. Raises HydeskError where there is none, naming those there are.

    A slip of the hand must not make a unit that nobody knows.
    """
    name = name.strip()
    with ledger.read() as connection:
        held = References(connection)
        key = held.find(UNIT, name)
        if key is not None:
            return str(held.name(UNIT, key))
        known = connection.execute(select(Unit.name).order_by(Unit.position)).scalars().all()
    raise HydeskError(f"没有“{name}”这个填报单位，什么也没有做。现有单位：{'、'.join(known)}")
