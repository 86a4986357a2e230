"""From a sheet to a table: head, column guesses, layout, rows and matches, before sheets are chosen."""

from __future__ import annotations

import re
from collections.abc import Callable

from hydesk.domain.fields import MONEY_FIELDS, Field, FieldKind
from hydesk.domain.grid import Sheet
from hydesk.domain.periods import Period
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.domain.snapshot import Memory
from hydesk.returns.aliases import SERIAL_HEADS
from hydesk.returns.choose_columns import drop_empty_twins, one_column_each
from hydesk.returns.column_cells import weigh_cells
from hydesk.returns.column_guess import ColumnGuess
from hydesk.returns.columns import guess_column
from hydesk.returns.head import Head, find_head
from hydesk.returns.head_words import bare, recall
from hydesk.returns.named_columns import named_columns, named_head, named_note, recall_layout
from hydesk.returns.own_cells import own_guess
from hydesk.returns.own_values import own_by_head, own_of_head
from hydesk.returns.period_columns import leave_out_other_amounts, settle_period_columns
from hydesk.returns.rows import Layout, RowKind, sort_rows
from hydesk.returns.shapes.row_units import units_by_row
from hydesk.returns.sheets import SheetWords, head_unit, words_above
from hydesk.returns.table import Column, Table
from hydesk.returns.text import name_key, shown, squeeze

_BOTH = re.compile(r"开[、/及和(（]?[竣完]|开工.{0,4}[竣完]工")
_PART_OF_LEFT = re.compile(r"\(?其中(?![:：]?\)?$)")
"""累计完成投资 | 其中：2023年: a part of what the column to the left holds."""
_ONE_MONTH = re.compile(r"(?:20\d\d年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?$")
_SUM_OF_LEFT = re.compile(r"(?:合|总|小|累)计(?:完成)?数?$")
_LEAST_MONTHS = 2
"""一月 | 二月 | … | 合计: months of which the column behind them is the sum."""
_AND_FINISH = re.compile(r"竣工|投产|完工")


def build_table(
    sheet: Sheet, period: Period, memory: Memory, unit_name: str | None,
    is_project: Callable[[str], bool], is_unit: Callable[[str], bool], first_row: int = 1,
) -> Table | None:
    """The sheet's table from ``first_row`` on with its columns guessed and rows sorted; None when there is no head.

    Columns that a person named for such a sheet go before what its head says.
    """
    head = find_head(sheet, first_row)
    layout = recall_layout(memory, unit_name, sheet, head)
    if layout is not None:
        return _named_table(sheet, layout, period, is_project, is_unit)
    if head is None:
        return None
    return table_under(sheet, head, words_above(sheet, head), period, memory, unit_name, is_project, is_unit)


def table_under(
    sheet: Sheet, head: Head, words: SheetWords, period: Period, memory: Memory, unit_name: str | None,
    is_project: Callable[[str], bool], is_unit: Callable[[str], bool],
) -> Table:
    """The table below a head that is known."""
    columns = columns_under(sheet, head, period, memory, unit_name)
    table = Table(sheet, head, words, columns, _layout(head, columns, sheet), [], period)
    weigh_cells(table)
    one_column_each(table)
    table.sheet = units_by_row(table) or sheet
    table.layout = _layout(head, columns, sheet)
    table.rows = sort_rows(sheet, head, table.layout, is_project, is_unit)
    return table


def _named_table(
    sheet: Sheet, layout: SheetLayout, period: Period, is_project: Callable[[str], bool], is_unit: Callable[[str], bool],
) -> Table | None:
    """The table as a person's words make it; None where the sheet holds no project by them."""
    head = named_head(sheet, layout, is_project)
    columns = named_columns(head, layout)
    leave_out_other_amounts(columns, period)
    above = words_above(sheet, Head((head.last_row + 1,), {}, {}))
    table = Table(sheet, head, above, columns, _layout(head, columns, sheet), [], period)
    table.rows = sort_rows(sheet, head, table.layout, is_project, is_unit)
    if not any(row_codes(table, r) or is_project(row_name(table, r, ())) for r in project_rows(table)):
        return None
    table.findings.append(named_note(sheet, layout))
    return table


def columns_under(
    sheet: Sheet, head: Head, period: Period, memory: Memory, unit_name: str | None
) -> dict[int, Column]:
    """What each column holds by the words over it, and by what was decided before."""
    columns: dict[int, Column] = {}
    own = own_by_head(memory.own)
    whole: tuple[str, ...] = ()
    months = 0
    for number, path in sorted(head.paths.items()):
        part = bool(_PART_OF_LEFT.match(path[-1]))
        if part and whole and path[:-1] == whole[:-1]:
            guess = guess_column((*whole, path[-1]), period)
        elif months >= _LEAST_MONTHS and _SUM_OF_LEFT.match(bare(path[-1])) and path[:-1] == whole[:-1]:
            guess = guess_column((f"{period.year}年各月完成投资", path[-1]), period)
        else:
            guess = guess_column(path, period)
        months = months + 1 if _ONE_MONTH.match(bare(path[-1])) and (not months or path[:-1] == whole[:-1]) else 0
        whole = whole if part else path
        remembered = recall(memory.columns, unit_name, "/".join(path))
        if remembered is not None:
            guess = ColumnGuess(remembered, "按以前确认过的列名")
        elif (named := own_of_head(own, path)) is not None:
            guess = own_guess(named, columns.values())
        columns[number] = Column(number, path, guess, guess.field, guess.reason, guess.confidence, head_unit(path))
    held = {c.field for c in columns.values()}
    for column in columns.values():
        # 开工、竣工投产时间 and 开竣工时间: both dates in one cell.
        words = bare("".join(column.path))
        if column.field is Field.START_DATE and Field.FINISH_DATE not in held and _AND_FINISH.search(words):
            column.also = Field.FINISH_DATE
        elif column.field is Field.FINISH_DATE and Field.START_DATE not in held and _BOTH.search(words):
            column.field, column.also = Field.START_DATE, Field.FINISH_DATE
    settle_period_columns(sheet, head, columns, period)
    drop_empty_twins(sheet, head, columns)
    return columns


def _layout(head: Head, columns: dict[int, Column], sheet: Sheet) -> Layout:
    serial = next((c for c, p in head.paths.items() if bare("".join(p)) in SERIAL_HEADS or bare(p[-1]) in SERIAL_HEADS), 0)
    name = next((c.number for c in columns.values() if c.field is Field.NAME), 0)
    codes = tuple(c.number for c in columns.values() if c.field in (Field.CODE, Field.APPROVAL_CODE))
    # Rates and unread figures count as figures too: a row that carries them is no continuation of words.
    money = tuple(
        c.number for c in columns.values()
        if c.field in MONEY_FIELDS or c.guess.candidates or (c.field is None and c.number != serial and c.guess.rate)
    )
    texts = {
        c.number: c.field for c in columns.values() if c.field is not None and c.field.kind is not FieldKind.MONEY
    }
    return Layout(serial, name, codes, money, texts)


def row_name(table: Table, row: int, continued: tuple[int, ...]) -> str:
    """The name as written, with the rows that carry it on; a name merged over rows is its upper cell's."""
    column = table.layout.name
    if not column:
        return ""
    parts = [shown(table.sheet.cell(r, column)).strip() for r in sorted((row, *continued))]
    name = "".join(p for p in parts if p)
    if not name:
        span = next(
            (m for m in table.sheet.merges if m.left <= column <= m.right and m.top < row <= m.bottom), None
        )
        if span is not None and span.top > table.head.last_row:
            name = shown(table.sheet.cell(span.top, span.left)).strip()
    return name


def row_codes(table: Table, row: int) -> list[str]:
    """Codes that stand in the row's code columns."""
    found = [shown(table.sheet.cell(row, c)).strip() for c in table.layout.codes]
    return [c for c in found if c and re.search(r"\d", c)]


def project_rows(table: Table) -> list[int]:
    """Rows that are projects."""
    return [r.row for r in table.rows if r.kind is RowKind.PROJECT]


def name_parts(words: str) -> list[str]:
    """What may be the project's name in a cell that holds owner and name together, likeliest first."""
    pieces = re.split(r"[\n\r]+|[:：;；|/]|\s{2,}|——|--| - ", words)
    parts = [p.strip(" ()（）") for p in pieces if p.strip()]
    inner = re.findall(r"[（(]([^()（）]{4,})[)）]", words)
    ordered = sorted({*parts, *inner, *words.split()}, key=lambda p: (not re.search(r"项目|工程|建设|基地|园", p), -len(p)))
    return [p for p in ordered if len(name_key(p)) >= 4 and squeeze(p) != squeeze(words)]
