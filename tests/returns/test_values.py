"""Numbers and dates as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.money import MoneyUnit
from hydesk.returns.dates import read_date, read_years
from hydesk.returns.values import Reading, read_amount

WAN, YI = MoneyUnit.WAN, MoneyUnit.YI


@pytest.mark.parametrize(("words", "yuan"), [
    (1234.56, 12_345_600), ("1,234.56", 12_345_600), (" 12527 ", 125_270_000), ("４５６３０", 456_300_000),
    ("１６６１１．４９", 166_114_900), ("1.2亿", 120_000_000), ("3000万元", 30_000_000), ("1200元", 1200), ("386.86（万元）", 3_868_600),
    ("-1848.83", -18_488_300), (0, 0), (30370.00000000637, 303_700_000), (172.480102, 1_724_800), ("1.5E3", 15_000_000),
])
def test_reads_numbers_as_written(words: object, yuan: int) -> None:
    amount = read_amount(words, WAN)  # type: ignore[arg-type]
    assert (amount.reading, amount.yuan) == (Reading.NUMBER, yuan)


@pytest.mark.parametrize(("words", "yuan"), [("约3000", 30_000_000), ("3000左右", 30_000_000), ("近1.2亿元", 120_000_000)])
def test_reads_numbers_from_words_with_a_word_about_it(words: str, yuan: int) -> None:
    amount = read_amount(words, WAN)
    assert (amount.reading, amount.yuan) == (Reading.WORDS, yuan)


@pytest.mark.parametrize("words", ["同上月", "待统计", "3000左右待核", "100-200", "12.3.4", "见附件2", True, date(2023, 6, 1)])
def test_never_guesses_a_number(words: object) -> None:
    amount = read_amount(words, WAN)  # type: ignore[arg-type]
    assert (amount.reading, amount.yuan) == (Reading.TEXT, None)


@pytest.mark.parametrize("words", ["—", "/", "-", "无", "——", "\\"])
def test_placeholders_are_zero(words: str) -> None:
    assert read_amount(words, WAN).reading is Reading.PLACEHOLDER
    assert read_amount(words, WAN).yuan == 0


def test_errors_blanks_and_lost_formulas_are_told_apart() -> None:
    assert read_amount("#REF!", WAN).reading is Reading.ERROR_VALUE
    assert read_amount(" \u3000", WAN).reading is Reading.BLANK
    assert read_amount("", WAN, formula="=VLOOKUP(A1,B:C,2,0)").reading is Reading.FORMULA


@given(st.integers(min_value=-10**10, max_value=10**10))
def test_whole_hundreds_survive_any_unit(hundreds: int) -> None:
    """Up to a million million yuan, ten times the office's largest total."""
    yuan = hundreds * 100
    assert read_amount(str(Decimal(yuan) / YI.yuan), YI).yuan == yuan
    assert read_amount(str(Decimal(yuan) / WAN.yuan), WAN).yuan == yuan


@given(st.integers(min_value=1, max_value=10**9), st.floats(min_value=-1e-9, max_value=1e-9))
def test_floating_noise_does_not_change_an_amount(cents: int, noise: float) -> None:
    meant = Decimal(cents) / 100
    assert read_amount(float(meant) * (1 + noise * 1e-3), WAN).yuan == meant * 10_000


@given(st.text(max_size=30))
def test_no_words_raise(words: str) -> None:
    read_amount(words, WAN)
    read_date(words, 2023)
    read_years(words)


@pytest.mark.parametrize(("words", "day", "precision"), [
    ("2023年6月底", date(2023, 6, 30), Precision.MONTH), ("2023.6", date(2023, 6, 30), Precision.MONTH),
    (2023.6, date(2023, 6, 30), Precision.MONTH), ("2023-11", date(2023, 11, 30), Precision.MONTH),
    ("2023/9/1", date(2023, 9, 1), Precision.DAY), (45078, date(2023, 6, 1), Precision.DAY),
    ("二季度", date(2023, 6, 30), Precision.QUARTER), ("2024年第三季度", date(2024, 9, 30), Precision.QUARTER),
    (2023.0, date(2023, 12, 31), Precision.YEAR), ("2023年", date(2023, 12, 31), Precision.YEAR),
    ("20230615", date(2023, 6, 15), Precision.DAY),
])
def test_dates_keep_the_precision_they_were_given(words: object, day: date, precision: Precision) -> None:
    assert read_date(words, 2023) == LooseDate(day, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["尽快", "2023.13", "第五季度", "", None, 12.5])
def test_what_is_no_date_is_none(words: object) -> None:
    assert read_date(words, 2023) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("words", "years"), [
    ("2020.3-2023.12", (2020, 2023)), ("2023年至2025年", (2023, 2025)), ("2021—2024", (2021, 2024)), (2023.0, (2023, None)),
])
def test_reads_spans_of_years(words: object, years: tuple[int, int | None]) -> None:
    assert read_years(words) == years  # type: ignore[arg-type]
