"""Whether a backup holds what the ledger's own log and seals say: all of it, or what came since all of it was proven.

The seals are a chain. Up to which of them a ledger was proven is remembered beside the backups; what came later is proven
anew each time, and all of it once a week, whenever somebody asks, and wherever anything does not fit. What is remembered
only saves time: the seal of that number must still have that hash in the ledger itself.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db import content_seals, seals, sqlite_file
from hydesk.db.agreement import unsettled
from hydesk.db.damage import added_to, made_otherwise
from hydesk.db.doubtful_rows import written_since
from hydesk.db.ledger import Ledger, connect
from hydesk.db.migrate import refuse_other_version
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.services.upkeep.check_content import check_open, originals_changed

WEEK = timedelta(days=7)
"""How long what was proven is built upon."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Up to which seals a ledger's content was proven: numbers and hashes of the log's and the content's newest seal, and
    when all of it was last proven seal by seal."""

    seal: int
    seal_hash: str
    content: int
    content_hash: str
    whole: datetime


@dataclass(frozen=True, slots=True)
class Proven:
    """What came of proving a backup: how many faults of content there are, and what may be built upon (None where any)."""

    faults: int
    proof: Proof | None


def prove(path: Path, known: Proof | None, now: datetime, *, pages_checked: bool = False) -> Proven:
    """Open a backup for reading and prove it at ``now``, building upon ``known`` where that is of this week.

    ``pages_checked`` says that its pages have just been looked at. Raises HydeskError where the file is damaged.
    """
    if not pages_checked and (found := sqlite_file.faults(path)):
        raise HydeskError(f"备份“{path.name}”已损坏（{found[0]}）")
    ledger = connect(path, read_only=True)  # as it is: opened for looking, a damaged one is shown mended
    try:
        refuse_other_version(ledger)
        if known is not None and not due(known, now) and _fits(ledger, known):
            with ledger.read() as connection:
                return Proven(0, replace(_newest(connection, now), whole=known.whole))
        # Attachments lie in the pool, not beside the backup; they were copied there under their hashes.
        faults = sum(1 for f in check_open(ledger) if f.level is Level.ERROR and not f.code.startswith("attachment"))
        with ledger.read() as connection:
            return Proven(faults, None if faults else _newest(connection, now))
    finally:
        ledger.close()


def due(known: Proof, now: datetime) -> bool:
    """Whether all must be proven anew: a week has gone, or the clock was put back."""
    return not timedelta(0) <= now - known.whole < WEEK


def _newest(connection: Connection, now: datetime) -> Proof:
    return Proof(*seals.last_seal(connection), *content_seals.last_seal(connection), now)


def _fits(ledger: Ledger, known: Proof) -> bool:
    """Whether the ledger goes on from what was proven, and what came since fits its seals and the tables. Whatever stands
    against that is no verdict yet: all of it is then proven."""
    try:
        with ledger.read() as connection:
            return _goes_on(connection, known)
    except Exception:  # among values that cannot be anything may fail
        return False


def _goes_on(connection: Connection, known: Proof) -> bool:
    if (seals.hash_of(connection, known.seal), content_seals.hash_of(connection, known.content)) != (known.seal_hash, known.content_hash):
        return False
    driver: Any = connection.connection.driver_connection
    if made_otherwise(driver) or added_to(driver):
        return False
    if any(True for _ in seals.broken(connection, known.seal)) or any(True for _ in content_seals.broken(connection, known.content)):
        return False
    later = content_seals.imports_since(connection, known.content)
    return not originals_changed(connection, later) and not unsettled(connection, written_since(connection, known.seal))
