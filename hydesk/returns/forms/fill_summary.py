"""Summary tables of a form: rows by unit, class, level …, filled from the office's measures (docs/rules.md §16.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.filled_form import AddedRows, FormCell, FormRow, Unfilled
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, Sheet, cell_name, column_letter
from hydesk.domain.money import MoneyUnit, in_unit, round_half_up
from hydesk.domain.scopes.grammar import written
from hydesk.domain.scopes.scope import WHOLE, Scope, one_of
from hydesk.returns.forms.asked import NotAsked
from hydesk.returns.forms.fill_table import FormCells
from hydesk.returns.forms.form_scope import scope_said
from hydesk.returns.forms.holdings import Held, Holdings
from hydesk.returns.forms.read_form import FormReader, FormTable, period_said
from hydesk.returns.forms.summary_asks import SERIAL, SummaryAsk, summary_ask
from hydesk.returns.forms.summary_figures import figure_of, members_of, places
from hydesk.returns.forms.summary_heads import said_above, summary_heads
from hydesk.returns.forms.summary_rows import SummaryLine, SummaryRows
from hydesk.returns.forms.units import units_of_columns
from hydesk.returns.forms.written import plain, write_rate
from hydesk.returns.head import Head
from hydesk.returns.rows import Layout
from hydesk.returns.sheets import SheetWords
from hydesk.returns.table import Table
from hydesk.returns.tables import columns_under
from hydesk.returns.text import is_blank, shown, squeeze
from hydesk.returns.values import read_amount


@dataclass(slots=True)
class SummaryFill:
    """What was made of a sheet's summary tables."""

    rows: list[FormRow] = field(default_factory=list)
    unfilled: list[Unfilled] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    added: list[AddedRows] = field(default_factory=list)
    header_rows: tuple[int, ...] = ()
    scope: Scope = WHOLE


def fill_summaries(
    sheet: Sheet, book: Book, reader: FormReader, holdings: Holdings, cells: FormCells, scope: Scope | None,
    tables: Sequence[FormTable],
) -> SummaryFill:
    """The sheet's summary tables, filled."""
    made = SummaryFill()
    first = min((f.table.head.rows[0] for f in tables if f.table.head.rows[0] > 0), default=len(sheet.rows) + 1)
    heads = [] if tables and tables[0].table.sheet.moved else summary_heads(sheet, first, holdings, reader)
    for at, head in enumerate(heads):
        below = heads[at + 1].rows[0] - 1 if at + 1 < len(heads) else min(first - 1, len(sheet.rows))
        words = said_above(sheet, head, heads[:at], holdings, reader)
        _Summary(sheet, head, words, below, at == len(heads) - 1 and first > len(sheet.rows), reader, holdings, cells, made).fill(
            scope if scope is not None else None, book)
    return made


class _Summary:
    """One summary table being filled."""

    def __init__(
        self, sheet: Sheet, head: Head, words: SheetWords, last: int, open_end: bool, reader: FormReader, holdings: Holdings, cells: FormCells, made: SummaryFill,
    ) -> None:
        self._sheet, self._head = sheet, head
        self._reader, self._holdings, self._cells, self._made = reader, holdings, cells, made
        period = reader.snapshot.period
        self._period = period_said(words, sheet.name, period, reader.years) or period
        self._choices, self._units = holdings.choices, reader.snapshot.units
        columns = columns_under(sheet, head, self._period, reader.snapshot.memory, reader.unit)
        self._table = Table(sheet, head, words, columns, Layout(0, 0, (), (), {}), [], self._period)
        self._asks = {n: summary_ask(self._table, c, self._period, self._choices, self._units) for n, c in sorted(columns.items())}
        self._rows = SummaryRows(sheet, head, last, open_end=open_end, asks=self._asks, choices=self._choices, units=self._units, added=made.added,
                                 find=self._find)
        self._labels = self._rows.labels

    def fill(self, scope: Scope | None, book: Book) -> None:
        """Fills it, if it is one."""
        if not self._labels or not any(isinstance(a, SummaryAsk) and a.id != SERIAL for n, a in self._asks.items() if n not in self._labels):
            return
        base = scope if scope is not None else scope_said(
            (*self._table.words.lines, self._sheet.name), self._choices, self._units, (self._sheet.name, book.name))
        lines = self._rows.lines(base)
        if not any(x.scopes for x in lines):
            return
        money = {n: a.ask for n, a in self._asks.items() if isinstance(a, SummaryAsk) and a.ask is not None and a.amount}
        units, said = units_of_columns(self._table, money, self._reader.snapshot.memory, self._reader.unit)
        self._made.findings += said
        self._made.header_rows = (*self._made.header_rows, *self._head.rows)
        self._made.scope = base
        self._write(lines, units)

    def _write(self, lines: list[SummaryLine], units: dict[int, MoneyUnit]) -> None:
        left: dict[tuple[int, str, str], list[int]] = {}
        ledger = self._holdings.at(self._period)
        ranked = places(ledger, [(x.name, x.scopes[0]) for x in lines if x.scopes and not x.total]) if ledger is not None else {}
        serial = 0
        late = False
        for line in lines:
            if not line.scopes:
                continue
            made: list[FormCell] = []
            serial += not line.total
            if line.new:
                label = self._labels[-1]
                made.append(FormCell(line.row, label, "scope", line.new, line.new, "台账", own=True))
            for n, ask in self._asks.items():
                if n in self._labels or not self._open(line, n):
                    self._compare(line, n, ask, units)
                    continue
                if isinstance(ask, NotAsked):
                    left.setdefault((n, ask.why, ask.who), [])
                    continue
                if ask.id == SERIAL:
                    if not line.total:
                        made.append(FormCell(line.row, n, SERIAL, serial, serial, "", own=True))
                    continue
                held = self._held(ask, line, ranked)
                if held.value is None:
                    if not held.known:
                        left.setdefault((n, held.why, held.who), []).append(line.row)
                    continue
                late = late or bool(held.why)
                made.append(self._cell(line, n, ask, held, units))
            if made:
                self._made.rows.append(FormRow(line.row, line.name, None, _told_scope(line.scopes), tuple(made)))
        if late and ledger is not None:
            lacking = sum(m.project.as_of != ledger.period for m in members_of(ledger, [s for x in lines for s in x.scopes]))
            self._made.findings.append(Finding(Level.WARNING, "late_inside", (
                f"表“{self._sheet.name}”的汇总数里有 {lacking} 个项目{self._period.label}还没有报，按最近一次上报数计。"), self._sheet.name))
        self._made.unfilled += [Unfilled(column_letter(n), self._table.columns[n].header, why, tuple(rows), who) for (n, why, who), rows in left.items()]

    def _open(self, line: SummaryLine, column: int) -> bool:
        row = line.row
        if line.fresh or (line.new and row > len(self._sheet.rows)):
            return True
        covered = any(m.top <= row <= m.bottom and m.left <= column <= m.right and (m.top, m.left) != (row, column) for m in self._sheet.merges)
        return is_blank(self._sheet.cell(row, column)) and not covered and not self._cells.is_formula(self._sheet.name, row, column)

    def _held(self, ask: SummaryAsk, line: SummaryLine, ranked: dict[str, int | None]) -> Held:
        if ask.id == "place":
            if line.total:
                return Held(None, known=True)
            place = ranked.get(line.name)
            return Held(place, source="按投资完成率") if place is not None else Held(None, "未报齐，不参加排名")
        return figure_of(self._holdings, ask, line.scopes)

    def _cell(self, line: SummaryLine, column: int, ask: SummaryAsk, held: Held, units: dict[int, MoneyUnit]) -> FormCell:
        manner = self._cells.manner(self._sheet.name, line.row, column)
        value = held.value
        assert isinstance(value, int | Decimal)
        if ask.amount and isinstance(value, int):
            unit = MoneyUnit(manner.unit) if manner.unit else units.get(column, MoneyUnit.WAN)
            return FormCell(line.row, column, ask.id, value, plain(in_unit(value, unit) * manner.divisor), held.source)
        if ask.id == "gap" and isinstance(value, Decimal):
            return FormCell(line.row, column, ask.id, value, write_rate(value, replace(manner, format="")) if not manner.percent else write_rate(value, manner), held.source)
        if isinstance(value, Decimal):
            return FormCell(line.row, column, ask.id, value, write_rate(value, manner), held.source)
        return FormCell(line.row, column, ask.id, value, value, held.source)

    def _compare(self, line: SummaryLine, column: int, ask: SummaryAsk | NotAsked, units: dict[int, MoneyUnit]) -> None:
        """What stands already and differs from the measure is told."""
        standing = self._sheet.cell(line.row, column) if not line.new else None
        if not isinstance(ask, SummaryAsk) or column in self._labels or not line.scopes or is_blank(standing) or ask.id in (SERIAL, "place"):
            return
        if self._cells.is_formula(self._sheet.name, line.row, column):
            return
        held = figure_of(self._holdings, ask, line.scopes)
        if held.value is None or not isinstance(held.value, int | Decimal):
            return
        if ask.amount and isinstance(held.value, int):
            said = read_amount(standing, units.get(column, MoneyUnit.WAN))
            same = said.yuan is not None and abs(said.yuan - held.value) <= max(said.tolerance, 51)
            told = plain(in_unit(held.value, units.get(column, MoneyUnit.WAN)))
        elif isinstance(held.value, int):
            same, told = squeeze(shown(standing)).strip("个项") == str(held.value), Decimal(held.value)
        else:
            told = round_half_up(held.value * 100, 2)
            digits = squeeze(shown(standing)).rstrip("%")
            same = any(re.fullmatch(r"-?[\d.]+", digits) and abs(Decimal(digits) * k - told) <= Decimal("0.06") for k in (1, 100))
        if not same:
            self._find(Level.WARNING, "form_differs", line.row, column,
                       f"“{self._table.columns[column].header}”表上是“{shown(standing)}”，台账是“{told:f}”，没有改动。请核对")

    def _find(self, level: Level, code: str, row: int, column: int, message: str) -> None:
        cell = cell_name(row, column)
        self._made.findings.append(Finding(level, code, f"表“{self._sheet.name}”{cell}：{message}。", self._sheet.name, row, cell))


def _told_scope(scopes: Sequence[Scope]) -> dict[str, str]:
    """Scopes as one, where they ask different values of one field; else each by itself."""
    if len(scopes) == 1:
        return {"scope": written(scopes[0]), "words": scopes[0].words}
    common = [c for c in scopes[0].conditions if all(c in s.conditions for s in scopes)]
    more = [[c for c in s.conditions if c not in common] for s in scopes]
    if all(len(m) == 1 for m in more) and len({m[0].field.key for m in more}) == 1:
        one = Scope((*common, one_of(more[0][0].field, [str(v) for m in more for v in m[0].values])))
        return {"scope": written(one), "words": one.words}
    return {"scope": "", "words": "；".join(s.words for s in scopes)}
