"""The pages one below the other; only those in sight are rendered, in jobs."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.pdf_pages import PageMark, PdfFile
from hydesk.ui.screens.reports.page_layout import GAP, SCREEN_POINT, Fit, PlacedPage, Zoom, place_pages

KEPT = 16
STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)


class PageView(QAbstractScrollArea):
    """Shows a PdfFile; by ``zoom`` each page whole, as wide as the view, or so many times its size on paper."""

    page_changed = Signal(int, int)
    """The page in sight, from 1, and how many there are."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._file: PdfFile | None = None
        self.zoom: Zoom = Fit.PAGE
        self._images: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._asked: set[int] = set()
        self._pages: list[PlacedPage] = []
        self._marks: list[PageMark] = []
        self._marked = -1
        self.waiting = ""
        """What is said while there are no pages yet."""
        self._told = -1
        """The page that was asked for last: of pages side by side it is the one in sight."""
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setAccessibleName("报告页面")
        # Bars that come and go with the room they take would turn pages that fit the room to and fro.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._wait = Delayed(self, self._ask, 30)
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
        if page < len(self._pages):
            self._told = page
            above = round(max(top * self._pages[page].scale - GAP, -GAP))
            self.verticalScrollBar().setValue(self._pages[page].box.top() + above)

    def reached(self, page: int, top: float) -> bool:
        """Whether the place ``top`` points down ``page`` is above the middle of what is seen."""
        at = self._pages[page].box.top() + top * self._pages[page].scale if page < len(self._pages) else 0
        # Of whole pages only what stands at the upper edge has been gone to; of others what is above the middle has been read.
        return at <= self.verticalScrollBar().value() + self.viewport().height() // (8 if self.zoom is Fit.PAGE else 2)

    def show_marks(self, marks: list[PageMark], current: int) -> None:
        """Mark what was found; the mark ``current`` comes into sight."""
        self._marks, self._marked = marks, current
        if 0 <= current < len(marks) and self._pages:
            self.bring(marks[current])
        self.viewport().update()

    def bring(self, mark: PageMark) -> None:
        """Scroll until the beginning of ``mark`` is in sight."""
        place = self._pages[mark.page]
        self._told = mark.page
        left, top, _, bottom = (round(x * place.scale) for x in mark.boxes[0])
        down, across, view = self.verticalScrollBar(), self.horizontalScrollBar(), self.viewport()
        top, bottom, left = place.box.top() + top, place.box.top() + bottom, place.box.left() + left
        if not down.value() < top < bottom < down.value() + view.height():
            # Where pages are whole the page comes into sight as one.
            down.setValue(place.box.top() - GAP if self.zoom is Fit.PAGE else top - view.height() // 3)
        if not across.value() < left < across.value() + view.width() - 40:
            across.setValue(left - view.width() // 3)

    def box_of(self, page: int, box: tuple[float, float, float, float]) -> QRect:
        """Where a box of ``page``, in points, stands in the viewport now."""
        place = self._pages[page]
        left, top, right, bottom = (round(x * place.scale) for x in box)
        return QRect(left, top, right - left, bottom - top).translated(
            place.box.left() - self.horizontalScrollBar().value(), place.box.top() - self.verticalScrollBar().value())

    def scale_of(self, page: int) -> float:
        """Logical pixels to the point on ``page``."""
        return self._pages[page].scale

    def point_at(self, where: QPoint) -> tuple[int, float, float] | None:
        """The page (from 0) under a point of the viewport, and how far it is from the page's upper left corner, in points."""
        at = where + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for page in self._in_sight():
            place = self._pages[page]
            if place.box.contains(at):
                return page, (at.x() - place.box.left()) / place.scale, (at.y() - place.box.top()) / place.scale
        return None

    def set_zoom(self, zoom: Zoom) -> None:
        """Show pages at ``zoom``, keeping the place in the text."""
        self._keep_place(zoom)

    def _keep_place(self, zoom: Zoom) -> None:
        """Lay the pages out anew at ``zoom``, and stay at the page in sight, as far down it as before."""
        page = (self._in_sight() or [0])[0]
        before = self._pages[page].box if self._pages else QRect()
        above = (self.verticalScrollBar().value() - before.top()) / max(1, before.height())
        self.zoom = zoom
        self._place()
        if self._pages:
            now = self._pages[page].box
            whole = self.zoom is Fit.PAGE
            self.verticalScrollBar().setValue(now.top() - GAP if whole else now.top() + round(above * now.height()))
        self._scrolled()

    def fit_page(self) -> None:
        """Show each page whole."""
        self.set_zoom(Fit.PAGE)

    def fit_width(self) -> None:
        """Show pages as wide as the view."""
        self.set_zoom(Fit.WIDTH)

    def step_zoom(self, by: int) -> None:
        """The next larger or smaller zoom."""
        page = (self._in_sight() or [0])[0]
        now = self._pages[page].scale / SCREEN_POINT if self._pages else 1.0
        bigger, smaller = [z for z in STEPS if z > now + 0.01], [z for z in STEPS if z < now - 0.01]
        if by > 0 and bigger:
            self.set_zoom(bigger[0])
        elif by < 0 and smaller:
            self.set_zoom(smaller[-1])

    def _place(self) -> None:
        room = self.viewport().size()
        self._pages = place_pages(self._file.sizes if self._file else (), room, self.zoom)
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, max((p.box.bottom() for p in self._pages), default=0) + GAP - room.height()))
        vertical.setPageStep(room.height() - GAP)  # whole pages turn row by row
        vertical.setSingleStep(40)
        wide = max((p.box.right() for p in self._pages), default=0) + GAP - room.width()
        horizontal.setRange(0, 0 if isinstance(self.zoom, Fit) else max(0, wide))
        horizontal.setPageStep(room.width())
        self._wait.start()
        self.viewport().update()

    def _in_sight(self) -> list[int]:
        top = self.verticalScrollBar().value()
        view = QRect(0, top, 100000, self.viewport().height())
        return [i for i, p in enumerate(self._pages) if p.box.intersects(view)]

    def _scrolled(self, *_: object) -> None:
        self._wait.start()
        self.viewport().update()
        seen = self._in_sight()
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        now = next((i for i in seen if self._pages[i].box.bottom() >= middle), seen[-1] if seen else -1)
        if seen and self.verticalScrollBar().value() == self.verticalScrollBar().maximum() > 0:
            now = seen[-1]
        if self._told in seen and now >= 0 and self._pages[self._told].box.top() == self._pages[now].box.top():
            now = self._told
        self.page_changed.emit(now + 1, len(self._pages))

    def _ask(self) -> None:
        """Have the pages in sight rendered that are not held at this size."""
        file, ratio = self._file, self.devicePixelRatioF()
        if file is None:
            return
        for page in self._in_sight():
            scale = self._pages[page].scale * ratio
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
        if self._file is None and self.waiting:
            painter.setPen(QColor(palette.quiet))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.waiting)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for page in self._in_sight():
            box = self._pages[page].box
            painter.fillRect(box, QColor(tokens.PAPER))
            held = self._images.get(page)
            if held is not None and not held[1].isNull():
                painter.drawImage(box, held[1])
            self._paint_marks(painter, page, box)
            self.paint_over(painter, page)
            painter.setPen(QColor(palette.line))
            painter.drawRect(box.adjusted(-1, -1, 0, 0))

    def paint_over(self, painter: QPainter, page: int) -> None:
        """Paint on top of ``page``, in the coordinates of all pages: for views that know more of what stands there."""

    def _paint_marks(self, painter: QPainter, page: int, box: QRect) -> None:
        scale = self._pages[page].scale
        for index, mark in enumerate(self._marks):
            if mark.page == page:
                color = QColor(tokens.FOUND_HERE if index == self._marked else tokens.FOUND)
                color.setAlpha(130)
                for left, top, right, bottom in mark.boxes:
                    painter.fillRect(QRectF(box.left() + left * scale, box.top() + top * scale, (right - left) * scale,
                                            (bottom - top) * scale), color)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_place(self.zoom)

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
        elif key == Qt.Key.Key_0:
            self.fit_page()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.step_zoom(-1 if key == Qt.Key.Key_Minus else 1)
        else:
            super().keyPressEvent(event)
