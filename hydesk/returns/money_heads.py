"""Heads of money: whether the words of a column say that an amount was done, planned, paid … and in which time.

Only what a head says outright is taken. Words of intention are never what was done; other money (paid, granted,
contracted, borrowed) is no investment; an unknown word leaves the column to figures that fit exactly.
"""

from __future__ import annotations

import re

from hydesk.domain.fields import Field
from hydesk.returns.column_guess import ColumnGuess, left_out
from hydesk.returns.head_grammar import HeadSaid, read_head
from hydesk.returns.head_times import When
from hydesk.returns.head_vocabulary import WordKind

_MONEY = (WordKind.INVEST, WordKind.TOTAL, WordKind.AMOUNT, WordKind.FUNDS, WordKind.STATISTICS, WordKind.OTHER_MONEY)
_DID = (WordKind.DONE, WordKind.ALREADY, WordKind.SUM, WordKind.FULFILMENT)
_NO_MONEY = (WordKind.FACT, WordKind.DATE, WordKind.PROBLEM, WordKind.WORK, WordKind.PROGRESS, WordKind.STAGE)
_OWN = (When.MONTH, When.SPAN, When.UP_TO, When.YEAR, When.SINCE_START, When.QUARTER)
_TO_DATE = (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED)


def money_head(said: HeadSaid, header: str) -> ColumnGuess | None:
    """The guess for a column of money; None where the head does not speak of money."""
    return _no_amount(said) or _no_investment(said) or _amount(said, header)


def is_rate(said: HeadSaid) -> bool:
    """Whether the column holds shares or rates."""
    if "money" in said.units:
        return False
    return said.leaf_has(WordKind.RATE) or "rate" in said.units or said.group_has(WordKind.RATE) or (
        "rate" in said.group_units and "money" not in said.group_units)


def _no_amount(said: HeadSaid) -> ColumnGuess | None:
    """Rates, quantities and other currencies."""
    if is_rate(said):
        return ColumnGuess(None, "比率列，不取数", rate=True)
    if said.has(WordKind.FOREIGN) or "foreign" in said.units | said.group_units:
        return ColumnGuess(None, "外币金额，台账只记人民币，不取数", foreign=said.first(WordKind.FOREIGN) or "外币")
    if "money" in said.units:
        return None
    if "quantity" in said.units or (said.leaf_has(WordKind.QUANTITY) and not _ends_in_money(said)):
        return left_out("数量，不是金额")
    if said.group_is(WordKind.QUANTITY) or ("quantity" in said.group_units and "money" not in said.group_units):
        return None if said.leaf_has(WordKind.INVEST, WordKind.TOTAL, WordKind.FUNDS) else left_out("数量，不是金额")
    return None


def _ends_in_money(said: HeadSaid) -> bool:
    """Whether what the leaf is of is an amount (完成工作量投资), though a quantity stands before it."""
    nouns = [w.kind for w in said.leaf() if w.kind not in (WordKind.FILLER, WordKind.TIME, WordKind.STATE, WordKind.DONE)]
    return bool(nouns) and nouns[-1] in (WordKind.INVEST, WordKind.TOTAL, WordKind.AMOUNT)


def _no_investment(said: HeadSaid) -> ColumnGuess | None:
    """Amounts that are none of the ledger's fields."""
    return _not_done(said) or _of_another_time(said) if _speaks_of_money(said) else None


def never_done(path: tuple[str, ...], year: int, month: int) -> ColumnGuess | None:
    """Why a column under ``path`` holds nothing that was invested, whatever time it speaks of: it is asked for, left
    over, other money, a part, a rate or a quantity. None where it may be what was done."""
    said = read_head(path, year, month)
    if (guess := _no_amount(said)) is not None:
        return guess
    if not _speaks_of_money(said):
        return left_out("台账没有这一栏，不取") if said.leaf_has(WordKind.FACT, WordKind.DATE) else None
    return _not_done(said) or (left_out("计划数，不是完成数") if _is_plan(said) else None)


def _not_done(said: HeadSaid) -> ColumnGuess | None:
    if _is_asked_for(said):
        return _intention(said)
    if said.has(WordKind.LEFT):
        return left_out("余下的数，不取数")
    if said.leaf_has(WordKind.PLAN) and said.first(WordKind.OTHER_MONEY) in ("下达", "已下达") and not said.has(WordKind.AMOUNT):
        return ColumnGuess(None, f"表头“{said.first(WordKind.OTHER_MONEY)}”的计划可能就是年度计划", 0.5, (Field.ANNUAL_PLAN,), doubtful=True)
    if said.leaf_has(WordKind.OTHER_MONEY) or (said.group_has(WordKind.OTHER_MONEY) and not said.leaf_has(WordKind.INVEST, WordKind.TOTAL)):
        return left_out(f"“{said.first(WordKind.OTHER_MONEY)}”不是投资数")
    if _is_part(said):
        return left_out(f"“{said.first(WordKind.SOURCE, WordKind.PART_MARK)}”是分项，不是整项数")
    return None


def _of_another_time(said: HeadSaid) -> ColumnGuess | None:
    if (other := said.times(When.OTHER)) and not _only_group_says(said, When.OTHER):
        return ColumnGuess(None, f"“{other[0].words}”的数，不是本期", other_month=0 < other[0].number <= 12 and not said.has(WordKind.PLAN))
    summed = said.leaf_has(WordKind.SUM, WordKind.WHOLE) and (said.group_has(WordKind.DONE, WordKind.INVEST) or not said.leaf_has(WordKind.DONE))
    below = not said.leaf_times(When.EACH) and (said.leaf_times(*_OWN) or summed)
    if (each := said.times(When.EACH)) and not below:
        return left_out(f"“{each[0].words}”的数，没有说是哪个月")
    if week := said.times(When.WEEK):
        return left_out(f"“{week[0].words}”的数，台账按月记，不取数")
    if days := said.times(When.TEN_DAYS):
        return left_out(f"“{days[0].words}”的数，不是整月")
    return None


def _speaks_of_money(said: HeadSaid) -> bool:
    if "money" in said.units:
        return True
    nouns = [w.kind for w in said.leaf() if w.kind not in (WordKind.FILLER, WordKind.TIME, WordKind.STATE)]
    if said.group_is(WordKind.TOTAL) and _GROUNDS.fullmatch("".join(w.text for w in said.leaf())):
        return True
    if nouns and nouns[-1] in (WordKind.FACT, WordKind.DATE, WordKind.PROBLEM, WordKind.WORK):
        return False  # 投资概算批复文号: what a head is of stands last
    if said.leaf_has(*_NO_MONEY) and not said.leaf_has(WordKind.INVEST, WordKind.FUNDS, WordKind.TOTAL, WordKind.STATISTICS, WordKind.OTHER_MONEY):
        return False
    if said.has(*_MONEY) or "money" in said.group_units or said.leaf_has(WordKind.INTENT):
        return True
    if any(w.kind is WordKind.SOURCE and w.text.endswith(("投资", "资金")) for w in said.leaf()):
        return True
    if said.has(WordKind.PROGRESS) or said.leaf_has(WordKind.STATE):
        return False
    if said.group_has(WordKind.STATE):
        return bool(said.leaf_times() or said.leaf_has(*_DID)) and said.has(*_DID)  # 完成情况 / 本月: the cells tell
    return said.has(*_DID, WordKind.PLAN) or bool(said.leaf_times(When.MONTH, When.SPAN, When.QUARTER))


def _is_asked_for(said: HeadSaid) -> bool:
    """Whether a word of intention stands over the column."""
    if said.leaf_has(WordKind.INTENT):
        return not (said.leaf_has(WordKind.TOTAL) and not said.leaf_has(*_DID))
    return said.group_has(WordKind.INTENT) and not said.has(WordKind.FULFILMENT)


def _intention(said: HeadSaid) -> ColumnGuess:
    word = said.first(WordKind.INTENT)
    reason = f"“{word}”是要求或打算，不是完成数"
    if not said.has(*_DID) and not said.times(When.MONTH, When.SPAN, When.UP_TO, When.QUARTER, When.OTHER, When.WEEK, When.BEFORE) \
            and (word[-1:] in "标务" or said.leaf_has(WordKind.PLAN)) and (said.has(WordKind.INVEST, WordKind.AMOUNT) or said.times(When.YEAR) or "money" in said.units):
        return ColumnGuess(None, f"“{word}”可能就是年度计划", 0.5, (Field.ANNUAL_PLAN,), doubtful=True)
    return left_out(reason)


def _is_part(said: HeadSaid) -> bool:
    if said.leaf_has(WordKind.SOURCE):
        return not said.leaf_has(WordKind.TOTAL)
    if said.leaf_has(WordKind.PART_MARK):
        return not (said.leaf_times(*_OWN) or said.leaf_has(*_DID)) or said.group_has(WordKind.TOTAL) or (
            said.group_has(WordKind.PLAN) and not said.leaf_has(*_DID))
    return said.group_is(WordKind.SOURCE)


def _only_group_says(said: HeadSaid, when: When) -> bool:
    """Whether a time stands in the group only, and the leaf names its own beside last year's end, or the quarter's month."""
    if said.leaf_times(when):
        return False
    own = bool(said.leaf_times(When.MONTH)) and all(t.words.endswith(("季度", "季")) for t in said.times(when))
    return own or bool(said.leaf_times(When.SPAN, When.SINCE_START, When.BEFORE))


def _amount(said: HeadSaid, header: str) -> ColumnGuess | None:
    if not _speaks_of_money(said):
        return None
    guess = _by_measure(said, f"表头“{header}”")
    if guess is None or guess.field is None:
        return guess
    doubt = said.leaf_unknown or (
        len("".join(said.unknown[:-1])) >= 2 and "money" not in said.units and not (
            said.leaf_has(WordKind.INVEST, WordKind.TOTAL, WordKind.FUNDS) or said.group_is(WordKind.INVEST, WordKind.TOTAL, WordKind.FUNDS)))
    against = said.leaf_has(*_NO_MONEY, WordKind.QUANTITY) and "money" not in said.units
    if doubt or against:
        why = f"表头“{header}”里有不认识的字（{doubt}）" if isinstance(doubt, str) and doubt else f"表头“{header}”不像只说金额"
        return ColumnGuess(None, why, 0.5, (guess.field,), doubtful=True)
    return guess


def _by_measure(said: HeadSaid, words: str) -> ColumnGuess | None:
    before = said.times(When.BEFORE) if not said.leaf_times(*_OWN) or said.leaf_times(When.BEFORE) else []
    if said.has(WordKind.STATISTICS):
        return left_out("上年底的入统数，台账不记") if before else _statistics(said, words)
    if said.has(WordKind.FUNDS):
        return _funds(said, words, bool(before))
    if before:
        return _before(said, words)
    if said.has(WordKind.TOTAL) and (total := _total(said, words)) is not None:
        return total
    if _is_plan(said):
        return _plan(said, words)
    return _done(said, words)


def _before(said: HeadSaid, words: str) -> ColumnGuess | None:
    if said.leaf_has(WordKind.PLAN) or (said.has(WordKind.PLAN) and not said.has(*_DID)):
        return left_out("上年底的计划数，不是完成数")
    if said.has(WordKind.TOTAL) and not said.has(*_DID):
        return ColumnGuess(None, f"{words}不像完成数", 0.5, (Field.INVESTED_BEFORE,), doubtful=True)
    if any(t.words in ("上年累计", "上年度累计") for t in said.times(When.BEFORE)):
        return ColumnGuess(None, f"{words}是上年一年还是截至上年底，不明", 0.5, (Field.INVESTED_BEFORE,), doubtful=True)
    return ColumnGuess(Field.INVESTED_BEFORE, words)


def _statistics(said: HeadSaid, words: str) -> ColumnGuess | None:
    if said.has(WordKind.PLAN):
        return left_out("入统计划，不是入统数")
    if said.leaf_has(*_NO_MONEY, WordKind.STATE) and "money" not in said.units:
        return left_out("入统情况，不是投资数")
    if said.times(When.SINCE_START):
        return left_out("开工以来的入统数，台账按年记")
    if said.leaf_times(When.SPAN, When.QUARTER) or (said.times(When.SPAN, When.QUARTER) and not said.leaf_times(When.MONTH)):
        return ColumnGuess(Field.STATISTICS_YEAR, words)
    if said.times(When.MONTH):
        if said.leaf_has(WordKind.SUM):
            return ColumnGuess(None, f"{words}可指当月或累计", 0.5, (Field.STATISTICS_YEAR, Field.STATISTICS_MONTH))
        return ColumnGuess(Field.STATISTICS_MONTH, words)
    if said.times(When.YEAR):
        return ColumnGuess(Field.STATISTICS_YEAR, words)
    return ColumnGuess(None, "累计入统，口径不明", 0.5, (Field.STATISTICS_YEAR,))


def _funds(said: HeadSaid, words: str, before: bool) -> ColumnGuess | None:
    if before:
        return left_out("上年底的到位资金，不是完成投资")
    if said.leaf_has(WordKind.PLAN) or (said.has(WordKind.PLAN) and not said.leaf_has(WordKind.FUNDS, *_DID)):
        return left_out("计划到位的资金，不是已到位")
    if said.group_has(WordKind.PLAN) and not said.has(WordKind.FULFILMENT, *_DID):
        return ColumnGuess(None, f"{words}是计划到位还是已到位，不明", 0.5, (Field.FUNDS_ARRIVED,), doubtful=True)
    summed = said.has(WordKind.SUM) or said.times(When.SPAN, When.SINCE_START, When.UP_TO)
    if said.times(When.MONTH) and not summed:
        return left_out("当月到位资金，台账只记累计")
    if said.leaf_has(WordKind.INVEST) and said.leaf_has(WordKind.DONE) and "到位投资" not in words:
        return ColumnGuess(None, f"{words}说的是到位还是完成，不明", 0.5, (*_TO_DATE, Field.FUNDS_ARRIVED), asked=True)
    return ColumnGuess(Field.FUNDS_ARRIVED, words, 0.95)


def _total(said: HeadSaid, words: str) -> ColumnGuess | None:
    """The whole investment; None where the words speak of how much of it was done, or of a year's plan."""
    if said.leaf_has(WordKind.TOTAL):
        if said.leaf_has(*_DID):
            return None if said.times(*_OWN) else ColumnGuess(None, f"{words}未说明口径", 0.5, _TO_DATE)
        years = said.leaf_times(When.YEAR)
        if said.leaf_times(When.MONTH, When.SPAN, When.UP_TO, When.SINCE_START, When.QUARTER):
            return ColumnGuess(None, f"{words}是总投资还是完成数，不明", 0.5,
                               (Field.TOTAL_INVESTMENT, Field.MONTH_INVESTMENT, *_TO_DATE), doubtful=True)
        if years:
            return ColumnGuess(None, f"{words}是总投资还是年度数，不明", 0.5,
                               (Field.ANNUAL_PLAN, Field.TOTAL_INVESTMENT, Field.YEAR_INVESTMENT), doubtful=True)
        return ColumnGuess(Field.TOTAL_INVESTMENT, words)
    if said.leaf_has(WordKind.PLAN) and not said.leaf_has(*_DID) and not said.times():
        return ColumnGuess(None, f"{words}是计划总投资还是年度计划，不明", 0.5, (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN), doubtful=True)
    if said.leaf_has(*_DID, WordKind.PLAN) or said.leaf_times():
        return None
    if not said.leaf_unknown and _GROUNDS.fullmatch("".join(w.text for w in said.leaf())):
        return ColumnGuess(Field.TOTAL_INVESTMENT, words, 0.9)
    if said.leaf_has(WordKind.WHOLE, WordKind.AMOUNT, WordKind.INVEST, WordKind.FILLER) or "money" in said.units:
        return ColumnGuess(Field.TOTAL_INVESTMENT, words, 0.95)
    return None


_GROUNDS = re.compile(r"(?:可研|初设|设计|立项|备案|核准|审批|批复|批准)(?:批复|数)?")
"""总投资 / 批复: by which paper the total was set."""


def _is_plan(said: HeadSaid) -> bool:
    """Whether a plan is meant: by the leaf's own words, or by the group's where the leaf says nothing of doing."""
    if said.leaf_has(WordKind.FULFILMENT, WordKind.ALREADY):
        return False
    if said.leaf_has(WordKind.PLAN):
        return True
    return said.group_has(WordKind.PLAN) and not said.leaf_has(*_DID) and not said.group_has(WordKind.DONE, WordKind.ALREADY, WordKind.FULFILMENT)


def _plan(said: HeadSaid, words: str) -> ColumnGuess | None:
    if said.leaf_has(WordKind.SUM) or said.times(When.MONTH, When.SPAN, When.UP_TO, When.QUARTER, When.SINCE_START):
        return left_out("时段计划数，不是完成数")
    if said.leaf_has(*_NO_MONEY) and "money" not in said.units:
        return None
    if [w.kind for w in said.leaf() if w.kind in (WordKind.DONE, WordKind.PLAN)][:1] == [WordKind.DONE]:
        # 完成年度计划: how much of it was done, or the plan.
        return ColumnGuess(None, f"{words}是计划还是完成，不明", 0.5, (Field.ANNUAL_PLAN, Field.YEAR_INVESTMENT), doubtful=True)
    if not said.times() and not said.has(WordKind.INVEST) and "money" not in said.units and said.first(WordKind.AMOUNT)[:2] == "资金":
        return ColumnGuess(None, f"{words}是资金的计划还是投资的计划，不明", 0.5, (Field.ANNUAL_PLAN,), doubtful=True)
    if said.first(WordKind.PLAN) == "规划" and not said.times():
        return ColumnGuess(None, f"{words}是总投资还是年度计划，不明", 0.5, (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN), doubtful=True)
    named = said.has(*_MONEY) or "money" in said.units | said.group_units or said.times(When.YEAR) or said.has(WordKind.DONE) or any(
        w.kind is WordKind.PLAN and "年初" in w.text for w in said.leaf())
    return ColumnGuess(Field.ANNUAL_PLAN, words) if named else ColumnGuess(
        None, f"{words}未说明是什么计划", 0.5, (Field.ANNUAL_PLAN,), doubtful=True)


def _done(said: HeadSaid, words: str) -> ColumnGuess | None:
    if said.group_has(WordKind.PLAN) and not said.has(WordKind.FULFILMENT) and not said.leaf_has(WordKind.ALREADY, WordKind.SUM) and not said.leaf_times():
        # 年度计划 / 完成投资: to be done, or done of it.
        return ColumnGuess(None, f"{words}是计划还是完成，不明", 0.5, (Field.ANNUAL_PLAN, Field.YEAR_INVESTMENT))
    if said.times(When.SINCE_START) and not said.leaf_times(When.SPAN, When.MONTH, When.YEAR):
        return ColumnGuess(Field.TOTAL_INVESTED, words)
    if said.leaf_times(When.SPAN) or (said.times(When.SPAN) and not said.leaf_times(When.MONTH)):
        return ColumnGuess(Field.YEAR_INVESTMENT, words)
    if quarters := said.times(When.QUARTER):
        if said.has(*_DID):
            return ColumnGuess(Field.YEAR_INVESTMENT, words)
        return ColumnGuess(None, f"表头“{quarters[0].words}”未说明是计划还是完成", 0.5, (Field.YEAR_INVESTMENT,), asked=True)
    if said.times(When.MONTH) and (month := _month(said, words)) is not None:
        return month
    if said.times(When.UP_TO):
        in_year = said.times(When.YEAR)
        return ColumnGuess(Field.YEAR_INVESTMENT, words, 0.9) if in_year and said.has(*_DID) else ColumnGuess(
            None, f"{words}未说明口径", 0.5, _TO_DATE)
    return _undated(said, words)


def _month(said: HeadSaid, words: str) -> ColumnGuess | None:
    to_date = said.times(When.UP_TO)
    if not to_date and not said.leaf_has(WordKind.SUM) and said.leaf_has(WordKind.PART_MARK):
        return ColumnGuess(Field.MONTH_INVESTMENT, words)  # 累计完成投资 / 其中：6月
    if said.leaf_has(WordKind.SUM) or to_date or (said.group_has(WordKind.SUM) and not said.leaf_has(WordKind.DONE, WordKind.ALREADY)):
        # 6月累计完成: of June, or up to June; the figures must say.
        return ColumnGuess(None, f"{words}可指当月或累计", 0.5, (Field.YEAR_INVESTMENT, Field.MONTH_INVESTMENT, Field.TOTAL_INVESTED))
    return ColumnGuess(Field.MONTH_INVESTMENT, words)


def _undated(said: HeadSaid, words: str) -> ColumnGuess | None:
    did = said.has(*_DID)
    if said.times(When.YEAR):
        if did:
            return ColumnGuess(Field.YEAR_INVESTMENT, words, 0.9)
        return ColumnGuess(None, f"{words}是年度计划还是完成，不明", 0.5, (Field.ANNUAL_PLAN, Field.YEAR_INVESTMENT))
    if said.has(WordKind.SUM, WordKind.ALREADY):
        return ColumnGuess(None, f"{words}未说明口径", 0.5, _TO_DATE)
    if did:
        return ColumnGuess(None, f"{words}未说明口径", 0.5, (Field.YEAR_INVESTMENT, Field.MONTH_INVESTMENT, Field.TOTAL_INVESTED))
    if said.has(WordKind.INVEST):
        return ColumnGuess(None, f"{words}多半是总投资", 0.6, (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN), doubtful=True)
    return ColumnGuess(None, f"{words}未说明是什么金额", unknown=True)
