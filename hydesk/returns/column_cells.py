"""Stage 'columns', checked by what stands below: a head may promise money or words, and the cells hold something else.

One cause, one sentence: a column of sentences under 本月投资情况 is told once, not row by row; ticks, shares and dates
under 进度 are no progress in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.findings import Finding
from hydesk.domain.grid import CellValue, Sheet
from hydesk.domain.money import MoneyUnit
from hydesk.returns.column_guess import ColumnGuess, left_out
from hydesk.returns.head import Head
from hydesk.returns.head_grammar import read_head
from hydesk.returns.head_times import When
from hydesk.returns.head_vocabulary import WordKind
from hydesk.returns.resolve import column_question
from hydesk.returns.table import Column, Table
from hydesk.returns.text import is_blank, squeeze
from hydesk.returns.values import Reading, read_amount

_LEAST = 2
"""Filled cells from which a column may be judged."""
_LOOKED_AT = 400
_TICKS = frozenset("√✓✔☑vV×xX○●◎■□▲△★☆是否有无yYnN")
_SENTENCE = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")


def weigh_cells(table: Table) -> None:
    """Leaves out columns whose cells are not what their heads promise, and all but the surest of 形象进度."""
    for column in table.columns.values():
        if table.words.foreign and column.field in MONEY_FIELDS and column.said_unit is None:
            _leave_out(column, ColumnGuess(None, "外币金额，台账只记人民币，不取数", foreign=table.words.foreign))
        if column.field in MONEY_FIELDS or (column.field is None and column.guess.candidates):
            _weigh_money(table, column)
        elif column.field is Field.PROGRESS_TEXT:
            _weigh_progress(table, column)
        elif column.field is Field.YEAR_GOAL:
            _weigh_goal(table, column)
    _keep_surest_progress(table)


def _filled(sheet: Sheet, head: Head, column: int) -> Iterator[CellValue]:
    for row in sheet.rows[head.last_row : head.last_row + _LOOKED_AT]:
        if column <= len(row) and not is_blank(row[column - 1]):
            yield row[column - 1]


def _weigh_money(table: Table, column: Column) -> None:
    cells = list(_filled(table.sheet, table.head, column.number))
    written = [v for v in cells if isinstance(v, str)]
    if not written:
        return
    rates = sum(1 for v in written if _no_words(v) == "rates")
    if rates >= _LEAST and rates * 5 >= len(cells) * 3:
        _leave_out_rates(table, column)
        return
    words = sum(1 for v in cells if isinstance(v, str) and _SENTENCE.search(v) and read_amount(v, MoneyUnit.WAN).reading is Reading.TEXT)
    if words < _LEAST or words * 5 < len(cells) * 4 or any(isinstance(v, int | float) for v in cells[:1]) or _speaks_of_money(cells):
        return
    if _may_be_progress(table, column):
        column.field, column.confidence, column.reason = Field.PROGRESS_TEXT, 0.8, "写的是文字"
        column.guess = ColumnGuess(Field.PROGRESS_TEXT, column.reason, 0.8)
        return
    if column.field is Field.ANNUAL_PLAN and _names_no_money(table, column):
        column.field, column.confidence, column.reason = Field.YEAR_GOAL, 0.8, f"表头“{column.header}”，写的是文字"
        column.guess = ColumnGuess(Field.YEAR_GOAL, column.reason, 0.8)
        return
    wanted = column.field.label if column.field is not None else "金额"
    _leave_out(column, left_out(f"整列是文字，不是{wanted}"))
    table.findings.append(column_question(table, column, "column_of_words", (
        f"“{column.header}”一列像是{wanted}，写的却是文字，整列未取数。请让填报单位另填数字，或指明是什么")))


def _speaks_of_money(cells: list[CellValue]) -> bool:
    """Whether the sentences themselves name amounts, which are read one by one."""
    told = sum(1 for v in cells if isinstance(v, str) and re.search(r"\d\s*(?:亿|万)?元|\d\s*[亿万]", v))
    return told * 2 >= len(cells)


def _weigh_progress(table: Table, column: Column) -> None:
    cells = list(_filled(table.sheet, table.head, column.number))
    if not cells:
        return
    kinds = [_no_words(v) for v in cells]
    odd = sum(1 for k in kinds if k)
    if odd < _LEAST or odd * 5 < len(cells) * 3:
        return
    most = max(("ticks", "rates", "numbers", "dates"), key=kinds.count)
    if most == "rates" and column.confidence >= 0.9 and all(isinstance(v, str) for v in cells) and _alone(table, column):
        return  # 85% is how some counties say their progress
    if most == "ticks":
        _leave_out(column, left_out("打勾的列，不是文字"))
    elif most == "dates":
        _leave_out(column, left_out("写的是日期，不是文字"))
    elif most == "rates":
        _leave_out_rates(table, column)
    else:
        _leave_out(column, _amounts_under(table, column))


def _amounts_under(table: Table, column: Column) -> ColumnGuess:
    """What figures under 1-6月完成情况 may be: the ledger's figures decide, or it is asked."""
    said = read_head(column.path, table.period.year, table.period.last_month.number)
    if not said.has(WordKind.DONE, WordKind.FULFILMENT, WordKind.ALREADY) or said.leaf_has(WordKind.PROGRESS):
        return ColumnGuess(None, "写的是数字，不是文字", unknown=True)
    if said.times(When.SPAN, When.QUARTER):
        fields: tuple[Field, ...] = (Field.YEAR_INVESTMENT,)
    elif said.times(When.MONTH):
        fields = (Field.MONTH_INVESTMENT,)
    else:
        fields = (Field.YEAR_INVESTMENT, Field.MONTH_INVESTMENT, Field.TOTAL_INVESTED)
    return ColumnGuess(None, f"表头“{column.header}”下写的是数字", 0.5, fields)


def _weigh_goal(table: Table, column: Column) -> None:
    """年度目标 over figures is the year's plan of investment."""
    cells = list(_filled(table.sheet, table.head, column.number))
    numbers = sum(1 for v in cells if _no_words(v) == "numbers")
    if numbers >= _LEAST and numbers * 5 >= len(cells) * 4 and not any(c.field is Field.ANNUAL_PLAN for c in table.columns.values()):
        column.field, column.confidence, column.reason = Field.ANNUAL_PLAN, 0.9, f"表头“{column.header}”，写的是数字"
        column.guess = ColumnGuess(Field.ANNUAL_PLAN, column.reason, 0.9)


def _may_be_progress(table: Table, column: Column) -> bool:
    """完成情况 / 本月 over sentences says how far it got, where nothing names money."""
    said = read_head(column.path, table.period.year, table.period.last_month.number)
    return said.has(WordKind.STATE) and _names_no_money(table, column)


def _names_no_money(table: Table, column: Column) -> bool:
    """Whether no word and no unit of the head speaks of money: 全年目标, 完成情况."""
    said = read_head(column.path, table.period.year, table.period.last_month.number)
    return not said.has(WordKind.INVEST, WordKind.FUNDS, WordKind.TOTAL, WordKind.STATISTICS, WordKind.AMOUNT) and not said.units | said.group_units


def _leave_out_rates(table: Table, column: Column) -> None:
    _leave_out(column, ColumnGuess(None, "写的是百分比，不是文字，也不是金额", rate=True))
    table.findings.append(column_question(table, column, "column_of_rates", (
        f"“{column.header}”一列写的是百分比，不是金额也不是文字，整列未取。请核对是否填错了列")))


def _alone(table: Table, column: Column) -> bool:
    return not any(c.field is Field.PROGRESS_TEXT and c is not column for c in table.columns.values())


def _no_words(value: CellValue) -> str:
    """What a cell is that is no sentence: ticks, rates, numbers or dates; "" for words."""
    if isinstance(value, bool):
        return "ticks"
    if isinstance(value, int | float):
        return "rates" if -1 <= value <= 1.5 and value != int(value) else "numbers"
    if not isinstance(value, str):
        return "dates"
    text = squeeze(value)
    if set(text) <= _TICKS:
        return "ticks"
    if re.fullmatch(r"[约近达]?[-\d.]+[%‰％]", text):
        return "rates"
    if re.fullmatch(r"[-\d.,]+", text):
        return "numbers"
    return "dates" if re.fullmatch(r"\d{2,4}[-./年]\d{1,2}([-./月]\d{0,2}日?)?", text) else ""


def _leave_out(column: Column, guess: ColumnGuess) -> None:
    column.field, column.also = None, None
    column.guess, column.reason = guess, guess.reason


def _keep_surest_progress(table: Table) -> None:
    """形象进度 before 进展, 进展 before 工作情况: what is less surely the progress is not glued to what surely is."""
    several = [c for c in table.columns.values() if c.field is Field.PROGRESS_TEXT]
    if len(several) < 2:
        return
    surest = max(c.confidence for c in several)
    keep = next(c for c in several if c.confidence == surest)
    for c in several:
        if c.confidence < surest:
            _leave_out(c, left_out(f"形象进度已取“{keep.header}”一列"))


def said_of_foreign(table: Table) -> Iterator[Finding]:
    """Columns counted in another currency: named, never taken for 万元."""
    for column in table.columns.values():
        if column.guess.foreign:
            yield column_question(table, column, "foreign_currency", (
                f"“{column.header}”一列是{column.guess.foreign}，不是人民币，整列未取数。请按人民币重填"))
