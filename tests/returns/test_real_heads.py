"""Returns drawn with heads as offices really write them, beside columns that are none of the ledger's business.

The words are gathered from public tables and templates (domain rules, §3) and from how offices speak; the drawing
knows nothing of how heads are read. A figure read where none was meant is silently wrong, as is one not read and not told.
"""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import CellValue, Span, column_letter
from tests.returns.test_shapes import ALL, NAMES, Row, code, read, wan, yuan

F = Field
HEADS: dict[Field, tuple[str, ...]] = {
    F.TOTAL_INVESTMENT: ("总投资", "项目总投资", "计划总投资", "投资总额", "概算总投资", "批准总投资", "总投资额", "估算总投资", "工程总投资", "投资规模"),
    F.INVESTED_BEFORE: ("截至2022年底累计完成投资", "至上年底完成投资", "2022年底前累计完成", "以前年度完成投资", "截止2022年12月底累计已完成投资", "2022年及以前完成投资"),
    F.ANNUAL_PLAN: ("2023年计划投资", "年度计划投资", "本年度投资计划", "今年计划完成投资", "2023年度投资目标", "年度投资任务", "全年计划", "2023年投资计划"),
    F.MONTH_INVESTMENT: ("本月完成投资", "6月完成投资", "当月实际完成投资", "6月份完成额", "本月实际完成数", "月完成投资", "6月新增投资", "6月当月投资完成额"),
    F.YEAR_INVESTMENT: ("1-6月完成投资", "年初至今累计完成投资", "本年累计完成", "今年以来累计完成投资", "2023年1-6月实际完成投资", "年累完成投资", "1—6月累计",
                        "本年度投资完成情况", "上半年累计完成投资", "年初以来完成投资", "累计完成投资", "当年累计完成投资额"),
    F.TOTAL_INVESTED: ("自开工累计完成投资", "开工以来累计完成", "开工至今累计投资", "项目开工至6月底累计完成投资", "开累完成投资"),
}
TRAPS: tuple[str, ...] = (
    "截至6月底应完成投资", "6月预计完成投资", "全年力争完成投资", "7月计划完成投资", "三季度计划投资", "承诺完成投资", "确保完成投资", "考核目标（季度）",
    "上年同期完成投资", "5月完成投资", "1-5月累计完成", "2022年完成投资", "2024年计划投资", "专项债券使用额度", "已支付工程款", "下达资金额度", "中标价",
    "合同金额", "中央预算内补助", "贷款余额", "年产值", "税收", "安置户数（户）", "建设里程（公里）", "用电量（万千瓦时）", "完成率（%）", "占年度计划比例",
    "同比增速", "本月排名", "完成工程量（M³）", "绩效得分", "剩余投资", "征地拆迁费", "本周完成投资", "每月平均投资", "应到位资金", "计划到位资金",
    "投资总额（万美元）", "本月用工人数", "资金缺口", "超（欠）进度", "6月底预计累计完成投资", "大干一百天完成目标", "设备购置投资", "其中：建安投资",
)
PROGRESS = ("形象进度", "工程进展情况", "目前形象进度", "项目推进情况", "截至6月底形象进度", "建设进展情况", "主要形象进度", "当前工程进度")
OTHER_WORDS = ("年度形象进度目标", "下月形象进度计划", "5月形象进度", "形象进度（%）", "计划形象进度", "三季度工作安排", "上月进展情况")
GROUPS = ("投资情况", "2023年投资情况", "投资完成情况（万元）", "")


def drawn(rng: random.Random) -> tuple[list[Row], tuple[Span, ...], dict[Field, int]]:
    """A grid, its merges, and where each field stands."""
    fields = [f for f in HEADS if rng.random() < 0.75] or [F.MONTH_INVESTMENT]
    columns: list[tuple[str, Field | str]] = [(rng.choice(HEADS[f]), f) for f in fields]
    if F.YEAR_INVESTMENT in fields and F.TOTAL_INVESTED not in fields and "累计完成投资" in dict(columns) and F.MONTH_INVESTMENT not in fields:
        columns.append(("本月完成投资", F.MONTH_INVESTMENT))
    columns += [(words, "trap") for words in rng.sample(TRAPS, rng.randint(1, 5))]
    rng.shuffle(columns)
    columns.append((rng.choice(PROGRESS), "progress"))
    columns += [(words, "words") for words in rng.sample(OTHER_WORDS, rng.randint(0, 2))]
    unit = rng.choice(("line", "each"))
    heads = [w + ("（万元）" if unit == "each" and isinstance(f, Field) else "") for w, f in columns]
    grid: list[Row] = [["衡山县2023年6月重点项目进展情况表"]]
    if unit == "line":
        grid.append(["", "", "单位：万元"])
    grid.append(["序号", "项目名称", *heads])
    for at in ALL:
        grid.append([float(at + 1), NAMES[at], *(_cell(rng, at, f) for _, f in columns)])
    places = {f: i + 3 for i, (_, f) in enumerate(columns) if isinstance(f, Field)}
    return grid, (), places


def _cell(rng: random.Random, at: int, f: Field | str) -> CellValue:
    if isinstance(f, Field):
        return wan(at, f)
    if f == "trap":
        return round(rng.uniform(10, 9000), 2)
    return "主体结构施工" if f == "progress" else "计划完成封顶"


def judged(seed: int) -> Counter[str]:
    grid, merges, places = drawn(random.Random(seed))
    u = read(grid, merges=merges)
    rows = {r.project: r for r in u.rows}
    score: Counter[str] = Counter()
    asked = {f.column for f in u.findings if f.level is not Level.NOTE and f.row is None}
    loud = {(f.row, re.sub(r"\d", "", f.cell or "")) for f in u.findings if f.level is not Level.NOTE and f.row}
    for at in ALL:
        row = rows.get(code(at))
        values = row.values if row is not None else {}
        for f, column in places.items():
            got, letter = values.get(f), column_letter(column)
            if got == yuan(wan(at, f)):
                score["right"] += 1
            else:
                score["asked" if letter in asked or u.rejected or (row and (row.row, letter) in loud) else "silent"] += 1
        score["silent"] += sum(f in HEADS and f not in places for f in values)
        score["texts"] += 1
        score["texts right"] += values.get(F.PROGRESS_TEXT) == "主体结构施工"
    return score


@pytest.mark.parametrize("block", range(4))
def test_heads_as_offices_write_them_are_read_or_asked_about_and_never_silently_wrong(block: int) -> None:
    total: Counter[str] = Counter()
    for seed in range(block * 50, block * 50 + 50):
        total += judged(seed)
    assert total["silent"] == 0
    assert total["right"] >= 0.95 * (total["right"] + total["asked"])
    assert total["texts right"] >= 0.99 * total["texts"]
