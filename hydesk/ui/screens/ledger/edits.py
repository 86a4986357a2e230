"""Changing the ledger from its table: every change is judged first, written in one act, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hydesk.domain.errors import ServerFailed
from hydesk.domain.fields import SUMS_TO_DATE
from hydesk.domain.own_columns import key_of
from hydesk.domain.stale import Stale, StaleCell
from hydesk.services.projects.edit_block import Edit, JudgedEdit, judge_edits, write_edits
from hydesk.ui.desk import Desk
from hydesk.ui.screens.ledger.confirm import ConfirmStrip, Proposal, shown_value
from hydesk.ui.screens.ledger.model import LedgerModel


class LedgerEdits(QObject):
    """Belongs to the ledger's screen. What is sound and asks for no reason is written at once."""

    settled = Signal()
    """The strip is done with: the keyboard belongs to the table again."""

    def __init__(self, desk: Desk, model: LedgerModel, strip: ConfirmStrip, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._model, self.strip = desk, model, strip
        self._title = ""
        self._refused = False
        """Whether a cell shows what was typed and could not be written."""
        strip.accepted.connect(lambda edits, reason: self._write(edits, reason, self._title))
        strip.accepted.connect(lambda *_: self.settled.emit())
        strip.dropped.connect(self._drop)

    def propose(self, edits: Sequence[Edit], title: str = "", *, ask: bool = False, said: Sequence[str] = ()) -> None:
        """Judge ``edits``, then write them, or show them in the strip where a person has to say something.

        ``ask`` shows them in any case. An edit that still waits in the strip and is sound is written first.
        """
        if self._desk.looks_only:
            self._desk.notice(self._desk.ledger.look_only or "这本台账只能看，不能改", wrong=True)
            return
        self.drop_refused()
        self._settle_waiting()
        older = self._of_another_date(edits)
        if older:
            self._desk.notice(older, wrong=True)
            return
        ledger, period, unit = self._desk.ledger, self._desk.period, self._model.unit

        def done(judged: list[JudgedEdit]) -> None:
            self._take(Proposal(title, judged, unit, said), ask)

        self._desk.jobs.start("核对修改", lambda _p: judge_edits(ledger, edits, period), self, done=done, quiet=True)

    def _of_another_date(self, edits: Sequence[Edit]) -> str:
        """Why sums cannot be changed here while nobody has reported for the period: those shown are of another date."""
        reach = self._model.rows.reach
        if not (reach.known and reach.nothing_in and any(e.field in SUMS_TO_DATE for e in edits)):
            return ""
        return (f"{reach.asked.short_label}尚无单位报送，这里的累计数是截至{reach.as_of.label}的。要改它请把报告期换到"
                f"{reach.shown.short_label}；要录{reach.asked.short_label}的数，请先填“{reach.asked.last_month.short_label}完成”")

    def drop_refused(self) -> bool:
        """Take a word that could not be written out of its cell again; whether there was one."""
        refused, self._refused = self._refused, False
        if refused:
            self._model.forget_typed()
        return refused

    def _settle_waiting(self) -> None:
        waiting = self.strip.proposal
        if waiting is not None and len(waiting.judged) == 1 and waiting.sound:
            self.strip.accept()
        else:
            self.strip.cancel()

    def _take(self, proposal: Proposal, ask: bool) -> None:
        changing = proposal.changing
        if len(proposal.judged) == 1 and proposal.judged[0].refused:
            one = proposal.judged[0]
            self._refused = True
            self._model.show_typed({(one.edit.project_id, key_of(one.edit.field)): one.edit.words})
            self._desk.notice(f"{one.refused}。所填的还在格里，没有写入：按 F2 改，按 Esc 放弃", wrong=True)
            return
        if not changing and proposal.sound:
            self._desk.notice("；".join(("没有变化", *proposal.said)))
            return
        self._title = proposal.title
        if ask or proposal.reasoned or not proposal.sound:
            self._show_typed(changing)
            self.strip.show_proposal(proposal)
        else:
            self._write(changing, "", proposal.title)

    def _show_typed(self, edits: Sequence[JudgedEdit]) -> None:
        self._model.show_typed({
            (j.edit.project_id, key_of(j.edit.field)): shown_value(j.new, self._model.unit) for j in edits})

    def _drop(self) -> None:
        self._model.forget_typed()
        self._desk.notice("没有修改")
        self.settled.emit()

    def _write(self, edits: Sequence[JudgedEdit], reason: str, title: str) -> None:
        ledger, period = self._desk.ledger, self._desk.period
        self._model.forget_typed()
        self._show_typed(edits)
        one = edits[0]
        named = f"“{one.project}”的{one.edit.field.label}" if len(edits) == 1 else f" {len(edits)} 处"
        remark = f"；提醒：{one.remarks[0]}" if len(edits) == 1 and one.remarks else ""
        act = f"{title} {len(edits)} 处" if title and len(edits) > 1 else ""

        def failed(error: str) -> None:
            self._model.forget_typed()
            self._desk.notice(error, wrong=True)

        self._desk.operations.run("修改", lambda: write_edits(ledger, edits, period, act, reason), self,
                                  f"已修改{named}{remark}", refused=failed, stale=lambda found: self._offer_rest(found, edits, title),
                                  kept=lambda error: self._offer_again(error, edits, title))

    def _offer_again(self, error: ServerFailed, edits: Sequence[JudgedEdit], title: str) -> None:
        """The server failed: what was typed stays in its cells, and is written once somebody says so. What others changed
        until then is told first, for the strip keeps the desk from taking it for seen."""
        self._show_typed(edits)
        self.strip.show_proposal(Proposal(title or "修改", edits, self._model.unit, (str(error),)))

    def _offer_rest(self, found: Stale, edits: Sequence[JudgedEdit], title: str) -> None:
        """Nothing was written, because others changed some of the cells: say which, and offer the others."""
        self._model.forget_typed()
        changed = {(c.project_id, c.key): c for c in found.cells}
        judged = [replace(j, refused=told(cell)) if (cell := changed.get((j.edit.project_id, key_of(j.edit.field)))) else j
                  for j in edits]
        rest = sum(j.changes for j in judged)
        if not rest:
            self._desk.notice(str(found), wrong=True)
            return
        said = f"都没有写入：{len(judged) - rest} 处在您看到之后被别人改过，按 Enter 写入其余 {rest} 处"
        self.strip.show_proposal(Proposal(title or "修改", judged, self._model.unit, (said,)))


def told(cell: StaleCell) -> str:
    """How somebody else changed a cell, in a few words."""
    return f"{cell.actor} {cell.at:%H:%M} 已从“{cell.then or '空'}”改为“{cell.now or '空'}”"
