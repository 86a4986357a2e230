"""Draws one unit's June figures into sheets of every shape; knows nothing of how they are understood."""

from __future__ import annotations

import random
from decimal import Decimal

from hydesk.domain.fields import Field
from hydesk.domain.grid import CellValue, Sheet, Span
from hydesk.domain.money import MoneyUnit
from hydesk.domain.snapshot import KnownProject
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


def cards_with_colons(d: Draw) -> list[Sheet]:
    rows: list[Row] = []
    for p in d.projects:
        rows += [[d.title()], ["项目名称：", p.name, "建设单位：", "恒岳公司"], *([f"{d.head(f)}：", d.figure(p, f), None, None] for f in WORDS),
                 ["形象进度：", "主体施工"], ["填表人：张三", None, "填表日期：2023年6月25日"], []]
    return [sheet(rows)]


def cards_of_whole_cells(d: Draw) -> list[Sheet]:
    """Label and value in one cell."""
    rows: list[Row] = []
    for p in d.projects:
        rows += [[d.title()], [f"项目名称：{p.name}", None, "建设单位：恒岳公司"], *([f"{d.head(f)}：{d.figure(p, f)}"] for f in WORDS),
                 ["形象进度：主体施工"], []]
    return [sheet(rows)]


def cards_in_groups(d: Draw) -> list[Sheet]:
    rows: list[Row] = []
    merges: list[Span] = []
    for p in d.projects:
        top = len(rows) + 1
        rows += [[d.title(), None, None], ["项目名称", None, p.name], ["投资情况", d.head(F.TOTAL_INVESTMENT), d.figure(p, F.TOTAL_INVESTMENT)],
                 [None, d.head(F.ANNUAL_PLAN), d.figure(p, F.ANNUAL_PLAN)], ["完成情况", d.head(F.MONTH_INVESTMENT), d.figure(p, F.MONTH_INVESTMENT)],
                 [None, d.head(F.YEAR_INVESTMENT), d.figure(p, F.YEAR_INVESTMENT)], ["形象进度", None, "主体施工"], []]
        merges += [Span(top, 1, top, 3), Span(top + 1, 1, top + 1, 2), Span(top + 2, 1, top + 3, 1), Span(top + 4, 1, top + 5, 1)]
    return [sheet(rows, merges=tuple(merges))]


def cards_merged_wide(d: Draw) -> list[Sheet]:
    """One card a sheet, every label and value merged over columns, texts that sound like heads."""
    drawn: list[Sheet] = []
    for p in d.projects:
        def money(f: Field, p: KnownProject = p) -> float:
            return d.figure(p, f, MoneyUnit.WAN)
        rows: list[Row] = [
            [d.title(), *[None] * 5], [f"填报单位：{UNIT}", None, None, None, "单位：万元", None], ["项目名称", None, p.name, None, None, None],
            ["总投资", None, money(F.TOTAL_INVESTMENT), "年度计划投资", None, money(F.ANNUAL_PLAN)],
            ["本月完成投资", None, money(F.MONTH_INVESTMENT), "1-6月累计完成投资", None, money(F.YEAR_INVESTMENT)],
            ["工程形象进度", None, "正在进行主体施工，完成投资情况良好"], ["存在的问题"], ["下步工作计划", None, "继续施工"],
            ["填报人：", None, "李四", None, "联系电话：", "13900001111"]]
        merges = (Span(1, 1, 1, 6), Span(3, 1, 3, 2), Span(3, 3, 3, 6), Span(4, 1, 4, 2), Span(4, 4, 4, 5), Span(5, 1, 5, 2), Span(5, 4, 5, 5),
                  Span(6, 1, 6, 2), Span(6, 3, 6, 6))
        drawn.append(sheet(rows, p.name[:10], merges))
    return drawn


def transposed_in_two_columns_of_labels(d: Draw) -> list[Sheet]:
    merged = d.rng.random() < 0.5
    rows: list[Row] = [
        [d.title()], [None, None, *range(1, 7)], ["项目名称", None, *(p.name for p in d.projects)],
        ["基本情况", d.head(F.TOTAL_INVESTMENT), *(d.figure(p, F.TOTAL_INVESTMENT) for p in d.projects)], [None, "建设性质", *["续建"] * 6],
        ["2023年投资", d.head(F.ANNUAL_PLAN), *(d.figure(p, F.ANNUAL_PLAN) for p in d.projects)],
        [None, d.head(F.MONTH_INVESTMENT), *(d.figure(p, F.MONTH_INVESTMENT) for p in d.projects)],
        [None, d.head(F.YEAR_INVESTMENT), *(d.figure(p, F.YEAR_INVESTMENT) for p in d.projects)], ["形象进度", None, *["主体"] * 6]]
    merges = (Span(3, 1, 3, 2), Span(4, 1, 5, 1), Span(6, 1, 8, 1), Span(9, 1, 9, 2))
    return [sheet(rows, merges=merges if merged else ())]


def transposed_under_bare_names(d: Draw) -> list[Sheet]:
    """Another word than 项目名称 in the corner."""
    rows: list[Row] = [[d.title()], [d.rng.choice(("指标名称", "指标", "项目", "内容")), *(p.name for p in d.projects)],
                       *([d.head(f), *(d.figure(p, f) for p in d.projects)] for f in WORDS), ["形象进度", *["主体"] * 6]]
    return [sheet(rows)]


def measures_beside_codes(d: Draw) -> list[Sheet]:
    rows: list[Row] = [["序号", "项目编号", "项目名称", "指标", f"数值（{d.unit.value}）"]]
    for n, p in enumerate(d.projects, 1):
        rows += [[n, p.code, p.name, d.head(f, unit=False), d.figure(p, f)] for f in WORDS]
    return [sheet(rows)]


def plan_and_done_by_year_and_month(d: Draw) -> list[Sheet]:
    rows: list[Row] = [[d.title()], ["序号", "项目名称", f"总投资（{d.unit.value}）", "指标", "全年", "本月", "1-6月累计"]]
    merges: list[Span] = []
    for n, p in enumerate(d.projects, 1):
        top = len(rows) + 1
        rows.append([n, p.name, d.figure(p, F.TOTAL_INVESTMENT), "计划投资", d.figure(p, F.ANNUAL_PLAN), 0.1, 0.6])
        rows.append([None, None, None, "完成投资", None, d.figure(p, F.MONTH_INVESTMENT), d.figure(p, F.YEAR_INVESTMENT)])
        merges += [Span(top, c, top + 1, c) for c in (1, 2, 3)]
    return [sheet(rows, merges=tuple(merges))]


def plan_done_and_rate_as_rows(d: Draw) -> list[Sheet]:
    head: Row = ["序号", "项目名称", f"总投资（{d.unit.value}）", f"年度计划投资（{d.unit.value}）", "类别", "5月", "6月", "1-6月累计"]
    rows: list[Row] = [[d.title()], head]
    for n, p in enumerate(d.projects, 1):
        rows.append([n, p.name, d.figure(p, F.TOTAL_INVESTMENT), d.figure(p, F.ANNUAL_PLAN), "计划", 0.1, 0.1, 0.6])
        rows.append([None, None, None, None, "完成", 0.2, d.figure(p, F.MONTH_INVESTMENT), d.figure(p, F.YEAR_INVESTMENT)])
        rows.append([None, None, None, None, "完成率%", 90, 90, 90])
    return [sheet(rows)]


def side_by_side_under_titles(d: Draw) -> list[Sheet]:
    head: Row = ["序号", "项目名称", *(d.head(f, unit=False) for f in WORDS), "形象进度"]
    rows: list[Row] = [[d.title()], [f"单位：{d.unit.value}"], ["一、续建项目", *[None] * 6, "二、新建项目"], [*head, *head]]
    for n, (one, other) in enumerate(zip(d.projects[:3], d.projects[3:], strict=True), 1):
        rows.append([c for p in (one, other) for c in (n, p.name, *(d.figure(p, f) for f in WORDS), "主体")])
    sums = [["合计", None, *(round(sum(d.figure(p, f) for p in part), 6) for f in WORDS), None] for part in (d.projects[:3], d.projects[3:])]
    return [sheet([*rows, [*sums[0], *sums[1]]])]


def side_by_side_uneven(d: Draw) -> list[Sheet]:
    head: Row = [*(["序号"] if (serial := d.rng.random() < 0.5) else []), "项目名称", *(d.head(f) for f in WORDS)]
    rows: list[Row] = [[d.title()], [*head, None, *head]]
    for n, p in enumerate(d.projects[:4], 1):
        beside = d.projects[n + 3] if n <= 2 else None
        line: Row = [*([n] if serial else []), p.name, *(d.figure(p, f) for f in WORDS), None]
        rows.append([*line, *([*([n + 4] if serial else []), beside.name, *(d.figure(beside, f) for f in WORDS)] if beside else [])])
    return [sheet(rows)]


def month_and_sum_on_two_sheets(d: Draw) -> list[Sheet]:
    month: list[Row] = [["序号", "项目名称", *(d.head(f) for f in WORDS if f is not F.YEAR_INVESTMENT)]]
    year: list[Row] = [["序号", "项目名称", d.head(F.YEAR_INVESTMENT)]]
    for n, p in enumerate(d.projects, 1):
        month.append([n, p.name, *(d.figure(p, f) for f in WORDS if f is not F.YEAR_INVESTMENT)])
        year.append([n, p.name, d.figure(p, F.YEAR_INVESTMENT)])
    return [sheet(month, "当月"), sheet(year, "累计")]


ONE_ROW_A_PROJECT = (
    units_row_by_row, packages_with_sub_rows, cards_down, card_a_sheet, cards_with_units_beside, two_cards_abreast, cards_with_colons, cards_in_groups,
    cards_merged_wide, transposed, transposed_in_groups, transposed_in_two_columns_of_labels, transposed_under_bare_names, measures_as_rows,
    measures_beside_codes, plan_and_done_as_rows, plan_and_done_by_year_and_month, plan_done_and_rate_as_rows, side_by_side,
    side_by_side_under_titles, side_by_side_uneven)
"""Shapes that come out as one row a project."""


def sources_as_rows(d: Draw, sources: tuple[tuple[str, int], ...] = (("中央预算内", 2), ("专项债券", 3), ("企业自筹", 5))) -> list[Sheet]:
    """A row for each source of money, none for the whole; tenths of the figures, exactly."""
    rows: list[Row] = [[d.title()], ["序号", "项目名称", "资金来源", *(f"{WORDS[f][0]}（万元）" for f in WORDS)]]
    merges: list[Span] = []
    for n, p in enumerate(d.projects, 1):
        top = len(rows) + 1
        for at, (source, tenths) in enumerate(sources):
            shares = [float(Decimal(d.truth[p.code][f]) * tenths / 100_000) for f in WORDS]
            rows.append([n if at == 0 else None, p.name if at == 0 else None, source, *shares])
        merges += [Span(top, 1, len(rows), 1), Span(top, 2, len(rows), 2)]
    return [sheet(rows, merges=tuple(merges))]
