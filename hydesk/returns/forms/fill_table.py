"""A table of a form, filled: projects' rows, empty rows for the projects of a scope, sums below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field, replace
from itertools import islice

from hydesk.dataclass import dataclass
from hydesk.domain.cell_manner import CellManner
from hydesk.domain.fields import DATE_FIELDS, PROGRESS_TEXTS, Field
from hydesk.domain.filled_form import AddedRows, FormCell, FormRow, Unfilled
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import CellPlace, cell_name, column_letter, row_in_file
from hydesk.domain.money import MoneyUnit, rate
from hydesk.domain.scopes.grammar import written
from hydesk.domain.scopes.scope import Scope
from hydesk.domain.snapshot import LedgerSnapshot
from hydesk.returns.forms.asked import Ask, AskKind, NotAsked
from hydesk.returns.forms.form_scope import scope_of_word
from hydesk.returns.forms.groups import RowGroup, RowGroups, SumRow, group_rows, slots_of
from hydesk.returns.forms.holdings import Held, Holdings
from hydesk.returns.forms.read_form import FormTable
from hydesk.returns.forms.units import units_of_columns
from hydesk.returns.forms.written import dates_like, same_as_held, write_held
from hydesk.returns.matching import MatchDoubt
from hydesk.returns.shapes.row_units import units_of_rows
from hydesk.returns.text import is_blank, shown

_LOOKED_AT = 200
_TOLD_DIFFERENCES = 200
_TOLD_UNITS = 3


@dataclass(frozen=True, slots=True)
class FormCells:
    """What the file says of single cells beside their values: how they show numbers, and which hold formulas."""

    manner: Callable[[str, int, int], CellManner]
    is_formula: Callable[[str, int, int], bool]
    results: bool
    """Of formulas only the results are there: nothing or an error in a row of sums, or in a share, was reckoned of blank cells."""


@dataclass(slots=True)
class TableFill:
    """The filling of one table. What it made stands in ``rows``, ``unfilled``, ``added`` and ``findings``."""

    form: FormTable
    holdings: Holdings
    snapshot: LedgerSnapshot
    unit_name: str | None
    scope: Scope
    cells: FormCells
    alone: bool
    """No other table stands on the sheet: rows may be added."""
    rows: list[FormRow] = field(default_factory=list)
    added: list[AddedRows] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    used_scope: bool = False
    elsewhere: frozenset[str] = frozenset()
    """Projects that other sheets of the form take, told there by class."""
    _left: dict[tuple[int, str, str], list[int]] = field(default_factory=dict)
    _units: dict[int, MoneyUnit] = field(default_factory=dict)
    _row_units: dict[int, MoneyUnit] = field(default_factory=dict)
    _covered: set[tuple[int, int]] = field(default_factory=set)
    _dates: dict[int, str] = field(default_factory=dict)
    _sums: dict[tuple[int, int], list[Held]] = field(default_factory=dict)
    """By group and column what the rows hold."""
    _codes: dict[int, list[str]] = field(default_factory=dict)

    def run(self) -> None:
        """Fills the table."""
        table = self.form.table
        self._units, said = units_of_columns(table, self.form.asks, self.snapshot.memory, self.unit_name)
        self.findings += said
        self._row_units = units_of_rows(table)
        self._covered = {(r, c) for m in table.sheet.merges if m.top > table.head.last_row
                         for r in range(m.top, m.bottom + 1) for c in range(m.left, m.right + 1) if (r, c) != (m.top, m.left)}
        for number, ask in self.form.asks.items():
            if isinstance(ask, Ask) and ask.field in DATE_FIELDS:
                below = table.sheet.rows[table.head.last_row: table.head.last_row + _LOOKED_AT]
                self._dates[number] = dates_like(r[number - 1] for r in below if number <= len(r))
        groups = group_rows(table)
        if self.form.named:
            self._fill_named(groups)
        else:
            self._fill_empty(groups)
        for total in groups.sums:
            self._fill_sum(total)
        self._leave_columns()

    # -- rows that name their projects

    def _fill_named(self, groups: RowGroups) -> None:
        table = self.form.table
        serial = 0
        names = {r.row: r.name for r in table.rows}
        for at, group in enumerate(groups.groups):
            serial = 0 if group.head_row and self._numbered_anew(groups) else serial
            for row in group.projects:
                serial += 1
                match = table.matches.get(row)
                project = match.project if match is not None else None
                name = names.get(row, "")
                if match is None or project is None or match.doubt in _UNSURE:
                    self._say_stranger(row, name, None if match is None else match.doubt)
                    continue
                if match.doubt is MatchDoubt.NEAR_NAME or match.doubt is MatchDoubt.NAME_DIFFERS:
                    self._find(Level.WARNING, "near_name", row, table.layout.name, f"“{name}”按“{project.name}”填写，名称不完全一样，请核对", project.code)
                cells = self._cells(at, row, project.code or project.name, serial)
                self.rows.append(FormRow(self._line(row), name or project.name, project.code, None, tuple(cells)))

    def _numbered_anew(self, groups: RowGroups) -> bool:
        """Whether each section's numbers begin at 1 again, by the numbers that stand there."""
        serial, sheet = self.form.table.layout.serial, self.form.table.sheet
        firsts = [shown(sheet.cell(g.projects[0], serial)).strip() for g in groups.groups if g.projects] if serial else []
        return len(firsts) > 1 and all(f == "1" for f in firsts[1:] if f) and any(firsts[1:])

    def _say_stranger(self, row: int, name: str, doubt: MatchDoubt | None) -> None:
        why = {MatchDoubt.AMBIGUOUS: "台账里有几个相近的项目，不能断定是哪一个", MatchDoubt.SEVERAL: "一格里写了几个项目",
               MatchDoubt.CODE_NAME_CONFLICT: "编号和名称指的不是同一个项目"}.get(doubt or MatchDoubt.UNKNOWN, "台账里没有这个项目")
        self._find(Level.WARNING, "project_unknown", row, self.form.table.layout.name, f"“{name}”：{why}，这一行没有填。请核对名称，或填上市重点编号")
        for number, ask in self.form.asks.items():
            if isinstance(ask, Ask) and not ask.names_row and self._is_open(row, number):
                self._leave(number, why, row)

    # -- rows that are empty, for the projects of a scope

    def _fill_empty(self, groups: RowGroups) -> None:
        ledger = self.holdings.at(self.form.period)
        if ledger is None or not any(g.slots for g in groups.groups):
            return
        self.used_scope = True
        shift = serial = 0
        for at, group in enumerate(groups.groups):
            if not group.slots:
                continue
            scope = self._scope_of(group)
            if scope is None:
                self._find(Level.WARNING, "section_unknown", group.head_row, 1, f"“{group.sections[-1]}”不知道是哪些项目，这一段没有填。请用 --scope 指明")
                continue
            members = [m.project for m in scope.of(ledger.members) if (m.project.code or m.project.name) not in self.elsewhere]
            free = len(group.slots)
            rows = list(islice(slots_of(group), len(members)))
            extra = len(members) - len(rows)
            if extra > 0 and not (self.alone and not self.form.table.sheet.moved):
                self._find(Level.WARNING, "rows_short", group.slots[-1], 1, f"空行只有 {free} 行，项目有 {len(members)} 个，多出的 {extra} 个没有填。请加行后再填")
                members, extra = members[:free], 0
            for n, project in enumerate(members):
                key = project.code or project.name
                serial += 1
                row = rows[n] if n < len(rows) else group.slots[-1]
                final = row + shift if n < len(rows) else group.slots[-1] + shift + n - len(rows) + 1
                # Rows are added before the last empty one, which moves down with what stands in it.
                added = n >= len(rows) - (extra > 0)
                cells = self._cells(at, row, key, serial, final if final != row or added else None, new=added)
                self.rows.append(FormRow(final, project.name, project.code or None, None, tuple(cells)))
            beyond = [r for r in rows if r > group.slots[-1]]
            if beyond:
                self.added.append(AddedRows(beyond[0] + shift, len(beyond), group.slots[-1] + shift, below=True))
            if extra > 0:
                last = group.slots[-1]
                self.added.append(AddedRows(last, extra, last))
                shift += extra

    def _scope_of(self, group: RowGroup) -> Scope | None:
        scope = self.scope
        for words in group.sections:
            condition = scope_of_word(words, self.holdings.choices, self.snapshot.units)
            if condition is None:
                return None
            scope = scope.also(condition)
        return scope

    # -- cells

    def _cells(self, group: int, row: int, key: str, serial: int, final: int | None = None, new: bool = False) -> list[FormCell]:
        made: list[FormCell] = []
        self._codes.setdefault(group, []).append(key)
        for number, ask in self.form.asks.items():
            if isinstance(ask, NotAsked):
                continue
            held = Held(serial) if ask.kind is AskKind.SERIAL else self._held(key, ask)
            self._sums.setdefault((group, number), []).append(held)
            if not new and not self._is_open(row, number) and not (ask.kind is AskKind.RATE and self._is_stale(row, number)):
                self._compare(row, number, ask, held, key)
                continue
            if held.value is None:
                if not held.known:
                    self._leave(number, held.why, row if final is None else final, held.who)
                continue
            cell = self._cell(row, number, ask, held, final)
            if cell is not None:
                made.append(cell)
        return made

    def _held(self, key: str, ask: Ask) -> Held:
        held = self.holdings.held(key, ask)
        if ask.also is not None:
            other = self.holdings.held(key, replace(ask, field=ask.also, also=None))
            return _both(ask, held, other)
        if ask.combined and held.value is not None:
            owner = self.holdings.held(key, replace(ask, field=Field.BUILDER, combined=False))
            return replace(held, value=f"{owner.value} {held.value}") if owner.value else held
        return held

    def _is_open(self, row: int, column: int) -> bool:
        """Whether the cell is there to be filled: blank, no formula, and no covered part of a merge."""
        sheet = self.form.table.sheet
        place = sheet.place(row, column)
        if place is None or (row, column) in self._covered or not is_blank(sheet.cell(row, column)):
            return False
        return not self.cells.is_formula(place.sheet, place.row, place.column)

    def _is_stale(self, row: int, column: int) -> bool:
        """Whether the result of a formula over blank cells stands there, in a file that has no formulas any more."""
        return self.cells.results and shown(self.form.table.sheet.cell(row, column)).strip() in _OF_NOTHING

    def _cell(self, row: int, column: int, ask: Ask, held: Held, final: int | None = None) -> FormCell | None:
        place = self.form.table.sheet.place(row, column)
        assert place is not None
        assert held.value is not None
        manner = self.cells.manner(place.sheet, place.row, place.column)
        if self._dates.get(column):
            manner = replace(manner, dates_like=self._dates[column])
        unit = self._unit(row, column)
        value, put = write_held(ask, held.value, unit, manner)
        return FormCell(final or place.row, place.column, ask.id, value, put, held.source, own=ask.names_row)

    def _unit(self, row: int, column: int) -> MoneyUnit | None:
        return self.form.cell_units.get((row, column)) or self._row_units.get(row) or self._units.get(column)

    def _compare(self, row: int, column: int, ask: Ask, held: Held, key: str) -> None:
        sheet = self.form.table.sheet
        standing, place = sheet.cell(row, column), sheet.place(row, column)
        if held.value is None or is_blank(standing) or self.form.other_period or place is None or not _compared(ask):
            return
        if self.cells.is_formula(place.sheet, place.row, place.column) or len(self.findings) >= _TOLD_DIFFERENCES:
            return
        unit = self._unit(row, column)
        if same_as_held(ask, held.value, standing, unit, ask.period.year):
            return
        said = write_held(ask, held.value, unit, self.cells.manner(place.sheet, place.row, place.column))[1]
        self._find(Level.WARNING, "form_differs", row, column,
                   f"“{self.form.table.columns[column].header}”表上是“{shown(standing)}”，台账是“{said}”，没有改动。请核对", key)

    # -- sums

    def _fill_sum(self, total: SumRow) -> None:
        made: list[FormCell] = []
        table = self.form.table
        final = total.row + sum(a.count for a in self.added if a.before <= total.row and not a.below)
        for number, ask in self.form.asks.items():
            if not isinstance(ask, Ask) or not (self._is_open(total.row, number) or self._is_stale(total.row, number)):
                continue
            if not (ask.money or ask.kind is AskKind.RATE):
                continue
            held = self._summed(total, number, ask)
            if held.value is None:
                self._leave(number, held.why, final)
                continue
            cell = self._cell(total.row, number, ask, held, final)
            if cell is not None:
                made.append(cell)
        if made:
            scope = {"scope": written(self.scope), "words": total.name} if self.used_scope else {"scope": "", "words": total.name}
            line = table.sheet.place(total.row, next(iter(self.form.asks)))
            self.rows.append(FormRow(final if line is None or not table.sheet.moved else line.row, total.name, None, scope, tuple(made)))

    def _summed(self, total: SumRow, number: int, ask: Ask) -> Held:
        if ask.kind is AskKind.RATE:
            return self._summed_rate(total, ask)
        held = [h for g in total.groups for h in self._sums.get((g, number), ())]
        return _sum(held, "合计", ask.field in _OF_LIST)

    def _summed_rate(self, total: SumRow, ask: Ask) -> Held:
        keys = [k for g in total.groups for k in self._keys(g)]
        parts = [_sum([self.holdings.held(k, replace(ask, kind=AskKind.FIELD, field=f, over=None)) for k in keys], "合计", f in _OF_LIST)
                 for f in (ask.field, ask.over)]
        above, below = parts[0].value, parts[1].value
        if isinstance(above, int) and isinstance(below, int) and (made := rate(above, below)) is not None:
            return Held(made, source="表内各项目合计之比")
        return Held(None, next((p.why for p in parts if p.why), "没有可算的数"))

    def _keys(self, group: int) -> Iterable[str]:
        return self._codes.get(group, ())

    # -- what stays empty

    def _leave(self, column: int, why: str, row: int, who: str = "") -> None:
        self._left.setdefault((column, why, who), []).append(row)

    def _leave_columns(self) -> None:
        """Columns that ask for what the ledger has not, where any of their cells is empty."""
        table = self.form.table
        told = [r.row for r in table.rows if r.row in table.matches] if self.form.named else []
        for number, ask in self.form.asks.items():
            if isinstance(ask, NotAsked) and (any(self._is_open(r, number) for r in told) if told else bool(self.rows)):
                self._left.setdefault((number, ask.why, ask.who), [])

    def unfilled(self) -> list[Unfilled]:
        """What stays empty, by column."""
        table = self.form.table
        told: dict[tuple[int, str], tuple[list[int], dict[str, None]]] = {}
        for (number, why, who), rows in sorted(self._left.items(), key=lambda x: x[0][0]):
            all_rows, asked = told.setdefault((number, why), ([], {}))
            all_rows += rows
            asked |= {who: None} if who else {}
        made: list[Unfilled] = []
        for (number, why), (rows, asked) in told.items():
            letter = column_letter(number)
            if table.sheet.moved:
                place = next((p for r in range(1, len(table.sheet.rows) + 1) if (p := table.sheet.place(r, number)) is not None), None)
                letter = column_letter(place.column) if place is not None else ""
            who = "、".join(list(asked)[:_TOLD_UNITS]) + ("等" if len(asked) > _TOLD_UNITS else "")
            made.append(Unfilled(letter, table.columns[number].header, why, tuple(sorted(rows)), who))
        return made

    def _line(self, row: int) -> int:
        sheet = self.form.table.sheet
        if not sheet.moved:
            return row
        place = sheet.place(row, self.form.table.layout.name or 1)
        return place.row if place is not None else row_in_file(sheet.line(row))

    def _find(self, level: Level, code: str, row: int, column: int, message: str, project: str | None = None) -> None:
        sheet = self.form.table.sheet
        place = sheet.place(row, column or 1) or CellPlace(sheet.name, row, column or 1)
        cell = cell_name(place.row, place.column)
        self.findings.append(Finding(level, code, f"表“{place.sheet}”{cell}：{message}。", place.sheet, place.row, cell, project=project))


_OF_NOTHING = ("0", "0.0", "#DIV/0!", "0%")
_UNSURE = (MatchDoubt.AMBIGUOUS, MatchDoubt.SEVERAL, MatchDoubt.CODE_NAME_CONFLICT, MatchDoubt.UNKNOWN)
_QUIET = (*PROGRESS_TEXTS, Field.SCALE, Field.REMARK, Field.YEAR_GOAL, Field.LOCATION, Field.CONTACT, Field.PHONE, Field.FUNDING, Field.YEARS, Field.NAME)
"""Words that differ from the ledger's without anybody having erred."""


def _compared(ask: Ask) -> bool:
    return ask.kind in (AskKind.FIELD, AskKind.RATE, AskKind.OWN) and ask.field not in _QUIET and ask.also is None


def _both(ask: Ask, one: Held, other: Held) -> Held:
    """Two facts of one cell."""
    if ask.field is Field.CONTACT:
        told = [str(h.value) for h in (one, other) if h.value]
        return Held(" ".join(told), source=one.source or other.source) if told else one
    if one.value is not None and other.value is not None:
        return Held(f"{one.value}至{other.value}", source=f"{one.source}、{other.source}")
    return one if one.value is None else other


_OF_LIST = (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN)
"""What stands on the year's list: a project without it (预备 has no plan) adds nothing to its sum (§3.1)."""


def _sum(held: Iterable[Held], what: str, of_list: bool = False) -> Held:
    """The sum of amounts, all of which must be known; of the list's own amounts those that are."""
    amount = 0
    count = lacking = 0
    for h in held:
        count += 1
        if isinstance(h.value, int):
            amount += h.value
        else:
            lacking += 1
    if (lacking and not (of_list and lacking < count)) or not count:
        return Held(None, f"有 {lacking} 个项目没有数，{what}不能算" if count else f"没有项目，{what}不能算")
    return Held(amount, source=f"表内 {count - lacking} 个项目之和")
