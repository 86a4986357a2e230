"""Values into a CSV or TSV, its encoding, line ends, quotes and every other field left as they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from hydesk.domain.filled_form import Written
from hydesk.domain.written import CONTROL, begins_formula
from hydesk.excel.fill_xlsx import SheetFill
from hydesk.excel.text_table import decode

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def fill_text(content: bytes, fill: SheetFill) -> bytes:
    """``content`` with the values put in."""
    bom, codec = next(((b, c) for b, c in _BOMS if content.startswith(b)), (b"", codec_of(content)))
    text = content[len(bom):].decode(codec, "replace")
    separator = max("\t,;|", key=text[:20_000].count)
    records = _records(text, separator)
    end = "\r\n" if "\r\n" in text else "\n"
    blank_like: dict[int, int] = {}
    for added in (a for a in fill.added if not a.below):
        blank_like[added.before - 1] = added.count
    out: list[str] = []
    values: dict[int, dict[int, Written]] = {}
    for (row, column), value in fill.values.items():
        values.setdefault(row, {})[column] = value
    number = 0
    for at, (fields, closing) in enumerate(records):
        for _ in range(blank_like.get(at, 0)):
            number += 1
            out.append(_record([""] * len(fields), values.get(number, {}), separator) + end)
        number += 1
        out.append(_record(fields, values.get(number, {}), separator) + closing)
    last = max((r for r, _ in fill.values), default=0)
    width = max((len(f) for f, _ in records), default=0)
    while number < last:
        number += 1
        if out and not out[-1].endswith("\n"):
            out[-1] += end
        out.append(_record([""] * width, values.get(number, {}), separator) + end)
    return bom + "".join(out).encode(codec, "replace")


def codec_of(content: bytes) -> str:
    """The encoding that ``decode`` reads by, for writing."""
    for codec in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        try:
            if content.decode(codec) == decode(content):
                return codec
        except UnicodeDecodeError:
            continue
    return "utf-8"


def _record(fields: list[str], values: Mapping[int, Written], separator: str) -> str:
    raw = list(fields)
    for c, value in sorted(values.items()):
        raw += [""] * (c - len(raw))
        raw[c - 1] = _field(value, separator)
    return separator.join(raw)


def _field(value: Written, separator: str) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return f"{value.year}-{value.month:02d}-{value.day:02d}"
    text = CONTROL.sub("", str(value))
    if isinstance(value, str) and begins_formula(text):
        text = "'" + text
    if any(c in text for c in (separator, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _records(text: str, separator: str) -> list[tuple[list[str], str]]:
    """Every record's fields as they are written, quotes and all, and its line end."""
    records: list[tuple[list[str], str]] = []
    fields: list[str] = []
    begin = at = 0
    quoted = False
    while at < len(text):
        sign = text[at]
        if quoted:
            quoted = sign != '"'
        elif sign == '"' and (at == begin or text[at - 1] == '"'):
            quoted = True
        elif sign == separator:
            fields.append(text[begin:at])
            begin = at + 1
        elif sign in "\r\n":
            closing = "\r\n" if text.startswith("\r\n", at) else sign
            fields.append(text[begin:at])
            records.append((fields, closing))
            fields = []
            at += len(closing) - 1
            begin = at + 1
        at += 1
    if begin < len(text) or fields:
        fields.append(text[begin:])
        records.append((fields, ""))
    return records
