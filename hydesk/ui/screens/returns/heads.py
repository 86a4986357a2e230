"""表头识别: which sheet was used, and what each of its columns was taken for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from hydesk.domain.understanding import ReadColumn, ReadSheet
from hydesk.ui.style import Theme
from hydesk.ui.widgets.basic import Card, label

SURE = 0.85
"""Below this confidence a column is shown in the colour of a warning, with its mark."""


class HeadPanel(QWidget):
    """Read only; the reasons are in the tooltips."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        surface = Card()
        inside = QVBoxLayout(surface)
        inside.setContentsMargins(10, 6, 4, 6)
        inside.addWidget(self._area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(label("表头识别", "quiet"))
        layout.addWidget(surface, 1)

    def show_sheets(self, sheets: tuple[ReadSheet, ...]) -> None:
        """Show what became of each sheet."""
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(3)
        for sheet in sheets:
            if not sheet.used:
                layout.addWidget(_line(f"“{sheet.name}”未采用：{sheet.why or '没有项目'}", "small"))
                continue
            rows = sheet.header_rows
            span = f"第 {rows[0]} 行" if len(rows) == 1 else f"第 {rows[0]}–{rows[-1]} 行" if rows else "没有表头"
            layout.addWidget(_line(f"“{sheet.name}”{span}" + (f"，{len(rows)} 行表头" if len(rows) > 1 else ""), "heading"))
            for column in sheet.columns:
                layout.addWidget(self._column(column))
        if not sheets:
            layout.addWidget(_line("没有读到工作表。", "small"))
        layout.addStretch(1)
        self._area.setWidget(body)

    def _column(self, column: ReadColumn) -> QWidget:
        unit = f"（{column.unit.value}）" if column.unit else ""
        if column.field is None:
            made = _line(f"{column.letter}　{column.header} → 不取", "small")
        else:
            doubt = column.confidence < SURE
            made = _line(f"{column.letter}　{column.header} → {column.field.label}{unit}{'　◆' if doubt else ''}", "")
            if doubt:
                made.setStyleSheet(f"color: {self._theme.palette.lagging};")
        made.setToolTip(column.reason)
        return made


def _line(text: str, kind: str) -> QWidget:
    made = label(text, kind, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
