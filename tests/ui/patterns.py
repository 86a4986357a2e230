"""What docs/patterns.md asks of everything that is shown, looked for in a window as it stands: each fault is one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QImage, QRawFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from hydesk.resource_files import resource
from hydesk.ui.frame.navigation import NavigationButton
from hydesk.ui.kit.elided import ElidedLabel
from hydesk.ui.kit.form import PanelForm
from hydesk.ui.kit.side_panel import SidePanel
from hydesk.ui.style import BUNDLED

FIGURE = re.compile(r"\d")
PAD, HEAD_PAD = 8, 20
"""Points that a cell, and a head, needs beside its words, at least."""
PANELS = (SidePanel, PanelForm)


def faults(window: QWidget, where: str) -> list[str]:
    """All that the pattern book forbids in ``window`` now."""
    shown = [w for w in window.findChildren(QWidget) if w.isVisible() and w.window() is window and _in_sight(w)]
    found = [*clipped_labels(shown), *clipped_buttons(shown), *cut_tables(shown), *cut_tabs(shown), *double_primaries(shown),
             *strange_signs(shown)]
    return list(dict.fromkeys(f"{where}: {f}" for f in found))


def _in_sight(widget: QWidget) -> bool:
    """Whether it lies in its window: not scrolled away, not squeezed to nothing."""
    return not widget.visibleRegion().isEmpty()


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _name(widget: QWidget) -> str:
    text = _text(widget)
    return f"{type(widget).__name__} “{text or widget.accessibleName()}”"


def clipped_labels(shown: list[QWidget]) -> Iterator[str]:
    """Labels whose words have no room; of a line that gives way, figures that went with the rest."""
    for w in shown:
        if not isinstance(w, QLabel) or not w.text():
            continue
        if isinstance(w, ElidedLabel):
            cut = w.whole[len(w.text().rstrip("…")):] if w.text() != w.whole else ""
            if re.search(r"\d[\d,.]*$", w.text().rstrip("…")) and re.match(r"[\d,.]", cut):
                yield f"a figure is cut in {_name(w)}"
        elif w.wordWrap():
            if w.heightForWidth(w.width()) > w.height() + 2 and not _scrolls(w):
                yield f"lines are cut off {_name(w)}: {w.heightForWidth(w.width())} > {w.height()}"
        elif w.sizeHint().width() > w.width() + 1:
            yield f"{_name(w)} wants {w.sizeHint().width()}, has {w.width()}"


def _scrolls(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def clipped_buttons(shown: list[QWidget]) -> Iterator[str]:
    """Buttons whose words have no room, or that are cut by what holds them."""
    for w in shown:
        if not isinstance(w, QAbstractButton) or not w.text() or isinstance(w.parentWidget(), QTabBar):
            continue
        if isinstance(w, NavigationButton):
            continue  # painted: icons alone where there is no room
        wanted = w.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, w.text())
        if wanted.width() > w.width() or wanted.height() > w.height() + 2:
            yield f"{_name(w)} wants {wanted.width()}×{wanted.height()}, has {w.width()}×{w.height()}"
        elif isinstance(w, QPushButton | QToolButton) and not _scrolls(w):
            rect = QRect(w.mapTo(w.window(), QPoint(0, 0)), w.size())
            if not w.window().rect().contains(rect):
                yield f"{_name(w)} leaves the window"


def cut_tables(shown: list[QWidget]) -> Iterator[str]:
    """Heads without room for their words, and figures elided in cells that are in sight."""
    for w in shown:
        if not isinstance(w, QTableView) or w.model() is None:
            continue
        head, model = w.horizontalHeader(), w.model()
        metrics = QFontMetrics(head.font())
        top = w.rowAt(0)
        last = w.rowAt(w.viewport().height() - 1)
        rows = range(max(0, top), (last if last >= 0 else model.rowCount() - 1) + 1)
        columns = [c for c in range(model.columnCount())
                   if not w.isColumnHidden(c) and w.columnViewportPosition(c) >= 0 and
                   w.columnViewportPosition(c) + w.columnWidth(c) <= w.viewport().width() + 1]
        for c in columns:
            words = str(model.headerData(c, Qt.Orientation.Horizontal) or "")
            if head.isVisible() and not isinstance(head, _Wrapping) and max((metrics.horizontalAdvance(x) for x in words.split("\n")), default=0) + HEAD_PAD > w.columnWidth(c):
                yield f"head “{words}” of {w.accessibleName()} has {w.columnWidth(c)} points"
            for r in list(rows)[:25]:
                index = model.index(r, c)
                right = model.data(index, Qt.ItemDataRole.TextAlignmentRole)
                text = str(model.data(index) or "")
                figure = FIGURE.search(text) and right is not None and int(right) & int(Qt.AlignmentFlag.AlignRight.value)
                if figure and QFontMetrics(w.font()).horizontalAdvance(text) + PAD > w.columnWidth(c):
                    yield f"figure “{text}” under “{words}” of {w.accessibleName()} has {w.columnWidth(c)} points"


class _Wrapping(QHeaderView):
    """No head of the program wraps its words."""


def cut_tabs(shown: list[QWidget]) -> Iterator[str]:
    """Tabs one has to scroll for."""
    for w in shown:
        if isinstance(w, QTabBar) and w.count() and (w.tabRect(w.count() - 1).right() > w.width() + 1 or _arrows(w)):
            yield f"tabs {w.accessibleName()}: “{w.tabText(w.count() - 1)}” is cut at {w.width()}"


def _arrows(tabs: QTabBar) -> bool:
    """Whether the bar shows the arrows that move its tabs."""
    return any(b.isVisible() for b in tabs.findChildren(QToolButton))


def double_primaries(shown: list[QWidget]) -> Iterator[str]:
    """More than one primary button on a page, or in a panel."""
    held: dict[QWidget | None, list[str]] = {}
    for w in shown:
        if isinstance(w, QPushButton) and w.objectName() == "primary":
            held.setdefault(_panel_of(w), []).append(w.text())
    for panel, words in held.items():
        if len(words) > 1:
            yield f"{len(words)} primary buttons{' in a panel' if panel is not None else ''}: {'、'.join(words)}"


def _panel_of(widget: QWidget) -> QWidget | None:
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if above.objectName() == "panel" or isinstance(above, PANELS):
            return above
        above = above.parentWidget()
    return None


@cache
def _bundled() -> tuple[QRawFont, ...]:
    return tuple(QRawFont(str(resource("fonts", name)), 12) for name in BUNDLED)


@cache
def _drawn(sign: str) -> bool:
    if sign.isspace() or "一" <= sign <= "鿿":
        return True  # a rare character of somebody's name comes from the system's own fonts
    return all(any(font.glyphIndexesForString(sign)) for font in _bundled())


def strange_signs(shown: list[QWidget]) -> Iterator[str]:
    """Signs that the bundled fonts lack."""
    for w in shown:
        if isinstance(w, QTableView) and isinstance(w.parentWidget(), QTableView):
            continue  # the frozen columns show the same cells
        texts = [_text(w)]
        if isinstance(w, QTabBar):
            texts = [w.tabText(i) for i in range(w.count())]
        if isinstance(w, QTableView) and w.model() is not None:
            texts = [str(w.model().headerData(c, Qt.Orientation.Horizontal) or "") for c in range(w.model().columnCount())]
            texts += [str(w.model().data(w.model().index(r, c)) or "") for r in range(min(12, w.model().rowCount())) for c in range(w.model().columnCount())]
        for text in texts:
            if isinstance(text, str) and (gone := {s for s in text if not _drawn(s)}):
                yield f"{type(w).__name__} shows {' '.join(sorted(f'{s} U+{ord(s):04X}' for s in gone))} in “{text[:30]}”"


_FAINTEST = 4.0
"""Contrast that text shows by its pixels where its colour has 4.5: edges of letters are thinned."""


def faint_texts(window: QWidget, where: str) -> list[str]:
    """Words whose pixels stand too little out from what they stand on; what cannot be used now is apart."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    scale = image.width() / max(1, window.width())
    found = []
    for w in window.findChildren(QWidget):
        if not isinstance(w, QLabel | QAbstractButton) or not _text(w).strip() or not w.isVisible() or not w.isEnabled() or w.window() is not window:
            continue
        if not _in_sight(w) or isinstance(w, NavigationButton):
            continue
        seen = w.visibleRegion().boundingRect()
        if seen.height() < w.fontMetrics().height() or not re.search(r"\w", _text(w)):
            continue  # scrolled away but for an edge, or a sign, which has a word beside it
        at = w.mapTo(window, seen.topLeft())
        part = image.copy(QRect(round(at.x() * scale), round(at.y() * scale), round(seen.width() * scale), round(seen.height() * scale)))
        found += [f"{where}: {_name(w)} has a contrast of {best:.1f}"] if (best := _contrast(part)) < _FAINTEST else []
    return found


def _contrast(part: QImage) -> float:
    """The greatest contrast of any colour of ``part`` with its commonest one."""
    seen = Counter(memoryview(part.constBits()).cast("I"))
    if len(seen) < 2:
        return 21.0
    ground = _luminance(seen.most_common(1)[0][0])
    return max((max(v, ground) + 0.05) / (min(v, ground) + 0.05) for v in map(_luminance, seen))


@cache
def _luminance(pixel: int) -> float:
    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(pixel >> 16 & 255) + 0.7152 * linear(pixel >> 8 & 255) + 0.0722 * linear(pixel & 255)


def context_menus(window: QWidget, where: str) -> list[str]:
    """What is wrong in the menus that the right button opens on the tables in sight."""
    found: list[str] = []

    def read_and_close() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            found.extend(menu_faults(menu, f"{where} right button"))
            menu.close()

    for view in window.findChildren(QTableView):
        if view.isVisible() and view.window() is window and view.contextMenuPolicy() == Qt.ContextMenuPolicy.CustomContextMenu:
            QTimer.singleShot(0, read_and_close)
            view.customContextMenuRequested.emit(QPoint(12, 12))
            read_and_close()
    window.activateWindow()
    QApplication.processEvents()
    return found


def unfocused(window: QWidget, screen: QWidget, where: str) -> list[str]:
    """The keyboard is not in the page that was opened."""
    at = QApplication.focusWidget()
    inside = at is not None and (at is screen or screen.isAncestorOf(at))
    return [] if inside else [f"{where}: the keyboard is in {_name(at) if at is not None else 'nothing'}"]


def menu_faults(menu: QMenu, where: str) -> list[str]:
    """Signs that the fonts lack, in a menu and those below it."""
    found = []
    for action in menu.actions():
        gone = {s for s in action.text().replace("\t", " ") if not _drawn(s)}
        if gone:
            found.append(f"{where}: menu “{action.text()}” shows {gone}")
        sub = action.menu()
        if isinstance(sub, QMenu):
            found += menu_faults(sub, where)
    return found
