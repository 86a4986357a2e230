"""Rows put into a sheet's XML: what stands below moves down with its merges, formulas, formats and links.

The new rows are like one of the form's own: its height and the styles of its cells, its merges within the row. References of the sheet's own formulas move as a spreadsheet moves them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hydesk.domain.filled_form import AddedRows

_ROW = re.compile(rb"<((?:\w{1,20}:)?)row\b([^>]{0,2000}?)(/>|>(.*?)</(?:\w{1,20}:)?row>)", re.DOTALL)
_ROW_NUMBER = re.compile(rb"(\br\s*=\s*[\"'])(\d{1,7})([\"'])")
_CELL_HEAD = re.compile(rb"<((?:\w{1,20}:)?)c\b([^>]{0,500}?)(/?)>")
_CELL_PLACE = re.compile(rb"(\br\s*=\s*[\"'])([A-Z]{1,3})(\d{1,7})([\"'])")
_CELL = re.compile(rb"<((?:\w{1,20}:)?)c\b([^>]{0,500}?)(?:/>|>.*?</(?:\w{1,20}:)?c>)", re.DOTALL)
_FORMULA = re.compile(rb"(<(?:\w{1,20}:)?f\b[^>]{0,400}>)([^<]{1,9000})(</(?:\w{1,20}:)?f>)")
_AREA = re.compile(rb"(\b(?:ref|sqref|activeCell|topLeftCell)\s*=\s*[\"'])([^\"']{1,20000})([\"'])")
_MERGE = re.compile(rb"<((?:\w{1,20}:)?)mergeCell\b[^>]{0,20}?\bref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"'][^>]{0,20}/>")
_MERGES = re.compile(rb"(<(?:\w{1,20}:)?mergeCells\b[^>]{0,100}?)(\scount\s*=\s*[\"'])(\d+)([\"'])")
_BREAK = re.compile(rb"(<(?:\w{1,20}:)?brk\b[^>]{0,20}?\bid\s*=\s*[\"'])(\d{1,7})([\"'])")
_REFERENCE = re.compile(rb"(\"[^\"]*\"|'[^']*'!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?|[A-Za-z_\x80-\xff][\w.\x80-\xff]*!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
                        rb"|(?<![A-Za-z0-9_.$\x80-\xff])(\$?[A-Z]{1,3}\$?)(\d{1,7})(?![\d(A-Za-z_])")
_PART = re.compile(rb"(\$?[A-Z]{1,3}\$?)(\d{1,7})")


def shift_sheet(data: bytes, added: Sequence[AddedRows]) -> bytes:
    """The sheet's XML with the rows of ``added`` in it, their ``before`` and ``like`` as the form counts its rows."""
    for rows in sorted(added, key=lambda a: a.before, reverse=True):
        data = _shift(data, rows)
    return data


def _shift(data: bytes, added: AddedRows) -> bytes:
    begin, end = data.find(b"sheetData"), data.rfind(b"sheetData>")
    if begin < 0 or end < 0:
        return data
    head, body, tail = data[:begin], data[begin:end], data[end:]
    model: bytes = b""
    out: list[bytes] = []
    at = 0
    put = False
    for m in _ROW.finditer(body):
        told = _ROW_NUMBER.search(m[2])
        number = int(told[2]) if told else 0
        out.append(body[at: m.start()])
        at = m.end()
        if number == added.like:
            model = m[0]
        if number >= added.before and not put:
            out += _copies(model or m[0], added)
            put = True
        out.append(_moved_row(m[0], number, added) if number >= added.before else _moved_formulas(m[0], added))
    out.append(body[at:])
    area = b"".join(out)
    return _areas(head, added) + area + _merges(_breaks(_areas(tail, added), added), added)


def _copies(model: bytes, added: AddedRows) -> list[bytes]:
    """The new rows: the model's without its values."""
    m = _ROW.match(model)
    if m is None:
        return []
    cells = b"".join(b"<" + c[1] + b"c" + re.sub(rb"\s+(?:t|cm|vm)\s*=\s*[\"'][^\"']*[\"']", b"", c[2]) + b"/>" for c in _CELL.finditer(m[4] or b""))
    bare = b"<" + m[1] + b"row" + m[2] + b">" + cells + b"</" + m[1] + b"row>"
    return [_renumbered(bare, added.before + n) for n in range(added.count)]


def _renumbered(row: bytes, number: int) -> bytes:
    opening = row.index(b">")
    told = b"%d" % number
    head = _ROW_NUMBER.sub(lambda m: m[1] + told + m[3], row[:opening], count=1)
    return head + _CELL_HEAD.sub(lambda c: _CELL_PLACE.sub(lambda m: m[1] + m[2] + told + m[4], c[0], count=1), row[opening:])


def _moved_row(row: bytes, number: int, added: AddedRows) -> bytes:
    return _moved_formulas(_renumbered(row, number + added.count), added)


def _moved_formulas(row: bytes, added: AddedRows) -> bytes:
    if b"f>" not in row and b"ref=" not in row:
        return row
    row = _FORMULA.sub(lambda m: m[1] + _REFERENCE.sub(lambda r: _reference(r, added), m[2]) + m[3], row)
    return re.sub(rb"(<(?:\w{1,20}:)?f\b[^>]{0,200}?\bref\s*=\s*[\"'])([^\"']{1,60})([\"'])", lambda m: m[1] + _area(m[2], added) + m[3], row)


def _reference(m: re.Match[bytes], added: AddedRows) -> bytes:
    return m[0] if m[1] is not None else m[2] + b"%d" % _moved(int(m[3]), added)


def _moved(row: int, added: AddedRows) -> int:
    return row + added.count if row >= added.before else row


def _area(text: bytes, added: AddedRows) -> bytes:
    return _PART.sub(lambda m: m[1] + b"%d" % _moved(int(m[2]), added), text)


def _areas(text: bytes, added: AddedRows) -> bytes:
    """Ranges named in attributes: merges, conditional formats, validations, links, the sheet's extent."""
    return _AREA.sub(lambda m: m[1] + _area(m[2], added) + m[3], text)


def _breaks(text: bytes, added: AddedRows) -> bytes:
    return _BREAK.sub(lambda m: m[1] + b"%d" % (int(m[2]) + added.count if int(m[2]) >= added.before else int(m[2])) + m[3], text) if b"rowBreaks" in text else text


def _merges(text: bytes, added: AddedRows) -> bytes:
    """Merges within the model row stand in every new row too."""
    like = _moved(added.like, added)
    own = [m for m in _MERGE.finditer(text) if int(m[3]) == int(m[5]) == like]
    if not own:
        return text
    made = b"".join(b"<" + m[1] + b'mergeCell ref="%s%d:%s%d"/>' % (m[2], n, m[4], n) for n in range(added.before, added.before + added.count) for m in own)
    at = own[-1].end()
    text = text[:at] + made + text[at:]
    more = len(own) * added.count
    return _MERGES.sub(lambda m: m[1] + m[2] + b"%d" % (int(m[3]) + more) + m[4], text, count=1)
