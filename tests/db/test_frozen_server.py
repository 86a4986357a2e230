"""A server that stops answering is told in seconds, by a sentence that says what became of the step, and keeps nothing waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from hydesk.db import patience as waits
from hydesk.db.ledger import connect
from hydesk.db.patience import patience
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import acts
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.relay import Relay
from tests.services.made import JUNE, fill
from tests.stores import Server

SOON = 1.0
"""Seconds of patience in these tests."""


@pytest.fixture
def held(server: Server) -> Iterator[tuple[str, Relay, str]]:
    """A filled ledger's address by way of a relay, the relay, and the address without it."""
    with server.bare() as address:
        made = create_ledger(address)
        fill(made, 2)
        made.close()
        at = urlsplit(address)
        relay = Relay(at.hostname or "127.0.0.1", at.port or 5432)
        yield address.replace(f"{at.hostname}:{at.port}", f"127.0.0.1:{relay.port}"), relay, address
        relay.close()


def test_a_server_that_freezes_while_it_works_is_told(held: tuple[str, Relay, str]) -> None:
    way, relay, address = held
    ledger = connect(way)

    def look() -> None:
        with patience(SOON), ledger.read() as connection:
            connection.exec_driver_sql("SELECT 1")
            relay.freeze()
            connection.exec_driver_sql("SELECT 1")

    began = time.monotonic()
    with pytest.raises(HydeskError, match="没有回答，这一步没有写入"):
        look()
    assert time.monotonic() - began < SOON + 3
    ledger.close()
    direct = connect(address)
    edit_project(direct, 1, Field.ANNUAL_PLAN, 3_000_000, JUNE)
    direct.close()


def test_a_server_found_frozen_is_told_within_ten_seconds(
        held: tuple[str, Relay, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from hydesk.db import server

    assert server.PING_SECONDS + server.CONNECT_SECONDS < 10
    monkeypatch.setattr(server, "PING_SECONDS", 0.5)
    monkeypatch.setattr(server, "FRESH_SECONDS", 0.0)  # as after a while without a question
    monkeypatch.setattr(server, "CONNECT_SECONDS", 2)
    way, relay, _ = held
    ledger = connect(way)
    assert len(list_standings(ledger, JUNE)) == 2
    relay.freeze()
    began = time.monotonic()
    with pytest.raises(HydeskError, match="连不上台账服务器"):
        list_standings(ledger, JUNE)
    assert time.monotonic() - began < 9  # a busy machine takes its time
    ledger.close()


def test_of_a_commit_without_an_answer_nobody_says_what_became(
        held: tuple[str, Relay, str], monkeypatch: pytest.MonkeyPatch) -> None:
    import psycopg

    way, relay, address = held
    ledger = connect(way)
    real = psycopg.Connection.commit

    def freeze_first(connection: psycopg.Connection) -> None:
        if getattr(connection, "writes", False):
            relay.freeze()
        real(connection)

    other = connect(address)
    before = len(acts(other))
    monkeypatch.setattr(psycopg.Connection, "commit", freeze_first)
    with patience(SOON), pytest.raises(HydeskError, match="不能确定这一步写进去没有"):
        edit_project(ledger, 1, Field.ANNUAL_PLAN, 4_000_000, JUNE)
    ledger.close()
    assert len(acts(other)) in (before, before + 1)
    other.close()


def test_the_turn_of_a_frozen_client_goes_on(held: tuple[str, Relay, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from hydesk.db import server

    monkeypatch.setattr(server, "IDLE_SECONDS", 1)
    _, _, address = held
    frozen, other = connect(address), connect(address)

    def hold_the_turn() -> None:
        with frozen.write() as connection:
            connection.exec_driver_sql("SELECT 1")
            time.sleep(1.5)  # says nothing meanwhile
            edit_project(other, 2, Field.ANNUAL_PLAN, 5_000_000, JUNE)
            connection.exec_driver_sql("SELECT 1")

    with pytest.raises(HydeskError, match="停得太久"):
        hold_the_turn()
    assert next(p for p in list_standings(other, JUNE) if p.id == 2).annual_plan == 5_000_000
    frozen.close()
    other.close()


def test_what_moves_a_whole_ledger_waits_as_long_as_it_takes() -> None:
    assert waits.seconds_left() == waits.ANSWER_SECONDS == 10
    with patience():
        assert waits.seconds_left() is None
    assert waits.seconds_left() == 10
