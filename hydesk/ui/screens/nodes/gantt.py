"""Hands for the time line: rows are selected as in a list, ← and → walk nodes, Enter edits, Ctrl+wheel, M, Q and Y zoom."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from hydesk.domain.milestones import ProjectNodes
from hydesk.ui import tokens
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.nodes.marks import RADIUS, day_number
from hydesk.ui.screens.nodes.time_line import HEAD, ZOOMS, TimeLine
from hydesk.ui.style import Theme

_ZOOM_KEYS = {Qt.Key.Key_M: ZOOMS[0][1], Qt.Key.Key_Q: ZOOMS[1][1], Qt.Key.Key_Y: ZOOMS[2][1]}


class Gantt(TimeLine):
    """Rows are selected as in a list; ← and → walk the nodes of the current row, Enter edits."""

    chosen = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)
    """Where on the screen the right button was pressed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._anchor = -1

    def _row_at(self, at: QPoint) -> int:
        row = (at.y() - HEAD + self.verticalScrollBar().value()) // tokens.ROW_HEIGHT
        return row if at.y() >= HEAD and 0 <= row < len(self.lines) else -1

    def _node_at(self, at: QPoint, row: int) -> int | None:
        """The node whose mark is under the pointer."""
        if row < 0 or at.x() < tokens.NAMES_WIDTH:
            return None
        near = [(abs(self._x(m.day) - at.x()), m.node) for m in self.lines[row].marks]
        best = min(near, default=(99.0, 0))
        return best[1] if best[0] <= RADIUS + 4 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        row = self._row_at(at)
        if row < 0 or self.lines[row].project is None:
            return
        node = self._node_at(at, row)
        if node is not None:
            self.node = node
        if event.button() == Qt.MouseButton.RightButton:
            project = self.lines[row].project
            if project is not None and project.project_id not in self.selected:
                self._go(row, Qt.KeyboardModifier.NoModifier)
            return
        self._go(row, event.modifiers(), toggle=True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row != self._hover:
            self._hover = row
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1, event.position().toPoint().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (event.angleDelta().y() or event.angleDelta().x()))
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button, or the key for menus: what can be done with the selected rows."""
        if self.selected:
            self.menu_wanted.emit(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._hover >= 0:
            self._hover = -1
            self.viewport().update()
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.tip(event.pos())
            if text:
                QToolTip.showText(event.globalPos(), plain_text(text), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def tip(self, at: QPoint) -> str:
        """What stands under the pointer: a node with its three dates and slip, or the project's whole name."""
        row = self._row_at(at)
        project = self.project(row)
        if project is None:
            return ""
        node = self._node_at(at, row)
        if node is None:
            return f"{project.name}\n{project.code}　{project.unit}" if at.x() < tokens.NAMES_WIDTH else self._stage_at(at, row)
        return self.said(project, node)

    def _stage_at(self, at: QPoint, row: int) -> str:
        """The stage under the pointer, as it stands and as it was first planned."""
        for bar in self.lines[row].bars:
            if self._x(day_number(bar.begin)) <= at.x() <= self._x(day_number(bar.end)):
                planned = f"\n最初计划 {bar.planned[0]} 至 {bar.planned[1]}" if bar.planned else ""
                return f"{bar.stage}：{'、'.join(dict.fromkeys(p.kind.label for p in bar.pieces))}\n{bar.begin} 至 {bar.end}{planned}"
        return ""

    def select(self, project_id: int) -> None:
        """Select one project and bring it into sight."""
        row = self.row_of(project_id)
        if row >= 0:
            self._go(row, Qt.KeyboardModifier.NoModifier)

    def enter(self) -> None:
        """The keyboard comes here: the first project is selected where none is."""
        self.setFocus()
        if self.current < 0:
            self._walk(1, Qt.KeyboardModifier.NoModifier)

    def said(self, project: ProjectNodes, node: int) -> str:
        """A node of a project in words."""
        kind = self.nodes[node]
        dates = project.node(kind.name)
        slip = dates.slip(self.on)
        parts = [f"{word} {value}" for word, value in
                 (("计划", dates.baseline), ("预计", dates.forecast), ("实际", dates.actual)) if value]
        late = "" if not slip else f"\n比计划{'晚' if slip > 0 else '早'} {abs(slip)} 天"
        return f"{project.name}\n{kind.shown}：{dates.state(self.on).label}\n" + "　".join(parts) + late

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, page = event.key(), max(1, (self.viewport().height() - HEAD) // tokens.ROW_HEIGHT - 1)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page,
                 Qt.Key.Key_Home: -len(self.lines), Qt.Key.Key_End: len(self.lines)}
        if key in steps:
            self._walk(steps[Qt.Key(key)], event.modifiers())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk_nodes(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit()
        elif key == Qt.Key.Key_Space and self.current >= 0:
            self._go(self.current, Qt.KeyboardModifier.ControlModifier, toggle=True)
        elif key == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.selected = {x.project.project_id for x in self.lines if x.project}
            self._told()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(-1 if key == Qt.Key.Key_Minus else 1)
        elif key in _ZOOM_KEYS and not event.modifiers():
            self.zoom_to(_ZOOM_KEYS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int, modifiers: Qt.KeyboardModifier) -> None:
        row, way = max(-1, min(len(self.lines), self.current + step)), 1 if step > 0 else -1
        row = max(0, min(len(self.lines) - 1, row))
        while 0 <= row < len(self.lines) and self.lines[row].project is None:
            row += way
        if not 0 <= row < len(self.lines):
            row = next((i for i, x in enumerate(self.lines) if x.project), -1) if way < 0 else self.current
        if row >= 0:
            self._go(row, modifiers)

    def _walk_nodes(self, step: int) -> None:
        """The next node of the row that has a date; the axis follows."""
        if not 0 <= self.current < len(self.lines):
            return
        held = sorted({m.node for m in self.lines[self.current].marks})
        further = [n for n in held if (n > self.node) == (step > 0) and n != self.node]
        if further:
            self.node = further[0] if step > 0 else further[-1]
            day = next(m.day for m in self.lines[self.current].marks if m.node == self.node)
            x, bar = self._x(day), self.horizontalScrollBar()
            if not tokens.NAMES_WIDTH + 20 < x < self.viewport().width() - 40:
                bar.setValue(round(bar.value() + x - (tokens.NAMES_WIDTH + self.viewport().width()) / 2))
            self._told()

    def _go(self, row: int, modifiers: Qt.KeyboardModifier, *, toggle: bool = False) -> None:
        project = self.project(row)
        if project is None:
            return
        self.current = row
        if modifiers & Qt.KeyboardModifier.ShiftModifier and self._anchor >= 0:
            low, high = sorted((self._anchor, row))
            self.selected = {x.project.project_id for x in self.lines[low:high + 1] if x.project}
        elif modifiers & Qt.KeyboardModifier.ControlModifier and toggle:
            self.selected ^= {project.project_id}
            self._anchor = row
        else:
            self.selected = {project.project_id}
            self._anchor = row
        bar, y = self.verticalScrollBar(), row * tokens.ROW_HEIGHT
        if y < bar.value():
            bar.setValue(y)
        elif y + tokens.ROW_HEIGHT > bar.value() + self.viewport().height() - HEAD:
            bar.setValue(y + tokens.ROW_HEIGHT - self.viewport().height() + HEAD)
        self._told()

    def _told(self) -> None:
        project = self.project(self.current)
        if project is not None and self.nodes:
            self.setAccessibleDescription(self.said(project, self.node).replace("\n", "，"))
        self.viewport().update()
        self.chosen.emit()
