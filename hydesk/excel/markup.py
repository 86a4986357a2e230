"""HTML pages and SpreadsheetML named .xls → grids."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from math import isfinite
from xml.parsers import expat

from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import Book, CellValue, Sheet, Span
from hydesk.excel import limits

_WIDEST = 500
_MOST_CELLS = 3_000_000
_MOST_TAKEN = 500_000
"""Cells covered by merges reaching down; beyond that nothing is a table any more."""


def is_html(text: str) -> bool:
    """Whether the text is a page with a table."""
    return bool(re.search(r"<table[\s>]|<html[\s>]", text[:200_000], re.IGNORECASE))


def is_spreadsheetml(text: str) -> bool:
    """Whether the text is Excel 2003 XML."""
    return "urn:schemas-microsoft-com:office:spreadsheet" in text[:5000] and "<?xml" in text[:200]


class _Tables(HTMLParser):
    """Collects the cells of every outermost table, with the spans of merged cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Grid] = []
        self._depth = 0
        self._text: list[str] | None = None
        self._span = (1, 1)
        self._skipped = 0
        self._spent = _Spent()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "head"):
            self._skipped += tag != "head"
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Grid(self._spent))
        elif self._depth == 1 and tag == "tr":
            self._close()
            self.tables[-1].next_row()
        elif self._depth == 1 and tag in ("td", "th"):
            self._close()
            a = dict(attrs)
            self._text = []
            self._span = (_count(a.get("rowspan")), _count(a.get("colspan")))
        elif tag in ("br", "p") and self._text:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._skipped = max(0, self._skipped - 1)
        if tag in ("td", "th") and self._depth == 1:
            self._close()
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._close()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._skipped:
            self._text.append(data)

    def _close(self) -> None:
        if self._text is not None and self.tables:
            self.tables[-1].put("".join(self._text).strip().replace("\xa0", " ").strip(), *self._span)
        self._text = None


def _count(text: str | None) -> int:
    return max(1, min(int(text), _WIDEST)) if text and text.strip().isdigit() and len(text) < 6 else 1


class _Spent:
    """Cells made so far by all tables of a file."""

    def __init__(self) -> None:
        self.cells = 0
        self.taken = 0


class _Grid:
    def __init__(self, spent: _Spent) -> None:
        self.rows: list[list[CellValue]] = []
        self.merges: list[Span] = []
        self._taken: set[tuple[int, int]] = set()
        self._spent = spent

    def next_row(self) -> None:
        self.rows.append([])

    def put(self, value: CellValue, down: int, across: int, at: int | None = None) -> None:
        if not self.rows:
            self.rows.append([])
        row = len(self.rows)
        column = at or len(self.rows[-1]) + 1
        self._spent.cells += down * across
        if self._spent.cells > _MOST_CELLS or column + across > limits.LAST_COLUMN or row + down > limits.LAST_ROW:
            raise HydeskError("表格过大，超出可读取的范围。请删去多余内容后另存再报。")
        while (row, column) in self._taken:
            column += 1
        line = self.rows[-1]
        if len(line) < column - 1:
            self._spent.cells += column - 1 - len(line)
            line.extend([""] * (column - 1 - len(line)))
        if len(line) < column:
            line.append(value)
        else:
            line[column - 1] = value
        line.extend([""] * (across - 1))
        if down > 1 or across > 1:
            self.merges.append(Span(row, column, row + down - 1, column + across - 1))
            if down > 1 and self._spent.taken < _MOST_TAKEN:
                self._spent.taken += (down - 1) * across
                self._taken |= {(r, c) for r in range(row + 1, row + down) for c in range(column, column + across)}


def read_html(text: str, name: str) -> Book:
    """A sheet for every table of two or more rows. Raises HydeskError when there is none."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    tables = [t for t in parser.tables if len(t.rows) >= 2]
    if not tables:
        raise HydeskError(f"“{name}”是网页，里面没有表格。请让填报单位报送 Excel 或 WPS 表格。")
    title = re.search(r"<x:Name>([^<]{1,40})</x:Name>", text)
    sheets = tuple(
        Sheet(title[1] if title and len(tables) == 1 else f"表{i}", t.rows, tuple(t.merges)) for i, t in enumerate(tables, 1)
    )
    return Book(name, sheets, "html", ("文件其实是网页格式（HTML），已按内容读取。",))


class _Workbook:
    """SpreadsheetML through expat, entities of its own refused (an entity bomb would grow without end)."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, _Grid]] = []
        self.hidden: set[int] = set()
        self._spent = _Spent()
        self._column = 0
        self._type = "String"
        self._text: list[str] | None = None
        self._visible: list[str] | None = None
        self._span = (1, 1)
        self.parser = expat.ParserCreate(namespace_separator="|")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = self._entity

    def _entity(self, *_: object) -> None:
        raise HydeskError("文件含有不安全的内容（自定义实体），没有读取。请另存为 xlsx 后再报。")

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        local = tag.rpartition("|")[2]
        a = {k.rpartition("|")[2]: v for k, v in attrs.items()}
        if local == "Worksheet":
            self.sheets.append((a.get("Name", f"Sheet{len(self.sheets) + 1}"), _Grid(self._spent)))
        elif local == "Row" and self.sheets:
            grid = self.sheets[-1][1]
            index = int(a["Index"]) if a.get("Index", "").isdigit() else len(grid.rows) + 1
            if index > limits.FURTHEST_ROW:
                raise HydeskError("表格过大，超出可读取的范围。请删去多余内容后另存再报。")
            while len(grid.rows) < index:
                grid.next_row()
            self._column = 0
        elif local == "Cell" and self.sheets:
            self._column = int(a["Index"]) if a.get("Index", "").isdigit() else self._column + 1
            self._span = (_count(a.get("MergeDown")) if a.get("MergeDown", "0") == "0" else max(1, int(a["MergeDown"]) + 1),
                          1 if a.get("MergeAcross", "0") == "0" else max(1, int(a["MergeAcross"]) + 1))
        elif local == "Visible":
            self._visible = []
        elif local == "Data":
            self._type = a.get("Type", "String")
            self._text = []

    def _data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)
        elif self._visible is not None:
            self._visible.append(data)

    def _end(self, tag: str) -> None:
        local = tag.rpartition("|")[2]
        if local == "Visible":
            if "Hidden" in "".join(self._visible or []):
                self.hidden.add(len(self.sheets) - 1)
            self._visible = None
        if local == "Data" and self.sheets and self._text is not None:
            words = "".join(self._text)
            value: CellValue = words
            if self._type == "Number":
                try:
                    value = float(words)
                except ValueError:
                    value = words
                if isinstance(value, float) and not isfinite(value):
                    value = "#NUM!"
            elif self._type == "DateTime":
                value = words[:10]
            self.sheets[-1][1].put(value, *self._span, at=max(1, self._column))
            self._text = None
        elif local == "Cell":
            self._column += self._span[1] - 1
            self._span = (1, 1)


def read_spreadsheetml(text: str, name: str) -> Book:
    """The sheets of an Excel 2003 XML file. Raises HydeskError when it is damaged."""
    book = _Workbook()
    try:
        book.parser.Parse(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8"), True)
    except expat.ExpatError as e:
        raise HydeskError(f"“{name}”已损坏，读不出来。请用 WPS 或 Excel 打开另存后再报。") from e
    if not book.sheets:
        raise HydeskError(f"“{name}”里没有工作表。请核对后重报。")
    sheets = tuple(
        Sheet(title, g.rows, tuple(g.merges), at in book.hidden) for at, (title, g) in enumerate(book.sheets)
    )
    return Book(name, sheets, "spreadsheetml", ("文件其实是 XML 表格，已按内容读取。",))
