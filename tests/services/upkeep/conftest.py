"""An office at a server, for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.people import PersonRole
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.services.upkeep.office import Office, office_on
from tests.stores import Server


@pytest.fixture
def office(server: Server) -> Iterator[Office]:
    with office_on(server) as made:
        yield made


@pytest.fixture
def opened(office: Office) -> Iterator[Callable[[PersonRole | str], Ledger]]:
    """The ledger as somebody opens it."""
    held: list[Ledger] = []

    def opens(role: PersonRole | str) -> Ledger:
        held.append(open_ledger(office.at(role)))
        return held[-1]

    yield opens
    for ledger in held:
        ledger.close()
