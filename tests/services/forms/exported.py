"""The ledger as its own export says, read with openpyxl alone: what forms are judged by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

FIGURES = {
    "本月完成投资（万元）": "month_investment", "年初至本月累计完成投资（万元）": "year_investment", "开工累计完成投资（万元）": "total_invested",
    "到位资金（万元）": "funds_arrived", "当月入统投资（万元）": "statistics_month", "当年累计入统投资（万元）": "statistics_year",
    "本周完成投资（万元）": "week_investment", "形象进度": "progress_text", "存在问题": "problem_text", "拟采取措施": "measures_text",
    "下步工作计划": "next_work_text"}
FACTS = {
    "投资项目统一代码": "approval_code", "填报单位": "reporting_unit", "建设地点": "location", "项目类别": "category", "优势产业": "industry",
    "产业链": "chain", "建设性质": "nature", "项目级别": "level", "投资主体": "investor_kind", "业主单位": "builder", "责任单位": "responsible_unit",
    "市级联系领导": "city_leader", "县级包联领导": "county_leader", "联系人": "contact", "建设规模及内容": "scale", "开工年份": "start_year",
    "竣工年份": "finish_year", "总投资（万元）": "total_investment", "资金来源": "funding", "年度建设目标": "year_goal", "批次": "batch",
    "计划开工时间": "planned_start", "实际开工时间": "start_date", "计划竣工时间": "planned_finish", "实际竣工时间": "finish_date", "备注": "remark"}


@dataclass
class Exported:
    """By 市重点编号: facts, and figures by period; money in yuan."""

    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    figures: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def value(self, code: str, name: str, period: str) -> Any:
        """A fact, or the figure of exactly that period, completed by adding and subtracting where that is certain."""
        if name in self.facts[code]:
            return self.facts[code][name]
        held = self.figures.get(code, {}).get(period, {})
        if held.get(name) is not None:
            return held[name]
        before = self.figures.get(code, {}).get(_before(period), {})
        if name == "month_investment" and held.get("year_investment") is not None:
            last = 0 if period.endswith("-01") else before.get("year_investment")
            return None if last is None else held["year_investment"] - last
        if name == "year_investment" and held.get("month_investment") is not None:
            last = 0 if period.endswith("-01") else before.get("year_investment")
            return None if last is None else held["month_investment"] + last
        if name == "total_invested":
            year, earlier = self.value(code, "year_investment", period), self.facts[code].get("invested_before")
            return None if year is None or earlier is None else year + earlier
        return None

    def newest_text(self, code: str, name: str, period: str) -> str:
        """The words of the newest period up to ``period`` that has any."""
        for at in sorted((p for p in self.figures.get(code, {}) if p <= period), reverse=True):
            words = {n: self.figures[code][at].get(n) for n in ("progress_text", "problem_text", "measures_text", "next_work_text")}
            if any(words.values()):
                return words[name] or ""
        return ""


def _before(period: str) -> str:
    year, month = period.split("-")
    return f"{year}-{int(month) - 1:02d}"


def yuan(value: Any) -> int | None:
    """万元 as exported, in yuan."""
    return None if value is None else int((Decimal(repr(value)) * 10_000).to_integral_value())


def read_export(path: Path) -> Exported:
    """What ``ledger export`` wrote."""
    book = load_workbook(path, read_only=True)
    first = book.worksheets[0]
    rows = first.iter_rows(values_only=True)
    head = [str(h) for h in next(rows)]
    made = Exported()
    for row in rows:
        told = dict(zip(head, row, strict=False))
        facts: dict[str, Any] = {f: _fact(told.get(h)) for h, f in FACTS.items()}
        facts["total_investment"] = yuan(told["总投资（万元）"])
        facts["invested_before"] = yuan(next(v for h, v in told.items() if h.startswith("截至")))
        facts["annual_plan"] = yuan(next(v for h, v in told.items() if h.endswith("年计划投资（万元）")))
        facts["name"], facts["code"] = told["项目名称"], told["市重点编号"]
        made.facts[str(told["市重点编号"])] = facts
    figures = next((s for s in book.worksheets if s.title.startswith("月度")), None)
    if figures is not None:
        lines = figures.iter_rows(values_only=True)
        head = [str(h) for h in next(lines)]
        for row in lines:
            told = dict(zip(head, row, strict=False))
            held = made.figures.setdefault(str(told["市重点编号"]), {}).setdefault(str(told["报告期"]), {})
            for h, name in FIGURES.items():
                if told.get(h) is not None:
                    held[name] = yuan(told[h]) if h.endswith("（万元）") else told[h]
    return made


def _fact(value: Any) -> Any:
    return value.date().isoformat() if isinstance(value, datetime) else value
