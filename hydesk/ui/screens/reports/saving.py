"""Saving a report that is shown: the very value whose pages are on the screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QToolButton

from hydesk.domain.errors import HydeskError, system_words
from hydesk.domain.job_progress import Progress
from hydesk.services.reports.compile_report import Report
from hydesk.services.reports.print_each import print_each
from hydesk.services.reports.print_report import Binding, print_report
from hydesk.temporary import temporary_folder
from hydesk.ui.desk import Desk
from hydesk.ui.screens.reports.made import Wanted

SAVE_AS = "存为"
FORMS = {"pdf": "PDF 文件 (*.pdf)", "docx": "Word 文档 (*.docx)", "xlsx": "Excel 工作簿 (*.xlsx)"}


def save_files(
    desk: Desk, owner: QObject, report: Report, paths: Mapping[str, Path], binding: Binding | None = None,
) -> None:
    """Print ``report`` to each of ``paths`` (by format) in a job; annexes that go apart beside the first of them."""
    where = next(iter(paths.values()))

    def work(progress: Progress) -> int:
        with temporary_folder() as folder:
            written = print_report(report, Path(folder), formats=tuple(paths), progress=progress, binding=binding)
            for made, path in zip(written, paths.values(), strict=True):
                copy(made, path)
            for annex in written.annexes:
                copy(annex, where.parent / annex.name)
            return len(written.annexes)

    def done(annexes: int) -> None:
        desk.notice(f"已存为 {where}" if len(paths) + annexes == 1 else f"已存到 {where.parent}（{len(paths) + annexes} 个文件）")

    desk.jobs.start("写报告文件", work, owner, done=done)


class SaveMenu(QToolButton):
    """存为 ▾: one of the kinds of file, or all of them; of sheets also those about everybody, each or together."""

    def __init__(self, one: Callable[[str], object], every: Callable[[], object], everybody: Callable[[bool], object]) -> None:
        super().__init__()
        self.setObjectName("menu")
        self.setText(f"{SAVE_AS} ▾")
        self.setAccessibleName(SAVE_AS)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for form, kind in FORMS.items():
            menu.addAction(f"{SAVE_AS} {kind.split('(')[0].strip()}…", partial(one, form))
        menu.addAction("三种都存…", every)
        self.everybody = [menu.addSeparator(), menu.addAction("全部各存一份 PDF…", partial(everybody, False)),
                          menu.addAction("全部合成一个 PDF…", partial(everybody, True))]
        self.setMenu(menu)

    def offer_everybody(self, offered: bool) -> None:
        """Whether the sheets of all units, or of all leaders, can be written at once."""
        for action in self.everybody:
            action.setVisible(offered)


def save_everybody(desk: Desk, owner: QObject, wanted: Wanted, folder: Path, *, together: bool) -> None:
    """Write the sheets about everybody into ``folder`` in a job."""
    ledger = desk.ledger

    def work(progress: Progress) -> list[Path]:
        return print_each(ledger, wanted.kind, wanted.period, folder, together=together, issued=wanted.issued, scope=wanted.scope,
                          progress=progress)[1]

    desk.jobs.start(f"写{wanted.kind.label}", work, owner,
                    done=lambda made: desk.notice(f"已存为 {made[0]}" if together else f"已存到 {folder}（{len(made)} 个文件）"))


def copy(made: Path, path: Path) -> None:
    """Put ``made`` at ``path``. Raises HydeskError where that cannot be written."""
    try:
        shutil.copyfile(made, path)
    except OSError as e:
        raise HydeskError(f"没有存下“{path}”：{system_words(e)}。请关闭正在打开它的程序，或换一个文件夹") from e
