"""Reading a ledger's rows straight from its pages, past whatever SQLite stumbles over.

SQLite finds a row by going down a tree of pages; where one of them is damaged, or one page is missing and all behind it
have moved, it reaches nothing. But every leaf page bears its rows whole. So each page is looked at by itself: the tree
tells whose it is where it can, else the shape of its rows does (how many columns, of which kinds, which words).
Pages on the list of free ones hold rows that were deleted and are left alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache

from hydesk.dataclass import dataclass
from hydesk.db.raw_pages import LEAF, PageRow, Pages, Values
from hydesk.db.value_rules import ValueRule, rules

_ADDED = 8
"""So many columns a table may have got after a row was written."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table as the program makes it: its columns in order and, where one is SQLite's own number of the row, which."""

    name: str
    columns: tuple[str, ...]
    key: int | None

    def rules(self) -> list[ValueRule | None]:
        """What may stand in each column."""
        return _rules_of(self.name, self.columns)

    def holds(self, values: Values) -> bool:
        """Whether a row may have so many values; a row written before columns were added has fewer."""
        if len(values) == len(self.columns):
            return True
        lacking = self.rules()[len(values):]
        return 0 < len(lacking) <= _ADDED and all(r is None or r.nullable for r in lacking)


@cache
def _rules_of(table: str, columns: tuple[str, ...]) -> list[ValueRule | None]:
    known = rules().get(table, {})
    return [known.get(c) for c in columns]


def read_rows(content: bytes, shapes: Sequence[TableShape]) -> Iterator[tuple[str, int, Values]]:
    """Every row that can be made out: its table, its number and its values; text as bytes, bytes as memoryview.

    Each number of a table comes once. Those on the same page come one after the other.
    """
    pages = Pages(content)
    claimed = _claimed(pages, shapes)
    free = pages.free() - claimed.keys()  # a list of free pages that lies hides none that a table uses
    seen: set[tuple[str, int]] = set()
    by_name = {s.name: s for s in shapes}
    otherwise = _made_otherwise(pages, by_name)
    for strangers in (False, True):  # first those of which the tree tells whose they are
        for number in range(1, pages.count + 1):
            if number in free or (number in claimed) == strangers or (strangers and pages.page(number)[0] != LEAF):
                continue
            rows = pages.rows(number)
            name = claimed.get(number, "")
            told = otherwise.get(name) or by_name.get(name)
            # A table of a few odd rows looks like none; then the tree is believed.
            shape = told if told is not None and _fits_most(rows, told) else _shape_of(rows, shapes) or told
            for row in rows if shape is not None else ():
                assert shape is not None
                if not shape.holds(row.values) or (shape.name, row.number) in seen:
                    continue
                seen.add((shape.name, row.number))
                yield shape.name, row.number, _placed(_whole(row, shape), shape, by_name[shape.name])


def _whole(row: PageRow, shape: TableShape) -> Values:
    """The values of ``row`` for all columns: of those that came later an older row has none; the key is its number."""
    values = row.values + (None,) * (len(shape.columns) - len(row.values))
    return values if shape.key is None else (*values[:shape.key], row.number, *values[shape.key + 1:])


def _placed(values: Values, shape: TableShape, wanted: TableShape) -> Values:
    """``values`` of a table that somebody made otherwise, by the names of its columns; one called anew stays in its place."""
    if shape.columns == wanted.columns:
        return values
    by_name = dict(zip(shape.columns, values, strict=True))
    anew = {w: by_name[c] for c, w in zip(shape.columns, wanted.columns, strict=False)
            if c not in wanted.columns and w not in by_name}
    return tuple(by_name.get(c, anew.get(c)) for c in wanted.columns)


def _made_otherwise(pages: Pages, known: Mapping[str, TableShape]) -> dict[str, TableShape]:
    """The tables of which the file says that their columns are others than the program's."""
    found = {}
    for number in [1, *pages.children(1)]:
        for row in pages.rows(number):
            if len(row.values) == 5 and row.values[0] == b"table" and isinstance(row.values[4], bytes):
                made = _as_said(row.values[4])
                if made is not None and made.name in known and set(made.columns) ^ set(known[made.name].columns):
                    found[made.name] = made
    return found


def _as_said(words: bytes) -> TableShape | None:
    """What a table is like by the words that made it, tried out beside; None where they make none."""
    if not words.lstrip().upper().startswith(b"CREATE TABLE"):
        return None
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(":memory:")) as c:
        c.execute(words.decode())
        name = str(c.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchone()[0])
        columns = c.execute("SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 2", (name,)).fetchall()
        return shapes_of({name: columns})[0]
    return None


def _claimed(pages: Pages, shapes: Sequence[TableShape]) -> dict[int, str]:
    """Page → table, as far as the trees that begin on the first page can be walked down."""
    names = {s.name for s in shapes}
    found: dict[int, str] = {}
    waiting: list[tuple[int, str]] = [(1, "sqlite_master")]
    while waiting:
        number, name = waiting.pop()
        if not 0 < number <= pages.count or number in found:
            continue
        found[number] = name
        waiting += [(below, name) for below in pages.children(number)]
        if name == "sqlite_master":
            for row in pages.rows(number):
                if len(row.values) == 5 and row.values[0] == b"table" and isinstance(row.values[3], int):
                    table = row.values[1].decode("utf-8", "replace") if isinstance(row.values[1], bytes) else ""
                    waiting.append((row.values[3], table if table in names else "?"))
    return found


_LIKE = 0.8


def _fits_most(rows: Sequence[PageRow], shape: TableShape) -> bool:
    """A page may have moved to a number that the tree gives to another table."""
    return not rows or _likeness(rows[:5], shape) > _LIKE


def _shape_of(rows: Sequence[PageRow], shapes: Sequence[TableShape]) -> TableShape | None:
    """Whose rows these are, by their look; None where nothing fits well."""
    best: tuple[float, TableShape] | None = None
    for shape in shapes:
        if not any(shape.holds(r.values) for r in rows[:5]):
            continue
        score = _likeness(rows, shape)
        if score > _LIKE and (best is None or score > best[0]):
            best = (score, shape)
    return best[1] if best else None


def _likeness(rows: Sequence[PageRow], shape: TableShape) -> float:
    """The share of values that fit; a column with words of its own speaks louder than one that takes any."""
    told = shape.rules()
    right, whole = 0.0, 0.0
    for row in rows[:20]:
        if not shape.holds(row.values):
            whole += len(shape.columns)
            continue
        whole += len(shape.columns) - len(row.values)  # a row of just as many values is the likelier one
        for i, (value, rule) in enumerate(zip(row.values, told, strict=False)):
            weight = 3.0 if rule is not None and rule.telling else 1.0
            whole += weight
            held = bytes(value) if isinstance(value, memoryview) else value
            if (i == shape.key and value is None) or (i != shape.key and (rule is None or rule.looks_right(held))):
                right += weight
    return right / whole if whole else 0.0


def shapes_of(tables: Mapping[str, Sequence[tuple[str, str, int]]]) -> list[TableShape]:
    """Shapes from each table's columns as ``PRAGMA table_info`` tells them: name, type, place in the key."""
    found = []
    for name, columns in tables.items():
        keys = [i for i, (_, _, place) in enumerate(columns) if place]
        own = keys[0] if len(keys) == 1 and columns[keys[0]][1].upper() == "INTEGER" else None
        found.append(TableShape(name, tuple(c for c, _, _ in columns), own))
    return found
