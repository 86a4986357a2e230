"""What is a PostgreSQL server's alone: its driver, its lock, its sorting and its complaints. Nothing else knows of it.

Imported only where a database URL was given: the dialect costs too much for every start.
"""

from __future__ import annotations

import time
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import IsolationLevel
from psycopg.types.numeric import IntLoader
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    String,
    UnaryExpression,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.dialects.postgresql.base import PGCompiler
from sqlalchemy.exc import ArgumentError
from sqlalchemy.sql import operators

from hydesk.db import server_files
from hydesk.db.models import Base
from hydesk.db.notices import CHANNEL
from hydesk.db.patience import patience, seconds_left
from hydesk.domain.errors import HydeskError, RefusedLogin, ServerFailed
from hydesk.numpy_aside import let_in

DRIVER = "postgresql+psycopg"
CONNECT_SECONDS = 5
FRESH_SECONDS = 2.0
"""A connection that answered so lately is not asked whether it lives."""
PING_SECONDS = 3.0
"""As long a connection from the pool may take to say that it lives; then another one is made."""
WRITER = 0x48594453
"""The advisory lock (of the database) that a writer holds until its transaction ends."""
WAIT_SECONDS = 8
"""As long a writer waits for another, as on SQLite."""
IDLE_SECONDS = 120
"""As long a writer may keep others waiting without saying anything: the turn of a frozen client goes on."""


class _PlainCursor(psycopg.Cursor[Any]):
    """Says of its columns what is asked about them at every statement: their names and types."""

    @property
    def description(self) -> Any:
        result = self.pgresult
        if result is None or not result.nfields:
            return super().description
        return [((result.fname(i) or b"").decode(), result.ftype(i), None, None, None, None, None) for i in range(result.nfields)]


class _TimedConnection(psycopg.Connection[Any]):
    """A connection on which no statement waits for ever: one that is not answered ends the connection."""

    answered = 0.0
    """When the last transaction on it ended well, by the machine's own clock."""
    writes = False
    """Whether the transaction under way is a writer's."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, seconds_left() if timeout is None else timeout)
        except psycopg.Error as error:
            if type(error).__name__ != "_WaitTimeout":
                raise
            self.pgconn.finish()  # what the server makes of the statement is not known: nothing more is asked on it
            raise psycopg.OperationalError("no answer from the server") from error

    def rollback(self) -> None:
        super().rollback()
        self.answered = time.monotonic()

    def commit(self) -> None:
        try:
            super().commit()
            self.answered = time.monotonic()
        except psycopg.OperationalError as error:
            if self.writes and self.closed and not error.sqlstate:
                raise psycopg.OperationalError("no answer to the commit") from error
            raise


class _Compiler(PGCompiler):
    """Sorts what is empty before all else, as SQLite does; PostgreSQL's own way is the other."""

    def order_by_clause(self, select: Any, **kw: Any) -> str:
        parts = []
        for clause in select._order_by_clauses:
            down = isinstance(clause, UnaryExpression) and clause.modifier is operators.desc_op
            parts.append(self.process(clause, **kw) + (" NULLS LAST" if down else " NULLS FIRST"))
        return f" ORDER BY {', '.join(parts)}" if parts else ""


def url_of(location: str) -> URL:
    """``location`` with the driver that hydesk brings. Raises HydeskError for what is no PostgreSQL address."""
    try:
        url = make_url(location)
    except (ArgumentError, ValueError) as e:
        raise HydeskError("台账地址写法不对，应如 postgresql://用户:密码@服务器/数据库") from e
    if url.drivername not in ("postgresql", "postgres", DRIVER):
        raise HydeskError(f"台账可以放在 PostgreSQL 服务器上，不支持“{url.drivername}”；地址应如 postgresql://用户:密码@服务器/数据库")
    return url.set(drivername=DRIVER)


def engine(url: URL) -> Engine:
    """Connections to the server: each transaction set up by what it is for."""
    let_in()  # the driver takes the empty place it leaves for the library
    made = create_engine(url, pool_pre_ping=True, connect_args={
        "cursor_factory": _PlainCursor, "connect_timeout": CONNECT_SECONDS, "application_name": "hydesk", "client_encoding": "UTF8",
        # A cable pulled is noticed by the system even where nothing is being asked.
        "keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3})
    made.dialect.statement_compiler = _Compiler
    ping = made.dialect.do_ping

    def quick_ping(connection: Any) -> bool:
        if time.monotonic() - connection.answered < FRESH_SECONDS:
            return True
        with patience(PING_SECONDS):
            return bool(ping(connection))

    setattr(made.dialect, "do_ping", quick_ping)  # noqa: B010 - a method in place of a method is no assignment for types
    _set_up_each(made)
    return made


def _set_up_each(made: Engine) -> None:
    """Each connection of ``made`` logs in with what is the password by then; each transaction reads or takes its turn to write."""
    @event.listens_for(made, "do_connect")
    def dial(_dialect: Any, _record: Any, args: Any, parameters: Any) -> Any:
        changed = {"password": _CHANGED[made]} if made in _CHANGED else {}
        return _TimedConnection.connect(*args, **parameters | changed)

    @event.listens_for(made, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        # Sums of whole yuan come as numeric; no other numeric is ever asked for.
        connection.adapters.register_loader("numeric", IntLoader)

    @event.listens_for(made, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        options = connection.get_execution_options()
        driver.writes = bool(options.get("hydesk_writes"))
        looks = not driver.writes and not options.get("hydesk_oneself")
        # Said by the driver with its BEGIN: one way to the server less for everything that is read.
        level, only = (IsolationLevel.REPEATABLE_READ, True) if looks else (None, None)
        if driver.isolation_level is not level:  # nearly always it is a reading after a reading
            driver.isolation_level, driver.read_only = level, only
        if driver.writes:
            _take_turn(connection)


_CHANGED: WeakKeyDictionary[Engine, str] = WeakKeyDictionary()
"""Passwords changed since the engine was made."""


def log_in_with(engine: Engine, password: str) -> None:
    """Let the connections that ``engine`` makes from now on use ``password``."""
    _CHANGED[engine] = password


def _take_turn(connection: Connection) -> None:
    """One writer at a time, as on SQLite; new rows go on counting from the last that is held."""
    # The notice goes out with the commit, and not at all without one.
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'; "
                               f"SET LOCAL idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'; "
                               f"SELECT pg_advisory_xact_lock({WRITER}), pg_notify('{CHANNEL}', '')")
    # What was rolled back, or written with a key of its own, must leave neither gap nor clash.
    held = connection.exec_driver_sql("SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()").scalars().all()
    steps = [f"SELECT setval('{t.name}_id_seq', coalesce(max(id), 0) + 1, false) FROM {t.name}"
             for t in Base.metadata.sorted_tables if f"{t.name}_id_seq" in held]
    if steps:
        connection.exec_driver_sql("; ".join(steps))


def clear(connection: Connection) -> None:
    """Take a ledger that was made for nothing out of its database."""
    Base.metadata.drop_all(connection)
    server_files.take_away(connection)
    connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")


def refuse_unfit(connection: Connection) -> None:
    """Raise HydeskError where the database cannot hold Chinese."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise HydeskError(f"数据库的编码是 {encoding}，存不了全部汉字；请管理员另建一个 UTF8 编码的数据库")


def sort_as_files_do(connection: Connection) -> None:
    """Text compares by its characters' codes, as in a ledger file, whatever language the server was set up in."""
    for table in Base.metadata.sorted_tables:
        texts = [c for c in table.c if isinstance(c.type, String)]
        changes = ", ".join(f'ALTER COLUMN "{c.name}" TYPE {c.type.compile(connection.dialect)} COLLATE "C"' for c in texts)
        if changes:
            connection.execute(text(f"ALTER TABLE {table.name} {changes}"))


def told(error: Exception) -> bool:
    """Whether ``error`` is the server's or the network's doing, and not a fault of the program's."""
    return isinstance(error, psycopg.OperationalError | psycopg.errors.InsufficientPrivilege
                      | psycopg.errors.ReadOnlySqlTransaction | psycopg.errors.IdleInTransactionSessionTimeout)


_UNSURE = ("no answer to the commit",)
_LOGIN = ("28P01", "28000", "password", "authentication", "pg_hba", "认证", "口令", "密码")
_FOR_GOOD = (
    ("42501",), ("25006",), ("not permitted to log in", "不允许登录", "permission denied for database", "connect 权限"),
    ("does not support ssl", "不支持 ssl"), ("3D000", 'database "', "数据库 "))
"""Signs of what trying again later does not mend."""
_COMPLAINTS = (
    (("55P03",), "别人正在往台账里写，等了一会儿仍没有轮到；没有写入，请稍后再试"),
    (("42501",), "你的身份不能做这一步，没有写入：归档报告、修改设置、管理人员要由主管来做，读者只能看；身份不对请找主管"),
    (("25006",), "台账服务器现在只许看，没有写入，请联系管理员"),
    (("not permitted to log in", "不允许登录", "permission denied for database", "connect 权限"), "这个用户名已停用，或没有这个台账的使用权，请找主管"),
    (("does not support ssl", "不支持 ssl"), "这台服务器没有开加密连接，密码和数据会明文传送；请管理员开启，或去掉“加密连接”再连"),
    (_LOGIN, "台账服务器不接受这个用户名或密码，请核对后再试"),
    (("3D000", 'database "', "数据库 "), "台账服务器上没有这个数据库，请管理员先建好（UTF8 编码），再用 ledger new"),
    (("53100", "disk full"), "台账服务器的磁盘满了，没有写入，请联系管理员"),
    (_UNSURE, "台账服务器没有回答，不能确定这一步写进去没有。请过一会儿刷新，在“往日台账”里看有没有这一步，没有再做一次"),
    (("resolve", "name or service", "nodename"), "找不到台账服务器，请检查地址和网络"),
    (("no answer from the server",), "台账服务器 10 秒没有回答，这一步没有写入，填的内容还在；请检查网络，或联系管理员看服务器是否正常"),
    (("25P03",), "这一步停得太久，台账服务器已经让别人先写；没有写入，请再试一次"),
    (("refused", "timeout", "timed out", "unreachable", "no route"), "连不上台账服务器，请检查网络，或联系管理员看服务器是否开着"),
    (("57P01", "57P02", "57P03", "57P05", "08006", "08003", "connection", "shutting down", "starting up"),
     "与台账服务器的连接断了，这一步没有写入，请稍后再试"),
)
"""SQLSTATE codes, or words where the way to the server failed and there is no code, and what the user is told."""


def complaint(error: Exception) -> HydeskError:
    """What the server or the way to it complained of, as a sentence for the user."""
    code, said = getattr(error, "sqlstate", None) or "", str(error).lower()
    for signs, sentence in _COMPLAINTS:
        if code in signs or (not code and any(sign in said for sign in signs)):
            if signs is _LOGIN:
                return RefusedLogin(sentence)
            return HydeskError(sentence) if signs in _FOR_GOOD else ServerFailed(sentence, unsure=signs is _UNSURE)
    return HydeskError(f"台账服务器没有响应或拒绝了操作，请联系管理员（{code or type(error).__name__}）")


def is_encrypted(connection: Connection) -> bool:
    """Whether nobody on the way can read along."""
    return bool(connection.exec_driver_sql("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").scalar())
