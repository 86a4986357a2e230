"""Keys that do something while a widget, or what stands in it, has the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

Keys = str | QKeySequence.StandardKey


def bind(widget: QWidget, pairs: Iterable[tuple[Keys, Callable[[], object]]], *, alone: bool = False) -> list[QShortcut]:
    """Let each key do its act anywhere in ``widget``; with ``alone`` only while the widget itself has the keyboard."""
    made = []
    for keys, act in pairs:
        shortcut = QShortcut(QKeySequence(keys), widget)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut if alone else Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        made.append(shortcut)
    return made


def on_ctrl_enter(page: QWidget, act: Callable[[], object]) -> None:
    """Ctrl+Enter anywhere in ``page`` does ``act``."""
    bind(page, (("Ctrl+Return", act), ("Ctrl+Enter", act)))


def on_copy(widget: QWidget, act: Callable[[], object], *, alone: bool = False) -> None:
    """Ctrl+C, or what the desktop has for it."""
    bind(widget, ((QKeySequence.StandardKey.Copy, act),), alone=alone)
