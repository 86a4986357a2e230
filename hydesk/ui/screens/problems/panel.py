"""The panel at the right of the list: one problem with its time line and next steps, or what several have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from hydesk.domain.problems import STEPS, ListedProblem, Seen, StepKind, StepRule, next_steps
from hydesk.services.problems.list_problems import ProblemDetail
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label, set_tone
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.form import PanelForm
from hydesk.ui.kit.side_panel import SidePanel
from hydesk.ui.kit.tab_order import tab_as_laid_out
from hydesk.ui.kit.words import CHANGE, DELETE
from hydesk.ui.requests import ShowProject
from hydesk.ui.screens.problems.columns import ProblemRow, day, seen_text, status_tone


def common_steps(problems: Sequence[ListedProblem]) -> list[StepRule]:
    """The steps that every one of ``problems`` may take, in the order of the first one's."""
    if not problems:
        return []
    sets = [{r.kind for r in next_steps(p.status, p.level)} for p in problems]
    shared = set.intersection(*sets)
    return [r for r in next_steps(problems[0].status, problems[0].level) if r.kind in shared]


class ProblemPanel(SidePanel):
    """Follows the selection; shows a form in place of what is said while one is filled in."""

    step_wanted = Signal(object)
    """A Rule to be taken with the problems shown."""
    edit_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "问题详情", parent)
        self._desk = desk
        self.problems: tuple[ListedProblem, ...] = ()
        self.detail: ProblemDetail | None = None
        self.steps: list[StepRule] = []
        self._seen: Seen | None = None

    def close_body(self) -> None:
        """A form is left by its own signal, the panel put away by whoever hears ``closed``."""
        self.closed.emit()

    def show_rows(self, rows: Sequence[ProblemRow]) -> None:
        """Show what is selected; one problem's time line follows by ``show_detail``."""
        self.problems = tuple(r.problem for r in rows)
        self._seen = rows[0].seen if len(rows) == 1 else None
        self.detail = None
        self.drop_form()

    def show_detail(self, detail: ProblemDetail) -> None:
        """The steps of the one problem shown."""
        if len(self.problems) == 1 and self.problems[0].id == detail.problem.id:
            self.detail = detail
            if self.form is None:
                self._fill()

    def show_form(self, form: PanelForm) -> None:
        """Let ``form`` be filled in."""
        super().show_form(form)
        if self.form is form:
            form.left.disconnect(self.close_body)
            form.left.connect(self.drop_form)

    def drop_form(self) -> None:
        """Back from a form to what is said."""
        self.form = None
        self._fill()

    def _fill(self) -> None:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 8, 4)
        layout.setSpacing(6)
        if len(self.problems) == 1:
            self._fill_one(layout, self.problems[0])
        else:
            self._fill_many(layout)
        layout.addStretch(1)
        self.area.setWidget(body)
        self._offer(common_steps(self.problems))
        tab_as_laid_out(self)

    def _fill_one(self, layout: QVBoxLayout, p: ListedProblem) -> None:
        self.heading.setText(p.title)
        overdue = f"　■ 逾期 {p.days_late} 天" if p.overdue else f"　期限 {day(p.due_on)}" if p.due_on and p.status.open else ""
        state = label(f"{p.status.label}{overdue}")
        font = state.font()
        font.setWeight(QFont.Weight.DemiBold)
        state.setFont(font)
        set_tone(state, status_tone(p))
        layout.addWidget(state)
        layout.addWidget(button(f"{p.project_name}　{p.project_unit}", lambda: self._desk.go_to(
            "ledger", ShowProject(p.project_id)), kind="row", tip="在项目台账中打开"))
        for word, text in (("困难问题", p.detail), ("解决措施", p.measures)):
            layout.addWidget(label(word, "small"))
            layout.addWidget(self._words(text or "（未填）"))
        layout.addWidget(label("责任分工", "small"))
        who = "　".join(w for w in (p.responsible, p.leader, p.level) if w)
        layout.addWidget(self._words(who + (f"　{day(p.due_on)} 前办结" if p.due_on else "")))
        row = in_row(
            button(CHANGE, self.edit_wanted.emit, kind="link", tip="F2"),
            button(DELETE, self.remove_wanted.emit, kind="link", tip="登记错了才删；可撤销"), 1)
        layout.addLayout(row)
        self._fill_follow(layout, p)
        layout.addWidget(label("办理经过", "heading"))
        self._fill_steps(layout)

    def _words(self, text: str) -> QWidget:
        made = label(text, "", wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made

    def _fill_follow(self, layout: QVBoxLayout, p: ListedProblem) -> None:
        """Which return told it, and whether the newest still does."""
        if not p.first_seen:
            return
        layout.addWidget(label("报表反映", "small"))
        seen = f"{p.first_seen} 首次" + (f"，{p.last_seen} 最近" if p.last_seen and p.last_seen != p.first_seen else "")
        layout.addWidget(label(seen + (f"　{seen_text(self._seen)}" if self._seen else "")))
        source = self.detail.source if self.detail else None
        if source is not None:
            where = label(f"{source.file} · {source.sheet} · {source.cell}\n“{source.words}”", "small", wrap=True)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(where)

    def _fill_steps(self, layout: QVBoxLayout) -> None:
        if self.detail is None:
            layout.addWidget(label("正在读取…", "quiet"))
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for i, step in enumerate(reversed(self.detail.steps)):
            mark = label("●" if i == 0 else "○")
            back = step.kind in (StepKind.SEND_BACK, StepKind.ESCALATE)
            set_tone(mark, "lagging" if back else "on_track")
            grid.addWidget(mark, 2 * i, 0)
            grid.addWidget(label(step.kind.label, "heading"), 2 * i, 1)
            grid.addWidget(label(f"{step.on}　{step.actor}", "small"), 2 * i, 2)
            said = step.words + (f"　期限 {step.due_on}" if step.due_on else "")
            if said.strip():
                grid.addWidget(label(said.strip(), "quiet", wrap=True), 2 * i + 1, 1, 1, 2)
        layout.addLayout(grid)

    def _fill_many(self, layout: QVBoxLayout) -> None:
        if not self.problems:
            self.heading.setText("")
            layout.addWidget(label("在左边选一个问题看办理经过；选几个可以一起交办。", "quiet", wrap=True))
            return
        self.heading.setText(f"选了 {len(self.problems)} 个问题")
        counts = Counter(p.status for p in self.problems)
        for status in STEPS:
            if counts[status]:
                layout.addWidget(label(f"{status.label}　{counts[status]} 个"))
        late = sum(p.overdue for p in self.problems)
        if late:
            made = label(f"■ 逾期　{late} 个")
            set_tone(made, "serious")
            layout.addWidget(made)
        if not common_steps(self.problems):
            layout.addWidget(label("它们的状态不同，没有可以一起办的环节。可按状态筛选后再选。", "quiet", wrap=True))

    def _offer(self, steps: list[StepRule]) -> None:
        """Buttons for the next steps, the usual one first; Alt+1 … Alt+9."""
        self.steps = steps
        made = []
        for i, rule in enumerate(steps):
            one = button(rule.kind.label, lambda r=rule: self.step_wanted.emit(r), kind="primary" if i == 0 else "",  # type: ignore[misc]
                         tip=f"Alt+{i + 1}　由{rule.by}办理，办后为“{rule.to.label}”")
            one.setAccessibleName(f"{rule.kind.label}，Alt+{i + 1}")
            made.append(one)
        self.pin(made)

    def take_step(self, number: int) -> None:
        """Alt+``number``: the next step of that place, from 1."""
        if self.form is None and 1 <= number <= len(self.steps):
            self.step_wanted.emit(self.steps[number - 1])
