"""Folders for a while, named after the process that made them, so that the next start takes away what a crash left.

They may hold a whole ledger, a package not yet locked or an attachment opened by somebody: only their maker may look in.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hydesk.processes import started

_OURS = re.compile(r"hydesk-(\d+)-([0-9A-Za-z-]*?)-\w{8}")
_OLDER = re.compile(r"hydesk-\w{8}")
"""As earlier versions called them, without saying whose they were."""
_TWO_DAYS = 2 * 86400


def make_folder() -> Path:
    """A new folder that stays until ``remove_own`` or the next start. Raises OSError."""
    process = os.getpid()
    return Path(tempfile.mkdtemp(prefix=f"hydesk-{process}-{started(process)}-"))


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is removed at the end; what cannot be removed then is left to the next start. Raises OSError."""
    folder = make_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_own() -> None:
    """Take away every folder this process made; one held open by another program stays for the next start."""
    process = os.getpid()
    own = (str(process), started(process))
    for folder, maker in _folders():
        if maker == own:
            _remove(folder)


def remove_left() -> None:
    """Take away the folders of processes that are gone, where they belong to this user."""
    for folder, maker in _folders():
        if maker is not None and started(int(maker[0])) != maker[1]:
            _remove(folder)
        elif maker is None:
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > _TWO_DAYS:
                    _remove(folder)


def _folders() -> list[tuple[Path, tuple[str, str] | None]]:
    found: list[tuple[Path, tuple[str, str] | None]] = []
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            with suppress(OSError):
                if not entry.name.startswith("hydesk-") or entry.is_symlink() or not entry.is_dir():
                    continue
                if hasattr(os, "getuid") and entry.stat().st_uid != os.getuid():
                    continue
                if (m := _OURS.fullmatch(entry.name)) is not None:
                    found.append((Path(entry.path), (m[1], m[2])))
                elif _OLDER.fullmatch(entry.name):
                    found.append((Path(entry.path), None))
    return found


def _remove(folder: Path) -> None:
    """Also what was made read-only, as attachments are, which Windows else refuses to delete."""
    if os.name == "nt":
        for path in folder.rglob("*"):
            with suppress(OSError):
                path.chmod(0o600)
    shutil.rmtree(folder, ignore_errors=True)
