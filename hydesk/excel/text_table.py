"""CSV and TSV in the encodings that offices' machines write."""

from __future__ import annotations

import csv
import io

from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.excel import limits


def decode(content: bytes) -> str | None:
    """The text in UTF-8, UTF-16 or GB18030; None when it is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", "replace")
    sample = content[:4000]
    if sample.count(0) > len(sample) // 5:
        for codec, at in (("utf-16-le", 1), ("utf-16-be", 0)):
            if sample[at::2].count(0) > len(sample) // 6:
                return content.decode(codec, "replace")
    if b"\x00" in sample:
        return None
    for codec in ("utf-8", "gb18030"):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        control = sum(1 for c in text[:4000] if ord(c) < 32 and c not in "\r\n\t\f")
        return text if control <= len(text[:4000]) // 100 else None
    return None


def read_text_table(text: str, name: str) -> Book:
    """One sheet from separated text. Raises HydeskError when it is no table."""
    sample = text[:20_000]
    separator = max("\t,;|", key=sample.count)
    if sample.count(separator) < 2:
        raise HydeskError(f"“{name}”不是表格文件，或已损坏。请用 WPS 或 Excel 打开另存后再报。")
    csv.field_size_limit(10_000_000)
    rows: list[list[CellValue]] = []
    width = 0
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
        rows.append([_unquoted(v) for v in line])
        width = max(width, len(line))
        if width > limits.LAST_COLUMN:
            raise HydeskError(f"“{name}”有 {width} 列，不像是报表。请用 WPS 或 Excel 打开核对后再报。")
        if len(rows) % 1000 == 0:
            limits.check_cells(len(rows), width, name)
    limits.check_cells(len(rows), width, name)
    return Book(name, (Sheet(_title(name), rows),), "tsv" if separator == "\t" else "csv")


def _unquoted(value: str) -> str:
    """="001" and a leading ' keep text as text in exports; the words themselves are meant."""
    if len(value) > 3 and value.startswith('="') and value.endswith('"'):
        return value[2:-1]
    return value


def _title(name: str) -> str:
    return name.rsplit(".", 1)[0][:31] or "Sheet1"
