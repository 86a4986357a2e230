from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.lamps import LampRule
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.measures.yardstick import Pace
from hydesk.domain.periods import Period
from hydesk.reports.grid import PrintRowKind
from hydesk.services.pages.overview import overview
from hydesk.services.reports.compile_report import ReportKind, compile_report
from hydesk.services.reports.print_report import print_report
from hydesk.services.rules.office_rules import set_lamp_rule, set_pace
from hydesk.services.rules.settings import DEMO, set_setting
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import JUNE, fill


def test_the_report_holds_the_ledgers_sums_and_the_home_pages_starts(ledger: Ledger) -> None:
    fill(ledger, 6)
    report = compile_report(ledger, ReportKind.MONTHLY, JUNE)
    sums = sum_up(list_standings(ledger, JUNE))
    figures = {f.key: f.raw for f in report.figures()}
    assert figures["all.total"] == sums.total_investment
    assert figures["all.plan"] == sums.annual_plan
    assert figures["all.count"] == 6
    assert figures["starts.planned"] == overview(ledger, JUNE).starts.planned
    annex = report.annexes[0].table
    assert sum(1 for r in annex.rows if r.kind is PrintRowKind.ITEM) == 6


def test_a_ledger_without_projects_of_the_year_says_so(ledger: Ledger) -> None:
    with pytest.raises(HydeskError, match="导入项目清单"):
        compile_report(ledger, ReportKind.MONTHLY, JUNE)


def test_made_up_figures_are_marked(ledger: Ledger) -> None:
    fill(ledger)
    assert compile_report(ledger, ReportKind.MONTHLY, JUNE).masthead.remark == "草稿"
    set_setting(ledger, DEMO, True)
    assert compile_report(ledger, ReportKind.MONTHLY, JUNE).masthead.remark == "演示数据，草稿"


def test_the_offices_rule_and_way_of_counting_time_are_used(ledger: Ledger) -> None:
    fill(ledger)
    set_lamp_rule(ledger, LampRule(lagging=Decimal("0.05")))
    report = compile_report(ledger, ReportKind.MONTHLY, JUNE)
    assert any("低5至30个百分点（均含本数）" in note for note in report.annexes[0].table.notes)
    set_pace(ledger, Pace.BY_MONTH)
    week = compile_report(ledger, ReportKind.WEEKLY, Period.week(2023, 25))
    assert all("按日计算" not in p.text for p in week.paragraphs())


def test_a_weekly_report_prints(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    report = compile_report(ledger, ReportKind.WEEKLY, Period.week(2023, 25))
    assert print_report(report, tmp_path)[0].name == "衡阳市重点建设项目周报（2023年第25周）.pdf"
