"""Project lists into the ledger and out again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.understanding import ProjectList
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.export_ledger import export_ledger
from hydesk.services.projects.project_history import project_history
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import apply_project_list, import_projects
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.standings.list_standings import ledger_years, list_classes, list_standings, list_units
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.made import JUNE, code, draft, exported, facts, fill, list_of, money, take_list
from tests.undoing import undo_depth


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    """Of each store in turn: both must answer alike."""
    return any_ledger


def cells(path: Path) -> list[list[object]]:
    return [[c.value for c in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]


def test_a_list_fills_the_ledger_in_its_order(ledger: Ledger) -> None:
    done = take_list(ledger, facts(3), facts(1), facts(2))
    assert (done.added, done.changed, done.unchanged, done.rejected) == (3, 0, 0, False)
    standings = list_standings(ledger, JUNE)
    assert [s.code for s in standings] == [code(3), code(1), code(2)]
    s = standings[1]
    assert (s.total_investment, s.invested_before, s.annual_plan) == (1_000_000_001, 12_345_678, 200_000_001)
    assert (s.start_year, s.finish_year, str(s.planned_start)) == (2023, 2025, "2023-04-30")
    assert ledger_years(ledger) == [2023]


def test_the_same_list_again_changes_nothing(ledger: Ledger) -> None:
    fill(ledger)
    depth = undo_depth(ledger)
    again = fill(ledger)
    assert (again.import_id, again.added, again.changed, again.unchanged) == (None, 0, 0, 4)
    assert undo_depth(ledger) == depth


def test_a_changed_list_brings_known_projects_up_to_date(ledger: Ledger) -> None:
    fill(ledger, 2)
    done = take_list(ledger, facts(1, annual_plan=5), facts(2), facts(3))
    assert (done.added, done.changed, done.unchanged) == (1, 1, 1)
    change = project_history(ledger, list_standings(ledger, JUNE)[0].id).changes[0]
    assert (change.field, change.old, change.new, change.actor) == ("年度计划投资", "20,000.0001万元", "0.0005万元", "甲")
    assert change.source == "清单.xlsx 清单 B2"


def test_a_blank_in_a_list_erases_nothing(ledger: Ledger) -> None:
    fill(ledger, 1)
    take_list(ledger, {Field.CODE: code(1), Field.NAME: "第1号项目", Field.BUILDER: "甲公司"})
    assert list_standings(ledger, JUNE)[0].annual_plan == 200_000_001
    assert list_standings(ledger, JUNE)[0].unit == "衡南县"


def test_projects_are_found_by_code_then_approval_code_then_name(ledger: Ledger) -> None:
    take_list(ledger, facts(1, approval_code="2301-430422-04-01-000001"), facts(2), facts(3))
    done = take_list(
        ledger,
        {Field.CODE: code(2), Field.NAME: "改了名"},
        {Field.APPROVAL_CODE: "2301-430422-04-01-000001", Field.NAME: "也改了名"},
        {Field.NAME: "第3号项目", Field.REPORTING_UNIT: "衡南", Field.BUILDER: "甲公司"})
    assert (done.added, done.changed) == (0, 3)
    assert [s.name for s in list_standings(ledger, JUNE)] == ["也改了名", "改了名", "第3号项目"]


def test_projects_of_one_name_but_two_codes_are_two(ledger: Ledger) -> None:
    done = take_list(ledger, facts(1, name="同名", reporting_unit="衡南县"), facts(2, name="同名", reporting_unit="衡南县"))
    assert (done.added, done.findings) == (2, ())


def test_a_project_carried_over_gets_the_new_years_code(ledger: Ledger) -> None:
    fill(ledger, 2)
    row = {Field.CODE: "HY2024-009", Field.NAME: "第1号项目", Field.REPORTING_UNIT: "衡南县", Field.ANNUAL_PLAN: 7}
    done = take_list(ledger, row, year=2024)
    assert (done.added, done.changed) == (0, 1)
    assert ledger_years(ledger) == [2023, 2024]
    assert [r[Field.ANNUAL_PLAN] for r in exported(ledger, 2024)] == [7]
    assert [r[Field.ANNUAL_PLAN] for r in exported(ledger, 2023)] == [200_000_001, 200_000_001]


def test_projects_without_a_code_get_the_next_free_one(ledger: Ledger) -> None:
    done = take_list(ledger, {Field.NAME: "甲"}, {Field.NAME: "乙", Field.CODE: "HY2023-001"}, {Field.NAME: "丙"})
    assert done.added == 3
    assert [s.code for s in list_standings(ledger, JUNE)] == ["HY2023-002", "HY2023-001", "HY2023-003"]


def test_a_row_listed_twice_or_without_a_name_is_told_and_left_out(ledger: Ledger) -> None:
    done = take_list(ledger, facts(1), facts(1, annual_plan=9), {Field.BUILDER: "无名"})
    assert done.added == 1
    assert [(f.level, f.code, f.row) for f in done.findings] == [
        (Level.ERROR, "listed_twice", 3), (Level.ERROR, "no_name", 4)]
    assert list_standings(ledger, JUNE)[0].annual_plan == 200_000_001


def test_units_are_known_by_their_short_names_and_new_ones_are_told(ledger: Ledger) -> None:
    done = take_list(ledger, facts(1, reporting_unit="松木经济开发区"), facts(2, reporting_unit="新城工业园"))
    assert [(f.code, f.level) for f in done.findings] == [("new_unit", Level.WARNING)]
    assert [s.unit for s in list_standings(ledger, JUNE)] == ["松木经开区", "新城工业园"]
    assert [u.kind for u in list_units(ledger) if u.name == "新城工业园"] == ["园区"]


def test_rejected_lists_leave_nothing(ledger: Ledger) -> None:
    said = Finding(Level.ERROR, "no_head", "没有找到表头")
    done = apply_project_list(ledger, ProjectList("坏.xlsx", (), (), (said,), True), b"", 2023, "甲").value
    assert (done.rejected, done.import_id, done.findings) == (True, None, (said,))
    assert list_returns(ledger, kind=None) == []


def test_rows_that_wait_are_not_written(ledger: Ledger) -> None:
    listed = list_of(facts(1), facts(2))
    listed = replace(listed, projects=(listed.projects[0], replace(listed.projects[1], accepted=False)))
    assert apply_project_list(ledger, listed, b"", 2023, "甲").value.added == 1
    assert [r.status for r in list_returns(ledger, kind="projects")] == ["partly_applied"]


def test_classes_are_data(ledger: Ledger) -> None:
    take_list(ledger, facts(1, category="新类别", chain="新链"))
    assert list_classes(ledger)[:4] == ["产业发展", "基础设施", "社会民生", "生态环保"]
    assert list_classes(ledger)[-1] == "新类别"
    assert "新链" in list_classes(ledger, "chain")


@pytest.fixture
def rich(ledger: Ledger) -> Ledger:
    """A ledger with every field somewhere, odd amounts, loose dates and text that looks like formulas."""
    more = {
        "approval_code": "2301-430422-04-01-123456", "location": "云集镇", "industry": "电子信息", "chain": "新一代信息技术",
        "level": "省重点", "investor_kind": "社会投资", "builder": "=衡南公司", "responsible_unit": "县发改局",
        "city_leader": "张三", "county_leader": "李四", "contact": "王五", "phone": "0734-8888888",
        "scale": "+新建厂房\n3万平方米", "funding": "自筹", "year_goal": "-主体封顶", "batch": "第一批", "remark": "@注意",
    }
    take_list(ledger, facts(1, **more), facts(2, total_investment=351_460_000_000, annual_plan=1),
              facts(3, planned_start=LooseDate.of_quarter(2023, 3), nature="续建"),
              facts(4, planned_finish=LooseDate.of_month(2024, 12), planned_start=LooseDate.of_month(2023, 2)))
    one = list_standings(ledger, JUNE)[0].id
    edit_project(ledger, one, Field.START_DATE, LooseDate(date(2023, 3, 8), Precision.DAY))
    return ledger


def test_export_is_the_same_each_time(rich: Ledger, tmp_path: Path) -> None:
    export_ledger(rich, tmp_path / "一.xlsx", with_phones=True)
    export_ledger(rich, tmp_path / "二.xlsx", 2023, with_phones=True)
    assert cells(tmp_path / "一.xlsx") == cells(tmp_path / "二.xlsx")
    written = openpyxl.load_workbook(tmp_path / "一.xlsx").worksheets[0]
    assert all(cell.data_type != "f" for row in written.iter_rows() for cell in row)


def test_an_export_imports_again_to_the_same_ledger(rich: Ledger, tmp_path: Path) -> None:
    export_ledger(rich, tmp_path / "一.xlsx", with_phones=True)
    other = create_ledger(tmp_path / "另一本.hydesk")
    done = import_projects(other, tmp_path / "一.xlsx", 2023).value
    assert done.added == 4
    assert [f for f in done.findings if f.level is Level.ERROR] == []
    assert exported(other) == exported(rich)
    export_ledger(other, tmp_path / "二.xlsx", with_phones=True)
    assert cells(tmp_path / "一.xlsx") == cells(tmp_path / "二.xlsx")
    again = import_projects(rich, tmp_path / "二.xlsx", 2023).value
    assert (again.import_id, again.unchanged) == (None, 4)
    other.close()


def test_exporting_what_is_not_there_is_told(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(HydeskError, match="还没有项目"):
        export_ledger(ledger, tmp_path / "无.xlsx")
    fill(ledger)
    with pytest.raises(HydeskError, match="2031年"):
        export_ledger(ledger, tmp_path / "无.xlsx", 2031)
    assert not (tmp_path / "无.xlsx").exists()


def test_a_file_that_cannot_be_read_is_told(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(HydeskError, match="找不到"):
        import_projects(ledger, tmp_path / "没有.xlsx", 2023)
    with pytest.raises(HydeskError):
        import_projects(ledger, ("坏.xlsx", b"\x00\x01\x02"), 2023)
    assert list_returns(ledger, kind=None) == []


def test_figures_do_not_disturb_a_list_taken_in_later(ledger: Ledger) -> None:
    fill(ledger, 2)
    apply_return(ledger, draft(ledger, JUNE, {1: money(6, 56)}))
    take_list(ledger, facts(1, total_investment=9_000_000_000), facts(2))
    s = list_standings(ledger, JUNE)[0]
    assert (s.total_investment, s.year_investment) == (9_000_000_000, 56)
