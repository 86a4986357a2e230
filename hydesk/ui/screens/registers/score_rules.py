"""The rules of an assessment in inputs: edited, tried without being kept, kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from hydesk.domain.assessment import RULE_PARTS, AssessmentRule, ScoreWay
from hydesk.domain.people import Right
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.words import CANCEL, DELETE, SAVE
from hydesk.ui.screens.registers.scale import number

_BLANK = AssessmentRule("r", "", "completion", ScoreWay.RATIO, Decimal(10))


_HIGHEST = 320
"""Pixels that the editor may take of a small screen; more rules scroll."""


class RuleLine:
    """The inputs of one rule."""

    def __init__(self, rule: AssessmentRule, editor: RuleEditor) -> None:
        self.held, self._measures = rule, editor.measures
        self.title, self.measure, self.way = QLineEdit(rule.title), QComboBox(), QComboBox()
        self.title.setAccessibleName("规则名称")
        self.title.setMinimumWidth(130)
        self.measure.addItems(list(self._measures.values()))
        self.measure.setCurrentIndex(list(self._measures).index(rule.measure))
        self.measure.setAccessibleName("考核指标")
        self._ways = editor.ways
        self.way.addItems([w.label for w in self._ways])
        self.way.setCurrentIndex(self._ways.index(rule.way))
        self.way.setAccessibleName("计分办法")
        self.numbers = {key: QLineEdit(f"{getattr(rule, key).normalize():f}") for key, _ in RULE_PARTS.items()}
        for key, word in RULE_PARTS.items():
            self.numbers[key].setAccessibleName(word)
            self.numbers[key].setMaximumWidth(70)
        self.gone = button(DELETE, lambda: editor.drop(self), kind="link")

    def widgets(self) -> list[QWidget]:
        """In the order of the columns."""
        return [self.title, self.measure, self.way, *self.numbers.values(), self.gone]

    def rule(self) -> AssessmentRule | str:
        """The rule as it stands in the inputs, or what is wrong with it."""
        read = {key: number(line.text()) for key, line in self.numbers.items()}
        for key, word in RULE_PARTS.items():
            if read[key] is None:
                return f"“{self.title.text()}”的{word}应是数字"
        n = {k: v for k, v in read.items() if v is not None}
        return AssessmentRule(self.held.key, self.title.text().strip(), list(self._measures)[self.measure.currentIndex()],
                         self._ways[self.way.currentIndex()], n["points"], n["step"], n["full"], n["least"])


class RuleEditor(QScrollArea):
    """Stands above the scores while the rules are edited; Esc leaves it."""

    tried = Signal(object)
    """Score by these rules without keeping them."""
    kept = Signal(object)
    """Assess by these rules from now on."""
    left = Signal()

    def __init__(self, desk: Desk, measures: Mapping[str, str], ways: Sequence[ScoreWay] = tuple(ScoreWay)) -> None:
        super().__init__()
        self._desk = desk
        self.measures, self.ways = dict(measures), list(ways)
        self.lines: list[RuleLine] = []
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.setWidgetResizable(True)
        self.setAccessibleName("规则")
        self.hide()

    def begin(self, rules: Sequence[AssessmentRule]) -> None:
        """Edit ``rules``."""
        self.lines = [RuleLine(r, self) for r in rules]
        self._draw()
        self.show()
        if self.lines:
            self.lines[0].title.setFocus()

    def _draw(self) -> None:
        for line in self.lines:  # the inputs outlive the body that is replaced
            for widget in line.widgets():
                widget.setParent(None)
        body = QWidget()
        layout = QVBoxLayout(body)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        layout.addLayout(grid)  # first: what is shown before it has a parent would be a window of its own
        for column, word in enumerate(("规则", "指标", "计分办法", *(w for _, w in RULE_PARTS.items()))):
            grid.addWidget(label(word, "quiet"), 0, column)
        for row, line in enumerate(self.lines, 1):
            for column, widget in enumerate(line.widgets()):
                grid.addWidget(widget, row, column)
                widget.show()
        buttons = QGridLayout()
        keep = button(SAVE, self.save, kind="primary")
        offer(self._desk, Right.RULES, keep)
        for column, made in enumerate((button("＋ 添加规则", self.add), button("试算", self.try_rules), keep,
                                       button(CANCEL, self.leave))):
            buttons.addWidget(made, 0, column)
        buttons.setColumnStretch(4, 1)
        layout.addLayout(buttons)
        layout.addStretch(1)
        self.setWidget(body)
        self.setMinimumHeight(min(body.sizeHint().height() + 4, _HIGHEST))

    def add(self) -> None:
        """A new rule at the end."""
        number_of = max((int(r.held.key[1:]) for r in self.lines if r.held.key[1:].isdigit()), default=0) + 1
        self.lines.append(RuleLine(replace(self.lines[0].held if self.lines else _BLANK, key=f"r{number_of}", title=""), self))
        self._draw()
        self.lines[-1].title.setFocus()

    def drop(self, line: RuleLine) -> None:
        """Take a rule off."""
        self.lines.remove(line)
        for widget in line.widgets():
            widget.setParent(None)
            widget.deleteLater()
        self._draw()

    def read_rules(self) -> list[AssessmentRule]:
        """The rules in the inputs; empty, with the sentence shown, where one is wrong."""
        read = [line.rule() for line in self.lines]
        wrong = next((r for r in read if isinstance(r, str)), "")
        self.say(wrong)
        return [] if wrong else [r for r in read if isinstance(r, AssessmentRule)]

    def say(self, text: str) -> None:
        """Say what is wrong with the rules."""
        self.error.setText(text)
        self.error.setVisible(bool(text))

    def try_rules(self) -> None:
        """Tell the rules as edited, to be tried."""
        if rules := self.read_rules():
            self.tried.emit(rules)

    def save(self) -> None:
        """Tell the rules as edited, to be kept."""
        if rules := self.read_rules():
            self.kept.emit(rules)

    def leave(self) -> None:
        """Back to the rules in force."""
        self.hide()
        self.say("")
        self.left.emit()
