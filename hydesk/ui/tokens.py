"""Colours and sizes, in one place; used by the style sheet, by painted widgets and by charts."""

from __future__ import annotations

from PySide6.QtGui import QColor

from hydesk.dataclass import dataclass
from hydesk.domain.findings import Level
from hydesk.domain.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as #RRGGBB."""

    ground: str
    surface: str
    line: str
    text: str
    quiet: str
    accent: str
    on_accent: str
    ahead: str
    on_track: str
    lagging: str
    serious: str
    faint: str
    """Hover, and the ground of heads and totals."""
    mark_error: str
    mark_warning: str
    dark: bool = False
    high: bool = False
    """For high contrast: stronger lines, selection and focus."""

    def color(self, name: str, alpha: float = 1.0) -> QColor:
        """The colour called ``name`` with opacity ``alpha`` (0 to 1)."""
        color = QColor(getattr(self, name))
        color.setAlphaF(alpha)
        return color

    @property
    def track(self) -> str:
        """The ground a bar fills: faint enough that the bar stands out."""
        if self.high:
            return "#4D4D4D" if self.dark else "#D0D0D0"
        return self.line

    def selection(self) -> QColor:
        """The ground of what is selected: the accent at 12 % (16 % on dark, more in high contrast) over the surface."""
        if self.high:
            return mix(QColor(self.accent), QColor(self.surface), 0.22 if self.dark else 0.15)
        return mix(QColor(self.accent), QColor(self.surface), 0.16 if self.dark else 0.12)

    def pending(self) -> QColor:
        """The ground of what is typed, pasted or proposed but not written."""
        return mix(QColor(self.accent), QColor(self.surface), PENDING_HIGH if self.high else PENDING)

    def of_meaning(self, meaning: Meaning) -> QColor:
        """The colour that goes with a meaning's word and shape."""
        return QColor(getattr(self, _MEANING[meaning]))

    @staticmethod
    def tone(meaning: Meaning) -> str:
        """The name of a meaning's colour."""
        return _MEANING[meaning]

    def of_level(self, level: Level) -> QColor:
        """The colour of a finding's weight."""
        return QColor({Level.ERROR: self.serious, Level.WARNING: self.lagging, Level.NOTE: self.quiet}[level])


_MEANING = {
    Meaning.AHEAD: "ahead",
    Meaning.ON_TRACK: "on_track",
    Meaning.LAGGING: "lagging",
    Meaning.SERIOUSLY_LAGGING: "serious",
    Meaning.UNREPORTED: "quiet",
    Meaning.NO_DATA: "quiet",
}

LEVEL_MARK = {Level.ERROR: "×", Level.WARNING: "!", Level.NOTE: "i"}
"""Signs of findings in a text, so that the colour is never the only sign; ``kit/marks`` draws them whole. They are none
of the marks of progress."""

PENDING, PENDING_HIGH = 0.08, 0.16
"""Opacity of the accent behind what is typed or proposed but not written, usually and in high contrast."""

LIGHT = Palette(
    ground="#F6F7F9", surface="#FFFFFF", line="#E2E5EA", text="#1E2329", quiet="#5B6470", accent="#1F5FAF",
    on_accent="#FFFFFF", ahead="#0F766E", on_track="#386AA0", lagging="#A34B08", serious="#B42318",
    faint="#F3F5F8", mark_error="#FDECEA", mark_warning="#FFF4DF",
)
DARK = Palette(
    ground="#1B1D21", surface="#24272C", line="#363A41", text="#E8EAED", quiet="#A0A7B1", accent="#6EA8FE",
    on_accent="#10131A", ahead="#4FC1B5", on_track="#8DB6E2", lagging="#F0A050", serious="#F58A80",
    faint="#2A2E34", mark_error="#4A2724", mark_warning="#453820", dark=True,
)
HIGH_DARK = Palette(
    ground="#000000", surface="#000000", line="#FFFFFF", text="#FFFFFF", quiet="#E0E0E0", accent="#FFE900",
    on_accent="#000000", ahead="#5FFFD7", on_track="#A6D4FF", lagging="#FFC078", serious="#FFB8B0",
    faint="#1C1C1C", mark_error="#4A0A0A", mark_warning="#3D2E00", dark=True, high=True,
)
HIGH_LIGHT = Palette(
    ground="#FFFFFF", surface="#FFFFFF", line="#000000", text="#000000", quiet="#262626", accent="#002F7A",
    on_accent="#FFFFFF", ahead="#00443D", on_track="#0B3A6B", lagging="#6B2E00", serious="#7A0C06",
    faint="#EFEFEF", mark_error="#FFE3E0", mark_warning="#FFF0CC", high=True,
)
"""For those who need more contrast: text at 7 : 1 or more, lines as strong as text."""

PAPER, FOUND, FOUND_HERE = "#FFFFFF", "#FDE68A", "#F59E0B"
"""A printed page is white in every theme; what a search found on it, and the one it stands at."""
INK, FAINT_INK, BOUND_GROUND, BOUND_INK = "#1E2329", "#6B7280", "#E3ECF7", "#1F5FAF"
"""Where a sentence is edited on the page: its words, those around it, the ground and the ink of numbers that follow the ledger."""
PAGE_MARKS = {"here": "#1F5FAF", "edited": "#386AA0", "ask": "#A34B08"}
"""On the white page: the sentence the keyboard is at, one a person rewrote, one that asks to be looked at."""

GRID = 8
"""Everything sits on this grid, pixels."""
GAP = 12
"""Between cards."""
PAGE_MARGIN = 16
ROW_HEIGHT, COMPACT_ROW = 28, 24
HEAD_HEIGHT = 32
TOP_LINE = 48
NAV_WIDTH = 152
NAV_NARROW = 52
PANEL_WIDTH = 360
NAMES_WIDTH = 232
"""Of the names at the left of a time line."""
RADIUS = 6
FADE_MS = 120

BODY_PT = 10.0
TABLE_PT = 9.5
SMALL_PT = 9.0
TITLE_PT = 14.0
FIGURE_PT = 19.0


TEXT_SIZES = {"standard": ("标准", 1.0), "large": ("大", 1.15), "largest": ("特大", 1.3)}
"""Sizes of text by their key in the desktop's settings: the word, and how much larger everything of text is."""
_GROWING = ("ROW_HEIGHT", "COMPACT_ROW", "HEAD_HEIGHT", "TOP_LINE", "NAV_WIDTH", "NAV_NARROW", "PANEL_WIDTH", "NAMES_WIDTH",
            "BODY_PT", "TABLE_PT", "SMALL_PT", "TITLE_PT", "FIGURE_PT")
_STANDARD: dict[str, float] = {name: globals()[name] for name in _GROWING}
text_scale = 1.0
"""What the sizes above are multiplied by now. A window made before shows the sizes it was made with."""


def scale_text(factor: float) -> None:
    """Let everything of text be ``factor`` times its standard size; for what is made from now on."""
    global text_scale
    text_scale = factor
    for name, size in _STANDARD.items():
        globals()[name] = round(size * factor) if isinstance(size, int) else round(size * factor * 2) / 2


def wide(pixels: int) -> int:
    """A width in ``pixels`` that holds standard text, for the size of text in use."""
    return round(pixels * text_scale)


def mix(over: QColor, under: QColor, share: float) -> QColor:
    """``over`` laid on ``under`` with opacity ``share``; the result is opaque."""
    pairs = ((over.red(), under.red()), (over.green(), under.green()), (over.blue(), under.blue()))
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in pairs)
    return QColor(red, green, blue)
