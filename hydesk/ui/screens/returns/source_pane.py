"""数字来源: where a figure of the ledger came from, with the kept original at its cell."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hydesk.domain.changes import shown_value
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.services.pages.figure_source import FigureSource, figure_source
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.original import OriginalPanel
from hydesk.ui.requests import OpenProject


def story(found: FigureSource) -> str:
    """2023年5月 本月完成投资 984.81万元: which file and cell, or who entered it when and why."""
    what = f"{found.name}　{found.period.label} {found.field.label} {shown_value(found.field, found.value)}"
    source = found.source
    if source is None:
        return f"{what}：台账没有记下来源"
    by = f"{source.actor} {source.at:%Y-%m-%d}"
    if source.return_id is None:
        return f"{what}：{by} 手工修改" + (f"，{source.words}" if source.words else "")
    place = " ".join(p for p in (source.file, source.sheet, source.cell) if p)
    return f"{what}：{place}" + (f"，原文“{source.words}”" if source.words else "") + f"（{by} 入库）"


class SourcePane(QWidget):
    """Filled on demand; the review stays where it is."""

    shown = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.found: FigureSource | None = None
        self.said = label("在“上月”“上期累计”“台账”的数字上点一下（或按 F3），这里显示它的来源。", "quiet", wrap=True)
        self.project = button("项目页", self._open, tip="打开这个项目的页面")
        self.original = OriginalPanel(desk)
        head = in_row((self.said, 1), self.project, margins=(12, 2, 8, 0))
        in_column(head, (self.original, 1), on=self, gap=0, margins=0)
        self.project.hide()
        self.original.hide()

    def show_figure(self, code: str, field: Field, period: Period) -> None:
        """Show the source of a project's figure; ``shown`` follows."""
        ledger = self._desk.ledger

        def done(found: FigureSource) -> None:
            self.found = found
            self.said.setText(story(found))
            self.project.show()
            source = found.source
            in_file = source is not None and source.return_id is not None and bool(source.cell)
            self.original.setVisible(in_file)
            if in_file and source is not None and source.return_id is not None:
                self.original.show_cell(source.return_id, source.sheet, source.cell)
            self.shown.emit()

        self._desk.jobs.start("查数字来源", lambda _p: figure_source(ledger, code, field, period), self, done=done, quiet=True)

    def _open(self) -> None:
        if self.found is not None:
            self._desk.go_to("project", OpenProject(self.found.project_id))
