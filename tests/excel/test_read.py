"""Any spreadsheet's bytes: read for what they are, or refused in a sentence."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import Span
from hydesk.excel.collect import collect
from hydesk.excel.read import is_archive, read_book
from hydesk.excel.xls_password import compound_of

SAMPLES = Path(__file__).parent.parent / "samples"
ROWS: list[list[object]] = [["序号", "项目名称", "总投资"], [1, "归阳码头", 12.5], [2, "瑞尔纸箱厂", 3]]


def xlsx(rows: list[list[object]] = ROWS, **extra: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "6月"
    for row in rows:
        sheet.append(row)
    for name, hidden in extra.items():
        sheet.column_dimensions[name].hidden = bool(hidden)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited(content: bytes, change: tuple[str, str], member: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with a pattern in one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for n in old.namelist():
            data = old.read(n)
            if n == member:
                text = data.decode()
                data = re.sub(change[0], change[1], text).encode()
                assert data.decode() != text
            new.writestr(n, data)
    return out.getvalue()


def plain(content: bytes, name: str = "a.xls") -> list[list[object]]:
    return [list(r) for r in read_book(content, name).sheets[0].rows]


def test_an_xlsx_named_xls_is_read_and_said() -> None:
    book = read_book(xlsx(), "报表.xls")
    assert book.form == "xlsx"
    assert ".xls" in book.notes[0]
    assert book.sheets[0].cell(2, 2) == "归阳码头"


def test_a_dimension_that_lies_is_not_believed() -> None:
    content = edited(xlsx(), (r'<dimension ref="[^"]+" ?/>', '<dimension ref="A1:A1"/>'))
    assert read_book(content, "a.xlsx").sheets[0].cell(3, 3) == 3


def test_hidden_columns_and_rows_are_known() -> None:
    content = edited(xlsx(B=True), (r'<row r="3"', '<row r="3" hidden="1"'))
    sheet = read_book(content, "a.xlsx").sheets[0]
    assert sheet.hidden_columns == {2}
    assert sheet.hidden_rows == {3}


def test_sums_without_a_stored_result_are_computed_and_others_are_kept_as_formulas() -> None:
    content = xlsx([["a", "b"], ["=1200+35.5", "=SUM(A2:A2)*2", "=ROUND(A2/3,1)"], ["=VLOOKUP(1,A:B,2,0)", "=A3+1"]])
    sheet = read_book(content, "a.xlsx").sheets[0]
    assert sheet.cell(2, 1) == 1235.5
    assert sheet.cell(2, 2) == 2471.0
    assert sheet.cell(2, 3) == 411.8
    assert sheet.cell(3, 1) in ("", None)
    assert sheet.formulas[(3, 1)].startswith("=VLOOKUP")
    assert sheet.cell(3, 2) in ("", None)


def test_error_values_are_not_blanks() -> None:
    content = edited(xlsx(), (r'<c r="C2"[^>]*><v>12.5</v></c>', '<c r="C2" t="e"><v>#REF!</v></c>'))
    assert read_book(content, "a.xlsx").sheets[0].cell(2, 3) == "#REF!"


@pytest.mark.parametrize("name", ["errors.xls", "errors.ods"])
def test_errors_and_hidden_parts_of_other_forms(name: str) -> None:
    sheet = read_book((Path(__file__).parent / "files" / name).read_bytes(), name).sheets[0]
    assert sheet.cell(2, 3) == "#DIV/0!"
    assert sheet.cell(3, 3) == "#N/A"
    assert sheet.hidden_columns == {1}
    assert sheet.hidden_rows == {4}


def test_hidden_columns_of_an_xls_are_known() -> None:
    hidden = [
        s.hidden_columns for path in sorted((SAMPLES / "messy" / "returns").glob("*.xls"))
        for s in read_book(path.read_bytes(), path.name).sheets if s.hidden_columns
    ]
    assert hidden


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_separated_text_in_any_encoding(encoding: str, separator: str) -> None:
    text = "\r\n".join(separator.join(str(v) for v in r) for r in ROWS)
    assert plain(text.encode(encoding))[1] == ["1", "归阳码头", "12.5"]


def test_a_page_named_xls_with_merged_cells() -> None:
    page = (
        "<html><head><meta charset='gbk'><style>td{mso-x:1}</style></head><body><table>"
        "<tr><td rowspan=2>序号</td><td colspan=2>投资</td></tr><tr><td>计划</td><td>完成</td></tr>"
        "<tr><td>1</td><td>12,5<br>00</td><td>&nbsp;</td></tr></table></body></html>"
    )
    book = read_book(page.encode("gb18030"), "报表.xls")
    assert book.form == "html"
    assert list(book.sheets[0].rows[1]) == ["", "计划", "完成"]
    assert set(book.sheets[0].merges) == {Span(1, 1, 2, 1), Span(1, 2, 1, 3)}


def test_spreadsheetml_named_xls() -> None:
    text = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="6月"><Table>'
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">标题</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">12.5</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    sheet = read_book(text.encode(), "a.xls").sheets[0]
    assert sheet.name == "6月"
    assert sheet.cell(3, 2) == 12.5
    assert sheet.merges == (Span(1, 1, 1, 2),)


def test_an_entity_bomb_is_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&b;</Data></Cell>'
        "</Row></Table></Worksheet></Workbook>"
    )
    with pytest.raises(HydeskError, match="不安全"):
        read_book(bomb.encode(), "a.xls")


def test_a_cell_at_the_far_corner_does_not_exhaust_the_machine() -> None:
    content = edited(xlsx(), (r"</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))
    with pytest.raises(HydeskError, match="超出可读取的范围"):
        read_book(content, "a.xlsx")


@pytest.mark.parametrize(("content", "says"), [
    (b"", "空文件"), (b"   \r\n", "空文件"), (b"%PDF-1.7 ...", "PDF"), (b"\x89PNG\r\n\x1a\n....", "图片"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "损坏"),
    (xlsx()[:900], "损坏"), (b"PK\x03\x04 nothing", "损坏"), (b"hello", "不是表格"), (bytes(range(256)) * 4, "不是表格"),
    (b"Rar!\x1a\x07", "RAR"),
], ids=lambda value: value if isinstance(value, str) else "file")
def test_what_cannot_be_read_is_told_plainly(content: bytes, says: str) -> None:
    with pytest.raises(HydeskError, match=says):
        read_book(content, "报表.xls")


def refused_politely(content: bytes, name: str) -> bool:
    """Whether the bytes are read, or refused in a whole sentence; anything else is raised on."""
    try:
        read_book(content, name)
    except HydeskError as e:
        return str(e).endswith("。")
    return True


@settings(max_examples=300, deadline=None)
@given(st.one_of(
    st.binary(max_size=400),
    st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00", b"<table>", b"<?xml "]).flatmap(
        lambda head: st.binary(max_size=2000).map(lambda tail: head + tail)),
))
def test_no_bytes_raise_anything_but_a_refusal(content: bytes) -> None:
    assert refused_politely(content, "x.xls")


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=25), st.sampled_from(["xlsx", "xls"]))
def test_a_damaged_workbook_is_read_or_refused(changes: list[tuple[float, int]], form: str) -> None:
    original = xlsx() if form == "xlsx" else next(iter(sorted((SAMPLES / "messy" / "returns").glob("03_*.xls")))).read_bytes()
    damaged = bytearray(original)
    for where, byte in changes:
        damaged[int(where * (len(damaged) - 1))] = byte
    assert refused_politely(bytes(damaged), "x." + form)


def test_a_folder_a_zip_and_a_lock_file(tmp_path: Path) -> None:
    (tmp_path / "~$报表.xlsx").write_bytes(b"lock")
    (tmp_path / "a.xlsx").write_bytes(xlsx())
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as z:
        z.writestr("县/衡南县.xlsx", xlsx())
        z.writestr("../../evil.xlsx", xlsx())
        z.writestr("readme.md", "x")
    found = {s.name: s for s in collect([tmp_path])}
    assert set(found) == {"~$报表.xlsx", "a.xlsx", "衡南县.xlsx", "evil.xlsx"}
    assert found["~$报表.xlsx"].skipped
    assert "临时文件" in (found["~$报表.xlsx"].problem or "")
    assert read_book(found["衡南县.xlsx"].content, "衡南县.xlsx").sheets


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    [source] = collect([tmp_path / "没有.xlsx"])
    assert "找不到文件" in (source.problem or "")


def test_a_workbook_that_counts_its_days_from_1904_says_so() -> None:
    for epoch, expected in ((CALENDAR_MAC_1904, True), (None, False)):
        made = openpyxl.Workbook()
        if epoch is not None:
            made.epoch = epoch
        made.active["A1"] = 43548
        held = io.BytesIO()
        made.save(held)
        assert read_book(held.getvalue(), "a.xlsx").sheets[0].from_1904 is expected


def formatted(code: str, value: float) -> bytes:
    """One figure under a number format."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = value
    sheet["A1"].number_format = code
    sheet["B1"] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("code", "stored", "seen", "scaled"), [
    ('0!.0,"万"', 30005000, "3000.5万", True), ('0!.00,"万元"', 30005000, "300.05万元", True), ("#,##0.00,", 2100000, 2100.0, True),
    ('0.00"万元"', 1500, "1500万元", False), ('0!.0000"万"', 30005000, "3000.5万", True), ("0\\.0,", 4200000, 420.0, True),
    ('[>=10000]0!.0,"万";0', 30005000, "3000.5万", True), ('[>=10000]0!.0,"万";0', 500, 500, False),
    ("0.00%", 0.35, "35%", False), ("0%", 1, "100%", False), ('0.0,,;-0.0,,', -5e6, -5.0, True),
    ("0.00", 2022.1, "2022.10", False), ("0.00", 2022.12, 2022.12, False), ("0.00", 172.1, 172.1, False),
    ("_ ¥* #,##0.00_ ", 800.25, 800.25, False), ("0.00E+00", 150, 150, False), ("General", 5.5, 5.5, False),
    ('#,##0_ ;[Red]\\-#,##0\\ ', 5000, 5000, False), ("@", 7, 7, False),
])
def test_what_a_number_format_shows_is_what_is_read(code: str, stored: float, seen: object, scaled: bool) -> None:
    sheet = read_book(formatted(code, stored), "a.xlsx").sheets[0]
    assert sheet.cell(1, 1) == seen
    assert sheet.scaled == ({(1, 1): stored} if scaled else {})
    assert sheet.cell(1, 2) == stored


def test_a_workbook_locked_by_offices_own_password_is_read_as_any_other() -> None:
    sheet = read_book((Path(__file__).parent / "files" / "default-password.xlsx").read_bytes(), "a.xlsx").sheets[0]
    assert sheet.cell(4, 5) == 3000.5


@pytest.mark.parametrize("way", ["97", "2002"])
def test_an_old_workbook_locked_by_offices_own_password_is_read_as_any_other(way: str) -> None:
    content = (Path(__file__).parent / "files" / f"default-password-{way}.xls").read_bytes()
    sheet = read_book(content, "a.xls").sheets[0]
    assert list(sheet.rows[3]) == [3, "归阳第3码头项目", 1003.5, 30.75]
    assert len(sheet.rows) == 60
    with pytest.raises(HydeskError, match="打开密码"):  # another salt is another password
        read_book(content.replace(bytes(range(16)), bytes(range(1, 17))), "a.xls")


def test_strict_open_xml_is_read_as_any_other() -> None:
    sheet = read_book((Path(__file__).parent / "files" / "strict.xlsx").read_bytes(), "a.xlsx").sheets[0]
    assert sheet.cell(4, 5) == 3000.5
    assert sheet.cell(4, 2) == "湘江科学城衡阳片区起步区"


def test_a_zip_whose_folders_are_parted_by_backslashes_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(out, "w") as new:
        for n in old.namelist():
            new.writestr(n.replace("/", "\\"), old.read(n))
    content = out.getvalue()
    assert read_book(content, "a.xlsx").sheets[0].cell(2, 2) == "归阳码头"
    assert not is_archive(content)


@pytest.mark.parametrize("far", [
    '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>',
    '<row r="90000"><c r="XFD90000"/></row>', '<row r="1048576"><c r="B1048576" s="0"></c></row>',
])
def test_blanks_far_below_the_table_are_passed_over(far: str) -> None:
    sheet = read_book(edited(xlsx(), (r"</sheetData>", f"{far}</sheetData>")), "a.xlsx").sheets[0]
    assert sheet.cell(3, 3) == 3
    assert len(sheet.rows) < 100


def test_declared_entities_are_refused_never_read_as_blank() -> None:
    declared = edited(xlsx(), (r"<worksheet", '<!DOCTYPE x [<!ENTITY v "5">]><worksheet'))
    with pytest.raises(HydeskError, match="实体"):
        read_book(declared, "a.xlsx")


def test_struck_through_figures_are_the_old_ones() -> None:
    made = openpyxl.Workbook()
    page = made.active
    old, new = InlineFont(strike=True), InlineFont()
    page["A1"] = CellRichText(TextBlock(old, "5156.1"), TextBlock(new, "5729"))
    page["A2"] = CellRichText(TextBlock(new, "1420"), TextBlock(InlineFont(strike=False), "万元"))
    page["A3"], page["A4"], page["A5"] = 3000, 4000, "主体施工"
    page["A3"].font = Font(strike=True)
    page["A4"].font = Font(bold=True)
    held = io.BytesIO()
    made.save(held)
    sheet = read_book(held.getvalue(), "a.xlsx").sheets[0]
    assert [row[0] for row in sheet.rows] == ["5729", "1420万元", 3000.0, 4000.0, "主体施工"]
    assert dict(sheet.struck) == {(1, 1): "5156.15729", (3, 1): ""}


def test_entities_declared_after_a_long_comment_are_refused_as_well() -> None:
    declared = edited(xlsx(), (r"<worksheet", f'<!--{"x" * 9000}--><!DOCTYPE x [<!ENTITY v "5">]><worksheet'))
    with pytest.raises(HydeskError, match="实体"):
        read_book(declared, "a.xlsx")


@pytest.mark.parametrize(("way", "words"), [(0, "另存为 xlsx"), (1, "打开密码")])
def test_of_an_xls_with_a_cipher_that_is_not_read_the_sentence_says_which(way: int, words: str) -> None:
    bof, end = struct.pack("<HH16s", 0x809, 16, b"\x00\x06\x05\x00"), struct.pack("<HH", 0x0A, 0)
    cipher = struct.pack("<HHHHH", 0x2F, 6, way, 0x1234, 0x5678)
    with pytest.raises(HydeskError, match=words):
        read_book(compound_of(bof + cipher + end), "a.xls")
