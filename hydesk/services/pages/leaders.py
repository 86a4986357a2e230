"""Whose projects these are: every leader (市级联系, 县级包联) with his projects, what lags, what waits and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.lamps import Lamp
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.reach import Reach, reach_of
from hydesk.domain.measures.totals import Totals, sum_up
from hydesk.domain.milestones import ListedNode, NodeState, day_of
from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem
from hydesk.domain.scopes.fields import names_in
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ProjectStanding
from hydesk.services.milestones.list_milestones import read_milestones
from hydesk.services.problems.list_problems import read_problems
from hydesk.services.standings.period_view import read_view

CITY, COUNTY = ROLES = ("市级联系", "县级包联")


@dataclass(frozen=True, slots=True)
class LedProject:
    """A project with what its leader asks about. ``nodes``: not done, the overdue first, then by day."""

    standing: ProjectStanding
    lamp: Lamp
    nodes: tuple[ListedNode, ...]
    problems: tuple[ListedProblem, ...]
    """Not 销号."""

    @property
    def next(self) -> ListedNode | None:
        """The node that comes next, or has been due longest."""
        return self.nodes[0] if self.nodes else None


@dataclass(frozen=True, slots=True)
class LeaderLine:
    """A leader with his projects. One of two leaders is counted with each of them, so lines do not add up to the whole."""

    name: str
    roles: tuple[str, ...]
    totals: Totals
    reach: Reach
    meanings: Mapping[Meaning, int]
    projects: tuple[LedProject, ...]

    @property
    def lagging(self) -> int:
        """滞后 and 严重滞后."""
        return self.meanings.get(Meaning.LAGGING, 0) + self.meanings.get(Meaning.SERIOUSLY_LAGGING, 0)

    @property
    def open_problems(self) -> int:
        """Problems not 销号."""
        return sum(len(p.problems) for p in self.projects)

    @property
    def late_problems(self) -> int:
        """Of those, the ones past their deadline."""
        return sum(x.overdue for p in self.projects for x in p.problems)

    @property
    def overdue_nodes(self) -> int:
        """Nodes past their planned day and not done."""
        return sum(x.state is NodeState.OVERDUE for p in self.projects for x in p.nodes)


@dataclass(frozen=True, slots=True)
class LeadersPage:
    """Every leader, those with the most plan first; ``nobody``: how many projects name none."""

    period: Period
    on: date
    reach: Reach
    at: AsOf
    lines: tuple[LeaderLine, ...]
    nobody: int
    scope: Scope = WHOLE


def leaders_page(ledger: Ledger, period: Period, scope: Scope = WHOLE, today: date | None = None) -> LeadersPage:
    """The leaders of the projects of ``scope`` at ``period``; nodes and problems as their own pages count them."""
    on = day_of(period, today or date.today())
    with ledger.read() as connection:
        view = read_view(connection, period, scope=scope)
        milestones = read_milestones(connection, period, today)
        problems = [p for p in read_problems(connection, on, current=True) if p.status.open]
    nodes: dict[int, list[ListedNode]] = {}
    for x in milestones.listed():
        if x.state is not NodeState.DONE and x.days is not None:
            nodes.setdefault(x.project.project_id, []).append(x)
    of_problems: dict[int, list[ListedProblem]] = {}
    for p in problems:
        of_problems.setdefault(p.project_id, []).append(p)
    led: dict[str, dict[int, LedProject]] = {}
    roles: dict[str, dict[str, None]] = {}
    nobody = 0
    for s in view.standings:
        made = LedProject(s, view.yardstick.lamp(s), tuple(sorted(nodes.get(s.id, ()), key=lambda x: x.days or 0)),
                          tuple(of_problems.get(s.id, ())))
        own = [(name, role) for role, text in ((CITY, s.city_leader), (COUNTY, s.county_leader)) for name in names_in(text)]
        nobody += not own
        for name, role in own:
            led.setdefault(name, {})[s.id] = made
            roles.setdefault(name, {})[role] = None
    lines = [_line(name, tuple(r for r in ROLES if r in roles[name]), tuple(own.values()), period, view.rules.closed, view.shown)
             for name, own in led.items()]
    lines.sort(key=lambda x: (CITY not in x.roles, -x.totals.annual_plan, x.name))
    return LeadersPage(period, on, view.reach, view.reach.as_of, tuple(lines), nobody, scope)


def _line(
    name: str, roles: tuple[str, ...], projects: tuple[LedProject, ...], period: Period, closed: Mapping[Period, str], shown: Period
) -> LeaderLine:
    standings = [p.standing for p in projects]
    return LeaderLine(name, roles, sum_up(standings), reach_of(standings, period, closed, shown=shown),
                      Counter(p.lamp.meaning for p in projects), projects)
