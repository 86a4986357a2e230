"""What changed in the ledger between two days: which projects came and went, and every value that became another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from datetime import date
from pathlib import Path

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field, FieldKind
from hydesk.domain.job_progress import Progress
from hydesk.domain.money import NO_FIGURE, MoneyUnit, Yuan, format_money, in_unit
from hydesk.domain.own_columns import OwnKind, show_own_value
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.standing import ATTRIBUTES, OTHERS, ProjectStanding
from hydesk.services.projects.export_shown import ScreenColumn, ScreenTable, export_shown
from hydesk.services.projects.list_more_facts import FACTS, list_more_facts
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.own_columns import list_own_columns
from hydesk.services.standings.read_scope import ids_in
from hydesk.services.upkeep.ledger_as_of import ledger_as_of

SUMMED = (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN, Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT)
"""Amounts whose sums over the whole list are told for both days."""
ON_LIST, OFF_LIST, LISTED = "在清单", "不在清单", "清单"
PLANNED = {"计划开工": "planned_start", "计划竣工": "planned_finish", "计划投产": "planned_production", "计划达产": "planned_capacity"}
"""Days of the standing that are no fields of returns."""


@dataclass(frozen=True, slots=True)
class ValueMoved:
    """One value of a project on both days: in words, money in 万元; ``by`` is by how much an amount moved, in yuan."""

    project_id: int
    code: str
    name: str
    unit: str
    field: str
    then: str
    now: str
    by: Yuan | None = None


@dataclass(frozen=True, slots=True)
class DaysCompared:
    """``values`` in the order of the ledger, of a project in the order of its fields; ``sums`` by the field's label, in yuan."""

    then: date
    now: date | None
    """None: as it stands now."""
    period: Period
    counts: tuple[int, int]
    sums: Mapping[str, tuple[Yuan, Yuan]]
    values: tuple[ValueMoved, ...]

    @property
    def projects(self) -> int:
        """How many projects changed in anything."""
        return len({v.project_id for v in self.values})


@dataclass(frozen=True, slots=True)
class _Told:
    """A value in words; an amount also in yuan."""

    words: str = NO_FIGURE
    amount: Yuan | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """A project on one of the days: its standing and all it holds by the label of the field."""

    project: ProjectStanding
    values: dict[str, _Told]


def compare_days(
    ledger: Ledger, then: date, now: date | None, period: Period, progress: Progress | None = None, scope: Scope = WHOLE,
) -> DaysCompared:
    """The ledger at the end of the day ``then`` against that of ``now`` (None: as it stands), for ``period`` on both.

    Of a ``scope`` each day has the projects that met it on that day; counts and sums are over those, and whatever became
    of a project that met it on either day is told. Raises HydeskError where the first is not before the second, or the
    ledger held nothing yet.
    """
    if then >= (now or date.today()):
        raise HydeskError("前一个日期要早于后一个日期")
    if progress is not None:
        progress(0.1, f"正在回看 {then:%Y-%m-%d}")
    with closing(ledger_as_of(ledger, then)) as before:
        first, met = _held(before, period), ids_in(before, period, scope)
    if progress is not None:
        progress(0.6, f"正在回看 {now:%Y-%m-%d}" if now is not None else "正在读取现在的台账")
    with closing(ledger_as_of(ledger, now)) if now is not None else nullcontext(ledger) as after:
        second, meets = _held(after, period), ids_in(after, period, scope)
    wanted = None if met is None or meets is None else (met, meets)
    return compared(first, second, then, now, period, wanted)


def compared(
    first: Mapping[int, _Held], second: Mapping[int, _Held], then: date, now: date | None, period: Period,
    wanted: tuple[frozenset[int], frozenset[int]] | None = None,
) -> DaysCompared:
    """What of ``first`` became another in ``second``; of ``wanted`` projects, those asked for on each day (None: all)."""
    values: list[ValueMoved] = []
    for key in dict.fromkeys((*second, *first)):
        if wanted is None or any(key in ids for ids in wanted):
            values += _moved(key, first.get(key), second.get(key))
    counted = [[h for key, h in held.items() if wanted is None or key in wanted[day]] for day, held in enumerate((first, second))]
    sums = {f.label: (_sum(counted[0], f), _sum(counted[1], f)) for f in SUMMED}
    return DaysCompared(then, now, period, (len(counted[0]), len(counted[1])), sums, tuple(values))


def _sum(held: Iterable[_Held], of: Field) -> Yuan:
    return sum(h.values[of.label].amount or 0 for h in held)


def _moved(key: int, then: _Held | None, now: _Held | None) -> Iterator[ValueMoved]:
    told = now or then
    assert told is not None
    p = told.project
    if then is None or now is None:
        yield ValueMoved(key, p.code, p.name, p.unit, LISTED, OFF_LIST if then is None else ON_LIST, OFF_LIST if now is None else ON_LIST)
        return
    for label in dict.fromkeys((*now.values, *then.values)):
        a, b = then.values.get(label, _Told()), now.values.get(label, _Told())
        if a != b:
            by = None if b.amount is None else b.amount - (a.amount or 0)
            yield ValueMoved(key, p.code, p.name, p.unit, label, a.words, b.words, by)


def _held(ledger: Ledger, period: Period) -> dict[int, _Held]:
    """Every project on the list with all that the ledger's table can show of it, apart from what is worked out."""
    more, own = list_more_facts(ledger, period), list_own_columns(ledger)
    told: dict[int, _Held] = {}
    for p in list_standings(ledger, period):
        values = {"市重点编号": _Told(p.code)}
        values |= {f.label: _told(f, p.value(f)) for f in (*ATTRIBUTES, *OTHERS)}
        values |= {word: _words(getattr(p, name)) for word, name in PLANNED.items()}
        if p.id in more:
            values |= {f.label: _told(f, more[p.id].facts.get(f)) for f in FACTS}
        for c in own:
            held = p.own.get(c.id)
            money = held if c.kind.base is OwnKind.MONEY and isinstance(held, int) else None
            values[c.name] = _Told(show_own_value(held) or NO_FIGURE, money)
        told[p.id] = _Held(p, values)
    return told


def _told(field: Field, value: Yuan | str | date | None) -> _Told:
    if field.kind is FieldKind.MONEY and isinstance(value, int):
        return _Told(format_money(value), value)
    return _words(value)


def _words(value: object) -> _Told:
    return _Told(NO_FIGURE if value is None or value == "" else " ".join(str(value).split()))


HEADS = tuple(ScreenColumn(head, "money" if head.startswith("增减") else "words", width) for head, width in (
    ("编号", 100), ("项目名称", 240), ("单位", 100), ("栏目", 170), ("原来", 170), ("后来", 170), ("增减（万元）", 120)))
"""The columns of what changed, on the screen and in Excel."""


def said_of(found: DaysCompared) -> str:
    """清单 388 → 390 个项目；年度计划投资 1,005.30 → 1,022.26 亿元; what does not move is left out."""
    parts = [f"清单 {found.counts[0]:,} → {found.counts[1]:,} 个项目"] if found.counts[0] != found.counts[1] else []
    for field, (then, now) in found.sums.items():
        if then != now:
            parts.append(f"{field} {format_money(then, MoneyUnit.YI, 2)} → {format_money(now, MoneyUnit.YI, 2)} 亿元")
    return "；".join((f"{found.period.label}：{found.projects:,} 个项目的 {len(found.values):,} 处变了", *parts))


def export_compared(found: DaysCompared, values: Sequence[ValueMoved], path: Path, progress: Progress | None = None) -> None:
    """Write ``values``, those of ``found`` that are asked for, as an Excel workbook. Raises HydeskError where it cannot be written."""
    now = f"{found.now:%Y-%m-%d}" if found.now else "现在"
    rows = [(v.code, v.name, v.unit, v.field, v.then, v.now, None if v.by is None else in_unit(v.by, MoneyUnit.WAN)) for v in values]
    export_shown(ScreenTable(f"台账两日对照（{found.then:%Y-%m-%d} 至 {now}）", said_of(found), MoneyUnit.WAN, HEADS, rows, [None] * len(HEADS)),
                 path, progress)
