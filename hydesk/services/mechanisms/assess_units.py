"""The yearly assessment (考核) of counties and parks: measures drawn from the ledger, points by the office's rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.assessment import AssessmentRule, MeasureReading, Scored, assess, default_rules
from hydesk.domain.measures.starts import count_starts
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.money import format_money, format_percent
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import APPEALS, RED_YELLOW
from hydesk.services.acts.writing import writing
from hydesk.services.mechanisms.assess_city import start_reading
from hydesk.services.mechanisms.score_rules import given_after_appeal, keep_rules, kept_rules
from hydesk.services.mechanisms.score_units import score_units
from hydesk.services.mechanisms.settle_promises import kept_share, settle_promises
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.standings.list_standings import list_units
from hydesk.services.standings.period_view import view_at
from hydesk.services.standings.read_scope import Within, within

ASSESSMENT_RULES = "assessment_rules"
MEASURES = {
    "completion": "年度投资完成率", "start_rate": "新开工项目开工率", "promises": "承诺兑现率",
    "return_quality": "报送质量得分（百分制）", "problems_overdue": "逾期未销号的问题个数", "amount": "本年累计完成投资（亿元）",
    "lagging": "黄榜次数", "praised": "红榜次数",
}
"""What a rule can measure."""


def assessment_rules(ledger: Ledger) -> tuple[AssessmentRule, ...]:
    """The rules in force."""
    return kept_rules(ledger, ASSESSMENT_RULES, default_rules())


@writing
def set_assessment_rules(ledger: Ledger, rules: Sequence[AssessmentRule], actor: Actor | None = None) -> None:
    """Assess by ``rules`` from now on; can be undone. Raises HydeskError for rules that cannot be used."""
    keep_rules(ledger, ASSESSMENT_RULES, rules, MEASURES, "修改考核规则", actor)


def assess_units(ledger: Ledger, period: Period, rules: Sequence[AssessmentRule] | None = None,
                 today: date | None = None, scope: Scope = WHOLE) -> list[Scored]:
    """Every unit's points at ``period`` by its projects of ``scope``, best first; ``rules`` other than those in force for a
    trial run."""
    listed = {s.unit for s in view_at(ledger, period, scope).standings}
    units = [u.name for u in list_units(ledger) if u.kind != "市直部门" and u.name in listed]
    measures = gather_measures(ledger, period, units, today, scope)
    return assess(rules or assessment_rules(ledger), measures, units, given_after_appeal(ledger, period, APPEALS))


def gather_measures(ledger: Ledger, period: Period, units: Sequence[str],
                    today: date | None = None, scope: Scope = WHOLE) -> dict[str, dict[str, MeasureReading]]:
    """Every measure of every unit, each in words with the figures it comes from. How well a unit reports is always told of
    all it reports; everything else of its projects of ``scope``."""
    wanted = within(ledger, period, scope)
    found: dict[str, dict[str, MeasureReading]] = {key: {} for key in MEASURES}
    view = view_at(ledger, period, scope)
    standings, by = view.standings, view.yardstick
    promises = settle_promises(ledger, period, scope)
    quality = {s.unit: s for s in score_units(ledger, period.year, today)}
    overdue: dict[str, int] = defaultdict(int)
    for p in list_problems(ledger, period, today=today, current=True):
        if wanted is None or p.project_id in wanted.ids:
            overdue[p.project_unit] += p.overdue
    boards = _boards(ledger, period, wanted)
    for unit in units:
        own = [s for s in standings if s.unit == unit]
        totals = sum_up(own)
        done, share = totals.known("year_investment"), totals.completion
        lacking = "没有年度计划" if not totals.annual_plan else "尚未报送投资数"
        found["completion"][unit] = MeasureReading(share, lacking if share is None else (
            f"完成{format_money(done)}万元，计划{format_money(totals.annual_plan)}万元，完成率{format_percent(share)}"))
        found["amount"][unit] = MeasureReading(
            None if done is None else Decimal(done) / 10**8, lacking if done is None else f"完成{format_money(done)}万元")
        found["start_rate"][unit] = start_reading(
            count_starts(own, period.year, by.on, money_starts=by.money_starts))
        mine = [p for p in promises if p.unit == unit]
        share = kept_share(mine)
        found["promises"][unit] = MeasureReading(share, "没有到期的承诺" if share is None else (
            f"到期承诺{sum(p.kept is not None for p in mine)}项，兑现{sum(bool(p.kept) for p in mine)}项"))
        score = quality.get(unit)
        found["return_quality"][unit] = MeasureReading(
            None if score is None else score.score / 100, "没有报送记录" if score is None else f"报送质量{score.score}分")
        found["problems_overdue"][unit] = MeasureReading(Decimal(overdue[unit]), f"逾期未销号问题{overdue[unit]}个")
        for key, word in (("lagging", "黄榜"), ("praised", "红榜")):
            times = boards.get((unit, word), 0)
            found[key][unit] = MeasureReading(Decimal(times), f"上{word}{times}次")
    return found


def _boards(ledger: Ledger, period: Period, wanted: Within | None) -> dict[tuple[str, str], int]:
    register_id = register_called(ledger, RED_YELLOW)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    if register_id is not None:
        for record in open_register(ledger, register_id, period).records:
            if str(record.values.get("month", "")).startswith(str(period.year)) and (
                    wanted is None or str(record.values.get("project") or "") in wanted.codes):
                counts[str(record.figures.get("unit") or ""), str(record.values.get("list", ""))[:2]] += 1
    return counts
