"""Hidden rows and columns, error values, number formats and struck-out cells of an xlsb (BIFF12), which calamine leaves out.

Only the heads of records are walked; the layout is Microsoft's [MS-XLSB].
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hydesk.excel.form import SheetForm
from hydesk.excel.number_formats import BUILTIN, matters, two_decimals
from hydesk.excel.xls_struck import StruckMarks, words_left

_ROW, _RK, _ERROR, _REAL, _SHARED, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 7, 9, 11
_TEXT, _FORMULA_TEXT, _STRING, _RICH = 6, 8, 19, 62
_FONT, _FORMAT, _STYLE, _COLUMN, _SHEET, _STYLES, _STYLES_END = 43, 44, 47, 60, 156, 617, 618
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_RELATION = re.compile(rb"<Relationship\b([^>]{0,4000})/?>")
_ATTRIBUTE = re.compile(rb"\b(Id|Target)\s{0,9}=\s{0,9}[\"']([^\"']{0,2000})[\"']")
_WIDEST = 1024


def read_xlsb_forms(content: bytes) -> dict[str, SheetForm]:
    """By sheet name; empty where a part cannot be walked (calamine says what is damaged)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {n.lower(): n for n in archive.namelist()}
            relations = dict(_targets(archive.read(names["xl/_rels/workbook.bin.rels"])))
            formats, marks = _styles(archive.read(names["xl/styles.bin"])) if "xl/styles.bin" in names else ({}, StruckMarks(frozenset(), frozenset(), {}))
            if marks.fonts and "xl/sharedstrings.bin" in names:
                marks = replace(marks, strings=dict(_rich(archive.read(names["xl/sharedstrings.bin"]), marks.fonts)))
            forms: dict[str, SheetForm] = {}
            for title, relation in _sheets(archive.read(names["xl/workbook.bin"])):
                member = names.get(posixpath.normpath(posixpath.join("xl", relations.get(relation, "").lstrip("/"))).lower())
                if member is not None:
                    forms[title] = _form(archive.read(member), formats, marks)
            return forms
    except (KeyError, struct.error, IndexError, ValueError, zipfile.BadZipFile, OSError):
        return {}


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, start of body, length) of each record; kind and length are written in bytes of seven bits."""
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift >= 28:
                break
        yield kind, at, length
        at += length


def _words(data: bytes, at: int) -> tuple[str, int]:
    """A string of wide letters and where it ends."""
    count, = struct.unpack_from("<I", data, at)
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _targets(data: bytes) -> Iterator[tuple[str, str]]:
    for m in _RELATION.finditer(data):
        told = {a[1]: a[2].decode("utf-8", "replace") for a in _ATTRIBUTE.finditer(m[1])}
        yield told.get(b"Id", ""), told.get(b"Target", "")


def _sheets(data: bytes) -> Iterator[tuple[str, str]]:
    """Every sheet's name and the relation that leads to its part."""
    for kind, at, length in _records(data):
        if kind == _SHEET and length >= 16:
            relation, end = _words(data, at + 8)
            yield _words(data, end)[0], relation


def _rich(data: bytes, fonts: frozenset[int]) -> Iterator[tuple[int, tuple[str, tuple[tuple[int, int], ...]]]]:
    """The shared strings with a struck run, by their number: text and runs (from which letter on, in which font)."""
    number = 0
    for kind, at, length in _records(data):
        if kind != _STRING:
            continue
        if length >= 5 and data[at] & 1:
            text, runs = _runs(data, at)
            if any(font in fonts for _, font in runs):
                yield number, (text, runs)
        number += 1


def _runs(data: bytes, at: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    text, end = _words(data, at + 1)
    count, = struct.unpack_from("<I", data, end)
    return text, tuple(struct.unpack_from("<HH", data, end + 4 + 4 * n) for n in range(min(count, len(text))))


def _styles(data: bytes) -> tuple[dict[int, str], StruckMarks]:
    """The cell styles by number whose format may show another figure than the stored one; fonts and styles struck through."""
    codes = dict(BUILTIN)
    fonts: list[bool] = []
    cells: list[tuple[int, int]] = []
    within = False
    for kind, at, length in _records(data):
        if kind == _FORMAT and length >= 6:
            codes[struct.unpack_from("<H", data, at)[0]] = _words(data, at + 2)[0]
        elif kind == _FONT and length >= 4:
            fonts.append(bool(struct.unpack_from("<H", data, at + 2)[0] & 0x08))
        elif kind in (_STYLES, _STYLES_END):
            within = kind == _STYLES
        elif kind == _STYLE and within and length >= 6:
            cells.append(struct.unpack_from("<HH", data, at + 2))
    formats = {n: code for n, (number, _) in enumerate(cells) if (code := codes.get(number, "")) and (matters(code) or two_decimals(code))}
    struck = frozenset(n for n, font in enumerate(fonts) if font)
    return formats, StruckMarks(struck, frozenset(n for n, (_, font) in enumerate(cells) if font in struck), {})


def _left(data: bytes, kind: int, at: int, style: int, marks: StruckMarks) -> str | None:
    """What is left of a cell's words where some are struck through, "" where all are; None where none is."""
    whole = style in marks.styles
    rich = None
    if kind == _SHARED and marks.strings:
        rich = marks.strings.get(struct.unpack_from("<I", data, at + 8)[0])
    elif kind == _RICH and marks.fonts and data[at + 8] & 1:
        rich = _runs(data, at + 8)
    if rich is None or not any(font in marks.fonts for _, font in rich[1]):
        return "" if whole else None
    return words_left(*rich, marks.fonts, whole)


def _form(data: bytes, formats: Mapping[int, str], marks: StruckMarks) -> SheetForm:
    rows: set[int] = set()
    columns: set[int] = set()
    widths: dict[int, float] = {}
    errors: dict[tuple[int, int], str] = {}
    shown: dict[tuple[int, int], str] = {}
    out: dict[tuple[int, int], str] = {}
    row = 0
    for kind, at, length in _records(data):
        if kind == _ROW and length >= 12:
            row = struct.unpack_from("<I", data, at)[0] + 1
            if data[at + 11] & 0x10:
                rows.add(row)
        elif kind == _COLUMN and length >= 18:
            first, last, width, _, flags = struct.unpack_from("<4IH", data, at)
            for column in range(first + 1, min(last + 1, _WIDEST) + 1):
                widths[column] = width / 256
                if flags & 1:
                    columns.add(column)
        elif kind in (_RK, _REAL, _FORMULA_NUMBER, _SHARED, _TEXT, _RICH, _FORMULA_TEXT, _ERROR, _FORMULA_ERROR) and length >= 9:
            column, style = struct.unpack_from("<II", data, at)
            where, style = (row, column + 1), style & 0xFFFFFF
            if kind in (_ERROR, _FORMULA_ERROR):
                errors[where] = _ERRORS.get(data[at + 8], "#N/A")
            elif (left := _left(data, kind, at, style, marks)) is not None:
                out[where] = left
            elif kind in (_RK, _REAL, _FORMULA_NUMBER) and style in formats:
                shown[where] = formats[style]
    return SheetForm(frozenset(rows), frozenset(columns), errors, {}, widths, formats=shown, struck=out)
