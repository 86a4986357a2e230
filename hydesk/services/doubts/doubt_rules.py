"""The office's rules of doubts: kept as a setting, tried over past months before they are taken (docs/rules.md §9.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Setting
from hydesk.domain.actors import Actor
from hydesk.domain.doubts.doubt import Doubt, DoubtKind
from hydesk.domain.doubts.find import find_doubts
from hydesk.domain.doubts.rules import USUAL, DoubtRules
from hydesk.domain.errors import HydeskError
from hydesk.domain.kept import exact
from hydesk.domain.periods import Month, Period
from hydesk.domain.project_year import Years
from hydesk.services.acts.writing import writing
from hydesk.services.doubts.read_years import read_project_years
from hydesk.services.rules.settings import kept_value, set_setting

DOUBT_RULES = "doubt_rules"
TRIED_MONTHS = 6
"""A rule is tried over so many months up to the period."""
_EXACT = ("unstarted_share", "leap_times", "leap_share", "below", "ground_share")
_WHOLE = ("least", "alike")


def read_doubt_rules(connection: Connection) -> DoubtRules:
    """The rules in force, within an open transaction."""
    text = connection.execute(select(Setting.value).where(Setting.key == DOUBT_RULES)).scalar()
    return kept_value(text, USUAL, rules_of)  # type: ignore[no-any-return]


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
class RulesTrial:
    """What rules would have asked over past months: by month how many strong and weak ones, in force and tried."""

    months: tuple[Period, ...]
    now: tuple[tuple[int, int], ...]
    then: tuple[tuple[int, int], ...]

    @property
    def sentence(self) -> str:
        """近6个月按此规则共问 12 处（重点 3），现行规则 20 处（重点 5）."""
        def both(found: Sequence[tuple[int, int]]) -> str:
            strong, weak = sum(s for s, _ in found), sum(w for _, w in found)
            return f"{strong + weak} 处（重点 {strong}）"

        return f"近{len(self.months)}个月按此规则共问 {both(self.then)}，现行规则 {both(self.now)}"


def trial_doubts(ledger: Ledger, rules: DoubtRules, period: Period) -> RulesTrial:
    """What ``rules`` would have asked in the months up to ``period``, all figures as held now. Changes nothing."""
    _refuse(rules)
    last = period.last_month
    with ledger.read() as connection:
        years = read_project_years(connection, last)
        held = read_doubt_rules(connection)
    months = [Month(last.year, m) for m in range(max(1, last.number - TRIED_MONTHS + 1), last.number + 1)]
    return RulesTrial(tuple(months), tuple(_count(years, m, held) for m in months), tuple(_count(years, m, rules) for m in months))


def _count(years: Years, month: Month, rules: DoubtRules) -> tuple[int, int]:
    found: list[Doubt] = find_doubts(years, month.year, month.number, rules)
    strong = sum(d.strong for d in found)
    return strong, len(found) - strong
