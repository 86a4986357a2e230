"""All projects' nodes along a month axis: painted by hand, rows of fixed height, nothing asked of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from hydesk.domain.milestones import START, Milestones, NodeState, ProjectNodes, StandardNode
from hydesk.ui import style, tokens
from hydesk.ui.screens.nodes.marks import (
    RADIUS,
    Mark,
    TimeLineRow,
    day_at,
    day_number,
    draw,
    draw_piece,
    draw_plan,
)
from hydesk.ui.style import Theme

HEAD = 44
SCALES = (0.35, 0.6, 1.1, 2.0, 3.6)
"""Pixels a day."""
ZOOMS = (("月", 4), ("季", 2), ("年", 0))
"""What the eye measures in at three of them."""
_BAR, _PLAN = (4, 14), 22.5
"""Where a row's bar begins and how high it is, and where the line of its first plan lies, points from the row's top; more with
larger text."""


_TODAY_ROOM = 40
"""Points of the days after today that are seen at least."""


class TimeLine(QAbstractScrollArea):
    """What is seen; ``Gantt`` adds hands. Days are counted from 2000.

    Every row shows its stages as bars over the line of their first plan, and what is overdue; the marks of all its nodes
    stand on the selected rows, and on every row where only some nodes are asked for.
    """

    zoomed = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines: list[TimeLineRow] = []
        self.nodes: tuple[StandardNode, ...] = ()
        self.on = date(2000, 1, 1)
        self.scale = 2
        self.selected: set[int] = set()
        """Projects by id."""
        self.current = -1
        """The row with the cursor."""
        self.node = 0
        self._first = self._last = 0
        self._hover = -1
        self._font, self._bold = style.font(tokens.TABLE_PT), style.font(tokens.TABLE_PT, bold=True)
        self._small = style.figures(8.0 * tokens.text_scale)
        self._metrics, self._small_metrics = QFontMetrics(self._font), QFontMetrics(self._small)
        self._bar, self._plan = (tokens.wide(_BAR[0]), tokens.wide(_BAR[1])), _PLAN * tokens.text_scale
        self._widths: list[int] = []
        self._stages: dict[str, int] = {}
        """How wide each stage's name is."""
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("节点横道图")
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(tokens.ROW_HEIGHT)
        self.horizontalScrollBar().setSingleStep(30)

    # What is shown ----------------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[TimeLineRow], milestones: Milestones, span: tuple[int, int]) -> None:
        """Show other rows on an axis of ``span``; selection, cursor and scroll stay where their projects still are."""
        held, first = self.project(self.current), self._first
        bar = self.horizontalScrollBar()
        fresh = not self.lines
        self.lines, self.nodes, self.on = list(lines), milestones.nodes, milestones.on
        self._widths = [self._small_metrics.horizontalAdvance(n.shown[:4]) for n in self.nodes]
        self._first, self._last = span
        if self.selected:
            self.selected &= {x.project.project_id for x in self.lines if x.project}
        self.current = self.row_of(held.project_id) if held else -1
        self.node = min(self.node, max(0, len(self.nodes) - 1))
        at = bar.value() + round((first - self._first) * self._scale)
        self._measure()
        bar.setValue(at)  # the same days stay in sight though the axis begins elsewhere
        if fresh:
            self.node = next((i for i, n in enumerate(self.nodes) if n.name == START), 0)
            self.show_today()
        self.viewport().update()

    def project(self, row: int) -> ProjectNodes | None:
        """The project of a row; None for a group's heading."""
        return self.lines[row].project if 0 <= row < len(self.lines) else None

    def row_of(self, project_id: int) -> int:
        """Where a project stands; -1 when it is not shown."""
        return next((i for i, x in enumerate(self.lines) if x.project and x.project.project_id == project_id), -1)

    def selected_projects(self) -> list[ProjectNodes]:
        """The selected projects from the top."""
        if not self.selected:
            return []
        return [x.project for x in self.lines if x.project and x.project.project_id in self.selected]

    def show_today(self) -> None:
        """Scroll so that the day judged by stands at a third."""
        room = self.viewport().width() - tokens.NAMES_WIDTH
        self.horizontalScrollBar().setValue(round((day_number(self.on) - self._first) * self._scale - room / 3))

    def zoom(self, step: int, at: int | None = None) -> None:
        """Days wider or narrower; what stands at ``at`` (points from the left), else in the middle, stays where it is."""
        self.zoom_to(self.scale + step, at)

    def zoom_to(self, scale: int, at: int | None = None) -> None:
        """As ``zoom``, to one of ``SCALES``; the day judged by stays where it is if it is in sight and nothing else is meant."""
        wanted = max(0, min(len(SCALES) - 1, scale))
        if wanted == self.scale:
            return
        room = (self.viewport().width() - tokens.NAMES_WIDTH) / 2 if at is None else max(0, at - tokens.NAMES_WIDTH)
        if at is None and tokens.NAMES_WIDTH < (today := self._x(day_number(self.on))) < self.viewport().width():
            room = today - tokens.NAMES_WIDTH
        day = (self.horizontalScrollBar().value() + room) / self._scale
        self.scale = wanted
        self._measure()
        self.horizontalScrollBar().setValue(round(day * self._scale - room))
        self.viewport().update()
        self.zoomed.emit(wanted)

    def in_sight(self) -> tuple[date, date]:
        """The first and the last day that are seen."""
        left = self._first + self.horizontalScrollBar().value() / self._scale
        right = min(left + (self.viewport().width() - tokens.NAMES_WIDTH) / self._scale, self._last)
        return day_at(int(left)), day_at(max(int(left), int(right)))

    @property
    def _scale(self) -> float:
        return SCALES[self.scale]

    def _measure(self) -> None:
        view = self.viewport()
        self.verticalScrollBar().setRange(0, max(0, len(self.lines) * tokens.ROW_HEIGHT - view.height() + HEAD))
        self.verticalScrollBar().setPageStep(max(tokens.ROW_HEIGHT, view.height() - HEAD))
        width = round((self._last - self._first) * self._scale)
        self.horizontalScrollBar().setRange(0, max(0, width - view.width() + tokens.NAMES_WIDTH))
        self.horizontalScrollBar().setPageStep(max(1, view.width() - tokens.NAMES_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower, as beside the panel: the day judged by stays in sight if it was."""
        today = self._x(day_number(self.on)) if self.lines else 0.0
        self._measure()
        if self.viewport().width() - _TODAY_ROOM < today < event.oldSize().width():
            self.show_today()

    def _x(self, day: int) -> float:
        return tokens.NAMES_WIDTH + (day - self._first) * self._scale - self.horizontalScrollBar().value()

    def _y(self, row: int) -> int:
        return HEAD + row * tokens.ROW_HEIGHT - self.verticalScrollBar().value()

    # Painting ---------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, view = self._theme.palette, self.viewport().rect()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(view, QColor(palette.surface))
        top = self.verticalScrollBar().value() // tokens.ROW_HEIGHT
        rows = range(top, min(len(self.lines), top + view.height() // tokens.ROW_HEIGHT + 2))
        for row in rows:
            self._ground(painter, row, view.width())
        painter.setClipRect(QRect(tokens.NAMES_WIDTH, HEAD, view.width() - tokens.NAMES_WIDTH, view.height() - HEAD))
        self._months(painter, view.height())
        for row in rows:
            if self.lines[row].project is not None:
                self._time_line(painter, row, view.width())
        self._today(painter, view.height())
        painter.setClipRect(QRect(0, HEAD, tokens.NAMES_WIDTH, view.height() - HEAD))
        for row in rows:
            self._name(painter, row)
        painter.setClipping(False)
        self._axis(painter, view.width())
        painter.setPen(QColor(palette.line))
        painter.drawLine(tokens.NAMES_WIDTH - 1, 0, tokens.NAMES_WIDTH - 1, view.height())

    def _ground(self, painter: QPainter, row: int, width: int) -> None:
        palette, y, line = self._theme.palette, self._y(row), self.lines[row]
        rect = QRect(0, y, width, tokens.ROW_HEIGHT)
        if line.project is None:
            painter.fillRect(rect, QColor(palette.faint))
        elif line.project.project_id in self.selected:
            painter.fillRect(rect, palette.selection())
        elif row == self._hover:
            painter.fillRect(rect, QColor(palette.faint))
        painter.setPen(QColor(palette.line))
        painter.drawLine(0, y + tokens.ROW_HEIGHT - 1, width, y + tokens.ROW_HEIGHT - 1)

    def _name(self, painter: QPainter, row: int) -> None:
        palette, line = self._theme.palette, self.lines[row]
        box = QRect(10, self._y(row), tokens.NAMES_WIDTH - 20, tokens.ROW_HEIGHT)
        group = line.project is None
        painter.setFont(self._bold if group else self._font)
        painter.setPen(QColor(palette.text))
        text = self._metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        if row == self.current and self.hasFocus():
            painter.setPen(QColor(palette.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(1, self._y(row), tokens.NAMES_WIDTH - 4, tokens.ROW_HEIGHT - 2)

    def _ticks(self) -> list[tuple[date, bool]]:
        """First days of the months in sight that are marked; True for a January."""
        left = self._first + int(self.horizontalScrollBar().value() / self._scale)
        right = left + int(self.viewport().width() / self._scale) + 31
        wide = self._scale / tokens.text_scale
        every = 6 if wide < 0.5 else 3 if wide < 1.0 else 1
        day = day_at(left).replace(day=1)
        ticks = []
        while day_number(day) <= right:
            if (day.month - 1) % every == 0:
                ticks.append((day, day.month == 1))
            day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return ticks

    def _months(self, painter: QPainter, height: int) -> None:
        for day, january in self._ticks():
            x = round(self._x(day_number(day)))
            painter.setPen(QPen(self._theme.palette.color("quiet" if january else "line", 0.45 if january else 1.0), 1))
            painter.drawLine(x, HEAD, x, height)

    def _axis(self, painter: QPainter, width: int) -> None:
        palette = self._theme.palette
        painter.fillRect(QRect(0, 0, width, HEAD), QColor(palette.faint))
        painter.setPen(QColor(palette.line))
        painter.drawLine(0, HEAD - 1, width, HEAD - 1)
        painter.setPen(QColor(palette.quiet))
        painter.setFont(self._font)
        painter.drawText(QRect(10, 0, tokens.NAMES_WIDTH - 20, HEAD), Qt.AlignmentFlag.AlignVCenter, "项目名称")
        painter.setClipRect(QRect(tokens.NAMES_WIDTH, 0, width - tokens.NAMES_WIDTH, HEAD))
        ticks = self._ticks()
        painter.setFont(self._small)
        year_drawn = None
        for day, _ in ticks:
            x = round(self._x(day_number(day)))
            painter.setPen(QColor(palette.quiet))
            painter.drawText(QRect(x + 3, 23, 60, 18), Qt.AlignmentFlag.AlignVCenter, f"{day.month}月")
            if day.year != year_drawn:
                painter.setPen(QColor(palette.text))
                painter.drawText(QRect(max(x, tokens.NAMES_WIDTH) + 3, 4, 80, 18), Qt.AlignmentFlag.AlignVCenter, f"{day.year}年")
                year_drawn = day.year
        x = round(self._x(day_number(self.on)))
        text = f"{self.on.month}-{self.on.day:02d}"
        box = QRect(x - 22, 4, 44, 16)  # beside the years: the months stay legible
        painter.fillRect(box, QColor(palette.accent))
        painter.setPen(QColor(palette.on_accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.setClipping(False)

    def _today(self, painter: QPainter, height: int) -> None:
        x = round(self._x(day_number(self.on)))
        painter.setPen(QPen(QColor(self._theme.palette.accent), 1.2))
        painter.drawLine(x, HEAD, x, height)

    def _time_line(self, painter: QPainter, row: int, width: int) -> None:
        line = self.lines[row]
        chosen = line.project is not None and line.project.project_id in self.selected
        self._bars(painter, row, width, named=not chosen and not line.narrowed)
        if chosen or line.narrowed or row == self.current:
            self._nodes(painter, row, width)
            return
        middle = self._y(row) + self._bar[0] + self._bar[1] / 2
        for mark in line.marks:
            if mark.which == "baseline" and mark.state is NodeState.OVERDUE:
                draw(painter, self._theme, mark.which, mark.state, mark.late, QPointF(self._x(mark.day), middle))

    def _bars(self, painter: QPainter, row: int, width: int, *, named: bool) -> None:
        """The stages; their names in them where there is room and no marks stand there."""
        y = self._y(row)
        for bar in self.lines[row].bars:
            if bar.planned is not None:
                left, right = (self._x(day_number(d)) for d in bar.planned)
                if right > tokens.NAMES_WIDTH and left < width:
                    draw_plan(painter, self._theme, left, right, y + self._plan)
            for piece in bar.pieces:
                left, right = max(tokens.NAMES_WIDTH - 20.0, self._x(day_number(piece.begin))), min(width + 20.0, self._x(day_number(piece.end)))
                if left < right:
                    draw_piece(painter, self._theme, piece.kind, QRectF(left + 0.5, y + self._bar[0] + 0.5, right - left, self._bar[1] - 1))
            if named:
                self._stage(painter, bar.stage, max(tokens.NAMES_WIDTH, self._x(day_number(bar.begin))), min(width, self._x(day_number(bar.end))), y)

    def _stage(self, painter: QPainter, stage: str, left: float, right: float, y: int) -> None:
        word = self._stages.setdefault(stage, self._small_metrics.horizontalAdvance(stage))
        if right - left < word + 10:
            return
        palette = self._theme.palette
        box = QRectF(left + 4, y + self._bar[0] + 1.5, word + 4, self._bar[1] - 3)
        painter.fillRect(box, palette.color("surface", 0.82))  # hatching would run through the words
        painter.setFont(self._small)
        painter.setPen(QColor(palette.text))
        painter.drawText(box.adjusted(2, -4, 2, 4), Qt.AlignmentFlag.AlignVCenter, stage)

    def _nodes(self, painter: QPainter, row: int, width: int) -> None:
        """All marks of a row, with the names of those that have room for them."""
        line, palette = self.lines[row], self._theme.palette
        middle = self._y(row) + self._bar[0] + self._bar[1] / 2
        shown: list[Mark] = [m for m in line.marks if tokens.NAMES_WIDTH - 40 < self._x(m.day) < width + 20]
        painter.setFont(self._small)
        for i, mark in enumerate(shown):
            x = self._x(mark.day)
            draw(painter, self._theme, mark.which, mark.state, mark.late, QPointF(x, middle))
            if row == self.current and mark.node == self.node:
                painter.setPen(QPen(QColor(palette.accent), 1.2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(x, middle), RADIUS + 4, RADIUS + 4)
            following = self._x(shown[i + 1].day) if i + 1 < len(shown) else 1e9
            word = self._widths[mark.node]
            if following - x > word + 2 * RADIUS + 8:
                box = QRect(round(x + RADIUS + 3), self._y(row) + self._bar[0] + 1, word + 3, self._bar[1] - 2)
                chosen = line.project is not None and line.project.project_id in self.selected
                painter.fillRect(box, palette.selection() if chosen else QColor(palette.surface))
                painter.setPen(QColor(palette.text))
                painter.drawText(box.adjusted(0, -4, 0, 4), Qt.AlignmentFlag.AlignVCenter, self.nodes[mark.node].shown[:4])
