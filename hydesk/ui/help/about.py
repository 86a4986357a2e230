"""关于: versions, where the data lies, and the licences of everything that is given out."""

from __future__ import annotations

import platform
import re
import sqlite3
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QSize, Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QPlainTextEdit,
    QSplitter,
    QWidget,
)

from hydesk import __version__
from hydesk.services.upkeep.default_ledger import log_file
from hydesk.ui import tokens
from hydesk.ui.clipboard import put_words
from hydesk.ui.help.shipped import Shipped, shipped
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import COPY
from hydesk.ui.style import Theme


class AboutDialog(QDialog):
    """For the clerk: which version. For support: 复制 puts all of it on the clipboard."""

    def __init__(self, theme: Theme, settings: QSettings, location: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("关于")
        room = self.screen().availableSize()
        self.resize(QSize(tokens.wide(860), tokens.wide(560)).boundedTo(QSize(room.width() - 40, room.height() - 80)))
        self._places = {"台账": location, "界面设置": settings.fileName(), "日志": str(log_file())}
        layout = in_column(
            label("衡阳重点项目台账（hydesk）", "title"), label("收报、核对、入库、出报告。数据只在这台电脑上，不联网。", "quiet"), on=self, gap=10,
            margins=(24, 18, 24, 16))
        self.versions = label(f"版本 {__version__}　{_machine()}")
        self.versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.versions)
        layout.addLayout(self._lay_out_places())
        layout.addWidget(label("用到的开源软件和字体，许可证全文在右边", "heading"))
        layout.addWidget(self._lay_out_licences(theme), 1)
        self.said = label("", "quiet")
        foot = in_row(button(COPY, self.copy, tip="版本和文件位置，报修时粘贴给维护人员（Ctrl+Shift+C）"), self.said, 1)
        close = button("关闭", self.close, kind="primary")
        foot.addWidget(close)
        layout.addLayout(foot)
        close.setFocus()
        QShortcut(QKeySequence("Ctrl+Shift+C"), self).activated.connect(self.copy)

    def _lay_out_places(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (word, place) in enumerate(self._places.items()):
            where = label(place, wrap=True)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            open_ = button("打开所在文件夹", partial(open_folder, Path(place)), kind="link")
            open_.setAccessibleName(f"打开{word}所在文件夹")
            open_.setEnabled("://" not in place)
            grid.addWidget(label(word, "quiet"), row, 0)
            grid.addWidget(where, row, 1)
            grid.addWidget(open_, row, 2)
        return grid

    def _lay_out_licences(self, theme: Theme) -> QSplitter:
        self.table: Listing[Shipped] = Listing([
            ListColumn("名称", lambda s: s.name, 170, stretch=True), ListColumn("版本", lambda s: s.version or "—", 80),
            ListColumn("许可证", lambda s: s.licence, 110),
        ], theme, "用到的开源软件和字体")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("许可证全文")
        self.table.list.show_items(list(shipped()))
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_licence())
        self.table.selectRow(0)
        split = QSplitter()
        split.addWidget(self.table)
        split.addWidget(self.text)
        split.setSizes([400, 410])
        return split

    def _show_licence(self) -> None:
        chosen: Shipped | None = self.table.current()
        if chosen is not None:
            self.text.setPlainText(flowed(chosen.text) or f"{chosen.name}：{chosen.licence}")

    def words(self) -> str:
        """All of it as text, for support."""
        places = "\n".join(f"{word}：{place}" for word, place in self._places.items())
        parts = "\n".join(f"{s.name} {s.version}".strip() for s in shipped())
        return f"hydesk {__version__}\n{_machine()}\n{places}\n\n{parts}\n"

    def copy(self) -> None:
        """Put the text on the clipboard."""
        put_words(self.words())
        self.said.setText("已复制，可粘贴给维护人员")


def flowed(text: str) -> str:
    """The paragraphs of a licence as long lines: those it was broken into for paper would break once more in the window."""
    return re.sub(r"(?<=[^\n]{45})\n(?=[A-Za-z(\"'])", " ", text)


def _machine() -> str:
    return (f"Python {platform.python_version()}　Qt {qVersion()}　SQLite {sqlite3.sqlite_version}　"
            f"{platform.system()} {platform.release()}")


def open_folder(file: Path) -> None:
    """Show the folder of ``file`` in the system's own file window; the nearest one that is there."""
    folder = file.parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
