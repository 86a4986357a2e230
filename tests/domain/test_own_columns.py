"""Columns of the office's own as values: what is written comes back, what is shown says it whole, names never collide."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.fields import Field
from hydesk.domain.own_columns import (
    SHIPPED,
    OwnColumn,
    OwnKind,
    OwnValue,
    column_faults,
    own_sort_key,
    plain_digits,
    read_own_value,
    same_name,
    show_own_value,
    tidy,
    told_in_log,
    write_own_value,
)

NUMBERS = st.decimals(-10**15, 10**15, allow_nan=False, allow_infinity=False)
DAYS = st.builds(LooseDate, st.dates(date(1950, 1, 1), date(2199, 12, 31)), st.sampled_from(Precision))
OF_KIND: dict[OwnKind, st.SearchStrategy[OwnValue]] = {
    OwnKind.TEXT: st.text(min_size=1), OwnKind.NUMBER: NUMBERS, OwnKind.MONEY: st.integers(-10**15, 10**15), OwnKind.DATE: DAYS,
    OwnKind.CHOICE: st.sampled_from(["甲", "乙"]), OwnKind.YES_NO: st.sampled_from(["是", "否"]),
    OwnKind.PERSON: st.sampled_from(["张三", "张三、李四"])}


@given(st.sampled_from(OwnKind).flatmap(lambda kind: st.tuples(st.just(kind), OF_KIND[kind.base])))
def test_what_is_written_is_read_again(held: tuple[OwnKind, OwnValue]) -> None:
    kind, value = held
    text = write_own_value(value)
    assert text is not None
    again = read_own_value(kind, text)
    assert again == value
    assert type(again) is type(value)
    assert write_own_value(again) == text


@given(NUMBERS)
def test_a_number_is_shown_with_every_digit_that_counts(number: Decimal) -> None:
    shown = show_own_value(number)
    assert Decimal(shown.replace(",", "")) == number
    assert "E" not in plain_digits(number)
    assert not (plain_digits(number).partition(".")[2]).endswith("0")


@given(st.integers(-10**15, 10**15))
def test_the_log_tells_money_to_the_yuan(yuan: int) -> None:
    said = told_in_log(OwnKind.MONEY, str(yuan)).removesuffix("万元").replace(",", "")
    assert Decimal(said) * 10_000 == yuan


@pytest.mark.parametrize(("kind", "text"), [(OwnKind.MONEY, "约三千"), (OwnKind.NUMBER, "NaN"), (OwnKind.DATE, "去年"), (OwnKind.NUMBER, "")])
def test_words_that_no_value_can_be_are_given_as_they_stand_and_sorted_last(kind: OwnKind, text: str) -> None:
    assert read_own_value(kind, text) == text
    assert own_sort_key(OwnColumn("甲", kind), text) is None


def test_choices_are_sorted_in_the_offices_order_and_one_that_is_none_comes_after_them() -> None:
    column = OwnColumn("办理方式", OwnKind.CHOICE, ("先办", "后办", "免办"))
    held = ["免办", "另办", "先办", "后办"]
    assert sorted(held, key=lambda v: own_sort_key(column, v)) == ["先办", "后办", "免办", "另办"]
    assert own_sort_key(OwnColumn("是否", OwnKind.YES_NO), "是") < own_sort_key(OwnColumn("是否", OwnKind.YES_NO), "否")


@given(st.sampled_from(Field), st.sampled_from(["", " ", "　"]))
def test_no_own_column_takes_the_name_of_a_field(field: Field, space: str) -> None:
    name = space.join(field.label)
    assert any("台账已有的栏目" in f for f in column_faults(tidy(OwnColumn(name)), []))


def test_no_two_columns_mean_one_head() -> None:
    held = OwnColumn("用地面积", OwnKind.NUMBER, measure="亩", names=("占地",), id=1)
    for name in ("用地面积", "用 地 面积", "占地", "用地面积(亩)"):
        assert column_faults(OwnColumn(name, id=2), [held]), name
    assert column_faults(OwnColumn("面积", names=("占地",), id=2), [held])
    assert not column_faults(OwnColumn("用地面积（平方米）", id=2), [held])
    assert not column_faults(held, [held])
    retired = OwnColumn("用地面积", id=1, retired=True)
    assert "恢复" in column_faults(OwnColumn("用地面积", id=2), [retired])[0]


def test_edges_of_a_definition() -> None:
    assert column_faults(tidy(OwnColumn(" \n")), [])
    assert not column_faults(OwnColumn("字" * 30), [])
    assert column_faults(OwnColumn("字" * 31), [])
    assert column_faults(OwnColumn("方式", OwnKind.CHOICE), [])
    sixty = tuple(f"第{n}种" for n in range(60))
    assert not column_faults(OwnColumn("方式", OwnKind.CHOICE, sixty), [])
    assert column_faults(OwnColumn("方式", OwnKind.CHOICE, (*sixty, "再多")), [])


def test_a_definition_is_kept_without_what_nobody_sees() -> None:
    told = tidy(OwnColumn(" 方\x00式 ", OwnKind.CHOICE, ("甲", " 甲 ", "", "乙"), "个", ("方式", "办法")))
    assert told == OwnColumn("方式", OwnKind.CHOICE, ("甲", "乙"), "", ("办法",))
    assert tidy(told) == told


def test_shipped_columns_are_no_fields_and_stand_beside_each_other() -> None:
    for column in SHIPPED:
        assert not column_faults(column, [c for c in SHIPPED if c is not column] and
                                 [OwnColumn(c.name, names=c.names, id=n) for n, c in enumerate(SHIPPED, 1) if c is not column])
        assert same_name(column.name) not in {same_name(f.label) for f in Field}
