"""Dataclasses whose methods are made when first asked for.

The standard decorator writes up to six methods of each class as source text and compiles them, half a millisecond a class on
Python 3.11. The window meets two hundred classes before its first page stands, a command sixty, and of most of them not one
value is ever made, compared or shown. Here the standard decorator only finds the fields and makes the slots; each method is
compiled when somebody first asks for it, and stands in the class from then on. To its users, and to mypy, the class is a
dataclass like any other: ``field``, ``fields``, ``replace`` and ``asdict`` are the standard ones.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        """As ``dataclasses.dataclass``, of whose choices these are the ones that the program takes."""
        def make(made):
            return _dataclass(made, frozen=frozen, slots=slots, eq=eq)

        return make if cls is None else make(cls)


class _Late:
    """Stands for a method until somebody asks for it; then it is made and takes this one's place."""

    __slots__ = ("_make", "_name", "_of")

    def __init__(self, of: type[Any], name: str, make: Callable[[type[Any]], Any]) -> None:
        self._of, self._name, self._make = of, name, make

    def __get__(self, one: object, cls: type[Any] | None = None) -> Any:
        made = self._make(self._of)
        made.__qualname__ = f"{self._of.__qualname__}.{self._name}"
        setattr(self._of, self._name, made)
        return made if one is None else made.__get__(one, cls)


def _dataclass(cls: type[Any], *, frozen: bool, slots: bool, eq: bool) -> type[Any]:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the standard decorator asks for the signature, which makes __init__
    own = set(vars(cls))
    hashed = vars(cls).get("__hash__") is not None
    made: type[Any] = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    late = {"__init__": _init_frozen if frozen else _init, "__repr__": _repr} | ({"__eq__": _eq} if eq else {})
    for name, make in late.items():
        if name not in own:
            setattr(made, name, _Late(made, name, make))
    if eq and not hashed:
        made.__hash__ = _Late(made, "__hash__", _hash) if frozen else None  # type: ignore[assignment]
    if frozen:
        shut = _frozen(made) | ({"__getstate__": _state, "__setstate__": _put_state} if slots else {})
        for name, method in shut.items():
            setattr(made, name, method)
    return made


def _frozen(cls: type[Any]) -> dict[str, Callable[..., Any]]:
    """What lets no field of a value be set or deleted."""
    names = frozenset(f.name for f in fields(cls))

    def set_one(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def delete_one(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return {"__setattr__": set_one, "__delattr__": delete_one}


def _state(self: Any) -> list[Any]:
    """For pickling a frozen class with slots, as the standard decorator does it."""
    return [getattr(self, f.name) for f in fields(self)]


def _put_state(self: Any, state: list[Any]) -> None:
    for f, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, f.name, value)


def _init(cls: type[Any]) -> Any:
    return _made_init(cls, "self.{0} = {1}", {})


def _init_frozen(cls: type[Any]) -> Any:
    """Of a frozen class, whose own way of setting an attribute is shut: each field is set by its slot, which takes two thirds of
    the time that ``object.__setattr__`` takes to find it; without slots by that."""
    slots = {f"_set_{f.name}": slot.__set__ for f in fields(cls)
             if isinstance(slot := getattr(cls, f.name, None), MemberDescriptorType)}
    if len(slots) == len(fields(cls)):
        return _made_init(cls, "_set_{0}(self, {1})", slots)
    return _made_init(cls, "_set(self, '{0}', {1})", {"_set": object.__setattr__})


def _made_init(cls: type[Any], setting: str, given: dict[str, Any]) -> Any:
    """``__init__`` of ``cls``; ``setting`` is the statement that sets the field {0} to {1}, ``given`` the names it speaks of."""
    taken: list[str] = []
    by_name: list[str] = []
    body: list[str] = []
    annotations: dict[str, Any] = {}
    for f in fields(cls):
        value = f.name
        if f.default_factory is not MISSING:
            given[f"_new_{f.name}"] = f.default_factory
            value = f"_new_{f.name}() if {f.name} is _NEW else {f.name}" if f.init else f"_new_{f.name}()"
        elif f.default is not MISSING:
            given[f"_given_{f.name}"] = f.default
            value = f.name if f.init else f"_given_{f.name}"
        elif not f.init:
            continue
        if f.init:
            annotations[f.name] = f.type
            (by_name if f.kw_only else taken).append(f.name + _default(f))
        body.append(setting.format(f.name, value))
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    arguments = ", ".join(["self", *taken, *(["*", *by_name] if by_name else [])])
    made = _compiled(cls, f"__init__({arguments})", body, given | {"_NEW": _NEW})
    made.__annotations__ = annotations | {"return": None}
    return made


class _New:
    """Stands in a signature where each value gets something of its own."""

    def __repr__(self) -> str:
        return "<factory>"


_NEW = _New()


def _default(f: Field[Any]) -> str:
    return "=_NEW" if f.default_factory is not MISSING else f"=_given_{f.name}" if f.default is not MISSING else ""


def _repr(cls: type[Any]) -> Any:
    shown = ", ".join(f"{f.name}={{self.{f.name}!r}}" for f in fields(cls) if f.repr)
    return recursive_repr()(_compiled(cls, "__repr__(self)", [f"return self.__class__.__qualname__ + f'({shown})'"], {}))


def _eq(cls: type[Any]) -> Any:
    return _compiled(cls, "__eq__(self, other)", [
        f"return {_tuple(cls, 'self')} == {_tuple(cls, 'other')} if other.__class__ is self.__class__ else NotImplemented"], {})


def _hash(cls: type[Any]) -> Any:
    return _compiled(cls, "__hash__(self)", [f"return hash({_tuple(cls, 'self', hashed=True)})"], {})


def _tuple(cls: type[Any], one: str, *, hashed: bool = False) -> str:
    """The fields that count, of the value called ``one``, as a tuple's source."""
    counted = (f for f in fields(cls) if (f.compare if f.hash is None or not hashed else f.hash))
    return f"({''.join(f'{one}.{f.name}, ' for f in counted)})"


def _compiled(cls: type[Any], head: str, body: list[str], given: dict[str, Any]) -> Any:
    """The method with that head and body. It sees what its class's module holds, and the names ``given``."""
    lines = "".join(f"\n  {line}" for line in body or ["pass"])
    found: dict[str, Any] = {}
    exec(f"def make({', '.join(given)}):\n def {head}:{lines}\n return {head.partition('(')[0]}", vars(sys.modules[cls.__module__]), found)
    return found["make"](**given)
