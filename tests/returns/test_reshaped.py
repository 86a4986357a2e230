"""Returns that are no list of projects in rows: whatever their shape, every figure is read and leads to its own cell."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, CellValue, Sheet, Span, row_in_file
from hydesk.domain.money import MoneyUnit
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot
from hydesk.domain.understanding import Corrections, Understanding
from hydesk.returns.pipeline import understand
from hydesk.returns.project_list import understand_project_list
from hydesk.returns.values import read_amount
from tests.returns.drawing import june, make_ledger

F = Field
Truth = dict[str, dict[Field, int]]
Row = list[CellValue]
WORDS: dict[Field, tuple[str, ...]] = {
    F.TOTAL_INVESTMENT: ("总投资", "项目总投资", "计划总投资"), F.ANNUAL_PLAN: ("年度计划投资", "2023年计划投资", "2023年度投资计划"),
    F.MONTH_INVESTMENT: ("本月完成投资", "6月完成投资"), F.YEAR_INVESTMENT: ("1-6月累计完成投资", "年初至本月累计完成投资", "1—6月完成投资"),
}
UNIT = "衡南县"


class Draw:
    """A unit's projects, what they did in June, and how a figure is written."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.ledger = make_ledger(self.rng)
        self.projects = self.rng.sample([p for p in self.ledger.projects if p.unit == UNIT], 6)
        self.truth: Truth = {p.code: {f: v for f, v in june(self.rng, p).items() if f in WORDS} for p in self.projects}
        self.unit = self.rng.choice((MoneyUnit.WAN, MoneyUnit.YI))

    def figure(self, p: KnownProject, f: Field, unit: MoneyUnit | None = None) -> float:
        return float(Decimal(self.truth[p.code][f]) / (unit or self.unit).yuan)

    def head(self, f: Field, unit: bool = True) -> str:
        return self.rng.choice(WORDS[f]) + (f"（{self.unit.value}）" if unit else "")

    def title(self) -> str:
        return f"{UNIT}2023年6月重点项目进展情况表"


def sheet(rows: list[Row], name: str = "6月", merges: tuple[Span, ...] = ()) -> Sheet:
    return Sheet(name, rows, merges)


def cards_down(d: Draw) -> list[Sheet]:
    rows: list[Row] = []
    for p in d.projects:
        rows += [[d.title(), None, None, None], ["项目名称", p.name, None, None], ["建设单位", "恒岳实业有限公司", "建设性质", "续建"],
                 [d.head(F.TOTAL_INVESTMENT), d.figure(p, F.TOTAL_INVESTMENT), d.head(F.ANNUAL_PLAN), d.figure(p, F.ANNUAL_PLAN)],
                 [d.head(F.MONTH_INVESTMENT), d.figure(p, F.MONTH_INVESTMENT), d.head(F.YEAR_INVESTMENT), d.figure(p, F.YEAR_INVESTMENT)],
                 ["形象进度", "主体施工", None, None], ["存在问题", None, None, None], ["填表人：      联系电话：", None, None, None], []]
    return [sheet(rows)]


def card_a_sheet(d: Draw) -> list[Sheet]:
    return [sheet([["项目名称", p.name], *([d.head(f), d.figure(p, f)] for f in WORDS), ["形象进度", "主体施工"]], f"项目{n}")
            for n, p in enumerate(d.projects, 1)]


def cards_with_units_beside(d: Draw) -> list[Sheet]:
    rows: list[Row] = [[d.title()]]
    for p in d.projects:
        rows += [["项目名称", p.name, None], *([d.head(f, unit=False), d.unit.value, d.figure(p, f)] for f in WORDS), ["形象进度", "主体施工", None]]
    return [sheet(rows)]


def two_cards_abreast(d: Draw) -> list[Sheet]:
    rows: list[Row] = []
    for one, other in zip(d.projects[::2], d.projects[1::2], strict=True):
        rows += [["项目名称", one.name, "项目名称", other.name]]
        rows += [[d.head(f), d.figure(one, f), d.head(f), d.figure(other, f)] for f in WORDS]
        rows += [["形象进度", "主体施工", "形象进度", "基础施工"], []]
    return [sheet(rows)]


def transposed(d: Draw) -> list[Sheet]:
    rows: list[Row] = [[d.title()], ["序号", *range(1, 7), None], ["项目名称", *(p.name for p in d.projects), "合计"]]
    for f in WORDS:
        figures = [d.figure(p, f) for p in d.projects]
        rows.append([d.head(f), *figures, round(sum(figures), 6)])
    return [sheet([*rows, ["形象进度", *["主体施工"] * 6, None]])]


def transposed_in_groups(d: Draw) -> list[Sheet]:
    rows: list[Row] = [[d.title()], ["项目名称", None, *(p.name for p in d.projects)]]
    rows.append(["总投资", d.unit.value, *(d.figure(p, F.TOTAL_INVESTMENT) for p in d.projects)])
    rows.append(["2023年计划投资", d.unit.value, *(d.figure(p, F.ANNUAL_PLAN) for p in d.projects)])
    rows.append(["6月完成投资", d.unit.value, *(d.figure(p, F.MONTH_INVESTMENT) for p in d.projects)])
    rows.append(["1-6月累计完成投资", d.unit.value, *(d.figure(p, F.YEAR_INVESTMENT) for p in d.projects)])
    return [sheet([*rows, ["形象进度", None, *["主体施工"] * 6]])]


def measures_as_rows(d: Draw) -> list[Sheet]:
    merged, repeated = d.rng.random() < 0.5, d.rng.random() < 0.5
    rows: list[Row] = [[d.title()], ["序号", "项目名称", "指标", "单位", "数值"]]
    merges: list[Span] = []
    for n, p in enumerate(d.projects, 1):
        top = len(rows) + 1
        for at, f in enumerate(WORDS):
            named = at == 0 or (repeated and not merged)
            unit = d.rng.choice((MoneyUnit.WAN, MoneyUnit.YI))
            rows.append([n if named else None, p.name if named else None, d.head(f, unit=False), unit.value, d.figure(p, f, unit)])
        if merged:
            merges += [Span(top, 1, len(rows), 1), Span(top, 2, len(rows), 2)]
    return [sheet(rows, merges=tuple(merges))]


def plan_and_done_as_rows(d: Draw) -> list[Sheet]:
    plan, done = d.rng.choice((("计划", "完成"), ("计划数", "完成数"), ("计划", "实际")))
    head: Row = ["序号", "项目名称", f"总投资（{d.unit.value}）", f"年度计划投资（{d.unit.value}）", "类别", *(f"{m}月" for m in range(4, 7)), "1-6月累计"]
    rows: list[Row] = [[d.title()], [None] * 8 + [f"单位：{d.unit.value}"], head]
    for n, p in enumerate(d.projects, 1):
        share = round(d.figure(p, F.ANNUAL_PLAN) / 12, 4)
        rows.append([n, p.name, d.figure(p, F.TOTAL_INVESTMENT), d.figure(p, F.ANNUAL_PLAN), plan, share, share, share, share * 6])
        rows.append([None, None, None, None, done, 1.5, 2.5, d.figure(p, F.MONTH_INVESTMENT), d.figure(p, F.YEAR_INVESTMENT)])
    return [sheet(rows)]


def side_by_side(d: Draw) -> list[Sheet]:
    wide = d.rng.choice((2, 3))
    head: Row = ["序号", "项目名称", *(d.head(f) for f in WORDS)]
    rows: list[Row] = [[d.title()], [c for _ in range(wide) for c in (*head, None)]]
    for at in range(0, 6, wide):
        rows.append([c for n, p in enumerate(d.projects[at: at + wide]) for c in (at + n + 1, p.name, *(d.figure(p, f) for f in WORDS), None)])
    return [sheet(rows)]


def units_row_by_row(d: Draw) -> list[Sheet]:
    rows: list[Row] = [[d.title()], ["序号", "项目名称", *(d.head(f, unit=False) for f in WORDS), "金额单位"]]
    for n, p in enumerate(d.projects, 1):
        unit = (MoneyUnit.WAN, MoneyUnit.YI)[n % 2] if n < 3 else d.rng.choice((MoneyUnit.WAN, MoneyUnit.YI))
        rows.append([n, p.name, *(d.figure(p, f, unit) for f in WORDS), unit.value])
    return [sheet(rows)]


def packages_with_sub_rows(d: Draw) -> list[Sheet]:
    style = d.rng.choice(("1.{}", "({})", "（{}）", "①②", "parent", "blank"))
    rows: list[Row] = [[d.title()], ["序号", "项目名称", *(d.head(f) for f in WORDS)]]
    for n, p in enumerate(d.projects, 1):
        figures = [d.figure(p, f) for f in WORDS]
        rows.append([n, p.name, *figures])
        if n % 2:
            for at, (part, share) in enumerate((("主体工程", 0.4), ("附属工程", 0.6)), 1):
                serial: CellValue = {"parent": None, "blank": None, "①②": "①②"[at - 1], "1.{}": f"{n}.{at}"}.get(style, style.format(at))
                name = f"{p.name}—{part}" if style == "parent" else f"（{at}）{part}" if style == "blank" else part
                rows.append([serial, name, *(round(x * share, 4) for x in figures)])
    return [sheet(rows)]


SHAPES = (units_row_by_row, packages_with_sub_rows, cards_down, card_a_sheet, cards_with_units_beside, two_cards_abreast, transposed, transposed_in_groups, measures_as_rows,
          plan_and_done_as_rows, side_by_side)


def read(ledger: LedgerSnapshot, sheets: list[Sheet], corrections: Corrections | None = None) -> Understanding:
    return understand(Book(f"{UNIT}6月.xlsx", tuple(sheets), "xlsx"), ledger, corrections=corrections)


def cell(sheets: list[Sheet], name: str, place: str) -> CellValue:
    letters, row = place.rstrip("0123456789"), int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    column = sum((ord(c) - 64) * 26**n for n, c in enumerate(reversed(letters)))
    return next(s for s in sheets if s.name == name).cell(row, column)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(8))
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
