"""What the use cases that read say of one small town, held against what was looked at.

The ledger is a file that never changes (62 projects of a year with returns, nodes, problems, registers and own columns), so that
only the program can change what is said. What a figure must be is tested by its rule; here every figure, order and word of every
page and notice shows when it moves. Read the differences, then keep them: HYDESK_KEEP=1 pytest tests/services/pages/test_kept_reads.py
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
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
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.kept import CLOCKS, hold, in_hengyang, whole_of

pytestmark = CLOCKS
KEPT = Path(__file__).parent / "kept"
JUNE, WEEK = Period.month(2023, 6), Period.parse("2023-W25")
ON = date(2023, 7, 5)

READS: dict[str, Callable[[Ledger], Any]] = {
    "standings": lambda ledger: list_standings(ledger, JUNE),
    "standings_of_a_week": lambda ledger: list_standings(ledger, WEEK),
    "facts": lambda ledger: list_more_facts(ledger, JUNE),
    "overview": lambda ledger: overview(ledger, JUNE),
    "overview_of_a_week": lambda ledger: overview(ledger, WEEK),
    "project": lambda ledger: project_page(ledger, list_standings(ledger, JUNE)[1].id, JUNE),
    "leaders": lambda ledger: leaders_page(ledger, JUNE, today=ON),
    "scopes": lambda ledger: scope_choices(ledger, JUNE),
    "groups": lambda ledger: list_groups(ledger, JUNE),
    "packages": lambda ledger: (list_packages(ledger, 2023), count_listed(ledger, JUNE)),
    "curve": lambda ledger: year_curve(ledger, JUNE),
    "plans": lambda ledger: list_month_plans(ledger, JUNE),
    "doubts": lambda ledger: list_doubts(ledger, JUNE),
    "forecast": lambda ledger: forecast_year(ledger, JUNE),
    "nodes": lambda ledger: list_projects(ledger, JUNE),
    "problems": lambda ledger: list_problems(ledger, JUNE.end),
    "problems_now": lambda ledger: follow_problems(ledger, JUNE),
    "three_lists": lambda ledger: three_lists_notice(ledger, JUNE, today=ON),
    "registers": lambda ledger: list_registers(ledger, JUNE.end),
    "series": lambda ledger: series_by_indicator(ledger, JUNE),
    "subjects": lambda ledger: report_subjects(ledger, JUNE),
    "board": lambda ledger: returns_board(ledger, JUNE, ON),
    "chase": lambda ledger: chase_text(ledger, JUNE, ON),
    "returns": lambda ledger: list_returns(ledger),
    "snapshot": lambda ledger: take_snapshot(ledger, JUNE).projects,
    "city_score": lambda ledger: assess_city(ledger, JUNE, today=ON),
    "unit_scores": lambda ledger: assess_units(ledger, JUNE, today=ON),
    "quality": lambda ledger: score_units(ledger, 2023, on=ON),
    "chains": lambda ledger: chain_desk(ledger, JUNE),
    "agenda": lambda ledger: agenda(ledger, JUNE, today=ON),
    "meeting": lambda ledger: read_meeting(ledger, JUNE, today=ON),
    "minutes": lambda ledger: minutes_notice(ledger, JUNE, on=ON, today=ON),
    "majors": lambda ledger: (major_projects(ledger, JUNE), plan_projects_said(ledger, JUNE), majors_notice(ledger, JUNE, today=ON)),
    "points": lambda ledger: (plan_points(ledger, JUNE, today=ON), plan_city_points(ledger, JUNE, today=ON)),
    "points_notice": lambda ledger: points_notice(ledger, JUNE, today=ON),
    "targets": lambda ledger: plan_standings(ledger, JUNE),
    "scale": lambda ledger: (scale_lists(ledger, JUNE), scale_notice(ledger, JUNE, today=ON)),
    "boards": lambda ledger: (propose(ledger, JUNE), cured(ledger, JUNE)),
    "accounts": lambda ledger: account_notice(ledger, JUNE, today=ON),
    "plan_notices": lambda ledger: (plans_notice(ledger, JUNE, today=ON), assessment_notice(ledger, JUNE, today=ON), city_notice(ledger, JUNE, today=ON)),
    "promises": lambda ledger: settle_promises(ledger, JUNE),
    "tours": lambda ledger: tour_stops(ledger, JUNE),
}
FEW = frozenset(("standings", "standings_of_a_week", "facts", "groups", "plans", "nodes", "problems", "returns", "snapshot", "unit_scores", "quality", "majors",
                 "points"))
"""Lists of much that is alike, of which a dozen are written out."""


@pytest.fixture(scope="module", autouse=True)
def _place() -> Iterator[None]:
    yield from in_hengyang()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = tmp_path_factory.mktemp("town") / "town.hydesk"
    path.write_bytes(gzip.decompress((KEPT / "town.hydesk.gz").read_bytes()))
    ledger = open_ledger(path)
    yield ledger
    ledger.close()


@pytest.mark.parametrize("name", READS)
def test_what_is_read_of_the_town(name: str, town: Ledger) -> None:
    hold(KEPT / f"{name}.txt", whole_of(name, READS[name](town), (12, 8) if name in FEW else (3, 4) if name == "leaders" else (40, 8)))
