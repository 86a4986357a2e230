"""A blank form, understood: its tables, what each column asks for, which rows name projects and which are to be filled.

The stages of returns do the reading. What they tell shapes by is figures, and a blank form has none: cards, projects as
columns and measures as rows are looked for with marks put into the blank cells, which are taken out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from hydesk.dataclass import dataclass
from hydesk.domain.fields import LEDGER_MONEY, MONEY_FIELDS, Field, FieldKind
from hydesk.domain.grid import CellValue, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Month, Period
from hydesk.domain.snapshot import LedgerSnapshot
from hydesk.returns.forms.asked import Ask, NotAsked, ask_of
from hydesk.returns.head import Head
from hydesk.returns.head_words import known_field, looks_like_head
from hydesk.returns.match_rows import match_rows
from hydesk.returns.matching import ProjectIndex
from hydesk.returns.shapes.labels import is_label, shape_known_names, shape_labels
from hydesk.returns.shapes.measures import shape_measures
from hydesk.returns.shapes.regrid import Shaped
from hydesk.returns.sheets import SheetWords, months_said
from hydesk.returns.stacked import build_tables
from hydesk.returns.table import Table
from hydesk.returns.tables import build_table, project_rows, table_under
from hydesk.returns.text import is_blank, name_key


def _mark(row: int, column: int) -> float:
    """Stands for a value that is still to come, while a shape is looked for: another one in every cell."""
    return row * 1000 + column + 0.5


@dataclass(slots=True)
class FormTable:
    """A table of a blank form. ``asks`` by column of the table's own grid."""

    table: Table
    period: Period
    asks: dict[int, Ask | NotAsked]
    other_period: bool
    """Its title names another period than the one the form is filled for."""
    cell_units: Mapping[tuple[int, int], MoneyUnit] = field(default_factory=dict)
    """Units of money that single cells have by the words beside them (指标 | 单位 | 数值)."""

    @property
    def named(self) -> bool:
        """Whether projects stand in it by name or code."""
        return bool(project_rows(self.table))


@dataclass(slots=True)
class FormReader:
    """Reads the sheets of one form against a snapshot."""

    snapshot: LedgerSnapshot
    index: ProjectIndex
    unit: str | None
    years: frozenset[int]
    """The years of which the ledger has a project list."""
    _units: set[str] = field(default_factory=set)
    _cell_units: dict[int, dict[tuple[int, int], MoneyUnit]] = field(default_factory=dict)
    """By the identity of a shaped sheet."""

    def __post_init__(self) -> None:
        self._units = {name_key(n) for u in self.snapshot.units for n in (u.name, *u.short_names)}

    def is_project(self, words: str) -> bool:
        """Whether the ledger has a project of that name."""
        return self.index.by_name(words, None) is not None

    def is_unit(self, words: str) -> bool:
        """Whether words name a reporting unit."""
        return name_key(words) in self._units

    def tables(self, sheet: Sheet) -> list[FormTable]:
        """The sheet's tables of projects from the top; none where it shows none."""
        period = self.snapshot.period
        found = self._tables(sheet, period)
        said = period_said(found[0].words, sheet.name, period, self.years) if found else None
        if said is not None and said != period:
            found, period = self._tables(sheet, said), said
        made: list[FormTable] = []
        for table in found:
            match_rows(table, self.index, self.unit)
            made.append(FormTable(table, period, asks_of(table, period), period != self.snapshot.period, self._cell_units.get(id(table.sheet), {})))
        return made

    def _tables(self, sheet: Sheet, period: Period) -> list[Table]:
        memory, unit = self.snapshot.memory, self.unit
        plain = build_tables(sheet, period, memory, unit, self.is_project, self.is_unit)
        if plain and not any(t.sheet.moved for t in plain):
            return plain
        shaped = self._shaped(sheet, period)
        self._cell_units = {id(s.sheet): units for s, units in shaped}
        return [table_under(s.sheet, s.head, s.words, period, memory, unit, self.is_project, self.is_unit) for s, _ in shaped] or plain

    def _shaped(self, sheet: Sheet, period: Period) -> list[tuple[Shaped, dict[tuple[int, int], MoneyUnit]]]:
        marked = mark_values(sheet, period)
        found = max((shape_labels(marked, period, anywhere=_one_a_card(marked)), shape_known_names(marked, period, self.is_project)),
                    key=lambda shapes: sum(self._names(s) for s in shapes))
        if not found:
            table = build_table(sheet, period, self.snapshot.memory, self.unit, self.is_project, self.is_unit)
            if table is None:
                return []
            again = build_table(mark_figures(table), period, self.snapshot.memory, self.unit, self.is_project, self.is_unit)
            made = shape_measures(again, period) if again is not None else None
            found = [made] if made is not None else []
        return [_without_marks(s, sheet) for s in found]

    def _names(self, shaped: Shaped) -> int:
        """How many of the ledger's projects the shape names."""
        return sum(isinstance(v, str) and self.is_project(v) for row in shaped.sheet.rows for v in row)


def asks_of(table: Table, period: Period) -> dict[int, Ask | NotAsked]:
    """What every column asks for; a head merged over several columns asks once."""
    asks: dict[int, Ask | NotAsked] = {}
    origins: set[tuple[int, int]] = set()
    for number, column in sorted(table.columns.items()):
        origin = table.head.origins.get(number, (0, number))
        if origin in origins:
            continue
        if column.guess.reason == "组头之下的空列":
            continue
        origins.add(origin)
        asks[number] = ask_of(table, column, period)
    return asks


def period_said(words: SheetWords, name: str, period: Period, years: Iterable[int]) -> Period | None:
    """The month that a sheet says it is of, where that is one before the one asked for; None where it says no such."""
    if not isinstance(period, Month):
        return None
    here = (period.year, period.number)
    told: list[set[tuple[int, int]]] = [m for line in (name, *words.lines[:6]) if len(line) < 60 and (m := months_said(line, period.year))]
    if not told or any(here in m for m in told):
        return None
    first = told[0]
    if len(first) != 1 or any(m != first for m in told):
        return None
    year, month = next(iter(first))
    try:
        said = Month(year, month)
    except ValueError:
        return None
    return said if said.day < period.day and year in set(years) else None


_LINE = re.compile(r"[:：]\s*\S")


def mark_values(sheet: Sheet, period: Period) -> Sheet:
    """The sheet with marks where values of labels will stand: in the blank cells to the right of each."""
    covered = _covered(sheet)
    # The cells right of the rightmost labels may be blank on the whole sheet, and so in no row of the grid.
    width = sheet.width + 1
    first = next((r for r, row in enumerate(sheet.rows, 1) if any(isinstance(v, str) and known_field(v) is Field.NAME for v in row)), 1)
    rows: list[list[CellValue]] = []
    for r, row in enumerate(sheet.rows, 1):
        line = list(row) + [None] * (width - len(row))
        labelled = False
        if not _is_title(sheet, r, first) and not any(isinstance(v, str) and known_field(v) is Field.NAME for v in row):
            for c, value in enumerate(line, 1):
                if not is_blank(value):
                    # 填报单位：衡南县 is a line of its own, 总投资： a label.
                    labelled = isinstance(value, str) and not _LINE.search(value) and (is_label(value, period) or looks_like_head(value))
                elif labelled and (r, c) not in covered and (c < width or not is_blank(line[c - 2])):
                    line[c - 1] = _mark(r, c)
        rows.append(line)
    return replace(sheet, rows=rows)


def _one_a_card(sheet: Sheet) -> bool:
    """Whether every 项目名称 has one name at most beside it: cards, whose labels may stand in any column."""
    rows = [row for row in sheet.rows if any(isinstance(v, str) and known_field(v) is Field.NAME for v in row)]
    return bool(rows) and all(sum(1 for v in row if not is_blank(v)) <= 2 for row in rows)


def _is_title(sheet: Sheet, row: int, first: int) -> bool:
    """Whether one text stands over most of the sheet, or alone and long above the ``first`` row that names a project."""
    filled = [(c, v) for c, v in enumerate(sheet.rows[row - 1], 1) if not is_blank(v)]
    if len(filled) != 1:
        return False
    column, value = filled[0]
    if row < first and isinstance(value, str) and len(value) > _TITLE:
        return True
    return any(m.top == row and m.left == column and m.right - m.left + 1 >= max(4, sheet.width // 2) for m in sheet.merges)


_TITLE = 10
"""Letters beyond which words alone in a row above the first project are a title."""


def mark_figures(table: Table) -> Sheet:
    """The table's sheet with figures in the blank cells of its columns of figures, each another one."""
    sheet = table.sheet
    marked = {c.number for c in table.columns.values() if c.number not in (table.layout.serial, table.layout.name, *table.layout.codes)
              and (c.guess.field is None or c.guess.field in MONEY_FIELDS) and (c.field is None or c.field.kind is FieldKind.MONEY)}
    facts = {c for c in marked if table.columns[c].guess.field in LEDGER_MONEY}
    worded = {c for c in marked if any(isinstance(v, str) and not is_blank(v) for v in _below(table, c))}
    last = max((r for r in range(table.head.last_row + 1, len(sheet.rows) + 1) if any(not is_blank(v) for v in sheet.rows[r - 1])), default=0)
    rows: list[list[CellValue]] = []
    for r, row in enumerate(sheet.rows, 1):
        line = list(row) + [None] * (sheet.width - len(row))
        if table.head.last_row < r <= last and any(not is_blank(v) for v in row):
            # What is the project's own once stands in its first row.
            first = not table.layout.name or not is_blank(sheet.cell(r, table.layout.name))
            for c in marked - worded:
                if is_blank(line[c - 1]) and (first or c not in facts):
                    line[c - 1] = _mark(r, c)
        rows.append(line)
    return replace(sheet, rows=rows)


def _below(table: Table, column: int) -> Iterable[CellValue]:
    return (row[column - 1] for row in table.sheet.rows[table.head.last_row:] if column <= len(row))


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Cells that a merge covers, its first cell left out."""
    return {(r, c) for m in sheet.merges if (m.bottom - m.top + 1) * (m.right - m.left + 1) < 50_000
            for r in range(m.top, m.bottom + 1) for c in range(m.left, m.right + 1) if (r, c) != (m.top, m.left)}


def _without_marks(shaped: Shaped, source: Sheet) -> tuple[Shaped, dict[tuple[int, int], MoneyUnit]]:
    """The shape with what truly stands in its cells, and the units that marks were given by the words beside them."""
    rows: list[list[CellValue]] = []
    units: dict[tuple[int, int], MoneyUnit] = {}
    for r, row in enumerate(shaped.sheet.rows, 1):
        line: list[CellValue] = []
        for c, value in enumerate(row, 1):
            place = shaped.sheet.places.get((r, c))
            blank = place is not None and is_blank(source.cell(place.row, place.column))
            if blank and isinstance(value, str) and (m := _WITH_UNIT.fullmatch(value)):
                units[r, c] = MoneyUnit(m[1])
            line.append(None if blank else value)
        rows.append(line)
    head = Head(shaped.head.rows, shaped.head.paths, shaped.head.origins)
    return Shaped(replace(shaped.sheet, rows=rows), head, shaped.words), units


_WITH_UNIT = re.compile(r"[\d.]+(千万元|百万元|千元|万元|亿元|元)")
