"""Ways that all tables share: how cells are painted, fixed heights, copying a block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import (
    QEvent,
    QItemSelectionRange,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QStaticText, QTransform
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from hydesk.dataclass import dataclass
from hydesk.ui import style, tokens
from hydesk.ui.clipboard import put_rows, rows_data
from hydesk.ui.kit.drag_out import DragOut
from hydesk.ui.kit.pending_look import paint_pending, pending_font
from hydesk.ui.style import Theme
from hydesk.ui.tokens import Palette

PAD = 10
ORDER_MARKS = " ▲▼①②③④⑤⑥⑦⑧⑨"
"""What a head may carry behind its words: the order."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How one cell is painted."""

    text: str
    right: bool = False
    color: QColor | None = None
    bold: bool = False
    pending: bool = False
    """Typed, pasted or proposed, but not written."""


class CellModel(Protocol):
    """A model that tells its cells directly: painting asks once a cell, not once a role."""

    def cell(self, row: int, column: int) -> Cell:
        """The cell at ``row``, ``column``."""


_LAID_AT_MOST = 4000
"""Texts kept shaped, a few screenfuls."""


class CellDelegate(QStyledItemDelegate):
    """Paints text on its ground with a hairline below; no zebra, no focus box but in the current cell."""

    def __init__(self, theme: Theme, view: QTableView, model: CellModel) -> None:
        super().__init__(view)
        self._theme, self._model = theme, model
        self._font, self._bold = style.figures(tokens.TABLE_PT), style.figures(tokens.TABLE_PT, bold=True)
        self._leaning = pending_font(self._font)
        self._metrics = {False: QFontMetrics(self._font), True: QFontMetrics(self._bold)}
        self.hovered = -1
        """The row under the pointer."""
        self._palette: Palette | None = None
        self._laid: dict[tuple[str, int, bool], tuple[QStaticText, float, float]] = {}
        self._take_palette()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem,
              index: QModelIndex | QPersistentModelIndex) -> None:
        palette = self._theme.palette
        if palette is not self._palette:
            self._take_palette()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = index.row()
        cell = self._model.cell(row, index.column())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._selection)
        elif row == self.hovered:
            painter.fillRect(rect, self._faint)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._line)
        if cell.pending:
            self._paint_pending(painter, rect, cell)
        elif cell.text:
            room = rect.width() - 2 * PAD
            laid = self._laid.get((cell.text, room, cell.bold)) or self._lay(cell.text, room, cell.bold)
            painter.setFont(self._bold if cell.bold else self._font)
            painter.setPen(cell.color or self._text)
            x = rect.x() + PAD + (room - laid[1] if cell.right else 0)
            painter.drawStaticText(QPointF(x, rect.y() + (rect.height() - 1 - laid[2]) / 2), laid[0])
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._accent)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def _paint_pending(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        """What is not written: tinted, in a frame of dashes, leaning."""
        paint_pending(painter, rect.adjusted(2, 1, -2, -2), self._theme.palette)
        painter.setFont(self._leaning)
        painter.setPen(self._text)
        room = rect.adjusted(PAD, 0, -PAD, -1)
        shown = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _take_palette(self) -> None:
        """Colours as objects, made once for each theme."""
        palette = self._palette = self._theme.palette
        self._selection, self._faint = palette.selection(), QColor(palette.faint)
        self._line, self._text, self._accent = QColor(palette.line), QColor(palette.text), QColor(palette.accent)

    def _lay(self, text: str, room: int, bold: bool) -> tuple[QStaticText, float, float]:
        """``text`` shaped once, elided to ``room``, with its width and height; shaping Chinese is what painting costs."""
        if len(self._laid) >= _LAID_AT_MOST:
            self._laid.clear()
        shown = QStaticText(self._metrics[bold].elidedText(text, Qt.TextElideMode.ElideRight, room))
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        shown.prepare(QTransform(), self._bold if bold else self._font)
        size = shown.size()
        made = self._laid[text, room, bold] = (shown, size.width(), size.height())
        return made


class RowHover(QObject):
    """Keeps the row under the pointer faint, in all ``views`` that show the same rows."""

    def __init__(self, *views: QTableView) -> None:
        super().__init__(views[0])
        self._views, self._marked = views, -1
        for view in views:
            view.entered.connect(lambda index: self._mark(index.row()))
            view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._marked >= 0 and event.type() == QEvent.Type.Leave:
            self._mark(-1)
        return False

    def _mark(self, row: int) -> None:
        self._marked = row
        for view in self._views:
            delegate = view.itemDelegate()
            if isinstance(delegate, CellDelegate) and delegate.hovered != row:
                delegate.hovered = row
                view.viewport().update()


def set_up(table: QTableView, theme: Theme, model: CellModel, *, name: str) -> None:
    """Give ``table`` the house's form: 28 px rows, 32 px head, whole rows selected, hover, no grid."""
    table.setAccessibleName(name)
    DragOut(table, block_data)
    table.setItemDelegate(CellDelegate(theme, table, model))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setMouseTracking(True)
    table.setCornerButtonEnabled(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    rows = table.verticalHeader()
    rows.hide()
    rows.setMinimumSectionSize(tokens.ROW_HEIGHT)
    rows.setDefaultSectionSize(tokens.ROW_HEIGHT)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head = table.horizontalHeader()
    head.setFixedHeight(tokens.HEAD_HEIGHT)
    head.setHighlightSections(False)
    head.setMinimumSectionSize(36)


def selected_blocks(table: QTableView) -> list[QItemSelectionRange]:
    """The rectangles that are selected."""
    chosen = table.selectionModel().selection()
    return [chosen.at(i) for i in range(chosen.count())]


def block_data(table: QTableView, head: bool = False) -> QMimeData | None:
    """The selected cells as ``copy_block`` copies them, to be dragged; None where nothing is selected."""
    lines, titles = _block(table)
    return rows_data(([titles] if head else []) + lines) if lines and titles else None


def copy_block(table: QTableView, *, head: bool = False) -> int:
    """Put the selected cells on the clipboard, as tab-separated lines and as a table of HTML; the number of rows copied.

    Hidden columns are left out, columns come in the order shown. Thousands separators are kept out of figures, so
    that they arrive as numbers; words stay words, so that no code loses its zeros and nothing starts a formula.
    """
    lines, titles = _block(table)
    if not lines or not titles:
        return 0
    put_rows(([titles] if head else []) + lines)
    return len(lines)


def _block(table: QTableView) -> tuple[list[list[str]], list[str]]:
    """The texts of the selected cells, line by line, and their columns' heads."""
    model = table.model()
    rows: set[int] = set()
    chosen: set[int] = set()
    for block in selected_blocks(table):
        rows.update(range(block.top(), block.bottom() + 1))
        chosen.update(range(block.left(), block.right() + 1))
    header = table.horizontalHeader()
    columns = [c for c in (header.logicalIndex(v) for v in range(header.count()))
               if c in chosen and not header.isSectionHidden(c)]
    lines = [[str(model.index(r, c).data() or "") for c in columns] for r in sorted(rows)]
    return lines, _titles(table, columns)


def _titles(table: QTableView, columns: Iterable[int]) -> list[str]:
    """The words over columns, without the marks of their order."""
    return [str(table.model().headerData(c, Qt.Orientation.Horizontal) or "").rstrip(ORDER_MARKS) for c in columns]


def copy_rows(table: QTableView, rows: Sequence[int] | None = None) -> int:
    """Put whole rows (all of them without ``rows``) on the clipboard below their heads; the number of rows copied."""
    lines = whole_rows(table, rows)
    if lines:
        put_rows(lines)
    return max(0, len(lines) - 1)


def whole_rows(table: QTableView, rows: Sequence[int] | None = None) -> list[list[str]]:
    """The texts of whole rows (all of them without ``rows``) below their heads; nothing where there is no row.

    Every column goes along, also one that a narrow window leaves out.
    """
    model = table.model()
    wanted = range(model.rowCount()) if rows is None else [r for r in rows if 0 <= r < model.rowCount()]
    columns = range(model.columnCount())
    whole, shown = Qt.ItemDataRole.EditRole, Qt.ItemDataRole.DisplayRole
    lines = [[str(model.index(r, c).data(whole) or model.index(r, c).data(shown) or "") for c in columns] for r in wanted]
    return [_titles(table, columns), *lines] if lines else []


def copy_menu(table: QTableView, copy: Callable[[], None], copy_all: Callable[[], None]) -> QMenu:
    """What the right button offers where a screen offers nothing else: what is selected, or the whole table."""
    menu = QMenu(table)
    one = menu.addAction("复制所选\tCtrl+C", copy)
    one.setEnabled(table.selectionModel().hasSelection())
    every = menu.addAction("复制整张表\tCtrl+Shift+C", copy_all)
    every.setEnabled(table.model().rowCount() > 0)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
