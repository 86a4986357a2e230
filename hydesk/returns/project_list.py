"""A project list (``ledger import``), by the same understanding of heads, units, rows and values as returns."""

from __future__ import annotations

from hydesk.domain.fields import MONEY_FIELDS, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, row_in_file
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import LedgerSnapshot, Memory
from hydesk.domain.understanding import (
    ListedPart,
    ListedProject,
    ProjectList,
    ReadColumn,
    ReadSheet,
    ReadValue,
)
from hydesk.returns.checks import wan
from hydesk.returns.column_cells import said_of_foreign
from hydesk.returns.dates import read_years
from hydesk.returns.list_parts import read_parts
from hydesk.returns.matching import Match, MatchDoubt, code_key
from hydesk.returns.read_rows import RowReading, read_rows
from hydesk.returns.resolve import column_question
from hydesk.returns.rows import RowKind
from hydesk.returns.shapes.evidence import in_file, letter_in_file
from hydesk.returns.sheets import is_aside
from hydesk.returns.stacked import build_tables
from hydesk.returns.table import Table
from hydesk.returns.tables import project_rows
from hydesk.returns.text import name_key, shown
from hydesk.returns.values import read_amount


def understand_project_list(book: Book, year: int) -> ProjectList:
    """Every project a list names, for the plan year ``year``. Nothing of the ledger is needed to read it."""
    period = Period.month(year, 12)
    snapshot = LedgerSnapshot(year, period, (), ())
    sheets: list[ReadSheet] = []
    readings: list[RowReading] = []
    findings: list[Finding] = []
    for sheet in book.sheets:
        tables = build_tables(sheet, period, Memory(), None, is_project=lambda _: False, is_unit=lambda _: False)
        usable = [t for t in tables if _unusable(t) is None]
        if not usable:
            sheets.append(ReadSheet(sheet.name, False, _unusable(tables[0]) if tables else is_aside(sheet) or "没有找到项目表的表头"))
            continue
        for table in usable:
            _settle_open(table)
            _settle_units(table)
            table.findings += said_of_foreign(table)
            table.matches = {r: Match(None, None, MatchDoubt.NONE) for r in project_rows(table)}
            readings += read_rows(table, snapshot.year)
            findings += [in_file(f, table.sheet) for f in (*_untold(table), *table.findings)]
        sheets.append(_read_sheet(usable))
    if not readings:
        reasons = "；".join(f"“{s.name}”{s.why}" for s in sheets if s.why) or "各表都没有项目行"
        refused = Finding(Level.ERROR, "no_sheet", f"没有找到项目清单：{reasons}。表中至少要有“项目名称”一列。")
        return ProjectList(book.name, tuple(sheets), (), (*findings, refused), rejected=True)
    _check(readings)
    parts = {id(table): read_parts(table) for table in {id(r.table): r.table for r in readings}.values()}
    projects = tuple(_listed(r, parts[id(r.table)].get(r.row, ())) for r in readings)
    for r, project in zip(readings, projects, strict=True):
        _check_parts(r, project)
    return ProjectList(book.name, tuple(sheets), projects, (*findings, *(f for r in readings for f in r.findings)))


def _untold(table: Table) -> list[Finding]:
    """Rows with figures and no name, which become no project: said, never passed over."""
    return [
        Finding(Level.ERROR, "row_without_name",
                f"表“{table.sheet.name}”第{r.row}行有数字而没有项目名称，未导入。请核实是哪个项目。", table.sheet.name, r.row)
        for r in table.rows if r.kind is RowKind.UNTOLD]


def _unusable(table: Table) -> str | None:
    if not table.layout.name:
        return "表头里没有“项目名称”一列"
    if not project_rows(table):
        return "表头之下没有项目行"
    if table.sheet.hidden:
        return "隐藏的表"
    return None


def _settle_open(table: Table) -> None:
    """Heads that their words leave open: no ledger decides them here, so they are asked about.

    投资（万元） in a list that has no other total is taken for it and said so.
    """
    for column in table.columns.values():
        if column.field is not None or not column.guess.candidates:
            continue
        values = [table.sheet.cell(r, column.number) for r in project_rows(table)]
        if not any(read_amount(v, MoneyUnit.WAN).yuan for v in values):
            continue
        names = "、".join(f.label for f in column.guess.candidates)
        if column.guess.candidates[0] is Field.TOTAL_INVESTMENT and table.column_of(Field.TOTAL_INVESTMENT) is None:
            column.field, column.reason = Field.TOTAL_INVESTMENT, f"{column.guess.reason}，已按总投资读取"
            said = f"“{column.header}”一列多半是总投资，已按总投资读取。请确认"
        else:
            said = f"“{column.header}”一列可能是{names}，没有写明，整列未取数。请指明是哪一种"
        table.findings.append(column_question(table, column, "column_unclear", said))


def _settle_units(table: Table) -> None:
    """Without a ledger to compare with, the unit must be written; several hundred million 万元 tells 元."""
    for column in table.columns.values():
        if column.field not in MONEY_FIELDS:
            continue
        column.unit = column.said_unit or table.words.unit
        if column.unit is None:
            column.unit = MoneyUnit.WAN
            table.findings.append(column_question(table, column, "unit_unknown", (
                f"“{column.header}”一列没有写明金额单位，已按万元读取。请确认")))


def _read_sheet(tables: list[Table]) -> ReadSheet:
    columns = dict.fromkeys(
        ReadColumn(letter_in_file(t.sheet, c.number), c.header, c.field, c.unit, c.reason, c.confidence)
        for t in tables for c in t.columns.values()
    )
    heads = tuple(r for t in tables for r in t.head.rows if r > 0)
    return ReadSheet(tables[0].sheet.name, True, None, heads, tuple(columns))


def _check(readings: list[RowReading]) -> None:
    names: dict[tuple[str, str], RowReading] = {}
    codes: dict[str, RowReading] = {}
    for r in readings:
        code = code_key(r.words.get(Field.CODE, ""))
        if not r.name:
            r.find(Level.ERROR, "name_missing", "没有项目名称，未列入。请补填")
            continue
        twin = codes.get(code) if code else None
        if twin is None and not code:
            twin = names.get((name_key(r.name), r.words.get(Field.REPORTING_UNIT, "")))
        if twin is not None:
            r.find(Level.ERROR, "duplicate", f"“{r.name}”与第{row_in_file(twin.line)}行是同一个项目，重复列入，未取本行。请核实", Field.NAME)
            continue
        if code:
            codes[code] = r
        else:
            names[(name_key(r.name), r.words.get(Field.REPORTING_UNIT, ""))] = r
        for f in (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN, Field.INVESTED_BEFORE):
            amount = r.amounts.get(f)
            if amount is not None and amount.yuan is not None and amount.yuan < 0:
                r.find(Level.ERROR, "negative", f"{f.label}为负数。请核实后改正", f)


def _check_parts(r: RowReading, project: ListedProject) -> None:
    """Parts are within the package's own figures: together they cannot be more."""
    for f in (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN):
        own = r.values.get(f)
        together = sum(getattr(p, f.value) or 0 for p in project.parts)
        if project.parts and isinstance(own, int) and 0 <= own < together - 100:
            r.find(Level.WARNING, "parts_over", (
                f"{len(project.parts)} 个子项目的{f.label}合计 {wan(together)} 万元，超过打包项目的 {wan(own)} 万元。请核实"), f)


def _listed(r: RowReading, parts: tuple[ListedPart, ...] = ()) -> ListedProject:
    values: dict[Field, ReadValue] = {**r.values}
    if r.name:
        values[Field.NAME] = r.name
    start, finish = read_years(r.words.get(Field.YEARS))
    for f, derived in ((Field.START_YEAR, start), (Field.FINISH_YEAR, finish)):
        said = read_years(r.words.get(f))[0]
        chosen = said if said is not None else derived
        if chosen is not None:
            values[f] = str(chosen)
    for f in (Field.CODE, Field.APPROVAL_CODE):
        if f in r.words:
            values[f] = shown(r.words[f]).strip()
    accepted = not any(f.level is Level.ERROR for f in r.findings)
    return ListedProject(r.table.sheet.name, r.line, values, r.cells, r.words, accepted, parts)
