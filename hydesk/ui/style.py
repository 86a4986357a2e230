"""Fonts and the application's style sheet, made from the tokens."""

from __future__ import annotations

import sys
from string import Template

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from hydesk.resource_files import resource
from hydesk.ui import tokens
from hydesk.ui.tokens import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Palette

FAMILIES = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Noto Sans SC")
"""In order of preference; the last one is bundled."""
BUNDLED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf")


def choose_family() -> str:
    """The sans the machine has, else the bundled one (loaded here)."""
    known = set(QFontDatabase.families())
    for name in FAMILIES[:-1]:
        if name in known:
            return name
    for file in BUNDLED:
        QFontDatabase.addApplicationFont(str(resource("fonts", file)))
    return FAMILIES[-1]


def font(size: float, *, bold: bool = False) -> QFont:
    """The application's font at ``size`` points; ``bold`` is semibold where the family has it."""
    made = QFont(QGuiApplication.font())
    made.setPointSizeF(size)
    if bold:
        made.setWeight(QFont.Weight.DemiBold)
    return made


def figures(size: float, *, bold: bool = False) -> QFont:
    """Like ``font``, with digits of equal width."""
    made = font(size, bold=bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


class Theme:
    """The palette in use. Widgets that paint themselves hold this object and read ``palette`` when painting."""

    def __init__(self, palette: Palette = LIGHT) -> None:
        self.palette = palette


THEME, TEXT_SIZE = "theme", "text_size"
"""Settings of this desktop: a key of THEMES, and one of ``tokens.TEXT_SIZES``."""
THEMES = {"system": "跟随系统", "light": "浅色", "dark": "深色", "high_dark": "高对比度（黑底）", "high_light": "高对比度（白底）"}
FIXED = {"light": LIGHT, "dark": DARK, "high_dark": HIGH_DARK, "high_light": HIGH_LIGHT}


def palette_for(choice: str, *, dark: bool = False, high: bool = False) -> Palette:
    """The palette of a choice of THEMES; for "system" by what the system says: ``dark``, ``high`` contrast."""
    if choice in FIXED:
        return FIXED[choice]
    return (HIGH_DARK if dark else HIGH_LIGHT) if high else (DARK if dark else LIGHT)


def usual_size(points: float) -> str:
    """The size of text before one is chosen, by the size of the system's own text, in points.

    Windows writes at 9 points, and larger where 文本大小 is set up in its settings for ease of access.
    """
    return "largest" if points >= 11.25 else "large" if points >= 10 else "standard"


def text_size(settings: QSettings) -> str:
    """The size of text in use: a key of ``tokens.TEXT_SIZES``."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    chosen = str(settings.value(TEXT_SIZE) or (usual_size(system) if sys.platform == "win32" else "standard"))
    return chosen if chosen in tokens.TEXT_SIZES else "standard"


def wear(app: QApplication, theme: Theme, settings: QSettings) -> None:
    """Dress ``app`` as its settings say; where they leave it to the system, as that says now.

    Windows tells its frame and the file dialogs' colours by the same choice. A size of text is for what is made later.
    """
    choice = str(settings.value(THEME, "system"))
    hints = QGuiApplication.styleHints()
    wanted = palette_for(choice) if choice in FIXED else None
    scheme = Qt.ColorScheme.Unknown if wanted is None else (
        Qt.ColorScheme.Dark if wanted.dark else Qt.ColorScheme.Light)
    hints.setColorScheme(scheme)
    dark = hints.colorScheme() == Qt.ColorScheme.Dark
    high = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    theme.palette = wanted or palette_for("system", dark=dark, high=high)
    tokens.scale_text(tokens.TEXT_SIZES[text_size(settings)][1])
    dress(app, theme)


def dress(app: QApplication, theme: Theme) -> None:
    """Give ``app`` its style, palette and font, and each of its windows the style sheet.

    A sheet of the application itself would be worked out anew for a whole part of a page each time that part is put into
    another, as deep as they lie in each other: a fifth of the time that opening a page takes.
    """
    app.setStyle("Fusion")
    base = QFont(choose_family())
    base.setPointSizeF(tokens.BODY_PT)
    base.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setFont(base)
    app.setPalette(_qt_palette(theme.palette))
    app.setProperty(_SHEET, sheet(theme.palette))
    for window in app.topLevelWidgets():
        if window.property(_SHEET):
            clothe(window)


_SHEET = "hydesk sheet"
"""The property that holds the application's sheet, and that marks the windows which wear it."""


def clothe(window: QWidget) -> None:
    """Let ``window``, which belongs to no other, and all within it look as the program does; now and after each ``dress``."""
    app = QApplication.instance()
    window.setProperty(_SHEET, True)
    window.setStyleSheet(str(app.property(_SHEET) or "") if app else "")


def _qt_palette(p: Palette) -> QPalette:
    qt = QPalette()
    role = QPalette.ColorRole
    for name, value in (
        (role.Window, p.ground), (role.WindowText, p.text), (role.Base, p.surface), (role.AlternateBase, p.faint),
        (role.Text, p.text), (role.Button, p.surface), (role.ButtonText, p.text), (role.ToolTipBase, p.surface),
        (role.ToolTipText, p.text), (role.PlaceholderText, p.quiet), (role.Highlight, p.accent),
        (role.HighlightedText, p.on_accent), (role.Link, p.accent), (role.Mid, p.line), (role.Light, p.surface),
    ):
        qt.setColor(name, QColor(value))
    for disabled in (role.Text, role.ButtonText, role.WindowText):
        qt.setColor(QPalette.ColorGroup.Disabled, disabled, tokens.mix(QColor(p.quiet), QColor(p.surface), 0.6))
    return qt


def sheet(p: Palette) -> str:
    """The style sheet of palette ``p``."""
    template = Template(resource("style", "hydesk.qss").read_text(encoding="utf-8"))
    chevron = resource("icons", "chevron-dark.svg" if p.dark else "chevron.svg").as_posix()
    up = resource("icons", "chevron-up-dark.svg" if p.dark else "chevron-up.svg").as_posix()
    tick = resource("icons", "tick-dark.svg" if p.dark else "tick.svg").as_posix()
    return template.substitute(
        ground=p.ground, surface=p.surface, line=p.line, text=p.text, quiet=p.quiet, accent=p.accent,
        on_accent=p.on_accent, faint=p.faint, serious=p.serious, lagging=p.lagging, ahead=p.ahead,
        on_track=p.on_track, track=p.track,
        selection=p.selection().name(), pending=p.pending().name(), brand=round(11.5 * tokens.text_scale, 1), radius=tokens.RADIUS, title=tokens.TITLE_PT, small=tokens.SMALL_PT,
        table=tokens.TABLE_PT, figure=tokens.FIGURE_PT, head=tokens.HEAD_HEIGHT, chevron=chevron, chevron_up=up, tick=tick,
        paper=tokens.PAPER, ink=tokens.INK, faint_ink=tokens.FAINT_INK, paper_accent=tokens.BOUND_INK,
        pressed=tokens.mix(QColor(p.accent), QColor(p.text), 0.85).name(),
        strong_line=p.quiet if p.high else tokens.mix(QColor(p.quiet), QColor(p.line), 0.22).name(),
    )
