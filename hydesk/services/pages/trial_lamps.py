"""Try a lamp rule before it is used: how many projects it would mark, and which change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.lamps import Lamp, LampRule
from hydesk.domain.meaning import Meaning
from hydesk.domain.periods import Period
from hydesk.services.standings.period_view import view_at


@dataclass(frozen=True, slots=True)
class LampChange:
    """A project whose meaning would change."""

    project_id: int
    name: str
    unit: str
    now: Lamp
    then: Lamp


@dataclass(frozen=True, slots=True)
class LampTrial:
    """What ``rule`` would make of the period's projects, beside what the rule in force makes of them."""

    rule: LampRule
    period: Period
    now: Mapping[Meaning, int]
    then: Mapping[Meaning, int]
    changes: tuple[LampChange, ...]
    """In ledger order, those that would become worse first."""

    @property
    def sentence(self) -> str:
        """按此规则：严重滞后 17 个，滞后 23 个；与现行相比新增滞后 5 个，解除 2 个。"""
        said = f"按此规则：严重滞后 {self.then[Meaning.SERIOUSLY_LAGGING]} 个，滞后 {self.then[Meaning.LAGGING]} 个"
        if not self.changes:
            return said + "；与现行规则相比没有变化"
        new = sum(c.then.meaning.bad and not c.now.meaning.bad for c in self.changes)
        gone = sum(c.now.meaning.bad and not c.then.meaning.bad for c in self.changes)
        parts = [f"{word} {n} 个" for word, n in (
            ("新增滞后", new), ("不再滞后", gone),
            ("加重", _moved(self.changes, Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING)),
            ("减轻", _moved(self.changes, Meaning.SERIOUSLY_LAGGING, Meaning.LAGGING))) if n]
        return f"{said}；与现行规则相比{'，'.join(parts) or f'有 {len(self.changes)} 个变化'}"


def _moved(changes: Iterable[LampChange], now: Meaning, then: Meaning) -> int:
    return sum(c.now.meaning is now and c.then.meaning is then for c in changes)


def trial_lamps(ledger: Ledger, rule: LampRule, period: Period) -> LampTrial:
    """What ``rule`` would make of the projects at ``period``. Changes nothing."""
    view = view_at(ledger, period)
    standings, held = view.standings, view.yardstick
    tried = replace(held, rule=rule)
    now = [held.lamp(p) for p in standings]
    then = [tried.lamp(p) for p in standings]
    changes = [LampChange(p.id, p.name, p.unit, a, b) for p, a, b in zip(standings, now, then, strict=True)
               if a.meaning is not b.meaning]
    changes.sort(key=lambda c: -_WEIGHT[c.then.meaning])
    return LampTrial(rule, period, _count(now), _count(then), tuple(changes))


_WEIGHT = {Meaning.UNREPORTED: 0, Meaning.NO_DATA: 0, Meaning.AHEAD: 0, Meaning.ON_TRACK: 1, Meaning.LAGGING: 2, Meaning.SERIOUSLY_LAGGING: 3}


def _count(lamps: Iterable[Lamp]) -> dict[Meaning, int]:
    found = Counter(x.meaning for x in lamps)
    return {m: found[m] for m in Meaning}
