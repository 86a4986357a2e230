"""Groups of units: kept, undone, ranked apart on paper and in figures, places moved among their own."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from hydesk.db.ledger import Ledger
from hydesk.db.models import Progress
from hydesk.domain.errors import HydeskError
from hydesk.domain.measures.ranking import RankingWay, group_moves, rank_groups
from hydesk.domain.measures.reach import reach_of
from hydesk.domain.measures.totals import group_by
from hydesk.domain.periods import Month
from hydesk.reports.grid import PrintRowKind, PrintTable
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.services.acts.undo_acts import undo_named
from hydesk.services.pages.overview import overview
from hydesk.services.projects.edit_unit import edit_unit
from hydesk.services.projects.group_units import group_units, unit_groups
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.rules.office_rules import set_ranking_way
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import JUNE, MAY, facts, take_list

UNITS = ("衡南县", "祁东县", "耒阳市", "高新区", "松木经开区")
DONE = {"衡南县": (30, 50), "祁东县": (20, 60), "耒阳市": (10, 55), "高新区": (15, 52), "松木经开区": (16, 40)}
"""Of every unit's plan of 200 万元 what was done by May and by June, 万元."""


@pytest.fixture
def ranked(ledger: Ledger) -> Ledger:
    """Five units of two kinds with one project each, whose order turns from May to June."""
    take_list(ledger, *(facts(n, reporting_unit=u, annual_plan=2_000_000) for n, u in enumerate(UNITS, 1)))
    with ledger.write() as connection:
        connection.execute(insert(Progress), [
            {"project_id": n, "year": 2023, "period": str(Month(2023, m)), "ends_on": Month(2023, m).day, "year_investment": done * 10_000}
            for n, u in enumerate(UNITS, 1) for m, done in zip((5, 6), DONE[u], strict=True)])
    return ledger


def places(ledger: Ledger) -> dict[str, dict[str, int | None]]:
    return {g.name: {r.name: r.place for r in g.ranking} for g in overview(ledger, JUNE).group_rankings}


def test_units_rank_within_the_group_of_their_kind_until_the_office_says_otherwise(ranked: Ledger) -> None:
    assert places(ranked) == {"县市区": {"祁东县": 1, "耒阳市": 2, "衡南县": 3}, "园区": {"高新区": 1, "松木经开区": 2}}
    done = group_units(ranked, ["衡南县", "松木经开区"], " 南片 ")
    assert done.value == 2
    assert places(ranked) == {"南片": {"衡南县": 1, "松木经开区": 2}, "县市区": {"祁东县": 1, "耒阳市": 2}, "园区": {"高新区": 1}}
    assert [r.name for r in overview(ranked, JUNE).ranking] == ["祁东县", "耒阳市", "高新区", "衡南县", "松木经开区"]
    assert group_units(ranked, ["衡南县"], "南片").value == 0
    undo_named(ranked, done.acts[0])
    assert "南片" not in unit_groups(ranked)


def test_a_group_called_as_the_kind_is_the_kinds_own(ranked: Ledger) -> None:
    group_units(ranked, ["高新区"], "县市区")
    assert unit_groups(ranked)["县市区"][-1] == "高新区"
    assert group_units(ranked, ["高新区"], "园区").value == 1
    edit_unit(ranked, "高新区", "高新技术区", "园区", [], group="北片")
    assert unit_groups(ranked)["北片"] == ["高新技术区"]
    edit_unit(ranked, "高新技术区", "高新区", "园区", [])
    assert unit_groups(ranked)["北片"] == ["高新区"]


def test_a_name_too_long_or_a_unit_that_is_not_there_is_refused(ranked: Ledger) -> None:
    with pytest.raises(HydeskError, match="太长"):
        group_units(ranked, ["衡南县"], "一二三四五六七八九十一二三")
    with pytest.raises(HydeskError, match="没有名为"):
        group_units(ranked, ["长沙县"], "南片")


def test_places_moved_are_among_the_group(ranked: Ledger) -> None:
    groups = {"衡南县": "县市区", "祁东县": "县市区", "耒阳市": "县市区", "高新区": "园区", "松木经开区": "园区"}
    then, now = (rank_groups(group_by(s := list_standings(ranked, p), lambda x: x.unit), reach_of(s, p), groups) for p in (MAY, JUNE))
    assert group_moves(now, then) == {"衡南县": -2, "祁东县": 1, "耒阳市": 1, "高新区": 1, "松木经开区": -1}


def _ranking(report: Report) -> PrintTable:
    return next(t for t in report.tables() if t.key == "ranking")


def test_a_report_ranks_groups_apart_where_the_office_wants(ranked: Ledger) -> None:
    together = compile_report(ranked, ReportKind.MONTHLY, JUNE)
    set_ranking_way(ranked, RankingWay.APART)
    apart = compile_report(ranked, ReportKind.MONTHLY, JUNE)
    rows = _ranking(apart).rows
    assert [(r.kind, *r.cells[:2]) for r in rows if r.kind is not PrintRowKind.TOTAL] == [
        (PrintRowKind.GROUP, "县市区"), (PrintRowKind.ITEM, "1", "祁东县"), (PrintRowKind.ITEM, "2", "耒阳市"),
        (PrintRowKind.ITEM, "3", "衡南县"), (PrintRowKind.SUBTOTAL, "", "小计"), (PrintRowKind.GROUP, "园区"),
        (PrintRowKind.ITEM, "1", "高新区"), (PrintRowKind.ITEM, "2", "松木经开区"), (PrintRowKind.SUBTOTAL, "", "小计")]
    words = "\n".join(p.text for p in apart.paragraphs())
    assert "园区按年度投资完成率排名，居前的是高新区（26.00%）；靠后的是松木经开区（20.00%）。" in words
    assert "祁东县、耒阳市、高新区均上升1位，衡南县下降2位" in words
    assert _ranking(together).rows[-1].cells[2:] == rows[-1].cells[2:]
    set_ranking_way(ranked, RankingWay.BOTH)
    both = _ranking(compile_report(ranked, ReportKind.MONTHLY, JUNE))
    assert [r.cells[:3] for r in both.rows[:-1]] == [
        ("1", "1", "祁东县"), ("2", "2", "耒阳市"), ("3", "1", "高新区"), ("4", "3", "衡南县"), ("5", "2", "松木经开区")]
