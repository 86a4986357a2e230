"""Stage 'values', said: how an amount was told or why it was not, and the dates of a cell."""

from __future__ import annotations

import re

from hydesk.domain.fields import AMOUNTS_OF_PERIOD, LEDGER_MONEY, PROGRESS_MONEY, Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import CellValue
from hydesk.returns.amount_words import AmountSaid
from hydesk.returns.dates import (
    is_impossible_date,
    is_serial,
    may_be_october,
    read_date,
    read_span,
    read_start_finish,
    says_none_yet,
)
from hydesk.returns.row_reading import RowReading
from hydesk.returns.table import Column
from hydesk.returns.values import Amount, Reading, is_placeholder

_HOW = {
    AmountSaid.MARKED: "去掉注号", AmountSaid.PARTED: "只取总数，其中的分项和占比不计", AmountSaid.SUMMED: "各数相加",
    AmountSaid.WORDED: "从文字", AmountSaid.ABOUT: "从文字", AmountSaid.CORRECTED: "按更正后的数",
}
_MONTHS = re.compile(r"(?<![-至到~\d])(\d{1,2})月(?!\d)")
_SPAN_TO = re.compile(r"1[-至到~](\d{1,2})月")
_TO_DATE = re.compile(r"累计|年初|今年|本年|当年|全年|1[-至到~]\d{1,2}月")
_OF_MONTH = re.compile(r"本月|当月")


def say_amount(reading: RowReading, f: Field, amount: Amount, words: str) -> None:
    """Tells how an amount was told from its cell, where that needs a word."""
    match amount.reading:
        case Reading.WORDS:
            reading.find(Level.WARNING, "value_from_words",
                         f"{f.label}写作“{words}”，{_HOW[amount.said]}读作 {_wan(amount.yuan)} 万元。请确认确切数字", f)
        case Reading.ERROR_VALUE:
            reading.find(Level.ERROR, "error_value", f"{f.label}是错误值“{words}”，读不出数。请让填报单位改正公式后重报", f)
        case Reading.TEXT:
            reading.find(Level.ERROR, "text_in_number", f"{f.label}写作“{words}”，{why_unread(f, amount)}。请改填数字", f)
        case Reading.FORMULA:
            reading.find(Level.ERROR, "formula_without_result",
                         f"{f.label}是公式“{words}”，文件里没有存下结果，也算不出来。请打开原表保存一次后重报", f)
        case Reading.PLACEHOLDER:
            reading.find(Level.NOTE, "placeholder", f"{f.label}写作“{words}”，按没有（0）读取", f)
        case Reading.NUMBER if amount.said is not AmountSaid.PLAIN:
            reading.find(Level.NOTE, "value_composed",
                         f"{f.label}写作“{words}”，{_HOW[amount.said]}，读作 {_wan(amount.yuan)} 万元", f)
        case Reading.NUMBER if amount.unit is not None:
            reading.find(Level.NOTE, "unit_in_cell", f"{f.label}单元格里写明了单位（{words}），已按所写单位读取", f)
        case _:
            pass


def say_struck(reading: RowReading, f: Field, amount: Amount, whole: str) -> Amount:
    """The amount of a cell with struck-through words: the new one beside the old, or none where all is struck out."""
    if not whole:
        if not any(x.code == "struck_out" for x in reading.findings):
            reading.find(Level.ERROR, "struck_out", "这一行的数被划去，不能确定是否还算数。请核实", f)
        return Amount(Reading.BLANK)
    if amount.yuan is not None:
        said = " ".join(whole.split())
        reading.find(Level.WARNING, "value_from_words", (
            f"{f.label}写作“{said}”，其中有划去的旧数，已读作 {_wan(amount.yuan)} 万元。请确认"), f)
    return amount


def why_unread(f: Field, amount: Amount) -> str:
    """Why words in a money cell give no number."""
    if amount.intended:
        return "写的是打算，不是已经完成的数"
    if amount.around:
        return f"写的口径与“{f.label}”一列不符"
    return "读不出数"


def settled(f: Field, amount: Amount, month: int) -> Amount:
    """The amount as its column may take it: what is intended was not done, and another period's figure is not this one's."""
    if not amount.around or amount.yuan is None:
        return amount
    if amount.intended and f in PROGRESS_MONEY:
        return Amount(Reading.TEXT, intended=True, around=amount.around)
    if _other_period(f, amount.around, month):
        return Amount(Reading.TEXT, around=amount.around)
    return amount


def _other_period(f: Field, words: str, month: int) -> bool:
    if f in LEDGER_MONEY:
        return False
    if any(int(n) != month for n in _SPAN_TO.findall(words)):
        return True
    if any(int(n) != month for n in _MONTHS.findall(_SPAN_TO.sub("", words))):
        return True
    if f in AMOUNTS_OF_PERIOD:
        return bool(_TO_DATE.search(words))
    return bool(_OF_MONTH.search(words)) and not _TO_DATE.search(words)


def _wan(yuan: int | None) -> str:
    return "" if yuan is None else f"{yuan / 10000:,.2f}"


def take_date(reading: RowReading, column: Column, value: CellValue, words: str, year: int) -> None:
    """The date or both dates of a cell into the row's values; what cannot be read is said."""
    f = column.field
    assert f is not None
    sheet = reading.table.sheet
    if is_impossible_date(value):
        reading.find(Level.WARNING, "date_impossible", f"{f.label}写作“{words}”，没有这样的日期，未取。请核实", f)
        return
    if may_be_october(value):
        reading.find(Level.WARNING, "date_unclear", f"{f.label}写作“{words}”，是 1 月还是 10 月（{words}0）看不出来，未取。请核实", f)
        return
    if column.also is Field.FINISH_DATE:
        _take_both(reading, column, value, words)
        return
    span = read_span(value, year)
    found = read_date(value, year, from_1904=sheet.from_1904)
    if found is None and span is not None:
        found = span[0] if f in (Field.START_DATE, Field.PLANNED_START) else span[1]
    if found is not None:
        reading.values[f] = found
        if sheet.from_1904 and is_serial(value):
            reading.find(Level.WARNING, "date_from_1904", (
                f"{f.label}是数字 {words}，没有写成日期；这个工作簿从 1904 年起算，已读作 {found}。请核实"), f)
        return
    _say_unread(reading, f, words)


def _take_both(reading: RowReading, column: Column, value: CellValue, words: str) -> None:
    """Start and finish from one cell. A finish still to come is the planned one."""
    f, end = column.field, reading.table.period.end
    assert f is not None
    start, finish = read_start_finish(value)
    if start is not None:
        reading.values[f] = start
    if finish is not None:
        which = Field.PLANNED_FINISH if finish.day > end and read_span(value) is not None else Field.FINISH_DATE
        reading.values[which], reading.words[which] = finish, reading.words[f]
        reading.cells.also(which, f)
    if start is None and finish is None:
        _say_unread(reading, f, words)


def _say_unread(reading: RowReading, f: Field, words: str) -> None:
    if is_placeholder(words):
        return
    if says_none_yet(words):
        reading.find(Level.NOTE, "date_none_yet", f"{f.label}写作“{words}”，没有日期", f)
        return
    reading.find(Level.WARNING, "date_unread", f"{f.label}写作“{words}”，读不出是哪一天，未取。请核实", f)
