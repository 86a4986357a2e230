"""表头识别: which sheet was used, what each of its columns was taken for, and telling it better."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from hydesk.domain.fields import MONEY_FIELDS, PROGRESS_TEXTS, Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.understanding import ReadColumn, ReadSheet
from hydesk.ui import tokens
from hydesk.ui.kit.basic import Card, label, set_tone
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.plain import plain_text

SURE = 0.85
"""Below this confidence a column is shown in the colour of a warning, with its mark."""
FIELDS: tuple[tuple[Field, ...], ...] = (
    tuple(f for f in Field if f in MONEY_FIELDS), PROGRESS_TEXTS, (Field.NAME, Field.CODE, Field.APPROVAL_CODE))
"""What a column may be told to be, in groups."""
UNITS = (MoneyUnit.WAN, MoneyUnit.YI, MoneyUnit.YUAN)


class ColumnMenu(QMenu):
    """这一列是…: the fields, and the units of money. ``told`` carries the Field or the MoneyUnit."""

    told = Signal(object)

    def __init__(self, column: ReadColumn, parent: QWidget) -> None:
        super().__init__(parent)
        title = self.addAction(f"{column.letter}列“{column.header}”是…")
        title.setEnabled(False)
        for group in FIELDS:
            self.addSeparator()
            for field in group:
                self._offer(field.label, field, column.field)
        self.addSeparator()
        for unit in UNITS:
            self._offer(f"单位是{unit.value}", unit, column.unit)
        self.aboutToHide.connect(self.deleteLater)

    def _offer(self, text: str, answer: Field | MoneyUnit, now: Field | MoneyUnit | None) -> None:
        action = self.addAction(text)
        if answer is now:
            action.setCheckable(True)
            action.setChecked(True)
        action.triggered.connect(lambda _=False: self.told.emit(answer))


class HeadPanel(QWidget):
    """What the heads were taken for, the reasons in the tooltips; a click on ▾ or the right button tells better."""

    told = Signal(object, object)
    """The ReadColumn, and the Field it holds or the MoneyUnit it is counted in."""

    def __init__(self) -> None:
        super().__init__()
        self.columns: dict[tuple[str, str], QToolButton] = {}
        """The menu buttons by sheet and column letter."""
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        surface = Card()
        in_column(self._area, on=surface, margins=(10, 6, 4, 6))
        in_column((surface, 1), on=self, gap=6, margins=0)

    def show_sheets(self, sheets: tuple[ReadSheet, ...]) -> None:
        """Show what became of each sheet."""
        body = QWidget()
        self.columns = {}
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(3)
        for sheet in sheets:
            if sheet.used:
                rows = sheet.header_rows
                span = f"第 {rows[0]} 行" if len(rows) == 1 else f"第 {rows[0]}–{rows[-1]} 行" if rows else "没有表头"
                layout.addWidget(
                    _line(f"“{sheet.name}”{span}" + (f"，{len(rows)} 行表头" if len(rows) > 1 else ""), "heading"))
            else:
                layout.addWidget(_line(f"“{sheet.name}”未采用：{sheet.why or '没有项目'}", "small"))
            for column in sheet.columns:
                layout.addWidget(self._column(sheet, column))
        if not sheets:
            layout.addWidget(_line("没有读到工作表。", "small"))
        layout.addStretch(1)
        self._area.setWidget(body)

    def menu(self, column: ReadColumn) -> ColumnMenu:
        """The choices for ``column``; it goes away when it closes."""
        made = ColumnMenu(column, self)
        made.told.connect(lambda answer: self.told.emit(column, answer))
        return made

    def _column(self, sheet: ReadSheet, column: ReadColumn) -> QWidget:
        unit = f"（{column.unit.value}）" if column.unit else ""
        if column.field is None:
            words = _line(f"{column.letter}　{column.header} → 不取", "small")
        else:
            doubt = column.confidence < SURE
            words = _line(f"{column.letter}　{column.header} → {column.field.label}{unit}{'　◆' if doubt else ''}", "")
            if doubt:
                set_tone(words, "lagging")
        words.setToolTip(plain_text(column.reason))
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        if column.header.strip():
            row.addWidget(self._menu_button(sheet, column), 0, Qt.AlignmentFlag.AlignTop)
        else:
            row.addSpacing(tokens.wide(20))
        row.addWidget(words, 1)
        if column.header.strip():
            made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            made.customContextMenuRequested.connect(lambda at: self.menu(column).popup(made.mapToGlobal(at)))
        return made

    def _menu_button(self, sheet: ReadSheet, column: ReadColumn) -> QToolButton:
        made = QToolButton()
        made.setObjectName("flat")
        made.setText("▾")
        made.setFixedSize(tokens.wide(20), tokens.wide(20))
        made.setToolTip("这一列是…")
        made.setAccessibleName(f"{column.letter}列“{column.header}”是…")
        made.clicked.connect(lambda _=False: self.menu(column).popup(made.mapToGlobal(QPoint(0, made.height()))))
        self.columns[sheet.name, column.letter] = made
        return made


def _line(text: str, kind: str) -> QWidget:
    made = label(text, kind, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
