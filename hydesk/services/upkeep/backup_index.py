"""Which backups of a ledger are kept, where they lie, and what is known of each."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.services.acts.desk_folder import data_folder
from hydesk.services.upkeep.prove_backup import Proof

INDEX = "备份记录.json"
AUTOMATIC, BEFORE_IMPORT, BY_HAND = "自动", "入库前", "手动"
"""Why a backup was made."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup beside the ledger. ``proven`` is when it was last opened and checked (None: not yet); ``faults`` what the
    checks of content found then; ``reason`` why it was made; ``proof`` what later proofs may build upon."""

    name: str
    made: datetime
    reason: str
    size: int
    digest: str
    proven: datetime | None
    faults: int
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class BackupHome:
    """Where a ledger's backups lie and how they are called."""

    folder: Path
    stem: str
    suffix: str


def home_of(ledger: Ledger) -> BackupHome:
    """Beside a ledger file; of a ledger on a server in this desk's own data folder, apart for each server and database."""
    if ledger.path is not None:
        return BackupHome(ledger.path.parent / "backups", ledger.path.stem, ledger.path.suffix)
    return BackupHome(data_folder() / "服务器台账备份" / ledger.place_key, "服务器台账", ".hydesk")


def backup_folder(ledger: Ledger) -> Path:
    """Where the ledger's backups lie; need not exist."""
    return home_of(ledger).folder


def list_backups(ledger: Ledger) -> list[Backup]:
    """The backups kept of the ledger, newest first, those of earlier programs among them."""
    home = home_of(ledger)
    folder = home.folder
    told = read_index(folder)
    found = []
    for path in folder.glob(f"*{home.suffix}") if folder.is_dir() else ():
        if not path.name.startswith((f"{home.stem}-", f"{home.stem}.")):
            continue
        known = told.get(path.name)
        with suppress(OSError):
            stat = path.stat()
            found.append(known if known and known.size == stat.st_size else Backup(
                path.name, moment_of(path.name) or datetime.fromtimestamp(stat.st_mtime).replace(microsecond=0),
                "结转前" if "结转前" in path.name else AUTOMATIC, stat.st_size, "", None, 0))
    return sorted(found, key=lambda b: b.made, reverse=True)


def moment_of(name: str) -> datetime | None:
    """When the backup called ``name`` was made; None for a name that no backup of this program has."""
    found = re.search(r"-(\d{8})-(\d{4}(?:\d\d)?)\.[^.]*$", name)
    if found is None:
        return None
    try:
        return datetime.strptime("".join(found.groups()).ljust(14, "0"), "%Y%m%d%H%M%S")
    except ValueError:
        return None


def read_index(folder: Path) -> dict[str, Backup]:
    """What is noted of the backups in ``folder``, by name."""
    try:
        rows = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        return {r["name"]: Backup(**{**r, "made": datetime.fromisoformat(r["made"]),
                                     "proven": datetime.fromisoformat(r["proven"]) if r["proven"] else None,
                                     "proof": _read_proof(r.get("proof"))})
                for r in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return {}  # the index only saves time: what it said is found out again


def _read_proof(told: dict[str, Any] | None) -> Proof | None:
    return Proof(**{**told, "whole": datetime.fromisoformat(told["whole"])}) if told else None


def write_index(folder: Path, backups: list[Backup]) -> None:
    """Note what is known of the backups in ``folder``."""
    text = json.dumps([asdict(b) for b in backups], ensure_ascii=False, indent=1, default=lambda v: v.isoformat())
    partial = folder / f"{INDEX}.{os.getpid()}.part"
    # It only saves time: somebody reading it, which on Windows stands against replacing it, makes no backup a failed one.
    try:
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, folder / INDEX)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
