"""A project list (``ledger import``), by the same understanding of heads, units, rows, sums and values as returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.list_known import ListChoices, ListKnown
from hydesk.domain.own_columns import same_name
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import Memory
from hydesk.domain.understanding import (
    ListedPart,
    ListedProject,
    ProjectList,
    ReadColumn,
    ReadSection,
    ReadSheet,
    ReadValue,
)
from hydesk.returns.column_cells import said_of_foreign
from hydesk.returns.column_guess import ColumnGuess
from hydesk.returns.dates import read_years
from hydesk.returns.head_words import column_key
from hydesk.returns.list_parts import read_parts
from hydesk.returns.lists.declared import check_counts_above, check_title
from hydesk.returns.lists.fill_down import fill_down
from hydesk.returns.lists.kept_columns import kept_columns, kept_words, say_kept
from hydesk.returns.lists.list_columns import settle_list_columns
from hydesk.returns.lists.row_faults import check_list_rows
from hydesk.returns.lists.said_words import SaidWords, plain_nature, without_numbering
from hydesk.returns.lists.sections import Sections, read_sections, say_sections
from hydesk.returns.lists.units_of_rows import fill_units
from hydesk.returns.lists.years import other_year
from hydesk.returns.matching import Match, MatchDoubt
from hydesk.returns.read_rows import RowReading, read_rows
from hydesk.returns.row_amounts import wan
from hydesk.returns.rows import RowKind
from hydesk.returns.shapes.evidence import in_file, letter_in_file
from hydesk.returns.sheets import is_aside
from hydesk.returns.stacked import build_tables
from hydesk.returns.sum_checks import check_declared
from hydesk.returns.table import Column, Table
from hydesk.returns.tables import project_rows
from hydesk.returns.text import name_key, shown, squeeze
from hydesk.returns.unread_columns import ask_headless_columns


@dataclass(slots=True)
class _Read:
    """One table of a list as far as it has been read."""

    table: Table
    readings: list[RowReading] = field(default_factory=list)
    sections: Sections = field(default_factory=Sections)
    kept: list[Column] = field(default_factory=list)


def understand_project_list(
    book: Book, year: int, known: ListKnown | None = None, choices: ListChoices | None = None,
) -> ProjectList:
    """Every project a list names, for the plan year ``year``.

    ``known`` is what the office knows of units and classes, ``choices`` what a person decided in the preview. A list
    that is another year's by all that it says is read all the same, told, and has ``other_year``.
    """
    known, choices = known or ListKnown(), choices or ListChoices()
    period = Period.month(year, 12)
    memory = _memory(known.memory, choices)
    sheets: list[ReadSheet] = []
    used: list[Table] = []
    findings: list[Finding] = [Finding(Level.NOTE, "file_form", n) for n in book.notes]
    old: list[tuple[list[Table], int]] = []
    for sheet in book.sheets:
        tables = _tables(sheet, period, memory, known)
        usable = [t for t in tables if _unusable(t) is None]
        if not usable:
            sheets.append(ReadSheet(sheet.name, False, _unusable(tables[0]) if tables else is_aside(sheet) or "没有找到项目表的表头"))
            continue
        other = other_year(usable[0], year)
        if other is not None:
            old.append((usable, other))
            sheets.append(_read_sheet(usable, f"写的是{other}年，不是{year}年"))
            continue
        sheets.append(ReadSheet(sheet.name, True, None))
        used += usable
    if old and used:
        findings += [_left_in_book(tables[0], y, year) for tables, y in old]
        return _understood(book, used, sheets, findings, known, choices)
    if old:
        findings.append(_of_other_year(old[0], year))
        used = [t for tables, _ in old for t in tables]
        sheets = [ReadSheet(s.name, True, None) if any(t.sheet.name == s.name for t in used) else s for s in sheets]
    read = _understood(book, used, sheets, findings, known, choices)
    return replace(read, other_year=max(y for _, y in old)) if old else read


def _understood(
    book: Book, used: list[Table], sheets: list[ReadSheet], findings: list[Finding], known: ListKnown, choices: ListChoices,
) -> ProjectList:
    words = SaidWords(known)
    read = [_read_table(t, words, choices, known) for t in used]
    readings = [r for one in read for r in one.readings]
    own = {t.sheet.name: [x for x in used if x.sheet.name == t.sheet.name] for t in used}
    sheets = [_read_sheet(own[s.name]) if s.used else s for s in sheets]
    if not readings:
        reasons = "；".join(f"“{s.name}”{s.why}" for s in sheets if s.why) or "各表都没有项目行"
        refused = Finding(Level.ERROR, "no_sheet", f"没有找到项目清单：{reasons}。表中至少要有“项目名称”一列。")
        return ProjectList(book.name, tuple(sheets), (), (*findings, refused), rejected=True)
    check_list_rows(readings)
    check_declared(used, readings)
    for one in read:
        beside = [r for r in readings if r.table.sheet.name == one.table.sheet.name]
        one.table.findings += check_title(one.table, beside, readings) if one is read[0] or len(read) == len(sheets) else ()
        one.table.findings += check_counts_above(one.table, one.sections, one.readings)
        findings += [in_file(f, one.table.sheet) for f in (*_untold(one.table), *one.table.findings)]
    projects = [p for one in read for p in _projects(one)]
    for r, project in zip(readings, projects, strict=True):
        _check_parts(r, project)
    return ProjectList(
        book.name, tuple(sheets), tuple(projects), (*findings, *(f for r in readings for f in r.findings)),
        sections=tuple(s for one in read for s in _sections_read(one, words, choices)))


def _memory(memory: Memory, choices: ListChoices) -> Memory:
    """What is remembered, and before it what a person said in the preview; by the same words as in returns."""
    columns = {("", column_key(header)): f for header, f in choices.columns.items() if f is not None}
    units = {("", column_key(header)): u for header, u in choices.units.items()}
    layouts = {("", key): layout for key, layout in choices.layouts.items()}
    there = {same_name(h) for c in memory.own for h in c.heads}
    own = [c for c in choices.own.values() if same_name(c.name) not in there]
    return Memory({**memory.columns, **columns}, {**memory.units, **units}, {**memory.layouts, **layouts}, (*memory.own, *own))


def _tables(sheet: Sheet, period: Period, memory: Memory, known: ListKnown) -> list[Table]:
    units = {name_key(n) for u in known.units for n in (u.name, *u.short_names)}
    return build_tables(sheet, period, memory, None, is_project=lambda _: False, is_unit=lambda words: name_key(words) in units)


def _read_table(table: Table, words: SaidWords, choices: ListChoices, known: ListKnown) -> _Read:
    left_out = {column_key(header) for header, f in choices.columns.items() if f is None}
    for column in table.columns.values():
        if (column.field is not None or column.guess.candidates) and column_key(column.header) in left_out:
            column.field, column.also, column.reason = None, None, "由人指定不取"
        if column.guess.own is not None and column_key(column.header) in left_out:
            column.guess, column.reason = ColumnGuess(None, "由人指定不取"), "由人指定不取"
    settle_list_columns(table, choices)
    table.findings += said_of_foreign(table)
    ask_headless_columns(table)
    table.matches = {r: Match(None, None, MatchDoubt.NONE) for r in project_rows(table)}
    lines = {table.sheet.line(r.row): r.row for r in table.rows}
    for (sheet, line, f), text in choices.values.items():
        if sheet == table.sheet.name and line in lines:
            table.typed.setdefault(lines[line], {})[f] = text
    one = _Read(table, read_rows(table, table.period.year))
    table.findings += fill_down(table, one.readings)
    one.sections = read_sections(table, words, choices.sections)
    _take_sections(one)
    table.findings += fill_units(table, one.readings, known, words)
    one.kept = kept_columns(table, project_rows(table))
    table.findings += say_kept(table, one.kept)
    return one


def _take_sections(one: _Read) -> None:
    """Give each project what its sections say, where its own cells do not; a difference is told at the row."""
    taken: Counter[Field] = Counter()
    for r in one.readings:
        nature = plain_nature(str(r.values.get(Field.NATURE, "")))
        if nature is not None:
            r.values[Field.NATURE] = nature
        for f, said in one.sections.by_row.get(r.row, {}).items():
            own = r.values.get(f)
            if not own:
                r.values[f] = said.value
                r.words.setdefault(f, said.words)
                taken[f] += 1
            elif squeeze(str(own)) != squeeze(said.value) and f is not Field.LEVEL:
                r.find(Level.WARNING, "section_differs", f"{f.label}写“{own}”，却列在“{said.words}”之下。请核实", f)
    one.table.findings += say_sections(one.table, one.sections, taken)


def _sections_read(one: _Read, words: SaidWords, choices: ListChoices) -> Iterator[ReadSection]:
    for row in one.table.rows:
        if row.kind is RowKind.SECTION and row.name:
            key = without_numbering(row.name)
            choice = choices.sections.get(key)
            values: Mapping[Field, str] = words.read(row.name).values
            if choice is not None:
                values = {choice.field: choice.value} if choice.field is not None else {}
            yield ReadSection(one.table.sheet.name, row.row, key, values)


def _untold(table: Table) -> list[Finding]:
    """Rows with figures and no name, which become no project: said, never passed over."""
    return [
        Finding(Level.ERROR, "row_without_name",
                f"表“{table.sheet.name}”第{r.row}行有数字而没有项目名称，未导入。请核实是哪个项目。", table.sheet.name, r.row)
        for r in table.rows if r.kind is RowKind.UNTOLD]


def _left_in_book(table: Table, other: int, year: int) -> Finding:
    return Finding(Level.WARNING, "sheet_other_year", (
        f"表“{table.sheet.name}”写的是{other}年，不是{year}年，没有读。请确认是不是旧表。"), table.sheet.name)


def _of_other_year(old: tuple[Sequence[Table], int], year: int) -> Finding:
    tables, other = old
    return Finding(Level.WARNING, "list_of_other_year", (
        f"表“{tables[0].sheet.name}”的标题和栏目写的是{other}年，不是{year}年，像是{other}年的清单。"
        f"请确认；若是，请撤销后按{other}年导入，或换一份。"), tables[0].sheet.name)


def _unusable(table: Table) -> str | None:
    if not table.layout.name:
        return "表头里没有“项目名称”一列"
    if not project_rows(table):
        return "表头之下没有项目行"
    if table.sheet.hidden:
        return "隐藏的表"
    return None


def _read_sheet(tables: list[Table], why: str | None = None) -> ReadSheet:
    columns = dict.fromkeys(
        ReadColumn(letter_in_file(t.sheet, c.number), c.header, c.field, c.unit, c.reason, c.confidence,
                   c.guess.own.name if c.guess.own is not None else "")
        for t in tables for c in t.columns.values()
    )
    heads = tuple(r for t in tables for r in t.head.rows if r > 0)
    return ReadSheet(tables[0].sheet.name, why is None, why, heads, tuple(columns))


def _check_parts(r: RowReading, project: ListedProject) -> None:
    """Parts are within the package's own figures: together they cannot be more."""
    for f in (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN):
        own = r.values.get(f)
        together = sum(getattr(p, f.value) or 0 for p in project.parts)
        if project.parts and isinstance(own, int) and 0 <= own < together - 100:
            r.find(Level.WARNING, "parts_over", (
                f"{len(project.parts)} 个子项目的{f.label}合计 {wan(together)} 万元，超过打包项目的 {wan(own)} 万元。请核实"), f)


def _projects(one: _Read) -> Iterator[ListedProject]:
    parts = read_parts(one.table)
    for r in one.readings:
        cells: Mapping[Field, str] = r.cells
        said = one.sections.by_row.get(r.row)
        if said and not one.table.sheet.places:
            by_section = {f: s.cell for f, s in said.items() if s.cell is not None and f not in cells}
            cells = {**cells, **by_section} if by_section else cells
        yield _listed(r, cells, parts.get(r.row, ()), kept_words(one.table, one.kept, r.row) if one.kept else {})


def _listed(r: RowReading, cells: Mapping[Field, str], parts: tuple[ListedPart, ...], extras: Mapping[str, str]) -> ListedProject:
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
    return ListedProject(r.table.sheet.name, r.line, values, cells, r.words, accepted, parts, extras, tuple(r.own))


