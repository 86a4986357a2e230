"""What can be done to the ledger from its screen: edit, undo, import and export. Each is a job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from hydesk.domain.fields import Field
from hydesk.ui.changes import PROGRESS, PROJECTS
from hydesk.ui.desk import Desk


class LedgerActions(QObject):
    """Belongs to the ledger's screen, ``parent``."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent

    def edit(self, project_id: int, name: str, field: Field, value: Any) -> None:
        """Write one field of a project; undoable."""
        from hydesk.services.edit_project import edit_project

        ledger, period = self._desk.ledger, self._desk.period

        def done(_result: object) -> None:
            self._desk.changes.tell(PROJECTS)
            self._desk.notice(f"已修改“{name}”的{field.label}", self._undo)

        self._desk.jobs.start("修改", lambda _p: edit_project(ledger, project_id, field, value, period), self,
                              done=done, writes=True, quiet=True)

    def _undo(self) -> None:
        from hydesk.services.edit_project import undo_last

        def done(text: str | None) -> None:
            self._desk.changes.tell(PROJECTS, PROGRESS)
            self._desk.notice(f"已撤销：{text}" if text else "没有可以撤销的修改")

        self._desk.jobs.start("撤销", lambda _p: undo_last(self._desk.ledger), self, done=done, writes=True, quiet=True)

    def export(self) -> None:
        """Write the year's ledger to an Excel file."""
        from hydesk.services.export_ledger import export_ledger

        ledger, year = self._desk.ledger, self._desk.period.year
        path, _ = QFileDialog.getSaveFileName(self._parent, "导出 Excel", f"重点项目台账{year}年.xlsx", "Excel 工作簿 (*.xlsx)")
        if path:
            self._desk.jobs.start("导出台账", lambda _p: export_ledger(ledger, Path(path), year), self,
                                  done=lambda _r: self._desk.notice(f"已导出 {path}"))

    def import_list(self) -> None:
        """Take in a project list from Excel."""
        path, _ = QFileDialog.getOpenFileName(self._parent, "导入项目清单", "", "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)")
        if path:
            self.import_file(Path(path))

    def import_file(self, path: Path) -> None:
        """Take in the project list at ``path``; undoable."""
        from hydesk.services.import_projects import import_projects

        ledger, year = self._desk.ledger, self._desk.period.year

        def done(result: Any) -> None:
            if result.rejected or result.import_id is None:
                first = result.findings[0].message if result.findings else "没有读到项目"
                self._desk.notice(f"没有导入：{first}", wrong=True)
                return
            self._desk.changes.tell(PROJECTS)
            self._desk.notice(f"已导入：新增 {result.added} 个，变更 {result.changed} 个，未变 {result.unchanged} 个；"
                              f"待核 {len(result.findings)} 处", self._undo)

        self._desk.jobs.start("导入项目清单", lambda p: import_projects(ledger, path, year, progress=p), self,
                              done=done, writes=True)
