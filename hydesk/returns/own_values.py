"""What a cell, or a person's typing, means in a column of the office's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from hydesk.domain.grid import CellValue
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import NO, YES, OwnColumn, OwnKind, OwnValue
from hydesk.domain.registers import RegisterField, RegisterKind
from hydesk.returns.head_words import bare, known_field
from hydesk.returns.register_rows import Lookups, read_value
from hydesk.returns.text import is_blank, shown, squeeze
from hydesk.returns.values import is_placeholder

_YES = frozenset(["是", "有", "√", "✓", "✔", "☑", "对", "y", "yes", "true", "1", "1.0", "已", "已是"])
_NO = frozenset(["否", "无", "×", "✗", "✘", "☒", "x", "不是", "没有", "错", "n", "no", "false", "0", "0.0", "未", "不"])
_BETWEEN = re.compile(r"[、,，;；/／\n]+")
_APART = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
"""Spaces by which two-character names are made as wide as three-character ones: 李 明."""
_SIGNS = re.compile(r"[()（）:：、·/\-—]")
"""Signs that part the words of a head."""
_LONGEST = 2000
_READ_AS = {OwnKind.NUMBER: RegisterKind.NUMBER, OwnKind.MONEY: RegisterKind.MONEY, OwnKind.DATE: RegisterKind.DATE,
            OwnKind.CHOICE: RegisterKind.CHOICE}


def read_own(
    column: OwnColumn, value: CellValue, year: int, unit: MoneyUnit = MoneyUnit.WAN
) -> tuple[OwnValue | None, str | None]:
    """The value of a cell or of what was typed, and a sentence where it cannot stand in ``column``.

    Money is counted in ``unit`` where the words do not say another; ``year`` is meant by dates such as 6月.
    """
    if is_blank(value):
        return None, None
    words = shown(value).strip()
    if len(words) > _LONGEST:
        return None, f"“{column.name}”最多 {_LONGEST} 个字，这里有 {len(words)} 个"
    kind = _READ_AS.get(column.kind.base)
    if kind is not None:
        field = RegisterField("", column.name, kind, column.choices, measure=column.measure)
        read, wrong = read_value(field, value, Lookups(year, _none, _none), unit)
        return read, wrong
    if column.kind is OwnKind.YES_NO:
        return _yes_no(column, words)
    if column.kind is OwnKind.PERSON:
        named = (_APART.sub("", p.strip()) for p in _BETWEEN.split(words))
        return "、".join(dict.fromkeys(p for p in named if p and not is_placeholder(p))) or None, None
    return words, None


def _none(_words: str) -> str | None:
    return None


def _yes_no(column: OwnColumn, words: str) -> tuple[OwnValue | None, str | None]:
    said = squeeze(words).casefold()
    if said in _YES:
        return YES, None
    if said in _NO:
        return NO, None
    if is_placeholder(words):
        return None, None
    return None, f"“{column.name}”只能填是或否，不能填“{words}”"


@lru_cache(maxsize=64)
def own_by_head(columns: tuple[OwnColumn, ...]) -> Mapping[str, OwnColumn]:
    """Every head that means one of ``columns``, in one form: with and without what a number counts (已交地面积（亩）), and
    whatever signs part its words (资金缺口（专项债）, 资金缺口：专项债)."""
    found: dict[str, OwnColumn] = {}
    for column in columns:
        for head in column.heads:
            for form in (head, f"{head}{column.measure}"):
                found.setdefault(_one_form(form), column)
    return found


def _one_form(head: str) -> str:
    return _SIGNS.sub("", bare(head))


def own_of_head(columns: Mapping[str, OwnColumn], path: tuple[str, ...]) -> OwnColumn | None:
    """The own column that a head means: by the whole of its words, or by the last level of them."""
    return columns.get(_one_form("".join(path))) or columns.get(_one_form(path[-1])) if path and columns else None


def built_in_name(name: str) -> str | None:
    """What the program's own field is called that ``name`` means in any return; None where it means none."""
    field = known_field(bare(name))
    return field.label if field is not None else None
