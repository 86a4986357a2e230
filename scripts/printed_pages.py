"""The picture of a printed report that README.md shows: three pages of the demonstration's monthly report on one sheet."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from handbook_stage import ROOT
from PIL import Image

from hydesk.cli import main as hydesk

PICTURE = ROOT / "docs" / "pictures" / "report.png"
WIDTH, GAP, GREY, LINE = 1200, 14, (244, 246, 248), (214, 219, 224)
SHOWN = (0, 2)
"""Pages side by side at the top: the first, and one with the table of the counties; below them an annex lies across."""
ACROSS = 7


def print_pages(demo: Path) -> Image.Image:
    """Print the report of the ledger ``demo`` and lay out its pages. Raises RuntimeError where nothing was printed."""
    with tempfile.TemporaryDirectory() as folder:
        status = hydesk(["--ledger", str(demo), "report", "monthly", "--period", "2023-06", "--date", "2023-07-05", "--bound",
                         "--format", "pdf", "--out", folder])
        if status > 1:
            raise RuntimeError("the report was not printed")
        (path,) = Path(folder).glob("*.pdf")
        report = pypdfium2.PdfDocument(path)
        try:
            half = (WIDTH - 3 * GAP) // 2
            pages = [_page(report, at, half) for at in SHOWN]
            across = _page(report, ACROSS, WIDTH - 2 * GAP)
        finally:
            report.close()
    tall = max(p.height for p in pages)
    sheet = Image.new("RGB", (WIDTH, tall + across.height + 3 * GAP), GREY)
    for number, page in enumerate(pages):
        sheet.paste(page, (GAP + number * (half + GAP), GAP))
    sheet.paste(across, (GAP, tall + 2 * GAP))
    return sheet


def _page(report: pypdfium2.PdfDocument, at: int, width: int) -> Image.Image:
    page = report[at]
    drawn = page.render(scale=2 * width / page.get_width()).to_pil().convert("RGB")
    framed = drawn.resize((width, round(drawn.height * width / drawn.width)), Image.Resampling.LANCZOS)
    for x in range(framed.width):
        framed.putpixel((x, 0), LINE)
        framed.putpixel((x, framed.height - 1), LINE)
    for y in range(framed.height):
        framed.putpixel((0, y), LINE)
        framed.putpixel((framed.width - 1, y), LINE)
    return framed
