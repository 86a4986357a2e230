"""The page 退出/调整清单: every dated act of the year, and the panel in which one is entered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.job_progress import Progress
from hydesk.domain.lists import ListChange
from hydesk.domain.money import format_money
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.services.projects.list_adjustments import ListedAdjustment, list_adjustments
from hydesk.services.projects.list_batches import BatchLine, list_batches
from hydesk.services.standings.list_standings import list_standings, list_units
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, EmptyState, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import mean
from hydesk.ui.kit.words import CODE, COPIED, PROJECT
from hydesk.ui.requests import ShowProject
from hydesk.ui.screens.lists.batch_line import BatchEditor
from hydesk.ui.screens.lists.form import ActForm


@dataclass(frozen=True, slots=True)
class _Read:
    year: int
    lines: list[ListedAdjustment]
    batches: list[BatchLine]
    listed: list[ProjectStanding]
    left: list[ProjectStanding]
    units: list[str]


def _told(line: ListedAdjustment) -> str:
    """What changed: figures before and after, or the project it came from or went to."""
    if line.other:
        way = "并入" if line.kind is ListChange.MERGED else "拆自"
        return f"{way} {line.other}" + (f"；{line.figures}" if line.figures else "")
    return line.figures or "—"


def _issued(batch: BatchLine) -> str:
    """（2023-02-10 衡重点〔2023〕1号）, as far as it is known."""
    parts = [str(batch.published_on) if batch.published_on else "", batch.document]
    return f"（{' '.join(p for p in parts if p)}）" if any(parts) else ""


COLUMNS: tuple[ListColumn[ListedAdjustment], ...] = (
    ListColumn("日期", lambda a: f"{a.on:%Y-%m-%d}", 94),
    ListColumn("类别", lambda a: a.kind.label, 70),
    ListColumn(CODE, lambda a: a.code, 104),
    ListColumn(PROJECT, lambda a: a.name, 140),
    ListColumn("调整前 → 调整后", _told, 140, stretch=True, measure="total_investment annual_plan"),
    ListColumn("理由", lambda a: a.reason, 96),
    ListColumn("文号", lambda a: a.document or "—", 84),
    ListColumn("经办", lambda a: a.actor, 56, tip=lambda a: f"{a.actor} {a.at:%Y-%m-%d %H:%M}"),
)


class AdjustPage(QWidget):
    """The list at the left, the panel at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.batches = label("", "quiet", wrap=True)
        self.batch = BatchEditor(desk)
        self.edit_batch = button("批次日期和文号…", self.batch.begin, kind="link", tip="每一批清单何时印发、文号是什么")
        self.table = Listing(COLUMNS, desk.theme, "退出/调整清单", key=lambda a: (a.act_id, a.project_id))
        self.form = ActForm(desk)
        self.empty = EmptyState()
        self.whole = label("", "small", wrap=True)
        self.whole.setAccessibleName("选中的调整全文")
        self.whole.hide()
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self.lists.addWidget(self.empty)
        left = QVBoxLayout()
        left.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.batches, 1)
        top.addWidget(self.edit_batch, 0, Qt.AlignmentFlag.AlignTop)
        left.addLayout(top)
        left.addWidget(self.batch)
        card = Card()
        in_column(self.lists, on=card, margins=1)
        left.addWidget(card, 1)
        left.addWidget(self.whole)
        in_row((left, 1), self.form, on=self, gap=tokens.GAP, margins=0)
        if not desk.may():
            self.form.hide()
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._tell)
        self.table.copied.connect(lambda n: desk.notice(COPIED.format(n=n)))

    def reload(self) -> None:
        """Read the year's acts, batches and projects."""
        ledger, period = self._desk.ledger, self._desk.period

        def work(_progress: Progress) -> _Read:
            end = Period.month(period.year, 12)
            listed = list_standings(ledger, end)
            here = {p.id for p in listed}
            left = [p for p in list_standings(ledger, Period.month(period.year, 1), left=True) if p.id not in here]
            return _Read(period.year, list_adjustments(ledger, period.year), list_batches(ledger, period.year), listed,
                         left, [u.name for u in list_units(ledger, retired=False)])

        self._desk.jobs.start("读取调整清单", work, self, done=self._show, quiet=True)

    def _show(self, found: _Read) -> None:
        self.batch.offer(found.batches, found.year)
        self.edit_batch.setVisible(any(b.name for b in found.batches))
        said = [f"{b.name or '未分批'}{_issued(b)} {b.count:,} 项" + (f"（已退出 {b.dropped}）" if b.dropped else "")
                + f"，总投资 {format_money(b.total_investment)} 万元" for b in found.batches]
        mean(self.batches, "count", "total_investment")
        self.batches.setText(f"{found.year}年清单：" + ("；".join(said) or "还没有项目"))
        self.table.show_items(found.lines)
        self.lists.setCurrentIndex(0 if found.lines else 1)
        how = "新增、调整、更名、拆分、合并、退出在右边登记，每一次都记日期和理由。" if self._desk.may() else ""
        self.empty.say(f"{found.year}年清单还没有调整。{how}")
        self.form.offer(found.listed, found.left, found.units, found.year)

    def _tell(self) -> None:
        """The selected line in full, since a row elides what is long."""
        chosen = self.table.selected()
        self.whole.setVisible(len(chosen) == 1)
        if len(chosen) == 1:
            a = chosen[0]
            by = f"（{a.document}）" if a.document else ""
            mean(self.whole, "total_investment", "annual_plan")
            self.whole.setText(f"{a.on:%Y-%m-%d} {a.kind.label} {a.code} {a.name}：{_told(a)}。理由：{a.reason}{by}。"
                               f"{a.actor} {a.at:%Y-%m-%d %H:%M} 登记")

    def _open(self) -> None:
        if chosen := self.table.selected():
            self._desk.go_to("ledger", ShowProject(chosen[0].project_id))
