"""Counts and sums that a list's title or overview declares (共12个，总投资60亿元), against its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import MoneyUnit, Yuan, to_yuan
from hydesk.returns.lists.said_words import without_numbering
from hydesk.returns.lists.sections import Sections
from hydesk.returns.row_amounts import wan
from hydesk.returns.row_reading import RowReading
from hydesk.returns.table import Table
from hydesk.returns.text import squeeze

_COUNT = re.compile(
    r"(?:项目[^,，。;；\d]{0,4}|[共计(（:：])(\d{1,4})[个项](?=(?:[省市]级?)?(?:重点|重大)?(?:建设)?项目|[,，。;；、)）:：]|$|总投资|其中)")
_PART_OF = re.compile(r"其中|新建|新开工|续建|预备|储备|前期|产业发展|基础设施|社会民生|生态环保")
"""Words from which on a line speaks of some of the projects."""
_NUMBER = r"(\d+(?:\.\d+)?)(亿元|万元)"
_SUMS: tuple[tuple[re.Pattern[str], Field], ...] = (
    (re.compile(rf"(?<!计划)(?<!完成)总投资(?:额|共|合计|约|为|达|规模)*{_NUMBER}"), Field.TOTAL_INVESTMENT),
    (re.compile(rf"(?:年度?|今年|当年)计划(?:完成)?投资(?:额|共|合计|约|为|达)*{_NUMBER}"), Field.ANNUAL_PLAN),
)


def check_title(table: Table, readings: Sequence[RowReading], book: Sequence[RowReading]) -> Iterator[Finding]:
    """What the lines above the head declare; it may count the sheet's rows or the whole book's."""
    for whole in table.words.lines[:6]:
        row, line = _row_of(table, whole), _PART_OF.split(whole, maxsplit=1)[0]
        if (m := _COUNT.search(line)) and int(m[1]) not in (len(readings), len(book)):
            yield Finding(Level.WARNING, "title_count_differs", (
                f"表“{table.sheet.name}”第{row}行写“{_short(line)}”，实际读到 {len(readings)} 个项目。请核实是否漏了项目。"),
                table.sheet.name, row)
        for pattern, f in _SUMS:
            if m := pattern.search(line):
                yield from _sum_differs(table, row, line, f, m, readings, book)


def _sum_differs(
    table: Table, row: int, line: str, f: Field, m: re.Match[str], readings: Sequence[RowReading], book: Sequence[RowReading],
) -> Iterator[Finding]:
    unit = MoneyUnit(m[2])
    stated = to_yuan(Decimal(m[1]), unit)
    slack = unit.yuan // (2 * 10 ** len(m[1].partition(".")[2])) + 100
    sums = [_sum(rows, f) for rows in (readings, book)]
    if any(s is not None for s in sums) and all(s is None or abs(s - stated) > slack for s in sums):
        yield Finding(Level.WARNING, "title_sum_differs", (
            f"表“{table.sheet.name}”第{row}行写“{_short(line)}”，{f.label}逐行相加为 {wan(sums[0])} 万元，"
            f"差 {wan(abs((sums[0] or 0) - stated))} 万元。请核实。"), table.sheet.name, row, field=f)


def check_counts_above(table: Table, sections: Sections, readings: Sequence[RowReading]) -> Iterator[Finding]:
    """The count of a section that stands above the head of its own table."""
    for row, text in sections.heads[-1:]:
        m = re.search(r"(\d{1,4})[个项]", text)
        if m and without_numbering(text) and int(m[1]) != len(readings):
            yield Finding(Level.WARNING, "count_differs", (
                f"表“{table.sheet.name}”第{row}行写“{text}”，实际读到 {len(readings)} 个。请核实是否漏了项目。"), table.sheet.name, row)


def _sum(readings: Sequence[RowReading], f: Field) -> Yuan | None:
    told = [a.yuan for r in readings if (a := r.amounts.get(f)) is not None and a.yuan is not None]
    return sum(told) if told else None


def _row_of(table: Table, line: str) -> int:
    for number, row in enumerate(table.sheet.rows[: table.head.rows[0]], 1):
        if any(isinstance(v, str) and squeeze(v) == line for v in row):
            return number
    return 1


def _short(line: str) -> str:
    return line if len(line) <= 40 else line[:39] + "…"
