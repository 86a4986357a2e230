"""Exact money at its edges: units, halves, groups, none and nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hydesk.domain.money import (
    MoneyUnit,
    format_money,
    format_percent,
    format_points,
    in_unit,
    points_between,
    rate,
    round_half_up,
    settled,
    spread,
    to_yuan,
)


@pytest.mark.parametrize(("unit", "yuan", "places"), [
    (MoneyUnit.YUAN, 1, 0), (MoneyUnit.THOUSAND, 1_000, 2), (MoneyUnit.WAN, 10_000, 2), (MoneyUnit.MILLION, 1_000_000, 2),
    (MoneyUnit.TEN_MILLION, 10_000_000, 2), (MoneyUnit.YI, 100_000_000, 4)])
def test_every_unit_counts_its_yuan_and_is_shown_with_its_decimals(unit: MoneyUnit, yuan: int, places: int) -> None:
    assert (unit.yuan, unit.places, in_unit(yuan, unit), to_yuan(Decimal(1), unit)) == (yuan, places, 1, yuan)
    assert format_money(yuan, unit) == f"{1:.{places}f}"


@pytest.mark.parametrize(("amount", "yuan"), [("0.00004", 0), ("0.00005", 1), ("0.00015", 2), ("-0.00005", -1), ("-0.00004", 0)])
def test_half_a_yuan_is_rounded_away_from_zero(amount: str, yuan: int) -> None:
    assert to_yuan(Decimal(amount), MoneyUnit.WAN) == yuan


def test_a_known_nothing_is_0_and_an_unknown_amount_is_a_dash() -> None:
    assert (format_money(None), format_money(0), format_money(0, MoneyUnit.YI)) == ("—", "0", "0")
    assert (format_percent(None), format_percent(Decimal(0)), format_points(None)) == ("—", "0.00%", "—")


def test_an_amount_below_half_of_the_last_decimal_is_shown_as_none_of_it() -> None:
    assert (format_money(49), format_money(50), format_money(-50)) == ("0.00", "0.01", "-0.01")


def test_thousands_are_parted_unless_the_text_is_for_typing() -> None:
    assert format_money(12_345_678_900) == "1,234,567.89"
    assert format_money(12_345_678_900, group=False) == "1234567.89"
    assert format_money(12_345_678_900, MoneyUnit.YI, 2) == "123.46"
    assert format_money(12_345_678_900, MoneyUnit.YI, 0) == "123"


def test_rates_and_points_are_said_to_their_own_decimals() -> None:
    assert format_percent(Decimal("0.87455")) == "87.46%"
    assert format_percent(Decimal("0.87455"), 1, sign=False) == "87.5"
    assert (format_points(Decimal("-0.03055")), format_points(Decimal("0.0304"))) == ("-3.06", "3.04")


@pytest.mark.parametrize(("one", "other", "told"), [
    ("0.441349", "0.416666", "2.46"), ("0.5", "0.416666", "8.33"), ("0.41667", "0.416666", "0.00"), ("0.32554", "0.5", "-17.45"),
    ("0.449950", "0.500049", "-5.00")])
def test_a_difference_of_rates_is_that_of_the_two_as_printed(one: str, other: str, told: str) -> None:
    """Whoever subtracts the printed rates finds what is printed beside them, though the exact difference may round otherwise."""
    between = points_between(Decimal(one), Decimal(other))
    assert format_points(between) == told
    shown = [Decimal(format_percent(Decimal(x), sign=False)) for x in (one, other)]
    assert between is not None
    assert between * 100 == shown[0] - shown[1]


def test_a_difference_with_an_unknown_side_is_unknown() -> None:
    assert (points_between(None, Decimal(1)), points_between(Decimal(1), None)) == (None, None)


def test_a_rate_needs_a_plan_and_a_figure() -> None:
    assert (rate(None, 5), rate(5, None), rate(5, 0)) == (None, None, None)
    assert (rate(0, 5), rate(3, 4), rate(-1, 4)) == (0, Decimal("0.75"), Decimal("-0.25"))


def test_what_dividing_leaves_does_not_part_equal_rates() -> None:
    third = Decimal(5) / 12
    assert third * Decimal("0.8") / third != Decimal("0.8")
    assert settled(third * Decimal("0.8") / third) == Decimal("0.8")
    assert settled(Decimal(2) / 3) == Decimal("0.666666666666666666666667")


def test_what_is_needed_each_month_is_rounded_up_and_never_below_none() -> None:
    assert (spread(10, 3), spread(9, 3), spread(-10, 3), spread(10, 0), spread(1, 1)) == (4, 3, 0, 0, 1)
    assert spread(Decimal("0.1"), 2) == 1


def test_halves_are_rounded_away_from_zero_at_any_decimal() -> None:
    assert [str(round_half_up(Decimal(v), p)) for v, p in (("0.125", 2), ("-0.125", 2), ("2.5", 0), ("1.24", 1))] == [
        "0.13", "-0.13", "3", "1.2"]
