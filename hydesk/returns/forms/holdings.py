"""What the ledger has to put into forms: every project's facts, figures by period and words, read once for each period.

A figure is given for a period only where the ledger holds it of that very period: what was reported for an earlier one
is no figure of this, and the cell stays empty with the reason (docs/rules.md §16.2).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import PROGRESS_MONEY, PROGRESS_TEXTS, Field, FieldKind
from hydesk.domain.measures.starts import has_started
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.money import Yuan, rate
from hydesk.domain.own_columns import OwnValue, show_own_value
from hydesk.domain.periods import Period
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.domain.scopes.fields import ScopeMember
from hydesk.domain.standing import ProjectStanding
from hydesk.domain.understanding import ReadValue
from hydesk.returns.forms.asked import Ask, AskKind

HeldValue = Yuan | Decimal | str | LooseDate


@dataclass(frozen=True, slots=True)
class Held:
    """A value the ledger holds, or why it holds none. ``source`` says in words where it comes from."""

    value: HeldValue | None
    why: str = ""
    source: str = ""
    who: str = ""
    known: bool = False
    """The ledger knows that there is nothing to say: no cell is left for want of knowledge."""


@dataclass(frozen=True, slots=True)
class LedgerAt:
    """The ledger at a period: by 市重点编号 (by name where a project has none) its standing, facts and figures by period."""

    period: Period
    standings: Mapping[str, ProjectStanding]
    facts: Mapping[str, Mapping[Field, ReadValue | None]]
    figures: Mapping[str, Mapping[Period, Mapping[Field, Yuan]]]
    members: Sequence[ScopeMember]
    yardstick: Yardstick
    sources: Mapping[tuple[str, Period], str] = field(default_factory=dict)
    """By project and period the file that brought the figures."""
    cells: Mapping[tuple[str, Field], str] = field(default_factory=dict)
    """By project and field where in that file the figure of the period itself stood."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that forms are filled from. ``at`` answers None for a year that has no project list."""

    at: Callable[[Period], LedgerAt | None]
    choices: ScopeChoices

    def held(self, code: str, ask: Ask) -> Held:
        """What the ledger holds of project ``code`` for ``ask``."""
        ledger = self.at(ask.period)
        if ledger is None:
            return Held(None, f"台账里没有{ask.period.year}年的项目清单")
        if code not in ledger.standings:
            return Held(None, f"{ask.period.label}时不在{ask.period.year}年的清单上")
        if ask.kind is AskKind.RATE and ask.field is not None and ask.over is not None:
            return _rate(ledger, code, ask.field, ask.over, ask.period)
        if ask.kind is AskKind.ANY_OF:
            return _any_of(ledger, code, ask)
        if ask.kind is AskKind.OWN and ask.own is not None:
            return _own(ledger.standings[code].own.get(ask.own.id), ask)
        if ask.kind is AskKind.STARTED:
            by = ledger.yardstick
            begun = has_started(ledger.standings[code], by.on, money_starts=by.money_starts)
            return Held("是" if begun else "否", source="台账的开工登记")
        return _field(ledger, code, ask.field, ask) if ask.field is not None else Held(None, "认不出要填什么")


def _rate(ledger: LedgerAt, code: str, part: Field, over: Field, period: Period) -> Held:
    above, below = _money(ledger, code, part, period), _money(ledger, code, over, period)
    for held in (above, below):
        if held.value is None:
            return held
    assert isinstance(above.value, int)
    assert isinstance(below.value, int)
    made = rate(above.value, below.value)
    if made is None:
        return Held(None, f"{over.label}为零，没有比率", known=True)
    return Held(made, source=f"{part.label}÷{over.label}，截至{period.label}")


def _any_of(ledger: LedgerAt, code: str, ask: Ask) -> Held:
    told = [_money(ledger, code, f, ask.period) for f in ask.options]
    if all(t.value is not None and t.value == told[0].value for t in told):
        return told[0]
    names = "、".join(f.label for f in ask.options)
    return Held(None, f"可指{names}，表头没有写明，请指明是哪一种")


def _own(value: OwnValue | None, ask: Ask) -> Held:
    name = ask.own.name if ask.own is not None else ""
    if value is None or value == "":
        return Held(None, f"台账的“{name}”没有填", who="填报单位")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Held(value, source=f"台账“{name}”")
    return Held(show_own_value(value), source=f"台账“{name}”")


def _field(ledger: LedgerAt, code: str, f: Field, ask: Ask) -> Held:
    if f.kind is FieldKind.MONEY:
        return _money(ledger, code, f, ask.period)
    facts, standing = ledger.facts.get(code, {}), ledger.standings[code]
    if f in PROGRESS_TEXTS:
        words = standing.value(f)
        if words:
            return Held(str(words), source=f"最近一次上报的{f.label}")
        # Who wrote of the progress and left this blank had nothing to say: the cell stays empty rightly.
        return Held(None, f"最近一次上报没有写{f.label}", who=standing.unit, known=bool(standing.progress_text))
    if f is Field.YEARS:
        years = [str(y) for y in (facts.get(Field.START_YEAR), facts.get(Field.FINISH_YEAR)) if y]
        return Held("-".join(years), source="台账的起止年份") if len(years) == 2 else Held(None, "台账没有起止年份", who=standing.unit)
    if f is Field.CODE:
        return Held(standing.code, source="台账编号") if standing.code else Held(None, "台账没有编号")
    value = facts.get(f)
    if value is None and ask.planned_too and f is Field.START_DATE:
        value = facts.get(Field.PLANNED_START)
    if value is None or value == "":
        return Held(None, _lacking(f, facts), who=standing.unit)
    if isinstance(value, int):
        value = str(value)
    return Held(value, source=f"台账的{f.label}")


def _lacking(f: Field, facts: Mapping[Field, ReadValue | None]) -> str:
    planned = {Field.START_DATE: Field.PLANNED_START, Field.FINISH_DATE: Field.PLANNED_FINISH}.get(f)
    if planned is not None and facts.get(planned) is not None:
        return f"台账只有{planned.label}，没有登记实际的"
    return f"台账没有{f.label}"


def _money(ledger: LedgerAt, code: str, f: Field, period: Period) -> Held:
    standing = ledger.standings[code]
    if f not in PROGRESS_MONEY:
        value = ledger.facts.get(code, {}).get(f)
        return Held(value, source=f"台账的{f.label}") if isinstance(value, int) else Held(None, f"台账没有{f.label}", who=standing.unit)
    by_period = ledger.figures.get(code, {})
    amount = by_period.get(period, {}).get(f)
    if amount is not None:
        brought = ledger.sources.get((code, period), "")
        if brought and (cell := ledger.cells.get((code, f))) and period == ledger.period:
            brought = f"{brought} {cell}"
        return Held(amount, source=f"{period.label}的{f.label}" + (f"，{brought}" if brought else ""))
    newest = next((p for p in reversed(list(by_period)) if f in by_period[p]), None)
    if newest is None:
        return Held(None, f"{standing.unit or '填报单位'}没有报过{f.label}", who=standing.unit)
    return Held(None, f"{period.label}没有报{f.label}，最近一次是{newest.label}", who=standing.unit)
