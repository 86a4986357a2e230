"""Modules that a library names and hardly ever asks for anything, loaded when it does.

SQLAlchemy imports ``asyncio`` for databases that are asked without waiting, and ``importlib.metadata`` to find dialects that
others brought; its SQLite brings two drivers of which we use neither. With what they import in turn (``ssl``, ``email``,
``csv``, ``zipfile``) they are seventy modules and a twentieth of every command's start; a ledger in a file asks none for anything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

_SELDOM: dict[str, tuple[str, ...]] = {
    "asyncio": ("iscoroutine",), "importlib.metadata": (),
    "sqlalchemy.dialects.sqlite.aiosqlite": (), "sqlalchemy.dialects.sqlite.pysqlcipher": ()}
"""The modules, and the functions of each that are taken out of it while others are imported, though nobody calls them."""


class _StandIn(ModuleType):
    """A module's name; whoever asks it for anything gets that of the module itself."""

    def __getattr__(self, name: str) -> Any:
        return getattr(_whole(self), name)


def let_stand_in() -> None:
    """Put stand-ins where the modules are not loaded yet: before SQLAlchemy is imported."""
    for name, functions in _SELDOM.items():
        if name not in sys.modules:
            stands = sys.modules[name] = _StandIn(name)
            for function in functions:
                setattr(stands, function, _late(stands, function))


def _whole(stands: ModuleType) -> ModuleType:
    """The module that ``stands`` stands for."""
    if sys.modules.get(stands.__name__) is stands:
        del sys.modules[stands.__name__]
    return import_module(stands.__name__)


def _late(stands: ModuleType, name: str) -> Callable[..., Any]:
    return lambda *given, **named: getattr(_whole(stands), name)(*given, **named)
