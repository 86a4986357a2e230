"""What waits is kept in the ledger: when, in which order, and what becomes of it where a server fails or another desk decides too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError, ServerFailed
from hydesk.domain.return_states import UNCHANGED
from hydesk.domain.touched import Touched
from hydesk.ui.screens.returns import keep
from hydesk.ui.screens.returns.keep import AGAIN_MS, Keeper
from hydesk.ui.screens.returns.pile import Pile
from hydesk.ui.screens.returns.waiting import WaitingDraft
from tests.ui.models.standing_in import StandInDesk
from tests.ui.models.test_waiting import ERROR, HELD, JUNE, ROWS, draft

SERVER: Any = SimpleNamespace(path=None)
FILE: Any = SimpleNamespace(path=Path("台账.hydesk"))


class _Kept:
    """A keeper over a ledger on a server, and one return that waits in it as number 7."""

    def __init__(self, ledger: Any = SERVER) -> None:
        self.desk, self.owner = StandInDesk(ledger, JUNE), QObject()
        self.keeper = Keeper(self.desk, Pile(), self.owner)  # type: ignore[arg-type]
        self.one = _waiting(7)
        self.joined: list[WaitingDraft] = []
        self.keeper.joined.connect(self.joined.append)

    @property
    def jobs(self) -> list[Any]:
        return self.desk.jobs.asked

    def run(self) -> None:
        self.jobs[-1].run()
        QCoreApplication.processEvents()


def _waiting(number: int | None, **more: Any) -> WaitingDraft:
    made = WaitingDraft(replace(draft(*HELD, rows=ROWS, findings=(ERROR,)), **({"content": b"x"} | more)))
    made.received = number
    return made


@pytest.fixture
def kept() -> _Kept:
    return _Kept()


# What another desk decided -----------------------------------------------------------------------------------------

def test_what_another_desk_decided_is_taken_over(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    other = WaitingDraft(kept.one.draft)
    other.toggle([HELD[2]], True, "因")
    held = [SimpleNamespace(id=5, decisions={"x": 1}), SimpleNamespace(id=7, decisions=other.decisions())]
    monkeypatch.setattr(keep, "list_received", lambda ledger, period: held if (ledger, period) == (SERVER, JUNE) else [])
    monkeypatch.setattr(keep, "read_received", lambda ledger, key: kept.one.draft if (ledger, key) == (SERVER, 7) else None)
    kept.keeper.refresh(kept.one)
    assert (kept.jobs[-1].writes, kept.jobs[-1].quiet) == (False, True)
    kept.run()
    assert kept.joined == [kept.one]
    assert (kept.one.kept, kept.one.decided) == (other.decisions(), other.decided)
    kept.keeper.refresh(kept.one)
    kept.run()
    assert kept.joined == [kept.one], "what is known already is not told again"


def test_a_return_that_no_longer_waits_stays_as_it_was_read(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "list_received", lambda *_: [])
    kept.one.kept = {"x": 1}
    kept.keeper.refresh(kept.one)
    kept.run()
    assert (kept.joined, kept.one.kept) == ([], {"x": 1})


def test_nobody_is_asked_where_no_other_desk_can_decide_or_own_decisions_wait(kept: _Kept) -> None:
    alone = _Kept(FILE)
    alone.keeper.refresh(alone.one)
    kept.keeper.refresh(_waiting(None))
    kept.keeper.decided(kept.one)
    kept.keeper.refresh(kept.one)
    assert (alone.jobs, kept.jobs) == ([], [])


# What was decided here --------------------------------------------------------------------------------------------

def test_decisions_are_kept_and_joined_with_those_of_another_desk(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    stored: list[Any] = []
    answer: dict[str, Any] = {}
    monkeypatch.setattr(keep, "keep_decisions", lambda ledger, key, decisions, base: stored.append((ledger, key, dict(decisions), dict(base))) or (answer or decisions))
    monkeypatch.setattr(keep, "read_received", lambda _ledger, _key: kept.one.draft)
    kept.one.toggle([HELD[2]], True, "因")
    mine = kept.one.decisions()
    kept.keeper.decided(kept.one)
    kept.keeper._store()
    kept.run()
    assert stored == [(SERVER, 7, mine, {})]
    assert (kept.one.kept, kept.joined) == (mine, []), "nobody else decided: nothing is read anew"
    other = WaitingDraft(kept.one.draft)
    other.toggle([HELD[1]], True)
    answer |= other.decisions()
    kept.keeper.decided(kept.one)
    kept.keeper._store()
    kept.run()
    assert (kept.joined, kept.one.decided) == ([kept.one], other.decided)
    kept.keeper.decided(kept.one)
    kept.keeper._store()
    kept.keeper.decided(kept.one)  # decided again while the first was being kept
    kept.one.forget_all()
    kept.run()
    assert (kept.joined, kept.one.decided) == ([kept.one], {}), "what was decided since is not lost"


def test_what_a_server_did_not_take_is_tried_again_with_what_came_since(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    errors: list[Exception] = [ServerFailed("没有回答")]
    stored: list[int] = []

    def keep_decisions(_ledger: Any, key: int, decisions: Any, _base: Any) -> Any:
        if errors:
            raise errors[-1]
        stored.append(key)
        return decisions

    monkeypatch.setattr(keep, "keep_decisions", keep_decisions)
    later, newer = _waiting(8), _waiting(7)
    kept.keeper.decided(kept.one)
    kept.keeper._store()
    kept.keeper.decided(later)
    kept.keeper.decided(newer)
    kept.run()
    assert kept.keeper._changed == {7: newer, 8: later}
    assert (kept.keeper._soon.isActive(), kept.keeper._soon.interval(), kept.desk.jobs.failed.all) == (True, AGAIN_MS, [])
    errors[:] = [HydeskError("已入库")]
    kept.keeper._store()
    kept.run()
    assert (kept.keeper._changed, kept.desk.jobs.failed.all) == ({}, []), "what was taken in meanwhile is let go"
    errors[:] = [ValueError("a mistake")]
    kept.keeper.decided(kept.one)
    kept.keeper._store()
    kept.run()
    assert (kept.keeper._changed, kept.desk.jobs.failed.all) == ({}, errors)
    errors.clear()
    for one in (kept.one, later):
        kept.keeper.decided(one)
    kept.keeper.store_now()
    assert (stored, kept.keeper._changed, kept.keeper._soon.isActive()) == ([7, 8], {}, False)
    kept.keeper.store_now()
    assert stored == [7, 8]


def test_a_return_that_is_gone_does_not_keep_the_others_from_being_stored_as_the_window_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, stored = _Kept(FILE), list[int]()

    def keep_decisions(_ledger: Any, key: int, _decisions: Any, _base: Any) -> Any:
        if key == 7:
            raise HydeskError("已入库")
        stored.append(key)

    monkeypatch.setattr(keep, "keep_decisions", keep_decisions)
    for one in (alone.one, _waiting(None), _waiting(9)):
        alone.keeper.decided(one)
    alone.keeper.store_now()
    assert stored == [9]


# Files that come ----------------------------------------------------------------------------------------------------

def test_only_files_that_say_something_new_are_kept(kept: _Kept) -> None:
    again = _waiting(None)
    again.repeats = "甲.xlsx"
    for one in (again, _waiting(None, status=UNCHANGED), _waiting(None, content=b"")):
        kept.keeper.keep(one)
    assert (kept.jobs, kept.keeper.unkept) == ([], 0)


def test_who_looks_at_returns_is_told_once_the_last_file_is_kept(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "keep_received", lambda _ledger, _draft: Done(11))
    some = [_waiting(None), _waiting(None), _waiting(None)]
    for one in some:
        kept.keeper.keep(one)
    first, second, third = kept.jobs
    assert (kept.keeper.unkept, first.writes, first.quiet) == (3, True, True)
    first.run()
    assert (some[0].received, kept.keeper.unkept, kept.desk.changes.all) == (11, 2, [])
    second.cancelled()
    monkeypatch.setattr(keep, "keep_received", lambda _ledger, _draft: 1 // 0)
    third.run()
    assert (kept.keeper.unkept, kept.desk.changes.all) == (0, [Touched.RETURNS])
    assert [type(e) for e in kept.desk.jobs.failed.all] == [ZeroDivisionError]
    assert [w.received for w in some] == [11, None, None]


def test_a_file_that_a_server_did_not_take_is_kept_later_and_told_once(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[tuple[int, Any]] = []
    monkeypatch.setattr(keep.QTimer, "singleShot", lambda ms, _owner, what: waits.append((ms, what)))
    lost = ServerFailed("没有回答")

    def away(_ledger: Any, _draft: Any) -> Any:
        raise lost

    monkeypatch.setattr(keep, "keep_received", away)
    kept.keeper.keep(kept.one)
    for tries in (1, 2, 3):
        kept.run()
        assert (kept.keeper.unkept, kept.desk.jobs.failed.all, waits[-1][0]) == (1, [lost], AGAIN_MS)
        waits[-1][1]()
        assert (kept.keeper.unkept, len(kept.jobs)) == (1, tries + 1)
    monkeypatch.setattr(keep, "keep_received", lambda _ledger, _draft: Done(3))
    kept.run()
    assert (kept.one.received, kept.keeper.unkept, kept.desk.changes.all) == (3, 0, [Touched.RETURNS])
