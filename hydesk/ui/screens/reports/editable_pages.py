"""The pages of a report whose sentences are edited where they stand: by a click, or by Ctrl+↓ and Enter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from hydesk.domain.people import Right
from hydesk.services.reports.read_sentences import State
from hydesk.ui import tokens
from hydesk.ui.clipboard import put_words
from hydesk.ui.desk import Desk
from hydesk.ui.kit.pdf_pages import PageMark
from hydesk.ui.plain import plain_text
from hydesk.ui.requests import OpenProject
from hydesk.ui.screens.reports.figure_links import FigureLink, said
from hydesk.ui.screens.reports.in_place import InPlace
from hydesk.ui.screens.reports.page_view import PageView
from hydesk.ui.screens.reports.sentence_places import FigurePlace, SentencePlace

_MARKED = {State.EDITED: "edited", State.STALE: "ask", State.REWORDED: "ask"}
_MOST_LINKS = 8
"""Figures of a sentence that its menu leads from."""
_NEAR = 2.0
"""Points around a sentence's letters that still are the sentence."""
_BAR, _OUT = 3.0, 10.0
"""The bar beside an edited sentence, and how far left of the text it stands, points."""


class EditablePages(PageView):
    """Pages with sentences to be edited; marks what was edited, what asks, and where the keyboard is."""

    changed = Signal(str, object)
    accepted = Signal(str, bool)
    """As ``InPlace`` says them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName("报告页面，Ctrl+↓ 选一句，Enter 修改")
        self.places: tuple[SentencePlace, ...] = ()
        self._text_size, self._block = 16.0, (0.0, 0.0)
        self._here = -1
        self._under: SentencePlace | None = None
        self._links: Mapping[str, FigureLink] = {}
        self._figure: FigurePlace | None = None
        """The figure under the mouse that leads somewhere."""
        self.in_place = InPlace(self.viewport())
        self.in_place.changed.connect(self.changed.emit)
        self.in_place.accepted.connect(self.accepted.emit)
        self.in_place.left.connect(self._left)
        self.in_place.stepped.connect(self._go_on)
        self.viewport().setMouseTracking(True)

    def show_places(self, places: Sequence[SentencePlace], links: Mapping[str, FigureLink] | None = None) -> None:
        """Other pages: their sentences, and where their figures lead. What is being typed goes on where its sentence stands now."""
        key = self.key
        self.places, self._under, self._figure, self._links = tuple(places), None, None, links or {}
        lines = [b for p in self.places for m in p.marks for b in m.boxes]
        self._block = (min((b[0] for b in lines), default=0.0), max((b[2] for b in lines), default=0.0))
        self._text_size = _type_size(self.places)
        self._here = next((i for i, p in enumerate(self.places) if p.sentence.key == key), -1)
        editor = self.in_place
        if editor.waits or not editor.typing:
            editor.give_up()
        self._put()
        self.viewport().update()

    @property
    def key(self) -> str:
        """The sentence the keyboard is at."""
        return self.places[self._here].sentence.key if 0 <= self._here < len(self.places) else ""

    # Choosing and editing ---------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """To the sentence before or after; from none to the first that is in sight."""
        if not self.places:
            return
        if self._here < 0:
            seen = [i for i, p in enumerate(self.places) if p.marks[0].page in self._in_sight()]
            self._here = seen[0] if seen else 0
        else:
            self._here = min(max(self._here + by, 0), len(self.places) - 1)
        self.bring(self.places[self._here].marks[0])
        self.viewport().update()

    def edit(self, key: str) -> None:
        """Let the sentence ``key`` be typed where it stands."""
        found = next((i for i, p in enumerate(self.places) if p.sentence.key == key), None)
        if found is None or self._desk.refuses(Right.WRITE):
            return
        self._here = found
        place = self.places[found]
        self.bring(place.marks[0])
        self.in_place.edit(place, self._text_size * self.scale_of(place.marks[0].page))
        self._put()
        self.viewport().update()

    def _go_on(self, by: int) -> None:
        if not self.in_place.waits:
            self.step(by)
            self.edit(self.key)
        else:  # the pages are made anew: the next is edited on those
            self.step(by)

    def _left(self) -> None:
        at = QApplication.focusWidget()
        if at is None or self.in_place.isAncestorOf(at):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.viewport().update()

    def _put(self) -> None:
        """Put the editor over its paragraph."""
        place = self.in_place.place
        now = next((p for p in self.places if place is not None and p.sentence.key == place.sentence.key), place)
        if now is None or not self.in_place.isVisible() or now.marks[0].page >= len(self._pages):
            return
        page = now.marks[0].page
        boxes = [self.box_of(page, b) for p in self.places if p.paragraph is now.paragraph for m in p.marks if m.page == page for b in m.boxes]
        around = QRect(self.box_of(page, (self._block[0], 0, self._block[1], 1)))
        around.setTop(min((b.top() for b in boxes), default=around.top()))
        around.setBottom(max((b.bottom() for b in boxes), default=around.top()))
        self.in_place.put(around, self.viewport().rect())

    # Mouse and keys ---------------------------------------------------------------------------------------

    def _at(self, where: QPoint) -> SentencePlace | None:
        point = self.point_at(where)
        return None if point is None else next((p for p in self.places if _covers(p.marks, *point, near=_NEAR)), None)

    def _follow(self, figure: FigurePlace) -> None:
        """Show the projects behind a figure, or its project."""
        link = self._links[figure.key]
        self._desk.go_to("project" if isinstance(link, OpenProject) else "ledger", link)

    def _figure_at(self, where: QPoint, under: SentencePlace | None) -> FigurePlace | None:
        """The figure there that leads somewhere; of a sentence that a person wrote too, where it is still the report's."""
        point = self.point_at(where)
        if point is None or under is None:
            return None
        return next((f for f in under.figures if f.key in self._links and _covers(f.marks, *point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        under = self._at(where)
        figure = self._figure_at(where, under)
        if under is not self._under or figure is not self._figure:
            self._under, self._figure = under, figure
            may = under is not None and self._desk.may(Right.WRITE)
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if figure is not None
                                      else Qt.CursorShape.IBeamCursor if may else Qt.CursorShape.ArrowCursor)
            self.viewport().setToolTip(plain_text("" if figure is None else said(self._links[figure.key])))
            self.viewport().update()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        under = self._at(event.position().toPoint())
        figure = self._figure_at(event.position().toPoint(), under)
        if event.button() == Qt.MouseButton.LeftButton and figure is not None:
            event.accept()
            self._follow(figure)
            return
        if event.button() == Qt.MouseButton.LeftButton and under is not None:
            event.accept()
            self.edit(under.sentence.key)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        under = (self.places[self._here] if self._here >= 0 else None) if by_key else self._at(event.pos())
        if under is None:
            return
        one, menu = under.sentence, QMenu(self)
        if self._desk.may(Right.WRITE):
            menu.addAction("改这一句\tEnter", lambda: self.edit(one.key))
            if one.state is not State.WRITTEN:
                menu.addAction("恢复自动文字", lambda: self.changed.emit(one.key, None))
        menu.addAction("复制这一句", lambda: put_words(one.text))
        led = {f.key: f for f in under.figures if f.key in self._links}
        if led:
            menu.addSeparator()
        for figure in list(led.values())[:_MOST_LINKS]:
            menu.addAction(plain_text(f"{figure.text}：{said(self._links[figure.key])}"), partial(self._follow, figure))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(self._middle_of(under)) if by_key else event.globalPos())

    def _middle_of(self, place: SentencePlace) -> QPoint:
        """Where a menu about a sentence stands when the keyboard asks for it."""
        mark = place.marks[0]
        return self.box_of(mark.page, mark.boxes[0]).center() if mark.boxes else self.viewport().rect().center()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.places:
            if self._here < 0:
                self.step(1)
            else:
                self.edit(self.key)
        else:
            super().keyPressEvent(event)

    def _scrolled(self, *args: object) -> None:
        super()._scrolled(*args)
        self._put()

    # Painting ---------------------------------------------------------------------------------------------

    def paint_over(self, painter: QPainter, page: int) -> None:
        place = self._pages[page]
        painter.save()
        for index, one in enumerate(self.places):
            for mark in (m for m in one.marks if m.page == page):
                if one is self._under or index == self._here:
                    self._paint_sentence(painter, mark, index == self._here)
                if kind := _MARKED.get(one.sentence.state):
                    top, bottom = min(b[1] for b in mark.boxes), max(b[3] for b in mark.boxes)
                    bar = QRectF(place.box.left() + (self._block[0] - _OUT) * place.scale, place.box.top() + top * place.scale,
                                 _BAR * place.scale, (bottom - top) * place.scale)
                    painter.fillRect(bar, QColor(tokens.PAGE_MARKS[kind]))
        if self._figure is not None:
            painter.setPen(QPen(QColor(tokens.PAGE_MARKS["here"]), 1.5))
            for left, _, right, bottom in (b for m in self._figure.marks if m.page == page for b in m.boxes):
                y = place.box.top() + bottom * place.scale
                painter.drawLine(QPointF(place.box.left() + left * place.scale, y), QPointF(place.box.left() + right * place.scale, y))
        painter.restore()

    def _paint_sentence(self, painter: QPainter, mark: PageMark, here: bool) -> None:
        place = self._pages[mark.page]
        ground = QColor(tokens.PAGE_MARKS["here"])
        ground.setAlpha(30)
        painter.setPen(QPen(QColor(tokens.PAGE_MARKS["here"]), 1) if here and self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        for left, top, right, bottom in mark.boxes:
            painter.drawRect(QRectF(place.box.left() + left * place.scale, place.box.top() + top * place.scale,
                                    (right - left) * place.scale, (bottom - top) * place.scale))


def _covers(marks: Sequence[PageMark], page: int, x: float, y: float, *, near: float = 0.0) -> bool:
    return any(m.page == page and any(left - near <= x <= right + near and top - near <= y <= bottom + near
                                      for left, top, right, bottom in m.boxes) for m in marks)


def _type_size(places: Sequence[SentencePlace]) -> float:
    """The type of the sentences in points: the width of their lines over that of their letters, digits half as wide."""
    width = sum(right - left for p in places for m in p.marks for left, _, right, _ in m.boxes)
    letters = sum(0.5 if c.isascii() else 1.0 for p in places for c in p.sentence.text if not c.isspace())
    return width / letters if letters else 16.0
