"""Files of the ledger's screen: a project list taken in, what is shown written out. Each is a job."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from hydesk.services.pages.ledger_query import LedgerQuery, query_in_words
from hydesk.ui.desk import Desk
from hydesk.ui.kit.files import Purpose, ask_folder, ask_open, ask_save
from hydesk.ui.requests import ShowLists
from hydesk.ui.screens.ledger.edits import LedgerEdits
from hydesk.ui.screens.ledger.view import LedgerBlock


class LedgerActions(QObject):
    """Belongs to the ledger's screen, ``parent``."""

    def __init__(self, desk: Desk, block: LedgerBlock, edits: LedgerEdits, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._block, self._edits = block, edits

    def export(self, *, phones: bool = False) -> None:
        """Write what is shown, as it is shown, to an Excel file."""
        period = self._desk.period
        path = ask_save(
            self._parent, self._desk.settings, Purpose.EXPORT, "导出当前表", f"项目台账{period.label}.xlsx", "Excel 工作簿 (*.xlsx)")
        if path:
            self.export_to(Path(path), phones=phones)

    def export_to(self, path: Path, *, phones: bool = False) -> None:
        """Write what is shown to ``path``; telephone numbers only where they are asked for."""
        from hydesk.services.projects.export_shown import export_shown

        model, columns = self._block.table.ledger, self._block.table.walker.columns()
        widths = {c: self._block.table.columnWidth(c) for c in columns}
        count = model.rowCount()

        def done(_result: None) -> None:
            self._desk.notice(f"已导出 {count:,} 个项目：{path}")

        shown = model.shown(columns, widths)
        self._desk.jobs.start("导出台账", lambda p: export_shown(shown.table(phones=phones), path, p), self, done=done)

    def count(self) -> None:
        """Count what is shown, in the cross tables of 报告."""
        model = self._block.table.ledger
        ids = frozenset(model.rows.ids[i] for i in model.visible)
        self._desk.go_to("reports", LedgerQuery(only=ids, called=query_in_words(model.query)))

    def export_list(self) -> None:
        """Write the year's whole list with all facts, such that it can be imported again."""
        from hydesk.services.projects.export_ledger import export_ledger

        ledger, year = self._desk.ledger, self._desk.period.year
        path = ask_save(self._parent, self._desk.settings, Purpose.EXPORT, "导出全部事实", f"重点项目台账{year}年.xlsx", "Excel 工作簿 (*.xlsx)")
        if path:
            self._desk.jobs.start("导出台账", lambda _p: export_ledger(ledger, Path(path), year), self,
                                  done=lambda _r: self._desk.notice(f"已导出 {path}"))

    def make_templates(self) -> None:
        """Ask for a folder, and write a prefilled workbook for every unit to report the window's month in."""
        folder = ask_folder(self._parent, self._desk.settings, Purpose.EXPORT, "填报模板存到哪个文件夹")
        if folder:
            self.make_templates_in(Path(folder))

    def make_templates_in(self, folder: Path) -> None:
        """Write the templates into ``folder``."""
        from hydesk.services.returns.make_templates import make_templates

        ledger, period = self._desk.ledger, self._desk.period

        def show() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        def done(made: list[Path]) -> None:
            self._desk.notice(f"已做好 {len(made)} 个单位的{period.label}填报模板：{folder}", show, label="打开文件夹")

        self._desk.jobs.start("做填报模板", lambda _p: make_templates(ledger, period, folder), self, done=done)

    def import_list(self) -> None:
        """Choose a project list to look at."""
        path = ask_open(self._parent, self._desk.settings, Purpose.LIST, "导入项目清单", "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv)")
        if path:
            self.import_file(Path(path))

    def import_file(self, path: Path) -> None:
        """Look at the project list at ``path`` before anything of it is taken in."""
        self._desk.go_to("lists", ShowLists("intake", path=str(path)))
