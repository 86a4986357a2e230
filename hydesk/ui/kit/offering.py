"""Acts of writing are offered to whoever may do them: absent where nothing can be written, else grey with who may."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from hydesk.domain.people import Right
from hydesk.ui.desk import Desk
from hydesk.ui.plain import plain_text

RIGHT = "right"
"""The property that says which right a widget or an action needs."""


def offer(desk: Desk, right: Right, *things: QWidget | QAction | QShortcut, stays: bool = False) -> None:
    """Offer ``things``, which do what needs ``right``, to whoever may.

    Where the ledger can only be looked at they are hidden, where the right is another's they are grey and their tip says
    whose; and they stay so, whatever the page makes of them later. ``stays``: they also show what holds, so they are grey.
    """
    why = desk.ledger.why_not(right)
    for thing in things:
        thing.setProperty(RIGHT, right.value)
        if why:
            _Withheld(thing, why, absent=desk.looks_only and not stays)


class _Withheld(QObject):
    """Keeps one thing from being offered, for as long as it lives."""

    def __init__(self, thing: QWidget | QAction | QShortcut, why: str, *, absent: bool) -> None:
        super().__init__(thing)
        self._why, self._absent = why, absent
        if isinstance(thing, QWidget):
            thing.installEventFilter(self)
            self._withhold(thing)
        elif isinstance(thing, QAction):
            self._action = thing
            thing.changed.connect(self._withhold_action)
            self._withhold_action()
        else:
            thing.setEnabled(False)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        if isinstance(thing, QWidget) and event.type() in (
                QEvent.Type.EnabledChange, QEvent.Type.ShowToParent, QEvent.Type.ToolTipChange):
            self._withhold(thing)
        return False

    def _withhold(self, thing: QWidget) -> None:
        if self._absent:
            thing.hide()
        if thing.isEnabled():
            thing.setEnabled(False)
        if thing.toolTip() != plain_text(self._why):
            thing.setToolTip(plain_text(self._why))

    def _withhold_action(self) -> None:
        action = self._action
        if self._absent and action.isVisible():
            action.setVisible(False)
        if action.isEnabled():
            action.setEnabled(False)
        if action.toolTip() != plain_text(self._why):
            action.setToolTip(plain_text(self._why))
        for menu in action.associatedObjects():
            if isinstance(menu, QMenu):
                menu.setToolTipsVisible(True)
