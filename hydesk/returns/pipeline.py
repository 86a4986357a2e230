"""The stages in their order: a workbook's grid in, what was understood of it out.

    1 files      (``hydesk.excel``: bytes → grids)
    2 sheets     head found, sheets of another period, instructions and repeats left out    ``tables``, ``choose``
    3 unit       whose return it is                                                          ``choose``
    4 head       rows and paths of words                                                     ``head``
    5 columns    path → field, open questions decided by figures                             ``columns``, ``resolve``
    6 units      万元, 亿元, 元 per column                                                    ``resolve``
    7 rows       project, section, sum, note, continuation …                                 ``rows``
    8 matching   which project                                                               ``matching``
    9 values     numbers and dates                                                           ``values``, ``read_rows``
   10 checks     what is wrong                                              ``checks``, ``row_checks``, ``sum_checks``
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from hydesk.domain.collector import collector_paused
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot
from hydesk.domain.understanding import Corrections, ReadColumn, ReadRow, ReadSheet, Understanding
from hydesk.returns.checks import RuleSet, check_rows
from hydesk.returns.choose import find_unit, leave_out_sheets, unit_by_content
from hydesk.returns.choose_columns import settle_twins
from hydesk.returns.column_cells import said_of_foreign
from hydesk.returns.match_rows import match_rows
from hydesk.returns.matching import MatchDoubt, ProjectIndex
from hydesk.returns.nodes_beside import say_nodes_beside
from hydesk.returns.part_rows import ask_which_row, join_parts
from hydesk.returns.read_rows import RowReading, read_rows
from hydesk.returns.refusals import refusal
from hydesk.returns.resolve import settle_candidates, settle_units
from hydesk.returns.row_checks import check_matches, check_near_names
from hydesk.returns.rows import RowKind
from hydesk.returns.scaled_cells import settle_scaled
from hydesk.returns.sentences import propose_from_sentences
from hydesk.returns.shapes.evidence import in_file, letter_in_file
from hydesk.returns.shapes.joined import join_by_number
from hydesk.returns.sheets import is_aside
from hydesk.returns.stacked import build_tables
from hydesk.returns.stated_day import stated_day
from hydesk.returns.sum_checks import check_sums
from hydesk.returns.table import Table
from hydesk.returns.ten_days import sum_ten_days
from hydesk.returns.text import name_key
from hydesk.returns.unread_columns import ask_headless_columns, ask_unread_columns, unread_money
from hydesk.returns.unread_sheets import no_head, unread_sheets
from hydesk.returns.week_checks import check_copied_week, said_of_weeks


def understand(
    book: Book, snapshot: LedgerSnapshot, unit: str | None = None, rules: RuleSet | None = None,
    index: ProjectIndex | None = None, corrections: Corrections | None = None,
    progress: Callable[[float], None] | None = None,
) -> Understanding:
    """All that can be read of ``book`` as a return for ``snapshot.period``.

    ``unit`` is what the user chose, if anything. ``index`` may be given to share it between books of one snapshot.
    ``corrections`` are read in the place of what stands in the cells; they must have passed ``read_typed``.
    ``progress`` is told the share done, at short intervals; what it raises ends the work.
    """
    with collector_paused():
        return _understand(book, snapshot, unit, rules, index.fresh() if index else ProjectIndex(snapshot), corrections or Corrections(),
                           progress or (lambda _share: None))


def _understand(
    book: Book, snapshot: LedgerSnapshot, unit: str | None, rules: RuleSet | None, index: ProjectIndex,
    corrections: Corrections, progress: Callable[[float], None],
) -> Understanding:
    tables, asides, joined = _all_tables(book, snapshot, unit, index, corrections, progress)
    used = [t for t in tables if t.left_out is None]
    found_unit, findings = find_unit(book, used or tables, snapshot, unit)
    findings = [*(Finding(Level.NOTE, "file_form", n) for n in book.notes), *joined, *findings, *unread_sheets(book, tables, asides, index), *unread_money(tables)]
    if not used:
        return _rejected(book, snapshot, tables, asides, found_unit, findings)
    readings: list[RowReading] = []
    for number, table in enumerate(used):
        progress(0.3 + 0.4 * number / len(used))
        readings += _read_table(table, index, snapshot, found_unit)
    check_matches(readings, found_unit, snapshot.units)
    # What a stranger's or a doubled row says of money is not this project's: one word about it is enough.
    own = [r for r in readings if not any(f.level is Level.ERROR and f.field is Field.NAME for f in r.findings)]
    for number, _ in enumerate(check_rows(own, rules)):
        if number % 250 == 0:
            progress(0.7 + 0.3 * number / len(own))
    check_near_names(own)
    check_sums(used, readings)
    for table in used:
        table.findings += said_of_weeks(table)
        table.findings += check_copied_week(table, [r for r in own if r.table is table])
    day, said = stated_day(used, book, snapshot.period)
    return replace(
        _understanding(book, snapshot, tables, asides, found_unit, [*findings, *said], readings), day=day)


def _all_tables(
    book: Book, snapshot: LedgerSnapshot, unit: str | None, index: ProjectIndex, corrections: Corrections,
    progress: Callable[[float], None],
) -> tuple[list[Table], dict[str, str], list[Finding]]:
    """The tables of the book with their rows matched, why other sheets have none, and what was said of joining them."""
    asides: dict[str, str] = {}
    tables: list[Table] = []
    remembered = snapshot.memory.columns or snapshot.memory.layouts
    guessed = unit or (unit_by_content(book, snapshot, index) if remembered else None)
    sheets, joined = join_by_number(book.sheets, snapshot.period)
    for number, sheet in enumerate(sheets):
        progress(0.3 * number / len(book.sheets))
        found = _tables(sheet, snapshot, index, guessed)
        if not found:
            asides[sheet.name] = is_aside(sheet) or no_head(sheet, index)
        for table in found:
            tables.append(table)
            _take_corrections(table, corrections, index)
    for table in tables:
        join_parts(table)
        match_rows(table, index, None)
    leave_out_sheets(tables, snapshot.period)
    return tables, asides, joined


def _tables(sheet: Sheet, snapshot: LedgerSnapshot, index: ProjectIndex, unit: str | None) -> list[Table]:
    units = {name_key(n) for u in snapshot.units for n in (u.name, *u.short_names)}
    return build_tables(
        sheet, snapshot.period, snapshot.memory, unit,
        is_project=lambda words: index.by_name(words, None) is not None,
        is_unit=lambda words: name_key(words) in units,
    )


def _take_corrections(table: Table, corrections: Corrections, index: ProjectIndex) -> None:
    rows = {table.sheet.line(r.row): r.row for r in table.rows}
    for (sheet, line, f), text in corrections.values.items():
        if sheet == table.sheet.name and line in rows:
            table.typed.setdefault(rows[line], {})[f] = text
    for (sheet, line), code in corrections.projects.items():
        project, row = index.by_code(code), rows.get(line)
        if sheet == table.sheet.name and project is not None and row is not None:
            table.assigned[row] = project
            table.rows = [replace(r, kind=RowKind.PROJECT) if r.row == row and r.kind is RowKind.UNTOLD else r
                          for r in table.rows]


def _read_table(table: Table, index: ProjectIndex, snapshot: LedgerSnapshot, unit: str | None) -> list[RowReading]:
    match_rows(table, index, unit)
    # Units of the columns that words decide come first: the open ones are judged by them, and get theirs after.
    settle_units(table, snapshot.memory, unit)
    settle_candidates(table)
    settle_twins(table)
    settle_units(table, snapshot.memory, unit)
    settle_scaled(table)
    ask_unread_columns(table)
    table.findings += said_of_foreign(table)
    ask_headless_columns(table)
    readings = read_rows(table, snapshot.year)
    sum_ten_days(table, readings, snapshot.period)
    propose_from_sentences(table, readings)
    say_nodes_beside(table)
    in_parts = {r.row: r.parts for r in table.rows if r.parts}
    for reading in readings:
        if reading.row in in_parts:
            ask_which_row(reading, in_parts[reading.row])
    return readings


def _read_sheets(tables: list[Table], asides: dict[str, str], book: Book) -> tuple[ReadSheet, ...]:
    by_name: dict[str, list[Table]] = {}
    for t in tables:
        by_name.setdefault(t.sheet.name, []).append(t)
    sheets: list[ReadSheet] = []
    for sheet in book.sheets:
        own = by_name.get(sheet.name, [])
        if not own:
            sheets.append(ReadSheet(sheet.name, False, asides.get(sheet.name, "没有用到")))
            continue
        shown = [t for t in own if t.left_out is None] or own
        columns = dict.fromkeys(
            ReadColumn(letter_in_file(t.sheet, c.number), c.header, c.field, c.unit, c.reason, c.confidence,
                       c.guess.own.name if c.guess.own is not None else "")
            for t in shown for c in t.columns.values()
        )
        heads = tuple(r for t in own for r in t.head.rows if r > 0)
        why = None if any(t.left_out is None for t in own) else own[0].left_out
        sheets.append(ReadSheet(sheet.name, why is None, why, heads, tuple(columns)))
    return tuple(sheets)


def _rejected(
    book: Book, snapshot: LedgerSnapshot, tables: list[Table], asides: dict[str, str], unit: str | None,
    findings: list[Finding],
) -> Understanding:
    """No sheet can be used: the whole file is refused, with every sheet's reason."""
    return Understanding(
        book.name, unit, None, _read_sheets(tables, asides, book), (), (*findings, refusal(tables, asides, snapshot.period)),
        rejected=True)


def _understanding(
    book: Book, snapshot: LedgerSnapshot, tables: list[Table], asides: dict[str, str], unit: str | None,
    findings: list[Finding], readings: list[RowReading],
) -> Understanding:
    rows = tuple(
        ReadRow(
            r.table.sheet.name, r.line, r.name, r.project.code if r.project else None,
            r.match.how.value if r.match.how and r.project else None, r.values, r.cells, r.words | r.county,
            accepted=r.project is not None and not any(f.level is Level.ERROR for f in r.findings), own=tuple(r.own),
        )
        for r in readings
    )
    used = [t for t in tables if t.left_out is None]
    missing = _missing(snapshot, unit, readings)
    all_findings = [*findings, *(in_file(f, t.sheet) for t in used for f in t.findings), *(f for r in readings for f in r.findings)]
    all_findings += _lacking(unit, missing)
    return Understanding(
        book.name, unit, snapshot.period, _read_sheets(tables, asides, book), rows, tuple(all_findings),
        missing=tuple(p.code for p in missing),
    )


def _lacking(unit: str | None, missing: list[KnownProject]) -> Iterator[Finding]:
    """Nobody need be chased for what another file of the same period has brought: units send a file per class."""
    for brought, level, words in ((False, Level.WARNING, "没有出现在报表里：{}。请催补。"),
                                  (True, Level.NOTE, "没有出现在这份报表里，本期的数已有别的来源：{}。")):
        some = [p for p in missing if (p.current is not None) is brought]
        if some:
            names = "、".join(f"{p.name}（{p.code}）" for p in some[:10]) + ("等" if len(some) > 10 else "")
            yield Finding(level, "missing_projects", f"台账中{unit}有 {len(some)} 个项目" + words.format(names))


def _missing(snapshot: LedgerSnapshot, unit: str | None, readings: list[RowReading]) -> list[KnownProject]:
    if unit is None:
        return []
    seen = {r.project.code for r in readings if r.project is not None}.union(
        *({p.code for p in r.match.others} for r in readings if r.match.doubt is MatchDoubt.SEVERAL))
    return [p for p in snapshot.projects if p.unit == unit and p.code not in seen]
