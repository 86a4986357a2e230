"""Stage 'sheets': what each sheet says of itself — its unit of money, period and reporting unit."""

from __future__ import annotations

import re

from hydesk.dataclass import dataclass
from hydesk.domain.grid import Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period, Week
from hydesk.domain.snapshot import ReportingUnit
from hydesk.returns.columns import is_unit_line, unit_in_words
from hydesk.returns.head import Head
from hydesk.returns.text import is_blank, squeeze

_UNIT_LINE = re.compile(r"(?:投资|金额|计量|计算)?单位[:：]?\(?(千万元|百万元|千元|万元|亿元|元)")
_FOREIGN_LINE = re.compile(r"单位[:：]?[(]?([万亿千百]*(?:美元|港元|港币|欧元|日元|英镑))")
_ANY_UNIT = re.compile(r"千万元|百万元|千元|万元|亿元")
_BARE_UNIT = re.compile(r"^\(?(千万元|百万元|千元|万元|亿元|元)(?:、%)?\)?$")
_YEAR_MONTH = re.compile(r"(20\d\d)年(?:度)?(?:重点|市|建设|项目|投资|[^\d年月]){0,20}?(\d{1,2})月(?:份)?")
_SPAN = re.compile(r"(?:1|元)月?份?(?:-|至|到)(\d{1,2})月")
_ONLY_MONTH = re.compile(r"(?<![\d-])(\d{1,2})月(?:份|底|末|\b|$|报|进|调|[^\d日]|(?=\())")
_DATED = re.compile(r"(?:20\d\d)[年./-]\d{1,2}[月./-]\d{1,2}日?")
_WEEK = re.compile(r"第(\d{1,2})周")
_ONLY_YEAR = re.compile(r"(20\d\d)年")


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What stands above the head: the title and its lines, joined; and the unit of money said there."""

    title: str
    lines: tuple[str, ...]
    unit: MoneyUnit | None
    foreign: str = ""
    """The other currency that the lines name as the table's unit (金额单位：万美元)."""


def words_above(sheet: Sheet, head: Head) -> SheetWords:
    """Everything said above the head."""
    lines: list[str] = []
    unit: MoneyUnit | None = None
    foreign = ""
    for row in sheet.rows[: head.rows[0] - 1]:
        for value in row:
            if is_blank(value) or not isinstance(value, str):
                continue
            text = squeeze(value)
            lines.append(text)
            if m := _FOREIGN_LINE.search(text):
                foreign = m[1]
            if (m := _UNIT_LINE.search(text)) or (m := _BARE_UNIT.match(text)):
                # 单位：亿元（总投资）、万元（其他） says no one unit for the table.
                several = len(set(_ANY_UNIT.findall(text))) > 1 and len(text) < 40
                unit = None if several else MoneyUnit(m[1])
    title = next((t for t in lines if len(t) >= 4 and not re.match(r"附件|附表", t)), "")
    if unit is None and not foreign:
        unit = _unit_beside(sheet, head, title)
    return SheetWords(title, tuple(lines), unit, foreign if unit is None else "")


_AT_END = re.compile(r"[(:：](?:金额|投资)?(?:单位[:：]?)?(千万元|百万元|千元|万元|亿元|元)\)?$")


def _unit_beside(sheet: Sheet, head: Head, title: str) -> MoneyUnit | None:
    """The unit of money that a corner of the head says (单位：万元 over 序号), the title's end or the sheet's name."""
    corners = [squeeze(words) for path in head.paths.values() for words in path]
    found = {m[1] for words in corners if is_unit_line(words) and (m := _UNIT_LINE.search(words))}
    if not found:
        found = {m[1] for words in (title, squeeze(sheet.name)) if (m := _AT_END.search(words))}
    return MoneyUnit(found.pop()) if len(found) == 1 else None


def months_said(text: str, year: int) -> set[tuple[int, int]]:
    """The (year, month) pairs that a title, sheet name or head speaks of; dates of filling in are passed over."""
    words = _DATED.sub("", squeeze(text))
    if m := _YEAR_MONTH.search(words):
        return {(int(m[1]), int(m[2]))}
    years = {int(y) for y in _ONLY_YEAR.findall(words)}
    said_year = years.pop() if len(years) == 1 else year
    if m := _SPAN.search(words):
        return {(said_year, int(m[1]))}
    return {(said_year, int(m[1])) for m in _ONLY_MONTH.finditer(words) if 1 <= int(m[1]) <= 12}


def says_other_period(text: str, period: Period) -> str | None:
    """Why a title or sheet name belongs to another period than ``period``; None when it fits or says nothing."""
    words = squeeze(text)
    if isinstance(period, Week) and (m := _WEEK.search(words)):
        return None if int(m[1]) == period.number else f"写的是第{m[1]}周，不是第{period.number}周"
    allowed = {(period.year, period.last_month.number), (period.end.year, period.end.month), (period.start.year, period.start.month)}
    said = months_said(words, period.year)
    if said and not said & allowed:
        year, month = sorted(said)[0]
        shown = f"{month}月" if year == period.year else f"{year}年{month}月"
        return f"写的是{shown}，不是{period.label}"
    if not said:
        years = {int(y) for y in _ONLY_YEAR.findall(_DATED.sub("", words))}
        if years and period.year not in years and not re.search(r"20\d\d年?-20\d\d", words):
            return f"写的是{min(years)}年，不是{period.label}"
    return None


def units_said(text: str, units: tuple[ReportingUnit, ...]) -> list[ReportingUnit]:
    """Reporting units named in ``text``, the longest name winning where one contains another."""
    words = squeeze(text)
    found: list[tuple[int, int, ReportingUnit]] = []
    for unit in units:
        for name in (unit.name, *unit.short_names):
            at = words.find(squeeze(name))
            if name and at >= 0:
                found.append((at, at + len(name), unit))
                break
    kept = [f for f in found if not any(o is not f and o[0] <= f[0] and f[1] <= o[1] and o[1] - o[0] > f[1] - f[0] for o in found)]
    result: list[ReportingUnit] = []
    for _, _, unit in sorted(kept, key=lambda f: f[0]):
        if unit not in result:
            result.append(unit)
    return result


_MOST_OPTIONS = 400
"""A drop-down list numbers its options; a greater number beside words, or a broken one, is a figure."""
_JUNK_NAMES = re.compile(r"说明|字典|数据源|下拉|选项|参数|代码表|透视|目录|封面|模板|样表|示例|汇总分析|指南")


def is_aside(sheet: Sheet) -> str | None:
    """Why a sheet without a head is left out: blank, instructions, a list, a pivot."""
    filled = [v for row in sheet.rows for v in row if not is_blank(v)]
    if not filled:
        return "空白表"
    if _JUNK_NAMES.search(sheet.name):
        return f"“{sheet.name}”是说明、字典或透视一类的表"
    texts = [squeeze(v) for v in filled if isinstance(v, str)]
    if any(re.search(r"填[报表]说明|填报要求|填表须知", t) for t in texts[:3]):
        return "填表说明"
    if any(re.search(r"求和项|计数项|行标签|列标签", t) for t in texts):
        return "数据透视表"
    amounts = any(isinstance(v, int | float) and (v != int(v) or abs(v) > _MOST_OPTIONS) for v in filled)
    if sheet.width <= 2 and len(filled) <= 60 and not amounts and all(len(t) <= 12 for t in texts):
        return "下拉选项或名单"
    return None


def head_unit(path: tuple[str, ...]) -> MoneyUnit | None:
    """The unit of money that a column's own words or its group's name."""
    for words in reversed(path):
        if unit := unit_in_words(words):
            return unit
    return unit_in_words("".join(path))
