"""The projects of a scope in a report, with everything that is told of them, each reckoned when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from hydesk.dataclass import dataclass
from hydesk.domain.fields import NATURES
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.finishes import FinishLists, Goal, list_finishes
from hydesk.domain.measures.reach import Reach, reach_of
from hydesk.domain.measures.schedule import Schedule, schedule_of
from hydesk.domain.measures.starts import StartLists, has_started, list_starts
from hydesk.domain.measures.totals import Totals, sum_up
from hydesk.domain.measures.year_on_year import YearOnYear, YearSide, compare_years, year_before
from hydesk.domain.milestones import ENTERED, STAGES
from hydesk.domain.periods import Period
from hydesk.domain.scopes.cases import Case, cases_of, stage_of
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.domain.scopes.fields import ScopeMember, fields_with
from hydesk.domain.scopes.grammar import written
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis


@dataclass
class NoticeBasis:
    """A report's basis with its projects as scopes look at them. ``choices`` are the words that scopes may name."""

    basis: Basis

    @cached_property
    def members(self) -> tuple[ScopeMember, ...]:
        """The report's projects in their order."""
        b = self.basis
        reached = {n.project_id: n.stage for n in b.sources.nodes if n.actual is not None and n.node != ENTERED}
        money = b.judging.money_starts
        return tuple(ScopeMember(
            p, b.lamps[p.id].meaning, stage_of(p, reached.get(p.id, ""), has_started(p, b.on, money_starts=money)),
            b.judging.groups.get(p.unit, ""), cases_of(p, b.period, b.yardstick, b.judging.nothing)) for p in b.projects)

    @cached_property
    def choices(self) -> ScopeChoices:
        """What a scope of this report may be made of: the office's words in its order, then those that projects bear."""
        fields = fields_with(self.basis.sources.own)
        words: dict[str, tuple[str, ...]] = {}
        for key, f in fields.items():
            held = dict.fromkeys(self._order(key))
            for m in self.members:
                value = f.read(m)
                if isinstance(value, str | tuple):
                    held.update(dict.fromkeys((value,) if isinstance(value, str) else value))
            if not f.kind.counted and f.kind.name != "TEXT":
                words[key] = tuple(w for w in held if w)
        return ScopeChoices(self.members, words, {"unit": self.basis.sources.short}, fields)

    def _order(self, key: str) -> Iterable[str]:
        """The office's own words for a field, in its order."""
        b = self.basis
        fixed: Mapping[str, Iterable[str]] = {
            "nature": NATURES, "stage": STAGES, "lamp": [m.label for m in Meaning], "state": [c.value for c in Case],
            "unit": b.units, "group": [g for g in b.judging.groups.values() if g]}
        return fixed.get(key) or b.sources.words.get(key, ())

    def choose(self, scope: Scope, name: str = "") -> Chosen:
        """The projects of ``scope``, called ``name``."""
        projects = tuple(m.project for m in scope.of(self.members)) if scope.narrowed else self.basis.projects
        return Chosen(self, scope, projects, name)

    def project(self, project: ProjectStanding) -> Chosen:
        """One project, called by its name."""
        return Chosen(self, WHOLE, (project,), project.name, project)

    @cached_property
    def whole(self) -> Chosen:
        """All projects of the report."""
        return self.choose(WHOLE, self.basis.form.whole)


@dataclass
class Chosen:
    """The projects of ``scope``; of a single ``project`` where a block goes over projects."""

    world: NoticeBasis
    scope: Scope
    projects: Sequence[ProjectStanding]
    name: str = ""
    one: ProjectStanding | None = None
    _goals: dict[Goal, FinishLists] = field(default_factory=dict, repr=False)

    @property
    def basis(self) -> Basis:
        """The report's basis."""
        return self.world.basis

    @property
    def written(self) -> str:
        """The scope as it stands in keys, where | parts a whole from its parts; of one project its id."""
        return f"project:{self.one.id}" if self.one is not None else written(self.scope).replace("|", "／")

    @property
    def words(self) -> str:
        """Which projects these are, for a message."""
        return self.name or self.scope.words or self.basis.form.whole

    @cached_property
    def totals(self) -> Totals:
        """Their sums."""
        return sum_up(self.projects)

    @cached_property
    def reach(self) -> Reach:
        """How far their returns reach, at the period that the whole report shows."""
        b = self.basis
        return reach_of(tuple(self.projects), b.period, b.judging.closed, shown=b.whole.shown)

    @cached_property
    def starts(self) -> StartLists:
        """The projects behind every figure of 开工."""
        b = self.basis
        return list_starts(self.projects, b.period.year, b.on, money_starts=b.judging.money_starts)

    def finishes(self, goal: Goal) -> FinishLists:
        """The projects behind every figure of 竣工, 投产 or 达产."""
        if goal not in self._goals:
            self._goals[goal] = list_finishes(self.projects, self.basis.period.year, self.basis.on, goal)
        return self._goals[goal]

    @cached_property
    def schedule(self) -> Schedule:
        """What their plans by month have by the date of the figures."""
        return schedule_of(tuple(self.projects), self.basis.reach.as_of, self.basis.yardstick.pace)

    @cached_property
    def years(self) -> YearOnYear:
        """Beside last year's of the same month."""
        b, then = self.basis, self.basis.sources.last_year
        now = YearSide(b.whole.shown, tuple(self.projects), self.reach)
        if then is None:
            return compare_years(now, YearSide(year_before(b.whole.shown) or Period.month(b.period.year - 1, 12)))
        ids = {p.id for p in self.projects}
        if self.one is not None or self.scope.judged:
            own = tuple(m.project for m in then.members if m.project.id in ids)
        else:
            own = tuple(m.project for m in self.scope.of(then.members))
        reach = reach_of(own, then.period, then.closed, shown=then.shown)
        return compare_years(now, YearSide(then.shown, own, reach), tuple(m.project for m in then.members))

    def split(self, parts: Mapping[int, int]) -> list[int]:
        """How many sub-projects each holds."""
        return [parts.get(p.id, 0) for p in self.projects]
