"""Reading a ledger's rows straight from its pages, past whatever SQLite stumbles over.

SQLite finds a row by going down a tree of pages; where one of them is damaged, or one page is missing and all behind it
have moved, it reaches nothing. But every leaf page bears its rows whole. So each page is looked at by itself: the tree
tells whose it is where it can, else the shape of its rows does (how many columns, of which kinds, which words).
Pages on the list of free ones hold rows that were deleted and are left alone.

The format is told at https://www.sqlite.org/fileformat.html; only what a ledger uses of it is read here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from hydesk.db.value_rules import Rule, rules

LEAF, INNER = 0x0D, 0x05
_LONGEST = 1 << 30
_ADDED = 8
"""So many columns a table may have got after a row was written."""
Values = tuple[Any, ...]
"""The values of a row; text as bytes, for it may be none."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as the program makes it: its columns in order and, where one is SQLite's own number of the row, which."""

    name: str
    columns: tuple[str, ...]
    key: int | None

    def rules(self) -> list[Rule | None]:
        """What may stand in each column."""
        return _rules_of(self.name, self.columns)

    def holds(self, values: Values) -> bool:
        """Whether a row may have so many values; a row written before columns were added has fewer."""
        if len(values) == len(self.columns):
            return True
        lacking = self.rules()[len(values):]
        return 0 < len(lacking) <= _ADDED and all(r is None or r.nullable for r in lacking)


@cache
def _rules_of(table: str, columns: tuple[str, ...]) -> list[Rule | None]:
    known = rules().get(table, {})
    return [known.get(c) for c in columns]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    values: Values


class Pages:
    """The pages of a database file, as bytes."""

    def __init__(self, content: bytes) -> None:
        size = int.from_bytes(content[16:18], "big")
        self.size = 65536 if size == 1 else size if size in (512, 1024, 2048, 4096, 8192, 16384, 32768) else 4096
        self.usable = self.size - (content[20] if len(content) > 20 and content[20] < 64 else 0)
        self._content = content
        self.count = -(-len(content) // self.size)

    def page(self, number: int) -> bytes:
        """A page, counted from 1; what is missing at its end is nothing."""
        return self._content[(number - 1) * self.size:number * self.size].ljust(self.size, b"\0")

    def free(self) -> set[int]:
        """The pages on the list of free ones."""
        found: set[int] = set()
        trunk = int.from_bytes(self._content[32:36], "big")
        while 0 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self.page(trunk)
            trunk, count = struct.unpack(">II", page[:8])
            if count > self.usable // 4 - 2:
                break
            found |= set(struct.unpack(f">{count}I", page[8:8 + 4 * count]))
        return found

    def rows(self, number: int) -> list[_Row]:
        """The rows of a leaf page; those that cannot be made out are left out."""
        page = self.page(number)
        head = 100 if number == 1 else 0
        if page[head] != LEAF:
            return []
        count = int.from_bytes(page[head + 3:head + 5], "big")
        if count == 0 or head + 8 + 2 * count > self.usable:
            return []
        found = []
        for at in struct.unpack(f">{count}H", page[head + 8:head + 8 + 2 * count]):
            row = self._row(page, at)
            if row is not None:
                found.append(row)
        return found

    def children(self, number: int) -> list[int]:
        """The pages below an inner page of a table."""
        page = self.page(number)
        head = 100 if number == 1 else 0
        if page[head] != INNER:
            return []
        count = int.from_bytes(page[head + 3:head + 5], "big")
        if head + 12 + 2 * count > self.usable:
            return []
        below = [int.from_bytes(page[at:at + 4], "big")
                 for at in struct.unpack(f">{count}H", page[head + 12:head + 12 + 2 * count]) if at + 4 <= self.usable]
        return [*below, int.from_bytes(page[head + 8:head + 12], "big")]

    def _row(self, page: bytes, at: int) -> _Row | None:
        try:
            length, at = _varint(page, at)
            number, at = _varint(page, at)
            if not 0 < length < _LONGEST:
                return None
            record = self._payload(page, at, length)
            return None if record is None else _Row(_signed(number, 8), _values(record))
        except (IndexError, ValueError):
            return None

    def _payload(self, page: bytes, at: int, length: int) -> bytes | None:
        """A row's bytes, with what stands on pages of its own."""
        most = self.usable - 35
        if length <= most:
            record = page[at:at + length]
            return record if at + length <= self.usable else None
        least = (self.usable - 12) * 32 // 255 - 23
        own = least + (length - least) % (self.usable - 4)
        own = own if own <= most else least
        if at + own + 4 > self.usable:
            return None
        parts, rest = [page[at:at + own]], length - own
        following = int.from_bytes(page[at + own:at + own + 4], "big")
        while rest > 0:
            if not 0 < following <= self.count:
                return None
            more = self.page(following)
            following = int.from_bytes(more[:4], "big")
            take = min(rest, self.usable - 4)
            parts.append(more[4:4 + take])
            rest -= take
        return b"".join(parts) if following == 0 else None


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        byte = content[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | content[at], at + 1


def _signed(value: int, size: int) -> int:
    return value - (1 << 8 * size) if value >> (8 * size - 1) else value


_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


def _values(record: bytes) -> Values:
    """The values of a record. Raises ValueError or IndexError where it is none."""
    head, at = _varint(record, 0)
    if not 1 < head <= len(record):
        raise ValueError
    kinds = []
    while at < head:
        kind, at = _varint(record, at)
        kinds.append(kind)
    values: list[Any] = []
    at = head
    for kind in kinds:
        if kind in (10, 11):
            raise ValueError
        size = _SIZES[kind] if kind < 10 else (kind - 12) // 2
        part = record[at:at + size]
        if len(part) < size:
            raise ValueError
        at += size
        if kind == 0:
            values.append(None)
        elif kind in (8, 9):
            values.append(kind - 8)
        elif kind == 7:
            values.append(struct.unpack(">d", part)[0])
        elif kind < 7:
            values.append(int.from_bytes(part, "big", signed=True))
        else:
            values.append(part if kind % 2 else memoryview(part))
    if at != len(record):
        raise ValueError
    return tuple(values)


def read_rows(content: bytes, shapes: Sequence[Shape]) -> Iterator[tuple[str, int, Values]]:
    """Every row that can be made out: its table, its number and its values; text as bytes, bytes as memoryview.

    Each number of a table comes once. Those on the same page come one after the other.
    """
    pages = Pages(content)
    free = pages.free()
    claimed = _claimed(pages, shapes)
    seen: set[tuple[str, int]] = set()
    by_name = {s.name: s for s in shapes}
    for strangers in (False, True):  # first those of which the tree tells whose they are
        for number in range(1, pages.count + 1):
            if number in free or (number in claimed) == strangers or (strangers and pages.page(number)[0] != LEAF):
                continue
            rows = pages.rows(number)
            told = by_name.get(claimed.get(number, ""))
            # A table of a few odd rows looks like none; then the tree is believed.
            shape = told if told is not None and _fits_most(rows, told) else _shape_of(rows, shapes) or told
            for row in rows if shape is not None else ():
                assert shape is not None
                if not shape.holds(row.values) or (shape.name, row.number) in seen:
                    continue
                seen.add((shape.name, row.number))
                yield shape.name, row.number, _whole(row, shape)


def _whole(row: _Row, shape: Shape) -> Values:
    """The values of ``row`` for all columns: of those that came later an older row has none; the key is its number."""
    values = row.values + (None,) * (len(shape.columns) - len(row.values))
    return values if shape.key is None else (*values[:shape.key], row.number, *values[shape.key + 1:])


def _claimed(pages: Pages, shapes: Sequence[Shape]) -> dict[int, str]:
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


def _fits_most(rows: Sequence[_Row], shape: Shape) -> bool:
    """A page may have moved to a number that the tree gives to another table."""
    return not rows or _likeness(rows[:5], shape) > _LIKE


def _shape_of(rows: Sequence[_Row], shapes: Sequence[Shape]) -> Shape | None:
    """Whose rows these are, by their look; None where nothing fits well."""
    best: tuple[float, Shape] | None = None
    for shape in shapes:
        if not any(shape.holds(r.values) for r in rows[:5]):
            continue
        score = _likeness(rows, shape)
        if score > _LIKE and (best is None or score > best[0]):
            best = (score, shape)
    return best[1] if best else None


def _likeness(rows: Sequence[_Row], shape: Shape) -> float:
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


def shapes_of(tables: Mapping[str, Sequence[tuple[str, str, int]]]) -> list[Shape]:
    """Shapes from each table's columns as ``PRAGMA table_info`` tells them: name, type, place in the key."""
    found = []
    for name, columns in tables.items():
        keys = [i for i, (_, _, place) in enumerate(columns) if place]
        own = keys[0] if len(keys) == 1 and columns[keys[0]][1].upper() == "INTEGER" else None
        found.append(Shape(name, tuple(c for c, _, _ in columns), own))
    return found
