"""Stage 'columns': from the words over a column to the field it holds.

Words alone decide where they can. 累计完成投资 standing alone may mean the year to date or since the start: such a
column gets both candidates, and ``resolve.py`` decides by the figures the ledger already holds, or asks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period, Week
from hydesk.returns.aliases import ALIASES, COUNTED_IN_WAN, SERIAL_HEADS
from hydesk.returns.column_guess import UNKNOWN, ColumnGuess, left_out
from hydesk.returns.head_grammar import HeadSaid, read_head
from hydesk.returns.head_times import When
from hydesk.returns.head_vocabulary import WordKind
from hydesk.returns.head_words import bare
from hydesk.returns.money_heads import is_rate, money_head, never_done
from hydesk.returns.ten_day_heads import ten_days_of
from hydesk.returns.text import squeeze
from hydesk.returns.text_heads import text_head
from hydesk.returns.week_heads import week_head

_UNIT = re.compile(r"(千万元|百万元|千元|万元|亿元|(?<=[(:、,])元(?=[)、,%]|$))(?!/)")
_CHILD = re.compile(
    r"^(其中:?)?(市财政|县财政|区财政|财政|社会资本|社会投资|中央(预算内)?|省(级)?(预算内|补助)?|市(级|本级)|县(级|区级)|"
    r"银行贷款|贷款|专项债券?|债券|自筹|企业自筹|自有资金|上级资金|地方配套|配套资金|其他|其它|政府投资|外资|设备(购置)?|建安(工程|投资)?|"
    r"土建|征(地)?拆(迁)?|国债|融资|民间投资|财政资金|本级财政)(资金|投资)?$"
)
_ONLY_UNIT = re.compile(r"^\(?(?:投资|金额|计量|计算)?单位[:：]?\(?(?:千万元|百万元|千元|万元|亿元|元)(?:[、/,]%)?\)*$")

_OF_NO_FIELD = (
    WordKind.INTENT, WordKind.FACT, WordKind.DATE, WordKind.QUANTITY, WordKind.STAGE, WordKind.STATE, WordKind.WORK, WordKind.PROGRESS,
)
"""Words known to stand in heads the ledger has no field for."""


def is_unit_line(words: str) -> bool:
    """Whether words only say the table's unit of money (单位：万元), which may stand in a corner of the head."""
    return bool(_ONLY_UNIT.match(squeeze(words)))


def is_source_of_money(words: str) -> bool:
    """Whether words name a source of money (市财政, 银行贷款), which breaks a sum down."""
    return bool(_CHILD.match(words))


def unit_in_words(words: str) -> MoneyUnit | None:
    """The unit of money a head names: 总投资（万元） → 万元; 万件 and 万千瓦 are quantities, not money."""
    text = COUNTED_IN_WAN.sub("", squeeze(words))
    found = _UNIT.findall(text)
    return MoneyUnit(found[-1]) if found else None


_OF_MONTH = frozenset({Field.MONTH_INVESTMENT, Field.STATISTICS_MONTH})
"""Amounts of a month, which no weekly return brings."""
_TO_DATE = (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED, Field.STATISTICS_YEAR)


def guess_column(path: tuple[str, ...], period: Period) -> ColumnGuess:
    """The field of a column whose head reads ``path`` (outermost first) in a return for ``period``."""
    if isinstance(period, Week) and (said := week_head(path, period)) is not None:
        if (said.field in MONEY_FIELDS or said.candidates) and (never := never_done(path, period.year, period.day_month.number)):
            return never
        return ColumnGuess(said.field, said.reason, 0.95 if said.field else 0.5 if said.candidates else 1.0, said.candidates)
    if (part := ten_days_of(path, period)) is not None:
        return ColumnGuess(None, f"{part.label}的数，不是{period.label}的数")
    month = period.last_month.number
    guess = _guess(path, period.year, month)
    if isinstance(period, Week) and (guess.field in _OF_MONTH or set(guess.candidates) & _OF_MONTH):
        guess = replace(guess, field=None if guess.field in _OF_MONTH else guess.field,
                        candidates=tuple(f for f in guess.candidates if f not in _OF_MONTH))
    if period.is_month and guess.field is Field.PROGRESS_TEXT and _says_week(path, period.year, month):
        guess = replace(guess, confidence=min(guess.confidence, 0.7))  # a month's own words go before a week's
    if guess.field is None and not guess.candidates and period.day_month.number != month:
        # A weekly return may carry the sums of the running month to date.
        running = _guess(path, period.year, period.day_month.number)
        if running.field in _TO_DATE:
            return running
    return guess


def _says_week(path: tuple[str, ...], year: int, month: int) -> bool:
    return bool(read_head(path, year, month).times(When.WEEK, When.TEN_DAYS))


@lru_cache(maxsize=8192)
def _guess(path: tuple[str, ...], year: int, month: int) -> ColumnGuess:
    joined, leaf = bare("".join(path)), bare(path[-1])
    said = read_head(path, year, month)
    if not joined and not said.units:
        return UNKNOWN
    if joined in SERIAL_HEADS or leaf in SERIAL_HEADS:
        return left_out("序号列")
    if is_unit_line(path[-1]):
        return left_out("表角写的是金额单位，不是列名")
    return text_head(said, path, joined, leaf) or money_head(said, joined) or _other(said, joined)


def _other(said: HeadSaid, joined: str) -> ColumnGuess:
    """A head that names neither words nor money that the ledger keeps."""
    if is_rate(said):
        return ColumnGuess(None, "比率列，不取数", rate=True)
    others = said.leaf_times(When.OTHER)
    if others and not said.leaf_unknown and all(w.kind in (WordKind.TIME, WordKind.FILLER) for w in said.leaf()):
        return ColumnGuess(None, f"“{others[0].words}”的数，不是本期", other_month=0 < others[0].number <= 12)
    if not said.leaf_unknown and said.leaf_has(*_OF_NO_FIELD):
        if "money" in said.group_units and not said.leaf_has(WordKind.INTENT, WordKind.QUANTITY):
            return ColumnGuess(None, "组头写着金额单位，下面是什么认不出", unknown=True)  # 总投资（万元）/ 批复
        return left_out("台账没有这一栏，不取")
    if not said.leaf_unknown and said.leaf_has(WordKind.LEFT):
        return left_out("余下的数，不取数")
    if [w.kind for w in said.leaf()[:1]] == [WordKind.PART_MARK] and not said.leaf_times():
        return left_out("“其中”是分项，不是整项数")
    if not said.leaf_unknown and said.leaf_has(WordKind.SOURCE):
        return left_out(f"“{said.first(WordKind.SOURCE)}”是资金来源或构成，不是整项数")
    return _near_field(joined)


_NEAR_NAMES: dict[str, Field] = {bare(name): f for f, names in ALIASES.items() if f not in MONEY_FIELDS for name in names if len(name) >= 4}


def _near_field(joined: str) -> ColumnGuess:
    """Near spelling, for heads with a typing slip (项目名稱, 形像进度): one letter of four or more, two of seven."""
    if 4 <= len(joined) <= 16:
        found = process.extractOne(
            joined, _NEAR_NAMES.keys(), scorer=Levenshtein.distance, score_cutoff=1 if len(joined) < 7 else 2)
        # A letter more or less makes another word of a short one: 开工令时间 is not 开工时间.
        if found is not None and (len(joined) >= 7 or len(found[0]) == len(joined)):
            return ColumnGuess(_NEAR_NAMES[found[0]], f"表头“{joined}”与“{found[0]}”相近", 0.75)
    return UNKNOWN
