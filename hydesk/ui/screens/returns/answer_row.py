"""The answers to one question, pinned below its evidence: the first is the primary one and Enter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hydesk.dataclass import dataclass
from hydesk.domain.money import format_money
from hydesk.domain.questions import Means, Question
from hydesk.ui.kit.basic import button
from hydesk.ui.kit.flow import FlowRow
from hydesk.ui.plain import plain_text


@dataclass(frozen=True, slots=True)
class Offered:
    """What one may answer. ``take`` is the word of taking over (empty: there is nothing to take over), ``barred`` why not."""

    enter: str
    take: str
    barred: str
    other: str
    """What F2 does; empty where nothing can be typed."""
    project: bool
    """The row can be put on the list as a new project."""


class AnswerRow(QWidget):
    """Each button with its key; each key works wherever the keyboard is in the page."""

    first_given = Signal()
    other_wanted = Signal()
    back_given = Signal()
    take_wanted = Signal()
    listing_wanted = Signal()
    later_given = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = button("知道了", self.first_given.emit, kind="primary")
        self.other = button("另填…　F2", self.other_wanted.emit, tip="输入正确的值，整份重新核对")
        self.back = button("退回这一处　F7", self.back_given.emit, tip="不入库，列进退回单")
        self.take = button("采用来表…", self.take_wanted.emit)
        self.listing = button("列入台账…　Ctrl+N", self.listing_wanted.emit, tip="真是新项目：在这里列进今年的清单，写明理由")
        self.later = button("以后再问　F9", self.later_given.emit, tip="先放着，看下一处")
        layout = FlowRow(self)
        for one in (self.first, self.other, self.back, self.take, self.listing, self.later):
            layout.addWidget(one)

    def offer(self, offered: Offered | None) -> None:
        """Show the answers there are."""
        self.setVisible(offered is not None)
        if offered is None:
            return
        self.first.setText(f"{offered.enter}　Enter")
        self.other.setText(f"{offered.other}　F2")
        self.other.setVisible(bool(offered.other))
        self.take.setText(f"{offered.take}　Ctrl+F6")
        self.take.setVisible(bool(offered.take))
        self.take.setEnabled(not offered.barred)
        self.take.setToolTip(plain_text(offered.barred or "写明理由，转到下一处"))
        self.listing.setVisible(offered.project)


def first_answer(question: Question, *, waits: bool, fact: bool) -> str:
    """What Enter does, in words; ``waits``: the row stays out, ``fact``: the ledger's fact stays as it is."""
    if question.means is Means.MEND:
        suggestion = question.first.suggestion
        return f"改为 {format_money(suggestion)}" if len(question) == 1 else f"都按建议更正（{len(question)} 处）"
    if not question.asks:
        return "下一处"
    return "知道了，台账不变" if fact else "知道了，先不入库" if waits else "知道了"
