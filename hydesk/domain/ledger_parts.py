"""What an exported ledger holds beside the project list: its further sheets, written and read by the same heads.

Money stands in 万元 there and in yuan here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import PROGRESS_MONEY, PROGRESS_TEXTS, Field
from hydesk.domain.money import Yuan
from hydesk.domain.own_columns import OwnColumn, OwnValue
from hydesk.domain.understanding import ReadValue

CODE = "市重点编号"
DROPPED, NAMES, SUB_PROJECTS, FIGURES, NODES = "退出项目", "其他名称", "子项目", "月度数据", "节点"
ADJUSTMENTS = "调整记录"
OWN_COLUMNS, RETIRED_VALUES, OWN_FIGURES = "自建栏目", "停用栏目的内容", "自建栏目逐期数"
STATED = "数字截至日期"
"""Head of the day that a return stated for its figures, where it is not the period's own."""
PROGRESS = PROGRESS_MONEY + PROGRESS_TEXTS
HEADS: Mapping[str, tuple[str, ...]] = {
    DROPPED: (CODE, "退出日期"),
    NAMES: (CODE, "其他名称", "类别"),
    SUB_PROJECTS: (CODE, "序号", "子项目名称", "建设单位", "总投资（万元）", "年度计划投资（万元）", "备注"),
    FIGURES: (CODE, "报告期", *(f.label + ("（万元）" if f in PROGRESS_MONEY else "") for f in PROGRESS), STATED),
    NODES: (CODE, "节点", "计划时间", "预计时间", "实际时间", "办理情况"),
    ADJUSTMENTS: (CODE, "项目", "日期", "类别", "调整前后", "理由", "文号", "批次", "拆自或并入", "经办"),
    OWN_COLUMNS: ("栏目", "类型", "选项", "计量单位", "其他叫法", "填报模板", "状态"),
    RETIRED_VALUES: (CODE, "栏目", "内容"),
    OWN_FIGURES: (CODE, "栏目", "报告期", "数（金额为万元）"),
}
"""Sheet → its heads, in order. A sheet of this name with these heads is a part of an exported ledger."""
NAME_KINDS = {"former": "曾用名", "remembered": "记住的写法"}


@dataclass(frozen=True, slots=True)
class NameLine:
    """Another name of a project; ``kind`` is former or remembered."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SubLine:
    """A sub-project."""

    code: str
    position: int
    name: str
    builder: str
    total_investment: Yuan | None
    annual_plan: Yuan | None
    remark: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """What is held of one project and period; ``period`` as 2023-06 or 2023-W25, ``stated`` the day its return states."""

    code: str
    period: str
    values: Mapping[Field, ReadValue]
    stated: date | None = None


@dataclass(frozen=True, slots=True)
class OwnFigureLine:
    """What a project held of one period in an own column, by its name; ``digits`` as the sheet writes it, money in 万元."""

    code: str
    column: str
    period: str
    digits: str


@dataclass(frozen=True, slots=True)
class NodeLine:
    """A node's three dates, and 办理中 or 不需办理 where somebody said so."""

    code: str
    node: str
    baseline: LooseDate | None
    forecast: LooseDate | None
    actual: LooseDate | None
    handling: str = ""


@dataclass(frozen=True, slots=True)
class ActLine:
    """A dated act on the list, in words: it is to be read by people, and no import does it again."""

    code: str
    name: str
    on: date
    kind: str
    figures: str
    reason: str
    document: str
    batch: str
    other: str
    actor: str


@dataclass(frozen=True, slots=True)
class LedgerParts:
    """All of them; ``dropped`` says who left the year's list, and when."""

    dropped: Mapping[str, date] = field(default_factory=dict)
    names: tuple[NameLine, ...] = ()
    sub_projects: tuple[SubLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    nodes: tuple[NodeLine, ...] = ()
    adjustments: tuple[ActLine, ...] = ()
    columns: tuple[OwnColumn, ...] = ()
    """Every column of the office's own, retired ones too. What stands in the others is on the list itself."""
    own: Mapping[str, Mapping[int, OwnValue]] = field(default_factory=dict)
    """What is written: by code, the values by the columns' ids."""
    retired: tuple[tuple[str, str, str], ...] = ()
    """What is read of retired columns: code, the column's name, the value as the change log writes it."""
    own_figures: tuple[OwnFigureLine, ...] = ()
    """What stands in columns that are told by period, retired ones too."""
