"""All doubts of a period, the strongest first (docs/rules.md §9.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace

from hydesk.dataclass import dataclass
from hydesk.domain.doubts.behind import accepted_far_below, paid_far_below
from hydesk.domain.doubts.doubt import OF_PROJECTS, Doubt, DoubtKind, Evidence
from hydesk.domain.doubts.fitted import sums_made_to_fit
from hydesk.domain.doubts.leaps import month_leaps
from hydesk.domain.doubts.patterns import repeated_patterns
from hydesk.domain.doubts.quarter import period_end_leaps
from hydesk.domain.doubts.ratios import same_ratios
from hydesk.domain.doubts.rounding import round_numbers
from hydesk.domain.doubts.rules import DoubtRules
from hydesk.domain.doubts.setting import PeriodSetting
from hydesk.domain.doubts.starts import starts_before_works
from hydesk.domain.doubts.twins import twin_projects
from hydesk.domain.doubts.wording import words_against_money
from hydesk.domain.project_year import Years

ASKED: tuple[Callable[[PeriodSetting], Iterator[Doubt]], ...] = (
    starts_before_works, month_leaps, same_ratios, round_numbers, period_end_leaps, repeated_patterns, twin_projects,
    words_against_money, accepted_far_below, paid_far_below, sums_made_to_fit)
"""Every kind, a pure function of the setting."""


@dataclass(frozen=True, slots=True)
class KnownDoubts:
    """What needs no asking: ``told`` by the check of returns, ``answered`` by a person, as kind and project.

    A kind of a whole unit is answered under project 0 and the unit's name in ``answered_units``.
    """

    told: frozenset[tuple[DoubtKind, int]] = frozenset()
    answered: frozenset[tuple[DoubtKind, int]] = frozenset()
    answered_units: frozenset[tuple[DoubtKind, str]] = field(default_factory=frozenset)


def find_doubts(
    years: Years, year: int, month: int, rules: DoubtRules | None = None, known: KnownDoubts | None = None,
) -> list[Doubt]:
    """The doubts of ``month`` of ``year``, the strongest first; later months and years are not looked at.

    Doubts of single projects come one by one; ``together`` tells those of a unit in one.
    """
    setting = PeriodSetting.of(years, year, month, rules)
    silent = known or KnownDoubts()
    found = []
    for ask in ASKED:
        for doubt in ask(setting):
            if doubt.kind not in setting.rules.off and not _silent(doubt, silent):
                found.append(doubt)
    return sorted(found, key=lambda d: d.order)


def _silent(doubt: Doubt, known: KnownDoubts) -> bool:
    pairs = {(doubt.kind, p) for p in doubt.projects}
    if doubt.kind in OF_PROJECTS or doubt.kind is DoubtKind.TWIN_PROJECTS:
        return bool(pairs & (known.told | known.answered))
    return (doubt.kind, doubt.unit) in known.answered_units or (bool(pairs) and pairs <= (known.told | known.answered))


_BY_UNIT = frozenset({
    DoubtKind.SAME_RATIO, DoubtKind.AT_TIME_PROGRESS, DoubtKind.ROUND_NUMBERS, DoubtKind.REPEATED_PATTERN, DoubtKind.TWIN_PROJECTS})
FOLLOWS: Mapping[DoubtKind, frozenset[DoubtKind]] = {
    DoubtKind.MONTH_LEAP: _BY_UNIT | {DoubtKind.START_BEFORE_WORKS, DoubtKind.PERIOD_END_LEAP}, DoubtKind.PERIOD_END_LEAP: _BY_UNIT,
    DoubtKind.WORDS_AGAINST_MONEY: frozenset({DoubtKind.START_BEFORE_WORKS})}
"""What a doubt may follow from: sums set to one rate leap, money without works stands beside words of paper."""


def together(doubts: Iterable[Doubt]) -> list[Doubt]:
    """The doubts as a page shows them: several of one kind, unit and strength in one line that names the weightiest, and
    one cause in one line: what only follows from a strong doubt of the same projects stands ``beside`` it."""
    held = list(doubts)
    beside: dict[int, list[Doubt]] = {}
    groups: dict[tuple[DoubtKind, str, bool], list[Doubt]] = {}
    for d in held:
        cause = next((c for c in held if c.strong and c.kind in FOLLOWS.get(d.kind, ()) and _covers(c, d)), None)
        if cause is not None:
            beside.setdefault(id(cause), []).append(d)
            continue
        key = (d.kind, d.unit, d.strong) if d.kind in OF_PROJECTS else (d.kind, d.unit + str(d.projects), d.strong)
        groups.setdefault(key, []).append(d)
    return sorted((_one(own, [b for d in own for b in beside.get(id(d), ())]) for own in groups.values()), key=lambda d: d.order)


def _covers(cause: Doubt, follows: Doubt) -> bool:
    """Whether most of the projects of one are those of the other."""
    own = set(follows.projects)
    return bool(own) and len(own & set(cause.projects)) * 2 >= len(own)


def _one(held: list[Doubt], beside: list[Doubt]) -> Doubt:
    first = replace(held[0], beside=tuple(beside)) if beside else held[0]
    if len(held) == 1:
        return first
    projects = tuple(p for d in held for p in d.projects)
    evidence: Evidence = {**first.evidence, "projects": len(held)}
    return replace(first, projects=projects, amount=sum(d.amount for d in held), evidence=evidence,
                   message=f"{first.message}（{first.unit}同类的还有{len(held) - 1}个项目）")
