"""Reading what a person typed for a cell in the review."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.domain.fields import DATE_FIELDS, MONEY_FIELDS, Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.understanding import ReadValue
from hydesk.returns.dates import read_date
from hydesk.returns.values import Amount, Reading, read_amount

NOT_TYPED = frozenset({Field.NAME, Field.CODE, Field.REPORTING_UNIT})
"""Who a row is about is said by choosing its project, never by typing."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed for a cell, as the cell would be read; ``value`` None empties it."""

    value: ReadValue | None
    amount: Amount | None = None


def read_typed(f: Field, text: str, unit: MoneyUnit, year: int) -> Typed:
    """``text`` as typed for a cell of ``f`` in a column counted in ``unit``.

    Raises ValueError with a sentence for the person where it cannot stand there.
    """
    words = text.strip()
    if f in NOT_TYPED:
        raise ValueError(f"{f.label}不能直接改，请用“指定项目”说明这一行是哪个项目")
    if f in MONEY_FIELDS:
        amount = read_amount(words, unit)
        if amount.reading is Reading.WORDS:
            raise ValueError(f"“{words}”不是确切数字，{f.label}请填一个数（单位{unit.value}），如 3000 或 1.2亿")
        if amount.reading not in (Reading.NUMBER, Reading.BLANK, Reading.PLACEHOLDER):
            raise ValueError(f"“{words}”读不出金额，{f.label}请填一个数（单位{unit.value}），如 3000 或 1.2亿")
        return Typed(amount.yuan, amount)
    if f in DATE_FIELDS and words:
        day = read_date(words, year)
        if day is None:
            raise ValueError(f"“{words}”读不出日期，{f.label}请按 2023-06-30、2023年6月 或 2023年二季度 填写")
        return Typed(day)
    return Typed(words or None)
