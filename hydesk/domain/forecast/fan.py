"""The fan on the year's curve: the range's way from what is done to the year's end, month by month (docs/rules.md §10.1)."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.forecast.city_course import CityCourse
from hydesk.domain.forecast.year_end import Outlook
from hydesk.domain.money import Yuan
from hydesk.domain.project_year import MONTHS, ProjectYear, Years


@dataclass(frozen=True, slots=True)
class FanPoint:
    """The end of a month, cumulative since January, yuan."""

    month: int
    low: Yuan
    mid: Yuan
    high: Yuan


def fan(outlook: Outlook, years: Years, year: int, month: int) -> tuple[FanPoint, ...]:
    """From ``month``, as of which ``outlook`` was forecast, to December; the rest comes by the months' shares of earlier
    years; without any, by what the year's own months tell of them. Empty once the year is over or before anything is known."""
    if not month or month >= MONTHS:
        return ()
    shares = _shares([p for y, held in years.items() if y < year for p in held]) or CityCourse.of(years.get(year, ()), month).paces
    rest = sum(shares[month:])
    points = [FanPoint(month, outlook.done, outlook.done, outlook.done)]
    run = 0.0
    for at in range(month, MONTHS):
        run += shares[at]
        low, mid, high = (outlook.done + round((end - outlook.done) * run / rest) for end in (outlook.low, outlook.mid, outlook.high))
        points.append(FanPoint(at + 1, low, mid, high))
    return tuple(points)


def _shares(earlier: Sequence[ProjectYear]) -> list[int]:
    sums = [0] * MONTHS
    for p in earlier:
        for month, span, amount in p.steps(MONTHS):
            if span == 1:
                sums[month - 1] += max(0, amount)
    return sums if all(sums) else []
