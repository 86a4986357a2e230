"""核实规则: the rules of doubts, tried over past months while they are edited, then used; and whether trust counts."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QScrollArea, QSpinBox, QWidget

from hydesk.domain.doubts.rules import USUAL, DoubtRules
from hydesk.domain.people import Right
from hydesk.domain.touched import MOVES_FIGURES
from hydesk.services.doubts.doubt_rules import DoubtChange, RulesTrial, set_doubt_rules, trial_doubts
from hydesk.services.mechanisms.score_units import ScoreRule, set_trust_share
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, inset, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.words import UNIT
from hydesk.ui.screens.settings.common import RuleKeeper, table_card, titled_card
from hydesk.ui.screens.settings.doubt_form import DoubtForm

_TRUST = 20
"""Hundredths that are offered first."""
_SCORED = "每个单位全年从100分起，没有说明的重点核实每处扣10分、顺带核实每处扣2分，每月最多扣30分。计入以后，「质量评分」和打印件都写明。"


class DoubtRulesPage(QWidget):
    """The rules at the left; at the right what they would have asked over past months, and what that changes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._keep = RuleKeeper(desk, self)
        self._held: DoubtRules | None = None
        self._share = Decimal(0)
        self.form, self.result = DoubtForm(), label("", "heading", wrap=True)
        self.take_button = button("采用", self.save, kind="primary", tip="从现在起按这套规则列出，可以撤销")
        offer(desk, Right.RULES, self.take_button)
        self.back_button = button("恢复现行", self._show_held, tip="放弃没有采用的改动")
        self.usual_button = button("填入通常的", lambda: self.form.fill(USUAL), kind="link")
        self.counts, self.share = QCheckBox("数据可信度计入报送质量评分，占"), QSpinBox()
        self.table: Listing[DoubtChange] = Listing([
            ListColumn("月份", lambda c: c.month.label, 84, lambda c: c.month.sort_key),
            ListColumn(UNIT, lambda c: c.unit, 104),
            ListColumn("核实什么", lambda c: c.kind.label, 172),
            ListColumn("现行", lambda c: c.words[0], 76), ListColumn("试算", lambda c: c.words[1], 76),
            ListColumn("依据", lambda c: c.message, 0, tip=lambda c: f"{c.message}。"),
        ], desk.theme, "规则改变后有变化的")
        self._later = Delayed(self, self._try, 300)
        left = in_column((self._form(), 1), self._trust(), gap=tokens.GAP)
        in_row((left, 2), (self._outcome(), 3), on=self, gap=tokens.GAP, margins=0)
        self.form.edited.connect(self._edited)
        desk.changes.ledger_changed.connect(self._stale)
        desk.period_changed.connect(self._later.follow)

    def _form(self) -> Card:
        card, inside = titled_card("规则")
        area = QScrollArea()  # on a low screen the form is longer than the card
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        area.setMinimumWidth(self.form.minimumSizeHint().width() + 20)
        inside.addWidget(area, 1)
        row = in_row(self.take_button, self.back_button, 1, self.usual_button, gap=8)
        inside.addLayout(row)
        return card

    def _trust(self) -> Card:
        card, inside = titled_card("数据可信度")
        inset(self.share)
        self.share.setRange(1, 100)
        self.share.setValue(_TRUST)
        self.share.setSuffix(" %")
        self.share.setMinimumSize(76, 28)
        self.share.setAccessibleName("数据可信度占全年得分的百分之几")
        self.share.setEnabled(False)
        row = in_row(self.counts, self.share, 1)
        inside.addLayout(row)
        inside.addWidget(label(_SCORED, "quiet", wrap=True))
        offer(self._desk, Right.RULES, self.counts, self.share, stays=True)
        self.counts.clicked.connect(lambda _on=False: self._choose_share())
        self.share.editingFinished.connect(self._choose_share)
        return card

    def _outcome(self) -> Card:
        card, inside = table_card("试算")
        self.result.setContentsMargins(13, 0, 13, 0)
        inside.addWidget(self.result)
        inside.addWidget(self.table, 1)
        return card

    def _stale(self, what: frozenset[str]) -> None:
        if what & MOVES_FIGURES:
            self._later.start()

    # Showing ----------------------------------------------------------------------------------------------

    def show_rules(self, rules: DoubtRules, scores: ScoreRule) -> None:
        """The rules in force; what is being edited stays where they have not changed."""
        if rules != self._held:
            self._held = rules
            self.form.fill(rules)
        self._share = scores.trust
        self.counts.setChecked(bool(scores.trust))
        self.share.setEnabled(bool(scores.trust))
        if scores.trust:
            self.share.setValue(int(scores.trust))
        self._edited()

    def _show_held(self) -> None:
        if self._held is not None:
            self.form.fill(self._held)

    def _edited(self) -> None:
        changed = self._held is not None and self.form.rules() != self._held
        self.take_button.setEnabled(changed)
        self.back_button.setEnabled(changed)
        self.result.setText("正在试算…")
        self._later.start()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._later.start()

    def _try(self) -> None:
        if not self.isVisible():
            return
        ledger, period, rules = self._desk.ledger, self._desk.period, self.form.rules()
        self._desk.jobs.start("试算", lambda _p: trial_doubts(ledger, rules, period), self, done=self._show_trial, quiet=True)

    def _show_trial(self, trial: RulesTrial) -> None:
        if trial.rules != self.form.rules():
            return
        self.result.setText(f"{trial.sentence}。")
        self.table.list.show_items(trial.changes)

    # Doing ------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """采用: ask by the edited rules from now on."""
        rules, ledger = self.form.rules(), self._desk.ledger
        self._desk.operations.run("采用核实规则", lambda: set_doubt_rules(ledger, rules), self, "已按新规则列出请核实的数",
                                  right=Right.RULES)

    def _choose_share(self) -> None:
        share, ledger = Decimal(self.share.value() if self.counts.isChecked() else 0), self._desk.ledger
        if share != self._share:
            said = f"数据可信度占质量评分的{share:f}%" if share else "数据可信度不计入质量评分"
            self._keep.keep(said, lambda: set_trust_share(ledger, share))
