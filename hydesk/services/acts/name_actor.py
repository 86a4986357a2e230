"""Who is at the keyboard."""

from __future__ import annotations

import getpass
import os
import socket
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError, system_words
from hydesk.services.acts.desk_folder import data_folder

UNSIGNED = "未署名"
"""Who acts where the system tells no account."""
LONGEST = 20
"""Letters a name may have."""


def current_actor(ledger: Ledger | None = None) -> Actor:
    """Who acts in ``ledger``: on a server kept by person its login. Else the system's account on this machine, under the
    name chosen at this desk; without one, under the account's."""
    if ledger is not None and ledger.signs_as is not None:
        return ledger.signs_as
    try:
        account = getpass.getuser()
    except (OSError, KeyError, ImportError):
        account = ""
    return Actor(chosen_name() or account or UNSIGNED, account, socket.gethostname() if account else "")


def chosen_name() -> str:
    """The name chosen at this desk; empty where none was, or where it cannot be read."""
    try:
        return _fitting(_file().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""


def choose_name(name: str) -> str:
    """Sign as ``name`` at this desk from now on, empty: as the account is called; what is kept. Raises HydeskError."""
    wanted = _fitting(name)
    if len(wanted) > LONGEST:
        raise HydeskError(f"署名最多 {LONGEST} 个字，请写短一些")
    path = _file()
    try:
        path.parent.mkdir(0o700, parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}.part")
        partial.write_text(wanted, encoding="utf-8")
        os.replace(partial, path)
    except OSError as e:
        raise HydeskError(f"署名没有存下（{system_words(e)}），请检查“{path.parent}”的权限") from e
    return wanted


def _fitting(name: str) -> str:
    """Letters, figures and single blanks; nothing that could break a line or hide in it."""
    return " ".join("".join(c for c in name if c.isprintable() or c.isspace()).split())


def _file() -> Path:
    return data_folder() / "署名.txt"
