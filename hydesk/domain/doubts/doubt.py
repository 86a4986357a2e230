"""A doubt: one question about figures, its evidence and how strongly it is asked (docs/rules.md §9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.money import MoneyUnit, Yuan, format_money

Evidence = Mapping[str, "int | str | Sequence[int] | Sequence[str]"]
"""What the sentence rests on, by name: yuan and counts whole, shares as text of an exact decimal."""


class Strength(Enum):
    """How strongly a doubt is asked."""

    STRONG = "strong"
    WEAK = "weak"

    @property
    def label(self) -> str:
        """重点核实 or 顺带核实."""
        return {"strong": "重点核实", "weak": "顺带核实"}[self.value]


class DoubtKind(Enum):
    """What is doubted."""

    START_BEFORE_WORKS = "start_before_works"
    MONTH_LEAP = "month_leap"
    SAME_RATIO = "same_ratio"
    AT_TIME_PROGRESS = "at_time_progress"
    ROUND_NUMBERS = "round_numbers"
    PERIOD_END_LEAP = "period_end_leap"
    REPEATED_PATTERN = "repeated_pattern"
    TWIN_PROJECTS = "twin_projects"
    WORDS_AGAINST_MONEY = "words_against_money"
    ACCEPTED_FAR_BELOW = "accepted_far_below"
    PAID_FAR_BELOW = "paid_far_below"
    SUM_MADE_TO_FIT = "sum_made_to_fit"

    @property
    def label(self) -> str:
        """The kind in the office's words."""
        return _LABELS[self]

    @property
    def rule(self) -> str:
        """When it is asked, in one sentence without its full stop."""
        return _RULES[self]


_LABELS = {
    DoubtKind.START_BEFORE_WORKS: "未开工先有投资",
    DoubtKind.MONTH_LEAP: "单月猛增",
    DoubtKind.SAME_RATIO: "多个项目同一完成率",
    DoubtKind.AT_TIME_PROGRESS: "多个项目正好等于时间进度",
    DoubtKind.ROUND_NUMBERS: "整数或相同尾数过多",
    DoubtKind.PERIOD_END_LEAP: "集中在季末、月末入账",
    DoubtKind.REPEATED_PATTERN: "与以前月份雷同",
    DoubtKind.TWIN_PROJECTS: "两地疑似同一项目",
    DoubtKind.WORDS_AGAINST_MONEY: "形象进度与投资不符",
    DoubtKind.ACCEPTED_FAR_BELOW: "形象进度投资远高于入统",
    DoubtKind.PAID_FAR_BELOW: "形象进度投资远高于到位资金",
    DoubtKind.SUM_MADE_TO_FIT: "单位合计正好凑整",
}

_RULES = {
    DoubtKind.START_BEFORE_WORKS: "新建项目没有登记开工、也没有施工许可，本年投资占计划的比例超过限额；只有土地款、设备款等说明的不列，写了主体或基础施工的按漏记开工时间顺带核实",
    DoubtKind.MONTH_LEAP: "一个月完成的投资是本项目平常月份（扣除季节）的若干倍，又占年度计划的一大块；写明设备到货、土地款的只顺带核实",
    DoubtKind.SAME_RATIO: "同一单位多个业主的项目完成率相同，而按各项目完成率的分散程度不该有这么多",
    DoubtKind.AT_TIME_PROGRESS: "同一单位多个项目的累计投资正好等于年度计划乘时间进度",
    DoubtKind.ROUND_NUMBERS: "一个单位本月投资为整百万、整千万或尾数相同的明显多于它历来的习惯",
    DoubtKind.PERIOD_END_LEAP: "一个单位多数项目把一个季度的投资集中在季末月，而其他单位和它往年同季不是这样；有周报的，一个月的投资集中在最后几天，而其他单位和它前几个月不是这样",
    DoubtKind.REPEATED_PATTERN: "一个单位多个项目本月的数与以前某个月相同或同比例放大，或一个项目连续几个月照搬以前几个月",
    DoubtKind.TWIN_PROJECTS: "两个单位各有一个项目，业主、地点、总投资都相同",
    DoubtKind.WORDS_AGAINST_MONEY: "形象进度只写到前期、场平或基础，投资却已占总投资和年度计划的一大块",
    DoubtKind.ACCEPTED_FAR_BELOW: "开工满几个月的项目，入统投资与形象进度投资之比远低于本单位一贯水平",
    DoubtKind.PAID_FAR_BELOW: "开工满几个月的项目，到位资金与形象进度投资之比远低于本单位一贯水平",
    DoubtKind.SUM_MADE_TO_FIT: "单位累计正好落在时间进度、整百分率或整亿元上，而且靠一两个项目的零头或一增一减凑成",
}

OF_PROJECTS = frozenset({
    DoubtKind.START_BEFORE_WORKS, DoubtKind.MONTH_LEAP, DoubtKind.WORDS_AGAINST_MONEY, DoubtKind.ACCEPTED_FAR_BELOW, DoubtKind.PAID_FAR_BELOW})
"""Kinds that hold for each project by itself; several of one unit are told together."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question. ``projects`` are ids, the weightiest first; ``weight`` orders doubts of one strength, largest first.

    ``amount``: the yuan in question. ``message`` is one sentence without its full stop that names unit and figures and
    ends in what to look at.
    """

    kind: DoubtKind
    unit: str
    projects: tuple[int, ...]
    strength: Strength
    message: str
    evidence: Evidence
    amount: Yuan
    other_unit: str = ""
    """Of twins: the unit that lists the other one."""
    beside: tuple[Doubt, ...] = ()
    """Doubts that follow from this one and need no line of their own: answered with it."""

    @property
    def strong(self) -> bool:
        """Whether it is one to be cleared up first."""
        return self.strength is Strength.STRONG

    @property
    def order(self) -> tuple[bool, int, str]:
        """Sorts the strongest first: strong ones, then by the money in question."""
        return not self.strong, -self.amount, self.kind.value


def told(amount: Yuan) -> str:
    """4.25亿元, 3,200万元: an amount in a sentence."""
    if abs(amount) >= 10**8:
        return f"{format_money(amount, MoneyUnit.YI, 2)}亿元"
    words = format_money(amount, MoneyUnit.WAN, 2)
    return f"{words.rstrip('0').rstrip('.') if '.' in words else words}万元"


NAMED = 3
"""How many projects a sentence names before it says 等."""


def names_of(names: Sequence[str]) -> str:
    """“甲”“乙”“丙”等."""
    return "".join(f"“{n}”" for n in names[:NAMED]) + ("等" if len(names) > NAMED else "")


def named(names: Sequence[str]) -> str:
    """12个项目（“甲”“乙”“丙”等）; a single one is just named."""
    return f"“{names[0]}”" if len(names) == 1 else f"{len(names)}个项目（{names_of(names)}）"
