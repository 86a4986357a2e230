"""Undoing returns and project lists at any later time."""

from __future__ import annotations

from itertools import permutations

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.acts.undo_import import undo_import
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_content import check_open
from tests.services.made import JUNE, MAY, code, draft, exported, facts, fill, money, take_list


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    """Of each store in turn: both must answer alike."""
    return any_ledger


def taken(ledger: Ledger, *arguments: object, **more: object) -> int:
    """The number of a return taken in."""
    done = apply_return(ledger, draft(ledger, *arguments, **more)).value  # type: ignore[arg-type]
    assert done.return_id is not None
    return done.return_id


def year_to_date(ledger: Ledger) -> list[int | None]:
    return [s.year_investment for s in list_standings(ledger, JUNE)]


def test_undo_brings_everything_back(ledger: Ledger) -> None:
    fill(ledger)
    taken(ledger, MAY, {1: money(5, 50)})
    before, standings = exported(ledger), list_standings(ledger, JUNE)
    june = taken(ledger, JUNE, {1: money(6, 56, progress_text="封顶"), 3: money(1, 1)})
    result = undo_import(ledger, june)
    assert (result.restored, result.kept) == (3 + 1 + 2 + 1, ())
    assert exported(ledger) == before
    assert list_standings(ledger, JUNE) == standings
    assert [r.undone for r in list_returns(ledger)] == [True, False]


def test_after_undo_the_same_file_comes_in_again(ledger: Ledger) -> None:
    fill(ledger)
    given = draft(ledger, JUNE, {1: money(6, 56)})
    first = apply_return(ledger, given).value
    assert first.return_id is not None
    undo_import(ledger, first.return_id)
    assert apply_return(ledger, given).value.status == "applied"
    assert year_to_date(ledger)[0] == 56


def test_undoing_a_correction_brings_the_earlier_return_back(ledger: Ledger) -> None:
    fill(ledger)
    first = taken(ledger, JUNE, {1: money(1, 2), 3: money(3, 4)})
    second = taken(ledger, JUNE, {1: money(9, 10)}, name="更正.xlsx")
    undo_import(ledger, second)
    assert year_to_date(ledger)[::2] == [2, 4]
    assert [(r.id, r.undone, r.superseded_by) for r in list_returns(ledger)] == [
        (second, True, None), (first, False, None)]


def test_what_a_later_return_repeats_survives_undoing_the_earlier(ledger: Ledger) -> None:
    fill(ledger)
    first = taken(ledger, JUNE, {1: money(1, 2), 3: money(3, 4)})
    second = taken(ledger, JUNE, {1: money(9, 10), 3: money(3, 4)}, name="更正.xlsx")
    undo_import(ledger, first)
    assert year_to_date(ledger)[::2] == [10, 4]
    undo_import(ledger, second)
    assert year_to_date(ledger)[::2] == [None, None]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order_of_undoing_ends_where_it_began(ledger: Ledger, order: tuple[int, ...]) -> None:
    fill(ledger)
    before = (exported(ledger), list_standings(ledger, JUNE))
    numbers = [taken(ledger, JUNE, {1: money(1, 2), 3: money(3, 4)}, name="一"),
               taken(ledger, JUNE, {1: money(9, 10), 3: money(3, 5)}, name="二"),
               taken(ledger, JUNE, {1: money(9, 11)}, name="三")]
    for index in order:
        undo_import(ledger, numbers[index])
        assert check_open(ledger) == []
    assert (exported(ledger), list_standings(ledger, JUNE)) == before


def test_what_people_edited_afterwards_stays_and_is_named(ledger: Ledger) -> None:
    fill(ledger)
    one = list_standings(ledger, JUNE)[0]
    number = taken(ledger, JUNE, {1: money(6, 56), 3: money(1, 1)})
    edit_project(ledger, one.id, Field.YEAR_INVESTMENT, 57, JUNE, "电话核实", "戊")
    kept = undo_import(ledger, number).kept
    assert year_to_date(ledger)[::2] == [57, None]
    assert [(k.project, k.field, k.value, k.undone_value, k.actor) for k in kept] == [
        (code(1), "年初至本月累计完成投资", "0.0057万元", "0.0056万元", "戊")]
    assert "戊" in str(kept[0])
    assert "0.0057万元" in str(kept[0])
    undo_last(ledger, Actor("戊"))
    assert year_to_date(ledger)[0] is None


def test_undoing_twice_or_nothing_is_told(ledger: Ledger) -> None:
    fill(ledger)
    number = taken(ledger, JUNE, {1: money(6, 56)})
    undo_import(ledger, number)
    with pytest.raises(HydeskError, match="已经撤销"):
        undo_import(ledger, number)
    with pytest.raises(HydeskError, match="999"):
        undo_import(ledger, 999)


def test_undoing_a_list_takes_its_projects_away(ledger: Ledger) -> None:
    first = fill(ledger, 2)
    before = exported(ledger)
    second = take_list(ledger, facts(1, annual_plan=5), facts(7), facts(8))
    assert (second.added, second.changed) == (2, 1)
    assert second.import_id is not None
    assert undo_import(ledger, second.import_id).kept == ()
    assert exported(ledger) == before
    assert first.import_id is not None
    undo_import(ledger, first.import_id)
    assert exported(ledger) == []
    assert fill(ledger, 2).added == 2
    assert exported(ledger) == before


def test_a_project_with_later_figures_survives_undoing_its_list(ledger: Ledger) -> None:
    listed = fill(ledger, 3)
    taken(ledger, JUNE, {1: money(6, 56)})
    assert listed.import_id is not None
    kept = undo_import(ledger, listed.import_id).kept
    assert [(k.project, k.field) for k in kept] == [(code(1), "全部内容")]
    assert [r[Field.CODE] for r in exported(ledger)] == [code(1)]
    assert year_to_date(ledger) == [56]


def test_a_project_that_a_later_list_names_survives_undoing_the_first(ledger: Ledger) -> None:
    first = fill(ledger, 2)
    take_list(ledger, facts(1), facts(9))
    assert first.import_id is not None
    undo_import(ledger, first.import_id)
    assert [r[Field.CODE] for r in exported(ledger)] == [code(1), code(9)]
