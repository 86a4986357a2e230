"""The page 导入和待核: a list is looked at before it is taken, and what waits of the last one is settled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from hydesk.domain.errors import HydeskError
from hydesk.services.returns.preview_list import ListDraft, open_list
from hydesk.ui.desk import Desk
from hydesk.ui.jobs import Job
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.screens.lists.preview import PreviewPane
from hydesk.ui.screens.lists.waits import WaitsPane


class IntakePage(QWidget):
    """Two sides: what waits, and in front of it the list that is being looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self.waits, self.preview = WaitsPane(desk), PreviewPane(desk)
        self.sides = QStackedWidget()
        for side in (self.waits, self.preview):
            self.sides.addWidget(side)
        in_column(self.sides, on=self, margins=0)
        self.preview.left.connect(self.show_waits)
        self.preview.year_wanted.connect(self._read)

    def reload(self) -> None:
        """Read what waits; a list that is being looked at is held against the ledger anew."""
        self.waits.reload()
        if self.sides.currentWidget() is self.preview:
            self.preview.compare_again()

    def show_waits(self) -> None:
        """Put the list aside: nothing of it was written."""
        self.sides.setCurrentWidget(self.waits)
        self.waits.reload()
        self.waits.table.setFocus()

    def take_file(self, path: Path) -> None:
        """Look at the list at ``path`` as that of the window's year."""
        self._read(path, self._desk.period.year)

    def _read(self, path: Path, year: int) -> None:
        ledger = self._desk.ledger
        if self._job is not None:
            self._job.cancel()

        def done(draft: ListDraft) -> None:
            self._job = None
            self.preview.show_draft(draft)
            self.sides.setCurrentWidget(self.preview)
            self.preview.begin()

        def failed(error: Exception) -> None:
            self._job = None
            if isinstance(error, HydeskError):
                self._desk.notice(str(error), wrong=True)
            else:
                self._desk.jobs.failed.emit(error)

        self._job = self._desk.jobs.start("读取项目清单", lambda p: open_list(ledger, path, year, p), self, done=done, failed=failed)
