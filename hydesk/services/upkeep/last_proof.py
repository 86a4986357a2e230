"""When a backup was last proven, and whether that is too long ago: what the page and the command both warn of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from hydesk.dataclass import dataclass

if TYPE_CHECKING:
    from hydesk.services.upkeep.backup_index import Backup

OLD_DAYS = 7
"""After so many days without a proven backup somebody must look."""


@dataclass(frozen=True, slots=True)
class LastProof:
    """When a backup was last opened and checked (None: none yet), and whether that is too long ago."""

    at: datetime | None
    old: bool


def last_proof(backups: Iterable[Backup], now: datetime) -> LastProof:
    """Of all ``backups``, as seen at ``now``; none at all is too long ago."""
    at = max((b.proven for b in backups if b.proven is not None), default=None)
    return LastProof(at, at is None or (now - at).days >= OLD_DAYS)
