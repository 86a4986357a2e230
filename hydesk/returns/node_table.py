"""A node table (节点表): projects in rows, nodes in columns, read by the same stages as returns.

Head, rows and matching are those of ``tables`` and ``matching``; here columns are told to be nodes and cells to be
dates. A column that does not say whether it is planned, forecast or actual is asked about, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from hydesk.dataclass import dataclass
from hydesk.domain.collector import collector_paused
from hydesk.domain.dates import LooseDate
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, CellValue, Sheet, cell_name, row_in_file
from hydesk.domain.milestones import WHICH_LABELS
from hydesk.domain.node_table import NodeCell, NodeTable
from hydesk.domain.snapshot import LedgerSnapshot, Memory
from hydesk.domain.understanding import ReadColumn, ReadSheet
from hydesk.returns.dates import may_be_october, read_date
from hydesk.returns.head import SEARCHED_ROWS
from hydesk.returns.matching import Match, MatchDoubt, ProjectIndex, match_row
from hydesk.returns.node_words import completed, handling_of, node_names, node_of, state_of, which_of
from hydesk.returns.shapes.evidence import letter_in_file
from hydesk.returns.shapes.node_rows import shape_node_columns, shape_node_rows
from hydesk.returns.sheets import is_aside
from hydesk.returns.table import Table
from hydesk.returns.tables import build_table, project_rows, row_codes, row_name, table_under
from hydesk.returns.text import is_blank, name_key, shown
from hydesk.returns.values import is_placeholder

_DATED = re.compile(r"20\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?|20\d\d年\d{1,2}月(?!\d)")
_AROUND = re.compile(r"^(?:已于|已|于|约|预计|计划|拟|实际)+|(?:已?(?:完成|开工|竣工|办结|取得|批复|封顶|投产|前|左右))+[。.]?$")


@dataclass(slots=True)
class _Reading:
    """What is gathered of one workbook."""

    index: ProjectIndex
    words: Mapping[str, str]
    labels: Mapping[str, str]
    year: int
    unsaid_as: str | None
    cells: list[NodeCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    unsaid: int = 0
    month: LooseDate = field(default_factory=lambda: LooseDate.of_year(2000))
    """The month of the table: what is ticked was done by then."""
    undated: int = 0
    ticks: set[tuple[str, int]] = field(default_factory=set)
    """Sheets and columns of ticks: where only the stage reached is ticked, a blank says nothing."""


def understand_nodes(
    book: Book, snapshot: LedgerSnapshot, nodes: Iterable[tuple[str, str]], unsaid_as: str | None = None
) -> NodeTable:
    """All that can be read of ``book``; ``nodes`` are the office's standard nodes (name, label).

    ``unsaid_as`` (baseline, forecast, actual) is what a person says of columns that do not say it themselves.
    """
    own = tuple(nodes)
    reading = _Reading(ProjectIndex(snapshot), node_names(own), {n: label or n for n, label in own}, snapshot.year, unsaid_as,
                       month=LooseDate.of_month(snapshot.period.end.year, snapshot.period.end.month))
    with collector_paused():
        sheets = tuple(_read_sheet(sheet, snapshot, reading) for sheet in book.sheets)
    if not any(s.used for s in sheets):
        why = "；".join(f"“{s.name}”{s.why}" for s in sheets[:8])
        refused = Finding(Level.ERROR, "no_sheet", f"没有找到节点表：{why}。表中要有项目名称或编号，和各节点的时间列。")
        return NodeTable(book.name, sheets, (), (*reading.findings, refused), reading.unsaid, True)
    return NodeTable(book.name, sheets, tuple(reading.cells), tuple(reading.findings), reading.unsaid)


def _read_sheet(sheet: Sheet, snapshot: LedgerSnapshot, reading: _Reading) -> ReadSheet:
    if sheet.hidden:
        return ReadSheet(sheet.name, False, "是隐藏的工作表")
    table = _table(sheet, snapshot, reading)
    if table is None:
        return ReadSheet(sheet.name, False, is_aside(sheet) or "没有找到项目和节点的表头")
    columns = _columns(table, reading)
    told = tuple(ReadColumn(letter_in_file(table.sheet, c), "/".join(p), None, None, _reason(columns.get(c), reading))
                 for c, p in table.head.paths.items())
    if not columns:
        why = "有节点列，但没有写明是计划、预计还是实际" if reading.unsaid else "没有节点时间的列"
        return ReadSheet(sheet.name, False, why, table.head.rows, told)
    if not table.sheet.moved:
        table.sheet = sheet
    undated = reading.undated
    for row in table.rows:
        if row.row in project_rows_of(table):
            _read_row(table, row.row, row.continued, columns, reading)
    if reading.undated > undated:
        reading.findings.append(Finding(
            Level.WARNING, "node_undated", f"表“{sheet.name}”有 {reading.undated - undated} 格只写已办、打勾或文号，没有日期，已按 {reading.month} 列为建议。请改成实际日期再接受",
            sheet.name))
    return ReadSheet(sheet.name, True, None, table.head.rows, told)


def _table(sheet: Sheet, snapshot: LedgerSnapshot, reading: _Reading) -> Table | None:
    """The sheet's table of projects in rows and nodes in columns, whichever way it stands in the file."""
    units = {name_key(n) for u in snapshot.units for n in (u.name, *u.short_names)}

    def is_project(words: str) -> bool:
        return reading.index.by_name(words, None) is not None

    def is_unit(words: str) -> bool:
        return name_key(words) in units

    def is_node(words: str) -> bool:
        return node_of((words,), reading.words) is not None

    shaped = shape_node_columns(sheet, is_node, is_project)
    table = None if shaped is not None else build_table(
        _with_known_words(sheet, reading.words), snapshot.period, Memory(), None, is_project=is_project, is_unit=is_unit)
    if table is not None:
        shaped = shape_node_rows(table, is_node)
    if shaped is None:
        return table
    return table_under(shaped.sheet, shaped.head, shaped.words, snapshot.period, Memory(), None, is_project, is_unit)


def project_rows_of(table: Table) -> frozenset[int]:
    """Rows that are projects, as a set."""
    return frozenset(project_rows(table))


def _reason(column: tuple[str, str] | None, reading: _Reading) -> str:
    return f"{reading.labels.get(column[0], column[0])}{WHICH_LABELS[column[1]]}" if column else "不是节点时间"


def _with_known_words(sheet: Sheet, words: Mapping[str, str]) -> Sheet:
    """The sheet with bare node words in its first rows completed, so that the head is found as in a return."""
    top = [[completed(v, words) if isinstance(v, str) and len(v) < 16 else v for v in row]
           for row in sheet.rows[:SEARCHED_ROWS]]
    return replace(sheet, rows=[*top, *sheet.rows[SEARCHED_ROWS:]])


def _columns(table: Table, reading: _Reading) -> dict[int, tuple[str, str]]:
    """Column → node and which of its dates."""
    found: dict[int, tuple[str, str]] = {}
    title = table.words.title
    for number, path in table.head.paths.items():
        node = node_of(path, reading.words)
        if node is None:
            continue
        ticked = _only_ticks(table, number) or any(_only_ticks(table, c) for c in _beside(table, number))
        which = which_of(path, title) or ("actual" if ticked else _by_cells(table, number))
        if ticked:
            reading.ticks.add((table.sheet.name, number))
        if which is None:
            reading.unsaid += 1
            which = reading.unsaid_as
        letter = letter_in_file(table.sheet, number)
        if which is None:
            reading.findings.append(Finding(
                Level.WARNING, "node_unsaid", f"表“{table.sheet.name}”{letter}列“{'/'.join(path)}”没有写明是计划、预计还是实际时间，整列未取。请指明",
                table.sheet.name, column=letter))
        elif (node, which) in found.values():
            reading.findings.append(Finding(
                Level.WARNING, "node_twice", f"表“{table.sheet.name}”{letter}列与前面的列同为{reading.labels.get(node, node)}{WHICH_LABELS[which]}时间，"
                "只取了前面一列。请核实", table.sheet.name, column=letter))
        else:
            found[number] = (node, which)
    return found


def _beside(table: Table, column: int) -> list[int]:
    """The columns under the same group of the head: stages of which one is ticked."""
    path = table.head.paths[column]
    return [c for c, p in table.head.paths.items() if c != column and len(path) > 1 and p[:-1] == path[:-1]]


_TICK = frozenset("√✓✔☑■●◆")


def _only_ticks(table: Table, column: int) -> bool:
    words = {shown(v).strip() for r in project_rows(table) if not is_blank(v := table.sheet.cell(r, column))}
    return bool(words) and words <= _TICK


def _by_cells(table: Table, column: int) -> str | None:
    """A column of 已办, ✔ and dates is of what was done, though its head names the node only."""
    words = [shown(v).strip() for r in project_rows(table) if not is_blank(v := table.sheet.cell(r, column))]
    states = [state_of(w) for w in words if not is_placeholder(w)]
    return "actual" if any(s is not None for s in states) else None


def _read_row(table: Table, row: int, continued: tuple[int, ...], columns: Mapping[int, tuple[str, str]],
              reading: _Reading) -> None:
    name, sheet, line = row_name(table, row, continued), table.sheet.name, table.sheet.line(row)
    match = match_row(reading.index, row_codes(table, row), name, None)
    where = f"表“{sheet}”第{row_in_file(line)}行"
    if not _taken(match, name, where, sheet, line, reading):
        return
    assert match.project is not None
    code = match.project.code
    if code in reading.seen:
        first = reading.seen[code]
        reading.findings.append(Finding(
            Level.ERROR, "duplicate", f"{where}：“{name}”与表“{first[0]}”第{row_in_file(first[1])}行是同一项目，这一行未取。请核对后删去一行",
            sheet, line, project=code))
        return
    reading.seen[code] = (sheet, line)
    for number, (node, which) in columns.items():
        value = table.sheet.cell(row, number)
        words = shown(value).strip()
        if not words and (sheet, number) in reading.ticks:
            continue
        read = None if is_blank(value) or is_placeholder(words) else _date(value, words, reading.year)
        place = table.sheet.place(row, number)
        cell = cell_name(place.row, place.column) if place is not None else ""
        if read is None and which == "actual" and (state := state_of(words)) is not None:
            reading.undated += state
            reading.cells.append(NodeCell(code, node, which, reading.month if state else None, sheet, line, cell, words, state,
                                          handling_of(words)))
            continue
        if may_be_october(value):
            reading.findings.append(Finding(
                Level.WARNING, "january", f"表“{sheet}”{cell}：写作“{words}”，是 1 月还是 10 月（{words}0）看不出来，这一格未取。请改正", sheet, line,
                cell, project=code))
            continue
        if read is None and words and not is_placeholder(words):
            what = f"{reading.labels.get(node, node)}{WHICH_LABELS[which]}时间"
            reading.findings.append(Finding(
                Level.ERROR, "no_date", f"表“{sheet}”{cell}：{what}写作“{words}”，认不出是哪一天，这一格未取。请补上日期",
                sheet, line, cell, project=code))
            continue
        reading.cells.append(NodeCell(code, node, which, read, sheet, line, cell, words))


def _taken(match: Match, name: str, where: str, sheet: str, row: int, reading: _Reading) -> bool:
    """Whether the row's project can be told; says what is wrong or doubtful about it."""
    said = name or "（没有名称）"
    if match.project is None:
        near = "、".join(p.name for p in match.others[:3])
        hint = f"，相近的有：{near}" if near else ""
        reading.findings.append(Finding(
            Level.ERROR, "stranger", f"{where}：“{said}”不在台账里{hint}，这一行未取。请核对名称或编号", sheet, row))
        return False
    if match.doubt is MatchDoubt.CODE_NAME_CONFLICT:
        reading.findings.append(Finding(
            Level.ERROR, "code_name_conflict", f"{where}：编号是“{match.project.name}”的，名称却是“{said}”，这一行未取。请核对", sheet, row,
            project=match.project.code))
        return False
    if match.doubt is not MatchDoubt.NONE:
        reading.findings.append(Finding(
            Level.WARNING, "near_name", f"{where}：“{said}”按“{match.project.name}”（{match.project.code}）读取。请确认", sheet, row,
            project=match.project.code))
    return True


def _date(value: CellValue, words: str, year: int) -> LooseDate | None:
    found = read_date(value, year)
    if found is None and isinstance(value, str):
        bare = _AROUND.sub("", words.strip())
        found = read_date(bare, year) if bare and bare != words else None
    if found is None and isinstance(value, str) and len(dated := _DATED.findall(words)) == 1:
        found = read_date(dated[0], year)  # 2023年3月5日（衡发改〔2023〕12号）
    return found
