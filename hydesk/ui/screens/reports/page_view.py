"""The pages one below the other; only those in sight are rendered, in jobs."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.pdf_pages import PageMark, PdfFile

GAP = 16
KEPT = 16
STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
SCREEN_POINT = 96 / 72
LARGEST_FIT = 1.5
"""Pages are not blown up further than this on wide screens."""


class PageView(QAbstractScrollArea):
    """Shows a PdfFile. ``zoom`` None fits the width; 1.0 is the size on paper."""

    page_changed = Signal(int, int)
    """The page in sight, from 1, and how many there are."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._file: PdfFile | None = None
        self.zoom: float | None = 1.0
        self._images: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._asked: set[int] = set()
        self._places: list[QRect] = []
        self._marks: list[PageMark] = []
        self._marked = -1
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("报告页面")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(30)
        self._wait.timeout.connect(self._ask)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self._let_go)

    def _let_go(self) -> None:
        """Give the file back when the program ends; its library complains of files left open."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def show_file(self, file: PdfFile | None, *, stay: bool = False) -> None:
        """Show another file from its first page, or (``stay``) from the place in sight."""
        place = self.verticalScrollBar().value() if stay else 0
        self._marks = []
        if self._file is not None:
            self._file.close()
        self._file = file
        self._images.clear()
        self._asked.clear()
        self._place()
        self.verticalScrollBar().setValue(place)
        self._scrolled()

    @property
    def file(self) -> PdfFile | None:
        """What is shown."""
        return self._file

    def show_place(self, page: int, top: float) -> None:
        """Bring ``top`` points down ``page`` (from 0) to the upper edge of what is seen."""
        if page < len(self._places):
            above = round(max(top * self._page_scale(page) - GAP, -GAP))
            self.verticalScrollBar().setValue(self._places[page].top() + above)

    def reached(self, page: int, top: float) -> bool:
        """Whether the place ``top`` points down ``page`` is above the middle of what is seen."""
        at = self._places[page].top() + top * self._page_scale(page) if page < len(self._places) else 0
        return at <= self.verticalScrollBar().value() + self.viewport().height() // 2

    def show_marks(self, marks: list[PageMark], current: int) -> None:
        """Mark what was found; the mark ``current`` comes into sight."""
        self._marks, self._marked = marks, current
        if 0 <= current < len(marks) and self._places:
            mark = marks[current]
            scale = self._page_scale(mark.page)
            x, y = mark.boxes[0][0] * scale, mark.boxes[0][1] * scale
            box = self._places[mark.page]
            view = self.viewport()
            top = box.top() + round(y)
            if not self.verticalScrollBar().value() < top < self.verticalScrollBar().value() + view.height() - 40:
                self.verticalScrollBar().setValue(top - view.height() // 3)
            left = box.left() + round(x)
            if not self.horizontalScrollBar().value() < left < self.horizontalScrollBar().value() + view.width() - 40:
                self.horizontalScrollBar().setValue(left - view.width() // 3)
        self.viewport().update()

    def set_zoom(self, zoom: float | None) -> None:
        """Show pages at ``zoom``, keeping the place in the text."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self.zoom = zoom
        self._place()
        bar.setValue(round(share * bar.maximum()))

    def fit_page(self) -> None:
        """Show a whole page of the size in sight, its upper edge at the top."""
        if self._file is None or not self._places:
            return
        page = (self._in_sight() or [0])[0]
        own = self._file.sizes[page]
        room = self.viewport()
        scale = min((room.height() - 2 * GAP) / own.height, (room.width() - 2 * GAP) / own.width)
        self.set_zoom(max(scale / SCREEN_POINT, STEPS[0] / 2))
        self.verticalScrollBar().setValue(self._places[page].top() - GAP)

    def step_zoom(self, by: int) -> None:
        """The next larger or smaller zoom."""
        now = self._scale() / SCREEN_POINT
        bigger, smaller = [z for z in STEPS if z > now + 0.01], [z for z in STEPS if z < now - 0.01]
        if by > 0 and bigger:
            self.set_zoom(bigger[0])
        elif by < 0 and smaller:
            self.set_zoom(smaller[-1])

    def _scale(self) -> float:
        """Logical pixels to the point."""
        if self._file is None or not self._file.sizes:
            return SCREEN_POINT
        if self.zoom is not None:
            return self.zoom * SCREEN_POINT
        portrait = min(s.width for s in self._file.sizes)
        # The width that is fitted is the text pages'; landscape annexes shrink to the same room when painted.
        return min(max(0.2, (self.viewport().width() - 2 * GAP) / portrait), LARGEST_FIT * SCREEN_POINT)

    def _page_scale(self, page: int) -> float:
        """A landscape page is never wider than the view when the width is fitted."""
        scale = self._scale()
        if self._file is not None and self.zoom is None:
            scale = min(scale, (self.viewport().width() - 2 * GAP) / self._file.sizes[page].width)
        return scale

    def _place(self) -> None:
        self._places = []
        y, widest = GAP, 0
        for page, size in enumerate(self._file.sizes if self._file else []):
            scale = self._page_scale(page)
            width, height = round(size.width * scale), round(size.height * scale)
            x = max(GAP, (self.viewport().width() - width) // 2)
            self._places.append(QRect(x, y, width, height))
            y += height + GAP
            widest = max(widest, width + 2 * GAP)
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, y - self.viewport().height()))
        vertical.setPageStep(self.viewport().height())
        vertical.setSingleStep(40)
        horizontal.setRange(0, max(0, widest - self.viewport().width()))
        horizontal.setPageStep(self.viewport().width())
        self._wait.start()
        self.viewport().update()

    def _in_sight(self) -> list[int]:
        top = self.verticalScrollBar().value()
        view = QRect(0, top, 100000, self.viewport().height())
        return [i for i, r in enumerate(self._places) if r.intersects(view)]

    def _scrolled(self, *_: object) -> None:
        self._wait.start()
        self.viewport().update()
        seen = self._in_sight()
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        now = next((i for i in seen if self._places[i].bottom() >= middle), seen[-1] if seen else -1)
        self.page_changed.emit(now + 1, len(self._places))

    def _ask(self) -> None:
        """Have the pages in sight rendered that are not held at this size."""
        file, ratio = self._file, self.devicePixelRatioF()
        if file is None:
            return
        for page in self._in_sight():
            scale = self._page_scale(page) * ratio
            held = self._images.get(page)
            if page in self._asked or (held is not None and abs(held[0] - scale) < 0.001):
                continue
            self._asked.add(page)
            self._render(file, page, scale)

    def _render(self, file: PdfFile, page: int, scale: float) -> None:
        self._desk.jobs.start("显示页面", lambda _p: file.render(page, scale), self,
                              done=lambda image: self._take(file, page, scale, image), quiet=True)

    def _take(self, file: PdfFile, page: int, scale: float, image: QImage) -> None:
        if file is not self._file:
            return
        self._asked.discard(page)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._images[page] = (scale, image)
        self._images.move_to_end(page)
        while len(self._images) > KEPT:
            self._images.popitem(last=False)
        self._wait.start()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        palette = self._desk.theme.palette
        painter.fillRect(self.viewport().rect(), QColor(palette.ground))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for page in self._in_sight():
            box = self._places[page]
            painter.fillRect(box, QColor(tokens.PAPER))
            held = self._images.get(page)
            if held is not None and not held[1].isNull():
                painter.drawImage(box, held[1])
            self._paint_marks(painter, page, box)
            painter.setPen(QColor(palette.line))
            painter.drawRect(box.adjusted(-1, -1, 0, 0))

    def _paint_marks(self, painter: QPainter, page: int, box: QRect) -> None:
        scale = self._page_scale(page)
        for index, mark in enumerate(self._marks):
            if mark.page == page:
                color = QColor(tokens.FOUND_HERE if index == self._marked else tokens.FOUND)
                color.setAlpha(130)
                for left, top, right, bottom in mark.boxes:
                    painter.fillRect(QRectF(box.left() + left * scale, box.top() + top * scale, (right - left) * scale,
                                            (bottom - top) * scale), color)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = event.key(), self.verticalScrollBar()
        if key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.step_zoom(-1 if key == Qt.Key.Key_Minus else 1)
        else:
            super().keyPressEvent(event)
