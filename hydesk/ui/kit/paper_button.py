"""A paper written to a file from a page: a button with the kinds of file, where to, the job, the notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from hydesk.ui.desk import Desk
from hydesk.ui.kit.files import Purpose, ask_save

FORMATS = (("pdf", "PDF 文件"), ("docx", "Word 文档"), ("xlsx", "Excel 工作簿"))


def save_paper(desk: Desk, page: QWidget, owner: QObject, make: Callable[[], Any], name: str, form: str) -> None:
    """Ask where, make the paper in a job of ``owner`` and write it there as ``form``: pdf, docx, xlsx."""
    kind = dict(FORMATS)[form]
    chosen = ask_save(page, desk.settings, Purpose.REPORT, "打印成文件", f"{name}.{form}", f"{kind} (*.{form})")
    if not chosen:
        return
    path = Path(chosen)

    def work(_progress: object) -> Path:
        from hydesk.services.reports.print_notice import print_notice

        return print_notice(replace(make(), stem=path.stem), path.parent, (form,))[0]

    desk.jobs.start(f"出{name}", work, owner, done=lambda made: desk.notice(f"已存为 {made}"))


def paper_button(word: str, save: Callable[[str], None]) -> QPushButton:
    """A button with a menu of the kinds of file; ``save`` is told which was chosen."""
    made = QPushButton(word)
    made.setAccessibleName(word)
    menu = QMenu(made)
    for form, kind in FORMATS:
        menu.addAction(kind, lambda f=form: save(f))  # type: ignore[misc]
    made.setMenu(menu)
    return made
