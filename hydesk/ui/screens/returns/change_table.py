"""Every change of one project, three sides beside one another: last return, ledger, this return."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QWidget

from hydesk.domain.changes import Change, three_way
from hydesk.domain.fields import FieldKind
from hydesk.domain.money import format_money
from hydesk.domain.own_columns import OwnKind
from hydesk.ui.kit.fitting import FittingColumns
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.projects import ProjectRow, say
from hydesk.ui.style import Theme

TAKES, CONTENT, PREVIOUS, LEDGER, NEW, BY, WORDS, CELL, KIND = range(9)
"""The columns of the table."""


def ledger_side(change: Change) -> str:
    """What the ledger holds, with who set it where a person did so since the last return."""
    edit = change.edited
    if edit is None:
        return say(change.old)
    return f"{say(edit.value)}（{edit.actor} {edit.at.month}月{edit.at.day}日改）"


def difference(change: Change) -> str:
    """How far the new amount is from what stood before, with its sign."""
    before = change.old if change.old is not None else change.previous
    if change.field.kind not in (FieldKind.MONEY, OwnKind.MONEY, OwnKind.PERIOD_MONEY) or not isinstance(before, int) or not isinstance(change.new, int):
        return ""
    by = change.new - before
    return f"+{format_money(by)}" if by > 0 else format_money(by)


class ChangeTable(Listing[Change]):
    """Space or a click on the first column takes or leaves a change; F2 or Enter corrects it."""

    toggled = Signal(object)
    edit_wanted = Signal(object)
    source_wanted = Signal(object, bool)
    """The Change, and whether its figure of the period before is meant, else the one the ledger holds now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(self._columns(theme), theme, "逐项变更", parent=parent)
        self._waiting: WaitingDraft | None = None
        FittingColumns(self, (KIND, WORDS, CELL, BY, PREVIOUS), least=120)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(lambda index: self.edit_wanted.emit(self.list.items[index.row()]))

    def _columns(self, theme: Theme) -> list[ListColumn[Change]]:
        def quiet(_c: Change) -> QColor:
            return QColor(theme.palette.quiet)

        def edited(c: Change) -> QColor:
            p = theme.palette
            return QColor(p.lagging if c.edited else p.quiet if c.old is None else p.accent)

        def traced(c: Change) -> QColor:
            return QColor(theme.palette.quiet if c.previous is None else theme.palette.accent)

        def by(c: Change) -> QColor:
            return QColor(theme.palette.serious if difference(c).startswith("-") else theme.palette.quiet)

        return [
            ListColumn("采用", lambda c: "☑" if self._takes(c) else "☐", 48,
                         color=lambda c: QColor(theme.palette.accent if self._takes(c) else theme.palette.quiet)),
            ListColumn("内容", lambda c: c.field.label, 168, tip=lambda c: f"{c.field.label}（{c.kind.label}）"),
            ListColumn("上次报表", lambda c: say(c.previous), 84, color=traced),
            ListColumn("台账（谁何时改）", ledger_side, 152, color=edited, tip=lambda c: three_way(c) or ledger_side(c)),
            ListColumn("→ 本次报表", lambda c: say(c.new), 0, bold=lambda c: True),
            ListColumn("增减", difference, 116, right=True, color=by),
            ListColumn("来表原文", lambda c: c.words, 84, color=quiet),
            ListColumn("单元格", lambda c: c.cell, 64, color=quiet),
            ListColumn("性质", lambda c: c.kind.label, 72, color=quiet),
        ]

    def _takes(self, change: Change) -> bool:
        return self._waiting is not None and self._waiting.accepted(change)

    def show_row(self, waiting: WaitingDraft, row: ProjectRow | None) -> None:
        """Show the changes of ``row``."""
        self._waiting = waiting
        self.list.show_items(row.changes if row else [])

    def refresh(self) -> None:
        """Read the decisions again."""
        self.list.refresh_all()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == TAKES:
            self.toggled.emit(self.list.items[index.row()])
        elif index.column() in (PREVIOUS, LEDGER):
            self.ask_source()

    def ask_source(self) -> None:
        """F3, or a click on what the last return said or the ledger holds: where it came from."""
        change = self.current()
        if change is not None:
            before = change.old is None or self.currentIndex().column() == PREVIOUS
            self.source_wanted.emit(change, before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        change = self.current()
        if event.key() == Qt.Key.Key_Space and change is not None:
            self.toggled.emit(change)
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and change is not None:
            self.edit_wanted.emit(change)
        else:
            super().keyPressEvent(event)
