"""Printing what is shown: pages rendered at the printer's resolution, one job a page, drawn on the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.ui.desk import Desk
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.pdf_pages import PdfFile
from hydesk.ui.kit.printers import NO_PRINTER, has_printer

FINEST = 300
"""Dots to the inch; more only makes the job heavier, not the print better."""
_MOST_DOTS = 60_000_000
"""Of a page's picture; a wall chart of A0 in the finest would take half a gigabyte."""


def ask_and_print(desk: Desk, file: PdfFile, title: str, parent: QWidget) -> None:
    """Ask for the printer by the system's dialog, then print the chosen pages; without a printer offer a PDF."""
    if not has_printer():
        desk.notice(NO_PRINTER, lambda: _save(desk, file, title, parent), label="存为 PDF", wrong=True)
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    first = file.sizes[0]
    printer.setPageSize(QPageSize(QSizeF(first.width, first.height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyOrientationMatch))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, len(file.sizes))
    dialog.setFromTo(1, len(file.sizes))
    dialog.setWindowTitle("打印")
    if dialog.exec() == QDialog.DialogCode.Accepted:
        Printing(desk, file, printer, lambda: desk.notice(f"已送往打印机：{title}")).begin()


def _save(desk: Desk, file: PdfFile, title: str, parent: QWidget) -> None:
    path = ask_save(parent, desk.settings, Purpose.REPORT, "存为 PDF", f"{title}.pdf", "PDF (*.pdf)")
    if path:
        desk.jobs.start("存为 PDF", lambda _p: file.save(Path(path)), parent, done=lambda _n: desk.notice(f"已存为 {path}"))


WHITE = 56.0
"""Points of white at every edge of our pages: no page has anything nearer to the paper's edge (20 mm)."""


_SAME = 4.0
"""Points by which paper of the page's own size may differ from it."""


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """The pages asked for, from 0, in the order and as often as they are to be printed; ``count`` there are."""
    ranges = printer.pageRanges()
    every = printer.printRange() is not QPrinter.PrintRange.PageRange or ranges.isEmpty()
    pages = [n - 1 for n in range(1, count + 1) if every or ranges.contains(n)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    if printer.supportsMultipleCopies():
        return pages
    copies = max(printer.copyCount(), 1)
    return pages * copies if printer.collateCopies() else [n for n in pages for _ in range(copies)]


def layout_points(layout: QPageLayout) -> float:
    """Points to the layout's unit."""
    return 72 / 25.4 if layout.units() is QPageLayout.Unit.Millimeter else 1.0


class Printing(QObject):
    """One print-out under way."""

    def __init__(self, desk: Desk, file: PdfFile, printer: QPrinter, done: Callable[[], None]) -> None:
        super().__init__(desk)
        self._desk, self._file, self._printer, self._done = desk, file, printer, done
        self._pages = chosen_pages(printer, len(file.sizes))
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
        size = self._file.sizes[page]
        inches = size.width * size.height / 72 ** 2
        dots = min(self._printer.resolution(), FINEST, (_MOST_DOTS / inches) ** 0.5)
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
        begin, or the paper is smaller, the largest picture of the page that it can print whole; larger paper is not filled."""
        layout = self._printer.pageLayout()
        least = layout.minimumMargins()
        dots = self._printer.resolution() / 72
        page = self._file.sizes[self._pages[self._at]]
        own = QSize(round(page.width * dots), round(page.height * dots))
        other = max(abs(own.width() - paper.width()), abs(own.height() - paper.height())) > _SAME * dots
        near = max(least.left(), least.right(), least.top(), least.bottom()) * layout_points(layout) <= WHITE
        if near and not other:
            return paper
        dots *= layout_points(layout)
        inside = paper if near and other else paper.adjusted(
            round(least.left() * dots), round(least.top() * dots), -round(least.right() * dots), -round(least.bottom() * dots))
        fits = own.width() <= inside.width() and own.height() <= inside.height()
        size = own if fits else image.size().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (inside.width() - size.width()) // 2, (inside.height() - size.height()) // 2
        return QRect(inside.topLeft() + QPoint(left, top), size)

    def _fail(self, error: Exception) -> None:
        self._end()
        self._desk.jobs.failed.emit(error)

    def _end(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None
        self.deleteLater()
