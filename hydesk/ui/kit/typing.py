"""Whether somebody is typing, and where."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)


def typing_in(page: QWidget) -> bool:
    """Whether the keyboard is in an input of ``page``."""
    at = QApplication.focusWidget()
    return isinstance(at, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractSpinBox | QComboBox) and page.isAncestorOf(at)


def typing_in_a_cell(page: QWidget | None = None) -> bool:
    """Whether the editor of a table's cell has the keyboard, of a table in ``page`` where one is given."""
    editor = QApplication.focusWidget()
    viewport = editor.parentWidget() if editor is not None else None
    table = viewport.parentWidget() if viewport is not None else None
    return isinstance(table, QAbstractItemView) and viewport is table.viewport() and (page is None or page.isAncestorOf(table))
