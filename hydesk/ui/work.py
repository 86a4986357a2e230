"""What waits for the period in hand, read once for the whole window: 本期工作 and the badges show the same answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from hydesk.domain.period_work import PeriodWork
from hydesk.domain.periods import Period
from hydesk.domain.touched import Touched
from hydesk.services.upkeep.open_ledger import Ledger
from hydesk.ui.changes import Changes
from hydesk.ui.jobs import Jobs

_QUIET = frozenset({Touched.ATTACHMENTS, Touched.VIEWS})
"""What waits does not depend on these."""


class Work(QObject):
    """Belongs to the desk. Reads nothing until it is asked for the first time; from then on after every change."""

    told = Signal(object)
    """A PeriodWork of the period in hand."""

    def __init__(self, ledger: Ledger, jobs: Jobs, changes: Changes, period: Callable[[], Period], parent: QObject) -> None:
        super().__init__(parent)
        self._ledger, self._jobs, self._period = ledger, jobs, period
        self.now: PeriodWork | None = None
        """The newest answer; of the period in hand unless another is being read."""
        self._asked = self._reading = self._again = False
        changes.ledger_changed.connect(self._changed)

    def ask(self) -> None:
        """Read what waits; the answer comes by ``told``."""
        self._asked = True
        if not self._reading:
            self._read()

    def turn(self) -> None:
        """Another period is in hand."""
        self._read()

    def _changed(self, what: frozenset[str]) -> None:
        if what - _QUIET:
            self._read()

    def _read(self) -> None:
        if not self._asked:
            return
        if self._reading:
            self._again = True  # what is being read may have been read too early
            return
        self._reading, self._again = True, False
        ledger, period = self._ledger, self._period()

        def work(_progress: object) -> PeriodWork:
            from hydesk.services.pages.period_work import period_work

            return period_work(ledger, period)

        self._jobs.start("读取本期工作", work, self, done=self._show, failed=self._failed, cancelled=self._stopped, quiet=True)

    def _show(self, found: PeriodWork) -> None:
        self._stopped()
        if self._again:
            self._read()
        elif found.period == self._period():
            self.now = found
            self.told.emit(found)

    def _failed(self, error: Exception) -> None:
        self._stopped()
        self._jobs.failed.emit(error)

    def _stopped(self) -> None:
        self._reading = False
