"""The attachments of a ledger file: where they lie beside it, and how they are copied."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from hydesk.db import sqlite_file


def attachments_of(ledger: Path) -> Path:
    """Where the attachments of the ledger at ``ledger`` lie; the folder need not exist."""
    return ledger.with_name(ledger.name + ".附件")


def attached_files(ledger: Path) -> list[Path]:
    """The files kept beside the ledger at ``ledger``; what is half written, and links, are none."""
    folder = attachments_of(ledger)
    return [f for f in sorted(folder.iterdir()) if f.is_file() and not f.is_symlink() and not f.name.startswith(".")] if folder.is_dir() else []


def copy_attachments(source: Path, target: Path) -> None:
    """Copy those files of ``source`` that ``target`` has not. They are named by their hashes.

    Each is whole or not there at all. Raises OSError.
    """
    for file in sorted(source.iterdir()) if source.is_dir() else ():
        there = target / file.name
        if file.name.startswith(".") or not file.is_file() or file.is_symlink() or _is_good(there, file):
            continue
        target.mkdir(0o700, parents=True, exist_ok=True)
        partial = target / f".新-{file.name}"
        try:
            shutil.copyfile(file, partial)
            partial.chmod(0o600)
            sqlite_file.to_disk(partial)
            partial.replace(there)
        finally:
            partial.unlink(missing_ok=True)


def _is_good(there: Path, file: Path) -> bool:
    """Whether ``there`` need not be replaced by ``file``: it is as long, or it is what its name says it is."""
    if not there.is_file():
        return False
    return there.stat().st_size == file.stat().st_size or _digest(there) == there.name[:64]


def _digest(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()
