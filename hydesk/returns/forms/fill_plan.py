"""A blank form in, what to put into which cell out: every sheet's tables filled from what the ledger holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hydesk.domain.filled_form import AddedRows, FilledForm, FormRow, FormSheet, Unfilled
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.scopes.grammar import written
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.snapshot import LedgerSnapshot
from hydesk.returns.choose import unit_by_content
from hydesk.returns.forms.fill_summary import fill_summaries
from hydesk.returns.forms.fill_table import FormCells, TableFill
from hydesk.returns.forms.form_scope import scope_said
from hydesk.returns.forms.holdings import Holdings
from hydesk.returns.forms.read_form import FormReader, FormTable
from hydesk.returns.matching import ProjectIndex
from hydesk.returns.rows import RowKind
from hydesk.returns.sheets import is_aside
from hydesk.returns.text import shown, squeeze

_SAYS_SCOPE = re.compile(r"本表|填报范围|统计范围|报送范围|只填|仅填|只报|仅报")


def plan_form(
    book: Book, snapshot: LedgerSnapshot, index: ProjectIndex, holdings: Holdings, cells: FormCells,
    scope: Scope | None = None, years: Iterable[int] = (),
) -> FilledForm:
    """What of ``book`` is filled and what has to stay empty. ``scope`` goes before what the form's own words say."""
    unit = unit_by_content(book, snapshot, index)
    reader = FormReader(snapshot, index.fresh(), unit, frozenset(years))
    findings: list[Finding] = [Finding(Level.NOTE, "file_form", n) for n in book.notes]
    sheets: list[FormSheet] = []
    for sheet in book.sheets:
        if sheet.hidden:
            sheets.append(FormSheet(sheet.name, why="隐藏的表，没有动"))
            continue
        made, said = _fill_sheet(sheet, book, reader, holdings, cells, scope)
        sheets.append(made)
        findings += said
    return FilledForm(book.name, str(snapshot.period), tuple(sheets), tuple(findings))


def _fill_sheet(
    sheet: Sheet, book: Book, reader: FormReader, holdings: Holdings, cells: FormCells, scope: Scope | None,
) -> tuple[FormSheet, list[Finding]]:
    tables = reader.tables(sheet)
    rows: list[FormRow] = []
    unfilled: list[Unfilled] = []
    added: list[AddedRows] = []
    findings: list[Finding] = []
    used = WHOLE
    narrowed = False
    for form in tables:
        told = scope if scope is not None else _told(form, sheet, book, reader, holdings)
        fill = TableFill(form, holdings, reader.snapshot, reader.unit, told, cells, alone=len(tables) == 1)
        fill.run()
        rows += fill.rows
        unfilled += fill.unfilled()
        added += fill.added
        findings += [*form.table.findings, *fill.findings]
        if fill.used_scope:
            used, narrowed = told, True
    summed = fill_summaries(sheet, book, reader, holdings, cells, scope, tables)
    rows += summed.rows
    unfilled += summed.unfilled
    findings += summed.findings
    if summed.rows and not narrowed:
        used, narrowed = summed.scope, True
    heads = tuple(dict.fromkeys(r for f in tables for r in f.table.head.rows if r > 0)) or summed.header_rows
    if not rows and not unfilled:
        return FormSheet(sheet.name, heads, why=_why(sheet, tables)), findings
    period = str(tables[0].period if tables else reader.snapshot.period)
    return FormSheet(sheet.name, heads, tuple(rows), tuple(unfilled), tuple(added), "",
                     written(used) if narrowed else "", (used.words or "全部项目") if narrowed else "", period), findings


def _told(form: FormTable, sheet: Sheet, book: Book, reader: FormReader, holdings: Holdings) -> Scope:
    notes = [t for r in form.table.rows if r.kind is RowKind.NOTE for t in _texts(sheet, r.row) if _SAYS_SCOPE.search(t)]
    return scope_said((*form.table.words.lines, sheet.name, *notes), holdings.choices, reader.snapshot.units, (sheet.name, book.name))


def _texts(sheet: Sheet, row: int) -> Sequence[str]:
    return [squeeze(shown(v)) for v in sheet.rows[row - 1] if isinstance(v, str) and v.strip()] if row <= len(sheet.rows) else []


def _why(sheet: Sheet, tables: Sequence[FormTable]) -> str:
    if not tables:
        return is_aside(sheet) or "没有找到表头"
    if any(not f.named for f in tables):
        return "没有可填的空行，也没有项目名称"
    return "要填的格里都已经有内容"
