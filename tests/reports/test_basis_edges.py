"""The edges of what a report is written from: what falls due, who turned, what a week holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis, Judging, Turned
from hydesk.reports.compile import compile_standings
from hydesk.reports.form import ReportForm
from hydesk.reports.kinds import ReportKind
from hydesk.reports.sources import NodeStanding, ProblemStanding, Sources
from hydesk.reports.work_out import work_out
from tests.reports.made import ALL_IN_TEXT, YI, standing, words_of

MAY, JUNE, JULY = (Period.month(2023, m) for m in (5, 6, 7))
WEEK = Period.week(2023, 26)  # 26 June to 2 July


def basis(*now: ProjectStanding, period: Period = JUNE, before: tuple[ProjectStanding, ...] | None = None, **more: Any) -> Basis:
    kind = ReportKind.MONTHLY if period.is_month else ReportKind.WEEKLY
    return work_out(kind, period, now, judging=more.pop("judging", Judging()), unit_order=("衡南县",), previous=before, form=ReportForm(), **more)


def node(due: date, done: date | None = None, project: int = 1) -> NodeStanding:
    return NodeStanding(project, "主体封顶", "在建实施", LooseDate(due), None, LooseDate(done) if done else None)


@pytest.mark.parametrize(("period", "first", "last"), [
    (JUNE, date(2023, 7, 1), date(2023, 7, 31)), (Period.month(2023, 1), date(2023, 2, 1), date(2023, 2, 28)),
    (Period.month(2023, 12), date(2024, 1, 1), date(2024, 1, 31)), (WEEK, date(2023, 7, 3), date(2023, 7, 9))])
def test_what_falls_due_is_of_the_period_that_follows(period: Period, first: date, last: date) -> None:
    nodes = tuple(node(d) for d in (first - timedelta(1), first, last, last + timedelta(1)))
    assert [n.due.day for n in basis(standing(1), period=period, sources=Sources(nodes)).due_next if n.due] == [first, last]
    done = Sources((node(first, first), node(first, project=2), replace(node(first), planned=None)))
    assert basis(standing(1), period=period, sources=done).due_next == ()


def at(month: Period, share: int | None, number: int = 1, **more: Any) -> ProjectStanding:
    return standing(number, as_of=None if share is None else month, year_investment=None if share is None else YI * share // 100, **more)


def test_who_turned_is_among_those_judged_both_times() -> None:
    before = (at(MAY, 40, 1), at(MAY, 10, 2), at(MAY, 10, 3), at(MAY, 40, 4), at(MAY, None, 5), at(MAY, 40, 6, annual_plan=None))
    now = (at(JUNE, 40, 1), at(JUNE, 50, 2), at(JUNE, 10, 3), at(MAY, 40, 4), at(JUNE, 10, 5), at(JUNE, 10, 6), at(JUNE, 10, 7))
    assert basis(*now, before=before).turned == Turned(fell=1, rose=1)
    assert basis(*now, before=None).turned is None
    assert basis(*now, before=tuple(replace(p, as_of=None, year_investment=None) for p in before)).turned is None
    # Nobody had reported for the period before: those are older figures, not another judgement.
    assert basis(*now, before=tuple(at(Period.month(2023, 4), 40, n) for n in range(1, 8))).turned is None


def test_a_lagging_project_is_behind_only_where_its_amounts_are() -> None:
    hanging = at(JUNE, 60, 1, lamp_meaning="lagging")
    behind = at(JUNE, 40, 2)
    unknown = at(JUNE, 60, 3, annual_plan=None, lamp_meaning="lagging")
    even = at(JUNE, 50, 4, lamp_meaning="lagging")
    found = {x.project.id: x.behind for x in basis(hanging, behind, unknown, even).lagging}
    assert (found[1], found[3], found[4]) == (None, None, 0)
    assert f"{found[2]:.2f}" == "0.10"
    assert [x.project.id for x in basis(even, behind, at(JUNE, 10, 5)).lagging] == [5, 2, 4]


def test_problems_are_those_that_say_something_by_the_offices_list() -> None:
    projects = [at(JUNE, 50, i, problem_text=t) for i, t in enumerate(("无", "征地未完成", "", "同上月"), 1)]
    assert [p.id for p in basis(*projects).problems] == [2, 4]
    assert [p.id for p in basis(*projects, judging=Judging(nothing=("同上月",))).problems] == [2]


def test_money_without_a_start_the_most_first() -> None:
    projects = [at(JUNE, s, i, actual_start=None, **more) for i, (s, more) in enumerate(
        ((10, {}), (30, {}), (0, {}), (20, {"planned_start": date(2022, 3, 1)}), (40, {"nature": "续建"})), 1)]
    assert [p.id for p in basis(*projects).money_only] == [2, 1]
    assert basis(*projects, judging=Judging(money_starts=True)).money_only == ()


def test_a_report_of_a_unit_holds_its_own_and_the_ranking_of_all() -> None:
    mine, others = at(JUNE, 50, 1), at(JUNE, 60, 2, unit="祁东县")
    own = basis(mine, others, subject="衡南县")
    assert (list(own.units), [p.id for p in own.projects], len(own.ranking), own.about_project) == (["衡南县"], [1], 2, False)
    one = basis(mine, others, subject="HY2023-001")
    assert (list(one.units), one.subject, one.about_project) == (["衡南县"], "第1号项目", True)
    assert own.months_left == 6


def weekly(*problems: ProblemStanding, nodes: tuple[NodeStanding, ...] = ()) -> str:
    return words_of(compile_standings(ReportKind.WEEKLY, WEEK, [standing(1, as_of=WEEK)], issued=date(2023, 7, 3), sources=Sources(nodes, problems)))


def problem(raised: date, closed: date | None = None, due: date | None = None) -> ProblemStanding:
    return ProblemStanding(1, 1, "线路迁改", "", "", "供电公司", "", "assigned", raised, due, closed)


def test_a_week_holds_its_monday_and_its_sunday() -> None:
    days = (WEEK.start - timedelta(1), WEEK.start, WEEK.end, WEEK.end + timedelta(1))
    assert "本周完成节点2个" in weekly(nodes=tuple(node(date(2023, 5, 1), d) for d in days))
    assert "问题清单本周新增2个，尚未销号4个" in weekly(*(problem(d) for d in days))
    assert "问题清单本周新增1个、销号2个" in weekly(problem(days[1], days[1]), problem(days[0], days[2]), problem(days[0], days[0]))
    assert "问题清单本周没有新增和销号，尚未销号1个" in weekly(problem(days[0]))


def test_problems_due_in_the_seven_days_that_follow_and_still_open() -> None:
    end = WEEK.end
    told = weekly(*(problem(date(2023, 5, 1), due=end + timedelta(n)) for n in (0, 1, 7, 8)),
                  problem(date(2023, 5, 1), closed=WEEK.start, due=end + timedelta(1)), problem(date(2023, 5, 1)))
    assert "下周（7月3日至7月9日）到期的有问题2个" in told
    assert "下周（7月3日至7月9日）没有到期的节点和问题" in weekly(problem(date(2023, 5, 1), due=end + timedelta(8)))


@pytest.mark.parametrize(("done", "said"), [(date(2023, 6, 27), "●提前"), (date(2023, 6, 28), "●按时"), (date(2023, 6, 29), "●迟1天")])
def test_a_node_done_stands_against_its_plan(done: date, said: str) -> None:
    made = compile_standings(ReportKind.WEEKLY, WEEK, [standing(1, as_of=WEEK)], issued=date(2023, 7, 3),
                             sources=Sources((node(date(2023, 6, 28), done), replace(node(done, done), planned=None))),
                             form=ALL_IN_TEXT)
    rows = next(t for t in made.tables() if t.key == "week_done").rows
    assert [r.cells[-1] for r in rows] == [said, "●已完成"]
