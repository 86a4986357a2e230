"""前期: projects that have not begun, what they still have to be granted and by whom, and how many went on to 开工
(docs/rules.md §5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.fields import CONTINUED, RESERVED
from hydesk.domain.measures.finishes import has_finished
from hydesk.domain.measures.starts import has_started
from hydesk.domain.milestones import START, NodeDates, NodeState, StandardNode
from hydesk.domain.standing import ProjectStanding


def permits_of(order: Sequence[StandardNode]) -> tuple[StandardNode, ...]:
    """The stages of preparation: the standard nodes that stand before 开工 in the office's order."""
    names = [n.name for n in order]
    return tuple(order[:names.index(START)]) if START in names else ()


def prepares(project: ProjectStanding, year: int) -> bool:
    """Whether the project counts as 前期项目 of ``year``: 预备 or 新建, with no start recorded before the year."""
    return project.nature != CONTINUED and (project.actual_start is None or project.actual_start.year >= year)


def has_converted(project: ProjectStanding, year: int, on: date, *, money_starts: bool = False) -> bool:
    """前期转开工: a 前期项目 of the year that has begun by ``on``."""
    return prepares(project, year) and has_started(project, on, money_starts=money_starts)


def still_prepares(project: ProjectStanding, year: int, on: date, *, money_starts: bool = False) -> bool:
    """仍在前期: a 前期项目 of the year that has neither begun nor been finished by ``on``."""
    return prepares(project, year) and not has_started(project, on, money_starts=money_starts) and not has_finished(project, on)


@dataclass(frozen=True, slots=True)
class Preparations:
    """前期情况 of a year on a day. All are numbers of projects."""

    prepared: int
    """前期项目 of the year."""
    reserved: int
    """Of those, 预备."""
    converted: int
    """Of the first, begun by the day."""
    still: int
    """仍在前期."""
    granted: int
    """Of those, the ones that lack nothing: 手续已齐."""

    @property
    def rate(self) -> Decimal | None:
        """前期转化率 = 前期转开工 ÷ 前期项目; None without any."""
        return Decimal(self.converted) / self.prepared if self.prepared else None


@dataclass(frozen=True, slots=True)
class PreparationLists:
    """The projects behind each number of ``Preparations``, by the same names."""

    prepared: tuple[ProjectStanding, ...]
    reserved: tuple[ProjectStanding, ...]
    converted: tuple[ProjectStanding, ...]
    still: tuple[ProjectStanding, ...]
    granted: tuple[ProjectStanding, ...]

    @property
    def counted(self) -> Preparations:
        """How many each list holds."""
        return Preparations(*(len(getattr(self, f.name)) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Permit:
    """One stage of preparation of one project, as it stands on a day."""

    project: ProjectStanding
    node: StandardNode
    dates: NodeDates
    state: NodeState
    left: int | None
    """Days until it is expected; less than zero: days overdue; None where nothing is expected."""

    @property
    def needed(self) -> bool:
        """需办: it is not 不需办理."""
        return self.state is not NodeState.UNNEEDED

    @property
    def open(self) -> bool:
        """待办: needed and not granted."""
        return self.state not in (NodeState.DONE, NodeState.UNNEEDED)

    @property
    def words(self) -> str:
        """用地 逾期12天; 环评 办理中、还有3天; 初设 未排期."""
        when = "" if self.left is None else f"逾期{-self.left}天" if self.state is NodeState.OVERDUE else f"还有{self.left}天"
        return f"{self.node.shown} " + ("、".join(x for x in (self.dates.handling, when) if x) or "未排期")


def list_permits(
    projects: Iterable[ProjectStanding], order: Sequence[StandardNode], held: Mapping[int, Mapping[str, NodeDates]], on: date
) -> list[Permit]:
    """Every stage of every one of ``projects``, by project and in the office's order; ``held``: the dates of their nodes."""
    nothing = NodeDates()
    found = []
    for p in projects:
        own = held.get(p.id, {})
        for node in permits_of(order):
            dates = own.get(node.name, nothing)
            state = dates.state(on)
            found.append(Permit(p, node, dates, state, dates.days_left(on, state)))
    return found


def list_preparations(
    projects: Iterable[ProjectStanding], permits: Iterable[Permit], year: int, on: date, *, money_starts: bool = False
) -> PreparationLists:
    """The projects behind each number; ``permits`` are those of the projects that are still in preparation."""
    own = [p for p in projects if prepares(p, year)]
    needed = {x.project.id for x in permits if x.needed}
    lacking = {x.project.id for x in permits if x.open}
    still = tuple(p for p in own if still_prepares(p, year, on, money_starts=money_starts))
    return PreparationLists(
        tuple(own), tuple(p for p in own if p.nature == RESERVED),
        tuple(p for p in own if has_converted(p, year, on, money_starts=money_starts)), still,
        tuple(p for p in still if p.id in needed and p.id not in lacking))
