"""What is SQLite's alone: marks in the file, journal, locking, copying and checking. Nothing else knows of it."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import closing, suppress
from pathlib import Path

from hydesk.db.rotten_text import TolerantConnection
from hydesk.domain.errors import HydeskError, system_words

APPLICATION_ID = 0x48594453
"""Stands in the file's header and tells a ledger from any other SQLite file (HYDS)."""
BUSY_SECONDS = 8
CLOUDS = {
    "onedrive": "OneDrive", "坚果云": "坚果云", "nutstore": "坚果云", "百度网盘": "百度网盘", "baidunetdisk": "百度网盘",
    "baidusyncdisk": "百度网盘", "wps云盘": "WPS云盘", "wpsdrive": "WPS云盘", "wps cloud files": "WPS云盘",
    "dropbox": "Dropbox", "google drive": "Google Drive", "icloud": "iCloud", "腾讯微云": "腾讯微云", "weiyun": "腾讯微云",
}
"""How folders are called that a program synchronises behind everybody's back, and what the office calls it."""
SIDES = ("-wal", "-shm", "-journal")
"""What the names of the files end with that SQLite keeps beside a ledger."""
_MAGIC = b"SQLite format 3\0"


def refuse_foreign(path: Path, *, to_write: bool = True) -> None:
    """Raise HydeskError where ``path`` is missing, a folder, not to be read (or written), or not a hydesk ledger."""
    if path.is_dir():
        raise HydeskError(f"“{path}”是文件夹，不是台账文件，请选择台账文件")
    if not path.exists():
        raise HydeskError(f"找不到台账“{path}”，请检查路径，或先新建台账")
    if not path.is_file():  # a pipe or a device would let nobody go who reads it
        raise HydeskError(f"“{path}”不是普通文件，没有打开；请选择台账文件")
    for side in (path.with_name(path.name + suffix) for suffix in SIDES):
        if _is_odd(side):
            raise HydeskError(f"台账旁边的“{side.name}”不是普通文件，没有打开台账；请把它移走再试")
    try:
        with path.open("rb") as f:
            head = f.read(len(_MAGIC))
    except OSError as e:
        raise HydeskError(f"没有权限读取台账“{path}”，请检查文件权限（{system_words(e)}）") from e
    if to_write and not os.access(path, os.W_OK):  # SQLite itself would open it for reading and say nothing
        raise HydeskError(f"台账“{path}”是只读的，请检查文件权限或去掉只读属性")
    if head != _MAGIC:
        raise HydeskError(f"“{path.name}”不是 hydesk 台账，或已损坏，请选择正确的台账文件或用备份恢复")
    try:
        with closing(_connect(path) if to_write else connect_to_read(path)) as c:
            mark = c.execute("PRAGMA application_id").fetchone()[0]
            tables = c.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    except sqlite3.DatabaseError as e:
        raise HydeskError(explain(e, path)) from e
    if mark != APPLICATION_ID or not tables:
        raise HydeskError(f"“{path.name}”是别的程序的数据库，不是 hydesk 台账，请选择正确的台账文件")


def _is_odd(side: Path) -> bool:
    """Whether a link, a folder or a device stands where SQLite keeps a file of its own.

    Looked at once: whoever closes the ledger last takes these files away, at any moment between two looks.
    """
    try:
        return not stat.S_ISREG(side.lstat().st_mode)
    except FileNotFoundError:
        return False


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS)


def reach(path: Path) -> sqlite3.Connection:
    """A connection for looking, also at a file that may not be written."""
    return _connect(path) if os.access(path, os.W_OK) else connect_to_read(path)


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that cannot change the file; also where neither the file nor its folder may be written.

    Raises sqlite3.Error.
    """
    uri = path.absolute().as_uri()
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=BUSY_SECONDS, check_same_thread=False,
                                 factory=TolerantConnection)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection
    except sqlite3.OperationalError:
        connection.close()
        if os.access(path.parent, os.W_OK) or path.with_name(path.name + "-wal").exists():
            raise
    # A write-ahead log that cannot be made beside the file means that nobody can be writing to it either.
    return sqlite3.connect(f"{uri}?immutable=1", uri=True, timeout=BUSY_SECONDS, check_same_thread=False,
                           factory=TolerantConnection)


def prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool = False, passing: bool = False) -> None:
    """Set up a fresh connection: foreign keys on, waiting for locks; write-ahead log in plain local folders only.

    Every commit reaches the disk before it is acknowledged (synchronous FULL), so that a loss of power takes nothing
    the clerk was told is saved; it costs some milliseconds an act, of which a person makes a few a minute. Of a
    ``passing`` file, which is thrown away, nothing need reach the disk, and SQLite does not watch over its foreign keys:
    it would look each deleted row up in every table that may speak of it.
    """
    connection.execute("PRAGMA trusted_schema = OFF")  # what a file from elsewhere defines calls nothing but the plain
    if passing:
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -64000")
        return
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    elif on_network(path) or cloud_of(path) is not None:
        # A write-ahead log is a second and third file that must fit the first: not what others copy one by one.
        with suppress(sqlite3.OperationalError):  # another window has it open already, in the same way
            connection.execute("PRAGMA journal_mode = DELETE")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # KB of pages that each of a window's connections keeps: the system keeps the file itself, and more gains nothing.
    connection.execute("PRAGMA cache_size = -4000")


def mark(connection: sqlite3.Connection, number: int) -> None:
    """Write the ledger's mark and ``number``, the count of migrations it has been through."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {int(number)}")


def on_network(path: Path) -> bool:
    """Whether ``path`` is on a Windows network share, where the write-ahead log does not work."""
    if sys.platform != "win32":
        return False
    try:
        text = str(path.resolve())
    except (OSError, RuntimeError):  # drives made by subst, links that cannot be followed
        text = str(path.absolute())
    if text.startswith("\\\\"):
        return True
    import ctypes

    return bool(ctypes.windll.kernel32.GetDriveTypeW(text[:3]) == 4)


def cloud_of(path: Path) -> str | None:
    """The cloud service that synchronises a folder above ``path``, told by its usual name."""
    for part in path.absolute().parts[:-1]:
        name = part.casefold()
        for word, cloud in CLOUDS.items():
            if name == word or name.startswith((f"{word} ", f"{word}-", f"{word}_")) or (
                    not word.isascii() and word in name):
                return cloud
    return None


def explain(error: Exception, path: Path) -> str:
    """A sentence for the user about what SQLite complained of."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return f"台账“{path.name}”正被另一个程序使用，请关闭另一个窗口后再试"
    if "readonly" in text or "read-only" in text or "unable to open" in text or "authorization" in text:
        return f"不能写入台账“{path}”，请检查文件和所在文件夹的权限"
    if "full" in text:
        return f"磁盘空间不足，台账“{path.name}”没有改动，请清理磁盘后再试"
    if "disk i/o" in text:
        return f"读写台账“{path.name}”时磁盘出错，请检查磁盘后再试，必要时用备份恢复"
    return f"台账“{path.name}”已损坏，请用备份恢复"


def copy(source: Path, target: Path, named: Path | None = None, *, passing: bool = False) -> None:
    """Copy a ledger that may be in use, whole and consistent, over ``target``; a ``passing`` copy need not reach the disk.

    Raises HydeskError, which speaks of ``named`` where the target is only a step on the way there.
    """
    named = named or target
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(b"")
        partial.chmod(mode_of(target))
        with closing(reach(source)) as a, closing(sqlite3.connect(partial)) as b:
            a.backup(b)
            b.execute("PRAGMA journal_mode = DELETE")
        if not passing:
            to_disk(partial)
        os.replace(partial, target)
        if not passing:
            to_disk(target.parent)
    except sqlite3.DatabaseError as e:
        raise HydeskError(f"不能把台账复制到“{named}”：{explain(e, source)}") from e
    except OSError as e:
        raise HydeskError(f"不能写入“{named}”，请检查文件夹是否存在、是否有权限（{system_words(e)}）") from e
    finally:
        _forget(partial)


def mode_of(path: Path) -> int:
    """The rights a file put in the place of ``path`` gets: those it has there, else its maker's alone."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o600


def to_disk(path: Path) -> None:
    """Make a file's content, or a folder's names, reach the disk itself. Windows keeps names without being asked.

    Raises OSError.
    """
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def faults(path: Path, *, every_index: bool = True) -> list[str]:
    """What SQLite's own checks of content and foreign keys find wrong; empty when all is well.

    Without ``every_index`` pages are looked at, but not whether each index holds what its table does, nor foreign keys: a
    quarter of the time.
    """
    found: list[str] = []
    try:
        with closing(reach(path)) as c:
            check = "integrity_check" if every_index else "quick_check"
            found += [str(r[0]) for r in c.execute(f"PRAGMA {check}(20)") if r[0] != "ok"]
            if not every_index:
                return found
            found += [f"{r[0]} → {r[2]}" for r in c.execute("PRAGMA foreign_key_check").fetchmany(20)]
    except sqlite3.DatabaseError as e:
        found.append(str(e))
    return found


def remove(path: Path) -> None:
    """Delete a ledger file with what SQLite keeps beside it."""
    remove_journals(path)
    path.unlink(missing_ok=True)


def put_in_place(fresh: Path, path: Path) -> None:
    """Give a finished file its name, unless something bears it already. Raises FileExistsError, or another OSError."""
    if os.name == "nt":
        os.rename(fresh, path)  # refuses there; elsewhere it would replace
        return
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        os.replace(fresh, path)
    else:
        fresh.unlink()
    to_disk(path.parent)


def copy_back(copied: Path, path: Path) -> None:
    """Put the copy ``copied`` in the place of ``path``, together with dropping its old write-ahead log."""
    refuse_busy(path)
    partial = path.with_name(path.name + ".part")
    copy(copied, partial)
    try:
        partial.chmod(mode_of(path))
        remove_journals(path)
        os.replace(partial, path)
        to_disk(path.parent)
    except OSError as e:
        partial.unlink(missing_ok=True)
        raise HydeskError(f"不能替换台账“{path}”，它可能正被使用，请关闭其他程序后再试（{system_words(e)}）") from e


def refuse_busy(path: Path) -> None:
    """Raise HydeskError where another connection has ``path`` open; a file too damaged to tell counts as free."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=1)) as c:
            c.execute("PRAGMA journal_mode = DELETE")  # leaving the write-ahead log takes the file for itself alone
            c.execute("BEGIN EXCLUSIVE")
            c.rollback()
    except sqlite3.OperationalError as e:
        if "locked" in str(e) or "busy" in str(e):
            raise HydeskError(f"台账“{path.name}”正开着，请先关闭其他 hydesk 窗口再恢复") from e
    except sqlite3.DatabaseError:
        return


def remove_journals(path: Path) -> None:
    """Delete what SQLite keeps beside ``path``."""
    for suffix in SIDES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)
