"""进度判定: the lamp rule, tried on the period's projects while it is edited, then used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from hydesk.domain.job_progress import Progress
from hydesk.domain.lamps import LampRule
from hydesk.domain.people import Right
from hydesk.domain.touched import MOVES_FIGURES
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.trial_lamps import LampChange, LampTrial, trial_lamps
from hydesk.services.rules.office_rules import set_lamp_rule
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_row
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.words import UNIT
from hydesk.ui.requests import OpenProject
from hydesk.ui.screens.settings.common import table_card, titled_card
from hydesk.ui.screens.settings.rule_form import RuleForm


class LampsPage(QWidget):
    """The rule at the left; at the right what it would make of the projects, and which of them change."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._held: LampRule | None = None
        self._trial: LampTrial | None = None
        self.form, self.result = RuleForm(), label("", "heading", wrap=True)
        self.take_button = button("采用", self.save, kind="primary", tip="从现在起按这套规则判定，可以撤销")
        offer(desk, Right.RULES, self.take_button)
        self.back_button = button("恢复现行", self._show_held, tip="放弃没有采用的改动")
        self.open_button = button("在台账中看这些项目", self._open_all, kind="link")
        self.table: Listing[LampChange] = Listing([
            ListColumn(UNIT, lambda c: c.unit, 88), ListColumn("项目", lambda c: c.name, 176),
            ListColumn("现行", lambda c: c.now.label, 92, color=lambda c: desk.theme.palette.of_meaning(c.now.meaning)),
            ListColumn("试算", lambda c: c.then.label, 92, color=lambda c: desk.theme.palette.of_meaning(c.then.meaning)),
            ListColumn("理由", lambda c: c.then.reason, 0),
        ], desk.theme, "规则改变后判定有变化的项目")
        self._later = Delayed(self, self._try, 200)
        in_row((self._form(), 2), (self._outcome(), 3), on=self, gap=tokens.GAP, margins=0)
        self._connect()

    def _form(self) -> Card:
        card, inside = titled_card("规则")
        area = QScrollArea()  # on a low screen the form is longer than the card
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        area.setMinimumWidth(self.form.minimumSizeHint().width() + 12)
        area.setMaximumHeight(self.form.sizeHint().height() + tokens.wide(48))  # and room for its sentence to wrap
        inside.addWidget(area, 100)
        row = in_row(self.take_button, self.back_button, 1, gap=8)
        inside.addLayout(row)
        inside.addStretch(1)
        return card

    def _outcome(self) -> Card:
        card, inside = table_card("试算")
        self.result.setContentsMargins(13, 0, 13, 0)
        inside.addWidget(self.result)
        row = in_row(self.open_button, 1, margins=(9, 0, 0, 0))
        inside.addLayout(row)
        inside.addWidget(self.table, 1)
        return card

    def _connect(self) -> None:
        self.form.edited.connect(self._edited)
        self.table.opened.connect(self._open)
        self._desk.changes.ledger_changed.connect(self._stale)
        self._desk.period_changed.connect(self._later.follow)

    def _stale(self, what: frozenset[str]) -> None:
        if what & MOVES_FIGURES:
            self._later.start()

    # Showing ----------------------------------------------------------------------------------------------

    def show_rule(self, rule: LampRule) -> None:
        """The rule in force; what is being edited stays where that has not changed."""
        if rule != self._held:
            self._held = rule
            self.form.fill(rule)
        self._edited()

    def _show_held(self) -> None:
        if self._held is not None:
            self.form.fill(self._held)

    def _edited(self) -> None:
        rule = self.form.rule()
        changed = self._held is not None and rule != self._held
        self.take_button.setEnabled(changed)
        self.back_button.setEnabled(changed)
        self._later.start()

    def _try(self) -> None:
        ledger, period, rule = self._desk.ledger, self._desk.period, self.form.rule()
        if not rule.ordered:
            self.result.setText("■ 严重滞后的界限应比滞后更严，请改正")
            self.table.list.show_items([])
            return

        def work(_progress: Progress) -> LampTrial:
            return trial_lamps(ledger, rule, period)

        self._desk.jobs.start("试算", work, self, done=self._show_trial, quiet=True)

    def _show_trial(self, trial: LampTrial) -> None:
        if trial.rule != self.form.rule() or trial.period != self._desk.period:
            return
        self._trial = trial
        self.result.setText(f"{trial.period.label}，{trial.sentence}。")
        self.table.list.show_items(trial.changes)
        self.open_button.setVisible(bool(trial.changes))

    # Doing ------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """采用: judge by the edited rule from now on."""
        rule, ledger = self.form.rule(), self._desk.ledger
        if not rule.ordered:
            self._desk.notice("严重滞后的界限应比滞后更严，请改正后再采用", wrong=True)
            return

        self._desk.operations.run("采用判定规则", lambda: set_lamp_rule(ledger, rule), self, "已按新规则判定",
                                  right=Right.RULES)

    def _open(self) -> None:
        change: LampChange | None = self.table.current()
        if change is not None:
            self._desk.go_to("project", OpenProject(change.project_id))

    def _open_all(self) -> None:
        if self._trial is not None and self._trial.changes:
            self._desk.go_to("ledger", LedgerQuery(
                only=frozenset(c.project_id for c in self._trial.changes), called="试算有变化"))
