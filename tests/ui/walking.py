"""Walks a window as somebody without a mouse does: which widgets Tab reaches, in which order, and what they are called."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

INPUTS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)
_MOST = 400
_PARTS = 3
"""Tab goes through year, month and day of a date before it leaves."""


def place(widget: QWidget) -> QRect:
    """Where ``widget`` stands in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def shown_name(widget: QWidget) -> str:
    """How a widget is called in a message."""
    said = widget.accessibleName() or getattr(widget, "text", lambda: "")() or getattr(widget, "placeholderText", lambda: "")()
    return f"{type(widget).__name__} “{said}” in {type(widget.parent()).__name__}"


def _part_of_another(widget: QWidget) -> bool:
    """The line inside a spin box or a combo box, and the list a combo box opens."""
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above, QComboBox | QAbstractSpinBox):
            return True
        above = above.parentWidget()
    return False


def reachable(window: QWidget) -> list[QWidget]:
    """The widgets that Tab should reach now: shown, enabled, and willing."""
    return [
        w for w in window.findChildren(QWidget)
        if w.isVisible() and w.isEnabled() and w.window() is window and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not _part_of_another(w) and w.focusProxy() is None and not w.size().isEmpty()
        and not w.objectName().startswith("qt_") and not isinstance(w, QScrollArea)
    ]


def nameless(window: QWidget) -> list[str]:
    """Inputs, shown or not yet, that nobody who cannot see could tell apart."""
    buddies = {id(label.buddy()) for label in window.findChildren(QLabel) if label.buddy() is not None}
    found = []
    for w in window.findChildren(QWidget):
        if not w.focusPolicy() & Qt.FocusPolicy.TabFocus or _part_of_another(w) or w.objectName().startswith("qt_"):
            continue
        if w.window() is not window or isinstance(w, QScrollArea):
            continue
        if isinstance(w, QAbstractButton) and w.isHidden():
            continue  # gets its word when it is offered
        said = w.accessibleName() or (w.text() if isinstance(w, QAbstractButton) else "")
        if not said.strip(" +-−×✕<>▾") and id(w) not in buddies and (isinstance(w, (*INPUTS, QGraphicsView)) or w.metaObject().className() != "QWidget"):
            found.append(shown_name(w))
    return found


def one_of_a_group(button: QWidget, trail: list[QWidget]) -> bool:
    """Whether Tab came to another button of the same choice; the arrows go on from there."""
    if not isinstance(button, QAbstractButton) or not button.isCheckable():
        return False
    group = button.group()
    near = group.buttons() if group is not None and group.exclusive() else [
        b for b in button.parent().findChildren(QAbstractButton) if b.autoExclusive() and button.autoExclusive()]
    return any(b in trail for b in near)


def tab_round(window: QWidget, start: QWidget) -> list[QWidget]:
    """The widgets that Tab comes to from ``start``, until it comes back to one it has been to."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    trail: list[QWidget] = []
    stays = 0
    for _ in range(_MOST):
        now = QApplication.focusWidget()
        if now is None or (now in trail and now is not trail[-1]):
            break
        stays = stays + 1 if trail and now is trail[-1] else 0
        if stays > _PARTS:
            break  # a trap
        if not stays:
            trail.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return trail


def backwards(trail: list[QWidget]) -> list[str]:
    """Steps of ``trail`` that go against reading: left within a line, or up within a column."""
    found = []
    for one, other in pairwise(trail):
        if one.isAncestorOf(other):
            continue  # a scroll area, then what is in it
        a, b = place(one), place(other)
        overlap = min(a.bottom(), b.bottom()) - max(a.top(), b.top())
        same_line = overlap > 0.5 * min(a.height(), b.height())
        above = b.bottom() <= a.top() and min(a.right(), b.right()) > max(a.left(), b.left())
        if (same_line and b.right() <= a.left()) or above:
            found.append(f"{shown_name(one)} → {shown_name(other)}")
    return found
