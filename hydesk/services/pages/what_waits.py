"""What 首页 says is waiting: nodes overdue and due, problems open and overdue, by the rules of their own screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hydesk.db.ledger import Ledger
from hydesk.domain.milestones import ListedNode, day_of
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.services.milestones.list_milestones import read_milestones
from hydesk.services.problems.list_problems import read_problems
from hydesk.services.standings.read_scope import ids_in

SPANS = (7, 30, 60)
"""Days within which nodes are counted as due."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Judged by ``on``, the desk's day of the period."""

    period: Period
    on: date
    overdue: tuple[ListedNode, ...]
    """Nodes, the longest overdue first."""
    due: tuple[ListedNode, ...]
    """Nodes due within the longest span, the nearest first."""
    open: tuple[ListedProblem, ...]
    late: tuple[ListedProblem, ...]
    """Problems past their deadline, the longest first."""

    def due_within(self, days: int) -> int:
        """How many nodes are due within ``days``."""
        return sum(x.days is not None and x.days <= days for x in self.due)


def what_waits(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> Waiting:
    """Nodes and problems of ``scope`` as the screens 节点 and 问题清单 count them for ``period``."""
    on = day_of(period, today or date.today())
    ids = ids_in(ledger, period, scope)
    with ledger.read() as connection:
        nodes = read_milestones(connection, period, today, waiting_days=SPANS[-1])
        problems = [p for p in read_problems(connection, on, current=True) if p.status.open and (ids is None or p.project_id in ids)]
    late = sorted((p for p in problems if p.overdue), key=lambda p: (p.due_on or on, p.id))
    listed = [x for x in nodes.listed() if ids is None or x.project.project_id in ids]
    return Waiting(period, on, tuple(nodes.overdue(listed)), tuple(nodes.due(SPANS[-1], listed)), tuple(problems), tuple(late))
