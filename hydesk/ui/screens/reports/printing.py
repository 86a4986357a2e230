"""Printing what is shown: pages rendered at the printer's resolution, one job a page, drawn on the UI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.ui.desk import Desk
from hydesk.ui.screens.reports.pdf_pages import PdfFile

FINEST = 300
"""Dots to the inch; more only makes the job heavier, not the print better."""


def ask_and_print(desk: Desk, file: PdfFile, title: str, parent: QWidget) -> None:
    """Ask for the printer by the system's dialog, then print the chosen pages."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, len(file.sizes))
    dialog.setWindowTitle("打印")
    if dialog.exec() == QDialog.DialogCode.Accepted:
        Printing(desk, file, printer, lambda: desk.notice(f"已送往打印机：{title}")).begin()


WHITE = 56.0
"""Points of white at every edge of our pages: no page has anything nearer to the paper's edge (20 mm)."""


def layout_points(layout: QPageLayout) -> float:
    """Points to the layout's unit."""
    return 72 / 25.4 if layout.units() is QPageLayout.Unit.Millimeter else 1.0


class Printing(QObject):
    """One print-out under way."""

    def __init__(self, desk: Desk, file: PdfFile, printer: QPrinter, done: Callable[[], None]) -> None:
        super().__init__(desk)
        self._desk, self._file, self._printer, self._done = desk, file, printer, done
        first = max(1, printer.fromPage())
        last = printer.toPage() or len(file.sizes)
        self._pages = list(range(first - 1, min(last, len(file.sizes))))
        self._painter: QPainter | None = None
        self._at = 0

    def begin(self) -> None:
        """Print the first page; each page starts the next."""
        if self._pages:
            self._lay(self._pages[0])
            self._painter = QPainter()
            if not self._painter.begin(self._printer):
                self._painter = None
                self._desk.jobs.failed.emit(HydeskError("打印机没有响应，请检查打印机后再试"))
                return
            self._next()

    def _lay(self, page: int) -> None:
        size = self._file.sizes[page]
        wide = size.width > size.height
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)

    def _next(self) -> None:
        page = self._pages[self._at]
        dots = min(self._printer.resolution(), FINEST)
        self._desk.jobs.start(f"打印第 {self._at + 1}／{len(self._pages)} 页",
                              lambda _p: self._file.render(page, dots / 72), self, done=self._draw,
                              failed=self._fail, cancelled=self._end)

    def _draw(self, image: QImage) -> None:
        if self._painter is None:
            return
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        self._painter.drawImage(self._place(paper.translated(-paper.topLeft()), image), image)
        self._at += 1
        if self._at >= len(self._pages):
            self._end()
            self._done()
            return
        self._lay(self._pages[self._at])
        self._printer.newPage()
        self._next()

    def _place(self, paper: QRect, image: QImage) -> QRect:
        """The whole paper, so that every millimetre is as set; where the printer cannot reach as far as our margins
        begin, the largest picture of the page that it can print whole."""
        layout = self._printer.pageLayout()
        least = layout.minimumMargins()
        if max(least.left(), least.right(), least.top(), least.bottom()) * layout_points(layout) <= WHITE:
            return paper
        dots = self._printer.resolution() / 72 * layout_points(layout)
        inside = paper.adjusted(round(least.left() * dots), round(least.top() * dots), -round(least.right() * dots),
                                -round(least.bottom() * dots))
        size = image.size().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRect(inside.center() - QPoint(size.width() // 2, size.height() // 2), size)

    def _fail(self, error: Exception) -> None:
        self._end()
        self._desk.jobs.failed.emit(error)

    def _end(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None
        self.deleteLater()
