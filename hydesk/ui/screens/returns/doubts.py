"""请核实的数: what is to be asked by telephone, the strongest first; answered with a reason, remembered, taken up again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from hydesk.domain.doubts.doubt import Doubt
from hydesk.services.doubts.answer_doubt import answer_doubt, take_up_again
from hydesk.services.doubts.list_doubts import AnsweredDoubt, DoubtsPage, list_doubts
from hydesk.ui import tokens
from hydesk.ui.desk import Desk
from hydesk.ui.kit.basic import Card, button, label
from hydesk.ui.kit.boxes import in_column, in_row
from hydesk.ui.kit.empty_word import EmptyWord
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.meant import mean
from hydesk.ui.kit.words import UNIT
from hydesk.ui.requests import OpenProject

_MEANS = "doubted year_investment annual_plan completion time_progress month_investment total_investment funds statistics"
EMPTY = "这一期没有请核实的数。各单位的数收进来以后，跨项目、跨月份对照有疑点的列在这里。"


class DoubtView(QWidget):
    """The list above; below it the whole sentence of the current one, and the line to answer it."""

    read = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.page: DoubtsPage | None = None
        self.whole = False
        """Whether all are listed, not only the weightiest."""
        self.table = Listing(_columns(desk), desk.theme, "请核实的数", key=_key)
        self.title = label("", "heading")
        self.more = button("其余的", self.show_rest, kind="link", tip="Ctrl+L")
        self.more.setShortcut("Ctrl+L")
        self.sentence = label("", "", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        mean(self.sentence, *_MEANS.split())
        self.rule = label("", "quiet", wrap=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("核实结果")
        self.reason.setPlaceholderText("核实结果，如：已电话核实，设备到货一次入账")
        self.reason.returnPressed.connect(self.answer)
        self.said = label("", "error", wrap=True)
        self.said.hide()
        self.done = button("记下，不再提", self.answer, tip="在核实结果里按 Enter")
        self.project = button("打开项目", self.open_project)
        self.past = Listing(_answered_columns(), desk.theme, "已核实的数", key=lambda a: a.key)
        self.again = button("重新核实", self.ask_again)
        self._lay_out()
        EmptyWord(self.table, EMPTY)
        EmptyWord(self.past, "还没有核实过的。")
        self.table.chosen.connect(self._explain)
        self.table.opened.connect(self.reason.setFocus)
        desk.changes.ledger_changed.connect(self._look_again)
        desk.period_changed.connect(self._look_again)
        self.table.copied.connect(lambda n: desk.notice(f"已复制 {n} 行，可粘贴到 Excel"))

    def _lay_out(self) -> None:
        head = in_row(self.title, 1, self.more, margins=(12, 0, 8, 0))
        above = Card()
        in_column(head, (self.table, 1), on=above, margins=(1, 8, 1, 1))
        below = Card()
        under = in_column((self.sentence, 1), self.rule, on=below, margins=(12, 8, 12, 8))
        line = in_row((self.reason, 1), self.done, self.project, gap=8)
        under.addLayout(line)
        under.addWidget(self.said)
        answered = Card()
        kept = QVBoxLayout(answered)
        kept.setContentsMargins(1, 8, 1, 1)
        title = in_row(label("已核实", "heading"), 1, self.again, margins=(12, 0, 8, 0))
        kept.addLayout(title)
        kept.addWidget(self.past, 1)
        in_column((above, 4), below, (answered, 2), on=self, gap=tokens.GAP, margins=0)

    def _look_again(self, *_: object) -> None:
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Look for what is to be asked in the period in hand."""
        ledger, period = self._desk.ledger, self._desk.period

        def done(page: DoubtsPage) -> None:
            if period == self._desk.period:
                self.page = page
                self._show()
                self.read.emit()

        self._desk.jobs.start("对照各单位的数", lambda _p: list_doubts(ledger, period), self, done=done, quiet=True)

    def show_rest(self) -> None:
        """All of them, or the weightiest only."""
        self.whole = not self.whole
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        page = self.page
        if page is None:
            return
        lines = page.lines
        self.title.setText(f"{page.month.label}请核实 {len(lines)} 处，其中重点 {page.strong} 处" if lines else f"{page.month.label}没有请核实的数")
        rest = len(lines) - len(page.shown)
        self.more.setVisible(rest > 0)
        self.more.setText("只看最要紧的" if self.whole else f"另有 {rest} 处，全部列出")
        self.more.setShortcut("Ctrl+L")
        self.table.show_items(lines if self.whole else page.shown)
        if not self.table.selected() and lines:
            self.table.selectRow(0)
        self.past.show_items(page.answered)
        self.again.setEnabled(bool(page.answered))
        self._explain()

    def _current(self) -> Doubt | None:
        chosen: list[Doubt] = self.table.selected()
        return chosen[0] if chosen else None

    def _explain(self) -> None:
        doubt = self._current()
        self.said.hide()
        self.sentence.setText("" if doubt is None else f"{doubt.message}。{self._others(doubt)}")
        self.rule.setText("" if doubt is None else f"什么情况会列出：{doubt.kind.rule}。{self._trust(doubt)}")
        for one in (self.reason, self.done):
            one.setEnabled(doubt is not None)
        self.project.setEnabled(doubt is not None and bool(doubt.projects))

    def _trust(self, doubt: Doubt) -> str:
        """What the month's questions make of the unit's 数据可信度."""
        found = next((t for t in self.page.trust if t.unit == doubt.unit), None) if self.page is not None else None
        return f"{doubt.unit}本月{found.words}。" if found is not None else ""

    def _others(self, doubt: Doubt) -> str:
        """The projects that the sentence does not name."""
        if self.page is None or len(doubt.projects) < 2:
            return ""
        names = [self.page.names.get(p, "") for p in doubt.projects]
        rest = [n for n in names if n and f"“{n}”" not in doubt.message]
        return f"还有：{'、'.join(rest[:12])}{'等' if len(rest) > 12 else ''}。" if rest else ""

    def answer(self) -> None:
        """Keep the reason typed as the current one's answer."""
        doubt, page = self._current(), self.page
        if doubt is None or page is None:
            return
        ledger, reason = self._desk.ledger, self.reason.text()

        def done(_act: int) -> None:
            self.reason.clear()
            self.table.setFocus()

        self._desk.operations.run(
            "记下核实结果", lambda: answer_doubt(ledger, page, doubt, reason), self, f"已记下：{doubt.unit}“{doubt.kind.label}”",
            done=done, refused=self._refused)

    def _refused(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.show()
        self.reason.setFocus()

    def ask_again(self) -> None:
        """Take the selected answer back."""
        chosen: list[AnsweredDoubt] = self.past.selected() or list(self.page.answered[:1] if self.page else ())
        if chosen:
            ledger, one = self._desk.ledger, chosen[0]
            self._desk.operations.run("重新核实", lambda: take_up_again(ledger, one), self, f"已重新列入：{one.name}")

    def open_project(self) -> None:
        """The page of the current one's weightiest project."""
        doubt = self._current()
        if doubt is not None and doubt.projects:
            self._desk.go_to("project", OpenProject(doubt.projects[0], "money"))


def _key(doubt: Doubt) -> Any:
    return doubt.kind, doubt.unit, doubt.projects, doubt.strong


def _columns(desk: Desk) -> list[ListColumn[Doubt]]:
    def color(d: Doubt) -> QColor:
        palette = desk.theme.palette
        return QColor(palette.serious if d.strong else palette.lagging)

    text: Callable[[Doubt], str] = lambda d: d.message  # noqa: E731
    return [
        ListColumn("程度", lambda d: f"{'■' if d.strong else '◆'} {d.strength.label}", 96, lambda d: d.order, color=color),
        ListColumn("核实什么", lambda d: d.kind.label, 196),
        ListColumn(UNIT, lambda d: f"{d.unit}、{d.other_unit}" if d.other_unit else d.unit, 104),
        ListColumn("项目", lambda d: str(len(d.projects)) if d.projects else "—", 52, lambda d: len(d.projects), right=True),
        ListColumn("依据", text, 240, stretch=True, tip=text, measure=_MEANS),
    ]


def _answered_columns() -> list[ListColumn[AnsweredDoubt]]:
    return [
        ListColumn("单位或项目", lambda a: a.name, 220),
        ListColumn("核实什么", lambda a: a.kind.label, 172),
        ListColumn("核实结果", lambda a: a.reason, 220, stretch=True, tip=lambda a: a.reason),
        ListColumn("经办人", lambda a: a.actor, 96),
    ]
