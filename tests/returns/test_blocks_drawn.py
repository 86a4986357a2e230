"""Wide tables of blocks drawn at random: wholes beside their parts, permits, quantities, other months, other money.

Every block names what it holds by a group over two or more columns. The truth is drawn with it; nothing here looks at
how returns are understood.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, CellValue, Sheet, Span
from hydesk.returns.pipeline import understand
from tests.returns.shapes_drawn import UNIT, Draw, F, Row

WANTED = (F.TOTAL_INVESTMENT, F.ANNUAL_PLAN, F.MONTH_INVESTMENT, F.YEAR_INVESTMENT)
SOURCES = ("中央预算内", "省级补助", "专项债券", "银行贷款", "企业自筹", "社会资本")


@dataclass(frozen=True, slots=True)
class Part:
    """A column: its head, and the field it holds, a share of the plan that is none, words, or a tick."""

    path: tuple[str, ...]
    field: Field | None = None
    share: float = 0
    words: tuple[str, ...] = ()


def blocks(rng: random.Random, unit: str) -> list[list[Part]]:
    """The table's blocks: those of the wanted figures, and some of the others between them."""
    whole = rng.choice(("合计", "小计", "总额"))
    total, plan = rng.choice(("总投资", "计划总投资", "概算总投资")) + unit, rng.choice(("2023年计划投资", "年度投资计划")) + unit
    first, second = rng.sample(SOURCES, 2)
    wanted = [
        [Part((total, whole), F.TOTAL_INVESTMENT), Part((total, first), share=0.4), Part((total, second), share=0.7)],
        rng.choice((
            [Part((plan, whole), F.ANNUAL_PLAN), *(Part((plan, f"{q}季度"), share=0.25) for q in "一二三四")],
            [Part((plan, "全年"), F.ANNUAL_PLAN), Part((plan, "上半年"), share=0.5), Part((plan, "6月"), share=0.08)],
            [Part((plan,), F.ANNUAL_PLAN)])),
        rng.choice((
            [Part((f"投资完成情况{unit}", "本月"), F.MONTH_INVESTMENT), Part((f"投资完成情况{unit}", "1-6月累计"), F.YEAR_INVESTMENT)],
            [*(Part((f"2023年分月完成投资{unit}", f"{m}月"), share=0.06) for m in range(1, 6)),
             Part((f"2023年分月完成投资{unit}", "6月"), F.MONTH_INVESTMENT), Part((f"2023年分月完成投资{unit}", "合计"), F.YEAR_INVESTMENT)],
            [Part((f"本月完成投资{unit}", whole), F.MONTH_INVESTMENT), Part((f"本月完成投资{unit}", "其中：建安工程"), share=0.05),
             Part((f"1-6月累计完成投资{unit}", whole), F.YEAR_INVESTMENT), Part((f"1-6月累计完成投资{unit}", "其中：建安工程"), share=0.2)])),
        [Part(("进展情况", "5月形象进度"), words=("基础开挖",)), Part(("进展情况", "6月形象进度"), F.PROGRESS_TEXT),
         Part(("进展情况", "7月计划"), words=("主体封顶",))],
    ]
    others = [
        [Part((f"专项债券{unit}", w), share=0.1) for w in ("发行额度", "到位金额", "已支付")],
        [Part(("前期手续", w), words=("√", "", "已办")) for w in ("立项", "用地", "环评", "施工许可")],
        [Part(("主要工程量", w), share=0.02) for w in ("设计", "本月完成", "累计完成")],
        [Part(("征地拆迁", w), share=0.01) for w in ("任务（亩）", "本月完成（亩）", "累计完成（亩）")],
        [Part((f"预计完成投资{unit}", w), share=0.3) for w in ("7月", "全年")],
        [Part((f"资金支付{unit}", w), share=0.2) for w in ("本月", "累计")],
        [Part((f"去年同期完成投资{unit}",), share=0.3), Part(("同比增长（%）",), share=0.001)],
        [Part((f"序时进度应完成{unit}",), share=0.5), Part((f"欠进度{unit}",), share=0.05)],
        [Part((f"产值税收{unit}", "预计年产值"), share=1.2), Part((f"产值税收{unit}", "预计年税收"), share=0.1)],
        [Part(("问题清单", "责任单位"), words=("县水利局",)), Part(("问题清单", "解决时限"), words=("2023年7月",))],
    ]
    for block in rng.sample(others, 4):
        wanted.insert(rng.randrange(len(wanted) + 1), block)
    return wanted


def drawn(seed: int) -> tuple[Draw, Sheet]:
    d = Draw(seed)
    rng = random.Random(seed)
    parts = [p for b in blocks(rng, f"（{d.unit.value}）") for p in b]
    upper: Row = ["序号", "项目名称", *(p.path[0] if n == 0 or parts[n - 1].path[0] != p.path[0] else None for n, p in enumerate(parts))]
    lower: Row = [None, None, *(p.path[1] if len(p.path) > 1 else None for p in parts)]
    merges: list[Span] = []
    if rng.random() < 0.6:
        for n, p in enumerate(parts, 3):
            last = max(m for m, q in enumerate(parts, 3) if q.path[0] == p.path[0])
            if upper[n - 1] is not None and (len(p.path) == 1 or last > n):
                merges.append(Span(2, n, 3 if len(p.path) == 1 else 2, last))
    rows: list[Row] = [[f"{UNIT}2023年6月重点项目情况表"], upper, lower]
    for at, project in enumerate(d.projects, 1):
        line: Row = [float(at), project.name]
        for p in parts:
            value: CellValue = "主体施工" if p.field is F.PROGRESS_TEXT else rng.choice(p.words) if p.words else None
            if p.field in WANTED:
                value = d.figure(project, p.field)
            elif p.share:
                value = round(d.figure(project, F.ANNUAL_PLAN) * p.share * rng.uniform(0.8, 1.1), 4)
            line.append(value)
        rows.append(line)
    return d, Sheet("6月", rows, tuple(merges))


@pytest.mark.parametrize("seed", range(40))
def test_wholes_are_read_and_nothing_beside_them(seed: int) -> None:
    d, sheet = drawn(seed)
    found = understand(Book(f"{UNIT}6月.xlsx", (sheet,), "xlsx"), d.ledger)
    money = {r.project: {f: v for f, v in r.values.items() if isinstance(v, int)} for r in found.rows}
    assert money == d.truth
    assert {r.values[F.PROGRESS_TEXT] for r in found.rows} == {"主体施工"}
    loud = [f.message for f in found.findings if f.level is not Level.NOTE and f.code not in ("missing_projects", "copied_month")]
    assert loud == []
