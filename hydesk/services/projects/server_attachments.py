"""Attachments of a ledger on a server: kept in the database, and brought into a folder of this program's when one is wanted."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

from hydesk.db import server_files
from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError, system_words
from hydesk.temporary import make_folder

_FOLDERS: WeakKeyDictionary[Ledger, Path] = WeakKeyDictionary()


class NotBrought(HydeskError):
    """The server has the file, and this desk has no room for it."""


def local_folder(ledger: Ledger) -> Path:
    """Where files of ``ledger`` that were brought here lie; gone when the program ends."""
    if ledger not in _FOLDERS:
        _FOLDERS[ledger] = make_folder()
    return _FOLDERS[ledger]


def refuse_large(path: Path) -> None:
    """Raise HydeskError for a file larger than a server is asked to keep."""
    size = path.stat().st_size
    if size > server_files.LARGEST:
        raise HydeskError(f"“{path.name}”有 {size / (1 << 20):.0f} MB，台账在服务器上时，一个附件最多 {server_files.LARGEST >> 20} MB；"
                          "请压缩后再加，或放在共享文件夹并在备注里写明位置")


def kept_on_server(ledger: Ledger, names: Collection[str]) -> set[str]:
    """Those of ``names`` that the server keeps."""
    if ledger.keeper is None or not names:
        return set()
    with ledger.keeper.read() as connection:
        return server_files.there(connection, names)


def digests_on_server(ledger: Ledger) -> dict[str, str]:
    """What each kept file's content comes to (SHA-256), by name."""
    if ledger.keeper is None:
        return {}
    with ledger.keeper.read() as connection:
        return dict(server_files.digests(connection))


def bring(ledger: Ledger, names: Sequence[str]) -> None:
    """Bring the files kept as ``names`` here, those that are not here yet. Raises HydeskError, NotBrought where this desk
    has no room."""
    folder = local_folder(ledger)
    wanted = [n for n in names if not (folder / n).is_file()]
    if ledger.keeper is None or not wanted:
        return
    with ledger.keeper.read() as connection:
        for name in wanted:
            found = server_files.content(connection, name)
            if found is not None:
                _write(folder / name, found)


def _write(target: Path, content: bytes) -> None:
    partial = target.with_name(f".新-{target.name}.{os.getpid()}")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    except OSError as e:
        raise NotBrought(f"附件没有取到本机（{system_words(e)}），请检查磁盘空间") from e
