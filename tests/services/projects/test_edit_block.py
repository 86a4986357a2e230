"""Many cells changed at once: judged like a return, one act, one undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Adjustment
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.pages.ledger_views import delete_view, list_views, save_view
from hydesk.services.pages.project_page import project_page
from hydesk.services.problems.record_problem import NewProblem, record_problem
from hydesk.services.projects.edit_block import Edit, JudgedEdit, judge_edits, write_edits
from hydesk.services.projects.list_more_facts import list_more_facts
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.made import JUNE, MAY, draft, facts, fill, money, take_list
from tests.undoing import undo_depth


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    """Of each store in turn: both must answer alike."""
    return any_ledger


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    fill(ledger, 4)
    apply_return(ledger, draft(ledger, MAY, {1: money(5_000_000, 50_000_000), 2: money(1, 90_000_000)}, unit=None))
    return ledger


def ids(ledger: Ledger) -> list[int]:
    return [s.id for s in list_standings(ledger, JUNE)]


def one(ledger: Ledger, field: Field, words: str, unit: MoneyUnit = MoneyUnit.WAN, at: int = 0) -> JudgedEdit:
    return judge_edits(ledger, [Edit(ids(ledger)[at], field, words, unit)], JUNE)[0]


def test_words_are_read_in_the_unit_shown(filled: Ledger) -> None:
    assert one(filled, Field.ANNUAL_PLAN, "21,000.5").new == 210_005_000
    assert one(filled, Field.ANNUAL_PLAN, "2.5", MoneyUnit.YI).new == 250_000_000
    assert one(filled, Field.ANNUAL_PLAN, "2.5亿").new == 250_000_000
    assert one(filled, Field.ANNUAL_PLAN, "").new is None
    assert one(filled, Field.BUILDER, "  某 公司 ").new == "某 公司"


@pytest.mark.parametrize(("field", "words", "said"), [
    (Field.ANNUAL_PLAN, "很多", "读不出金额"), (Field.ANNUAL_PLAN, "约3000", "不是确切数字"), (Field.NAME, "", "不能为空"),
    (Field.ANNUAL_PLAN, "-5", "不能是"), (Field.CATEGORY, "没有这一类", "从名单里选"), (Field.NATURE, "老项目", "建设性质只有"),
    (Field.REPORTING_UNIT, "长沙市", "填报单位"), (Field.START_YEAR, "明年", "四位年份")])
def test_what_cannot_stand_is_refused_with_a_sentence(filled: Ledger, field: Field, words: str, said: str) -> None:
    judged = one(filled, field, words)
    assert said in judged.refused
    assert not judged.changes


def test_the_checks_of_returns_are_run(filled: Ledger) -> None:
    fell = one(filled, Field.YEAR_INVESTMENT, "4000")
    assert fell.changes
    assert not fell.sound
    assert "累计数不应减少" in fell.doubts[0]
    assert "一万倍" in one(filled, Field.ANNUAL_PLAN, "200000000").doubts[0]
    assert "写作“200000000”" in one(filled, Field.ANNUAL_PLAN, "200000000").doubts[0]
    assert "超过总投资" in one(filled, Field.ANNUAL_PLAN, "150000").doubts[0]
    assert "超过总投资" in one(filled, Field.YEAR_INVESTMENT, "200000").doubts[0]
    copied = one(filled, Field.MONTH_INVESTMENT, "500")
    assert copied.sound
    assert "与上月一分不差" in copied.remarks[0]


def test_a_changed_plan_is_no_doubt_in_the_ledger_itself(filled: Ledger) -> None:
    judged = one(filled, Field.ANNUAL_PLAN, "30000")
    assert judged.sound
    assert judged.remarks == ()


def test_a_block_is_one_act_undone_and_redone_as_one(filled: Ledger) -> None:
    before, depth = list_standings(filled, JUNE), undo_depth(filled)
    edits = [Edit(key, f, words) for key in ids(filled)[:3]
             for f, words in ((Field.ANNUAL_PLAN, "15000"), (Field.BUILDER, "新业主"), (Field.PROGRESS_TEXT, "封顶"))]
    judged = judge_edits(filled, edits, JUNE)
    assert write_edits(filled, judged, JUNE, "粘贴 9 处", "调整").value == 9
    after = list_standings(filled, JUNE)
    assert [s.annual_plan for s in after[:3]] == [150_000_000] * 3
    assert {s.progress_text for s in after[:3]} == {"封顶"}
    assert undo_depth(filled) == depth + 1
    assert undo_last(filled) == "粘贴 9 处"
    assert list_standings(filled, JUNE) == before
    redo_last(filled)
    assert list_standings(filled, JUNE) == after


def test_month_figures_go_to_the_period(filled: Ledger) -> None:
    write_edits(filled, [one(filled, Field.MONTH_INVESTMENT, "700")], JUNE)
    first = list_standings(filled, JUNE)[0]
    assert (first.month_investment, first.year_investment) == (7_000_000, 57_000_000)
    assert list_standings(filled, MAY)[0].month_investment == 5_000_000


def test_a_renamed_project_keeps_its_former_name_and_the_reason(filled: Ledger) -> None:
    key = ids(filled)[0]
    write_edits(filled, [one(filled, Field.NAME, "改过的名称")], JUNE, reason="立项批复改名")
    assert list_more_facts(filled, JUNE)[key].names == ("第1号项目",)
    with filled.read() as connection:
        kept = connection.execute(select(Adjustment.kind, Adjustment.reason).where(Adjustment.project_id == key)).one()
    assert tuple(kept) == ("renamed", "立项批复改名")


def test_nothing_is_written_where_a_project_has_gone(filled: Ledger) -> None:
    judged = [one(filled, Field.BUILDER, "甲"), one(filled, Field.BUILDER, "乙", at=1)]
    depth = undo_depth(filled)
    while undo_last(filled):
        pass
    assert undo_last(filled, Actor("甲")) == "导入2023年项目清单“清单.xlsx”"
    with pytest.raises(HydeskError, match="不在2023年的清单里"):
        write_edits(filled, judged, JUNE)
    assert undo_depth(filled) == 0 < depth


def test_views_are_kept_under_their_names_and_undone(filled: Ledger) -> None:
    save_view(filled, " 领导  用 ", {"columns": ["name"]})
    assert list_views(filled) == {"领导 用": {"columns": ["name"]}}
    delete_view(filled, "领导 用")
    assert list_views(filled) == {}
    undo_last(filled)
    assert list(list_views(filled)) == ["领导 用"]
    with pytest.raises(HydeskError, match="名称"):
        save_view(filled, "  ", {})


def test_half_a_letter_is_left_out_of_a_cell_and_told_elsewhere(tmp_path: Path) -> None:
    """As the clipboard of another program, or a name cut in two, brings it."""
    ledger = create_ledger(tmp_path / "台账.hydesk")
    take_list(ledger, facts(1))
    judged = judge_edits(ledger, [Edit(1, Field.REMARK, "甲\ud800乙\x00")], JUNE)
    assert write_edits(ledger, judged, JUNE).value == 1
    assert project_page(ledger, 1, JUNE).facts[Field.REMARK] == "甲乙"
    with pytest.raises(HydeskError, match=r"不成字的符号.*没有写入"):
        record_problem(ledger, NewProblem(1, "用地\ud800"))
    assert record_problem(ledger, NewProblem(1, "用地")).value
    ledger.close()
