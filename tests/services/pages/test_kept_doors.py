"""What the other reading use cases say of the frozen town: histories, single papers, comparisons, reports and their sentences,
registers, returns and rules, held against what was looked at.

As test_kept_reads, for what is asked with more than a period. To keep what is found now, after reading the differences:
HYDESK_KEEP=1 pytest tests/services/pages/test_kept_doors.py
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lamps import LampMode, LampRule
from hydesk.domain.measures.subjects import Subject
from hydesk.domain.month_plan import Spreading
from hydesk.domain.periods import Period
from hydesk.domain.scopes.grammar import parse_scope
from hydesk.reports.kinds import ReportKind
from hydesk.services.doubts.doubt_rules import doubt_rules, doubt_rules_in_words, trial_doubts
from hydesk.services.doubts.list_doubts import year_trust
from hydesk.services.mechanisms.assess_city import city_rules
from hydesk.services.mechanisms.assess_units import assessment_rules
from hydesk.services.mechanisms.chain_map import chain_maps
from hydesk.services.mechanisms.land_filing import landing_draft
from hydesk.services.mechanisms.meeting_agenda import propose_agenda
from hydesk.services.mechanisms.meeting_lines import decisions_of, read_meeting
from hydesk.services.mechanisms.print_boards import boards_notice, pledge_notice
from hydesk.services.mechanisms.tour_booklet import tour_notice
from hydesk.services.milestones.list_milestones import list_milestones, list_standard_nodes
from hydesk.services.pages.before_issue import before_issue
from hydesk.services.pages.cross_table import (
    CrossMeasure,
    Dimension,
    cross_as_report,
    cross_table,
    list_dimensions,
    list_measures,
)
from hydesk.services.pages.figure_source import figure_source
from hydesk.services.pages.leader_sheet import leader_sheet
from hydesk.services.pages.leaders import leaders_page
from hydesk.services.pages.overview import overview
from hydesk.services.pages.period_work import period_work
from hydesk.services.pages.places_moved import places_moved
from hydesk.services.pages.project_page import project_page
from hydesk.services.pages.subject_table import PermitBy, subject_as_report, subject_table
from hydesk.services.pages.trial_lamps import trial_lamps
from hydesk.services.pages.wall_chart import ChartWish, chart_file, chart_leaders, wall_chart
from hydesk.services.problems.list_problems import list_problems, list_responsible, problem_detail
from hydesk.services.projects.find_project import find_project
from hydesk.services.projects.list_batches import list_batches
from hydesk.services.projects.month_plans import propose_plans
from hydesk.services.projects.own_columns import count_values
from hydesk.services.projects.own_values import list_own_values
from hydesk.services.projects.project_history import project_history, provenance
from hydesk.services.registers.list_registers import list_registers, open_register
from hydesk.services.registers.look_at_register import look_at_register
from hydesk.services.registers.print_register import register_notice
from hydesk.services.registers.project_mentions import project_mentions
from hydesk.services.registers.record_history import record_history
from hydesk.services.registers.renew_registers import renewals
from hydesk.services.reports.compile_report import compile_each, compile_report
from hydesk.services.reports.own_sentences import notice_basis, preview_sentence, sentence_words
from hydesk.services.reports.read_sentences import read_paragraphs, read_pieces, read_sentences, remarks
from hydesk.services.reports.report_forms import parts_of, usual_form
from hydesk.services.returns.know_ledger import know_ledger
from hydesk.services.returns.list_returns import list_returns, return_detail
from hydesk.services.returns.return_slip import return_slip, slip_text
from hydesk.services.returns.returns_board import unit_returns
from hydesk.services.rules.office_rules import lamp_rule, read_rules
from hydesk.services.rules.rule_words import rules_told
from hydesk.services.rules.settings import list_check_rules
from hydesk.services.standings.compare_years import year_on_year
from hydesk.services.standings.list_standings import known_periods, ledger_years, list_classes, list_standings
from hydesk.services.standings.read_scope import ids_in, scope_of
from tests.kept import hold, whole_of
from tests.town import IN_HENGYANG

pytestmark = IN_HENGYANG
KEPT = Path(__file__).parent / "kept_doors"
MAY, JUNE = Period.month(2023, 5), Period.month(2023, 6)
ON = date(2023, 7, 5)
SOUTH = parse_scope("unit=衡南县|祁东县|雁峰区")
SCOPES = ("unit=衡南县", "size>=5亿;unit!=衡南县", "lamp=滞后", "级别=省", "性质=新建|续建", "联系领导~市领导A", "chain=输变电装备", "批次=第一批", "没有的=1", "阶段=在建实施", "")
SENTENCES = (
    "其中，{省重点.个数}个省重点项目完成投资{省重点.完成}亿元，占年度计划的{省重点.完成率}。", "{各级别：{名}{个数}个；}总体{超欠}个百分点。", "{前3名单位：{名}（{完成率}）}居前。",
    "{后2个项目按超欠（滞后）：{名}（{单位}，{原因}）}。", "{同比}", "{完程率}", "{没有的.个数}个", "")


def _each(ask: Callable[[Any], Any], those: Any) -> dict[str, Any]:
    """What is answered about each, or with which words it is refused."""
    found: dict[str, Any] = {}
    for at, one in enumerate(those):
        name = str(at) if isinstance(one, ChartWish) else str(one)
        try:
            found[name] = ask(one)
        except HydeskError as e:
            found[name] = f"refused: {e}"
    return found


def _rules(ledger: Ledger) -> Any:
    with ledger.read() as connection:
        return read_rules(connection)


def _cross(ledger: Ledger) -> Any:
    made = cross_table(ledger, JUNE, Dimension.UNIT, Dimension.NATURE)
    one = cross_table(ledger, JUNE, Dimension.STAGE, scope=SOUTH)
    return [cross_as_report(ledger, made, m, "说明", today=ON) for m in (CrossMeasure.PLAN, CrossMeasure.RATE)], cross_as_report(ledger, one, CrossMeasure.COUNT, today=ON)


def _subjects(ledger: Ledger) -> Any:
    by = {Subject.PERMITS: PermitBy.DEPARTMENT}
    made = {s: subject_table(ledger, JUNE, s, by.get(s, Dimension.UNIT)) for s in Subject}
    return made, subject_table(ledger, JUNE, Subject.PERMITS, PermitBy.NODE, SOUTH), [subject_as_report(ledger, t, today=ON) for t in made.values()]


def _registers(ledger: Ledger) -> Any:
    every = list_registers(ledger, ON)
    return {r.definition.key: (look_at_register(ledger, r.id, JUNE), register_notice(ledger, r.id, JUNE, today=ON)) for r in every if r.records}


def _record_steps(ledger: Ledger) -> Any:
    sheets = [look_at_register(ledger, r.id, JUNE) for r in list_registers(ledger, ON) if r.records]
    return [record_history(ledger, s, s.records[0].id) for s in sheets]


def _sentences(ledger: Ledger) -> Any:
    report = compile_report(ledger, ReportKind.MONTHLY, JUNE, issued=ON)
    world = notice_basis(ledger, JUNE)
    return (read_sentences(report), read_paragraphs(report), read_pieces(report), remarks(report), before_issue(ledger, JUNE, report), sentence_words(world),
            _each(lambda text: preview_sentence(world, text), SENTENCES))


DOORS: dict[str, Callable[[Ledger], Any]] = {
    "histories": lambda t: [project_history(t, p) for p in (1, 8, 13, 148)],
    "provenances": lambda t: [provenance(t, p, f, JUNE) for p in (1, 13) for f in (Field.YEAR_INVESTMENT, Field.NAME, Field.PROBLEM_TEXT, Field.BUILDER)],
    "figure_sources": lambda t: _each(lambda f: figure_source(t, "HY2023-001", f, JUNE), (Field.YEAR_INVESTMENT, Field.MONTH_INVESTMENT, Field.TOTAL_INVESTMENT, Field.CONTACT, Field.WEEK_INVESTMENT)),
    "project_pages": lambda t: [project_page(t, s.id, JUNE) for s in list_standings(t, JUNE)[7:62:11]],
    "problem_details": lambda t: [problem_detail(t, p.id, ON) for p in list_problems(t, ON)],
    "responsible": list_responsible,
    "cross": _cross,
    "cross_ways": lambda t: (list_dimensions(t), list_measures(t), [cross_table(t, JUNE, d) for d in Dimension]),
    "subjects_of": _subjects,
    "leaders_of_some": lambda t: leaders_page(t, JUNE, SOUTH, today=ON),
    "leader_sheets": lambda t: _each(lambda n: leader_sheet(t, JUNE, n, today=ON), (*chart_leaders(t, JUNE)[:2], "没有此人")),
    "charts": lambda t: _each(lambda w: (chart_file(made := wall_chart(t, JUNE, w, today=ON)), made), (
        ChartWish(), ChartWish(scope=SOUTH, group="category", title="南片作战图"), ChartWish(leader=chart_leaders(t, JUNE)[0], group=""), ChartWish(project="HY2023-013"),
        ChartWish(project="没有"), ChartWish(leader="没有"), ChartWish(only=[1, 5, 8], group="chain", first=date(2023, 3, 1), last=date(2023, 9, 1)),
        ChartWish(only=[1, 5], nodes=frozenset({"开工", "竣工"})))),
    "work": lambda t: (period_work(t, JUNE, today=ON), period_work(t, JUNE, SOUTH, today=ON), period_work(t, MAY, today=date(2023, 6, 6)), period_work(t, Period.parse("2023-W25"), today=ON)),
    "moved": lambda t: (places_moved(t, overview(t, JUNE)), overview(t, JUNE, SOUTH)),
    "lamps": lambda t: [trial_lamps(t, rule, JUNE) for rule in (
        LampRule(), LampRule(lagging=Decimal("0.05"), serious=Decimal("0.2"), start_delay=10, statistics_months=1, problem_delay=3), LampRule(LampMode.RATIO, Decimal("0.9"), Decimal("0.6")))],
    "rules": lambda t: (_rules(t), rules_told(_rules(t)), lamp_rule(t), list_check_rules(t), doubt_rules_in_words(doubt_rules(t)), city_rules(t), assessment_rules(t)),
    "doubt_trials": lambda t: (trial_doubts(t, replace(doubt_rules(t), least=1), JUNE), year_trust(t, 2023)),
    "spread": lambda t: [propose_plans(t, JUNE, way, whole=True, scope=SOUTH) for way in Spreading],
    "own": lambda t: (count_values(t), list_own_values(t, "施工单位", 2023)),
    "lists": lambda t: (list_batches(t, 2023), known_periods(t), ledger_years(t), [list_classes(t, k) for k in ("category", "industry", "chain")], list_standard_nodes(t)),
    "finding": lambda t: _each(lambda said: find_project(t, said, JUNE).name, ("HY2023-001", "hy2023-5", "1", "项目", "道路", "没有", "", "人民街道道路")),
    "scoped": lambda t: _each(lambda said: (scope_of(t, JUNE, said), ids_in(t, JUNE, scope_of(t, JUNE, said))), SCOPES),
    "years": lambda t: (year_on_year(t, JUNE), year_on_year(t, JUNE, SOUTH)),
    "milestones": lambda t: (list_milestones(t, JUNE), list_milestones(t, date(2023, 9, 1), today=ON)),
    "registers_open": _registers,
    "registers_drawn": lambda t: [open_register(t, r, JUNE) for r in (2, 4, 9)],
    "record_steps": _record_steps,
    "mentions": lambda t: (_each(lambda p: project_mentions(t, p, ON), range(1, 62, 4)), renewals(t)),
    "chain_maps": lambda t: chain_maps(t, JUNE),
    "landing": lambda t: _each(lambda r: landing_draft(t, r, JUNE), (90, 91, 92, 93, 94)),
    "meeting_of": lambda t: (decisions_of(t, JUNE, ON), propose_agenda(read_meeting(t, JUNE, today=ON).lines), read_meeting(t, JUNE, SOUTH, today=ON)),
    "boards_paper": lambda t: (boards_notice(t, MAY, today=ON), pledge_notice(t, JUNE, "衡南县", today=ON), _each(lambda n: tour_notice(t, JUNE, n, today=ON), ("2023年上半年现场观摩", "没有"))),
    "sentences": _sentences,
    "forms": lambda t: [(usual_form(t, k), parts_of(k, usual_form(t, k))) for k in (ReportKind.MONTHLY, ReportKind.WEEKLY, ReportKind.UNIT)],
    "each": lambda t: [(r.subject, r.title) for r in compile_each(t, ReportKind.UNIT, JUNE, issued=ON)],
    "ledger_known": lambda t: know_ledger(t, JUNE).snapshot.projects,
    "details": lambda t: _each(lambda i: return_detail(t, i), (3, 23, 25, 30, 33)),
    "slips": lambda t: _each(lambda i: (slip := return_slip(t, i, today=ON), slip_text(slip)), (3, 23, 25, 33)),
    "unit_returns": lambda t: (unit_returns(t, JUNE), list_returns(t)),
}


@pytest.mark.parametrize("name", DOORS)
def test_what_is_answered_about_the_town(name: str, town: Ledger) -> None:
    hold(KEPT / f"{name}.txt", whole_of(name, DOORS[name](town), (12, 5)))


@pytest.mark.parametrize("kind", [k for k in ReportKind if k not in (ReportKind.QUARTERLY, ReportKind.HALF_YEAR, ReportKind.YEARLY)])
def test_a_report_of_the_town(kind: ReportKind, town: Ledger) -> None:
    subjects = {ReportKind.UNIT: "衡南县", ReportKind.PROJECT: "HY2023-013", ReportKind.LEADER: chart_leaders(town, JUNE)[0], ReportKind.SUPERVISION: "衡南县"}
    made = _each(lambda k: compile_report(town, k, Period.parse("2023-W25") if k is ReportKind.WEEKLY else JUNE, subjects.get(k), issued=ON), (kind,))[str(kind)]
    hold(KEPT / f"report_{kind.value}.txt", whole_of(kind.value, made, (6, 3)))
