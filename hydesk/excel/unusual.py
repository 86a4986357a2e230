"""Which workbooks are not plainly a table of usual size, told from their bytes without reading them.

Plain means: nothing in the file claims more than the file can hold, so that no reader allocates out of measure.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib

from hydesk.domain.errors import HydeskError
from hydesk.excel import limits
from hydesk.excel.form import position
from hydesk.excel.mend_xlsx import ENTITIES
from hydesk.excel.parts import Parts
from hydesk.excel.xls_form import workbook_records

PLAIN_XML = 80 * 1024 * 1024
_COUNT = re.compile(rb"<(?:\w+:)?sst\b[^>]{0,1000}>")
_NUMBER = re.compile(rb"[cC]ount\s*=\s*[\"'](\d+)[\"']")
_ROW = re.compile(rb"<row\b[^>]{0,500}?\sr\s{0,9}=\s{0,9}[\"'](\d+)[\"']")
_LONG_ROW = re.compile(rb"<row\b[^>]{500}")
_SHEETS = re.compile(rb"<(?:\w{1,20}:)?sheet\s")
_FAR = re.compile(rb"\br\s*=\s*[\"']\$?(?:([A-Za-z]{3,})\$?(\d+)|([A-Za-z]{1,2})\$?(\d{5,}))[\"']")
_LONG_TEXT, _REPEATED = 1000, 50_000_000
_USUAL_COLUMNS = 702
_BOF5_AND_8, _DIMENSIONS, _SST = (0x0500, 0x0600), 0x200, 0xFC
_CELLS = frozenset({0x06, 0x203, 0x204, 0x205, 0x27E, 0xBD, 0xBE, 0xD6, 0xFD, 0x201})


class Unusual(Exception):
    """The file had better be read by a second process; ``why`` is the sentence to show should that one fail."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


def refuse_unusual(content: bytes, form: str, parts: Parts | None = None) -> None:
    """Raise Unusual where ``content`` is not plain; ``parts`` are those of an xlsx, where the caller has opened it."""
    if form == "xlsx":
        _xlsx(content, parts)
    elif form == "xls":
        _xls(content)
    else:
        raise Unusual


def _xlsx(content: bytes, parts: Parts | None) -> None:
    try:
        parts = parts or Parts(content)
        xml = [m for m in parts.members if m.filename.lower().endswith((".xml", ".rels"))]
        if sum(m.file_size for m in xml) > PLAIN_XML or len(parts.members) > 2000:
            raise Unusual
        sheets = told = longest = 0
        for m in xml:
            path = m.filename.replace("\\", "/").lower()
            if "sharedstrings" in path:
                data = parts.read(m.filename)
                _strings(data)
                longest = max(map(len, data.split(b"<si")))
            elif path.startswith("xl/") and "sheet" in path and "rels" not in path:
                sheets += 1
                _sheet(parts.read(m.filename))
            elif path.startswith("xl/workbook"):
                told = len(_SHEETS.findall(parts.read(m.filename)))
        if longest > _LONG_TEXT and longest * sum(
                parts.read(m.filename).count(b"<c ") for m in xml if "sheet" in m.filename.lower()) > _REPEATED:
            raise Unusual  # one long text named by many cells is a long text in each
        if told > sheets:
            raise Unusual  # one part told as many sheets
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, NotImplementedError, RuntimeError) as e:
        raise Unusual from e


def _strings(data: bytes) -> None:
    if b"<!ENTITY" in data:
        raise HydeskError(ENTITIES.format("这个文件"))
    head = _COUNT.search(data)
    if head and any(int(n[:20]) > len(data) // 4 + 100 for n in _NUMBER.findall(head[0])):
        raise Unusual


def _sheet(data: bytes) -> None:
    if abs(data.count(b"<") - data.count(b">")) > 1000 or (b"<row" not in data and b"row" in data):
        raise Unusual
    if _LONG_ROW.search(data):
        raise Unusual
    if b"<!ENTITY" in data:
        raise HydeskError(ENTITIES.format("这个文件"))
    if not data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        raise Unusual
    rows = max((int(n[:20]) for n in _ROW.findall(data)), default=0)
    columns = _USUAL_COLUMNS
    far = _FAR.findall(data)
    for letters in {found[0] or found[2] for found in far}:
        if len(letters) > 3:
            raise Unusual
        columns = max(columns, position(f"{letters.decode().upper()}1")[1])
    rows = max(rows, max((int(digits[:20]) for found in far for digits in (found[1], found[3]) if digits), default=0))
    if rows * columns > limits.CELLS and (columns > _USUAL_COLUMNS or rows * 30 > len(data)):
        raise Unusual(_too_far(rows, columns) if rows * columns > 4 * limits.CELLS else "")


def _too_far(rows: int, columns: int) -> str:
    return (f"有工作表在很远的地方（第 {rows} 行、第 {columns} 列一带）还有内容，超出可读取的范围。"
            "请删去表格以外的行和列后另存再报。")


def _xls(content: bytes) -> None:
    """Plain is a stream of BIFF5 or BIFF8 whose records can be walked and whose cells lie close together."""
    try:
        rows = columns = found = 0
        for kind, at, length, stream in workbook_records(content):
            found += 1
            if kind == 0x809 and struct.unpack_from("<H", stream, at)[0] not in _BOF5_AND_8:
                raise Unusual
            if kind == _SST and struct.unpack_from("<I", stream, at + 4)[0] > len(stream) // 3:
                raise Unusual
            if kind == _DIMENSIONS and length >= 14:
                _, last_row, _, last_column = struct.unpack_from("<IIHH", stream, at)
                rows, columns = max(rows, last_row), max(columns, last_column)
            if kind in _CELLS and length >= 4:
                row, column = struct.unpack_from("<HH", stream, at)
                rows, columns = max(rows, row + 1), max(columns, column + 1)
        if not found or rows * columns > limits.CELLS // 4 or columns > 256:
            raise Unusual
    except (struct.error, IndexError, ValueError) as e:
        raise Unusual from e
