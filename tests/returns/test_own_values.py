"""What cells and typing mean in columns of the office's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.grid import CellValue
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import OwnColumn, OwnKind, OwnValue
from hydesk.returns.own_values import built_in_name, own_by_head, own_of_head, read_own

K = OwnKind
COLUMN = {k: OwnColumn("栏目", k, ("甲", "乙") if k is K.CHOICE else (), "亩" if k is K.NUMBER else "") for k in K}


@pytest.mark.parametrize(("kind", "cell", "value"), [
    (K.TEXT, " 某局 ", "某局"), (K.TEXT, 3.0, "3"), (K.TEXT, "x" * 2000, "x" * 2000), (K.NUMBER, "12.5亩", Decimal("12.5")), (K.MONEY, 2.0, 20_000),
    (K.DATE, "6月", LooseDate.of_month(2023, 6)), (K.DATE, "9-5", LooseDate(date(2023, 9, 5))), (K.CHOICE, "乙", "乙"),
    (K.YES_NO, "√", "是"), (K.YES_NO, "Yes", "是"), (K.YES_NO, 1.0, "是"), (K.YES_NO, "没有", "否"), (K.YES_NO, "X", "否"), (K.YES_NO, "0", "否"), (K.YES_NO, "—", None),
    (K.PERSON, "李 明、王五", "李明、王五"), (K.PERSON, "张三，张三\n李四/—", "张三、李四"), (K.PERSON, "—", None), (K.PERSON, "John Smith", "John Smith"),
    (K.TEXT, "", None), (K.MONEY, None, None)])
def test_what_a_cell_means(kind: K, cell: CellValue, value: OwnValue | None) -> None:
    assert read_own(COLUMN[kind], cell, 2023) == (value, None)


@pytest.mark.parametrize(("kind", "cell", "said"), [
    (K.TEXT, "x" * 2001, "最多 2000 个字，这里有 2001 个"), (K.NUMBER, "若干", "应是数字"), (K.MONEY, "很多", "应是金额"), (K.DATE, "尽快", "应是日期"),
    (K.CHOICE, "丙", "只能是甲、乙之一"), (K.YES_NO, "也许", "只能填是或否，不能填“也许”")])
def test_what_cannot_stand_there_is_said(kind: K, cell: CellValue, said: str) -> None:
    value, wrong = read_own(COLUMN[kind], cell, 2023)
    assert value is None
    assert wrong is not None
    assert said in wrong


def test_money_counts_in_the_unit_given() -> None:
    assert read_own(COLUMN[K.MONEY], 2.0, 2023, MoneyUnit.YI) == (200_000_000, None)


def test_a_head_means_a_column_by_the_whole_of_its_words_or_by_the_last_level() -> None:
    area, other = OwnColumn("用地面积", K.NUMBER, measure="亩", names=("占地",), id=1), OwnColumn("占地", id=2)
    heads = own_by_head((area, other))
    assert own_of_head(heads, ("用地面积",)) is own_of_head(heads, ("用地情况", "用地面积（亩）")) is area
    assert own_of_head(heads, ("占地",)) is area
    assert own_of_head(heads, ("用地", "面积")) is area
    assert own_of_head(heads, ("别的",)) is own_of_head(heads, ()) is own_of_head({}, ("占地",)) is None


def test_a_name_of_the_programs_own_is_known() -> None:
    assert (built_in_name("业主单位"), built_in_name("总投资（万元）"), built_in_name("用地面积")) == ("业主单位", "总投资", None)
