"""A PostgreSQL of the tests' own: started by the first process that wants it, shared by all, gone with the last.

Every process that uses it holds a shared lock on one file for as long as it lives; the keeper (``postgres_keeper``)
waits for the exclusive one. The system lets go of a process's locks whatever ends it, so neither an interrupted nor a
killed run leaves a server behind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

KEEPER = Path(__file__).with_name("postgres_keeper.py")
START_SECONDS = 90
DEBIAN = Path("/usr/lib/postgresql")
"""Debian keeps the server's programs here, a folder for each version, and not on the path."""


class NoServer(Exception):
    """There is none, and why, as a sentence."""


def programs() -> Path:
    """The folder of the server's programs. Raises NoServer where this machine has none."""
    if os.name == "nt":
        raise NoServer("the tests start a PostgreSQL of their own on Unix only")
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = [p.parent for p in DEBIAN.glob("*/bin/initdb")]
    if not folders:
        raise NoServer("this machine has no PostgreSQL server programs (Debian: apt-get install postgresql)")
    return max(folders, key=lambda p: [int(n) for n in p.parent.name.split(".") if n.isdigit()])


def runs_as() -> str:
    """The user the server runs as: one's own, and for root, whom PostgreSQL refuses, another. Raises NoServer."""
    import pwd

    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {user.pw_name for user in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return name
    raise NoServer("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def shared_server(folder: Path) -> str:
    """The address, without a database, of the server that all processes share which name ``folder``.

    It runs for as long as one of them lives. Raises NoServer.
    """
    where, user = programs(), runs_as()
    import fcntl

    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "starting").open("w") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        # Left open until this process ends: that is what says that the server is in use.
        fcntl.flock(os.open(folder / "in_use", os.O_RDWR | os.O_CREAT, 0o600), fcntl.LOCK_SH)
        address, failed = folder / "address", folder / "failed"
        if not address.exists() and not failed.exists():
            _start([sys.executable, str(KEEPER), str(folder), str(where), user], address, failed)
    if not address.exists():
        raise NoServer("PostgreSQL did not start: " + (failed.read_text(encoding="utf-8") if failed.exists() else "no answer"))
    return address.read_text(encoding="utf-8")


def _start(command: list[str], address: Path, failed: Path) -> None:
    keeper = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              start_new_session=True)  # Ctrl+C ends the tests; the keeper ends after them
    given_up = time.monotonic() + START_SECONDS
    while not address.exists() and not failed.exists() and keeper.poll() is None and time.monotonic() < given_up:
        time.sleep(0.02)
    keeper.returncode = 0  # it outlives this process, so nothing is to be said of a child that nobody waited for
