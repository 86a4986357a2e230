"""Hidden rows and columns, error values, displayed figures and struck-through words of an ods, which calamine leaves out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
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
    marked = any(mark in data for mark in (b"visibility=", b'value-type="error"', b"line-through-style"))
    if not marked and not any(_tells_more(value, text) for value, text in _figures(data)):
        return {}
    walker = _Walker()
    try:
        walker.parser.Parse(data, True)
    except expat.ExpatError:
        return {}
    return walker.forms


_FIGURE = re.compile(rb"office:value=\"([^\"]{1,40})\"[^>]{0,600}>\\s{0,20}<text:p[^>]{0,200}>([^<]{1,60})<")
_YEAR = re.compile(r"(?:19[89]|20\d)\d\.\d")


def _figures(data: bytes) -> Iterator[tuple[str, str]]:
    """Every stored figure with the text that its cell displays."""
    for m in _FIGURE.finditer(data):
        yield m[1].decode("ascii", "replace"), m[2].decode("utf-8", "replace")


def _tells_more(value: str, text: str) -> bool:
    """Whether a cell displays a unit, a share, another order of magnitude than it stores, or a year with its month."""
    bare = text.replace(",", "").strip()
    if any(c in bare for c in "%万亿元千"):
        return True
    try:
        stored, told = abs(float(value)), abs(float(bare))
    except ValueError:
        return False
    return stored >= 5 * told + 1 or bool(_YEAR.fullmatch(value))


class _Walker:
    def __init__(self) -> None:
        self._struck_styles: set[str] = set()
        self._style = ""
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
        self._displayed: dict[tuple[int, int], str] = {}
        self._struck: dict[tuple[int, int], str] = {}
        self._words: list[str] | None = None
        self._kept: list[str] = []
        self._spans: list[bool] = []
        self._error = self._whole = False
        self._value = ""

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "style:style":
            self._style = attrs.get("style:name", "")
        elif tag == "style:text-properties":
            if attrs.get("style:text-line-through-style", "none") != "none":
                self._struck_styles.add(self._style)
        elif tag in ("text:span", "text:p") and self._words is not None:
            self._spans.append(attrs.get("text:style-name", "") in self._struck_styles or any(self._spans))
        elif tag == "table:table":
            self._name = attrs.get("table:name", "")
            self._row = self._columns = 0
            self._rows, self._hidden, self._errors, self._displayed, self._struck = set(), set(), {}, {}, {}
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
            self._error = attrs.get("calcext:value-type") == "error"
            self._value = attrs.get("office:value", "")
            self._whole = attrs.get("table:style-name", "") in self._struck_styles
            self._words, self._kept, self._spans = [], [], []

    def _data(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)
            if not any(self._spans):
                self._kept.append(text)

    def _end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self._end_cell()
        elif tag in ("text:span", "text:p") and self._spans:
            self._spans.pop()
        elif tag == "table:table-row":
            self._row += self._row_step
        elif tag == "table:table":
            self.forms[self._name] = SheetForm(
                frozenset(self._rows), frozenset(self._hidden), self._errors, displayed=self._displayed, struck=self._struck)

    def _end_cell(self) -> None:
        words = "".join(self._words or ()).strip()
        at = (self._row + 1, self._column + 1)
        if self._error:
            self._errors[at] = words if words.startswith("#") else "#VALUE!"
        elif words:
            kept = "".join(self._kept).strip()
            if self._whole or kept != words:
                self._struck[at] = "" if self._whole else kept
            elif self._value and _tells_more(self._value, words):
                self._displayed[at] = words
        self._words = None
        self._column += self._step


def _count(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 1
