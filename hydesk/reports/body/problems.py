"""存在问题 as the units reported them: how many, where, the gravest by name; all in the annex."""

from __future__ import annotations

from hydesk.reports import tables
from hydesk.reports.basis import Basis, most
from hydesk.reports.body.lagging import NAMED, WORST, short
from hydesk.reports.figures import Part
from hydesk.reports.model import Section
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, count, joined, sentence

GRAVEST = 3
"""How many problems a sentence names where their table is in an annex."""


def problems(basis: Basis) -> Section | None:
    """存在问题; left out where there are no projects."""
    if not basis.projects:
        return None
    if not basis.problems:
        return Section("存在问题", (Paragraph((sentence("本期各单位未反映需要协调解决的问题。", key="problems.none"),)),))
    limit, annexed, tabled = basis.form.most_problems, basis.has("problems_all"), basis.has("table:problems")
    whole = basis.whole_in_text("table:problems", len(basis.problems), limit)
    key = "rows:problems" if whole else "rows:problems_all" if annexed else "problems.all"
    units = most((p.unit for p in basis.problems), basis.units)
    spread = joined((clean(u), count(n, f"unit:{u}.problems"), "个") for u, n in units[:NAMED])
    # The worst first: lagging projects' problems before the others'.
    order = {x.project.id: i for i, x in enumerate(basis.lagging)}
    worst = sorted(basis.problems, key=lambda p: order.get(p.id, len(order)))
    see = "具体见下表。" if whole else "主要问题见下表" if tabled else "全部问题见附件。" if annexed else ""
    if tabled and not whole:
        see += "，全部问题见附件。" if annexed else "。"
    where: tuple[Part, ...] = () if basis.terse and annexed else ("（", *spread, "等" if len(units) > NAMED else "", "）")
    text = sentence("本期反映问题的项目", count(len(basis.problems), key), "个", where, "。", see, key="problems.count")
    if tabled:
        return Section("存在问题", (Paragraph((text, *_listed(basis))),
                                tables.problem_table(worst[:limit], "problems", "主要问题表", "问题表")))
    if basis.terse and annexed:
        return Section("存在问题", (Paragraph((text, *_listed(basis))),))
    # Whose problem stands under 滞后项目 as the cause is not named again.
    told = {x.project.id for x in basis.lagging[:WORST]}
    worst = [p for p in worst if p.id not in told]
    listed = _listed(basis)
    if not worst:
        return Section("存在问题", (Paragraph((text, *listed)),))
    named = joined((f"{clean(p.unit)}{short(p.name)}", f"（{_cut(p.problem_text)}）") for p in worst[:GRAVEST])
    first = sentence("其他较突出的是" if told else "较突出的是" if len(worst) > GRAVEST else "是", named, "。", key="problems.worst")
    return Section("存在问题", (Paragraph((text, first, *listed)),))


def _cut(text: str) -> str:
    said = clean(text)
    return f"{said[:30].rstrip('。；，')}{'…' if len(said) > 30 else ''}"


def _listed(basis: Basis) -> list[Sentence]:
    """How the problems on the list stand: 列入问题清单的问题48个，已销号6个，逾期未办结18个."""
    listed = basis.sources.problems
    if not listed:
        return []
    closed = sum(x.closed_on is not None for x in listed)
    late = sum(x.closed_on is None and x.due_on is not None and x.due_on < basis.period.end for x in listed)
    parts: list[Part | tuple[Part, ...]] = [
        "列入问题清单的问题", count(len(listed), "problems.listed"), "个，已销号", count(closed, "problems.closed"), "个",
    ]
    if late:
        parts += ["，逾期未办结", count(late, "problems.late"), "个"]
    return [sentence(*parts, "。", key="problems.listed")]
