"""Fonts and the application's style sheet, made from the tokens."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from hydesk.resource_files import resource
from hydesk.ui import tokens
from hydesk.ui.tokens import DARK, LIGHT, Palette

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


def palette_for(choice: str) -> Palette:
    """The palette of a choice: light, dark, or anything else: what the system says."""
    if choice in ("light", "dark"):
        return DARK if choice == "dark" else LIGHT
    from PySide6.QtCore import Qt

    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def dress(app: QApplication, theme: Theme) -> None:
    """Give ``app`` its style, palette, font and style sheet."""
    app.setStyle("Fusion")
    base = QFont(choose_family())
    base.setPointSizeF(tokens.BODY_PT)
    base.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    app.setFont(base)
    app.setPalette(_qt_palette(theme.palette))
    app.setStyleSheet(sheet(theme.palette))


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
    tick = resource("icons", "tick-dark.svg" if p.dark else "tick.svg").as_posix()
    return template.substitute(
        ground=p.ground, surface=p.surface, line=p.line, text=p.text, quiet=p.quiet, accent=p.accent,
        on_accent=p.on_accent, faint=p.faint, serious=p.serious, lagging=p.lagging, ahead=p.ahead,
        on_track=p.on_track,
        selection=p.selection().name(), radius=tokens.RADIUS, title=tokens.TITLE_PT, small=tokens.SMALL_PT,
        table=tokens.TABLE_PT, figure=tokens.FIGURE_PT, head=tokens.HEAD_HEIGHT, chevron=chevron, tick=tick,
        pressed=tokens.mix(QColor(p.accent), QColor(p.text), 0.85).name(),
        strong_line=tokens.mix(QColor(p.quiet), QColor(p.line), 0.22).name(),
    )
