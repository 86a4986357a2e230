"""质量评分: the units' year, on time, mistakes and rounds; printable for the yearly assessment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from hydesk.services.mechanisms.score_units import UnitScore, print_scores, score_units
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.files import Purpose, ask_folder
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.words import UNIT


class ScorePage(QWidget):
    """One line a unit; below it, why the current one lost points, period by period."""

    read = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.table = Listing(self._columns(), desk.theme, "报送质量评分")
        self.title = label("", "heading")
        self.why = label("", "quiet", wrap=True)
        self.why.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card, below = Card(), Card()
        head = in_row(
            self.title, 1, button("打印 PDF…", lambda: self._print("pdf"), tip="年度考核用"),
            button("导出 Excel…", lambda: self._print("xlsx")), margins=(12, 0, 8, 0))
        in_column(head, (self.table, 1), on=card, gap=6, margins=(1, 8, 1, 1))
        in_column(self.why, on=below, margins=(12, 8, 12, 8))
        below.setFixedHeight(112)
        in_column((card, 1), below, on=self, gap=tokens.GAP, margins=0)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._explain())

    def _columns(self) -> list[ListColumn[UnitScore]]:
        p = self._desk.theme.palette

        def grade(s: UnitScore) -> QColor:
            return QColor({"优秀": p.ahead, "良好": p.on_track, "合格": p.lagging}.get(s.grade, p.serious))

        mark = {"优秀": "▲", "良好": "●", "合格": "◆"}
        return [
            ListColumn("名次", lambda s: str(s.rank), 56, right=True),
            ListColumn(UNIT, lambda s: s.unit, 0),
            ListColumn("得分", lambda s: str(s.score), 76, right=True, bold=lambda s: True),
            ListColumn("等次", lambda s: f"{mark.get(s.grade, '■')} {s.grade}", 92, color=grade),
            ListColumn("应报", lambda s: f"{len(s.periods)} 期", 72, right=True),
            ListColumn("按时", lambda s: str(s.on_time), 64, right=True),
            ListColumn("迟报", lambda s: str(s.late), 64, right=True),
            ListColumn("未报", lambda s: str(s.missing), 64, right=True),
            ListColumn("错误", lambda s: str(s.mistakes), 64, right=True),
            ListColumn("每期错误", lambda s: str(s.mistakes_per_return), 88, right=True),
            ListColumn("报送次数", lambda s: str(s.rounds), 88, right=True),
        ]

    def _shown_columns(self, scores: Sequence[UnitScore]) -> list[ListColumn[UnitScore]]:
        """数据可信度 stands where it counts."""
        if all(s.trust is None for s in scores):
            return self._columns()
        trust = ListColumn[UnitScore]("数据可信度", lambda s: "—" if s.trust is None else f"{s.trust:f}", 100, lambda s: s.trust, right=True)
        return [*self._columns(), trust]

    def reload(self) -> None:
        """Score the year of the period in hand."""
        ledger, year = self._desk.ledger, self._desk.period.year

        def done(scores: tuple[UnitScore, ...]) -> None:
            self.title.setText(f"{year}年报送质量" if scores else f"{year}年还没有收到报表，收报以后这里按单位评分")
            columns = self._shown_columns(scores)
            if len(columns) != len(self.table.list.columns):
                self.table.show_columns(columns)
            self.table.list.show_items(scores)
            if scores:
                self.table.selectRow(0)
            self._explain()
            self.read.emit()

        self._desk.jobs.start("质量评分", lambda _p: score_units(ledger, year), self, done=done, quiet=True)

    def _explain(self) -> None:
        score: UnitScore | None = self.table.current()
        self.why.setText("" if score is None else f"{score.unit}：{score.explanation}")

    def _print(self, form: str) -> None:
        folder = ask_folder(self, self._desk.settings, Purpose.REPORT, "质量评分存到哪个文件夹")
        if not folder:
            return
        ledger, year = self._desk.ledger, self._desk.period.year

        def done(made: list[Path]) -> None:
            self._desk.notice(f"已存为 {'、'.join(p.name for p in made)}")

        self._desk.jobs.start("质量评分", lambda _p: print_scores(ledger, year, Path(folder), (form,)), self, done=done)
