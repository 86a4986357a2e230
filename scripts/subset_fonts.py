"""Cuts the bundled fonts to what they are for: python scripts/subset_fonts.py FOLDER_OF_WHOLE_FONTS

The regular sans keeps every character it has, so that no name of GB 18030 is without a shape on screen or paper. The
regular serif keeps all but CJK extension A, the two heavy faces the characters of GB 2312 and the signs the program
writes: what they lack is taken from the regular faces, by Qt on screen and by ``reports.fonts`` on paper. All but the
regular sans go without kana and Hangul put into one square, radicals and half-width forms. Vertical setting, which
nothing uses, is left out. Characters beyond GB 2312 lie on a grid as coarse as SimSun's own (``GRID``): half of a wheel
is these outlines, and coordinates that are multiples of four pack a fifth smaller. The sans faces get six signs of the window that they lack (``SIGNS``), made of
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
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

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


UNSET = (
    range(0x1100, 0x1200), range(0x2E80, 0x2FE0), range(0x3130, 0x3200), range(0x3200, 0x321F), range(0x3260, 0x3280),
    range(0x32D0, 0x3358), range(0xFF61, 0xFFDD), range(0x1F100, 0x20000))
"""What no office in China sets: Hangul, bare radicals, strokes, words of kana in a square, half-width kana, letters for maps."""


def sign(code: int) -> bool:
    """Latin, punctuation, numbers in circles, months, measures in a square, shapes, full-width forms."""
    return (code < 0x3400 or 0xFE10 <= code <= 0xFFEF) and seldom_lacking(code)


def seldom_lacking(code: int) -> bool:
    """Whether a face is better for having the character: it is none of ``UNSET``, or GBK has it."""
    return in_charset(code, "gbk") or not any(code in unset for unset in UNSET)


KEPT = {
    "NotoSansSC-Regular.ttf": lambda c: True,
    "NotoSerifSC-Regular.ttf": lambda c: not ext_a(c) and seldom_lacking(c),
    "NotoSansSC-Medium.ttf": lambda c: in_charset(c, "gb2312") or sign(c),
    "NotoSerifSC-Bold.ttf": lambda c: in_charset(c, "gb2312") or sign(c),
}

GRID, PAPER_GRID = 4, 2
"""Units of 1000 to the em on which the outlines of Chinese characters lie: those beyond GB 2312 in any face, the others in
faces that are printed alone. 4 is 250 to the em, as SimSun itself has 256: on paper of 16 pt at most 0.05 pt from where an
outline was. What is seen on screen all day keeps its own."""


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


def coarsen(font: TTFont, common: int) -> None:
    """Move the outlines of Chinese characters of GB 2312 onto a grid of ``common`` units, of others onto ``GRID``; advances stay."""
    known, glyphs = font.getBestCmap(), font["glyf"]
    grids: dict[str, int] = {}
    for code, name in known.items():
        if hanzi(code):
            grids[name] = min(common if in_charset(code, "gb2312") else GRID, grids.get(name, GRID))
    for name, grid in grids.items():
        glyph = glyphs[name]
        glyph.coordinates = GlyphCoordinates([(round(x / grid) * grid, round(y / grid) * grid) for x, y in glyph.coordinates])
        glyph.recalcBounds(glyphs)
        font["hmtx"][name] = (font["hmtx"][name][0], glyph.xMin)


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
        coarsen(font, PAPER_GRID if "Serif" in name else 1)
        font.save(TARGET / name)
        print(f"{name}: {len(font.getBestCmap()):,} characters, {(TARGET / name).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
