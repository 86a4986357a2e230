"""Hidden rows and columns, error values and uncomputed formulas of an xlsx, read from its XML by search.

Only these few marks are looked for, with byte patterns, so that a large book costs little more than unzipping it.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from hydesk.excel.form import SheetForm, position
from hydesk.excel.number_formats import BUILTIN, matters, two_decimals
from hydesk.excel.parts import Parts
from hydesk.excel.struck import struck_cells, struck_strings, struck_styles

# Every repetition has an end: a mark that is never closed must not be searched again from each of its letters.
_SHEET = re.compile(rb"<(?:\w{1,20}:)?sheet\b([^>]{0,2000})/?>")
_RELATION = re.compile(rb"<Relationship\b([^>]{0,4000})/?>")
_ATTRIBUTE = re.compile(rb"(?<![\w:])([\w:]{1,60})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')")
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b([^>]{0,1000})>")
_COLUMN = re.compile(rb"<(?:\w{1,20}:)?col\b([^>]{0,1000})/?>")
_ERROR_CELL = re.compile(rb"<(?:\w{1,20}:)?c\b([^>]{0,100}\bt=[\"']e[\"'][^>]{0,100})>"
                         rb"(?:<f[^>]{0,200}>[^<]{0,9000}</f>|<f[^>]{0,200}/>)?\s{0,9}<v>([^<]{0,40})</v>")
_FORMULA_CELL = re.compile(
    rb"<c\b([^>]{0,200})>\s{0,9}<f\b([^>]{0,200}?)(?:/>|>([^<]{0,9000})</f>)\s{0,9}(?:<v\s{0,9}/>|<v>\s{0,9}</v>)?\s{0,9}</c>"
)
_FROM_1904 = re.compile(rb"<(?:\w{1,20}:)?workbookPr\b[^>]{0,2000}?\bdate1904\s{0,9}=\s{0,9}[\"'](?:1|true)[\"']")
_WIDEST = 1024
_TRUE = (b"1", b"true")


def read_xlsx_forms(parts: Parts) -> dict[str, SheetForm]:
    """By sheet name. A part that cannot be read is passed over: calamine says what is damaged."""
    forms: dict[str, SheetForm] = {}
    read: dict[str, SheetForm] = {}
    names = parts.lowered
    members = sheet_members(parts)
    if not members:
        return forms
    from_1904 = counts_from_1904(parts)
    style_part = parts.read(names["xl/styles.xml"]) if "xl/styles.xml" in names else b""
    styles, struck = _telling_styles(style_part), struck_styles(style_part)
    strings = struck_strings(parts.read(names["xl/sharedstrings.xml"])) if "xl/sharedstrings.xml" in names else {}
    for title, member in members.items():
        if member not in read:
            data = parts.read(member)
            read[member] = replace(_form(data, from_1904), formats=_formats(data, styles),
                                   struck=struck_cells(data, strings, struck))
        forms[title] = read[member]
    return forms


def sheet_members(parts: Parts) -> dict[str, str]:
    """By sheet name the archive's member that holds it; sheets whose member is not there are left out."""
    names = {name.replace("\\", "/"): member for name, member in parts.lowered.items()}
    book, relations = names.get("xl/workbook.xml"), names.get("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return {}
    targets = {
        a.get(b"Id", b""): a.get(b"Target", b"")
        for a in (_attributes(m[1]) for m in _RELATION.finditer(parts.read(relations)))
    }
    found: dict[str, str] = {}
    for m in _SHEET.finditer(parts.read(book)):
        a = _attributes(m[1])
        title = html.unescape(a.get(b"name", b"").decode("utf-8", "replace"))
        target = targets.get(next((v for k, v in a.items() if k.endswith(b":id")), b""), b"").decode("utf-8", "replace")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        member = names.get(path.lower())
        if member is not None:
            found[title] = member
    return found


def counts_from_1904(parts: Parts) -> bool:
    """Whether the workbook counts its days from 1904."""
    book = {name.replace("\\", "/"): member for name, member in parts.lowered.items()}.get("xl/workbook.xml")
    return book is not None and _FROM_1904.search(parts.read(book)) is not None


def style_codes(data: bytes) -> list[str]:
    """The number format of every style of cells, in their order, "" for General, of a workbook's styles part."""
    codes = dict(_SHOWN_BY_ALL)
    for m in _NUMBER_FORMAT.finditer(data):
        a = _attributes(m[1])
        if a.get(b"numFmtId", b"").isdigit():
            codes[int(a[b"numFmtId"][:9])] = html.unescape(a.get(b"formatCode", b"").decode("utf-8", "replace"))
    begin = data.find(b"cellXfs")
    end = data.find(b"cellXfs>", begin + 8) if begin >= 0 else 0
    numbers = [_attributes(m[1]).get(b"numFmtId", b"0") for m in _CELL_STYLE.finditer(data, max(begin, 0), end)]
    return [codes.get(int(n[:9]), "") if n.isdigit() else "" for n in numbers]


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {m[1]: m[2] if m[2] is not None else m[3] for m in _ATTRIBUTE.finditer(text)}


def _form(data: bytes, from_1904: bool) -> SheetForm:
    hidden_rows: set[int] = set()
    if b"hidden=" in data:
        for m in _ROW.finditer(data):
            if b"hidden=" in m[1]:
                a = _attributes(m[1])
                if a.get(b"hidden") in _TRUE and a.get(b"r", b"").isdigit():
                    hidden_rows.add(int(a[b"r"][:9]))
    hidden_columns, widths = _columns(data)
    errors = _errors(data) if b't="e"' in data or b"t='e'" in data else {}
    formulas = _formulas(data) if b"<f" in data else {}
    return SheetForm(frozenset(hidden_rows), frozenset(hidden_columns), errors, formulas, widths, from_1904)


_SHOWN_BY_ALL = BUILTIN | {1: "0", 3: "#,##0", 11: "0.00E+00", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "yyyy/m/d h:mm",
                           27: "yyyy\"年\"m\"月\"", 31: "yyyy\"年\"m\"月\"d\"日\"", 37: "#,##0", 38: "#,##0", 49: "@", 57: "yyyy\"年\"m\"月\"",
                           58: "m\"月\"d\"日\""}
"""Formats that every workbook knows by number (ECMA-376, 18.8.30, and those of Chinese ones)."""
_NUMBER_FORMAT = re.compile(rb"<(?:\w{1,20}:)?numFmt\b([^>]{0,2000})/?>")
_CELL_STYLE = re.compile(rb"<(?:\w{1,20}:)?xf\b([^>]{0,1000})/?>")


def _telling_styles(data: bytes) -> dict[bytes, str]:
    """The styles of cells, by their number, whose format may show another figure than the stored one."""
    codes = dict(BUILTIN)
    for m in _NUMBER_FORMAT.finditer(data):
        a = _attributes(m[1])
        if a.get(b"numFmtId", b"").isdigit():
            codes[int(a[b"numFmtId"][:9])] = html.unescape(a.get(b"formatCode", b"").decode("utf-8", "replace"))
    begin = data.find(b"cellXfs")
    styles: dict[bytes, str] = {}
    for at, m in enumerate(_CELL_STYLE.finditer(data, begin, data.find(b"cellXfs>", begin + 8) if begin >= 0 else 0)):
        number = _attributes(m[1]).get(b"numFmtId", b"")
        code = codes.get(int(number[:9]), "") if number.isdigit() else ""
        if matters(code) or two_decimals(code):
            styles[str(at).encode()] = code
    return styles


def _formats(data: bytes, styles: Mapping[bytes, str]) -> dict[tuple[int, int], str]:
    """The formats of the cells with figures that are shown otherwise; of two decimals only those of years (2022.1)."""
    found: dict[tuple[int, int], str] = {}
    for wanted, value in ((matters, rb"[^<]{1,40}"), (two_decimals, rb"(?:19[89]\d|20\d\d)\.\d")):
        numbers = [n for n, code in styles.items() if wanted(code)]
        if not numbers:
            continue
        cell = re.compile(rb"<(?:\w{1,20}:)?c\b(?=[^>]{0,200}\ss=[\"'](" + b"|".join(numbers) + rb")[\"'])([^>]{0,200})>"
                          rb"(?:<f[^>]{0,200}>[^<]{0,9000}</f>|<f[^>]{0,200}/>)?<v>" + value + rb"</v>")
        for m in cell.finditer(data):
            with suppress(KeyError, ValueError):
                found[position(_attributes(m[2])[b"r"].decode())] = styles[m[1]]
    return found


def _columns(data: bytes) -> tuple[set[int], dict[int, float]]:
    hidden: set[int] = set()
    widths: dict[int, float] = {}
    passed = 0
    start = data.find(b"<cols")
    if start < 0:
        return hidden, widths
    for m in _COLUMN.finditer(data, start, data.find(b"</cols>", start) + 1 or len(data)):
        a = _attributes(m[1])
        try:
            first, last = max(int(a[b"min"][:9]), 1), min(int(a[b"max"][:9]), _WIDEST)
            width = float(a.get(b"width", b"0"))
        except (KeyError, ValueError):
            continue
        passed += max(0, last - first)
        if passed > 100 * _WIDEST:
            break  # columns told over and over
        for column in range(first, last + 1):
            if a.get(b"hidden") in _TRUE:
                hidden.add(column)
            if 0 < width < 1000:
                widths[column] = width
    return hidden, widths


def _errors(data: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for m in _ERROR_CELL.finditer(data):
        try:
            found[position(_attributes(m[1])[b"r"].decode())] = m[2].decode("utf-8", "replace")
        except (KeyError, ValueError):
            continue
    return found


def _formulas(data: bytes) -> dict[tuple[int, int], str]:
    """Formulas whose result the file does not hold, among them sums typed as =1200+35.5."""
    found: dict[tuple[int, int], str] = {}
    for m in _FORMULA_CELL.finditer(data):
        try:
            where = position(_attributes(m[1])[b"r"].decode())
        except (KeyError, ValueError):
            continue
        found[where] = "=" + html.unescape((m[3] or b"").decode("utf-8", "replace"))
    return found
