"""The figures of 首页, of the ledger's totals, of the projects' pages and of the report agree to the digit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from hydesk.domain.lamps import LampMode, LampRule
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.totals import Totals
from hydesk.domain.money import format_money, format_percent, format_points
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.overview import Overview, overview
from hydesk.services.pages.project_page import project_page
from hydesk.services.pages.trial_lamps import trial_lamps
from hydesk.services.projects.override_lamp import override_lamp
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.rules.office_rules import set_lamp_rule
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.sub_projects import SubProjectLine, count_listed, set_sub_projects
from hydesk.services.standings.year_curve import year_curve
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]
RULE = LampRule(LampMode.POINTS, Decimal("0.08"), Decimal("0.25"), start_delay=10, statistics_months=4, problem_delay=5)


@pytest.fixture
def judged(desk: Desk) -> Desk:
    """The demonstration under a rule that uses everything, with two projects judged by a person."""
    set_lamp_rule(desk.ledger, RULE)
    standings = list_standings(desk.ledger, desk.period)
    override_lamp(desk.ledger, standings[3].id, 2023, Meaning.SERIOUSLY_LAGGING, "资金断链")
    override_lamp(desk.ledger, standings[9].id, 2023, Meaning.ON_TRACK, "已批准顺延")
    set_sub_projects(desk.ledger, standings[5].id, [SubProjectLine(f"{n}期", total_investment=10_000) for n in "一二三"])
    return desk


@pytest.fixture
def seen(judged: Desk) -> Overview:
    return overview(judged.ledger, judged.period)


@pytest.fixture
def report(judged: Desk) -> Report:
    return compile_report(judged.ledger, ReportKind.MONTHLY, judged.period)


@pytest.fixture
def window(judged: Desk, qtbot: QtBot, settle: Settle) -> MainWindow:
    made = open_window(judged, qtbot)
    for screen in ("home", "ledger"):
        made.go_to(screen)
        settle(judged)
    return made


def _figures(report: Report) -> dict[str, Any]:
    return {f.key: f for f in report.figures() if f.key}


def test_totals_are_one_number_everywhere(window: MainWindow, seen: Overview, report: Report, judged: Desk) -> None:
    ledger: Any = window.made("ledger")
    home: Any = window.made("home")
    assert ledger.model.totals() == seen.totals
    figures = _figures(report)
    t = seen.totals
    assert (figures["all.count"].raw, figures["all.total"].raw, figures["all.plan"].raw, figures["all.year"].raw,
            figures["all.rate"].raw) == (t.count, t.total_investment, t.annual_plan, t.year_investment, t.completion)
    assert t.completion is not None
    gap = t.completion - seen.time_progress
    assert gap == seen.gap
    texts = ledger.block.totals.texts
    assert texts["year"] == format_money(t.year_investment)
    assert texts["completion"] == home.cards["rate"].figure.text() == f"{figures['all.rate'].text}%"
    assert texts["gap"] == format_points(gap)
    assert texts["gap"].lstrip("-") == figures["all.gap"].text
    assert f" {figures['all.gap'].text} 个百分点" in home.cards["rate"].below.text()
    assert home.cards["done"].figure.text() in {f.text for f in report.figures() if f.key == "all.year"}
    assert year_curve(judged.ledger, judged.period)[5].done == t.year_investment


def test_packages_are_counted_both_ways_everywhere(
    window: MainWindow, seen: Overview, report: Report, judged: Desk
) -> None:
    ledger: Any = window.made("ledger")
    home: Any = window.made("home")
    both = count_listed(judged.ledger, judged.period)
    assert (both.listed, both.split) == (388, 390) == (seen.packages.listed, seen.packages.split)
    assert _figures(report)["all.split"].raw == both.split == ledger.model.rows.both_counts(ledger.model.visible).split
    assert ledger.block.totals.texts["name"] == "388 个，打包拆分后 390 个"
    assert "拆分后 390 个" in home.cards["projects"].unit.text()
    unit = ledger.model.rows.lines[5].project.unit
    other = next(x.project.unit for x in ledger.model.rows.lines if x.project.unit != unit)
    ledger.take(LedgerQuery(units=frozenset({other})))
    assert "拆分" not in ledger.block.totals.texts["name"]


def test_units_are_one_number_everywhere(window: MainWindow, seen: Overview, report: Report) -> None:
    ledger: Any = window.made("ledger")
    figures = _figures(report)
    for ranked in seen.ranking:
        ledger.take(LedgerQuery(units=frozenset({ranked.name})))
        shown: Totals = ledger.model.totals()
        assert shown == ranked.totals
        assert figures[f"unit:{ranked.name}.year"].raw == shown.year_investment
        assert figures[f"unit:{ranked.name}.rate"].text == format_percent(ranked.completion, sign=False)


def test_meanings_are_one_number_everywhere(window: MainWindow, seen: Overview, report: Report, judged: Desk) -> None:
    ledger: Any = window.made("ledger")
    home: Any = window.made("home")
    figures = _figures(report)
    assert seen.meanings == trial_lamps(judged.ledger, RULE, judged.period).now
    for meaning, count in seen.meanings.items():
        ledger.take(LedgerQuery(meanings=frozenset({meaning})))
        assert len(ledger.model.visible) == count
        assert figures[f"meaning.{meaning.value}"].raw == count
        assert home.meanings._words[meaning].text() == f"{meaning.mark} {meaning.label} {count}"
    late = seen.meanings[Meaning.LAGGING] + seen.meanings[Meaning.SERIOUSLY_LAGGING]
    assert figures["rows:lagging_all"].raw == late
    assert any("（人工）" in str(cell) for table in report.tables() for row in table.rows for cell in row.cells)
    assert "另有2个项目由人工判定" in report.rules[0]


def test_starts_are_one_number_everywhere(window: MainWindow, seen: Overview, report: Report) -> None:
    home: Any = window.made("home")
    ledger: Any = window.made("ledger")
    figures = _figures(report)
    assert figures["starts.started"].raw == seen.starts.started
    assert figures["starts.planned"].raw == seen.starts.planned
    for part, count in (("clicked", seen.starts.started), ("unit_clicked", seen.starts.planned),
                        ("below_clicked", seen.starts.overdue)):
        getattr(home.cards["starts"], part).emit()
        assert len(ledger.model.visible) == count


def test_pages_of_a_unit_add_up_to_its_line(seen: Overview, report: Report, judged: Desk) -> None:
    ranked = min(seen.ranking, key=lambda r: r.totals.count)
    own = [s for s in list_standings(judged.ledger, judged.period) if s.unit == ranked.name]
    pages = [project_page(judged.ledger, s.id, judged.period) for s in own]
    assert sum(p.standing.year_investment or 0 for p in pages if p.standing) == ranked.totals.year_investment
    assert sum(p.curve[5].done or 0 for p in pages) == ranked.totals.year_investment
    figures = _figures(report)
    for page in pages:
        assert page.standing is not None
        assert page.lamp is not None
        assert page.standing in own
        written = figures.get(f"project:{page.project_id}.year")
        assert written is None or written.raw == page.standing.year_investment
        if page.need is not None and page.need.each is not None:
            assert page.need.each * page.need.months >= page.need.missing
