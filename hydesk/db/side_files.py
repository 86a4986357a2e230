"""Side files left beside a ledger that are not its own: after a crash, a backup was copied over the ledger by hand.

SQLite would work any log or journal it finds into the file it lies beside, and ruin a sound copy with pages of another
day. So what was left is first tried out on a copy, and laid aside where it does not go with the file. It is never
deleted.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.write_ahead import with_log
from hydesk.temporary import temporary_folder

_LOG_HEAD = 32
_JOURNAL_MAGIC = b"\xd9\xd5\x05\xf9 \xa1c\xd7"


@dataclass(frozen=True, slots=True)
class _State:
    """What a file holds by itself: whether it is sound, and its seals by number: act, hash before, hash."""

    sound: bool
    seals: dict[int, tuple[int, str, str]]

    def follows(self, earlier: _State) -> bool:
        """Whether this is ``earlier`` and what came after: the newest seal is still there, and the chain goes on from it."""
        if not earlier.seals:
            return True
        last = max(earlier.seals)
        if self.seals.get(last) != earlier.seals[last]:
            return False
        return all(self.seals[n][1] == self.seals.get(n - 1, (0, "", ""))[2] for n in self.seals if n > last)

    def acts_since(self, earlier: _State) -> int:
        """How many acts came after the newest of ``earlier``."""
        last = max(earlier.seals, default=0)
        return len({act for n, (act, _, _) in self.seals.items() if n > last})


def lay_aside_strange(path: Path) -> str:
    """Lay side files aside that do not go with the ledger at ``path``; what was done, as a sentence, or nothing.

    Where another program has the ledger open its side files are its own. Raises OSError.
    """
    left = [p for p in (path.with_name(path.name + "-wal"), path.with_name(path.name + "-journal")) if _holds_something(p)]
    if not left or not path.is_file() or _in_use(path):
        return ""
    for side in left:
        if not _belongs(path, side):
            aside = side.with_name(f"{side.name}.不属于现在的台账-{time.strftime('%Y%m%d-%H%M%S')}")
            try:
                os.rename(side, aside)
            except OSError:  # Windows lets nobody rename what is open
                return ""
            with suppress(OSError):
                path.with_name(path.name + "-shm").unlink(missing_ok=True)
            return f"台账旁边有一份不属于它的临时文件（可能是异常退出后又用别的文件覆盖了台账），没有使用，已改名为“{aside.name}”"
    return ""


def _holds_something(side: Path) -> bool:
    try:
        if side.stat().st_size <= _LOG_HEAD:
            return False
        with side.open("rb") as f:
            head = f.read(8)
    except OSError:
        return False
    return not side.name.endswith("-journal") or head == _JOURNAL_MAGIC


def _in_use(path: Path) -> bool:
    """Whether any process has the ledger open, as far as the system tells; where it does not, so it is taken to be."""
    if os.name == "nt":
        return False  # renaming tells
    try:
        locks = Path("/proc/locks").read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return True
    numbers = set()
    for file in (path, path.with_name(path.name + "-shm")):
        with suppress(OSError):
            numbers.add(str(file.stat().st_ino))
    return any(word.rpartition(":")[2] in numbers for word in locks if word.count(":") == 2)


def _belongs(path: Path, side: Path) -> bool:
    """Whether ``side`` worked into a copy of ``path`` gives a sound ledger that goes on from the one in ``path``."""
    with temporary_folder() as folder:
        alone, together = folder / "a.hydesk", folder / "b.hydesk"
        shutil.copyfile(path, alone)
        if side.name.endswith("-wal"):
            together.write_bytes(with_log(path))
        else:
            shutil.copyfile(path, together)
            shutil.copyfile(side, folder / "b.hydesk-journal")
        before, after = _state(alone), _state(together)
        if side.name.endswith("-wal"):
            first = folder / "c.hydesk"
            first.write_bytes(with_log(path, first_only=True))
            # A transaction makes one act: where the log's first brings more, acts before it are missing in the file.
            begins = not before.seals or _state(first).acts_since(before) <= 1
            return not before.sound or (after.sound and after.follows(before) and begins)
        return not before.sound or after.sound  # a journal takes back what its writer had begun


def _state(path: Path) -> _State:
    try:
        with closing(sqlite3.connect(path)) as c:
            sound = c.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            rows = c.execute("SELECT id, act_id, previous, hash FROM log_seals").fetchall()
            return _State(sound, {int(n): (int(act), str(a), str(b)) for n, act, a, b in rows})
    except sqlite3.OperationalError as e:
        return _State("no such table" in str(e), {})
    except sqlite3.Error:
        return _State(False, {})
