"""Targets of plans (规划目标): the value needed by a year on the way to the target, and who is behind it.

A level is approached in equal steps from the base value to the target; growth is compared with the growth promised.
What the needed value is, is our decision where a plan gives only its end: equal steps a year (docs/rules.md §6.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.money import round_half_up


class TargetKind(Enum):
    """How a target is meant."""

    LEVEL = "达到"
    AT_MOST = "不高于"
    COUNT = "累计个数"
    PER_YEAR = "每年新增"
    GROWTH_PER_YEAR = "年均增长"
    GROWTH = "增长"
    FALL = "下降"


class Way(Enum):
    """How a target stands against the path needed."""

    REACHED = "reached"
    ON_PATH = "on_path"
    BEHIND = "behind"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """已达到, 进度正常, 落后 or 数据不足, each with its shape."""
        return {"reached": "▲ 已达到", "on_path": "● 进度正常", "behind": "◆ 落后", "unknown": "○ 数据不足"}[self.value]


@dataclass(frozen=True, slots=True)
class Target:
    """A target and what is known so far. ``value`` in the plan's own measure; ``year`` None where it is every year's."""

    kind: TargetKind
    value: Decimal
    year: int | None
    base_year: int | None = None
    base: Decimal | None = None
    latest_year: int | None = None
    latest: Decimal | None = None
    series: tuple[tuple[int, Decimal], ...] = ()
    """What is known by year, in order."""

    @property
    def known(self) -> dict[int, Decimal]:
        """Base, values by year and the latest one, by year in order."""
        held = {y: v for y, v in ((self.base_year, self.base), *self.series, (self.latest_year, self.latest))
                if y is not None and v is not None}
        return dict(sorted(held.items()))


@dataclass(frozen=True, slots=True)
class PathPoint:
    """A year on the way: the value needed and the value there was, None where it cannot be told."""

    year: int
    needed: Decimal | None
    actual: Decimal | None
    ahead: Decimal | None
    """Negative: behind."""


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """``needed`` by the latest year, how far ahead of it (negative: behind), and the sentence that says so."""

    way: Way
    needed: Decimal | None
    gap: Decimal | None
    reason: str
    mean: Decimal | None = None
    """What is compared with the target where that is not the latest value: the mean growth of the years known."""
    years: str = ""
    """Over which years the mean is: 2020—2022."""


_COMPARED_AS_IT_IS = (TargetKind.PER_YEAR, TargetKind.GROWTH_PER_YEAR)
"""Kinds where the latest value is one year's own and the target is the same every year."""


def needed_by(target: Target, year: int) -> Decimal | None:
    """The value the path asks for by the end of ``year``; None where the path cannot be told."""
    if target.kind in _COMPARED_AS_IT_IS or target.year is None or year >= target.year:
        return target.value
    begin = target.base if target.base is not None else _begin(target.kind)
    if begin is None or target.base_year is None or target.base_year >= target.year:
        return None
    passed = Decimal(max(0, year - target.base_year)) / (target.year - target.base_year)
    needed = begin + (target.value - begin) * passed
    # A prize or a firm is there or not: two of three by the fourth of five years are not behind 2.4.
    return needed.to_integral_value(ROUND_FLOOR) if target.kind is TargetKind.COUNT else needed


def _begin(kind: TargetKind) -> Decimal | None:
    """Growth, falls and newly added numbers begin at nothing; a level begins where it stood, which must be known."""
    return None if kind in (TargetKind.LEVEL, TargetKind.AT_MOST) else Decimal(0)


def path_of(target: Target) -> list[PathPoint]:
    """Every year from the first that is known to the target's: the path needed beside the path taken."""
    known = target.known
    years = [*known, *([target.year] if target.year is not None else [])]
    if not years:
        return []
    lower = target.kind is TargetKind.AT_MOST
    first = target.base_year if target.base_year is not None else min(years)
    made = []
    for year in range(min(years), max(years) + 1):
        needed = needed_by(target, year) if year >= first else None
        actual = known.get(year)
        made.append(PathPoint(year, needed, actual, None if actual is None else _gap(actual, needed, lower)))
    return made


def mean_growth(rates: Sequence[Decimal]) -> Decimal:
    """年均增长 over years that grew by ``rates`` percent each: the growth that, each year the same, comes to as much."""
    whole = Decimal(1)
    for one in rates:
        whole *= 1 + one / 100
    return round_half_up((whole ** (Decimal(1) / len(rates)) - 1) * 100, 4) if whole > 0 else Decimal(-100)


def _mean_of_years(target: Target) -> tuple[Decimal, str] | None:
    """The mean growth since the base year and how it is said, where more than one year is known."""
    own = [(y, v) for y, v in target.series if target.base_year is None or y > target.base_year]
    if target.kind is not TargetKind.GROWTH_PER_YEAR or len(own) < 2:
        return None
    return mean_growth([v for _, v in own]), f"{own[0][0]}—{own[-1][0]}"


def stand(target: Target) -> TargetStanding:
    """How the target stands with the latest value known; yearly growth with the mean of the years known."""
    if target.latest is None or target.latest_year is None:
        return TargetStanding(Way.UNKNOWN, None, None, "还没有填最新值")
    if (mean := _mean_of_years(target)) is not None:
        by = mean[0] - target.value
        said = f"年均应达到{_plain(target.value)}，{mean[1]}年平均{_plain(mean[0])}"
        return TargetStanding(Way.BEHIND if by < 0 else Way.ON_PATH, target.value, by,
                        f"{said}，差{_plain(-by)}" if by < 0 else said, *mean)
    needed = needed_by(target, target.latest_year)
    lower_is_better = target.kind is TargetKind.AT_MOST
    ends = target.kind not in _COMPARED_AS_IT_IS
    reached = target.latest <= target.value if lower_is_better else target.latest >= target.value
    if ends and reached:
        return TargetStanding(Way.REACHED, needed, _gap(target.latest, needed, lower_is_better),
                        f"{target.latest_year}年为{_plain(target.latest)}，已达到目标{_plain(target.value)}")
    if needed is None:
        return TargetStanding(Way.UNKNOWN, None, None, "缺少基期年或基期值，算不出应达到的值")
    gap = _gap(target.latest, needed, lower_is_better)
    assert gap is not None
    said = f"{target.latest_year}年应{'不高于' if lower_is_better else '达到'}{_plain(needed)}，实际{_plain(target.latest)}"
    if gap < 0:
        return TargetStanding(Way.BEHIND, needed, gap, f"{said}，差{_plain(-gap)}")
    return TargetStanding(Way.ON_PATH, needed, gap, said)


def _gap(latest: Decimal, needed: Decimal | None, lower_is_better: bool) -> Decimal | None:
    if needed is None:
        return None
    return needed - latest if lower_is_better else latest - needed


def _plain(value: Decimal) -> str:
    """A number as it is said: at most two decimals, without trailing zeros."""
    return f"{round(value, 2).normalize():,f}"
