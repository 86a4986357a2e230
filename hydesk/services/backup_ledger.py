"""Back the ledger up, and bring it back from a backup."""

from __future__ import annotations

import time
from pathlib import Path

from hydesk.db import sqlite_file
from hydesk.db.ledger import Ledger, file_of, is_url
from hydesk.domain.errors import HydeskError
from hydesk.services.open_ledger import open_ledger


def backup_ledger(ledger: Ledger, path: Path) -> None:
    """Copy the ledger, while it is open, to ``path``, and check the copy before it counts.

    An earlier file there is replaced only by a copy found whole. Raises HydeskError.
    """
    if ledger.path is None:
        raise HydeskError("台账在服务器上，请用服务器自己的备份办法")
    path = path.absolute()
    if path == ledger.path:
        raise HydeskError("备份不能写到台账自己身上，请换一个文件名")
    if path.is_dir():
        raise HydeskError(f"“{path}”是文件夹，请写明备份的文件名")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise HydeskError(f"不能建立文件夹“{path.parent}”，请检查权限（{e.strerror}）") from e
    fresh = path.with_name(path.name + ".new")
    try:
        sqlite_file.copy(ledger.path, fresh)
        found = sqlite_file.faults(fresh)
        if found:
            raise HydeskError(f"备份后检查发现台账有损坏（{found[0]}），没有留下这份备份；请先运行“检查”")
        fresh.replace(path)
    finally:
        sqlite_file.remove(fresh)


def restore_ledger(location: str | Path, path: Path) -> Path | None:
    """Put the backup at ``path`` in the place of the ledger at ``location``.

    The backup is checked and, where older, migrated on a copy first; the present ledger is copied beside itself.
    All or nothing: on any fault the present ledger is as before. Returns the copy of the present ledger, None where
    there was none. Raises HydeskError.
    """
    if is_url(location):
        raise HydeskError("台账在服务器上，请用服务器自己的恢复办法")
    target, path = file_of(location).absolute(), path.absolute()
    if path == target:
        raise HydeskError("要恢复的备份就是台账自己，请选择另一份备份")
    sqlite_file.refuse_foreign(path, to_write=False)
    fresh = target.with_name(target.name + ".restoring")
    kept: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sqlite_file.copy(path, fresh)
        found = sqlite_file.faults(fresh)
        if found:
            raise HydeskError(f"备份“{path.name}”已损坏（{found[0]}），没有恢复，台账没有改动；请换一份备份")
        _migrate(fresh)
        if target.exists():
            kept = _keep(target)
        sqlite_file.copy_back(fresh, target)
    except OSError as e:
        raise HydeskError(f"不能恢复到“{target}”，请检查文件夹权限（{e.strerror}）") from e
    finally:
        sqlite_file.remove(fresh)
        for copy in fresh.parent.glob(f"{fresh.stem}.升级前-*"):
            sqlite_file.remove(copy)
    return kept


def _migrate(fresh: Path) -> None:
    open_ledger(fresh).close()


def _keep(target: Path) -> Path:
    """A copy of the present ledger; one too damaged to be copied as a ledger is copied as bytes."""
    kept = target.with_name(f"{target.stem}.恢复前-{time.strftime('%Y%m%d-%H%M%S')}{target.suffix}")
    try:
        sqlite_file.copy(target, kept)
    except HydeskError:
        kept.write_bytes(target.read_bytes())
    return kept
