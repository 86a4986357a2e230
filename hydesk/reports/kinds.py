"""Kinds of report as data: what each is called, what it is about, how it looks and which parts it has."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.stretches import Stretch


class ReportKind(Enum):
    """Which report."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEAR = "half_year"
    YEARLY = "yearly"
    SUPERVISION = "supervision"
    BOARDS = "boards"
    UNIT = "unit"
    LEADER = "leader"
    PROJECT = "project"
    PROBLEMS = "problems"
    NODES = "nodes"
    ADJUSTMENTS = "adjustments"
    TABLES = "tables"
    STATISTICS = "statistics"
    """A cross table that somebody put together; not of the kinds that are made by name."""

    @property
    def label(self) -> str:
        """周报, 月度通报, 滞后项目督办单 …"""
        return KINDS[self].label


class About(Enum):
    """What a report may be about: ``OR`` kinds take the whole where no subject is named."""

    WHOLE = "whole"
    UNIT = "unit"
    LEADER = "leader"
    PROJECT = "project"
    UNIT_OR_PROJECT = "unit_or_project"
    WHOLE_OR_UNIT = "whole_or_unit"


class Manner(Enum):
    """In which of the two forms of the office a paper with a red head is printed (docs/rules.md §18.2)."""

    OFFICIAL = "official"
    """公文: to named addressees, under the office's name and a document number, signed and dated at its end."""
    BULLETIN = "bulletin"
    """简报: 第N期 under a name of its own, who issues it and the day at its head."""

    @property
    def label(self) -> str:
        """公文, 简报."""
        return "公文" if self is Manner.OFFICIAL else "简报"


class Look(Enum):
    """How a report is set."""

    DOCUMENT = "document"
    """An official document (GB/T 9704-2012) with a red head; annexes on landscape pages."""
    SHEET = "sheet"
    """One portrait page in smaller type, without a red head."""
    LIST = "list"
    """Tables on landscape pages, nothing else."""


@dataclass(frozen=True, slots=True)
class KindForm:
    """A kind: its name, its subject, its look, its sections and annexes in their usual order (keys of the parts)."""

    label: str
    about: About
    look: Look
    sections: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    """Parts that are left out unless the office asks for them."""
    more: tuple[str, ...] = ()
    """Parts of notices that the office may add; left out unless it asks for them."""
    exhibits: tuple[str, ...] = ()
    """Tables and pictures that may stand in the text; what stands there not, or not whole, is in the annexes. The text of
    a kind without any passes no table: its tables are what it makes known, and what it asks comes after them."""
    manner: Manner = Manner.BULLETIN
    """The usual form of its papers."""
    terse: bool = False
    """Whether it says sums and few names: headings stand before their first sentence, what is not named is in the annexes."""
    apart: bool = False
    """Whether annexes go as files of their own unless they are bound in (docs/rules.md §18.1)."""

    stretch: Stretch | None = None
    """The quarter, half year or year it is of; its period is the last month."""

    @property
    def parts(self) -> tuple[str, ...]:
        """All parts: sections, exhibits, annexes."""
        return self.sections + self.exhibits + self.annexes


_NOTICE = ("overall", "starts", "classes", "ranking", "permits", "funds", "lagging", "problems", "next_work")
_WEEKLY = ("overall", "week_changes", "starts", "classes", "ranking", "permits", "funds", "lagging", "problems", "week_due",
           "next_work")
NOTICE_PARTS = ("by_level", "by_class", "by_nature", "by_stage", "by_industry", "by_chain", "by_unit", "by_group", "year_on_year", "schedule",
                "starts_told", "finishes_told", "preparing_told", "joint_starts", "unlisted", "money_told", "land_told", "best_told",
                "worst_told", "moves_told", "leaders_told", "reversed_told")
"""What notices say beside the sections of every report (``reports/notices/catalogue``)."""
_ANNEXES = ("projects", "ranking_annex", "classes_all", "lagging_all", "overdue_all", "problems_all", "permits_all")
_WEEKLY_ANNEXES = ("projects", "ranking_annex", "classes_all", "lagging_all", "overdue_all", "problems_all", "permits_all", "week_nodes",
                   "week_problems")
_EXHIBITS = ("chart:curve", "table:overdue", "table:classes", "table:ranking", "chart:ranking", "table:permits", "table:lagging",
             "table:problems")
_OFF = ("chart:curve", "table:overdue", "table:classes", "chart:ranking", "table:permits", "table:lagging", "table:problems")
"""A notice has one table, the units', and no picture unless the office wants one; every other table is in the annexes."""

_OF_STRETCH = ("overall", "year_on_year", "stretch", "starts", "finishes_told", "classes", "ranking", "funds", "lagging", "problems", "next_work")
_OF_YEAR = ("overall", "year_close", *_OF_STRETCH[1:])


def _of_stretch(label: str, stretch: Stretch, sections: tuple[str, ...]) -> KindForm:
    """A notice of several months: what a monthly one says, last year, and what began and ended in them."""
    return KindForm(label, About.WHOLE, Look.DOCUMENT, sections, _ANNEXES, (*_OFF, "permits_all"), exhibits=_EXHIBITS, apart=True, stretch=stretch,
                    more=tuple(p for p in NOTICE_PARTS if p not in sections))


KINDS: Mapping[ReportKind, KindForm] = {
    ReportKind.MONTHLY: KindForm("月度通报", About.WHOLE, Look.DOCUMENT, _NOTICE, _ANNEXES, _OFF, exhibits=_EXHIBITS, more=NOTICE_PARTS, apart=True),
    ReportKind.WEEKLY: KindForm(
        "周报", About.WHOLE, Look.DOCUMENT, _WEEKLY, _WEEKLY_ANNEXES,
        off=(*_OFF, "classes", "permits", "funds", "classes_all", "permits_all", "projects", "table:week_done",
             "table:week_due"),
        exhibits=(*_EXHIBITS, "table:week_done", "table:week_due"), more=NOTICE_PARTS, terse=True, apart=True),
    ReportKind.QUARTERLY: _of_stretch("季度通报", Stretch.QUARTER, _OF_STRETCH),
    ReportKind.HALF_YEAR: _of_stretch("半年通报", Stretch.HALF, _OF_STRETCH),
    ReportKind.YEARLY: _of_stretch("全年通报", Stretch.YEAR, _OF_YEAR),
    ReportKind.SUPERVISION: KindForm(
        "滞后项目督办单", About.UNIT_OR_PROJECT, Look.DOCUMENT, ("duty_facts", "duty_causes", "duty_demands"), ("duty_projects",),
        manner=Manner.OFFICIAL),
    ReportKind.BOARDS: KindForm(
        "红黄榜", About.WHOLE, Look.DOCUMENT, ("boards_red", "boards_yellow", "boards_demands"), manner=Manner.OFFICIAL),
    ReportKind.UNIT: KindForm(
        "单位项目情况单", About.UNIT, Look.SHEET, ("unit_figures", "unit_lagging", "unit_problems", "unit_nodes")),
    ReportKind.LEADER: KindForm(
        "联系领导项目情况单", About.LEADER, Look.SHEET, ("leader_figures", "leader_projects", "leader_problems", "leader_nodes")),
    ReportKind.PROJECT: KindForm(
        "项目情况卡", About.PROJECT, Look.SHEET, ("card_facts", "card_progress", "card_photos", "card_nodes", "card_problems")),
    ReportKind.PROBLEMS: KindForm("问题清单", About.WHOLE_OR_UNIT, Look.LIST, (), ("problem_list",)),
    ReportKind.NODES: KindForm("节点清单", About.WHOLE_OR_UNIT, Look.LIST, (), ("node_list",)),
    ReportKind.ADJUSTMENTS: KindForm("项目调整退出清单", About.WHOLE_OR_UNIT, Look.LIST, (), ("adjustment_list",)),
    ReportKind.TABLES: KindForm(
        "附表", About.WHOLE_OR_UNIT, Look.LIST, (), ("projects", "ranking_annex", "overdue_all", "lagging_all", "problems_all")),
    ReportKind.STATISTICS: KindForm("统计表", About.WHOLE, Look.LIST),
}

NAMED = tuple(kind for kind in ReportKind if kind is not ReportKind.STATISTICS)
"""The kinds that can be asked for by name."""
