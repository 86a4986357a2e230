"""Back the ledger up, and bring it back from a backup."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from hydesk.db import server_files, sqlite_file
from hydesk.db.carry import copy_to_file
from hydesk.db.ledger import Ledger
from hydesk.db.locations import file_of, is_url
from hydesk.domain.errors import HydeskError, system_words
from hydesk.services.upkeep.copy_attachments import attachments_of, copy_attachments
from hydesk.services.upkeep.open_ledger import carry_to_server, open_ledger
from hydesk.temporary import temporary_folder


def backup_ledger(ledger: Ledger, path: Path, *, pool: Path | None = None, every_index: bool = True,
                  beside: Callable[[Path], None] | None = None) -> Path:
    """Copy the ledger, while it is open, to ``path``, and check the copy before it counts; answers the path.

    An earlier file there is replaced only by a copy found whole. Attachments are copied first, into ``pool`` or the
    folder beside the copy, so that a backup never speaks of a file that is not there. A ledger on a server is carried
    into a file with its attachments beside it. Without ``every_index`` the copy's pages are looked at, but not whether
    each index holds what its table does. ``beside`` reads the copy while its pages are looked at. Raises HydeskError.
    """
    path = path.absolute()
    if path == ledger.path:
        raise HydeskError("备份不能写到台账自己身上，请换一个文件名")
    if path.is_dir():
        raise HydeskError(f"“{path}”是文件夹，请写明备份的文件名")
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        _copy_own(ledger, pool or attachments_of(path))
    except OSError as e:
        raise HydeskError(f"不能写入“{path.parent}”，没有备份，请检查磁盘空间和权限（{system_words(e)}）") from e
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")  # two at once must not write to one file
    try:
        copy_to_file(ledger, fresh, path)
        found = _faults(fresh, every_index, beside)
        if found:
            raise HydeskError(f"备份后检查发现台账有损坏（{found[0]}），没有留下这份备份；请先运行“检查”")
        fresh.replace(path)
        # What was added while the ledger was copied, so that whatever the copy names is there.
        _copy_own(ledger, pool or attachments_of(path))
    except OSError as e:
        raise HydeskError(f"不能写入“{path}”，没有备份，请检查磁盘空间和权限（{system_words(e)}）") from e
    finally:
        with suppress(OSError):
            sqlite_file.remove(fresh)
    return path


def _faults(copy: Path, every_index: bool, beside: Callable[[Path], None] | None) -> list[str]:
    if beside is None:
        return sqlite_file.faults(copy, every_index=every_index)
    with ThreadPoolExecutor(1, "hydesk-copy") as thread:
        other = thread.submit(beside, copy)
        found = sqlite_file.faults(copy, every_index=every_index)
        other.result()
        return found


def _copy_own(ledger: Ledger, target: Path) -> None:
    if ledger.path is not None:
        copy_attachments(attachments_of(ledger.path), target)
        return
    with ledger.read() as connection:
        wanted = [name for name in server_files.names(connection) if not (target / name).is_file()]
        for name in wanted:
            found = server_files.content(connection, name)
            if found is not None:
                target.mkdir(0o700, parents=True, exist_ok=True)
                partial = target / f".新-{name}"
                partial.write_bytes(found)
                sqlite_file.to_disk(partial)
                partial.replace(target / name)


def try_restore(path: Path) -> int:
    """Go through all a restore of ``path`` would do, on a copy elsewhere: copy, check, migrate, check the content.

    How many faults of content were found; nothing is kept. Raises HydeskError.
    """
    from hydesk.domain.findings import Level
    from hydesk.services.upkeep.check_content import check_open

    sqlite_file.refuse_foreign(path, to_write=False)
    with temporary_folder() as folder:
        fresh = Path(folder, path.name)
        sqlite_file.copy(path, fresh)
        _copy_kept(path, fresh)
        if found := sqlite_file.faults(fresh):
            raise HydeskError(f"备份“{path.name}”已损坏（{found[0]}），不能用它恢复；请换一份备份")
        ledger = open_ledger(fresh)
        try:
            return sum(1 for f in check_open(ledger) if f.level is Level.ERROR)
        finally:
            ledger.close()


def restore_ledger(location: str | Path, path: Path) -> Path | None:
    """Put the backup at ``path`` in the place of the ledger at ``location``.

    The backup is checked and, where older, migrated on a copy first; the present ledger is copied beside itself.
    All or nothing: on any fault the present ledger is as before. On a server nothing is ever replaced: the backup goes
    into a database that holds no ledger yet. Returns the copy of the present ledger, None where
    there was none. Raises HydeskError.
    """
    if is_url(location):
        _restore_to_server(str(location), path)
        return None
    target, path = file_of(location).absolute(), path.absolute()
    if path == target:
        raise HydeskError("要恢复的备份就是台账自己，请选择另一份备份")
    sqlite_file.refuse_foreign(path, to_write=False)
    fresh = target.with_name(target.name + ".restoring")
    kept: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sqlite_file.copy(path, fresh, target)
        found = sqlite_file.faults(fresh)
        if found:
            raise HydeskError(f"备份“{path.name}”已损坏（{found[0]}），没有恢复，台账没有改动；请换一份备份")
        _migrate(fresh)
        if target.exists():
            sqlite_file.refuse_busy(target)
            kept = _keep(target)
        _copy_kept(path, target)
        sqlite_file.copy_back(fresh, target)
    except OSError as e:
        raise HydeskError(f"不能恢复到“{target}”，请检查文件夹权限（{system_words(e)}）") from e
    finally:
        with suppress(OSError):
            sqlite_file.remove(fresh)
        for copy in fresh.parent.glob(f"{fresh.stem}.升级前-*"):
            sqlite_file.remove(copy)
    return kept


def _restore_to_server(location: str, path: Path) -> None:
    """Raises HydeskError."""
    try_restore(path)
    with temporary_folder() as folder:
        fresh = Path(folder, path.name)
        sqlite_file.copy(path, fresh)
        source = open_ledger(fresh)
        try:
            _copy_kept(path, fresh)
            carry_to_server(source, location)
        finally:
            source.close()


def _copy_kept(backup: Path, ledger: Path) -> None:
    """The attachments of ``backup`` for ``ledger``: those beside a single copy, and those that all kept copies share."""
    for folder in (attachments_of(backup), backup.parent / "附件"):
        copy_attachments(folder, attachments_of(ledger))


def _migrate(fresh: Path) -> None:
    open_ledger(fresh).close()


def _keep(target: Path) -> Path:
    """A copy of the present ledger; one too damaged to be copied as a ledger is copied as bytes."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    names = (target.with_name(f"{target.stem}.恢复前-{stamp}{number}{target.suffix}")
             for number in ("", *(f"-{n}" for n in range(2, 1000))))
    kept = next(p for p in names if not p.exists())  # two in a second must not lie on each other
    try:
        sqlite_file.copy(target, kept)
    except HydeskError:
        kept.write_bytes(target.read_bytes())
    return kept
