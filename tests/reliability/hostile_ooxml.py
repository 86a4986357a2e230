"""Hostile xlsx files: damaged, swollen, lying, or reaching for what is not theirs. Each is made when asked for."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tests.reliability.parts import (
    HEAD,
    NS,
    PACKAGE,
    REL,
    STRICT,
    TYPES,
    cell,
    parts,
    relations,
    rows,
    sheet,
    with_strings,
    with_styles,
    without,
    workbook,
    xlsx,
    zipped,
)

Maker = Callable[[], bytes]
BOMB = ('<!DOCTYPE x [<!ENTITY a "haha">' + "".join(
    f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=False)) + "]>")
OUTSIDE = '<!DOCTYPE x [<!ENTITY z SYSTEM "file:///etc/passwd"><!ENTITY w SYSTEM "http://127.0.0.1:9/x">]>'


def _far(reference: str, row: int) -> str:
    return rows() + f'<row r="{row}">{cell(reference, "远")}</row>'


def _wide(columns: int, lines: int) -> str:
    def letters(n: int) -> str:
        text = ""
        while n:
            n, rest = divmod(n - 1, 26)
            text = chr(65 + rest) + text
        return text

    names = [letters(n) for n in range(1, columns + 1)]
    return "".join(f'<row r="{r}">' + "".join(f'<c r="{c}{r}"><v>1</v></c>' for c in names) + "</row>"
                   for r in range(1, lines + 1))


def _long(count: int) -> str:
    return rows(count)


def _told_often() -> bytes:
    """One large part told as 250 sheets."""
    content = parts(sheet(_long(6000)))
    told = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 251))
    content["xl/workbook.xml"] = f'{HEAD}<workbook xmlns="{NS}" xmlns:r="{REL}"><sheets>{told}</sheets></workbook>'
    return zipped(content)


def _local_header_lies() -> bytes:
    content = bytearray(xlsx())
    at = content.find(b"PK\x01\x02")
    content[at + 24:at + 28] = (10).to_bytes(4, "little")
    return bytes(content)


def _encrypted_bit() -> bytes:
    content = bytearray(xlsx())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(content)


def _zip_bomb(size: int) -> bytes:
    made = parts()
    made["xl/media/image1.bin"] = b"\0" * size
    return zipped(made)


def _sheet_bomb(size: int) -> bytes:
    return xlsx(sheet(rows() + " " * size))


def _many_members() -> bytes:
    return zipped({**parts(), **{f"xl/junk/{n}.xml": "<a/>" for n in range(30_000)}})


def _merges(count: int) -> bytes:
    made = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(10, 10 + count))
    return xlsx(sheet(after=f'<mergeCells count="{count}">{made}</mergeCells>'))


def _wide_merges() -> bytes:
    return xlsx(sheet(after='<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:ZZZZ9999999"/>'
                            '<mergeCell ref="B5:A1"/><mergeCell ref="x"/></mergeCells>'))


def _styles(count: int) -> bytes:
    xfs = '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>' * count
    return with_styles(f'{HEAD}<styleSheet xmlns="{NS}"><cellXfs count="{count}">{xfs}</cellXfs></styleSheet>')


def _formats(count: int) -> bytes:
    made = "".join(f'<numFmt numFmtId="{n}" formatCode="0.{"0" * 20}&quot;{n}&quot;"/>' for n in range(164, 164 + count))
    return with_styles(f'{HEAD}<styleSheet xmlns="{NS}"><numFmts>{made}</numFmts><cellXfs><xf numFmtId="999999"/>'
                       "</cellXfs></styleSheet>", f'<row r="1"><c r="A1" s="77"><v>1</v></c></row>{rows(3, 2)}')


def _columns_hidden() -> bytes:
    cols = '<cols><col min="1" max="16384" hidden="1" width="9"/><col min="5" max="2"/><col min="-1" max="99999999999"/></cols>'
    return xlsx(sheet(before=cols))


def _rows_hidden() -> bytes:
    return xlsx(sheet(rows().replace("<row ", '<row hidden="1" ')))


def _sheets(count: int, state: str = "") -> bytes:
    return zipped({**parts(*(sheet() for _ in range(count))),
                   "xl/workbook.xml": workbook(*((f"表{n}", state) for n in range(1, count + 1)))})


def _external() -> bytes:
    made = parts(sheet(rows() + '<row r="9"><c r="A9"><f>[1]Sheet1!A1</f></c><c r="B9"><f>WEBSERVICE("http://127.0.0.1:9/")'
                       '</f></c><c r="C9"><f>cmd|\' /c calc\'!A1</f></c></row>',
                       after='<drawing r:id="rId1"/><legacyDrawing r:id="rId2"/>'))
    link = f'<externalLink xmlns="{NS}" xmlns:r="{REL}"><externalBook r:id="rId1"/></externalLink>'
    made["xl/externalLinks/externalLink1.xml"] = HEAD + link
    made["xl/externalLinks/_rels/externalLink1.xml.rels"] = relations(
        more=f'<Relationship Id="rId1" Type="{REL}/externalLinkPath" Target="http://127.0.0.1:9/a.xlsx" TargetMode="External"/>')
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        more=f'<Relationship Id="rId1" Type="{REL}/image" Target="file:///etc/passwd" TargetMode="External"/>'
             f'<Relationship Id="rId2" Type="{REL}/hyperlink" Target="\\\\127.0.0.1\\share\\x" TargetMode="External"/>')
    return zipped(made)


def _target(target: str) -> bytes:
    return zipped({**parts(), "xl/_rels/workbook.xml.rels": relations(("worksheet", target))})


def _formulas(formula: str, count: int = 1) -> bytes:
    lines = "".join(f'<row r="{r}"><c r="F{r}"><f>{formula.format(r=r, n=r + 1)}</f></c></row>'
                    for r in range(10, 10 + count))
    return xlsx(sheet(rows() + lines))


def _flipped(seed: int) -> bytes:
    content = bytearray(xlsx(sheet(rows(200))))
    state = seed
    for _ in range(40):
        state = zlib.crc32(state.to_bytes(8, "little"))
        content[state % len(content)] ^= 1 << (state >> 13) % 8
    return bytes(content)


def _chart_only() -> bytes:
    made = parts()
    made["xl/_rels/workbook.xml.rels"] = relations(("chartsheet", "chartsheets/sheet1.xml"))
    made["xl/chartsheets/sheet1.xml"] = f'{HEAD}<chartsheet xmlns="{NS}"/>'
    return zipped(made)


def _pivot() -> bytes:
    made = parts()
    records = "<r><x v='1'/></r>" * 300_000
    made["xl/pivotCache/pivotCacheRecords1.xml"] = f'{HEAD}<pivotCacheRecords xmlns="{NS}">{records}</pivotCacheRecords>'
    return zipped(made)


def _macro() -> bytes:
    types = TYPES.replace("spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml")
    return zipped({**parts(), "[Content_Types].xml": types, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + b"\1" * 4000})


def _deep(depth: int) -> bytes:
    return xlsx(sheet(rows() + '<row r="9"><c r="A9" t="inlineStr"><is>' + "<r>" * depth + "<t>深</t>" + "</r>" * depth
                      + "</is></c></row>"))


def _strings_many(count: int) -> bytes:
    made = "".join(f"<si><t>字{n}</t></si>" for n in range(count))
    return with_strings(f'{HEAD}<sst xmlns="{NS}" count="4294967295" uniqueCount="4294967295">{made}</sst>',
                        '<row r="1"><c r="A1" t="s"><v>99999999</v></c><c r="B1" t="s"><v>-1</v></c></row>' + rows(3, 2))


def _strict() -> bytes:
    kinds = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    made = parts(sheet(ns=STRICT))
    made["xl/workbook.xml"] = workbook(("表1", ""), ns=STRICT).replace(REL, kinds)
    made["xl/_rels/workbook.xml.rels"] = relations(("worksheet", "worksheets/sheet1.xml")).replace(REL, kinds)
    return zipped(made)


def _utf16() -> bytes:
    body = sheet().replace("UTF-8", "UTF-16").encode("utf-16")
    return zipped({**parts(), "xl/worksheets/sheet1.xml": body})


def _gbk() -> bytes:
    return zipped({**parts(), "xl/worksheets/sheet1.xml": sheet().replace("UTF-8", "GBK").encode("gbk")})


def _name_lines(name: str) -> bytes:
    return zipped({**parts(), "xl/workbook.xml": workbook((name, ""))})


def _defined_names(count: int) -> bytes:
    names = "".join(f'<definedName name="n{n}">表1!$A${n}</definedName>' for n in range(1, count))
    return zipped({**parts(), "xl/workbook.xml": workbook(("表1", ""), extra=f"<definedNames>{names}</definedNames>")})


OOXML: dict[str, Maker] = {
    "far_corner": lambda: xlsx(sheet(_far("XFD1048576", 1048576))),
    "far_row": lambda: xlsx(sheet(_far("A1048576", 1048576))),
    "far_column": lambda: xlsx(sheet(rows() + f'<row r="9">{cell("XFD9", 1)}</row>')),
    "far_corner_without_references": lambda: xlsx(sheet(rows() + '<row r="1048576">' + "<c><v>1</v></c>" * 300 + "</row>")),
    "far_corner_prefixed": lambda: xlsx(sheet(_far("XFD1048576", 1048576).replace("<row", "<x:row").replace(
        "</row", "</x:row").replace("<c ", "<x:c ").replace("</c>", "</x:c>")).replace("<worksheet ", f'<worksheet xmlns:x="{NS}" ')),
    "far_corner_single_quotes": lambda: xlsx(sheet(_far("XFD1048576", 1048576)).replace('"', "'")),
    "far_corner_rows_out_of_order": lambda: xlsx(sheet(f'<row r="1048576">{cell("XFD1048576", 1)}</row>{rows()}')),
    "beyond_the_last_row": lambda: xlsx(sheet(_far("A99999999", 99999999))),
    "row_number_overflows": lambda: xlsx(sheet(rows() + '<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c></row>')),
    "column_overflows": lambda: xlsx(sheet(rows() + '<row r="9"><c r="ZZZZZZZZZ9"><v>1</v></c></row>')),
    "row_zero": lambda: xlsx(sheet('<row r="0"><c r="A0"><v>1</v></c></row>' + rows())),
    "reference_is_words": lambda: xlsx(sheet('<row r="x"><c r="你好"><v>1</v></c></row>' + rows())),
    "no_references": lambda: xlsx(sheet(rows().replace(' r="', ' q="'))),
    "rows_twice": lambda: xlsx(sheet(rows() + rows())),
    "dimension_lies_small": lambda: xlsx(sheet(before='<dimension ref="A1:A1"/>')),
    "dimension_lies_large": lambda: xlsx(sheet(before='<dimension ref="A1:XFD1048576"/>')),
    "dimension_is_nonsense": lambda: xlsx(sheet(before='<dimension ref="你好"/>')),
    "dimension_backwards": lambda: xlsx(sheet(before='<dimension ref="Z99:A1"/>')),
    "sixteen_thousand_columns": lambda: xlsx(sheet(_wide(16384, 20))),
    "three_thousand_columns": lambda: xlsx(sheet(_wide(3000, 300))),
    "hundred_thousand_rows": lambda: xlsx(sheet(_long(100_000))),
    "three_hundred_thousand_rows": lambda: xlsx(sheet(_long(300_000))),
    "million_short_rows": lambda: xlsx(sheet("".join(f'<row r="{r}"><c r="A{r}"><v>{r}</v></c></row>' for r in range(1, 1_000_001)))),
    "million_empty_rows": lambda: xlsx(sheet(rows() + "".join(f'<row r="{r}"/>' for r in range(10, 1_000_000)))),
    "styled_blanks_to_the_end": lambda: xlsx(sheet(rows() + "".join(
        f'<row r="{r}"><c r="A{r}" s="0"/><c r="Z{r}" s="0"/></row>' for r in range(10, 400_000)))),
    "repeated_heads": lambda: xlsx(sheet("".join(rows(1, 1 + 2 * n) for n in range(5000)))),
    "sparse_diagonal": lambda: xlsx(sheet("".join(
        f'<row r="{n * 60}"><c r="{a}{b}{n * 60}"><v>1</v></c></row>'
        for n, (a, b) in enumerate(((x, y) for x in "ABCDEFGHIJ" for y in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 1)))),
    "zip_bomb_beside": lambda: _zip_bomb(900_000_000),
    "zip_bomb_sheet": lambda: _sheet_bomb(300_000_000),
    "zip_bomb_sheet_large": lambda: _sheet_bomb(790_000_000),
    "size_in_directory_lies": _local_header_lies,
    "encrypted_members": _encrypted_bit,
    "many_members": _many_members,
    "merges_200000": lambda: _merges(200_000),
    "merges_of_everything": _wide_merges,
    "styles_million": lambda: _styles(1_000_000),
    "number_formats_100000": lambda: _formats(100_000),
    "long_string_in_every_cell": lambda: with_strings(
        f'{HEAD}<sst xmlns="{NS}"><si><t>{"长" * 20_000}</t></si></sst>', "".join(
            f'<row r="{r}">' + "".join(f'<c r="{c}{r}" t="s"><v>0</v></c>' for c in "ABCDEFGH") + "</row>" for r in range(1, 3000))),
    "relations_swollen": lambda: zipped({**parts(), "xl/_rels/workbook.xml.rels": relations(
        ("worksheet", "worksheets/sheet1.xml"), more=" " * 150_000_000)}),
    "one_part_many_sheets": _told_often,
    "attribute_without_end": lambda: xlsx(sheet("<row hidden=1 " + "a" * 2_000_000 + ">")),
    "columns_from_below_zero": lambda: xlsx(sheet(before='<cols><col min="-999999999" max="5" width="1e999"/></cols>')),
    "columns_told_again": lambda: xlsx(sheet(before="<cols>" + '<col min="1" max="1024" hidden="1"/>' * 30_000 + "</cols>")),
    "number_beyond_rounding": lambda: xlsx(sheet(rows().replace("<v>3000</v>", "<v>1.7976931348623157E308</v>"))),
    "last_row_of_all": lambda: xlsx(sheet(rows() + f'<row r="1048576">{cell("A1048576", 1)}</row>')),
    "all_columns_hidden": _columns_hidden,
    "all_rows_hidden": _rows_hidden,
    "no_sheets": lambda: zipped({**parts(), "xl/workbook.xml": workbook()}),
    "sheets_400": lambda: _sheets(400),
    "sheets_250": lambda: _sheets(250),
    "all_sheets_hidden": lambda: _sheets(3, ' state="hidden"'),
    "very_hidden": lambda: _sheets(2, ' state="veryHidden"'),
    "state_is_nonsense": lambda: _sheets(2, ' state="某"'),
    "same_sheet_name_twice": lambda: zipped({**parts(sheet(), sheet()), "xl/workbook.xml": workbook(("表", ""), ("表", ""))}),
    "sheet_name_with_path": lambda: _name_lines("../../etc/passwd"),
    "sheet_name_control": lambda: _name_lines("表&#10;&#13;&#9;一"),
    "sheet_name_long": lambda: _name_lines("长" * 5000),
    "sheet_name_empty": lambda: _name_lines(""),
    "sheet_name_formula": lambda: _name_lines("=1+1"),
    "external_links": _external,
    "target_outside": lambda: _target("../../../../etc/passwd"),
    "target_absolute": lambda: _target("/xl/worksheets/sheet1.xml"),
    "target_file_url": lambda: _target("file:///etc/passwd"),
    "target_missing": lambda: _target("worksheets/none.xml"),
    "target_itself": lambda: _target("workbook.xml"),
    "target_backslashes": lambda: _target("worksheets\\sheet1.xml"),
    "entity_bomb_sheet": lambda: xlsx(sheet(rows() + '<row r="9"><c r="A9" t="inlineStr"><is><t>&i;</t></is></c></row>').replace(
        "?>\n", "?>\n" + BOMB, 1)),
    "entity_bomb_strings": lambda: with_strings(HEAD + BOMB + f'<sst xmlns="{NS}"><si><t>&i;</t></si></sst>',
                                                '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' + rows(3, 2)),
    "entity_from_a_file": lambda: xlsx(sheet(rows() + '<row r="9"><c r="A9" t="inlineStr"><is><t>&z;&w;</t></is></c></row>').replace(
        "?>\n", "?>\n" + OUTSIDE, 1)),
    "doctype_in_workbook": lambda: zipped({**parts(), "xl/workbook.xml": workbook(("表1", "")).replace("?>\n", "?>\n" + BOMB, 1)}),
    "circular_formula": lambda: _formulas("F{r}+1"),
    "chained_formulas_30000": lambda: _formulas("F{n}+1", 30_000),
    "sums_of_sums": lambda: _formulas("SUM(F{n}:F60000)", 3000),
    "deep_brackets": lambda: _formulas("(" * 5000 + "1" + ")" * 5000),
    "long_minus": lambda: _formulas("-" * 300 + "1"),
    "huge_power": lambda: _formulas("1E999999*1E999999"),
    "long_formula": lambda: _formulas("+".join(["1"] * 200_000)),
    "shared_formulas": lambda: xlsx(sheet(rows() + "".join(
        f'<row r="{r}"><c r="F{r}"><f t="shared" si="0" ref="F10:F99999"/></c></row>' for r in range(10, 20000)))),
    "errors_everywhere": lambda: xlsx(sheet(rows() + "".join(
        f'<row r="{r}"><c r="F{r}" t="e"><v>#REF!</v></c></row>' for r in range(10, 5000)))),
    "numbers_are_nonsense": lambda: xlsx(sheet(rows() + "".join(
        f'<row r="{r}"><c r="A{r}"><v>{v}</v></c><c r="C{r}" t="inlineStr"><is><t>第1号项目</t></is></c><c r="F{r}"><v>{v}</v></c></row>'
        for r, v in enumerate(("NaN", "INF", "-INF", "1e400", "1e308", "--1", "", "0x10", "１２", "9" * 400), 10)))),
    "dates_out_of_range": lambda: with_styles(
        f'{HEAD}<styleSheet xmlns="{NS}"><cellXfs><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>',
        rows() + "".join(f'<row r="{r}"><c r="A{r}" s="0"><v>{v}</v></c><c r="B{r}" s="1"><v>{v}</v></c></row>'
                         for r, v in enumerate((-1, 0, 60, 2958466, 1e15, -1e15, 1e300), 10))),
    "cell_type_unknown": lambda: xlsx(sheet('<row r="1"><c r="A1" t="某"><v>1</v></c><c r="B1" t="d"><v>x</v></c><c r="C1" t="b"><v>7</v></c></row>')),
    "string_index_out_of_range": lambda: xlsx(sheet('<row r="1"><c r="A1" t="s"><v>5</v></c></row>' + rows(3, 2))),
    "strings_million": lambda: _strings_many(1_000_000),
    "string_of_50_mb": lambda: xlsx(sheet(rows() + f'<row r="9">{cell("C9", "长" * 17_000_000)}</row>')),
    "name_of_32767": lambda: xlsx(sheet(rows() + "".join(
        f'<row r="{r}">{cell(f"C{r}", f"{r}" + "项目" * 16000)}{cell(f"F{r}", 1)}</row>' for r in range(5, 25)))),
    "control_characters": lambda: xlsx(sheet(rows().replace("第1号项目", "第_x0000__x0007_1&#9;号&#10;项目_x001B_").replace("第2号项目", "第&#7;2号"))),
    "direction_marks": lambda: xlsx(sheet(rows().replace("第1号项目", "\u202e第1号\u200b\u200d\ufeff项目\u2066"))),
    "surrogates": lambda: xlsx(sheet(rows().replace("第1号项目", "_xD800__xDC00_&#x1F600;第1号项目_xDFFF_"))),
    "formula_words": lambda: xlsx(sheet(rows().replace("第1号项目", "=cmd|' /c calc'!A1").replace("第2号项目", "@SUM(1)").replace(
        "主体施工", "+1-1|=HYPERLINK(1)"))),
    "deep_rich_text": lambda: _deep(50_000),
    "deep_elements": lambda: xlsx(sheet(rows(), after="<a>" * 200_000 + "</a>" * 200_000)),
    "never_closed": lambda: xlsx(sheet()[:-40]),
    "second_root": lambda: xlsx(sheet() + "<x/>"),
    "sheet_is_empty": lambda: xlsx(""),
    "sheet_is_words": lambda: xlsx("你好"),
    "sheet_is_binary": lambda: zipped({**parts(), "xl/worksheets/sheet1.xml": bytes(range(256)) * 100}),
    "no_rows": lambda: xlsx(f'<worksheet xmlns="{NS}"><sheetData/></worksheet>'),
    "utf16_part": _utf16,
    "gbk_part": _gbk,
    "strict": _strict,
    "chart_sheet_only": _chart_only,
    "pivot_cache": _pivot,
    "macro": _macro,
    "defined_names_200000": lambda: _defined_names(200_000),
    "without_workbook": lambda: without("xl/workbook.xml"),
    "without_relations": lambda: without("xl/_rels/workbook.xml.rels"),
    "without_types": lambda: without("[Content_Types].xml"),
    "without_sheet": lambda: without("xl/worksheets/sheet1.xml"),
    "without_root_relations": lambda: without("_rels/.rels"),
    "types_wrong": lambda: zipped({**parts(), "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>'}),
    "workbook_elsewhere": lambda: zipped({
        k.replace("xl/", "别/"): v.replace("xl/", "别/") if isinstance(v, str) else v for k, v in parts().items()}),
    "names_in_capitals": lambda: zipped({k.upper() if k.startswith("xl/") else k: v for k, v in parts().items()}),
    "names_with_backslashes": lambda: zipped({k.replace("/", "\\"): v for k, v in parts().items()}),
    "member_with_path": lambda: zipped({**parts(), "../../../evil.txt": "x", "/etc/evil": "x", "C:\\evil.txt": "x"}),
    "stored": lambda: zipped(parts(), stored=True),
    "truncated_half": lambda: xlsx(sheet(rows(500)))[:4000],
    "truncated_directory": lambda: xlsx()[:-30],
    "garbage_before": lambda: b"GARBAGE" * 10 + xlsx(),
    "garbage_after": lambda: xlsx() + b"\0" * 70_000,
    **{f"bits_flipped_{n}": (lambda n=n: _flipped(n)) for n in range(1, 9)},
}
