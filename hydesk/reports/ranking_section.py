"""分县市区 ranking in the text: who leads, who is last, who moved, by groups where those rank apart (docs/rules.md §4.1)."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.measures.ranking import Ranked, RankingWay
from hydesk.reports import tables
from hydesk.reports.basis import Basis
from hydesk.reports.figures import Part
from hydesk.reports.model import Block, Section
from hydesk.reports.pictures import Bar, BarChart
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, count, joined, percent, sentence

NAMED = 5
"""How many units a sentence names before it says 等."""


def ranking(basis: Basis) -> Section | None:
    """分县市区 ranking: who leads, who is last, the table and its picture."""
    if not basis.ranking:
        return None
    placed = [r for r in basis.ranking if r.place is not None]
    blocks: list[Block] = []
    see = sentence("各地完成情况见下表。", key="ranking.see")
    if basis.judging.ranking is RankingWay.APART:
        told = [_ends(clean(g.name), ranked, f"ranking.ends.{g.name}") for g in basis.group_rankings
                if len(ranked := [r for r in g.ranking if r.place is not None]) > 1]
        if told:
            tabled = basis.terse and basis.has("table:ranking")
            blocks.append(Paragraph((*(() if tabled else told), *_moved(basis)) or (see,)))
    elif len(placed) > 1:
        # Where the table stands right below, a 周报 does not say its first and last again.
        ends = () if basis.terse and basis.has("table:ranking") else (_ends("", placed, "ranking.ends"),)
        blocks.append(Paragraph((*ends, *_moved(basis)) or (see,)))
    if basis.has("table:ranking"):
        blocks.append(tables.ranking_table(basis, in_text=True))
    if len(placed) > 1 and basis.has("chart:ranking"):
        bars = tuple(Bar(clean(r.name), percent(r.completion, f"unit:{r.name}.rate")) for r in placed)
        line = percent(basis.time_progress, "time_progress")
        blocks.append(BarChart("各地年度投资完成率（%）", bars, line, "时间进度"))
    return Section("分县市区排名", tuple(blocks)) if blocks else None


def _ends(group: str, placed: Sequence[Ranked], key: str) -> Sentence:
    """Who leads and who is last of those that have a place, in ``group`` where groups rank apart."""
    shown = min(3, len(placed) // 2) or 1
    best, last = (joined((clean(r.name), "（", percent(r.completion, f"unit:{r.name}.rate"), "%）") for r in some)
                  for some in (placed[:shown], placed[-shown:]))
    return sentence(f"{group}按年度投资完成率排名，居前的是", best, "；靠后的是", last, "。", key=key)


def _moved(basis: Basis) -> list[Sentence]:
    """Who rose and fell most in the ranking since the period before, among the units ranked both times."""
    moves = [(basis.moved[name], clean(name)) for name in basis.units if name in basis.moved]
    if not any(step for step, _ in moves):
        return []
    told: list[tuple[Part, ...]] = []
    for far, word in ((max(step for step, _ in moves), "上升"), (min(step for step, _ in moves), "下降")):
        who = [name for step, name in moves if step == far]
        if (far > 0) == (word == "上升") and far:
            named = "、".join(who[:NAMED]) + ("等" if len(who) > NAMED else "") + ("均" if len(who) > 1 else "")
            told.append((f"{named}{word}", count(abs(far), f"ranking.{'up' if far > 0 else 'down'}"), "位"))
    return [sentence("与上期都参加排名的单位相比，", joined(told, "，"), "，变动最大。", key="ranking.moved")]
