"""What the pages of 报告 that put a table together do with it alike: copy all of it, save it, print it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from hydesk.domain.job_progress import Progress
from hydesk.services.reports.compile_report import Report
from hydesk.ui.desk import Desk
from hydesk.ui.kit import table as tables
from hydesk.ui.kit.files import Purpose, ask_save
from hydesk.ui.kit.listing import Listing
from hydesk.ui.kit.words import COPIED, EXPORT
from hydesk.ui.screens.reports.made import pages_of
from hydesk.ui.screens.reports.saving import FORMS, save_files


class MadeTablePage(QWidget):
    """A page with a ``table`` and, by ``_report``, the same as a paper. ``paper`` is what that is called."""

    paper = ""
    table: Listing[Any]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def _report(self) -> Report | None:
        """The table as a paper; None before it is made."""
        raise NotImplementedError

    def copy_all(self) -> None:
        """The whole table."""
        self.table.selectAll()
        rows = tables.copy_block(self.table, head=True)
        self.table.clearSelection()
        self._desk.notice(COPIED.format(n=rows))

    def save(self) -> None:
        """Ask where, and save as a workbook."""
        report = self._report()
        if report is not None and (path := ask_save(
                self, self._desk.settings, Purpose.EXPORT, EXPORT, f"{report.title}.xlsx", FORMS["xlsx"])):
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Save as a workbook (or, by its ending, PDF or Word) at ``path``."""
        report = self._report()
        if report is not None:
            save_files(self._desk, self, report, {path.suffix.lstrip(".") or "xlsx": path})

    def print_pages(self) -> None:
        """Make the pages in a job, then ask for the printer."""
        report = self._report()
        if report is None:
            return
        from hydesk.ui.kit.printing import ask_and_print

        def work(progress: Progress) -> object:
            return pages_of(report, progress)[0]

        self._desk.jobs.start(f"排版{self.paper}", work, self, done=lambda file: ask_and_print(self._desk, file, report.title, self))
