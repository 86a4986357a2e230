"""What a document's form says of its figures: struck-through words and what is displayed, in the forms beside xlsx."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from hydesk.domain.grid import Sheet
from hydesk.excel.number_formats import seen
from hydesk.excel.read import read_book

_HEAD = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
         ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>'
         '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
         '<style:style style:name="T2"><style:text-properties style:text-line-through-style="none"/></style:style>'
         '</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="6月">')


def ods(*cells: str) -> Sheet:
    """A sheet of one cell a row."""
    rows = "".join(f"<table:table-row>{c}</table:table-row>" for c in cells)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"{_HEAD}{rows}</table:table></office:spreadsheet></office:body></office:document-content>")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return read_book(out.getvalue(), "a.ods").sheets[0]


def figure(value: float, text: str, kind: str = "float", style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"{named}><text:p>{text}</text:p></table:table-cell>'


def words(inner: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{inner}</text:p></table:table-cell>'


@pytest.mark.parametrize(("stored", "text", "meant", "scaled"), [
    (30005000.0, "3000.5万", "3000.5万", True), (1500.0, "1,500.00万元", "1500万元", False), (0.453, "45.3%", "45.3%", False),
    (0.453, "45%", "45.3%", False), (2022.1, "2022.10", "2022.10", False), (2100000.0, "2,100.00", 2100.0, True), (172.1, "172.10", 172.1, False),
    (3863.5, "3,864", 3863.5, False), (0.0, "0.00", 0.0, False), (12.0, "0.00万元", "0.0012万元", True), (3000.5, "3000.5", 3000.5, False),
    (-5000000.0, "-500万元", "-500万元", True), (5000.0, "见附表", 5000.0, False), (45000.0, "2023-03-15", 45000.0, False),
])
def test_what_an_ods_displays_is_what_is_read(stored: float, text: str, meant: object, scaled: bool) -> None:
    sheet = ods(figure(stored, text), figure(7.5, "7.5"))
    assert sheet.cell(1, 1) == meant
    assert sheet.cell(2, 1) == 7.5
    assert dict(sheet.scaled) == ({(1, 1): stored} if scaled else {})
    if isinstance(meant, float) and not scaled:
        assert seen(text, stored) is None


def test_struck_through_words_of_an_ods_are_the_old_ones() -> None:
    sheet = ods(words('<text:span text:style-name="T1">5156.1</text:span>5729'), words('<text:span text:style-name="T2">1420</text:span>万元'),
                figure(3000.0, "3000", style="T1"), figure(4000.0, "4000", style="T2"), words("主体施工"))
    assert [row[0] for row in sheet.rows] == ["5729", "1420万元", 3000.0, 4000.0, "主体施工"]
    assert dict(sheet.struck) == {(1, 1): "5156.15729", (3, 1): ""}


def test_struck_through_words_of_an_xls_are_the_old_ones() -> None:
    sheet = read_book((Path(__file__).parent / "files" / "struck.xls").read_bytes(), "a.xls").sheets[0]
    assert [row[0] for row in sheet.rows[:6]] == ["5729", "1420万元", 3000, 4000, "主体施工", "4500"]
    assert list(sheet.rows[9][:3]) == [1, 2, 3]
    assert sheet.cell(91, 1) == "7200"  # behind more words than one record holds
    assert {at: kept for at, kept in sheet.struck.items() if kept} == {(1, 1): "5156.15729", (6, 1): "4500（作废）", (91, 1): "71007200"}
    assert {at for at, kept in sheet.struck.items() if not kept} == {(3, 1), (7, 1), (8, 1), (9, 1), (10, 1), (10, 2)}


def record(kind: int, body: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(body)
    return head + (bytes([length]) if length < 0x80 else bytes([length & 0x7F | 0x80, length >> 7])) + body


def wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def rich(words: str, *runs: tuple[int, int]) -> bytes:
    """A string with its runs: from which letter on, and in which font (1 is struck through)."""
    return bytes([1]) + wide(words) + struct.pack("<I", len(runs)) + b"".join(struct.pack("<HH", *r) for r in runs)


def xlsb(codes: list[str], cells: list[tuple[int, float]], hidden_row: int = -1, struck: int = -1, strings: Sequence[bytes] = ()) -> Sheet:
    """A sheet of one column; every cell has the number of its style, which is that of the format, and its figure. Behind
    them a cell of each shared string, in the first style."""
    fonts = record(43, struct.pack("<HH", 220, 0) + b"\0" * 21) + record(43, struct.pack("<HH", 220, 8) + b"\0" * 21)
    formats = b"".join(record(44, struct.pack("<H", 200 + n) + wide(c)) for n, c in enumerate(codes))
    styles = b"".join(record(47, struct.pack("<HHH", 0, 200 + n if codes[n] else 0, int(n == struck)) + b"\0" * 10) for n in range(len(codes)))
    style_part = (
        record(278) + record(615, struct.pack("<I", len(codes))) + formats + record(616) + record(611, struct.pack("<I", 2)) + fonts + record(612)
        + record(617, struct.pack("<I", len(codes))) + styles + record(618) + record(279))
    rows = b"".join(
        record(0, struct.pack("<IIH", n, 0, 300) + bytes([0, 0x10 if n == hidden_row else 0, 0, 0, 0, 0, 0]))
        + record(5, struct.pack("<IId", 0, style, value)) for n, (style, value) in enumerate(cells))
    rows += b"".join(record(0, struct.pack("<IIH", len(cells) + n, 0, 300) + bytes(7)) + record(7, struct.pack("<III", 0, 0, n)) for n in range(len(strings)))
    columns = record(390) + record(60, struct.pack("<4IH", 1, 1, 2304, 0, 1)) + record(391)
    sheet = record(129) + record(148, struct.pack("<4I", 0, len(cells) + len(strings) - 1, 0, 0)) + columns + record(145) + rows + record(146) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("6月")) + record(144) + record(132)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>')
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.bin"/></Relationships>')
        archive.writestr("xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.bin"/><Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.bin"/></Relationships>')
        archive.writestr("xl/sharedStrings.bin", record(159, struct.pack("<II", len(strings), len(strings))) + b"".join(record(19, x) for x in strings) + record(160))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr("xl/styles.bin", style_part)
    return read_book(out.getvalue(), "a.xlsb").sheets[0]


def test_words_struck_through_in_part_in_an_xlsb_are_the_old_ones() -> None:
    sheet = xlsb([""], [(0, 7.5)], strings=[
        rich("51565729", (0, 1), (4, 0)), rich("主体施工", (0, 0)), bytes([0]) + wide("4500"), rich("45004800", (4, 1)), rich("4500", (0, 1))])
    assert [row[0] for row in sheet.rows] == [7.5, "5729", "主体施工", "4500", "4500", "4500"]
    assert dict(sheet.struck) == {(2, 1): "51565729", (5, 1): "45004800", (6, 1): ""}


def test_what_an_xlsb_shows_is_what_is_read() -> None:
    sheet = xlsb(["", '0!.0000"万元"', "0.00%", "0.00", ""], [(0, 7.5), (1, 30005000.0), (2, 0.453), (3, 2022.1), (4, 5000.0)], hidden_row=2, struck=4)
    assert [row[0] for row in sheet.rows] == [7.5, "3000.5万元", "45.3%", "2022.10", 5000.0]
    assert dict(sheet.scaled) == {(2, 1): 30005000.0}
    assert dict(sheet.struck) == {(5, 1): ""}
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset({3}), frozenset({2}))
