"""The records of a register in a workbook, by the heads its definition names; and single values typed by hand.

Where a value cannot be told the record waits for a person, as a return's row does; nothing is guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, CellValue, Sheet, cell_name, column_letter
from hydesk.domain.money import MoneyUnit
from hydesk.domain.registers import RegisterDefinition, RegisterField, RegisterKind, RegisterValue
from hydesk.returns.dates import read_date
from hydesk.returns.head_words import bare
from hydesk.returns.text import is_blank, shown, squeeze
from hydesk.returns.values import Reading, clean_number, is_placeholder, read_amount

Find = Callable[[str], str | None]
"""The ledger's own name for words: a unit's name, a project's code; None where it knows none."""

_HEAD_ROWS = 20
_SUMS = re.compile(r"^(合计|总计|小计|累计|注[:：]|备注[:：]|说明[:：]|填报人|审核人|单位负责人)")
_UNIT_SAID = re.compile(r"\((千元|百万元|千万元|万元|亿元|元)\)|单位[:：]\s*(千元|百万元|千万元|万元|亿元|元)")
_NUMBER = re.compile(r"^[-+]?\d{1,15}(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Lookups:
    """What a value is compared with: the ledger's units and projects, and the year meant by 6月."""

    year: int
    unit: Find
    project: Find


@dataclass(frozen=True, slots=True, eq=False)
class RegisterSource:
    """A sheet that rows come from: by field the column it stands in."""

    sheet: Sheet
    columns: Mapping[str, int]
    letters: Mapping[str, str]

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return self.sheet.name

    def words(self, row: int, field: str) -> str:
        """The words that stand in the row's cell of ``field``."""
        return shown(self.sheet.cell(row, self.columns[field])).strip()


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One record as a workbook gives it."""

    row: int
    values: Mapping[str, RegisterValue]
    accepted: bool
    source: RegisterSource

    @property
    def sheet(self) -> str:
        """The name of the sheet it stands on."""
        return self.source.name

    def cell(self, field: str) -> str:
        """The cell in which ``field`` stands (C3)."""
        return f"{self.source.letters[field]}{self.row}"

    def words(self, field: str) -> str:
        """The words that stand in that cell."""
        return self.source.words(self.row, field)


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """All that was read of one workbook for one register."""

    rows: tuple[RegisterRow, ...]
    findings: tuple[Finding, ...]
    rejected: bool
    fields: tuple[str, ...] = ()
    """The fields that the workbook has a column for; others are left as they are."""


@dataclass(slots=True)
class _Head:
    row: int
    columns: dict[int, RegisterField] = field(default_factory=dict)
    units: dict[int, MoneyUnit] = field(default_factory=dict)
    left_out: list[tuple[int, str]] = field(default_factory=list)


Read = tuple[RegisterValue | None, str | None]
"""The value of a cell, and a sentence where it cannot stand in the field."""


class _Column:
    """A column of a sheet: what the same words or the same day mean in it is decided once."""

    def __init__(self, column: int, own: RegisterField, unit: MoneyUnit, lookups: Lookups) -> None:
        self.index = column - 1
        self.own = own
        self._told = unit, lookups
        self._known: dict[CellValue, Read] = {}
        self._plain = own.kind in (RegisterKind.TEXT, RegisterKind.LONG_TEXT)

    def read(self, value: CellValue) -> Read:
        """``read_value`` of a cell of the column."""
        unit, lookups = self._told
        if self._plain or type(value) not in _DECIDED_ONCE:
            return read_value(self.own, value, lookups, unit)
        found = self._known.get(value)
        if found is None:
            found = self._known[value] = read_value(self.own, value, lookups, unit)
        return found


_DECIDED_ONCE = (str, date, datetime)
"""Not numbers: 1, 1.0 and True are equal and not the same."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """How the rows under a head are read."""

    source: RegisterSource
    columns: Sequence[_Column]
    required: Sequence[RegisterField]
    identity: frozenset[str]

    @classmethod
    def under(cls, head: _Head, sheet: Sheet, definition: RegisterDefinition, lookups: Lookups) -> _Rows:
        keys = {f.key: c for c, f in head.columns.items()}
        return cls(RegisterSource(sheet, keys, {key: column_letter(c) for key, c in keys.items()}),
                   [_Column(c, f, head.units[c], lookups) for c, f in head.columns.items()],
                   [f for f in definition.stored if f.required and f.key in keys], frozenset(definition.identity))


def read_value(own: RegisterField, value: CellValue, lookups: Lookups,
               unit: MoneyUnit = MoneyUnit.WAN) -> tuple[RegisterValue | None, str | None]:
    """The value of a cell or of what was typed, and a sentence where it cannot stand in the field."""
    if is_blank(value) or (own.kind not in (RegisterKind.TEXT, RegisterKind.LONG_TEXT, RegisterKind.CHOICE)
                           and isinstance(value, str) and is_placeholder(value)):
        return None, None
    words = shown(value).strip()
    if not words:  # white space of a rarer kind
        return None, None
    if own.kind is RegisterKind.MONEY:
        amount = read_amount(value, unit)
        if amount.yuan is None or amount.reading is Reading.WORDS:
            return None, f"“{own.label}”应是金额，不能填“{words}”"
        return amount.yuan, None
    if own.kind is RegisterKind.NUMBER:
        return _number(own, value, words)
    if own.kind is RegisterKind.DATE:
        day = (month_and_day(value, lookups.year) if isinstance(value, str) else None) or read_date(value, lookups.year)
        return (day, None) if day is not None else (None, f"“{own.label}”应是日期，不能填“{words}”")
    if own.kind is RegisterKind.CHOICE:
        found = next((c for c in own.choices if squeeze(c) == squeeze(words)), None)
        return (found, None) if found else (None, f"“{own.label}”只能是{'、'.join(own.choices)}之一，不能填“{words}”")
    if own.kind in (RegisterKind.UNIT, RegisterKind.PROJECT):
        found = (lookups.unit if own.kind is RegisterKind.UNIT else lookups.project)(words)
        what = "填报单位" if own.kind is RegisterKind.UNIT else "项目"
        return (found, None) if found else (None, f"台账里没有名为“{words}”的{what}，请核对“{own.label}”")
    return words, None


def month_and_day(text: str, year: int) -> LooseDate | None:
    """9-5, 9.5 and 9/5: in a field for a date they can mean nothing but a day of the year at hand."""
    said = re.fullmatch(r"(\d{1,2})[-./．](\d{1,2})", text.strip())
    try:
        return LooseDate(date(year, int(said[1]), int(said[2]))) if said is not None else None
    except ValueError:
        return None


def _number(own: RegisterField, value: CellValue, words: str) -> tuple[RegisterValue | None, str | None]:
    if isinstance(value, bool):
        return None, f"“{own.label}”应是数字，不能填“{words}”"
    if isinstance(value, int | float) and math.isfinite(value):
        return Decimal(format(clean_number(value).normalize(), "f")), None
    text = squeeze(words).replace(",", "")
    if own.measure and text.endswith(squeeze(own.measure)):
        text = text.removesuffix(squeeze(own.measure))
    if _NUMBER.match(text):
        return Decimal(text), None
    return None, f"“{own.label}”应是数字，不能填“{words}”"


def understand_register(book: Book, definition: RegisterDefinition, lookups: Lookups) -> RegisterReading:
    """Every record that ``book`` holds for the register; sheets without its heads are passed over."""
    rows: list[RegisterRow] = []
    findings: list[Finding] = []
    fields: dict[str, None] = {}
    for sheet in book.sheets:
        head = None if sheet.hidden else _find_head(sheet, definition)
        if head is None:
            continue
        fields |= dict.fromkeys(f.key for f in head.columns.values())
        findings += [Finding(Level.NOTE, "column_left_out", f"“{words}”一列不是“{definition.name}”的字段，没有读取",
                             sheet.name, column=column_letter(c)) for c, words in head.left_out]
        below = _Rows.under(head, sheet, definition, lookups)
        for number in range(head.row + 1, len(sheet.rows) + 1):
            found = _read_row(below, number, findings)
            if found is not None:
                rows.append(found)
    if not fields:
        wanted = "、".join(definition.field_of(k).label for k in definition.identity)
        said = f"没有找到“{definition.name}”的表头：至少要有“{wanted}”和另一个字段的列名，请按导出的样式填写"
        return RegisterReading((), (Finding(Level.ERROR, "no_sheet", said),), True)
    return RegisterReading(tuple(rows), tuple(findings), False, tuple(fields))


def _find_head(sheet: Sheet, definition: RegisterDefinition) -> _Head | None:
    known = {bare(name): f for f in definition.stored for name in (f.label, f.head, *f.names)}
    computed = {bare(f.head) for f in definition.fields} | {bare(f.label) for f in definition.fields} | {"序号", "编号"}
    best: _Head | None = None
    said = MoneyUnit.WAN
    for number in range(1, min(_HEAD_ROWS, len(sheet.rows)) + 1):
        head = _Head(number)
        for column, value in enumerate(sheet.rows[number - 1], 1):
            if not isinstance(value, str) or is_blank(value):
                continue
            own = known.get(bare(value))
            unit = _UNIT_SAID.search(squeeze(value))
            if own is not None and own not in head.columns.values():
                head.columns[column] = own
                head.units[column] = MoneyUnit(unit[1] or unit[2]) if unit else said
            elif bare(value) not in computed:
                head.left_out.append((column, shown(value).strip()))
            if own is None and unit and unit[2]:
                said = MoneyUnit(unit[2])
        if len(head.columns) > (len(best.columns) if best else 0):
            best = head
    if best is None or len(best.columns) < min(2, len(definition.stored)):
        return None
    keys = {f.key for f in best.columns.values()}
    return best if keys & set(definition.identity) else None


def _read_row(rows: _Rows, number: int, findings: list[Finding]) -> RegisterRow | None:
    line = rows.source.sheet.rows[number - 1]
    held = [(c, value) for c in rows.columns if c.index < len(line) and not is_blank(value := line[c.index])]
    if not held or not _is_record(rows, line, {c.own.key for c, _ in held}):
        return None
    values: dict[str, RegisterValue] = {}
    accepted = True
    for column, value in held:
        read, wrong = column.read(value)
        if wrong is not None:
            accepted = False
            findings.append(Finding(Level.ERROR, "not_a_value", f"第{number}行：{wrong}。本行未取，请改正后再导入",
                                    rows.source.name, number, cell_name(number, column.index + 1)))
        elif read is not None:
            values[column.own.key] = read
    for own in rows.required:
        if own.key not in values and accepted:
            accepted = False
            findings.append(Finding(Level.ERROR, "missing_value", f"第{number}行没有填“{own.label}”。本行未取，请补填",
                                    rows.source.name, number))
    return RegisterRow(number, values, accepted, rows.source)


def _is_record(rows: _Rows, line: Sequence[CellValue], keys: set[str]) -> bool:
    """Whether a row in which ``keys`` are filled is a record: it names what it is about, or fills two fields, and is no sum."""
    if rows.identity.isdisjoint(keys) and len(keys) < 2:
        return False
    first = next(v for v in line if not is_blank(v))
    if not isinstance(first, str) or not _SUMS.match(squeeze(first.strip())):
        return True
    # A row that begins like a sum is a record after all where all that tells a record apart is there.
    return len(rows.identity) > 1 and rows.identity <= keys
