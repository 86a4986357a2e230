"""The forms of the panel: a step with one or many problems, and what is said of a problem."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.dates import Precision
from hydesk.domain.errors import HydeskError
from hydesk.domain.problems import LEVELS, ListedProblem, Need, StepKind, StepRule
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.form import PanelForm, choice_box, put_words, words_of
from hydesk.ui.kit.typed_date import TypedDate

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


def exact(field: TypedDate, name: str) -> date | None:
    """The day in ``field``; 9月底 is the month's last. Raises HydeskError where only a year or a quarter is said."""
    value = field.value()
    if value is not None and value.precision in (Precision.YEAR, Precision.QUARTER):
        raise HydeskError(f"{name}要写到日，如 2023-9-30")
    return value.day if value is not None else None


class StepForm(PanelForm):
    """Who, until when, and what is said, as the step needs it; ``entered`` tells a StepEntry."""

    def __init__(self, rule: StepRule, problems: Sequence[ListedProblem], units: Sequence[str], on: date,
                 parent: QWidget | None = None) -> None:
        first = problems[0]
        super().__init__(f"{rule.kind.label}　{first.title}" if len(problems) == 1 else f"{rule.kind.label} {len(problems)} 个问题",
                         rule.kind.label, parent, note=f"由{rule.by}办理，办后为“{rule.to.label}”")
        self._rule, self._problems = rule, tuple(problems)
        self.on = TypedDate("日期", on.year)
        self.on.show_value(on)
        self.ask("on", "日期", self.on)
        self.unit, self.leader = choice_box("责任单位", units), QLineEdit()
        self.due = TypedDate("办结期限", on.year)
        self._first = "words"
        if rule.kind is StepKind.ASSIGN:
            self.ask("unit", "责任单位", self.unit, first.responsible if len({p.responsible for p in problems}) == 1 else "")
            self.ask("leader", "责任领导", self.leader, first.leader if len(problems) == 1 else "")
            self._first = "unit"
        if Need.DEADLINE in rule.needs:
            self._ask_due(on)
        word = "原因" if rule.kind in REASONED else "办理结果" if rule.kind is StepKind.ANSWER else "说明"
        self.words_input = self.long("words", f"{word}{'' if Need.WORDS in rule.needs else '（可空）'}", height=72)

    def _ask_due(self, on: date) -> None:
        both = QWidget()
        stacked = QVBoxLayout(both)
        stacked.setContentsMargins(0, 0, 0, 0)
        stacked.setSpacing(2)
        quick = QHBoxLayout()
        quick.setSpacing(4)
        for days in (7, 15, 30):
            quick.addWidget(button(f"{days}天", lambda d=days: self.due.show_value(on + timedelta(days=d)),  # type: ignore[misc]
                                   kind="link", tip=f"{on + timedelta(days=days)}"))
        quick.addStretch(1)
        stacked.addWidget(self.due)
        stacked.addLayout(quick)
        self.ask("due", "办结期限", both)
        if self._rule.kind is StepKind.EXTEND:
            self._first = "due"

    def begin(self, key: str = "") -> None:
        if (key or self._first) == "due":
            self.due.line.setFocus()
        else:
            super().begin(key or self._first)

    def entry(self) -> StepEntry:
        return StepEntry(
            self._rule.kind, tuple(p.id for p in self._problems), exact(self.on, "日期"), self.unit.currentText(),
            self.leader.text(), exact(self.due, "办结期限"), words_of(self.words_input))


class ProblemForm(PanelForm):
    """A new problem, or what is said of one on the list (then its project stays).

    ``entered`` tells the fields by name; of a new problem also its ``project_id``.
    """

    def __init__(self, problem: ListedProblem | None, projects: Sequence[tuple[int, str]], units: Sequence[str],
                 parent: QWidget | None = None) -> None:
        new = problem is None
        super().__init__("登记问题" if problem is None else f"修改　{problem.title}", "登记" if new else "保存", parent,
                         note="登记后为“待受理”；期限在交办时定。" if new else "")
        self._ids = {text: key for key, text in projects}
        self._problem = problem
        self.project = choice_box("项目", [text for _, text in projects])
        if new:
            self.ask("project", "项目", self.project)
        level = QComboBox()
        level.addItems(LEVELS)
        self.fields: dict[str, QWidget] = {
            "detail": self.long("detail", "困难问题", height=92), "title": self.ask("title", "简称（可空）", QLineEdit()),
            "measures": self.long("measures", "解决措施", height=72),
            "responsible": self.ask("responsible", "责任单位", choice_box("责任单位", units)),
            "leader": self.ask("leader", "责任领导", QLineEdit()), "level": self.ask("level", "级别", level)}
        if problem is None:
            level.setCurrentIndex(0)
        else:
            for name, field in self.fields.items():
                put_words(field, getattr(problem, name))

    def begin(self, key: str = "") -> None:
        super().begin(key or ("project" if self._problem is None else "detail"))

    def show_project(self, text: str) -> None:
        """Put a project in."""
        put_words(self.project, text)

    def entry(self) -> dict[str, object]:
        values: dict[str, object] = {name: words_of(field) for name, field in self.fields.items()}
        if self._problem is None:
            text = self.project.currentText().strip()
            key = self._ids.get(text) or next((k for t, k in self._ids.items() if text and text in t), None)
            if key is None:
                raise HydeskError("请从名单里选项目，可输入名称或编号的一部分")
            values["project_id"] = key
        return values
