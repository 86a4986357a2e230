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
from hydesk.returns.forms.summary_heads import is_summary
from hydesk.returns.matching import ProjectIndex
from hydesk.returns.rows import RowKind
from hydesk.returns.shapes.joined import join_by_number
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
    joined, told = join_by_number(book.sheets, snapshot.period)
    findings += told
    read = [(sheet, [] if sheet.hidden else [f for f in reader.tables(sheet) if not is_summary(f, holdings, reader)]) for sheet in joined]
    plan = _FormPlan(book, reader, holdings, cells, scope, read)
    for sheet, tables in read:
        made, said = plan.sheet(sheet, tables)
        sheets.append(made)
        findings += said
    return FilledForm(book.name, str(snapshot.period), tuple(sheets), tuple(findings))


class _FormPlan:
    """One form's sheets, read; each is filled knowing what the others ask for."""

    def __init__(
        self, book: Book, reader: FormReader, holdings: Holdings, cells: FormCells, scope: Scope | None,
        read: Sequence[tuple[Sheet, list[FormTable]]],
    ) -> None:
        self._book, self._reader, self._holdings, self._cells, self._scope = book, reader, holdings, cells, scope
        self._own_period = any(not f.other_period for _, tables in read for f in tables)
        self._scopes = {id(f): scope if scope is not None else _told(f, sheet, book, reader, holdings) for sheet, tables in read for f in tables}
        self._empty = [f for _, tables in read for f in tables if not f.named and not f.other_period]

    def sheet(self, sheet: Sheet, tables: list[FormTable]) -> tuple[FormSheet, list[Finding]]:
        """What becomes of one sheet."""
        if sheet.hidden:
            return FormSheet(sheet.name, why="隐藏的表，没有动"), []
        if tables and self._own_period and all(f.other_period for f in tables):
            return FormSheet(sheet.name, why=f"是{tables[0].period.label}的表，没有动"), []
        rows: list[FormRow] = []
        unfilled: list[Unfilled] = []
        added: list[AddedRows] = []
        findings: list[Finding] = []
        used = WHOLE
        narrowed = False
        for form in tables:
            told = self._scopes[id(form)]
            fill = TableFill(form, self._holdings, self._reader.snapshot, self._reader.unit, told, self._cells, alone=len(tables) == 1,
                             elsewhere=self._elsewhere(form))
            fill.run()
            rows += fill.rows
            unfilled += fill.unfilled()
            added += fill.added
            findings += [*form.table.findings, *fill.findings]
            if fill.used_scope:
                used, narrowed = told, True
        summed = fill_summaries(sheet, self._book, self._reader, self._holdings, self._cells, self._scope, tables)
        rows += summed.rows
        unfilled += summed.unfilled
        added += summed.added
        findings += summed.findings
        if summed.rows and not narrowed:
            used, narrowed = summed.scope, True
        heads = tuple(dict.fromkeys(r for f in tables for r in f.table.head.rows if r > 0)) or summed.header_rows
        if not rows and not unfilled:
            return FormSheet(sheet.name, heads, why=_why(sheet, tables)), findings
        period = str(tables[0].period if tables else self._reader.snapshot.period)
        return FormSheet(sheet.name, heads, tuple(rows), tuple(unfilled), tuple(added), "",
                         written(used) if narrowed else "", (used.words or "全部项目") if narrowed else "", period), findings

    def _elsewhere(self, form: FormTable) -> frozenset[str]:
        """The projects that belong to other sheets: in a book of one sheet a class, the one that says none takes the class
        that is left. Where the others tell all classes it is a sheet of all projects."""
        own = self._scopes[id(form)]
        ledger = self._holdings.at(form.period)
        others = [f for f in self._empty if f is not form]
        if form.named or ledger is None or len(others) < _LEAST_SHEETS:
            return frozenset()
        narrower = [self._scopes[id(f)] for f in others]
        more = {c.field.key: c.field for s in narrower for c in s.conditions if c not in own.conditions}
        if len(more) != 1 or any(not set(own.conditions) < set(s.conditions) for s in narrower):
            return frozenset()
        told = next(iter(more.values()))
        taken = {m.project.code or m.project.name for s in narrower for m in s.of(ledger.members)}
        rest = {told.read(m) for m in own.of(ledger.members) if (m.project.code or m.project.name) not in taken}
        return frozenset(taken) if len(rest) == 1 else frozenset()


_LEAST_SHEETS = 2


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
