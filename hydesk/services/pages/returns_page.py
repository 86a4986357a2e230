"""What the first page of 收报 shows, read in one view of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.domain.return_states import RECEIVED
from hydesk.services.acts.one_view import one_view
from hydesk.services.returns.list_returns import ReturnSummary, read_returns
from hydesk.services.returns.returns_board import BoardLine, BoardMatrix, boards_of, matrix_of
from hydesk.services.rules.deadlines import deadline, own_deadline
from hydesk.services.standings.list_standings import list_units


@dataclass(frozen=True, slots=True)
class ReturnsPage:
    """The board of a period, its returns (newest first) and the boards of some months side by side."""

    board: list[BoardLine]
    returns: list[ReturnSummary]
    matrix: BoardMatrix
    units: list[str]
    """All reporting units, in the office's order."""
    due: date
    own_deadline: bool
    """Whether ``due`` was set for this one period."""


@one_view
def returns_page(ledger: Ledger, period: Period, months: Iterable[Period], on: date | None = None) -> ReturnsPage:
    """The page of ``period``, with ``months`` side by side, as of ``on`` (None: today)."""
    months = tuple(dict.fromkeys(months))
    every = tuple(dict.fromkeys((period, *months)))
    with ledger.read() as connection:
        returns = read_returns(connection, every, waiting=True)
    boards = boards_of(ledger, returns, every, on)
    return ReturnsPage(
        boards[period], [r for r in returns if r.period == period and r.status != RECEIVED],
        matrix_of(ledger, {p: boards[p] for p in months}), [u.name for u in list_units(ledger)],
        deadline(ledger, period), own_deadline(ledger, period) is not None)
