"""The first screenful of a long ledger says of each project what the whole list says."""

from __future__ import annotations

import pytest

from hydesk.db.ledger import Ledger
from hydesk.services.projects.list_more_facts import list_more_facts
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings import list_standings as listing
from hydesk.services.standings.list_standings import first_standings, list_standings
from tests.services.made import JUNE, MAY, draft, fill, money


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    """Of each store in turn: both must answer alike."""
    return any_ledger


def test_the_first_rows_are_those_of_the_whole_list(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(ledger, 8)
    apply_return(ledger, draft(ledger, MAY, {1: money(year=5), 2: money(month=3)}, name="5月"))
    apply_return(ledger, draft(ledger, JUNE, {2: money(month=4, progress_text="封顶"), 7: money(year=9)}, name="6月"))
    whole = list_standings(ledger, JUNE)
    assert first_standings(ledger, JUNE, 60) is None  # hardly more than that: read at once
    monkeypatch.setattr(listing, "_HARDLY_MORE", 0)
    first = first_standings(ledger, JUNE, 5)
    assert first == whole[:5]
    facts = list_more_facts(ledger, JUNE)
    ids = {p.id for p in whole[:5]}
    assert list_more_facts(ledger, JUNE, ids) == {key: facts[key] for key in ids}
