"""Keeps what waits in the ledger file, so that received returns and decisions are there after a restart."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError
from hydesk.domain.job_progress import Progress
from hydesk.domain.periods import Period
from hydesk.domain.return_states import UNCHANGED
from hydesk.domain.touched import Touched
from hydesk.services.returns.keep_received import (
    ReceivedReturn,
    drop_received,
    keep_decisions,
    keep_received,
    list_received,
    read_received,
)
from hydesk.services.returns.know_ledger import know_ledger
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.ui.desk import Desk
from hydesk.ui.screens.returns.pile import Pile, WaitingDraft

log = logging.getLogger(__name__)
SOON_MS = 400


class Keeper(QObject):
    """Writes what waits, and reads it back."""

    loaded = Signal()
    _read = Signal(object, object)

    def __init__(self, desk: Desk, pile: Pile, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._pile = desk, pile
        self._keeping = 0
        self._changed: dict[int, WaitingDraft] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._store)
        self._read.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def unkept(self) -> int:
        """Received files that are not in the ledger file yet."""
        return self._keeping

    def keep(self, waiting: WaitingDraft) -> None:
        """Keep a file that has just come, unless it says nothing new."""
        draft = waiting.draft
        if draft.status == UNCHANGED or waiting.repeats or not draft.content:
            return
        ledger = self._desk.ledger
        self._keeping += 1

        def over() -> None:
            self._keeping -= 1
            if not self._keeping:
                self._desk.changes.tell(Touched.RETURNS)

        def done(kept: Done[int]) -> None:
            waiting.received = kept.value
            over()

        def failed(error: Exception) -> None:
            over()
            self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("保存收到的报表", lambda _p: keep_received(ledger, draft), self, done=done, failed=failed,
                              cancelled=over, writes=True, quiet=True)

    def decided(self, waiting: WaitingDraft) -> None:
        """Something was decided: keep it soon."""
        if waiting.received is not None:
            self._changed[waiting.received] = waiting
            self._soon.start(SOON_MS)

    def store_now(self) -> None:
        """Keep every decision before the window closes."""
        self._soon.stop()
        for key, waiting in self._changed.items():
            try:
                keep_decisions(self._desk.ledger, key, waiting.decisions())
            except HydeskError:
                log.info("the decisions of return %d were not kept", key)
        self._changed.clear()

    def _store(self) -> None:
        ledger, changed = self._desk.ledger, [(k, w.decisions()) for k, w in self._changed.items()]
        self._changed.clear()

        def work(_progress: Progress) -> None:
            for key, decisions in changed:
                try:
                    keep_decisions(ledger, key, decisions)
                except HydeskError:
                    # Taken in, sent back or undone in the meantime: nothing waits for the decision.
                    log.info("the decisions of return %d were not kept", key)

        self._desk.jobs.start("保存核对进度", work, self, writes=True, quiet=True)

    def drop(self, waiting: WaitingDraft) -> None:
        """Put a kept draft aside in the ledger too; Ctrl+Z lets it wait again."""
        key, ledger = waiting.received, self._desk.ledger
        if key is not None:
            self._desk.operations.run("移除待核报表", lambda: drop_received(ledger, key), self)

    def load(self, period: Period) -> None:
        """Bring the pile of ``period`` to what waits in the ledger."""
        ledger = self._desk.ledger
        known = {w.received for w in self._pile if w.received is not None}

        def work(progress: Progress) -> set[int]:
            waits = list_received(ledger, period)
            new = [r for r in reversed(waits) if r.id not in known]
            ledger_now = None
            for i, received in enumerate(new):
                progress(i / len(new), received.file)
                ledger_now = know_ledger(ledger, period, ledger_now)
                try:
                    self._read.emit(received, read_received(ledger, received.id, known=ledger_now))
                except HydeskError:
                    log.warning("kept return %d could not be read again", received.id)
            return {r.id for r in waits}

        def done(ids: set[int]) -> None:
            # What was kept while this was being read is not in ``ids`` and must stay.
            self._pile.drop_received(known - ids)
            self.loaded.emit()

        self._desk.jobs.start("读取待核报表", work, self, done=done)

    def _take(self, received: ReceivedReturn, draft: ReturnDraft) -> None:
        held = self._pile.held(draft.sha256, draft.period)
        if held is None:
            held = WaitingDraft(draft)
            held.restore(received.decisions)
            held.received = received.id
            self._pile.put(held)
        held.received = received.id
