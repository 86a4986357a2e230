"""The one way to the clipboard and from it: what goes there passes the filters of ``domain.pasted_cells``."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from hydesk.domain.pasted_cells import as_html, as_text
from hydesk.domain.written import CONTROL


def put_rows(lines: Sequence[Sequence[str]]) -> None:
    """Put rows of displayed texts on the clipboard in the two forms that Excel reads."""
    QGuiApplication.clipboard().setMimeData(rows_data(lines))


def rows_data(lines: Sequence[Sequence[str]]) -> QMimeData:
    """Rows of displayed texts in the two forms that Excel reads."""
    data = QMimeData()
    data.setText(as_text(lines))
    data.setHtml(as_html(lines))
    return data


def put_words(text: str) -> None:
    """Put a text for people on the clipboard, as plain text only."""
    QGuiApplication.clipboard().setText(CONTROL.sub("", text))


def held_words() -> str:
    """What lies on the clipboard, as plain text; what it holds in other forms is never looked at."""
    return QGuiApplication.clipboard().text()
