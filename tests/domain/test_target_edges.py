"""Targets without a base, kinds of own columns, points of a plan: what one step aside would change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.targets import Target, TargetKind, Way, mean_growth, needed_by, path_of, stand

D = Decimal
K = TargetKind


def level(**more: object) -> Target:
    return Target(**({"kind": K.LEVEL, "value": D(100), "year": 2025, "base_year": 2020, "base": D(50)} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("target", "year", "needed"), [
    (level(), 2020, 50), (level(), 2022, 70), (level(), 2025, 100), (level(), 2030, 100), (level(), 2019, 50), (level(base=None), 2022, None), (level(base_year=None), 2022, None),
    (level(base_year=2025), 2022, None), (level(base_year=2026), 2022, None), (level(year=None), 2022, 100), (level(kind=K.GROWTH, base=None), 2021, 20), (level(kind=K.COUNT, base=None, value=D(3)), 2022, 1),
    (level(kind=K.COUNT, base=None, value=D(3)), 2024, 2), (level(kind=K.PER_YEAR, value=D(7)), 2021, 7), (level(kind=K.GROWTH_PER_YEAR, value=D(7)), 2021, 7), (level(kind=K.AT_MOST, base=None), 2022, None)])
def test_what_the_path_asks_for_by_a_year(target: Target, year: int, needed: int | None) -> None:
    assert needed_by(target, year) == needed


@pytest.mark.parametrize(("target", "way", "gap", "said"), [
    (level(), Way.UNKNOWN, None, "还没有填最新值"), (level(latest=D(70)), Way.UNKNOWN, None, "还没有填最新值"), (level(latest=D(70), latest_year=2022), Way.ON_PATH, 0, "2022年应达到70，实际70"),
    (level(latest=D("69.99"), latest_year=2022), Way.BEHIND, D("-0.01"), "2022年应达到70，实际69.99，差0.01"), (level(latest=D(100), latest_year=2022), Way.REACHED, 30, "2022年为100，已达到目标100"),
    (level(kind=K.AT_MOST, value=D(10), latest=D(10), latest_year=2022), Way.REACHED, 24, "已达到目标10"), (level(kind=K.AT_MOST, value=D(10), latest=D(34), latest_year=2022), Way.ON_PATH, 0, "2022年应不高于34，实际34"),
    (level(kind=K.AT_MOST, value=D(10), latest=D(35), latest_year=2022), Way.BEHIND, -1, "差1"), (level(base=None, latest=D(70), latest_year=2022), Way.UNKNOWN, None, "缺少基期年或基期值"),
    (level(kind=K.PER_YEAR, value=D(7), latest=D(7), latest_year=2022), Way.ON_PATH, 0, "应达到7，实际7"), (level(kind=K.PER_YEAR, value=D(7), latest=D(6), latest_year=2022), Way.BEHIND, -1, "差1"),
    (level(kind=K.GROWTH_PER_YEAR, value=D(7), latest=D(6), latest_year=2022, series=((2021, D(8)), (2022, D(6)))), Way.BEHIND, D("-0.0047"), "年均应达到7，2021—2022年平均7，差0"),
    (level(kind=K.GROWTH_PER_YEAR, value=D(7), latest=D(8), latest_year=2021, series=((2020, D(1)), (2021, D(8)))), Way.ON_PATH, 1, "2021年应达到7，实际8")])
def test_how_a_target_stands(target: Target, way: Way, gap: Decimal | int | None, said: str) -> None:
    found = stand(target)
    assert (found.way, found.gap) == (way, gap)
    assert said in found.reason


def test_the_path_beside_what_was_reached() -> None:
    made = path_of(level(series=((2021, D(55)), (2022, D(75))), latest_year=2023, latest=D(80)))
    assert [(p.year, p.needed, p.actual, p.ahead) for p in made] == [
        (2020, 50, 50, 0), (2021, 60, 55, -5), (2022, 70, 75, 5), (2023, 80, 80, 0), (2024, 90, None, None), (2025, 100, None, None)]
    early = path_of(level(series=((2019, D(40)),)))
    assert [(p.year, p.needed, p.actual, p.ahead) for p in early[:2]] == [(2019, None, 40, None), (2020, 50, 50, 0)]
    assert path_of(Target(K.LEVEL, D(1), None)) == []


def test_growth_of_several_years_is_the_one_that_comes_to_as_much() -> None:
    assert mean_growth([D(10), D(10)]) == 10
    assert mean_growth([D(21), D(0)]) == 10
    assert mean_growth([D(-100), D(50)]) == -100


def test_amounts_of_money_are_said_with_their_unit_and_no_other_kind() -> None:
    with_unit = {k for k in OwnKind if k.label != k.short}
    assert OwnKind.MONEY in with_unit
    assert all(k.label == f"{k.short}（万元）" and "金额" in k.short for k in with_unit)
    assert [k.short for k in (OwnKind.TEXT, OwnKind.NUMBER, OwnKind.MONEY, OwnKind.DATE, OwnKind.CHOICE, OwnKind.YES_NO, OwnKind.PERSON)] == [
        "文字", "数字", "金额", "日期", "选项", "是否", "人员"]
    column = OwnColumn("用地", OwnKind.NUMBER, measure="亩", names=("占地", "用地"), id=7)
    assert (column.key, column.head, column.heads, column.is_figure) == ("own/7", "用地（亩）", ("用地", "用地（亩）", "占地"), True)
    assert (OwnColumn("征拆", OwnKind.MONEY, measure="亩").head, OwnColumn("征拆").head, OwnColumn("征拆").is_figure) == ("征拆（万元）", "征拆", False)
