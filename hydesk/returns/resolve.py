"""Stages 'columns' and 'units', second half: what words leave open is decided by the figures of the ledger."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
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
        case Field.YEAR_INVESTMENT:
            return year + (month or 0) if year is not None else (plan // 2 if plan else None)
        case Field.TOTAL_INVESTED | Field.FUNDS_ARRIVED:
            done = year + (month or 0) if year is not None else (plan // 2 if plan else None)
            return (project.invested_before or 0) + done if done is not None else None
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
        decided = None if column.guess.asked else _decide(table, column, open_fields, [u for u in units if u is not None])
        if decided is not None:
            column.field, unit = decided
            if column.field is Field.YEAR_INVESTMENT and Field.TOTAL_INVESTED in open_fields and _all_new(list(_numbers(table, column))):
                column.also = Field.TOTAL_INVESTED
            column.said_unit = column.said_unit or unit
            column.reason = f"{column.guess.reason}，按台账数字判定为{column.field.label}"
            column.confidence = 0.9
        elif any(True for _ in _numbers(table, column)):
            names = "、".join(f.label for f in column.guess.candidates)
            table.findings.append(column_question(table, column, "column_unclear", (
                f"“{column.header}”一列可能是{names}，{'没有写明是计划还是完成' if column.guess.asked else '台账数字不能判定'}，整列未取数。请指明是哪一种")))


def _decide(
    table: Table, column: Column, fields: list[Field], units: list[MoneyUnit]
) -> tuple[Field, MoneyUnit] | None:
    numbers = list(_numbers(table, column))
    if not fields or not numbers:
        return None
    month = table.column_of(Field.MONTH_INVESTMENT)
    # Where nothing was spent before this year both meanings are one figure: such rows tell nothing.
    telling = [n for n in numbers if n[0].invested_before]
    if not telling and Field.YEAR_INVESTMENT in fields and Field.TOTAL_INVESTED in fields:
        fields = [f for f in fields if f is not Field.TOTAL_INVESTED]
    scores: list[tuple[float, Field, MoneyUnit]] = []
    for f in fields:
        for u in units:
            fits = [_fit(table, p, n * u.yuan, row, f, month) for p, n, row in telling or numbers]
            told = [x for x in fits if x is not None]
            if told:
                scores.append((sum(told) / len(told), f, u))
    scores.sort(key=lambda s: -s[0])
    if not scores or scores[0][0] < 0.6:
        return None
    best = scores[0]
    rival = max((s[0] for s in scores if s[1] is not best[1]), default=0.0)
    return (best[1], best[2]) if best[0] - rival >= 0.2 else None


def _all_new(numbers: list[tuple[KnownProject, Decimal, int]]) -> bool:
    return all(not p.invested_before for p, _, _ in numbers)


def _fit(table: Table, p: KnownProject, value: Decimal, row: int, f: Field, month: Column | None) -> float | None:
    """How well one figure fits one meaning, 0 to 1; None when the ledger has nothing to compare with."""
    guess = expected(p, f)
    if guess is None:
        return None
    if month is not None and f is not Field.MONTH_INVESTMENT and p.previous is not None:
        said = read_amount(table.value(row, month.number), month.unit or MoneyUnit.WAN)
        base = p.previous.money.get(Field.YEAR_INVESTMENT)
        if said.reading is Reading.NUMBER and said.yuan is not None and base is not None:
            guess = base + said.yuan + ((p.invested_before or 0) if f is Field.TOTAL_INVESTED else 0)
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
