"""Project lists, node tables, registers, plans by month and values by year with one thing changed, and what returns would change in
the ledger: held against what was looked at.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterDefinition, RegisterField, RegisterKind
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, ReportingUnit
from hydesk.returns.differences import differences
from hydesk.returns.month_table import read_month_table
from hydesk.returns.node_table import understand_nodes
from hydesk.returns.project_list import understand_project_list
from hydesk.returns.register_rows import Lookups, understand_register
from hydesk.returns.year_table import read_year_table
from tests.kept import hold, lines_of
from tests.returns.lists_drawn import DRAW
from tests.returns.test_kept_checks import BASE, HEADS, JUNE, ROWS, SITUATIONS, UNIT, WAN, read
from tests.returns.test_lists_drawn import KNOWN
from tests.returns.test_one_step_aside import changes

F = Field
KEPT = Path(__file__).parent / "kept"
NAMES = ("湘江电缆生产线项目", "蒸水污水处理厂", "人民医院新院区", "标准厂房一期", "云集道路改造")
LEDGER = LedgerSnapshot(2023, JUNE, (ReportingUnit(UNIT), ReportingUnit("祁东县")), tuple(
    replace(BASE, code=f"HY2023-{n:03d}", name=name, unit=UNIT if n < 4 else "祁东县") for n, name in enumerate(NAMES, 1)))


def aside(name: str, sheet: Sheet, ask: Callable[[Book], Any], cells: int = 20, most: tuple[int, int] = (40, 40)) -> Iterator[str]:
    """A table as it is read, then what each change moves."""
    def told(own: Sheet) -> list[str]:
        return list(lines_of("", ask(Book(f"{name}.xlsx", (own,), "xlsx")), most=most))

    before, rng = told(sheet), random.Random(name)
    yield f"== {name}"
    yield from before[:60]
    for what, change in changes(rng, sheet, cells):
        now = told(change(sheet))
        gone, new = [x.strip()[:100] for x in before if x not in now], [x.strip()[:100] for x in now if x not in before]
        yield f"{what}: −{len(gone)} ＋{len(new)} {sha256(chr(10).join(now).encode()).hexdigest()[:6]} {' ⏎ '.join((*[f'− {x}' for x in gone[:1]], *[f'＋ {x}' for x in new[:2]]))}"


def test_project_lists_with_one_thing_changed() -> None:
    def lines() -> Iterator[str]:
        for draw in DRAW:
            if draw.__name__ != "long_list":
                yield from aside(draw.__name__, draw(random.Random(5), False).book.sheets[0], lambda b: understand_project_list(b, 2023, KNOWN), 6, (12, 6))

    hold(KEPT / "aside_lists.txt", lines())


NODES = (("开工", "实际开工"), ("用地", ""), ("施工许可", "施工许可证"), ("主体封顶", ""), ("竣工", "竣工验收"))


def _grid(*rows: list[CellValue]) -> Sheet:
    return Sheet("表", list(rows))


def test_node_tables_with_one_thing_changed() -> None:
    plain = _grid([f"{UNIT}2023年节点计划表"], ["序号", "项目名称", "施工许可证", None, "主体封顶", None, "竣工验收", "备注"], [None, None, "计划", "实际", "计划", "预计", "计划完成时间", None],
                  *([float(n), name, "2023年3月", "2023-03-20" if n % 2 else None, "2023年9月", "2023年10月底", "2024年二季度", "按期"] for n, name in enumerate(NAMES, 1)))
    ticks = _grid(["节点完成情况表（2023年6月）"], ["序号", "项目名称", "用地", "施工许可", "开工", "竣工"], *([float(n), name, "√", "已办" if n % 2 else "未办", "2023.5.1", None] for n, name in enumerate(NAMES, 1)))
    rows = _grid(["节点表"], ["项目名称", "节点", "计划完成时间", "实际完成时间", "完成情况"], *([name if at == 0 else None, node, "2023年3月", "2023.3.5" if at else None, "已完成" if at else "正在办理"] for name in NAMES[:3] for at, node in enumerate(("用地", "施工许可证", "竣工"))))
    across = _grid(["节点进度表"], ["节点", *NAMES[:4]], ["用地批复", "2023年1月", "√", None, "未办"], ["施工许可证（计划）", "2023年3月", "2023年4月", "2023.5", "待定"], ["竣工验收", "2024年", "2024年6月", "2025-01-01", None])

    def lines() -> Iterator[str]:
        for (name, sheet), unsaid in product((("plain", plain), ("ticks", ticks), ("rows", rows), ("across", across)), (None, "actual")):
            yield from aside(f"{name} {unsaid or ''}", sheet, lambda b, unsaid=unsaid: understand_nodes(b, LEDGER, NODES, unsaid))  # type: ignore[misc]
        words = ("2023年3月", "已于2023年3月20日完成", "预计2023年9月", "√", "×", "已办", "未办", "办理中", "不需要", "无", "—", "衡发改〔2023〕5号", "2023.1", 2023.1, 45_078.0, "2022年12月31日取得批复", "2023年13月", "三季度", "2024年1月前", True, "计划3月", "1、2023年3月；2、2023年5月")
        for head, word in product(("施工许可证计划", "施工许可证实际", "施工许可证"), words):
            told = understand_nodes(Book("表.xlsx", (_grid([f"{UNIT}节点表"], ["序号", "项目名称", head, "竣工计划", "形象进度"], [1.0, NAMES[0], word, "2024年", "主体"], [2.0, NAMES[1], "2023年5月", "2024年", "主体"]),), "xlsx"), LEDGER, NODES, None)
            yield f"{head} {word!r}: {' ⏎ '.join(x.strip() for x in lines_of('', (told.cells[:2], told.findings)))}"

    hold(KEPT / "aside_nodes.txt", lines())


def test_registers_with_one_thing_changed() -> None:
    kind = RegisterKind
    shape = RegisterDefinition("duty", "责任清单", "五制", "谁办什么", (
        RegisterField("name", "事项", names=("任务",), required=True), RegisterField("plan", "计划投资", kind.MONEY), RegisterField("due", "期限", kind.DATE, required=True), RegisterField("count", "数量", kind.NUMBER, measure="个"),
        RegisterField("unit", "责任单位", kind.UNIT), RegisterField("project", "项目", kind.PROJECT), RegisterField("state", "状态", kind.CHOICE, ("已办结", "办理中")), RegisterField("rate", "完成率", kind.FIGURE)), ("name", "due"))
    lookups = Lookups(2023, {"衡南": UNIT, UNIT: UNIT}.get, {p.name: p.code for p in LEDGER.projects}.get)
    sheet = _grid(["责任清单（单位：亿元）"], ["序号", "任务", "计划投资（万元）", "完成期限", "数量（个）", "责任单位", "项目名称", "状态", "备注"],
                  *([float(n), f"办理{name}", 120.5 * n, "9-5" if n % 2 else "2023年6月", float(n), "衡南", name, "办理中", "x"] for n, name in enumerate(NAMES, 1)), ["合计", None, 99.0, None, 15.0, None, None, None, None])

    hold(KEPT / "aside_registers.txt", aside("责任清单", sheet, lambda b: understand_register(b, shape, lookups), 60))


def test_plans_by_month_and_values_by_year_with_one_thing_changed() -> None:
    months = _grid(["2023年分月计划表（单位：万元）"], ["序号", "项目编号", "项目名称", *(f"{m}月" for m in range(1, 13)), "合计"],
                   *([float(n), f"HY2023-{n:03d}", name, *(10.0 * n + m for m in range(12)), 120.0 * n + 66] for n, name in enumerate(NAMES, 1)), ["合计", *[None] * 15])
    quarters = _grid(["2023年分季计划表"], ["项目名称", "一季度（亿元）", "二季度（亿元）", "三季度（亿元）", "四季度（亿元）"], *([name, 0.1 * n, 0.2, "—", "0.35亿"] for n, name in enumerate(NAMES, 1)))
    years = _grid(["主要指标"], ["指标", "单位", "2021年", "2022年", "2023"], ["完成投资", "亿元", 612.5, "698.1", "—"], ["项目个数", "个", 301.0, "325个", 388.0], ["完成率（%）", "%", "98.5%", 101.2, None], ["注：数据来自统计局"])

    def lines() -> Iterator[str]:
        yield from aside("months", months, read_month_table, 40)
        yield from aside("quarters", quarters, read_month_table, 40)
        yield from aside("years", years, read_year_table, 40)

    hold(KEPT / "aside_plans.txt", lines())


def test_what_a_return_would_change() -> None:
    nodes: dict[str, KnownProject] = {"no node": BASE, "started": replace(BASE, nodes={F.START_DATE: LooseDate.of_month(2023, 3)}), "held": replace(BASE, current=replace(SITUATIONS["held for June"].current, texts={F.PROGRESS_TEXT: "主体施工"}))}  # type: ignore[type-var]

    def lines() -> Iterator[str]:
        for name, known in SITUATIONS.items():
            rows = ROWS[::5]
            for at in range(0, len(rows), 8):
                found = read(known, HEADS, rows[at:at + 8])
                ledger = LedgerSnapshot(2023, JUNE, (ReportingUnit(UNIT),), tuple(replace(known, code=f"HY2023-{n:03d}", name=f"第{n}号产业园标准厂房") for n in range(1, 9)))
                yield from (f"{name} {at}: {x.strip()}" for c in differences(found, ledger) for x in lines_of("", c))
        heads = ["实际开工时间", "竣工时间", "1-6月累计完成投资", "形象进度", "项目名称2"]
        rows = [["2023年3月", None, 620.0, "主体施工", None], ["2023年4月", "2023年6月", 2_000.0, "已竣工投产", None], ["2023年8月", None, 0.0, "未开工", None], ["2023年5月", None, 620.0, "场地平整", None], [None, "2023年5月", 1_990.0, "已达产", None], ["2023年3月", None, "约620万元", "主体施工", None]]
        for name, known in nodes.items():
            ledger = LedgerSnapshot(2023, Period.month(2023, 6), (ReportingUnit(UNIT),), tuple(replace(known, code=f"HY2023-{n:03d}", name=f"第{n}号产业园标准厂房", total_investment=3_000 * WAN) for n in range(1, 7)))
            yield from (f"{name}: {x.strip()}" for c in differences(read(known, heads, rows), ledger) for x in lines_of("", c))

    hold(KEPT / "differences.txt", lines())
