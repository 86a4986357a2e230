"""Returns that wait to be reviewed: kept once, with what was decided, and gone once they are settled."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import ImportFile
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.keep_import import waiting_periods
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.projects.project_history import project_history
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.correct_draft import pack_corrections
from hydesk.services.returns.keep_received import (
    drop_received,
    keep_decisions,
    keep_received,
    list_received,
    read_received,
    received_file,
)
from hydesk.services.returns.list_returns import list_returns, original_file
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.returns_board import returns_board
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_content import check_open
from tests.services.made import JUNE, MAY, code
from tests.services.sheets import FIRST_ROW, YEAR, fill_ledger, line, read


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    fill_ledger(ledger)
    return ledger


def one(ledger: Ledger, year: float = 30) -> ReturnDraft:
    return read(ledger, [line(n, 10, year) for n in (1, 2, 3, 4)])


def year_of(ledger: Ledger) -> int | None:
    return list_standings(ledger, JUNE)[0].year_investment


def status(ledger: Ledger) -> str:
    return next(b.status for b in returns_board(ledger, JUNE) if b.unit == "衡南县")


def test_a_received_return_waits_and_nothing_of_it_is_written(filled: Ledger) -> None:
    draft = one(filled)
    key = keep_received(filled, draft, "甲").value
    [waiting] = list_received(filled, JUNE)
    assert (waiting.id, waiting.file, waiting.unit, waiting.period, waiting.actor, waiting.decisions, waiting.rows) == (
        key, "衡南县6月.xlsx", "衡南县", JUNE, "甲", {}, 4)
    assert received_file(filled, key) == (draft.name, draft.content)
    assert year_of(filled) is None
    assert status(filled) == "已收待核"
    assert list_received(filled, MAY) == ()
    assert waiting_periods(filled) == {JUNE}
    assert list_returns(filled) == []
    assert [r for r in project_history(filled, list_standings(filled, JUNE)[0].id).returns if r.period] == []


def test_the_same_file_twice_waits_once_and_its_bytes_are_kept_once(filled: Ledger) -> None:
    draft = one(filled)
    key = keep_received(filled, draft).value
    assert keep_received(filled, draft).value == key
    done = apply_return(filled, draft).value
    assert done.return_id is not None
    assert waiting_periods(filled) == set()
    assert original_file(filled, done.return_id) == original_file(filled, key) == (draft.name, draft.content)
    with filled.read() as connection:
        # The list that filled the ledger and this return.
        assert connection.execute(select(func.count()).select_from(ImportFile)).scalar() == 2
    assert check_open(filled) == []


def test_taking_it_in_settles_it_and_undoing_lets_it_wait_again(filled: Ledger) -> None:
    draft = one(filled)
    key = keep_received(filled, draft).value
    apply_return(filled, draft)
    assert (list_received(filled), status(filled), year_of(filled)) == ((), "已入库", 300_000)
    undo_last(filled)
    assert ([r.id for r in list_received(filled)], status(filled), year_of(filled)) == ([key], "已收待核", None)
    redo_last(filled)
    assert (list_received(filled), status(filled)) == ((), "已入库")
    undo_last(filled)
    undo_last(filled)
    assert (list_received(filled), status(filled)) == ((), "未报")


def test_dropping_is_an_act_that_can_be_undone(filled: Ledger) -> None:
    key = keep_received(filled, one(filled)).value
    drop_received(filled, key)
    assert (list_received(filled), status(filled), list_returns(filled, waiting=True)) == ((), "未报", [])
    with pytest.raises(HydeskError, match="不在待核之列"):
        drop_received(filled, key)
    assert undo_last(filled) == "移除衡南县2023年6月待核报表"
    assert [r.id for r in list_received(filled)] == [key]


def test_decisions_and_corrections_survive_closing_the_program(filled: Ledger) -> None:
    key = keep_received(filled, one(filled)).value
    corrections = {("6月", FIRST_ROW, YEAR): "35"}
    decisions = {"accept": [[code(1), "year_investment", True]], **pack_corrections(corrections, {})}
    keep_decisions(filled, key, decisions)
    [waiting] = list_received(filled)
    assert waiting.decisions == decisions
    draft = read_received(filled, key)
    assert draft.corrections.values == corrections
    assert draft.understanding.rows[0].values[YEAR] == 350_000


def test_an_earlier_file_of_the_unit_goes_with_a_later_one_but_not_the_other_way(filled: Ledger) -> None:
    first, second = one(filled, 30), one(filled, 31)
    keep_received(filled, first)
    later = keep_received(filled, second).value
    apply_return(filled, first)
    assert [r.id for r in list_received(filled)] == [later]
    undo_last(filled)
    apply_return(filled, second)
    assert list_received(filled) == ()
    assert next(b.rounds for b in returns_board(filled, JUNE) if b.unit == "衡南县") == 2


def test_what_says_nothing_new_is_not_received(filled: Ledger) -> None:
    draft = one(filled)
    apply_return(filled, draft)
    with pytest.raises(HydeskError, match="不必再收"):
        keep_received(filled, one(filled))
    with pytest.raises(HydeskError, match="不在待核之列"):
        keep_decisions(filled, 1, {})
