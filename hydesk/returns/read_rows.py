"""Stage 'values', applied: every project row's cells read, and what could not be told said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hydesk.domain.fields import DATE_FIELDS, MONEY_FIELDS, PROGRESS_TEXTS, Field, FieldKind
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import CellValue, column_letter
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.domain.snapshot import KnownProject
from hydesk.domain.understanding import ReadValue
from hydesk.returns.corrections import read_typed
from hydesk.returns.matching import Match
from hydesk.returns.rows import RowKind, TableRow
from hydesk.returns.table import Column, Table
from hydesk.returns.tables import row_name
from hydesk.returns.text import is_blank, shown
from hydesk.returns.values import (
    Amount,
    Reading,
    is_impossible_date,
    is_placeholder,
    read_amount,
    read_date,
    read_start_finish,
)


class RowCells(Mapping[Field, str]):
    """Where a row's values stand: the table's letters by field, shared by all rows, and the row's number."""

    __slots__ = ("_letters", "_row")

    def __init__(self, letters: Mapping[Field, str], row: int) -> None:
        self._letters, self._row = letters, row

    def __getitem__(self, key: Field) -> str:
        return f"{self._letters[key]}{self._row}"

    def __iter__(self) -> Iterator[Field]:
        return iter(self._letters)

    def __len__(self) -> int:
        return len(self._letters)


@dataclass(slots=True)
class RowReading:
    """A project row with its amounts and words, before and while it is checked."""

    table: Table
    row: int
    name: str
    match: Match
    cells: RowCells
    amounts: dict[Field, Amount] = field(default_factory=dict)
    values: dict[Field, ReadValue] = field(default_factory=dict)
    words: dict[Field, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    county: dict[Field, str] = field(default_factory=dict)
    """The county's own words of cells that a person corrected; ``words`` then holds what was typed."""
    slack: Yuan = 0
    """Differences up to this are let pass by the checks, as the office has set."""

    @property
    def project(self) -> KnownProject | None:
        """The ledger's project, if one was found."""
        return self.match.project

    def unit_of(self, wanted: Field) -> MoneyUnit:
        """The unit its column is counted in."""
        column = self.table.column_of(wanted)
        return column.unit if column is not None and column.unit is not None else MoneyUnit.WAN

    def find(self, level: Level, code: str, message: str, wanted: Field | None = None, suggestion: int | None = None) -> None:
        """Adds a finding at this row, at the cell of ``wanted`` or of the name."""
        cell = self.cells.get(wanted) if wanted is not None else self.cells.get(Field.NAME)
        where = f"表“{self.table.sheet.name}”{cell or f'第{self.row}行'}"
        self.findings.append(Finding(
            level, code, f"{where}：{message}。", self.table.sheet.name, self.row, cell,
            project=self.project.code if self.project else None, field=wanted, suggestion=suggestion))


def read_rows(table: Table, year: int) -> list[RowReading]:
    """All project rows of a table, read."""
    letters: dict[Field, str] = {}
    for column in table.columns.values():
        for f in (column.field, column.also):
            if f is not None:
                letters.setdefault(f, column_letter(column.number))
    return [_read(table, r, year, letters) for r in table.rows if r.kind is RowKind.PROJECT and r.row in table.matches]


def _read(table: Table, row: TableRow, year: int, letters: Mapping[Field, str]) -> RowReading:
    name = row_name(table, row.row, row.continued)
    reading = RowReading(table, row.row, name, table.matches[row.row], RowCells(letters, row.row))
    if table.layout.name:
        reading.words[Field.NAME] = reading.name
    typed = table.typed.get(row.row, {})
    for column in table.columns.values():
        if column.field is None or column.field is Field.NAME:
            continue
        if column.field in MONEY_FIELDS:
            if column.unit is not None:
                _read_money(reading, column, column.field)
        else:
            _read_words(reading, column, row, year)
    for f, text in typed.items():
        _correct(reading, f, text, year)
    return reading


def _correct(reading: RowReading, f: Field, text: str, year: int) -> None:
    """Put what a person typed in the place of what was read, and of what was found in reading it."""
    typed = read_typed(f, text, reading.unit_of(f), year)
    column = reading.table.column_of(f)
    told = [f] if column is None or column.also is None or f not in MONEY_FIELDS else [f, column.also]
    for each in told:
        reading.county[each] = reading.words.get(each, "")
        reading.findings = [x for x in reading.findings if x.field is not each]
        reading.values.pop(each, None)
        if typed.value is not None:
            reading.values[each] = typed.value
        if typed.amount is not None:
            reading.amounts[each] = typed.amount
        reading.words[each] = text.strip()
    said = f"原文“{reading.county[f]}”" if reading.county[f] else "原文空着"
    reading.find(Level.NOTE, "corrected", f"{f.label}在核对时改为“{text.strip() or '空'}”，{said}", f)


def _read_money(reading: RowReading, column: Column, f: Field) -> None:
    unit = column.unit
    assert unit is not None
    value = reading.table.sheet.cell(reading.row, column.number)
    formula = reading.table.sheet.formulas.get((reading.row, column.number)) if is_blank(value) else None
    amount = read_amount(value, unit, formula=formula)
    words = shown(value) if not is_blank(value) else (formula or "")
    reading.amounts[f] = amount
    reading.words[f] = words
    if amount.yuan is not None:
        reading.values[f] = amount.yuan
        if column.also is not None:
            reading.amounts[column.also] = amount
            reading.values[column.also] = amount.yuan
            reading.words[column.also] = words
    _say_reading(reading, f, amount, words)


def _say_reading(reading: RowReading, f: Field, amount: Amount, words: str) -> None:
    match amount.reading:
        case Reading.WORDS:
            reading.find(Level.WARNING, "value_from_words",
                         f"{f.label}写作“{words}”，已读作 {_wan(amount.yuan)} 万元。请确认确切数字", f)
        case Reading.ERROR_VALUE:
            reading.find(Level.ERROR, "error_value", f"{f.label}是错误值“{words}”，读不出数。请让填报单位改正公式后重报", f)
        case Reading.TEXT:
            reading.find(Level.ERROR, "text_in_number", f"{f.label}写作“{words}”，读不出数。请改填数字", f)
        case Reading.FORMULA:
            reading.find(Level.ERROR, "formula_without_result",
                         f"{f.label}是公式“{words}”，文件里没有存下结果，也算不出来。请打开原表保存一次后重报", f)
        case Reading.PLACEHOLDER:
            reading.find(Level.NOTE, "placeholder", f"{f.label}写作“{words}”，按没有（0）读取", f)
        case Reading.NUMBER if amount.unit is not None:
            reading.find(Level.NOTE, "unit_in_cell", f"{f.label}单元格里写明了单位（{words}），已按所写单位读取", f)
        case _:
            pass


def _wan(yuan: int | None) -> str:
    return "" if yuan is None else f"{yuan / 10000:,.2f}"


def _read_words(reading: RowReading, column: Column, row: TableRow, year: int) -> None:
    f = column.field
    assert f is not None
    value = _cell_or_merged(reading.table, row.row, column.number)
    parts = [
        shown(value if r == row.row else reading.table.sheet.cell(r, column.number)).strip()
        for r in sorted((row.row, *row.continued))
    ]
    words = "".join(p for p in parts if p)
    if not words or (f in PROGRESS_TEXTS and is_placeholder(words)):
        return
    before = reading.words.get(f)
    reading.words[f] = f"{before}；{words}" if before and before != words else words
    if f in DATE_FIELDS:
        if is_impossible_date(value):
            reading.find(Level.WARNING, "date_impossible", f"{f.label}写作“{words}”，没有这样的日期，未取。请核实", f)
            return
        both = column.also is Field.FINISH_DATE
        start, finish = read_start_finish(value) if both else (read_date(value, year), None)
        if start is not None:
            reading.values[f] = start
        if finish is not None:
            reading.values[Field.FINISH_DATE], reading.words[Field.FINISH_DATE] = finish, reading.words[f]
    elif f.kind is FieldKind.TEXT:
        reading.values[f] = reading.words[f]
    else:
        reading.values[f] = words


def _cell_or_merged(table: Table, row: int, column: int) -> CellValue:
    """A words cell merged downwards says the same for every row it covers."""
    value = table.sheet.cell(row, column)
    if not is_blank(value):
        return value
    for m in table.sheet.merges:
        if m.left <= column <= m.right and m.top < row <= m.bottom and m.top > table.head.last_row:
            return table.sheet.cell(m.top, m.left)
    return value
