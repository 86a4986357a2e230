"""Every text colour can be read on every ground it may stand on: contrast of at least 4.5 : 1 (WCAG 2, AA)."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QColor

from hydesk.ui.tokens import DARK, LIGHT, Palette

TEXTS = ("text", "quiet", "accent", "ahead", "on_track", "lagging", "serious")
GROUNDS = ("ground", "surface", "faint", "selection", "mark_error", "mark_warning")


def luminance(color: QColor) -> float:
    """Relative luminance, 0 to 1, as WCAG 2 defines it."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
             for c in (color.redF(), color.greenF(), color.blueF())]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), product(TEXTS, GROUNDS))
def test_text_can_be_read_on_every_ground(palette: Palette, text: str, ground: str) -> None:
    on = palette.selection() if ground == "selection" else QColor(getattr(palette, ground))
    assert contrast(QColor(getattr(palette, text)), on) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_words_on_the_accent_can_be_read(palette: Palette) -> None:
    assert contrast(QColor(palette.on_accent), QColor(palette.accent)) >= 4.5
