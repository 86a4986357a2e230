"""Editing by hand, and undoing and redoing over restarts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground
from hydesk.domain.understanding import ReadValue
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.projects.adjust_list import exit_list
from hydesk.services.projects.edit_project import edit_project, remember_name
from hydesk.services.projects.list_adjustments import list_adjustments
from hydesk.services.projects.project_history import project_history, provenance
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.services.made import JUNE, draft, exported, fill, money
from tests.undoing import next_redo, next_undo, redo_depth, undo_depth


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    """Of each store in turn: both must answer alike."""
    return any_ledger


def first(ledger: Ledger) -> int:
    return list_standings(ledger, JUNE)[0].id


def test_an_edit_is_logged_with_who_and_why(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, first(ledger), Field.ANNUAL_PLAN, 300_000_000, JUNE, "市政府第5次会议", "甲")
    assert list_standings(ledger, JUNE)[0].annual_plan == 300_000_000
    change = project_history(ledger, first(ledger)).changes[0]
    assert (change.actor, change.field, change.period, change.old, change.new, change.source) == (
        "甲", "年度计划投资", "2023", "20,000.0001万元", "30,000.00万元", "手工修改：市政府第5次会议")
    found = provenance(ledger, first(ledger), Field.ANNUAL_PLAN, JUNE)
    assert found is not None
    assert (found.return_id, found.words) == (None, "市政府第5次会议")


def test_setting_what_is_held_does_nothing(ledger: Ledger) -> None:
    fill(ledger)
    depth = undo_depth(ledger)
    edit_project(ledger, first(ledger), Field.NATURE, "新建")
    assert undo_depth(ledger) == depth


def test_a_renamed_project_is_still_known_by_its_former_name(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, first(ledger), Field.NAME, "新名字")
    remember_name(ledger, first(ledger), "新名子")
    assert take_snapshot(ledger, JUNE).projects[0].names == ("第1号项目", "新名子")
    undo_last(ledger)
    undo_last(ledger)
    assert (take_snapshot(ledger, JUNE).projects[0].name, take_snapshot(ledger, JUNE).projects[0].names) == (
        "第1号项目", ())


def test_dates_keep_how_exactly_they_were_given(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, first(ledger), Field.START_DATE, LooseDate.of_quarter(2023, 2))
    nodes = list_milestones(ledger, JUNE).of(first(ledger))
    assert nodes is not None
    assert {name: (str(n.baseline), str(n.actual)) for name, n in nodes.nodes.items()} == {"开工": ("2023-04", "2023年二季度")}
    assert list_standings(ledger, JUNE)[0].started


@pytest.mark.parametrize(("field", "value", "said"), [
    (Field.ANNUAL_PLAN, "三千", "金额"), (Field.ANNUAL_PLAN, -1, "不能是"), (Field.NAME, "  ", "不能为空"),
    (Field.START_DATE, "明年", "日期"), (Field.START_YEAR, "后年", "年份"), (Field.CODE, "HY2023-002", "已被"),
    (Field.REPORTING_UNIT, "衡南", None), (Field.REPORTING_UNIT, "衡楠县", "没有名为"), (Field.YEARS, "2021-2022", "分别"),
    (Field.MONTH_INVESTMENT, 5, "报告期"),
])
def test_what_cannot_stand_is_refused(ledger: Ledger, field: Field, value: ReadValue, said: str | None) -> None:
    fill(ledger)
    before = exported(ledger)
    if said is None:
        edit_project(ledger, first(ledger), field, value)
    else:
        with pytest.raises(HydeskError, match=said):
            edit_project(ledger, first(ledger), field, value)
    assert exported(ledger) == before


def test_a_dropped_project_leaves_the_list_from_that_day(ledger: Ledger) -> None:
    fill(ledger, 2)
    exit_list(ledger, first(ledger), 2023, Ground(date(2023, 6, 30), "业主放弃"), Actor("甲"))
    assert len(list_standings(ledger, JUNE.previous())) == 2
    project = list_standings(ledger, JUNE.previous())[0].id
    assert len(list_standings(ledger, JUNE)) == 1
    assert [(a.project_id, a.kind.label, a.reason) for a in list_adjustments(ledger)] == [(project, "退出", "业主放弃")]
    undo_last(ledger, Actor("甲"))
    assert len(list_standings(ledger, JUNE)) == 2
    assert list_adjustments(ledger) == []


def test_a_hundred_and_twenty_steps_back_and_forth_over_restarts(tmp_path: Path) -> None:
    path = tmp_path / "台账.hydesk"
    ledger = create_ledger(path)
    fill(ledger)
    states = [exported(ledger)]
    for step in range(120):
        project = list_standings(ledger, JUNE)[step % 4].id
        edit_project(ledger, project, (Field.ANNUAL_PLAN, Field.NAME, Field.BUILDER)[step % 3],
                     step if step % 3 == 0 else f"第{step}步")
        states.append(exported(ledger))
    for step in range(120, 0, -1):
        if step % 40 == 0:
            ledger.close()
            ledger = open_ledger(path)
        assert undo_last(ledger) is not None
        assert exported(ledger) == states[step - 1]
    ledger.close()
    ledger = open_ledger(path)
    assert redo_depth(ledger) == 120
    for step in range(1, 121):
        assert redo_last(ledger) is not None
        assert exported(ledger) == states[step]
    assert redo_last(ledger) is None
    ledger.close()


def test_something_new_ends_redoing(ledger: Ledger) -> None:
    fill(ledger)
    edit_project(ledger, first(ledger), Field.BUILDER, "甲公司")
    undo_last(ledger)
    assert next_redo(ledger) == "修改“第1号项目”的业主单位"
    edit_project(ledger, first(ledger), Field.BUILDER, "乙公司")
    assert (redo_depth(ledger), redo_last(ledger), next_redo(ledger)) == (0, None, None)


def test_imports_are_undone_and_redone_like_edits(ledger: Ledger) -> None:
    fill(ledger)
    apply_return(ledger, draft(ledger, JUNE, {1: money(6, 56)}))
    assert next_undo(ledger) == "衡南县2023年6月报表入库"
    assert undo_last(ledger) == "衡南县2023年6月报表入库"
    assert list_standings(ledger, JUNE)[0].year_investment is None
    assert undo_last(ledger) is None  # the list is 甲's
    assert undo_last(ledger, Actor("甲")) == "导入2023年项目清单“清单.xlsx”"
    assert list_standings(ledger, JUNE) == []
    redo_last(ledger, Actor("甲"))
    redo_last(ledger)
    assert list_standings(ledger, JUNE)[0].year_investment == 56
    assert list_standings(ledger, JUNE)[0].reported
