"""Amounts that stand only in sentences (6月完成投资525.38万元，1-6月累计完成4212.96万元): proposed, never taken by themselves.

A sentence gives a figure only where it says that money was done, for which period, and no other figure of the row says
it. What is planned, hoped for, borrowed or paid is no investment done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import column_letter
from hydesk.domain.money import Yuan, format_money, to_yuan
from hydesk.domain.periods import Period
from hydesk.returns.amount_words import NUMBER, UNITS
from hydesk.returns.row_reading import RowReading
from hydesk.returns.table import Table
from hydesk.returns.text import squeeze
from hydesk.returns.values import Amount, Reading

_AMOUNT = re.compile(rf"(?P<number>{NUMBER})(?P<unit>千万元|百万元|万元?|亿元?|元)")
_CLAUSE = re.compile(r"[。；;，,、!！\n：:（）()]")
_DONE = re.compile(r"完成(?!率)|累计|已?投入|投资")
_NOT_DONE = re.compile(
    r"计划|预计|预期|拟|力争|争取|目标|将|确保|下[月步周年]|总投资|概算|估算|中标|合同|贷款|到位|资金|债券|专项债|产值|税|剩余|尚需|还需|签约|借款|"
    r"补助|工程款|支付|拨付|缺口|任务|(?<![供相反响对])应(?!急|用)|承诺|可完成|须|需|待|望|保证|打算|准备|去年|上年|上月|同期|设备款|土地款|补偿|费|设备投资|设备购置|购置|土建|建安|征拆|征地|拆迁|入统|入库|纳统|回款|销售|预算|结算|审定|奖")
_SPAN = re.compile(r"(?:1|元)月?[-至到~](\d{1,2})月|年初(?:至今|以来|至本月|至目前)?|今年|本年度?|年内|当年|全年|年度")
_MONTH = re.compile(r"本月|当月|(?<![-至到~\d])(\d{1,2})月份?")
_SINCE_START = re.compile(r"自?开工(?:建设)?(?:以来|至今|后)|自开工|总累计|项目累计|累计总|开工累计")
_UP_TO = re.compile(r"截[至止](?:到|20\d\d年)?(\d{1,2})月|截至目前|目前|至今")
_NEAR = 20_000
"""Yuan by which a sum told in words may differ from the one that the ledger's figures make."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """An amount of a sentence; ``field`` None: a sum of which the words do not say since when."""

    field: Field | None
    yuan: Yuan
    tolerance: Yuan
    words: str


def spoken_amounts(text: str, period: Period) -> list[Spoken]:
    """What a text says was done, for the period or up to its end."""
    found: list[Spoken] = []
    whole = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", squeeze(text))
    for clause in _CLAUSE.split(whole):
        found += _of_clause(clause, period)
    return found


def _of_clause(clause: str, period: Period) -> Iterator[Spoken]:
    begin = 0
    for m in _AMOUNT.finditer(clause):
        lead = clause[begin:m.start()]
        begin = m.end()
        if not _DONE.search(lead) or _NOT_DONE.search(lead) or clause[m.end():m.end() + 1] in ("/", "每"):
            continue
        told = _period_of(lead, period)
        if told is None:
            continue
        number, unit = Decimal(m["number"]), UNITS[m["unit"]]
        places = max(0, -int(number.as_tuple().exponent))
        yield Spoken(told[0], to_yuan(number, unit), int(Decimal(unit.yuan).scaleb(-places) / 2) + 1, clause)


def _period_of(lead: str, period: Period) -> tuple[Field | None] | None:
    """Which figure the words before an amount speak of: (None,) for a sum since some time, None for nothing of ours."""
    month = period.last_month.number
    if _SINCE_START.search(lead):
        return (Field.TOTAL_INVESTED,)
    if span := _SPAN.search(lead):
        return (Field.YEAR_INVESTMENT,) if not span[1] or int(span[1]) == month else None
    if up_to := _UP_TO.search(lead):
        return (None,) if not up_to[1] or int(up_to[1]) == month else None
    if said := _MONTH.search(lead):
        if said[1] and int(said[1]) != month:
            return None
        return (None,) if "累计" in lead else (Field.MONTH_INVESTMENT,)
    return (None,) if "累计" in lead else None


def propose_from_sentences(table: Table, readings: Sequence[RowReading]) -> None:
    """Puts what the progress texts say of amounts into rows whose table has no column for it, as proposals."""
    column = table.column_of(Field.PROGRESS_TEXT)
    if column is None or not table.period.is_month:
        return
    held = {f for c in table.columns.values() for f in (c.field, c.also, *c.guess.candidates)}
    wanted = {Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED} - held
    if Field.YEAR_INVESTMENT not in wanted and Field.MONTH_INVESTMENT not in wanted:
        return
    none_told = not held & {Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED}
    told = unclear = 0
    for r in readings:
        text = r.values.get(Field.PROGRESS_TEXT)
        if not isinstance(text, str) or not _AMOUNT.search(squeeze(text)):
            continue
        taken = _take(r, spoken_amounts(text, table.period), wanted)
        told += taken
        unclear += not taken and none_told and bool(_DONE.search(text))
    letter = column_letter(column.number)
    if told:
        table.findings.append(Finding(
            Level.WARNING, "amounts_in_words",
            f"表“{table.sheet.name}”{letter}列：{told} 个数只写在“{column.header}”的句子里，已读出作为建议，没有入账。请核对后接受，或让填报单位另列数字。",
            table.sheet.name, column=letter))
    if unclear:
        table.findings.append(Finding(
            Level.WARNING, "amounts_in_words",
            f"表“{table.sheet.name}”{letter}列：{unclear} 行的句子里写有金额，看不出是哪一期完成的投资，没有读。请核对后填写。",
            table.sheet.name, column=letter))


def _take(r: RowReading, spoken: Sequence[Spoken], wanted: set[Field]) -> int:
    """How many figures were proposed for the row: those that the text says once, or always alike."""
    said: dict[Field, set[tuple[Yuan, Yuan, str]]] = {}
    for s in spoken:
        f = s.field or _by_ledger(r, s, spoken)
        if f is not None and f in wanted:
            said.setdefault(f, set()).add((s.yuan, s.tolerance, s.words))
    taken = 0
    for f, amounts in said.items():
        if len({yuan for yuan, _, _ in amounts}) > 1 or f in r.values:
            continue
        yuan, tolerance, words = min(amounts)
        r.values[f], r.words[f] = yuan, words
        r.amounts[f] = Amount(Reading.WORDS, yuan, tolerance)
        r.cells.also(f, Field.PROGRESS_TEXT)
        r.find(Level.NOTE, "amount_in_words", f"{f.label} {format_money(yuan)} 万元，读自句子“{words}”，作为建议列出", f)
        taken += 1
    return taken


def _by_ledger(r: RowReading, s: Spoken, spoken: Sequence[Spoken]) -> Field | None:
    """What a sum since some time is, where the ledger's figures and the month beside it make it exactly."""
    p = r.project
    month = next((o.yuan for o in spoken if o.field is Field.MONTH_INVESTMENT), None)
    before = p.previous.money.get(Field.YEAR_INVESTMENT) if p is not None and p.previous is not None else None
    if p is None or month is None or before is None:
        return None
    fits = {f for f, start in ((Field.YEAR_INVESTMENT, 0), (Field.TOTAL_INVESTED, p.invested_before))
            if start is not None and abs(start + before + month - s.yuan) <= _NEAR + s.tolerance}
    return Field.YEAR_INVESTMENT if Field.YEAR_INVESTMENT in fits else next(iter(fits), None)
