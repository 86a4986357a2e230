"""Books of two sheets: each kind of sheet beside each other one. Which is the return's, which is left out and why, whose it is and
what is told of it, held against what was looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import LedgerSnapshot, ReportingUnit
from hydesk.domain.understanding import Understanding
from hydesk.returns.pipeline import understand
from tests.kept import hold
from tests.returns.test_kept_checks import BASE, JUNE, UNIT

KEPT = Path(__file__).parent / "kept"
NAMES = tuple(f"{place}{kind}" for place, kind in product(("湘江", "蒸水", "耒水"), ("电缆生产线项目", "污水处理厂提标", "标准厂房一期")))
LEDGER = LedgerSnapshot(2023, JUNE, (ReportingUnit(UNIT, short_names=("衡南",)), ReportingUnit("祁东县"), ReportingUnit("松木经开区")), tuple(
    replace(BASE, code=f"HY2023-{n:03d}", name=name, unit=UNIT if n <= 6 else "祁东县") for n, name in enumerate(NAMES, 1)))
MONEY: list[CellValue] = ["序号", "项目名称", "总投资（万元）", "年度计划投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）"]


def _table(title: str, heads: list[CellValue], value: Callable[[int], list[CellValue]], which: range = range(6), name: str = "表", lines: tuple[str, ...] = (f"填报单位：{UNIT}",)) -> Sheet:
    return Sheet(name, [[title], *([x] for x in lines), heads, *([float(n + 1), NAMES[n], *value(n)] for n in which)])


def _june(n: int) -> list[CellValue]:
    return [3_000.0, 1_500.0, 120.0, 620.0]


SHEETS: dict[str, Sheet] = {
    "june": _table(f"{UNIT}2023年6月重点项目进展情况表", MONEY, _june), "june by name": _table("重点项目进展情况表", MONEY, _june, name="6月"), "may": _table(f"{UNIT}2023年5月重点项目进展情况表", MONEY, lambda n: [3_000.0, 1_500.0, 100.0, 500.0]),
    "may by name": _table("重点项目进展情况表", MONEY, _june, name="5月"), "may's columns": _table("重点项目进展情况表", ["序号", "项目名称", "5月完成投资（万元）", "1-5月累计完成投资（万元）"], lambda n: [100.0, 500.0]), "last year": _table("2022年6月重点项目进展情况表", MONEY, _june),
    "hidden": replace(_table(f"{UNIT}2023年6月重点项目进展情况表", MONEY, _june), hidden=True), "old copy": _table("重点项目进展情况表", MONEY, lambda n: [2_000.0 + n, 1_111.0, 77.0, 600.0]), "last month by name": _table("重点项目进展情况表", MONEY, _june, name="上月"),
    "facts": _table("重点项目基本情况表", ["序号", "项目名称", "总投资（万元）", "年度计划投资（万元）", "开工时间", "建设地点"], lambda n: [3_000.0, 1_500.0, "2023年3月", "三塘镇"]), "words": _table("6月重点项目进展情况表", ["序号", "项目名称", "形象进度", "存在问题", "下月工作计划"], lambda n: ["主体施工", "无", "封顶"]),
    "words of may": _table("2023年5月重点项目进展情况表", ["序号", "项目名称", "形象进度", "存在问题", "下月工作计划"], lambda n: ["基础施工", "无", "封顶"]), "half": _table(f"{UNIT}2023年6月进展情况表", MONEY, _june, range(3)), "other half": _table(f"{UNIT}2023年6月进展情况表", MONEY, _june, range(3, 6)),
    "a third": _table(f"{UNIT}2023年6月进展情况表", MONEY, _june, range(2)), "another unit's": _table("祁东县2023年6月进展情况表", MONEY, _june, range(6, 9), lines=("填报单位：祁东县",)), "of all": _table("2023年6月进展情况表", [*MONEY, "县市区"], lambda n: [*_june(n), UNIT if n < 6 else "祁东县"], range(9), lines=()),
    "summary": Sheet("汇总", [["汇总表"], ["县市区", "项目个数", "总投资（亿元）"], [UNIT, 6.0, 1.8], ["合计", 6.0, 1.8]]), "notes": Sheet("填表说明", [["一、本表由各县市区填报"], ["二、单位为万元"], [NAMES[0]]]), "empty": Sheet("Sheet3", []), "no rows": _table("2023年6月进展情况表", MONEY, _june, range(0)),
    "strangers": Sheet("表2", [["6月进展情况表"], MONEY, [1.0, "没有听说过的项目", 5.0, 5.0, 1.0, 2.0], [2.0, "另一个陌生的厂房", 5.0, 5.0, 1.0, 2.0]]), "more": _table(f"{UNIT}2023年6月重点项目进展情况表", [*MONEY, "到位资金（万元）"], lambda n: [*_june(n), 500.0])}


def told(found: Understanding) -> str:
    """What became of a book, in a line."""
    sheets = "; ".join(f"{s.name} {'used' if s.used else f'left: {s.why}'} {' '.join(c.field.value for c in s.columns if c.field)}" for s in found.sheets)
    rows = " ".join(f"{r.sheet}!{r.row}={(r.project or '—')[-3:]}{'' if r.accepted else '?'}{len(r.values)}" for r in found.rows)
    return f"{found.unit} {found.period}{' REJECTED' if found.rejected else ''} missing {len(found.missing)} | {sheets} | {rows} | {' ⏎ '.join(f'{f.code} {f.message}' for f in found.findings if f.row is None)} | {len(found.findings)}"


def test_each_kind_of_sheet_beside_each_other() -> None:
    def lines() -> Iterator[str]:
        for name, sheet in SHEETS.items():
            for unit in (None, UNIT, "祁东县"):
                yield f"{name} alone for {unit}: {told(understand(Book('报表.xlsx', (sheet,), 'xlsx'), LEDGER, unit))}"
        for (i, (one, first)), (j, (other, second)) in product(enumerate(SHEETS.items()), enumerate(SHEETS.items())):
            if i != j and (i < j) is bool((i + j) % 2):
                continue  # of each pair one order is enough, of every other pair the other one
            book = Book(f"{UNIT}.xlsx", (first, replace(second, name=second.name if second.name != first.name else f"{second.name}(2)")), "xlsx")
            yield f"{one} + {other}: {told(understand(book, LEDGER, UNIT if one < other else None))}"

    hold(KEPT / "books.txt", lines())


def test_whose_a_book_is_and_of_which_month() -> None:
    def lines() -> Iterator[str]:
        for title, line, file, sheet in product((f"{UNIT}2023年6月进展情况表", "祁东县进展情况表", "2023年6月进展情况表", "衡南、祁东进展情况表", "5月份进展情况表"), ("填报单位：祁东县", "报送单位：衡南", "单位：万元", f"主送：{UNIT}"), ("报表.xlsx", "祁东县6月.xlsx"), ("表", "衡南", "5月")):
            found = understand(Book(file, (_table(title, MONEY, _june, range(3), sheet, (line,)),), "xlsx"), LEDGER)
            yield f"{title} {line} {file} {sheet}: {found.unit} {found.period} {' '.join(f.code for f in found.findings if f.row is None)} {[s.why for s in found.sheets]}"
        for own, others, chosen in product((6, 4, 3, 2, 1), (0, 1, 2, 3), (None, UNIT, "祁东县", "松木经开区")):
            rows = [*range(own), *range(6, 6 + others)]
            found = understand(Book("报表.xlsx", (Sheet("表", [["进展情况表"], MONEY, *([float(n), NAMES[n], *_june(n)] for n in rows)]),), "xlsx"), LEDGER, chosen)
            yield f"{own} of one, {others} of the other, chosen {chosen}: {found.unit} {' '.join(f'{f.code} {f.message}' for f in found.findings if f.row is None)}"
        for period in (Period.month(2023, 5), Period.month(2023, 12), Period.parse("2023-W26"), Period.month(2024, 6)):
            for name in ("june", "may", "may's columns", "words", "last year", "facts"):
                found = understand(Book("报表.xlsx", (SHEETS[name],), "xlsx"), replace(LEDGER, period=period, year=period.year), UNIT)
                yield f"{name} in {period}: {told(found)}"

    hold(KEPT / "books_units.txt", lines())
