"""Initials from the shipped table are those of the dictionaries it was made from."""

from __future__ import annotations

import json

import pytest
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from hydesk.domain.pinyin import initials
from hydesk.resource_files import resource


def of_dictionary(text: str) -> str:
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()


@pytest.mark.parametrize(("name", "letters"), [
    ("衡州大道", "hzdd"), ("重庆路", "cql"), ("重点项目", "zdxm"), ("长沙银行", "csyh"), ("银行网点", "yhwd"),
    ("洣水大桥", "msdq"), ("人行道", "rxd"), ("HY-2023 5G基站（二期）", "hy-2023 5gjz（eq）"), ("二〇二三", "eles"), ("", "")])
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_every_phrase_of_the_dictionary_and_every_demonstration_word_is_read_alike() -> None:
    words = json.loads(resource("demo", "vocabulary.json").read_text(encoding="utf-8"))
    texts = [*PHRASES_DICT, json.dumps(words, ensure_ascii=False)]
    assert [text for text in texts if initials(text) != of_dictionary(text)] == []
