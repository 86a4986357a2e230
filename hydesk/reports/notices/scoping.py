"""The words by which patterns name scopes and groups: 省重点, 续建, 衡南县, 各级别, or a scope as it is written (docs/rules.md §17.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hydesk.domain.errors import HydeskError
from hydesk.domain.meaning import Meaning
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.domain.scopes.fields import ScopeField, ScopeKind
from hydesk.domain.scopes.scope import WHOLE, Condition, Scope, ScopeOp, one_of

ALL_WORDS = frozenset({"全部", "总体", "全市", "全县", "全州", "全区", "全省"})
_FIELDS = ("level", "class", "nature", "industry", "chain", "unit", "group", "batch", "investor", "stage", "lamp", "state")
"""Whose words may stand alone, without the field's name."""
_LEVEL = re.compile(r"(国家|省|市|州|区|县)(?:级|列|重)?(?:重点|重点建设)?(?:项目)?")
LEVEL_WORD = re.compile(r"(?<![全各本该我])(?:国家|省|市|州|县)(?:(?:级|列)?重点|级(?=项目)|列(?=项目))")
"""A level in the words of a notice: 省重点, 市级重点."""
_OF: Mapping[str, str] = {
    "级别": "level", "类别": "class", "类型": "class", "性质": "nature", "建设性质": "nature", "阶段": "stage", "产业": "industry",
    "优势产业": "industry", "行业": "industry", "产业链": "chain", "单位": "unit", "县市区": "unit", "地区": "unit", "填报单位": "unit",
    "分组": "group", "组": "group", "批次": "batch", "投资主体": "investor", "进度": "lamp", "联系领导": "leader", "领导": "leader",
    "市级联系领导": "city_leader", "县级包联领导": "county_leader", "包联领导": "county_leader", "隶属": "unit",
}
"""What projects are told apart by, in a block."""
def level_in(text: str) -> tuple[str, str]:
    """The level that ``text`` names last, as a scope's word and as it is written; empty where it names none."""
    found = list(LEVEL_WORD.finditer(text))
    said = found[-1].group() if found else ""
    return (f"{said[:2] if said.startswith('国家') else said[:1]}重点" if said else ""), said


LAGGING = (Meaning.LAGGING.label, Meaning.SERIOUSLY_LAGGING.label)


def scope_meant(text: str, choices: ScopeChoices, within: Scope = WHOLE) -> Scope:
    """The scope that ``text`` names: 省重点, 新建+省重点, 级别=省;性质=新建; narrower than ``within`` unless it says 全部.

    Raises HydeskError with a sentence where a word is not known, or may mean several things.
    """
    made = within
    for word in (w.strip() for w in re.split(r"[+＋]", text)):
        if word in ALL_WORDS:
            made = WHOLE
        elif re.search(r"[=~<>!≥≤≠＝＜＞]", word):
            made = made.also(*choices.meant(word).conditions)
        elif word:
            made = made.also(_condition(word, choices))
    return made


def _condition(word: str, choices: ScopeChoices) -> Condition:
    fields = choices.fields
    if word == LAGGING[0]:
        return one_of(fields["lamp"], LAGGING)
    level = _LEVEL.fullmatch(word)
    if level is not None and any(w.startswith(level[1]) for w in choices.words.get("level", ())):
        return _level(word, level[1], choices)
    bare = word.removesuffix("项目") or word
    keys = [*_FIELDS, *(k for k, f in fields.items() if k.startswith("own/") and f.kind is ScopeKind.WORD)]
    held = [(fields[k], w) for k in keys for w in (word, bare) if w in choices.words.get(k, ())]
    held = list({f.key: (f, w) for f, w in held}.values())
    if not held and bare in choices.short.get("unit", {}):
        held = [(fields["unit"], choices.short["unit"][bare])]
    if len(held) > 1:
        raise HydeskError(f"“{word}”可能是{'、'.join(f'{f.label}，也可能是' for f, _ in held[:-1])}{held[-1][0].label}，请写明，如 {held[0][0].label}={held[0][1]}。")
    if held:
        return one_of(held[0][0], [held[0][1]])
    if level is not None:
        return _level(word, level[1], choices)
    known = [w for k in ("level", "class", "nature", "group") for w in choices.words.get(k, ())]
    raise HydeskError(f"不认识“{word}”是哪些项目。可以写{'、'.join(known[:8])}等台账里的词，单位名称，滞后，或 级别=省;性质=新建 这样的范围。")


def _level(word: str, begins: str, choices: ScopeChoices) -> Condition:
    """省重点, 省级, 省列: every level that begins with 省."""
    found = [w for w in choices.words.get("level", ()) if w.startswith(begins)]
    if not found:
        raise HydeskError(f"台账里没有“{word}”这样的级别，现有的是：{'、'.join(choices.words.get('level', ())) or '都没有填'}。")
    return one_of(choices.fields["level"], found)


def field_meant(word: str, choices: ScopeChoices) -> ScopeField:
    """What projects are told apart by in ``各word``. Raises HydeskError where there is no such field."""
    key = _OF.get(word)
    if key is not None:
        return choices.fields[key]
    own = next((f for k, f in choices.fields.items() if k.startswith("own/") and word in (f.label, *f.names)), None)
    if own is None or own.kind.counted:
        raise HydeskError(f"不能按“{word}”分开说，可以用：{'、'.join(dict.fromkeys(_OF))}，或选项、文字类的自建栏目。")
    return own


def values_of(field: ScopeField, within: Scope, choices: ScopeChoices) -> Sequence[str]:
    """The values of ``field`` that projects of ``within`` have, in the office's order; those without one last, as an empty word."""
    held: dict[str, None] = {}
    for m in within.of(choices.members):
        value = field.read(m)
        held.update(dict.fromkeys(value if isinstance(value, tuple) else (value or "",)) if value else {"": None})
    order = choices.words.get(field.key, ())
    if field.key == "level":
        order = tuple(sorted(order, key=_rank))
    known = [w for w in order if w in held]
    return [*known, *sorted(w for w in held if w and w not in order), *([""] if "" in held else [])]


_LEVELS = ("国家", "省", "市", "州", "区", "县")


def _rank(level: str) -> int:
    """The place of a level, the highest first."""
    return next((i for i, begins in enumerate(_LEVELS) if level.startswith(begins)), len(_LEVELS))


def equals(field: ScopeField, value: str) -> Condition:
    """``field`` is ``value``; the empty word: it is not told."""
    return Condition(field, ScopeOp.IS, (value,))


def called(field: ScopeField, value: str) -> str:
    """What the projects of one value are called before the word 项目: 省重点, 省级重点, 未填类别的."""
    if not value:
        return f"未填{field.label}的"
    if field.key == "level" and "重点" not in value:
        return f"{value}重点"
    return value
