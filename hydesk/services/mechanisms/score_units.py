"""How well each unit reports over a year (报送质量评分): in time, without mistakes, at the first attempt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.marks import act_holds
from hydesk.db.models import Import
from hydesk.domain.actors import Actor
from hydesk.domain.doubts.trust import Trust
from hydesk.domain.errors import HydeskError
from hydesk.domain.kept import like
from hydesk.domain.money import round_half_up
from hydesk.domain.periods import Period
from hydesk.domain.return_states import DROPPED
from hydesk.reports.notice import NoticePaper, short_column, text_column, words_table
from hydesk.services.acts.writing import writing
from hydesk.services.doubts.list_doubts import year_trust
from hydesk.services.reports.print_notice import office_of, print_notice, remark_of
from hydesk.services.returns.returns_board import unit_returns
from hydesk.services.rules.deadlines import deadline
from hydesk.services.rules.settings import get_setting, set_setting

SCORE_RULE = "score_rule"


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """Each period begins with 100 points; what is taken off, in points. Kept as text, so that halves stay exact."""

    late_day: Decimal = Decimal(2)
    """For each day after the deadline."""
    late_most: Decimal = Decimal(20)
    missing: Decimal = Decimal(40)
    """For a period in which nothing came at all."""
    mistake: Decimal = Decimal(1)
    """For each error in a file as it came in."""
    mistake_most: Decimal = Decimal(20)
    round: Decimal = Decimal(5)
    """For each file after the first."""
    round_most: Decimal = Decimal(20)
    trust: Decimal = Decimal(0)
    """Of the year's score so many hundredths are the unit's 数据可信度 (docs/rules.md §9.4); 0: it does not count."""
    excellent: Decimal = Decimal(90)
    good: Decimal = Decimal(80)
    passing: Decimal = Decimal(60)

    @property
    def label(self) -> str:
        """The rule in words, to be printed with the scores."""
        return (
            f"每期100分：迟报每天扣{self.late_day}分（最多{self.late_most}分），未报扣{self.missing}分；"
            f"来件中每处错误扣{self.mistake}分（最多{self.mistake_most}分）；"
            f"每多报一次扣{self.round}分（最多{self.round_most}分）。全年得分{self._weighing}。"
            f"{self.excellent}分及以上优秀，{self.good}分及以上良好，{self.passing}分及以上合格。")


    @property
    def _weighing(self) -> str:
        if not self.trust:
            return "为各期平均"
        return f"为各期平均的{100 - self.trust:f}%加数据可信度的{self.trust:f}%（没有说明的重点核实每处扣10分、顺带核实每处扣2分，每月最多扣30分）"


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """One unit in one period: what was taken off and why."""

    period: Period
    score: Decimal
    days_late: int
    missing: bool
    mistakes: int
    rounds: int
    reasons: tuple[str, ...]
    """Each deduction in words: 迟报3天，扣6分. Empty where all was well."""


@dataclass(frozen=True, slots=True)
class UnitScore:
    """One unit over the year."""

    unit: str
    rank: int
    """By score; units with the same score share a rank."""
    score: Decimal
    """The mean of its periods, one decimal."""
    grade: str
    """优秀, 良好, 合格 or 不合格."""
    periods: tuple[PeriodScore, ...]
    on_time: int
    late: int
    missing: int
    mistakes: int
    mistakes_per_return: Decimal
    """Errors in files as they came, per period reported, one decimal."""
    rounds: int
    explanation: str
    trust: Decimal | None = None
    """Its 数据可信度 over the year, where that counts."""


def score_rule(ledger: Ledger) -> ScoreRule:
    """The rule in force."""
    return get_setting(ledger, SCORE_RULE, ScoreRule(), lambda kept: like(ScoreRule(), kept))  # type: ignore[no-any-return]


_POINTS = {
    "late_day": "每迟一天扣", "late_most": "迟报最多扣", "missing": "整期未报扣", "mistake": "每处错误扣", "mistake_most": "错误最多扣",
    "round": "每重报一次扣", "round_most": "重报最多扣",
    "trust": "数据可信度占百分之", "excellent": "优秀从", "good": "良好从", "passing": "合格从",
}


def score_words(rule: ScoreRule) -> str:
    """The rule in words, each with the name it is set by: 每迟一天扣2（late_day）、…"""
    return "、".join(f"{_POINTS[name]}{points.normalize():f}分（{name}）" for name, points in asdict(rule).items())


@writing
def set_score_rule(ledger: Ledger, rule: ScoreRule, actor: Actor | None = None) -> None:
    """Score by ``rule`` from now on; can be undone. Raises HydeskError for points that are no deduction."""
    points = asdict(rule)
    if any(not 0 <= value <= 100 for value in points.values()):
        raise HydeskError("评分规则里的分数应在 0 到 100 之间，请改正")
    set_setting(ledger, SCORE_RULE, {k: str(v) for k, v in points.items()}, "修改报送质量评分规则", actor)


@writing
def set_trust_share(ledger: Ledger, share: Decimal, actor: Actor | None = None) -> None:
    """Let 数据可信度 be ``share`` hundredths of the year's score from now on; 0: it does not count. Can be undone."""
    set_score_rule(ledger, replace(score_rule(ledger), trust=share), actor)


def score_units(ledger: Ledger, year: int, on: date | None = None) -> tuple[UnitScore, ...]:
    """The units by score over the periods of ``year`` for which any unit reported; best first.

    A period that is not due yet by ``on`` (None: today) counts only for units that have reported.
    """
    rule, today = score_rule(ledger), on or date.today()
    found: dict[str, list[PeriodScore]] = {}
    for period in _periods(ledger, year):
        due = deadline(ledger, period)
        for unit, returns in unit_returns(ledger, period).items():
            first: dict[str, int] = {}
            for r, count in reversed(returns):
                first.setdefault(r.sha256, count.errors)
            if returns:
                late = (min(r.received_at for r, _ in returns).date() - due).days
                scored = _score(rule, period, late, sum(first.values()), len(first))
            elif today > due:
                scored = PeriodScore(period, 100 - rule.missing, (today - due).days, True, 0, 0,
                                     (f"未报，扣{rule.missing}分",))
            else:
                continue
            found.setdefault(unit, []).append(scored)
    trusts = {t.unit: t for t in year_trust(ledger, year)} if rule.trust else {}
    totals = {unit: _total(rule, scores, trusts.get(unit)) for unit, scores in found.items()}
    order = sorted(found, key=lambda unit: -totals[unit])
    return tuple(
        _unit_score(rule, unit, 1 + sum(t > totals[unit] for t in totals.values()), totals[unit], found[unit],
                    trusts.get(unit))
        for unit in order)


def _periods(ledger: Ledger, year: int) -> list[Period]:
    with ledger.read() as connection:
        found = connection.execute(
            select(Import.period).distinct()
            .where(Import.kind == "return", Import.year == year, Import.status != DROPPED,
                   act_holds(Import.act_id))).scalars()
        return sorted((Period.parse(p) for p in found if p), key=lambda p: p.sort_key)


def _mean(scores: Sequence[PeriodScore]) -> Decimal:
    return round_half_up(sum((s.score for s in scores), Decimal(0)) / len(scores), 1)


def _total(rule: ScoreRule, scores: Sequence[PeriodScore], trust: Trust | None) -> Decimal:
    """The year's score: the mean of its periods, and of the unit's trust where the rule counts it and it is known."""
    if trust is None:
        return _mean(scores)
    mean = sum((s.score for s in scores), Decimal(0)) / len(scores)
    return round_half_up((mean * (100 - rule.trust) + trust.score * rule.trust) / 100, 1)


def _score(rule: ScoreRule, period: Period, late: int, mistakes: int, rounds: int) -> PeriodScore:
    off = [
        (min(rule.late_day * max(late, 0), rule.late_most), f"迟报{late}天"),
        (min(rule.mistake * mistakes, rule.mistake_most), f"错误{mistakes}处"),
        (min(rule.round * (rounds - 1), rule.round_most), f"报了{rounds}次"),
    ]
    reasons = tuple(f"{why}，扣{points.normalize():f}分" for points, why in off if points)
    score = max(Decimal(0), 100 - sum((points for points, _ in off), Decimal(0)))
    return PeriodScore(period, score, late, False, mistakes, rounds, reasons)


def _unit_score(
    rule: ScoreRule, unit: str, rank: int, score: Decimal, periods: list[PeriodScore], trust: Trust | None,
) -> UnitScore:
    reported = [p for p in periods if not p.missing]
    mistakes = sum(p.mistakes for p in reported)
    per = round_half_up(Decimal(mistakes) / len(reported), 1) if reported else Decimal(0)
    grades = ((rule.excellent, "优秀"), (rule.good, "良好"), (rule.passing, "合格"))
    grade = next((name for least, name in grades if score >= least), "不合格")
    why = "；".join(f"{p.period.short_label}{'、'.join(p.reasons)}" for p in periods if p.reasons)
    why = why or "各期均按时、一次报成、没有错误"
    return UnitScore(
        unit, rank, score, grade, tuple(periods), sum(p.days_late <= 0 for p in reported),
        sum(p.days_late > 0 for p in reported), sum(p.missing for p in periods), mistakes, per,
        sum(p.rounds for p in reported), f"{why}；{trust.words}" if trust is not None else why, trust.score if trust is not None else None)


def print_scores(
    ledger: Ledger, year: int, out: Path, formats: Sequence[str] = ("pdf", "xlsx"), on: date | None = None
) -> list[Path]:
    """Write the year's scores into the folder ``out``, for the yearly assessment.

    Raises HydeskError where no unit has been scored, and for a folder or file that cannot be written.
    """
    scores = score_units(ledger, year, on)
    if not scores:
        raise HydeskError(f"{year}年还没有收到报表，没有可评分的单位。")
    counted = any(s.trust is not None for s in scores)
    rows = tuple(
        (str(s.rank), s.unit, str(s.score), s.grade, str(len(s.periods)), str(s.on_time), str(s.late), str(s.missing),
         str(s.mistakes_per_return), str(s.rounds), *(["—" if s.trust is None else f"{s.trust:f}"] if counted else []), s.explanation)
        for s in scores)
    heads = ("名次", "单位", "得分", "等次", "应报", "按时", "迟报", "未报", "每期错误", "报送次数", *(["数据可信度"] if counted else []))
    columns = (*(short_column(name) for name in heads), text_column("扣分说明", 1))
    periods = {p.period for s in scores for p in s.periods}
    body = f"{year}年共对{len(scores)}个单位、{len(periods)}期报表的报送质量评分，结果如下。"
    notice = NoticePaper(
        stem=f"{year}年报表报送质量评分", title=f"{year}年重点建设项目报表报送质量评分", number="", to="", body=(body,),
        table=words_table("scores", columns, rows, (f"注：{score_rule(ledger).label}",)), ending=(),
        office=office_of(ledger), issued=on or date.today(), signers=("制表人", "审核人"), remark=remark_of(ledger), wide=True)
    return print_notice(notice, out, formats)
