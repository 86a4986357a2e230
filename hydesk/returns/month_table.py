"""A table of plans by month or quarter: a row for each project, a column for each month (docs/rules.md §13.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hydesk.dataclass import dataclass
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, Sheet, cell_name
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.domain.month_plan import MONTHS, QUARTERS, PlanStep
from hydesk.returns.columns import unit_in_words
from hydesk.returns.head_words import bare
from hydesk.returns.text import shown, squeeze
from hydesk.returns.values import Reading, read_amount

_HEAD_ROWS = 20
_TAIL = r"(?:份|计划|序时|投资|完成|目标|额|数|应|拟|年度|安排)*"
_YEAR = r"(?:(?:20)?\d\d年)?"
_MONTH = re.compile(rf"{_YEAR}(?:序时)?(?:计划)?(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月{_TAIL}")
_QUARTER = re.compile(rf"{_YEAR}(?:序时)?(?:计划)?第?([1-4一二三四])季度?{_TAIL}")
_CHINESE = {w: n for n, w in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), 1)}
_CODES = ("编号", "项目编号", "市重点编号")
_NAMES = ("项目名称", "工程名称", "项目")
_SUM = re.compile(r"^(?:合计|总计|小计|全市|其中|注|说明|填报|单位|制表|审核|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\))")
_TAKEN = (Reading.NUMBER, Reading.PLACEHOLDER, Reading.WORDS)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A row that names a project, with its amounts: twelve, or four where the table is by quarter; blank ones are nothing."""

    code: str
    name: str
    amounts: tuple[Yuan, ...]
    step: PlanStep
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class MonthTable:
    """What a workbook holds; ``rejected`` where no sheet has projects and months."""

    rows: tuple[MonthRow, ...]
    findings: tuple[Finding, ...]
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    row: int
    code: int | None
    name: int | None
    columns: Mapping[int, int]
    step: PlanStep


def read_month_table(book: Book) -> MonthTable:
    """Every project's plan on every visible sheet that has a column for each month, or for each quarter."""
    rows: list[MonthRow] = []
    findings: list[Finding] = []
    heads = [(sheet, head) for sheet in book.sheets if not sheet.hidden and (head := _head(sheet)) is not None]
    for sheet, head in heads:
        _read(sheet, head, rows, findings)
    if not heads:
        why = ("没有找到编号或项目名称，和1月至12月（或一季度至四季度）各一列的表头。"
               "可先用“导出模板”照着填；只有1-3月这样的累计列的，请改成各月的数")
        return MonthTable((), (Finding(Level.ERROR, "no_head", why, "", 0),), True)
    return MonthTable(tuple(rows), tuple(findings))


def _head(sheet: Sheet) -> _Head | None:
    """The first row with a column for each month or quarter; names may stand in one of the two rows above it."""
    for row in range(1, min(_HEAD_ROWS, len(sheet.rows)) + 1):
        for step, pattern, count in ((PlanStep.MONTH, _MONTH, MONTHS), (PlanStep.QUARTER, _QUARTER, QUARTERS)):
            found: dict[int, int] = {}
            for column in range(1, sheet.width + 1):
                if (number := _number(pattern, squeeze(re.sub(r"[（(].*?[）)]", "", shown(sheet.cell(row, column)))))) is not None:
                    found.setdefault(number, column)
            if len(found) == count:
                code, name = (_column(sheet, row, words) for words in (_CODES, _NAMES))
                if code is not None or name is not None:
                    return _Head(row, code, name, {number - 1: column for number, column in found.items()}, step)
    return None


def _number(pattern: re.Pattern[str], words: str) -> int | None:
    found = pattern.fullmatch(words)
    return None if found is None else int(found[1]) if found[1].isdigit() else _CHINESE[found[1]]


def _column(sheet: Sheet, row: int, wanted: tuple[str, ...]) -> int | None:
    for above in range(row, max(0, row - 3), -1):
        for column in range(1, sheet.width + 1):
            if bare(shown(sheet.cell(above, column))) in wanted:
                return column
    return None


def _unit(sheet: Sheet, head: _Head) -> MoneyUnit:
    """What the amounts are counted in: as the heads of the months say, else a line above, else 万元."""
    said = [unit_in_words(shown(sheet.cell(head.row, c))) for c in head.columns.values()]
    said += [unit_in_words(shown(sheet.cell(r, c))) for r in range(head.row, 0, -1) for c in range(1, sheet.width + 1)
             if "单位" in shown(sheet.cell(r, c))]
    return next((u for u in said if u is not None), MoneyUnit.WAN)


def _read(sheet: Sheet, head: _Head, rows: list[MonthRow], findings: list[Finding]) -> None:
    unit = _unit(sheet, head)
    for row in range(head.row + 1, len(sheet.rows) + 1):
        code, name = ("" if at is None else " ".join(shown(sheet.cell(row, at)).split()) for at in (head.code, head.name))
        if not (code or name) or _SUM.match(squeeze(name or code)) or squeeze(code) in _CODES or squeeze(name) in _NAMES:
            continue
        amounts = {}
        wrong = False
        for index, column in head.columns.items():
            where = cell_name(row, column)
            amount = read_amount(sheet.cell(row, column), unit, formula=sheet.formulas.get((row, column)))
            if amount.reading is Reading.BLANK:
                continue
            if amount.reading not in _TAKEN or amount.yuan is None or amount.yuan < 0:
                wrong = True
                findings.append(Finding(Level.ERROR, "no_amount", (
                    f"“{name or code}”这一格应是金额，不能是“{shown(sheet.cell(row, column)).strip()}”，这个项目没有收。请改正后再导入"),
                    sheet.name, row, where))
            else:
                amounts[index] = amount.yuan
        if amounts and not wrong:
            count = MONTHS if head.step is PlanStep.MONTH else QUARTERS
            rows.append(MonthRow(code, name, tuple(amounts.get(i, 0) for i in range(count)), head.step, sheet.name, row))
