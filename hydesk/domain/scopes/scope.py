"""A scope: conditions on projects, all of which must hold (docs/rules.md §11.1)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import Enum
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.money import MoneyUnit, Yuan, in_unit
from hydesk.domain.scopes.fields import ScopeField, ScopeKind, ScopeMember

EMPTY = "未填"
"""How a value that is not there is written and said."""


ScopeValue = str | int | Decimal | None


class ScopeOp(Enum):
    """How a condition compares."""

    IS = "="
    IS_NOT = "!="
    HAS = "~"
    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"

    def fits(self, kind: ScopeKind) -> bool:
        """Whether values of ``kind`` can be compared so."""
        if self in (ScopeOp.IS, ScopeOp.IS_NOT):
            return True
        return not kind.counted if self is ScopeOp.HAS else kind.counted


_SIZES: dict[ScopeOp, Callable[[Any, Any], bool]] = {
    ScopeOp.AT_LEAST: operator.ge, ScopeOp.AT_MOST: operator.le, ScopeOp.ABOVE: operator.gt, ScopeOp.BELOW: operator.lt}
_SAID = {ScopeOp.IS: "为", ScopeOp.IS_NOT: "不是", ScopeOp.HAS: "含", ScopeOp.AT_LEAST: "不低于", ScopeOp.AT_MOST: "不超过",
         ScopeOp.ABOVE: "超过", ScopeOp.BELOW: "低于"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One field compared with some values: any of them will do, for ``IS_NOT`` none may be.

    Values are words, "" for one that is not there; for amounts whole yuan and for numbers exact ones, None for one that
    is not there.
    """

    field: ScopeField
    op: ScopeOp
    values: tuple[ScopeValue, ...]

    def holds(self, member: ScopeMember) -> bool:
        """Whether ``member`` meets it."""
        return self.test()(self.field.read(member))

    def test(self) -> Callable[[Any], bool]:
        """The same question of a value that was read already; asked of a whole column it is made once."""
        wanted = frozenset(self.values)
        if self.op in _SIZES:
            compare = _SIZES[self.op]
            return lambda value: value is not None and any(compare(value, v) for v in wanted)
        if self.field.kind is ScopeKind.WORDS:
            found = self._found_among(wanted)
        elif self.op is ScopeOp.HAS:
            parts = [str(v).lower() for v in wanted]
            found = lambda value: any(p in value.lower() for p in parts)  # noqa: E731
        else:
            found = wanted.__contains__
        return (lambda value: not found(value)) if self.op is ScopeOp.IS_NOT else found

    def _found_among(self, wanted: frozenset[ScopeValue]) -> Callable[[Any], bool]:
        if self.op is ScopeOp.HAS:
            parts = [str(v) for v in wanted]
            return lambda values: any(p in v for v in values for p in parts)
        if "" in wanted:
            return lambda values: not values or any(v in wanted for v in values)
        return lambda values: any(v in wanted for v in values)

    @property
    def words(self) -> str:
        """级别为省级、市级; 总投资不低于10亿元."""
        kind = self.field.kind
        if self.op is ScopeOp.HAS or (kind is ScopeKind.TEXT and self.values != ("",)):
            said = "、".join(f"“{value_words(v, kind)}”" for v in self.values)
        else:
            said = "、".join(value_words(v, kind) + ("元" if kind is ScopeKind.AMOUNT and v is not None else "") for v in self.values)
        return f"{self.field.label}{_SAID[self.op]}{said}"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which projects are meant: those that meet every condition; all of them where there is none."""

    conditions: tuple[Condition, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Whether any project may be left out."""
        return bool(self.conditions)

    @property
    def judged(self) -> bool:
        """Whether it depends on how projects stand at a period, not on the list alone."""
        return any(c.field.judged for c in self.conditions)

    def holds(self, member: ScopeMember) -> bool:
        """Whether ``member`` is in."""
        return all(c.holds(member) for c in self.conditions)

    def of(self, members: Iterable[ScopeMember]) -> list[ScopeMember]:
        """Those of ``members`` that are in, in their order."""
        tests = [(c.field.read, c.test()) for c in self.conditions]
        return [m for m in members if all(test(read(m)) for read, test in tests)]

    @property
    def words(self) -> str:
        """级别为省级，联系领导为市领导G; empty for all projects."""
        return "，".join(c.words for c in self.conditions)

    def chosen(self, field: ScopeField) -> frozenset[str]:
        """The words that ``field`` must be, where that is asked."""
        return frozenset(str(v) for c in self.conditions if c.field == field and c.op is ScopeOp.IS for v in c.values)

    def also(self, *conditions: Condition) -> Scope:
        """With these conditions too; one that is there already is not asked twice."""
        return Scope((*self.conditions, *(c for c in conditions if c not in self.conditions)))


WHOLE = Scope()
"""All projects."""


def one_of(field: ScopeField, values: Iterable[str]) -> Condition:
    """``field`` is any of ``values``."""
    return Condition(field, ScopeOp.IS, tuple(dict.fromkeys(values)))


def value_words(value: ScopeValue, kind: ScopeKind) -> str:
    """A value as a person writes it: 10亿, 省级, 未填."""
    if value is None or value == "":
        return EMPTY
    return amount_words(int(value)) if kind is ScopeKind.AMOUNT else str(value)


def amount_words(amount: Yuan) -> str:
    """Yuan in the unit that is shortest and exact: 10亿, 2500万, 1元 written 1元."""
    for unit, step, said in ((MoneyUnit.YI, 1_000_000, "亿"), (MoneyUnit.WAN, 100, "万")):
        if amount % step == 0 and abs(amount) >= unit.yuan:
            return f"{in_unit(amount, unit).normalize():f}{said}"
    return f"{amount}元" if amount % 100 else f"{in_unit(amount, MoneyUnit.WAN).normalize():f}万"
