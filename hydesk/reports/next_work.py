"""下步工作: what follows from the figures, as （一）… paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.starts import has_started
from hydesk.domain.money import spread
from hydesk.reports.basis import Basis, most
from hydesk.reports.figures import Part
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Section
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, count, joined, money, ordinal, sentence

Duty = tuple[str, tuple[Sentence, ...]]


def _progress(basis: Basis) -> Duty | None:
    if basis.totals.completion is None or basis.reach.compare_at is None:
        return None
    left = basis.totals.annual_plan - basis.totals.year_investment
    if left <= 0:
        words = sentence("年度投资计划已经完成，各级各有关单位要巩固进度，依法依规做好统计入库，应统尽统。", key="next.done")
        return "巩固投资进度。", (words,)
    months_left = basis.months_left
    if not months_left:
        words = sentence("全年距年度计划还差", money(left, "all.left"),
                         "，有关单位要逐个项目分析原因，抓紧补齐差额，未完成部分纳入下年度计划统筹安排。", key="next.plan")
        return "补齐年度差额。", (words,)
    parts: list[Part | tuple[Part, ...]] = [
        "距年度计划还差", money(left, "all.left"), "，后", count(months_left, "months_left"), "个月平均每月需完成",
        money(spread(left, months_left), "all.needed")]
    call = "。" if basis.terse else "，要倒排工期、挂图作战。"
    return "紧盯年度计划。", (sentence(*parts, call, key="next.plan"),)


def _lagging(basis: Basis) -> Duty | None:
    if not basis.lagging or basis.as_of is None:
        return None
    serious = [x.project.unit for x in basis.lagging if x.lamp.meaning is Meaning.SERIOUSLY_LAGGING]
    units = most(serious or [x.project.unit for x in basis.lagging], basis.units)
    named = "、".join(clean(u) for u, _ in units[:3]) + ("等地" if len(units) > 3 else "")
    return "攻坚滞后项目。", (
        sentence(f"{named}要限期赶上进度。" if basis.terse else
                 f"{named}要逐个项目分析原因，限期赶上进度；对严重滞后项目实行挂牌督办。", key="next.lagging"),
    )


def _starts(basis: Basis) -> Duty | None:
    waiting = [
        p for p in basis.projects
        if p.nature == "新建" and p.planned_start and p.planned_start.year == basis.period.year
        and not has_started(p, basis.on, money_starts=basis.judging.money_starts)
    ]
    if not waiting:
        return None
    soon = [p for p in waiting if p.planned_start and p.planned_start > basis.on]
    parts: list[Part | tuple[Part, ...]] = []
    if basis.starts.overdue:
        call = "要限期开工" if basis.terse else "要完善手续、限期开工"
        parts += ["对", count(basis.starts.overdue, "starts.overdue"), f"个到期未开工项目，{call}"]
    if soon:
        parts += ["；" if parts else "", "对年内计划开工的", count(len(soon), "starts.soon"), "个项目，要提前做好前期工作"]
    return "加快开工建设。", (sentence(*parts, "。", key="next.starts"),)


def _due(basis: Basis) -> Duty | None:
    """The nodes that are to be done within the period that follows."""
    soon = basis.due_next
    if not soon or basis.kind is ReportKind.WEEKLY:
        return None
    kinds = Counter(n.node for n in soon)
    spread = joined((f"{node}", count(n, f"nodes.due_next:{node}"), "个") for node, n in kinds.most_common(5))
    word = "下月" if basis.period.is_month else "下周"
    return "盯住关键节点。", (sentence(
        word, "应完成节点", count(len(soon), "nodes.due_next"), "个（", spread, "等" if len(kinds) > 5 else "",
        "），责任单位要逐个落实，完不成的提前说明。", key="next.nodes"),)


def _problems(basis: Basis) -> Duty | None:
    if not basis.problems:
        return None
    return "协调解决问题。", (sentence("对各单位反映的问题要逐项交办、限时办结、办结销号。", key="next.problems"),)


def _reporting(basis: Basis) -> Duty | None:
    late = [u.unit for u in basis.reach.late]
    if not late or basis.reach.nothing_in:
        return None
    named = joined(((clean(u),) for u in late[:5]), "、")
    return "按时报送数据。", (sentence(named, "等单位" if len(late) > 5 else "", "要尽快补报本期未报项目。", key="next.reporting"),)


def next_work(basis: Basis) -> Section | None:
    """下步工作, as many points as the figures call for."""
    makers: tuple[Callable[[Basis], Duty | None], ...] = (
        _progress, _lagging, _starts, _due, _problems, _reporting)
    if basis.terse:
        makers = (_progress, _lagging, _starts)
    duties = [duty for duty in (make(basis) for make in makers) if duty is not None]
    if not duties:
        return None
    if basis.terse:
        return Section("下步工作", (Paragraph(tuple(s for _, said in duties for s in said)),))
    blocks = tuple(Paragraph(said, f"（{ordinal(n)}）{lead}") for n, (lead, said) in enumerate(duties, 1))
    return Section("下步工作", blocks)
