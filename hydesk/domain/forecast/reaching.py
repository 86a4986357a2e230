"""What it takes to reach the plan, and what the year's end would be if (docs/rules.md §10.4)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.forecast.year_end import Outlook, YearEnd
from hydesk.domain.money import MoneyUnit, Yuan, format_money, spread
from hydesk.domain.project_year import MONTHS, ProjectYear


@dataclass(frozen=True, slots=True)
class Reaching:
    """What it takes. ``gap``: what the plan is above the forecast's middle (0: it is reached as things go).

    ``starts``: waiting projects that close the gap if they begin now, the largest first; ``rest`` what is still lacking
    then; ``monthly`` what every month left must bring in all, ``usual`` what the months so far brought.
    """

    gap: Yuan
    sure: bool
    """Even the low end reaches the plan."""
    starts: tuple[int, ...]
    rest: Yuan
    monthly: Yuan
    usual: Yuan
    months: int

    @property
    def words(self) -> str:
        """照目前进度年底可完成计划；or 要完成年度计划，还需再开工3个、每月完成2.1亿元."""
        if not self.months:
            return ""
        if not self.gap:
            return "照目前进度可以完成年度计划" + ("" if self.sure else "，但把握不大")
        parts = ([f"再开工{len(self.starts)}个"] if self.starts else []) + [f"每月完成{_yi(self.monthly)}"]
        beside = f"（此前月均{_yi(self.usual)}）" if self.usual else ""
        return f"要完成年度计划，还需{'、'.join(parts)}{beside}"

    @property
    def brief(self) -> str:
        """The same for a table's cell: 再开工3个、每月2.1亿元; where the plan is reached anyhow: 不用再加."""
        if not self.months:
            return ""
        if not self.gap:
            return "不用再加" if self.sure else "不用再加，但把握不大"
        return "、".join(([f"再开工{len(self.starts)}个"] if self.starts else []) + [f"每月完成{_yi(self.monthly)}"])


def _yi(amount: Yuan) -> str:
    if amount >= 10**7:
        return f"{format_money(amount, MoneyUnit.YI, 2)}亿元"
    return f"{format_money(amount, MoneyUnit.WAN, 0)}万元"


def reaching(outlook: Outlook, listed: Sequence[ProjectYear], found: YearEnd, month: int) -> Reaching:
    """What it takes ``listed``, whose forecast is ``outlook``, to reach its plan after ``month``."""
    left = MONTHS - month
    plan = outlook.plan or 0
    monthly = spread(max(0, plan - outlook.done), left) if left else 0
    usual = outlook.done // month if month else 0
    gap = max(0, plan - outlook.mid)
    starts: list[int] = []
    rest = gap
    for p in sorted((p for p in listed if waits(p, month)), key=lambda p: -brings(p, found, month)):
        more = brings(p, found, month)
        if rest <= 0 or more <= 0:
            break
        starts.append(p.id)
        rest = max(0, rest - more)
    return Reaching(gap, outlook.low >= plan, tuple(starts), rest, monthly, usual, left)


def waits(p: ProjectYear, month: int) -> bool:
    """Whether it is to begin this year and has brought nothing yet."""
    return bool(p.annual_plan) and p.nature != "续建" and not p.done(month)


def brings(p: ProjectYear, found: YearEnd, month: int) -> Yuan:
    """What beginning at once adds to what it is expected to bring anyhow."""
    own = found.projects.get(p.id)
    return max(0, found.begun.get(p.id, 0) - (own.mid - own.done if own else 0)) if month < MONTHS else 0


def what_if(
    outlook: Outlook, listed: Sequence[ProjectYear], found: YearEnd, month: int, *,
    started: Collection[int] = (), stopped: Collection[int] = (), monthly: Yuan | None = None,
) -> Outlook:
    """The year's end if the projects ``started`` begin now and those ``stopped`` bring nothing more, or if every month
    left brings ``monthly`` in all. The range keeps its width."""
    change = 0
    for p in listed:
        own = found.projects.get(p.id)
        if p.id in started and waits(p, month):
            change += brings(p, found, month)
        elif p.id in stopped and own is not None:
            change -= own.mid - own.done
    if monthly is not None:
        change = outlook.done + monthly * (MONTHS - month) - outlook.mid
    return Outlook(max(outlook.done, outlook.low + change), max(outlook.done, outlook.mid + change),
                   max(outlook.done, outlook.high + change), outlook.plan, outlook.done)
