"""The screen 设置: units, ledger and look; checks of returns; what is remembered; how projects are judged and counted."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.doubts.rules import DoubtRules
from hydesk.domain.job_progress import Progress
from hydesk.domain.people import Right
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import ReportingUnit
from hydesk.domain.touched import Touched
from hydesk.services.doubts.doubt_rules import doubt_rules
from hydesk.services.mechanisms.score_units import ScoreRule, score_rule
from hydesk.services.returns.remember_decision import RememberedDecision, list_decisions
from hydesk.services.rules.office_rules import OfficeRules, office_rules
from hydesk.services.rules.settings import ListedRule, list_check_rules
from hydesk.services.standings.list_standings import known_periods, list_units
from hydesk.services.upkeep.ledger_as_of import PastLedger
from hydesk.ui import tokens
from hydesk.ui.changes import DECISIONS
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.head_row import HeadRow
from hydesk.ui.kit.list_frame import tabbed
from hydesk.ui.screens.settings.backups import BackupsPage
from hydesk.ui.screens.settings.checks import ChecksPage
from hydesk.ui.screens.settings.decisions import DecisionsPage
from hydesk.ui.screens.settings.doubt_rules import DoubtRulesPage
from hydesk.ui.screens.settings.general import GeneralPage
from hydesk.ui.screens.settings.lamps import LampsPage
from hydesk.ui.screens.settings.measures import MeasuresPage
from hydesk.ui.screens.settings.people import PeoplePage


@dataclass(frozen=True, slots=True)
class _Read:
    units: list[ReportingUnit]
    rules: OfficeRules
    periods: list[Period]
    checks: tuple[ListedRule, ...]
    decisions: list[RememberedDecision]
    doubts: DoubtRules
    scores: ScoreRule


class SettingsScreen(QWidget):
    """One page a tab: 常用, 核对规则, 记住的判定, 进度判定, 核实规则, 统计口径, on a server 人员, 备份与恢复."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._stale = True
        self.general, self.lamps = GeneralPage(desk), LampsPage(desk)
        self.checks, self.decisions = ChecksPage(desk), DecisionsPage(desk)
        self.measures, self.backups, self.doubts = MeasuresPage(desk), BackupsPage(desk), DoubtRulesPage(desk)
        self.people = PeoplePage(desk) if desk.ledger.path is None and not isinstance(desk.ledger, PastLedger) else None
        people = [("人员", self.people)] if self.people is not None else []
        self.tabs, pages = tabbed([
            ("常用", self.general), ("核对规则", self.checks), ("记住的判定", self.decisions), ("进度判定", self.lamps),
            ("核实规则", self.doubts), ("统计口径", self.measures), *people, ("备份与恢复", self.backups)], "设置的各页")
        head = HeadRow()
        head.put(label("设置", "title"))
        head.put(self.tabs)
        head.spring()
        if not desk.looks_only and (why := desk.ledger.why_not(Right.RULES)):
            head.put(label(why, "quiet"))
        in_column(head, (pages, 1), on=self, gap=10, margins=(tokens.PAGE_MARGIN, 12, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN))
        desk.changes.ledger_changed.connect(self._changed)

    def shown(self) -> None:
        """Read again if something changed."""
        self.general.say_backup()
        self.backups.reload()
        if self.people is not None and self.people.form is None:
            self.people.reload()
        if self._stale:
            self.reload()

    def take(self, request: Any) -> None:
        """``"backups"``: show 备份与恢复."""
        if request == "backups":
            self.tabs.setCurrentIndex(self.tabs.count() - 1)

    def _changed(self, what: frozenset[str]) -> None:
        if what & {Touched.UNITS, Touched.RULES, DECISIONS}:
            self._stale = True
            if self.isVisible():
                self.reload()

    def reload(self) -> None:
        """Read units, rules and what is remembered."""
        self._stale = False
        ledger = self._desk.ledger

        def work(_progress: Progress) -> _Read:
            return _Read(list_units(ledger), office_rules(ledger), known_periods(ledger), list_check_rules(ledger),
                         list_decisions(ledger), doubt_rules(ledger), score_rule(ledger))

        self._desk.jobs.start("读取设置", work, self, done=self._show, quiet=True)

    def _show(self, read: _Read) -> None:
        self.general.show_units(read.units)
        self.lamps.show_rule(read.rules.lamps)
        self.doubts.show_rules(read.doubts, read.scores)
        self.measures.show_rules(read.rules, read.periods)
        self.checks.show_rules(read.checks)
        self.decisions.show_decisions(read.decisions)
