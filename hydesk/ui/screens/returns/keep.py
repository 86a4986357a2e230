"""Keeps what waits in the ledger file, so that received returns and decisions are there after a restart."""

from __future__ import annotations

import logging
import threading
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from hydesk.domain.done import Done
from hydesk.domain.errors import HydeskError, ServerFailed
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
from hydesk.ui.kit.delayed import Delayed
from hydesk.ui.screens.returns.pile import Pile, WaitingDraft

log = logging.getLogger(__name__)
SOON_MS, AGAIN_MS = 400, 5000
"""Milliseconds until what was decided is kept; and until it is tried again where a server failed."""
LAST_SECONDS = 1.5
"""As long a closing window waits for a server to keep the last decisions."""


class Keeper(QObject):
    """Writes what waits, and reads it back."""

    loaded = Signal()
    joined = Signal(object)
    """A waiting draft with which another desk's decisions were put together."""
    _read = Signal(object, object)
    _kept = Signal(object, object, object)

    def __init__(self, desk: Desk, pile: Pile, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._pile = desk, pile
        self._keeping = 0
        self._changed: dict[int, WaitingDraft] = {}
        self._soon = Delayed(self, self._store)
        self._read.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._kept.connect(self._join, Qt.ConnectionType.QueuedConnection)

    @property
    def unkept(self) -> int:
        """Received files that are not in the ledger file yet."""
        return self._keeping

    def keep(self, waiting: WaitingDraft, *, again: bool = False) -> None:
        """Keep a file that has just come, unless it says nothing new; ``again``: a server failed the last time."""
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

        def retry() -> None:
            self._keeping -= 1
            self.keep(waiting, again=True)

        def failed(error: Exception) -> None:
            if isinstance(error, ServerFailed):  # the same file is kept once, however often it is tried
                QTimer.singleShot(AGAIN_MS, self, retry)
            else:
                over()
            if not (again and isinstance(error, ServerFailed)):  # once is told; the top line says it as long as it lasts
                self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("保存收到的报表", lambda _p: keep_received(ledger, draft), self, done=done, failed=failed,
                              cancelled=over, writes=True, quiet=True)

    def decided(self, waiting: WaitingDraft) -> None:
        """Something was decided: keep it soon."""
        if waiting.received is not None:
            self._changed[waiting.received] = waiting
            self._soon.start(SOON_MS)

    def store_now(self) -> None:
        """Keep every decision before the window closes; a server gets no longer than a closing window may take."""
        self._soon.stop()
        ledger, changed = self._desk.ledger, [(k, w.decisions(), w.kept) for k, w in self._changed.items()]
        self._changed.clear()

        def work() -> None:
            for key, decisions, base in changed:
                try:
                    keep_decisions(ledger, key, decisions, base)
                except HydeskError:
                    log.info("the decisions of return %d were not kept", key)

        if changed:
            last = threading.Thread(target=work, daemon=True)
            last.start()
            last.join(None if ledger.path is not None else LAST_SECONDS)

    def _store(self) -> None:
        waiting, self._changed = self._changed, {}
        ledger, changed = self._desk.ledger, [(k, w.decisions(), w.kept, w) for k, w in waiting.items()]

        def work(_progress: Progress) -> None:
            for key, decisions, base, one in changed:
                try:
                    now = dict(keep_decisions(ledger, key, decisions, base))
                    self._kept.emit(one, now, read_received(ledger, key) if now != decisions else None)
                except ServerFailed:
                    raise
                except HydeskError:
                    # Taken in, sent back or undone in the meantime: nothing waits for the decision.
                    log.info("the decisions of return %d were not kept", key)

        def failed(error: Exception) -> None:
            if isinstance(error, ServerFailed):  # they are still here, and are kept once it answers
                self._changed = waiting | self._changed
                self._soon.start(AGAIN_MS)
            else:
                self._desk.jobs.failed.emit(error)

        self._desk.jobs.start("保存核对进度", work, self, failed=failed, writes=True, quiet=True)

    def refresh(self, waiting: WaitingDraft) -> None:
        """Take what another desk decided about ``waiting`` since it was read here; what is about to be kept comes first."""
        ledger, key, base = self._desk.ledger, waiting.received, waiting.kept
        if key is None or key in self._changed or ledger.path is not None:
            return

        def work(_progress: Progress) -> None:
            now = next((r.decisions for r in list_received(ledger, waiting.draft.period) if r.id == key), base)
            if now != base:
                self._kept.emit(waiting, now, read_received(ledger, key))

        self._desk.jobs.start("读取核对进度", work, self, quiet=True)

    def _join(self, waiting: WaitingDraft, now: dict[str, Any], draft: ReturnDraft | None) -> None:
        """The ledger holds ``now``; ``draft``: another desk had decided too, and the file reads so by it."""
        waiting.kept = now
        if draft is not None and waiting.received not in self._changed:
            waiting.read_anew(draft)
            waiting.restore(now)
            self.joined.emit(waiting)

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
            held.kept = received.decisions
            held.received = received.id
            self._pile.put(held)
        held.received = received.id
