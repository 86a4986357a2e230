"""A telephone number leaves in no part of a slip, in whatever cell, name or column the county put it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from hydesk.db.ledger import Ledger
from hydesk.services.returns.mark_up_return import mark_up_draft
from hydesk.services.returns.read_return import ReturnDraft, read_return
from hydesk.services.returns.return_slip import draft_slip, print_slip, return_slip, slip_text
from hydesk.services.returns.send_back_return import in_question, send_back
from tests.services.made import JUNE
from tests.services.sheets import fill_ledger

OFFICES = "0734-8866123"
FORMS = ("13907340019", "139 0734 0019", "139-0734-0019", "１３９０７３４００１９", "+8613907340019", "0734-8112233", "139.0734.0019")
HEAD = ("序号", "项目名称", "总投资", "2023年计划投资", "6月完成投资", "1-6月完成投资", "形象进度", "存在问题")


def draft_with(ledger: Ledger, number: str) -> ReturnDraft:
    """A return in which ``number`` stands in names, figures, texts, heads, the sheet's and the file's name."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"6月{number.replace('/', '')}"[:31]
    sheet.append((f"2023年6月重点项目进度表（单位：万元） 联系人张三{number}",))
    sheet.append((*HEAD, f"电话{number}"))
    sheet.append((1, f"项目1（{number}）", 50000, 9000, f"见{number}", 600, number, number, number))
    sheet.append((2, number, number, number, number, number, number, number, number))
    sheet.append((3, "项目3", 50000, number, 700, f"700（{number}）", "", f"请致电{number}", 5))
    sheet.append((4, f"没有的项目{number}", 50000, 9000, 700, 60, "", "", ""))
    sheet.append((f"填报人李四{number}",))
    made = io.BytesIO()
    book.save(made)
    return read_return(ledger, (f"衡南县{number.replace('/', '')}.xlsx", made.getvalue()), JUNE, "衡南县")


def seen(text: str, number: str) -> bool:
    """Whether the digits of ``number`` stand together in ``text``, whatever is between them."""
    digits = re.sub(r"\D", "", number.translate({0xFF10 + n: str(n) for n in range(10)})).removeprefix("86")
    wide = text.translate({0xFF10 + n: str(n) for n in range(10)})
    return re.search(r"\D{0,2}".join(digits), wide) is not None


def words_of(path: Path) -> str:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            return re.sub(r"<[^>]*>", "", archive.read("word/document.xml").decode())
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("number", FORMS)
def test_the_whole_slip_holds_no_number_of_the_countys(ledger: Ledger, tmp_path: Path, number: str) -> None:
    fill_ledger(ledger)
    draft = draft_with(ledger, number)
    assert len(in_question(draft)) >= 4
    for slip in (draft_slip(ledger, draft), return_slip(ledger, send_back(ledger, draft, note=f"有疑问请致电{OFFICES}").value)):
        assert not seen(slip_text(slip), number)
        assert "****" in slip_text(slip)
        assert not seen(repr(slip.items), number)
        for path in print_slip(slip, tmp_path):
            assert not seen(words_of(path), number), path.name
    assert seen(slip_text(slip), OFFICES)  # what the clerk writes to the unit is the clerk's affair


def test_the_notes_in_a_marked_up_copy_hold_none_either(ledger: Ledger, tmp_path: Path) -> None:
    """The cells are the county's own and go back to it; what hydesk writes beside them repeats no number."""
    fill_ledger(ledger)
    path, _ = mark_up_draft(draft_with(ledger, FORMS[0]), tmp_path / "退.xlsx")
    with zipfile.ZipFile(path) as archive:
        notes = [archive.read(n).decode() for n in archive.namelist() if "comment" in n]
    assert notes
    assert not any(seen(note, FORMS[0]) for note in notes)
