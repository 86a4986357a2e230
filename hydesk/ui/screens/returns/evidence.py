"""One question with its evidence inside: the sentence, the rows of the original, four sides of the figure, the answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import format_money
from hydesk.domain.questions import FACTS, LATER, WHICH_PROJECT, Question
from hydesk.services.returns.finding_titles import title_of
from hydesk.services.returns.weigh_answers import about, taken_by
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, label
from hydesk.ui.kit.boxes import in_column
from hydesk.ui.kit.marks import FindingMark
from hydesk.ui.kit.pending import PendingStrip
from hydesk.ui.kit.sheet_strip import SheetStrip
from hydesk.ui.screens.returns.answer_row import AnswerRow, Offered, first_answer
from hydesk.ui.screens.returns.answers import AnswerBar
from hydesk.ui.screens.returns.correct_line import CorrectLine
from hydesk.ui.screens.returns.find_project import FindProject
from hydesk.ui.screens.returns.four_sides import FourSides, Member, MemberTable
from hydesk.ui.screens.returns.new_project import NewProjectForm
from hydesk.ui.screens.returns.queue import CORRECTED
from hydesk.ui.screens.returns.sides import known_of, row_of, sides_of
from hydesk.ui.screens.returns.source_rows import strip_of
from hydesk.ui.screens.returns.waiting import WaitingDraft

_SENTENCES = 3
"""Sentences of a set that are shown in words; the table has them all."""


class EvidencePage(Card):
    """Shows one question; what is answered goes out as signals."""

    trace_wanted = Signal(object, object)
    """The Finding and the Side whose figure one wants to trace."""
    whole_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        theme = desk.theme
        self.question: Question | None = None
        self._waiting: WaitingDraft | None = None
        self.mark = FindingMark(theme)
        self.title = label("", "title", wrap=True)
        self.project, self.sentence = label("", "", wrap=True), label("", "quiet", wrap=True)
        for one in (self.project, self.sentence):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.strip = SheetStrip(theme)
        self.sides = FourSides(theme)
        self.members = MemberTable(theme)
        self.questions = AnswerBar()
        self.search = FindProject(theme)
        self.listing = NewProjectForm()
        self.typing = CorrectLine()
        self.pending = PendingStrip("理由", write="采用来表　Enter")
        self.answers = AnswerRow()
        self.empty = label("", "quiet", wrap=True)
        self._lay_out()
        self.sides.traced.connect(lambda side: self.trace_wanted.emit(self.finding(), side))
        self.strip.whole_wanted.connect(self.whole_wanted)
        self.members.shown_one.connect(lambda m: self._show_evidence(m.finding))
        self.members.ticks_changed.connect(self.refresh)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        body = QWidget()
        inside = in_column(head, on=body, gap=8, margins=(16, 14, 16, 8))
        parts: tuple[QWidget, ...] = (self.project, self.sentence, self.strip, self.sides, self.members, self.questions, self.search,
                                      self.listing, self.empty)
        for one in parts:
            inside.addWidget(one)
        inside.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(body)
        foot = in_column(self.typing, self.pending, self.answers, gap=8, margins=(16, 4, 16, 12))
        in_column((self.area, 1), foot, on=self, gap=0, margins=0)

    # What is shown ----------------------------------------------------------------------------------------

    def show_question(self, waiting: WaitingDraft | None, question: Question | None) -> None:
        """Show ``question`` of ``waiting`` with its evidence; without one, say that nothing is left."""
        self._waiting, self.question = waiting, question
        self.typing.leave()
        self.pending.cancel()
        self.listing.hide()
        shown = waiting is not None and question is not None
        head: tuple[QWidget, ...] = (self.mark, self.title, self.project, self.sentence)
        for one in head:
            one.setVisible(shown)
        self.empty.setVisible(not shown)
        if waiting is None or question is None:
            parts: tuple[QWidget, ...] = (self.strip, self.sides, self.members, self.questions, self.search)
            for one in parts:
                one.hide()
            self.answers.offer(None)
            self.empty.setText("" if waiting is None else "这份报表没有要看的问题。" + ("按 Ctrl+Enter 入库。" if waiting.can_apply else waiting.story))
            return
        self.title.setText(title_of(question.first) + (f"（{len(question)} 处，一次答复）" if len(question) > 1 else ""))
        many = len(question) > 1
        undecided = {id(f) for f in question.findings if waiting.word(f) in ("", LATER)}
        self.members.show_members([self._member(waiting, f, not undecided or id(f) in undecided) for f in question.findings] if many else [])
        self._show_evidence(question.first)
        self.questions.ask(question.first if not many else None, waiting.draft.understanding)
        stranger = not many and question.first.code in WHICH_PROJECT and question.first.row is not None
        self.search.setVisible(stranger)
        if stranger:
            self.search.ask(waiting.draft, question.first)
        self.refresh()
        self.area.verticalScrollBar().setValue(0)

    def _member(self, waiting: WaitingDraft, f: Finding, ticked: bool) -> Member:
        row = row_of(waiting, f)
        place = f.cell or (f"第{f.file_row}行" if f.row else "")
        return Member(f, " ".join(row.name.split()) if row is not None else f.message.partition("：")[2] or f.message, place, sides_of(waiting, f), waiting.word(f), ticked)

    def _show_evidence(self, finding: Finding) -> None:
        waiting, question = self._waiting, self.question
        if waiting is None or question is None:
            return
        self.project.setText(self._project_line(waiting, finding))
        self.project.setVisible(bool(self.project.text()))
        self.sentence.setText(finding.message)
        self.strip.show_cut(strip_of(waiting.draft, [finding]))
        self.sides.show_sides(sides_of(waiting, finding) if len(question) == 1 else None)

    @staticmethod
    def _project_line(waiting: WaitingDraft, finding: Finding) -> str:
        row = row_of(waiting, finding)
        if row is None:
            return ""
        known = known_of(waiting, row.project)
        if known is None:
            return f"来表写作“{' '.join(row.name.split())}”"
        return (f"{known.name}　{known.code} · {known.unit} · 总投资 {format_money(known.total_investment)} · "
                f"年度计划 {format_money(known.annual_plan)}（万元）")

    def refresh(self) -> None:
        """Show anew what was decided, and the answers there are."""
        waiting, question = self._waiting, self.question
        if waiting is None or question is None:
            return
        done = all(waiting.word(f) for f in question.findings) or question.first.code == CORRECTED
        self.mark.say(question.level, done=done)
        if len(question) == 1:
            self.sides.show_sides(sides_of(waiting, question.first))
        else:
            for m in self.members.list.items:
                m.sides, m.said = sides_of(waiting, m.finding), waiting.word(m.finding)
            self.members.list.refresh_all()
        self.answers.offer(self._offered(waiting, question))

    def _offered(self, waiting: WaitingDraft, question: Question) -> Offered:
        first, many = question.first, len(question) > 1
        stranger = first.code in WHICH_PROJECT and first.row is not None
        waits = question.level is Level.ERROR and first.row is not None
        barred = waiting.why_not(self.findings())
        nobody = stranger and first.project is None
        take = "" if first.row is None or nobody or not question.asks or (barred and not waits) else self._take_word(waiting, question)
        typed = "指定项目…" if stranger and not many else "另填…" if first.row is not None and first.field is not None and not many else ""
        return Offered(first_answer(question, waits=waits, fact=first.code in FACTS and not stranger), take, barred, typed,
                       first.code == "unknown_project" and not many)

    @staticmethod
    def _take_word(waiting: WaitingDraft, question: Question) -> str:
        """What Ctrl+F6 does; empty where what was sent comes in anyway."""
        for f in question.findings:
            row = waiting.changes_of(f.sheet, f.row)
            taken = taken_by(row, question.findings, [f])
            if any(c.replaces_fact and about(f, c) for c in taken):
                name = f.code in ("name_near", "name_differs")
                return "台账改为来表的名称，写理由…" if name else "台账改为来表的数，写理由…"
            if question.level is Level.ERROR or any(not c.accepted for c in taken):
                return "照原数采用，写理由…"
        return ""

    def open_listing(self, waiting: WaitingDraft, finding: Finding) -> None:
        """Let the row of ``finding`` be put on the list; what else one could do with it makes room."""
        self.search.hide()
        self.answers.hide()
        self.listing.open(waiting, finding)
        # Once it has its place: the whole form in sight, from the reason one types down to its buttons.
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.listing, 0, 8))

    def findings(self) -> list[Finding]:
        """Those an answer is meant for."""
        if self.question is None:
            return []
        return self.members.ticked() if len(self.question) > 1 else list(self.question.findings)

    def finding(self) -> Finding | None:
        """The one whose evidence is shown."""
        if self.question is None:
            return None
        member = self.members.current() if len(self.question) > 1 else None
        return member.finding if member is not None else self.question.first
