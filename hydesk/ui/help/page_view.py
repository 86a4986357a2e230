"""One page of the handbook on screen: styled from the palette, pictures scaled to the width, words marked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QPainter, QResizeEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QTextBrowser, QTextEdit, QWidget

from hydesk.ui import tokens
from hydesk.ui.help.pages import Page
from hydesk.ui.kit.basic import is_change_of_theme
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.style import Theme
from hydesk.ui.tokens import LIGHT, Palette

_MARGIN = 28
_INDENT = 26
PAPER_PX = 600
"""Pixels of 1/96 inch: the widest picture on A4 with Qt's own margins of 20 mm, in a list too."""
_WIDEST = 820
"""Pixels: a line longer than this is hard to follow."""


def page_style(palette: Palette, body: float) -> str:
    """The style sheet of a page; ``body`` is the size of its text in points."""
    return f"""
        body {{ color: {palette.text}; font-size: {body}pt; }}
        h1 {{ font-size: {body + 6}pt; font-weight: 600; margin-top: 4px; margin-bottom: 12px; }}
        h2 {{ font-size: {body + 2.5}pt; font-weight: 600; margin-top: 26px; margin-bottom: 8px; }}
        h3 {{ font-size: {body + 0.5}pt; font-weight: 600; margin-top: 18px; margin-bottom: 4px; }}
        p {{ margin-top: 6px; margin-bottom: 6px; line-height: 150%; }}
        li {{ margin-top: 3px; margin-bottom: 3px; line-height: 150%; }}
        a {{ color: {palette.accent}; text-decoration: none; }}
        .ui {{ font-weight: 600; }}
        .key {{ background-color: {palette.faint}; color: {palette.text}; font-weight: 600; }}
        .caption {{ color: {palette.quiet}; font-size: {body - 1}pt; margin-bottom: 14px; }}
        .picture {{ margin-top: 12px; margin-bottom: 2px; line-height: 100%; }}
        table {{ border-collapse: collapse; border-color: {palette.line}; margin-top: 8px; margin-bottom: 10px; }}
        th {{ background-color: {palette.faint}; color: {palette.quiet}; font-weight: 400; }}
        .note {{ background-color: {palette.faint}; }}
    """


class HandbookView(QTextBrowser):
    """Shows a page; links are only told (anchorClicked), never followed by itself."""

    def __init__(self, folder: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder, self._theme = folder, theme
        self._page: Page | None = None
        self._words: list[str] = []
        self.setOpenLinks(False)
        self.setAccessibleName("手册正文")
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        # The bar that comes and goes would change the width that pictures are scaled to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._later = Delayed(self, self._again, 60)

    def show_page(self, page: Page, anchor: str = "", words: str = "") -> None:
        """Show ``page`` from ``anchor`` on, with every place marked that holds one of ``words``."""
        self._words = words.lower().split()
        if page is not self._page:
            self._page = page
            self._render()
        self._mark()
        if anchor:
            self.scrollToAnchor(anchor)
        else:
            self.verticalScrollBar().setValue(0)

    @property
    def page(self) -> Page | None:
        """The page on screen."""
        return self._page

    def printable(self, pages: list[Page]) -> QTextDocument:
        """``pages`` as one document in the light palette, each on a new sheet."""
        document = QTextDocument(self)
        document.setDefaultFont(QApplication.font())
        document.setDefaultStyleSheet(page_style(LIGHT, 10.5))
        document.setBaseUrl(QUrl.fromLocalFile(f"{self._folder}/"))
        parts = [f'<div style="page-break-before: {"always" if n else "auto"}">{_with_width(p.html, self._folder, PAPER_PX)}</div>'
                 for n, p in enumerate(pages)]
        document.setHtml(f"<body>{''.join(parts)}</body>")
        return document

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures of the handbook, scaled smoothly to the text's width; nothing else is loaded."""
        image = QImage(str(self._folder / (name if isinstance(name, str) else name.toString())))
        if image.isNull():
            return image
        ratio = self.devicePixelRatioF()
        room = round(self._room() * ratio)
        if image.width() > room or ratio > 1:
            width = min(room, round(image.width() * ratio))
            image = image.scaled(QSize(width, image.height() * width // image.width()),
                                 Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        image.setDevicePixelRatio(ratio)
        self._frame(image)
        return image

    def _frame(self, image: QImage) -> None:
        """A hairline, since a window's ground is much like the page's."""
        painter = QPainter(image)
        painter.setPen(QColor(self._theme.palette.line))
        size = image.deviceIndependentSize()
        painter.drawRect(QRectF(0, 0, size.width() - 1, size.height() - 1))
        painter.end()

    def _room(self) -> int:
        return max(240, min(_WIDEST, self.viewport().width() - 2 * _MARGIN) - _INDENT)

    def _render(self) -> None:
        if self._page is None:
            return
        body = max(QApplication.font().pointSizeF(), tokens.BODY_PT) + 0.5
        side = max(_MARGIN, self.viewport().width() - _WIDEST - _MARGIN)
        self.document().clear()
        self.document().setIndentWidth(_INDENT)
        self.document().setDefaultStyleSheet(page_style(self._theme.palette, body))
        self.setHtml(f"<body>{self._page.html}</body>")
        frame = self.document().rootFrame()
        shape = frame.frameFormat()
        shape.setLeftMargin(_MARGIN)
        shape.setRightMargin(side)
        shape.setTopMargin(20)
        shape.setBottomMargin(40)
        frame.setFrameFormat(shape)

    def _again(self) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._render()
        self._mark()
        bar.setValue(round(share * bar.maximum()))

    def _mark(self) -> None:
        """Lay a ground under every place that holds one of the words."""
        marks: list[QTextEdit.ExtraSelection] = []
        shape = QTextCharFormat()
        shape.setBackground(QColor(self._theme.palette.mark_warning))
        for word in self._words:
            at = self.document().find(word)
            while not at.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = QTextCursor(at), shape
                marks.append(mark)
                at = self.document().find(word, at)
        self.setExtraSelections(marks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_change_of_theme(event) and hasattr(self, "_later"):
            self._later.start()


def _with_width(html: str, folder: Path, room: int) -> str:
    """Pictures no wider than ``room``, for paper."""
    import re

    def sized(match: re.Match[str]) -> str:
        width = QImage(str(folder / match[1])).width()
        return f'<img src="{match[1]}" width="{min(width, room)}"'

    return re.sub(r'<img src="([^"]+)"', sized, html)

