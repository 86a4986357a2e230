"""Ledgers opened on this desktop, newest first; kept in the desktop's settings."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings

from hydesk.dataclass import dataclass
from hydesk.domain.server_address import ServerAddress, read_address

KEY = "recent_ledgers"
MOST = 12


@dataclass(frozen=True, slots=True)
class Recent:
    """A ledger's file, or its address on a server without the password, and when it was last opened."""

    path: str
    opened: datetime

    @property
    def name(self) -> str:
        """What the ledger is called."""
        address = read_address(self.path)
        return f"服务器上的 {address.database}" if address is not None else ledger_name(Path(self.path))

    @property
    def where(self) -> str:
        """Where it is, as shown."""
        address = read_address(self.path)
        return address.shown if address is not None else self.path


def ledger_name(path: Path) -> str:
    """What a ledger's file is called on screen."""
    return "市重点项目台账" if path.stem == "ledger" else path.stem


def recent_ledgers(settings: QSettings) -> list[Recent]:
    """Those remembered; whether a file is still there is for the caller to see, since a drive may be slow."""
    try:
        return [Recent(str(path), datetime.fromisoformat(when))
                for path, when in json.loads(str(settings.value(KEY) or "[]"))]
    except (ValueError, TypeError):
        return []


def note_opened(settings: QSettings, place: Path | ServerAddress, when: datetime | None = None) -> None:
    """``place`` has been opened now."""
    made = Recent(place.place if isinstance(place, ServerAddress) else str(place.absolute()), when or datetime.now())
    _keep(settings, [made, *(r for r in recent_ledgers(settings) if Path(r.path) != Path(made.path))][:MOST])


def forget(settings: QSettings, path: str) -> None:
    """Take ``path`` off the list; the file stays."""
    _keep(settings, [r for r in recent_ledgers(settings) if r.path != path])


def _keep(settings: QSettings, ledgers: list[Recent]) -> None:
    settings.setValue(KEY, json.dumps([(r.path, r.opened.isoformat(timespec="seconds")) for r in ledgers],
                                      ensure_ascii=False))
