"""The page of one project: opened from the ledger, from 本期工作 and from the search; Esc goes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from hydesk.domain.fields import NATURES, Field
from hydesk.domain.job_progress import Progress
from hydesk.domain.matters import Matter, project_matter
from hydesk.domain.meaning import Meaning
from hydesk.domain.own_columns import LedgerField
from hydesk.domain.people import Right
from hydesk.services.pages.project_page import ProjectPage, project_page
from hydesk.services.projects.project_history import Provenance
from hydesk.services.registers.project_mentions import Mention
from hydesk.ui import icons, tokens
from hydesk.ui.changes import EVERYTHING
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, EmptyState, button, label, set_tone
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.keys import bind
from hydesk.ui.kit.list_frame import tabbed
from hydesk.ui.kit.offering import offer
from hydesk.ui.kit.typing import typing_in
from hydesk.ui.plain import plain_text
from hydesk.ui.requests import OpenProject, ShowOriginal, ShowProblem, ShowProblems, ShowProject, ShowRegister
from hydesk.ui.screens.project.actions import ProjectActions
from hydesk.ui.screens.project.facts import Choices, FactsTable, where
from hydesk.ui.screens.project.files import FilesPart
from hydesk.ui.screens.project.judge import JudgeLine
from hydesk.ui.screens.project.money import MoneyPart
from hydesk.ui.screens.project.nodes import NodesPart
from hydesk.ui.screens.project.records import LogPart, MentionsPart, ProblemsPart, ReturnsPart
from hydesk.ui.screens.project.summary import Summary
from hydesk.ui.tokens import Palette

TABS = (("facts", "概况"), ("money", "投资"), ("nodes", "节点"), ("problems", "问题"), ("returns", "报表"),
        ("log", "修改记录"), ("files", "附件"), ("mentions", "机制"))


class ProjectScreen(QWidget):
    """Head, tabs and the part of the current tab. Reads again when anything changed, keeping tab and place."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = 0
        self._stale = True
        self.page: ProjectPage | None = None
        theme = desk.theme
        self._works_on = 0
        """The project on which something was typed since the page was shown."""
        self.acts = ProjectActions(desk, self)
        self.name = label("", "title", wrap=True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code, self.lamp = label("", "quiet"), label("")
        self.judge_button = button("人工判定…", self._ask_judgement, kind="link", tip="不按规则，由人判定这个项目今年的进度")
        self.judge = JudgeLine()
        self.facts, self.summary = FactsTable(theme, looks_only=desk.looks_only), Summary()
        self.reason = QLineEdit()
        self.money, self.nodes, self.problems = MoneyPart(theme), NodesPart(theme), ProblemsPart(theme)
        self.returns, self.log, self.files = ReturnsPart(theme), LogPart(theme), FilesPart(desk)
        self.mentions = MentionsPart(theme)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        back = QToolButton()
        back.setObjectName("flat")
        icons.put(back, "back", self._desk.theme)
        back.setToolTip("返回（Esc 或 Alt+←）")
        back.setAccessibleName("返回")
        back.clicked.connect(self._desk.back_wanted)
        head, second = QHBoxLayout(), QHBoxLayout()
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.name, 1)
        second.setSpacing(16)
        self.lamp.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        second.addWidget(self.code)
        second.addWidget(self.lamp, 1)
        second.addWidget(self.judge_button)
        parts = (self._overview(), self.money, self.nodes, self.problems, self.returns, self.log, self.files, self.mentions)
        self.tabs, self.parts = tabbed([(word, part) for (_, word), part in zip(TABS, parts, strict=True)], "项目页的各部分")
        self.filled, self.empty = QWidget(), EmptyState()
        in_column(head, second, self.judge, self.tabs, (self.parts, 1), on=self.filled, gap=6, margins=0)
        self.empty.say("从项目台账、本期工作或搜索里选一个项目。")
        self.empty.offer(button("打开项目台账", lambda: self._desk.go_to("ledger"), kind="primary"))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.filled)
        self.pages.addWidget(self.empty)
        self.pages.setCurrentIndex(1)
        in_column(self.pages, on=self, margins=(tokens.PAGE_MARGIN, 10, tokens.PAGE_MARGIN, tokens.PAGE_MARGIN))

    def _overview(self) -> QWidget:
        made, card = QWidget(), Card()
        self.reason.setPlaceholderText("修改理由（可不填）：如 衡重办〔2023〕8号调整；改名称、总投资、年度计划时记入调整记录")
        self.reason.setAccessibleName("修改理由")
        offer(self._desk, Right.WRITE, self.reason)
        inside = in_column((self.facts, 1), on=card, margins=(1, 1, 1, 8))
        foot = in_row(self.reason, margins=(9, 0, 9, 0))
        inside.addLayout(foot)
        in_row((card, 7), (self.summary, 4), on=made, gap=tokens.GAP, margins=0)
        return made

    def _connect(self) -> None:
        desk = self._desk
        desk.changes.ledger_changed.connect(self._changed)
        desk.period_changed.connect(self._of_period)
        self.facts.facts.edited.connect(self._edit)
        self.judge.judged.connect(self._judge)
        self.files.added.connect(self._on_page(self.acts.attach))
        self.files.opened.connect(self.acts.open_file)
        self.files.removed.connect(self.acts.remove)
        for part in (self.facts, self.summary, self.money):
            part.source_asked.connect(self.show_source)
        for tables in (self.returns, self.log):
            tables.opened.connect(self.show_source)
        self.log.restored.connect(self._on_page(self.acts.restore))
        self.log.restore.setVisible(not desk.looks_only)
        self.problems.opened.connect(self._open_problem)
        self.mentions.opened.connect(
            lambda m: desk.go_to("work", ShowRegister(register_id=m.register_id, record_id=m.record_id)))
        self.nodes.edit_asked.connect(self._on_page(lambda page: desk.go_to("nodes", ShowProject(page.project_id))))
        bind(self, [("Escape", desk.back_wanted.emit), ("Alt+J", self._ask_judgement),
                    *((f"Alt+{at + 1}", partial(self.tabs.setCurrentIndex, at)) for at in range(len(TABS)))])

    def _on_page(self, act: Callable[..., object]) -> Callable[..., None]:
        """``act`` with the page in front of its arguments, while one is shown."""
        def do(*arguments: object) -> None:
            if self.page is not None:
                act(self.page, *arguments)

        return do

    # What the window asks ---------------------------------------------------------------------------------

    def shown(self) -> None:
        """Read again if something changed meanwhile."""
        self._works_on = 0
        if self._stale and self._wanted:
            self.reload()

    def take(self, request: Any) -> None:
        """Open a project."""
        if isinstance(request, OpenProject):
            if request.project_id != self._wanted:
                self.judge.hide()
                self.reason.clear()
                self.tabs.setCurrentIndex(0)
            if request.tab:
                self.tabs.setCurrentIndex([key for key, _ in TABS].index(request.tab))
            self._wanted = request.project_id
            self.reload()

    def _of_period(self, _period: object) -> None:
        self._changed(EVERYTHING)

    def _changed(self, _what: frozenset[str]) -> None:
        self._stale = True
        if self.isVisible() and self._wanted:
            self.reload()

    def in_hand(self) -> Matter | None:
        """The project shown, worked on from the first word typed until another one is shown or the page is left."""
        if self.page is None:
            return None
        if typing_in(self):
            self._works_on = self.page.project_id
        return project_matter(self.page.project_id, self.page.name, works=self._works_on == self.page.project_id)

    def reload(self) -> None:
        """Read the project as of the window's period."""
        if not self._wanted:
            return
        self._stale = False
        ledger, key, period = self._desk.ledger, self._wanted, self._desk.period

        def work(_progress: Progress) -> tuple[ProjectPage, dict[Field, tuple[str, ...]], tuple[Mention, ...]]:
            from hydesk.services.registers.project_mentions import project_mentions
            from hydesk.services.standings.list_standings import list_classes, list_units

            choices = {Field.REPORTING_UNIT: tuple(u.name for u in list_units(ledger, retired=False)),
                       Field.CATEGORY: tuple(list_classes(ledger)),
                       Field.INDUSTRY: tuple(list_classes(ledger, "industry")),
                       Field.CHAIN: tuple(list_classes(ledger, "chain")), Field.NATURE: NATURES,
                       Field.LEVEL: ("国家", "省", "市"), Field.INVESTOR_KIND: ("政府投资", "社会投资")}
            page = project_page(ledger, key, period)
            return page, choices, project_mentions(ledger, key, page.nodes_on)

        self._desk.jobs.start("读取项目", work, self, done=lambda r: self._show(*r), failed=self._failed, quiet=True)

    def _failed(self, error: Exception) -> None:
        self.page = None
        self.pages.setCurrentIndex(1)
        self._desk.jobs.failed.emit(error)

    def _show(self, page: ProjectPage, choices: Choices, mentions: tuple[Mention, ...]) -> None:
        if page.project_id != self._wanted or page.period != self._desk.period:
            return
        first = self.page is None or self.page.project_id != page.project_id
        self.page = page
        self.pages.setCurrentIndex(0)
        self._say_head(page)
        self.facts.offer(choices)
        self.facts.facts.show_page(page)
        for part in (self.summary, self.money, self.nodes, self.problems, self.returns, self.log, self.files):
            part.show_page(page)
        self.mentions.show_mentions(mentions)
        counts = {3: sum(p.status.open for p in page.problems), 6: len(page.attachments), 7: len(mentions)}
        for at, (_, word) in enumerate(TABS):
            self.tabs.setTabText(at, f"{word} {counts[at]}" if counts.get(at) else word)
        if first and self.isVisible():
            self.facts.setFocus()

    def _fit_name(self) -> None:
        """At most two lines; the whole stands in the facts and on hover."""
        if self.page is not None:
            room = 2 * max(400, self.width() - 130)
            self.name.setText(self.name.fontMetrics().elidedText(self.page.name, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()

    def _say_head(self, page: ProjectPage) -> None:
        former = "、".join(page.history.other_names)
        self._fit_name()
        self.name.setToolTip(plain_text(page.name + (f"\n又名：{former}" if former else "")))
        s = page.standing
        self.code.setText("　".join(part for part in (
            page.history.code, s.unit if s else "", s.category if s else "", s.nature if s else "") if part))
        self.judge_button.setVisible(page.lamp is not None)
        if page.lamp is None:
            self.lamp.setText(f"不在 {page.period.year} 年的清单里")
            set_tone(self.lamp, "")
            return
        self.lamp.setText(f"{page.lamp.label}　{page.lamp.reason}")
        self.lamp.setToolTip(plain_text("\n".join(page.lamp.reasons)))
        set_tone(self.lamp, Palette.tone(page.lamp.meaning))

    # Doing ------------------------------------------------------------------------------------------------

    def _edit(self, field: LedgerField, value: Any) -> None:
        if self.page is not None:
            self.acts.edit(self.page, field, value, self.reason.text().strip())
            self.reason.clear()

    def _ask_judgement(self) -> None:
        if self.page is not None and self.page.lamp is not None and self.page.standing is not None:
            self.judge.ask(self.page.lamp, self.page.standing.lamp_reason)

    def _judge(self, meaning: Meaning | None, reason: str) -> None:
        self.judge.hide()
        if self.page is not None:
            self.acts.judge(self.page, meaning, reason)

    def show_source(self, source: Provenance) -> None:
        """Open the original at its cell; for what a person entered, say who did and why."""
        if source.return_id is None:
            self._desk.notice(where(source))
        else:
            self._desk.go_to("returns", ShowOriginal(source.return_id, source.sheet, source.cell))

    def _open_problem(self, problem_id: int) -> None:
        if self.page is not None:
            request = ShowProblem(problem_id) if problem_id else ShowProblems(text=self.page.history.code)
            self._desk.go_to("problems", request)
