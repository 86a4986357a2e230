"""Counts by weight, the findings, and below them what can be done about the current one, with its keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import format_money
from hydesk.ui.kit.basic import button, label, set_tone
from hydesk.ui.screens.returns.answers import AnswerBar
from hydesk.ui.screens.returns.correct_line import CorrectLine
from hydesk.ui.screens.returns.find_project import FindProject
from hydesk.ui.screens.returns.findings import FindingList, FindingModel, names_of
from hydesk.ui.screens.returns.pile import WaitingDraft
from hydesk.ui.screens.returns.waiting import KNOWN, LATER, LEFT, TAKEN
from hydesk.ui.style import Theme
from hydesk.ui.tokens import LEVEL_MARK

STRANGERS = frozenset({"unknown_project", "name_near", "name_differs", "name_ambiguous", "foreign_project", "duplicate",
                       "duplicate_differs", "code_name_conflict", "near_but_other"})
"""Findings that ask which project a row is."""
EDITED = "ledger_edited"
_TONE = {Level.ERROR: "serious", Level.WARNING: "lagging", Level.NOTE: "quiet"}


class FindingPanel(QWidget):
    """Walked with F8 and Shift+F8; F6 takes, F7 leaves, F2 corrects, F9 asks later."""

    chosen = Signal(object)
    """The finding that is current now."""
    corrected = Signal(object, object)
    """Finding and the yuan to put in place."""
    decided = Signal(object, str)
    """Finding, and the word that settles it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model = FindingModel(self)
        self.list = FindingList(theme, self.model)
        self.counts = {level: label("", "heading") for level in Level}
        for level, made in self.counts.items():
            set_tone(made, _TONE[level])
        self.left = label("", "quiet")
        self.answers = AnswerBar()
        self.typing = CorrectLine()
        self.search = FindProject(theme)
        self._waiting: WaitingDraft | None = None
        self.correct = button("", self._correct, kind="primary", tip="按建议的数更正，再核对一遍")
        self.take = button("采用　F6", lambda: self.decide(TAKEN), tip="按来表入库，转到下一处")
        self.leave = button("不采用　F7", lambda: self.decide(LEFT), tip="这一项不入库，转到下一处")
        self.type = button("更正…　F2", self.start_typing, tip="输入正确的值")
        self.later = button("以后再问　F9", lambda: self.decide(LATER), tip="先放着，转到下一处")
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._current)
        self._say_actions(None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        for level in Level:
            head.addWidget(self.counts[level])
        head.addStretch(1)
        head.addWidget(self.left)
        actions = QGridLayout()
        actions.setSpacing(6)
        for i, act in enumerate((self.take, self.leave, self.type, self.later)):
            actions.addWidget(act, i // 2, i % 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        below: tuple[QWidget, ...] = (self.answers, self.search, self.typing, self.correct)
        for one in below:
            layout.addWidget(one)
        layout.addLayout(actions)

    def show_waiting(self, waiting: WaitingDraft) -> None:
        """Show the findings of a draft."""
        self._waiting = waiting
        self.model.show_findings(waiting.draft.understanding.findings, names_of(waiting.draft.understanding.rows),
                                 waiting.settled)
        for level, made in self.counts.items():
            made.setText(f"{LEVEL_MARK[level]} {level.label} {waiting.count(level)}")
        self.typing.leave()
        self._say_actions(None)
        self.refresh()

    def refresh(self) -> None:
        """Show anew what was settled."""
        if self._waiting is None:
            return
        self.model.settle(self._waiting.settled)
        self.list.viewport().update()
        open_ = sum(self._open(f) for f in self.model.items)
        asks = sum(f.level is not Level.NOTE for f in self.model.items)
        self.left.setText(f"还有 {open_} 处" if open_ else "都已核完" if asks else "没有问题")

    def _open(self, finding: Finding) -> bool:
        return finding.level is not Level.NOTE and not self.model.settled(finding)

    def step(self, by: int) -> None:
        """F8 and Shift+F8: the next or the previous finding, round and round."""
        count = self.model.rowCount()
        if count:
            row = self.list.currentIndex().row()
            row = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
            self.list.setCurrentIndex(self.model.index(row))

    def step_open(self) -> bool:
        """To the next error or warning that nobody has decided about; False where none is left."""
        items, at = self.model.items, self.list.currentIndex().row()
        order = [*range(at + 1, len(items)), *range(at + 1)]
        row = next((i for i in order if self._open(items[i])), -1)
        if row < 0:
            return False
        self.list.setCurrentIndex(self.model.index(row))
        return True

    def show_row(self, sheet: str, row: int) -> None:
        """Make the first finding of a row current, without telling anybody."""
        found = next((i for i, f in enumerate(self.model.items) if (f.sheet, f.row) == (sheet, row)), -1)
        self.list.selectionModel().blockSignals(True)
        if found < 0:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
        else:
            self.list.setCurrentIndex(self.model.index(found))
        self.list.selectionModel().blockSignals(False)
        self.list.viewport().update()
        self._say_actions(self.model.items[found] if found >= 0 else None)

    def finding(self) -> Finding | None:
        """The current one."""
        index = self.list.currentIndex()
        return self.model.items[index.row()] if index.isValid() else None

    def _current(self, index: QModelIndex, _old: QModelIndex) -> None:
        finding = self.model.items[index.row()] if index.isValid() else None
        self.typing.leave()
        self._say_actions(finding)
        if finding is not None:
            self.chosen.emit(finding)

    def _say_actions(self, finding: Finding | None) -> None:
        waiting = self._waiting
        self.answers.ask(finding, waiting.draft.understanding if waiting else None)
        suggestion = finding.suggestion if finding else None
        self.correct.setVisible(suggestion is not None)
        self.correct.setText(f"改为 {format_money(suggestion)} 万元　F2 Enter")
        stranger = finding is not None and finding.code in STRANGERS and finding.row is not None
        self.search.setVisible(stranger)
        if stranger and waiting is not None and finding is not None:
            self.search.ask(waiting.draft, finding)
        can = finding is not None and finding.project is not None and finding.row is not None
        self.take.setText("采用本次　F6" if finding and finding.code == EDITED else "采用　F6")
        self.leave.setText("保留台账　F7" if finding and finding.code == EDITED else "不采用　F7")
        for one in (self.take, self.leave, self.later):
            one.setEnabled(finding is not None)
        self.take.setText(self.take.text() if can or finding is None else "知道了　F6")
        self.type.setText("指定项目　F2" if stranger else "更正…　F2")
        self.type.setEnabled(stranger or (finding is not None and finding.row is not None and finding.field is not None))

    def start_typing(self) -> None:
        """F2: type the right value for the current finding's cell."""
        finding = self.finding()
        if finding is not None and self.search.isVisibleTo(self):
            self.search.line.setFocus()
        elif finding is not None and finding.field is not None and finding.row is not None and self._waiting is not None:
            self.typing.ask(self._waiting.draft, finding.sheet or "", finding.row, finding.field, finding.suggestion)

    def _correct(self) -> None:
        finding = self.finding()
        if finding is not None and finding.suggestion is not None:
            self.corrected.emit(finding, finding.suggestion)

    def decide(self, word: str) -> None:
        """Settle the current finding."""
        finding = self.finding()
        if finding is not None:
            nothing_to_take = finding.project is None or finding.row is None
            self.decided.emit(finding, KNOWN if word == TAKEN and nothing_to_take else word)
