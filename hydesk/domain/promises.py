"""Promised against delivered (承诺兑现): how a promise of a unit or a project stands (docs/rules.md §6.3).

A promise is judged as its deadline found the ledger: what came later does not mend one that was broken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate
from hydesk.domain.measures.reach import scope_date
from hydesk.domain.measures.starts import count_starts
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.money import Yuan, format_money, format_percent, rate
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterRecord
from hydesk.domain.standing import ProjectStanding

_YEAR = re.compile(r"20\d\d")
_QUARTER_ENDS = {"一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12, "全年": 12}
RISK_DAYS = 30
"""A day promised that comes within so many days is at risk while it is not met."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: what, by when, delivered how far. Money in yuan; ``kept`` is None while it is not due."""

    record_id: int
    unit: str
    project: str
    """The project's code; empty for a promise of a whole unit."""
    about: str
    promised: str
    delivered: str
    due: date | None
    kept: bool | None
    at_risk: bool
    """Not due yet, but less is done than the time that has gone by asks for."""
    reason: str


class Past(Protocol):
    """The ledger as a deadline found it."""

    @property
    def money_starts(self) -> bool:
        """Whether money counts as a start."""

    def day(self, on: date) -> Sequence[ProjectStanding]:
        """The standings on ``on``, at most those of the period looked at."""


def looked_at(on: date, period: Period) -> Period:
    """The period whose standings tell how it stood on ``on``: that day's month, at most ``period`` itself."""
    if on.year != period.year:
        return period
    return min(Period.month(on.year, on.month), period, key=lambda p: p.sort_key)


def kept_share(promises: Sequence[Promise]) -> Decimal | None:
    """承诺兑现率: kept of those due; None while none is due."""
    due = [p for p in promises if p.kept is not None]
    return Decimal(sum(bool(p.kept) for p in due)) / len(due) if due else None


def promise_state(promise: Promise) -> str:
    """How a promise stands, a shape with its word."""
    if promise.kept is not None:
        return "▲ 已兑现" if promise.kept else "■ 未兑现"
    return "◆ 有风险" if promise.at_risk else "● 未到期"


def settle_unit(record: RegisterRecord, at: Past, period: Period) -> list[Promise]:
    """What a unit promised for the year of ``period``, as it stands at its end: money, works begun."""
    if _year_of(record, period) != period.year:
        return []
    unit, scope = str(record.values.get("unit", "")), str(record.values.get("scope", "全年"))
    said = record.values.get("due_on")
    due = said.day if isinstance(said, LooseDate) else Period.month(period.year, _QUARTER_ENDS.get(scope, 12)).end
    own = [s for s in at.day(due) if s.unit == unit]
    upto = "全年" if scope == "全年" else f"{scope}末累计"
    found = []
    plan = record.values.get("plan")
    if isinstance(plan, int):
        found.append(_money(record, unit, "", f"{upto}完成投资", plan, own, due, period))
    starts = record.values.get("starts")
    if isinstance(starts, Decimal):
        counted = count_starts(own, period.year, min(due, period.end), money_starts=at.money_starts)
        kept = counted.started >= starts
        over = period.end >= due
        found.append(Promise(
            record.id, unit, "", f"{upto}新开工", f"{starts.normalize():f}个", f"{counted.started}个", due,
            kept if over or kept else None, not over and _behind(Decimal(counted.started), starts, due, period.end),
            f"承诺{upto}新开工{starts.normalize():f}个，已开工{counted.started}个"))
    return found


def settle_project(record: RegisterRecord, at: Past, period: Period) -> list[Promise]:
    """What was promised of a project: money of the year, its start and finish."""
    code = str(record.values.get("project", ""))
    own = next((s for s in at.day(period.end) if s.code == code), None)
    if own is None:
        return []
    found = []
    plan = record.values.get("plan")
    if isinstance(plan, int) and _year_of(record, period) == period.year:
        due = Period.month(period.year, 12).end
        found.append(_money(record, own.unit, code, "年度投资", plan, [own], due, period))
    for key, about, actual in (("start_on", "开工", own.actual_start), ("finish_on", "竣工", own.actual_finish)):
        promised = record.values.get(key)
        if isinstance(promised, LooseDate):
            found.append(_day(record, own, about, promised, actual, period))
    return found


def _year_of(record: RegisterRecord, period: Period) -> int:
    """The year a promise is for: as filled in, else that of its deadline or of its signing; in December one signs for
    the next."""
    said = _YEAR.search(str(record.values.get("year")))
    if said is not None:
        return int(said.group())
    due, signed = record.values.get("due_on"), record.values.get("signed_on")
    if isinstance(due, LooseDate):
        return due.day.year
    return signed.day.year + (signed.day.month == 12) if isinstance(signed, LooseDate) else period.year


def _money(record: RegisterRecord, unit: str, code: str, about: str, promised: Yuan, own: Sequence[ProjectStanding],
           due: date, period: Period) -> Promise:
    """A promised amount against the newest figures, judged at their own date; not judged while nobody has any."""
    done, at = sum_up(own).known("year_investment"), scope_date(own)
    if done is None or at is None:
        return Promise(record.id, unit, code, about, f"{format_money(promised)}万元", "—", due, None, False,
                       f"承诺{about}{format_money(promised)}万元，尚未报送投资数")
    kept = done >= promised
    over = period.end >= due
    missing = f"，欠{format_money(promised - done)}万元" if not kept else ""
    said = (f"承诺{about}{format_money(promised)}万元，截至{at.label}已完成{format_money(done)}万元，"
            f"兑现{format_percent(rate(done, promised))}{missing}")
    at_risk = not over and _behind(Decimal(done), Decimal(promised), due, at.day)
    return Promise(record.id, unit, code, about, f"{format_money(promised)}万元", f"{format_money(done)}万元", due,
                   kept if over or kept else None, at_risk, said)


def _day(record: RegisterRecord, own: ProjectStanding, about: str, promised: LooseDate, actual: date | None,
         period: Period) -> Promise:
    if actual is not None and actual <= period.end:
        late = (actual - promised.day).days
        return Promise(record.id, own.unit, own.code, about, str(promised), actual.isoformat(), promised.day, late <= 0,
                       False, f"承诺{promised}{about}，{actual.isoformat()}{about}" + (f"，迟{late}天" if late > 0 else ""))
    over = (period.end - promised.day).days
    return Promise(record.id, own.unit, own.code, about, str(promised), f"未{about}", promised.day,
                   False if over >= 0 else None, -RISK_DAYS <= over < 0,
                   f"承诺{promised}{about}，至今未{about}" + (f"，已过{over}天" if over > 0 else ""))


def _behind(done: Decimal, promised: Decimal, due: date, on: date) -> bool:
    """Less is done on ``on`` than an even pace from the year's first day to the deadline asks for."""
    start = date(on.year, 1, 1)
    passed, whole = (on - start).days + 1, (due - start).days + 1
    return done * whole < promised * passed
