"""What the use cases that read say of one small town, held against what was looked at.

The ledger is a file that never changes (62 projects of a year with returns, nodes, problems, registers and own columns), so that
only the program can change what is said. What a figure must be is tested by its rule; here every figure, order and word of every
page and notice shows when it moves. Read the differences, then keep them: HYDESK_KEEP=1 pytest tests/services/pages/test_kept_reads.py
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.services.doubts.forecast_year import forecast_year
from hydesk.services.doubts.list_doubts import list_doubts
from hydesk.services.mechanisms.assess_city import assess_city
from hydesk.services.mechanisms.assess_units import assess_units
from hydesk.services.mechanisms.chain_map import chain_desk
from hydesk.services.mechanisms.hold_meeting import agenda
from hydesk.services.mechanisms.major_projects import major_projects, majors_notice, plan_projects_said
from hydesk.services.mechanisms.meeting_lines import minutes_notice, read_meeting
from hydesk.services.mechanisms.plan_points import plan_city_points, plan_points, points_notice
from hydesk.services.mechanisms.plan_standings import plan_standings
from hydesk.services.mechanisms.print_boards import account_notice, scale_notice
from hydesk.services.mechanisms.print_plans import assessment_notice, city_notice, plans_notice
from hydesk.services.mechanisms.red_yellow import cured, propose
from hydesk.services.mechanisms.scale_lists import scale_lists
from hydesk.services.mechanisms.score_units import score_units
from hydesk.services.mechanisms.settle_promises import settle_promises
from hydesk.services.mechanisms.tour_booklet import tour_stops
from hydesk.services.milestones.list_milestones import list_projects
from hydesk.services.pages.cross_table import list_groups
from hydesk.services.pages.leaders import leaders_page
from hydesk.services.pages.overview import overview
from hydesk.services.pages.project_page import project_page
from hydesk.services.problems.follow_problems import follow_problems
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.problems.print_three_lists import three_lists_notice
from hydesk.services.projects.list_more_facts import list_more_facts
from hydesk.services.projects.month_plans import list_month_plans
from hydesk.services.registers.list_registers import list_registers
from hydesk.services.registers.year_values import series_by_indicator
from hydesk.services.reports.report_subjects import report_subjects
from hydesk.services.returns.chase_units import chase_text
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.returns.returns_board import returns_board
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.read_scope import scope_choices
from hydesk.services.standings.sub_projects import count_listed, list_packages
from hydesk.services.standings.year_curve import year_curve
from tests.kept import hold, lines_of, on_day, whole_of
from tests.town import IN_HENGYANG

pytestmark = IN_HENGYANG
KEPT = Path(__file__).parent / "kept"
JUNE, WEEK = Period.month(2023, 6), Period.parse("2023-W25")
ON = date(2023, 7, 5)

READS: dict[str, Callable[[Ledger, Period, Any], Any]] = {
    "standings": lambda ledger, at, on: list_standings(ledger, at),
    "standings_of_a_week": lambda ledger, _at, _on: list_standings(ledger, WEEK),
    "facts": lambda ledger, at, on: list_more_facts(ledger, at),
    "overview": lambda ledger, at, on: overview(ledger, at),
    "overview_of_a_week": lambda ledger, _at, _on: overview(ledger, WEEK),
    "project": lambda ledger, at, on: project_page(ledger, list_standings(ledger, at)[1].id, at),
    "leaders": lambda ledger, at, on: leaders_page(ledger, at, today=on),
    "scopes": lambda ledger, at, on: scope_choices(ledger, at),
    "groups": lambda ledger, at, on: list_groups(ledger, at),
    "packages": lambda ledger, at, on: (list_packages(ledger, at.year), count_listed(ledger, at)),
    "curve": lambda ledger, at, on: year_curve(ledger, at),
    "plans": lambda ledger, at, on: list_month_plans(ledger, at),
    "doubts": lambda ledger, at, on: list_doubts(ledger, at),
    "forecast": lambda ledger, at, on: forecast_year(ledger, at),
    "nodes": lambda ledger, at, on: list_projects(ledger, at),
    "problems": lambda ledger, at, on: list_problems(ledger, at.end),
    "problems_now": lambda ledger, at, on: follow_problems(ledger, at),
    "three_lists": lambda ledger, at, on: three_lists_notice(ledger, at, today=on),
    "registers": lambda ledger, at, on: list_registers(ledger, at.end),
    "series": lambda ledger, at, on: series_by_indicator(ledger, at),
    "subjects": lambda ledger, at, on: report_subjects(ledger, at),
    "board": lambda ledger, at, on: returns_board(ledger, at, on),
    "chase": lambda ledger, at, on: chase_text(ledger, at, on),
    "returns": lambda ledger, at, on: list_returns(ledger),
    "snapshot": lambda ledger, at, on: take_snapshot(ledger, at).projects,
    "city_score": lambda ledger, at, on: assess_city(ledger, at, today=on),
    "unit_scores": lambda ledger, at, on: assess_units(ledger, at, today=on),
    "quality": lambda ledger, at, on: score_units(ledger, at.year, on=on),
    "chains": lambda ledger, at, on: chain_desk(ledger, at),
    "agenda": lambda ledger, at, on: agenda(ledger, at, today=on),
    "meeting": lambda ledger, at, on: read_meeting(ledger, at, today=on),
    "minutes": lambda ledger, at, on: minutes_notice(ledger, at, on=on, today=on),
    "majors": lambda ledger, at, on: (major_projects(ledger, at), plan_projects_said(ledger, at), majors_notice(ledger, at, today=on)),
    "points": lambda ledger, at, on: (plan_points(ledger, at, today=on), plan_city_points(ledger, at, today=on)),
    "points_notice": lambda ledger, at, on: points_notice(ledger, at, today=on),
    "targets": lambda ledger, at, on: plan_standings(ledger, at),
    "scale": lambda ledger, at, on: (scale_lists(ledger, at), scale_notice(ledger, at, today=on)),
    "boards": lambda ledger, at, on: (propose(ledger, at), cured(ledger, at)),
    "accounts": lambda ledger, at, on: account_notice(ledger, at, today=on),
    "plan_notices": lambda ledger, at, on: (plans_notice(ledger, at, today=on), assessment_notice(ledger, at, today=on), city_notice(ledger, at, today=on)),
    "promises": lambda ledger, at, on: settle_promises(ledger, at),
    "tours": lambda ledger, at, on: tour_stops(ledger, at),
}
FEW = frozenset(("standings", "standings_of_a_week", "facts", "groups", "plans", "nodes", "problems", "returns", "snapshot", "unit_scores", "quality", "majors",
                 "points"))
"""Lists of much that is alike, of which a dozen are written out."""


@pytest.mark.parametrize("name", READS)
def test_what_is_read_of_the_town(name: str, town: Ledger) -> None:
    hold(KEPT / f"{name}.txt", whole_of(name, READS[name](town, JUNE, ON), (12, 8) if name in FEW else (3, 4) if name == "leaders" else (40, 8)))


@pytest.mark.parametrize("name", ["leaders", "three_lists", "board", "chase", "city_score", "unit_scores", "quality", "agenda", "meeting", "majors", "scale", "accounts", "plan_notices"])
def test_where_no_day_is_told_it_is_today(name: str, town: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    told = list(lines_of(name, READS[name](town, JUNE, ON), most=(9, 4)))
    on_day(monkeypatch, ON)
    assert list(lines_of(name, READS[name](town, JUNE, None), most=(9, 4))) == told
