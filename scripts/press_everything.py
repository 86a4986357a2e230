"""Presses whatever a widget offers, by every way a hand has: buttons, menus, the right button, shortcuts, keys of tables, typing into
cells, pasting and dropping files. What is pressed is for the caller to hear; menus are pressed where they open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QContextMenuEvent, QDropEvent, QGuiApplication, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QMenu,
    QTabBar,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

KEYS = ("F2", "Insert", "Delete", "Return", "Ctrl+Return", "Ctrl+N", "Ctrl+D", "Ctrl+E", "Ctrl+V", "Alt+Up", "Alt+J", "Space", "5")
"""What tables and their screens listen to beside shortcuts."""
_OWN = "hydesk."
Press = tuple[str, Callable[[], object]]
"""By which way and name, and the press itself."""
opened: list[QMenu] = []
"""Menus that opened since they were last looked at; ``take_menus`` puts them here."""


def take_menus() -> None:
    """From now on no menu is shown: it is put into ``opened`` instead."""
    QMenu.exec = lambda menu, *_a, **_k: opened.append(menu)  # type: ignore[method-assign, assignment]
    QMenu.popup = lambda menu, *_a, **_k: opened.append(menu)  # type: ignore[method-assign, assignment]


def presses(root: QWidget, files: list[Path]) -> Iterator[Press]:
    """Everything that ``root`` offers now; ``files`` are dropped on what takes files."""
    yield from _buttons(root)
    yield from _right_buttons(root)
    yield from _shortcuts(root)
    yield from _tables(root)
    yield from _drops(root, files)


def menu_presses(menu: QMenu, way: str = "menu") -> Iterator[Press]:
    """What ``menu`` offers, with its menus."""
    menu.aboutToShow.emit()
    for action in menu.actions():
        if not isValid(action):
            continue
        if action.menu() is not None:
            yield from menu_presses(action.menu(), way)  # type: ignore[arg-type]
        elif action.isVisible() and action.isEnabled() and not action.isSeparator():
            yield f"{way} {_words(action.text())}", action.trigger


def _words(text: str) -> str:
    return text.split("　")[0].split("\t")[0]


def _buttons(root: QWidget) -> Iterator[Press]:
    for one in root.findChildren(QAbstractButton):
        if not (isValid(one) and one.isVisible() and one.isEnabled()) or one.objectName() == "segment" or isinstance(one.parent(), QTabBar):
            continue
        menu = one.menu() if isinstance(one, QToolButton) or hasattr(one, "menu") else None
        if menu is not None:
            yield from menu_presses(menu)
        elif words := _words(one.text() or one.accessibleName()):
            yield f"button {words}", one.click


def _right_buttons(root: QWidget) -> Iterator[Press]:
    for one in [root, *root.findChildren(QWidget)]:
        if not isValid(one) or not one.isVisible():
            continue
        middle = one.rect().center()
        name = one.accessibleName() or type(one).__name__
        if one.contextMenuPolicy() == Qt.ContextMenuPolicy.CustomContextMenu:
            yield f"right button on {name}", lambda w=one, at=middle: (_choose(w), w.customContextMenuRequested.emit(at))
        elif _has_own(one, "contextMenuEvent"):
            yield f"right button on {name}", lambda w=one, at=middle: (
                _choose(w), w.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, w.mapToGlobal(at))))


def _has_own(widget: QWidget, method: str) -> bool:
    return any(method in c.__dict__ and c.__module__.startswith(_OWN) for c in type(widget).__mro__)


def _shortcuts(root: QWidget) -> Iterator[Press]:
    for one in root.findChildren(QShortcut):
        parent = one.parent()
        if isValid(one) and one.isEnabled() and isinstance(parent, QWidget) and parent.isVisible():
            yield f"shortcut {one.key().toString()}", one.activated.emit
    for widget in [root, *root.findChildren(QWidget)]:
        if isValid(widget) and widget.isVisible():
            for action in widget.actions():
                if isinstance(action, QAction) and action.isEnabled() and action.isVisible() and not action.shortcut().isEmpty():
                    yield f"shortcut {action.shortcut().toString()}", action.trigger


def _choose(view: Any) -> None:
    """The first line, where ``view`` has lines."""
    model = view.model() if isinstance(view, QAbstractItemView) else None
    if model is not None and model.rowCount() and isValid(view):
        column = next((c for c in range(model.columnCount()) if model.flags(model.index(0, c)) & Qt.ItemFlag.ItemIsEditable), 0)
        view.setCurrentIndex(model.index(0, column))


def _tables(root: QWidget) -> Iterator[Press]:
    for table in [t for t in root.findChildren(QAbstractItemView) if t.isVisible() and t.model() is not None and t.model().rowCount()][:3]:
        name = table.accessibleName() or type(table).__name__
        for key in KEYS:
            yield f"{key} in {name}", lambda t=table, k=key: _key(t, k)
        if table.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers:
            yield f"typing into {name}", lambda t=table: _type(t)


def _key(table: QAbstractItemView, key: str) -> None:
    QGuiApplication.clipboard().setText("贴进来的\t1234\n")
    table.setFocus()
    _choose(table)
    QTest.keySequence(table, key)


def _type(table: QAbstractItemView) -> None:
    model = table.model()
    for column in range(model.columnCount()):
        index = model.index(0, column)
        if model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            model.setData(index, "1234", Qt.ItemDataRole.EditRole)


def _drops(root: QWidget, files: list[Path]) -> Iterator[Press]:
    for one in [root, *root.findChildren(QWidget)]:
        if isValid(one) and one.isVisible() and one.acceptDrops() and _has_own(one, "dropEvent"):
            for file in files:
                yield f"drop of {file.name} on {type(one).__name__}", lambda w=one, f=file: _drop(w, f)


def _drop(widget: QWidget, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    at = QPoint(widget.rect().center())
    widget.dropEvent(QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
