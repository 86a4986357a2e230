"""Answers to a question that a finding asks, as buttons below the list, and keeping them for the next return."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.done import Done
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.job_progress import Progress
from hydesk.domain.money import MoneyUnit
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.domain.understanding import ReadColumn, ReadRow, Understanding
from hydesk.services.projects.edit_project import remember_name
from hydesk.services.returns.name_columns import name_columns
from hydesk.services.returns.read_return import ReturnDraft, understand_draft
from hydesk.services.returns.remember_decision import (
    LAYOUT,
    forget_decision,
    list_decisions,
    remember_column,
    remember_money_unit,
)
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui.changes import DECISIONS
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button
from hydesk.ui.screens.returns.heads import UNITS, ColumnMenu
from hydesk.ui.screens.returns.pile import WaitingDraft

ABOUT_COLUMN = frozenset({"column_unclear", "column_unknown", "column_twice"})
ABOUT_UNIT = "unit_unknown"
NAMED_BEFORE = "columns_named"
ABOUT_SHEET = frozenset({"no_sheet", "sheet_unread"})
ABOUT_NAME = frozenset({"name_near", "name_differs"})
_BY_LABEL = {f.label: f for f in Field}


def asked_column(finding: Finding, understanding: Understanding) -> ReadColumn | None:
    """The column that ``finding`` asks about, where its head can be remembered."""
    if finding.code not in ABOUT_COLUMN and finding.code != ABOUT_UNIT:
        return None
    return next((c for s in understanding.sheets if s.name == finding.sheet for c in s.columns
                 if c.letter == finding.column and c.header.strip()), None)


def asked_row(finding: Finding, understanding: Understanding) -> ReadRow | None:
    """The row whose way of writing a project ``finding`` asks about."""
    if finding.code not in ABOUT_NAME:
        return None
    return next((r for r in understanding.rows
                 if (r.sheet, r.row) == (finding.sheet, finding.row) and r.project and r.name.strip()), None)


def candidates(finding: Finding) -> tuple[Field, ...]:
    """The fields that a question about an unclear column names itself."""
    _, _, rest = finding.message.rpartition("一列可能是")
    names = rest.partition("，")[0].split("、") if finding.code == "column_unclear" else []
    return tuple(_BY_LABEL[n] for n in names if n in _BY_LABEL)


class AnswerBar(QWidget):
    """One button for each likely answer; nothing where the finding asks nothing."""

    told = Signal(object, object)
    """The ReadColumn, and its Field or MoneyUnit."""
    same = Signal(object)
    """The ReadRow that is indeed the project it was taken for."""
    forgotten = Signal(object)
    """The Finding that tells of columns named before, which are not right any more."""
    naming_wanted = Signal(object)
    """The name of the sheet whose columns a person will name; None where the finding names none."""

    def __init__(self) -> None:
        super().__init__()
        self.first: QPushButton | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.hide()

    def ask(self, finding: Finding | None, understanding: Understanding | None) -> None:
        """Offer the answers to ``finding``."""
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if finding is not None and understanding is not None:
            column, row = asked_column(finding, understanding), asked_row(finding, understanding)
            if column is not None:
                self._ask_column(finding, column)
            if row is not None:
                self._offer("就是它，记住写法", lambda: self.same.emit(row), "下次按这个写法认出项目")
            if finding.code in ABOUT_SHEET and any(not s.used for s in understanding.sheets):
                self._offer("指定各列…", lambda: self.naming_wanted.emit(finding.sheet), "说出这张表的各列是什么，照此读取")
            if finding.code == NAMED_BEFORE:
                self._offer("不对，忘记这些列", lambda: self.forgotten.emit(finding), "不再按以前指定的列读取，可以重新指定")
        first = self._layout.itemAt(0)
        self.first = made if first is not None and isinstance(made := first.widget(), QPushButton) else None
        if self.first is not None:
            self.first.setText(f"{self.first.text()}　F4")
        self.setVisible(self._layout.count() > 0)

    def _ask_column(self, finding: Finding, column: ReadColumn) -> None:
        tip = f"记住“{column.header}”，以后照此读取"
        if finding.code == ABOUT_UNIT:
            for unit in UNITS:
                self._offer(f"单位是{unit.value}", partial(self.told.emit, column, unit), tip)
            return
        for field in candidates(finding):
            self._offer(f"是{field.label}", partial(self.told.emit, column, field), tip)
        self._offer("这一列是…　▾", lambda: self._menu(column), tip)

    def _offer(self, text: str, act: Callable[[], object], tip: str) -> None:
        self._layout.addWidget(button(text, act, tip=tip))

    def answer(self) -> None:
        """F4: the first answer."""
        if self.first is not None:
            self.first.click()

    def _menu(self, column: ReadColumn) -> None:
        menu = ColumnMenu(column, self)
        menu.told.connect(lambda answer: self.told.emit(column, answer))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))


@dataclass(frozen=True, slots=True)
class _Kept:
    draft: ReturnDraft
    decision: int


class Answers(QObject):
    """Keeps answers in the ledger and reads the draft again by them."""

    read_again = Signal(object)
    """The new draft of a file that waits."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def tell_column(self, waiting: WaitingDraft, column: ReadColumn, answer: Field | MoneyUnit) -> None:
        """From now on the column's head means ``answer`` for this reporting unit."""
        ledger, unit = self._desk.ledger, waiting.draft.understanding.unit

        def keep() -> int:
            if isinstance(answer, Field):
                remember_column(ledger, unit, column.header, answer)
            else:
                remember_money_unit(ledger, unit, column.header, answer)
            return list_decisions(ledger)[0].id

        meaning = f"是{answer.label}" if isinstance(answer, Field) else f"单位是{answer.value}"
        self._keep(waiting, keep, f"{unit or '各单位'}的“{column.header}”{meaning}")

    def name_columns(self, waiting: WaitingDraft, sheet: str, layout: SheetLayout) -> None:
        """From now on such a sheet of the reporting unit is read by ``layout``."""
        ledger, draft = self._desk.ledger, waiting.draft

        def work(_progress: Progress) -> _Kept:
            fresh = name_columns(ledger, draft, sheet, layout)
            return _Kept(fresh, list_decisions(ledger)[0].id)

        self._start(waiting, work, f"表“{sheet}”的 {len(layout.columns)} 列，从第{layout.first_row}行起")

    def tell_name(self, waiting: WaitingDraft, row: ReadRow) -> None:
        """The row's name is another way of writing its project."""
        ledger, period, draft = self._desk.ledger, waiting.draft.period, waiting.draft

        def work(_progress: Progress) -> Done[ReturnDraft]:
            found = next((p.id for p in list_standings(ledger, period) if p.code == row.project), None)
            kept = remember_name(ledger, found, row.name) if found is not None else Done(None)
            return kept.answering(self._read(draft))

        self._desk.operations.run_long("记住写法", work, self, f"已记住：“{row.name}”就是 {row.project}",
                                       done=self.read_again.emit)

    def _keep(self, waiting: WaitingDraft, keep: Callable[[], int], what: str) -> None:
        def work(_progress: Progress) -> _Kept:
            # Once it is kept there is no way back, so the reading that follows takes no cancel.
            decision = keep()
            return _Kept(self._read(waiting.draft), decision)

        self._start(waiting, work, what)

    def _start(self, waiting: WaitingDraft, work: Callable[[Progress], _Kept], what: str) -> None:
        def done(kept: _Kept) -> None:
            self.read_again.emit(kept.draft)
            self._desk.changes.tell(DECISIONS)
            self._desk.notice(f"已记住：{what}", lambda: self._forget(waiting, kept.decision), label="忘记")

        self._desk.jobs.start("记住判定", work, self, done=done, writes=True)

    def forget_columns(self, waiting: WaitingDraft, finding: Finding) -> None:
        """The columns that ``finding`` says were named for its sheet are not right any more."""
        unit = waiting.draft.understanding.unit
        found = next((d.id for d in list_decisions(self._desk.ledger)
                      if d.kind == LAYOUT and d.unit in (unit, None) and d.meaning in finding.message), None)
        if found is not None:
            self._forget(waiting, found)

    def _forget(self, waiting: WaitingDraft, decision: int) -> None:
        ledger = self._desk.ledger

        def work(_progress: Progress) -> ReturnDraft:
            forget_decision(ledger, decision)
            return self._read(waiting.draft)

        def done(draft: ReturnDraft) -> None:
            self.read_again.emit(draft)
            self._desk.changes.tell(DECISIONS)

        self._desk.jobs.start("忘记判定", work, self, done=done, writes=True)

    def _read(self, draft: ReturnDraft) -> ReturnDraft:
        return understand_draft(self._desk.ledger, draft, draft.corrections)
