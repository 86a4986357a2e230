"""Days that heads and titles name without a year or with one: 7月16日, 2023年7月16日, 7.16, and spans between two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hydesk.domain.periods import Period

_JOIN = r"(?:至|到|-|—|–|~|～|－)+"
_DAY = r"(?:(?P<y{n}>20\d\d)[年./-])?(?P<m{n}>\d{{1,2}}|元)(?:月|[./])(?P<d{n}>\d{{1,2}})(?:日|号)?(?![\d月年.%万亿元个])"
_ONE = re.compile(r"(?<![\d.])" + _DAY.format(n=""))
_SPAN = re.compile(
    r"(?<![\d.])(?:(?:" + _DAY.format(n="1").replace("(?![\\d月年.%万亿元个])", "") + r")|(?P<new>年初))" + _JOIN
    + r"(?:" + _DAY.format(n="2") + r"|(?P<d3>\d{1,2})[日号])")


def _day(period: Period, year: str | None, month: str, day: str) -> date | None:
    number = 1 if month == "元" else int(month)
    at = int(year) if year else period.year
    try:
        found = date(at, number, int(day))
        if not year:
            # Around the year's end a day without its year is that nearest to the period.
            found = min((date(y, number, int(day)) for y in (at - 1, at, at + 1)), key=lambda d: abs((d - period.day).days))
        return found
    except ValueError:
        return None


def spans_said(text: str, period: Period) -> Iterator[tuple[date, date]]:
    """Spans from one day to another that ``text`` names, 年初 being 1 January; days without a year are those nearest to
    ``period``, but a span from 1 January begins in the year of its end."""
    for m in _SPAN.finditer(text):
        if m["d3"] and m["m1"]:
            end = _day(period, m["y1"], m["m1"], m["d3"])
        elif m["d2"]:
            end = _day(period, m["y2"] or m["y1"], m["m2"], m["d2"])
        else:
            continue
        if end is None:
            continue
        if m["new"] or (m["m1"] in ("1", "01", "元") and int(m["d1"]) == 1):
            yield date(int(m["y1"]) if m["y1"] else end.year, 1, 1), end
        elif (start := _day(period, m["y1"], m["m1"], m["d1"])) is not None:
            yield start, end


def days_said(text: str, period: Period) -> Iterator[tuple[str, date]]:
    """Single days that ``text`` names, each with the words before it."""
    for m in _ONE.finditer(text):
        if (day := _day(period, m["y"], m["m"], m["d"])) is not None:
            yield text[:m.start()], day
