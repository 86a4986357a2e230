"""省对市评价: the city's own evaluation by the province's rules, each line down to its figures and to the units."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from hydesk.domain.assessment import AssessmentRule, ScoreLine, ScoreWay
from hydesk.domain.people import Right
from hydesk.domain.register_words import plain_number, score_words
from hydesk.domain.shipped_registers import CITY_APPEALS
from hydesk.services.mechanisms.assess_city import CITY_MEASURES, SCOPE, CityScore, assess_city, city_rules
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import button, label
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import mean
from hydesk.ui.screens.registers.acts import print_button
from hydesk.ui.screens.registers.fixed import FixedPage, on_panel
from hydesk.ui.screens.registers.score_rules import RuleEditor

_WAYS = tuple(w for w in ScoreWay if w is not ScoreWay.RANK)


class CityScoresPage(FixedPage):
    """A line for each rule; Enter shows which units the figure comes from, those that cost points first."""

    TITLE = "省对市评价"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rules: tuple[AssessmentRule, ...] = ()
        self.score: CityScore | None = None
        self.editor = RuleEditor(desk, CITY_MEASURES, _WAYS)
        self.total = label("", "heading", wrap=True)
        self.table = Listing(_COLUMNS, desk.theme, "省对市评价得分", key=lambda x: x.rule.key)
        for made in (button("申诉", lambda: self.register_wanted.emit(CITY_APPEALS)), button("规则", self.start_rules),
                     print_button(self.acts, "打印", self._paper, lambda: f"省对市综合评价（{desk.period.label}）"),
                     button("看依据", self.explain, kind="primary", tip="Enter")):
            self.head.put(made)
        self.body.addWidget(self.editor, 2)
        self.body.addWidget(self.editor.error)
        self.body.addWidget(self.total)
        self.card(self.table, stretch=3)
        self.follow_copies(self.table)
        self.table.opened.connect(self.explain)
        self.editor.tried.connect(self.try_rules)
        self.editor.kept.connect(self.save)
        self.editor.left.connect(self.reload)

    def reader(self) -> Callable[[], tuple[tuple[AssessmentRule, ...], CityScore]]:
        ledger, period = self.desk.ledger, self.desk.period
        return lambda: (city_rules(ledger), assess_city(ledger, period))

    def show_read(self, result: Any) -> None:
        self.rules, score = result
        self.count.say(f"{self.desk.period.label}　按现行 {len(self.rules)} 条规则自评")
        self._show(score)

    def _show(self, score: CityScore, said: str = "") -> None:
        self.score = score
        s = score.scored
        full = s.whole
        more = f"　其中申诉调整 {plain_number(s.adjusted)} 分（{s.adjustment}）" if s.adjusted else ""
        mean(self.total, "score")
        self.total.setText(f"{s.unit}　{plain_number(s.total)} 分 / 满分 {plain_number(full)}（{SCOPE} {score.projects:,} 个）{more}{said}")
        self.table.show_items(s.lines)

    def explain(self) -> None:
        """Enter: what the selected line comes from, unit by unit."""
        chosen: list[ScoreLine] = self.table.selected()
        if self.score is None or not self.score.scored.lines:
            return
        lines = self.score.scored.lines
        line = chosen[0] if chosen else lines[0]
        shares = self.score.shares[[x.rule.key for x in lines].index(line.rule.key)]
        widgets: list[QWidget] = [label(f"{plain_number(line.points)} / {plain_number(line.rule.points)} 分　{line.rule.way.label}", "heading"),
                                  label(line.reason, "", wrap=True)]
        if shares:
            widgets.append(label("各单位（拉低得分的在前）", "quiet"))
        for share in shares:
            widgets += [label(share.unit, "small"), label(share.words, "", wrap=True)]
        for widget in widgets:
            mean(widget, "score")
        on_panel(self.panel, line.rule.title, widgets)

    def _paper(self) -> Callable[[], object]:
        ledger, period = self.desk.ledger, self.desk.period

        def make() -> object:
            from hydesk.services.mechanisms.print_plans import city_notice

            return city_notice(ledger, period)

        return make

    # The rules --------------------------------------------------------------------------------------------

    def start_rules(self) -> None:
        """Edit the rules in force; 试算 shows what they would do, 保存 makes them so."""
        self.panel.hide()
        self.editor.begin(self.rules)

    def try_rules(self, rules: list[AssessmentRule]) -> None:
        """Score by the rules as edited, without keeping them."""
        ledger, period = self.desk.ledger, self.desk.period

        def done(read: tuple[CityScore, CityScore]) -> None:
            by = (read[1].scored.total or Decimal(0)) - (read[0].scored.total or Decimal(0))
            self._show(read[1], f"　试算，比现行{'多' if by >= 0 else '少'} {plain_number(abs(by))} 分，还没有保存")

        self.acts.read("试算", lambda: (assess_city(ledger, period), assess_city(ledger, period, rules)), done)

    def save(self, rules: list[AssessmentRule]) -> None:
        """Evaluate by these rules from now on."""
        from hydesk.services.mechanisms.assess_city import set_city_rules

        ledger = self.desk.ledger
        self.acts.write("修改省对市评价规则", lambda: set_city_rules(ledger, rules), lambda _r: "已修改省对市评价规则",
                        done=lambda _r: self.editor.hide(), failed=self.editor.say, right=Right.RULES)


_COLUMNS: tuple[ListColumn[ScoreLine], ...] = (
    ListColumn("评价事项", lambda x: x.rule.title, 130),
    ListColumn("得分", lambda x: score_words(x.points), 64, lambda x: x.points, right=True, bold=lambda _x: True, measure="score"),
    ListColumn("满分", lambda x: plain_number(x.rule.points), 60, lambda x: x.rule.points, right=True, measure="score"),
    ListColumn("失分", lambda x: score_words(x.lost), 60, lambda x: x.lost, right=True, measure="score"),
    ListColumn("计分办法", lambda x: x.rule.way.label, 96),
    ListColumn("依据", lambda x: x.reason, 320, stretch=True, tip=lambda x: x.reason, measure="score"),
)
