"""The two stores a ledger may be in, for tests: a file of SQLite's and a database of a PostgreSQL server.

The server is one of the tests' own where the machine has its programs; ``HYDESK_TEST_SERVER`` names another, whose
user may make databases, such as postgresql://user:password@localhost/postgres. Where there is neither, what needs one
is skipped, and the summary says how much that was.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hydesk.db.ledger import Ledger, connect
from hydesk.services.upkeep.open_ledger import carry_to_server, create_ledger, open_ledger
from tests.postgres import NoServer, shared_server
from tests.shared import common_folder, copy_of_empty, open_whole

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = "both"
SKIPPED = "needs a PostgreSQL server: "
_FIFTEEN = 150_000
"""From this version on a database may sort by ICU, and its copying may be told to be of files."""


_LEFT = 2
"""Databases that nobody uses any more and that are still there."""


class Server:
    """Hands out databases of a PostgreSQL server, copies of what was made once. ``address`` names no database."""

    def __init__(self, address: str) -> None:
        import psycopg

        self.address = address
        self._admin = psycopg.connect(f"{address}/postgres", autocommit=True)
        self._templates: dict[str, str] = {}
        self._used: list[str] = []
        fifteen = self._admin.info.server_version >= _FIFTEEN
        icu = self._admin.execute("SELECT 1 FROM pg_collation WHERE collprovider = 'i' LIMIT 1").fetchone() is not None
        # Sorted as Chinese is, where the server can: the least like a file there is.
        self._bare = "TEMPLATE template0 ENCODING 'UTF8'" + (" LOCALE_PROVIDER icu ICU_LOCALE 'zh'" if fifteen and icu else "")
        self._files = " STRATEGY FILE_COPY" if fifteen else ""

    def close(self) -> None:
        """Take away what copies were made from, and the last of them."""
        for name in (*self._used, *self._templates.values()):
            self._drop(name)
        self._admin.close()

    @contextmanager
    def bare(self) -> Iterator[str]:
        """The address of a database that holds nothing, for as long as it is wanted."""
        with self._for_a_while(self._bare) as address:
            yield address

    @contextmanager
    def copy(self, what: str, make: Callable[[str], None]) -> Iterator[str]:
        """The address of a database that holds what ``make`` put, once for each ``what``, into an empty one."""
        if what not in self._templates:
            name = self._new(self._bare)
            make(f"{self.address}/{name}")
            self._templates[what] = name
        with self._for_a_while(f"TEMPLATE {self._templates[what]}{self._files}") as address:
            yield address

    @contextmanager
    def _for_a_while(self, how: str) -> Iterator[str]:
        name = self._new(how)
        try:
            yield f"{self.address}/{name}"
        finally:
            # Not at once: the server's processes of connections just closed still leave it, and it would wait 0.1 s for them.
            self._used.append(name)
            while len(self._used) > _LEFT:
                self._drop(self._used.pop(0))

    def _new(self, how: str) -> str:
        name = f"hydesk_{uuid.uuid4().hex[:12]}"
        self._admin.execute(f"CREATE DATABASE {name} {how}")  # type: ignore[call-overload]
        return name

    def _drop(self, name: str) -> None:
        self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


class Stores:
    """Makes ledgers for tests, each gone after its test."""

    def __init__(self, tmp_path_factory: pytest.TempPathFactory, server: Callable[[], Server]) -> None:
        self._factory, self._server = tmp_path_factory, server

    @contextmanager
    def empty(self, store: str, path: Path) -> Iterator[Ledger]:
        """A new, empty ledger; a file stands at ``path``."""
        if store == SQLITE:
            yield from self._closed(connect(copy_of_empty(self._factory, path)))
        else:
            with self._server().copy("empty", lambda address: create_ledger(address).close()) as address:
                yield from self._closed(connect(address))

    @contextmanager
    def two_handles(self, store: str, path: Path) -> Iterator[tuple[Ledger, Ledger]]:
        """Two handles of one new, empty ledger, as two desks have them."""
        if store == SQLITE:
            copy_of_empty(self._factory, path)
            first, second = open_ledger(path), open_ledger(path)
            yield first, second
            first.close()
            second.close()
        else:
            with self._server().copy("empty", lambda address: create_ledger(address).close()) as address:
                first, second = connect(address), connect(address)
                yield first, second
                first.close()
                second.close()

    @contextmanager
    def demonstration(self, store: str, path: Path, demo_file: Path) -> Iterator[Ledger]:
        """A copy of the demonstration ledger; a file stands at ``path``."""
        if store == SQLITE:
            yield from self._closed(open_whole(Path(shutil.copy(demo_file, path))))
        else:
            with self._server().copy("demonstration", lambda address: _carry(demo_file, address)) as address:
                yield from self._closed(open_ledger(address))

    @staticmethod
    def _closed(ledger: Ledger) -> Iterator[Ledger]:
        try:
            yield ledger
        finally:
            ledger.close()


def _carry(file: Path, address: str) -> None:
    ledger = open_ledger(file, read_only=True)
    carry_to_server(ledger, address)
    ledger.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--store", choices=(SQLITE, POSTGRESQL, BOTH), default=None,
                     help="the store of the ledgers that tests get: sqlite, postgresql or both "
                          "(without it: a file, and both where the test says that both are its subject)")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "file_only(what): the test is about what only a ledger file has")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = metafunc.config.getoption("store")
    of = {SQLITE: [SQLITE], POSTGRESQL: [POSTGRESQL], BOTH: [SQLITE, POSTGRESQL]}
    if "any_store" in metafunc.fixturenames:
        metafunc.parametrize("any_store", of[chosen or BOTH], indirect=True)
    elif "ledger_store" in metafunc.fixturenames and chosen:
        metafunc.parametrize("ledger_store", of[chosen], indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        only, call = item.get_closest_marker("file_only"), getattr(item, "callspec", None)
        if only is not None and call is not None and POSTGRESQL in (call.params.get("any_store"), call.params.get("ledger_store")):
            item.add_marker(pytest.mark.skip(f"a ledger on a server has no {only.args[0]}"))


@pytest.fixture(scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Server]]:
    made: list[Server] = []

    def get() -> Server:
        if not made:
            made.append(_connected(tmp_path_factory))
        return made[0]

    yield get
    for server in made:
        server.close()


def _connected(tmp_path_factory: pytest.TempPathFactory) -> Server:
    try:
        named = os.environ.get("HYDESK_TEST_SERVER", "").rpartition("/")[0]
        return Server(named or shared_server(common_folder(tmp_path_factory) / "postgres"))
    except NoServer as e:
        pytest.skip(SKIPPED + str(e))
    except ImportError:
        pytest.skip(SKIPPED + "its driver is not installed (pip install \"hydesk[server]\")")


@pytest.fixture(scope="session")
def server(_server: Callable[[], Server]) -> Server:
    """A PostgreSQL server; without one the test is skipped."""
    return _server()


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory, _server: Callable[[], Server]) -> Stores:
    return Stores(tmp_path_factory, _server)


@pytest.fixture
def any_store(request: pytest.FixtureRequest) -> str:
    """Each store in turn."""
    return str(request.param)


@pytest.fixture
def ledger_store(request: pytest.FixtureRequest) -> str:
    """The store that ``--store`` names, else a file."""
    return str(getattr(request, "param", SQLITE))


@pytest.fixture
def any_ledger(any_store: str, stores: Stores, tmp_path: Path) -> Iterator[Ledger]:
    """A new, empty ledger, of each store in turn."""
    with stores.empty(any_store, tmp_path / "台账.hydesk") as made:
        yield made


@pytest.fixture
def any_two(any_store: str, stores: Stores, tmp_path: Path) -> Iterator[tuple[Ledger, Ledger]]:
    """Two handles of one new, empty ledger, of each store in turn."""
    with stores.two_handles(any_store, tmp_path / "两台.hydesk") as handles:
        yield handles


@pytest.fixture
def any_demonstration(any_store: str, stores: Stores, tmp_path: Path, demo_file: Path) -> Iterator[Ledger]:
    """A copy of the demonstration ledger, of each store in turn."""
    with stores.demonstration(any_store, tmp_path / "演示.hydesk", demo_file) as made:
        yield made


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", ())
               if isinstance(report.longrepr, tuple) and SKIPPED in str(report.longrepr[2])]
    if reasons:
        why = reasons[0].partition(SKIPPED)[2]
        terminalreporter.write_line(f"PostgreSQL: {len(reasons)} tests were skipped, {why}", yellow=True)
