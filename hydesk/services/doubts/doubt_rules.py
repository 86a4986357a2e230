"""The office's rules of doubts: kept as a setting, tried over past months before they are taken (docs/rules.md §9.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.doubts.doubt import Doubt, DoubtKind, Strength
from hydesk.domain.doubts.find import find_doubts
from hydesk.domain.doubts.rules import USUAL, DoubtRules
from hydesk.domain.errors import HydeskError
from hydesk.domain.kept import exact
from hydesk.domain.periods import Month, Period
from hydesk.services.acts.writing import writing
from hydesk.services.doubts.read_years import read_project_years
from hydesk.services.rules.settings import kept_value, set_setting, setting_text

DOUBT_RULES = "doubt_rules"
TRIED_MONTHS = 6
"""A rule is tried over so many months up to the period."""
_EXACT = ("unstarted_share", "leap_times", "leap_share", "below", "ground_share")
_WHOLE = ("least", "alike")


def read_doubt_rules(connection: Connection) -> DoubtRules:
    """The rules in force, within an open transaction."""
    return kept_value(setting_text(connection, DOUBT_RULES), USUAL, rules_of)  # type: ignore[no-any-return]


def rules_of(kept: Mapping[str, Any] | None) -> DoubtRules:
    """Rules as they are kept in the setting; the usual ones where nothing was set."""
    if not kept:
        return USUAL
    known = {k.value for k in DoubtKind}
    limits: dict[str, Any] = {k: exact(kept[k]) for k in _EXACT if k in kept}
    limits |= {k: int(exact(kept[k])) for k in _WHOLE if k in kept}
    return DoubtRules(off=frozenset(DoubtKind(k) for k in kept.get("off", ()) if k in known), **limits)


def doubt_rules(ledger: Ledger) -> DoubtRules:
    """The rules in force."""
    with ledger.read() as connection:
        return read_doubt_rules(connection)


@writing
def set_doubt_rules(ledger: Ledger, rules: DoubtRules, actor: Actor | None = None) -> None:
    """Doubt by ``rules`` from now on; one act, to be undone. Raises HydeskError for limits that cannot be."""
    _refuse(rules)
    kept: dict[str, Any] = {k: str(getattr(rules, k)) for k in _EXACT} | {k: getattr(rules, k) for k in _WHOLE}
    kept["off"] = sorted(k.value for k in rules.off)
    set_setting(ledger, DOUBT_RULES, None if rules == USUAL else kept, "修改请核实的数的规则", actor)


def _refuse(rules: DoubtRules) -> None:
    if min(rules.unstarted_share, rules.leap_share, rules.ground_share, rules.below) <= 0 or rules.below >= 1:
        raise HydeskError("各项比例要大于 0，入统和到位的比例还要小于 100%")
    if rules.leap_times < 2 or rules.alike < 3 or rules.least < 0:
        raise HydeskError("单月猛增的倍数不能小于 2，相同的项目不能少于 3 个，金额不能为负")


@dataclass(frozen=True, slots=True)
class DoubtChange:
    """A question of a past month that other rules would have asked, not asked, or asked with another strength."""

    month: Period
    unit: str
    kind: DoubtKind
    now: Strength | None
    then: Strength | None
    message: str

    @property
    def words(self) -> tuple[str, str]:
        """重点核实, 顺带核实 or 不列: by the rules in force, and by those tried."""
        def said(strength: Strength | None) -> str:
            return strength.label if strength is not None else "不列"

        return said(self.now), said(self.then)


@dataclass(frozen=True, slots=True)
class RulesTrial:
    """What rules would have asked over past months: by month how many strong and weak ones, in force and tried."""

    rules: DoubtRules
    months: tuple[Period, ...]
    now: tuple[tuple[int, int], ...]
    then: tuple[tuple[int, int], ...]
    changes: tuple[DoubtChange, ...] = ()
    """The newest month first; in a month what is newly asked first."""

    @property
    def sentence(self) -> str:
        """近6个月按此规则共问 12 处（重点 3），现行规则 20 处（重点 5）."""
        def both(found: Sequence[tuple[int, int]]) -> str:
            strong, weak = sum(s for s, _ in found), sum(w for _, w in found)
            return f"{strong + weak} 处（重点 {strong}）"

        new, gone = sum(c.now is None for c in self.changes), sum(c.then is None for c in self.changes)
        other = len(self.changes) - new - gone
        parts = [f"{word} {n} 处" for word, n in (("新列", new), ("不再列", gone), ("轻重改变", other)) if n]
        said = f"近{len(self.months)}个月按此规则共问 {both(self.then)}，现行规则 {both(self.now)}"
        return f"{said}；{'，'.join(parts)}" if parts else said


def trial_doubts(ledger: Ledger, rules: DoubtRules, period: Period) -> RulesTrial:
    """What ``rules`` would have asked in the months up to ``period``, all figures as held now. Changes nothing.

    Answers given are left aside: a trial shows what rules ask, not what has been cleared up since.
    """
    _refuse(rules)
    last = period.last_month
    with ledger.read() as connection:
        years = read_project_years(connection, last)
        held = read_doubt_rules(connection)
    months = [Month(last.year, m) for m in range(max(1, last.number - TRIED_MONTHS + 1), last.number + 1)]
    now = {m: find_doubts(years, m.year, m.number, held) for m in months}
    then = now if rules == held else {m: find_doubts(years, m.year, m.number, rules) for m in months}
    changes = [c for m in reversed(months) for c in _changes(m, now[m], then[m])]
    return RulesTrial(rules, tuple(months), tuple(_count(now[m]) for m in months), tuple(_count(then[m]) for m in months), tuple(changes))


def _count(found: Sequence[Doubt]) -> tuple[int, int]:
    strong = sum(d.strong for d in found)
    return strong, len(found) - strong


def _changes(month: Period, now: Sequence[Doubt], then: Sequence[Doubt]) -> list[DoubtChange]:
    """What is asked about the same projects of a unit is the same question."""
    before, after = ({(d.kind, d.unit, d.projects): d for d in found} for found in (now, then))
    changes = []
    for key in dict.fromkeys([*after, *before]):
        old, new = before.get(key), after.get(key)
        told = new or old
        if told is not None and (old.strength if old else None) is not (new.strength if new else None):
            changes.append(DoubtChange(month, told.unit, told.kind, old.strength if old else None, new.strength if new else None, told.message))
    return sorted(changes, key=lambda c: (c.now is not None, c.then is None))


_LIMITS = {
    "leap_times": "单月是平常的几倍", "leap_share": "且占年度计划", "unstarted_share": "未开工投资占计划", "below": "入统、到位低于一贯比例的",
    "ground_share": "场平阶段投资占总投资", "alike": "相同的项目至少", "least": "一笔不到多少元不问",
}


def doubt_rules_in_words(rules: DoubtRules) -> str:
    """The limits in words, each with the name it is set by: 单月是平常的几倍4（leap_times）、…；不看：…"""
    def said(name: str) -> str:
        value = getattr(rules, name)
        return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)

    limits = "、".join(f"{words}{said(name)}（{name}）" for name, words in _LIMITS.items())
    off = "、".join(f"{k.label}（{k.value}）" for k in DoubtKind if k in rules.off)
    return f"{limits}；{f'不看{off}' if off else '各种情况都看'}"


def limit_names() -> tuple[str, ...]:
    """The names that limits are set by."""
    return tuple(_LIMITS)
