"""Returns that are no list of projects in rows: whatever their shape, every figure is read and leads to its own cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, CellValue, Sheet, Span, row_in_file
from hydesk.domain.money import MoneyUnit
from hydesk.domain.snapshot import LedgerSnapshot, ReportingUnit
from hydesk.domain.understanding import Corrections, Understanding
from hydesk.returns.pipeline import understand
from hydesk.returns.project_list import understand_project_list
from hydesk.returns.values import read_amount
from tests.returns.shapes_drawn import (
    ONE_ROW_A_PROJECT,
    UNIT,
    WORDS,
    Draw,
    F,
    Row,
    card_a_sheet,
    cards_down,
    cards_of_whole_cells,
    measures_as_rows,
    month_and_sum_on_two_sheets,
    sheet,
    side_by_side,
    sources_as_rows,
    transposed,
)


def read(ledger: LedgerSnapshot, sheets: list[Sheet], corrections: Corrections | None = None) -> Understanding:
    return understand(Book(f"{UNIT}6月.xlsx", tuple(sheets), "xlsx"), ledger, corrections=corrections)


def cell(sheets: list[Sheet], name: str, place: str) -> CellValue:
    letters, row = place.rstrip("0123456789"), int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    column = sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(letters)))
    return next(s for s in sheets if s.name == name).cell(row, column)


@pytest.mark.parametrize("shape", ONE_ROW_A_PROJECT)
@pytest.mark.parametrize("seed", range(5))
def test_every_figure_is_read_and_leads_to_its_own_cell(shape: Callable[[Draw], list[Sheet]], seed: int) -> None:
    d = Draw(seed)
    sheets = shape(d)
    found = read(d.ledger, sheets)
    loud = [f.message for f in found.findings if f.level is not Level.NOTE and f.code not in ("missing_projects", "copied_month")]
    assert loud == []
    assert {r.project: {f: v for f, v in r.values.items() if f in WORDS} for r in found.rows} == d.truth
    assert len({(r.sheet, r.row) for r in found.rows}) == 6
    for r in found.rows:
        assert r.project is not None
        assert cell(sheets, r.sheet, r.cells[F.NAME]) == next(p.name for p in d.projects if p.code == r.project)
        assert row_in_file(r.row) == int(r.cells[F.NAME].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        for f in WORDS:
            value = cell(sheets, r.sheet, r.cells[f])
            assert any(read_amount(value, u).yuan == r.values[f] for u in (MoneyUnit.WAN, MoneyUnit.YI)), (f, r.cells[f], value)


@pytest.mark.parametrize("shape", [transposed, side_by_side, cards_down, measures_as_rows])
def test_a_fault_is_told_at_its_own_cell_and_a_correction_reaches_its_own_project(shape: Callable[[Draw], list[Sheet]]) -> None:
    d = Draw(3)
    victim = d.projects[4]
    d.truth[victim.code][F.YEAR_INVESTMENT] = -1_000_000
    sheets = shape(d)
    found = read(d.ledger, sheets)
    [told] = [f for f in found.findings if f.code == "negative"]
    assert told.project == victim.code
    assert told.cell is not None
    assert told.cell in told.message
    value = cell(sheets, told.sheet or "", told.cell)
    assert isinstance(value, float)
    assert value < 0
    row = next(r for r in found.rows if r.project == victim.code)
    before = {r.project: r.values.get(F.YEAR_INVESTMENT) for r in found.rows}
    mended = read(d.ledger, sheets, Corrections({(row.sheet, row.row, F.YEAR_INVESTMENT): "77777万元"}))
    after = {r.project: r.values.get(F.YEAR_INVESTMENT) for r in mended.rows}
    assert after == {**before, victim.code: 777_770_000}


def test_a_list_of_card_forms_gives_one_project_a_form_and_no_project_of_its_labels() -> None:
    form: list[Row] = [
        ["重点建设项目台账"], ["项目名称", "归阳疏港公路", None, "业主单位", "甲建设公司", "项目\n性质", "新开工"], ["项目主要建设目标", " "],
        ["项目总投资额（万元）", 82000, 82000, "2010年计划完成投资额（万元）", 30000], ["日期", "2010-07-18", "2010-07-18"], ["责任人", " "],
        ["大干150天", "8月", None, "9月"], ["计划完成投资额", 900, 900, 1200, 3000, 0, 0], ["项目建设中存在的问题", " "], ["业主（签名）：", None, "责任单位（签名）："]]
    found = understand_project_list(Book("台账.xlsx", (sheet(form),), "xlsx"), 2023)
    [project] = found.projects
    assert {f: project.values.get(f) for f in (F.NAME, F.BUILDER, F.TOTAL_INVESTMENT, F.ANNUAL_PLAN)} == {
        F.NAME: "归阳疏港公路", F.BUILDER: "甲建设公司", F.TOTAL_INVESTMENT: 820_000_000, F.ANNUAL_PLAN: None}
    assert project.cells[F.TOTAL_INVESTMENT] == "B4"


def three_sheets(d: Draw, named: bool) -> list[Sheet]:
    """Facts, figures and nodes of the same projects, joined by their names or by 序号 only."""
    facts: list[Row] = [["序号", "项目名称", d.head(F.TOTAL_INVESTMENT), d.head(F.ANNUAL_PLAN)]]
    figures: list[Row] = [["序号", *(["项目名称"] if named else []), d.head(F.MONTH_INVESTMENT), d.head(F.YEAR_INVESTMENT), "形象进度"]]
    nodes: list[Row] = [["序号", "项目名称", "实际开工时间"]]
    for n, p in enumerate(d.projects, 1):
        facts.append([n, p.name, d.figure(p, F.TOTAL_INVESTMENT), d.figure(p, F.ANNUAL_PLAN)])
        figures.append([n, *([p.name] if named else []), d.figure(p, F.MONTH_INVESTMENT), d.figure(p, F.YEAR_INVESTMENT), "主体施工"])
        nodes.append([n, p.name, "2022.3"])
    if not named:
        d.rng.shuffle(body := figures[1:])
        figures[1:] = body
    return [sheet(facts, "基本情况"), sheet(figures, "投资完成"), sheet(nodes, "节点")]


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_facts_figures_and_nodes_on_several_sheets_are_all_read(named: bool, seed: int) -> None:
    d = Draw(seed)
    sheets = three_sheets(d, named)
    found = read(d.ledger, sheets)
    assert [f.message for f in found.findings if f.level is not Level.NOTE and f.code not in ("missing_projects", "copied_month")] == []
    told: dict[str | None, dict[Field, object]] = {}
    for r in found.rows:
        told.setdefault(r.project, {}).update({f: v for f, v in r.values.items() if f in WORDS or f is F.START_DATE})
        for f in WORDS.keys() & r.values.keys():
            value = cell(sheets, r.sheet, r.cells[f])
            assert any(read_amount(value, u).yuan == r.values[f] for u in (MoneyUnit.WAN, MoneyUnit.YI))
    assert {c: {f: v for f, v in t.items() if f in WORDS} for c, t in told.items()} == d.truth
    assert {str(t[F.START_DATE]) for t in told.values()} == {"2022-03"}
    assert ("joined_by_number" in {f.code for f in found.findings}) is not named


def test_numbers_that_do_not_agree_between_sheets_are_asked_about_and_those_that_repeat_join_nothing() -> None:
    d = Draw(1)
    sheets = three_sheets(d, named=False)
    fewer = read(d.ledger, [sheet(sheets[0].rows[:-1], "基本情况"), sheets[1]])  # type: ignore[arg-type]
    assert any(f.code == "joined_by_number" and f.level is Level.WARNING for f in fewer.findings)
    again = [*sheets[0].rows, [1, "又一个项目", 1.0, 1.0]]
    repeated = read(d.ledger, [sheet(again, "基本情况"), sheets[1]])  # type: ignore[arg-type]
    assert not any(F.MONTH_INVESTMENT in r.values for r in repeated.rows)


def test_a_facts_sheet_of_other_projects_or_of_another_year_is_not_taken() -> None:
    d = Draw(2)
    facts, figures, _ = three_sheets(d, named=True)
    others = [p for p in d.ledger.projects if p.unit != UNIT][:6]
    strange = sheet([facts.rows[0], *([n, p.name, 1.0, 1.0] for n, p in enumerate(others, 1))], "基本情况")  # type: ignore[list-item]
    old = sheet([["2022年重点项目基本情况"], *facts.rows], "2022年")  # type: ignore[list-item]
    for left_in in (strange, old):
        found = read(d.ledger, [left_in, figures])
        assert {r.sheet for r in found.rows} == {"投资完成"}


@pytest.mark.parametrize("shape", [cards_of_whole_cells, month_and_sum_on_two_sheets])
@pytest.mark.parametrize("seed", range(3))
def test_labels_with_their_values_in_one_cell_and_figures_on_two_sheets(shape: Callable[[Draw], list[Sheet]], seed: int) -> None:
    d = Draw(seed)
    found = read(d.ledger, shape(d))
    assert [f.message for f in found.findings if f.level is not Level.NOTE and f.code not in ("missing_projects", "copied_month")] == []
    told: dict[str | None, dict[Field, object]] = {}
    for r in found.rows:
        told.setdefault(r.project, {}).update({f: v for f, v in r.values.items() if f in WORDS})
    assert told == d.truth


def test_a_sheet_named_after_its_project_says_no_unit() -> None:
    d = Draw(0)
    other = ReportingUnit("衡山科学城", "园区", short_names=("科学城",))
    named = tuple(replace(p, name=f"湘江科学城{p.name}") if p in d.projects else p for p in d.ledger.projects)
    ledger = replace(d.ledger, units=(*d.ledger.units, other), projects=named)
    d.projects = [next(p for p in named if p.code == q.code) for q in d.projects]
    sheets = [sheet(s.rows, p.name[:9]) for s, p in zip(card_a_sheet(d), d.projects, strict=True)]  # type: ignore[arg-type]
    found = understand(Book("6月.xlsx", tuple(sheets), "xlsx"), ledger)
    assert found.unit == UNIT
    assert all(r.accepted for r in found.rows)


def test_rows_by_source_of_money_are_added_up_where_the_ledger_bears_it_out() -> None:
    d = Draw(4)
    found = read(d.ledger, sources_as_rows(d))
    assert {r.project: {f: v for f, v in r.values.items() if f in WORDS} for r in found.rows} == d.truth
    assert all(r.accepted for r in found.rows)
    assert sum(f.code == "rows_summed" for f in found.findings) == 6
    doubtful = read(d.ledger, sources_as_rows(d, (("中央预算内", 2), ("专项债券", 3), ("企业自筹", 4))))
    assert not any(r.accepted for r in doubtful.rows)


def test_columns_of_permits_in_a_return_are_said_once_and_glued_to_nothing() -> None:
    d = Draw(1)
    head: Row = ["序号", "项目名称", *(d.head(f) for f in WORDS), "手续办理情况", None, None, "形象进度"]
    under: Row = [*[None] * 6, "立项", "用地", "施工许可", None]
    rows: list[Row] = [head, under, *([n, p.name, *(d.figure(p, f) for f in WORDS), "已办", "2023.3.5", "未办", "主体施工"] for n, p in enumerate(d.projects, 1))]
    merges = (Span(1, 7, 1, 9), *(Span(1, c, 2, c) for c in (1, 2, 3, 4, 5, 6, 10)))
    found = read(d.ledger, [sheet(rows, merges=merges)])
    assert {r.project: {f: v for f, v in r.values.items() if f in WORDS} for r in found.rows} == d.truth
    assert {r.values[F.PROGRESS_TEXT] for r in found.rows} == {"主体施工"}
    [told] = [f for f in found.findings if f.code == "nodes_beside"]
    assert "G、H、I列" in told.message
