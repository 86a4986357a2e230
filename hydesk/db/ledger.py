"""The handle of an open ledger: transactions on it, and who works in it.

What is SQLite's alone is in ``sqlite_file``, what is a server's alone in ``server``.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from hydesk.db import clock, content_seals, seals, signing, sqlite_file, told
from hydesk.db.asked_once import with_memory
from hydesk.db.decided import Own
from hydesk.db.late_check import LateCheck
from hydesk.db.locations import file_of, is_url, only_readable, shown
from hydesk.db.one_file import Emptying, FileStamp, empty_log, refuse_other_file
from hydesk.db.rotten_text import TolerantConnection
from hydesk.db.store_faults import faults_told
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.people import Person, Right

_VIEW: ContextVar[tuple[Ledger, Connection] | None] = ContextVar("hydesk_view", default=None)
"""The view that this thread has of a ledger now."""
READ_ONLY = "台账是以只读方式打开的，不能修改。要修改，请先关闭占用它的窗口，再重新打开台账。"


class Ledger:
    """An open ledger, shared by all threads of the program. ``path`` is None for one on a server, whose ``location``
    is for showing: it bears neither password nor address.

    Every use case takes one connection from ``read`` or ``write``; nothing of SQLAlchemy leaves the services. One that
    is ``read_only`` refuses ``write`` with a sentence, and SQLite itself is told to change nothing.
    """

    def __init__(self, location: str, path: Path | None, engine: Engine, *, read_only: bool = False) -> None:
        self.location = location
        self.own = Own()
        """What this handle itself wrote: no news to whoever decides by it."""
        self.path = path
        self.beside = path
        """The file beside which the attachments lie; for a copy that is only looked at, the original's."""
        self.keeper: Ledger | None = self if path is None else None
        """The ledger on a server that keeps the attachments; for a copy that is only looked at, the original's."""
        self.read_only = read_only
        self.look_only = ""
        """Why it can only be looked at, where that is its own state: a sentence for whoever wants to write."""
        self.aside = ""
        """What was laid aside when it was opened, as a sentence to be told."""
        self.person: Person | None = None
        """Who is logged in, on a server that is kept by person."""
        self.encrypted = False
        """Whether nobody on the way to the server can read along."""
        self.clock: clock.Clock = clock.machine_time
        """Says when what is written was done."""
        self.sealed = 0
        """How many events of the change log were written through this handle; others may have written more."""
        self.closing: list[Callable[[], None]] = []
        """What else ends when this handle is closed."""
        self._engine = engine
        self._check: LateCheck | None = None
        self._stamp = FileStamp.of(path) if path is not None else None
        """The file as this handle left it; None before it is there."""
        self._last: tuple[int, str] | None = None
        """The newest seal this handle knows: it must stand in the file whenever something is written."""
        self._emptying = Emptying(self._empty_log)

    def check_beside(self, check: Callable[[], None]) -> None:
        """Run ``check`` in a thread of its own once ``begin_check`` is called, or somebody writes. Until it is through ``write``
        waits; what it raises, ``write`` raises."""
        self._check = LateCheck(check)

    def begin_check(self) -> None:
        """Begin with what ``check_beside`` was given; nothing where there is none."""
        if self._check is not None:
            self._check.begin()

    def wait_until_checked(self) -> None:
        """Wait for what ``check_beside`` was given, and raise what it raised."""
        if self._check is not None:
            self._check.begin().result()

    @property
    def signs_as(self) -> Actor | None:
        """Who everything written through this handle is signed by, where a server holds its people apart."""
        return Actor(self.person.login, self.person.login) if self.person is not None else None

    def why_not(self, right: Right = Right.WRITE) -> str:
        """Why whoever opened it may not do what needs ``right``, as a sentence that says who may; empty where he may."""
        if right is not Right.SELF and (self.read_only or self.look_only):
            return self.look_only or READ_ONLY
        return self.person.why_not(right) if self.person is not None else ""

    @property
    def place_key(self) -> str:
        """What tells a ledger on a server from one of the same name on another, as a name for a folder."""
        url = self._engine.url
        name = "".join(c for c in url.database or "" if c.isalnum() or c in "_-")[:40] or "台账"
        return f"{name}-{hashlib.sha256(f'{url.host}:{url.port or 5432}/{url.database}'.encode()).hexdigest()[:8]}"

    def own_connection(self) -> Any:
        """A connection of the server's driver, logged in as whoever opened the ledger; the caller's own, to be closed by him."""
        pooled = self._engine.raw_connection()
        own = pooled.driver_connection
        pooled.detach()
        return own

    def log_in_with(self, password: str) -> None:
        """Let connections made from now on use ``password``: whoever is logged in has just changed his own."""
        from hydesk.db import server

        server.log_in_with(self._engine, password)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the ledger; within another one in the same thread that same view. Raises HydeskError when the
        file fails."""
        held = _VIEW.get()
        if held is not None and held[0] is self:
            yield held[1]
            return
        with faults_told(self.path), with_memory(self._engine.connect()) as connection, connection.begin():
            token = _VIEW.set((self, connection))
            try:
                yield connection
            finally:
                _VIEW.reset(token)

    @contextmanager
    def as_oneself(self) -> Iterator[Connection]:
        """A transaction that changes nothing of the ledger, only whoever is logged in: open to readers too."""
        with faults_told(self.path), self._engine.connect() as connection:
            connection = connection.execution_options(hydesk_oneself=True)
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, taken at once so that it cannot clash half-way; any exception leaves all as before.

        Raises HydeskError where the ledger is open for reading only.
        """
        if self.read_only:
            if self.path is not None and only_readable(self.path):
                raise HydeskError(f"台账“{self.path}”是只读的，没有改动；要修改，请检查文件权限或去掉只读属性")
            raise HydeskError(self.look_only or READ_ONLY)
        self.wait_until_checked()
        self._look_at_file()
        with faults_told(self.path), self._engine.connect() as connection:
            connection = connection.execution_options(
                hydesk_writes=True, **{clock.OPTION: self.clock, signing.OPTION: self.signs_as})
            with connection.begin():
                self._refuse_other_content(connection)
                seals.begin(connection)
                told.forget_begun(connection)
                content_seals.begin(connection)
                yield connection
                sealed = seals.seal_noted(connection)
                content_seals.seal_touched(connection)
                last = seals.last_seal(connection) if sealed else self._last
                committed = told.take_begun(connection)
            self._last = last
            if self.path is not None and not empty_log(connection.connection.driver_connection):
                self._emptying.soon()
        if self.path is not None:
            self._stamp = refuse_other_file(self.path, self._stamp, written=True)
        _VIEW.set(None)  # a view that is open around this write would show the ledger as it was
        self.sealed += sealed
        self.own.acts.update(act_id for act_id, _, _ in committed.acts)
        self.own.marks.update(committed.marks)
        told.tell(committed)

    def know_newest(self, connection: Connection) -> None:
        """Note which act is the newest, so that a file put in this one's place is noticed at the first write."""
        self._last = seals.last_seal(connection)

    def _look_at_file(self) -> None:
        """Raise HydeskError where the file is gone or another; where others wrote to it, read nothing kept of it."""
        if self.path is None:
            return
        now = refuse_other_file(self.path, self._stamp)
        if now != self._stamp:
            self._engine.dispose()
            self._stamp = now

    def _refuse_other_content(self, connection: Connection) -> None:
        """Raise HydeskError where the newest act this handle knows is not in the file: its content was replaced."""
        if self.path is None or self._last is None:
            return
        number, held = self._last
        if number and seals.hash_of(connection, number) != held:
            raise HydeskError(f"台账“{self.path.name}”的内容在打开期间被换过（可能用旧的一份覆盖了它），没有写入任何内容。"
                              "请重新打开台账，核对后再做这一步")

    def _empty_log(self) -> bool:
        """Whether the write-ahead log is empty now, or the file is no longer ours to write to."""
        try:
            if self.path is None or refuse_other_file(self.path, self._stamp) is None:
                return True
            with self._engine.connect() as connection:
                done = empty_log(connection.connection.driver_connection)
        except (HydeskError, DBAPIError, sqlite3.Error):
            return True
        if done:
            self._stamp = FileStamp.of(self.path)
        return done

    def close(self) -> None:
        """Give the file back."""
        self._emptying.stop()
        for end in self.closing:
            end()
        self._engine.dispose()


def connect(location: str | Path, *, read_only: bool = False, passing: bool = False) -> Ledger:
    """The handle for ``location``; does not look whether a ledger is there. ``passing``: a file that nobody needs after
    a loss of power, and whose rows are taken out table by table."""
    if is_url(location):
        try:
            from hydesk.db import server
        except ImportError as e:
            raise HydeskError("这里没有装台账服务器的驱动，打不开服务器上的台账；请先运行 pip install \"hydesk[server]\"") from e
        engine = server.engine(server.url_of(str(location)))
        _note_writes(engine)
        return Ledger(shown(location), None, engine, read_only=read_only)
    path = file_of(location).absolute()
    engine = create_engine(URL.create("sqlite", database=str(path)),
                           connect_args={"timeout": sqlite_file.BUSY_SECONDS, "factory": TolerantConnection},
                           **({"creator": lambda: sqlite_file.connect_to_read(path)} if read_only else {}))

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        sqlite_file.prepare(connection, path, read_only=read_only, passing=passing)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("hydesk_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    _note_writes(engine)
    return Ledger(str(location), path, engine, read_only=read_only)


def _note_writes(engine: Engine) -> None:
    @event.listens_for(engine, "after_execute")
    def note(connection: Connection, statement: Any, *_told: Any) -> None:
        content_seals.note(connection, statement)
