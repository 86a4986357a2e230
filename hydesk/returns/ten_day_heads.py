"""Heads of a return by thirds of a month (旬报): 上旬, 中旬 and 下旬."""

from __future__ import annotations

import re
from datetime import date
from enum import IntEnum

from hydesk.domain.periods import Month, Period
from hydesk.returns.head_words import bare
from hydesk.returns.money_heads import never_done
from hydesk.returns.text import squeeze


class TenDayPart(IntEnum):
    """A third of a month."""

    FIRST = 1
    SECOND = 2
    THIRD = 3

    @property
    def label(self) -> str:
        """上旬, 中旬 or 下旬."""
        return ("上旬", "中旬", "下旬")[self - 1]

    def last_day(self, month: Month) -> date:
        """The 10th, the 20th or the month's end."""
        return month.day if self is TenDayPart.THIRD else date(month.year, month.number, 10 * self)


_PARTS = {"上": TenDayPart.FIRST, "中": TenDayPart.SECOND, "下": TenDayPart.THIRD}
_NO_AMOUNT = re.compile(r"占|率|比例|比重|百分比|%|累计|计划|目标|任务|拟|预计|形象|进展|进度|情况|工作|问题|到位|入库|入统|纳统")
_OTHER_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_SAID = re.compile(r"([上中下])旬")


def ten_days_of(path: tuple[str, ...], period: Period) -> TenDayPart | None:
    """The third whose amount a column under ``path`` holds; None for any other column."""
    joined = bare("".join(path))
    found = set(_SAID.findall(joined))
    if len(found) != 1 or re.search(r"上[、和及]?中旬|至[上中下]旬", joined):
        return None
    leaf = bare(path[-1])
    group = _NO_AMOUNT.search(joined.replace("投资完成情况", "").replace("完成投资情况", ""))
    month = _OTHER_MONTH.search(joined)
    if group or _NO_AMOUNT.search(leaf) or (month and int(month[1]) != period.day_month.number):
        return None
    if never_done(path, period.year, period.day_month.number) is not None:
        return None
    return _PARTS[found.pop()]


def ten_days_said(text: str) -> TenDayPart | None:
    """The one third that a title or a sheet's name speaks of; None where it speaks of none or of several."""
    found = set(_SAID.findall(squeeze(text)))
    return _PARTS[found.pop()] if len(found) == 1 else None
