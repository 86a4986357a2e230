"""What stands in the two lists of 联系领导, and which projects each tab shows in which order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.money import format_money, format_percent, rate
from hydesk.services.pages.leader_sheet import node_words
from hydesk.services.pages.leaders import LeaderLine, LedProject
from hydesk.ui.kit.listing import ListColumn
from hydesk.ui.kit.words import PROJECT, UNIT
from hydesk.ui.style import Theme

SOON_DAYS = 30
"""A node due within as many days stands under 近期节点."""

LEADERS: tuple[ListColumn[LeaderLine], ...] = (
    ListColumn("姓名", lambda x: x.name, 74, stretch=True, tip=lambda x: "、".join(x.roles)),
    ListColumn("项目", lambda x: str(x.totals.count), 48, order=lambda x: x.totals.count, right=True, measure="count"),
    ListColumn("完成率", lambda x: format_percent(x.totals.completion), 74, order=lambda x: x.totals.completion, right=True,
               measure="completion"),
    ListColumn("滞后", lambda x: str(x.lagging), 48, order=lambda x: x.lagging, right=True, measure="meaning"),
)


def project_columns(theme: Theme) -> list[ListColumn[LedProject]]:
    """The name has the room; the code is in its tip and in what is copied."""
    return [
        ListColumn(PROJECT, lambda p: p.standing.name, 220, stretch=True, tip=lambda p: f"{p.standing.code}　{p.standing.name}"),
        ListColumn(UNIT, lambda p: p.standing.unit, 78),
        ListColumn("年度计划", lambda p: format_money(p.standing.annual_plan), 90, order=lambda p: p.standing.annual_plan, right=True,
                   measure="annual_plan"),
        ListColumn("累计完成", lambda p: format_money(p.standing.year_investment), 90, order=lambda p: p.standing.year_investment,
                   right=True, measure="year_investment"),
        ListColumn("完成率", lambda p: format_percent(_rate(p)), 74, order=_rate, right=True, measure="completion"),
        ListColumn("进度", lambda p: p.lamp.label, 100, tip=lambda p: p.lamp.reason, measure="meaning", key="meaning",
                   color=lambda p: theme.palette.of_meaning(p.lamp.meaning)),
        ListColumn("问题", lambda p: str(len(p.problems) or ""), 48, order=lambda p: len(p.problems), right=True,
                   tip=lambda p: "\n".join(x.title or x.detail for x in p.problems), measure="problems"),
        ListColumn("下一节点", node_words, 146, order=lambda p: None if p.next is None else p.next.days, measure="nodes"),
    ]


def _rate(p: LedProject) -> Any:
    return rate(p.standing.year_investment, p.standing.annual_plan)


def _soon(p: LedProject) -> bool:
    return p.next is not None and (p.next.days or 0) <= SOON_DAYS


@dataclass(frozen=True, slots=True)
class LeaderTab:
    """A view of a leader's projects: those it keeps, in its order."""

    word: str
    keeps: Callable[[LedProject], bool]
    order: Callable[[LedProject], Any]


TABS = (
    LeaderTab("全部", lambda p: True, lambda p: 0),
    LeaderTab("滞后", lambda p: p.lamp.meaning.bad, lambda p: (p.lamp.meaning.value != "seriously_lagging", _rate(p) or 0)),
    LeaderTab("有问题", lambda p: bool(p.problems), lambda p: (-sum(x.overdue for x in p.problems), -len(p.problems))),
    LeaderTab("近期节点", _soon, lambda p: 0 if p.next is None else p.next.days or 0),
)
"""The worst of each first."""
