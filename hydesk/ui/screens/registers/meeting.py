"""调度会: the agenda on one screen, matters handed out on the spot, today's decisions, the minutes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hydesk.domain.people import Right
from hydesk.domain.shipped_registers import MEETING
from hydesk.services.mechanisms.meeting_agenda import PROPOSED, choose_agenda, chosen_agenda, propose_agenda
from hydesk.services.mechanisms.meeting_lines import (
    KINDS,
    Meeting,
    MeetingDecision,
    MeetingLine,
    read_meeting,
)
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import FilterChip, button, label
from hydesk.ui.kit.empty_word import EmptyWord
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.list_frame import tab_row
from hydesk.ui.kit.listing import Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.requests import OpenProject, ShowProblem
from hydesk.ui.screens.registers.acts import print_button
from hydesk.ui.screens.registers.assign_form import AssignForm
from hydesk.ui.screens.registers.fixed import FixedPage
from hydesk.ui.screens.registers.meeting_columns import decision_columns, line_columns
from hydesk.ui.screens.registers.projection import Projection
from hydesk.ui.screens.registers.what_if import what_if_button

CHOSEN, OFFERED = range(2)
"""The tabs: what the meeting is to talk about, and what it could."""


class MeetingPage(FixedPage):
    """Enter hands the line out; F11 shows it large for the meeting room."""

    TITLE = "调度会"
    SCOPED = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.meeting: Meeting | None = None
        self.wall: Projection | None = None
        self._from_wall = False
        """Whether what is being handed out was asked for on the wall, which then comes back."""
        self.chosen: frozenset[str] = frozenset()
        """What the meeting is to talk about, by ``MeetingLine.lasting``."""
        self.tabs = tab_row(("上会", "备选"), "上会的和备选的事项")
        self.kinds = FilterChip("事项")
        self.choose_button = button("上会", self.choose_selected, tip="空格")
        self.propose_button = button("", self.propose, tip="每类里最要紧的轮流取")
        self.lines = Listing(line_columns(desk.theme), desk.theme, "调度会议程", key=lambda x: x.key)
        self.decided = Listing(decision_columns(), desk.theme, "本次会议议定事项", key=lambda d: d.record_id)
        self.decided_word = label("", "heading")
        self.assign_button = button("交办", self.start_assign, kind="primary", tip="Enter")
        self.nothing = EmptyWord(self.lines, "")
        EmptyWord(self.decided, "还没有议定事项。" + ("" if desk.looks_only else "在上面选一项，点“交办”。"))
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        desk = self.desk
        self.head.put(button("全屏", self.project, tip="F11"))
        self.head.put(print_button(self.acts, "会议纪要", lambda: self.paper("会议纪要"), lambda: f"调度会会议纪要（{self._day()}）"))
        three = print_button(self.acts, "三张清单", lambda: self.paper("三张清单"), lambda: f"三张清单（{desk.period.label}）")
        menu = three.menu()
        menu.addSeparator()
        offer(desk, Right.RULES, menu.addAction("倒排工期…", self.start_backward))
        self.head.put(three)
        self.head.put(what_if_button(self, self._talked_about))
        self.head.put(self.assign_button)
        row = HeadRow()
        row.put(self.tabs)
        row.put(self.kinds)
        row.spring()
        row.put(self.propose_button)
        row.put(self.choose_button)
        self.body.addLayout(row)
        self.card(self.lines, stretch=3)
        self.body.addWidget(self.decided_word)
        self.card(self.decided)

    def _connect(self) -> None:
        self.follow_copies(self.lines, self.decided)
        self.panel.closed.connect(self._back_to_wall)
        self.tabs.currentChanged.connect(lambda _i: self._narrow())
        self.kinds.chosen.connect(self._narrow)
        self.lines.bind((("Space", self.choose_selected),))
        self.lines.opened.connect(self.start_assign)
        self.decided.opened.connect(self._show_problem)
        self.lines.on_menu(lambda _at: self.start_assign())
        bind(self, (("F11", self.project),))

    def reader(self) -> Callable[[], tuple[Meeting, frozenset[str]]]:
        ledger, period, scope = self.desk.ledger, self.desk.period, self.wanted
        return lambda: (read_meeting(ledger, period, scope), chosen_agenda(ledger, period))

    def show_read(self, result: Any) -> None:
        first = self.meeting is None
        self.meeting, self.chosen = result
        result = self.meeting
        up = sum(x.lasting in self.chosen for x in result.lines)
        self.tabs.setTabText(CHOSEN, f"上会 {up}")
        self.tabs.setTabText(OFFERED, f"备选 {len(result.lines) - up}")
        if first:
            self.tabs.setCurrentIndex(CHOSEN if up else OFFERED)
        self.propose_button.setText(f"按轻重选 {min(PROPOSED, len(result.lines))} 项")
        self.propose_button.setVisible(not up and bool(result.lines))
        self.decided.show_items(result.decisions)
        self.decided_word.setText(f"本次会议（{result.on}）议定 {len(result.decisions)} 项")
        self.count.say(f"{self.desk.period.label}")
        self._narrow()
        if self.wall is not None:
            self.wall.show_meeting(self.shown_lines(), result.decisions)

    def _narrow(self) -> None:
        at = self.tabs.currentIndex()
        self.choose_button.setText("不上会" if at == CHOSEN else "上会")
        self.nothing.say("还没有选上会的事项。在“备选”里选中，按空格或点“上会”。" if at == CHOSEN else
                         "这里没有要调度的事项。滞后项目、逾期节点、逾期和待交办的问题、承诺风险会自己排到这里。")
        offered = self._offered()
        self.kinds.offer({k: sum(x.kind == k for x in offered) for k in KINDS}, list(KINDS))
        self.lines.show_items(self.shown_lines())
        if not self.lines.currentIndex().isValid() and self.lines.list.rowCount():
            self.lines.selectRow(0)

    def shown_lines(self) -> list[MeetingLine]:
        """The lines of the tab in front, of the kinds asked for."""
        return [x for x in self._offered() if not self.kinds.values or x.kind in self.kinds.values]

    def _offered(self) -> list[MeetingLine]:
        if self.meeting is None:
            return []
        up = self.tabs.currentIndex() == CHOSEN
        return [x for x in self.meeting.lines if (x.lasting in self.chosen) is up]

    def choose_selected(self) -> None:
        """Space: what is selected is taken on the agenda, or off it again."""
        picked = {x.lasting for x in self.lines.selected()}
        if picked:
            self._choose(self.chosen - picked if self.tabs.currentIndex() == CHOSEN else self.chosen | picked)

    def propose(self) -> None:
        """按轻重选: the matters that weigh most."""
        if self.meeting is not None:
            self._choose(frozenset(x.lasting for x in propose_agenda(self.meeting.lines)))
            self.tabs.setCurrentIndex(CHOSEN)

    def _choose(self, keys: frozenset[str]) -> None:
        ledger, period = self.desk.ledger, self.desk.period
        self.acts.write("调度会议程", lambda: choose_agenda(ledger, period, keys), lambda _r: f"上会 {len(keys)} 项")

    def _day(self) -> str:
        return str(self.meeting.on) if self.meeting is not None else ""

    def _talked_about(self) -> tuple[str, int | None]:
        """The unit and project of the line selected; of none, the whole."""
        chosen: list[MeetingLine] = self.lines.selected()
        return (chosen[0].unit, chosen[0].project_id) if chosen else ("", None)

    # Acts -------------------------------------------------------------------------------------------------

    def start_assign(self) -> None:
        """The form for the line selected."""
        chosen: list[MeetingLine] = self.lines.selected()
        if not chosen or self.meeting is None:
            return
        line = chosen[0]
        form = AssignForm(line, self.meeting.units, self.meeting.on)
        form.entered.connect(lambda words: self._assign(form, line, words))
        self.panel.show_form(form)
        form.begin("unit" if not line.responsible else "due")

    def _assign(self, form: AssignForm, line: MeetingLine, words: dict[str, str]) -> None:
        from hydesk.services.mechanisms.hold_meeting import DecisionDraft, decide

        due = form.due()
        assert due is not None
        assert self.meeting is not None
        ledger, on = self.desk.ledger, self.meeting.on
        decision = DecisionDraft(line.project_id, words["matter"], words["unit"], due, line.problem_id, words["words"])

        def done(_key: int) -> None:
            self.panel.form = None
            self.panel.hide()
            self.lines.setFocus()
            self._back_to_wall()

        self.acts.write("调度会交办", lambda: decide(ledger, decision, on), lambda _k: f"已交办{words['unit']}，{due} 前办结",
                        done=done, failed=form.say_wrong)

    def start_backward(self) -> None:
        """倒排工期: the steps by which deadlines are reckoned back."""
        from hydesk.services.milestones.backward_steps import backward_steps

        ledger = self.desk.ledger
        self.acts.read("读取倒排工期", lambda: backward_steps(ledger), self._ask_backward)

    def _ask_backward(self, steps: Any) -> None:
        from hydesk.services.milestones.backward_steps import set_backward_steps
        from hydesk.ui.screens.registers.backward import BackwardForm

        form, ledger = BackwardForm(steps), self.desk.ledger

        def done(_r: object) -> None:
            self.panel.form = None
            self.panel.hide()
            self.lines.setFocus()

        def enter(_words: object) -> None:
            steps = form.steps()
            self.acts.write("修改倒排工期", lambda: set_backward_steps(ledger, steps), lambda _r: "已修改倒排工期，三张清单按它排",
                            done=done, failed=form.say_wrong, right=Right.RULES)

        form.entered.connect(enter)
        self.panel.show_form(form)
        form.begin()

    def _show_problem(self) -> None:
        chosen: list[MeetingDecision] = self.decided.selected()
        if chosen and not chosen[0].problem.isdigit():  # a unit's own matter stands in the meetings' register
            self.register_wanted.emit(MEETING)
        elif chosen:
            self.desk.go_to("problems", ShowProblem(int(chosen[0].problem)))

    def open_project(self) -> None:
        """The page of the selected line's project."""
        chosen: list[MeetingLine] = self.lines.selected()
        if chosen and chosen[0].project_id is not None:
            self.desk.go_to("project", OpenProject(chosen[0].project_id))

    def project(self) -> None:
        """F11: the agenda in large type on the whole screen; Enter there goes to 交办, Esc leaves."""
        if self.meeting is None:
            return
        wall = self.wall = Projection(self.desk, self)
        wall.show_meeting(self.shown_lines(), self.meeting.decisions)
        wall.go_to(max(0, self.lines.currentIndex().row()))
        wall.left.connect(self._unproject)
        wall.showFullScreen()
        wall.activateWindow()

    def _unproject(self, key: object, assign: bool) -> None:
        self.wall = None
        self.window().activateWindow()  # no window manager promises to come back to the one that opened the wall
        if key is not None:
            self.lines.select([key], key)
        self.lines.setFocus()
        if assign:
            self.start_assign()
            self._from_wall = self.panel.form is not None

    def _back_to_wall(self) -> None:
        """After 交办, or when it was left, the wall shows the same matter again."""
        if self._from_wall:
            self._from_wall = False
            self.project()
