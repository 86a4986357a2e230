"""Stages 'columns' and 'units', second half: what words leave open is decided by the figures of the ledger."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Set
from decimal import Decimal
from itertools import islice
from statistics import median

from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import column_letter
from hydesk.domain.money import MoneyUnit
from hydesk.domain.snapshot import KnownProject, Memory
from hydesk.returns.head_words import recall
from hydesk.returns.table import Column, Table
from hydesk.returns.values import Reading, read_amount

_COMMON = (MoneyUnit.WAN, MoneyUnit.YI, MoneyUnit.YUAN)
_TELLING_ROWS = 400
_FAR = 1.6
"""Decimal orders of magnitude beyond which a unit cannot be meant (units lie four apart)."""


def expected(project: KnownProject, wanted: Field) -> int | None:
    """About what a field should hold, in yuan, from what the ledger has; None when it has nothing to go by."""
    previous = project.previous.money if project.previous else {}
    plan = project.annual_plan
    month = previous.get(Field.MONTH_INVESTMENT) or (plan // 12 if plan else None)
    year = previous.get(Field.YEAR_INVESTMENT)
    match wanted:
        case Field.TOTAL_INVESTMENT:
            return project.total_investment
        case Field.INVESTED_BEFORE:
            return project.invested_before
        case Field.ANNUAL_PLAN:
            return plan
        case Field.MONTH_INVESTMENT:
            return month
        case Field.WEEK_INVESTMENT:
            return previous.get(Field.WEEK_INVESTMENT) or (plan // 52 if plan else None)
        case Field.YEAR_INVESTMENT:
            return year + (month or 0) if year is not None else (plan // 2 if plan else None)
        case Field.TOTAL_INVESTED | Field.FUNDS_ARRIVED:
            done = year + (month or 0) if year is not None else (plan // 2 if plan else None)
            if project.invested_before is None and (held := previous.get(wanted)) is not None:
                return held + (month or 0)
            # What was done in earlier years and is not known is no zero: nothing can be expected then.
            return project.invested_before + done if done is not None and project.invested_before is not None else None
        case Field.STATISTICS_MONTH:
            return month
        case Field.STATISTICS_YEAR:
            return previous.get(Field.STATISTICS_YEAR) or year
    return None


def _numbers(table: Table, column: Column) -> Iterator[tuple[KnownProject, Decimal, int]]:
    """Project, the number as written (unit left off) and its row, for plain non-zero numbers of matched rows.

    The first few hundred rows tell a column as well as all of a long one.
    """
    for row, match in islice(table.matches.items(), _TELLING_ROWS):
        if match.project is None:
            continue
        amount = read_amount(table.value(row, column.number), MoneyUnit.YI)
        if amount.reading is Reading.NUMBER and amount.yuan and amount.unit is None:
            yield match.project, Decimal(amount.yuan) / MoneyUnit.YI.yuan, row


def _distance(pairs: Iterable[tuple[Decimal, int]], unit: MoneyUnit) -> tuple[float, int]:
    """Median order of magnitude between written numbers in ``unit`` and what is expected, and how many count."""
    logs = [math.log10(abs(float(n)) * unit.yuan / e) for n, e in pairs if e > 0 and n]
    return (median(logs), len(logs)) if logs else (0.0, 0)


def settle_units(table: Table, memory: Memory, unit_name: str | None) -> None:
    """Gives every money column its unit: the head's word, the line above, what was decided before, magnitude."""
    undecided: list[Column] = []
    for column in table.columns.values():
        if column.field not in MONEY_FIELDS or column.field is None or column.unit is not None:
            continue
        said = column.said_unit or recall(memory.units, unit_name, column.header) or table.words.unit
        pairs = [(n, e) for p, n, _ in _numbers(table, column) if (e := expected(p, column.field))]
        column.unit = _unit_by_figures(table, column, said, pairs)
        if column.unit is None:
            undecided.append(column)
    known = {c.unit for c in table.columns.values() if c.unit is not None and c.field in MONEY_FIELDS}
    for column in undecided:
        if _already_asked(table, column):
            continue
        if len(known) == 1:
            column.unit = next(iter(known))
            column.reason += "；单位随同表其他列"
        elif any(True for _ in _numbers(table, column)):
            table.findings.append(column_question(table, column, "unit_unknown", (
                f"“{column.header}”一列没有写明金额单位，也无法按台账数字判定，整列未取数。请确认是万元还是亿元")))
        else:
            column.unit = MoneyUnit.WAN


def _already_asked(table: Table, column: Column) -> bool:
    letter = column_letter(column.number)
    return any(f.code == "unit_unknown" and f.column == letter for f in table.findings)


def _unit_by_figures(
    table: Table, column: Column, said: MoneyUnit | None, pairs: list[tuple[Decimal, int]]
) -> MoneyUnit | None:
    if said is not None:
        off, count = _distance(pairs, said)
        if count < 2 or abs(off) <= _FAR:
            return said
        better = min(_COMMON, key=lambda u: abs(_distance(pairs, u)[0]))
        if abs(_distance(pairs, better)[0]) <= 1.0 and _agree(pairs, better) and count >= 2:
            table.findings.append(column_question(table, column, "unit_conflict", (
                f"“{column.header}”一列写的单位是{said.value}，但数字与台账相差 {10 ** round(abs(off)):,} 倍左右，"
                f"已按{better.value}读取。请核对单位")))
            return better
        return said
    if not pairs:
        return None
    ranked = sorted(_COMMON, key=lambda u: abs(_distance(pairs, u)[0]))
    best = abs(_distance(pairs, ranked[0])[0])
    if best <= _FAR and _agree(pairs, ranked[0]):
        column.reason += f"；未写单位，按台账数字判定为{ranked[0].value}"
        return ranked[0]
    return None


def _agree(pairs: list[tuple[Decimal, int]], unit: MoneyUnit) -> bool:
    """Whether most single figures, not only their median, speak for ``unit``."""
    near = sum(1 for n, e in pairs if abs(math.log10(abs(float(n)) * unit.yuan / e)) <= 2)
    return near * 3 >= len(pairs) * 2


def settle_candidates(table: Table) -> None:
    """Decides 累计完成投资 and its like by the figures; what they do not decide is asked, never guessed."""
    for column in list(table.columns.values()):
        if not column.guess.candidates or column.field is not None:
            continue
        taken = {c.field for c in table.columns.values() if c.field is not None}
        open_fields = [f for f in column.guess.candidates if f not in taken]
        if not open_fields:
            column.reason = f"{column.guess.reason}，所指各列已另有，不取数"
            continue
        units = [column.said_unit or table.words.unit] if column.said_unit or table.words.unit else list(_COMMON)
        said = [u for u in units if u is not None]
        if column.guess.asked:
            decided = None
        elif column.guess.doubtful:
            decided = _decide_exactly(table, column, open_fields, said)
        else:
            decided = _decide(table, column, open_fields, said) or _too_much_for_the_year(table, column, open_fields, said)
        if decided is not None:
            column.field, unit = decided
            if column.field is Field.YEAR_INVESTMENT and Field.TOTAL_INVESTED in open_fields and _all_new(list(_numbers(table, column))):
                column.also = Field.TOTAL_INVESTED
            column.said_unit = column.said_unit or unit
            column.reason = f"{column.guess.reason}，按台账数字判定为{column.field.label}"
            column.confidence = 0.9
        elif any(True for _ in _numbers(table, column)):
            names = "、".join(f.label for f in column.guess.candidates)
            why = "没有写明是计划还是完成" if column.guess.asked else column.guess.reason if column.guess.doubtful else "台账数字不能判定"
            table.findings.append(column_question(table, column, "column_unclear", (
                f"“{column.header}”一列可能是{names}，{why}，整列未取数。请指明是哪一种")))


def _decide(
    table: Table, column: Column, fields: list[Field], units: list[MoneyUnit]
) -> tuple[Field, MoneyUnit] | None:
    numbers = list(_numbers(table, column))
    if not fields or not numbers:
        return None
    month = table.column_of(Field.MONTH_INVESTMENT)
    # Where nothing was spent before this year both meanings are one figure: such rows tell nothing.
    telling = [n for n in numbers if n[0].invested_before]
    if not telling and Field.YEAR_INVESTMENT in fields and Field.TOTAL_INVESTED in fields and _all_new(numbers):
        fields = [f for f in fields if f is not Field.TOTAL_INVESTED]
    scores: list[tuple[float, Field, MoneyUnit]] = []
    for f in fields:
        for u in units:
            fits = [_fit(table, p, n * u.yuan, row, f, month) for p, n, row in telling or numbers]
            told = [x for x in fits if x is not None]
            if told:
                scores.append((sum(told) / len(told), f, u))
    scores.sort(key=lambda s: -s[0])
    unknown = sum(p.invested_before is None for p, _, _ in numbers) * 2 > len(numbers) and Field.TOTAL_INVESTED in fields
    if not scores or scores[0][0] < (0.8 if unknown else 0.6):
        return None
    best = scores[0]
    rival = max((s[0] for s in scores if s[1] is not best[1]), default=0.0)
    return (best[1], best[2]) if best[0] - rival >= 0.2 else None


def _all_new(numbers: list[tuple[KnownProject, Decimal, int]]) -> bool:
    """Whether nothing was spent before this year, by what the ledger knows: unknown is not nothing."""
    return all(p.invested_before == 0 for p, _, _ in numbers)


_EXACT = Decimal("0.6")
"""Of the telling rows whose figures must fit to the last digit before a head with unknown words is taken."""


def _decide_exactly(
    table: Table, column: Column, fields: list[Field], units: list[MoneyUnit]
) -> tuple[Field, MoneyUnit] | None:
    """For a head that its words do not settle: only figures that equal the ledger's, or add up with it, tell."""
    numbers = list(_numbers(table, column))
    found: list[tuple[Field, MoneyUnit]] = []
    for f in fields:
        for u in units:
            told = [x for p, n, row in numbers if (x := _fits_exactly(table, p, n * u.yuan, row, f)) is not None]
            if len(told) >= 2 and sum(told) >= _EXACT * len(told):
                found.append((f, u))
    return found[0] if len(found) == 1 else None


_OF_A_RETURN = (
    Field.TOTAL_INVESTMENT, Field.INVESTED_BEFORE, Field.ANNUAL_PLAN, Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED)


def fits_ledger(table: Table, column: Column) -> Field | None:
    """The one field, of those that no column was taken for, which the figures of an unknown column fit to the last digit."""
    taken = {f for c in table.columns.values() for f in (c.field, c.also)}
    units = [column.said_unit or table.words.unit] if column.said_unit or table.words.unit else list(_COMMON)
    found = _decide_exactly(table, column, [f for f in _OF_A_RETURN if f not in taken], [u for u in units if u is not None])
    return found[0] if found is not None else None


def _fits_exactly(table: Table, p: KnownProject, value: Decimal, row: int, f: Field) -> bool | None:
    """Whether one figure is to the last digit what it would have to be; None where nothing tells."""
    previous = p.previous.money if p.previous else {}
    held = {Field.TOTAL_INVESTMENT: p.total_investment, Field.INVESTED_BEFORE: p.invested_before, Field.ANNUAL_PLAN: p.annual_plan}
    if f in held:
        return abs(value - held[f]) <= 20_000 if held[f] else None  # type: ignore[operator]
    base = previous.get(Field.YEAR_INVESTMENT)
    other = table.column_of(Field.YEAR_INVESTMENT if f is Field.MONTH_INVESTMENT else Field.MONTH_INVESTMENT)
    if base is None or other is None or f not in (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED):
        return None
    said = read_amount(table.value(row, other.number), other.unit or MoneyUnit.WAN)
    if said.reading is not Reading.NUMBER or said.yuan is None:
        return None
    if f is Field.MONTH_INVESTMENT:
        return abs(base + value - said.yuan) <= 20_000
    earlier = 0 if f is Field.YEAR_INVESTMENT else p.invested_before
    return abs(earlier + base + said.yuan - value) <= 20_000 if earlier is not None else None


def exact_share(table: Table, column: Column, f: Field, rows: Set[int]) -> float:
    """The share of the telling ones of ``rows`` whose figures in ``column`` are to the last digit what ``f`` would have to be."""
    unit = column.unit or column.said_unit or table.words.unit or MoneyUnit.WAN
    told = [x for p, n, row in _numbers(table, column)
            if row in rows and (x := _fits_exactly(table, p, n * unit.yuan, row, f)) is not None]
    return sum(told) / len(told) if told else 0.0


def _too_much_for_the_year(
    table: Table, column: Column, fields: list[Field], units: list[MoneyUnit]
) -> tuple[Field, MoneyUnit] | None:
    """A sum that most projects could not have reached within the year, and none has fallen below, is that since the start.

    So where the ledger does not know the earlier years: 已实现投资 of 120,000 after 18,000 by last month.
    """
    if Field.TOTAL_INVESTED not in fields or Field.YEAR_INVESTMENT not in fields or len(units) != 1:
        return None
    fits: list[float] = []
    for p, n, row in _numbers(table, column):
        value, year = n * units[0].yuan, expected(p, Field.YEAR_INVESTMENT)
        if year is None or not p.total_investment or p.invested_before is not None:
            continue
        if value > p.total_investment or (p.previous is not None and value < p.previous.money.get(Field.YEAR_INVESTMENT, 0)):
            return None
        fits.append(_fit(table, p, value, row, Field.YEAR_INVESTMENT, table.column_of(Field.MONTH_INVESTMENT)) or 0.0)
    return (Field.TOTAL_INVESTED, units[0]) if len(fits) >= 3 and sum(fits) / len(fits) < 0.3 else None


def _fit(table: Table, p: KnownProject, value: Decimal, row: int, f: Field, month: Column | None) -> float | None:
    """How well one figure fits one meaning, 0 to 1; None when the ledger has nothing to compare with."""
    guess = expected(p, f)
    if guess is None:
        return None
    if month is not None and f is not Field.MONTH_INVESTMENT and p.previous is not None:
        said = read_amount(table.value(row, month.number), month.unit or MoneyUnit.WAN)
        base = p.previous.money.get(Field.YEAR_INVESTMENT)
        if said.reading is Reading.NUMBER and said.yuan is not None and base is not None:
            earlier = p.invested_before if f is Field.TOTAL_INVESTED else 0
            guess = base + said.yuan + earlier if earlier is not None else guess
            if abs(value - guess) <= 20_000:
                return 1.0
    if guess <= 0:
        return 1.0 if value == 0 else 0.0
    ratio = float(value) / guess
    return max(0.0, 1.0 - abs(math.log(ratio)) / math.log(2.0)) if ratio > 0 else 0.0


def column_question(table: Table, column: Column, code: str, message: str) -> Finding:
    """A question to the clerk about a whole column."""
    letter = column_letter(column.number)
    return Finding(Level.WARNING, code, f"表“{table.sheet.name}”{letter}列：{message}。", table.sheet.name, column=letter)
