"""The papers of 工作机制 by their names: 三张清单, 会议纪要, lists, evaluations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.reports.notice import NoticePaper
from hydesk.services.mechanisms.major_projects import majors_notice
from hydesk.services.mechanisms.meeting_lines import minutes_notice
from hydesk.services.mechanisms.plan_points import points_notice
from hydesk.services.mechanisms.print_boards import account_notice, boards_notice, scale_notice
from hydesk.services.mechanisms.print_plans import assessment_notice, city_notice, plans_notice
from hydesk.services.problems.print_three_lists import three_lists_notice
from hydesk.services.reports.print_notice import print_notice

PAPERS: Mapping[str, Callable[[Ledger, Period], NoticePaper]] = {
    "三张清单": three_lists_notice, "会议纪要": minutes_notice, "规模榜单": scale_notice, "在建重大项目清单": majors_notice,
    "红黄榜": boards_notice, "承诺总账": account_notice, "规划评估": plans_notice, "县市区考核": assessment_notice,
    "省对市评价": city_notice, "考核加分事项": points_notice,
}


def print_paper(ledger: Ledger, name: str, period: Period, out: Path, formats: Sequence[str]) -> list[Path]:
    """Write the paper called ``name`` into the folder ``out``. Raises HydeskError where there is nothing to print."""
    return print_notice(PAPERS[name](ledger, period), out, formats)
