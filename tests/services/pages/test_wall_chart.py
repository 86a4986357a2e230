"""作战图 of the demonstration: the right projects, figures as the pages have them, every node, refusals in words."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.reports.fonts import find_fonts
from hydesk.reports.wall.chart import MarkKind
from hydesk.reports.wall.layout import lay_out
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.pages.leaders import leaders_page
from hydesk.services.pages.wall_chart import ChartWish, chart_file, print_chart, usual_paper, wall_chart
from hydesk.services.standings.read_scope import scope_of
from tests.reports.wall.read_back import ReadChart

JUNE, TODAY = Period.month(2023, 6), date(2023, 7, 5)


def test_a_leader_has_his_projects_and_the_figures_of_his_page(demo_ledger: Ledger) -> None:
    line = leaders_page(demo_ledger, JUNE, today=TODAY).lines[0]
    chart = wall_chart(demo_ledger, JUNE, ChartWish(leader=line.name), TODAY)
    assert chart.rows == line.totals.count
    shown = dict(chart.counts)
    assert shown["项目（个）"] == str(line.totals.count)
    assert shown["滞后（个）"] == str(line.lagging)
    assert shown["逾期节点"] == str(line.overdue_nodes)
    assert shown["未销号问题"] == str(line.open_problems)
    assert line.name in chart.title


def test_the_whole_list_shows_every_date_that_a_time_line_shows(demo_ledger: Ledger) -> None:
    chart = wall_chart(demo_ledger, JUNE, ChartWish(), TODAY)
    m = list_milestones(demo_ledger, JUNE, TODAY)
    marks = Counter(x.kind for g in chart.groups for r in g.rows for x in r.marks)
    dates = [d for p in m.projects for d in p.nodes.values()]
    assert chart.rows == 388
    assert marks[MarkKind.DONE] + marks[MarkKind.DONE_LATE] == sum(d.actual is not None for d in dates)
    assert marks[MarkKind.OVERDUE] == len([x for x in m.overdue() if x.dates.baseline])
    assert marks[MarkKind.PLANNED] + marks[MarkKind.OVERDUE] == sum(d.actual is None and d.baseline is not None for d in dates)
    assert marks[MarkKind.PROBLEM] + marks[MarkKind.PROBLEM_LATE] > 0
    moves = sum(len(d.moves) for d in dates)
    assert 0 < sum(len(r.moved) for g in chart.groups for r in g.rows) <= moves


def test_the_city_stands_on_one_sheet_with_the_bureaus_and_problems_of_every_project(demo_ledger: Ledger) -> None:
    chart = wall_chart(demo_ledger, JUNE, ChartWish(), TODAY)
    rows = [(g, r) for g in chart.groups for r in g.rows]
    assert all(len(r.close) == len(chart.close) for _, r in rows)
    for group, row in rows:
        name, code = row.cells[1].split("\n")
        assert row.close[1].startswith(f"{name} {code}")
        assert row.cells[4] == "—" or row.close[1].endswith(row.cells[4])
        unit = group.heading.split("　")[0]
        assert row.close[2].split("\n")[-1] == row.cells[2].split("\n")[-1].removeprefix(unit)
    sheets = lay_out(chart, find_fonts(folders=()), "A0")
    assert (len(sheets), sheets[0].size) == (1, 8.0)


def test_a_projects_chart_names_every_node_and_is_found_again(demo_ledger: Ledger, tmp_path: Path) -> None:
    chart = wall_chart(demo_ledger, JUNE, ChartWish(project="HY2023-003"), TODAY)
    printed = print_chart(demo_ledger, chart, tmp_path / chart_file(chart), "A3")
    assert (printed.sheets, printed.pages) == (1, 1)
    read = ReadChart(printed.path)
    project = next(p for p in list_milestones(demo_ledger, JUNE, TODAY).projects if p.code == "HY2023-003")
    for name, dates in project.nodes.items():
        places = read.find(name)
        assert len(places) >= 2, name  # beside the time line and on it
        day = str(dates.actual or dates.baseline)
        assert any(abs(p.line - f.line) < 30 for p in places for f in read.find(day)), (name, day)


def test_only_what_is_shown_is_drawn_in_the_order_and_groups_asked_for(demo_ledger: Ledger) -> None:
    chart = wall_chart(demo_ledger, JUNE, ChartWish(only=[1, 2, 200], group=""), TODAY)
    assert [g.heading for g in chart.groups] == [""]
    assert chart.rows == 3
    parks = wall_chart(demo_ledger, JUNE, ChartWish(scope=scope_of(demo_ledger, JUNE, "分组=园区")), TODAY)
    assert "园区" in parks.title
    assert 0 < parks.rows < 388
    assert [usual_paper(w) for w in (ChartWish(), ChartWish(leader="甲"), ChartWish(only=[1]))] == ["A0", "A3", "A1"]


@pytest.mark.parametrize(("wish", "said"), [
    (ChartWish(leader="王五"), "没有项目由“王五”联系"), (ChartWish(leader="市领导"), "不止一位"), (ChartWish(only=[]), "没有可画的项目"),
    (ChartWish(project="没有这个项目"), "没有这个项目"), (ChartWish(group="x"), "不能按")])
def test_what_cannot_be_drawn_is_said(demo_ledger: Ledger, wish: ChartWish, said: str) -> None:
    with pytest.raises(HydeskError, match=said):
        wall_chart(demo_ledger, JUNE, wish, TODAY)


def test_paper_that_does_not_go_is_refused(demo_ledger: Ledger, tmp_path: Path) -> None:
    chart = wall_chart(demo_ledger, JUNE, ChartWish(only=[1, 2]), TODAY)
    for paper, tiles in (("B5", ""), ("A3", "A2"), ("A3", "A3")):
        with pytest.raises(HydeskError):
            print_chart(demo_ledger, chart, tmp_path / "x.pdf", paper, tiles)
    (tmp_path / "folder").mkdir()
    with pytest.raises(HydeskError, match="写不了"):
        print_chart(demo_ledger, chart, tmp_path / "folder", "A3")
