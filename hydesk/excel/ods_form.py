"""Hidden rows and columns and error values of an ods, which calamine leaves out."""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

from hydesk.excel.form import SheetForm

_FURTHEST = 20_000
"""Rows and columns repeated beyond this are the empty rest of a sheet."""


def read_ods_forms(content: bytes) -> dict[str, SheetForm]:
    """By sheet name; empty when the content cannot be walked (calamine says what is damaged)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            data = archive.read("content.xml")
    except (KeyError, zipfile.BadZipFile, ValueError, OSError):
        return {}
    if b"visibility=" not in data and b'value-type="error"' not in data:
        return {}
    walker = _Walker()
    try:
        walker.parser.Parse(data, True)
    except expat.ExpatError:
        return {}
    return walker.forms


class _Walker:
    def __init__(self) -> None:
        self.forms: dict[str, SheetForm] = {}
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self._name = ""
        self._row = self._column = self._columns = 0
        self._row_step = self._step = 1
        self._rows: set[int] = set()
        self._hidden: set[int] = set()
        self._errors: dict[tuple[int, int], str] = {}
        self._words: list[str] | None = None

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "table:table":
            self._name = attrs.get("table:name", "")
            self._row = self._columns = 0
            self._rows, self._hidden, self._errors = set(), set(), {}
        elif tag == "table:table-column":
            count = _count(attrs.get("table:number-columns-repeated"))
            if attrs.get("table:visibility") in ("collapse", "filter"):
                self._hidden |= set(range(self._columns + 1, self._columns + min(count, 1024) + 1))
            self._columns += count
        elif tag == "table:table-row":
            self._row_step = _count(attrs.get("table:number-rows-repeated"))
            if attrs.get("table:visibility") in ("collapse", "filter") and self._row_step < _FURTHEST:
                self._rows |= set(range(self._row + 1, self._row + self._row_step + 1))
            self._column = 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._step = _count(attrs.get("table:number-columns-repeated"))
            self._words = [] if attrs.get("calcext:value-type") == "error" else None

    def _data(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def _end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            if self._words is not None:
                words = "".join(self._words).strip()
                self._errors[(self._row + 1, self._column + 1)] = words if words.startswith("#") else "#VALUE!"
            self._words = None
            self._column += self._step
        elif tag == "table:table-row":
            self._row += self._row_step
        elif tag == "table:table":
            self.forms[self._name] = SheetForm(frozenset(self._rows), frozenset(self._hidden), self._errors)


def _count(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1
