"""The parts that reports are put together from, by the keys that kinds and the office's forms name them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hydesk.reports import (
    annexes,
    card,
    duty,
    leader_page,
    lists,
    permits,
    sections,
    tables,
    unit_sheet,
    week_annexes,
    weekly,
)
from hydesk.reports.basis import Basis
from hydesk.reports.body.boards import boards_demands, boards_red, boards_yellow
from hydesk.reports.body.classes import classes, classes_annex
from hydesk.reports.body.lagging import lagging
from hydesk.reports.body.problems import problems
from hydesk.reports.body.starts import starts
from hydesk.reports.body.stretch_section import stretch_moves, year_close
from hydesk.reports.model import Annex, Section
from hydesk.reports.next_work import next_work
from hydesk.reports.notices.catalogue import CATALOGUE
from hydesk.reports.ranking_section import ranking

MakeSection = Callable[[Basis], Section | None]
MakeAnnex = Callable[[Basis, str], Annex | None]

SECTIONS: Mapping[str, tuple[str, MakeSection]] = {
    "overall": ("总体情况", sections.overall),
    "starts": ("开工情况", starts),
    "classes": ("分类情况", classes),
    "ranking": ("分县市区排名", ranking),
    "permits": ("手续办理", permits.permits),
    "funds": ("资金到位和入统情况", sections.funds),
    "lagging": ("滞后项目", lagging),
    "problems": ("存在问题", problems),
    "week_changes": ("本周变化", weekly.week_changes),
    "week_due": ("下周到期事项", weekly.week_due),
    "next_work": ("下步工作", next_work),
    "stretch": ("开工竣工情况", stretch_moves),
    "year_close": ("年度计划完成情况", year_close),
    "duty_facts": ("滞后情况", duty.duty_facts),
    "duty_causes": ("滞后原因", duty.duty_causes),
    "duty_demands": ("督办要求", duty.duty_demands),
    "boards_red": ("红榜（表扬）", boards_red),
    "boards_yellow": ("黄榜（滞后）", boards_yellow),
    "boards_demands": ("整改要求", boards_demands),
    "unit_figures": ("总体情况", unit_sheet.unit_figures),
    "unit_lagging": ("滞后项目", unit_sheet.unit_lagging),
    "unit_problems": ("存在问题", unit_sheet.unit_problems),
    "unit_nodes": ("到期节点", unit_sheet.unit_nodes),
    "leader_figures": ("总体情况", leader_page.leader_figures),
    "leader_projects": ("项目进展", leader_page.leader_projects),
    "leader_problems": ("未销号的问题", leader_page.leader_problems),
    "leader_nodes": ("到期节点", leader_page.leader_nodes),
    "card_facts": ("基本情况", card.card_facts),
    "card_progress": ("投资进度", card.card_progress),
    "card_photos": ("现场照片", card.card_photos),
    "card_nodes": ("节点", card.card_nodes),
    "card_problems": ("问题和下步工作", card.card_problems),
}
"""Key → usual heading and maker."""

ANNEXES: Mapping[str, tuple[str, MakeAnnex]] = {
    "projects": ("全部项目投资完成情况表", annexes.projects_annex),
    "overdue_all": ("到期未开工项目清单", annexes.overdue_annex),
    "lagging_all": ("滞后项目清单", annexes.lagging_annex),
    "problems_all": ("项目存在问题清单", annexes.problems_annex),
    "classes_all": ("分类投资完成情况表", classes_annex),
    "permits_all": ("手续办理情况表", permits.permits_annex),
    "week_nodes": ("节点情况表", week_annexes.week_nodes),
    "week_problems": ("下周到期问题表", week_annexes.week_problems),
    "ranking_annex": ("投资完成情况排名表", lists.ranking_annex),
    "duty_projects": ("滞后项目清单", duty.duty_annex),
    "problem_list": ("问题清单", lists.problem_list),
    "node_list": ("节点清单", lists.node_list),
    "adjustment_list": ("调整退出清单", lists.adjustment_list),
}

EXHIBITS: Mapping[str, str] = {
    "chart:curve": "年度投资进度", "table:overdue": "到期未开工项目", "table:classes": "分类投资完成情况", "table:ranking": "分县市区排名",
    "chart:ranking": "各地完成率", "table:permits": "手续办理情况", "table:lagging": "滞后项目", "table:problems": "主要问题",
    "table:week_done": "本周完成节点", "table:week_due": "下周到期节点和问题",
}
"""Tables and pictures within sections, by key: the section asks whether it has them (``Basis.has``)."""

_WANTED: Mapping[str, Callable[[Basis, bool], bool]] = {
    "projects": lambda b, _full: bool(b.projects),
    "overdue_all": lambda b, full: len(tables.overdue_starts(b)) > _in_text(b, full, "table:overdue", b.form.most_overdue),
    "lagging_all": lambda b, full: len(b.lagging) > _in_text(b, full, "table:lagging", b.form.most_lagging),
    "problems_all": lambda b, full: len(b.problems) > _in_text(b, full, "table:problems", b.form.most_problems),
    "permits_all": lambda b, _full: not b.has("table:permits"),
}
"""Annexes that are left out where the text already holds all there is (``full``: there is no text)."""


def _in_text(basis: Basis, full: bool, exhibit: str, limit: int) -> int:
    """Up to how many rows the text itself shows."""
    return limit if not full and basis.has(exhibit) else 0


def wanted(key: str, basis: Basis, full: bool) -> bool:
    """Whether the annex ``key`` has anything to show that the text does not."""
    return key not in _WANTED or _WANTED[key](basis, full)


def part_label(key: str) -> str:
    """The usual heading of a section, or the usual name of an exhibit or annex."""
    if key in CATALOGUE:
        return CATALOGUE[key].heading
    if key in EXHIBITS:
        return f"{'图' if key.startswith('chart:') else '表'}：{EXHIBITS[key]}"
    return SECTIONS[key][0] if key in SECTIONS else f"附件：{ANNEXES[key][0]}"
