"""F1: the handbook in a window of its own, beside the work. Contents at the left, back and forward, search, print."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMarginsF, QSettings, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QIcon, QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from hydesk.dataclass import dataclass
from hydesk.resource_files import resource
from hydesk.ui import tokens
from hydesk.ui.help.page_view import HandbookView
from hydesk.ui.help.pages import CONTENTS, Find, Handbook
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.printers import NO_PRINTER, has_printer
from hydesk.ui.plain import plain_text
from hydesk.ui.style import Theme, clothe

_ROLE = Qt.ItemDataRole.UserRole
_PLACE = "handbook_window"


@dataclass(frozen=True, slots=True)
class _Step:
    page: str
    anchor: str
    scroll: int = -1


class SearchBox(QLineEdit):
    """Down goes to the list of finds, Enter opens the chosen one."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class Reader(QWidget):
    """A window beside the main one; closing it keeps it for the next F1."""

    def __init__(self, handbook: Handbook, theme: Theme, settings: QSettings) -> None:
        super().__init__()
        clothe(self)
        self._handbook, self._settings = handbook, settings
        self._past: list[_Step] = []
        self._future: list[_Step] = []
        self._at = _Step(CONTENTS, "")
        self.setObjectName("page")
        self.setWindowTitle("使用手册 — 衡阳重点项目")
        self.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
        self.view = HandbookView(handbook.folder, theme)
        self.contents, self.finds = QTreeWidget(), QListWidget()
        self.search = SearchBox()
        self.back = button("← 后退", self.go_back, tip="回到刚才看的地方（Alt+←）")
        self.forward = button("前进 →", self.go_forward, tip="Alt+→")
        self._lay_out()
        self._fill()
        self._connect()
        self._take_place()

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("在手册里查找    Ctrl+F")
        self.search.setAccessibleName("在手册里查找")
        self.search.setClearButtonEnabled(True)
        self.contents.setHeaderHidden(True)
        self.contents.setAccessibleName("手册目录")
        self.contents.setIndentation(14)
        self.contents.setUniformRowHeights(True)
        self.contents.setObjectName("contents")
        self.finds.setObjectName("contents")
        self.finds.setAccessibleName("查到的地方")
        self.finds.setWordWrap(True)
        self.finds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = label("没有查到。换个说法，或看“问答”。", "quiet", wrap=True)
        self.left = QStackedWidget()
        for one in (self.contents, self.finds, self.nothing):
            self.left.addWidget(one)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setMargin(12)
        top = QHBoxLayout()
        top.setContentsMargins(12, 8, 12, 8)
        top.setSpacing(8)
        self.search.setMinimumWidth(260)
        for widget in (self.back, self.forward, button("目录", self.go_home, tip="手册的第一页（Alt+Home）")):
            top.addWidget(widget)
        top.addWidget(self.search)
        top.addStretch(1)
        top.addWidget(button("打印本页…", self.print_page, tip="Ctrl+P"))
        top.addWidget(button("打印全书…", self.print_all))
        split = QSplitter()
        split.addWidget(self.left)
        split.addWidget(self.view)
        split.setStretchFactor(1, 1)
        split.setSizes([tokens.wide(250), 830])
        split.setChildrenCollapsible(False)
        in_column(top, (split, 1), on=self, gap=0, margins=0)

    def _fill(self) -> None:
        for page in self._handbook.pages.values():
            item = QTreeWidgetItem([page.title])
            item.setData(0, _ROLE, (page.name, ""))
            self.contents.addTopLevelItem(item)
            for heading in page.headings[1:]:
                if heading.level == 2 and page.name != CONTENTS:
                    child = QTreeWidgetItem([heading.text])
                    child.setData(0, _ROLE, (page.name, heading.anchor))
                    child.setToolTip(0, plain_text(heading.text))
                    item.addChild(child)

    def _connect(self) -> None:
        self.view.anchorClicked.connect(self._follow)
        self.contents.itemClicked.connect(lambda item, _c: self.open(*item.data(0, _ROLE)))
        self.contents.itemActivated.connect(lambda item, _c: self.open(*item.data(0, _ROLE)))
        self.finds.itemClicked.connect(self._open_find)
        self.finds.itemActivated.connect(self._open_find)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(lambda: self._open_find(self.finds.currentItem()))
        self.search.down.connect(self.finds.setFocus)
        for keys, act in (("Ctrl+F", self.start_search), ("Alt+Left", self.go_back), ("Alt+Right", self.go_forward),
                          ("Alt+Home", self.go_home), ("Ctrl+P", self.print_page), ("Esc", self.leave),
                          ("F6", self._other_side), ("Ctrl+W", self.close)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _take_place(self) -> None:
        room = self.screen().availableSize()
        self.resize(QSize(tokens.wide(1080), tokens.wide(720)).boundedTo(QSize(room.width() - 40, room.height() - 80)))
        place = self._settings.value(_PLACE)
        if isinstance(place, QByteArray):
            self.restoreGeometry(place)

    def ask(self, topic: str) -> None:
        """Show the window at ``topic`` (a page, with a heading after #) and bring it to the front."""
        page, _, anchor = topic.partition("#")
        if self.search.text():
            self.search.clear()
        self.open(page, anchor)
        self.show()
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()
        self.view.setFocus()

    def open(self, page: str, anchor: str = "", words: str = "") -> None:
        """Show ``page`` from ``anchor`` on, and remember where the reader was."""
        if page not in self._handbook.pages:
            page, anchor = CONTENTS, ""
        if (page, anchor) != (self._at.page, self._at.anchor):
            self._past.append(_Step(self._at.page, self._at.anchor, self.view.verticalScrollBar().value()))
            self._future.clear()
        self._show(_Step(page, anchor), words)

    def _show(self, step: _Step, words: str = "") -> None:
        self._at = step
        self.view.show_page(self._handbook.pages[step.page], step.anchor, words)
        if step.scroll >= 0:
            QTimer.singleShot(0, self, lambda: self.view.verticalScrollBar().setValue(step.scroll))
        self.back.setEnabled(bool(self._past))
        self.forward.setEnabled(bool(self._future))
        self._mark_contents()

    def _mark_contents(self) -> None:
        for n in range(self.contents.topLevelItemCount()):
            item = self.contents.topLevelItem(n)
            own = item is not None and item.data(0, _ROLE)[0] == self._at.page
            if item is None or not own:
                if item is not None:
                    item.setExpanded(False)
                continue
            children = [item.child(i) for i in range(item.childCount())]
            item.setExpanded(True)
            chosen = next((c for c in children if c is not None and c.data(0, _ROLE)[1] == self._at.anchor), item)
            self.contents.setCurrentItem(chosen)

    def go_back(self) -> None:
        """Alt+Left."""
        if self._past:
            self._future.append(_Step(self._at.page, self._at.anchor, self.view.verticalScrollBar().value()))
            self._show(self._past.pop())

    def go_forward(self) -> None:
        """Alt+Right."""
        if self._future:
            self._past.append(_Step(self._at.page, self._at.anchor, self.view.verticalScrollBar().value()))
            self._show(self._future.pop())

    def go_home(self) -> None:
        """The page with the contents."""
        self.open(CONTENTS)

    def start_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    def _search(self, words: str) -> None:
        found = self._handbook.find(words)
        self.finds.clear()
        for one in found:
            item = QListWidgetItem(one.where if one.where.endswith(one.excerpt) else f"{one.where}\n{one.excerpt}")
            item.setData(_ROLE, one)
            item.setToolTip(plain_text(one.excerpt))
            self.finds.addItem(item)
        self.finds.setCurrentRow(0)
        self.left.setCurrentWidget(self.contents if not words.strip() else self.finds if found else self.nothing)

    def _open_find(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            found: Find = item.data(_ROLE)
            self.open(found.page, found.anchor, self.search.text())

    def leave(self) -> None:
        """Esc: out of the search, then out of the handbook."""
        if self.search.text():
            self.search.clear()
            self.view.setFocus()
        else:
            self.close()

    def _other_side(self) -> None:
        inside = self.left.isAncestorOf(QWidget.focusWidget(self) or self.view)
        (self.view if inside else self.left.currentWidget() or self.view).setFocus()

    def _follow(self, url: QUrl) -> None:
        text = url.toString()
        if text.startswith("picture:"):
            PictureWindow(str(self._handbook.folder / text.removeprefix("picture:")), self).show()
        elif url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)
        else:
            page, _, anchor = text.partition("#")
            self.open(page.removesuffix(".md") or self._at.page, QUrl.fromPercentEncoding(anchor.encode()))

    def print_page(self) -> None:
        """Print what is on screen."""
        if self.view.page is not None:
            self._print([self._at.page])

    def print_all(self) -> None:
        """Print every page, each on a new sheet."""
        self._print(list(self._handbook.pages))

    def _print(self, names: list[str]) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if not has_printer():
            self._offer_pdf(names)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("使用手册")
        printer.setPageMargins(QMarginsF(0, 0, 0, 0))  # the document has margins of its own
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.view.printable([self._handbook.pages[n] for n in names]).print_(printer)

    def _offer_pdf(self, names: list[str]) -> None:
        """Nothing to print on: say so, and save what would have been printed."""
        from PySide6.QtGui import QPageSize, QPdfWriter

        asked = QMessageBox(QMessageBox.Icon.Information, "打印手册", NO_PRINTER, parent=self)
        save = asked.addButton("存为 PDF…", QMessageBox.ButtonRole.AcceptRole)
        asked.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        asked.exec()
        if asked.clickedButton() is not save:
            return
        path = ask_save(self, self._settings, Purpose.REPORT, "存为 PDF", "使用手册.pdf", "PDF (*.pdf)")
        if path:
            writer = QPdfWriter(path)
            writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
            writer.setPageMargins(QMarginsF(0, 0, 0, 0))
            self.view.printable([self._handbook.pages[n] for n in names]).print_(writer)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.setValue(_PLACE, self.saveGeometry())
        super().closeEvent(event)


class PictureWindow(QDialog):
    """A picture at its full size; Esc closes it."""

    def __init__(self, path: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("图")
        picture = QLabel()
        picture.setPixmap(QPixmap(path))
        picture.setAccessibleName("手册里的图，原大")
        area = QScrollArea()
        area.setWidget(picture)
        area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        in_column(area, on=self, margins=0)
        screen = self.screen().availableSize()
        self.resize(picture.sizeHint().boundedTo(QSize(screen.width() - 80, screen.height() - 120)) + QSize(4, 4))
