"""Where the window stood, for every set-up of screens; never where nobody could see it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from hydesk.dataclass import dataclass

USUAL, LEAST = QSize(1280, 720), QSize(1024, 600)
"""Of the window, where the screen has room for it: one of 1920 pixels at 200 % has 960 points."""
_SEEN = 120
"""So much of the window's upper edge, pixels across, must lie on a screen so that it can be taken and moved."""
_TITLE = 32
"""How high a title bar is where the desktop has not drawn one yet, pixels."""
_EDGE = 32
"""How high that edge is, pixels."""


@dataclass(frozen=True, slots=True)
class ScreenSpot:
    """A screen: its name, the room for windows and how dense it is."""

    name: str
    room: QRect
    scale: float = 1.0


def key_of(screens: Sequence[ScreenSpot]) -> str:
    """The same for the same screens in the same places, in whatever order the system lists them."""
    said = sorted(f"{s.name}@{s.room.x()},{s.room.y()},{s.room.width()}x{s.room.height()}*{s.scale:g}" for s in screens)
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:16]


def fitted(wanted: QRect, rooms: Sequence[QRect], least: QSize) -> QRect:
    """``wanted`` as it can be shown in ``rooms`` (the first is the main screen's): no larger than the room it lies in,
    its upper edge in reach. One that lies nowhere goes to the middle of the main screen."""
    if not rooms:
        return wanted
    edge = QRect(wanted.x(), wanted.y(), wanted.width(), _EDGE)

    def shared(room: QRect) -> int:
        both = room.intersected(wanted)
        return both.width() * both.height()

    room = max(rooms, key=shared)
    if shared(room) <= 0:
        room = rooms[0]
    size = QSize(min(max(wanted.width(), least.width()), room.width()),
                 min(max(wanted.height(), least.height()), room.height()))
    if not any(r.intersects(wanted) for r in rooms):
        return QRect(room.x() + (room.width() - size.width()) // 2, room.y() + (room.height() - size.height()) // 2,
                     size.width(), size.height())
    reach = room.intersected(edge)
    inside = wanted.y() >= room.y() and reach.height() >= _EDGE and reach.width() >= min(_SEEN, size.width())
    x = wanted.x() if inside else min(max(wanted.x(), room.x()), room.right() + 1 - size.width())
    y = wanted.y() if inside else min(max(wanted.y(), room.y()), room.bottom() + 1 - size.height())
    return QRect(x, y, size.width(), size.height())


def screens_now() -> list[ScreenSpot]:
    """The screens of the machine, the main one first."""
    main = QGuiApplication.primaryScreen()
    known = sorted(QGuiApplication.screens(), key=lambda s: s is not main)
    return [ScreenSpot(s.name(), s.availableGeometry(), s.devicePixelRatio()) for s in known]


def keep_place(window: QWidget, settings: QSettings) -> None:
    """Remember where ``window`` stands with the screens there are now."""
    rect = window.normalGeometry()
    key = f"window_places/{key_of(screens_now())}"
    settings.setValue(key, f"{rect.x()},{rect.y()},{rect.width()},{rect.height()},{int(window.isMaximized())}")


def title_bar(window: QWidget) -> int:
    """How high the desktop draws a title bar, pixels; what is usual before the window has one."""
    drawn = window.frameGeometry().height() - window.geometry().height()
    return drawn if drawn > 0 else _TITLE


def take_place(window: QWidget, settings: QSettings) -> None:
    """Put ``window`` where it stood with these screens; else in the middle, as large as usual or as there is room."""
    screens = screens_now()
    title = title_bar(window)
    rooms = [s.room.adjusted(0, title, 0, 0) for s in screens]  # a window's place is told without its title bar
    if rooms:
        window.setMinimumSize(LEAST.boundedTo(rooms[0].size()))
    kept = str(settings.value(f"window_places/{key_of(screens)}") or "")
    try:
        x, y, width, height, whole = (int(part) for part in kept.split(","))
    except ValueError:
        if rooms:
            size = USUAL.boundedTo(rooms[0].size())
            window.resize(size)
            if size != USUAL:
                window.move(screens[0].room.topLeft())
        else:
            window.resize(USUAL)
        return
    window.setGeometry(fitted(QRect(x, y, width, height), rooms, window.minimumSize()))
    if whole:
        window.setWindowState(Qt.WindowState.WindowMaximized)
