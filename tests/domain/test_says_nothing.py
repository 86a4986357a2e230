"""Problem fields that say nothing (docs/rules.md §6.2): every clause on the list, and nothing that only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.domain.says_nothing import NOTHING, SOLVED, clauses, is_written, says_nothing, says_solved


@pytest.mark.parametrize("words", [
    None, "", "  ", "—", "/", "-", "──", "……", "。", "无", "暂无", "无。", "无、", "无/", "暂无！", "无困难", "正常", "进展顺利", "无需协调", "无存在问题",
    "正常推进，暂无问题", "无，无", "无;无", "无\n无", "无 无", "暂 无", "无问题 无困难", "1.无 2.无", "1.无2.无", "1、无；2、无", "①无②无",
    "（1）无（2）无", "(一)无(二)无", "一、无\n二、无", "一、无 二、无", "10.无 11.无", "存在问题：无", "N/A", "None", "没有问题. 正常", "（无）", "“无”"])
def test_what_says_nothing(words: str | None) -> None:
    assert says_nothing(words)
    assert not says_solved(words)


@pytest.mark.parametrize("words", [
    "无施工许可证", "无资金", "无法施工", "1.无施工许可证", "无，但征地未完成", "正常推进，缺资金300万元", "1.无 2.资金缺口1.5亿元",
    "问题", "1.5亿元缺口", "正常供电未通", "已解决", "存在问题：征地", "无 施工许可证", "进展顺利但用地未批", "缺口2.无来源", "三通一平未完成", "2", "无2"])
def test_what_says_something(words: str) -> None:
    assert not says_nothing(words)
    assert is_written(words)


def test_the_office_adds_words_of_its_own() -> None:
    assert not says_nothing("同上月")
    assert says_nothing("同上月，无", ["同上月"])
    assert says_nothing("Same", ["ＳＡＭＥ"])
    assert says_nothing("同 上 月", ["同上月"])
    assert not says_nothing("同上月征地未完成", ["同上月"])


@pytest.mark.parametrize(("words", "solved"), [
    ("已解决", True), ("已解决，无", True), ("上月问题已解决，暂无问题", True), ("1.已解决 2.已销号", True), ("无", False), ("", False),
    (None, False), ("用地问题已解决，资金未到位", False), ("已解决，资金未到位", False)])
def test_solved_alone_is_no_new_problem(words: str | None, solved: bool) -> None:
    assert says_solved(words) is solved


@pytest.mark.parametrize(("words", "written"), [
    (None, False), ("", False), ("—", False), ("……", False), ("1.", False), ("无", True), ("打桩", True)])
def test_progress_is_written_where_any_word_stands(words: str | None, written: bool) -> None:
    assert is_written(words) is written


def test_clauses_lose_their_numbers_and_keep_amounts() -> None:
    assert clauses("1.征地未完成；2.缺资金1.5亿元。（3）无") == ["征地未完成", "缺资金1.5亿元", "无"]
    assert clauses("２、线路 迁改") == ["线路迁改"]


NUMBERS = ("", "1.", "2、", "（3）", "①", "一、", "(二)", "10．")
MARKS = ("，", "。", "；", "、", ",", ";", "\n", " ")


@given(st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(sorted(NOTHING))), min_size=1, max_size=4), st.sampled_from(MARKS))
def test_any_numbered_list_of_nothings_says_nothing(parts: list[tuple[str, str]], mark: str) -> None:
    assert says_nothing(mark.join(number + word for number, word in parts))


@given(st.lists(st.sampled_from(sorted(NOTHING)), max_size=3), st.sampled_from(MARKS[:-1]), st.sampled_from(["征地未完成", "缺资金3亿元"]))
def test_one_real_clause_is_enough(parts: list[str], mark: str, real: str) -> None:
    assert not says_nothing(mark.join([*parts, real]))


def test_every_word_of_the_lists_is_a_clause_as_it_is_compared() -> None:
    assert all(clauses(w) == [w] for w in NOTHING | SOLVED)
