"""The middle of the review: the return's projects, one row each, and every single change of the current one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.changes import Change
from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.money import NO_FIGURE, format_money
from hydesk.domain.own_columns import OwnValue, is_progress, show_own_value
from hydesk.domain.snapshot import KnownProject
from hydesk.domain.understanding import ReadRow, ReadValue
from hydesk.ui.kit.fitting import FittingColumns
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.style import Theme
from hydesk.ui.tokens import LEVEL_MARK

MARK, NAME, MONTH_BEFORE, WRITTEN, MONTH, YEAR_BEFORE, YEAR, OTHERS, STATE = range(9)
"""The columns of the table."""


class RowsShown(Enum):
    """Which rows the table lists; the value is the word on its button."""

    ALL = "全部"
    CHANGED = "只看变更"
    WRONG = "只看问题"


def say(value: ReadValue | OwnValue | None) -> str:
    """A value as text: money in 万元."""
    if value is None:
        return NO_FIGURE
    if isinstance(value, Decimal):
        return show_own_value(value)
    return format_money(value) if isinstance(value, int) else str(value)


@dataclass
class ProjectRow:
    """A row of the return with what stands beside it."""

    row: ReadRow
    changes: list[Change]
    worst: Level | None
    waiting: WaitingDraft
    known: KnownProject | None = None
    """The project as the ledger had it."""

    def change(self, field: Field) -> Change | None:
        """The change of ``field``, if any."""
        return next((c for c in self.changes if c.field is field), None)

    def before(self, field: Field) -> str:
        """What the ledger held for the period before."""
        held = self.known.previous if self.known is not None else None
        change = self.change(field)
        if held is not None and field in held.money:
            return say(held.money[field])
        return say(change.previous if change else None)

    def new(self, field: Field) -> str:
        """What 入库 would write, or what stands already."""
        change = self.change(field)
        return say(change.new if change else self.row.values.get(field))

    def mended(self, field: Field) -> bool:
        """Whether a person corrected the value."""
        return (self.row.sheet, self.row.row, field) in self.waiting.draft.corrections.values

    @property
    def others(self) -> str:
        """Changes beside the two figures shown, in words."""
        shown = (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT)
        proposals = [f"{c.field.label} {say(c.old)} → {say(c.new)}" for c in self.changes
                     if c.field not in shown and not is_progress(c.field)]
        rest = [c.field.label for c in self.changes
                if c.field not in shown and is_progress(c.field)]
        return "；".join([*proposals, *rest])

    @property
    def others_short(self) -> str:
        """How many other changes there are; ◆ where facts of the ledger would change."""
        shown = (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT)
        rest = [c for c in self.changes if c.field not in shown]
        proposal = any(not is_progress(c.field) for c in rest)
        return f"{'◆ ' if proposal else ''}{len(rest)} 项" if rest else ""

    @property
    def state(self) -> str:
        """What 入库 does with the row."""
        if self.row.project is None:
            return "不在台账"
        if self.waiting.will_write(self.row):
            return "入库" if self.changes else "无变化"
        return "待核" if not self.row.accepted else "不入库"


def shortened(words: str) -> str:
    """The county's words, a long row of decimals cut to four; the tooltip has them in full."""
    whole, point, decimals = words.partition(".")
    return f"{whole}.{decimals[:4]}…" if point and len(decimals) > 5 and decimals.isdigit() else words


def rows_of(waiting: WaitingDraft) -> list[ProjectRow]:
    """All rows of the draft."""
    weight = {Level.ERROR: 2, Level.WARNING: 1, Level.NOTE: 0}
    worst: dict[tuple[str | None, int | None], Level] = {}
    for f in waiting.draft.understanding.findings:
        key = (f.sheet, f.row)
        if f.row is not None and (key not in worst or weight[f.level] > weight[worst[key]]):
            worst[key] = f.level
    snapshot = waiting.draft.snapshot
    known = {p.code: p for p in snapshot.projects} if snapshot is not None else {}
    return [ProjectRow(r, waiting.changes_of(r.sheet, r.row), worst.get((r.sheet, r.row)), waiting, known.get(r.project or ""))
            for r in waiting.draft.understanding.rows]


class ProjectTable(Listing[ProjectRow]):
    """One row a project. Space takes or leaves the whole row."""

    row_chosen = Signal(object)
    toggled = Signal(object)
    edit_wanted = Signal(object, object)
    """The ProjectRow and the Field whose value a person wants to correct."""
    source_wanted = Signal(object, object)
    """The ProjectRow and the Field whose figure of the period before one wants to trace."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(project_columns(theme), theme, "来表项目", parent=parent)
        self._theme = theme
        self._rows: list[ProjectRow] = []
        self._show = RowsShown.ALL
        self._empty = ""
        """What an empty table says."""
        FittingColumns(self, (OTHERS, YEAR_BEFORE, MONTH_BEFORE, WRITTEN, YEAR))
        self.selectionModel().currentRowChanged.connect(self._current)
        self.clicked.connect(lambda index: self.ask_source() if index.column() in (MONTH_BEFORE, YEAR_BEFORE) else None)
        self.doubleClicked.connect(lambda index: self._want_edit(self.list.items[index.row()], index.column()))

    def show_rows(self, rows: list[ProjectRow]) -> None:
        """Show ``rows``, narrowed as chosen."""
        self._rows = rows
        self._empty = "没有这样的行，点“全部”看所有项目" if rows else "这份报表没有读出项目，原因写在左边"
        self.narrow(self._show)

    def clear_rows(self, show: RowsShown | None = None) -> None:
        """Show nothing until other rows come, of which ``show`` (None: as before) are wanted."""
        self._rows, self._empty = [], ""
        self._show = self._show if show is None else show
        self.list.show_items([])

    def narrow(self, show: RowsShown) -> None:
        """Show all rows, those with changes, or those with something wrong."""
        self._show = show
        serious = (Level.ERROR, Level.WARNING)
        kept = [r for r in self._rows if show is RowsShown.ALL or (show is RowsShown.CHANGED and r.changes)
                or (show is RowsShown.WRONG and r.worst in serious)]
        current = self.current()
        self.list.show_items(kept)
        if current is not None:
            self.select_place(current.row.sheet, current.row.row)

    def select_place(self, sheet: str | None, row: int | None) -> None:
        """Make the project at a row of the sheet current, without telling anybody; none where it is not shown."""
        found = next((i for i, item in enumerate(self.list.items) if (item.row.sheet, item.row.row) == (sheet, row)), -1)
        self.selectionModel().blockSignals(True)
        if found < 0:
            self.clearSelection()
        self.setCurrentIndex(self.list.index(found, 1) if found >= 0 else QModelIndex())
        self.selectionModel().blockSignals(False)
        if found >= 0:
            self.scrollTo(self.currentIndex())  # the view, not told, does not follow by itself
        self.viewport().update()

    def row_at(self, sheet: str | None, row: int | None) -> ProjectRow | None:
        """The project at a row of the sheet, whether the table shows it or not."""
        return next((r for r in self._rows if (r.row.sheet, r.row.row) == (sheet, row)), None)

    def refresh(self) -> None:
        """Read the decisions again."""
        self.list.refresh_all()

    def _current(self, index: QModelIndex, _old: QModelIndex) -> None:
        if index.isValid():
            self.row_chosen.emit(self.list.items[index.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current()
        if event.key() == Qt.Key.Key_Space and row is not None:
            self.toggled.emit(row)
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self._want_edit(row, self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    def ask_source(self) -> None:
        """F3, or a click on a figure of the period before: where it came from."""
        row = self.current()
        if row is not None:
            year = self.currentIndex().column() in (YEAR_BEFORE, YEAR)
            self.source_wanted.emit(row, Field.YEAR_INVESTMENT if year else Field.MONTH_INVESTMENT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.list.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._theme.palette.quiet))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._empty)
            painter.end()

    def _want_edit(self, row: ProjectRow, column: int) -> None:
        """The figure of the current column; elsewhere the first figure that the return has."""
        read = {**row.row.words, **row.row.values}
        wanted = Field.YEAR_INVESTMENT if column in (YEAR_BEFORE, YEAR) else Field.MONTH_INVESTMENT
        if wanted not in read:
            wanted = next((f for f in (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT, *read) if f in read), wanted)
        self.edit_wanted.emit(row, wanted)


def project_columns(theme: Theme) -> list[ListColumn[ProjectRow]]:
    """Columns of the project table, as on the sketch."""
    p = theme.palette
    month, year = Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT

    def color(r: ProjectRow) -> QColor:
        return theme.palette.of_level(r.worst) if r.worst else QColor(p.quiet)

    def wrong(r: ProjectRow) -> QColor | None:
        return QColor(p.serious) if r.worst is Level.ERROR else None

    def quiet(_r: ProjectRow) -> QColor:
        return QColor(p.quiet)

    def traced(field: Field) -> Callable[[ProjectRow], QColor]:
        return lambda r: QColor(p.quiet if r.before(field) == NO_FIGURE else p.accent)

    def source(field: Field) -> Callable[[ProjectRow], str]:
        return lambda r: f"{r.before(field)}\n点一下看来源（F3）" if r.before(field) != NO_FIGURE else ""

    def state(r: ProjectRow) -> QColor:
        return QColor({"待核": p.serious, "不在台账": p.serious, "不入库": p.lagging}.get(r.state, p.quiet))

    return [
        ListColumn("", lambda r: LEVEL_MARK[r.worst] if r.worst else "", 28, color=color),
        ListColumn("项目", lambda r: r.row.name, 0, tip=lambda r: f"{r.row.name}\n{r.row.project or '不在台账'}"),
        ListColumn("上月", lambda r: r.before(month), 82, right=True, color=traced(month), tip=source(month)),
        ListColumn("本月来表", lambda r: shortened(r.row.words.get(month, "")), 84, right=True, color=wrong,
                     tip=lambda r: r.row.words.get(month, ""), copied=lambda r: r.row.words.get(month, "")),
        ListColumn("拟入库", lambda r: r.new(month), 112, right=True, bold=lambda r: True,
                     color=lambda r: QColor(p.lagging) if r.mended(month) else None),
        ListColumn("上期累计", lambda r: r.before(year), 90, right=True, color=traced(year), tip=source(year)),
        ListColumn("新累计", lambda r: r.new(year), 90, right=True,
                     color=lambda r: QColor(p.lagging) if r.mended(year) else None),
        ListColumn("另有", lambda r: r.others_short, 68, color=quiet, tip=lambda r: r.others, copied=lambda r: r.others),
        ListColumn("处理", lambda r: r.state, 74, color=state),
    ]
