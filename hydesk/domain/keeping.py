"""Which backups to keep: by day, week and month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

LATEST, DAYS, WEEKS, MONTHS = 3, 14, 8, 24
"""The newest few always; then the newest of each of the last so many days, weeks and months."""


def to_keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of ``moments`` whose backups are kept at ``now``; one dated later than ``now`` is always kept and
    pushes none of the others out: the clock was wrong, then or now.

    What is kept today of an old day is never needed for a later one: keeping again what was kept drops nothing else
    before its time.
    """
    every = set(moments)
    newest = sorted((m for m in every if m <= now), reverse=True)
    kept = {m for m in every if m > now} | set(newest[:LATEST])
    days: dict[object, datetime] = {}
    weeks: dict[object, datetime] = {}
    months: dict[object, datetime] = {}
    for m in newest:
        if now.date() - m.date() < timedelta(days=DAYS):
            days.setdefault(m.date(), m)
        week = m.isocalendar()
        if now - m < timedelta(weeks=WEEKS):
            weeks.setdefault((week.year, week.week), m)
        if (now.year - m.year) * 12 + now.month - m.month < MONTHS:
            months.setdefault((m.year, m.month), m)
    return kept | set(days.values()) | set(weeks.values()) | set(months.values())
