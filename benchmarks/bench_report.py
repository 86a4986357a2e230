"""A monthly report of some forty pages beside reportlab making the very same strokes and letters on its own canvas."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from measuring import report, seconds
from reportlab.pdfgen import canvas as canvases
from reportlab.pdfgen.textobject import PDFTextObject

from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.reports import pdf_flow
from hydesk.reports.compile import compile_standings
from hydesk.reports.docx_report import print_docx
from hydesk.reports.fonts import find_fonts
from hydesk.reports.kinds import ReportKind
from hydesk.reports.pdf import print_pdf
from hydesk.reports.xlsx import print_xlsx

PROJECTS = 320
MOST = 1.5
TEXT = ("setFont", "setCharSpace", "textOut")
DRAWN = ("setTitle", "setAuthor", "setCreator", "setPageSize", "setFillColor", "setStrokeColor", "setLineWidth", "line",
         "rect", "showPage", "drawString", "setFont", "setDash", "saveState", "restoreState", "translate", "drawPath",
         "transform", "setLineCap", "setLineJoin", "setMiterLimit", "circle")
Strokes = list[tuple[str, tuple[Any, ...], dict[str, Any]]]


class RecordingText(PDFTextObject):
    """Notes what is set into it."""

    def __init__(self, canvas: Any, x: float = 0, y: float = 0) -> None:
        self.strokes: Strokes = []
        super().__init__(canvas, x, y)
        self.start = (x, y)


class RecordingCanvas(canvases.Canvas):
    """Notes what it is asked to draw, outermost calls only."""

    def __init__(self, *args: Any, **more: Any) -> None:
        self.strokes: Strokes = []
        self.deep = 0
        super().__init__(*args, **more)
        RECORDED.append(self.strokes)

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> Any:
        return RecordingText(self, x, y) if not self.deep else super().beginText(x, y, direction)

    def drawText(self, text: Any) -> None:
        if not self.deep:
            self.strokes.append(("text", text.start, {"strokes": text.strokes}))
        super().drawText(text)


def _noting(owner: type, name: str) -> None:
    plain = getattr(owner, name)

    def noted(self: Any, *args: Any, **more: Any) -> Any:
        outer = getattr(self, "deep", 0)
        if not outer and hasattr(self, "strokes"):
            self.strokes.append((name, args, more))
        self.deep = outer + 1
        try:
            return plain(self, *args, **more)
        finally:
            self.deep = outer

    setattr(owner, name, noted)


RECORDED: list[Strokes] = []
for word in TEXT:
    _noting(RecordingText, word)
for word in DRAWN:
    if hasattr(RecordingCanvas, word):
        _noting(RecordingCanvas, word)


def replay(strokes: Strokes, face: str) -> None:
    """The same strokes on reportlab's own canvas, nothing laid out or broken."""
    made = canvases.Canvas(io.BytesIO(), pageCompression=1, invariant=1, initialFontName=face)
    for name, args, more in strokes:
        if name == "text":
            text = made.beginText(*args)
            for inner, inner_args, _ in more["strokes"]:
                getattr(text, inner)(*inner_args)
            made.drawText(text)
        else:
            getattr(made, name)(*args, **more)
    made.save()


def standings(count: int) -> list[ProjectStanding]:
    """Made-up projects over twelve units, every seventh lagging, every eleventh with a problem."""
    made = []
    june = Period.month(2023, 6)
    for n in range(1, count + 1):
        plan = 3_000_000 * (n % 97 + 3) + 12_300
        done = plan * (n % 7) // 9
        made.append(ProjectStanding(
            id=n, code=f"HY2023-{n:03d}", approval_code="", name=f"第{n}号智能制造产业园建设项目（{n % 3 + 1}期）",
            unit=f"第{n % 12 + 1}县", location="", category=("产业发展", "基础设施")[n % 2], industry="", chain="",
            nature=("新建", "续建")[n % 2], level="市", investor_kind="", builder="", responsible_unit="", contact="", scale="",
            start_year=2023, finish_year=2025, batch="", year_goal="", total_investment=plan * 4, invested_before=1_234_500,
            annual_plan=plan, as_of=june, as_of_day=june.day, month_investment=done // 6,
            week_investment=None, year_investment=done, total_invested=done + 1_234_500,
            funds_arrived=done // 2, statistics_month=None, statistics_year=None, progress_text="主体结构施工至三层，设备招标完成",
            problem_text="110kV线路迁改未完成" if n % 11 == 0 else "", next_work_text="继续主体施工", planned_start=date(2023, 3, 1),
            actual_start=None if n % 7 == 0 else date(2023, 3, 5), planned_finish=None, actual_finish=None, reported=True))
    return made


def main() -> None:
    fonts = find_fonts(folders=())
    june = Period.month(2023, 6)
    items = standings(PROJECTS)
    compiled = compile_standings(ReportKind.MONTHLY, june, items, issued=date(2023, 7, 5))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.pdf"
        plain = pdf_flow.PageCanvas
        pdf_flow.PageCanvas = RecordingCanvas
        print_pdf(compiled, out, fonts)
        pdf_flow.PageCanvas = plain
        pages = sum(name == "showPage" for name, _, _ in RECORDED[0])
        face = next(iter(fonts.chains.values()))[0].name
        floor = seconds(lambda: replay(RECORDED[0], face))
        ours = seconds(lambda: print_pdf(replace(compiled), out, fonts))
        report(f"monthly report to PDF, {pages} pages", ours, floor, "reportlab drawing the same strokes", floor * MOST)
        compiling = seconds(lambda: compile_standings(ReportKind.MONTHLY, june, items, issued=date(2023, 7, 5)))
        report(f"compile the monthly report of {PROJECTS} projects", compiling, floor, "reportlab drawing it")
        report("monthly report to Word", seconds(lambda: print_docx(compiled, Path(folder) / "r.docx", fonts)), floor,
               "reportlab drawing it")
        report("monthly report to Excel", seconds(lambda: print_xlsx(compiled, Path(folder) / "r.xlsx")), floor,
               "reportlab drawing it")


if __name__ == "__main__":
    main()
