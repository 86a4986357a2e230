"""Undo by actor: each desk takes back its own acts, another's only by its number, and nothing is lost on the way."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.problems import StepKind
from hydesk.domain.touched import Touched
from hydesk.services.acts.name_actor import choose_name, chosen_name, current_actor
from hydesk.services.acts.undo_acts import (
    acts,
    read_number,
    redo_named,
    redo_newest,
    undo_last,
    undo_named,
    undo_newest,
)
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.problems.record_problem import NewProblem, record_problem
from hydesk.services.problems.step_problem import step_problem
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.keep_received import keep_received
from hydesk.services.rules.settings import get_setting, set_setting
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.services.made import JUNE, code, draft, fill, money
from tests.undoing import next_redo, next_undo, redo_depth, undo_depth

A = Actor("张三", "zhangsan", "PC-1")
B = Actor("李四", "lisi", "PC-2")


def remarks(ledger: Ledger) -> list[str | None]:
    with ledger.read() as connection:
        return list(connection.exec_driver_sql("SELECT remark FROM projects WHERE present ORDER BY id").scalars())


def test_undo_takes_back_ones_own_newest_act_and_not_anothers(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.REMARK, "甲", actor=A)
    taken = apply_return(ledger, draft(ledger, JUNE, {1: money(1, 2)}), B).value
    assert next_undo(ledger, A) == "修改“第1号项目”的备注"
    done = undo_newest(ledger, A)
    assert done is not None
    assert (done.title, done.actor, done.own, done.changed, done.kept) == ("修改“第1号项目”的备注", "张三", True, 1, ())
    assert remarks(ledger)[0] is None
    assert list_standings(ledger, JUNE)[0].year_investment == 2
    assert taken.return_id is not None
    assert (next_undo(ledger, A), undo_newest(ledger, A), undo_depth(ledger, B)) == (None, None, 1)


def test_the_same_name_at_another_account_is_another(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.REMARK, "甲", actor=A)
    for other in (Actor("张三", "zhangsan", "PC-9"), Actor("张三", "someone", "PC-1"), Actor("张三")):
        assert (undo_depth(ledger, other), undo_last(ledger, other)) == (0, None)
    renamed = Actor("老张", "zhangsan", "PC-1")
    assert undo_last(ledger, renamed) == "修改“第1号项目”的备注"
    assert (acts(ledger, A)[0].actor, acts(ledger, A)[0].undone_by) == ("张三", "老张")


@pytest.mark.parametrize(("me", "own"), [
    (Actor("张三", "zhangsan", "PC-1"), True), (Actor("老张", "张三", "PC-1"), True), (Actor("李四", "lisi", "PC-2"), False)])
def test_an_act_without_an_account_is_ones_own_where_the_name_is(ledger: Ledger, me: Actor, own: bool) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.REMARK, "甲", actor=Actor("张三"))
    assert [a.own for a in acts(ledger, me)][:1] == [own]
    assert (undo_newest(ledger, me) is not None) is own


def test_anothers_act_is_undone_by_its_number_and_his_name_is_told(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.REMARK, "甲", actor=B)
    line = acts(ledger, A)[0]
    assert (line.number, line.actor, line.own, line.undone) == ("A2", "李四", False, False)
    done = undo_named(ledger, line.id, A)
    assert (done.actor, done.own, done.touched) == ("李四", False, frozenset({Touched.PROJECTS}))
    line = acts(ledger, A)[0]
    assert (line.undone, line.undone_by, line.undone_at is not None) == (True, "张三", True)
    with pytest.raises(HydeskError, match="A2 已经撤销过了"):
        undo_named(ledger, 2, B)
    # Neither of the two gets it back by a key: it was not his own undoing, or not his own act.
    assert (next_redo(ledger, A), next_redo(ledger, B)) == (None, None)
    assert redo_named(ledger, 2, B).changed == 1
    assert remarks(ledger)[0] == "甲"
    with pytest.raises(HydeskError, match="A2 没有撤销"):
        redo_named(ledger, 2, B)
    for step in (undo_named, redo_named):
        with pytest.raises(HydeskError, match="没有编号为 A99 的操作"):
            step(ledger, 99, A)


def test_redo_is_not_taken_away_by_what_others_do(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.REMARK, "甲", actor=A)
    edit_project(ledger, 2, Field.REMARK, "乙", actor=A)
    undo_newest(ledger, A)
    undo_newest(ledger, A)
    edit_project(ledger, 3, Field.REMARK, "丙", actor=B)
    assert (redo_depth(ledger, A), redo_depth(ledger, B)) == (2, 0)
    done = redo_newest(ledger, A)
    assert done is not None
    assert (done.title, remarks(ledger)[:3]) == ("修改“第1号项目”的备注", ["甲", None, "丙"])
    edit_project(ledger, 4, Field.REMARK, "丁", actor=A)
    assert (redo_depth(ledger, A), redo_newest(ledger, A)) == (0, None)


def test_what_another_wrote_afterwards_stays_and_is_told_also_where_it_is_of_no_project(ledger: Ledger) -> None:
    set_setting(ledger, "office", "重点办", "修改设置", A)
    set_setting(ledger, "office", "项目中心", "修改设置", B)
    done = undo_newest(ledger, A)
    assert done is not None
    [kept] = done.kept
    assert (kept.project, kept.actor, done.touched) == ("", "李四", frozenset({Touched.RULES}))
    assert str(kept).startswith("设置“office”保留")
    assert get_setting(ledger, "office") == "项目中心"


def test_a_problem_that_another_stepped_stays_with_its_steps(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 2, Field.REMARK, "别的", actor=A)
    key = record_problem(ledger, NewProblem(1, "用地手续没有办"), A, date(2023, 6, 20)).value
    record_problem(ledger, NewProblem(2, "缺资金"), A, date(2023, 6, 20))
    step_problem(ledger, key, StepKind.ASSIGN, on=date(2023, 6, 20), unit="自然资源局",
                 due_on=date(2023, 7, 1), words="交办", actor=B, today=date(2023, 6, 20))
    assert undo_last(ledger, A) == "登记“第2号项目”的问题"
    done = undo_newest(ledger, A)
    assert done is not None
    assert [str(k).split("：")[0] for k in done.kept][-1].startswith(f"{code(1)} 第1号项目 的问题“用地手续没有办”整个保留")
    assert [p.title for p in list_problems(ledger, date(2023, 6, 20))] == ["用地手续没有办"]
    # Once the step is taken back nothing holds the problem any more.
    undo_newest(ledger, B)
    redo_named(ledger, done.act_id, A)
    assert undo_named(ledger, done.act_id, A).kept == ()
    assert list_problems(ledger, date(2023, 6, 20)) == []


def test_undoing_that_would_give_one_code_twice_is_refused_with_a_sentence(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, 1, Field.CODE, "HY2023-900", actor=A)
    edit_project(ledger, 2, Field.CODE, code(1), actor=B)
    with pytest.raises(HydeskError, match="同一个编号"):
        undo_newest(ledger, A)
    assert [s.code for s in list_standings(ledger, JUNE)][:2] == ["HY2023-900", code(1)]


def test_what_an_act_touched_is_told_by_the_log(ledger: Ledger) -> None:
    filled = fill(ledger)
    assert undo_named(ledger, 1, A).touched >= {Touched.PROJECTS, Touched.PLANS, Touched.MILESTONES, Touched.RETURNS}
    assert filled.import_id is not None
    redo_named(ledger, 1, A)
    keep_received(ledger, draft(ledger, JUNE, {1: money(1, 2)}), A)
    done = undo_newest(ledger, A)
    assert done is not None
    assert done.touched == {Touched.RETURNS}
    apply_return(ledger, draft(ledger, JUNE, {1: money(1, 2)}), A)
    done = undo_newest(ledger, A)
    assert done is not None
    assert done.touched == {Touched.RETURNS, Touched.PROGRESS}


def test_acts_are_listed_newest_first_by_name_and_up_to_a_limit(ledger: Ledger) -> None:
    fill(ledger)
    for n, who in enumerate((A, B, A), 1):
        edit_project(ledger, n, Field.REMARK, f"第{n}句", actor=who)
    assert [(a.number, a.own) for a in acts(ledger, A)] == [("A4", True), ("A3", False), ("A2", True), ("A1", False)]
    assert [a.number for a in acts(ledger, A, by="张三")] == ["A4", "A2"]
    assert [a.number for a in acts(ledger, A, limit=1)] == ["A4"]
    assert acts(ledger, A, by="无此人") == []


@pytest.mark.parametrize("text", ["A0", "A", "B12", "A-1", "A1.5", "", "A99999999999", "A2147483648", "Ａ１"])
def test_what_is_no_number_of_an_act_is_told(text: str) -> None:
    with pytest.raises(HydeskError, match="不是操作的编号"):
        read_number(text)


def test_a_bare_number_is_refused_with_a_hint() -> None:
    assert (read_number("A123"), read_number(" a7 ")) == (123, 7)
    with pytest.raises(HydeskError, match="是不是要写 A123"):
        read_number("123")


def test_the_name_chosen_at_this_desk_is_kept_and_signs_ones_acts(ledger: Ledger) -> None:
    before = current_actor()
    assert choose_name(" 张\n三\u200b ") == chosen_name() == "张 三"
    me = current_actor()
    assert (me.name, me.account, me.machine) == ("张 三", before.account, before.machine)
    fill(ledger)
    edit_project(ledger, 1, Field.REMARK, "甲")
    assert acts(ledger)[0].actor == "张 三"
    with pytest.raises(HydeskError, match="最多 20 个字"):
        choose_name("长" * 21)
    assert choose_name("") == chosen_name() == ""
    assert current_actor() == before
    assert acts(ledger)[0].own


def test_marks_of_an_older_ledger_keep_when_and_by_whom(tmp_path: Path) -> None:
    from tests.db.test_old_ledgers import old_ledger

    path = old_ledger("0006", tmp_path)
    with closing(sqlite3.connect(path)) as c:
        held = c.execute("SELECT id, undone_by, substr(undone_at, 1, 19) FROM acts ORDER BY id DESC").fetchall()
    ledger = open_ledger(path)
    with ledger.read() as connection:
        at = {r[0]: r[1][:19] for r in connection.exec_driver_sql(
            "SELECT act_id, at FROM act_marks m WHERE id = (SELECT max(id) FROM act_marks WHERE act_id = m.act_id)")}
    lines = acts(ledger, A)
    assert [(a.id, a.undone_by or None, at[a.id] if a.undone else None) for a in lines] == held
    assert remarks(ledger)[0] == "乙"
    assert [s.name for s in list_standings(ledger, JUNE)] == ["新名", "第3号项目"]
    # 王五 undid another's setting; the act is 张三's, who may take it up again by its number.
    assert (redo_depth(ledger, Actor("王五")), redo_depth(ledger, Actor("张三"))) == (0, 0)
    assert redo_named(ledger, 6, A).changed == 1
    assert redo_named(ledger, 1, A).changed > 0
    assert len(list_standings(ledger, JUNE)) == 8
    ledger.close()
    assert check_ledger(path) == []


@pytest.mark.parametrize("statement", [
    "UPDATE acts SET undone_at = NULL WHERE id = 4", "UPDATE acts SET undone_at = at, undone_by = '假' WHERE id = 3",
    "UPDATE change_log SET undone = 0 WHERE act_id = 1 AND project_id = 4",
    "UPDATE log_seals SET actor = '假' WHERE event = 'undone'", "DELETE FROM log_seals WHERE event = 'redone'",
])
def test_what_was_tampered_with_before_the_migration_is_still_told(tmp_path: Path, statement: str) -> None:
    from tests.db.test_old_ledgers import old_ledger

    path = old_ledger("0006", tmp_path)
    with closing(sqlite3.connect(path)) as c:
        assert c.execute(statement).rowcount > 0
        c.commit()
    open_ledger(path).close()
    assert "log_broken" in {f.code for f in check_ledger(path)}
