"""The money of a project by period in both series, its curve, what a month still takes, and where a figure came from."""

from __future__ import annotations

from PySide6.QtCore import (
    QObject,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from hydesk.domain.fields import LINKED_MONEY, PROGRESS_MONEY, Field
from hydesk.domain.measures.named import OF_FIELD
from hydesk.domain.money import MoneyUnit, format_money, format_percent, rate
from hydesk.domain.periods import Month
from hydesk.services.pages.project_page import ProjectPage
from hydesk.services.projects.project_history import MonthFigures, Provenance
from hydesk.ui import style, tokens
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.curve import CurveView
from hydesk.ui.kit.meant import CURVED, mean
from hydesk.ui.kit.table import PAD, Cell
from hydesk.ui.kit.table_model import ColumnHead, Index, TableModel
from hydesk.ui.kit.table_view import Choose, TableView
from hydesk.ui.screens.project.facts import where
from hydesk.ui.style import Theme

COLUMNS: tuple[tuple[str, Field | None, int], ...] = (
    ("报告期", None, 100), ("本月完成", Field.MONTH_INVESTMENT, 78), ("本周完成", Field.WEEK_INVESTMENT, 78), ("年初累计", Field.YEAR_INVESTMENT, 88),
    ("占年计划", None, 80), ("开工累计", Field.TOTAL_INVESTED, 88), ("到位资金", Field.FUNDS_ARRIVED, 78),
    ("当月入统", Field.STATISTICS_MONTH, 78), ("累计入统", Field.STATISTICS_YEAR, 88),
    *((f.label, f, 88) for f in PROGRESS_MONEY if f not in LINKED_MONEY),
)
OF_WEEKS, OF_YEAR = 2, 3
"""The column of weeks' amounts, shown where the project has weeks, and the one of sums to date."""


class MoneyModel(TableModel):
    """The periods of a project, newest first; figures worked out from others stand in brackets."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page: ProjectPage | None = None
        self._months: list[MonthFigures] = []

    def show_page(self, page: ProjectPage) -> None:
        """Show the periods of ``page`` up to its own."""
        self.beginResetModel()
        self._page = page
        self._months = [m for m in reversed(page.history.months) if m.day <= page.period.day or m.period == page.period]
        self.endResetModel()

    @property
    def has_weeks(self) -> bool:
        """Whether any of the periods is a week."""
        return any(not m.period.is_month for m in self._months)

    def source(self, index: Index) -> Provenance | None:
        """What brought the figure at ``index``; None for one that was worked out."""
        field = COLUMNS[index.column()][1] if index.isValid() else None
        if self._page is None or field is None:
            return None
        return self._page.sources.get((str(self._months[index.row()].period), field))

    def about(self, index: Index) -> str:
        """The figure at ``index`` in words, and where it came from."""
        if not index.isValid() or self._page is None:
            return ""
        head, field, _ = COLUMNS[index.column()]
        month = self._months[index.row()]
        if field is None:
            return ""
        text, source = format_money(month.money.get(field)), self.source(index)
        if source is not None:
            return f"{month.label}{head} {text} 万元：{where(source)}"
        if field in month.derived:
            return f"{month.label}{head} {text} 万元：由其他数推算，报表没有直接填报"
        return f"{month.label}{head}：没有填报"

    def cell(self, row: int, column: int) -> Cell:
        """How a cell is painted."""
        month, (head, field, _) = self._months[row], COLUMNS[column]
        quiet = QColor(self._theme.palette.quiet)
        if field is not None:
            text = format_money(month.money.get(field))
            derived = field in month.derived
            return Cell(f"({text})" if derived else text, True, quiet if derived else None)
        if head == "报告期":
            return Cell(month.label)
        standing = self._page.standing if self._page else None
        same = standing is not None and month.period.year == self._page.period.year  # type: ignore[union-attr]
        plan = standing.annual_plan if same and standing else None
        return Cell(format_percent(rate(month.money.get(Field.YEAR_INVESTMENT), plan)), True, quiet)

    def tip(self, row: int, column: int) -> str:
        return self.about(self.index(row, column))

    def height(self) -> int:
        return len(self._months)

    def breadth(self) -> int:
        return len(COLUMNS)

    def head(self, column: int) -> ColumnHead:
        text, field, _ = COLUMNS[column]
        measure = OF_FIELD[field] if field is not None else "completion" if text == "占年计划" else ""
        return ColumnHead(text, bool(column), measure)


class MoneyPart(QWidget):
    """Table at the left, curve at the right; below, the source of the current figure. ``source_asked`` opens it."""

    source_asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: ProjectPage | None = None
        self._chart: CurveView | None = None
        self.months = MoneyModel(theme, self)
        self.table = TableView(self.months, theme, "各期投资", Choose.CELLS)
        for i, (_, _, width) in enumerate(COLUMNS):
            self.table.setColumnWidth(i, width)
        self.need = label("", "heading", wrap=True)
        self.source = label("", "quiet", wrap=True)
        self.open = button("打开原件", self._open, kind="link", tip="打开收到的原始报表，标出这个单元格（Enter）")
        self.open.hide()
        self._lay_out()
        self.table.selectionModel().currentChanged.connect(lambda *_: self._say())
        self.table.opened.connect(self._open)

    def _lay_out(self) -> None:
        left, right = Card(), Card()
        inside = in_column((self.table, 1), on=left, margins=(1, 1, 1, 8))
        foot = in_row((self.source, 1), self.open, margins=(10, 0, 10, 0))
        inside.addLayout(foot)
        inside.addWidget(_indented(label("万元；括号内为推算数，不是报表原数。形象进度投资与入统投资分列，互不混算", "small")))
        self._place = in_column(self.need, on=right, margins=(14, 10, 14, 10))
        in_row((left, 5), (right, 3), on=self, gap=tokens.GAP, margins=0)

    def show_page(self, page: ProjectPage) -> None:
        """Show the money of ``page``; the current cell stays where it was."""
        at = (self.table.currentIndex().row(), self.table.currentIndex().column())
        self._page = page
        self.months.show_page(page)
        self.table.setColumnHidden(OF_WEEKS, not self.months.has_weeks)
        if self.months.rowCount():
            row, column = (at[0], at[1]) if 0 <= at[0] < self.months.rowCount() else (0, OF_YEAR)
            self.table.setCurrentIndex(self.months.index(row, column))
        self._fit()
        self.need.setText(needed(page))
        mean(self.need, *NEEDED)
        self._say()
        QTimer.singleShot(0, self, self._draw)

    def _fit(self) -> None:
        """Every figure whole; what room is left is shared out."""
        metrics = QFontMetrics(style.figures(tokens.TABLE_PT))
        widths = [
            max(least, 2 * PAD + 6 + max(metrics.horizontalAdvance(text) for text in (
                head, *(self.months.cell(row, i).text for row in range(self.months.rowCount())))))
            for i, (head, _, least) in enumerate(COLUMNS)]
        shown = [w for i, w in enumerate(widths) if not self.table.isColumnHidden(i)]
        spare = max(0, self.table.viewport().width() - sum(shown)) // len(shown)
        for i, width in enumerate(widths):
            self.table.setColumnWidth(i, width + spare)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _say(self) -> None:
        index = self.table.currentIndex()
        self.source.setText(self.months.about(index) or "选中一个数，这里写明它来自哪份报表、哪个单元格。")
        field = COLUMNS[index.column()][1] if index.isValid() else None
        mean(self.source, *([OF_FIELD[field]] if field is not None else []))
        found = self.months.source(index)
        self.open.setVisible(found is not None and found.return_id is not None)

    def _open(self) -> None:
        found = self.months.source(self.table.currentIndex())
        if found is not None and found.return_id is not None:
            self.source_asked.emit(found)

    def _draw(self) -> None:
        if self._page is None:
            return
        if self._chart is None:
            self._chart = CurveView(self._theme, MoneyUnit.WAN)
            self._place.addWidget(self._chart, 1)
        self._chart.setVisible(bool(self._page.curve))
        taken = {m.period.number: m.money[Field.STATISTICS_YEAR] for m in self._page.history.months
                 if isinstance(m.period, Month) and m.period.year == self._page.period.year
                 and m.day <= self._page.period.day and Field.STATISTICS_YEAR in m.money}
        self._chart.show_curve(self._page.curve, taken)
        mean(self._chart, *CURVED, "statistics")


NEEDED = ("left", "months_left", "need", "pace")
"""The measures that ``needed`` tells."""


def needed(page: ProjectPage) -> str:
    """还差 … 万元，后 6 个月每月需完成 … 万元（前期月均 … 万元）."""
    if page.standing is None:
        return f"不在 {page.period.year} 年的清单里"
    need = page.need
    if need is None:
        return "没有年度计划"
    if not need.missing:
        return "年度计划已经完成"
    missing = f"年度计划还差 {format_money(need.missing)} 万元"
    if need.each is None:
        return missing
    return (f"{missing}，后 {need.months} 个月每月需完成 {format_money(need.each)} 万元"
            f"（今年以来月均 {format_money(need.pace)} 万元）")


def _indented(widget: QWidget) -> QWidget:
    widget.setContentsMargins(10, 0, 10, 0)
    return widget
