"""The tables of a TrueType font read at one go: reportlab asks for every number of them by itself, 100,000 a face."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

_SEGMENTS, _GROUPS = 4, 12
"""The two forms of a character map that fonts of our time have; others are left to reportlab."""


class QuickFace(TTFontFace):  # type: ignore[misc]
    """A face whose characters, widths and outlines are found as reportlab finds them, number for number."""

    def extractInfo(self, charInfo: int = 1) -> None:
        """See TTFontFile. Raises TTFError, also where a table ends too early."""
        try:
            self._read(charInfo)
        except (struct.error, IndexError, ValueError) as error:
            raise TTFError(str(error)) from error

    def _read(self, charInfo: int) -> None:
        pairs = _characters(self) if charInfo else None
        if pairs is None:
            super().extractInfo(charInfo)
            return
        super().extractInfo(0)
        self.charToGlyph = dict(pairs)
        for char, other in ((0xA0, 0x20), (0x20, 0xA0)):  # as reportlab has it: a space that does not break is a space
            if other in self.charToGlyph:
                self.charToGlyph[char] = self.charToGlyph[other]
                break
        metrics, last = _numbers(self, "hmtx", "H"), _number(self, "hhea", 34)
        self._advances, self._sides = metrics[:2 * last:2], (*metrics[1:2 * last:2], *metrics[2 * last:2 * last + self.numGlyphs - last])
        self.defaultWidth = self._pdfScale(self._advances[0])
        if "loca" not in self.table:
            raise TTFError("missing location table")
        del self.__dict__["charWidths"]

    def getCharWidth(self, code: int) -> Any:
        """How far a character moves on, in thousandths of the size; one without a glyph as the first glyph does."""
        glyph = self.charToGlyph.get(code)
        return self.defaultWidth if glyph is None or glyph >= self.numGlyphs else self._scaled(glyph)

    def _scaled(self, glyph: int) -> Any:
        return self._pdfScale(self._advances[min(glyph, len(self._advances) - 1)])

    @cached_property
    def charWidths(self) -> dict[int, Any]:
        """As reportlab keeps them; nobody asks for them where widths are asked for one by one."""
        return {char: self._scaled(glyph) for char, glyph in self.charToGlyph.items() if glyph < self.numGlyphs}

    @cached_property
    def hmetrics(self) -> list[tuple[int, int]]:
        """Advance and side of each glyph, asked for where the face is embedded."""
        lasting = (self._advances[-1],) * (len(self._sides) - len(self._advances))
        return list(zip((*self._advances, *lasting), self._sides, strict=True))

    @cached_property
    def glyphPos(self) -> list[int]:
        """Where the outlines of each glyph begin, asked for where the face is embedded."""
        long = _number(self, "head", 50)
        places = _numbers(self, "loca", "I" if long else "H")[:self.numGlyphs + 1]
        return list(places) if long else [place << 1 for place in places]


def _number(face: Any, table: str, offset: int) -> int:
    return int(face.get_ushort(face.get_table_pos(table)[0] + offset))


def _numbers(face: Any, table: str, form: str) -> tuple[int, ...]:
    if table not in face.table:
        raise TTFError(f"missing {table} table")
    content = face.get_table(table)
    count = len(content) // struct.calcsize(form)
    return struct.unpack_from(f">{count}{form}", content)


def _characters(face: Any) -> Iterator[tuple[int, int]] | None:
    """Characters with their glyphs, in the order of the map; None where reportlab must read it."""
    content: bytes = face.get_table("cmap")
    version, count = struct.unpack_from(">HH", content)
    if version:
        return None
    place = rank = 0
    for platform, encoding, offset in struct.iter_unpack(">HHI", content[4:4 + 8 * count]):
        if platform == 3 or (platform == 1 and encoding == 1) or (platform == 0 and encoding != 5):
            place, rank = offset, 1
        elif platform == 1 and encoding == 0 and rank != 1:
            place = offset
    form = struct.unpack_from(">H", content, place)[0] if place else 0
    if form == _GROUPS:
        groups = struct.unpack_from(">I", content, place + 12)[0]
        return _of_groups(content[place + 16:place + 16 + 12 * groups])
    return _of_segments(content[place:]) if form == _SEGMENTS else None


def _of_groups(content: bytes) -> Iterator[tuple[int, int]]:
    for first, last, glyph in struct.iter_unpack(">III", content):
        yield from zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True)


def _of_segments(content: bytes) -> Iterator[tuple[int, int]]:
    length, count = struct.unpack_from(">H", content, 2)[0], struct.unpack_from(">H", content, 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", content, 14)
    firsts = struct.unpack_from(f">{count}H", content, 16 + 2 * count)
    steps = struct.unpack_from(f">{count}h", content, 16 + 4 * count)
    begin = 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", content, begin)
    for n, (first, last, step, offset) in enumerate(zip(firsts, ends, steps, offsets, strict=True)):
        if not offset:
            for char in range(first, last + 1):
                yield char, (char + step) & 0xFFFF
            continue
        for char in range(first, last + 1):
            at = begin + 2 * n + offset + 2 * (char - first)
            glyph = struct.unpack_from(">H", content, at)[0] if at < length else 0
            yield char, (glyph + step) & 0xFFFF if glyph else 0
