"""One file is the ledger: what was acknowledged stands in it, and what stands in its place is noticed before a write.

The write-ahead log is a second file, and whoever copies a ledger copies one. So the log is emptied into the ledger after
every act, and again as soon as a reader that stood in the way is gone. SQLite itself never notices that the file it has
open was moved, or that another was put under its name; so that is looked at before and after every write.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError

FIRST_WAIT, LONGEST_WAIT = 0.15, 2.0
"""Seconds until the log is emptied anew where somebody was reading; doubled from one time to the next."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """Which file stands under a name, and how it was left: device and number, size in bytes, time in nanoseconds."""

    device: int
    number: int
    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> FileStamp | None:
        """The file at ``path``; None where there is none."""
        try:
            found = os.stat(path)
        except OSError:
            return None
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

    def same_file(self, other: FileStamp) -> bool:
        """Whether both are one file, whatever was written to it."""
        return (self.device, self.number) == (other.device, other.number)


def refuse_other_file(path: Path, known: FileStamp | None, *, written: bool = False) -> FileStamp | None:
    """Raise HydeskError where ``path`` is gone or another file than ``known``; else how it stands now.

    ``written`` says that an act has just been committed: then it is not in the file that stands there.
    """
    now = FileStamp.of(path)
    if known is None or (now is not None and now.same_file(known)):
        return now
    what = "不见了（被移走、改名或删除）" if now is None else "被换成了另一份文件"
    done = "刚才这一步没有写进现在的文件，不能算数" if written else "没有写入任何内容"
    raise HydeskError(f"台账“{path.name}”在打开期间{what}，{done}。请把原来的文件放回“{path.parent}”，或重新打开台账再做这一步")


def empty_log(connection: Any) -> bool:
    """Put all of the write-ahead log into the ledger and empty it; False where a reader stands in the way.

    ``connection`` is SQLite's own, outside a transaction. Whether it succeeds or not, no act is lost: it is committed.
    """
    wait = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        row = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return row is None or row[0] == 0
    except sqlite3.Error:
        return False
    finally:
        with suppress(sqlite3.Error):
            connection.execute(f"PRAGMA busy_timeout = {int(wait)}")


class Emptying:
    """Tries again, in a thread of its own, until the log is empty; ``stop`` ends it."""

    def __init__(self, again: Callable[[], bool]) -> None:
        self._again = again
        self._timer: threading.Timer | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def soon(self, wait: float = FIRST_WAIT) -> None:
        """Try in a moment, unless that is already agreed."""
        with self._lock:
            if self._stopped or self._timer is not None:
                return
            self._timer = threading.Timer(wait, self._try, (wait,))
            self._timer.daemon = True
            self._timer.start()

    def _try(self, wait: float) -> None:
        with self._lock:
            self._timer = None
            if self._stopped:
                return
        if not self._again():
            self.soon(min(wait * 2, LONGEST_WAIT))

    def stop(self) -> None:
        """No more tries; one under way is left to end."""
        with self._lock:
            self._stopped = True
            timer = self._timer
        if timer is not None:
            timer.cancel()
            if timer is not threading.current_thread():
                timer.join(1)
