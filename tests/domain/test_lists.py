"""The year's list: dividing without loss, grounds, counts both ways."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.domain.lists import Ground, count_packages, divide, read_ground, refuse_loss

ON = date(2023, 6, 5)


@pytest.mark.parametrize(("amount", "weights", "parts"), [
    (10, (1, 1, 1), [3, 3, 4]), (10, (0, 0), [5, 5]), (7, (2, 1), [4, 3]), (0, (1, 2), [0, 0]), (9, (0, 3), [0, 9]), (5, (), [])])
def test_an_amount_is_divided_by_weight_and_nothing_is_lost(amount: int, weights: tuple[int, ...], parts: list[int]) -> None:
    assert divide(amount, weights) == parts


def test_parts_must_make_up_the_whole_to_the_yuan() -> None:
    refuse_loss("总投资", 30_000, [10_000, 20_000])
    refuse_loss("总投资", None, [0, 0])
    with pytest.raises(HydeskError, match=r"合计 3\.00 万元，比原项目 2\.00 万元多 1\.00 万元"):
        refuse_loss("总投资", 20_000, [30_000])
    with pytest.raises(HydeskError, match=r"比原项目 4\.00 万元少 1\.00 万元"):
        refuse_loss("总投资", 40_000, [10_000, 20_000])
    with pytest.raises(HydeskError, match="不能是负数"):
        refuse_loss("总投资", 10_000, [-1, 10_001])


def test_a_ground_needs_a_reason_and_is_kept_with_its_document() -> None:
    with pytest.raises(HydeskError, match="请写明理由"):
        Ground(ON, " \n ").checked()
    ground = Ground(ON, " 用地\n未批 ", " 衡重办〔2023〕8号 ").checked()
    assert (ground.reason, ground.document, ground.on) == ("用地 未批", "衡重办〔2023〕8号", ON)
    assert read_ground(ground.text) == ("用地 未批", "衡重办〔2023〕8号")
    assert (Ground(ON, "调整").text, read_ground("调整")) == ("调整", ("调整", ""))


@pytest.mark.parametrize(("parts", "sentence"), [
    ([], "0 项"), ([0, 0], "2 项"), ([0, 1], "2 项，打包项目拆分后共 2 项（其中打包项目 1 项）"),
    ([3, 0, 2], "3 项，打包项目拆分后共 6 项（其中打包项目 2 项）")])
def test_a_package_counts_as_one_and_as_what_it_holds(parts: list[int], sentence: str) -> None:
    assert count_packages(parts).sentence == sentence
