"""A cell made to keep the reader busy is read or refused at once: its length costs no more than its length."""

from __future__ import annotations

import pytest

from hydesk.returns.amount_words import LONGEST, read_words
from hydesk.returns.text import loose_key


@pytest.mark.parametrize("text", ["(" * 50_000, "完成500" + "（其中" * 20_000, "长" * (LONGEST + 1)])
def test_words_longer_than_any_amount_are_none(text: str) -> None:
    assert read_words(text) is None


def test_words_of_an_amount_are_read_up_to_the_bound() -> None:
    told = read_words("5000（其中" + "专项债" * 100 + "2000）")
    assert told is None or told.number == 5000


@pytest.mark.parametrize(("name", "key"), [
    ("5" + "项目" * 16_000, "5"), ("甲路" + "工程" * 9_000 + "设", "甲路" + "工程" * 9_000 + "设"), ("甲建设项目", "甲"), ("甲建设", "甲"), ("项目", "项目")])
def test_the_endings_of_a_long_name_are_cut_once(name: str, key: str) -> None:
    assert loose_key(name) == key
