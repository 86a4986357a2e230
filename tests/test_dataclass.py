"""``hydesk.dataclass`` against the standard decorator: the same class to whoever uses it, its methods made when asked for."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any

import pytest

import hydesk.domain
from hydesk.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Sum:
    """A frozen class with every kind of field that the program has."""

    amount: int
    unit: str = "万元"
    parts: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)
    seen: int = field(default=0, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class StandardSum:
    amount: int
    unit: str = "万元"
    parts: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)
    seen: int = field(default=0, compare=False, repr=False)


@dataclass(slots=True)
class Tally:
    count: int = 0
    names: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Day:
    number: int

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("no such day")


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    name: str


@dataclass(frozen=True, slots=True)
class Own:
    name: str

    def __repr__(self) -> str:
        return "own"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own)

    def __hash__(self) -> int:
        return 7


def _standard(cls: type[Any]) -> type[Any]:
    """The same fields through the standard decorator."""
    space: dict[str, Any] = {"__module__": cls.__module__}
    if hasattr(cls, "__post_init__"):
        space["__post_init__"] = cls.__post_init__
    return dataclasses.make_dataclass(cls.__name__, [(f.name, f.type, copy.copy(f)) for f in fields(cls)], namespace=space,
                                      frozen="__setattr__" in vars(cls), slots="__slots__" in vars(cls))


def _of_domain() -> Iterator[type[Any]]:
    for module in pkgutil.walk_packages(hydesk.domain.__path__, "hydesk.domain."):
        here = importlib.import_module(module.name)
        yield from (c for c in vars(here).values() if isinstance(c, type) and dataclasses.is_dataclass(c) and c.__module__ == here.__name__)


def test_every_class_of_the_domain_is_called_and_hashed_as_the_standard_decorator_has_it() -> None:
    classes = list(_of_domain())
    assert len(classes) > 100
    for cls in classes:
        standard = _standard(cls)
        assert str(inspect.signature(cls)) == str(inspect.signature(standard)), cls
        assert cls.__init__.__annotations__ == standard.__init__.__annotations__, cls
        assert (cls.__hash__ is None) == (standard.__hash__ is None), cls
        assert cls.__match_args__ == standard.__match_args__, cls


@pytest.mark.parametrize("given", [(1,), (1, "亿元"), (1, "亿元", (2, 3), ["x"], 4)])
def test_a_value_shows_compares_and_hashes_as_the_standard_one(given: tuple[Any, ...]) -> None:
    ours, standard = Sum(*given), StandardSum(*given)
    assert repr(ours) == repr(standard).removeprefix("Standard")
    assert [getattr(ours, f.name) for f in fields(ours)] == [getattr(standard, f.name) for f in fields(standard)]
    assert ours == Sum(*given)
    assert ours != replace(ours, amount=2)
    assert ours == replace(ours, seen=9)
    assert ours != standard


def test_values_hash_by_what_is_compared() -> None:
    assert len({Day(1), Day(1), Day(2)}) == 2
    assert hash(Day(3)) == hash((3,))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Tally())
    assert len({Face("宋体"), Face("宋体")}) == 2, "each is itself only"


def test_each_value_gets_a_list_of_its_own() -> None:
    Sum(1).notes.append("x")
    assert Sum(1).notes == []
    assert Tally().names == {}


@pytest.mark.parametrize("change", [
    lambda s: setattr(s, "amount", 2), lambda s: delattr(s, "amount"), lambda s: s.__init__.__self__.__setattr__("unit", "")])
def test_a_frozen_value_stays_as_it_is(change: Callable[[Any], None]) -> None:
    with pytest.raises(FrozenInstanceError, match=r"cannot (assign to|delete) field '(amount|unit)'"):
        change(Sum(1))
    with pytest.raises(FrozenInstanceError, match="field 'other'"):
        Day(1).other = 1  # type: ignore[attr-defined]


def test_what_may_change_changes() -> None:
    tally = Tally()
    tally.count += 1
    assert tally == Tally(1) != Tally()


def test_a_value_travels_between_processes_and_is_copied_deep() -> None:
    sum_ = Sum(1, "元", (4,), ["x"], 5)
    for other in pickle.loads(pickle.dumps(sum_)), copy.deepcopy(sum_), copy.copy(sum_):
        assert other == sum_
        assert other.seen == 5


def test_what_a_class_says_itself_holds() -> None:
    assert repr(Own("a")) == "own"
    assert Own("a") == Own("b")
    assert hash(Own("a")) == 7
    with pytest.raises(ValueError, match="no such day"):
        Day(0)


def test_a_wrong_call_is_told_as_the_standard_one() -> None:
    with pytest.raises(TypeError, match=r"Sum\.__init__\(\) missing 1 required positional argument: 'amount'"):
        Sum()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
        Sum(1, colour=2)  # type: ignore[call-arg]


def test_a_heir_has_its_own_methods_and_its_base_s_fields() -> None:
    @dataclass(frozen=True, slots=True)
    class Base:
        """A base."""

        a: int

    @dataclass(frozen=True, slots=True)
    class Heir(Base):
        """An heir."""

        b: int = 2

    assert Heir(1) == Heir(1, 2) != Base(1)  # type: ignore[comparison-overlap]
    assert repr(Heir(1)).endswith("Heir(a=1, b=2)")
    with pytest.raises(FrozenInstanceError):
        Heir(1).a = 3  # type: ignore[misc]


def test_methods_are_made_when_they_are_asked_for() -> None:
    @dataclass(frozen=True, slots=True)
    class Seldom:
        """Nobody makes one at first."""

        a: int

    assert not inspect.isfunction(vars(Seldom)["__init__"])
    assert Seldom(1).a == 1
    assert inspect.isfunction(vars(Seldom)["__init__"])
    assert not inspect.isfunction(vars(Seldom)["__eq__"])
