"""What a ledger must hold after some returns, reckoned from their rows alone: it shares no code with the program.

Amounts are whole 万元. A ``Told`` is what one return says of one project; ``standing`` says what a reader of the ledger
must see of the project at a day.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Told:
    """``name`` is 2023-06 or 2023-W28; ``day`` what the return states, where it does."""

    name: str
    done: int | None = None
    year: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Seen:
    """The newest sum with its period and day, and the amounts of the own month and the own week."""

    name: str | None
    day: date | None
    year: int | None
    month: int | None
    week: int | None


def monday(name: str) -> date:
    """The Monday of 2023-W28."""
    year, number = name.split("-W")
    fourth = date(int(year), 1, 4)  # always in the first ISO week
    return fourth - timedelta(days=fourth.weekday()) + timedelta(weeks=int(number) - 1)


def own_day(name: str) -> date:
    """The day of a period whose return states none."""
    year = int(name[:4])
    if "W" in name:
        return min(monday(name) + timedelta(days=6), date(year, 12, 31))
    month = int(name[5:])
    return date(year, month, calendar.monthrange(year, month)[1])


def held_on(told: Told) -> date:
    """The day of what a return tells."""
    if told.day is None:
        return own_day(told.name)
    if "W" in told.name:
        first = monday(told.name)
        near = first - timedelta(days=3) <= told.day <= first + timedelta(days=9)
        if not near or told.day.year < int(told.name[:4]):
            return own_day(told.name)
        return min(told.day, date(int(told.name[:4]), 12, 31))
    return told.day


def completed(returns: Sequence[Told]) -> dict[str, tuple[date, int | None, int | None]]:
    """Period → day, amount done in it, sum to date. The last return of a period counts."""
    last = {t.name: t for t in returns}
    found: dict[str, tuple[date, int | None, int | None]] = {}
    for name in sorted(last):
        told = last[name]
        number, weekly = int(name[-2:]), "W" in name
        if number == 1 and (not weekly or monday(name).year == int(name[:4])):
            base: int | None = 0
        else:
            before = f"{name[:-2]}{number - 1:02d}"
            closed = before in found and (weekly or found[before][0] == own_day(before))
            base = found[before][2] if closed else None
        done, year = told.done, told.year
        if base is not None:
            if year is None and done is not None:
                year = base + done
            elif done is None and year is not None:
                done = year - base
        found[name] = (held_on(told), done, year)
    return found


def standing(returns: Sequence[Told], name: str) -> Seen:
    """What is seen of a project at the period ``name``."""
    at = own_day(name)
    held = {n: v for n, v in completed(returns).items() if n[:4] == name[:4] and (v[0] <= at or n == name)}
    sums = [(day, "W" not in n, n, year) for n, (day, _, year) in held.items() if year is not None]
    newest = max(sums) if sums else None
    any_of = [(day, "W" not in n, n) for n, (day, done, year) in held.items() if done is not None or year is not None]
    if "W" in name:
        month = at.month if at == own_day(f"{at.year}-{at.month:02d}") or at.month == 1 else at.month - 1
        month_name, week = f"{name[:4]}-{month:02d}", held.get(name, (None, None, None))[1]
    else:
        month_name, week = name, None
    shown = newest[:3] if newest else max(any_of) if any_of else None
    return Seen(shown[2] if shown else None, shown[0] if shown else None, newest[3] if newest else None,
                held.get(month_name, (None, None, None))[1], week)
