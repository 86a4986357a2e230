"""Assessment (考核): units scored by rules that are data, every point explained down to the figures it comes from.

A rule takes one measure of every unit and turns it into points. The measures come from the ledger, the returns, the
problems and the registers; this module knows only numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from hydesk.dataclass import dataclass
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
class AssessmentRule:
    """One rule. ``measure`` names what is measured; decimals, rates as 0.95."""

    key: str
    title: str
    measure: str
    way: ScoreWay
    points: Decimal
    step: Decimal = Decimal(1)
    full: Decimal = Decimal(1)
    least: Decimal = Decimal(0)


RULE_PARTS = {"points": "满分", "step": "每名/每次", "full": "达标值", "least": "最低分"}
"""The numbers of a rule, by the office's name of each."""


@dataclass(frozen=True, slots=True)
class MeasureReading:
    """A unit's figure for a measure: None where there is none; ``words`` say it and where it comes from."""

    value: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """What one rule gave one unit, and why. ``points`` None: there is nothing to judge, so it counts neither way."""

    rule: AssessmentRule
    points: Decimal | None
    reading: MeasureReading
    reason: str

    @property
    def lost(self) -> Decimal | None:
        """Points short of the rule's; None where nothing was judged."""
        return None if self.points is None else self.rule.points - self.points


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit's assessment. ``adjusted`` are points a person gave after an appeal, with ``adjustment`` saying why.

    ``total`` is what the judged rules gave, raised to all of the rules' points where some had nothing to judge
    (``judged`` of ``whole`` points); None, and no place, where none had.
    """

    unit: str
    place: int | None
    total: Decimal | None
    lines: tuple[ScoreLine, ...]
    adjusted: Decimal
    adjustment: str
    judged: Decimal
    whole: Decimal

    @property
    def lost(self) -> Decimal | None:
        """Points short of the whole; None without a total."""
        return None if self.total is None else self.whole - self.total

    @property
    def raised(self) -> str:
        """按可评的85分折算为100分; empty where every rule was judged."""
        if self.total is None or self.judged == self.whole:
            return ""
        return f"按可评的{_plain(self.judged)}分折算为{_plain(self.whole)}分"


def assess(rules: Sequence[AssessmentRule], readings: Mapping[str, Mapping[str, MeasureReading]], units: Sequence[str],
           adjustments: Mapping[str, tuple[Decimal, str]] | None = None) -> list[Scored]:
    """Score ``units`` by ``rules``: ``readings`` by measure and unit. Best first; equal totals share a place.

    A rule of which a unit has no figure gives it no points and takes none (docs/rules.md §6.4): its total is that of
    the other rules, raised in proportion. Who has no figure at all stands last, without total or place.
    """
    lines: dict[str, list[ScoreLine]] = {u: [] for u in units}
    for rule in rules:
        of_rule = readings.get(rule.measure, {})
        places = _places([(u, m.value) for u in units if (m := of_rule.get(u)) is not None])
        for unit in units:
            lines[unit].append(_line(rule, of_rule.get(unit, MeasureReading(None, "没有数据")), unit, places))
    given = adjustments or {}
    whole = sum((_most(rule) for rule in rules), Decimal(0))
    scored = [_scored(u, lines[u], whole, given.get(u)) for u in units]
    places = _places([(s.unit, s.total) for s in scored])
    placed = [replace(s, place=places.get(s.unit)) for s in scored]
    return sorted(placed, key=lambda s: s.place or len(placed))


def _most(rule: AssessmentRule) -> Decimal:
    """The points that make up the hundred: those of a rule that adds come on top."""
    return Decimal(0) if rule.way is ScoreWay.ADD else rule.points


def _scored(unit: str, lines: Sequence[ScoreLine], whole: Decimal, given: tuple[Decimal, str] | None) -> Scored:
    judged = sum((_most(x.rule) for x in lines if x.points is not None), Decimal(0))
    extra, why = given or (Decimal(0), "")
    # Things counted (problems overdue, times on a board) say nothing of a unit of which no rate is known.
    told = any(x.points is not None and x.rule.way not in COUNTED for x in lines)
    if not told and any(x.rule.way not in COUNTED for x in lines):
        return Scored(unit, None, None, tuple(lines), extra, why, Decimal(0), whole)
    base = sum((x.points for x in lines if x.points is not None and x.rule.way is not ScoreWay.ADD), Decimal(0))
    more = sum((x.points for x in lines if x.points is not None and x.rule.way is ScoreWay.ADD), Decimal(0))
    raised = base if judged == whole or not judged else round_half_up(base * whole / judged, 2)
    return Scored(unit, None, raised + more + extra, tuple(lines), extra, why, judged, whole)


COUNTED = (ScoreWay.DEDUCT, ScoreWay.ADD)
"""Ways that count things: none counted is a figure."""


def _places(values: Sequence[tuple[str, Decimal | None]]) -> dict[str, int]:
    """Places by value, largest first; equal values share one, the next place counts all before it."""
    known = sorted(((v, u) for u, v in values if v is not None), key=lambda x: x[0], reverse=True)
    places: dict[str, int] = {}
    for index, (value, unit) in enumerate(known, 1):
        tied = index > 1 and known[index - 2][0] == value
        places[unit] = places[known[index - 2][1]] if tied else index
    return places


def _line(rule: AssessmentRule, measured: MeasureReading, unit: str, places: Mapping[str, int]) -> ScoreLine:
    value = measured.value
    if value is None:
        return ScoreLine(rule, None, measured, f"{measured.words}，不计分")
    if rule.way is ScoreWay.RANK:
        points = max(rule.least, rule.points - rule.step * (places[unit] - 1))
        return ScoreLine(rule, points, measured, f"{measured.words}，第{places[unit]}名，得{_plain(points)}分")
    if rule.way is ScoreWay.FLOOR:
        points, word = (rule.points, "达到") if value >= rule.full else (rule.least, "未达到")
        return ScoreLine(rule, points, measured, f"{measured.words}，{word}{_plain(rule.full * 100)}%，得{_plain(points)}分")
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


def rule_sentence(rule: AssessmentRule) -> str:
    """A rule in words, printed with the scores."""
    points = f"{_plain(rule.points)}分"
    return {
        ScoreWay.RANK: f"{rule.title}：{points}，第1名得满分，每后一名减{_plain(rule.step)}分，最少{_plain(rule.least)}分",
        ScoreWay.RATIO: f"{rule.title}：{points}，达到{_plain(rule.full * 100)}%得满分，不足的按比例计分",
        ScoreWay.FLOOR: f"{rule.title}：{points}，达到{_plain(rule.full * 100)}%得满分，未达到得{_plain(rule.least)}分",
        ScoreWay.DEDUCT: f"{rule.title}：{points}，每个扣{_plain(rule.step)}分，最少{_plain(rule.least)}分",
        ScoreWay.ADD: f"{rule.title}：每个加{_plain(rule.step)}分，最多{points}",
    }[rule.way]


def default_rules() -> tuple[AssessmentRule, ...]:
    """A starting rule set of 100 points; the office edits it (our decision, the city's own is not public)."""
    d = Decimal
    return (
        AssessmentRule("completion", "年度投资完成率", "completion", ScoreWay.RANK, d(40), d(2), least=d(10)),
        AssessmentRule("start_rate", "新开工项目开工率", "start_rate", ScoreWay.RATIO, d(20)),
        AssessmentRule("promises", "承诺兑现率", "promises", ScoreWay.RATIO, d(15)),
        AssessmentRule("returns", "报送质量", "return_quality", ScoreWay.RATIO, d(15)),
        AssessmentRule("problems", "问题按期销号", "problems_overdue", ScoreWay.DEDUCT, d(10), d(2)),
    )
