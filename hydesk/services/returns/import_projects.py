"""Take a project list into the ledger: new projects added, known ones brought up to date; undone like a return."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection, select

from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, Unit
from hydesk.db.places import PRESENT, Entity, Place, place_of, write_value
from hydesk.db.references import UNIT, References
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.fields import PROGRESS_FIELDS, Field, FieldKind
from hydesk.domain.file_names import visible
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book, row_in_file
from hydesk.domain.ledger_parts import LedgerParts
from hydesk.domain.list_known import ListChoices, ListKnown
from hydesk.domain.return_states import APPLIED, PARTLY_APPLIED
from hydesk.domain.understanding import ListedProject, ProjectList, ReadSheet, ReadValue
from hydesk.services.acts.keep_import import keep_findings, keep_import, keep_rows
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.own_values import take_own
from hydesk.services.returns.import_parts import part_writes
from hydesk.services.returns.read_return import digest, read_content
from hydesk.services.returns.take_list_known import take_list_known
from hydesk.services.standings.sub_projects import SubProjectLine, read_sub_projects_of, sub_project_writes


@dataclass(frozen=True, slots=True)
class ProjectImport:
    """What came of a project list. ``import_id`` is None where nothing was written."""

    import_id: int | None
    added: int
    changed: int
    unchanged: int
    findings: tuple[Finding, ...]
    rejected: bool = False
    sheets: tuple[ReadSheet, ...] = ()
    """The sheets and columns as they were understood."""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A project list as it was read; nothing of it is in a ledger yet."""

    name: str
    content: bytes
    year: int
    listed: ProjectList
    parts: LedgerParts | None
    """What an export of hydesk's own holds beside the list."""
    book: Book | None = field(default=None, repr=False, compare=False)
    """The workbook's cells, by which it is read again when a person decides something."""


def read_project_list(
    path: Path | tuple[str, bytes], year: int, progress: Callable[[float, str], None] | None = None,
    known: ListKnown | None = None, choices: ListChoices | None = None,
) -> ReadList:
    """Read the project list at ``path`` (a file, or its name and bytes). Raises HydeskError where it cannot be read.

    ``known`` is what the ledger it is for tells of units and classes, ``choices`` what a person decided about the list.
    """
    from hydesk.excel import limits
    from hydesk.excel.read import read_book
    from hydesk.returns.ledger_parts import take_parts
    from hydesk.returns.project_list import understand_project_list

    name, content = path if isinstance(path, tuple) else (visible(path.name), read_content(path))
    if progress is not None:
        progress(0.0, f"正在读取 {name}")
    book, parts = take_parts(read_book(content, name, limits.LIST_ROWS), year)
    listed = understand_project_list(book, year, known or take_list_known(None), choices)
    return ReadList(name, content, year, listed, parts, book)


@writing
def import_projects(
    ledger: Ledger, path: Path | tuple[str, bytes], year: int, actor: Actor | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> ProjectImport:
    """Take in the project list at ``path`` (a file, or its name and bytes) as the list of ``year``.

    Raises HydeskError for a file that cannot be read; a list that cannot be understood comes back rejected.
    """
    said = progress or (lambda _fraction, _doing: None)
    read = read_project_list(path, year, said, take_list_known(ledger))
    done = apply_project_list(
        ledger, read.listed, read.content, year, actor or current_actor(), read.parts,
        lambda fraction, doing: said(0.5 + fraction / 2, f"{doing} {read.name}"))
    said(1.0, f"已导入 {read.name}")
    return done.value


@writing
def apply_project_list(
    ledger: Ledger, listed: ProjectList, content: bytes, year: int, actor: Actor, parts: LedgerParts | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> ProjectImport:
    """Write an understood list; rows that are not accepted are left out. ``parts`` is what an export holds beside it."""
    if listed.rejected:
        return ProjectImport(None, 0, 0, 0, listed.findings, True, listed.sheets)
    said = progress or (lambda _fraction, _doing: None)
    said(0.0, "正在对应")
    with ledger.write() as connection:
        sorting = _Sorting(connection, year, {_text(row, Field.CODE) for row in listed.projects})
        rows = [(row, sorting.find(row) if row.accepted else None) for row in listed.projects]
        shelves = Shelves(connection)
        said(0.1, "正在写入")
        writes = sorting.settle(rows, shelves)
        said(0.3, "正在写入")
        if parts is not None:
            known_codes = {code: sorting.made.get(key, key) for code, key in sorting.codes.items()}
            writes += part_writes(parts, known_codes, year)
        writes += take_own(connection, shelves, ((sorting.made.get(key, key), row.sheet, row.own)
                                                 for row, key in rows if key is not None and row.own))
        held = shelves.get(w.place for w in writes)
        touched = {w.place.project_id for w in writes if held[w.place] != w.new}
        findings = listed.findings + tuple(sorting.findings)
        known = {key for _, key in rows if key is not None and key > 0}
        added, changed = len(sorting.made), len(touched & known)
        if not touched:
            return ProjectImport(None, 0, 0, len(known), findings, False, listed.sheets)
        act_id = begin_act(connection, "import_projects", f"导入{year}年项目清单“{listed.file}”", actor)
        held_back = any(key is None for _, key in rows)
        import_id = keep_import(connection, {
            "act_id": act_id, "kind": "projects", "file": listed.file, "sha256": digest(content), "unit_id": None,
            "period": None, "year": year, "status": PARTLY_APPLIED if held_back else APPLIED, "actor": str(actor),
        }, content, listed.sheets)
        keep_rows(connection, import_id, [(row, sorting.made.get(key, key) if key else None, key is not None) for row, key in rows])
        keep_findings(connection, import_id, findings)
        said(0.6, "正在写入")
        record(connection, act_id, writes, import_id, shelves)
        return ProjectImport(import_id, added, changed, len(known - touched), findings, False, listed.sheets)


@dataclass
class _Sorting:
    """Which project each row means; new ones get numbers below zero until they are made."""

    connection: Connection
    year: int
    listed: set[str]
    """The codes that stand in the list."""
    findings: list[Finding] = field(default_factory=list)
    made: dict[int, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    approvals: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[str, str], int] = field(default_factory=dict)
    current: dict[int, str] = field(default_factory=dict)
    code_of: dict[int, str] = field(default_factory=dict)
    seen: dict[int, ListedProject] = field(default_factory=dict)
    new: int = 0

    def __post_init__(self) -> None:
        self.references = References(self.connection)
        query = select(Project.id, Project.code, Project.approval_code, Project.name, Unit.name.label("unit")).outerjoin(
            Unit, Unit.id == Project.unit_id).where(Project.present)
        for row in self.connection.execute(query):
            self.codes[row.code or ""] = row.id
            self.approvals.setdefault(row.approval_code or "", row.id)
            self.names.setdefault((row.name or "", row.unit or ""), row.id)
            self.current[row.id] = row.name or ""
            self.code_of[row.id] = row.code or ""

    def find(self, row: ListedProject) -> int | None:
        """The project of ``row``, a number below zero for a new one, None for one that must be left out."""
        code, approval = _text(row, Field.CODE), _text(row, Field.APPROVAL_CODE)
        name, unit = _text(row, Field.NAME), self.unit(row) or ""
        key = self.codes.get(code) if code else None
        if key is None and approval:
            key = self._unless_another(self.approvals.get(approval), code)
        if key is None and name:
            key = self._unless_another(self.names.get((name, unit)), code)
        if key is None and not name:
            self._say(row, Level.ERROR, "no_name", "这一行没有项目名称，未导入；请补上名称后再导入")
            return None
        if key is None:
            self.new -= 1
            key = self.new
        for index, word in ((self.codes, code), (self.approvals, approval)):
            if word:
                index.setdefault(word, key)
        self.names.setdefault((name, unit), key)
        if key < 0:
            self.code_of.setdefault(key, code)
        if key in self.seen:
            first = self.seen[key]
            self._say(row, Level.ERROR, "listed_twice", f"与“{first.sheet}”第{row_in_file(first.row)}行是同一项目，这一行未导入；请核对后删去一行")
            return None
        self.seen[key] = row
        return key

    def _unless_another(self, key: int | None, code: str) -> int | None:
        """The project of the same approval code or name, unless both bear codes and its own is another's or listed.

        A project carried over into a new year's list gets a new code there; it stays the same project.
        """
        own = self.code_of.get(key, "") if key is not None else ""
        if key is None or not code or not own or own == code:
            return key
        return None if key < 0 or own in self.listed else key

    def unit(self, row: ListedProject) -> str | None:
        """The unit of ``row`` by the name the ledger uses; a unit not known yet is added."""
        said = _text(row, Field.REPORTING_UNIT)
        if said and self.references.find(UNIT, said) is None:
            self._say(row, Level.WARNING, "new_unit", f"“{said}”不在填报单位名单里，已作为新的填报单位加入；如是笔误请更正后重新导入")
        return self.references.name(UNIT, self.references.key(UNIT, said or None))

    def settle(self, rows: list[tuple[ListedProject, int | None]], shelves: Shelves) -> list[Write]:
        """Make the new projects and say what is to be written."""
        new = [key for _, key in rows if key is not None and key < 0]
        self.made = dict(zip(new, shelves.new_projects(len(new)), strict=True))
        number = self._free_codes()
        writes: list[Write] = []
        for row, key in rows:
            if key is None:
                continue
            project_id = self.made.get(key, key)
            values = self._values(row)
            for place in (Place(Entity.PROJECT, project_id, "", PRESENT),
                          Place(Entity.PLAN, project_id, str(self.year), PRESENT)):
                writes.append(Write(place, "1", confirm=True))  # undoing an earlier list leaves what this one names
            if key < 0 and (nature := write_value(values.get(Field.NATURE))) is not None:
                writes.append(Write(Place(Entity.PROJECT, project_id, "", Field.NATURE.value), nature))
            if key < 0 and not values.get(Field.CODE):
                values[Field.CODE] = next(number)
            elif key > 0 and Field.NAME in values and values[Field.NAME] != self.current[key]:
                writes.append(Write(Place(Entity.NAME, project_id, self.current[key], "kind"), "former"))
            writes += [
                Write(place_of(f, project_id, self.year, None), text, row.sheet, row.cells.get(f), row.words.get(f))
                for f, value in values.items() if (text := write_value(value)) is not None]
            writes += self._parts(row, project_id)
        return writes

    def _parts(self, row: ListedProject, project_id: int) -> list[Write]:
        """The sub-projects that the list names in the place of those held; a list that names none leaves them."""
        if not row.parts:
            return []
        lines = [SubProjectLine(p.name, p.builder, p.total_investment, p.annual_plan) for p in row.parts]
        held = read_sub_projects_of(self.connection, project_id) if project_id in self.current else []
        remarks = {x.name: x.remark for x in held}
        lines = [replace(x, remark=remarks.get(x.name, "")) for x in lines]
        cells = {str(at): p.cells for at, p in enumerate(row.parts, 1)}
        return [
            replace(w, sheet=row.sheet, cell=cells[w.place.scope].get(Field(w.place.field)))
            if w.new is not None and w.place.scope in cells and w.place.field != "remark" else w
            for w in sub_project_writes(self.connection, project_id, lines)]

    def _values(self, row: ListedProject) -> dict[Field, ReadValue]:
        """What the ledger takes of ``row``; words where a date or money belongs are left out."""
        values: dict[Field, ReadValue] = {}
        for f, value in row.values.items():
            if f in PROGRESS_FIELDS or f is Field.YEARS:
                continue
            if isinstance(value, str) and f.kind in (FieldKind.MONEY, FieldKind.DATE):
                continue
            values[f] = value
        if Field.REPORTING_UNIT in values:
            values[Field.REPORTING_UNIT] = self.unit(row) or ""
        for f in (Field.START_YEAR, Field.FINISH_YEAR):
            values.pop(f, None)
        return values | read_years(row.values)

    def _free_codes(self) -> Iterator[str]:
        number = 0
        while True:
            number += 1
            code = f"HY{self.year}-{number:03d}"
            if code not in self.codes and code not in self.listed:
                yield code

    def _say(self, row: ListedProject, level: Level, code: str, message: str) -> None:
        cell = row.cells.get(Field.NAME) or row.cells.get(Field.CODE)
        where = f"“{row.sheet}”{cell or f'第{row_in_file(row.row)}行'}："
        self.findings.append(Finding(level, code, where + message, row.sheet, row.row, cell))


def read_years(values: Mapping[Field, ReadValue]) -> dict[Field, ReadValue]:
    """开工年份 and 竣工年份, from their own columns or from 建设起止年限 such as 2021-2024."""
    found: dict[Field, ReadValue] = {}
    both = re.findall(r"(?:19|20|21)\d\d", str(values.get(Field.YEARS, "")))
    if both:
        found[Field.START_YEAR] = both[0]
        if len(both) > 1:
            found[Field.FINISH_YEAR] = both[1]
    for f in (Field.START_YEAR, Field.FINISH_YEAR):
        if m := re.search(r"(?:19|20|21)\d\d", str(values.get(f, ""))):
            found[f] = m[0]
    return found


def _text(row: ListedProject, f: Field) -> str:
    return str(row.values.get(f) or "").strip()
