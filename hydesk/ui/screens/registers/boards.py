"""红黄榜: whom the rule would name, chosen and made public; who is cured leaves; the rule itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLineEdit

from hydesk.dataclass import dataclass
from hydesk.domain.money import format_percent, rate
from hydesk.domain.people import Right
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import RED_YELLOW
from hydesk.services.mechanisms.red_yellow import (
    BOARD_PARTS,
    SERIOUS_ONLY,
    BoardRule,
    Cured,
    ProposedNaming,
    adopt,
    board_rule,
    cured,
    let_leave,
    propose,
)
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.empty_word import EmptyWord
from hydesk.ui.kit.form import PanelForm
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import mean
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.words import UNIT
from hydesk.ui.screens.registers.acts import print_button
from hydesk.ui.screens.registers.fixed import FixedPage
from hydesk.ui.screens.registers.scale import number
from hydesk.ui.style import Theme


@dataclass(frozen=True, slots=True)
class Boards:
    """What the page shows."""

    proposals: tuple[ProposedNaming, ...]
    cured: tuple[Cured, ...]
    rule: BoardRule
    scope: Scope = WHOLE


class BoardsPage(FixedPage):
    """Above the proposals of the month, all chosen at first; below those that may leave the 黄榜."""

    TITLE = "红黄榜建议"
    SCOPED = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.held: Boards | None = None
        self.proposed = Listing(_columns(desk.theme), desk.theme, "建议上榜的项目", key=lambda p: (p.board, p.project.code))
        self.leaving = Listing(_cured_columns(), desk.theme, "可以出榜的项目", key=lambda c: c.record_id)
        self.said, self.cured_word = label("", "quiet", wrap=True), label("", "heading")
        self.publish_button = button("公布选中", self.publish, kind="primary", tip="把选中的项目列入本期红黄榜（Enter）")
        self.leave_button = button("出榜", self.leave_board, tip="整改到位的项目出榜")
        self.rule_button = button("规则", self.start_rule)
        offer(desk, Right.RULES, self.rule_button)
        for made in (button("已公布的榜", lambda: self.register_wanted.emit(RED_YELLOW)), self.rule_button,
                     print_button(self.acts, "打印", lambda: self.paper("红黄榜"), lambda: f"红黄榜（{desk.period.label}）"), self.publish_button):
            self.head.put(made)
        self.body.addWidget(self.said)
        self.card(self.proposed, stretch=3)
        self.body.addWidget(self.cured_word)
        self.card(self.leaving)
        EmptyWord(self.proposed, "本期没有够条件上榜的项目。收报入库以后，这里按规则提名；门槛和个数在“规则”里改。")
        EmptyWord(self.leaving, "黄榜上还没有整改到位的项目。")
        self.body.addWidget(self.leave_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.follow_copies(self.proposed, self.leaving)
        self.proposed.opened.connect(self.publish)
        self.leaving.opened.connect(self.leave_board)
        self.proposed.chosen.connect(self._say)

    def reader(self) -> Callable[[], Boards]:
        ledger, period, scope = self.desk.ledger, self.desk.period, self.wanted

        def read() -> Boards:
            rule = board_rule(ledger)
            return Boards(propose(ledger, period, rule, scope), cured(ledger, period, scope), rule, scope)

        return read

    def show_read(self, result: Any) -> None:
        fresh = self.held is None or self.held.scope != result.scope
        self.held = result
        self.count.say(f"{self.desk.period.label}　建议 {len(result.proposals)} 个")
        mean(self.said, "annual_plan")
        self.said.setText(f"规则：{result.rule.words}。")
        self.proposed.show_items(result.proposals)
        self.leaving.show_items(result.cured)
        self.cured_word.setText(f"整改到位、可以出榜 {len(result.cured)} 个")
        self.leave_button.setEnabled(bool(result.cured))
        if fresh:
            self.proposed.selectAll()
        self._say()

    def _say(self) -> None:
        count = len(self.proposed.selected_keys())
        self.publish_button.setText(f"公布选中（{count}）" if count else "公布选中")
        self.publish_button.setEnabled(count > 0)

    def publish(self) -> None:
        """Put the selected projects on the boards of the month."""
        chosen = self.proposed.selected()
        ledger, period = self.desk.ledger, self.desk.period
        if chosen:
            self.acts.write("公布红黄榜", lambda: adopt(ledger, period, chosen),
                            lambda n: f"已公布 {n} 个项目" + (f"，{len(chosen) - n} 个本期已在榜" if n < len(chosen) else ""))

    def leave_board(self) -> None:
        """Take the selected, or all, cured projects off the 黄榜."""
        keys = self.leaving.selected_keys() or [c.record_id for c in self.leaving.list.items]
        ledger, period = self.desk.ledger, self.desk.period
        if keys:
            self.acts.write("出榜", lambda: let_leave(ledger, period, keys), lambda _r: f"{len(keys)} 个项目已出榜")

    def start_rule(self) -> None:
        """How many are named, and from what plan on."""
        if self.held is None:
            return
        r = self.held.rule
        form = PanelForm("红黄榜规则")
        for part, word in BOARD_PARTS.items():
            form.ask(part, word, QLineEdit(), str(r.least_plan // 10_000 if part == "least_plan" else getattr(r, part)))
        serious = QCheckBox(SERIOUS_ONLY)
        serious.setChecked(r.serious_only)
        form.rows.addWidget(serious)
        form.entered.connect(lambda words: self._set_rule(form, words, serious.isChecked()))
        self.panel.show_form(form)
        form.begin()

    def _set_rule(self, form: PanelForm, words: dict[str, str], serious: bool) -> None:
        from hydesk.services.mechanisms.red_yellow import set_board_rule

        read = {k: number(t) for k, t in words.items()}
        wrong = [k for k, v in read.items() if v is None]
        if wrong:
            form.say_wrong("请填数字")
            form.begin(wrong[0])
            return
        n = {k: v for k, v in read.items() if v is not None}
        if broken := next((k for k in ("red", "yellow") if n[k] % 1), None):
            form.say_wrong("红榜、黄榜个数应是整数")
            form.begin(broken)
            return
        rule = BoardRule(int(n["red"]), int(n["yellow"]), int(n["least_plan"] * 10_000), serious, n["red_points"], n["yellow_points"])
        ledger = self.desk.ledger
        self.acts.write("修改红黄榜规则", lambda: set_board_rule(ledger, rule), lambda _r: "已修改红黄榜规则",
                        done=lambda _r: self.panel.hide(), failed=form.say_wrong, right=Right.RULES)


def _percent(project: Any) -> str:
    return format_percent(rate(project.year_investment, project.annual_plan))


def _columns(theme: Theme) -> list[ListColumn[ProposedNaming]]:
    def color(p: ProposedNaming) -> QColor:
        return theme.palette.of_meaning(p.lamp.meaning)

    return [
        ListColumn("榜别", lambda p: p.board, 116),
        ListColumn("进度", lambda p: f"{p.lamp.meaning.mark} {p.lamp.meaning.label}", 104, color=color),
        ListColumn("项目", lambda p: p.project.name, 200, stretch=True),
        ListColumn(UNIT, lambda p: p.project.unit, 98),
        ListColumn("完成率", lambda p: _percent(p.project), 84,
                   lambda p: rate(p.project.year_investment, p.project.annual_plan), right=True, measure="completion"),
        ListColumn("原因", lambda p: p.reason, 220, stretch=True, measure="meaning"),
        ListColumn("计分", lambda p: f"{p.points:+f}", 60, lambda p: p.points, right=True, measure="score"),
    ]


def _cured_columns() -> list[ListColumn[Cured]]:
    return [
        ListColumn("项目", lambda c: c.project.name, 200, stretch=True),
        ListColumn(UNIT, lambda c: c.project.unit, 98),
        ListColumn("上榜期次", lambda c: c.since, 90),
        ListColumn("完成率", lambda c: _percent(c.project), 84, right=True, measure="completion"),
        ListColumn("现在", lambda c: c.reason, 220, stretch=True, measure="meaning"),
    ]


