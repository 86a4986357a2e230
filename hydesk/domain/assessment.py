"""Assessment (考核): units scored by rules that are data, every point explained down to the figures it comes from.

A rule takes one measure of every unit and turns it into points. The measures come from the ledger, the returns, the
problems and the registers; this module knows only numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hydesk.domain.money import round_half_up


class ScoreWay(StrEnum):
    """How a measure becomes points."""

    RANK = "rank"
    """The best gets all points, every place after it ``step`` fewer, never below ``least``."""
    RATIO = "ratio"
    """Points × measure / full, at most all points: a rate against the rate that earns everything."""
    FLOOR = "floor"
    """All points at ``full`` or above, nothing below."""
    DEDUCT = "deduct"
    """All points less ``step`` for each counted, never below ``least``."""
    ADD = "add"
    """``step`` for each counted, at most all points."""

    @property
    def label(self) -> str:
        """The way in the office's words."""
        return {"rank": "按名次计分", "ratio": "按比例计分", "floor": "达标计分", "deduct": "按次扣分", "add": "按次加分"}[self.value]


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """One rule. ``measure`` names what is measured; decimals, rates as 0.95."""

    key: str
    title: str
    measure: str
    way: ScoreWay
    points: Decimal
    step: Decimal = Decimal(1)
    full: Decimal = Decimal(1)
    least: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Measured:
    """A unit's figure for a measure: None where there is none; ``words`` say it and where it comes from."""

    value: Decimal | None
    words: str
    exempt: bool = False
    """The unit has no such task (no start planned, no promise due): it gets what the others get on average."""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """What one rule gave one unit, and why."""

    rule: ScoreRule
    points: Decimal
    measured: Measured
    reason: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit's assessment. ``adjusted`` are points a person gave after an appeal, with ``adjustment`` saying why."""

    unit: str
    place: int
    total: Decimal
    lines: tuple[ScoreLine, ...]
    adjusted: Decimal = Decimal(0)
    adjustment: str = ""


def assess(rules: Sequence[ScoreRule], measures: Mapping[str, Mapping[str, Measured]], units: Sequence[str],
           adjustments: Mapping[str, tuple[Decimal, str]] | None = None) -> list[Scored]:
    """Score ``units`` by ``rules``: ``measures`` by measure and unit. Best first; equal totals share a place.

    A unit without a figure for a rule gets none of its points, and the line says so, except where things are counted.
    """
    lines: dict[str, list[ScoreLine]] = {u: [] for u in units}
    for rule in rules:
        of_rule = measures.get(rule.measure, {})
        places = _places([(u, m.value) for u in units if (m := of_rule.get(u)) is not None and m.value is not None])
        held = {u: of_rule.get(u, Measured(None, "没有数据")) for u in units}
        own = {u: _line(rule, m, places.get(u)) for u, m in held.items() if not m.exempt}
        mean = round_half_up(sum((x.points for x in own.values()), Decimal(0)) / len(own), 2) if own else rule.points
        for unit, measured in held.items():
            lines[unit].append(own.get(unit) or ScoreLine(
                rule, mean, measured, f"{measured.words}，{'按各单位平均' if own else '不扣分，'}得{_plain(mean)}分"))
    given = adjustments or {}
    totals = {u: sum((line.points for line in lines[u]), Decimal(0)) + given.get(u, (Decimal(0), ""))[0] for u in units}
    places = _places(list(totals.items()))
    scored = [Scored(u, places[u], totals[u], tuple(lines[u]), *given.get(u, (Decimal(0), ""))) for u in units]
    return sorted(scored, key=lambda s: s.place)


def _places(values: Sequence[tuple[str, Decimal | None]]) -> dict[str, int]:
    """Places by value, largest first; equal values share one, the next place counts all before it."""
    known = sorted(((v, u) for u, v in values if v is not None), key=lambda x: x[0], reverse=True)
    places: dict[str, int] = {}
    for index, (value, unit) in enumerate(known, 1):
        tied = index > 1 and known[index - 2][0] == value
        places[unit] = places[known[index - 2][1]] if tied else index
    return places


def _line(rule: ScoreRule, measured: Measured, place: int | None) -> ScoreLine:
    value = measured.value
    if value is None and rule.way not in (ScoreWay.DEDUCT, ScoreWay.ADD):
        return ScoreLine(rule, Decimal(0), measured, f"{measured.words}，不得分")
    value = value or Decimal(0)
    if rule.way is ScoreWay.RANK:
        points = max(rule.least, rule.points - rule.step * ((place or 1) - 1))
        return ScoreLine(rule, points, measured, f"{measured.words}，第{place}名，得{_plain(points)}分")
    if rule.way is ScoreWay.FLOOR:
        points = rule.points if value >= rule.full else rule.least
        return ScoreLine(rule, points, measured, f"{measured.words}，{'达到' if value >= rule.full else '未达到'}"
                                                 f"{_plain(rule.full * 100)}%，得{_plain(points)}分")
    if rule.way is ScoreWay.RATIO:
        # Halves of a hundredth point are rounded once, here, so that the lines add up to the total shown.
        points = round_half_up(min(rule.points, max(Decimal(0), rule.points * value / rule.full)), 2) if rule.full else Decimal(0)
        return ScoreLine(rule, points, measured, f"{measured.words}，得{_plain(points)}分")
    if rule.way is ScoreWay.ADD:
        points = min(rule.points, rule.step * value)
        return ScoreLine(rule, points, measured, f"{measured.words}，加{_plain(points)}分")
    points = max(rule.least, rule.points - rule.step * value)
    return ScoreLine(rule, points, measured, f"{measured.words}，扣{_plain(rule.points - points)}分，得{_plain(points)}分")


def _plain(value: Decimal) -> str:
    return f"{round_half_up(value, 2).normalize():f}"


def rule_sentence(rule: ScoreRule) -> str:
    """A rule in words, printed with the scores."""
    points = f"{_plain(rule.points)}分"
    return {
        ScoreWay.RANK: f"{rule.title}：{points}，第1名得满分，每后一名减{_plain(rule.step)}分，最少{_plain(rule.least)}分",
        ScoreWay.RATIO: f"{rule.title}：{points}，达到{_plain(rule.full * 100)}%得满分，不足的按比例计分",
        ScoreWay.FLOOR: f"{rule.title}：{points}，达到{_plain(rule.full * 100)}%得满分，未达到得{_plain(rule.least)}分",
        ScoreWay.DEDUCT: f"{rule.title}：{points}，每个扣{_plain(rule.step)}分，最少{_plain(rule.least)}分",
        ScoreWay.ADD: f"{rule.title}：每个加{_plain(rule.step)}分，最多{points}",
    }[rule.way]


def default_rules() -> tuple[ScoreRule, ...]:
    """A starting rule set of 100 points; the office edits it (our decision, the city's own is not public)."""
    d = Decimal
    return (
        ScoreRule("completion", "年度投资完成率", "completion", ScoreWay.RANK, d(40), d(2), least=d(10)),
        ScoreRule("start_rate", "新开工项目开工率", "start_rate", ScoreWay.RATIO, d(20), full=d(1)),
        ScoreRule("promises", "承诺兑现率", "promises", ScoreWay.RATIO, d(15), full=d(1)),
        ScoreRule("returns", "报送质量", "return_quality", ScoreWay.RATIO, d(15), full=d(1)),
        ScoreRule("problems", "问题按期销号", "problems_overdue", ScoreWay.DEDUCT, d(10), d(2)),
    )
