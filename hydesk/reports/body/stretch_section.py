"""What a quarter, half year or year brought beside the sums to date: works begun and finished in it, who has done the year's plan."""

from __future__ import annotations

from datetime import date

from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis
from hydesk.reports.body.lagging import short
from hydesk.reports.figures import Part
from hydesk.reports.model import Section
from hydesk.reports.prose import Paragraph
from hydesk.reports.words import clean, count, joined, percent, sentence

NAMED = 3
"""How many finished projects are named."""


def stretch_moves(basis: Basis) -> Section | None:
    """开工竣工 of the stretch, by the days recorded; none where nothing is recorded of it."""
    if basis.stretch is None or not basis.projects:
        return None
    start, end, word = basis.stretch_start, basis.period.end, basis.stretch.short_label(basis.period.last_month)
    begun = [p for p in basis.projects if _within(p.actual_start, start, end)]
    done = [p for p in basis.projects if _within(p.actual_finish, start, end)]
    if not begun and not done:
        return Section("开工竣工情况", (Paragraph((sentence(f"{word}没有登记开工、竣工的项目。", key="stretch.none"),)),))
    parts: list[Part | tuple[Part, ...]] = [word]
    parts += ["开工项目", count(len(begun), "stretch.begun"), "个"] if begun else ["没有开工的项目"]
    parts += ["，竣工项目", count(len(done), "stretch.finished"), "个", *_finished(done)] if done else ["，没有竣工的项目"]
    return Section("开工竣工情况", (Paragraph((sentence(*parts, "。", key="stretch.moves"),)),))


def _within(day: date | None, start: date, end: date) -> bool:
    return day is not None and start <= day <= end


def _finished(done: list[ProjectStanding]) -> tuple[Part, ...]:
    if not done:
        return ()
    largest = sorted(done, key=lambda p: (-(p.total_investment or 0), p.code))[:NAMED]
    return ("（", *joined((f"{clean(p.unit)}{short(p.name)}",) for p in largest), "等" if len(done) > NAMED else "", "）")


def year_close(basis: Basis) -> Section | None:
    """全年计划完成情况: how many projects with a plan have done it, how many have not, which units have done all of theirs."""
    if basis.as_of is None:
        return None
    planned = [p for p in basis.projects if p.annual_plan]
    if not planned:
        return None
    done = [p for p in planned if (p.year_investment or 0) >= (p.annual_plan or 0)]
    units = [r for r in basis.ranking if r.place is not None and r.completion is not None]
    reached = sum(r.completion is not None and r.completion >= 1 for r in units)
    left = [r for r in units if r.completion is not None and r.completion < 1]
    parts: list[Part | tuple[Part, ...]] = [
        "有年度计划的项目", count(len(planned), "close.planned"), "个，完成年度计划的", count(len(done), "close.done"), "个，未完成的",
        count(len(planned) - len(done), "close.left"), "个"]
    told = [sentence(*parts, "。", key="close.projects")]
    if units and not basis.subject:
        named = joined((clean(r.name), "（", percent(r.completion, f"unit:{r.name}.rate"), "%）") for r in left[-5:])
        more: tuple[Part, ...] = ("，未完成的有", *named, "等" if len(left) > 5 else "") if left else ()
        told.append(sentence("参加排名的单位", count(len(units), "close.units"), "个，完成年度计划的", count(reached, "close.units_done"), "个", more, "。",
                             key="close.units"))
    return Section("年度计划完成情况", (Paragraph(tuple(told)),))
