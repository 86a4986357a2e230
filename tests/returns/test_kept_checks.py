"""Checks of rows swept over their edges: one figure at a time around every limit, in ledgers of many situations; dates, words and
weeks too. What is told of each row, and what of the table, is held against what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

from hydesk.domain.changes import LedgerEdit
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, PeriodFigures, ReportingUnit
from hydesk.domain.understanding import Understanding
from hydesk.returns.pipeline import understand
from tests.kept import hold

F = Field
KEPT = Path(__file__).parent / "kept"
WAN = 10_000
JUNE, MAY, APRIL, JANUARY = (Period.month(2023, m) for m in (6, 5, 4, 1))
WEEK, WEEK_BEFORE = Period.parse("2023-W28"), Period.parse("2023-W27")
UNIT = "衡南县"


def held(period: Period, month: float | None, year: float | None, since: float | None, **more: Any) -> PeriodFigures:
    """What the ledger holds of a period, 万元."""
    amounts = {F.MONTH_INVESTMENT: month, F.YEAR_INVESTMENT: year, F.TOTAL_INVESTED: since}
    return PeriodFigures(period, {f: round(v * WAN) for f, v in amounts.items() if v is not None}, **more)


BASE = KnownProject("", "", UNIT, total_investment=3_000 * WAN, invested_before=1_000 * WAN, annual_plan=1_500 * WAN, previous=held(MAY, 100, 500, 1_500))


def read(known: KnownProject, heads: Sequence[str], rows: Sequence[Sequence[CellValue]], period: Period = JUNE) -> Understanding:
    """A return of as many projects as rows, each as ``known``."""
    own = tuple(replace(known, code=f"HY2023-{n:03d}", name=f"第{n}号产业园标准厂房") for n in range(1, len(rows) + 1))
    title = f"{UNIT}2023年6月重点项目进展情况表" if period is JUNE else f"{UNIT}重点项目周报（第28周）"
    grid: list[list[CellValue]] = [[title], ["填报单位：" + UNIT, "单位：万元"], ["序号", "项目编号", "项目名称", *heads]]
    grid += [[float(n), p.code, p.name, *row] for n, (p, row) in enumerate(zip(own, rows, strict=True), 1)]
    ledger = LedgerSnapshot(2023, period, (ReportingUnit(UNIT), ReportingUnit("祁东县")), own)
    return understand(Book("报表.xlsx", (Sheet("表", grid),), "xlsx"), ledger, UNIT)


def told(name: str, found: Understanding, rows: Sequence[Sequence[CellValue]], words: bool) -> Iterator[str]:
    """What is told of each row; the sentences themselves where ``words`` asks for them."""
    yield f"== {name}"
    for n, row in enumerate(rows, 4):
        own = [f for f in found.findings if f.row == n]
        values = next((r.values for r in found.rows if r.row == n), {})
        said = [f.message.partition("：")[2] if words else f"{f.code}@{f.cell}{f' → {f.suggestion}' if f.suggestion else ''}" for f in own]
        yield f"{' '.join('—' if v is None else str(v) for v in row)}: {' '.join(str(v) for v in values.values() if not isinstance(v, str))} | {' '.join(said)}"
    yield from (f"table {f.code} {f.column or ''} {f.message}" for f in found.findings if f.row is None)


def _around(base: Sequence[CellValue], changes: dict[int, Sequence[CellValue]]) -> list[list[CellValue]]:
    rows = [list(base)]
    for at, values in changes.items():
        rows += [[*base[:at], v, *base[at + 1:]] for v in values]
    return rows


HEADS = ["总投资", "截至2022年底累计完成投资", "年度计划投资", "本月完成投资", "1-6月累计完成投资", "自开工累计完成投资"]
ROWS = _around((3_000.0, 1_000.0, 1_500.0, 120.0, 620.0, 1_620.0), {
    0: (None, 0.0, -1.0, 2_999.99, 3_000.005, 3_000.01, 3_000.02, 3_001.0, 0.3, 30_000_000.0, 1_000.0, "—"),
    1: (None, 0.0, -1.0, 999.99, 1_000.01, 0.1, 10_000_000.0, "无"),
    2: (None, 0.0, -1.0, 1_499.99, 1_500.02, 0.15, 620.0, 619.99, 480.0, 240.0, 100.0, 15_000_000.0),
    3: (None, 0.0, -0.01, -5.0, 100.0, 100.005, 100.006, 99.99, 120.01, 120.02, 620.0, 620.01, 621.0, 750.01, 600.0, 0.012, 1_200_000.0, 1_500.0, 375.0, "—"),
    4: (None, 0.0, -1.0, 499.98, 499.99, 500.0, 619.98, 620.01, 620.02, 119.0, 1_500.0, 1_500.01, 2_000.0, 2_003.0, 2_004.0, 3_000.01, 0.062, 6_200_000.0),
    5: (None, 0.0, -1.0, 1_499.98, 1_500.0, 1_619.98, 1_620.02, 3_000.0, 3_000.02, 620.0, 0.162, 16_200_000.0)})
ROWS += [[3_000.0, 1_000.0, 1_500.0, m, y, None] for m, y in product((None, 0.0, 400.0, 1_000.0, 1_501.0, 2_100.0), (None, 500.0, 1_500.0))]
SITUATIONS: dict[str, KnownProject] = {
    "plain": BASE, "nothing before": replace(BASE, previous=None), "a month is missing": replace(BASE, previous=held(APRIL, 100, 500, 1_500)),
    "a day is stated": replace(BASE, previous=held(MAY, 100, 500, 1_500, stated=date(2023, 5, 25))), "no sum before the year": replace(BASE, invested_before=None),
    "no total": replace(BASE, total_investment=None), "no plan": replace(BASE, annual_plan=None), "nothing known": replace(BASE, total_investment=None, annual_plan=None, invested_before=0, previous=None),
    "newest is more": replace(BASE, newest=held(WEEK, None, 700, 1_700)), "closing is more": replace(BASE, closing=held(APRIL, 90, 640, None)),
    "over its total already": replace(BASE, previous=held(MAY, 100, 2_100, 3_100)), "no months told": replace(BASE, previous=held(MAY, None, 500, None)),
    "little so far": replace(BASE, previous=held(MAY, 10, 50, 1_050)), "small": replace(BASE, total_investment=300 * WAN, invested_before=100 * WAN, annual_plan=150 * WAN, previous=held(MAY, 10, 50, 150)),
    "edited": replace(BASE, edited={F.ANNUAL_PLAN: LedgerEdit(1_600 * WAN, datetime(2023, 6, 9, 8, 30), "张三", 1_500 * WAN, "")},
                      edited_before={F.YEAR_INVESTMENT: LedgerEdit(500 * WAN, datetime(2023, 6, 9, 8, 30), "张三", 480 * WAN, "")}),
    "held for June": replace(BASE, current=held(JUNE, 120, 620, 1_620))}


def test_figures_around_every_limit() -> None:
    def lines() -> Iterator[str]:
        for name, known in SITUATIONS.items():
            for at in range(0, len(ROWS), 12):  # few enough that the table itself is not doubted for what its rows are
                rows = ROWS[at:at + 12]
                yield from told(f"{name} {at}", read(known, HEADS, rows), rows, name == "plain")

    hold(KEPT / "checks.txt", lines())


def test_dates_and_words_around_every_limit() -> None:
    heads = ["实际开工时间", "竣工时间", "1-6月累计完成投资", "形象进度"]
    dates: Sequence[CellValue] = (None, "2023年3月", "2023-03-20", "2023年6月", "2023-06-30", "2023-07-01", "2023年7月", "2024年", "2023年二季度", "未开工", "2022年12月", 45_078.0)
    words = ("", "主体施工", "场地平整", "正在办理前期手续，未开工", "已竣工投产", "已达产", "计划年底竣工", "已投入使用，尚未达产")
    nodes: dict[str, dict[str, Any]] = {
        "no node": {}, "started": {"nodes": {F.START_DATE: LooseDate(date(2023, 3, 20))}}, "started in a month": {"nodes": {F.START_DATE: LooseDate.of_month(2023, 3)}},
        "planned": {"nodes": {F.PLANNED_START: LooseDate.of_month(2023, 5), F.PLANNED_FINISH: LooseDate.of_month(2024, 12)}},
        "finished": {"nodes": {F.START_DATE: LooseDate.of_month(2022, 3), F.FINISH_DATE: LooseDate(date(2023, 6, 1))}}, "carried on": {"nature": "续建", "invested_before": 0}, "new": {"nature": "新建", "invested_before": 0}}

    def lines() -> Iterator[str]:
        rows: list[list[CellValue]] = [[d, None, 620.0, w] for d, w in product(dates, words[:4])] + [["2023年3月", d, y, w] for d, (y, w) in product(dates, ((620.0, words[1]), (1_699.0, words[4]), (1_700.0, words[5]), (0.0, words[6])))]
        rows += [[None, None, y, w] for y, w in product((None, 0.0, 620.0, 1_999.0), words)]
        for name, more in nodes.items():
            for at in range(0, len(rows), 16):
                yield from told(f"{name} {at}", read(replace(BASE, **more), heads, rows[at:at + 16]), rows[at:at + 16], name == "started")

    hold(KEPT / "checks_dates.txt", lines())


def test_weeks_around_every_limit() -> None:
    heads = ["本周完成投资", "年初至本周累计完成投资", "上周末累计完成投资", "1-6月累计完成投资"]
    before = PeriodFigures(WEEK_BEFORE, {F.WEEK_INVESTMENT: 30 * WAN, F.YEAR_INVESTMENT: 700 * WAN, F.TOTAL_INVESTED: 1_700 * WAN})
    june = held(JUNE, 150, 650, 1_650)
    known = replace(BASE, previous=before, newest=before, closing=june, week_before=before)
    rows = _around((40.0, 740.0, 700.0, 650.0), {
        0: (None, 0.0, -1.0, 30.0, 30.005, 40.01, 40.02, 740.0, 741.0, 1_300.0, 0.004, 400_000.0), 1: (None, 0.0, -1.0, 699.98, 700.0, 739.98, 740.02, 39.0, 2_004.0, 0.074),
        2: (None, 700.01, 700.02, 1_700.0, 690.0, "—"), 3: (None, 650.01, 650.02, 1_650.0, 640.0)})
    rows += [[w, y, None, None] for w, y in product((None, 0.0, 30.0, 1_301.0), (None, 700.0, 730.0))]

    def lines() -> Iterator[str]:
        for name, own in {"a week before": known, "none before": replace(known, week_before=None, previous=june, newest=june), "no month": replace(known, closing=None), "nothing": replace(known, week_before=None, previous=None, newest=None, closing=None),
                          "no total": replace(known, total_investment=None), "over its total": replace(known, newest=replace(before, money={F.YEAR_INVESTMENT: 2_050 * WAN}))}.items():
            for at in range(0, len(rows), 12):
                yield from told(f"{name} {at}", read(own, heads, rows[at:at + 12], WEEK), rows[at:at + 12], name == "a week before")

    hold(KEPT / "checks_weeks.txt", lines())


def test_sums_counts_and_subtotals_around_every_limit() -> None:
    """One row of sums changed at a time, above, below and between its rows."""
    heads = ["总投资", "年度计划投资", "本月完成投资", "1-6月累计完成投资"]
    row: list[CellValue] = [3_000.0, 1_500.0, 120.0, 620.0]

    def lines() -> Iterator[str]:
        for place, name, off in product(("top", "bottom", "groups", "grand"), ("合计", "合计（6个）", "合计（5个）", "衡南县合计", "小计", "一、产业项目（3个）", "一、产业项目（4个）", "本页小计"), (0.0, 0.02, 1.0, 90.0, 1_080.0)):
            projects = [replace(BASE, code=f"HY2023-{n:03d}", name=f"第{n}号产业园标准厂房") for n in range(1, 7)]
            grid: list[list[CellValue]] = [[f"{UNIT}2023年6月重点项目进展情况表（共6个）"], ["填报单位：" + UNIT, "单位：万元"], ["序号", "项目编号", "项目名称", *heads]]
            body: list[list[CellValue]] = [[float(n), p.code, p.name, *row] for n, p in enumerate(projects, 1)]
            count = 3 if place == "groups" else 6
            sums: list[CellValue] = [None, None, name, *(float(str(v)) * count + (off if at == 3 else 0.0) for at, v in enumerate(row))]
            other: list[CellValue] = [None, None, "二、民生项目（3个）", *(float(str(v)) * 3 for v in row)]
            grid += {"top": [sums, *body], "bottom": [*body, sums], "groups": [sums, *body[:3], other, *body[3:]], "grand": [sums, [None, None, "产业项目小计", *(float(str(v)) * 3 for v in row)], *body[:3], other, *body[3:]]}[place]
            ledger = LedgerSnapshot(2023, JUNE, (ReportingUnit(UNIT),), tuple(projects))
            found = understand(Book("报表.xlsx", (Sheet("表", grid),), "xlsx"), ledger, UNIT)
            yield f"{place} {name} {off}: {len(found.rows)} rows {' '.join(f.message for f in found.findings)}"

    hold(KEPT / "checks_sums.txt", lines())
