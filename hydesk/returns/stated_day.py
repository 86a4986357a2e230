"""The day as of which a return says its figures are: 截至7月14日 over a column, in the title, in a sheet's or file's name.

A day of filling in, sending or printing is not it. A weekly return's day is taken within three days of its week;
another is told, and the figures count as of the week's own day (docs/rules.md §1.2). A monthly return is of its month's
end, but one whose last 旬 with figures is the first or second is of that one's last day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book
from hydesk.domain.periods import Month, Period, Week
from hydesk.returns.days_said import days_said, spans_said
from hydesk.returns.table import Table
from hydesk.returns.ten_days import newest_part
from hydesk.returns.text import squeeze
from hydesk.returns.week_heads import week_head

_OTHER_DAYS = re.compile(
    r"(?:填报|报送|填表|制表|报出|上报|编制|打印|印发|统计|制作|更新|修改|联系|办结|完成|整改)(?:日期|时间|期限|时限)?[:：]?(?:为)?"
    r"(?:20\d\d[年./-])?\d{1,2}[月./-]\d{1,2}日?|(?:20\d\d[年./-])?\d{1,2}[月./]\d{1,2}[日号]?(?:\d{1,2}[时点:：]\d{0,2}分?)?(?:之?前|以前|下班前|中午|上午|下午)")
_UP_TO = re.compile(r"(?:截至|截止到?|截止至|截止日期[:：]?|截止时间[:：]?|数据截至|数据截止)[:：]?$")
_SPAN_ENDS = re.compile(r"(?:截至|截止)")
_LINES = 8


def stated_day(tables: Sequence[Table], book: Book, period: Period) -> tuple[date | None, list[Finding]]:
    """The day that the return of ``tables`` states, None where it is the period's own; and what is to be told of it."""
    if isinstance(period, Month):
        return _of_ten_days(tables, period)
    if not isinstance(period, Week) or not any(t.progress & MONEY_FIELDS for t in tables):
        return None, []
    for said in (_over_columns(tables, period), _above(tables, period), _in_names(tables, book, period)):
        days = sorted(set(said))
        taken = [d for day in days if (d := period.takes(day)) is not None]
        if taken:
            day = taken[-1]
            return (None, []) if day == period.day else (day, [_stated(day, "表里写的是截至")])
        if days:
            return None, [_too_far(days[-1], period)]
    return None, []


def _stated(day: date, said: str) -> Finding:
    return Finding(Level.NOTE, "day_stated", f"{said}{day.month}月{day.day}日的数，按这一天记")


def _too_far(day: date, week: Week) -> Finding:
    return Finding(Level.WARNING, "day_off", (
        f"表里写截至{day.month}月{day.day}日，离{week.label}（{week.start.month}月{week.start.day}日至{week.end.month}月{week.end.day}日）"
        f"超过3天，数字按{week.day.month}月{week.day.day}日计。请核对是否报错了周"))


def _over_columns(tables: Sequence[Table], week: Week) -> Iterator[date]:
    """Days in the heads of the sums that are taken; where none is, of the week's amounts."""
    for wanted in ((Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED), (Field.WEEK_INVESTMENT,)):
        found = [head.day for t in tables for c in t.columns.values() if c.field in wanted
                 and (head := week_head(c.path, week)) is not None and head.day is not None]
        if found:
            yield from found
            return


def _above(tables: Sequence[Table], week: Week) -> Iterator[date]:
    for table in tables:
        for line in table.words.lines[:_LINES]:
            yield from said_in(line, week)


def _in_names(tables: Sequence[Table], book: Book, week: Week) -> Iterator[date]:
    for words in (*(t.sheet.name for t in tables), book.name):
        yield from said_in(words, week)


def said_in(text: str, week: Week) -> Iterator[date]:
    """The days up to which ``text`` says that something counts: after 截至, or the end of a span of days."""
    words = _OTHER_DAYS.sub("", squeeze(text))
    found = [day for before, day in days_said(words, week) if _UP_TO.search(before)]
    yield from found
    if not found:
        yield from (end for start, end in spans_said(words, week) if start <= end)


def _of_ten_days(tables: Sequence[Table], month: Month) -> tuple[date | None, list[Finding]]:
    parts = [p for t in tables if (p := newest_part(t, month)) is not None]
    day = max((p.last_day(month) for p in parts), default=month.day)
    return (None, []) if day == month.day else (day, [_stated(day, "旬报只有到")])
