"""Parts below or beside each other, said in one call."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Part = QWidget | QLayout | tuple[QWidget | QLayout, int] | int
"""A widget or a layout; one with its share of the room left over; or such a share left blank."""
Margins = tuple[int, int, int, int] | int
"""Left, top, right and bottom, or one for all sides."""
B = TypeVar("B", bound=QBoxLayout)


def in_column(*parts: Part, on: QWidget | None = None, gap: int | None = None, margins: Margins | None = None) -> QVBoxLayout:
    """``parts`` from the top down, of the widget ``on`` where one is given; gap and margins in points, else the style's own."""
    return _filled(QVBoxLayout() if on is None else QVBoxLayout(on), parts, gap, margins)


def in_row(*parts: Part, on: QWidget | None = None, gap: int | None = None, margins: Margins | None = None) -> QHBoxLayout:
    """``parts`` from left to right, as ``in_column``."""
    return _filled(QHBoxLayout() if on is None else QHBoxLayout(on), parts, gap, margins)


def _filled(box: B, parts: tuple[Part, ...], gap: int | None, margins: Margins | None) -> B:
    if margins is not None:
        box.setContentsMargins(*(margins if isinstance(margins, tuple) else (margins,) * 4))
    if gap is not None:
        box.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            box.addStretch(part)
            continue
        one, share = part if isinstance(part, tuple) else (part, 0)
        if isinstance(one, QLayout):
            box.addLayout(one, share)
        else:
            box.addWidget(one, share)
    return box
