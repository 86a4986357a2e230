"""Tables made from classes written as SQLAlchemy's declarative models, without its object mapper.

Nothing here ever loads an object: every query names columns and every row leaves as a frozen dataclass. Importing the
mapper and configuring thirty mapped classes took 0.2 s of every start, a third of what a start may take. So the classes
stand there as declarative models (``Mapped``, ``mapped_column``; mypy sees SQLAlchemy's own), and at run time each is a
name for its ``Table``: its attributes are the table's columns, and it stands wherever a statement takes a table.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)
from sqlalchemy.sql import FromClause

_TYPES = {int: Integer, str: String, bool: Boolean, bytes: LargeBinary, date: Date, datetime: DateTime}


class Mapped:
    """``Mapped[X]`` says X."""

    def __class_getitem__(cls, item: Any) -> Any:
        return item


class mapped_column:
    """What a column is told beyond its type."""

    def __init__(self, *parts: Any, **options: Any) -> None:
        self.parts, self.options = parts, options


class _TableOf(type):
    """Makes the table of a class, once, and lends its columns to the class."""

    metadata: MetaData
    __table__: Table

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> _TableOf:
        made = super().__new__(cls, name, bases, space)
        if "__tablename__" in space:
            words = vars(sys.modules[space["__module__"]])
            columns = [_column(at, eval(said, words), space.get(at))  # our own source's annotations
                       for at, said in space["__annotations__"].items()]
            made.__table__ = Table(space["__tablename__"], made.metadata, *columns, *space.get("__table_args__", ()))
            for column in made.__table__.c:
                setattr(made, column.key, column)
        return made

    def __clause_element__(cls) -> Table:
        return cls.__table__


class PlainTables(metaclass=_TableOf):
    """The base of all classes that stand for tables; its heir holds ``metadata``."""


class _Aliased:
    """A table under another name within one query, its columns as attributes."""

    def __init__(self, table: Table) -> None:
        self._alias = table.alias()

    def __getattr__(self, name: str) -> Any:
        try:
            return self._alias.c[name]
        except KeyError:
            raise AttributeError(name) from None

    def __clause_element__(self) -> FromClause:
        return self._alias


def aliased(model: Any) -> _Aliased:
    """``model`` once more, for a query that speaks of two of its rows."""
    return _Aliased(model.__table__)


def _column(name: str, said: Any, own: mapped_column | None) -> Column[Any]:
    parts: list[Any] = []
    options: dict[str, Any] = {}
    python, nullable = _plain(said, parts, options)
    if own is not None:
        parts += own.parts
        options |= own.options
    # A foreign key belongs to one column only, and an annotation is shared by many.
    keys = [ForeignKey(p.target_fullname) for p in parts if isinstance(p, ForeignKey)]
    kind = next((p for p in reversed(parts) if not isinstance(p, ForeignKey)), _TYPES.get(python))
    options.setdefault("nullable", nullable and not options.get("primary_key"))
    return Column(name, kind, *keys, **options)


def _plain(said: Any, parts: list[Any], options: dict[str, Any]) -> tuple[type, bool]:
    """The Python type of an annotation and whether it may be None; what it tells the column goes into the lists."""
    if get_origin(said) is Annotated:
        for told in said.__metadata__:
            parts += told.parts
            options |= told.options
        return _plain(said.__origin__, parts, options)
    if get_origin(said) in (Union, UnionType):
        python, = (a for a in get_args(said) if a is not type(None))
        return _plain(python, parts, options)[0], True
    return said, False
