"""Tab goes as the eye does: through a form in the order of its layout, whenever its parts were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def tab_as_laid_out(form: QWidget) -> None:
    """Let Tab follow the layout of ``form``; called again after inputs were added."""
    layout = form.layout()
    if layout is not None:
        for one, other in pairwise(_stops(layout)):
            QWidget.setTabOrder(one, other)


def _stops(layout: QLayout) -> Iterator[QWidget]:
    for i in range(layout.count()):
        item = layout.itemAt(i)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _stops(inner)
        elif widget is not None:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield widget
            within: QWidget | None = widget
            if isinstance(widget, QScrollArea):
                within = widget.widget()
                if within is not None and within.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    yield within
            own = within.layout() if within is not None else None
            if own is not None:
                yield from _stops(own)
