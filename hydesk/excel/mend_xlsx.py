"""Workbooks that are sound but written unusually, brought to the form that the reader knows.

Strict Open XML has other names for the same parts; some tools part a zip's folders by backslashes; a blank typed far
below or beside the table makes it as large as the sheet. Nothing of the county's content changes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from hydesk.domain.errors import HydeskError
from hydesk.excel import limits
from hydesk.excel.form import position
from hydesk.excel.parts import Parts

ENTITIES = "“{}”含有自定义的 XML 实体（DOCTYPE），正常的表格没有，没有读取。请用 WPS 或 Excel 打开另存为 xlsx 后再报。"
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMES = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)
_HEAD = 4096
"""Bytes of a part within which its names and its document type are declared."""
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY")
_CELL = re.compile(rb"<((?:\w{1,20}:)?c)\b([^>]{0,300}?)(?:/>|>(.{0,2000}?)</\1>)", re.DOTALL)
_REFERENCE = re.compile(rb"\br\s{0,9}=\s{0,9}[\"']([A-Za-z]{1,3}\d{1,7})[\"']")
_EMPTY_ROW = re.compile(
    rb"<((?:\w{1,20}:)?row)\b[^>]{0,300}?\sr\s{0,9}=\s{0,9}[\"'](\d{1,9})[\"'][^>]{0,300}?(?:/>|>\s{0,200}</\1>)")
_TEXT = re.compile(rb"<(?:\w{1,20}:)?(?:v|t)\b[^>]{0,100}>([^<]*)<")
_MOST_FAR = 5000
"""Blank cells far off that are taken away; more of them are no slip of the hand."""
_USUAL_ROWS, _USUAL_COLUMNS = 20_000, 702


def mended(parts: Parts, name: str) -> Parts:
    """The workbook as the reader knows it; ``parts`` themselves where nothing is unusual.

    Raises HydeskError where a part declares entities: what they stand for would be missing from the cells.
    """
    strict = False
    for m in parts.members:
        path = m.filename.replace("\\", "/").lower()
        if not path.endswith((".xml", ".rels")) or m.flag_bits & 1:
            continue
        head = parts.head(m, _HEAD)
        if _DECLARED.search(head):
            raise HydeskError(ENTITIES.format(name))
        strict = strict or (path == "xl/workbook.xml" and _STRICT in head)
    if not strict and not any("\\" in m.filename for m in parts.members):
        return parts
    return Parts(_rewritten(parts.content, lambda path, data: _transitional(data) if strict else data))


def refuse_entities(parts: Parts, names: tuple[str, ...], name: str) -> None:
    """Raises HydeskError where one of the parts of these names declares entities."""
    for m in parts.members:
        if m.filename in names and _DECLARED.search(parts.head(m, _HEAD)):
            raise HydeskError(ENTITIES.format(name))


def _transitional(data: bytes) -> bytes:
    for old, new in _NAMES:
        data = data.replace(old, new)
    return data


def _rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The archive with folders parted by slashes and each XML part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        if sum(m.file_size for m in old.infolist()) > limits.UNZIPPED_BYTES:
            return content
        for m in old.infolist():
            path = m.filename.replace("\\", "/")
            if m.is_dir() or path.endswith("/"):
                continue
            data = old.read(m)
            new.writestr(path, change(path, data) if path.lower().endswith((".xml", ".rels")) else data)
    return out.getvalue()


def without_far_blanks(content: bytes) -> bytes | None:
    """The workbook without blank cells far off its tables; None where what stands there is not blank."""
    blank_texts: set[bytes] = set()
    spoiled = False

    def change(path: str, data: bytes) -> bytes:
        nonlocal spoiled
        lowered = path.lower()
        if lowered.startswith("xl/worksheets/") and "rels" not in lowered:
            cut = _trimmed(data, blank_texts)
            spoiled = spoiled or cut is None
            return data if cut is None else cut
        return data

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        shared = next((n for n in archive.namelist() if n.lower() == "xl/sharedstrings.xml"), None)
        if shared is not None:
            for at, text in enumerate(re.split(rb"<(?:\w{1,20}:)?si\b", archive.read(shared))[1:]):
                if not b"".join(_TEXT.findall(text)).strip():
                    blank_texts.add(str(at).encode())
    changed = _rewritten(content, change)
    return None if spoiled else changed


def _trimmed(data: bytes, blank_texts: set[bytes]) -> bytes | None:
    pieces: list[bytes] = []
    begin = far = 0
    for m in _CELL.finditer(data):
        where = _REFERENCE.search(m[2])
        if where is None:
            continue
        row, column = position(where[1].decode().upper())
        if row <= _USUAL_ROWS and column <= _USUAL_COLUMNS:
            continue
        text = b"".join(_TEXT.findall(m[3] or b"")).strip()
        shared = re.search(rb"\bt\s{0,9}=\s{0,9}[\"']s[\"']", m[2]) is not None
        if (text and not (shared and text in blank_texts)) or b"<f" in (m[3] or b""):
            return None
        far += 1
        if far > _MOST_FAR:
            return None
        pieces.append(data[begin : m.start()])
        begin = m.end()
    left = b"".join([*pieces, data[begin:]]) if far else data
    return _EMPTY_ROW.sub(lambda m: b"" if int(m[2][:7]) > _USUAL_ROWS else m[0], left)
