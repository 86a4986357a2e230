"""Attachments of a project: thumbnails and names, opened with the desktop, added by button or by dropping files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QImage,
    QImageReader,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from hydesk.domain.job_progress import Progress
from hydesk.services.pages.project_page import ProjectPage
from hydesk.services.projects.attach_file import AttachedFile
from hydesk.ui import icons
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.files import Purpose, ask_open_many
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.words import OPEN
from hydesk.ui.plain import plain_text

THUMB = QSize(132, 96)


def size_in_words(size: int) -> str:
    """1.2 MB, 350 KB or 12 字节."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:.0f} KB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"


def thumbnails(files: tuple[AttachedFile, ...]) -> dict[int, QImage]:
    """Small pictures by attachment; those that cannot be read are left out. Called in a job."""
    found = {}
    for file in files:
        if not file.picture or file.missing:
            continue
        reader = QImageReader(str(file.path))
        reader.setAutoTransform(True)
        full = reader.size()
        if full.isValid():
            reader.setScaledSize(full.scaled(THUMB * 2, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        if not image.isNull():
            found[file.id] = image
    return found


class FilesPart(Card):
    """``added`` with paths, ``opened`` and ``removed`` with an AttachedFile."""

    added = Signal(object)
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._files: tuple[AttachedFile, ...] = ()
        self.setAcceptDrops(True)
        self.count = label("", "quiet")
        self.list = QListWidget()
        self.list.setViewMode(QListWidget.ViewMode.IconMode)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setMovement(QListWidget.Movement.Static)
        self.list.setIconSize(THUMB)
        self.list.setGridSize(QSize(176, 164))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setAccessibleName("附件")
        self.open_button = button(OPEN, self._open, tip="用系统里的程序打开一份副本（Enter）")
        self.remove_button = button("移除", self._remove, tip="从项目上移除（Delete），可以撤销")
        head = in_row(
            (self.count, 1), self.open_button, self.remove_button, button("添加附件…", self._choose, kind="primary"), gap=8,
            margins=(13, 0, 10, 0))
        in_column(head, (self.list, 1), on=self, margins=(1, 10, 1, 8))
        self.list.itemActivated.connect(lambda _i: self._open())
        self.list.currentItemChanged.connect(lambda *_: self._say())
        bind(self.list, ((QKeySequence.StandardKey.Delete, self._remove),), alone=True)

    def show_page(self, page: ProjectPage) -> None:
        """Show the attachments of ``page``; thumbnails come when they are read."""
        self._files = page.attachments
        usual = icons.icon("file", QColor(self._desk.theme.palette.quiet), 48)
        self.list.clear()
        for file in self._files:
            text = f"{file.name}\n" + ("■ 文件不见了" if file.missing else f"{size_in_words(file.size)}　{file.added_at:%Y-%m-%d}")
            item = QListWidgetItem(usual, text)
            item.setData(Qt.ItemDataRole.UserRole, file)
            item.setToolTip(plain_text(f"{file.name}\n{size_in_words(file.size)}　{file.actor} {file.added_at:%Y-%m-%d %H:%M} 添加"
                            + (f"\n{file.note}" if file.note else "")))
            self.list.addItem(item)
        total = sum(f.size for f in self._files)
        self.count.setText(f"{len(self._files)} 个附件，共 {size_in_words(total)}；可以把照片、文件直接拖到这里" if self._files
                           else "还没有附件。把现场照片、批复文件拖到这里，或点“添加附件”。")
        self._say()
        files = self._files

        def work(_progress: Progress) -> dict[int, QImage]:
            return thumbnails(files)

        if any(f.picture for f in files):
            self._desk.jobs.start("读取缩略图", work, self, done=self._show_thumbnails, quiet=True)

    def _show_thumbnails(self, images: dict[int, QImage]) -> None:
        for i in range(self.list.count()):
            item = self.list.item(i)
            image = images.get(item.data(Qt.ItemDataRole.UserRole).id)
            if image is not None:
                item.setIcon(QIcon(QPixmap.fromImage(image)))

    def _say(self) -> None:
        on = self._current() is not None
        self.open_button.setEnabled(on)
        self.remove_button.setEnabled(on)

    def _current(self) -> AttachedFile | None:
        item = self.list.currentItem()
        return None if item is None else item.data(Qt.ItemDataRole.UserRole)  # type: ignore[no-any-return]

    def _open(self) -> None:
        if (file := self._current()) is not None:
            self.opened.emit(file)

    def _remove(self) -> None:
        if (file := self._current()) is not None:
            self.removed.emit(file)

    def _choose(self) -> None:
        paths = ask_open_many(self, self._desk.settings, Purpose.ATTACHMENT, "添加附件", "照片和文档 (*)")
        if paths:
            self.added.emit([Path(p) for p in paths])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(u.isLocalFile() for u in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.added.emit(paths)
