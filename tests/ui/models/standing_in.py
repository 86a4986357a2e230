"""What stands in for a desk where a test is of what is asked of it: jobs are noted, and run when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hydesk.domain.errors import Cancelled
from hydesk.domain.periods import Period


@dataclass
class NotedJob:
    """A job that was asked for."""

    title: str
    work: Callable[[Any], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    cancelled: Callable[[], None] | None
    writes: bool
    quiet: bool
    told: list[tuple[float, str]] = field(default_factory=list)

    def run(self) -> None:
        """Do it, here and now, and say what came of it; what it reports stands in ``told``."""
        try:
            found = self.work(lambda fraction, words: self.told.append((round(fraction, 3), words)))
        except Cancelled:
            if self.cancelled is not None:
                self.cancelled()
        except Exception as error:
            if self.failed is None:
                raise
            self.failed(error)
        else:
            if self.done is not None:
                self.done(found)


class Heard:
    """A signal, or what is told of changes: remembers what it was sent."""

    def __init__(self) -> None:
        self.all: list[Any] = []

    def emit(self, what: Any) -> None:
        self.all.append(what)

    tell = emit


class NotedJobs:
    def __init__(self) -> None:
        self.asked: list[NotedJob] = []
        self.failed = Heard()

    def start(self, title: str, work: Callable[[Any], Any], _owner: object, *, done: Callable[[Any], None] | None = None,
              failed: Callable[[Exception], None] | None = None, cancelled: Callable[[], None] | None = None,
              writes: bool = False, quiet: bool = False) -> None:
        self.asked.append(NotedJob(title, work, done, failed, cancelled, writes, quiet))


class StandInDesk:
    """A desk over ``ledger``, which may be anything."""

    def __init__(self, ledger: Any, period: Period) -> None:
        self.ledger, self.period = ledger, period
        self.jobs, self.changes = NotedJobs(), Heard()
        self.notices: list[str] = []
        self.gone: list[tuple[str, Any]] = []

    def notice(self, text: str, undo: Callable[[], None] | None = None, **_how: Any) -> None:
        self.notices.append(text)
        self.undo = undo

    def set_period(self, period: Period) -> None:
        self.period = period

    def go_to(self, page: str, request: Any) -> None:
        self.gone.append((page, request))
