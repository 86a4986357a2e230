"""What every screen is handed: the open ledger, the jobs, what changed, and the period in hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal

from hydesk.dataclass import dataclass
from hydesk.domain.people import Right
from hydesk.domain.periods import Period
from hydesk.services.upkeep.open_ledger import Ledger
from hydesk.ui.changes import Changes
from hydesk.ui.claims import Claims
from hydesk.ui.jobs import Jobs
from hydesk.ui.operations import Operations
from hydesk.ui.style import Theme
from hydesk.ui.work import Work


@dataclass(frozen=True, slots=True)
class Notice:
    """A quiet line for the user. ``undo`` runs when 撤销 is pressed."""

    text: str
    undo: Callable[[], None] | None = None
    undo_label: str = "撤销"
    wrong: bool = False


class Desk(QObject):
    """Passed in to screens, never looked up. Screens ask for each other only through ``go_to``, and write only through
    ``operations``."""

    period_changed = Signal(object)
    noticed = Signal(object)
    wanted = Signal(str, object)
    """A screen by its name, and what it should show (or None)."""
    back_wanted = Signal()
    """The screen that was in front before."""
    past_asked = Signal(object)
    """The ledger as it stood: at the end of a day (date), right after an act (its number), or now (None)."""
    restore_asked = Signal(str, str)
    """The backup or package at this path should take the ledger's place; with its password, empty for none."""
    other_asked = Signal(object)
    """Another ledger is wanted: a way to it (frame/opening.py), or None for the start page."""
    help_asked = Signal(str)
    """A page of the handbook, or one of 帮助's own windows: keys, about."""
    redraw_asked = Signal()
    """The window should be made anew: the size of text was changed."""

    def __init__(self, ledger: Ledger, jobs: Jobs, changes: Changes, theme: Theme, settings: QSettings,
                 period: Period) -> None:
        super().__init__()
        self.ledger, self.jobs, self.changes = ledger, jobs, changes
        self.theme, self.settings = theme, settings
        self._period = period
        self.operations = Operations(ledger, jobs, changes, self.notice, self)
        self.claims = Claims(self)
        self.work = Work(ledger, jobs, changes, lambda: self._period, self)

    @property
    def looks_only(self) -> bool:
        """Whether nothing can be written: a past day, a ledger that another window holds, one that was found damaged."""
        return self.ledger.read_only or bool(self.ledger.look_only)

    def may(self, right: Right = Right.WRITE) -> bool:
        """Whether whoever sits here may do what needs ``right``: the one question every screen asks before it offers an act.
        What is offered by a widget or an action is given to ``kit.offering.offer``, which asks it."""
        return not self.ledger.why_not(right)

    def refuses(self, right: Right = Right.WRITE) -> bool:
        """As not ``may``, and says why as a notice: for keys, which cannot be grey."""
        if why := self.ledger.why_not(right):
            self.notice(why, wrong=True)
        return bool(why)

    @property
    def period(self) -> Period:
        """The period that the whole window shows."""
        return self._period

    def set_period(self, period: Period) -> None:
        """Change the period of the whole window."""
        if period != self._period:
            self._period = period
            self.settings.setValue("period", str(period))
            self.period_changed.emit(period)
            self.work.turn()

    def notice(self, text: str, undo: Callable[[], None] | None = None, *, label: str = "撤销",
               wrong: bool = False) -> None:
        """Show a quiet line at the bottom of the window."""
        self.noticed.emit(Notice(text, undo, label, wrong))

    def go_to(self, screen: str, request: Any = None) -> None:
        """Show ``screen`` and hand it ``request``."""
        self.wanted.emit(screen, request)
