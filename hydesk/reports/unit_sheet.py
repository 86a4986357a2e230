"""单位项目情况单: one unit (a county, a park, 市直) on one page, for whoever goes there."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.ranking import RankingWay
from hydesk.domain.money import NO_FIGURE, rate
from hydesk.domain.standing import ProjectStanding
from hydesk.reports import tables
from hydesk.reports.basis import Basis, Lagging
from hydesk.reports.causes import causes
from hydesk.reports.charts import year_chart
from hydesk.reports.facts import Pair, facts_table
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable
from hydesk.reports.model import Block, Section
from hydesk.reports.one_page import (
    fitting,
    moved,
    node_state,
    nodes_soon,
    overdue_nodes,
    short,
    so_far,
)
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, count, percent, sentence, wan

SHOWN = 8
"""How many lagging projects and problems a single page holds."""
_LINES = 10
"""How many lines each of the two tables may take on it: rows of long words fill two."""


def _fitting(items: Sequence[ProjectStanding]) -> int:
    """How many of ``items`` the page holds."""
    return fitting([max(map(clean, (p.name, p.problem_text, p.next_work_text)), key=len) for p in items], _LINES, SHOWN)


def unit_figures(basis: Basis) -> Section | None:
    """Its sums, its place among the units, how its projects stand."""
    t, scope = basis.totals, f"unit:{basis.subject}"
    place = next((r for r in basis.ranking if r.name == basis.subject), None)
    placed = sum(r.place is not None for r in basis.ranking)
    serious = sum(x.lamp.meaning is Meaning.SERIOUSLY_LAGGING for x in basis.lagging)
    pairs: list[Pair] = [
        ("项目个数", count(t.count, f"{scope}.count")),
        ("滞后项目", count(len(basis.lagging), "unit.lagging")), ("其中严重滞后", count(serious, "unit.serious")),
        ("总投资", wan(t.known("total_investment"), f"{scope}.total")), ("年度计划", wan(t.known("annual_plan"), f"{scope}.plan")),
        ("完成率位次", f"{place.place}（共{placed}个）" if place and place.place else ""),
        (f"{basis.span}完成", wan(t.known("year_investment"), f"{scope}.year")),
        ("完成率（%）", percent(t.completion, f"{scope}.rate")), ("时间进度（%）", percent(basis.time_progress, "time_progress")),
        (basis.gained, wan(basis.gain_over(basis.projects), f"{scope}.gain")),
        ("计划新开工", count(basis.starts.planned, f"{scope}.starts")), ("已开工", count(basis.starts.started, f"{scope}.started")),
    ]
    words: list[Part | tuple[Part, ...]] = [f"{clean(basis.subject)}重点项目", count(t.count, f"{scope}.count"), "个"]
    words += so_far(basis, scope)
    moves = moved(basis, scope, "unit.moved")
    blocks: list[Block] = [
        facts_table("unit_facts", "", pairs, unit=tables.UNIT, across=3, align=Align.RIGHT),
        Paragraph(tuple(s for s in (sentence(*words, "。", key="unit.whole"), _placed(basis), moves) if s is not None)),
    ]
    chart = year_chart(basis, f"{basis.period.year}年投资完成进度（亿元）")
    return Section("总体情况", (*blocks, chart) if chart else tuple(blocks))


def _placed(basis: Basis) -> Sentence | None:
    """Its places by completion: among all units, and among those of its group (a park among parks); as the office ranks."""
    way = basis.judging.ranking
    whole = () if way is RankingWay.APART else (("全市", basis.ranking),)
    group = next((g for g in basis.group_rankings if any(r.name == basis.subject for r in g.ranking)), None)
    apart = () if way is RankingWay.TOGETHER or group is None or not group.name else ((group.name, group.ranking),)
    words: list[Part] = []
    for name, ranking in (*whole, *apart):
        place = next((r.place for r in ranking if r.name == basis.subject), None)
        if place is not None:
            words += ["，" if words else "投资完成率", f"在{name}", count(sum(r.place is not None for r in ranking), f"unit.units:{name}"), "个单位中列第", count(place, f"unit.place:{name}"), "位"]
    if not words:
        return None
    gained = basis.moved.get(basis.subject)
    if gained is not None:
        words += ["，与上期持平"] if not gained else [f"，比上期{'上升' if gained > 0 else '下降'}", count(abs(gained), "unit.gained"), "位"]
    return sentence(*words, "。", key="unit.place")


def unit_lagging(basis: Basis) -> Section | None:
    """Its lagging projects, the worst first."""
    if not basis.lagging:
        return Section("滞后项目", (Paragraph((sentence("没有滞后项目。", key="unit.lagging"),)),))
    serious = sum(x.lamp.meaning is Meaning.SERIOUSLY_LAGGING for x in basis.lagging)
    shown = _fitting([x.project for x in basis.lagging])
    more = shown < len(basis.lagging)
    grave: tuple[Part, ...] = ("，其中严重滞后", count(serious, "unit.serious"), "个") if serious else ()
    text = sentence("滞后项目", count(len(basis.lagging), "unit.lagging"), "个", grave,
                    f"，最滞后的{shown}个见下表。" if more else "。", key="unit.lagging")
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.6),
        PrintColumn("plan", ("年度计划",), show=FigureStyle.WAN),
        PrintColumn("year", ("已完成",), show=FigureStyle.WAN),
        PrintColumn("rate", ("完成率", "（%）"), show=FigureStyle.RATE, ratio=("year", "plan")),
        PrintColumn("meaning", ("预警",), Align.CENTER),
        PrintColumn("reason", ("原因",), Align.LEFT, weight=1.2),
    )
    rows = tuple(_row(i, item) for i, item in enumerate(basis.lagging[:shown], 1))
    table = PrintTable("unit_lagging", "", tables.UNIT, columns, rows, (tables.rule_note(basis),), "滞后项目表")
    return Section("滞后项目", (Paragraph((text, causes(basis.lagging, "unit.lagging", "unit.causes"))), table))


def _row(number: int, item: Lagging) -> PrintRow:
    p = item.project
    scope = f"project:{p.id}"
    return PrintRow((
        str(number), short(p.name, 24), wan(p.annual_plan, f"{scope}.plan"), wan(p.year_investment, f"{scope}.year"),
        percent(rate(p.year_investment, p.annual_plan), f"{scope}.rate"), f"{item.lamp.meaning.mark}{item.lamp.word}",
        short(item.reason, 24) if item.reason else "未报原因",
    ), scope=scope)


def unit_problems(basis: Basis) -> Section | None:
    """What it reported as standing in the way."""
    if not basis.problems:
        return Section("存在问题", (Paragraph((sentence("没有反映需要协调解决的问题。", key="unit.problems"),)),))
    order = {x.project.id: i for i, x in enumerate(basis.lagging)}
    ordered = sorted(basis.problems, key=lambda p: order.get(p.id, len(order)))
    shown = ordered[: _fitting(ordered)]
    more = len(shown) < len(ordered)
    text = sentence("反映问题的项目", count(len(basis.problems), "unit.problems" if more else "rows:unit_problems"), "个，",
                    f"滞后最多的{len(shown)}个见下表。" if more else "见下表。", key="unit.problems")
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.2),
        PrintColumn("problem", ("存在问题",), Align.LEFT, weight=1.4),
        PrintColumn("next", ("下步工作",), Align.LEFT, weight=1),
    )
    rows = tuple(PrintRow((str(i), short(p.name, 24), short(p.problem_text, 30), short(p.next_work_text, 20) or NO_FIGURE),
                     scope=f"project:{p.id}") for i, p in enumerate(shown, 1))
    return Section("存在问题", (Paragraph((text,)), PrintTable("unit_problems", "", "", columns, rows, place="问题表")))


def unit_nodes(basis: Basis) -> Section | None:
    """Nodes overdue and those due within a month, the first of them by name; nothing where no nodes are kept."""
    late, soon = overdue_nodes(basis), nodes_soon(basis)
    if not basis.sources.nodes:
        return None
    if not late and not soon:
        return Section("到期节点", (Paragraph((sentence("没有逾期和一个月内到期的节点。", key="unit.nodes"),)),))
    names = {p.id: p.name for p in basis.projects}
    named = [f"{short(names.get(n.project_id, ''), 20)}{clean(n.node)}（{node_state(n, basis).lstrip('■')}）" for n in (*late[:2], *soon[:2])]
    words: list[Part] = ["逾期", count(len(late), "unit.overdue"), "个，一个月内到期", count(len(soon), "unit.soon"), "个：",
                         "、".join(named), "等。" if len(named) < len(late) + len(soon) else "。"]
    return Section("到期节点", (Paragraph((sentence(*words, key="unit.nodes"),)),))
