"""The small town that what pages say is held against: a frozen ledger file of 62 projects, its returns, nodes, problems and registers.

A file that never changes: only the program can change what is said of it.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.services.upkeep.open_ledger import open_ledger

TOWN = Path(__file__).parent / "services" / "pages" / "kept" / "town.hydesk.gz"


def town_in(folder: Path) -> Iterator[Ledger]:
    """For a fixture: a copy of the town's ledger in ``folder``, open."""
    path = folder / "town.hydesk"
    path.write_bytes(gzip.decompress(TOWN.read_bytes()))
    ledger = open_ledger(path)
    yield ledger
    ledger.close()
