"""What the stations of 本期工作 do: the one act of each, and its place where nothing waits there."""

from __future__ import annotations

from PySide6.QtCore import QObject

from hydesk.domain.period_work import PeriodWork, Station, ToDoKind
from hydesk.ui.clipboard import put_words
from hydesk.ui.desk import Desk
from hydesk.ui.requests import ReturnsPlace, ShowNodes, ShowProblems, ShowReturns


class StationActs(QObject):
    """Belongs to the screen."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def open(self, station: Station) -> None:
        """The place where the station's work is done."""
        go = self._desk.go_to
        if station is Station.FOLLOW:
            go("nodes", ShowNodes())
        elif station is Station.REPORT:
            go("reports")
        else:
            go("returns", ShowReturns(ReturnsPlace.CHASE if station is Station.CHASE else ReturnsPlace.BOARD))

    def act(self, station: Station, work: PeriodWork | None) -> None:
        """收取文件, 核对下一份, 复制催报文字, 交办, 看草稿."""
        go = self._desk.go_to
        if station is Station.RECEIVE:
            go("returns", ShowReturns(ReturnsPlace.FILES))
        elif station is Station.REVIEW:
            some = work is not None and work.count(ToDoKind.ERRORS, ToDoKind.WARNINGS)
            first = work.first(station) if work is not None and some else None
            part = ReturnsPlace.REVIEW if some else ReturnsPlace.BOARD
            go("returns", ShowReturns(part, received=first.target if first is not None and isinstance(first.target, int) else None))
        elif station is Station.CHASE:
            self._copy_chase()
        elif station is Station.FOLLOW and work is not None and work.count(ToDoKind.UNASSIGNED):
            go("problems", ShowProblems(unassigned=True))
        else:
            self.open(station)

    def _copy_chase(self) -> None:
        """复制催报文字: the words for all that owe a return, ready to be pasted."""
        from hydesk.services.returns.chase_units import chase_text

        ledger, period = self._desk.ledger, self._desk.period

        def done(text: str) -> None:
            if text:
                put_words(text)
                self._desk.notice("催报文字已复制，可粘贴到微信或 QQ")
            else:
                self._desk.notice(f"{period.label}各单位都已报，没有要催的。")

        self._desk.jobs.start("催报文字", lambda _p: chase_text(ledger, period), self, done=done, quiet=True)
