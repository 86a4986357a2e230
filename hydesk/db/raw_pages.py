"""The pages of a database file as bytes, and the rows on them, read without SQLite.

The format is told at https://www.sqlite.org/fileformat.html; only what a ledger uses of it is read here.
"""

from __future__ import annotations

import struct
from typing import Any

from hydesk.dataclass import dataclass

LEAF, INNER = 0x0D, 0x05
PAGE = 4096
"""Bytes of a page in every ledger the program makes; none of them is left unused."""
_TRIED = 4_000_000
"""Bytes of the file that are read to tell which size of its pages is right."""
_LONGEST = 1 << 30
Values = tuple[Any, ...]
"""The values of a row; text as bytes, for it may be none."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row as it stands on a page: its number and its values."""

    number: int
    values: Values


class Pages:
    """The pages of a database file, as bytes."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.size, self.usable, self.count = PAGE, PAGE, 0
        told = _told_sizes(content)
        if len(told) > 1:  # the head says other than the program writes: whichever lets more rows be read is right
            told.sort(key=self._rows_with, reverse=True)
        self._take(told[0])

    def _take(self, sizes: tuple[int, int]) -> None:
        self.size, self.usable = sizes[0], sizes[0] - sizes[1]
        self.count = -(-len(self._content) // self.size)

    def _rows_with(self, sizes: tuple[int, int]) -> int:
        self._take(sizes)
        return sum(len(self.rows(n)) for n in range(1, min(self.count, _TRIED // self.size) + 1))

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

    def rows(self, number: int) -> list[PageRow]:
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

    def _row(self, page: bytes, at: int) -> PageRow | None:
        try:
            length, at = _varint(page, at)
            number, at = _varint(page, at)
            if not 0 < length < _LONGEST:
                return None
            record = self._payload(page, at, length)
            return None if record is None else PageRow(_signed(number, 8), _values(record))
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


def _told_sizes(content: bytes) -> list[tuple[int, int]]:
    """What pages may be like, the head's own account first: bytes of a page, and how many of them nobody uses."""
    size = int.from_bytes(content[16:18], "big")
    size = 65536 if size == 1 else size if size in (512, 1024, 2048, 4096, 8192, 16384, 32768) else PAGE
    unused = content[20] if len(content) > 20 and content[20] < 64 else 0
    return list(dict.fromkeys(((size, unused), (size, 0), (PAGE, unused), (PAGE, 0))))


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
