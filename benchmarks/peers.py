"""What other programs and bare libraries take for a clerk's work, each as a process of its own.

    python benchmarks/peers.py gather FILE WORDS       the words of a pdf, docx or xlsx, as JSON
    python benchmarks/peers.py write WORDS FILE        the same words by reportlab, python-docx or openpyxl alone
    python benchmarks/peers.py read FOLDER             every workbook in it by openpyxl alone
    python benchmarks/peers.py window LEDGER           a bare table of the projects in a Qt window
"""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any


def gather(file: Path, words: Path) -> None:
    """Write down what stands in ``file``: words with their places, paragraphs and rows, or rows of values."""
    words.write_text(json.dumps({".pdf": _of_pdf, ".docx": _of_docx, ".xlsx": _of_xlsx}[file.suffix](file), default=str), encoding="utf-8")


def _of_pdf(file: Path) -> Any:
    import pypdfium2

    pages = []
    for page in pypdfium2.PdfDocument(file):
        text = page.get_textpage()
        boxes = [text.get_rect(i) for i in range(text.count_rects())]
        pages.append([list(page.get_size()), [[b[0], b[1], b[3] - b[1], text.get_text_bounded(*b)] for b in boxes]])
    return pages


def _of_docx(file: Path) -> Any:
    import docx

    held = docx.Document(str(file))
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    rows = [[["".join(t.text or "" for t in cell.iter(f"{name}t")) for cell in row.iter(f"{name}tc")]
             for row in table._tbl.iter(f"{name}tr")] for table in held.tables]
    return [[p.text for p in held.paragraphs], rows]


def _of_xlsx(file: Path) -> Any:
    import openpyxl

    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in openpyxl.load_workbook(file)]


def write(words: Path, file: Path) -> None:
    """Write what was gathered to ``file``, with the library alone and no look."""
    told = json.loads(words.read_text(encoding="utf-8"))
    {".pdf": _pdf, ".docx": _docx, ".xlsx": _xlsx}[file.suffix](told, file)


def _pdf(pages: Any, file: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    face = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "NotoSerifSC-Regular.ttf"
    pdfmetrics.registerFont(TTFont("face", str(face)))
    made = Canvas(str(file), pageCompression=1)
    for size, words in pages:
        made.setPageSize(size)
        for x, y, high, text in words:
            made.setFont("face", max(high, 5))
            made.drawString(x, y, text)
            made.rect(x, y, max(len(text), 1) * max(high, 5), max(high, 5))  # cells have borders, and there are as many
        made.showPage()
    made.save()


def _docx(told: Any, file: Path) -> None:
    import docx

    made = docx.Document()
    paragraphs, tables = told
    for text in paragraphs:
        made.add_paragraph(text)
    for rows in tables:
        table = made.add_table(0, max(map(len, rows), default=1))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=False):
                cell.text = text
    made.save(str(file))


def _xlsx(sheets: Any, file: Path) -> None:
    import openpyxl

    made = openpyxl.Workbook()
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    made.save(file)


def read(folder: Path) -> None:
    """Every workbook that openpyxl can read at all, every cell of it."""
    import openpyxl

    for file in sorted(folder.iterdir()):
        try:
            for sheet in openpyxl.load_workbook(file):
                for _ in sheet.iter_rows(values_only=True):
                    pass
        except Exception:
            continue


def window(ledger: Path) -> None:
    """The projects in a table, painted once."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTableView

    app = QApplication([])
    model = QStandardItemModel()
    for row in sqlite3.connect(ledger).execute("SELECT code, name, total_investment, nature, level FROM projects"):
        model.appendRow([QStandardItem(str(value)) for value in row])
    view = QTableView()
    view.setModel(model)
    view.resize(1366, 768)
    view.show()
    app.processEvents()
    view.grab()


if __name__ == "__main__":
    {"gather": gather, "write": write, "read": read, "window": window}[sys.argv[1]](*map(Path, sys.argv[2:]))
