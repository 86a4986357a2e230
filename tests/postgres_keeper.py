"""Starts a PostgreSQL and takes it away once nobody uses it: postgres_keeper.py FOLDER PROGRAMS USER

FOLDER holds ``in_use``, which every user of the server locks; ``address`` is written there once it answers, or
``failed`` with the reason why it never will. Standard library only: it is a process of its own.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SUPERUSER = "hydesk"
SETTINGS = {
    "listen_addresses": "'127.0.0.1'", "max_connections": "60", "shared_buffers": "'64MB'",
    # The databases do not outlive their run, so nothing need be safe from a power cut.
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal",
    "max_wal_senders": "0", "max_wal_size": "'2GB'", "checkpoint_timeout": "'1h'",
    "autovacuum": "off", "jit": "off", "logging_collector": "off", "log_min_messages": "fatal",
}
TRIES = 3
"""A port found free may be taken by the time the server asks for it."""


class Failed(Exception):
    """A program of the server's failed; its own words."""


class Server:
    """A cluster in a temporary folder of its own, run by ``user``."""

    def __init__(self, programs: Path, user: str) -> None:
        self._programs, self._user = programs, pwd.getpwnam(user)
        self._folder = Path(tempfile.mkdtemp(prefix="postgres-for-tests-"))
        self._data = self._folder / "data"
        self._give(self._folder)

    def start(self) -> str:
        """Make the cluster and start it; its address, without a database. Raises Failed."""
        password, secret = secrets.token_urlsafe(18), self._folder / "password"
        secret.write_text(password)
        self._give(secret)
        self._run("initdb", "-D", self._data, "-U", SUPERUSER, f"--pwfile={secret}", "--auth=scram-sha-256",
                  "-E", "UTF8", "--locale=C", "--no-sync")
        with (self._data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            file.write(f"unix_socket_directories = '{self._folder}'\n")
        return f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{self._start_on_a_free_port()}"

    def stop(self) -> None:
        """Stop it at once, where it ever ran, and take its folder away."""
        try:
            self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        except Failed:
            pass
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start_on_a_free_port(self) -> int:
        for tried in range(1, TRIES + 1):
            port = free_port()
            try:
                self._run("pg_ctl", "-D", self._data, "-l", self._folder / "log", "-o", f"-p {port}", "-w", "start")
                return port
            except Failed:
                if tried == TRIES:
                    raise
        raise AssertionError

    def _give(self, path: Path) -> None:
        if self._user.pw_uid != os.geteuid():
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _run(self, program: str, *arguments: str | Path) -> None:
        who: dict[str, Any] = {}
        if self._user.pw_uid != os.geteuid():
            who = {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": ()}
        # Its words go to a file: the server inherits what pg_ctl writes to, and a pipe would be waited on for ever.
        with tempfile.TemporaryFile() as told:
            done = subprocess.run([self._programs / program, *arguments], cwd=self._folder, stdin=subprocess.DEVNULL,
                                  stdout=told, stderr=told, check=False, **who)
            told.seek(0)
            words = told.read().decode(errors="replace")
        if done.returncode:
            raise Failed(f"{program} said: {' '.join(words.split())}")


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def write_whole(path: Path, text: str) -> None:
    """So that whoever sees the file sees all of it."""
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def end(*_told: object) -> None:
    sys.exit(1)


def main(folder: Path, programs: Path, user: str) -> None:
    signal.signal(signal.SIGTERM, end)
    server = Server(programs, user)
    try:
        try:
            write_whole(folder / "address", server.start())
        except (Failed, OSError) as e:
            write_whole(folder / "failed", str(e))
            return
        with (folder / "in_use").open("w") as in_use:
            fcntl.flock(in_use, fcntl.LOCK_EX)  # until the last user is gone
            (folder / "address").unlink(missing_ok=True)
    finally:
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
