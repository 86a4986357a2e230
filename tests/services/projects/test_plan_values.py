"""Values of the plans by year: in from indicators × years, judged along the path; what the lists draw from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.domain.targets import Way, path_of
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.mechanisms.draw_chain_lists import draw_chain_problems, draw_chain_prospects
from hydesk.services.mechanisms.major_projects import (
    draw_chain_projects,
    link_plan_projects,
    major_projects,
    majors_notice,
    plan_projects_said,
)
from hydesk.services.mechanisms.plan_standings import plan_standings
from hydesk.services.mechanisms.print_plans import plans_notice
from hydesk.services.mechanisms.scale_lists import scale_lists
from hydesk.services.problems.record_problem import NewProblem, record_problem
from hydesk.services.registers.fill_shipped import add_shipped, register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.write_records import RecordChange, write_records
from hydesk.services.registers.year_values import export_year_values, import_year_values
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import Ledger
from tests.services.made import JUNE, facts, fill, take_list

LATER = Period.month(2028, 6)
D = Decimal


@pytest.fixture
def office(ledger: Ledger) -> Ledger:
    fill(ledger)
    add_shipped(ledger, 2023)
    return ledger


def book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    made = Workbook()
    for row in rows:
        made.active.append(list(row))  # type: ignore[union-attr]
    made.save(path)
    return path


def test_values_by_year_come_in_once_and_the_path_is_judged(office: Ledger, tmp_path: Path) -> None:
    path = book(tmp_path / "统计局.xlsx", [
        ["衡阳市主要指标"], ["指标名称", "单位", "2025年", 2026, "2027年实际"],
        ["地区生产总值", "亿元", 5000, "5,600", 6100], ["规模工业增加值年均增长", "%", 9.5, None, None], ["地区生产总值年均增速", "%", None, 7, 5],
        ["常住人口城镇化率", "%", 58, "约60", "—"], ["民用汽车拥有量", "万辆", 90, 95, 99]])
    done = import_year_values(office, path).value
    assert (done.added, done.changed, done.unchanged) == (7, 0, 0)
    assert {(f.code, f.cell) for f in done.findings} == {("no_number", "D6"), ("stranger", "C7")}
    found = {(p.indicator, p.target.year): p for p in plan_standings(office, LATER)}
    gdp = found["地区生产总值", 2030]
    assert (gdp.standing.way, gdp.standing.gap) == (Way.BEHIND, D(-100))
    assert [(p.year, p.needed, p.actual) for p in path_of(gdp.target)][1:3] == [(2026, D(5600), D(5600)), (2027, D(6200), D(6100))]
    assert found["地区生产总值", 2035].target.latest == D(6100)
    assert found["地区生产总值年均增速", 2030].standing.way is Way.BEHIND
    assert "2026—2027年平均6，差0.5" in found["地区生产总值年均增速", 2030].standing.reason
    assert found["规模工业增加值年均增长", 2025].standing.way is Way.ON_PATH
    assert "2027" not in str([p.target.known for p in plan_standings(office, Period.month(2026, 12))])
    again = import_year_values(office, path).value
    assert (again.added, again.changed, again.unchanged) == (0, 0, 7)
    table = plans_notice(office, LATER).table
    assert table is not None
    assert any("2026年应达到5,600、实际5,600" in str(r.cells) for r in table.rows)
    out = tmp_path / "年度值.xlsx"
    export_year_values(office, LATER, out)
    back = import_year_values(office, out).value
    assert (back.added, back.changed, back.unchanged, back.findings) == (0, 0, 7, ())
    heads = [c.value for c in load_workbook(out).active[4]]  # type: ignore[union-attr]
    assert heads[4:] == ["2025年", "2026年", "2027年", "2028年"]
    assert "填写规划指标年度值" in (undo_last(office) or "")
    assert all(p.target.latest is None for p in plan_standings(office, LATER))


def test_a_table_without_years_is_refused_in_a_sentence(office: Ledger, tmp_path: Path) -> None:
    done = import_year_values(office, book(tmp_path / "x.xlsx", [["指标", "数值"], ["地区生产总值", 1]])).value
    assert done.rejected
    assert "年份" in done.findings[0].message


def test_the_projects_behind_the_lists_are_drawn_and_never_typed(ledger: Ledger) -> None:
    more = {Field.CHAIN: "输变电装备", Field.TOTAL_INVESTMENT: 500_000_000}
    take_list(ledger, facts(1) | more, facts(2) | more | {Field.NATURE: "续建"}, facts(3) | {Field.NAME: "中国智造谷项目", Field.NATURE: "续建"})
    add_shipped(ledger, 2023)
    found = major_projects(ledger, JUNE)
    counted = {x.unit: x.value for x in next(x for x in scale_lists(ledger, JUNE) if x.key == "major_count").lines}
    for unit in {m.project.unit for m in found}:
        assert counted[unit] == sum(m.project.unit == unit for m in found)
    assert [m.project.code for m in found] == ["HY2023-003", "HY2023-002"]
    drawn = draw_chain_projects(ledger, JUNE).value
    assert drawn.count == 1
    assert "1 个没有填产业链" in drawn.words
    assert draw_chain_projects(ledger, JUNE).value.count == 0
    register = register_called(ledger, "chain_projects")
    assert register is not None
    assert [r.values for r in open_register(ledger, register, JUNE).records] == [{"chain": "输变电装备", "project": "HY2023-002"}]
    assert [m.on_chain_list for m in major_projects(ledger, JUNE)] == [False, True]
    assert "在建重大项目清单" in (undo_last(ledger) or "")
    table = majors_notice(ledger, JUNE).table
    assert table is not None
    assert len(list(table.items())) == 2
    assert link_plan_projects(ledger, JUNE).value.count == 1
    total = list_standings(ledger, JUNE)[2].total_investment
    assert total == 1_000_000_003
    assert "19个、规划投资2,430" in plan_projects_said(ledger, JUNE)
    assert "已对应台账项目1个，台账总投资10亿元" in plan_projects_said(ledger, JUNE)


def test_prospects_come_from_filings_and_problems_from_the_problem_list(ledger: Ledger) -> None:
    more = {Field.CHAIN: "输变电装备", Field.TOTAL_INVESTMENT: 500_000_000, Field.NATURE: "续建"}
    take_list(ledger, facts(1) | more, facts(2) | more, facts(3))
    add_shipped(ledger, 2023)
    filings, prospects, problems = (register_called(ledger, k) for k in ("filings", "chain_prospects", "chain_problems"))
    assert filings is not None
    assert prospects is not None
    assert problems is not None
    unit = list_standings(ledger, JUNE)[0].unit
    (filed,) = write_records(ledger, filings, [RecordChange(None, f, v) for f, v in (
        ("name", "高压开关二期"), ("unit", unit), ("investor", "某公司"), ("amount", "30000"), ("chain", "输变电装备"), ("stage", "已签约"))], 2023).value
    write_records(ledger, filings, [RecordChange(None, "name", "无链项目"), RecordChange(None, "unit", unit)], 2023)
    drawn = draw_chain_prospects(ledger, JUNE).value
    assert (drawn.count, "1 条备案没有填产业链" in drawn.words) == (1, True)
    write_records(ledger, filings, [RecordChange(filed, "stage", "已开工")], 2023)
    assert draw_chain_prospects(ledger, JUNE).value.words.startswith("没有新的；更新 1 条")
    (held,) = open_register(ledger, prospects, JUNE).records
    assert (held.values["name"], held.values["amount"], held.values["state"]) == ("高压开关二期", 300_000_000, "已落地")

    own = list_standings(ledger, JUNE)
    for s in own[:2]:
        record_problem(ledger, NewProblem(s.id, "高压专线未接入", raised_on=date(2023, 6, 1)), today=date(2023, 6, 5))
    assert draw_chain_problems(ledger, JUNE).value.count == 2
    assert draw_chain_problems(ledger, JUNE).value.words == "没有新的"
    said = [r.values["problem"] for r in open_register(ledger, problems, JUNE).records]
    assert set(said) == {f"{s.name}：高压专线未接入" for s in own[:2]}
    assert "重点问题清单" in (undo_last(ledger) or "")
