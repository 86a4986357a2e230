"""A real ledger for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from tests.services.insert_only import changes_of_what_grows
from tests.stores import Stores


@pytest.fixture
def ledger(ledger_store: str, stores: Stores, tmp_path: Path) -> Iterator[Ledger]:
    """A new, empty ledger: a file, or what ``--store`` names. Nothing of it that only grows is changed in the test."""
    with stores.empty(ledger_store, tmp_path / "台账.hydesk") as made:
        changed = changes_of_what_grows(made)
        yield made
        assert changed == []
