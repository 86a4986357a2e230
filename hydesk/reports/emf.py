"""A reportlab drawing as an enhanced metafile: the vector picture that Word, WPS and LibreOffice all draw.

Only what our charts use is written: lines, rectangles, polylines, circles and text (MS-EMF, little-endian records). The
picture is the one that the PDF shows, shape for shape.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import pairwise

from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import Color

SCALE = 20
"""Device units to the point: twentieths, as Word counts."""
FACE = "宋体"
_MM = 25.4 / 72

_HEADER, _POLYLINE, _EOF, _SETBKMODE, _SETTEXTALIGN, _SETTEXTCOLOR = 1, 4, 14, 18, 22, 24
_SELECT, _CREATEPEN, _CREATEBRUSH, _DELETE, _ELLIPSE, _RECTANGLE, _TEXT, _CREATEFONT = 37, 38, 39, 40, 42, 43, 84, 82
_WINDOW_EXT, _WINDOW_ORG, _VIEWPORT_EXT, _VIEWPORT_ORG, _MAPMODE = 9, 10, 11, 12, 17
_NO_PEN, _NO_BRUSH = 0x80000008, 0x80000005


def _record(kind: int, body: bytes = b"") -> bytes:
    body += b"\0" * (-len(body) % 4)
    return struct.pack("<II", kind, 8 + len(body)) + body


def _color(color: Color | None) -> int:
    if color is None:
        return 0
    red, green, blue = (round(c * 255) for c in (color.red, color.green, color.blue))
    return int(red | green << 8 | blue << 16)


class _Picture:
    """Records being gathered. Objects 1, 2 and 3 are the pen, the brush and the font of the moment."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.records: list[bytes] = []
        self.size = (round(width * SCALE), round(height * SCALE))

    def at(self, x: float, y: float) -> tuple[int, int]:
        return round(x * SCALE), round((self.height - y) * SCALE)

    def add(self, kind: int, body: bytes = b"") -> None:
        self.records.append(_record(kind, body))

    def _object(self, index: int, kind: int, body: bytes) -> None:
        self.add(kind, struct.pack("<I", index) + body)
        self.add(_SELECT, struct.pack("<I", index))

    def _drop(self, index: int, stock: int) -> None:
        self.add(_SELECT, struct.pack("<I", stock))
        self.add(_DELETE, struct.pack("<I", index))

    def polyline(self, points: Sequence[tuple[float, float]], width: float, color: Color | None) -> None:
        placed = [self.at(x, y) for x, y in points]
        self._object(1, _CREATEPEN, struct.pack("<IiiI", 0, max(round(width * SCALE), 1), 0, _color(color)))
        body = struct.pack("<iiiiI", 0, 0, *self.size, len(placed)) + b"".join(struct.pack("<ii", *p) for p in placed)
        self.add(_POLYLINE, body)
        self._drop(1, _NO_PEN)

    def box(self, kind: int, corners: tuple[float, float, float, float], fill: Color | None, stroke: Color | None,
            width: float) -> None:
        left, top = self.at(corners[0], corners[3])
        right, bottom = self.at(corners[2], corners[1])
        if stroke is None:
            self.add(_SELECT, struct.pack("<I", _NO_PEN))
        else:
            self._object(1, _CREATEPEN, struct.pack("<IiiI", 0, max(round(width * SCALE), 1), 0, _color(stroke)))
        if fill is None:
            self.add(_SELECT, struct.pack("<I", _NO_BRUSH))
        else:
            self._object(2, _CREATEBRUSH, struct.pack("<III", 0, _color(fill), 0))
        self.add(kind, struct.pack("<iiii", left, top, right, bottom))
        if stroke is not None:
            self._drop(1, _NO_PEN)
        if fill is not None:
            self._drop(2, _NO_BRUSH)

    def text(self, x: float, y: float, words: str, size: float) -> None:
        height = round(size * SCALE)
        font = struct.pack("<iiiiiBBBBBBBB", -height, 0, 0, 0, 400, 0, 0, 0, 134, 0, 0, 0, 0)
        font += FACE.encode("utf-16-le").ljust(64, b"\0")
        # EXTLOGFONTW: full name, style, version and the rest are left empty.
        self._object(3, _CREATEFONT, font + b"\0" * 228)
        left, baseline = self.at(x, y)
        encoded = words.encode("utf-16-le")
        count = len(encoded) // 2
        padded = encoded + b"\0" * (-len(encoded) % 4)
        steps = [height if ord(c) > 0x2E7F else height // 2 for c in words]
        head = struct.pack("<iiiiIff", 0, 0, *self.size, 1, 1.0, 1.0)
        # The string begins after the record's 76 bytes, its advances after it.
        string = struct.pack("<iiIIIiiiiI", left, baseline, count, 76, 0, 0, 0, -1, -1, 76 + len(padded))
        advances = b"".join(struct.pack("<I", s) for s in (steps + [height] * count)[:count])
        self.add(_TEXT, head + string + padded + advances)
        self._drop(3, 0x8000000D)

    def finish(self) -> bytes:
        across, down = self.size
        begin = [
            _record(_SETBKMODE, struct.pack("<I", 1)),
            _record(_SETTEXTALIGN, struct.pack("<I", 24)),
            _record(_SETTEXTCOLOR, struct.pack("<I", 0)),
            _record(_MAPMODE, struct.pack("<I", 8)),
            _record(_WINDOW_ORG, struct.pack("<ii", 0, 0)),
            _record(_WINDOW_EXT, struct.pack("<ii", across, down)),
            _record(_VIEWPORT_ORG, struct.pack("<ii", 0, 0)),
            _record(_VIEWPORT_EXT, struct.pack("<ii", across, down)),
        ]
        end = _record(_EOF, struct.pack("<III", 0, 16, 20))
        body = b"".join([*begin, *self.records, end])
        frame = (0, 0, round(self.width * _MM * 100), round(self.height * _MM * 100))
        # A device of 1440 dots to the inch, so that a unit is a twentieth of a point.
        device, millimetres = (across * 10, down * 10), (round(self.width * _MM * 10), round(self.height * _MM * 10))
        header = struct.pack(
            "<iiiiiiii4sIIIHHIIIiiii", 0, 0, across, down, *frame, b" EMF", 0x10000, 88 + len(body),
            2 + len(begin) + len(self.records), 4, 0, 0, 0, 0, *device, *millimetres)
        return _record(_HEADER, header) + body


def _dashes(points: Sequence[tuple[float, float]], pattern: Sequence[float]) -> Iterable[list[tuple[float, float]]]:
    """A line cut into its dashes: pens with dashes of their own are drawn differently by every program."""
    place, on, left = 0, True, pattern[0]
    piece = [points[0]]
    for start, end in pairwise(points):
        (x, y), (ex, ey) = start, end
        length = ((ex - x) ** 2 + (ey - y) ** 2) ** 0.5
        done = 0.0
        while length - done > left:
            done += left
            point = (x + (ex - x) * done / length, y + (ey - y) * done / length)
            if on:
                yield [*piece, point]
            piece, on, place = [point], not on, place + 1
            left = pattern[place % len(pattern)]
        left -= length - done
        piece.append(end)
    if on and len(piece) > 1:
        yield piece


def _stroke(picture: _Picture, points: Sequence[tuple[float, float]], shape: Line | PolyLine) -> None:
    pieces = _dashes(points, shape.strokeDashArray) if shape.strokeDashArray else [list(points)]
    for piece in pieces:
        picture.polyline(piece, shape.strokeWidth, shape.strokeColor)


def to_emf(drawing: Drawing) -> bytes:
    """The metafile of ``drawing``, its size in points kept."""
    picture = _Picture(drawing.width, drawing.height)
    for shape in drawing.contents:
        match shape:
            case Line():
                _stroke(picture, [(shape.x1, shape.y1), (shape.x2, shape.y2)], shape)
            case PolyLine():
                flat = shape.points
                _stroke(picture, list(zip(flat[::2], flat[1::2], strict=True)), shape)
            case Rect():
                corners = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
                picture.box(_RECTANGLE, corners, shape.fillColor, shape.strokeColor, shape.strokeWidth)
            case Circle():
                around = (shape.cx - shape.r, shape.cy - shape.r, shape.cx + shape.r, shape.cy + shape.r)
                picture.box(_ELLIPSE, around, shape.fillColor, shape.strokeColor, shape.strokeWidth)
            case String():
                picture.text(shape.x, shape.y, shape.text, shape.fontSize)
    return picture.finish()
