"""The ledger's table with frozen first columns and the totals of what is shown below it."""

from __future__ import annotations

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.indicators import Meaning, lamp
from hydesk.domain.money import format_money, format_percent, format_points
from hydesk.ui import style, tokens
from hydesk.ui.screens.ledger.columns import COLUMNS, FROZEN
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.style import Theme
from hydesk.ui.widgets import table as tables


class Covered(QStyledItemDelegate):
    """Paints nothing: what lies under the frozen view is never seen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        return


class LedgerTable(QTableView):
    """A table whose first columns stay in sight: a second view lies over it and shows only those."""

    opened = Signal(QModelIndex)
    """Enter on a row: show its panel."""

    def __init__(self, model: LedgerModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tables.set_up(self, theme, model, name="项目台账")
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.frozen = self._make_frozen(model, theme)
        for i in range(FROZEN):
            self.setItemDelegateForColumn(i, Covered(self))
        tables.RowHover(self, self.frozen)
        for i, column in enumerate(COLUMNS):
            self.setColumnWidth(i, column.width)
            self.setColumnHidden(i, not column.shown)
        head.sectionResized.connect(self._follow_width)
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self._place_frozen()

    def _make_frozen(self, model: LedgerModel, theme: Theme) -> QTableView:
        view = QTableView(self)
        tables.set_up(view, theme, model, name="项目台账：固定列")
        view.setModel(model)
        view.setSelectionModel(self.selectionModel())
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.horizontalHeader().setSectionsClickable(True)
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.horizontalHeader().sectionResized.connect(self._take_width)
        for i in range(FROZEN, len(COLUMNS)):
            view.setColumnHidden(i, True)
        view.setStyleSheet(f"QTableView {{ border-right: 1px solid {theme.palette.line}; }}")
        self.viewport().stackUnder(view)
        return view

    def frozen_width(self) -> int:
        """How far the frozen columns reach, pixels."""
        return sum(self.columnWidth(i) for i in range(FROZEN))

    def _follow_width(self, column: int, _old: int, new: int) -> None:
        if column < FROZEN:
            self.frozen.setColumnWidth(column, new)
            self._place_frozen()

    def _take_width(self, column: int, _old: int, new: int) -> None:
        if column < FROZEN and self.columnWidth(column) != new:
            self.setColumnWidth(column, new)

    def _place_frozen(self) -> None:
        frame = self.frameWidth()
        for i in range(FROZEN):
            self.frozen.setColumnWidth(i, self.columnWidth(i))
        self.frozen.setGeometry(
            frame, frame, self.frozen_width() + 1, self.viewport().height() + self.horizontalHeader().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_frozen()

    def scrollTo(self, index: QModelIndex | QPersistentModelIndex, hint: QAbstractItemView.ScrollHint =
                 QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        if index.column() < FROZEN:
            bar = self.horizontalScrollBar().value()
            super().scrollTo(index, hint)
            self.horizontalScrollBar().setValue(bar)
            return
        super().scrollTo(index, hint)
        left = self.visualRect(index).left() - self.frozen_width()
        if left < 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != (
                QAbstractItemView.State.EditingState):
            self.opened.emit(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_F2 and 0 <= self.currentIndex().column() < FROZEN:
            self.frozen.edit(self.currentIndex())  # the table's own cell lies under the frozen view
            return
        super().keyPressEvent(event)

    def save(self, settings: QSettings) -> None:
        """Remember widths and which columns are shown."""
        settings.setValue("ledger/columns", self.horizontalHeader().saveState())
        settings.setValue("ledger/columns_count", len(COLUMNS))

    def restore(self, settings: QSettings) -> None:
        """Take up what was remembered; another version's columns are not taken."""
        state = settings.value("ledger/columns")
        if isinstance(state, QByteArray) and str(settings.value("ledger/columns_count")) == str(len(COLUMNS)):
            self.horizontalHeader().restoreState(state)
            self.horizontalHeader().setFixedHeight(tokens.HEAD_HEIGHT)
            for i in range(FROZEN):
                self.setColumnHidden(i, False)
            self._place_frozen()


class TotalsBar(QWidget):
    """The fixed row below the table: 合计, in the table's own columns."""

    def __init__(self, table: LedgerTable, model: LedgerModel, theme: Theme) -> None:
        super().__init__()
        self._table, self._model, self._theme = table, model, theme
        self.texts: dict[str, str] = {}
        self._late: QColor | None = None
        self.setFixedHeight(tokens.ROW_HEIGHT + 2)
        self.setAccessibleName("合计")
        model.shown_changed.connect(self.refresh)
        table.horizontalHeader().sectionResized.connect(self.update)
        table.horizontalHeader().geometriesChanged.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)

    def refresh(self) -> None:
        """Work the sums out again."""
        m = self._model
        t = m.totals()
        rate = t.completion
        gap = None if rate is None else rate - m.rows.time_progress
        known = {"total": t.total_investment, "plan": t.annual_plan, "month": t.month_investment,
                 "year": t.year_investment, "since": t.total_invested, "funds": t.funds_arrived,
                 "statistics": t.statistics_year}
        self.texts = {k: format_money(v, m.unit) for k, v in known.items()}
        self.texts |= {"code": "合计", "name": f"{t.count:,} 个", "completion": format_percent(rate),
                       "gap": format_points(gap)}
        meaning = lamp(t.year_investment, t.annual_plan, m.rows.time_progress).meaning
        late = meaning in (Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)
        self._late = self._theme.palette.of_meaning(meaning) if late else None
        self.setAccessibleDescription("，".join(f"{c.head}{self.texts[c.key]}" for c in COLUMNS if c.key in self.texts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self._theme.palette
        painter.fillRect(self.rect(), QColor(palette.faint))
        painter.setPen(QColor(palette.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(style.figures(tokens.TABLE_PT, bold=True))
        header = self._table.horizontalHeader()
        painter.save()
        painter.setClipRect(QRect(QPoint(self._table.frozen_width(), 1), self.rect().bottomRight()))
        for i in range(FROZEN, len(COLUMNS)):
            if not header.isSectionHidden(i):
                self._draw(painter, i, header.sectionViewportPosition(i), header.sectionSize(i))
        painter.restore()
        x = 0
        for i in range(FROZEN):
            self._draw(painter, i, x, header.sectionSize(i))
            x += header.sectionSize(i)

    def _draw(self, painter: QPainter, column: int, x: int, width: int) -> None:
        text = self.texts.get(COLUMNS[column].key)
        if not text:
            return
        late = self._late is not None and COLUMNS[column].key == "gap"
        painter.setPen(self._late if late and self._late else QColor(self._theme.palette.text))
        side = Qt.AlignmentFlag.AlignRight if COLUMNS[column].right else Qt.AlignmentFlag.AlignLeft
        box = QRect(x + tables.PAD, 1, width - 2 * tables.PAD, self.height() - 1)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, text)


class LedgerBlock(QWidget):
    """Table, totals and the horizontal scroll bar below them."""

    def __init__(self, model: LedgerModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = LedgerTable(model, theme)
        self.totals = TotalsBar(self.table, model, theme)
        self._bar = QScrollBar(Qt.Orientation.Horizontal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.totals)
        layout.addWidget(self._bar)
        own = self.table.horizontalScrollBar()
        own.rangeChanged.connect(self._take_range)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)
        self._take_range(own.minimum(), own.maximum())
        self.table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._bar.setPageStep(self.table.viewport().width())
        return super().eventFilter(watched, event)

    def _take_range(self, low: int, high: int) -> None:
        self._bar.setRange(low, high)
        self._bar.setPageStep(max(1, self.table.viewport().width()))
        self._bar.setVisible(high > low)
