"""The nodes of a project on a time line, and below, who moved which date when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from hydesk.domain.dates import LooseDate
from hydesk.domain.milestones import WORKING, NodeDates, NodeState, StandardNode
from hydesk.services.pages.project_page import ProjectPage
from hydesk.services.projects.project_history import LoggedChange
from hydesk.ui import style, tokens
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.style import Theme

ROW, HEAD = 23, 26
NAME_WIDTH, STATE_WIDTH = 96, 270
_STATE_COLOR = {NodeState.DONE: "ahead", NodeState.OVERDUE: "serious", NodeState.DUE: "lagging", NodeState.AHEAD: "text",
                NodeState.UNDATED: "quiet", NodeState.UNNEEDED: "quiet"}


def said(node: NodeDates, on: date) -> str:
    """■ 逾期 12 天　计划 2023-05　预计 2023-07　实际 —, as far as known."""
    state, left, slip = node.state(on), node.days_left(on), node.slip(on)
    words = f"{state.mark} {state.label}"
    if node.handling == WORKING and state is not NodeState.DONE:
        words += f"（{WORKING}）"
    if left is not None:
        words += f" {-left} 天" if state is NodeState.OVERDUE else f"，还有 {left} 天"
    if slip and state is not NodeState.OVERDUE:
        words += f"，比最初计划{'晚' if slip > 0 else '早'} {abs(slip)} 天"
    return words


class ProjectTimeLine(QWidget):
    """One row a node: ○ planned, ◇ forecast, ● actual, on one axis with the day of judgement."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[StandardNode, NodeDates]] = []
        self._on = date(2000, 1, 1)
        self.setAccessibleName("节点时间线")

    def show_nodes(self, rows: list[tuple[StandardNode, NodeDates]], on: date) -> None:
        """Show ``rows`` as judged on ``on``."""
        self._rows, self._on = rows, on
        self.setMinimumHeight(HEAD + ROW * len(rows) + 4)
        self.setAccessibleDescription("；".join(f"{n.shown} {said(d, on)}" for n, d in rows))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, HEAD + ROW * len(self._rows) + 4)

    def _span(self) -> tuple[date, date]:
        days = [self._on] + [d.day for _, n in self._rows for d in (
            n.first_baseline, n.baseline, n.forecast, n.actual) if d is not None]
        room = timedelta(days=max(20, (max(days) - min(days)).days // 24))
        return min(days) - room, max(days) + room

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, end = self._span()
        room = QRect(NAME_WIDTH, 0, max(120, self.width() - NAME_WIDTH - STATE_WIDTH), self.height())

        def x(day: date) -> int:
            return room.left() + round(room.width() * (day - start).days / max(1, (end - start).days))

        self._axis(painter, start, end, x(self._on), room, x)
        for i, (node, dates) in enumerate(self._rows):
            self._node(painter, HEAD + i * ROW, node, dates, room, x)

    def _axis(self, painter: QPainter, start: date, end: date, now: int, room: QRect, x: Callable[[date], int]) -> None:
        palette = self._theme.palette
        painter.setFont(style.figures(tokens.SMALL_PT))
        bottom, taken = HEAD + ROW * len(self._rows), -200
        months = [date(y, m, 1) for y in range(start.year, end.year + 1) for m in range(1, 13)]
        step = 1 if (end - start).days < 300 else 3 if (end - start).days < 1000 else 12
        for day in (d for d in months if start <= d <= end and (d.month - 1) % step == 0):
            at = x(day)
            painter.setPen(QColor(palette.line))
            painter.drawLine(at, HEAD - 4, at, bottom)
            if at - taken >= 62:
                taken = at
                painter.setPen(QColor(palette.quiet))
                painter.drawText(QRect(at - 34, 2, 68, HEAD - 6), Qt.AlignmentFlag.AlignCenter,
                                 f"{day.year}年" if step == 12 else f"{day.year % 100}年{day.month}月")
        painter.setPen(QPen(QColor(palette.accent), 1.4))
        painter.drawLine(now, HEAD - 4, now, bottom)

    def _node(self, painter: QPainter, top: int, node: StandardNode, dates: NodeDates, room: QRect, x: Callable[[date], int]) -> None:
        palette, state = self._theme.palette, dates.state(self._on)
        middle = top + ROW // 2
        painter.setFont(style.font(tokens.TABLE_PT))
        painter.setPen(QColor(palette.text))
        painter.drawText(QRect(0, top, NAME_WIDTH - 8, ROW), Qt.AlignmentFlag.AlignVCenter,
                         painter.fontMetrics().elidedText(node.shown, Qt.TextElideMode.ElideRight, NAME_WIDTH - 8))
        color = QColor(getattr(palette, _STATE_COLOR[state]))
        painter.setPen(color)
        box = QRect(room.right() + 10, top, STATE_WIDTH - 10, ROW)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics().elidedText(
            said(dates, self._on), Qt.TextElideMode.ElideRight, box.width()))

        def at(value: LooseDate | None) -> int | None:
            return None if value is None else x(value.day)

        first, base, ahead, actual = (at(d) for d in (
            dates.first_baseline, dates.baseline, dates.forecast, dates.actual))
        until = actual if actual is not None else ahead
        if base is not None and until is not None:
            painter.setPen(QPen(palette.color(_STATE_COLOR[state], 0.55), 3))
            painter.drawLine(base, middle, until, middle)
        if first is not None and base is not None and first != base:
            painter.setPen(QPen(QColor(palette.quiet), 1, Qt.PenStyle.DotLine))
            painter.drawLine(first, middle, base, middle)
            painter.drawLine(first, middle - 5, first, middle + 5)
        painter.setBrush(QColor(palette.surface))
        if base is not None:
            painter.setPen(QPen(QColor(palette.quiet), 1.8))
            painter.drawEllipse(QPoint(base, middle), 5, 5)
        if ahead is not None and actual is None:
            painter.setPen(QPen(QColor(palette.accent), 1.8))
            painter.drawPolygon([QPoint(ahead, middle - 6), QPoint(ahead + 6, middle), QPoint(ahead, middle + 6),
                                 QPoint(ahead - 6, middle)])
        if actual is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.ahead))
            painter.drawEllipse(QPoint(actual, middle), 5, 5)


class NodesPart(QWidget):
    """The time line over the table of moves. ``edit_asked`` goes to where nodes are edited."""

    edit_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.line = ProjectTimeLine(theme)
        self.about, self.moved = label("", "quiet"), label("", "heading")
        self.moved.setContentsMargins(13, 0, 0, 0)
        self.moves: Listing[LoggedChange] = Listing([
            ListColumn("时间", lambda c: f"{c.at:%Y-%m-%d %H:%M}", 130), ListColumn("经手人", lambda c: c.actor, 90),
            ListColumn("节点", lambda c: c.field, 150),
            ListColumn("原来", lambda c: c.old or "—", 110), ListColumn("改为", lambda c: c.new or "—", 110),
            ListColumn("来源或理由", lambda c: c.source + ("　已撤销" if c.undone else ""), 0),
        ], theme, "节点变动")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.line)
        top, below = Card(), Card()
        upper = QVBoxLayout(top)
        upper.setContentsMargins(14, 8, 8, 8)
        head = in_row(
            label("节点", "heading"), (self.about, 1), button("修改节点", self.edit_asked.emit, kind="link", tip="到“节点”页修改这个项目的节点"))
        upper.addLayout(head)
        upper.addWidget(area, 1)
        in_column(self.moved, (self.moves, 1), on=below, margins=(1, 8, 1, 1))
        in_column((top, 5), (below, 2), on=self, gap=tokens.GAP, margins=0)

    def show_page(self, page: ProjectPage) -> None:
        """Show the nodes of ``page`` that have a date, in the order of a project's life."""
        held = page.nodes.nodes if page.nodes is not None else {}
        rows = [(n, held[n.name]) for n in page.standard if n.name in held]
        self.line.show_nodes(rows, page.nodes_on)
        self.about.setText(f"○ 计划　◇ 预计　● 实际　竖线为 {page.nodes_on:%Y-%m-%d}" if rows else "还没有排节点")
        moves = [c for c in page.history.changes if is_node(c)]
        self.moves.list.show_items([c for c in moves if c.old is not None])
        first = sum(c.old is None for c in moves)
        self.moved.setText("谁在什么时候改过" + (f"（首次填报 {first} 处见“修改记录”）" if first else ""))


def is_node(change: LoggedChange) -> bool:
    """Whether a change is of a node's date."""
    return change.entity == "milestone"
