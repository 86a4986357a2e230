"""Ctrl+P over the ledger: what is shown goes to the printer, exactly these columns, rows and this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from hydesk.domain.job_progress import Progress
from hydesk.services.pages.print_shown import shown_notice
from hydesk.services.reports.print_notice import print_notice
from hydesk.temporary import temporary_folder
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.pdf_pages import PdfFile
from hydesk.ui.kit.print_line import PrintLine
from hydesk.ui.screens.ledger.model import LedgerModel


class LedgerPrintLine(PrintLine):
    """打印 388 个项目、12 栏，共 11 页: all that is shown, or the selected rows alone, with or without telephone numbers."""

    def __init__(self, desk: Desk, model: LedgerModel, parent: QWidget | None = None) -> None:
        super().__init__(desk, "打印当前表", parent)
        self._model = model
        self._columns: Sequence[int] = ()
        self._selected: list[int] = []
        self.title = label("", "heading")
        self.selected, self.phones = QCheckBox(), QCheckBox("含联系电话")
        self.selected.setAccessibleName("只印选中的项目")
        self.phones.setAccessibleName("含联系电话")
        self._arrange((self.title, self.selected, self.phones))
        self.selected.toggled.connect(self._lay_out_pages)
        self.phones.toggled.connect(self._lay_out_pages)

    def begin(self, columns: Sequence[int], selected: Sequence[int]) -> None:
        """Offer what is shown in ``columns``, or the rows ``selected`` of the table alone."""
        self._columns, self._selected = columns, [self._model.visible[r] for r in selected]
        for box, on in ((self.selected, len(self._selected) > 1), (self.phones, any(self._model.columns[c].private for c in columns))):
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)
            box.setVisible(on)
        self.selected.setText(f"只印选中的 {len(self._selected):,} 个")
        self._lay_out_pages()
        self._offer()

    @property
    def chosen(self) -> list[int]:
        """The rows that would be printed."""
        return self._selected if self.selected.isChecked() else list(self._model.visible)

    def _lay_out_pages(self, *_: object) -> None:
        chosen, phones = self.chosen, self.phones.isChecked()
        said = f"选中的 {len(chosen):,} 个项目；" if self.selected.isChecked() else ""
        shown, ledger = replace(self._model.shown(self._columns, {}), visible=chosen), self._desk.ledger
        count = sum(phones or not self._model.columns[c].private for c in self._columns)
        self.title.setText(f"打印 {len(chosen):,} 个项目、{count} 栏")
        mine = self._await()

        def work(_progress: Progress) -> PdfFile:
            with temporary_folder() as folder:
                notice = replace(shown_notice(ledger, shown.paper(said, phones=phones)), stem="台账")
                return PdfFile.open(print_notice(notice, Path(folder), ("pdf",))[0])

        def done(file: PdfFile) -> None:
            if mine == self._made:
                wide = "A3" if max(file.sizes[0].width, file.sizes[0].height) > _A4_LONG else "A4"
                self._settle(file, f"{wide} 横排，共 {len(file.sizes)} 页；栏目、筛选、次序和屏幕上一样")

        self._desk.jobs.start("排版台账", work, self, done=done, quiet=True)

    @property
    def name(self) -> str:
        """What the paper is called."""
        return f"重点项目台账（{self._model.rows.period.label}）"


_A4_LONG = 900.0
"""Points: longer than the long side of A4, shorter than that of A3."""
