"""What both kinds of made-up city share: the mutable draft of a project's year, and how a draft becomes plain values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hydesk.domain.project_year import ProjectYear

UNITS = ["雁峰区", "石鼓区", "珠晖区", "蒸湘区", "南岳区", "衡阳县", "衡南县", "衡山县", "衡东县", "祁东县", "耒阳市", "常宁市", "高新区", "松木经开区", "白沙洲工业园", "衡山科学城", "综合保税区", "水口山经开区", "市直单位"]
WAN = 10_000
PLACES = ["三塘镇", "归阳镇", "西渡镇", "大浦镇", "新塘镇", "茶市镇", "泉溪镇", "灶市街道", "松柏镇", "呆鹰岭镇", "车江镇", "樟木乡"]
KINDS = ["产业园", "标准厂房", "污水处理厂", "安置房", "中学扩建", "医院综合楼", "公路改造", "冷链物流园", "电缆生产线", "养老中心", "水库加固", "智能制造基地"]


def group_of(unit: str) -> str:
    return "市直部门" if unit == "市直单位" else "园区" if unit in UNITS[12:] else "县市区"


@dataclass
class Draft:
    """A project's year while it is being made up. Money in yuan."""

    id: int
    unit: str
    year: int
    nature: str
    plan: int
    total: int
    before: int
    name: str
    builder: str
    location: str
    planned_start: date | None = None
    actual_start: date | None = None
    permits: dict[str, date] = field(default_factory=dict)
    done: list[int | None] = field(default_factory=lambda: [None] * 12)
    funds: list[int | None] = field(default_factory=lambda: [None] * 12)
    accepted: list[int | None] = field(default_factory=lambda: [None] * 12)
    words: list[str] = field(default_factory=lambda: [""] * 12)
    start_told: int = 0
    """The month in which a return first told the start; 0: it was known before or is not known at all."""
    step: int = 100
    """The unit writes its amounts in whole multiples of so many yuan."""

    def copied(self) -> Draft:
        """The same, to be changed."""
        return replace(self, permits=dict(self.permits), done=list(self.done), funds=list(self.funds), accepted=list(self.accepted),
                       words=list(self.words))

    def made(self, month: int = 12) -> ProjectYear:
        """As plain values, as they were known at the end of ``month``."""
        last = date(self.year, month, 28)
        known = self.actual_start if self.start_told <= month and self.actual_start and self.actual_start <= last.replace(day=28) else None
        cut = slice(0, month)

        def held(column: list[Any], nothing: Any) -> tuple[Any, ...]:
            return tuple(column[cut]) + (nothing,) * (12 - month)

        return ProjectYear(
            self.id, f"HY{self.year}-{self.id:03d}", self.name, self.unit, self.year, self.nature, self.plan or None,
            self.total, self.before, builder=self.builder, location=self.location, planned_start=self.planned_start,
            actual_start=known, permits={k: d for k, d in self.permits.items() if d <= last},
            year_investment=held(self.done, None), funds_arrived=held(self.funds, None),
            statistics_year=held(self.accepted, None), progress_text=held(self.words, ""), group=group_of(self.unit))


Years = dict[int, list[Draft]]


def plain(years: Years, year: int, month: int) -> dict[int, tuple[ProjectYear, ...]]:
    """The lists known at the end of ``month`` of ``year``: earlier years whole, nothing later."""
    return {y: tuple(d.made(month if y == year else 12) for d in drafts) for y, drafts in years.items() if y <= year}


def rounded(amount: float, step: int) -> int:
    return round(amount / step) * step
