"""What is drawn, shape by shape, held against what was looked at: 作战图 on every paper, charts and curves as pictures for Word,
judges' sheets, the booklet of a tour.

That marks stand at their days and nothing is cut is tested by rules. To keep what is found now, after looking at the pages:
HYDESK_KEEP=1 pytest tests/reports/test_kept_drawn.py
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from reportlab.graphics.shapes import Drawing

from hydesk.reports.booklet_pdf import Booklet, BookletStop, print_booklet
from hydesk.reports.emf import to_emf
from hydesk.reports.figures import Figure
from hydesk.reports.fonts import FontSet, find_fonts
from hydesk.reports.judge_sheet import Criterion, JudgeSheet, judge_sheets
from hydesk.reports.kinds import ReportKind
from hydesk.reports.pdf_chart import bar_drawings, bar_note
from hydesk.reports.pdf_curve import curve_drawing
from hydesk.reports.pictures import Bar, BarChart, Curve, CurveChart
from hydesk.reports.wall.layout import lay_out
from hydesk.reports.wall.wall_pdf import print_sheets
from hydesk.reports.words import percent, yi
from tests.kept import hold, whole_of
from tests.reports.test_kept_reports import report
from tests.reports.test_laid_out import laid_out
from tests.reports.wall.test_wall_charts import made_chart
from tests.when_asked import WhenAsked

KEPT = Path(__file__).parent / "kept_drawn"


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return find_fonts(folders=())


CHARTS = {
    "one_a3": (made_chart(1), "A3"), "nine_a3": (made_chart(9), "A3"), "forty_a3": (made_chart(40, seed=40, groups=3), "A3"), "sixty_a1": (made_chart(60, seed=7, groups=4), "A1"),
    "a4": (made_chart(3, seed=3), "A4"), "later": (replace(made_chart(8, seed=5, groups=2), on=date(2024, 2, 29), first=date(2024, 1, 1), last=date(2024, 6, 30), remark="", notes=()), "A2"),
    "long": (replace(made_chart(5, seed=9), first=date(2021, 7, 1), last=date(2026, 12, 31), title="很长的题目" * 12, counts=()), "A0")}


@pytest.mark.parametrize("name", CHARTS)
def test_a_wall_chart(name: str, fonts: FontSet) -> None:
    chart, paper = CHARTS[name]
    hold(KEPT / f"wall_{name}.txt", whole_of(name, lay_out(chart, fonts, paper), (3, 30)))


@pytest.mark.parametrize(("name", "tiles"), [("nine_a3", ""), ("a4", "A4"), ("later", "A3")])
def test_a_wall_chart_as_pages(name: str, tiles: str, fonts: FontSet, tmp_path: Path) -> None:
    chart, paper = CHARTS[name]
    print_sheets(lay_out(chart, fonts, paper), tmp_path / "wall.pdf", fonts, "试验", "市重点办", tiles=tiles)
    hold(KEPT / f"pages_{name}.txt", _some(laid_out(tmp_path / "wall.pdf")))


def _some(lines: Iterator[str]) -> Iterator[str]:
    """Every ninth line, and of each page the number over everything drawn."""
    return (line for at, line in enumerate(lines) if at % 9 == 0 or line.startswith(("==", "looks")))


def _shapes(drawing: Drawing) -> Iterator[str]:
    """The drawing's parts, and the metafile made of it."""
    yield f"{drawing.width:.2f} × {drawing.height:.2f}"
    for shape in drawing.contents:
        yield f"  {type(shape).__name__} " + " ".join(f"{k}={_said(v)}" for k, v in sorted(vars(shape).items()) if v is not None and not k.startswith("_"))
    made = to_emf(drawing)
    yield f"emf {len(made)} {zlib.crc32(made):08x}"


def _said(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"{[round(v, 2) for v in value]}" if isinstance(value, (list, tuple)) and all(isinstance(v, (int, float)) for v in value) else str(value)


def _yi(amount: int | None) -> Figure | None:
    return None if amount is None else yi(amount, f"k{amount}")


def _rates() -> tuple[Bar, ...]:
    return tuple(Bar(f"{'衡南县重点建设项目' * (i % 4 + 1)}", percent(Decimal(r), "k")) for i, r in enumerate(("1.8423", "0.756", "0.5", "0.4999", "0.12", "0")))


def _amounts() -> tuple[Bar, ...]:
    return tuple(Bar(f"第{i}类", yi(a, "k")) for i, a in enumerate((12_345_000_000, 9_900_000_000, 100_000_000, 0)))


BARS = WhenAsked({
    "rates": lambda: BarChart("完成率", _rates(), percent(Decimal("0.5"), "k"), "时间进度"), "amounts": lambda: BarChart("完成投资", _amounts()),
    "one": lambda: BarChart("一", _rates()[:1]), "many": lambda: BarChart("很多", _rates() * 9, percent(Decimal("0.25"), "k"), "时间进度"), "none": lambda: BarChart("无", _amounts()[3:])})
MONTHS = tuple(f"{m}月" for m in range(1, 13))
CURVES = WhenAsked({
    "year": lambda: CurveChart("全年", MONTHS, (Curve("时序计划", "dashed", tuple(_yi(m * 5 * 10**8) for m in range(1, 13))),
                                       Curve("累计完成", "solid", tuple(_yi(m * m * 10**8 if m < 8 else None) for m in range(1, 13))))),
    "three": lambda: CurveChart("三条", MONTHS[:6], (Curve("甲", "solid", tuple(map(_yi, (0, 3 * 10**7, None, 9 * 10**7, 10**8, 2 * 10**8)))), Curve("乙", "dotted", tuple(map(_yi, (None, None, 10**7, None, None, None)))),
                                            Curve("丙", "dashed", tuple(map(_yi, (10**8, 10**8, 10**8, 10**8, 10**8, 10**8))))), "个"),
    "nothing": lambda: CurveChart("无", MONTHS[:2], (Curve("甲", "solid", (None, None)), Curve("乙", "dashed", (_yi(0), _yi(0))))),
    "large": lambda: CurveChart("大", MONTHS[:3], (Curve("甲", "solid", tuple(map(_yi, (123_456_789_012, 999_999_999_999, 5)))),))})


@pytest.mark.parametrize("name", BARS)
def test_bars(name: str, fonts: FontSet) -> None:
    hold(KEPT / f"bars_{name}.txt", (bar_note(BARS[name]), *(line for width in (440, 300) for d in bar_drawings(fonts, BARS[name], width) for line in _shapes(d))))


@pytest.mark.parametrize("name", CURVES)
def test_curves(name: str, fonts: FontSet) -> None:
    hold(KEPT / f"curve_{name}.txt", (*_shapes(curve_drawing(fonts, CURVES[name], 440)), *_shapes(curve_drawing(fonts, CURVES[name], 300, 120))))


def test_sheets_for_judges(fonts: FontSet) -> None:
    many = tuple((n, "第某某号智能制造产业园及配套基础设施项目" * (n % 3 + 1), ("衡南县", "高新技术产业开发区")[n % 2]) for n in range(1, 31))
    criteria = (Criterion("投资完成", 30), Criterion("形象进度和现场管理情况", 45), Criterion("入统", 25))

    def lines() -> Iterator[str]:
        yield from whole_of("many", judge_sheets(JudgeSheet("上半年现场观摩评分表", many, criteria, "市重点办　2023年6月", "演示数据"), fonts), (3, 60))
        yield from whole_of("one", judge_sheets(JudgeSheet("评分表", many[:1], criteria[:1], ""), fonts), (3, 60))

    hold(KEPT / "judges.txt", lines())


def test_a_tours_booklet(fonts: FontSet, tmp_path: Path) -> None:
    card = report(ReportKind.PROJECT, "HY2023-012")
    stops = tuple(BookletStop(f"{8 + n}:30", f"第{n}号项目" + "及配套工程" * n, "衡南县", "三塘镇", "李某" if n % 2 else "", "王某　13800000000", card) for n in range(1, 4))
    booklet = Booklet("2023年上半年现场观摩", "衡阳市重点建设项目事务中心", "6月20日", "2023年6月18日", "演示数据", stops, (("第一组", (0, 2)), ("第二组", (1,))), (Criterion("投资", 60), Criterion("形象", 40)))
    pages = print_booklet(booklet, tmp_path / "a.pdf", fonts)
    bare = print_booklet(replace(booklet, day="", remark="", stops=stops[:1], groups=()), tmp_path / "b.pdf", fonts)
    hold(KEPT / "booklet.txt", (f"{pages} {bare}", *_some(laid_out(tmp_path / "a.pdf")), *_some(laid_out(tmp_path / "b.pdf"))))
