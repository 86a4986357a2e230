"""Standings made by hand or by rule, so that reports are tested without a ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2

from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.compile import compile_standings
from hydesk.reports.fonts import FontSet, find_fonts
from hydesk.reports.form import PartForm, ReportForm
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.reports.parts import EXHIBITS
from hydesk.reports.pdf import print_pdf

JUNE = Period.month(2023, 6)
YI = 100_000_000
UNITS = ("雁峰区", "石鼓区", "珠晖区", "蒸湘区", "南岳区", "衡阳县", "衡南县", "衡山县", "衡东县", "祁东县", "耒阳市", "常宁市", "高新区", "市直")


def standing(number: int = 1, **more: Any) -> ProjectStanding:
    """One 新建 project of 衡南县: total 5 亿, plan 1 亿, done 5000 万 by June; ``more`` by field name."""
    usual = ProjectStanding(
        id=number, code=f"HY2023-{number:03d}", approval_code="", name=f"第{number}号项目", unit="衡南县", location="",
        category="产业发展", industry="", chain="", nature="新建", level="市", investor_kind="", builder="", responsible_unit="",
        contact="", scale="", start_year=2023, finish_year=2025, batch="第一批", year_goal="", total_investment=5 * YI,
        invested_before=0, annual_plan=YI, as_of=JUNE, as_of_day=JUNE.day, month_investment=10_000_000,
        week_investment=None, year_investment=YI // 2, total_invested=YI // 2, funds_arrived=None, statistics_month=None,
        statistics_year=None, progress_text="主体施工", problem_text="", next_work_text="", planned_start=date(2023, 3, 1), actual_start=date(2023, 3, 5),
        planned_finish=None, actual_finish=None, reported=True,
    )
    if "as_of" in more:
        more = {"as_of_day": None if more["as_of"] is None else more["as_of"].day} | more
    return replace(usual, **more)


@cache
def many(count: int = 388) -> tuple[ProjectStanding, ...]:
    """``count`` projects with uneven amounts over all units; every seventh lags, every eleventh has a problem."""
    made = []
    for n in range(1, count + 1):
        plan = 3_000_000 * (n % 97 + 3) + 12_300
        done = plan * (n % 7) // 9 + 100 * n if n % 7 else 0
        made.append(standing(
            n, name=f"{UNITS[n % 14]}第{n}号智能制造产业园建设项目（{n % 3 + 1}期）", unit=UNITS[n % 14],
            category=("产业发展", "基础设施", "社会民生", "生态环保")[n % 4], nature=("新建", "续建")[n % 2],
            total_investment=plan * 4 + 777_700, invested_before=1_234_500 * (n % 5), annual_plan=plan,
            month_investment=done // 6, year_investment=done, total_invested=done + 1_234_500 * (n % 5),
            actual_start=None if n % 7 == 0 else date(2023, 3, 5),
            problem_text=f"110kV线路迁改未完成，影响约{n}亩场地" if n % 11 == 0 else "", city_leader="张三、李四" if n % 5 == 0 else "",
        ))
    return tuple(made)


def report_of(*standings: ProjectStanding, period: Period = JUNE, **more: Any) -> Report:
    """The monthly (or, for a week, weekly) report over ``standings``."""
    kind = ReportKind.MONTHLY if period.is_month else ReportKind.WEEKLY
    return compile_standings(kind, period, standings, issued=date(2023, 7, 5), unit_order=UNITS, **more)


ALL_IN_TEXT = ReportForm(parts=tuple(PartForm(key) for key in EXHIBITS))
"""Every table and picture that may stand in the text does."""


def words_of(report: Report) -> str:
    """All sentences of the text."""
    return "\n".join(p.text for p in report.paragraphs())


class Pages:
    """A printed report read back."""

    def __init__(self, report: Report, folder: Path) -> None:
        self.path = folder / "report.pdf"
        # No official fonts: what is printed must not depend on the machine the tests run on.
        self.fonts: FontSet = find_fonts(folders=())
        print_pdf(report, self.path, self.fonts)
        self.document = pypdfium2.PdfDocument(self.path)

    def __len__(self) -> int:
        return len(self.document)

    def text(self, page: int | None = None) -> str:
        """The text of one page (from 0) or of all."""
        pages = range(len(self)) if page is None else [page]
        return "\n".join(self.document[i].get_textpage().get_text_range().replace("\r", "") for i in pages)

    def chars(self, page: int) -> list[tuple[str, float, float, float, float]]:
        """Every character with its box in mm from the page's upper left corner: left, top, right, bottom."""
        sheet = self.document[page]
        height = sheet.get_height()
        text = sheet.get_textpage()
        found = []
        for i in range(text.count_chars()):
            char = text.get_text_range(i, 1)
            if char.strip():
                left, bottom, right, top = text.get_charbox(i, loose=True)
                found.append((char, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
        return found


MM = 72 / 25.4
