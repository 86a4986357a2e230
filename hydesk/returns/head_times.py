"""The times that heads speak of: this month, the year so far, up to last year's end, since the start, another time."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from hydesk.dataclass import dataclass


class When(Enum):
    """What stretch of time words mean."""

    MONTH = "month"
    """One month: ``number``, 0 for the return's own (本月, and a month left blank in a printed head)."""
    SPAN = "span"
    """From the year's beginning up to month ``number``, 0 for now."""
    UP_TO = "up_to"
    """Up to the end of month ``number`` or to now (0): of the year or since the start, the words do not say."""
    YEAR = "year"
    """One year: ``number``, 0 for the return's own."""
    BEFORE = "before"
    """Up to the end of year ``number``, 0 for the last one."""
    SINCE_START = "since_start"
    QUARTER = "quarter"
    """The quarters up to month ``number`` of the year (3, 6, 9): the year so far at that month, another time else."""
    WEEK = "week"
    TEN_DAYS = "ten_days"
    EACH = "each"
    """Month by month: over a group of months it says nothing of its own."""
    OTHER = "other"
    """Any other time, past or to come."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time said in a head, in the head's own ``words``."""

    when: When
    number: int
    words: str
    year: int = 0
    """The year said with a month or a day (截至2022年6月底); 0 for none."""
    ahead: bool = False
    """The month after the return's own (7月 in a return for June)."""


_YEAR = r"(?P<y>20\d\d|(?<!\d)\d\d(?=年))年?度?"
_TILL = r"(?:截至|截止到?|截止至|至|到)"
_NOW = r"(?:本周(?:末)?|本月(?:底|末)?|当月(?:底|末)?|本期(?:末)?|今|现在|目前|当前|报告期末?)"
_LAST_DAY = r"(?:12月(?:份)?(?:底|末|31日)?|年底|年末|底|末)"
_CLOSE = r"(?:前|止|以前|为止|之前)*"
_END_OF_MONTH = r"(?:(?P<y>20\d\d)年)?(?P<n>\d{1,2})月(?:份)?(?:底|末|\d{1,2}日)?|本月(?:底|末)?|当月(?:底|末)?|本期(?:末)?|报告期末?"
_START = r"(?:开工建设|开工|开始建设|开建|动工|建设|实施|启动|立项)"

_PATTERNS: tuple[tuple[When, str], ...] = (
    (When.SINCE_START, rf"(?:自|从)(?:项目|工程)?{_START}(?:建设|之日起|日起|以来|至今|起|后|到目前|至目前|到(?!位)|至|年月)*(?:(?<=[至到])(?:{_END_OF_MONTH}))?"
                       rf"|{_START}(?:以来|至今|之日起|后|起|到目前|至目前|到现在)+|(?:开工|开建|动工)(?=至|到(?!位)|.{{0,3}}累计)"
                       r"|总累计|开累|累计总(?!投资)|项目累计|建设累计|工程累计|历史累计"),
    (When.BEFORE, rf"{_TILL}(?P<y3>20\d\d)年?度?(?![\d年月底末前.-])(?:止|为止)?|{_TILL}?(?:(?P<y>20\d\d)年?度?|上一?(?:个)?年度?|去年){_LAST_DAY}{_CLOSE}"
                  r"|(?P<y2>20\d\d)年?(?:度)?(?:及|及其)?(?:以前|之前|前)(?:年度)?|(?:今年|本年度?)(?:以前|之前|前)|以前年度|历年|往年(?:度)?|(?:以往|此前|之前|前期|先前|过去)各?年度|上年度?累计|以前各年度?"
                  r"|(?P<y4>20\d\d)年度?(?:止|为止)"),
    (When.SPAN, rf"{_TILL}?(?:自|从)?(?:年初|元月份?|元(?=[至到-]\d)|(?<!\d)0?1月?份?)(?:起|开始)?(?:至|到|-)"
                rf"(?:{_NOW}|(?:20\d\d年)?(?P<n>\d{{1,2}})?月(?:份|底|末|\d{{1,2}}日)?(?!\d))"
                rf"|(?:自|从)(?:元|0?1)月(?:份|1日)?(?:起|开始)(?:至今)?"
                r"|年初以来|今年以来|本年以来|年初起|自?年初(?!计划|下达|安排|目标|任务|确定|批复|预算|编制|投资[计目任]|定)|本年年初"),
    (When.QUARTER, r"(?P<n3>第?一季度|第?1季度|一季)|(?P<n6>上半年|前两季度|半年度?)|(?P<n9>前三季度|前3季度|1-3季度|一至三季度)"),
    (When.OTHER, r"(?:19|20)\d\d年?(?:至|到|-)(?:20)?\d\d年?(?:度|期间)?|[\"“(]?十[一二三四五六]五[\"”)]?(?:期间|规划|时期)?"
                 r"|(?<!\d)\d{1,2}月?份?(?:至|到|-)(?:\d{1,2}|年底|年末|月)月?份?"
                 r"|(?:上年|去年|上年度)?同期|去年度?|上一?年度?|上一?个?月(?:份)?|前月|上期末?|下一?年度?|次年|明年|来年|后年|下一?个?月(?:份)?|次月|下期|下阶段|下一?步|下一阶段|下一?季度?|上一?季度?"
                 r"|本季度?|当季|[一二三四1-4]季度|第[一二三四1-4]季度|季度|下半年|年底|年末|年终|期初|[一两二三四五六七八九十]年|近[一二三四五]年|未来|今后|远期|近期|中期|每年|逐年|分年|月均|年均|每日|日均|本日|当日|今日|昨日"
                 r"|(?:\d{2,3}|百)天|首月|翌年|前一?年|竣工后|达产后|投产后|建成后"),
    (When.UP_TO, rf"{_TILL}(?:(?P<y>20\d\d)年)?(?P<n>\d{{1,2}})?月(?:\d{{1,2}}日|底|末|份)*(?:为止|止)?"
                 rf"|{_TILL}{_NOW}(?:为止)?|(?:(?P<y2>20\d\d)年)?(?P<n2>\d{{1,2}})月(?:份)?(?:\d{{1,2}}日|底|末)(?:为止|止|前)?|迄今(?:为止)?|目前|至今|现阶段|到目前为止|本月底|本月末|月底|月末|期末"),
    (When.EACH, r"(?:每|逐|分|各)个?月(?:份|度)?"),
    (When.WEEK, r"[本当上下]一?周(?!期)|第\d{1,2}周|周(?=完成|实际|进|工作|计划|报)|每周"),
    (When.TEN_DAYS, r"[上中下本]旬|旬"),
    (When.MONTH, r"(?<!\d)(?P<n>\d{1,2})月(?:份|度)?(?:当月|单月|本月|当期)?|本月(?:份|度)?|当月(?:份)?|本期|本?报告期(?!末)内?|当期|该月|单月|月度|月内|(?:_+|[x×*○]+|\(\))月份?"),
    (When.YEAR, rf"{_YEAR}|本年(?:度|内)?|今年|当年(?:度)?|全年(?:度)?|年度|年内"),
)
_COMPILED: tuple[tuple[When, re.Pattern[str]], ...] = tuple((w, re.compile(p)) for w, p in _PATTERNS)
_BLANK_MONTH = re.compile(r"月(?:份)?(?=底|末|完成|实际|累计|投资|新增|形象|进度|进展|到位|入统|入库|工程|计划|应|预计|支付|主要)")
_BLANK_YEAR = re.compile(r"年(?=计划|完成|累|实际|投资|已|应|目标|固投)")
_FIRST = re.compile(r"[0-9(自从截至到年元历以上去下次明来后前未今远近中本当每逐分月日首翌竣达投建一二三四五六七八九十两百第半周旬该单全同总累项工开动实启立迄目现期度季往此昨报之先过\"“_x×*○]")
"""The letters with which any time begins."""


def time_at(text: str, at: int, level_start: bool) -> Time | None:
    """The longest time that ``text`` speaks of from ``at`` on. ``level_start`` where a cell's words begin there."""
    if not _FIRST.match(text, at):
        return None
    best: Time | None = None
    for when, pattern in _COMPILED:
        m = pattern.match(text, at)
        if m is not None and m.end() > at and (best is None or len(m[0]) > len(best.words)):
            best = _time(when, m)
    if level_start and best is None:
        if m := _BLANK_MONTH.match(text, at):
            return Time(When.MONTH, 0, m[0])
        if m := _BLANK_YEAR.match(text, at):
            return Time(When.YEAR, 0, m[0])
    return best


def _time(when: When, m: re.Match[str]) -> Time:
    groups = {k: v for k, v in m.groupdict().items() if v}
    year = int(next((v for k, v in groups.items() if k.startswith("y")), "0"))
    year += 2000 if 0 < year < 100 else 0
    number = next((_QUARTERS.get(k) or int(v) for k, v in groups.items() if k.startswith("n")), 0)
    if when in (When.YEAR, When.BEFORE):
        return Time(when, year, m[0])
    return Time(when, number, m[0], year)


_QUARTERS = {"n3": 3, "n6": 6, "n9": 9}


def settled(time: Time, year: int, month: int) -> Time:
    """``time`` as a return for ``month`` of ``year`` means it: what is not its own becomes OTHER."""

    ahead = time.when is When.MONTH and (time.year or year + month // 12, time.number) == (year + month // 12, month % 12 + 1)
    if ahead:
        return Time(When.OTHER, time.number, time.words, time.year, ahead=True)

    def other() -> Time:
        return Time(When.OTHER, 0, time.words, time.year)

    if time.year and time.year != year:
        if time.when in (When.UP_TO, When.SINCE_START) and (time.year, time.number) == (year - 1, 12):
            return Time(When.BEFORE, time.year, time.words)
        return other()
    if time.when is When.OTHER and month == 12 and time.words.endswith(("年底", "年末")):
        return Time(When.UP_TO, 0, time.words)
    rule = _RULES.get(time.when)
    return time if rule is None or rule(time.number, year, month) else _elsewhere(time, year, month)


def _elsewhere(time: Time, year: int, month: int) -> Time:
    if time.when is When.BEFORE and time.number == year and re.search("[^及]前", time.words) and not re.search("[底末及]", time.words):
        return Time(When.BEFORE, year - 1, time.words)  # 2023年以前 ends with 2022
    if time.when is When.BEFORE and time.number == year and (month == 12 or not re.search("[底末前]", time.words)):
        return Time(When.UP_TO, 0, time.words)
    return Time(When.OTHER, time.number, time.words, time.year)


_RULES: dict[When, Callable[[int, int, int], bool]] = {
    When.MONTH: lambda n, _y, month: n in (0, month),
    When.SPAN: lambda n, _y, month: n in (0, month),
    When.UP_TO: lambda n, _y, month: n in (0, month),
    When.SINCE_START: lambda n, _y, month: n in (0, month),
    When.QUARTER: lambda n, _y, month: n == month,
    When.YEAR: lambda n, year, _m: n in (0, year),
    When.BEFORE: lambda n, year, _m: n in (0, year - 1),
}
