"""Fonts are read at one go, and come out number for number as reportlab reads them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFace

from hydesk.reports.font_tables import QuickFace, _of_segments
from hydesk.reports.fonts import _EmbeddedFont
from hydesk.resource_files import resource

FACES = sorted(resource("fonts").glob("*.ttf"))


@pytest.mark.parametrize("path", FACES, ids=lambda p: p.stem)
def test_every_bundled_face_comes_out_as_reportlab_reads_it(path: Path) -> None:
    quick, plain = QuickFace(str(path)), TTFontFace(str(path))
    kept = ("charToGlyph", "charWidths", "defaultWidth", "hmetrics", "glyphPos", "name", "ascent", "descent", "capHeight", "bbox",
            "flags", "italicAngle", "stemV", "numGlyphs", "unitsPerEm")
    for name in kept:
        assert getattr(quick, name) == getattr(plain, name), name
    some = [32, ord("0"), ord("衡"), ord("阳"), ord("中")]
    assert quick.makeSubset(some) == plain.makeSubset(some)


def test_a_font_has_all_that_reportlab_gives_one() -> None:
    ours, plain = _EmbeddedFont("quick", str(FACES[0])), TTFont("plain", str(FACES[0]))
    assert ours.__dict__.keys() == plain.__dict__.keys()
    assert (ours._asciiReadable, ours.shapable) == (plain._asciiReadable, plain.shapable)
    assert ours.stringWidth("衡阳 2023", 10) == plain.stringWidth("衡阳 2023", 10)


def test_segments_with_a_step_and_with_a_list_of_glyphs_are_read() -> None:
    """Two segments: A–C by a step, 一–二 by a list of which the second is no glyph; and the closing one."""
    ends, firsts, steps, offsets = (0x43, 0x4E01, 0xFFFF), (0x41, 0x4E00, 0xFFFF), (-0x40, 0, 1), (0, 4, 0)
    glyphs = (7, 0)
    body = struct.pack(">HHHH", 6, 0, 0, 0) + struct.pack(">3H", *ends) + b"\0\0" + struct.pack(">3H3h3H2H", *firsts, *steps, *offsets, *glyphs)
    content = struct.pack(">HHH", 4, 6 + len(body), 0) + body
    assert dict(_of_segments(content)) == {0x41: 1, 0x42: 2, 0x43: 3, 0x4E00: 7, 0x4E01: 0, 0xFFFF: 0}


def test_a_face_cut_short_is_refused_as_one_that_cannot_be_read(tmp_path: Path) -> None:
    short = tmp_path / "short.ttf"
    whole = FACES[0].read_bytes()
    for share in (0.001, 0.3, 0.9):
        short.write_bytes(whole[:int(len(whole) * share)])
        try:
            QuickFace(str(short))
        except TTFError:
            continue
        assert share == 0.9  # outlines may be wanting where all tables of numbers are there
