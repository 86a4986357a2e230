"""The unit of money of every column of a form: its head's word, the line above, what was decided before, its neighbours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import column_letter
from hydesk.domain.money import MoneyUnit
from hydesk.domain.snapshot import Memory
from hydesk.returns.columns import guess_column
from hydesk.returns.forms.asked import Ask, AskKind, NotAsked
from hydesk.returns.head_words import recall
from hydesk.returns.table import Column, Table
from hydesk.returns.text import squeeze

_BY_WORD = re.compile(r"(千万元|百万元|千元|万元|亿元|元)[(](?:除)?([^()]{2,30})[)]|([^\s,，、;；:：()]{2,12})(?:为|以|:|：)(千万元|百万元|千元|万元|亿元|元)")
_UNIT_BEFORE = re.compile(r"^.*?单位[:：]?")
_ASSUMED = MoneyUnit.WAN


def units_of_columns(
    table: Table, asks: Mapping[int, Ask | NotAsked], memory: Memory, unit_name: str | None,
) -> tuple[dict[int, MoneyUnit], list[Finding]]:
    """By column; a form that says no unit anywhere is taken to count in 万元, and that is told."""
    found: dict[int, MoneyUnit] = {}
    open_columns: list[Column] = []
    mixed = _mixed(table)
    for number, ask in asks.items():
        if not isinstance(ask, Ask) or not (ask.money or ask.kind is AskKind.OWN):
            continue
        column = table.columns[number]
        unit = column.said_unit or recall(memory.units, unit_name, column.header) or _from_line(column, ask, mixed) or table.words.unit
        if unit is not None:
            found[number] = unit
        elif ask.money:
            open_columns.append(column)
    if not open_columns:
        return found, []
    told = {found[n] for n in found}
    usual = next(iter(told)) if len(told) == 1 else _ASSUMED
    for column in open_columns:
        found[column.number] = usual
    if told:
        return found, []
    letters = "、".join(column_letter(c.number) for c in open_columns)
    return found, [Finding(Level.WARNING, "unit_assumed", (
        f"表“{table.sheet.name}”没有写金额单位，{letters}列已按{usual.value}填写。请核对；不对时在表上写明单位再填。"), table.sheet.name)]


def _mixed(table: Table) -> list[tuple[str, MoneyUnit]]:
    """单位：亿元（总投资）、万元（其他）: the words of columns with their units."""
    pairs: list[tuple[str, MoneyUnit]] = []
    for line in table.words.lines:
        text = squeeze(line)
        if "单位" not in text or len(set(re.findall("千万元|百万元|千元|万元|亿元|元", text))) < 2:
            continue
        for m in _BY_WORD.finditer(_UNIT_BEFORE.sub("", text)):
            pairs.append((m[2] or m[3], MoneyUnit(m[1] or m[4])))
    return pairs


def _from_line(column: Column, ask: Ask, mixed: list[tuple[str, MoneyUnit]]) -> MoneyUnit | None:
    """By the line above, which names columns in its own words: 总投资 is 投资规模 and 计划总投资 too."""
    words = squeeze("".join(column.path))
    for said, unit in mixed:
        for w in re.split("[、和及,，]", said):
            if w and (w in words or (ask.field is not None and guess_column((w,), ask.period).field is ask.field)):
                return unit
    return next((unit for said, unit in mixed if re.match("其[他它余]", said)), None)
