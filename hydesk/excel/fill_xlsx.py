"""Values into the cells of an xlsx, everything else left as it is: only the sheets' XML is written anew, cell by cell.

A cell keeps its style; words go in as inline strings, so that the table of shared strings stays the sender's. Results of
formulas are taken out of the sheets that change, so that whoever opens the file has them reckoned anew.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.filled_form import AddedRows, Written
from hydesk.domain.grid import column_letter
from hydesk.domain.written import CONTROL
from hydesk.excel.form import position
from hydesk.excel.parts import Parts
from hydesk.excel.shift_rows import shift_sheet
from hydesk.excel.xlsx_form import sheet_members

_LONGEST = 32767
_ROW = re.compile(rb"<((?:\w{1,20}:)?)row\b([^>]{0,2000}?)(/>|>)")
_CELL = re.compile(rb"<((?:\w{1,20}:)?)c\b([^>]{0,500}?)(?:/>|>(.*?)</(?:\w{1,20}:)?c>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb"([\w:]{1,60})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')")
_RESULT = re.compile(rb"\s*<(?:\w{1,20}:)?v\b[^>]{0,200}(?:/>|>[^<]*</(?:\w{1,20}:)?v>)")
_HAS_FORMULA = re.compile(rb"<(?:\w{1,20}:)?f\b")
_DATA = re.compile(rb"<((?:\w{1,20}:)?)sheetData\b[^>]{0,200}?(/>|>)")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class SheetFill:
    """What goes into one sheet: values by (row, column) of the filled sheet, and the rows it gets more."""

    values: Mapping[tuple[int, int], Written]
    added: Sequence[AddedRows] = ()


def fill_xlsx(content: bytes, sheets: Mapping[str, SheetFill], from_1904: bool = False) -> bytes:
    """``content`` with the values put in; every other part byte for byte. Raises HydeskError for a damaged workbook."""
    parts = Parts(content)
    members = sheet_members(parts)
    changed: dict[str, bytes] = {}
    touched = {name: fill for name, fill in sheets.items() if fill.values or fill.added}
    for name, fill in touched.items():
        if name not in members:
            raise HydeskError(f"工作簿里找不到工作表“{name}”，没有填写")
        changed[members[name]] = fill_sheet_xml(parts.read(members[name]), fill, from_1904)
    for member in set(members.values()) - changed.keys():
        data = parts.read(member)
        if touched and _HAS_FORMULA.search(data) and (made := _without_results(data, elsewhere=True)) != data:
            changed[member] = made
    return _zipped(content, changed)


def _zipped(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The archive with some members written anew, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = changed.get(info.filename)
            copy = zipfile.ZipInfo(info.filename, info.date_time)
            copy.compress_type, copy.external_attr, copy.extra = info.compress_type, info.external_attr, b""
            new.writestr(copy, old.read(info) if data is None else data)
    return out.getvalue()


def fill_sheet_xml(data: bytes, fill: SheetFill, from_1904: bool = False) -> bytes:
    """A sheet's XML with ``fill`` in it."""
    if moving := [a for a in fill.added if not a.below]:
        data = shift_sheet(data, moving)
    opening = _DATA.search(data)
    if opening is None:
        raise HydeskError("工作表的内容不完整，没有填写。请用 WPS 或 Excel 打开另存后再试")
    prefix = opening[1]
    if opening[2] == b"/>":
        data = data[: opening.start()] + b"<" + prefix + b"sheetData></" + prefix + b"sheetData>" + data[opening.end():]
        opening = _DATA.search(data)
        assert opening is not None
    end = data.find(b"</" + prefix + b"sheetData>", opening.end())
    by_row: dict[int, dict[int, Written]] = {}
    for (row, column), value in fill.values.items():
        by_row.setdefault(row, {})[column] = value
    models = {a.before + n: a.like for a in fill.added if a.below for n in range(a.count)}
    body = _Rows(prefix, by_row, from_1904, models).written(data[opening.end(): end])
    return data[: opening.end()] + body + data[end:]


class _Rows:
    """The rows of a sheet, written anew where cells of theirs are filled or hold results of formulas."""

    def __init__(self, prefix: bytes, values: dict[int, dict[int, Written]], from_1904: bool, models: Mapping[int, int]) -> None:
        self._prefix, self._values, self._from_1904, self._models = prefix, values, from_1904, models
        self._wanted = frozenset(models.values())
        self._kept: dict[int, tuple[bytes, dict[int, bytes]]] = {}
        """Of model rows their attributes and the styles of their cells."""
        self._like: dict[int, bytes] = {}
        """The style of the last cell seen in each column."""

    def written(self, body: bytes) -> bytes:
        out: list[bytes] = []
        waiting = sorted(self._values)
        at = number = 0
        while (m := _ROW.search(body, at)) is not None:
            out.append(body[at: m.start()])
            told = _attributes(m[2]).get(b"r", b"")
            number = int(told) if told.isdigit() else number + 1
            while waiting and waiting[0] < number:
                out.append(self._new_row(waiting.pop(0)))
            if m[3] == b"/>":
                cells, at = b"", m.end()
            else:
                close = body.find(b"</" + m[1] + b"row>", m.end())
                close = len(body) if close < 0 else close
                cells, at = body[m.end(): close], close + len(m[1]) + 6
            wanted: dict[int, Written] = {}
            if waiting and waiting[0] == number:
                waiting.pop(0)
                wanted = self._values[number]
            inner = self._cells(cells, number, wanted)
            if number in self._wanted:
                self._kept[number] = (re.sub(rb"\br\s*=\s*[\"']\d+[\"']", b"", m[2]).strip(), self._styles(cells))
            if m[3] == b"/>" and not inner:
                out.append(m[0])
            else:
                out.append(b"<" + m[1] + b"row" + m[2] + b">" + inner + b"</" + m[1] + b"row>")
        out.append(body[at:])
        out += [self._new_row(n) for n in waiting]
        return b"".join(out)

    def _new_row(self, number: int) -> bytes:
        p = self._prefix
        attributes, styles = self._kept.get(self._models.get(number, 0), (b"", {}))
        values = self._values[number]
        made: list[bytes] = []
        for c in sorted(values.keys() | styles.keys()):
            style = styles.get(c, self._like.get(c, b"")) if self._models.get(number) else self._like.get(c, b"")
            if c in values:
                made.append(self._cell(number, c, values[c], style))
            elif style:
                made.append(b"<" + p + f'c r="{column_letter(c)}{number}" s="{style.decode()}"/>'.encode())
        return b"<" + p + b'row r="%d"' % number + (b" " + attributes if attributes else b"") + b">" + b"".join(made) + b"</" + p + b"row>"

    def _cells(self, cells: bytes, row: int, wanted: Mapping[int, Written]) -> bytes:
        if not wanted and not _HAS_FORMULA.search(cells):
            if wanted or b"<" in cells:
                self._see(cells)
            return cells
        out: list[bytes] = []
        waiting = sorted(wanted)
        at = column = 0
        for m in _CELL.finditer(cells):
            column, style = _placed(m[2], column)
            out.append(cells[at: m.start()])
            at = m.end()
            self._like[column] = style
            while waiting and waiting[0] < column:
                c = waiting.pop(0)
                out.append(self._cell(row, c, wanted[c], self._like.get(c, b"")))
            if waiting and waiting[0] == column:
                waiting.pop(0)
                out.append(self._cell(row, column, wanted[column], style))
            else:
                out.append(_without_result(m[0]))
        out.append(cells[at:])
        tail = b"".join(self._cell(row, c, wanted[c], self._like.get(c, b"")) for c in waiting)
        return b"".join(out) + tail

    def _see(self, cells: bytes) -> None:
        self._like |= self._styles(cells)

    def _styles(self, cells: bytes) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        column = 0
        for m in _CELL.finditer(cells):
            column, style = _placed(m[2], column)
            found[column] = style
        return found

    def _cell(self, row: int, column: int, value: Written, style: bytes) -> bytes:
        p = self._prefix
        head = b"<" + p + f'c r="{column_letter(column)}{row}"'.encode() + (b' s="' + style + b'"' if style else b"")
        if isinstance(value, str):
            text = html.escape(CONTROL.sub("", value)[:_LONGEST], quote=False).encode("utf-8")
            return head + b' t="inlineStr"><' + p + b"is><" + p + b't xml:space="preserve">' + text + b"</" + p + b"t></" + p + b"is></" + p + b"c>"
        if isinstance(value, date):
            number = str((value - (_EPOCH_1904 if self._from_1904 else _EPOCH)).days)
        else:
            number = f"{value:f}" if isinstance(value, Decimal) else str(value)
        return head + b"><" + p + b"v>" + number.encode() + b"</" + p + b"v></" + p + b"c>"


_PLACE = re.compile(rb"(?<![\w:])r\s{0,9}=\s{0,9}[\"']([A-Z]{1,3})\d")
_STYLE = re.compile(rb"(?<![\w:])s\s{0,9}=\s{0,9}[\"'](\d{1,6})[\"']")


def _placed(attributes: bytes, before: int) -> tuple[int, bytes]:
    """A cell's column and style, by its attributes; one that names no place stands behind the one ``before``."""
    place, style = _PLACE.search(attributes), _STYLE.search(attributes)
    return _column(place[1]) if place is not None else before + 1, style[1] if style is not None else b""


@cache
def _column(letters: bytes) -> int:
    return position(letters.decode() + "1")[1]


def _without_result(cell: bytes) -> bytes:
    """A cell with a formula without its stored result; any other as it is."""
    if not _HAS_FORMULA.search(cell):
        return cell
    opening = cell.index(b">")
    head = re.sub(rb"\s+t\s*=\s*(?:\"[^\"]*\"|'[^']*')", b"", cell[:opening])
    return head + _RESULT.sub(b"", cell[opening:])


def _without_results(data: bytes, elsewhere: bool) -> bytes:
    """The sheet without the results of formulas; with ``elsewhere`` of those that look at other sheets."""
    def cut(m: re.Match[bytes]) -> bytes:
        return _without_result(m[0]) if not elsewhere or b"!" in m[0] else m[0]

    return _CELL.sub(cut, data)


def _attributes(text: bytes) -> dict[bytes, bytes]:
    return {m[1]: m[2] if m[2] is not None else m[3] for m in _ATTRIBUTE.finditer(text)}
