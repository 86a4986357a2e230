"""项目情况卡: one project on one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hydesk.domain.dates import LooseDate
from hydesk.domain.money import NO_FIGURE, rate
from hydesk.domain.own_columns import show_own_value
from hydesk.domain.says_nothing import is_written
from hydesk.domain.standing import CARRIED, OTHERS, ProjectStanding
from hydesk.reports.basis import Basis
from hydesk.reports.charts import year_chart
from hydesk.reports.facts import facts_table
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable
from hydesk.reports.model import Block, Section
from hydesk.reports.photos import PhotoRow
from hydesk.reports.prose import Paragraph
from hydesk.reports.sources import NodeStanding
from hydesk.reports.tables import UNIT
from hydesk.reports.words import clean, count, money, percent, sentence, wan


def day(value: date | LooseDate | None) -> str:
    """2023年6月5日, or as exactly as it was given; — where there is none."""
    if value is None:
        return NO_FIGURE
    if isinstance(value, LooseDate):
        if value.precision.value == "month":
            return f"{value.day.year}年{value.day.month}月"
        if value.precision.value != "day":
            return str(value)
        value = value.day
    return f"{value.year}年{value.month}月{value.day}日"


def _short(text: str, most: int = 40) -> str:
    """As much as one page has room for; the ledger has all of it."""
    plain = clean(text)
    return plain if len(plain) <= most else plain[: most - 1] + "…"


def _years(p: ProjectStanding) -> str:
    return "—".join(str(y) for y in (p.start_year, p.finish_year) if y)


def card_facts(basis: Basis) -> Section | None:
    """What the project is."""
    p = basis.projects[0]
    pairs = (
        ("编号", p.code), ("统一代码", p.approval_code), ("地区", clean(p.unit)), ("建设地点", _short(p.location)),
        ("类别", p.category), ("建设性质", p.nature), ("优势产业", p.industry), ("产业链", p.chain),
        ("建设单位", _short(p.builder)), ("责任单位", _short(p.responsible_unit)), ("起止年限", _years(p)),
        ("联系人", _short(p.contact)),
        *((f.label, _short(str(v))) for f in (*CARRIED, *OTHERS) if f.spec.on_card and isinstance(v := p.others.get(f), str)),
    )
    pairs = (*pairs, *((c.head, _short(show_own_value(p.own[c.id]))) for c in basis.sources.own if c.id in p.own))
    wide = (("建设规模", _short(p.scale, 120)), (f"{basis.period.year}年目标", _short(p.year_goal, 90)))
    return Section("基本情况", (facts_table("card_facts", "", pairs, wide),))


def card_progress(basis: Basis) -> Section | None:
    """Amounts, how they stand against 时间进度, the year's curve."""
    p = basis.projects[0]
    scope = f"project:{p.id}"
    pairs = (
        ("总投资", wan(p.total_investment, f"{scope}.total")),
        ("开工累计完成", wan(p.total_invested, f"{scope}.since")),
        (f"{basis.period.year}年计划", wan(p.annual_plan, f"{scope}.plan")),
        (f"{basis.span}完成", wan(p.year_investment, f"{scope}.year")),
        (basis.gained, wan(basis.gain_over([p]), f"{scope}.gain")),
        ("完成率（%）", percent(rate(p.year_investment, p.annual_plan), f"{scope}.rate")),
        *((f.label, wan(v, f"{scope}.{f.value}")) for f in (*CARRIED, *OTHERS)
          if f.spec.on_card and isinstance(v := p.others.get(f), int)),
    )
    lamp = basis.lamps[p.id]
    words = [sentence(f"进度{lamp.meaning.mark}{lamp.word}：{lamp.reason}。", key="card.lamp")]
    if is_written(p.progress_text):
        words.append(sentence(f"形象进度：{_short(p.progress_text, 100).rstrip('。')}。", key="card.progress"))
    blocks: list[Block] = [facts_table("card_money", "", pairs, unit=UNIT), Paragraph(tuple(words))]
    chart = year_chart(basis, f"{basis.period.year}年投资完成进度（亿元）")
    return Section("投资进度", (*blocks, chart) if chart else tuple(blocks))


def card_photos(basis: Basis) -> Section | None:
    """What it looks like, where photographs are attached."""
    return Section("现场照片", (PhotoRow(basis.sources.photos),)) if basis.sources.photos else None


def card_nodes(basis: Basis) -> Section | None:
    """The project's nodes."""
    nodes = basis.sources.nodes[:14]
    if not nodes:
        return None
    if len(nodes) > _NODES_BELOW:
        return Section("节点", (_nodes_in_halves(basis, nodes),))
    columns = (
        PrintColumn("name", ("节点",), Align.LEFT, weight=1),
        PrintColumn("planned", ("计划",), Align.CENTER, weight=1),
        PrintColumn("forecast", ("预计",), Align.CENTER, weight=1),
        PrintColumn("actual", ("实际",), Align.CENTER, weight=1),
        PrintColumn("state", ("情况",), Align.CENTER),
    )
    rows = tuple(PrintRow((n.node, day(n.planned), day(n.forecast), day(n.actual), state(basis, n.planned, n.actual)))
                 for n in nodes)
    return Section("节点", (PrintTable("card_nodes", "", "", columns, rows, place="节点表"),))


def _nodes_in_halves(basis: Basis, nodes: Sequence[NodeStanding]) -> PrintTable:
    """Two nodes a row; a forecast stands in brackets where the actual day will."""
    columns = tuple(column for n in ("", "2") for column in (
        PrintColumn(f"name{n}", ("节点",), Align.LEFT, weight=1), PrintColumn(f"planned{n}", ("计划",), Align.CENTER),
        PrintColumn(f"actual{n}", ("实际（预计）",), Align.CENTER), PrintColumn(f"state{n}", ("情况",), Align.CENTER)))
    cells = [(n.node, _date(n.planned), f"（{_date(n.forecast)}）" if n.actual is None and n.forecast else _date(n.actual),
              state(basis, n.planned, n.actual)) for n in nodes]
    half = -(-len(cells) // 2)
    cells += [("",) * 4] * (2 * half - len(cells))
    return PrintTable("card_nodes", "", "", columns, tuple(PrintRow((*cells[i], *cells[i + half])) for i in range(half)), place="节点表")


_NODES_BELOW = 6
"""More nodes than this stand in two halves beside each other: one page has to hold the photographs too."""


def _date(value: LooseDate | None) -> str:
    """2023-06-05, 2023-06; — where there is none."""
    return NO_FIGURE if value is None else str(value)


def state(basis: Basis, planned: LooseDate | None, actual: LooseDate | None) -> str:
    """How a node stands on the period's last day, with its shape."""
    if actual is not None:
        return "●已完成"
    if planned is None:
        return "○未排期"
    return f"■逾期{(basis.period.end - planned.day).days}天" if planned.day < basis.period.end else "◇未到期"


def card_problems(basis: Basis) -> Section | None:
    """What stands in its way and what comes next."""
    p = basis.projects[0]
    words = []
    if basis.says(p.problem_text):
        words.append(sentence(f"存在问题：{_short(p.problem_text, 120).rstrip('。')}。", key="card.problem"))
    still = [x for x in basis.sources.problems if x.closed_on is None]
    if still:
        named = "；".join(_short(x.title) for x in still[:3])
        words.append(sentence("问题清单上未销号", count(len(still), "problems.open"), f"个：{named}。", key="card.listed"))
    if is_written(p.next_work_text):
        words.append(sentence(f"下步工作：{_short(p.next_work_text, 120).rstrip('。')}。", key="card.next"))
    if not words:
        words = [sentence("没有反映需要协调解决的问题。", key="card.problem")]
    left = (p.annual_plan or 0) - (p.year_investment or 0)
    if p.annual_plan and p.year_investment is not None and left > 0:
        words.append(sentence("距年度计划还差", money(left, f"project:{p.id}.left"), "。", key="card.left"))
    return Section("问题和下步工作", (Paragraph(tuple(words)),))
