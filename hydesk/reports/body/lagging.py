"""滞后项目: how many, where, why, the furthest behind by name; all of them in the annex, the worst in a table where wanted."""

from __future__ import annotations

from hydesk.domain.meaning import Meaning
from hydesk.reports import tables
from hydesk.reports.basis import Basis, most
from hydesk.reports.causes import causes
from hydesk.reports.figures import Part
from hydesk.reports.model import Block, Section
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, count, joined, percent, sentence

WORST = 3
"""How many of the furthest behind are named."""
NAMED = 5
"""How many units a sentence names before it says 等."""


def lagging(basis: Basis) -> Section | None:
    """滞后项目; left out while nothing is known."""
    if basis.as_of is None:
        return None
    rule = sentence("预警规则：", basis.rule_words, "。", key="lagging.rule")
    if not basis.lagging:
        return Section("滞后项目", (Paragraph((sentence("本期没有滞后项目。", key="lagging.none"), rule)),))
    serious = sum(x.lamp.meaning is Meaning.SERIOUSLY_LAGGING for x in basis.lagging)
    annexed = basis.has("lagging_all")
    whole = basis.whole_in_text("table:lagging", len(basis.lagging), basis.form.most_lagging)
    key = "rows:lagging" if whole else "rows:lagging_all" if annexed else "lagging.all"
    units = most((x.project.unit for x in basis.lagging), basis.units)
    spread = joined((clean(u), count(n, f"unit:{u}.lagging"), "个") for u, n in units[:NAMED])
    grave: tuple[Part, ...] = ("，其中严重滞后", count(serious, "meaning.seriously_lagging"), "个") if serious else ()
    first = sentence("滞后项目共", count(len(basis.lagging), key), "个", grave, "。", key="lagging.count")
    where = sentence("按地区分，", spread, "等。" if len(units) > NAMED else "。", key="lagging.units")
    why = causes(basis.lagging, key, "lagging.causes")
    # A 周报 names the worst; where and why they all are is in the annex, project by project.
    spread_out = (where, why) if len(basis.lagging) > 1 and not (basis.terse and annexed) else ()
    tabled = basis.has("table:lagging")
    # The rule stands below the table of the annex; where there is none it is said here.
    ruled = () if annexed and not whole else (rule,)
    said, more = (first, *_changed(basis), *spread_out), (*_worst(basis), *ruled, *_see(tabled, whole, annexed))
    words: list[Block] = [Paragraph((*said, *more))]
    return Section("滞后项目", (*words, tables.lagging_table(basis)) if tabled else tuple(words))


def _see(tabled: bool, whole: bool, annexed: bool) -> tuple[Sentence, ...]:
    if not tabled and not annexed:
        return ()
    words = "滞后项目及原因见下表。" if whole else "最滞后的项目及原因见下表" if tabled else "全部滞后项目及原因见附件。"
    if tabled and not whole:
        words += "，全部滞后项目见附件。" if annexed else "。"
    return (sentence(words, key="lagging.see"),)


def _changed(basis: Basis) -> list[Sentence]:
    """What changed since the period before among those judged both times: who fell behind, who caught up."""
    turned = basis.turned
    if turned is None:
        return []
    if not turned.fell and not turned.rose:
        return [sentence("与上期相比，滞后项目没有变化。", key="lagging.change")]
    parts: list[Part | tuple[Part, ...]] = ["与上期相比，"]
    if turned.fell:
        parts += ["新增滞后", count(turned.fell, "lagging.new"), "个"]
    if turned.rose:
        parts += ["，" if turned.fell else "", count(turned.rose, "lagging.gone"), "个赶上进度"]
    return [sentence(*parts, "。", key="lagging.change")]


def short(name: str) -> str:
    """A name as a sentence can bear it; the annex has all of it."""
    plain = clean(name)
    return plain if len(plain) <= 40 else plain[:39] + "…"


def _worst(basis: Basis) -> list[Sentence]:
    """The furthest behind by name, with the cause the unit gave."""
    named = []
    for item in basis.lagging[:WORST]:
        p = item.project
        parts: list[Part] = [f"{clean(p.unit)}{short(p.name)}（"]
        if item.completion is None:
            parts.append(clean(item.lamp.reasons[0]))
        elif not p.year_investment:
            parts.append("尚未完成投资")
        else:
            parts += ["完成", percent(item.completion, f"project:{p.id}.rate"), "%"]
        if basis.says(p.problem_text) and not (basis.terse and basis.has("lagging_all")):
            why = clean(p.problem_text)
            parts.append(f"，{why[:30].rstrip('。；，')}{'…' if len(why) > 30 else ''}")
        named.append((*parts, "）"))
    return [sentence("落后最多的是", joined(named), "。", key="lagging.worst")]
