"""Backups that make themselves: only when something changed, each opened and checked, kept by day, week and month."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db import content_seals, seals, sqlite_file
from hydesk.db.ledger import Ledger, connect
from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.job_progress import Progress
from hydesk.domain.keeping import to_keep
from hydesk.processes import started
from hydesk.services.upkeep.backup_index import (
    AUTOMATIC,
    BEFORE_IMPORT,
    Backup,
    backup_folder,
    home_of,
    list_backups,
    moment_of,
    read_index,
    write_index,
)
from hydesk.services.upkeep.backup_ledger import backup_ledger
from hydesk.services.upkeep.copy_attachments import attachments_of, copy_attachments
from hydesk.services.upkeep.prove_backup import Proof, Proven, due, prove

POOL = "附件"
"""The folder beside the backups where attachments lie once for all of them, under their hashes."""
SERVER_DAILY, SERVER_BEFORE_MANY = timedelta(hours=20), timedelta(hours=12)
"""How old a desk's newest backup of a server's ledger may be: on any day, and before many returns are taken in."""
MANY = 5
"""From so many returns on the ledger is backed up before the first is taken in."""
_COUNTERS = ((24, 28), (92, 96))
"""Bytes of an SQLite file that count its changes; they differ though the content is the same."""


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """What came of making a backup: the newest backup, whether it is new, and what went wrong at the second place."""

    backup: Backup
    path: Path
    made: bool
    warning: str | None = None


def keep_backup(
    ledger: Ledger, reason: str = AUTOMATIC, second: Path | None = None, now: datetime | None = None,
    progress: Progress | None = None, *, later: bool = False,
) -> KeptBackup:
    """Back the ledger up unless nothing changed since the newest backup, prove it, and let old ones go.

    A backup whose content is that of the newest is not kept twice: the newest counts as proven anew. ``second`` is
    another folder that gets a copy; what fails there is told, not raised. ``later``: somebody waits, and the proof is
    left to the next backup, which also proves those that still wait for it. Raises HydeskError.
    """
    said = progress or (lambda _fraction, _doing: None)
    home, now = home_of(ledger), (now or datetime.now()).replace(microsecond=0)
    folder = home.folder
    path = folder / f"{home.stem}-{now:%Y%m%d-%H%M%S}{home.suffix}"
    # Under a name of this process alone until it is proven: another one may be backing up in the same second.
    fresh = folder / f".{os.getpid()}-{path.name}"
    said(0.1, "正在备份台账")
    try:
        known = _known(list_backups(ledger))
        # Pages of a copy are looked at one by one where all is proven anew, else as far as tells a copy that is not whole.
        digest: list[str] = []
        backup_ledger(ledger, fresh, pool=folder / POOL, every_index=known is None or due(known, now),
                      beside=lambda copy: digest.append(_digest(copy) if ledger.path is not None else _sealed(copy)))
        said(0.6, "正在打开备份并检查")
        made = Backup(path.name, now, reason, fresh.stat().st_size, digest[0], None, 0)
        held = list_backups(ledger)
        if not later:
            found = prove(fresh, known, now, pages_checked=True)
            made = replace(made, proven=now, faults=found.faults, proof=found.proof)
            held = [_proved(folder, b, known, now) if b.name in _waiting(held, made) else b for b in held]
        newest = next(iter(held), None)
        new = newest is None or newest.digest != made.digest
        if newest is not None and not new:
            made = newest if later else replace(newest, proven=now, faults=made.faults, proof=made.proof)
        else:
            fresh.replace(path)
        warning = _copy_to(second, folder, made) if second is not None else None
        _let_go(folder, [made, *(b for b in held if b.name not in (made.name, path.name))], now)
    except OSError as e:
        raise HydeskError(f"不能写入备份文件夹“{folder}”，请检查磁盘空间和权限（{system_words(e)}）") from e
    finally:
        with suppress(OSError):
            sqlite_file.remove(fresh)
    return KeptBackup(made, folder / made.name, new, warning)


_AT_A_TIME = 3
"""Backups that are proven beside a new one at most; each takes as long."""


def _waiting(held: list[Backup], made: Backup) -> set[str]:
    """Those made while somebody waited, which nobody has proven yet; one with the content of ``made`` is proven by it."""
    waiting = [b for b in held if b.proven is None and b.digest and b.reason == BEFORE_IMPORT and b.digest != made.digest]
    return {b.name for b in waiting[:_AT_A_TIME]}


def _proved(folder: Path, backup: Backup, known: Proof | None, now: datetime) -> Backup:
    """``backup`` with what its proof found; one that cannot be opened counts as faulty."""
    try:
        found = prove(folder / backup.name, known, now)
    except HydeskError:
        found = Proven(1, None)
    return replace(backup, proven=now, faults=found.faults, proof=found.proof)


def _known(held: list[Backup]) -> Proof | None:
    """What the newest proof of a backup without faults lets later ones build upon."""
    return next((b.proof for b in held if b.proof is not None and not b.faults), None)


_UNFINISHED = re.compile(r"\.(\d+)-.+|.+\.(\d+)\.(?:part|new)")
"""Files under way, with the number of the process that makes them."""


def remove_unfinished(ledger: Path) -> None:
    """Take away what a process that is gone left half written beside the ledger and among its backups."""
    for folder in (ledger.parent, ledger.parent / "backups"):
        for path in folder.glob("*") if folder.is_dir() else ():
            found = _UNFINISHED.fullmatch(path.name)
            if found and ledger.stem in path.name and not started(int(found[1] or found[2])):
                with suppress(OSError):
                    path.unlink()


def keep_before_many(ledger: Ledger, count: int) -> None:
    """Back up before ``count`` returns are taken in at once, where these are many; they do not wait for its proof. All of a
    server's ledger would have to come here: a backup of the same half day will do. Raises HydeskError."""
    if count >= MANY and (ledger.path is not None or is_due(ledger, SERVER_BEFORE_MANY)):
        keep_backup(ledger, BEFORE_IMPORT, later=True)


def is_due(ledger: Ledger, after: timedelta, now: datetime | None = None) -> bool:
    """Whether the newest backup kept here is older than ``after``, or there is none."""
    newest = max((b.made for b in list_backups(ledger)), default=None)
    return newest is None or (now or datetime.now()) - newest > after


def rehearse_restore(ledger: Ledger, name: str) -> Backup:
    """Prove the backup ``name`` as a restore would, on a copy, and note the date. Raises HydeskError."""
    from hydesk.services.upkeep.backup_ledger import try_restore

    folder = backup_folder(ledger)
    wanted = next((b for b in list_backups(ledger) if b.name == name), None)
    if wanted is None:
        raise HydeskError(f"找不到备份“{name}”，请刷新后再试")
    faults = try_restore(folder / name)
    proven = replace(wanted, proven=datetime.now().replace(microsecond=0), faults=faults,
                     digest=wanted.digest or _digest(folder / name))
    write_index(folder, [proven, *(b for b in read_index(folder).values() if b.name != name)])
    return proven


def _let_go(folder: Path, backups: list[Backup], now: datetime) -> None:
    """Forget automatic backups that need not be kept; those made for a reason of their own stay a month."""
    kept = to_keep((b.made for b in backups), now)
    left = []
    for b in backups:
        special = b.reason not in (AUTOMATIC, BEFORE_IMPORT) and (now - b.made).days < 31
        if b.made in kept or special or moment_of(b.name) is None:
            left.append(b)
        else:
            with suppress(OSError):
                sqlite_file.remove(folder / b.name)
    write_index(folder, left)


def _copy_to(second: Path, folder: Path, made: Backup) -> str | None:
    """Copy the backup and the attachments to another folder; what went wrong, as a sentence."""
    try:
        second.mkdir(parents=True, exist_ok=True)
        target = second / made.name
        if not target.exists():
            sqlite_file.copy(folder / made.name, target)
        if found := sqlite_file.faults(target):
            return f"另一处“{second}”里的备份检查出损坏（{found[0]}）；台账旁的备份完好"
        copy_attachments(folder / POOL, second / POOL)
        today = [p for p in second.glob("*" + target.suffix) if (moment_of(p.name) or made.made) <= made.made]
        for old in sorted(today, key=lambda p: p.name)[:-30]:  # one dated later pushes nothing out
            if moment_of(old.name) is not None and old.name.rsplit("-", 2)[0] == made.name.rsplit("-", 2)[0]:
                old.unlink(missing_ok=True)
    except (OSError, HydeskError) as e:
        return f"没有备份到另一处“{second}”（{system_words(e) if isinstance(e, OSError) else e}）；台账旁的备份完好"
    return None


def _digest(path: Path) -> str:
    """Of a backup's content, whatever its counters of changes say."""
    made = hashlib.sha256()
    with path.open("rb") as f:
        head = bytearray(f.read(100))
        for first, last in _COUNTERS:
            head[first:last] = bytes(last - first)
        made.update(head)
        while block := f.read(1 << 20):
            made.update(block)
    return made.hexdigest()


def _sealed(path: Path) -> str:
    """Of the content of a copy that came from a server, whose bytes lie anew each time: by its newest seals."""
    copy = connect(path, read_only=True)
    try:
        with copy.read() as connection:
            told = (*seals.last_seal(connection), *content_seals.last_seal(connection))
    finally:
        copy.close()
    return hashlib.sha256(repr(told).encode()).hexdigest()


__all__ = ["KeptBackup", "attachments_of", "keep_backup", "keep_before_many", "rehearse_restore"]
