"""Two desks at one ledger, a file or a server: each takes back its own, and none writes over what it has not seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydesk.db.agreement import unsettled
from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.problems import StepKind
from hydesk.domain.stale import Stale
from hydesk.services.acts.deciding import deciding_on
from hydesk.services.acts.undo_acts import acts, undo_named
from hydesk.services.problems.record_problem import NewProblem, edit_problem, record_problem, remove_problem
from hydesk.services.problems.step_problem import step_problem
from hydesk.services.projects.edit_block import Edit, judge_edits, write_edits
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.rules.settings import get_setting, set_setting
from hydesk.services.standings.read_figures import figures_of_year
from tests.services.acts.interleave import run
from tests.services.acts.two_desks import LI, ZHANG, Desk, remarks
from tests.services.made import JUNE, draft, fill, money


@pytest.fixture
def desks(any_two: tuple[Ledger, Ledger]) -> tuple[Desk, Desk]:
    """A clerk Zhang and a clerk Li, both having looked at a ledger of four projects."""
    fill(any_two[0])
    zhang, li = Desk(any_two[0], ZHANG), Desk(any_two[1], LI)
    zhang.look()
    li.look()
    return zhang, li


def test_ctrl_z_takes_back_ones_own_edit_and_leaves_anothers_return(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    zhang.write(1, "张三写的")
    taken = apply_return(li.ledger, draft(li.ledger, JUNE, {1: money(1_000, 2_000)}), LI).value
    stepped = zhang.undo()
    assert stepped is not None
    assert stepped.own
    assert stepped.title == "修改“第1号项目”的备注"
    assert remarks(li.ledger)[1] is None
    with li.ledger.read() as connection:
        assert figures_of_year(connection, JUNE)[1][0][-1].money[Field.MONTH_INVESTMENT] == 1_000
    assert [(a.actor, a.undone) for a in acts(zhang.ledger)[:2]] == [("李四", False), ("张三", True)]
    assert taken.return_id is not None


def test_anothers_act_is_taken_back_only_by_its_number_with_his_name(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    done = li.write(2, "李四写的")
    assert zhang.undo() is None
    (act,) = done.acts
    assert remarks(zhang.ledger)[2] == "李四写的"
    stepped = undo_named(zhang.ledger, act, ZHANG)
    assert (stepped.actor, stepped.own) == ("李四", False)
    assert remarks(zhang.ledger)[2] is None


def test_a_stale_edit_is_refused_with_who_when_from_what_to_what(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    li.write(1, "李四写的")
    before = len(acts(zhang.ledger))
    with pytest.raises(Stale) as refused:
        zhang.write(1, "张三写的")
    (cell,) = refused.value.cells
    assert (cell.project, cell.field, cell.then, cell.now, cell.actor) == ("第1号项目", "备注", None, "李四写的", "李四")
    assert f"“第1号项目”的备注：李四 {cell.at:%m-%d %H:%M} 从“空”改为“李四写的”" in str(refused.value)
    assert remarks(zhang.ledger)[1] == "李四写的"
    assert len(acts(zhang.ledger)) == before
    zhang.look()
    zhang.write(1, "张三写的")
    assert remarks(li.ledger)[1] == "张三写的"


def test_other_cells_of_the_project_are_not_stale(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    li.write(1, "李四写的")
    zhang.write(1, "某公司", Field.BUILDER)
    zhang.write(2, "别的项目")
    assert remarks(zhang.ledger) == {1: "李四写的", 2: "别的项目", 3: None, 4: None}


def test_what_was_put_back_or_says_the_same_is_not_stale(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    li.write(1, "一时写错")
    li.undo()
    zhang.write(1, "张三写的")
    li.write(2, "相同")
    assert not zhang.write(2, "相同").wrote, "nothing to write, and nothing to complain of"


def test_ones_own_later_writing_is_not_stale(desks: tuple[Desk, Desk]) -> None:
    zhang, _ = desks
    zhang.write(1, "一")
    zhang.write(1, "二")
    zhang.undo()
    zhang.write(1, "三")
    assert remarks(zhang.ledger)[1] == "三"


def test_an_undoing_by_another_is_told_as_such(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    li.write(1, "李四写的")
    zhang.look()
    li.undo()
    with pytest.raises(Stale) as refused:
        zhang.write(1, "张三续写的")
    (cell,) = refused.value.cells
    assert (cell.then, cell.now, cell.actor) == ("李四写的", None, "李四")
    assert cell.act == "撤销修改“第1号项目”的备注"


def test_of_a_block_nothing_is_written_until_the_stale_cells_are_left_out(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    li.write(2, "李四写的")
    judged = judge_edits(zhang.ledger, [Edit(p, Field.REMARK, f"张三{p}") for p in (1, 2, 3)], JUNE)
    with deciding_on(zhang.ledger, zhang.seen), pytest.raises(Stale) as refused:
        write_edits(zhang.ledger, judged, JUNE, actor=ZHANG)
    assert remarks(zhang.ledger) == {1: None, 2: "李四写的", 3: None, 4: None}
    gone = {(c.project_id, c.key) for c in refused.value.cells}
    rest = [j for j in judged if (j.edit.project_id, j.edit.field.value) not in gone]
    with deciding_on(zhang.ledger, zhang.seen):
        assert write_edits(zhang.ledger, rest, JUNE, actor=ZHANG).value == 2
    assert remarks(zhang.ledger) == {1: "张三1", 2: "李四写的", 3: "张三3", 4: None}


def test_of_a_return_only_the_stale_rows_wait(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    sent = replace(draft(zhang.ledger, JUNE, {1: money(1_000, 2_000), 3: money(3_000, 4_000)}),
                   snapshot=take_snapshot(zhang.ledger, JUNE))
    judged = judge_edits(li.ledger, [Edit(1, Field.MONTH_INVESTMENT, "9")], JUNE)
    write_edits(li.ledger, judged, JUNE, actor=LI)
    applied = apply_return(zhang.ledger, sent, ZHANG).value
    assert (applied.status, applied.held_back) == ("partly_applied", 1)
    (cell,) = applied.stale
    assert (cell.project_id, cell.field, cell.now, cell.actor) == (1, "本月完成投资", "9.00万元", "李四")
    with li.ledger.read() as connection:
        held = figures_of_year(connection, JUNE)
    assert held[1][0][-1].money[Field.MONTH_INVESTMENT] == 90_000, "what the other desk wrote"
    assert held[3][0][-1].money[Field.MONTH_INVESTMENT] == 3_000


def test_a_row_is_not_taken_away_over_what_another_wrote_in_it(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    key = record_problem(zhang.ledger, NewProblem(1, "征地未完成"), ZHANG).value
    li.look()
    edit_problem(zhang.ledger, key, {"responsible": "自然资源局"}, ZHANG)
    with deciding_on(li.ledger, li.seen), pytest.raises(Stale) as refused:
        remove_problem(li.ledger, key, LI)
    assert refused.value.cells[0].now == "自然资源局"


def test_steps_and_settings_are_decided_on_too(desks: tuple[Desk, Desk]) -> None:
    zhang, li = desks
    key = record_problem(zhang.ledger, NewProblem(1, "征地未完成"), ZHANG).value
    zhang.look()
    li.look()
    step_problem(li.ledger, key, StepKind.ACCEPT, actor=LI)
    with deciding_on(zhang.ledger, zhang.seen), pytest.raises(Exception, match=r"受理|别人改过"):
        step_problem(zhang.ledger, key, StepKind.ACCEPT, actor=ZHANG)
    set_setting(li.ledger, "office_name", "李四的办公室", "修改单位名称", LI)
    with deciding_on(zhang.ledger, zhang.seen), pytest.raises(Stale):
        set_setting(zhang.ledger, "office_name", "张三的办公室", "修改单位名称", ZHANG)
    assert get_setting(zhang.ledger, "office_name") == "李四的办公室"


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_silently_however_two_desks_interleave(any_two: tuple[Ledger, Ledger], seed: int) -> None:
    told = run(any_two, seed=seed, rounds=30, steps=8)
    assert told.written > 60
    assert told.refused > 5
    with any_two[0].read() as connection:
        assert unsettled(connection) == []
