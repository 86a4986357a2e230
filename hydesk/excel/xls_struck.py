"""Struck-through words of an xls (BIFF8): the old figure beside the new one, and cells that are struck out whole."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence

from hydesk.dataclass import dataclass

_FONT, _XF, _SST, _CONTINUE = 0x31, 0xE0, 0xFC, 0x3C
_NUMBER, _RK, _FORMULA, _LABEL, _MULRK = 0x203, 0x27E, 0x06, 0xFD, 0xBD
_STRUCK = 0x08
_MOST_STRINGS = 500_000

Record = tuple[int, int, int]
"""Kind, start of the body and length of a record."""


@dataclass(frozen=True, slots=True)
class StruckMarks:
    """The fonts, the cell styles and the strings with words in such a font; strings by number with text and runs."""

    fonts: frozenset[int]
    styles: frozenset[int]
    strings: Mapping[int, tuple[str, tuple[tuple[int, int], ...]]]


def struck_marks(stream: bytes, records: Iterable[Record]) -> StruckMarks | None:
    """What in the workbook's globals is struck through; None where no font is."""
    held = list(records)
    bodies = [at for kind, at, length in held if kind == _FONT and length >= 4]
    # There is no font of the number 4.
    fonts = frozenset(n + (n >= 4) for n, at in enumerate(bodies) if stream[at + 2] & _STRUCK)
    if not fonts:
        return None
    cells = [struct.unpack_from("<H", stream, at)[0] for kind, at, length in held if kind == _XF and length >= 2]
    return StruckMarks(fonts, frozenset(n for n, font in enumerate(cells) if font in fonts), dict(_rich(stream, held, fonts)))


def struck_cells(stream: bytes, records: Iterable[Record], marks: StruckMarks) -> dict[tuple[int, int], str]:
    """What is left of a sheet's cells that are struck in part or whole ("" then)."""
    found: dict[tuple[int, int], str] = {}
    for kind, at, length in records:
        if kind in (_NUMBER, _RK, _FORMULA, _LABEL) and length >= 10:
            row, column, style = struct.unpack_from("<3H", stream, at)
            whole = style in marks.styles
            rich = marks.strings.get(struct.unpack_from("<I", stream, at + 6)[0]) if kind == _LABEL else None
            if rich is not None:
                found[row + 1, column + 1] = words_left(*rich, marks.fonts, whole)
            elif whole:
                found[row + 1, column + 1] = ""
        elif kind == _MULRK and length >= 6:
            row, first = struct.unpack_from("<2H", stream, at)
            for n in range((length - 6) // 6):
                if struct.unpack_from("<H", stream, at + 4 + 6 * n)[0] in marks.styles:
                    found[row + 1, first + n + 1] = ""
    return found


def words_left(text: str, runs: Sequence[tuple[int, int]], fonts: frozenset[int], struck: bool) -> str:
    """The words that are not struck. ``struck`` is of those before the first run, which have the cell's own font."""
    kept: list[str] = []
    at = 0
    for begin, font in (*runs, (len(text), -1)):
        if not struck:
            kept.append(text[at:begin])
        at, struck = begin, font in fonts
    return "".join(kept).strip()


def _rich(stream: bytes, records: list[Record], fonts: frozenset[int]) -> Iterator[tuple[int, tuple[str, tuple[tuple[int, int], ...]]]]:
    """The shared strings with a struck run, by their number."""
    begin = next((n for n, r in enumerate(records) if r[0] == _SST), None)
    if begin is None:
        return
    pieces = [records[begin]]
    for record in records[begin + 1 :]:
        if record[0] != _CONTINUE:
            break
        pieces.append(record)
    reader = _Pieces([stream[at : at + length] for _, at, length in pieces])
    reader.take(4)
    count, = struct.unpack("<I", reader.take(4))
    for number in range(min(count, _MOST_STRINGS)):
        text, runs = reader.string()
        if any(font in fonts for _, font in runs):
            yield number, (text, runs)


class _Pieces:
    """A record that goes on in others. Letters that do so begin there with a byte of their own ([MS-XLS] 2.5.293)."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = self._at = 0

    def take(self, length: int) -> bytes:
        """The next bytes, over the pieces' edges. Raises ValueError beyond the end."""
        made = b""
        while len(made) < length:
            if self._at >= len(self._pieces[self._piece]):
                self._next()
            part = self._pieces[self._piece][self._at : self._at + length - len(made)]
            self._at += len(part)
            made += part
        return made

    def _next(self) -> None:
        if self._piece + 1 >= len(self._pieces):
            raise ValueError("cut short")
        self._piece, self._at = self._piece + 1, 0

    def string(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The next string and its runs of fonts: from which letter on, and which."""
        count, flags = struct.unpack("<HB", self.take(3))
        several = struct.unpack("<H", self.take(2))[0] if flags & 0x08 else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & 0x04 else 0
        text, wide = "", flags & 1
        while len(text) < count:
            if self._at >= len(self._pieces[self._piece]):
                self._next()
                wide = self.take(1)[0] & 1
            room = (len(self._pieces[self._piece]) - self._at) // (2 if wide else 1)
            length = min(count - len(text), max(room, 1))
            text += self.take(length * 2).decode("utf-16-le", "replace") if wide else self.take(length).decode("latin-1")
        runs = [struct.unpack("<HH", self.take(4)) for _ in range(several)]
        self.take(extra)
        return text, tuple((int(a), int(b)) for a, b in runs)
