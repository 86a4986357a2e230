"""Two desks look through one return: neither's decisions are written over by the other's."""

from __future__ import annotations

from typing import Any

import pytest

from hydesk.services.returns.merge_decisions import merge_decisions

BASE: dict[str, Any] = {"settled": {"a": "知道了"}, "corrections": [["表", 3, "month_investment", "120"]], "projects": [], "by_hand": []}


def but(**parts: Any) -> dict[str, Any]:
    return BASE | parts


@pytest.mark.parametrize(("mine", "theirs", "settled"), [
    (but(settled={"a": "知道了", "b": "退回"}), BASE, {"a": "知道了", "b": "退回"}),
    (BASE, but(settled={"a": "退回"}), {"a": "退回"}),
    (but(settled={"a": "知道了", "b": "退回"}), but(settled={"a": "知道了", "c": "采用来表"}), {"a": "知道了", "b": "退回", "c": "采用来表"}),
    (but(settled={}), but(settled={"a": "知道了", "c": "退回"}), {"c": "退回"}),
    (but(settled={"a": "退回"}), but(settled={"a": "以后再问"}), {"a": "退回"}),
])
def test_each_answer_stays_and_the_later_one_counts_where_both_answered(
        mine: dict[str, Any], theirs: dict[str, Any], settled: dict[str, str]) -> None:
    assert merge_decisions(BASE, mine, theirs)["settled"] == settled


def test_corrections_and_the_unit_are_put_together_too() -> None:
    mine = but(corrections=[["表", 3, "month_investment", "120"], ["表", 4, "month_investment", "80"]], unit="衡南县")
    theirs = but(corrections=[["表", 3, "month_investment", "130"]], projects=[["表", 9, "HY2023-001"]])
    merged = merge_decisions(BASE, mine, theirs)
    assert merged["corrections"] == [["表", 3, "month_investment", "130"], ["表", 4, "month_investment", "80"]]
    assert merged["projects"] == [["表", 9, "HY2023-001"]]
    assert merged["unit"] == "衡南县"
    assert merge_decisions(BASE, BASE, theirs) == theirs
    assert merge_decisions({}, mine, {}) == mine
