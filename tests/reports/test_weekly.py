"""周报: what changed since the week before, what falls due in the week that follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hydesk.domain.dates import LooseDate
from hydesk.domain.periods import Period
from hydesk.reports.check import disagreements
from hydesk.reports.compile import compile_standings
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.reports.sources import NodeStanding, ProblemStanding, Sources
from tests.reports.made import ALL_IN_TEXT, YI, standing, words_of

WEEK = Period.week(2023, 26)
MAY = Period.month(2023, 5)


def node(project: int, name: str, due: date, done: date | None = None) -> NodeStanding:
    return NodeStanding(project, name, "落地开工", LooseDate(due), None, LooseDate(done) if done else None)


def weekly(sources: Sources, *, gained: int = 0) -> Report:
    last = WEEK.previous()
    now = [standing(n, as_of=WEEK) for n in (1, 2)]
    before = [replace(p, as_of=last, as_of_day=last.day, year_investment=(p.year_investment or 0) - gained) for p in now]
    return compile_standings(ReportKind.WEEKLY, WEEK, now, issued=date(2023, 7, 3), previous=before, sources=sources,
                             form=ALL_IN_TEXT)


def test_it_says_what_was_done_begun_raised_and_closed_this_week() -> None:
    inside = WEEK.start + timedelta(days=2)
    problems = tuple(
        ProblemStanding(n, 1, f"第{n}个", "", "", "", "", "assigned", raised, None, closed)
        for n, (raised, closed) in enumerate(((inside, None), (date(2023, 5, 1), inside), (date(2023, 5, 1), None)), 1))
    made = weekly(Sources((node(1, "开工", inside - timedelta(days=5), inside), node(2, "竣工", date(2023, 5, 1), date(2023, 5, 2))),
                          problems), gained=YI // 10)
    text = words_of(made)
    assert "本周完成节点1个，其中开工1个" in text
    assert "问题清单本周新增1个、销号1个，尚未销号2个" in text
    assert "本周新增完成投资2000万元（2个项目）" in text
    assert "年初至7月2日完成投资1亿元" in text
    table = next(t for t in made.tables() if t.key == "week_done")
    assert [row.cells[-1] for row in table.rows] == ["●迟5天"]
    assert disagreements(made) == []


def test_it_names_what_falls_due_next_week_only() -> None:
    soon, later = WEEK.end + timedelta(days=3), WEEK.end + timedelta(days=9)
    problem = ProblemStanding(1, 2, "线路迁改", "", "", "供电公司", "", "assigned", None, soon, None)
    made = weekly(Sources((node(1, "主体封顶", soon), node(2, "竣工", later), node(2, "开工", WEEK.start)), (problem,)))
    assert "到期的有节点1个、问题1个" in words_of(made)
    assert next(t for t in made.tables() if t.key == "week_due").rows[0].cells[4] == "主体封顶"
    assert disagreements(made) == []


def test_a_quiet_week_says_so_and_holds_no_list_of_all_projects() -> None:
    made = compile_standings(ReportKind.WEEKLY, WEEK, [standing(1, as_of=MAY)], issued=date(2023, 7, 3))
    text = words_of(made)
    assert text.count("第26周尚无单位报送") == 2  # at its head, and where its figures are told
    assert "本报告采用截至5月底的数据" in text
    assert "没有到期的节点和问题" in text
    assert all(a.table.key != "projects" for a in made.annexes)
