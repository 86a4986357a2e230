"""What the second process answers: a workbook as plain data, parsed and checked, never executed as unpickling would be.

The process reads files from anywhere and may be taken over by one; then its answer is foreign too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from hydesk.domain.grid import Book, CellPlace, CellValue, Sheet, Span


class ReadingRefused(Exception):
    """The second process could not read the file; ``str`` is the sentence to show."""


def answer_of(book: Book) -> bytes:
    """``book`` as bytes that ``book_of`` reads."""
    return _bytes({"book": [book.name, [_sheet(s) for s in book.sheets], book.form, list(book.notes)]})


def sentence_of(words: str) -> bytes:
    """A sentence in place of a book."""
    return _bytes({"sentence": words})


def book_of(content: bytes) -> Book:
    """The book of an answer. Raises Sentence for a sentence, ValueError for what is neither."""
    try:
        told = json.loads(content)
        if "sentence" in told:
            raise ReadingRefused(_str(told["sentence"]))
        name, sheets, form, notes = told["book"]
        return Book(_str(name), tuple(_read_sheet(s) for s in sheets), _str(form), tuple(_str(n) for n in notes))
    except (KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError) as e:
        raise ValueError("no answer of ours") from e


def _bytes(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode()


_WRITTEN: dict[type, Callable[[Any], list[Any]]] = {
    datetime: lambda v: ["t", v.isoformat()], date: lambda v: ["d", v.isoformat()], time: lambda v: ["h", v.isoformat()],
    timedelta: lambda v: ["s", v.days, v.seconds, v.microseconds]}


def _cell(value: CellValue) -> Any:
    write = _WRITTEN.get(type(value))
    return value if write is None else write(value)


def _read_cell(value: Any) -> CellValue:
    if value is None or isinstance(value, str | int | float):
        return value
    if not isinstance(value, list):
        raise ValueError("no cell")
    kind, *parts = value
    if kind == "t":
        return datetime.fromisoformat(parts[0])
    if kind == "d":
        return date.fromisoformat(parts[0])
    if kind == "h":
        return time.fromisoformat(parts[0])
    if kind == "s":
        return timedelta(_int(parts[0]), _int(parts[1]), _int(parts[2]))
    raise ValueError("no cell")


def _read_rows(told: Any) -> Any:
    return [[_read_cell(v) for v in row] for row in told]


def _of_places(value: Mapping[tuple[int, int], Any]) -> list[Any]:
    return [[*at, v] for at, v in value.items()]


def _read_places(told: Any) -> Mapping[tuple[int, int], CellPlace]:
    return {(_int(r), _int(c)): CellPlace(_str(sheet), _int(row), _int(column)) for r, c, (sheet, row, column) in told}


_FIELDS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "name": (str, lambda t: _str(t)),
    "rows": (lambda rows: [[_cell(v) for v in row] for row in rows], _read_rows),
    "merges": (lambda v: [[m.top, m.left, m.bottom, m.right] for m in v], lambda t: tuple(Span(*map(_int, m)) for m in t)),
    "hidden": (bool, lambda t: t is True),
    "hidden_rows": (sorted, lambda t: frozenset(map(_int, t))),
    "hidden_columns": (sorted, lambda t: frozenset(map(_int, t))),
    "formulas": (_of_places, lambda t: _by_place(t, _str)),
    "column_widths": (lambda v: list(v.items()), lambda t: {_int(c): _number(w) for c, w in t}),
    "from_1904": (bool, lambda t: t is True),
    "scaled": (_of_places, lambda t: _by_place(t, _number)),
    "struck": (_of_places, lambda t: _by_place(t, _str)),
    "places": (_of_places, _read_places),
    "moved": (bool, lambda t: t is True),
    "lines": (lambda v: list(v.items()), lambda t: {_int(k): _int(n) for k, n in t}),
}
"""How each of a sheet's fields is written and read; a test holds them against the class."""


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {name: write(getattr(sheet, name)) for name, (write, _) in _FIELDS.items()}


def _read_sheet(told: Mapping[str, Any]) -> Sheet:
    return Sheet(**{name: read(told[name]) for name, (_, read) in _FIELDS.items()})


def _by_place(told: list[Any], read: Callable[[Any], Any]) -> Mapping[tuple[int, int], Any]:
    return {(_int(r), _int(c)): read(v) for r, c, v in told}


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _int(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("no number")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float):
        raise ValueError("no number")
    return value
