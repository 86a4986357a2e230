"""A tour's booklet (观摩手册): cover, route, a page a project with its photographs, a judges' sheet for each group."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reportlab.lib.utils import ImageReader

from hydesk.dataclass import dataclass
from hydesk.domain.job_progress import Progress
from hydesk.reports.fonts import FontSet, Role
from hydesk.reports.grid import PrintTable
from hydesk.reports.judge_sheet import Criterion, JudgeSheet, judge_sheets
from hydesk.reports.model import Report
from hydesk.reports.notice import short_column, text_column, words_table
from hydesk.reports.pdf import draw_sheet, fitting_size
from hydesk.reports.pdf_flow import Flow
from hydesk.reports.pdf_page import MM, SHEET
from hydesk.reports.pdf_table import TablePrinter
from hydesk.reports.pdf_text import draw_aligned, lay, lines_of
from hydesk.reports.photos import Photo
from hydesk.reports.wall.wall_pdf import Pen

_ROUTE_SIZE = 10.5


@dataclass(frozen=True, slots=True)
class BookletStop:
    """A stop: when the tour arrives, where and what it is, who answers, who explains it; its card."""

    arrive: str
    project: str
    unit: str
    location: str
    who: str
    guide: str
    card: Report

    @property
    def photo(self) -> Photo | None:
        """The first photograph of its card."""
        return next((p for s in self.card.sections for b in s.blocks for p in getattr(b, "photos", ())), None)


@dataclass(frozen=True, slots=True)
class Booklet:
    """All of a booklet. ``groups``: names with the indexes of their stops, a judges' sheet each."""

    title: str
    office: str
    day: str
    """The day or days of the tour, in words; empty where none is set."""
    issued: str
    remark: str
    stops: tuple[BookletStop, ...]
    groups: tuple[tuple[str, tuple[int, ...]], ...]
    criteria: tuple[Criterion, ...]


def print_booklet(booklet: Booklet, out: Path, fonts: FontSet, progress: Progress | None = None) -> int:
    """Write the booklet to ``out``; how many pages it has."""
    first = _front(booklet, BytesIO(), fonts, 0).number + 1
    flow = _front(booklet, out, fonts, first)
    for number, stop in enumerate(booklet.stops, 1):
        if progress:
            progress((number - 1) / len(booklet.stops), f"正在排版 {stop.project}")
        flow.size = fitting_size(stop.card, fonts)
        flow.pitch = flow.size * 1.5
        draw_sheet(flow, stop.card)
        flow.mark(f"第{number}站　{stop.project}")
        told = (f"第{number}站", stop.arrive and f"{stop.arrive} 到达", stop.unit, stop.guide and f"讲解：{stop.guide}")
        _edge(flow, "　".join(x for x in told if x), booklet.title)
    for name, own in booklet.groups:
        sheet = JudgeSheet(f"{booklet.title.removesuffix('手册')}评分表（{name}）", tuple((i + 1, booklet.stops[i].project, booklet.stops[i].unit) for i in own),
                           booklet.criteria, f"{booklet.office}　{booklet.day}".strip("　"), booklet.remark)
        for page in judge_sheets(sheet, fonts):
            flow.end_page()
            flow.canvas.setPageSize((page.width, page.height))
            Pen(flow.canvas, fonts).draw(page.shapes)
            flow.canvas.showPage()
            flow.number += 1
    flow.save()
    return flow.number


def _front(booklet: Booklet, out: Path | BinaryIO, fonts: FontSet, first: int) -> Flow:
    """The cover and the route; ``first`` is the page of the first card."""
    flow = Flow(out, fonts, booklet.title, booklet.office, numbered=False)
    _cover(flow, booklet)
    flow.begin_page(SHEET)
    flow.mark("观摩路线")
    flow.size, flow.pitch = 12.0, 20.0
    flow.line(lay(fonts, Role.TITLE, "观摩路线", 22), "center", pitch=40)
    flow.line(lay(fonts, Role.SONG, "　".join(x for x in (booklet.day, f"共 {len(booklet.stops)} 站") if x), 12), "center", pitch=26)
    TablePrinter(flow, _route(booklet, first), _ROUTE_SIZE, lambda: None).draw()
    return flow


def _cover(flow: Flow, booklet: Booklet) -> None:
    """The title large in the upper third, a photograph of the first stop that has one, who made it and when."""
    fonts, canvas, page = flow.fonts, flow.canvas, SHEET
    flow.begin_page(page)
    left, width = page.left, page.block_width
    y = page.block_top - 40 * MM
    if booklet.remark:
        draw_aligned(canvas, lay(fonts, Role.HEI, f"【{booklet.remark}】", 14), left, width, page.block_top - 14, "left")
    for line in lines_of(lay(fonts, Role.TITLE, booklet.title, 34), width, width):
        draw_aligned(canvas, line, left, width, y, "center")
        y -= 48
    canvas.setLineWidth(1.4)
    canvas.line(left + width * 0.2, y + 14, left + width * 0.8, y + 14)
    if booklet.day:
        draw_aligned(canvas, lay(fonts, Role.KAI, booklet.day, 20), left, width, y - 16, "center")
    photo = next((s.photo for s in booklet.stops if s.photo is not None), None)
    if photo is not None:
        scale = min(width * 0.86 / photo.width, 88 * MM / photo.height)
        w, h = photo.width * scale, photo.height * scale
        canvas.drawImage(ImageReader(BytesIO(photo.content)), left + (width - w) / 2, y - 42 * MM - 40 * MM - h / 2 + 10 * MM, w, h)
    draw_aligned(canvas, lay(fonts, Role.KAI, booklet.office, 20), left, width, page.block_bottom + 30, "center")
    draw_aligned(canvas, lay(fonts, Role.KAI, booklet.issued, 16), left, width, page.block_bottom + 4, "center")


def _route(booklet: Booklet, first: int) -> PrintTable:
    columns = (short_column("站"), short_column("到达"), text_column("项目", 1.5), text_column("单位", 0.8), text_column("地点", 1.0),
               text_column("谁负责", 1.0), short_column("讲解"), short_column("页"))
    rows = tuple((str(i), s.arrive or "＿＿＿", s.project, s.unit or "—", s.location or "—", s.who or "—", s.guide or "—", str(first + i - 1))
                 for i, s in enumerate(booklet.stops, 1))
    return words_table("route", columns, rows)


def _edge(flow: Flow, head: str, foot: str) -> None:
    """The stop above its card; below it the booklet's name and the page."""
    page, fonts = flow.page, flow.fonts
    draw_aligned(flow.canvas, lay(fonts, Role.HEI, head, 11), page.left, page.block_width, page.block_top + 8, "left")
    draw_aligned(flow.canvas, lay(fonts, Role.SONG, f"{foot}　— {flow.number} —", 9), page.left, page.block_width, page.block_bottom - 18, "right")
