"""One writer: who has the ledger open, since when, and whether that is still so; and folders that are not to be trusted.

The lock is a small file beside the ledger. It keeps people out, in words; what keeps data whole is SQLite's own lock.
"""

from __future__ import annotations

import json
import os
import socket
import stat
import time
import uuid
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db import sqlite_file
from hydesk.domain.errors import OnlyToLook
from hydesk.processes import started
from hydesk.services.acts.name_actor import current_actor

SUFFIX = ".正在使用"
_ATTEMPTS, _MOMENT = 4, 0.05

@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a ledger open: person, machine, process (with the moment it started, so that another process under the
    same number is told apart) and since when."""

    actor: str
    host: str
    process: int
    started: str
    since: datetime
    token: str

    def __str__(self) -> str:
        here = "本机" if self.host == socket.gethostname() else f"电脑“{self.host}”"
        return f"{self.actor}（{here}）从 {self.since:%m月%d日 %H:%M} 起打开着这本台账"


class LedgerHeld(OnlyToLook):
    """Somebody else has the ledger open; it can be opened for reading only."""


class LedgerLock:
    """The lock held by this window; ``release`` gives it back, also twice."""

    def __init__(self, path: Path, token: str, left_by: Holder | None = None) -> None:
        self.path, self._token = path, token
        self.left_by = left_by
        """Who did not give it back before: that window ended without being closed."""

    def release(self) -> None:
        """Give the lock back, unless somebody else took it over meanwhile."""
        held = _read(self.path)
        if held is not None and held.token == self._token:
            _remove(self.path)


def holder(ledger: Path) -> Holder | None:
    """Who has the ledger at ``ledger`` open now; None where nobody has, or a lock was left by a crash."""
    held = _read(lock_of(ledger))
    return held if held is not None and _alive(held, ledger) else None


def take_lock(ledger: Path) -> LedgerLock | Holder:
    """The lock on the ledger, or who holds it. A folder that may not be written locks nothing and refuses nothing."""
    path = lock_of(ledger)
    own = Holder(current_actor().name, socket.gethostname(), os.getpid(), started(os.getpid()), datetime.now(),
                 uuid.uuid4().hex)
    text = json.dumps({**asdict(own), "since": own.since.isoformat()}, ensure_ascii=False)
    left: Holder | None = None
    for _ in range(3):
        try:
            with path.open("x", encoding="utf-8") as f:
                f.write(text)
            return LedgerLock(path, own.token, left)
        except FileExistsError:
            held = _read(path)
            if held is not None and _alive(held, ledger):
                return held
            left = held
            if not _remove(path):
                break  # a scanner has it open: it says nobody is there, which is what counts
        except OSError:
            break
    return LedgerLock(path, own.token)


def _remove(path: Path) -> bool:
    """Whether the lock is gone. Windows lets nobody remove what another program is just reading: that lasts moments.

    One that stays is emptied where it can be: then it holds nobody.
    """
    for attempt in range(_ATTEMPTS):
        try:
            path.unlink(missing_ok=True)
            return True
        except OSError:
            with suppress(OSError):
                path.chmod(stat.S_IREAD | stat.S_IWRITE)
            if attempt < _ATTEMPTS - 1:
                time.sleep(_MOMENT)
    with suppress(OSError):
        path.write_text("{}", encoding="utf-8")
    return False


def lock_of(ledger: Path) -> Path:
    """The lock's file."""
    return ledger.with_name(ledger.name + SUFFIX)


def place_warning(ledger: Path) -> str | None:
    """A sentence where the ledger lies on a network share or in a folder that a program synchronises."""
    if sqlite_file.on_network(ledger):
        return ("台账放在网络共享文件夹里：网络中断可能使保存失败，也更慢。已改用较稳妥的保存方式；"
                "建议放在本机硬盘，用备份另存一处到共享文件夹。")
    cloud = sqlite_file.cloud_of(ledger)
    if cloud is not None:
        return (f"台账放在{cloud}的同步文件夹里：同步程序可能在保存时占用或替换文件。已改用较稳妥的保存方式；"
                f"建议放在不同步的文件夹，用备份另存一处到{cloud}。")
    return None


def _read(path: Path) -> Holder | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Holder(**{**told, "since": datetime.fromisoformat(told["since"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _alive(held: Holder, ledger: Path) -> bool:
    """Whether the process is still there; on another machine nobody can tell, so SQLite's lock and time decide."""
    if held.host != socket.gethostname():
        return (datetime.now() - held.since).days < 2
    if held.process == os.getpid():
        return held.started == started(os.getpid())
    found = started(held.process)
    return found != "" and found == held.started
