"""A form with its cells filled, written in the kind of file it came in wherever that can be done without loss."""

from __future__ import annotations

import io

from hydesk.dataclass import dataclass
from hydesk.domain.filled_form import FilledForm
from hydesk.domain.grid import Book
from hydesk.excel.cell_styles import CellStyles, read_cell_styles
from hydesk.excel.default_password import opened_by_default
from hydesk.excel.fill_html import fill_html
from hydesk.excel.fill_text import fill_text
from hydesk.excel.fill_xlsx import SheetFill, fill_xlsx
from hydesk.excel.office_convert import convert, office_program
from hydesk.excel.parts import Parts
from hydesk.excel.write_marked_up import FORMS, drawn_copy
from hydesk.excel.xlsx_form import counts_from_1904

_OLE = b"\xd0\xcf\x11\xe0"
_AS_THEY_CAME = ("xlsx", "csv", "tsv", "html")


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """A form's bytes ready to be filled. ``kind`` is what is written: xlsx, csv, tsv or html; ``back`` the ending it is
    turned back into afterwards, "" for none. ``lost``: what the written file has not."""

    content: bytes
    kind: str
    styles: CellStyles
    back: str = ""
    lost: tuple[str, ...] = ()


def open_form(book: Book, content: bytes) -> OpenedForm:
    """How ``book``, read from ``content``, can be filled."""
    if book.form == "xlsx":
        plain = opened_by_default(content) or content if content.startswith(_OLE) else content
        return OpenedForm(plain, "xlsx", read_cell_styles(plain))
    if book.form in _AS_THEY_CAME:
        return OpenedForm(content, book.form, CellStyles())
    ending = {"spreadsheetml": "xml"}.get(book.form, book.form)
    if office_program() is not None and (made := convert(content, ending, "xlsx")) is not None:
        return OpenedForm(made, "xlsx", read_cell_styles(made), back=ending)
    drawn = io.BytesIO()
    drawn_copy(book, {}).save(drawn)
    return OpenedForm(drawn.getvalue(), "xlsx", CellStyles(), lost=(
        f"原表是{FORMS.get(book.form, book.form)}，本机没有 LibreOffice，另画成 .xlsx：文字、数字、合并单元格和列宽都在",
        "字体、边框、颜色、打印设置没有带过来", "公式只留下了结果", "图形和控件没有带过来"))


def fill_opened(opened: OpenedForm, filled: FilledForm) -> bytes:
    """The filled form's bytes."""
    sheets = {s.sheet: SheetFill({(c.row, c.column): c.written for r in s.rows for c in r.cells}, s.added) for s in filled.sheets}
    if opened.kind == "xlsx":
        made = fill_xlsx(opened.content, sheets, counts_from_1904(Parts(opened.content)))
        if opened.back:
            made = convert(made, "xlsx", opened.back) or made
        return made
    only = next(iter(sheets.values()), SheetFill({}))
    return fill_html(opened.content, list(sheets.values())) if opened.kind == "html" else fill_text(opened.content, only)
