"""Shapes of returns that were once misread, each in the smallest grid that shows it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, CellValue, Sheet, Span
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, PeriodFigures, ReportingUnit
from hydesk.domain.understanding import Understanding
from hydesk.returns.pipeline import understand

F = Field
Row = list[CellValue]
UNIT = "衡山县"
TOTAL, BEFORE, PLAN = F.TOTAL_INVESTMENT, F.INVESTED_BEFORE, F.ANNUAL_PLAN
MONTH, YEAR, SINCE = F.MONTH_INVESTMENT, F.YEAR_INVESTMENT, F.TOTAL_INVESTED
_KNOWN = (TOTAL, BEFORE, PLAN, MONTH, YEAR)
LEDGER: tuple[tuple[str, tuple[float, ...], float], ...] = (
    # name; total, before this year, plan, May and up to May; June — 万元
    ("湘江特高压变压器扩能项目", (52000, 8000, 15600, 1180, 5240.5), 1320.5),
    ("白果污水处理厂提标改造项目", (8600, 2100, 3200, 260, 1105), 214.6),
    ("岳屏老旧小区改造项目", (12400, 3600, 4800, 410, 1890), 385),
    ("渣江冷链仓储基地建设项目", (23500, 5200, 9000, 720, 3310), 805.2),
    ("茶山职业学校迁建工程", (31000, 9400, 10800, 880, 4020), 910),
    ("归阳千吨级码头项目", (17800, 1500, 6400, 505, 2275.3), 460.7),
)
NAMES = [name for name, _, _ in LEDGER]
ALL = range(len(LEDGER))


def code(at: int) -> str:
    return f"HY2023-{at + 1:03d}"


def yuan(wan: float) -> int:
    return round(wan * 10_000)


def snapshot() -> LedgerSnapshot:
    projects = []
    for at, (name, figures, _) in enumerate(LEDGER):
        total, before, plan, month, year = map(yuan, figures)
        may = PeriodFigures(Period.month(2023, 5), {MONTH: month, YEAR: year, SINCE: before + year})
        projects.append(KnownProject(
            code(at), name, UNIT, total_investment=total, invested_before=before, annual_plan=plan, previous=may))
    return LedgerSnapshot(2023, Period.month(2023, 6), (ReportingUnit(UNIT),), tuple(projects))


def wan(at: int, field: Field) -> float:
    """What stands in the return for June: ledger's figures, and June joined to May."""
    _, figures, june = LEDGER[at]
    if field is MONTH:
        return june
    if field is YEAR:
        return round(figures[4] + june, 2)
    if field is SINCE:
        return round(figures[1] + figures[4] + june, 2)
    return figures[_KNOWN.index(field)]


def line(at: int, *cells: Field | CellValue) -> Row:
    """Serial number, name, and the project's figures by field; words stand as they are."""
    return [float(at + 1), NAMES[at], *(wan(at, c) if isinstance(c, Field) else c for c in cells)]


def lines(*cells: Field | CellValue) -> list[Row]:
    return [line(at, *cells) for at in ALL]


def read(*grids: Sequence[Row], merges: tuple[Span, ...] = (), form: str = "xlsx") -> Understanding:
    names = ("6月", "6月份", "6月底")
    sheets = tuple(Sheet(names[i], g, merges) for i, g in enumerate(grids))
    return understand(Book(f"{UNIT}6月.{form}", sheets, form), snapshot())


def fields(u: Understanding) -> dict[str, Field]:
    return {c.letter: c.field for c in u.sheets[0].columns if c.field is not None}


def alarms(u: Understanding) -> list[str]:
    return [f.code for f in u.findings if f.level is not Level.NOTE]


def assert_read(u: Understanding, *money: Field, but: tuple[str, ...] = ()) -> None:
    """Every project once, by its name, with exact values; no warning or error other than ``but``."""
    assert [r.project for r in u.rows] == [code(at) for at in ALL]
    assert [r.name for r in u.rows] == NAMES
    assert {r.match for r in u.rows} == {"name"}
    assert all(r.accepted for r in u.rows)
    for at, r in enumerate(u.rows):
        assert {f: r.values.get(f) for f in money} == {f: yuan(wan(at, f)) for f in money}
    assert alarms(u) == list(but)


PLAIN: Row = ["序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）"]
PLAIN_FIELDS = {"B": F.NAME, "C": TOTAL, "D": MONTH, "E": YEAR}
FIGURES = (TOTAL, MONTH, YEAR)


def group(words: str, column: int = 2) -> Row:
    return [words if c == column else "" for c in range(1, len(PLAIN) + 1)]


THREE_ROWS: list[Row] = [
    ["序号", "项目名称", "总投资（万元）", "2023年投资情况", "", "", "", "形象进度"],
    ["", "", "", "年度计划", "", "完成情况", "", ""],
    ["", "", "", "计划投资（万元）", "其中：市财政（万元）", "本月完成（万元）", "1-6月累计（万元）", ""],
]


def test_a_head_of_three_unmerged_rows_with_units_in_the_third() -> None:
    u = read([*THREE_ROWS, *lines(TOTAL, PLAN, 120.0, MONTH, YEAR, "主体施工")])
    assert u.sheets[0].header_rows == (1, 2, 3)
    assert fields(u) == {"B": F.NAME, "C": TOTAL, "D": PLAN, "F": MONTH, "G": YEAR, "H": F.PROGRESS_TEXT}
    assert_read(u, TOTAL, PLAN, MONTH, YEAR)


def test_a_head_of_three_rows_spread_two_wide_as_text_without_merges() -> None:
    grid = [*THREE_ROWS, *lines(TOTAL, PLAN, 120.0, MONTH, YEAR, "主体施工")]
    wide: list[Row] = [[x for v in row for x in (f"{v:.10g}" if isinstance(v, float) else str(v), "")] for row in grid]
    u = read(wide, form="csv")
    assert u.sheets[0].header_rows == (1, 2, 3)
    assert fields(u) == {"C": F.NAME, "E": TOTAL, "G": PLAN, "K": MONTH, "M": YEAR, "O": F.PROGRESS_TEXT}
    assert_read(u, TOTAL, PLAN, MONTH, YEAR)


@pytest.mark.parametrize("column", [1, 2])
@pytest.mark.parametrize("numbered", [False, True])
def test_a_group_row_right_under_the_head_is_no_part_of_it(column: int, numbered: bool) -> None:
    numbers: list[Row] = [[1.0, 2.0, 3.0, 4.0, 5.0]] if numbered else []
    u = read([PLAIN, *numbers, group("白果镇", column), *lines(*FIGURES)])
    assert u.sheets[0].header_rows == ((1, 2) if numbered else (1,))
    assert fields(u) == PLAIN_FIELDS
    assert_read(u, *FIGURES)


@pytest.mark.parametrize("column", [1, 2])
def test_a_group_row_between_projects_is_not_glued_onto_the_name_above(column: int) -> None:
    body = lines(*FIGURES)
    u = read([PLAIN, *body[:3], group("白果镇", column), *body[3:]])
    assert_read(u, *FIGURES)


def test_the_second_half_of_a_name_in_the_row_below_is_joined() -> None:
    body = lines(*FIGURES)
    body[2][1] = NAMES[2][:5]
    u = read([PLAIN, *body[:3], group(NAMES[2][5:]), *body[3:]])
    assert_read(u, *FIGURES)


def test_the_first_half_of_a_name_in_the_row_above_the_figures_is_joined() -> None:
    body = lines(*FIGURES)
    body[2][1] = NAMES[2][5:]
    u = read([PLAIN, *body[:2], group(NAMES[2][:5]), *body[2:]])
    assert_read(u, *FIGURES)


def test_plans_for_a_span_or_a_month_are_never_taken_for_done() -> None:
    head: Row = ["序号", "项目名称", "总投资（万元）", "1-6月计划投资（万元）", "1-6月完成投资（万元）", "6月计划投资（万元）"]
    u = read([head, *lines(TOTAL, 2600.0, YEAR, 500.0)])
    assert fields(u) == {"B": F.NAME, "C": TOTAL, "E": YEAR}
    assert_read(u, TOTAL, YEAR)
    assert not any(MONTH in r.values or PLAN in r.values for r in u.rows)


def test_parts_of_the_whole_sum_by_year_and_month_are_figures_of_their_own() -> None:
    head: Row = ["序号", "项目名称", "总投资（万元）", "累计完成投资（万元）", "其中：本年完成投资（万元）", "其中：本月完成投资（万元）"]
    u = read([head, *lines(TOTAL, SINCE, YEAR, MONTH)])
    assert fields(u) == {"B": F.NAME, "C": TOTAL, "D": SINCE, "E": YEAR, "F": MONTH}
    assert_read(u, TOTAL, SINCE, YEAR, MONTH)
    assert "按台账数字判定" in u.sheets[0].columns[3].reason


def test_bare_months_under_no_group_are_the_month_and_the_year() -> None:
    head: Row = ["序号", "项目名称", "总投资（万元）", "6月份", "1至6月"]
    u = read([head, *lines(TOTAL, MONTH, YEAR)])
    assert fields(u) == PLAIN_FIELDS
    assert_read(u, *FIGURES)


def test_the_half_year_in_june_is_the_year_to_date_and_quarters_are_left_out() -> None:
    head: Row = ["序号", "项目名称", "总投资（万元）", "一季度完成投资（万元）", "二季度完成投资（万元）", "上半年累计完成投资（万元）"]
    u = read([head, *lines(TOTAL, 900.0, 1400.0, YEAR)])
    assert fields(u) == {"B": F.NAME, "C": TOTAL, "F": YEAR}
    assert_read(u, TOTAL, YEAR)


@pytest.mark.parametrize("month_first", [True, False])
def test_funds_arrived_are_the_cumulative_ones(month_first: bool) -> None:
    funds: Row = ["当月到位资金（万元）", "累计到位资金（万元）"]
    values = [100.0, 2500.0]
    order = 1 if month_first else -1
    u = read([[*PLAIN, *funds[::order]], *lines(*FIGURES, *values[::order])])
    assert fields(u) == {**PLAIN_FIELDS, "G" if month_first else "F": F.FUNDS_ARRIVED}
    assert_read(u, *FIGURES)
    assert {r.values[F.FUNDS_ARRIVED] for r in u.rows} == {yuan(2500)}


@pytest.mark.parametrize("parts", [
    [("", "一期"), ("", "二期")], [("1.1", "一标段"), ("1.2", "二标段")], [("", "其中：厂房"), ("", "其中：设备")],
])
def test_parts_of_a_project_are_no_projects(parts: list[tuple[str, str]]) -> None:
    body = lines(*FIGURES)
    halves: list[Row] = [[serial, name, *(wan(0, f) / 2 for f in FIGURES)] for serial, name in parts]
    u = read([PLAIN, body[0], *halves, *body[1:]])
    assert_read(u, *FIGURES)


def test_a_unit_line_with_two_units_leaves_each_column_to_its_figures() -> None:
    head: Row = ["序号", "项目名称", "总投资", "本月完成投资", "1-6月累计完成投资"]
    body: list[Row] = [line(at, wan(at, TOTAL) / 10_000, MONTH, YEAR) for at in ALL]
    u = read([["", "", "单位：亿元（总投资）、万元（其他）", "", ""], head, *body])
    assert u.sheets[0].header_rows == (2,)
    assert fields(u) == PLAIN_FIELDS
    assert_read(u, *FIGURES)


def test_a_group_row_with_sums_and_its_words_in_the_first_column_is_no_error() -> None:
    body = lines(*FIGURES)
    grid: list[Row] = [PLAIN]
    for town, some in (("白果镇", range(3)), ("开云镇", range(3, 6))):
        grid.append([town, "", *(round(sum(wan(at, f) for at in some), 2) for f in FIGURES)])
        grid += [body[at] for at in some]
    assert_read(read(grid), *FIGURES)


@pytest.mark.parametrize("merged", [True, False])
def test_the_subtotal_among_sources_of_the_plan_is_the_plan(merged: bool) -> None:
    head: list[Row] = [
        ["序号", "项目名称", "总投资（万元）", "2023年计划投资（万元）", "", "", "本月完成投资（万元）"],
        ["", "", "", "市财政", "社会资本", "小计", ""],
    ]
    body: list[Row] = [line(at, TOTAL, wan(at, PLAN) / 4, wan(at, PLAN) * 3 / 4, PLAN, MONTH) for at in ALL]
    merges = (*(Span(1, c, 2, c) for c in (1, 2, 3, 7)), Span(1, 4, 1, 6)) if merged else ()
    u = read([*head, *body], merges=merges)
    assert u.sheets[0].header_rows == (1, 2)
    assert fields(u) == {"B": F.NAME, "C": TOTAL, "F": PLAN, "G": MONTH}
    assert_read(u, TOTAL, PLAN, MONTH)


def test_a_visible_sheet_that_names_projects_and_cannot_be_read_is_told() -> None:
    words: list[Row] = [[NAMES[at], f"6月完成投资{wan(at, MONTH)}万元"] for at in range(3, 6)]
    u = read([PLAIN, *lines(*FIGURES)[:3]], words)
    assert [r.project for r in u.rows] == [code(0), code(1), code(2)]
    told = [f for f in u.findings if f.code == "sheet_unread"]
    assert [(f.level, f.sheet) for f in told] == [(Level.WARNING, "6月份")]
    assert "3 个台账项目" in told[0].message


def test_a_column_of_figures_without_a_head_is_told_by_its_letter() -> None:
    u = read([[*PLAIN[:3], "", *PLAIN[3:]], *lines(TOTAL, 88.0, MONTH, YEAR)])
    assert fields(u) == {"B": F.NAME, "C": TOTAL, "E": MONTH, "F": YEAR}
    assert_read(u, *FIGURES, but=("column_without_head",))
    told = next(f for f in u.findings if f.code == "column_without_head")
    assert told.column == "D"
    assert "D列" in told.message


@pytest.mark.parametrize("stale_first", [True, False])
def test_of_two_sheets_with_the_same_projects_the_one_that_agrees_with_the_ledger_is_taken(stale_first: bool) -> None:
    head: Row = [*PLAIN, "2023年计划投资（万元）"]
    good: list[Row] = [head, *lines(*FIGURES, PLAN)]
    stale: list[Row] = [head, *([*line(at)[:2], *(round(wan(at, f) * 0.8, 2) for f in (*FIGURES, PLAN))] for at in ALL)]
    u = read(*((stale, good) if stale_first else (good, stale)))
    taken, left = (u.sheets[1], u.sheets[0]) if stale_first else (u.sheets[0], u.sheets[1])
    assert taken.used
    assert not left.used
    assert "与台账不符" in (left.why or "")
    assert {r.sheet for r in u.rows} == {taken.name}
    assert_read(u, *FIGURES, PLAN)
