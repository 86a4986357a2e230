"""开工情况: how many 计划新开工 projects have begun, by the rates the office has chosen, and who is overdue."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.standing import ProjectStanding
from hydesk.reports import tables
from hydesk.reports.basis import Basis
from hydesk.reports.figures import Part
from hydesk.reports.model import Block, Section
from hydesk.reports.prose import Paragraph
from hydesk.reports.words import clean, count, joined, percent, sentence

NAMED = 3
"""How many projects a sentence names where their table is in an annex."""


def starts(basis: Basis) -> Section | None:
    """开工情况; left out where the year has none to start."""
    s = basis.starts
    if not s.planned:
        return None
    parts: list[Part | tuple[Part, ...]] = [
        "计划新开工项目", count(s.planned, "starts.planned"), "个，已开工", count(s.started, "starts.started"), "个", *_rates(basis)]
    late = tables.overdue_starts(basis)
    ruled = bool(late) and basis.has("overdue_all") and not basis.whole_in_text("table:overdue", len(late), basis.form.most_overdue)
    if s.early:
        parts += ["，其中提前开工", count(s.early, "starts.early"), "个"]
    rule = "有投资即算开工" if basis.judging.money_starts else "以登记的永久性工程实际开工时间为准"
    asked = [] if not s.money_only else [sentence(
        "有投资未记开工", count(s.money_only, "starts.money_only"), "个，请有关单位核实补登开工时间", _some(basis.money_only), "。",
        key="starts.money_only")]
    about = sentence(f"已开工{rule}。", key="starts.rule")
    if not late:
        return Section("开工情况", (Paragraph((
            sentence(*parts, "。", key="starts.count"), sentence("没有到期未开工项目。", key="starts.none_due"), *asked, about)),))
    said, blocks = _overdue(basis, late)
    return Section("开工情况", (Paragraph((sentence(*parts, *said, key="starts.count"), *asked, *(() if ruled else (about,)))), *blocks))


def _rates(basis: Basis) -> list[Part | tuple[Part, ...]]:
    s = basis.starts
    rates: dict[str, tuple[Part, ...]] = {
        "year": ("年度开工率", percent(s.year_rate, "starts.year_rate"), "%"),
        "due": (f"截至{basis.on.month}月{basis.on.day}日应开工", count(s.due, "starts.due"), "个，到期开工率",
                percent(s.due_rate, "starts.due_rate"), "%"),
        "works": ("开复工率", percent(s.works_rate, "starts.works_rate"), "%（续建有投资的加新建已开工，÷续建加计划新开工",
                  count(s.planned + s.continued, "starts.both"), "个）"),
    }
    told = {"year": s.year_rate, "due": s.due_rate, "works": s.works_rate}
    return [part for key in basis.judging.start_rates if told[key] is not None for part in ("，", *rates[key])]


def _overdue(basis: Basis, late: Sequence[ProjectStanding]) -> tuple[list[Part | tuple[Part, ...]], list[Block]]:
    """What the sentence says of projects that should have begun, and their table where it stands in the text."""
    limit, annexed = basis.form.most_overdue, basis.has("overdue_all")
    whole = basis.whole_in_text("table:overdue", len(late), limit)
    key = "rows:overdue" if whole else "rows:overdue_all" if annexed else "starts.overdue"
    parts: list[Part | tuple[Part, ...]] = ["；到期未开工", count(len(late), key), "个，"]
    if not basis.has("table:overdue"):
        if basis.terse and annexed:
            return [*parts, "清单见附件。"], []
        named = joined((f"{clean(p.unit)}{clean(p.name)}", _planned(p)) for p in late[:NAMED])
        first = "是" if len(late) <= NAMED else "逾期最久的是"
        return [*parts, first, named, "，清单见附件。" if annexed and len(late) > NAMED else "。"], []
    parts.append("见下表。" if whole else "逾期最久的见下表，全部见附件。" if annexed else "逾期最久的见下表。")
    title = "到期未开工项目表" if whole else f"到期未开工项目表（逾期最久的{limit}个）"
    return parts, [tables.overdue_table(late[:limit], "overdue", title, "到期未开工项目表")]


def _planned(project: ProjectStanding) -> str:
    day = project.planned_start
    return f"（应于{day.month}月{day.day}日）" if day else ""


def _some(projects: Sequence[ProjectStanding], most: int = 2) -> str:
    """（甲、乙等）: the first of some projects."""
    return f"（{'、'.join(clean(p.name) for p in projects[:most])}{'等' if len(projects) > most else ''}）"



