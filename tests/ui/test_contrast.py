"""Every text colour can be read on every ground it may stand on: contrast of at least 4.5 : 1 (WCAG 2, AA).

In high contrast 7 : 1 (AAA), and lines as strong as text.
"""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QColor

from hydesk.ui.style import FIXED, palette_for
from hydesk.ui.tokens import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Palette

TEXTS = ("text", "quiet", "accent", "ahead", "on_track", "lagging", "serious")
GROUNDS = ("ground", "surface", "faint", "selection", "mark_error", "mark_warning")

ALL, NAMES = (LIGHT, DARK, HIGH_DARK, HIGH_LIGHT), ("light", "dark", "high-dark", "high-light")


def luminance(color: QColor) -> float:
    """Relative luminance, 0 to 1, as WCAG 2 defines it."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
             for c in (color.redF(), color.greenF(), color.blueF())]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", ALL, ids=NAMES)
@pytest.mark.parametrize(("text", "ground"), product(TEXTS, GROUNDS))
def test_text_can_be_read_on_every_ground(palette: Palette, text: str, ground: str) -> None:
    on = palette.selection() if ground == "selection" else QColor(getattr(palette, ground))
    assert contrast(QColor(getattr(palette, text)), on) >= (7 if palette.high else 4.5)


@pytest.mark.parametrize("palette", ALL, ids=NAMES)
def test_words_on_the_accent_can_be_read(palette: Palette) -> None:
    assert contrast(QColor(palette.on_accent), QColor(palette.accent)) >= (7 if palette.high else 4.5)


@pytest.mark.parametrize("palette", [HIGH_DARK, HIGH_LIGHT], ids=NAMES[2:])
def test_lines_and_bars_are_seen_in_high_contrast(palette: Palette) -> None:
    assert contrast(QColor(palette.line), QColor(palette.surface)) >= 7
    assert contrast(palette.selection(), QColor(palette.surface)) >= 1.2
    for tone in ("accent", "ahead", "on_track", "lagging", "serious"):
        assert contrast(QColor(getattr(palette, tone)), QColor(palette.track)) >= 3


def test_the_look_follows_the_system_only_where_it_is_left_to_it() -> None:
    assert palette_for("system") is LIGHT
    assert palette_for("system", dark=True) is DARK
    assert palette_for("system", dark=True, high=True) is HIGH_DARK
    assert palette_for("system", high=True) is HIGH_LIGHT
    assert palette_for("light", dark=True, high=True) is LIGHT
    assert [palette_for(choice) for choice in FIXED] == list(FIXED.values())
