"""Reads the ledger's rows in jobs: of a long ledger the first screenful at once, pinyin when the table stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from hydesk.domain.job_progress import Progress
from hydesk.services.pages.ledger_rows import FIRST_ROWS, INITIALS_AFTER, LedgerRows, read_rows
from hydesk.ui.desk import Desk
from hydesk.ui.jobs import Work


class LedgerReader(QObject):
    """Belongs to the ledger's screen. ``came`` with rows as they are read, ``failed`` with what went wrong."""

    came = Signal(object)
    failed = Signal(object)
    learned = Signal()
    """The rows last learned from are found by initials now."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._under_way = 0
        self._learning: LedgerRows | None = None

    @property
    def busy(self) -> bool:
        """Whether rows are still to come."""
        return self._under_way > 0

    def read(self, *, first: bool, initials: bool) -> None:
        """Read all projects of the period; ``first`` the first ones by themselves, where they are many; with
        ``initials`` what is found by pinyin is worked out before the rows come."""
        read = partial(read_rows, self._desk.ledger, self._desk.period)

        def work(_progress: Progress) -> LedgerRows:
            rows = read(first=FIRST_ROWS if first else None)
            if initials and rows.whole:  # quick by now, and what was found by initials must stay found
                rows.know_initials()
            return rows

        def done(rows: LedgerRows) -> None:
            if not rows.whole:  # painted while the rest is read
                self._start(lambda _p: read(), self._end)
            self._end(rows)

        self._start(work, done)

    def _start(self, work: Work, done: Callable[[LedgerRows], None]) -> None:
        self._under_way += 1
        self._desk.jobs.start("读取台账", work, self, done=done, failed=self._fail, quiet=True)

    def _end(self, rows: LedgerRows) -> None:
        self._under_way -= 1
        self.came.emit(rows)

    def _fail(self, error: Exception) -> None:
        self._under_way -= 1
        self.failed.emit(error)
        self._desk.jobs.failed.emit(error)

    def learn_later(self, rows: LedgerRows) -> None:
        """Work out the initials once the table is painted: loading the dictionary beside it made the first painting
        ten times as slow."""
        QTimer.singleShot(INITIALS_AFTER, self, lambda: self.learn(rows))

    def learn(self, rows: LedgerRows) -> None:
        """Work out the initials of ``rows``, unless that is done or under way."""
        if rows is not self._learning and not rows.knows_initials:
            self._learning = rows
            self._desk.jobs.start("准备拼音", lambda _p: rows.know_initials(), self, quiet=True,
                                  done=lambda _r: self.learned.emit())
