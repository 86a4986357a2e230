"""The words of heads: brought to one form, known by name, and remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from hydesk.domain.fields import Field
from hydesk.domain.grid import CellValue
from hydesk.returns.aliases import ALIASES, SERIAL_HEADS
from hydesk.returns.text import is_blank, squeeze

T = TypeVar("T")
_UNIT_TAIL = re.compile(r"\((?:[^()]*?单位:?)?(?:千元|百万元|千万元|万元|亿元|元|%|万元、%|个|项)+\)|[(]\s*[)]")
WORDS = re.compile(
    r"投资|计划|完成|进度|问题|单位|时间|日期|资金|累计|本月|当月|年限|代码|编号|名称|地点|内容|规模|性质|类别|备注|电话|联系|"
    r"序号|开工|竣工|措施|年初|情况|占|入统|入库|工期|周期|业主|目标|领导|指标|数值|月份|\d+月|[一二三四五六七八九十]月"
)


_LATIN = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]{4,}[A-Za-z.,'’&/()\-]*|No\.?|YTD[A-Za-z.]*)(?:20\d\d)?$")


_CHINESE = re.compile("[\u4e00-\u9fff]")


def without_latin(text: str) -> str:
    """A squeezed head without the English that stands behind its Chinese words (项目名称ProjectName)."""
    cut = _LATIN.sub("", text)
    return cut if cut != text and re.search("[\u4e00-\u9fff]", cut) else text


def is_translation(values: Iterable[CellValue]) -> bool:
    """Whether a row repeats the head in English: words of Latin letters only, three or more of them."""
    words: list[str] = []
    for v in values:
        if not isinstance(v, str) and v is not None:
            return False  # figures stand in rows of projects
        if v and not is_blank(v):
            if _CHINESE.search(v):
                return False
            words.append(v)
    return len(words) >= 3 and sum(1 for w in words if re.search(r"[A-Za-z]{3}", w)) * 3 >= len(words) * 2


_MARKS = re.compile(r"^\s*[①-⑳⑴-⒇❶-❿]\s*(?=\S)|(?<=\S)\s*[①-⑳⑴-⒇❶-❿¹²³⁴-⁹※]+\s*$")
"""A number of the column or a mark of a note, which would become a figure of the words (⑥1-6月 is no 61-6月)."""


def head_cell(value: CellValue) -> str:
    """The words of a head's cell, squeezed."""
    return squeeze(_MARKS.sub("", str(value)))


_NUMBERED = re.compile(
    r"^(?:\(?\d{1,2}[).、]+|\(?[一二三四五六七八九十]{1,3}[)、.]+)(?=[\u4e00-\u9fff])"
    r"|^\d{1,2}(?=项目|序号|工程|总投资|建设|业主|责任|形象|存在|联系|备注|投资|计划|完成|年度|本月|当月|截[至止]|累计)")
"""2.项目名称, (3)总投资, ⑤形象进度: columns that are numbered in their own heads."""


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """A head's words squeezed, without units in brackets and a number of the column."""
    words = _UNIT_TAIL.sub("", without_latin(head_cell(text))).strip(":：、,，。.*★").casefold()
    return _NUMBERED.sub("", words)


def column_key(header: str) -> str:
    """A column's head as it is remembered: its path's words without spaces, units and the signs between levels."""
    return bare(header.replace("/", ""))


def recall(held: Mapping[tuple[str, str], T], unit: str | None, header: str) -> T | None:
    """What was decided for this column's head: for this reporting unit first, then for all."""
    key = column_key(header)
    own = held.get((unit, key)) if unit else None
    return own if own is not None else held.get(("", key))


KNOWN: dict[str, Field] = {bare(name): field for field, names in ALIASES.items() for name in names}
"""Every alias by its bare words."""


def known_field(words: str) -> Field | None:
    """The field that exactly these words name, after unit and spaces are taken off."""
    return KNOWN.get(bare(words))


def looks_like_head(value: CellValue) -> bool:
    """Whether a cell's words could stand in a head at all."""
    if not isinstance(value, str) or is_blank(value):
        return False
    words = bare(value)
    return len(words) <= 40 and (words in KNOWN or words in SERIAL_HEADS or bool(WORDS.search(words)))
