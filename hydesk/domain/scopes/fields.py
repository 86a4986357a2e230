"""What a scope may ask of a project: its fields, how each is called, and where its value comes from (§11.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from enum import Enum
from functools import lru_cache
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.meaning import Meaning
from hydesk.domain.own_columns import OwnColumn, OwnKind, show_own_value
from hydesk.domain.scopes.cases import Case
from hydesk.domain.standing import ProjectStanding


class ScopeKind(Enum):
    """What sort of value a field of a scope holds, and so how it is compared."""

    WORD = "word"
    """One word: a class, a unit. Empty where the project says nothing."""
    WORDS = "words"
    """Several at once: leaders, situations. A project is in when any of them is asked for."""
    TEXT = "text"
    """Words of a person, such as a name; not chosen from a list."""
    AMOUNT = "amount"
    """Whole yuan, None where nothing is known."""
    NUMBER = "number"
    """A number, such as a year."""

    @property
    def counted(self) -> bool:
        """Whether it is compared by size."""
        return self in (ScopeKind.AMOUNT, ScopeKind.NUMBER)


@dataclass(frozen=True, slots=True)
class ScopeMember:
    """A project with what was worked out of it at a period: all that a scope can ask for."""

    project: ProjectStanding
    meaning: Meaning = Meaning.NO_DATA
    stage: str = ""
    group: str = ""
    """The group (分组) its unit ranks in."""
    cases: frozenset[Case] = frozenset()


@dataclass(frozen=True, slots=True)
class ScopeField:
    """A field of scopes. ``key`` is its name in the grammar and in kept filters and never changes; ``names`` are further
    ones. ``judged``: its value depends on the period looked at, not on the list alone. ``begins``: a word typed short
    means every value that begins with it (省: 省级, 省重点)."""

    key: str
    label: str = field(compare=False)
    kind: ScopeKind = field(compare=False)
    read: Callable[[ScopeMember], Any] = field(compare=False)
    names: tuple[str, ...] = field(compare=False, default=())
    judged: bool = field(compare=False, default=False)
    begins: bool = field(compare=False, default=False)


_BETWEEN_NAMES = re.compile(r"[、，,；;／/\n]+")


@lru_cache(maxsize=8192)
def names_in(*texts: str) -> tuple[str, ...]:
    """The persons named in a leader's field: 张三、李四 are two. Spaces do not divide: names are written with them."""
    parts = (" ".join(part.split()) for text in texts for part in _BETWEEN_NAMES.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


_WORD, _WORDS, _TEXT, _AMOUNT, _NUMBER = ScopeKind.WORD, ScopeKind.WORDS, ScopeKind.TEXT, ScopeKind.AMOUNT, ScopeKind.NUMBER


def by_key(fields: Iterable[ScopeField]) -> dict[str, ScopeField]:
    """``fields`` by their keys."""
    return {f.key: f for f in fields}


SCOPE_FIELDS: Mapping[str, ScopeField] = by_key((
    ScopeField("level", "级别", _WORD, lambda m: m.project.level, ("项目级别",), begins=True),
    ScopeField("class", "类别", _WORD, lambda m: m.project.category, ("category", "项目类别")),
    ScopeField("nature", "性质", _WORD, lambda m: m.project.nature, ("建设性质",)),
    ScopeField("industry", "优势产业", _WORD, lambda m: m.project.industry, ("产业", "行业")),
    ScopeField("chain", "产业链", _WORD, lambda m: m.project.chain),
    ScopeField("unit", "单位", _WORD, lambda m: m.project.unit, ("县市区", "填报单位")),
    ScopeField("group", "分组", _WORD, lambda m: m.group, ("组",)),
    ScopeField("leader", "联系领导", _WORDS, lambda m: names_in(m.project.city_leader, m.project.county_leader),
               ("领导", "包联领导")),
    ScopeField("city_leader", "市级联系领导", _WORDS, lambda m: names_in(m.project.city_leader), ("市级领导",)),
    ScopeField("county_leader", "县级包联领导", _WORDS, lambda m: names_in(m.project.county_leader), ("县级领导",)),
    ScopeField("size", "总投资", _AMOUNT, lambda m: m.project.total_investment, ("total", "规模")),
    ScopeField("plan", "年度计划", _AMOUNT, lambda m: m.project.annual_plan, ("年度计划投资",)),
    ScopeField("batch", "批次", _WORD, lambda m: m.project.batch),
    ScopeField("investor", "投资主体", _WORD, lambda m: m.project.investor_kind),
    ScopeField("stage", "阶段", _WORD, lambda m: m.stage, judged=True),
    ScopeField("lamp", "进度", _WORD, lambda m: m.meaning.label, ("预警",), judged=True),
    ScopeField("state", "情形", _WORDS, lambda m: tuple(c.value for c in m.cases), ("状态",), judged=True),
    ScopeField("responsible", "责任单位", _TEXT, lambda m: m.project.responsible_unit),
    ScopeField("builder", "业主单位", _TEXT, lambda m: m.project.builder, ("业主",)),
    ScopeField("name", "项目名称", _TEXT, lambda m: m.project.name, ("名称",)),
    ScopeField("code", "编号", _TEXT, lambda m: m.project.code, ("市重点编号",)),
    ScopeField("start_year", "开工年份", _NUMBER, lambda m: m.project.start_year),
    ScopeField("finish_year", "竣工年份", _NUMBER, lambda m: m.project.finish_year),
))
"""The fields every ledger has. An office's own columns are added to these by whoever reads them of a ledger."""
_OWN_KINDS = {
    OwnKind.TEXT: _TEXT, OwnKind.NUMBER: _NUMBER, OwnKind.MONEY: _AMOUNT, OwnKind.DATE: _TEXT, OwnKind.CHOICE: _WORD,
    OwnKind.YES_NO: _WORD, OwnKind.PERSON: _WORDS}


def own_field(column: OwnColumn) -> ScopeField:
    """An own column as a field of scopes: by its key in kept filters, by its name and earlier names as typed."""
    kind = _OWN_KINDS[column.kind.base]

    def read(member: ScopeMember) -> Any:
        held = member.project.own.get(column.id)
        if kind.counted:  # words that were never a figure are none
            return None if isinstance(held, str) else held
        return names_in(str(held or "")) if kind is ScopeKind.WORDS else "" if held is None else show_own_value(held)

    return ScopeField(column.key, column.name, kind, read, column.names)


def fields_with(columns: Iterable[OwnColumn]) -> dict[str, ScopeField]:
    """The fields of a ledger that has these own columns."""
    return {**SCOPE_FIELDS, **by_key(map(own_field, columns))}
