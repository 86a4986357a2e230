"""The forms of the panel: a step with one or many problems, and what is said of a problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.dates import Precision
from hydesk.domain.errors import HydeskError
from hydesk.domain.problems import LEVELS, ListedProblem, Need, StepKind, StepRule
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.escape import on_escape
from hydesk.ui.kit.tab_order import tab_as_laid_out
from hydesk.ui.kit.typed_date import TypedDate
from hydesk.ui.operations import DECIDING

REASONED = (StepKind.SEND_BACK, StepKind.ESCALATE, StepKind.EXTEND)


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A step as the form was filled in."""

    kind: StepKind
    ids: tuple[int, ...]
    on: date | None
    unit: str
    leader: str
    due_on: date | None
    words: str


def choice(name: str, words: Sequence[str]) -> QComboBox:
    """A box to type in that completes by any part of a word."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setAccessibleName(name)
    box.addItems(list(words))
    box.setCurrentIndex(-1)
    box.setMinimumContentsLength(10)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    done = box.completer()
    assert done is not None
    done.setFilterMode(Qt.MatchFlag.MatchContains)
    done.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return box


def words_field(name: str, height: int = 72) -> QPlainTextEdit:
    """A few lines of words; Tab leaves it."""
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    made.setFixedHeight(height)
    return made


class Form(QWidget):
    """A title, rows, an error line, 确定 and 取消. Ctrl+Enter and Esc do as the buttons."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(DECIDING, True)
        self.title = label("", "heading", wrap=True)
        self.note = label("", "quiet", wrap=True)
        self.rows = QFormLayout()
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.rows.setVerticalSpacing(8)
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.error = label("", "error", wrap=True)
        self.confirm = button("确定", self.submit, kind="primary", tip="Ctrl+Enter")
        self.cancel = button("取消", self.left.emit, tip="Esc")
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(10)
        for one in (self.title, self.note):
            layout.addWidget(one)
        layout.addLayout(self.rows)
        layout.addWidget(self.error)
        layout.addLayout(buttons)
        layout.addStretch(1)
        self.error.hide()
        for keys, act in (("Ctrl+Return", self.submit), ("Ctrl+Enter", self.submit)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        on_escape(self, self.left.emit)

    def showEvent(self, event: QShowEvent) -> None:
        tab_as_laid_out(self)
        super().showEvent(event)

    def say_wrong(self, text: str) -> None:
        """Say in the form what is wrong with it."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def submit(self) -> None:
        """Take the form; what is wrong with a date is said in it."""
        try:
            self.say_wrong("")
            self.take()
        except HydeskError as e:
            self.say_wrong(str(e))

    def take(self) -> None:
        """Read the fields and tell what was entered. Raises HydeskError."""
        raise NotImplementedError


def exact(field: TypedDate, name: str) -> date | None:
    """The day in ``field``; 9月底 is the month's last. Raises HydeskError where only a year or a quarter is said."""
    value = field.value()
    if value is not None and value.precision in (Precision.YEAR, Precision.QUARTER):
        raise HydeskError(f"{name}要写到日，如 2023-9-30")
    return value.day if value is not None else None


class StepForm(Form):
    """Who, until when, and what is said, as the step needs it."""

    entered = Signal(object)

    def __init__(self, rule: StepRule, problems: Sequence[ListedProblem], units: Sequence[str], on: date,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule, self._problems = rule, tuple(problems)
        first = problems[0]
        self.title.setText(f"{rule.kind.label}　{first.title}" if len(problems) == 1 else f"{rule.kind.label} {len(problems)} 个问题")
        self.note.setText(f"由{rule.by}办理，办后为“{rule.to.label}”")
        self.on = TypedDate("日期", on.year)
        self.on.show_value(on)
        self.rows.addRow("日期", self.on)
        self.unit, self.leader = choice("责任单位", units), QLineEdit()
        self.due = TypedDate("办结期限", on.year)
        self.words = words_field("说明")
        self._focus: QWidget = self.words
        if rule.kind is StepKind.ASSIGN:
            self._ask_unit(first.responsible if len({p.responsible for p in problems}) == 1 else "", first)
        if Need.DEADLINE in rule.needs:
            self._ask_due(on)
        needed = Need.WORDS in rule.needs
        word = "原因" if rule.kind in REASONED else "办理结果" if rule.kind is StepKind.ANSWER else "说明"
        self.rows.addRow(f"{word}{'' if needed else '（可空）'}", self.words)
        self.confirm.setText(rule.kind.label)

    def _ask_unit(self, held: str, first: ListedProblem) -> None:
        self.unit.setEditText(held)
        self.leader.setAccessibleName("责任领导")
        self.leader.setText(first.leader if len(self._problems) == 1 else "")
        self.rows.addRow("责任单位", self.unit)
        self.rows.addRow("责任领导", self.leader)
        self._focus = self.unit

    def _ask_due(self, on: date) -> None:
        quick = QHBoxLayout()
        quick.setSpacing(4)
        for days in (7, 15, 30):
            quick.addWidget(button(f"{days}天", lambda d=days: self.due.show_value(on + timedelta(days=d)),  # type: ignore[misc]
                                   kind="link", tip=f"{on + timedelta(days=days)}"))
        quick.addStretch(1)
        self.rows.addRow("办结期限", self.due)
        self.rows.addRow("", quick)
        if self._rule.kind is StepKind.EXTEND:
            self._focus = self.due.line

    def begin(self) -> None:
        """Put the cursor where typing starts."""
        self._focus.setFocus()

    def take(self) -> None:
        self.entered.emit(StepEntry(
            self._rule.kind, tuple(p.id for p in self._problems), exact(self.on, "日期"), self.unit.currentText(),
            self.leader.text(), exact(self.due, "办结期限"), self.words.toPlainText()))


class ProblemForm(Form):
    """A new problem, or what is said of one on the list (then its project stays)."""

    entered = Signal(object)
    """Fields by name; a new problem's also ``project_id``."""

    def __init__(self, problem: ListedProblem | None, projects: Sequence[tuple[int, str]], units: Sequence[str],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = {text: key for key, text in projects}
        self._problem = problem
        self.project = choice("项目", [text for _, text in projects])
        self.fields: dict[str, QLineEdit | QPlainTextEdit | QComboBox] = {
            "detail": words_field("困难问题", 92), "title": QLineEdit(), "measures": words_field("解决措施"),
            "responsible": choice("责任单位", units), "leader": QLineEdit(), "level": QComboBox()}
        heads = {"detail": "困难问题", "title": "简称（可空）", "measures": "解决措施", "responsible": "责任单位",
                 "leader": "责任领导", "level": "级别"}
        level = self.fields["level"]
        assert isinstance(level, QComboBox)
        level.addItems(LEVELS)
        self.title.setText("登记问题" if problem is None else f"修改　{problem.title}")
        if problem is None:
            self.rows.addRow("项目", self.project)
            self.note.setText("登记后为“待受理”；期限在交办时定。")
        self.note.setVisible(problem is None)
        for name, field in self.fields.items():
            field.setAccessibleName(heads[name].replace("（可空）", ""))
            self.rows.addRow(heads[name], field)
            if problem is not None:
                self._fill(field, getattr(problem, name))
        self.confirm.setText("登记" if problem is None else "保存")

    @staticmethod
    def _fill(field: QWidget, text: str) -> None:
        if isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        elif isinstance(field, QComboBox):
            field.setCurrentText(text)
        elif isinstance(field, QLineEdit):
            field.setText(text)

    def begin(self) -> None:
        """Put the cursor where typing starts."""
        (self.project if self._problem is None else self.fields["detail"]).setFocus()

    def show_project(self, text: str) -> None:
        """Put a project in."""
        self.project.setCurrentText(text)

    def take(self) -> None:
        values: dict[str, object] = {}
        for name, field in self.fields.items():
            if isinstance(field, QPlainTextEdit):
                values[name] = field.toPlainText().strip()
            elif isinstance(field, QComboBox):
                values[name] = field.currentText().strip()
            else:
                values[name] = field.text().strip()
        if self._problem is None:
            text = self.project.currentText().strip()
            key = self._ids.get(text) or next((k for t, k in self._ids.items() if text and text in t), None)
            if key is None:
                raise HydeskError("请从名单里选项目，可输入名称或编号的一部分")
            values["project_id"] = key
        self.entered.emit(values)
