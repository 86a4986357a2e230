"""Two desks at one server: each hears what the other writes and has in hand, and nobody keeps a claim by dying or freezing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from hydesk.db import watch as watching
from hydesk.db.ledger import Ledger, connect
from hydesk.db.watch import Heard, ServerWatch
from hydesk.domain.fields import Field
from hydesk.domain.matters import Matter, claim_number, claimed_words
from hydesk.services.acts.undo_acts import acts
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.made import fill
from tests.stores import Server

RETURN = claim_number("return/7")
Desk = tuple[Ledger, ServerWatch, list[Heard]]


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    def make(address: str) -> None:
        made = create_ledger(address)
        fill(made, 2)
        made.close()

    with server.copy("two projects", make) as place:
        yield place


@pytest.fixture
def desk(address: str) -> Iterator[Callable[[str], Desk]]:
    """A desk at the server where somebody of that name sits, once it watches."""
    held: list[Ledger] = []

    def sits(name: str) -> Desk:
        ledger, seen = connect(address), list[Heard]()
        held.append(ledger)
        watch = ServerWatch(ledger, name, seen.append)
        ledger.closing.append(watch.stop)
        until(lambda: bool(seen) and seen[-1].reached)
        return ledger, watch, seen

    yield sits
    for ledger in held:
        ledger.close()


def until(true: Callable[[], bool], within: float = 10.0) -> float:
    """How long it took until ``true``; fails after ``within`` seconds."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within, "did not happen"
        time.sleep(0.005)
    return time.monotonic() - began


def test_what_another_desk_writes_is_heard_at_once_and_what_is_rolled_back_is_not(
        desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PULSE_SECONDS", 60.0)  # by notice alone
    (writer, _, own), (_, _, heard) = desk("张三"), desk("李四")
    before = heard[-1].newest
    edit_project(writer, 1, Field.BUILDER, "新业主")
    took = until(lambda: heard[-1].newest > before)
    assert took < 2.0  # as it is promised; a few milliseconds on a machine with time for it
    until(lambda: own[-1].newest == heard[-1].newest)
    count = len(heard)
    with pytest.raises(ValueError, match="no"), writer.write():
        raise ValueError("no")
    time.sleep(0.1)
    assert len(heard) == count


def test_where_no_notice_comes_through_the_pulse_tells(desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "CHANNEL", "elsewhere")
    monkeypatch.setattr(watching, "PULSE_SECONDS", 0.1)
    (writer, _, _), (_, _, heard) = desk("张三"), desk("李四")
    before = heard[-1].newest
    edit_project(writer, 1, Field.BUILDER, "新业主")
    until(lambda: heard[-1].newest > before)


def test_what_is_in_hand_is_seen_by_others_locks_nobody_out_and_goes_with_the_next_thing(desk: Callable[[str], Desk]) -> None:
    (zhang, first, own), (_, second, heard) = desk("张三"), desk("李四")
    first.claim("return/7")
    until(lambda: heard[-1].claims == {RETURN: ("张三",)})
    assert RETURN not in own[-1].claims  # one's own is no news
    second.claim("return/7")
    until(lambda: own[-1].claims == {RETURN: ("李四",)})
    edit_project(zhang, 1, Field.BUILDER, "新业主")
    assert acts(zhang)[0].title.startswith("修改")
    first.claim("project/1")
    until(lambda: heard[-1].claims == {claim_number("project/1"): ("张三",)})
    first.claim(None)
    until(lambda: heard[-1].claims == {})


@pytest.mark.parametrize("end", ["closed", "killed", "frozen"])
def test_no_claim_outlives_its_client(desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    monkeypatch.setattr(watching, "PULSE_SECONDS", 0.2)
    (_, _, heard) = desk("李四")
    monkeypatch.setattr(watching, "SILENT_SECONDS", 1)
    ledger, first, _ = desk("张三")
    first.claim("return/7")
    until(lambda: heard[-1].claims == {RETURN: ("张三",)})
    if end == "closed":
        ledger.close()
    elif end == "killed":
        with ledger.read() as connection:  # as when its process ends: the socket is shut
            connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
                                       f"AND objid::bigint = {RETURN & 0xFFFFFFFF}")
        first.stop()
    else:
        frozen = first._pulse
        monkeypatch.setattr(first, "_pulse", lambda connection: time.sleep(3) or frozen(connection))
    assert until(lambda: heard[-1].claims == {}) < 5.0


def test_a_server_that_is_gone_is_told_and_what_was_in_hand_is_claimed_again(
        desk: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PULSE_SECONDS", 0.2)
    (ledger, first, own), (_, _, heard) = desk("张三"), desk("李四")
    first.claim("return/7")
    until(lambda: heard[-1].claims == {RETURN: ("张三",)})
    with ledger.read() as connection:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                                   "AND datname = current_database()")
    until(lambda: any(not seen.reached for seen in own))
    until(lambda: own[-1].reached and heard[-1].reached)
    until(lambda: heard[-1].claims == {RETURN: ("张三",)})


@pytest.mark.parametrize(("who", "words"), [
    ((), ""), (("李四",), "李四正在核对衡南县6月"), (("李四", "李四"), "李四正在核对衡南县6月"),
    (("甲", "乙", "丙", "丁"), "甲、乙、丙等4人正在核对衡南县6月")])
def test_claims_are_told_by_name(who: tuple[str, ...], words: str) -> None:
    assert claimed_words(who, Matter("return/7", "核对衡南县6月").doing) == words
