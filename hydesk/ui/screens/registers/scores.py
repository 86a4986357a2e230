"""考核: units scored by rules that are data; a trial run says who would move; each score down to its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.assessment import AssessmentRule, Scored
from hydesk.domain.measures.words import moved_words
from hydesk.domain.people import Right
from hydesk.domain.register_words import plain_number, score_words
from hydesk.domain.shipped_registers import APPEALS
from hydesk.services.mechanisms.assess_units import MEASURES, assess_units, assessment_rules
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import mean
from hydesk.ui.kit.words import UNIT
from hydesk.ui.screens.registers.acts import print_button
from hydesk.ui.screens.registers.fixed import FixedPage, on_panel
from hydesk.ui.screens.registers.score_rules import RuleEditor


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A unit's score, and the place it has by the rules in force where this is a trial."""

    scored: Scored
    before: int | None = None

    @property
    def moved(self) -> str:
        """↑2, ↓1, — against the rules in force."""
        if self.before is None or self.scored.place is None:
            return "—"
        return moved_words(self.before - self.scored.place)


class ScoresPage(FixedPage):
    """The rules stand above the scores while they are edited."""

    TITLE = "县市区考核"
    SCOPED = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rules: tuple[AssessmentRule, ...] = ()
        self.rows: list[ScoreRow] = []
        self.table: Listing[ScoreRow] = Listing([], desk.theme, "考核得分", key=lambda r: r.scored.unit)
        self.editor = RuleEditor(desk, MEASURES)
        for made in (button("申诉", lambda: self.register_wanted.emit(APPEALS)), button("规则", self.start_rules),
                     print_button(self.acts, "打印", lambda: self.paper("县市区考核"), lambda: f"重点项目建设考核（{desk.period.label}）"),
                     print_button(self.acts, "加分事项", lambda: self.paper("考核加分事项"), lambda: f"考核加分事项（{desk.period.label}）"),
                     button("看依据", self.explain, kind="primary", tip="Enter")):
            self.head.put(made)
        self.body.addWidget(self.editor, 2)
        self.body.addWidget(self.editor.error)
        self.card(self.table, stretch=3)
        self.follow_copies(self.table)
        self.table.opened.connect(self.explain)
        self.editor.tried.connect(self.try_rules)
        self.editor.kept.connect(self.save)
        self.editor.left.connect(self.reload)

    def reader(self) -> Callable[[], tuple[tuple[AssessmentRule, ...], list[ScoreRow]]]:
        ledger, period, scope = self.desk.ledger, self.desk.period, self.wanted

        def read() -> tuple[tuple[AssessmentRule, ...], list[ScoreRow]]:
            return assessment_rules(ledger), [ScoreRow(s) for s in assess_units(ledger, period, scope=scope)]

        return read

    def show_read(self, result: Any) -> None:
        self.rules, rows = result
        full = sum((r.points for r in self.rules), Decimal(0))
        self.count.say(f"{self.desk.period.label}　{len(self.rules)} 条规则，满分 {plain_number(full)}")
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
        widgets: list[QWidget] = [label(f"第 {s.place} 名，{plain_number(s.total)} 分" if s.place else "没有数据，不评分", "heading")]
        if s.raised:
            widgets.append(label(s.raised, "quiet"))
        for x in s.lines:
            widgets.append(label(f"{x.rule.title}　{plain_number(x.points)} / {plain_number(x.rule.points)}　{x.rule.way.label}", "small"))
            widgets.append(label(x.reason, "", wrap=True))
        if s.adjustment:
            widgets.append(label(s.adjustment, "", wrap=True))
        for widget in widgets:
            mean(widget, "score")
        on_panel(self.panel, s.unit, widgets)

    # The rules --------------------------------------------------------------------------------------------

    def start_rules(self) -> None:
        """Edit the rules in force; 试算 shows what they would do, 保存 makes them so."""
        self.panel.hide()
        self.editor.begin(self.rules)

    def try_rules(self, rules: list[AssessmentRule]) -> None:
        """Score by the rules as edited, without keeping them."""
        ledger, period, scope = self.desk.ledger, self.desk.period, self.wanted

        def work() -> list[ScoreRow]:
            places = {s.unit: s.place for s in assess_units(ledger, period, scope=scope)}
            return [ScoreRow(s, places.get(s.unit)) for s in assess_units(ledger, period, rules, scope=scope)]

        def done(rows: list[ScoreRow]) -> None:
            self._show(rows, trial=True)
            moved = sum(r.moved != "—" for r in rows)
            self.desk.notice(f"试算：{moved} 个单位名次会变，还没有保存")

        self.acts.read("试算", work, done)

    def save(self, rules: list[AssessmentRule]) -> None:
        """Assess by these rules from now on."""
        from hydesk.services.mechanisms.assess_units import set_assessment_rules

        ledger = self.desk.ledger
        self.acts.write("修改考核规则", lambda: set_assessment_rules(ledger, rules), lambda _r: "已修改考核规则",
                        done=lambda _r: self.editor.hide(), failed=self.editor.say, right=Right.RULES)


def _columns(rules: Sequence[AssessmentRule], *, trial: bool) -> list[ListColumn[ScoreRow]]:
    made: list[ListColumn[ScoreRow]] = [ListColumn("名次", lambda r: str(r.scored.place), 52, lambda r: r.scored.place, right=True),
            ListColumn(UNIT, lambda r: r.scored.unit, 98, stretch=True)]
    if trial:
        made.append(ListColumn("比现行", lambda r: r.moved, 80))
    for i, rule in enumerate(rules):
        made.append(ListColumn(f"{rule.title}（分）", _points(i), 13 * (len(rule.title) + 3) + 24,
                               _exact(i), right=True, tip=_reason(i), measure="score"))
    made += [ListColumn("申诉", lambda r: score_words(r.scored.adjusted) if r.scored.adjusted else "—", 56, right=True, measure="score"),
             ListColumn("总分", lambda r: score_words(r.scored.total), 70, lambda r: r.scored.total, right=True,
                        bold=lambda _r: True, measure="score")]
    return made


def _points(i: int) -> Callable[[ScoreRow], str]:
    return lambda r: score_words(r.scored.lines[i].points)


def _exact(i: int) -> Callable[[ScoreRow], Any]:
    return lambda r: r.scored.lines[i].points


def _reason(i: int) -> Callable[[ScoreRow], str]:
    return lambda r: f"满分 {plain_number(r.scored.lines[i].rule.points)}　{r.scored.lines[i].reason}"
