"""The ranking of reporting units as bars, with a mark where 时间进度 stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.ranking import GroupRanking, Ranked
from hydesk.domain.measures.reach import Reach
from hydesk.domain.measures.words import moved_words
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.money import MoneyUnit, format_money, format_percent
from hydesk.ui import style, tokens
from hydesk.ui.clipboard import put_rows
from hydesk.ui.kit.meant import mean
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme

LOWEST, HIGHEST = 17, 26
NAME_AT, BAR_AT, FIGURE_WIDTH = 26, 112, 70
DATE_WIDTH = 54
"""Room for the date of a late unit's figures, where there is one."""
MOVED_WIDTH = 44
"""Room for the places moved, once they are known."""


def _late(line: Ranked) -> str:
    """（按5月底） of a unit that is not in for the period; else nothing."""
    return "" if line.late is None else "（本年未报）" if line.as_of is None else f"（按{line.as_of.label}）"


def _moved(step: int) -> str:
    """，比上期进 2 位; nothing for one that stayed."""
    return f"，比上期{'进' if step > 0 else '退'} {abs(step)} 位" if step else ""


def _date(line: Ranked) -> str:
    """5月底: as of when a late unit's figures are."""
    return "未报" if line.as_of is None else line.as_of.label


class RankingBars(QWidget):
    """One bar a unit; a click, or Enter on the row marked by the arrows, asks for its projects."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[Ranked] = []
        self._heads: dict[int, str] = {}
        """By the row it begins with, the name of each group that ranks apart."""
        self._meanings: list[Meaning] = []
        self._elapsed = Decimal(0)
        self._moved: Mapping[str, int] = {}
        self._current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("单位排名")

    def show_ranking(self, lines: Sequence[Ranked], by: Yardstick, reach: Reach, apart: Sequence[GroupRanking] = ()) -> None:
        """Show ``lines`` in their order against 时间进度; a unit not in for the period wears 未报 below the line.

        ``apart``: the same by groups, each under its name, where those rank apart.
        """
        lines = [r for g in apart for r in g.ranking] if apart else list(lines)
        self._heads = {lines.index(g.ranking[0]): g.name or "未分组" for g in apart}
        if [r.name for r in lines] != [r.name for r in self._lines]:
            self._moved = {}  # of another ranking
        self._lines, self._elapsed = lines, by.time_progress
        self._meanings = [Meaning.UNREPORTED if r.late is not None else by.lamp_of(
            r.totals.known("year_investment"), r.totals.annual_plan, reach.as_of).meaning for r in lines]
        self._current = -1
        self.setMinimumHeight((len(lines) + len(self._heads)) * tokens.wide(LOWEST) + 4)
        self._describe()

    def show_moves(self, moved: Mapping[str, int]) -> None:
        """Show by how many places each unit rose (negative: fell) since the period before."""
        self._moved = moved
        self._describe()

    def _describe(self) -> None:
        mean(self, "place", "completion", *(["moved"] if self._moved else []))
        self.setToolTip("")  # each line tells its own
        self.setAccessibleDescription("；".join(
            f"{r.place or '—'} {r.name} {format_percent(r.completion)}{_late(r)}{_moved(self._moved.get(r.name, 0))}" for r in self._lines))
        self.update()

    def _figures_at(self) -> int:
        """Where the rates end, left of the places moved."""
        return self.width() - (tokens.wide(MOVED_WIDTH) if self._moved else 0)

    def sizeHint(self) -> QSize:
        return QSize(420, (len(self._lines) + len(self._heads)) * tokens.wide(LOWEST) + 4)

    def _row_height(self) -> int:
        return max(tokens.wide(LOWEST), min(tokens.wide(HIGHEST), (self.height() - 4) // max(1, len(self._lines) + len(self._heads))))

    def _top(self, row: int) -> int:
        """Where ``row`` begins, below the heads of groups above it."""
        return (row + sum(at <= row for at in self._heads)) * self._row_height()

    def _row_at(self, at: QPoint) -> int:
        height = self._row_height()
        return next((i for i in range(len(self._lines)) if self._top(i) <= at.y() < self._top(i) + height), -1)

    def _scale(self) -> Decimal:
        """What rate a full bar stands for: 100 %, more where somebody has more."""
        return max([Decimal(1), *(r.completion or Decimal(0) for r in self._lines)])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, scale = self._row_height(), self._scale()
        ranked = sum(r.late is None for r in self._lines)
        dates = tokens.wide(DATE_WIDTH) if ranked < len(self._lines) and not self._moved else 0
        room = max(40, self._figures_at() - tokens.wide(BAR_AT) - tokens.wide(FIGURE_WIDTH) - dates - 12)
        x = tokens.wide(BAR_AT) + int(room * self._elapsed / scale)
        for i, line in enumerate(self._lines):
            top = self._top(i)
            if i in self._heads:
                self._paint_head(painter, self._heads[i], QRect(0, top - height, self.width(), height))
            self._paint_row(painter, i, line, QRect(0, top, self.width(), height), room, scale)
            if line.late is None:  # time is that of the period shown: those below the line have figures of another date
                painter.fillRect(QRect(x, top, 2, height), QColor(self._theme.palette.text))
            elif i and i not in self._heads and self._lines[i - 1].late is None:
                painter.fillRect(QRect(0, top, self.width(), 1), QColor(self._theme.palette.quiet))

    def _paint_head(self, painter: QPainter, name: str, box: QRect) -> None:
        painter.setFont(style.figures(tokens.TABLE_PT))
        painter.setPen(QColor(self._theme.palette.quiet))
        painter.drawText(box.adjusted(tokens.wide(NAME_AT), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_row(self, painter: QPainter, i: int, line: Ranked, box: QRect, room: int, scale: Decimal) -> None:
        palette = self._theme.palette
        if i == self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.faint))
            painter.drawRoundedRect(box, 4, 4)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(style.figures(tokens.TABLE_PT))
        painter.setPen(QColor(palette.quiet))
        place = "—" if line.place is None else str(line.place)
        painter.drawText(QRect(0, box.top(), 20, box.height()), middle | Qt.AlignmentFlag.AlignRight, place)
        painter.setPen(QColor(palette.text))
        name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, tokens.wide(BAR_AT) - tokens.wide(NAME_AT) - 4)
        painter.drawText(QRect(tokens.wide(NAME_AT), box.top(), tokens.wide(BAR_AT) - tokens.wide(NAME_AT), box.height()), middle, name)
        bar = QRect(tokens.wide(BAR_AT), box.center().y() - 4, room, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.faint if not palette.dark else palette.track))
        painter.drawRoundedRect(bar, 3, 3)
        if line.completion:
            painter.setBrush(palette.of_meaning(self._meanings[i]))
            bar.setWidth(max(3, int(room * line.completion / scale)))
            painter.drawRoundedRect(bar, 3, 3)
        if line.late is not None and not self._moved:
            date = QRect(self._figures_at() - tokens.wide(FIGURE_WIDTH) - tokens.wide(DATE_WIDTH), box.top(), tokens.wide(DATE_WIDTH), box.height())
            painter.setPen(QColor(palette.quiet))
            painter.drawText(date, middle | Qt.AlignmentFlag.AlignRight, _date(line))
        painter.setPen(QColor(palette.text))
        right = QRect(self._figures_at() - tokens.wide(FIGURE_WIDTH), box.top(), tokens.wide(FIGURE_WIDTH), box.height())
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, format_percent(line.completion))
        if self._moved:
            painter.setPen(QColor(palette.quiet))
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight,
                             moved_words(self._moved.get(line.name)) if line.late is None else _date(line))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor)
        if row != self._current:
            self._current = row
            self.update()
            if row >= 0:
                QToolTip.showText(event.globalPosition().toPoint(), plain_text(self._tip(row)), self)

    def _tip(self, row: int) -> str:
        line, meaning = self._lines[row], self._meanings[row]
        t, yi = line.totals, MoneyUnit.YI
        done = format_money(t.known("year_investment"), yi)
        return (f"{line.name}　{meaning.mark} {meaning.label}{_late(line)}{_moved(self._moved.get(line.name, 0))}\n项目 {t.count} 个\n"
                f"年度计划 {format_money(t.annual_plan, yi)} 亿元\n年初至今完成 {done} 亿元")

    def leaveEvent(self, event: QEvent) -> None:
        self._current = -1
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._current = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._lines[row].name)
        elif event.button() == Qt.MouseButton.RightButton and self._lines:
            menu = QMenu(self)
            menu.addAction("复制数据", self.copy)
            menu.popup(event.globalPosition().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._lines:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._current = max(0, min(len(self._lines) - 1, self._current + step))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self.chosen.emit(self._lines[self._current].name)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The ranking as tab-separated lines, money in 亿元."""
        lines = [("名次", "单位", "项目数", "年度计划（亿元）", "完成投资（亿元）", "完成率", "位次变动")]
        for r in self._lines:
            t = r.totals
            lines.append((
                str(r.place or ""), r.name, str(t.count), format_money(t.annual_plan, MoneyUnit.YI, group=False),
                format_money(t.known("year_investment"), MoneyUnit.YI, group=False), format_percent(r.completion),
                moved_words(self._moved.get(r.name))))
        put_rows(lines)
