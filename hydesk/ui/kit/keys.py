"""Keys that do something while a widget, or what stands in it, has the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QRadioButton, QWidget

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


def _held_button() -> QAbstractButton | None:
    """The button that has the keyboard; what is ticked or chosen is none, Space does that."""
    held = QApplication.focusWidget()
    return held if isinstance(held, QAbstractButton) and not isinstance(held, QCheckBox | QRadioButton) else None


def on_enter(strip: QWidget, act: Callable[[], object]) -> None:
    """Enter anywhere in ``strip`` does ``act``, and on one of its buttons what that button says."""
    def do() -> None:
        held = _held_button()
        held.click() if held is not None else act()

    bind(strip, (("Return", do), ("Enter", do)))


def enter_presses(event: QKeyEvent) -> bool:
    """Enter presses the button that has the keyboard, as Space does; whether there was one.

    For the windows: what no one further inside took comes to them. Qt presses buttons on Enter in dialogs only.
    """
    held = _held_button()
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    if held is None or event.isAutoRepeat():
        return False
    held.click()
    return True
