"""Others at the same ledger on a server: what they write, what they have in hand, and whether the server answers.

One connection of its own for each window, in a thread of its own. It listens (NOTIFY) and asks every two seconds how far the
log has come, so that nothing is missed where notices do not get through. What this desk has in hand is a shared advisory lock
of its session: a program that ends, a cable that is pulled and a client that is frozen cannot keep it, for the server ends
a session that is silent for ``SILENT_SECONDS``.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.notices import CHANNEL
from hydesk.db.patience import patience
from hydesk.domain.matters import CLAIM_CLASS, claim_number

PULSE_SECONDS = 2.0
"""Between two questions how far the log has come."""
ANSWER_SECONDS = 6.0
"""As long the server may take for an answer; then it counts as gone."""
SILENT_SECONDS = 60
"""A session silent for so long is ended by the server, and its claim with it."""
_FOURTEEN = 140_000
"""From this version on a server ends silent sessions; on an older one nothing is claimed."""
_APPLICATION = "hydesk "
_CLAIMS = (
    "SELECT (l.classid::bigint << 32) | l.objid::bigint, a.usename, a.application_name "
    "FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.pid <> pg_backend_pid() "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    f"AND l.classid::bigint >> 16 = {CLAIM_CLASS} ORDER BY a.usename, a.application_name")
_NEWEST = "SELECT coalesce(max(id), 0) FROM log_seals"


@dataclass(frozen=True, slots=True)
class Heard:
    """What was learnt at one moment."""

    reached: bool
    """Whether the server answered."""
    newest: int = 0
    """The newest event of the log; 0 where the server did not answer."""
    claims: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """By ``claim_number`` who else has the matter in hand."""


class ServerWatch:
    """Tells ``told``, in the thread of its own, whenever something is otherwise than before. ``name`` is who sits here, where
    all log in alike."""

    def __init__(self, ledger: Ledger, name: str, told: Callable[[Heard], None]) -> None:
        self._ledger, self._name, self._told = ledger, name, told
        self._wanted: str | None = None
        self._held: int | None = None
        self._before: Heard | None = None
        self._ended = threading.Event()
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        threading.Thread(target=self._run, name="hydesk-watch", daemon=True).start()

    def claim(self, key: str | None) -> None:
        """Have the matter called ``key`` in hand, and no other; None: nothing. Never waits."""
        if key != self._wanted:
            self._wanted = key
            self._rouse()

    def stop(self) -> None:
        """Say goodbye, without waiting for it."""
        self._ended.set()
        self._rouse()

    def _rouse(self) -> None:
        with suppress(OSError):
            self._wake.send(b"x")

    # In the thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        with patience(ANSWER_SECONDS), self._wake, self._woken:
            while not self._ended.is_set():
                connection = None
                try:
                    connection = self._ledger.own_connection()
                    self._set_up(connection)
                    while not self._ended.is_set():
                        self._pulse(connection)
                        self._wait(connection)
                except Exception:  # whatever it was, the next attempt tells whether the server is there
                    self._tell(Heard(reached=False))
                    self._held = None
                    self._ended.wait(PULSE_SECONDS)
                finally:
                    if connection is not None:
                        with suppress(Exception):
                            connection.close()

    def _set_up(self, connection: Any) -> None:
        connection.autocommit = True
        self._may_claim = connection.info.server_version >= _FOURTEEN
        name = b64encode(self._name.encode("utf-16-be")).decode()
        connection.execute(f"SET application_name = '{_APPLICATION}{name}'")
        if self._may_claim:
            connection.execute(f"SET idle_session_timeout = '{SILENT_SECONDS}s'")
        connection.execute(f"LISTEN {CHANNEL}")

    def _pulse(self, connection: Any) -> None:
        wanted = claim_number(self._wanted) if self._wanted is not None and self._may_claim else None
        if wanted != self._held:
            self._held = None
            connection.execute(
                "SELECT pg_advisory_unlock_all()" + (f", pg_advisory_lock_shared({wanted})" if wanted is not None else "")
                + f", pg_notify('{CHANNEL}', '')")
            self._held = wanted
        newest = int(connection.execute(_NEWEST).fetchone()[0])
        claims: dict[int, tuple[str, ...]] = {}
        for number, login, application in connection.execute(_CLAIMS).fetchall():
            claims[int(number)] = (*claims.get(int(number), ()), self._who(str(login), str(application or "")))
        self._tell(Heard(True, newest, claims))

    def _who(self, login: str, application: str) -> str:
        """The login where people have their own, else the name chosen at that desk."""
        if self._ledger.person is not None:
            return login
        with suppress(ValueError):
            return b64decode(application.removeprefix(_APPLICATION)).decode("utf-16-be") or login
        return login

    def _wait(self, connection: Any) -> None:
        """Until something is notified, something else is claimed, or it is time for the next pulse."""
        until = time.monotonic() + PULSE_SECONDS
        server = connection.pgconn
        while (left := until - time.monotonic()) > 0 and not self._ended.is_set():
            ready, _, _ = select.select([server.socket, self._woken], [], [], left)
            if self._woken in ready:
                self._woken.recv(64)
                return
            if ready:
                server.consume_input()
                noticed = False
                while server.notifies() is not None:
                    noticed = True
                if noticed:
                    return

    def _tell(self, seen: Heard) -> None:
        if seen != self._before and not self._ended.is_set():
            self._before = seen
            self._told(seen)
