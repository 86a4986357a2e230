"""考核: units scored by rules that are data; a trial run says who would move; each score down to its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from hydesk.domain.assessment import Scored, ScoreRule, ScoreWay
from hydesk.domain.register_words import plain_number
from hydesk.services.assess_units import MEASURES, assess_units, assessment_rules
from hydesk.ui.desk import Desk
from hydesk.ui.screens.registers.acts import print_button
from hydesk.ui.screens.registers.fixed import FixedPage, on_panel
from hydesk.ui.screens.registers.scale import number
from hydesk.ui.widgets.basic import button, label
from hydesk.ui.widgets.listing import ListColumn, Listing

_PARTS = (("points", "满分"), ("step", "每名/每次"), ("full", "达标值"), ("least", "最低分"))


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A unit's score, and the place it has by the rules in force where this is a trial."""

    scored: Scored
    before: int | None = None

    @property
    def moved(self) -> str:
        """▲2, ▼1, — against the rules in force."""
        by = (self.before or self.scored.place) - self.scored.place
        return f"▲{by}" if by > 0 else f"▼{-by}" if by < 0 else "—"


class RuleLine:
    """The inputs of one rule."""

    def __init__(self, rule: ScoreRule, page: ScoresPage) -> None:
        self.held = rule
        self.title, self.measure, self.way = QLineEdit(rule.title), QComboBox(), QComboBox()
        self.title.setAccessibleName("规则名称")
        self.title.setMinimumWidth(130)
        self.measure.addItems(list(MEASURES.values()))
        self.measure.setCurrentIndex(list(MEASURES).index(rule.measure))
        self.measure.setAccessibleName("考核指标")
        self.way.addItems([w.label for w in ScoreWay])
        self.way.setCurrentIndex(list(ScoreWay).index(rule.way))
        self.way.setAccessibleName("计分办法")
        self.numbers = {key: QLineEdit(f"{getattr(rule, key).normalize():f}") for key, _ in _PARTS}
        for key, word in _PARTS:
            self.numbers[key].setAccessibleName(word)
            self.numbers[key].setMaximumWidth(70)
        self.gone = button("删去", lambda: page.drop(self), kind="link")

    def widgets(self) -> list[QWidget]:
        """In the order of the columns."""
        return [self.title, self.measure, self.way, *self.numbers.values(), self.gone]

    def rule(self) -> ScoreRule | str:
        """The rule as it stands in the inputs, or what is wrong with it."""
        read = {key: number(line.text()) for key, line in self.numbers.items()}
        for key, word in _PARTS:
            if read[key] is None:
                return f"“{self.title.text()}”的{word}应是数字"
        n = {k: v for k, v in read.items() if v is not None}
        return ScoreRule(self.held.key, self.title.text().strip(), list(MEASURES)[self.measure.currentIndex()],
                         list(ScoreWay)[self.way.currentIndex()], n["points"], n["step"], n["full"], n["least"])


class ScoresPage(FixedPage):
    """The rules stand above the scores while they are edited."""

    TITLE = "考核"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rules: tuple[ScoreRule, ...] = ()
        self.lines: list[RuleLine] = []
        self.rows: list[ScoreRow] = []
        self.error = label("", "error", wrap=True)
        self.table = Listing([], lambda r: r.scored.unit, desk.theme, "考核得分")
        self.editor = QScrollArea()
        self.editor.setWidgetResizable(True)
        self.editor.hide()
        for made in (button("申诉", lambda: self.register_wanted.emit("appeals")), button("规则", self.start_rules),
                     print_button(self.acts, "打印", self._paper, lambda: f"重点项目建设考核（{desk.period.label}）"),
                     button("看依据", self.explain, kind="primary", tip="Enter")):
            self.head.addWidget(made)
        self.body.addWidget(self.editor, 2)
        self.body.addWidget(self.error)
        self.card(self.table, stretch=3)
        self.error.hide()
        self.follow_copies(self.table)
        self.table.opened.connect(self.explain)

    def reader(self) -> Callable[[], tuple[tuple[ScoreRule, ...], list[ScoreRow]]]:
        ledger, period = self.desk.ledger, self.desk.period

        def read() -> tuple[tuple[ScoreRule, ...], list[ScoreRow]]:
            return assessment_rules(ledger), [ScoreRow(s) for s in assess_units(ledger, period)]

        return read

    def show_read(self, result: Any) -> None:
        self.rules, rows = result
        full = sum((r.points for r in self.rules), Decimal(0))
        self.count.setText(f"{self.desk.period.label}　{len(self.rules)} 条规则，满分 {plain_number(full)}")
        self._show(rows)

    def _show(self, rows: Sequence[ScoreRow], *, trial: bool = False) -> None:
        self.rows = list(rows)
        rules = [x.rule for x in rows[0].scored.lines] if rows else []
        self.table.list.show_items([])
        self.table.show_columns(_columns(rules, trial=trial))
        self.table.show_items(rows)

    def explain(self) -> None:
        """Enter: every line of the selected unit's score, with the figures it comes from."""
        chosen: list[ScoreRow] = self.table.selected() or self.rows[:1]
        if not chosen:
            return
        s = chosen[0].scored
        widgets: list[QWidget] = [label(f"第 {s.place} 名，{plain_number(s.total)} 分", "heading")]
        for x in s.lines:
            widgets.append(label(f"{x.rule.title}　{plain_number(x.points)} / {plain_number(x.rule.points)}　{x.rule.way.label}", "small"))
            widgets.append(label(x.reason, "", wrap=True))
        if s.adjustment:
            widgets.append(label(s.adjustment, "", wrap=True))
        on_panel(self.panel, s.unit, widgets)

    def _paper(self) -> Callable[[], object]:
        ledger, period = self.desk.ledger, self.desk.period

        def make() -> object:
            from hydesk.services.print_plans import assessment_notice

            return assessment_notice(ledger, period)

        return make

    # The rules --------------------------------------------------------------------------------------------

    def start_rules(self) -> None:
        """Edit the rules in force; 试算 shows what they would do, 保存 makes them so."""
        self.lines = [RuleLine(r, self) for r in self.rules]
        self._draw()
        self.panel.hide()
        self.editor.show()

    def _draw(self) -> None:
        for line in self.lines:  # the inputs outlive the body that is replaced
            for widget in line.widgets():
                widget.setParent(None)
        body = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        for column, word in enumerate(("规则", "指标", "计分办法", *(w for _, w in _PARTS))):
            grid.addWidget(label(word, "quiet"), 0, column)
        for row, line in enumerate(self.lines, 1):
            for column, widget in enumerate(line.widgets()):
                grid.addWidget(widget, row, column)
                widget.show()
        buttons = QGridLayout()
        for column, made in enumerate((button("＋ 添加规则", self.add), button("试算", self.try_rules), button("保存", self.save, kind="primary"),
                                       button("取消", self.leave))):
            buttons.addWidget(made, 0, column)
        buttons.setColumnStretch(4, 1)
        layout = QVBoxLayout(body)
        layout.addLayout(grid)
        layout.addLayout(buttons)
        layout.addStretch(1)
        self.editor.setWidget(body)

    def add(self) -> None:
        """A new rule at the end."""
        number_of = max((int(r.held.key[1:]) for r in self.lines if r.held.key[1:].isdigit()), default=0) + 1
        self.lines.append(RuleLine(replace(self.rules[0], key=f"r{number_of}", title=""), self))
        self._draw()
        self.lines[-1].title.setFocus()

    def drop(self, line: RuleLine) -> None:
        """Take a rule off."""
        self.lines.remove(line)
        for widget in line.widgets():
            widget.setParent(None)
            widget.deleteLater()
        self._draw()

    def read_rules(self) -> list[ScoreRule]:
        """The rules in the inputs; empty, with the sentence shown, where one is wrong."""
        read = [line.rule() for line in self.lines]
        wrong = next((r for r in read if isinstance(r, str)), "")
        self._say(wrong)
        return [] if wrong else [r for r in read if isinstance(r, ScoreRule)]

    def try_rules(self) -> None:
        """Score by the rules as edited, without keeping them."""
        rules = self.read_rules()
        if not rules:
            return
        ledger, period = self.desk.ledger, self.desk.period

        def work() -> list[ScoreRow]:
            places = {s.unit: s.place for s in assess_units(ledger, period)}
            return [ScoreRow(s, places.get(s.unit)) for s in assess_units(ledger, period, rules)]

        def done(rows: list[ScoreRow]) -> None:
            self._show(rows, trial=True)
            moved = sum(r.moved != "—" for r in rows)
            self.desk.notice(f"试算：{moved} 个单位名次会变，还没有保存")

        self.acts.read("试算", work, done)

    def save(self) -> None:
        """Assess by these rules from now on."""
        from hydesk.services.assess_units import set_assessment_rules

        rules = self.read_rules()
        if rules:
            ledger = self.desk.ledger
            self.acts.write("修改考核规则", lambda: set_assessment_rules(ledger, rules), lambda _r: "已修改考核规则",
                            done=lambda _r: self.editor.hide(), failed=self._say)

    def leave(self) -> None:
        """Back to the rules in force."""
        self.editor.hide()
        self._say("")
        self.reload()

    def _say(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))


def _columns(rules: Sequence[ScoreRule], *, trial: bool) -> list[ListColumn]:
    made = [ListColumn("place", "名次", lambda r: str(r.scored.place), 64, lambda r: r.scored.place, right=True),
            ListColumn("unit", "单位", lambda r: r.scored.unit, 120, stretch=True)]
    if trial:
        made.append(ListColumn("moved", "比现行", lambda r: r.moved, 80))
    for i, rule in enumerate(rules):
        made.append(ListColumn(f"rule{i}", f"{rule.title}（{plain_number(rule.points)}）", _points(i), 16 * len(rule.title) + 60,
                               _exact(i), right=True, tip=_reason(i)))
    made += [ListColumn("adjusted", "申诉", lambda r: plain_number(r.scored.adjusted) if r.scored.adjusted else "—", 64, right=True),
             ListColumn("total", "总分", lambda r: plain_number(r.scored.total), 80, lambda r: r.scored.total, right=True,
                        bold=lambda _r: True)]
    return made


def _points(i: int) -> Callable[[ScoreRow], str]:
    return lambda r: plain_number(r.scored.lines[i].points)


def _exact(i: int) -> Callable[[ScoreRow], Any]:
    return lambda r: r.scored.lines[i].points


def _reason(i: int) -> Callable[[ScoreRow], str]:
    return lambda r: str(r.scored.lines[i].reason)
