"""Last year's list, or last year's sheet left in the book: told by title, sheet name and the year of the plan."""

from __future__ import annotations

import re

from hydesk.domain.fields import Field
from hydesk.returns.sheets import months_said
from hydesk.returns.table import Table
from hydesk.returns.text import squeeze

_DATED = re.compile(r"20\d\d(?:年\d{1,2}月(?:\d{1,2}日)?|[./-]\d{1,2}[./-]\d{1,2}|年[底末初])")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年度?(?![底末初\d])|(?=重点|项目)|$)")
_SPAN = re.compile(r"20\d\d年?[-至到~]+20\d\d")
_PLAN = re.compile(r"(?<!\d)(20\d\d)年(?:度)?[^底末]*计划|计划.*?(20\d\d)年")


def other_year(table: Table, year: int) -> int | None:
    """The year of which a table is the list where everything that names one names another than ``year``; else None."""
    lines = [table.sheet.name, *table.words.lines[:4]]
    said = {y for line in lines if len(line) < 60 for y in _years(line)}
    planned = {y for c in table.columns.values() if (y := _plan_year(c.header)) is not None}
    if table.column_of(Field.ANNUAL_PLAN) is not None and planned and year in planned:
        return None
    if year in said or year in planned:
        return None
    if planned and (not said or said & planned):
        return max(planned)
    return max(said) if said and not planned else None


def _years(line: str) -> set[int]:
    words = squeeze(line)
    if _SPAN.search(words) or (months_said(words, 1) and not _YEAR.search(_DATED.sub("", words))):
        return set()
    return {int(m[1]) for m in _YEAR.finditer(_DATED.sub("", words))}


def _plan_year(header: str) -> int | None:
    m = _PLAN.search(squeeze(header))
    return int(m[1] or m[2]) if m else None
