"""What can be done on a project's page: edit a fact, judge, attach, remove, open. Each is a job and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from hydesk.domain.done import Done
from hydesk.domain.fields import Field
from hydesk.domain.meaning import Meaning
from hydesk.domain.own_columns import LedgerField
from hydesk.domain.understanding import ReadValue
from hydesk.services.pages.project_page import ProjectPage
from hydesk.services.projects.attach_file import (
    Attached,
    AttachedFile,
    attach_files,
    copy_to_open,
    detach_file,
    unusual_kinds,
)
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.override_lamp import override_lamp
from hydesk.services.projects.own_values import set_own_value
from hydesk.services.projects.project_history import LoggedChange
from hydesk.services.projects.restore_value import restore_value
from hydesk.ui.desk import Desk

AGREED = "attachment_kinds"
"""Setting of this desktop: endings of no usual kind that somebody agreed to, each with its dot."""


class ProjectActions(QObject):
    """Belongs to the page, ``parent``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, parent

    def edit(self, page: ProjectPage, field: LedgerField, value: ReadValue | None, reason: str) -> None:
        """Write one fact, for plans of the page's year; of an own column the words typed."""
        ledger, key, period = self._desk.ledger, page.project_id, page.period
        if not isinstance(field, Field):
            self._write("修改", lambda: set_own_value(ledger, key, field, str(value or ""), period, reason),
                        f"已修改“{page.name}”的{field.label}")
            return
        self._write("修改", lambda: edit_project(ledger, key, field, value, period, reason),
                    lambda doubt: f"已修改“{page.name}”的{field.label}" + (f"。◆ {doubt}" if doubt else ""))

    def restore(self, page: ProjectPage, change: LoggedChange) -> None:
        """恢复为此值."""
        ledger, key = self._desk.ledger, page.project_id
        self._write("恢复", lambda: restore_value(ledger, key, change), f"已恢复“{page.name}”的{change.field}：{change.new or '（空）'}")

    def judge(self, page: ProjectPage, meaning: Meaning | None, reason: str) -> None:
        """Say what the lamp means for the year; None gives it back to the rule."""
        ledger, key, year = self._desk.ledger, page.project_id, page.period.year
        said = f"已判定为{meaning.label}，台账、本期工作和报告都注明人工" if meaning else "已交还规则判定"
        self._write("人工判定", lambda: override_lamp(ledger, key, year, meaning, reason), said)

    def attach(self, page: ProjectPage, paths: list[Path]) -> None:
        """Keep copies of ``paths`` with the project."""
        ledger, key = self._desk.ledger, page.project_id
        if not self._agrees([p.name for p in paths], "添加"):
            return

        def said(result: Attached) -> str:
            known = f"；{'、'.join(result.known)}原来就有" if result.known else ""
            return f"已添加 {result.added} 个附件{known}"

        self._desk.operations.run_long("添加附件", lambda p: attach_files(ledger, key, paths, progress=p, agreed=True), self,
                                       said)

    def remove(self, file: AttachedFile) -> None:
        """Take an attachment off the project."""
        ledger = self._desk.ledger
        self._write("移除附件", lambda: detach_file(ledger, file.id), f"已移除附件“{file.name}”")

    def open_file(self, file: AttachedFile) -> None:
        """Open a copy with the desktop's own program."""
        if not self._agrees([file.name], "打开"):
            return

        def done(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self._desk.notice(f"这台电脑没有能打开“{file.name}”的程序", wrong=True)

        self._desk.jobs.start("打开附件", lambda _p: copy_to_open(file, agreed=True), self, done=done, quiet=True)

    def _agrees(self, names: list[str], what: str) -> bool:
        """Whether files of no usual kind may be taken; asked once for a kind, and remembered on this desktop."""
        known = set(str(self._desk.settings.value(AGREED) or "").split())
        asked = [kind for kind in unusual_kinds(names) if f".{kind}" not in known]
        if not asked:
            return True
        shown = "、".join(f".{kind}" if kind else "没有扩展名的文件" for kind in asked)
        box = QMessageBox(QMessageBox.Icon.Warning, f"{what}附件",
                          f"{shown} 不是常见的照片或文档，打开它会怎样，程序说不准。知道它从哪里来再{what}。",
                          parent=self._window)
        go = box.addButton(what, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton("取消", QMessageBox.ButtonRole.RejectRole))
        box.exec()
        if box.clickedButton() is not go:
            return False
        self._desk.settings.setValue(AGREED, " ".join(sorted(known | {f".{kind}" for kind in asked})))
        return True

    def _write(self, title: str, work: Callable[[], Done[Any]], said: str | Callable[[Any], str]) -> None:
        self._desk.operations.run(title, work, self, said)
