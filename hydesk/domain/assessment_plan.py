"""考核 that plans: which few acts before the deadline gain a unit most points by the rules of a scheme (docs/rules.md §6.6).

An act moves measures: a start one of the starts, a problem closed one of those overdue, money the sum done. What the
others do meanwhile is not guessed: they stay where they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from itertools import combinations_with_replacement, pairwise

from hydesk.dataclass import dataclass
from hydesk.domain.assessment import AssessmentRule, MeasureReading, Scored, ScoreWay, assess

COUNT = 3
"""So many acts are planned."""


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """What a unit's measure is made of: ``top`` over ``bottom``, or ``top`` alone for things counted (bottom None)."""

    top: Decimal
    bottom: Decimal | None = None

    @property
    def value(self) -> Decimal | None:
        """The measure; None where there is nothing below the line."""
        return self.top if self.bottom is None else self.top / self.bottom if self.bottom else None

    def moved(self, by: Decimal) -> MeasurePart:
        """With ``by`` more above the line, never below nought."""
        return MeasurePart(max(Decimal(0), self.top + by), self.bottom)


@dataclass(frozen=True, slots=True)
class UnitAct:
    """Something a unit can do. ``moves``: by measure what it adds above the line (less than nought takes away)."""

    words: str
    moves: Mapping[str, Decimal]
    project: int | None = None


@dataclass(frozen=True, slots=True)
class ActPlan:
    """The acts chosen, those that gain most alone first, with the unit's total before and after."""

    unit: str
    acts: tuple[UnitAct, ...]
    before: Decimal | None
    after: Decimal | None
    lines: tuple[tuple[str, Decimal], ...] = field(default_factory=tuple)
    """By rule's title what it gains, the most first."""

    @property
    def gain(self) -> Decimal:
        """Points gained."""
        return Decimal(0) if self.before is None or self.after is None else self.after - self.before

    @property
    def words(self) -> str:
        """做好3件可加8.5分（72→80.5）：…"""
        if not self.acts or self.gain <= 0:
            return f"{self.unit}：眼下没有能加分的事项"
        listed = "；".join(a.words for a in self.acts)
        return f"{self.unit}做好{len(self.acts)}件可加{_plain(self.gain)}分（{_plain(self.before)}→{_plain(self.after)}）：{listed}"


def _plain(value: Decimal | None) -> str:
    return "—" if value is None else f"{value.quantize(Decimal('0.01')).normalize():f}"


def plan_acts(
    rules: Sequence[AssessmentRule], readings: Mapping[str, Mapping[str, MeasureReading]], units: Sequence[str], unit: str,
    parts: Mapping[str, MeasurePart], acts: Sequence[UnitAct], count: int = COUNT,
) -> ActPlan:
    """The ``count`` acts at most that raise ``unit``'s total most; of equal plans the one with fewest acts.

    ``readings`` are the measures of all ``units`` as ``assess`` takes them, ``parts`` what the unit's are made of.
    Points only rise with a measure (and fall with a count that costs), so of acts that move the same measures the ones
    that move them most are the ones to do: few kinds are left, and all ways of doing ``count`` of them are tried.
    """
    used = {r.measure for r in rules}
    able = [a for a in acts if any(m in used and m in parts and by for m, by in a.moves.items())]
    kinds = _kinds(able, rules, used, count)
    base = _total(rules, readings, units, unit, parts, ())
    best: tuple[Decimal, int, tuple[UnitAct, ...]] = (base.total or Decimal(0), 0, ())
    for size in range(1, count + 1):
        for chosen in combinations_with_replacement(range(len(kinds)), size):
            picked = _picked(kinds, chosen)
            if picked is None:
                continue
            total = _total(rules, readings, units, unit, parts, picked).total or Decimal(0)
            if total > best[0]:
                best = (total, size, picked)
    after = _total(rules, readings, units, unit, parts, best[2])
    return ActPlan(unit, best[2], base.total, after.total, _lines(base, after))


def _kinds(acts: Sequence[UnitAct], rules: Sequence[AssessmentRule], used: set[str], count: int) -> list[list[UnitAct]]:
    """Acts by the measures they move, those that move them most first, no more of a kind than could be done.

    Of one kind an act is left out where ``count`` others move every measure at least as far. Where measures pull apart
    (one act starts more, another brings more money) each stays a kind by itself.
    """
    good = {r.measure: (-1 if r.way is ScoreWay.DEDUCT else 1) for r in rules}
    moved = [tuple(sorted((m, by * good[m]) for m, by in a.moves.items() if m in used)) for a in acts]
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, own in enumerate(moved):
        groups.setdefault(tuple(m for m, _ in own), []).append(at)
    kinds: list[list[UnitAct]] = []
    for held in groups.values():
        held.sort(key=lambda i: tuple(-by for _, by in moved[i]))
        kept: list[int] = []
        for at in held:
            beaten = sum(all(b >= a for (_, a), (_, b) in zip(moved[at], moved[k], strict=True)) for k in kept)
            if beaten < count:
                kept.append(at)
        ordered = all(all(b >= a for (_, a), (_, b) in zip(moved[low], moved[high], strict=True)) for high, low in pairwise(kept))
        kinds += [[acts[i] for i in kept]] if ordered else [[acts[i]] for i in kept]
    return kinds


def _picked(kinds: Sequence[Sequence[UnitAct]], chosen: Sequence[int]) -> tuple[UnitAct, ...] | None:
    """The first acts of each kind chosen, as many as it was chosen; None where a kind has fewer."""
    found: list[UnitAct] = []
    for kind in dict.fromkeys(chosen):
        times = chosen.count(kind)
        if times > len(kinds[kind]):
            return None
        found += kinds[kind][:times]
    return tuple(found)


def _total(
    rules: Sequence[AssessmentRule], readings: Mapping[str, Mapping[str, MeasureReading]], units: Sequence[str], unit: str,
    parts: Mapping[str, MeasurePart], done: Sequence[UnitAct],
) -> Scored:
    """The unit's score once ``done`` is done, all others where they are."""
    own = dict(parts)
    for act in done:
        for measure, by in act.moves.items():
            if measure in own:
                own[measure] = own[measure].moved(by)
    changed = {m: {**readings.get(m, {}), unit: MeasureReading(p.value, "")} for m, p in own.items()}
    scored = assess(rules, {**readings, **changed}, units)
    return next(s for s in scored if s.unit == unit)


def _lines(before: Scored, after: Scored) -> tuple[tuple[str, Decimal], ...]:
    found = [(a.rule.title, (b.points or Decimal(0)) - (a.points or Decimal(0)))
             for a, b in zip(before.lines, after.lines, strict=True) if b.points != a.points]
    return tuple(sorted(found, key=lambda x: -x[1]))
