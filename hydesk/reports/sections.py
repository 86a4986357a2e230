"""The sections of the text, each written from the figures in the office's own wording."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hydesk.domain.indicators import Meaning, rate
from hydesk.domain.lists import count_packages
from hydesk.reports import tables
from hydesk.reports.basis import Basis, most, said
from hydesk.reports.causes import causes
from hydesk.reports.charts import year_chart
from hydesk.reports.model import Bar, BarChart, Block, Paragraph, Part, Section, Sentence
from hydesk.reports.words import clean, count, joined, money, months, percent, points, sentence

NAMED = 5
"""How many units or projects a sentence names before it says 等."""


def _paragraph(*sentences: Sentence, lead: str = "") -> Paragraph:
    return Paragraph(tuple(sentences), lead)


def overall(basis: Basis) -> Section:
    """总体情况: how many, how much, how far, and how the projects stand."""
    if not basis.projects:
        return Section("总体情况", (_paragraph(sentence("本期台账中没有项目。", key="overall.none")),))
    first = [_whole(basis), _this_month(basis)]
    blocks: list[Block] = [_paragraph(*(s for s in first if s is not None))]
    if any(x.meaning is not Meaning.NO_DATA for x in basis.lamps.values()):
        blocks.append(_paragraph(_standing(basis)))
    late = _unreported(basis)
    if late is not None:
        blocks.append(_paragraph(late))
    curve = year_chart(basis, f"{basis.form.whole}{basis.period.year}年投资完成进度（亿元）")
    return Section("总体情况", (*blocks, curve) if curve else tuple(blocks))


def _whole(basis: Basis) -> Sentence:
    t = basis.totals
    parts: list[Part | tuple[Part, ...]] = [
        f"{basis.form.whole}重点项目", count(t.count, "all.count"), "个",
    ]
    if basis.sources.parts:
        both = count_packages([basis.sources.parts.get(p.id, 0) for p in basis.projects])
        parts += ["（打包项目拆分后共", count(both.split, "all.split"), "个）"]
    if any(p.total_investment is not None for p in basis.projects):
        parts += ["，总投资", money(t.total_investment, "all.total")]
    if not t.annual_plan:
        parts.append("，未下达年度投资计划；")
    else:
        parts += ["，年度计划投资", money(t.annual_plan, "all.plan"), "；"]
    done = t.known("year_investment")
    if done is None:
        return sentence(*parts, "目前尚无完成投资数据。", key="overall.whole")
    parts += [f"{months(basis.month)}完成投资", money(done, "all.year")]
    if basis.gap is not None:
        parts += ["，占年度计划的", percent(t.completion, "all.rate"), "%，", *_against(basis)]
    return sentence(*parts, "。", key="overall.whole")


def _against(basis: Basis) -> list[Part | tuple[Part, ...]]:
    gap = basis.gap
    progress = percent(basis.time_progress, "time_progress")
    if gap == 0 or gap is None:
        return ["与时间进度（", progress, "%）持平"]
    by = points(gap, "all.gap")
    if not Decimal(by.text):
        return ["与时间进度（", progress, "%）基本持平"]
    return ["超" if gap > 0 else "欠", "时间进度（", progress, "%）", by, "个百分点"]


def _this_month(basis: Basis) -> Sentence | None:
    done = basis.totals.known("month_investment")
    if done is None:
        return None
    parts: list[Part | tuple[Part, ...]] = [f"其中，{basis.month.number}月新增完成投资", money(done, "all.month")]
    lacking = sum(p.month_investment is None and p.year_investment is not None for p in basis.projects)
    if lacking:
        parts += ["（", count(lacking, "all.month_lacking"), "个项目没有当月数，未计入）"]
    return sentence(*parts, *_against_month_before(basis), "。", key="overall.month")


def _against_month_before(basis: Basis) -> list[Part | tuple[Part, ...]]:
    """Like with like: only projects that have the figures of both months."""
    compared = basis.month_change
    if compared is None:
        return []
    who: list[Part | tuple[Part, ...]] = ["，"]
    if not compared.whole:
        who += ["两月都有数的", count(compared.count, "all.month_compared"), "个项目"]
    if not compared.change:
        return [*who, "与上月持平"]
    return [*who, "比上月", "增加" if compared.change > 0 else "减少", money(abs(compared.change), "all.month_change")]


_ORDER = (Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING, Meaning.NO_DATA)


def _standing(basis: Basis) -> Sentence:
    held = Counter(x.meaning for x in basis.lamps.values())
    words = joined((m.label, count(held[m], f"meaning.{m.value}"), "个") for m in _ORDER if held[m])
    return sentence("对照时间进度，", words, "。", key="overall.standing")


def _unreported(basis: Basis) -> Sentence | None:
    """Who has not reported: their newest known figures stand in the report, and it says so."""
    late = most((p.unit for p in basis.projects if not p.reported), basis.units)
    whole = sum(n for _, n in late)
    if not late or basis.as_of is None:
        return None
    if whole == basis.totals.count:
        none = "本期各单位均未报送，报告" if basis.period.is_month else "本周各单位没有报送投资数，"
        return sentence(f"{none}采用{basis.month.label}底数据。", key="overall.unreported")
    units = joined((clean(unit), count(n), "个") for unit, n in late[:NAMED])
    more = "等" if len(late) > NAMED else ""
    return sentence(
        "本期未报项目", count(whole, "all.unreported"), "个（", units, more, "），沿用其最近一次上报数。",
        key="overall.unreported",
    )


def starts(basis: Basis) -> Section | None:
    """开工情况 of 计划新开工 projects; left out where the year has none."""
    s = basis.starts
    if not s.planned:
        return None
    parts: list[Part | tuple[Part, ...]] = [
        "计划新开工项目", count(s.planned, "starts.planned"), "个，已开工", count(s.started, "starts.started"),
        "个，开工率", percent(s.rate, "starts.rate"), "%（开工率=已开工÷计划新开工）",
    ]
    if s.early:
        parts += ["，其中提前开工", count(s.early, "starts.early"), "个"]
    late = tables.overdue_starts(basis)
    if not late:
        return Section("开工情况", (_paragraph(sentence(*parts, "。", key="starts.count"), sentence("没有到期未开工项目。", key="starts.none_due")),))
    limit = basis.form.most_overdue
    more = len(late) > limit
    parts += ["；到期未开工", count(s.overdue, "rows:overdue_all" if more else "rows:overdue"), "个，"]
    see = "逾期最久的见下表，全部见附件。" if more else "见下表。"
    title = f"到期未开工项目表（逾期最久的{limit}个）" if more else "到期未开工项目表"
    table = tables.overdue_table(late[:limit], "overdue", title, "到期未开工项目表")
    return Section("开工情况", (_paragraph(sentence(*parts, see, key="starts.count")), table))


CATEGORIES = ("产业发展", "基础设施", "社会民生", "生态环保")
NATURES = ("新建", "续建", "预备")


def classes(basis: Basis) -> Section | None:
    """分类别 and 分性质."""
    if not basis.projects:
        return None
    by_class = tables.group_table(basis, "category", "分类别投资完成情况表", "类别", lambda p: p.category, CATEGORIES)
    by_nature = tables.group_table(basis, "nature", "分建设性质投资完成情况表", "性质", lambda p: p.nature, NATURES)
    return Section("分类情况", (by_class, by_nature))


def ranking(basis: Basis) -> Section | None:
    """分县市区 ranking: who leads, who is last, the table and its picture."""
    if not basis.ranking:
        return None
    placed = [r for r in basis.ranking if r.place is not None]
    blocks: list[Block] = []
    if len(placed) > 1 and basis.as_of is not None:
        shown = min(3, len(placed) // 2) or 1
        best = joined((clean(r.name), "（", percent(r.completion, f"unit:{r.name}.rate"), "%）") for r in placed[:shown])
        last = joined((clean(r.name), "（", percent(r.completion, f"unit:{r.name}.rate"), "%）") for r in placed[-shown:])
        blocks.append(_paragraph(sentence("按年度投资完成率排名，居前的是", best, "；靠后的是", last, "。", key="ranking.ends"), *_moved(basis)))
    blocks.append(tables.ranking_table(basis))
    if len(placed) > 1 and basis.as_of is not None:
        bars = tuple(Bar(clean(r.name), percent(r.completion, f"unit:{r.name}.rate")) for r in placed)
        line = percent(basis.time_progress, "time_progress")
        blocks.append(BarChart("各地年度投资完成率（%）", bars, line, "时间进度"))
    return Section("分县市区排名", tuple(blocks))


def _moved(basis: Basis) -> list[Sentence]:
    """Who rose and fell most in the ranking since the period before."""
    moves = [
        (basis.previous_places[r.name] - r.place, clean(r.name))
        for r in sorted(basis.ranking, key=lambda r: list(basis.units).index(r.name))
        if r.place is not None and r.name in basis.previous_places
    ]
    if not moves or not any(step for step, _ in moves):
        return []
    told: list[tuple[Part, ...]] = []
    for far, word in ((max(step for step, _ in moves), "上升"), (min(step for step, _ in moves), "下降")):
        who = [name for step, name in moves if step == far]
        if (far > 0) == (word == "上升") and far:
            named = "、".join(who[:NAMED]) + ("等" if len(who) > NAMED else "") + ("均" if len(who) > 1 else "")
            told.append((f"{named}{word}", count(abs(far)), "位"))
    return [sentence("与上期相比，", joined(told, "，"), "，变动最大。", key="ranking.moved")]


def funds(basis: Basis) -> Section | None:
    """资金到位 and 入统, where there are figures."""
    t = basis.totals
    blocks: list[Block] = []
    if any(p.funds_arrived is not None for p in basis.projects):
        parts: list[Part | tuple[Part, ...]] = ["累计到位资金", money(t.funds_arrived, "all.funds")]
        if t.annual_plan:
            share = rate(t.funds_arrived, t.annual_plan)
            parts += ["，资金到位率", percent(share, "all.funds_rate"), "%（资金到位率=到位资金÷年度计划投资）"]
        blocks.append(_paragraph(sentence(*parts, "。", key="funds.arrived")))
    if any(p.statistics_year is not None for p in basis.projects):
        parts = [f"{months(basis.month)}入统投资", money(t.statistics_year, "all.statistics")]
        if t.year_investment:
            share = rate(t.statistics_year, t.year_investment)
            parts += ["，相当于形象进度投资的", percent(share, "all.statistics_rate"), "%"]
        blocks.append(_paragraph(sentence(*parts, "。", key="funds.statistics")))
    return Section("资金到位和入统情况", tuple(blocks)) if blocks else None


def lagging(basis: Basis) -> Section | None:
    """滞后项目: how many, the rule, the most serious with their reasons."""
    if basis.as_of is None:
        return None
    rule = sentence("预警规则：", basis.rule_words, "。", key="lagging.rule")
    if not basis.lagging:
        return Section("滞后项目", (_paragraph(sentence("本期没有滞后项目。", key="lagging.none"), rule),))
    serious = sum(x.lamp.meaning is Meaning.SERIOUSLY_LAGGING for x in basis.lagging)
    more = len(basis.lagging) > basis.form.most_lagging
    key = "rows:lagging_all" if more else "rows:lagging"
    units = most((x.project.unit for x in basis.lagging), basis.units)
    spread = joined((clean(u), count(n), "个") for u, n in units[:NAMED])
    grave: tuple[Part, ...] = ("，其中严重滞后", count(serious, "meaning.seriously_lagging"), "个") if serious else ()
    first = sentence("滞后项目共", count(len(basis.lagging), key), "个", grave, "。", key="lagging.count")
    where = sentence("按地区分，", spread, "等。" if len(units) > NAMED else "。", key="lagging.units")
    why = causes(basis.lagging, key, "lagging.causes")
    see = sentence("最滞后的项目及原因见下表，全部滞后项目见附件。" if more else "滞后项目及原因见下表。", key="lagging.see")
    spread_out = (where, why) if len(basis.lagging) > 1 else ()
    return Section("滞后项目", (_paragraph(first, *_changed(basis), *spread_out), _paragraph(*_worst(basis), rule, see), tables.lagging_table(basis)))


def _changed(basis: Basis) -> list[Sentence]:
    """What changed since the period before: who fell behind, who caught up."""
    if basis.previous_lagging is None:
        return []
    now = {x.project.id for x in basis.lagging}
    fell, rose = now - basis.previous_lagging, basis.previous_lagging - now
    if not fell and not rose:
        return [sentence("与上期相比，滞后项目没有变化。", key="lagging.change")]
    parts: list[Part | tuple[Part, ...]] = ["与上期相比，"]
    if fell:
        parts += ["新增滞后", count(len(fell), "lagging.new"), "个"]
    if rose:
        parts += ["，" if fell else "", count(len(rose), "lagging.gone"), "个赶上进度"]
    return [sentence(*parts, "。", key="lagging.change")]


def _short(name: str) -> str:
    """A name as a sentence can bear it; the table below has all of it."""
    plain = clean(name)
    return plain if len(plain) <= 40 else plain[:39] + "…"


def _worst(basis: Basis) -> list[Sentence]:
    """The furthest behind by name, with the cause the unit gave."""
    named = []
    for item in basis.lagging[:3]:
        p = item.project
        parts: list[Part] = [f"{clean(p.unit)}{_short(p.name)}（"]
        if item.completion is None:
            parts.append(clean(item.lamp.reasons[0]))
        elif not p.year_investment:
            parts.append("尚未完成投资")
        else:
            parts += ["完成", percent(item.completion, f"project:{p.id}.rate"), "%"]
        if said(p.problem_text):
            why = clean(p.problem_text)
            parts.append(f"，{why[:30].rstrip('。；，')}{'…' if len(why) > 30 else ''}")
        named.append((*parts, "）"))
    return [sentence("落后最多的是", joined(named), "。", key="lagging.worst")]


def _listed(basis: Basis) -> list[Block]:
    """How the problems on the list stand: handed out, closed, overdue."""
    listed = basis.sources.problems
    if not listed:
        return []
    closed = sum(x.closed_on is not None for x in listed)
    late = sum(x.closed_on is None and x.due_on is not None and x.due_on < basis.on for x in listed)
    parts: list[Part | tuple[Part, ...]] = [
        "列入问题清单的问题", count(len(listed), "problems.listed"), "个，已销号", count(closed, "problems.closed"), "个",
    ]
    if late:
        parts += ["，逾期未办结", count(late, "problems.late"), "个"]
    return [_paragraph(sentence(*parts, "。", key="problems.listed"))]


def problems(basis: Basis) -> Section | None:
    """存在问题 as the units reported them."""
    if not basis.projects:
        return None
    if not basis.problems:
        return Section("存在问题", (_paragraph(sentence("本期各单位未反映需要协调解决的问题。", key="problems.none")),))
    limit = basis.form.most_problems
    more = len(basis.problems) > limit
    units = most((p.unit for p in basis.problems), basis.units)
    spread = joined((clean(u), count(n), "个") for u, n in units[:NAMED])
    # The worst first: lagging projects' problems before the others'.
    order = {x.project.id: i for i, x in enumerate(basis.lagging)}
    shown = sorted(basis.problems, key=lambda p: order.get(p.id, len(order)))[:limit]
    text = sentence(
        "本期反映问题的项目", count(len(basis.problems), "rows:problems_all" if more else "rows:problems"), "个（", spread,
        "等" if len(units) > NAMED else "", "）。", "主要问题见下表，全部问题见附件。" if more else "具体见下表。",
        key="problems.count",
    )
    return Section("存在问题", (_paragraph(text), *_listed(basis), tables.problem_table(shown, "problems", "主要问题表", "问题表")))
