"""The small town that what pages say is held against: a frozen ledger file of 62 projects, its returns, nodes, problems and registers.

A file that never changes: only the program can change what is said of it.
"""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.shared import in_zone

TOWN = Path(__file__).parent / "services" / "pages" / "kept" / "town.hydesk.gz"


def town_in(folder: Path) -> Iterator[Ledger]:
    """For a fixture: a copy of the town's ledger in ``folder``, open."""
    path = folder / "town.hydesk"
    path.write_bytes(gzip.decompress(TOWN.read_bytes()))
    ledger = open_ledger(path)
    yield ledger
    ledger.close()


NEEDS_CLOCK = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time of the place cannot be set")
IN_HENGYANG = [NEEDS_CLOCK, pytest.mark.usefixtures("hengyang")]
"""For the ``pytestmark`` of a module: what happened when, and so who was late, is told by the time of the place."""


@pytest.fixture(scope="module")
def hengyang() -> Iterator[None]:
    """The time of the place."""
    with in_zone("Asia/Shanghai"):
        yield


@pytest.fixture(scope="module")
def town(hengyang: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The town, for tests of a module that only read."""
    yield from town_in(tmp_path_factory.mktemp("town"))


@pytest.fixture
def own_town(hengyang: None, tmp_path: Path) -> Iterator[Ledger]:
    """The town, for one test that writes."""
    yield from town_in(tmp_path)
