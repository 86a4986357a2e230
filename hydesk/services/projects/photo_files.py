"""Reading a photograph: when and where it was taken, what it looks like, and a copy small enough to print.

Photographs come from outside: only usual kinds are opened, nothing larger than a camera makes is unpacked, and what cannot be
read is no photograph.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from hydesk.dataclass import dataclass

_FORMATS = ("JPEG", "PNG", "BMP", "GIF")
_MOST_PIXELS = 120_000_000
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _CHANGED = 0x9003, 0x0132
LONGEST = 1200
"""Pixels of the longer side in print: 300 dots to the inch on ten centimetres."""
NEAR = 5
"""Of 64 marks two pictures may differ in so many and be the same one, saved anew or made smaller."""


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What a picture tells: the day it was taken, degrees north and east, and its look in 64 marks; None where it does not say."""

    taken: date | None
    place: tuple[float, float] | None
    look: int

    def looks_like(self, other: PhotoFacts) -> bool:
        """Whether both are the same picture, as near as can be told; plain ground looks like nothing."""
        return self.look not in (0, (1 << 64) - 1) and (self.look ^ other.look).bit_count() <= NEAR

    @property
    def place_words(self) -> str:
        """北纬26.8932°，东经112.5719°; empty where it is not told."""
        if self.place is None:
            return ""
        north, east = self.place
        return f"{'北纬' if north >= 0 else '南纬'}{abs(north):.4f}°，{'东经' if east >= 0 else '西经'}{abs(east):.4f}°"


@lru_cache(maxsize=4096)
def read_photo(path: Path, _size: int = 0) -> PhotoFacts | None:
    """What the picture at ``path`` tells; None where it is no picture that can be read. Kept files never change: read once."""
    try:
        with _opened(path) as image:
            exif = image.getexif()
            own = exif.get_ifd(_EXIF)
            taken = _day(own.get(_TAKEN)) or _day(exif.get(_CHANGED))
            place = _place(exif.get_ifd(_GPS))
            image.draft("L", (72, 64))
            return PhotoFacts(taken, place, _look(image))
    except Exception:  # whatever a crafted file makes the reader stumble over, it is no photograph to us
        return None


def fit_photo(path: Path, longest: int = LONGEST) -> tuple[int, int, bytes] | None:
    """Width, height and a JPEG of the picture, upright and no larger than ``longest``; None where it cannot be read."""
    from PIL import ImageOps

    try:
        with _opened(path) as image:
            image.draft("RGB", (longest, longest))
            made = ImageOps.exif_transpose(image).convert("RGB")
            made.thumbnail((longest, longest))
            out = BytesIO()
            made.save(out, "JPEG", quality=82)
            return made.width, made.height, out.getvalue()
    except Exception:  # as above
        return None


def _opened(path: Path) -> Any:
    """The picture, looked at but not unpacked. Raises for one that is of no usual kind or too large."""
    from PIL import Image

    image = Image.open(path, formats=_FORMATS)
    if image.width * image.height > _MOST_PIXELS or min(image.size) < 8:
        image.close()
        raise ValueError("no photograph")
    return image


def _day(text: object) -> date | None:
    """2023:06:15 10:20:30, as cameras write it."""
    try:
        day = datetime.strptime(str(text).strip("\0 ")[:10], "%Y:%m:%d").date()
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2199 else None


def _place(gps: Any) -> tuple[float, float] | None:
    """Degrees north and east out of degrees, minutes and seconds."""
    try:
        north, east = (sum(float(part) / 60 ** i for i, part in enumerate(gps[key])) for key in (2, 4))
        north, east = (-north if str(gps.get(1, "N")).startswith("S") else north), (-east if str(gps.get(3, "E")).startswith("W") else east)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 and (north or east) else None


def _look(image: Any) -> int:
    """Whether each of 64 spots is darker than the one right of it: the same for a copy that was made smaller or saved anew."""
    small = image.convert("L").resize((9, 8))
    dots = list(small.tobytes())
    return sum((dots[y * 9 + x] < dots[y * 9 + x + 1]) << (y * 8 + x) for y in range(8) for x in range(8))

