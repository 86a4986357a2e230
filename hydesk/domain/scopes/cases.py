"""Situations a project is in at a period's end, and the stage it has reached: what scopes ask for beside its facts."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from hydesk.domain.fields import CONTINUED
from hydesk.domain.measures.finishes import Goal, has_finished, overdue_finish, to_finish
from hydesk.domain.measures.preparation import has_converted, prepares, still_prepares
from hydesk.domain.measures.reach import has_reported
from hydesk.domain.measures.starts import has_money, has_started, overdue_start, to_start
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.milestones import STAGES
from hydesk.domain.periods import Period
from hydesk.domain.says_nothing import says_nothing
from hydesk.domain.standing import ProjectStanding


class Case(Enum):
    """Situations by which projects are told apart; the value is the word on the chip and in a written scope."""

    UNREPORTED = "本期未报"
    STARTED = "已开工"
    NOT_STARTED = "未开工"
    NEW_STARTED = "计划新开工已开工"
    NEW_TO_START = "计划新开工"
    OVERDUE_START = "到期未开工"
    MONEY_NO_START = "有投资未记开工"
    TO_FINISH = "计划竣工"
    FINISHED = "计划竣工已竣工"
    OVERDUE_FINISH = "到期未竣工"
    TO_PRODUCE = "计划投产"
    PRODUCED = "计划投产已投产"
    OVERDUE_PRODUCTION = "到期未投产"
    TO_CAPACITY = "计划达产"
    AT_CAPACITY = "计划达产已达产"
    OVERDUE_CAPACITY = "到期未达产"
    PREPARES = "前期项目"
    CONVERTED = "前期转开工"
    STILL_PREPARES = "仍在前期"
    OVER_PLAN = "完成率超100%"
    HAS_PROBLEM = "有存在问题"


class _CaseSets(dict[tuple[bool, ...], frozenset[Case]]):
    """One shared set for each combination: there are few, and projects are many."""

    def __missing__(self, on: tuple[bool, ...]) -> frozenset[Case]:
        self[on] = frozenset(c for c, held in zip(Case, on, strict=True) if held)
        return self[on]


_CASES = _CaseSets()


def cases_of(p: ProjectStanding, period: Period, by: Yardstick, nothing: Collection[str] = ()) -> frozenset[Case]:
    """The situations ``p`` is in at the end of ``period``; starts are counted as the home page counts them (§5).

    ``nothing``: the office's own words that say nothing in a problem field.
    """
    started = has_started(p, by.on, money_starts=by.money_starts)
    new = to_start(p, period.year)
    goals = tuple(held for goal in Goal for held in _goal_cases(p, period.year, by, goal))
    over = bool(p.annual_plan) and (p.year_investment or 0) > (p.annual_plan or 0)
    return _CASES[
        not has_reported(p, period), started, not started, new and started, new,
        new and overdue_start(p, by.on, money_starts=by.money_starts), new and has_money(p) and not started,
        *goals, prepares(p, period.year), has_converted(p, period.year, by.on, money_starts=by.money_starts),
        still_prepares(p, period.year, by.on, money_starts=by.money_starts), over, not says_nothing(p.problem_text, nothing)]


def _goal_cases(p: ProjectStanding, year: int, by: Yardstick, goal: Goal) -> tuple[bool, bool, bool]:
    """Planned for the year, come to, overdue."""
    if not to_finish(p, year, goal):
        return False, False, False
    return True, has_finished(p, by.on, goal), overdue_finish(p, by.on, goal)


def stage_of(p: ProjectStanding, reached: str, started: bool) -> str:
    """The stage of the furthest node done (``reached``); works under way or finished say more than papers do."""
    if p.actual_finish is not None or reached == STAGES[3]:
        return STAGES[3]
    if p.nature == CONTINUED or reached == STAGES[2]:
        return STAGES[2]
    return STAGES[1] if started or reached == STAGES[1] else STAGES[0]
