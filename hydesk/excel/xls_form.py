"""Hidden rows and columns, error values, number formats and struck-through words of an xls (BIFF8), which calamine leaves out.

Only the record headers are walked; the layout is Microsoft's [MS-XLS] and, for the container, [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hydesk.excel.form import SheetForm
from hydesk.excel.number_formats import BUILTIN, matters, two_decimals
from hydesk.excel.xls_struck import struck_cells, struck_marks

_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_BOF, _EOF, _BOUNDSHEET, _COLINFO, _ROW, _BOOLERR, _FORMULA = 0x809, 0x0A, 0x85, 0x7D, 0x208, 0x205, 0x06
_DATEMODE = 0x22
_END_OF_CHAIN = 0xFFFFFFFC
_SMALLEST = 4096
_OLE = b"\xd0\xcf\x11\xe0"


def read_xls_forms(content: bytes) -> dict[str, SheetForm]:
    """By sheet name; empty when the container cannot be walked (calamine says what is damaged)."""
    try:
        stream = _workbook_stream(content)
        if not stream:
            return {}
        from_1904 = any(kind == _DATEMODE and length >= 2 and stream[at] == 1 for kind, at, length in _records(stream, 0))
        styles = _telling_styles(stream)
        marks = struck_marks(stream, _records(stream, 0))
        return {name: replace(_form(stream, at), from_1904=from_1904, formats=_formats(stream, at, styles),
                              struck=struck_cells(stream, _records(stream, at), marks) if marks is not None else {})
                for name, at in _sheets(stream)}
    except (struct.error, IndexError, ValueError):
        return {}


def workbook_records(content: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """(kind, start of body, length, stream) of every record of the workbook, sheet after sheet.

    Raises struct.error, IndexError or ValueError where the container or a record is damaged.
    """
    if content.startswith(_OLE):
        refuse_rings(content)
    stream = _workbook_stream(content)
    if not stream:
        raise ValueError("no workbook stream")
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:
            return  # padding after the last sheet
        if at + 4 + length > len(stream):
            raise ValueError("cut short")
        yield kind, at + 4, length, stream
        at += 4 + length


def refuse_rings(content: bytes) -> None:
    """Raise ValueError where a chain of sectors bites its own tail, so that following it would never end."""
    sector = 1 << struct.unpack_from("<H", content, 30)[0]
    if sector not in (512, 4096):
        raise ValueError("sector size")
    table = _allocation(content, sector)
    small = _chain(content, table, struct.unpack_from("<I", content, 60)[0], sector)
    for following in (table, list(struct.unpack(f"<{len(small) // 4}I", small[: len(small) // 4 * 4]))):
        seen = bytearray(len(following))  # 1: on the way now, 2: known to end
        for start in range(len(following)):
            way = []
            at = start
            while at < len(following) and not seen[at]:
                seen[at] = 1
                way.append(at)
                at = following[at]
            if at < len(following) and seen[at] == 1:
                raise ValueError("ring of sectors")
            for done in way:
                seen[done] = 2


def _workbook_stream(content: bytes) -> bytes | None:
    return compound_stream(content, "Workbook", "Book") if content.startswith(_OLE) else content


def compound_stream(content: bytes, *names: str) -> bytes | None:
    """The stream of one of these names in a compound file; None where it has none.

    Raises struct.error, IndexError or ValueError where the file is damaged.
    """
    sector = 1 << struct.unpack_from("<H", content, 30)[0]
    if sector not in (512, 4096):
        return None
    table = _allocation(content, sector)
    directory = _chain(content, table, struct.unpack_from("<I", content, 48)[0], sector)
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        if name in names:
            start, size = struct.unpack_from("<II", directory, at + 116)
            if size >= _SMALLEST:
                return _chain(content, table, start, sector)[:size]
            return _small_stream(content, table, directory, sector, start)[:size]
    return None


def _small_stream(content: bytes, table: list[int], directory: bytes, sector: int, start: int) -> bytes:
    """A stream under 4096 bytes lives in 64-byte pieces of the root entry's stream."""
    root, = struct.unpack_from("<I", directory, 116)
    pieces = _chain(content, table, root, sector)
    small_table = _chain(content, table, struct.unpack_from("<I", content, 60)[0], sector)
    following = struct.unpack(f"<{len(small_table) // 4}I", small_table)
    parts: list[bytes] = []
    at = start
    while at < _END_OF_CHAIN and len(parts) <= len(following):
        parts.append(pieces[at * 64 : at * 64 + 64])
        at = following[at]
    return b"".join(parts)


def _allocation(content: bytes, sector: int) -> list[int]:
    count, = struct.unpack_from("<I", content, 44)
    places = [p for p in struct.unpack_from("<109I", content, 76) if p < _END_OF_CHAIN]
    more, = struct.unpack_from("<I", content, 68)
    seen = 0
    while more < _END_OF_CHAIN and seen < 10_000:
        block = struct.unpack_from(f"<{sector // 4}I", content, (more + 1) * sector)
        places += [p for p in block[:-1] if p < _END_OF_CHAIN]
        more, seen = block[-1], seen + 1
    table: list[int] = []
    for p in places[:count]:
        table += struct.unpack_from(f"<{sector // 4}I", content, (p + 1) * sector)
    return table


def _chain(content: bytes, table: list[int], start: int, sector: int) -> bytes:
    parts: list[bytes] = []
    at = start
    while at < _END_OF_CHAIN and len(parts) <= len(table):
        parts.append(content[(at + 1) * sector : (at + 2) * sector])
        at = table[at]
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """(kind, start of body, length) of each record from ``at`` to the sheet's end."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        at += 4 + length


def _sheets(stream: bytes) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for kind, at, length in _records(stream, 0):
        if kind == _BOUNDSHEET and length >= 8:
            place, = struct.unpack_from("<I", stream, at)
            count, wide = stream[at + 6], stream[at + 7] & 1
            text = stream[at + 8 : at + 8 + count * (2 if wide else 1)]
            found.append((text.decode("utf-16-le" if wide else "latin-1", "replace"), place))
    return found


_XF, _FORMAT, _NUMBER, _RK, _MULRK = 0xE0, 0x41E, 0x203, 0x27E, 0xBD


def _telling_styles(stream: bytes) -> dict[int, str]:
    """The cell formats, by their number, that may show another figure than the stored one."""
    codes = dict(BUILTIN)
    numbers: list[int] = []
    for kind, at, length in _records(stream, 0):
        if kind == _FORMAT and length >= 5:
            number, count, wide = struct.unpack_from("<HHB", stream, at)
            text = stream[at + 5 : at + 5 + count * (2 if wide & 1 else 1)]
            codes[number] = text.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
        elif kind == _XF and length >= 4:
            numbers.append(struct.unpack_from("<H", stream, at + 2)[0])
    return {at: code for at, n in enumerate(numbers) if (code := codes.get(n, "")) and (matters(code) or two_decimals(code))}


def _formats(stream: bytes, start: int, styles: Mapping[int, str]) -> dict[tuple[int, int], str]:
    """The formats of cells with figures that are shown otherwise."""
    found: dict[tuple[int, int], str] = {}
    if not styles:
        return found
    for kind, at, length in _records(stream, start):
        if kind in (_NUMBER, _RK, _FORMULA) and length >= 10:
            row, column, style = struct.unpack_from("<3H", stream, at)
            if style in styles:
                found[row + 1, column + 1] = styles[style]
        elif kind == _MULRK and length >= 6:
            row, first = struct.unpack_from("<2H", stream, at)
            for n in range((length - 6) // 6):
                style, = struct.unpack_from("<H", stream, at + 4 + 6 * n)
                if style in styles:
                    found[row + 1, first + n + 1] = styles[style]
    return found


def _form(stream: bytes, start: int) -> SheetForm:
    rows: set[int] = set()
    columns: set[int] = set()
    widths: dict[int, float] = {}
    errors: dict[tuple[int, int], str] = {}
    for kind, at, length in _records(stream, start):
        if kind == _ROW and length >= 16:
            if stream[at + 12] & 0x20:
                rows.add(struct.unpack_from("<H", stream, at)[0] + 1)
        elif kind == _COLINFO and length >= 10:
            first, last, width, _, flags = struct.unpack_from("<5H", stream, at)
            for c in range(first + 1, min(last, 255) + 2):
                widths[c] = width / 256
                if flags & 1:
                    columns.add(c)
        elif kind == _BOOLERR and length >= 8:
            row, column, _, code, is_error = struct.unpack_from("<HHHBB", stream, at)
            if is_error:
                errors[(row + 1, column + 1)] = _ERRORS.get(code, "#N/A")
        elif kind == _FORMULA and length >= 20 and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
            row, column = struct.unpack_from("<HH", stream, at)
            errors[(row + 1, column + 1)] = _ERRORS.get(stream[at + 8], "#N/A")
    return SheetForm(frozenset(rows), frozenset(columns), errors, {}, widths)
