"""Heads that hold months as dates or bare numbers (2023/6/1 shown as 6月; 1, 2, 3 … under 分月完成投资), put into words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hydesk.domain.fields import Field
from hydesk.domain.grid import CellValue, Sheet
from hydesk.returns.head_words import known_field
from hydesk.returns.text import squeeze

_SEARCHED_ROWS = 30
_LEAST = 2
"""Months that a row must name before dates in it are a head's."""
_MONTH_BY_MONTH = re.compile(r"(?:分|逐|各|每)月|月份|月度|按月")


def months_in_words(sheet: Sheet) -> Sheet:
    """The sheet with the months of its head as 2023年6月 or 6月; itself where the head holds none."""
    for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        if not any(isinstance(v, date | int | float) for v in row):
            continue
        months = _dates(row) or _numbers(sheet, at)
        if len(months) >= _LEAST and _heads_projects(sheet, at):
            rows = list(sheet.rows)
            rows[at] = [months.get(c, v) for c, v in enumerate(row)]
            return replace(sheet, rows=rows)
    return sheet


def _heads_projects(sheet: Sheet, at: int) -> bool:
    """Whether the row, or one of the two above it, names the column of projects, and no row of figures is meant."""
    return any(isinstance(v, str) and known_field(v) is Field.NAME for row in sheet.rows[max(at - 2, 0): at + 1] for v in row)


def _dates(row: Sequence[CellValue]) -> dict[int, str]:
    """First days of months that follow one another."""
    found = {c: v for c, v in enumerate(row) if isinstance(v, date) and v.day == 1}
    steps = [(b.year - a.year) * 12 + b.month - a.month for a, b in pairwise(found.values())]
    return {c: f"{v.year}年{v.month}月" for c, v in found.items()} if steps and set(steps) == {1} else {}


def _numbers(sheet: Sheet, at: int) -> dict[int, str]:
    """1, 2, 3 … beside 项目名称, where the words above say that they are months."""
    found = {c: int(v) for c, v in enumerate(sheet.rows[at]) if isinstance(v, int | float) and not isinstance(v, bool) and v == int(v)}
    if list(found.values()) != list(range(1, len(found) + 1)) or len(found) > 12:
        return {}
    above = "".join(squeeze(v) for row in sheet.rows[max(at - 4, 0): at + 1] for v in row if isinstance(v, str))
    own = any(isinstance(v, str) and known_field(v) is Field.NAME for v in sheet.rows[at])
    return {c: f"{n}月" for c, n in found.items()} if own and _MONTH_BY_MONTH.search(above) else {}
