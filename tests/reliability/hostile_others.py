"""Hostile files of every other kind: xls, xlsb, ods, pages, XML, separated text, zips, and things that are no tables."""

from __future__ import annotations

import io
import random
import struct
import zipfile

from tests.reliability.hostile_ooxml import BOMB, OUTSIDE, Maker
from tests.reliability.parts import HEAD, TITLES, TYPES, relations, sheet, xlsx, zipped

ODS = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')
SS = ('xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
      'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def record(kind: int, body: bytes = b"") -> bytes:
    """One BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def number(row: int, column: int, value: float = 1.0) -> bytes:
    """A NUMBER cell."""
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def label(row: int, column: int, words: str) -> bytes:
    """A LABEL cell of BIFF8."""
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(words), 1) + words.encode("utf-16-le"))


def biff8(cells: bytes = b"", strings: bytes = b"", sheets: int = 1) -> bytes:
    """A BIFF8 stream with a small return in its sheets."""
    bof = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    own = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    body = own + b"".join(label(0, c, t) for c, t in enumerate(TITLES)) + label(1, 2, "第1号项目") + number(
        1, 5, 3000) + cells + record(0x0A)
    names = [f"表{n}".encode("utf-16-le") for n in range(sheets)]
    heads = sum(4 + 8 + len(n) for n in names)
    start = len(bof) + heads + len(strings) + 4
    listed = b"".join(record(0x85, struct.pack("<IBBBB", start + n * len(body), 0, 0, len(name) // 2, 1) + name)
                      for n, name in enumerate(names))
    return bof + listed + strings + record(0x0A) + body * sheets


def ole(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file holding ``stream``."""
    size = 512
    padded = stream + b"\0" * (-len(stream) % size)
    padded += b"\0" * max(0, 4096 - len(padded))
    count = len(padded) // size
    tables = -(-(count + 1 + 64) // 128)
    chain = list(range(1, count)) + [0xFFFFFFFE] + [0xFFFFFFFE] + [0xFFFFFFFD] * tables
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    places = [count + 1 + n for n in range(tables)] + [0xFFFFFFFF] * (109 - tables)
    head = OLE + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6 + struct.pack(
        "<IIIIIIIII", 0, tables, count, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", *places[:109])

    def entry(title: str, kind: int, start: int, length: int, child: int) -> bytes:
        words = title.encode("utf-16-le")
        return (words.ljust(64, b"\0") + struct.pack("<HBBIII", len(words) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
                + b"\0" * 36 + struct.pack("<IQ", start, length))

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry(name, 2, 0, max(4096, len(stream)), 0xFFFFFFFF)
    return head + padded + directory.ljust(size, b"\0") + struct.pack(f"<{tables * 128}I", *chain)


def older(version: int) -> bytes:
    """BIFF2 to BIFF5 as a bare stream."""
    kinds = {2: (0x009, 0x002), 3: (0x209, 0x006), 4: (0x409, 0x006), 5: (0x809, 0x500)}
    kind, told = kinds[version]
    return record(kind, struct.pack("<HHH", told, 0x10, 0)) + record(
        0x03 if version == 2 else 0x203, struct.pack("<HHHd", 0, 0, 0, 1.0)) + record(0x0A)


def ods(rows: str, *, kind: str = "application/vnd.oasis.opendocument.spreadsheet", before: str = "") -> bytes:
    """An ods with one table."""
    head = "".join(f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in TITLES)
    content = (f"{HEAD}{before}<office:document-content {ODS}><office:body><office:spreadsheet><table:table table:name="
               f'"表1"><table:table-row>{head}</table:table-row>{rows}</table:table></office:spreadsheet></office:body>'
               "</office:document-content>")
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": "<x/>"})


def flat_ods() -> bytes:
    """OpenDocument in one piece of XML."""
    return (f'{HEAD}<office:document {ODS} office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>'
            '<office:spreadsheet><table:table table:name="表1"><table:table-row><table:table-cell><text:p>1</text:p>'
            "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>").encode()


def filled(rows: int, columns: int) -> str:
    """An ods row and cell repeated."""
    return (f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float" '
            f'office:value="1" table:number-columns-repeated="{columns}"><text:p>1</text:p></table:table-cell></table:table-row>')


def spreadsheetml(rows: str, before: str = "") -> bytes:
    """An Excel 2003 XML file."""
    head = "".join(f'<Cell><Data ss:Type="String">{t}</Data></Cell>' for t in TITLES)
    return (f'<?xml version="1.0"?>{before}<Workbook {SS}><Worksheet ss:Name="表1"><Table><Row>{head}</Row>{rows}'
            "</Table></Worksheet></Workbook>").encode()


def page(body: str) -> bytes:
    """An HTML page with a table."""
    head = "".join(f"<td>{t}</td>" for t in TITLES)
    return f"<html><table><tr>{head}</tr><tr><td>1</td><td>HY2023-001</td></tr>{body}</table></html>".encode()


def text_table(rows: str) -> bytes:
    """Comma separated text."""
    return (",".join(TITLES) + "\n" + rows).encode()


def xlsb(cells: bytes) -> bytes:
    """A binary workbook with the records of one sheet."""
    bundle = struct.pack("<II", 0, 1) + struct.pack("<I", 4) + "rId1".encode("utf-16-le") + struct.pack(
        "<I", 2) + "表1".encode("utf-16-le")
    book = b"\x83\x01\x00\x8f\x01\x00\x9c\x01" + bytes([len(bundle)]) + bundle + b"\x90\x01\x00\x84\x01\x00"
    return zipped({"[Content_Types].xml": TYPES, "xl/workbook.bin": book, "_rels/.rels": relations(
        ("officeDocument", "xl/workbook.bin")), "xl/_rels/workbook.bin.rels": relations(
        ("worksheet", "worksheets/sheet1.bin")), "xl/worksheets/sheet1.bin": b"\x81\x01\x00" + cells + b"\x82\x01\x00"})


def xlsb_far() -> bytes:
    """A dimension and a cell at the far corner."""
    return xlsb(b"\x94\x01\x10" + struct.pack("<IIII", 0, 1048575, 0, 16383) + b"\x91\x01\x00" + b"\x00\x19" + struct.pack(
        "<I", 1048575) + b"\0" * 21 + b"\x05\x10" + struct.pack("<IId", 16383, 0, 1.0) + b"\x92\x01\x00")


def noise(size: int, seed: int) -> bytes:
    """The same arbitrary bytes each time."""
    return random.Random(seed).randbytes(size)


def flipped(content: bytes, seed: int, times: int = 30) -> bytes:
    """``content`` with some bits turned."""
    own = bytearray(content)
    chance = random.Random(seed)
    for _ in range(times):
        own[chance.randrange(len(own))] ^= 1 << chance.randrange(8)
    return bytes(own)


def locked_zip() -> bytes:
    """A zip of a workbook under a password."""
    content = bytearray(zipped({"报表.xlsx": xlsx()}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(sign) + at] |= 1
    return bytes(content)


def nested(depth: int) -> bytes:
    """A zip in a zip in a zip …"""
    content = xlsx()
    for n in range(depth):
        content = zipped({f"{n}.zip" if n else "报表.xlsx": content})
    return content


def huge_member() -> bytes:
    """A zip whose one workbook unfolds to 900 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("报表.xlsx", "w", force_zip64=True) as f:
        for _ in range(900):
            f.write(b"\0" * 1_000_000)
    return out.getvalue()


STRINGS_LIE = record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0x7FFFFFFF))
OTHERS: dict[str, Maker] = {
    "plain.xls": lambda: ole(biff8()),
    "bare_stream.xls": biff8,
    "far_corner.xls": lambda: ole(biff8(number(65535, 255))),
    "far_column.xls": lambda: ole(biff8(number(65535, 65535))),
    "dimension_lies.xls": lambda: ole(biff8(record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)))),
    "strings_lie.xls": lambda: ole(biff8(strings=STRINGS_LIE)),
    "label_too_long.xls": lambda: ole(biff8(record(0x204, struct.pack("<HHHHB", 3, 3, 0, 0xFFFF, 1) + b"x"))),
    "record_too_long.xls": lambda: ole(biff8(struct.pack("<HH", 0x203, 0xFFFF))),
    "mulrk_backwards.xls": lambda: ole(biff8(record(0xBD, struct.pack("<HHHIH", 3, 200, 0, 0, 2)))),
    "rows_65536.xls": lambda: ole(biff8(b"".join(number(r, 0, r) for r in range(2, 65536)))),
    "sheets_500.xls": lambda: ole(biff8(sheets=500)),
    "book_stream.xls": lambda: ole(biff8(), "Book"),
    "word_document.xls": lambda: ole(b"\0" * 5000, "WordDocument"),
    "encrypted.xlsx": lambda: ole(b"\0" * 5000, "EncryptedPackage"),
    "filepass.xls": lambda: ole(biff8(strings=record(0x2F, struct.pack("<HH", 1, 1) + b"\0" * 50))),
    "unknown_stream.xls": lambda: ole(b"\0" * 5000, "Contents"),
    "sectors_in_a_ring.xls": lambda: ole(biff8())[:-512] + struct.pack("<128I", *([1, 0] * 64)),
    "cut_short.xls": lambda: ole(biff8(b"".join(number(r, 1, r) for r in range(2, 900))))[:6000],
    "header_only.xls": lambda: OLE + b"\0" * 504,
    **{f"biff{v}.xls": (lambda v=v: older(v)) for v in (2, 3, 4, 5)},
    **{f"biff{v}_boxed.xls": (lambda v=v: ole(older(v), "Book")) for v in (2, 3, 4, 5)},
    **{f"bits_flipped_{n}.xls": (lambda n=n: flipped(ole(biff8(b"".join(number(r, 1, r) for r in range(2, 300)))), n))
       for n in range(1, 9)},
    "plain.xlsb": lambda: xlsb(b"\x91\x01\x00\x92\x01\x00"),
    "far_corner.xlsb": xlsb_far,
    "record_too_long.xlsb": lambda: xlsb(b"\x91\x01\x00\x05\xff\xff\xff\x7f"),
    "noise.xlsb": lambda: xlsb(noise(5000, 1)),
    "plain.ods": lambda: ods(""),
    "repeated_rows.ods": lambda: ods(filled(1048576, 1)),
    "repeated_columns.ods": lambda: ods(filled(1, 16384)),
    "repeated_both.ods": lambda: ods(filled(1048576, 16384)),
    "repeated_overflow.ods": lambda: ods(filled(10**30, 10**30)),
    "repeated_many_times.ods": lambda: ods(filled(100000, 100) * 200),
    "repeated_blank_tail.ods": lambda: ods(filled(1, 8) + '<table:table-row table:number-rows-repeated="1048570">'
                                           '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'),
    "entity_bomb.ods": lambda: ods("<table:table-row><table:table-cell><text:p>&i;</text:p></table:table-cell></table:table-row>", before=BOMB),
    "entity_outside.ods": lambda: ods("<table:table-row><table:table-cell><text:p>&z;&w;</text:p></table:table-cell></table:table-row>", before=OUTSIDE),
    "without_content.ods": lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "text_document.odt": lambda: ods("", kind="application/vnd.oasis.opendocument.text"),
    "spaces_repeated.ods": lambda: ods('<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="2000000000"/>b'
                                       "</text:p></table:table-cell></table:table-row>"),
    "deep.ods": lambda: ods("<table:table-row-group>" * 100_000),
    "flat.fods": flat_ods,
    "entity_bomb.xml": lambda: spreadsheetml("<Row><Cell><Data>&i;</Data></Cell></Row>", BOMB),
    "entity_outside.xml": lambda: spreadsheetml("<Row><Cell><Data>&z;&w;</Data></Cell></Row>", OUTSIDE),
    "row_index_far.xml": lambda: spreadsheetml('<Row ss:Index="1048576"><Cell><Data ss:Type="Number">1</Data></Cell></Row>'),
    "row_index_beyond.xml": lambda: spreadsheetml('<Row ss:Index="11999999"><Cell><Data>1</Data></Cell></Row>'),
    "cell_index_far.xml": lambda: spreadsheetml('<Row><Cell ss:Index="999999999"><Data>1</Data></Cell></Row>'),
    "cell_index_zero.xml": lambda: spreadsheetml('<Row ss:Index="0"><Cell ss:Index="0"><Data>1</Data></Cell></Row>'),
    "merge_across.xml": lambda: spreadsheetml('<Row><Cell ss:MergeAcross="999999999"><Data>1</Data></Cell></Row>'),
    "merge_down.xml": lambda: spreadsheetml('<Row><Cell ss:MergeDown="999999999"><Data>1</Data></Cell></Row>'),
    "merge_nonsense.xml": lambda: spreadsheetml('<Row><Cell ss:MergeDown="x" ss:MergeAcross="-1"><Data>1</Data></Cell></Row>'),
    "numbers_nonsense.xml": lambda: spreadsheetml("".join(
        f'<Row><Cell><Data ss:Type="Number">{v}</Data></Cell></Row>' for v in ("NaN", "inf", "1e400", "", "一"))),
    "deep.xml": lambda: spreadsheetml("<a>" * 300_000),
    "rows_200000.xml": lambda: spreadsheetml('<Row><Cell><Data ss:Type="Number">1</Data></Cell></Row>' * 200_000),
    "spans.html": lambda: page('<tr><td rowspan="99999" colspan="99999">1</td></tr>' * 200),
    "spans_many.html": lambda: page('<tr><td rowspan="500" colspan="500">1</td></tr>' * 20_000),
    "nested.html": lambda: page("<tr><td>" + "<table><tr><td>" * 50_000),
    "rows_300000.html": lambda: page("<tr><td>1</td><td>第1号项目</td></tr>" * 300_000),
    "cells_one_row.html": lambda: page("<tr>" + "<td>1" * 100_000),
    "never_closed.html": lambda: page("<tr><td title='" + "x" * 3_000_000),
    "angle_brackets.html": lambda: page("<" * 300_000),
    "comment_open.html": lambda: page("<!-- " * 100_000),
    "declaration.html": lambda: page("<![CDATA[" * 50_000 + "<!DOCTYPE " * 50_000),
    "entities.html": lambda: page("<tr><td>&#99999999999;&#x110000;&nosuch;&#0;" * 1000),
    "script.html": lambda: page("<script>" + "while(1){}</td>" * 100),
    "rows_million.csv": lambda: text_table("1,2,3,4,5,6,7,8\n" * 1_000_000),
    "one_line.csv": lambda: text_table("," * 5_000_000),
    "quote_open.csv": lambda: text_table('1,"' + "x\n" * 2_000_000),
    "field_of_15_mb.csv": lambda: text_table("1,HY2023-001," + "长" * 5_000_000 + ",1"),
    "nul_bytes.csv": lambda: text_table("1,\x00,3\n" * 100),
    "formula_words.csv": lambda: text_table("1,HY2023-001,=cmd|' /c calc'!A1,100,20,3,1,@SUM(1)\n2,,+1,-1,1,1,1,-2+3\n"),
    "broken_utf8.csv": lambda: text_table("1,2,3\n") + b"\xff\xfe\xfd,\x81\n",
    "utf16_odd.csv": lambda: b"\xff\xfe" + text_table("1,2,3\n").decode().encode("utf-16-le") + b"\x00",
    "utf32.csv": lambda: text_table("1,2,3\n").decode().encode("utf-32"),
    "utf7.csv": lambda: text_table("1,2,3\n").decode().encode("utf-7"),
    "returns_only.csv": lambda: text_table("1,2,3\n" * 50).replace(b"\n", b"\r"),
    "digits_long.csv": lambda: text_table("1,HY2023-001,第1号项目," + "9" * 100_000 + ",20,3,1,x\n"),
    "exponents.csv": lambda: text_table("1,HY2023-001,第1号项目,1e999999999,1E+400,3e-999999999,1,x\n"),
    "brackets_deep.csv": lambda: text_table("1,HY2023-001,第1号项目," + "(" * 50_000 + ",20,3,1,x\n"),
    "digits_full_width.csv": lambda: text_table("①,HY2023-001,第1号项目,١٢٣,²³,Ⅷ,〇,x\n"),
    "spaces.csv": lambda: text_table("1,HY2023-001,第1号项目," + " " * 3_000_000 + "1,20,3,1,x\n"),
    "one_name_long.csv": lambda: text_table("1,," + "项目（" * 30_000 + ",1,2,3,4,x\n" * 3),
    "empty.xlsx": lambda: b"",
    "spaces.xlsx": lambda: b" " * 1000,
    "nul.xls": lambda: b"\0" * 100_000,
    **{f"noise_{n}.xls": (lambda n=n: noise(20_000, n)) for n in range(1, 4)},
    **{f"noise_zip_{n}.xlsx": (lambda n=n: b"PK\x03\x04" + noise(20_000, n)) for n in range(1, 4)},
    **{f"noise_ole_{n}.xls": (lambda n=n: OLE + noise(20_000, n) + "Workbook".encode("utf-16-le")) for n in range(1, 4)},
    **{f"noise_biff_{n}.xls": (lambda n=n: b"\x09\x08" + noise(20_000, n)) for n in range(1, 4)},
    "picture.xlsx": lambda: b"\x89PNG\r\n\x1a\n" + noise(2000, 1),
    "document.pdf": lambda: b"%PDF-1.7\n" + noise(2000, 1),
    "words.txt": lambda: "本月没有进展。".encode("gb18030"),
    "locked.zip": locked_zip,
    "paths.zip": lambda: zipped({"../../../../a/evil.xlsx": xlsx(), "/etc/evil.csv": b"1,2,3\n", "C:\\Windows\\evil.xlsx": xlsx(),
                                 "con.xlsx": xlsx(), "a\r\nb\x00.xlsx": xlsx(), "..": b"x"}),
    "nested.zip": lambda: nested(5),
    "huge_member.zip": huge_member,
    "members_5000.zip": lambda: zipped({f"{n}.xlsx": xlsx() for n in range(5000)}),
    "empty.zip": lambda: zipped({}),
    "cut.zip": lambda: zipped({"报表.xlsx": xlsx(sheet())})[:-60],
    "two_files_one_name.zip": lambda: zipped({"a/报表.xlsx": xlsx(), "b/报表.xlsx": xlsx()}),
}
