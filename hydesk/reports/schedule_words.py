"""完成序时 in the text: what the plans by month have by the date of the figures, and what was done of it (docs/rules.md §13.2)."""

from __future__ import annotations

from hydesk.domain.measures.schedule import schedule_of
from hydesk.domain.money import round_half_up
from hydesk.reports.basis import Basis
from hydesk.reports.figures import Part
from hydesk.reports.prose import Sentence
from hydesk.reports.words import count, money, percent, sentence


def schedule_words(basis: Basis) -> Sentence | None:
    """截至6月底，按序时计划应完成12.30亿元，完成序时104.20%; None where no project has a plan by month or nothing is due."""
    found = schedule_of(basis.projects, basis.reach.as_of, basis.yardstick.pace)
    if found.rate is None:
        return None
    some: tuple[Part, ...] = () if found.told == found.whole else (
        "（", count(found.told, "schedule.known"), "／", count(found.whole, "schedule.whole"), "个项目有序时计划，其余按时间进度计）")
    return sentence(
        f"截至{basis.reach.as_of.label}，按序时计划应完成", money(int(round_half_up(found.planned, 0)), "all.schedule_planned"), "，完成序时",
        percent(found.rate, "all.schedule_rate"), "%", *some, "。", key="overall.schedule")
