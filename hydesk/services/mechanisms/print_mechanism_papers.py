"""The papers of 工作机制 by their names: 三张清单, 会议纪要, lists, evaluations; each of all projects or of a scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.reports.notice import NoticePaper
from hydesk.services.mechanisms.major_projects import majors_notice
from hydesk.services.mechanisms.meeting_lines import minutes_notice
from hydesk.services.mechanisms.plan_points import points_notice
from hydesk.services.mechanisms.print_boards import account_notice, boards_notice, scale_notice
from hydesk.services.mechanisms.print_plans import assessment_notice, city_notice, plans_notice
from hydesk.services.problems.print_three_lists import three_lists_notice
from hydesk.services.reports.print_notice import of_scope, print_notice

_SCOPED: Mapping[str, Callable[[Ledger, Period, Scope], NoticePaper]] = {
    "三张清单": three_lists_notice, "会议纪要": minutes_notice, "规模榜单": scale_notice, "在建重大项目清单": majors_notice,
    "红黄榜": boards_notice, "承诺总账": account_notice, "县市区考核": assessment_notice, "考核加分事项": points_notice,
}
_WHOLE: Mapping[str, tuple[Callable[[Ledger, Period], NoticePaper], str]] = {
    "规划评估": (plans_notice, "规划指标不按项目统计"), "省对市评价": (city_notice, "只评省重点项目，范围由省里的办法定"),
}
"""Papers whose scope is not the office's to choose, and why."""
PAPERS = (*_SCOPED, *_WHOLE)


def make_paper(ledger: Ledger, name: str, period: Period, scope: Scope = WHOLE) -> NoticePaper:
    """The paper called ``name`` over the projects of ``scope``, which it says.

    Raises HydeskError where there is nothing to print, and where the paper's scope is not to be chosen.
    """
    if name in _SCOPED:
        return of_scope(_SCOPED[name](ledger, period, scope), scope)
    made, why = _WHOLE[name]
    if scope.narrowed:
        raise HydeskError(f"“{name}”不能另选范围：{why}")
    return made(ledger, period)


def print_paper(ledger: Ledger, name: str, period: Period, out: Path, formats: Sequence[str], scope: Scope = WHOLE) -> list[Path]:
    """Write the paper called ``name`` into the folder ``out``. Raises HydeskError where there is nothing to print."""
    return print_notice(make_paper(ledger, name, period, scope), out, formats)
