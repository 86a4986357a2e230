"""Stages 'head' and 'columns' for a sheet whose columns a person named, and what may be guessed for that person.

Such a sheet is known again by its reporting unit, its own name without figures (6月报表, 7月报表) and the words of its
head, if it shows one: with other words the decision no longer holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from hydesk.dataclass import dataclass
from hydesk.domain.fields import LEDGER_MONEY, MONEY_FIELDS, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Sheet, column_letter
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.domain.snapshot import KnownProject, Memory
from hydesk.returns.column_guess import ColumnGuess
from hydesk.returns.columns import guess_column
from hydesk.returns.head import Head
from hydesk.returns.matching import ProjectIndex
from hydesk.returns.sheets import head_unit
from hydesk.returns.table import Column
from hydesk.returns.text import is_blank, shown, squeeze
from hydesk.returns.values import Reading, read_amount

_UNITS = (MoneyUnit.WAN, MoneyUnit.YI, MoneyUnit.YUAN)
_LOOKED_AT = 60
"""Rows from which the columns are guessed."""
_SHARE = Decimal("0.6")
"""Of the matched rows whose figures must equal the ledger's before a column is guessed to hold them."""


def layout_key(sheet: Sheet, head: Head | None) -> str:
    """How a sheet is known again next time."""
    words = "" if head is None else "".join("".join(path) for _, path in sorted(head.paths.items()))
    return re.sub(r"[\d\s]+", "", squeeze(sheet.name)) + "|" + re.sub(r"\d+", "", words)


def recall_layout(memory: Memory, unit: str | None, sheet: Sheet, head: Head | None) -> SheetLayout | None:
    """The columns a person named for such a sheet of ``unit``, or of whatever unit."""
    if not memory.layouts:
        return None
    key = layout_key(sheet, head)
    own = memory.layouts.get((unit, key)) if unit else None
    found = own if own is not None else memory.layouts.get(("", key))
    if found is None or max(found.columns) > sheet.width:
        return None
    return found


def named_head(sheet: Sheet, layout: SheetLayout, is_project: Callable[[str], bool]) -> Head:
    """The head that stands for a person's words: everything above the first project.

    Where this return's title is shorter than the last one's, a project above the row that was named is not lost.
    """
    names = [c for c, f in layout.columns.items() if f is Field.NAME]
    first = layout.first_row
    for row in range(1, min(first, len(sheet.rows) + 1)):
        if any(is_project(shown(sheet.cell(row, c))) for c in names):
            first = row
            break
    paths: dict[int, tuple[str, ...]] = {}
    for column in range(1, sheet.width + 1):
        words = words_over(sheet, column, first)
        paths[column] = (words or f"{column_letter(column)}列",)
    return Head((first - 1,), paths, {c: (max(first - 1, 1), c) for c in paths})


def words_over(sheet: Sheet, column: int, first_row: int) -> str:
    """The words right above a column's first value, "" where there are none short enough to be its head."""
    for row in range(first_row - 1, max(first_row - 4, 0), -1):
        value = sheet.cell(row, column)
        if isinstance(value, str) and not is_blank(value):
            words = squeeze(value)
            return words if len(words) <= 30 else ""
    return ""


def named_columns(head: Head, layout: SheetLayout) -> dict[int, Column]:
    """Each column with the field that a person gave it; the others are left out."""
    columns: dict[int, Column] = {}
    for number, path in head.paths.items():
        field = layout.columns.get(number)
        reason = "由人指定" if field is not None else "没有指定，不取数"
        columns[number] = Column(number, path, ColumnGuess(field, reason), field, reason, 1.0,
                                 layout.units.get(number) or head_unit(path))
    return columns


def named_note(sheet: Sheet, layout: SheetLayout) -> Finding:
    """Says that a sheet was read by a person's words: next month's may have other columns."""
    return Finding(Level.NOTE, "columns_named", (
        f"表“{sheet.name}”的表头认不出，按以前指定的列读取：{layout.said}。请看一眼各列是否还对"), sheet.name)


@dataclass(frozen=True, slots=True)
class LayoutGuess:
    """What the figures and the head's words tell of a sheet's columns, for a person to go by."""

    layout: SheetLayout
    rows: dict[int, KnownProject]
    """Rows whose name or code is a project's of the ledger."""


def guess_layout(sheet: Sheet, index: ProjectIndex, period: Period) -> LayoutGuess:
    """The columns as far as the ledger tells them: names and codes it knows, amounts that equal its own.

    A guess is only ever shown to a person, never taken.
    """
    columns: dict[int, Field] = {}
    units: dict[int, MoneyUnit] = {}
    rows = _project_column(sheet, index, columns)
    first = min(rows, default=1)
    telling = [c for c in range(1, sheet.width + 1) if not _counts(sheet, c, rows)]
    told_words = {c: w for c in telling if (w := words_over(sheet, c, first))}
    told = {c: guess_column((w,), period).field for c, w in told_words.items()}
    for column in range(1, sheet.width + 1):
        field = told.get(column)
        if column not in columns and field is not None and field not in columns.values():
            columns[column] = field
    for column in telling:
        if column not in columns and (found := _by_figures(sheet, column, rows)) and found[0] not in columns.values():
            columns[column], units[column] = found
    for column, field in columns.items():
        if units and field in MONEY_FIELDS and column not in units and head_unit((told_words.get(column, ""),)) is None:
            units[column] = Counter(units.values()).most_common(1)[0][0]
    return LayoutGuess(SheetLayout(first, columns, units), rows)


def _project_column(sheet: Sheet, index: ProjectIndex, columns: dict[int, Field]) -> dict[int, KnownProject]:
    """Finds the columns of names and codes, and the rows of the projects that they name."""
    named: Counter[int] = Counter()
    coded: Counter[int] = Counter()
    found: dict[int, KnownProject] = {}
    for row in range(1, len(sheet.rows) + 1):
        for column, value in enumerate(sheet.rows[row - 1], 1):
            if is_blank(value) or not isinstance(value, str):
                continue
            words = value.strip()
            if (project := index.by_code(words)) is not None:
                coded[column] += 1
                found.setdefault(row, project)
            elif len(words) > 4 and (match := index.by_name(words, None)) is not None:
                named[column] += 1
                found.setdefault(row, match[0])
        if len(found) >= _LOOKED_AT:
            break
    for counted, field in ((named, Field.NAME), (coded, Field.CODE)):
        if counted:
            columns[counted.most_common(1)[0][0]] = field
    return found


def _counts(sheet: Sheet, column: int, rows: dict[int, KnownProject]) -> bool:
    """Whether a column numbers the rows (1, 2, 4 …, rows of strangers passed over), which are no amounts."""
    values = [squeeze(shown(sheet.cell(row, column))) for row in sorted(rows)]
    numbers = [int(v) for v in values if v.isdigit()]
    if len(numbers) < len(values) or len(numbers) < 2 or numbers[0] > 3:
        return False
    return all(0 < b - a <= 3 for a, b in pairwise(numbers))


def _by_figures(sheet: Sheet, column: int, rows: dict[int, KnownProject]) -> tuple[Field, MoneyUnit] | None:
    """The field whose figures in the ledger most rows of the column equal, and the unit they are counted in."""
    best: tuple[int, Field, MoneyUnit] | None = None
    numbers: dict[int, Decimal] = {}
    for row in rows:
        amount = read_amount(sheet.cell(row, column), MoneyUnit.YI)
        if amount.reading is Reading.NUMBER and amount.yuan and amount.unit is None:
            numbers[row] = Decimal(amount.yuan) / MoneyUnit.YI.yuan
    if not numbers:
        return None
    for unit in _UNITS:
        for field in (*LEDGER_MONEY, Field.YEAR_INVESTMENT, Field.MONTH_INVESTMENT):
            fits = sum(1 for row, number in numbers.items() if _fits(rows[row], field, int(number * unit.yuan)))
            if fits >= 2 and Decimal(fits) >= _SHARE * len(numbers) and (best is None or fits > best[0]):
                best = (fits, field, unit)
    return None if best is None else best[1:]


def _fits(project: KnownProject, field: Field, amount: int) -> bool:
    """Whether an amount equals the ledger's, or is what it may have grown to since the last month."""
    previous = project.previous.money if project.previous else {}
    plan = project.annual_plan or 0
    if field is Field.YEAR_INVESTMENT:
        before = previous.get(field)
        return before is not None and plan > 0 and before <= amount <= before + plan // 3
    if field is Field.MONTH_INVESTMENT:
        return 0 < amount <= plan // 5 and amount < (previous.get(Field.YEAR_INVESTMENT) or 0)
    held = {Field.TOTAL_INVESTMENT: project.total_investment, Field.INVESTED_BEFORE: project.invested_before,
            Field.ANNUAL_PLAN: plan}[field]
    return bool(held) and abs(amount - (held or 0)) * 1000 <= (held or 0)
