"""A chain's map drawn on screen, in which segments, enterprises, projects and gaps are chosen, dragged and edited."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsItem, QGraphicsScene, QGraphicsView

from hydesk.dataclass import dataclass
from hydesk.services.mechanisms.chain_map import ChainMap
from hydesk.services.mechanisms.edit_chain_map import ChainPlace
from hydesk.ui import style, tokens
from hydesk.ui.kit.basic import is_change_of_theme
from hydesk.ui.style import Theme

_GAP, _PAD, _ARROW, _HEAD = 14.0, 10.0, 34.0, 26.0
_TONES = {"已有": "text", "在建": "accent", "缺口": "lagging"}
_AMOUNT = re.compile(r"\d[\d.,]*亿元）?")
"""An amount is not broken over lines."""
ADD = "＋ 新增环节"
_STEPS = {Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)}


@dataclass(frozen=True, slots=True)
class Spot:
    """Something of the drawing that can be chosen, and where it is drawn."""

    rect: QRectF
    place: ChainPlace
    words: str


class ChainView(QGraphicsView):
    """Draws one chain over its width; taller ones scroll. Arrows choose, with Ctrl they move; so does the mouse."""

    chosen = Signal()
    edit_wanted = Signal()
    menu_wanted = Signal(QPoint)
    step_wanted = Signal(int, int)
    """Move what is chosen by columns and by places."""
    dropped = Signal(object, object, int)
    """What was dragged, the segment or position it was let go on, and before which of what is there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._map: ChainMap | None = None
        self.spots: list[Spot] = []
        self.place: ChainPlace | None = None
        """What is chosen."""
        self._pressed: QPoint | None = None
        self._goal: tuple[ChainPlace, int] | None = None
        self._overlay: list[QGraphicsItem] = []
        self.setScene(QGraphicsScene(self))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("产业链图谱")

    def show_map(self, shown: ChainMap | None) -> None:
        """Draw another chain, or the same one changed; what was chosen stays chosen where it is still there."""
        other = shown is None or self._map is None or shown.chain != self._map.chain
        self.place = None if other else self.place
        self._map = shown
        self._draw()
        if other:
            self.verticalScrollBar().setValue(0)
        if self.place is not None and self.place.key and self.spot() is None:  # it moved, by 撤销 or elsewhere
            self.place = next((s.place for s in self.spots if s.place.key == self.place.key), None)
            self._mark()

    def choose(self, place: ChainPlace | None) -> None:
        """Choose a place and bring it into sight."""
        self.place = place
        self._mark()
        spot = self.spot()
        self.setAccessibleDescription(f"选中：{spot.words}" if spot is not None else "")
        if spot is not None:
            self._bring(spot)
        self.chosen.emit()

    def _bring(self, spot: Spot) -> None:
        """Scroll so that ``spot`` is seen; what stands first in its column with the column's head."""
        first = spot.rect.top() < _GAP + _HEAD + 4 * _GAP
        self.ensureVisible(spot.rect.adjusted(0, -spot.rect.top(), 0, 0) if first else spot.rect, 8, 24)

    def spot(self) -> Spot | None:
        """The place chosen, as drawn."""
        return next((s for s in self.spots if s.place == self.place), None)

    # Keys and mouse ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_wanted.emit(*step)
        elif step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._go(*step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _go(self, across: int, down: int) -> None:
        now = self.spot()
        if now is None:
            self.choose(self.spots[0].place if self.spots else None)
            return
        columns = list(dict.fromkeys(s.place.position for s in self.spots))
        own = [s for s in self.spots if s.place.position == now.place.position]
        if down:
            at = own.index(now) + down
            if 0 <= at < len(own):
                self.choose(own[at].place)
            return
        at = columns.index(now.place.position) + across
        if 0 <= at < len(columns):
            beside = [s for s in self.spots if s.place.position == columns[at]]
            self.choose(min(beside, key=lambda s: abs(s.rect.center().y() - now.rect.center().y())).place)

    def _under(self, at: QPoint) -> Spot | None:
        here = self.mapToScene(at)
        under = [s for s in self.spots if s.rect.contains(here)]
        return min(under, key=lambda s: s.rect.height(), default=None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        spot = self._under(event.position().toPoint())
        self.choose(spot.place if spot is not None else None)
        if event.button() == Qt.MouseButton.LeftButton and spot is not None and spot.place.segment:
            self._pressed = event.position().toPoint()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._under(event.position().toPoint()) is not None:
            self.edit_wanted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None or (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._goal = self._aim(self.mapToScene(at))
        self._mark()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        goal, self._goal, dragged = self._goal, None, self._pressed is not None
        self._pressed = None
        self.viewport().unsetCursor()
        self._mark()
        spot = self.spot()
        if goal is not None:
            self.dropped.emit(self.place, *goal)
        elif dragged and spot is not None and event.button() == Qt.MouseButton.LeftButton:
            return
        elif event.button() == Qt.MouseButton.LeftButton and spot is not None and not spot.place.segment:
            self.edit_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        spot = self.spot()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and spot is not None:
            at = self.viewport().mapToGlobal(self.mapFromScene(spot.rect.bottomLeft()))
        else:
            at = event.globalPos()
        self.menu_wanted.emit(at)

    def _aim(self, here: QPointF) -> tuple[ChainPlace, int] | None:
        """Where what is dragged would land: for a segment a position, for an item a segment, and before which."""
        heads = [s for s in self.spots if not s.place.segment]
        if not heads or self.place is None:
            return None
        position = min(heads, key=lambda s: abs(s.rect.center().x() - here.x())).place.position
        boxes = [s for s in self.spots if s.place.position == position and s.place.segment and not s.place.key]
        if not self.place.key:
            others = [b for b in boxes if b.place != self.place]
            return ChainPlace(position), sum(b.rect.center().y() < here.y() for b in others)
        box = min(boxes, key=lambda s: abs(s.rect.center().y() - here.y()) - s.rect.height() / 2, default=None)
        if box is None:
            return None
        items = [s for s in self.spots if s.place.key and s.place != self.place
                 and (s.place.position, s.place.segment) == (position, box.place.segment)]
        return box.place, sum(s.rect.center().y() < here.y() for s in items)

    # Drawing ----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        held = self.verticalScrollBar().value()
        super().resizeEvent(event)
        self._draw()
        self.verticalScrollBar().setValue(held)  # Qt would keep the middle in its place, not the top

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_change_of_theme(event):
            self._draw()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if self.spot() is None and self.spots:
            self.choose(self.spots[0].place)

    def _mark(self) -> None:
        """Show what is chosen, and while something is dragged where it would land."""
        for item in self._overlay:
            self.scene().removeItem(item)
        self._overlay = []
        palette, spot = self._theme.palette, self.spot()
        if spot is not None:
            ground = palette.selection()
            chosen = self.scene().addRect(spot.rect, QPen(QColor(palette.accent), 2.0), ground)
            chosen.setZValue(-0.5)
            self._overlay.append(chosen)
        if self._goal is not None:
            goal = next((s for s in self.spots if s.place == self._goal[0]), None)
            if goal is not None:
                pen = QPen(QColor(palette.accent), 2.5, Qt.PenStyle.DotLine)
                self._overlay.append(self.scene().addRect(goal.rect.adjusted(-3, -3, 3, 3), pen))

    def _draw(self) -> None:
        scene, palette = self.scene(), self._theme.palette
        scene.clear()
        self._overlay, self.spots = [], []
        self.setBackgroundBrush(QColor(palette.surface))
        if self._map is None:
            self._text("这里画各条产业链的上游、中游、下游。先在左边启用自带台账，再点“新增环节”。",
                       style.font(tokens.BODY_PT), palette.quiet, 2 * _GAP, 2 * _GAP, max(300.0, self.viewport().width() - 4 * _GAP))
            return
        width = max(540.0, float(self.viewport().width()))
        column = (width - 2 * _GAP - 2 * _ARROW) / 3
        bottom = 0.0
        for index, (name, boxes) in enumerate(self._map.drawing.columns):
            left = _GAP + index * (column + _ARROW)
            self._text(name, style.font(tokens.BODY_PT + 1, bold=True), palette.text, left, _GAP, column)
            scene.addLine(left, _GAP + _HEAD, left + column, _GAP + _HEAD, QPen(QColor(palette.accent), 1.5))
            if index < 2:
                self._arrow(left + column + 5, _GAP + 12)
            y = _GAP + _HEAD + _GAP
            for box in boxes:
                y += self._box(name, box, left, y, column) + _GAP
            high = self._text(ADD, style.font(tokens.TABLE_PT), palette.quiet, left + _PAD, y + 4, column - 2 * _PAD)
            self.spots.append(Spot(QRectF(left, y, column, high + 8), ChainPlace(name), f"{name}，{ADD}"))
            bottom = max(bottom, y + high + 8 + _GAP)
        below = self._map.drawing.below
        if below is not None:
            bottom += self._band(below, _GAP, bottom, width - 2 * _GAP) + _GAP
        scene.setSceneRect(QRectF(0, 0, width - 1, bottom))
        self._mark()

    def _box(self, position: str, box: Any, left: float, top: float, width: float) -> float:
        palette = self._theme.palette
        bold, plain = style.font(tokens.BODY_PT, bold=True), style.font(tokens.TABLE_PT)
        y = top + _PAD
        y += self._text(box.name, bold, palette.text, left + _PAD, y, width - 2 * _PAD) + 4
        own: list[Spot] = []
        for item in box.items:
            color = getattr(palette, _TONES.get(item.kind, "text"))
            high = max(self._text(item.words, plain, color, left + _PAD, y, width - 2 * _PAD), QFontMetricsF(plain).height())
            own.append(Spot(QRectF(left + _PAD / 2, y - 1, width - _PAD, high + 2), ChainPlace(position, box.name, item.key),
                            f"{box.name}，{item.words}"))
            y += high + 2
        height = y - top + _PAD - 2
        pen = QPen(QColor(palette.lagging if box.gap else palette.quiet), 1.2)
        if box.gap:
            pen.setStyle(Qt.PenStyle.DashLine)
        frame = self.scene().addRect(QRectF(left, top, width, height), pen, QColor(palette.surface if box.gap else palette.faint))
        frame.setZValue(-1)
        self.spots.append(Spot(QRectF(left, top, width, height), ChainPlace(position, box.name), f"{position}环节 {box.name}"))
        self.spots += own
        return height

    def _band(self, box: Any, left: float, top: float, width: float) -> float:
        """The ledger's projects of the chain across the page, in three columns; its height."""
        palette, plain = self._theme.palette, style.font(tokens.TABLE_PT)
        y = top + _PAD
        y += self._text(box.name, style.font(tokens.BODY_PT, bold=True), palette.text, left + _PAD, y, width - 2 * _PAD) + 4
        column, per, foot = (width - 4 * _PAD) / 3, -(-len(box.items) // 3) or 1, y
        for i in range(3):
            at = y
            for item in box.items[i * per:(i + 1) * per]:
                at += self._text(item.words, plain, palette.text, left + _PAD + i * (column + _PAD), at, column) + 3
            foot = max(foot, at)
        height = foot - top + _PAD
        frame = self.scene().addRect(QRectF(left, top, width, height), QPen(QColor(palette.quiet), 1.2), QColor(palette.faint))
        frame.setZValue(-1)
        return height

    def _arrow(self, x: float, y: float) -> None:
        pen = QPen(QColor(self._theme.palette.quiet), 1.5)
        end = x + _ARROW - 10
        for line in ((x, y, end, y), (end, y, end - 6, y - 5), (end, y, end - 6, y + 5)):
            self.scene().addLine(*line, pen)

    def _text(self, words: str, font: QFont, color: str, x: float, y: float, width: float) -> float:
        item = self.scene().addText("", font)
        item.setDefaultTextColor(QColor(color))
        item.document().setDocumentMargin(0)
        item.setTextWidth(width)
        item.setPlainText(_AMOUNT.sub(lambda m: "\u2060".join(m.group()), words))
        item.setPos(x, y)
        return item.boundingRect().height()
