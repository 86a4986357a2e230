"""The sections of the text, each written from the figures in the office's own wording."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hydesk.domain.lists import count_packages
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.gains import Gain
from hydesk.domain.measures.totals import Share
from hydesk.domain.money import rate
from hydesk.reports.basis import Basis
from hydesk.reports.charts import year_chart
from hydesk.reports.figures import Part
from hydesk.reports.model import Block, Section
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.schedule_words import schedule_words
from hydesk.reports.words import clean, count, joined, money, percent, points, sentence

NAMED = 5
"""How many units or projects a sentence names before it says 等."""


def _paragraph(*sentences: Sentence, lead: str = "") -> Paragraph:
    return Paragraph(tuple(sentences), lead)


def overall(basis: Basis) -> Section:
    """总体情况: how many, how much, how far, and how the projects stand."""
    if not basis.projects:
        return Section("总体情况", (_paragraph(sentence("本期台账中没有项目。", key="overall.none")),))
    first = [_whole(basis), *([] if basis.terse else _gained(basis))]
    more = [] if basis.as_of is None else [_standing(basis), *(s for s in (schedule_words(basis), _year_end(basis)) if s is not None)]
    late = _unreported(basis)
    told = [first, more, [late] if late is not None else []]
    # A 周报 says it in one paragraph, and what the week brought under 本周变化.
    blocks: list[Block] = [_paragraph(*(s for said in told for s in said))] if basis.terse else [_paragraph(*said) for said in told if said]
    curve = year_chart(basis, f"{basis.form.whole}{basis.period.year}年投资完成进度（亿元）") if basis.has("chart:curve") else None
    return Section("总体情况", (*blocks, curve) if curve else tuple(blocks))


def _year_end(basis: Basis) -> Sentence | None:
    """Where the year will end, in a monthly report of the whole list; nothing once the plan's year is over."""
    end = basis.sources.year_end
    if end is None or basis.reach.nothing_in:
        return None
    parts: list[Part | tuple[Part, ...]] = ["按目前走势预测，全年可完成投资", money(end.low, "year_end.low"), "至", money(end.high, "year_end.high")]
    if end.plan:
        parts += ["，占年度计划的", percent(rate(end.low, end.plan), "year_end.low_rate"), "%至",
                  percent(rate(end.high, end.plan), "year_end.high_rate"), "%"]
    wide = "（台账没有往年完整数据，区间较宽）" if basis.sources.year_end_wide else ""
    return sentence(*parts, f"{wide}。", key="overall.year_end")


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
    parts += [f"{basis.span}完成投资", money(done, "all.year")]
    if t.completion is not None:
        parts += ["，占年度计划的", percent(t.completion, "all.rate"), "%，", *_against(basis)]
    return sentence(*parts, "。", key="overall.whole")


def _against(basis: Basis) -> list[Part | tuple[Part, ...]]:
    gap = basis.gap
    if gap is None:
        return ["报送不足九成，暂不与时间进度比较"]
    progress = percent(basis.time_progress, "time_progress")
    if gap == 0:
        return ["与时间进度（", progress, "%）持平"]
    by = points(basis.shown_gap, "all.gap")
    if not Decimal(by.text):
        return ["与时间进度（", progress, "%）基本持平"]
    return ["超" if gap > 0 else "欠", "时间进度（", progress, "%）", by, "个百分点"]


def _gained(basis: Basis) -> list[Sentence]:
    """What the period brought: the difference of two closing sums, and where the units' own words differ from it."""
    gain = basis.gain
    if gain is None or not gain.counted:
        return []
    parts: list[Part | tuple[Part, ...]] = [f"其中，{basis.gained}完成投资", money(gain.amount, "all.gain")]
    said = _parts_of(gain, stretched=basis.stretch is not None)
    if said:
        parts += ["（", *said, "）"]
    told = [sentence(*parts, "。", key="overall.gain")]
    if gain.differing:
        own = [p for p in basis.projects if p.id in set(gain.differing)]
        named = "、".join(clean(p.name) for p in own[:2]) + ("等" if len(own) > 2 else "")
        word = "当月数" if gain.period.is_month else "本周数"
        told.append(sentence(
            count(len(gain.differing), "gain.differing"), f"个项目（{named}）填报的{word}与两期累计之差不一致，合计",
            "多" if gain.difference > 0 else "少", money(abs(gain.difference), "gain.difference"), "，新增按累计之差计算。",
            key="overall.differing"))
    return told


def _parts_of(gain: Gain, *, stretched: bool = False) -> tuple[Part, ...]:
    """Whose figures the increment is made of, where they are not all of both closings."""
    month = gain.period.is_month
    clauses: list[tuple[Part, ...]] = []
    if gain.first and gain.period.previous().year == gain.period.year:
        clauses.append(("其中", count(gain.first, "gain.first"), "个项目期初无数、期内报来" if stretched else "个项目上月无数、本月报来", *money(gain.first_amount, "gain.first_amount")))
    if gain.own:
        clauses.append((count(gain.own, "gain.own"), "个项目没有上周累计，按填报的本周数",))
    if gain.uncounted:
        clauses.append((count(gain.uncounted, "gain.uncounted"), f"个项目没有{'上月' if month else '上周'}累计，未计入"))
    return joined(clauses, "；")


_ORDER = (Meaning.AHEAD, Meaning.ON_TRACK, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)


def _standing(basis: Basis) -> Sentence:
    lamps = [basis.lamps[p.id] for p in basis.projects]
    held = Counter(x.meaning for x in lamps)
    words = joined((m.label, count(held[m], f"meaning.{m.value}"), "个") for m in _ORDER if held[m])
    parts: list[Part | tuple[Part, ...]] = [f"对照{basis.yardstick.against()}，", words] if words else []
    if held[Meaning.UNREPORTED]:
        last = sum(x.last is not None and x.last.meaning.bad for x in lamps if x.meaning is Meaning.UNREPORTED)
        parts += ["；另有" if words else "", "未报", count(held[Meaning.UNREPORTED], "meaning.unreported"), "个"]
        if last:
            parts += ["（其中上次为滞后的", count(last, "unreported.lagging"), "个）"]
    if held[Meaning.NO_DATA]:
        parts += ["，" if parts else "", "没有年度计划等不作判定的", count(held[Meaning.NO_DATA], "meaning.no_data"), "个"]
    return sentence(*parts, "。", key="overall.standing")


def _unreported(basis: Basis) -> Sentence | None:
    """Who has not reported: their newest known figures stand in the report, and it says so."""
    reach = basis.reach
    if basis.as_of is None:
        return None
    if reach.nothing_in:
        return sentence(
            f"{reach.asked.short_label}尚无单位报送投资数，本报告采用截至{reach.as_of.label}的数据", *_older(basis),
            "，不作排名变动和新增分析。", key="overall.unreported")
    lacking = [*reach.late, *reach.partly]
    if not lacking:
        return _newer(basis)
    names = list(basis.units)
    lacking.sort(key=lambda u: (-u.lacking, names.index(u.unit) if u.unit in names else len(names)))
    units = joined((clean(u.unit), count(u.lacking, f"unit:{u.unit}.unreported"), "个") for u in lacking[:NAMED])
    days = sorted({u.as_of.key: u.as_of.label for u in lacking if u.as_of is not None}.items())
    until = f"，按其最近一次上报数（{days[-1][1]}{'及以前' if len(days) > 1 else ''}）计入" if days else "，本年没有数"
    late = (count(len(reach.late), "units.late"), "个单位未报；") if reach.late else ()
    return sentence(
        "本期", *late, "未报项目", count(reach.unreported, "all.unreported"), "个（", units, "等" if len(lacking) > NAMED else "",
        f"）{until}。", key="overall.unreported")


def _older(basis: Basis) -> tuple[Part, ...]:
    """（其中…）: how many have no figure of the day shown."""
    reach = basis.reach
    if not reach.unreported:
        return ()
    return ("（其中", count(reach.unreported, "all.unreported"), f"个项目没有{reach.as_of.label}的数，有更早的数的按更早的数计入）")


def _newer(basis: Basis) -> Sentence | None:
    if not basis.reach.newer:
        return None
    return sentence("其中", count(basis.reach.newer, "all.newer"), f"个项目的数新于{basis.reach.as_of.label}。", key="overall.unreported")


def funds(basis: Basis) -> Section | None:
    """资金到位 and 入统, where there are figures: each rate over the projects that tell it, — where they hold too little."""
    t = basis.totals
    told: list[Sentence] = []
    if t.known("funds_arrived") is not None:
        parts: list[Part | tuple[Part, ...]] = [f"{basis.span}到位资金", money(t.funds_arrived, "all.funds"), *_rate_words(
            t.funds, "资金到位率", "all.funds_rate", "到位资金÷报了资金的项目的年度计划投资")]
        told.append(sentence(*parts, "。", key="funds.arrived"))
    if t.known("statistics_year") is not None:
        parts = [f"{basis.span}入统投资", money(t.statistics_year, "all.statistics"), *_rate_words(
            t.statistics, "入统率", "all.statistics_rate", "入统投资÷同一批项目的完成投资")]
        told.append(sentence(*parts, "。", key="funds.statistics"))
    return Section("资金到位和入统情况", (Paragraph(tuple(told)),)) if told else None


def _rate_words(share: Share, name: str, key: str, formula: str) -> list[Part | tuple[Part, ...]]:
    """A rate of money in a sentence: with its number of projects where not all tell it, — below half of the plan."""
    if not share.whole_plan:
        return []
    some: tuple[Part, ...] = (count(share.known, f"{key}.known"), "／", count(share.whole, f"{key}.whole"), "个项目报了")
    if share.rate is None:
        return [f"，{name}—（", some, "，不足计划的一半，不计算）"]
    among: tuple[Part, ...] = () if share.known == share.whole else ("，", *some)
    return [f"，{name}", percent(share.rate, key), f"%（{formula}", among, "）"]
