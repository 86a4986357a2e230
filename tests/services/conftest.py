"""A real ledger file for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.services.upkeep.open_ledger import create_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new, empty ledger."""
    made = create_ledger(tmp_path / "台账.hydesk")
    yield made
    made.close()
