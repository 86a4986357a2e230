"""Parts of notices that no pattern can write: groups, money by source, 应统未统, places moved, 倒排."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.measures.ranking import Ranked
from hydesk.domain.measures.totals import total
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.scopes.fields import SCOPE_FIELDS
from hydesk.domain.scopes.scope import WHOLE
from hydesk.reports.duty_table import schedule_of
from hydesk.reports.figures import Part
from hydesk.reports.model import Block
from hydesk.reports.notices.chosen import Chosen, NoticeBasis
from hydesk.reports.notices.compose import Composed
from hydesk.reports.notices.figure import bind, said
from hydesk.reports.notices.grammar import Blank
from hydesk.reports.notices.scoping import equals
from hydesk.reports.notices.unlisted import lacking_papers, listable, unlisted
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import clean, count, joined, money, percent, sentence

_NAMED = 3


def _told(made: Composed, blank: str, chosen: Chosen) -> tuple[Part, ...]:
    """The figure of ``blank`` with its unit; followable like those of patterns."""
    bound = bind(Blank(blank), chosen)
    made.behind.setdefault(bound.key, tuple(bound.projects))
    return said(bound, "")[0]


def by_group(world: NoticeBasis, made: Composed) -> tuple[Block, ...]:
    """分组: in every group who leads and who is last, places among its own units."""
    told = []
    for g in world.basis.group_rankings:
        placed = [r for r in g.ranking if r.place is not None]
        if not placed:
            made.left_out.append(f"分组排名情况：{clean(g.name) or '未分组的单位'}本期没有可以排名的单位，没有写")
            continue
        chosen = world.choose(WHOLE.also(equals(SCOPE_FIELDS["group"], g.name)), clean(g.name) or "未分组")
        start: tuple[Part, ...] = (f"{chosen.name}", *_told(made, "个数", chosen), "个项目完成投资", *_told(made, "完成", chosen), "，占年度计划的",
                                   *_told(made, "完成率", chosen))
        shown = min(_NAMED, len(placed) // 2) or 1
        ends: tuple[Part, ...] = () if len(placed) < 2 else (
            "，居前的是", *_ends(placed[:shown]), "，靠后的是", *_ends(placed[-shown:]))
        told.append(sentence(*start, *ends, "。", key=f"by_group.{g.name}"))
    return (Paragraph(tuple(told)),) if told else ()


def _ends(some: Sequence[Ranked]) -> tuple[Part, ...]:
    return joined((clean(r.name), "（", percent(r.completion, f"unit:{r.name}.rate"), "%）") for r in some)


def unlisted_words(world: NoticeBasis, made: Composed) -> tuple[Block, ...]:
    """应统未统: how many, which papers they lack most, and how many lack none."""
    whole = world.whole
    due, found = listable(whole), unlisted(whole)
    if not due:
        made.left_out.append("应统未统情况：没有已开工、总投资500万元及以上的项目，没有写")
        return ()
    first = sentence("已开工、总投资500万元及以上的应统项目", *_told(made, "应统", whole), "个，其中应统未统",
                     *_told(made, "应统未统", whole), "个。" if not found else "个，完成投资",
                     *(() if not found else (*money(total(p.year_investment for p in found), "measure:year_investment|unlisted"), "。")), key="unlisted.count")
    papers = lacking_papers(world.basis, found)
    if len(papers) < len(found):
        made.left_out.append(f"应统未统情况：{len(found) - len(papers)}个项目没有登记手续节点，缺哪些手续没有写")
    counts: dict[str, int] = {}
    for names in papers.values():
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    ready = sum(not names for names in papers.values())
    more: list[Sentence] = []
    if counts:
        most = sorted(counts.items(), key=lambda x: -x[1])
        more.append(sentence("缺手续的分别是：", joined((f"缺{clean(n)}", count(k, f"measure:unlisted|lacks {n}"), "个") for n, k in most), "。", key="unlisted.papers"))
    if ready:
        more.append(sentence("手续已齐、应抓紧申报入统的", count(ready, "measure:unlisted|ready"), "个。", key="measure:unlisted|ready"))
    return (Paragraph((first, *more)),)


_SOURCES = ("中央", "国债", "专项债", "省级", "财政", "银行贷款", "贷款", "自筹", "社会")
_LACKS, _PAID, _ARRIVED = ("缺口",), ("支付", "拨付"), ("到位", "下达", "安排", "争取")


def _columns(world: NoticeBasis, words: Sequence[str], sources: bool) -> list[OwnColumn]:
    return [c for c in world.basis.sources.own if c.kind.base is OwnKind.MONEY and any(w in c.name for w in words)
            and (not sources or any(s in c.name for s in _SOURCES))]


def money_words(world: NoticeBasis, made: Composed) -> tuple[Block, ...]:
    """资金: what arrived, by source where the office has columns for it; what was paid; what is lacking by source."""
    whole, told, absent = world.whole, [], []
    if whole.totals.known("funds_arrived") is not None:
        rate = bind(Blank("资金到位率"), whole)
        share: tuple[Part, ...] = () if rate.value is None else ("，资金到位率", *said(rate, "")[0])
        told.append(sentence(f"{world.basis.span}到位资金", *_told(made, "到位资金", whole), *share, "。", key="money_told.arrived"))
    else:
        made.left_out.append("资金来源和支付情况：没有项目报到位资金，没有写")
    for words, start, key in ((_ARRIVED, "按来源分，", "sources"), (_PAID, "资金支付：", "paid"), (_LACKS, "资金缺口：", "lacks")):
        columns = _columns(world, words, key != "paid")
        parts = [(c, whole.totals.own(c)) for c in columns]
        known = [(c, s) for c, s in parts if s.amount is not None]
        if known:
            told.append(sentence(start, joined((f"{clean(c.name)}", *_told(made, c.name, whole), *_among(s.known, s.whole, c)) for c, s in known), "。",
                                 key=f"money_told.{key}"))
        else:
            absent.append(key)
    if absent:
        what, such = (join(words[key] for key in absent) for words, join in ((_SAID, "、".join), (_SUCH, "".join)))
        made.left_out.append(f"资金来源和支付情况：没有填了数的{what}栏目（自建的逐期金额栏目，名称里写明，如{such}），没有写")
    return (Paragraph(tuple(told)),) if told else ()


_SAID = {"sources": "资金来源", "paid": "支付", "lacks": "缺口"}
_SUCH = {"sources": "“专项债到位资金”", "paid": "“已支付资金”", "lacks": "“专项债缺口”"}


def _among(known: int, whole: int, column: OwnColumn) -> tuple[Part, ...]:
    return () if known == whole else ("（", count(known, f"measure:count|own{column.id}"), "个项目填报）")


def moves_words(world: NoticeBasis, made: Composed) -> tuple[Block, ...]:
    """名次变化: everybody who rose or fell since the period before, among the units ranked both times."""
    moved = world.basis.moved
    if not moved:
        made.left_out.append("名次变化情况：没有上一期的排名可以比较，没有写")
        return ()
    told: list[tuple[Part, ...]] = []
    for up, word in ((True, "上升"), (False, "下降")):
        units = sorted((u for u in moved if (moved[u] > 0) is up and moved[u]), key=lambda u: -abs(moved[u]))
        if units:
            told.append((f"{word}的有", *joined((clean(u), count(abs(moved[u]), f"measure:moved|unit={u}"), "位") for u in units)))
    start = ("与上期都参加排名的", count(len(moved), "measure:reported_units|ranked both times"), "个单位相比，")
    end: tuple[Part, ...] = joined(told, "；") if told else ("名次都没有变化",)
    return (Paragraph((sentence(*start, *end, "。", key="moves_told.moved"),)),)


def reversed_words(world: NoticeBasis, made: Composed) -> tuple[Block, ...]:
    """倒排: how many lagging projects have nodes to be done, and how many have none and must send them."""
    b = world.basis
    if not b.lagging:
        made.left_out.append("倒排工期：本期没有滞后项目，没有写")
        return ()
    have = sum(x.project.id in schedule_of(b) for x in b.lagging)
    without = len(b.lagging) - have
    parts: list[Part | tuple[Part, ...]] = ["滞后项目", *_told(made, "滞后", world.whole), "个"]
    if have:
        parts += ["，已排定余下节点的", count(have, "measure:meaning|with nodes"), "个"]
    if without:
        parts += ["，没有节点计划的", count(without, "measure:meaning|without nodes"), "个，请有关单位倒排工期并报来"]
    return (Paragraph((sentence(*parts, "。", key="reversed_told.count"),)),)

