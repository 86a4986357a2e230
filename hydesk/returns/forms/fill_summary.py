"""Summary tables of a form: rows by unit, class, level …, filled from the office's measures (docs/rules.md §16.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.filled_form import AddedRows, FormCell, FormRow, Unfilled
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, Sheet, cell_name, column_letter
from hydesk.domain.money import MoneyUnit, in_unit, round_half_up
from hydesk.domain.scopes.fields import ScopeField
from hydesk.domain.scopes.grammar import written
from hydesk.domain.scopes.scope import WHOLE, Scope, one_of
from hydesk.returns.aliases import NOTE_WORDS, TOTAL_WORDS
from hydesk.returns.forms.asked import NotAsked
from hydesk.returns.forms.fill_table import FormCells
from hydesk.returns.forms.form_scope import scope_of_word, scope_said
from hydesk.returns.forms.holdings import Held, Holdings
from hydesk.returns.forms.read_form import FormReader, FormTable, period_said
from hydesk.returns.forms.summary_asks import SERIAL, SummaryAsk, summary_ask
from hydesk.returns.forms.summary_figures import figure_of, members_of, places
from hydesk.returns.forms.summary_heads import said_above, summary_heads
from hydesk.returns.forms.units import units_of_columns
from hydesk.returns.forms.written import plain, write_rate
from hydesk.returns.head import Head
from hydesk.returns.head_words import bare, known_field
from hydesk.returns.rows import Layout
from hydesk.returns.sheets import SheetWords
from hydesk.returns.table import Table
from hydesk.returns.tables import columns_under
from hydesk.returns.text import is_blank, shown, squeeze
from hydesk.returns.values import read_amount

_DIMENSIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"县市区|县\(市|区县|县区|市县|地区|区域|单位|隶属|属地|辖区|园区"), "unit"), (re.compile(r"优势产业|产业(?!链)"), "industry"), (re.compile(r"产业链"), "chain"),
    (re.compile(r"性质"), "nature"), (re.compile(r"级别|层级|等级"), "level"), (re.compile(r"批次"), "batch"), (re.compile(r"市.{0,4}领导"), "city_leader"),
    (re.compile(r"[县区].{0,4}领导"), "county_leader"), (re.compile(r"领导"), "leader"), (re.compile(r"类别|类型|分类|领域|行业"), "class"), (re.compile(r"阶段"), "stage"),
    (re.compile(r"分组|组别"), "group"), (re.compile(r"投资主体"), "investor"))
_PART = re.compile(r"^#?其中[:：]?")
_WHOLE_CITY = re.compile(r"^全[市县区]|^衡阳市$")


@dataclass(slots=True)
class SummaryFill:
    """What was made of a sheet's summary tables."""

    rows: list[FormRow] = field(default_factory=list)
    unfilled: list[Unfilled] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    added: list[AddedRows] = field(default_factory=list)
    header_rows: tuple[int, ...] = ()
    scope: Scope = WHOLE


@dataclass(slots=True)
class _Line:
    """A row of a summary: its label, and the scopes whose projects it is over; none for a row that nobody knows."""

    row: int
    name: str
    scopes: tuple[Scope, ...] = ()
    total: bool = False
    part_sum: bool = False
    inner: bool = False
    """其中 of the row above, which is in that one's figures already."""
    new: str = ""
    """The label that is still to be written."""
    fresh: bool = False
    """The row is one that is added: nothing stands in it, whatever the form has at that place now."""


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
        self._sheet, self._head, self._last, self._open_end = sheet, head, last, open_end
        self._reader, self._holdings, self._cells, self._made = reader, holdings, cells, made
        period = reader.snapshot.period
        self._period = period_said(words, sheet.name, period, reader.years) or period
        self._choices, self._units = holdings.choices, reader.snapshot.units
        columns = columns_under(sheet, head, self._period, reader.snapshot.memory, reader.unit)
        self._table = Table(sheet, head, words, columns, Layout(0, 0, (), (), {}), [], self._period)
        self._asks = {n: summary_ask(self._table, c, self._period, self._choices, self._units) for n, c in sorted(columns.items())}
        self._labels = self._label_columns()

    def fill(self, scope: Scope | None, book: Book) -> None:
        """Fills it, if it is one."""
        if not self._labels or not any(isinstance(a, SummaryAsk) and a.id != SERIAL for n, a in self._asks.items() if n not in self._labels):
            return
        base = scope if scope is not None else scope_said(
            (*self._table.words.lines, self._sheet.name), self._choices, self._units, (self._sheet.name, book.name))
        lines = self._lines(base)
        if not any(x.scopes for x in lines):
            return
        money = {n: a.ask for n, a in self._asks.items() if isinstance(a, SummaryAsk) and a.ask is not None and a.amount}
        units, said = units_of_columns(self._table, money, self._reader.snapshot.memory, self._reader.unit)
        self._made.findings += said
        self._made.header_rows = (*self._made.header_rows, *self._head.rows)
        self._made.scope = base
        self._write(lines, units)

    def _label_columns(self) -> list[int]:
        """The columns from the left that name the rows."""
        found: list[int] = []
        for n in sorted(self._head.paths):
            ask = self._asks.get(n)
            if isinstance(ask, SummaryAsk) and ask.id == SERIAL:
                continue
            if isinstance(ask, SummaryAsk):
                break
            words = [squeeze(shown(self._sheet.cell(r, n))) for r in range(self._head.last_row + 1, self._last + 1)]
            told = [w for w in words if w and not TOTAL_WORDS.match(w)]
            known = sum(scope_of_word(w, self._choices, self._units) is not None for w in told)
            if self._dimension(n) is None and known * 2 < max(len(told), 1):
                break
            found.append(n)
        return found

    def _dimension(self, column: int) -> str | None:
        """The field of scopes that a column's head names."""
        words = bare("".join(self._head.paths[column]))
        f = known_field(words)
        by_field = {Field.REPORTING_UNIT: "unit", Field.CATEGORY: "class", Field.NATURE: "nature", Field.LEVEL: "level", Field.INDUSTRY: "industry", Field.CHAIN: "chain"}
        if f in by_field:
            return by_field[f]
        return next((key for pattern, key in _DIMENSIONS if pattern.search(words)), None)

    # -- rows

    def _lines(self, base: Scope) -> list[_Line]:
        lines: list[_Line] = []
        slots: list[int] = []
        parent = base
        group: list[_Line] = []
        for row in range(self._head.last_row + 1, self._last + 1):
            told = [w for c in self._labels if (w := self._label(row, c))]
            lead = [w for c in sorted(self._serials()) if TOTAL_WORDS.match(w := squeeze(shown(self._sheet.cell(row, c))))]
            if any(NOTE_WORDS.search(w) for w in told[:1]):
                break
            if not told and not lead:
                if all(is_blank(self._sheet.cell(row, c)) for c in self._head.paths if c not in self._serials()):
                    slots.append(row)
                continue
            line = self._line(row, told or lead, base, parent)
            if line.total:
                over = group if line.part_sum else [x for x in lines if not x.total]
                line.scopes = (base,) if _WHOLE_CITY.match(line.name) else _union(over)
                group = []
            else:
                group.append(line)
                if not line.inner and line.scopes:
                    parent = line.scopes[0]
            lines.append(line)
        if not any(not x.total for x in lines):
            return self._new_lines(lines, slots, base)
        for line in lines:
            if line.total and not line.scopes and not line.part_sum:
                line.scopes = _union([x for x in lines if not x.total])  # 合计 above the rows it is over
        return lines

    def _serials(self) -> set[int]:
        return {n for n, a in self._asks.items() if isinstance(a, SummaryAsk) and a.id == SERIAL}

    def _label(self, row: int, column: int) -> str:
        value = self._sheet.cell(row, column)
        if is_blank(value):
            span = next((m for m in self._sheet.merges if m.left <= column <= m.right and m.top < row <= m.bottom and m.top > self._head.last_row), None)
            value = self._sheet.cell(span.top, span.left) if span is not None and span.left == column else None
        return squeeze(shown(value))

    def _line(self, row: int, told: list[str], base: Scope, parent: Scope) -> _Line:
        name = told[-1]
        if any(TOTAL_WORDS.match(w) for w in told) or _WHOLE_CITY.match(told[0]):
            return _Line(row, name, total=True, part_sum=any("小计" in w for w in told))
        inner = bool(_PART.match(name)) and parent is not base
        scope: Scope | None = parent if inner else base
        for column, words in zip([c for c in self._labels if self._label(row, c)], told, strict=True):
            key = self._dimension(column)
            condition = scope_of_word(words, self._choices, self._units, (key,) if key else ())
            if condition is None or scope is None:
                scope = None
                break
            scope = scope.also(condition)
        if scope is None:
            self._find(Level.WARNING, "row_unknown", row, self._labels[-1], f"“{name}”不知道是哪些项目，这一行没有填。请核对名称")
        return _Line(row, name, () if scope is None else (scope,), inner=inner)

    def _new_lines(self, totals: list[_Line], slots: list[int], base: Scope) -> list[_Line]:
        """Rows for every word of the dimension that has projects, where the form leaves them to be written."""
        key = self._dimension(self._labels[-1]) if len(self._labels) == 1 else None
        if key is None or key not in self._choices.words:
            return totals
        of: ScopeField = self._choices.fields[key]
        members = base.of(self._choices.members)
        held = {w for m in members for w in (lambda v: v if isinstance(v, tuple) else (v,))(of.read(m))}
        words = [w for w in self._choices.words[key] if w and w in held]
        if not slots and self._open_end:
            slots = [max(self._last, self._head.last_row) + 1]
        if not slots or not words:
            return totals
        open_end = self._open_end and slots[-1] >= self._last
        rows = slots + [slots[-1] + n for n in range(1, len(words))] if open_end else slots
        extra = max(0, len(words) - len(rows))
        if extra:
            self._made.added.append(AddedRows(slots[-1], extra, slots[-1]))
        if open_end and len(words) > len(slots):
            self._made.added.append(AddedRows(slots[-1] + 1, len(words) - len(slots), slots[-1], below=True))
        lines = [_Line(rows[n] if n < len(rows) else slots[-1] + n - len(rows) + 1, w, (base.also(one_of(of, [w])),), new=w, fresh=extra > 0 and n >= len(rows) - 1) for n, w in enumerate(words)]
        for total in totals:
            total.row += extra if total.row > slots[-1] else 0
            total.scopes = (base,)
        return sorted([*lines, *totals], key=lambda x: x.row)

    # -- cells

    def _write(self, lines: list[_Line], units: dict[int, MoneyUnit]) -> None:
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

    def _open(self, line: _Line, column: int) -> bool:
        row = line.row
        if line.fresh or (line.new and row > len(self._sheet.rows)):
            return True
        covered = any(m.top <= row <= m.bottom and m.left <= column <= m.right and (m.top, m.left) != (row, column) for m in self._sheet.merges)
        return is_blank(self._sheet.cell(row, column)) and not covered and not self._cells.is_formula(self._sheet.name, row, column)

    def _held(self, ask: SummaryAsk, line: _Line, ranked: dict[str, int | None]) -> Held:
        if ask.id == "place":
            if line.total:
                return Held(None, known=True)
            place = ranked.get(line.name)
            return Held(place, source="按投资完成率") if place is not None else Held(None, "未报齐，不参加排名")
        return figure_of(self._holdings, ask, line.scopes)

    def _cell(self, line: _Line, column: int, ask: SummaryAsk, held: Held, units: dict[int, MoneyUnit]) -> FormCell:
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

    def _compare(self, line: _Line, column: int, ask: SummaryAsk | NotAsked, units: dict[int, MoneyUnit]) -> None:
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


def _union(lines: Sequence[_Line]) -> tuple[Scope, ...]:
    """The scopes of all lines together; none where one of them is not known: the sum would lack its projects."""
    if any(not x.scopes for x in lines):
        return ()
    return tuple(s for x in lines if not x.inner for s in x.scopes)


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
