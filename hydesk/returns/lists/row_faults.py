"""What is wrong in the rows of a list: duplicates, negative amounts, a plan above the total, years the wrong way round,
and an amount that was likely meant in 亿元."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from hydesk.domain.fields import LEDGER_MONEY, Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import row_in_file
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.returns.dates import read_years
from hydesk.returns.matching import code_key
from hydesk.returns.row_amounts import wan
from hydesk.returns.row_reading import RowReading
from hydesk.returns.text import loose_key, name_key

_LEAST_TOTAL = 2_000_000
"""Yuan; a key project of less among projects of thousands of 万元 was typed in 亿元."""
_USUAL_TOTAL = 10_000_000
_ROUNDING = 100


def check_list_rows(readings: Sequence[RowReading]) -> None:
    """Runs every check over the rows of one list; findings go to the rows."""
    _check_twins(readings)
    _check_near_twins(readings)
    _check_slips(readings)
    for r in readings:
        _check_amounts(r)
        _check_years(r)


def _unit(r: RowReading) -> str:
    return str(r.values.get(Field.REPORTING_UNIT) or r.words.get(Field.REPORTING_UNIT, ""))


def _check_twins(readings: Sequence[RowReading]) -> None:
    names: dict[tuple[str, str], RowReading] = {}
    codes: dict[str, RowReading] = {}
    for r in readings:
        code = code_key(r.words.get(Field.CODE, ""))
        if not r.name:
            r.find(Level.ERROR, "name_missing", "没有项目名称，未列入。请补填")
            continue
        twin = codes.get(code) if code else None
        if twin is None and not code:
            twin = names.get((name_key(r.name), _unit(r)))
        if twin is not None:
            place = f"第{row_in_file(twin.line)}行"
            if twin.table.sheet.name != r.table.sheet.name:
                place = f"表“{twin.table.sheet.name}”{place}"
            r.find(Level.ERROR, "duplicate", (
                f"“{r.name}”与{place}是同一个项目，重复列入，未取本行{_differing(r, twin)}。请核实"), Field.NAME)
            continue
        if code:
            codes[code] = r
        else:
            names[(name_key(r.name), _unit(r))] = r


def _differing(r: RowReading, twin: RowReading) -> str:
    """In words, the amounts in which two rows of one project differ."""
    parts = []
    for f in LEDGER_MONEY:
        one, other = (x.amounts[f].yuan if f in x.amounts else None for x in (twin, r))
        if one is not None and other is not None and one != other:
            parts.append(f"{f.label}{wan(one)}、{wan(other)}万元")
    return f"（两行数字不同：{'；'.join(parts)}）" if parts else ""


def _check_near_twins(readings: Sequence[RowReading]) -> None:
    """Names that differ only in 项目 or 工程 and amounts to the yuan alike: likely one project."""
    told = [(r, (_unit(r), a.yuan)) for r in readings if r.name and (a := r.amounts.get(Field.TOTAL_INVESTMENT)) is not None and a.yuan
            and not any(f.level is Level.ERROR for f in r.findings)]
    alike = Counter(key for _, key in told)
    seen: dict[tuple[str, str, Yuan], RowReading] = {}
    for r, (unit, total) in told:
        if alike[unit, total] < 2:
            continue
        twin = seen.setdefault((loose_key(r.name), unit, total), r)
        if twin is not r and name_key(twin.name) != name_key(r.name):
            r.find(Level.WARNING, "near_duplicate", (
                f"“{r.name}”与第{row_in_file(twin.line)}行“{twin.name}”名称相近、总投资相同，像是同一个项目。请核实"), Field.NAME)


def _check_slips(readings: Sequence[RowReading]) -> None:
    """One total far below all others of its column was likely typed in 亿元."""
    told = [a.yuan for r in readings if (a := r.amounts.get(Field.TOTAL_INVESTMENT)) is not None and a.yuan]
    if len(told) < 4 or median(told) < _USUAL_TOTAL:
        return
    for r in readings:
        a = r.amounts.get(Field.TOTAL_INVESTMENT)
        if a is not None and a.yuan is not None and 0 < a.yuan < _LEAST_TOTAL and a.unit is None:
            meant = a.yuan * (MoneyUnit.YI.yuan // MoneyUnit.WAN.yuan)
            r.find(Level.WARNING, "unit_slip", (
                f"总投资 {wan(a.yuan)} 万元，像是按亿元填的（应为 {wan(meant)} 万元）。请核实"), Field.TOTAL_INVESTMENT, meant)


def _check_amounts(r: RowReading) -> None:
    got = {f: a.yuan for f in LEDGER_MONEY if (a := r.amounts.get(f)) is not None and a.yuan is not None}
    for f, yuan in got.items():
        if yuan < 0:
            r.find(Level.ERROR, "negative", f"{f.label}为负数。请核实后改正", f)
    total = got.get(Field.TOTAL_INVESTMENT)
    if not total or total < 0:
        return
    for f in (Field.ANNUAL_PLAN, Field.INVESTED_BEFORE):
        yuan = got.get(f, 0)
        slack = r.amounts[f].tolerance + r.amounts[Field.TOTAL_INVESTMENT].tolerance + _ROUNDING if f in r.amounts else 0
        if yuan > total + slack:
            r.find(Level.WARNING, "over_total", f"{f.label} {wan(yuan)} 万元超过总投资 {wan(total)} 万元。请核实", f)


def _check_years(r: RowReading) -> None:
    start, finish = read_years(r.words.get(Field.YEARS))
    start = read_years(r.words.get(Field.START_YEAR))[0] or start
    finish = read_years(r.words.get(Field.FINISH_YEAR))[0] or finish
    if start is not None and finish is not None and finish < start:
        f = Field.YEARS if Field.YEARS in r.words else Field.FINISH_YEAR
        r.find(Level.WARNING, "years_reversed", f"竣工年份 {finish} 早于开工年份 {start}。请核实", f)
