"""Stage 'columns' of a weekly return: heads that speak of the week, of a day, or of another period than the week.

A week's amount is 本周完成, its sum to date 年初至本周 or 1月1日至7月16日. A sum up to last week's or last month's end is
no figure of this week: such a column is only compared with what the ledger holds (``week_checks``). What was done in a
month (本月, 7月 in a week of July) is no week's either: a month's amount comes with the month's own return, so that none
is ever made of the days so far. Domain rules, §7 (weeks).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period, Week
from hydesk.returns.days_said import days_said, spans_said
from hydesk.returns.head_words import bare
from hydesk.returns.text import squeeze


@dataclass(frozen=True, slots=True)
class WeekHead:
    """What the words over a column of a weekly return say: a field, or candidates between which figures decide, or
    none with the reason.

    ``was`` is the earlier period whose sum to date the column repeats: compared with the ledger, never taken. ``day``
    is the day to which the head counts.
    """

    field: Field | None
    reason: str
    candidates: tuple[Field, ...] = ()
    was: Period | None = None
    day: date | None = None
    worded: bool = False
    """The words fit progress in words as well as an amount (本周完成): what stands in the cells decides."""

    @property
    def left_out(self) -> bool:
        """Whether it is understood and is not this week's."""
        return self.field is None and not self.candidates


_MONEY = re.compile(r"投资|金额|产值|资金")
_UNIT = re.compile(r"[(（:：、,，]?(?:千|百|百万|千万|万|亿)元|[(（]元[)）]")
_WORDS = re.compile(r"完成情况|进展|进度|形象|工作|内容|措施|安排|问题|困难|事项|打算|动态|备注|说明|要求|建议")
_RATE = re.compile(r"占|率|比例|比重|百分比|增幅|同比|环比|%|％|排名|名次|位次")
_PLAN = re.compile(r"计划|目标|任务|拟|预计|预期|力争|确保|应完成|可完成|承诺|需完成")
_DONE = re.compile(r"实际|已完成|完成数|计划完成情况|计划执行")
_OTHER_MONEY = re.compile(r"到位|入库|入统|纳统|支付|拨付|下达|筹措|贷款|债券|融资|税|产值|销售|产量|用电|合同|中标|征地|拆迁|补助")
_AHEAD = re.compile(r"下一?周|次周|后一?周|下期")
_LAST = re.compile(r"上一?周(?:末|止|底)?|前一?周|上期末?")
_THIS = re.compile(r"(?<![每逐])(?:本|当|这一?|该)周(?:内|度)?|本期|当期|(?<![上下本当每逐前后次第一二三四五\d])周(?=(?:实际|新增|已)*(?:完成|投资))|一周(?=(?:实际|新增|已)*(?:完成|投资))")
_NUMBERED = re.compile(r"第(\d{1,2})周")
_SUM = re.compile(r"累计|累|合计|截至|截止|至今|总")
_YEAR = re.compile(r"年初|本年|今年|当年|年度|年内|全年|年累|1月1日|元月1日|元旦|(?<![\d.])0?1\.0?1(?!\d)")
_SINCE_START = re.compile(r"开工|开建|动工|开始建设|建设以来|自建设|总累计|累计总|历年|项目累计")
_UP_TO = re.compile(r"(?:截至|截止到?|截止至|到|至|-|—|~)\s*$")
_SPAN_OF_MONTHS = re.compile(r"(?:(?<![\d.])0?1月?份?|元月?份?|年初)(?:-|—|~|至|到)(\d{1,2})月(?!\d)")
_UP_TO_MONTH = re.compile(r"(?:截至|截止到?|截止至|至|到)(\d{1,2})月(?:份|底|末)?(?!\d)|(\d{1,2})月(?:底|末)")
_MONTH = re.compile(r"(?<![\d\-至到第.])(\d{1,2})月(?:份)?(?!\d|底|末)")
_BOTH = (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED)


@lru_cache(maxsize=8192)
def week_head(path: tuple[str, ...], week: Week) -> WeekHead | None:
    """What ``path`` (outermost first) says in a return of ``week``; None where it speaks of no week and no day, so that
    the rules for any return hold."""
    joined, leaf = bare("".join(path)), bare(path[-1])
    if not joined or _RATE.search(leaf) or _SINCE_START.search(joined):
        return None
    money = bool(_MONEY.search(joined) or _UNIT.search(squeeze("".join(path))))
    if _AHEAD.search(joined):
        return WeekHead(None, "下周的计划数，不是完成数") if money else None
    if _PLAN.search(leaf if _DONE.search(leaf) or not _this(joined, week) else joined) and not _DONE.search(leaf):
        return WeekHead(None, "本周的计划数，不是完成数") if money and _this(joined, week) else None
    if _OTHER_MONEY.search(joined):
        return WeekHead(None, "一周的数，不是完成投资，台账不记") if _this(joined, week) and not _SUM.search(joined) else None
    return _of_last_week(joined, money, week) or _of_days(joined, week) or _of_this_week(joined, leaf, money, week) or _of_months(
        joined, money, week)


def _this(joined: str, week: Week) -> bool:
    numbered = _NUMBERED.search(joined)
    return int(numbered[1]) == week.number if numbered else bool(_THIS.search(joined))


def _of_last_week(joined: str, money: bool, week: Week) -> WeekHead | None:
    """上周累计, 截至上周末累计, 第27周累计: a sum to last week's end; any other figure of another week is passed over."""
    numbered = _NUMBERED.search(joined)
    other = numbered is not None and int(numbered[1]) != week.number
    if not other and not _LAST.search(joined):
        return None
    said = week.previous()
    if _SUM.search(joined) and (numbered is None or int(numbered[1]) == said.number) and not _THIS.search(joined):
        return WeekHead(None, "截至上周的累计，只用来与台账核对，不取", was=said)
    if not money and (_WORDS.search(joined) or not re.search(r"完成|投资|累计", joined)):
        return None
    return WeekHead(None, f"{numbered[0] if numbered and other else '上周'}的数，不是第{week.number}周")


def _of_days(joined: str, week: Week) -> WeekHead | None:
    """1月1日至7月16日: the sum to a day; 7月10日至16日: the week's amount; 截至7月16日: to a day, of the year or since the
    start."""
    if _WORDS.search(joined) and not _MONEY.search(joined):
        return None
    for start, end in spans_said(joined, week):
        if start == date(week.year, 1, 1):
            return _sum_to(end, Field.YEAR_INVESTMENT, joined, week)
        # Weeks counted from Friday to Thursday are this week's where their middle lies in it.
        middle = start + (end - start) / 2
        if week.start <= middle <= week.end and (end - start).days < 10 and not _SUM.search(joined):
            return WeekHead(Field.WEEK_INVESTMENT, f"表头“{joined}”", day=end)
        return WeekHead(None, f"{start.month}月{start.day}日至{end.month}月{end.day}日的数，不是第{week.number}周")
    days = [day for before, day in days_said(joined, week) if _UP_TO.search(before)]
    if not days:
        return None
    return _sum_to(days[-1], Field.YEAR_INVESTMENT if _YEAR.search(joined) else None, joined, week)


def _sum_to(day: date, field: Field | None, joined: str, week: Week) -> WeekHead:
    ended = week.last_month
    if week.takes(day) is None and day == ended.day:
        return WeekHead(None, f"截至{ended.number}月底的累计，只用来与台账核对，不取", was=ended)
    if field is None:
        return WeekHead(None, f"表头“{joined}”未说明口径", _BOTH, day=day)
    return WeekHead(field, f"表头“{joined}”", day=day)


def _of_this_week(joined: str, leaf: str, money: bool, week: Week) -> WeekHead | None:
    if not _this(joined, week):
        return None
    words = f"表头“{joined}”"
    if _SUM.search(joined) or re.search(rf"(?:截至|截止|年初|至|到|-)(?:本|当|这|该)?(?:周|期|第{week.number}周)", joined):
        if _WORDS.search(leaf) and not money:
            return None
        if _YEAR.search(joined):
            return WeekHead(Field.YEAR_INVESTMENT, words)
        return WeekHead(None, words + "未说明口径", _BOTH)
    if _WORDS.search(joined) and not (money and re.search(r"完成|投资额", joined)):
        return None
    if money or re.search(r"完成|新增", joined):
        return WeekHead(Field.WEEK_INVESTMENT, words, worded=not money)
    return None


def _of_months(joined: str, money: bool, week: Week) -> WeekHead | None:
    """What a head says of months: sums to the last month's end are compared, a month's amounts left to its own return."""
    ended, running = week.last_month, week.day_month
    spoken = money or re.search(r"完成|累计", joined)
    sums = _SPAN_OF_MONTHS.search(joined) or _UP_TO_MONTH.search(joined)
    if sums is not None and spoken and ended != running:
        number = int(next(g for g in sums.groups() if g))
        if number != ended.number:
            return None
        day = week.takes(ended.day)
        if day is None:
            return WeekHead(None, f"截至{ended.number}月底的累计，只用来与台账核对，不取", was=ended)
        return _sum_to(ended.day, Field.YEAR_INVESTMENT if _SPAN_OF_MONTHS.search(joined) or _YEAR.search(joined) else None,
                       joined, week)
    months = [m[0] for m in _MONTH.finditer(joined)] or re.findall(r"(?:本|当)月(?:份)?", joined)
    if not months or not spoken or _SUM.search(joined) or (_WORDS.search(joined) and not money):
        return None
    return WeekHead(None, f"{months[0]}的数不是第{week.number}周的，月度数以月报为准，周报不取")
