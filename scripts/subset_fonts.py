"""Cuts the bundled fonts to what they are for: python scripts/subset_fonts.py FOLDER_OF_WHOLE_FONTS

The regular sans keeps every character it has, so that no name of GB 18030 is without a shape on screen or paper. The
regular serif keeps all but CJK extension A, the two heavy faces the characters of GB 2312 and the signs the program
writes: what they lack is taken from the regular faces, by Qt on screen and by ``reports.fonts`` on paper. Vertical
setting, which nothing uses, is left out. The sans faces get six signs of the window that they lack (``SIGNS``), made of
their own shapes. Needs fontTools, which the program does not.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from fontTools import subset
from fontTools.misc.transform import Identity, Transform
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
FEATURES = ("tnum", "kern", "mark", "mkmk", "ccmp", "locl", "liga")


def in_charset(code: int, charset: str) -> bool:
    """Whether a character has two bytes at most in ``charset``."""
    try:
        return len(chr(code).encode(charset)) <= 2
    except UnicodeEncodeError:
        return False


def ext_a(code: int) -> bool:
    """CJK extension A."""
    return 0x3400 <= code <= 0x4DBF


def hanzi(code: int) -> bool:
    """Any CJK ideograph."""
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or code >= 0x20000


def sign(code: int) -> bool:
    """Latin, punctuation, numbers in circles, shapes, full-width forms."""
    return (code < 0x3400 and not (0x1100 <= code <= 0x11FF or 0x3100 <= code <= 0x318F)) or 0xFE10 <= code <= 0xFFEF


KEPT = {
    "NotoSansSC-Regular.ttf": lambda c: True,
    "NotoSerifSC-Regular.ttf": lambda c: not ext_a(c),
    "NotoSansSC-Medium.ttf": lambda c: in_charset(c, "gb2312") or sign(c),
    "NotoSerifSC-Bold.ttf": lambda c: in_charset(c, "gb2312") or sign(c),
}


SIGNS: dict[str, tuple[tuple[str, Transform], ...]] = {
    "☐": (("□", Identity),),
    "☑": (("□", Identity), ("✓", Identity.translate(190, 60).scale(0.85))),
    "✔": (("✓", Identity),),
    "✕": (("×", Identity),),
    "▾": (("▼", Identity.translate(190, 170).scale(0.62)),),
}
"""Signs of the window and the shapes they are made of; ↺ is drawn."""


def add_signs(font: TTFont) -> None:
    """Give ``font`` the signs it lacks."""
    shapes, known = font.getGlyphSet(), font.getBestCmap()
    for sign, parts in SIGNS.items():
        if ord(sign) in known:
            continue
        pen = TTGlyphPen(None)
        for char, place in parts:
            drawn = DecomposingRecordingPen(shapes)
            shapes[known[ord(char)]].draw(drawn)
            drawn.replay(TransformPen(pen, place))
        put(font, sign, pen, font["hmtx"][known[ord(parts[0][0])]][0])
    if ord("↺") not in known:
        put(font, "↺", turned_back(), 1000)


def turned_back() -> TTGlyphPen:
    """↺: three quarters of a ring, an arrow's head at its left end."""
    pen, middle, outer, inner = TTGlyphPen(None), (500, 370), 310, 250
    sweep = [math.radians(a) for a in range(-180, 121, 10)]
    ring = [(middle[0] + outer * math.cos(a), middle[1] + outer * math.sin(a)) for a in reversed(sweep)]
    ring += [(middle[0] + inner * math.cos(a), middle[1] + inner * math.sin(a)) for a in sweep]
    end = (middle[0] + 280 * math.cos(sweep[-1]), middle[1] + 280 * math.sin(sweep[-1]))
    head = [(end[0] - 190, end[1] - 40), (end[0] + 60, end[1] + 130), (end[0] + 70, end[1] - 130)]
    for outline in (ring, head):
        pen.moveTo(outline[0])
        for point in outline[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen


def put(font: TTFont, sign: str, pen: TTGlyphPen, advance: int) -> None:
    """Add a shape under the code of ``sign``."""
    name = f"uni{ord(sign):04X}"
    glyph = pen.glyph(dropImpliedOnCurves=False, round=round)
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, glyph.xMin)
    if "vmtx" in font:
        font["vmtx"][name] = (1000, 0)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[ord(sign)] = name


def main(folder: Path) -> None:
    """Write each face, cut."""
    for name, keep in KEPT.items():
        font = TTFont(folder / name, recalcTimestamp=False)
        if "Sans" in name:
            add_signs(font)
        options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=["*"], name_languages=["*"])
        options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
        cut = subset.Subsetter(options)
        cut.populate(unicodes=[c for c in font.getBestCmap() if keep(c)])
        cut.subset(font)
        font.save(TARGET / name)
        print(f"{name}: {len(font.getBestCmap()):,} characters, {(TARGET / name).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
