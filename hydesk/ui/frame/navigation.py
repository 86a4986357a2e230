"""The left navigation: icon, word and badge of each screen; can shrink to the icons."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from hydesk.dataclass import dataclass
from hydesk.ui import icons, style, tokens
from hydesk.ui.kit.basic import label
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One entry of the navigation. ``key`` names the screen and its icon."""

    key: str
    word: str


PLACES = (
    NavigationEntry("home", "本期工作"),
    NavigationEntry("ledger", "项目台账"),
    NavigationEntry("returns", "收报"),
    NavigationEntry("nodes", "节点"),
    NavigationEntry("problems", "问题"),
    NavigationEntry("meeting", "调度会"),
    NavigationEntry("work", "考核与榜单"),
    NavigationEntry("reports", "报告"),
    NavigationEntry("settings", "设置"),
)


class NavigationButton(QAbstractButton):
    """One entry, painted: faint ground on hover, accent ground when current, badge at the right."""

    def __init__(self, place: NavigationEntry, number: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place, self._theme = place, theme
        self.narrow = False
        self._badge = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(place.word)
        self.setToolTip(plain_text(f"{place.word}（Ctrl+{number}）" if number < 10 else place.word))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(tokens.wide(36))
        self.set_badge(0)

    @property
    def badge(self) -> int:
        """How many things wait."""
        return self._badge

    def set_badge(self, count: int) -> None:
        """Show how many things wait; 0 shows nothing."""
        self._badge = count
        self.setAccessibleName(f"{self._place.word}，{count} 项待办" if count else self._place.word)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(tokens.NAV_WIDTH - 16, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.selection() if on else QColor(palette.faint))
            painter.drawRoundedRect(self.rect(), tokens.RADIUS, tokens.RADIUS)
        if self.hasFocus():
            painter.setPen(QColor(palette.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), tokens.RADIUS, tokens.RADIUS)
        color = QColor(palette.accent if on else palette.text)
        picture = icons.pixmap(self._place.key, color, 18, self.devicePixelRatioF())
        painter.drawPixmap(9, (self.height() - 18) // 2, picture)
        if not self.narrow:
            painter.setFont(style.font(tokens.BODY_PT, bold=on))
            painter.setPen(color)
            painter.drawText(self.rect().adjusted(36, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._place.word)
        if self._badge:
            self._draw_badge(painter)

    def _draw_badge(self, painter: QPainter) -> None:
        palette = self._theme.palette
        small = 6.5 if self.narrow else 8.0
        painter.setFont(style.figures(small * tokens.text_scale, bold=True))
        text = str(self._badge) if self._badge < 100 else "99+"
        least, pad, height = (13, 5, tokens.wide(13)) if self.narrow else (18, 10, tokens.wide(17))
        width = max(least, painter.fontMetrics().horizontalAdvance(text) + pad)
        top = 1 if self.narrow else (self.height() - height) // 2
        box = QRect(self.width() - width - (0 if self.narrow else 8), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.serious))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(palette.surface))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Navigation(QFrame):
    """The column at the left."""

    chosen = Signal(str)
    narrowed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName("导航")
        self._theme = theme
        self._brand = label("衡阳重点项目", "brand")
        self.buttons: dict[str, NavigationButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 8)
        layout.setSpacing(2)
        self._head = QHBoxLayout()
        self._head.addWidget(self._brand)
        layout.addLayout(self._head)
        for number, place in enumerate(PLACES, 1):
            button = NavigationButton(place, number, theme)
            button.clicked.connect(lambda _=False, key=place.key: self.chosen.emit(key))
            self.buttons[place.key] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self._help = QToolButton()
        self._help.setObjectName("flat")
        self._help.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._help.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._help.setToolTip("使用手册、快捷键、关于")
        self._help.setAccessibleName("帮助")
        layout.addWidget(self._help)
        self._fold = QToolButton()
        self._fold.setObjectName("flat")
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.clicked.connect(lambda: self.narrowed.emit(self.width() > tokens.NAV_NARROW))
        layout.addWidget(self._fold)
        self.set_narrow(False)

    def offer_help(self, menu: QMenu) -> None:
        """帮助, above 收起, opens ``menu``."""
        self._help.setMenu(menu)

    def show_badges(self, counts: Mapping[str, int]) -> None:
        """Beside each entry how many things wait there."""
        for key, button in self.buttons.items():
            button.set_badge(counts.get(key, 0))

    def set_current(self, key: str) -> None:
        """Mark the current screen; a project's page and the lists belong to the ledger, the leaders to the rankings."""
        self.buttons[{"project": "ledger", "lists": "ledger", "leaders": "work"}.get(key, key)].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or icons and words."""
        self.setFixedWidth(tokens.NAV_NARROW if narrow else tokens.NAV_WIDTH)
        self._brand.setText("重点" if narrow else "衡阳重点项目")
        self._brand.setContentsMargins(0, 0, 0, 0)
        icons.put(self._fold, "expand" if narrow else "collapse", self._theme)
        self._fold.setText("" if narrow else "收起")
        icons.put(self._help, "help", self._theme)
        self._help.setText("" if narrow else "帮助")
        self._fold.setToolTip(plain_text("展开导航" if narrow else "只留图标"))
        self._fold.setAccessibleName(self._fold.toolTip())
        self._head.setContentsMargins(2 if narrow else 10, 13, 0, 12)
        for button in self.buttons.values():
            button.narrow = narrow
            button.update()
