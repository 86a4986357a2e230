"""A register's files: Excel out as shown, Excel in with what was found wrong listed, the printed annex."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from hydesk.domain.done import Done
from hydesk.domain.job_progress import Progress
from hydesk.ui.desk import Desk
from hydesk.ui.kit.files import Purpose, ask_open, ask_save
from hydesk.ui.kit.words import EXPORT, IMPORT
from hydesk.ui.screens.registers.acts import Acts
from hydesk.ui.screens.registers.shown_register import ShownRegister


class SheetFiles(QObject):
    """Belongs to the page that shows the register."""

    def __init__(self, desk: Desk, page: ShownRegister, acts: Acts) -> None:
        super().__init__(page)
        self._desk, self._page, self._acts = desk, page, acts

    def export(self) -> None:
        """Write what is shown to an Excel file that can be filled in and imported again."""
        ledger, key, period = self._desk.ledger, self._page.register_id, self._desk.period
        name = f"{self._page.title.text()}（{period.label}）.xlsx"
        chosen = ask_save(self._page, self._desk.settings, Purpose.EXPORT, EXPORT, name, "Excel 工作簿 (*.xlsx)")
        if chosen:
            fields, ids = self._page.shown_fields(), self._page.shown_ids()

            def work(_progress: object) -> None:
                from hydesk.services.registers.export_register import export_register

                export_register(ledger, key, period, Path(chosen), fields, ids)

            self._desk.jobs.start("导出台账", work, self,
                                  done=lambda _r: self._desk.notice(f"已导出 {len(ids)} 条：{chosen}"))

    def take_in(self) -> None:
        """Choose an Excel file to be imported."""
        chosen = ask_open(self._page, self._desk.settings, Purpose.LIST, IMPORT, "表格 (*.xlsx *.xls *.et *.csv *.ods *.xlsb);;所有文件 (*)")
        if chosen:
            self.take_file(Path(chosen))

    def take_file(self, path: Path) -> None:
        """Import a file; what was found wrong is listed with sheet and cell."""
        from hydesk.services.registers.import_register import RegisterImport

        ledger, key, year = self._desk.ledger, self._page.register_id, self._desk.period.year

        def work(progress: Progress) -> Done[RegisterImport]:
            from hydesk.services.registers.import_register import import_register

            return import_register(ledger, key, path, year, progress=progress)

        def counts(result: RegisterImport) -> str:
            return (f"新增 {result.added} 条，更新 {result.changed} 条，没有变化 {result.unchanged} 条"
                    + (f"，{result.held_back} 条未取" if result.held_back else ""))

        def done(result: RegisterImport) -> None:
            if result.findings:
                lines = [(" ".join(p for p in (f.sheet or "", f.cell or "") if p) or "整份文件", f.message)
                         for f in result.findings[:200]]
                self._page.show_found(f"“{path.name}”：{counts(result)}", lines)
            if result.rejected:
                self._desk.notice(f"“{path.name}”没有导入，原因见右侧", wrong=True)

        def said(result: RegisterImport) -> str:
            return "" if result.rejected else f"已导入“{path.name}”：{counts(result)}"

        self._desk.operations.run_long(f"导入 {path.name}", work, self, said, done=done)

    def print_as(self, form: str) -> None:
        """Write what is shown as an official annex."""
        ledger, key, period = self._desk.ledger, self._page.register_id, self._desk.period
        fields, ids = self._page.shown_fields(), self._page.shown_ids()

        def make() -> object:
            from hydesk.services.registers.print_register import register_notice

            return register_notice(ledger, key, period, fields, ids)

        self._acts.save(make, f"{self._page.title.text()}（{period.label}）", form)
