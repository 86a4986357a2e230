"""The demonstration's project list as an office publishes one: title, overview, total on top, a section for every unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from hydesk.domain.fields import LEDGER_MONEY, Field, FieldKind
from hydesk.domain.money import MoneyUnit
from hydesk.domain.understanding import ReadValue
from hydesk.excel.value_cells import head_cell, value_cell
from hydesk.excel.write_ledger import COLUMNS, save_book

_NUMERALS = "一二三四五六七八九十"
_SHOWN = tuple(c for c in COLUMNS if c[0] is not Field.REPORTING_UNIT)
"""The reporting unit stands in the sections alone."""
_NAME = next(i for i, (f, _, _) in enumerate(_SHOWN) if f is Field.NAME)

_WORKS = "施工单位"
"""A column that the ledger keeps as an own one: who builds is not the owner."""
_CONTRACTORS = ("湘衡建工（演示）", "衡州路桥（演示）", "雁城安装（演示）", "蒸湘市政（演示）", "南岳建设（演示）")

Row = Mapping[Field, ReadValue | None]


def write_demo_list(rows: Sequence[Row], path: Path, year: int) -> None:
    """Write ``rows`` (in the order of their units) to ``path``. Raises HydeskError when it cannot be written."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(f"{year}年重点项目")
    sheet.page_setup.orientation = "landscape"
    for index, (_, _, width) in enumerate(_SHOWN, 2):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([head_cell(sheet, f"衡阳市{year}年市重点建设项目清单（演示数据）")])
    sheet.append([head_cell(sheet, f"全市重点项目{len(rows)}个，总投资{_yi(rows, Field.TOTAL_INVESTMENT)}亿元，年度计划投资{_yi(rows, Field.ANNUAL_PLAN)}亿元。")])
    sheet.append([head_cell(sheet, text) for text in ("序号", *(text.format(year=year, last=year - 1) for _, text, _ in _SHOWN), _WORKS)])
    sheet.append(_sums(sheet, "总计", f"{len(rows)}个", rows))
    number = 0
    for at, (unit, group) in enumerate(groupby(rows, key=lambda r: r[Field.REPORTING_UNIT]), 1):
        own = list(group)
        sheet.append(_sums(sheet, f"{_numeral(at)}、{unit}（{len(own)}个）", None, own))
        for row in own:
            number += 1
            sheet.append([number, *(value_cell(sheet, row.get(f), money=f.kind is FieldKind.MONEY) for f, _, _ in _SHOWN),
                          value_cell(sheet, _contractor(number))])
    save_book(book, path)


def _contractor(number: int) -> str | None:
    """Who builds project ``number`` of the list; not every project has one yet."""
    return None if number % 6 == 0 else _CONTRACTORS[number * 7 % len(_CONTRACTORS)]


def _sums(sheet: object, words: str, count: str | None, rows: Sequence[Row]) -> list[object]:
    """A row that sums ``rows``: its words in the first column, the count under the name."""
    line: list[object] = [words, *(None for _ in _SHOWN)]
    line[_NAME + 1] = count
    for index, (f, _, _) in enumerate(_SHOWN, 1):
        if f in LEDGER_MONEY:
            line[index] = value_cell(sheet, sum(_amounts(rows, f)), money=True)
    return line


def _amounts(rows: Sequence[Row], f: Field) -> Iterator[int]:
    return (v for r in rows if isinstance(v := r.get(f), int))


def _yi(rows: Sequence[Row], f: Field) -> Decimal:
    return (Decimal(sum(_amounts(rows, f))) / MoneyUnit.YI.yuan).normalize()


def _numeral(number: int) -> str:
    """1 → 一, 12 → 十二."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _NUMERALS[tens - 1] + "十") + (_NUMERALS[ones - 1] if ones else "")
