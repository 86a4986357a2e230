"""Which project each row of a list means, and what is written of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write
from hydesk.db.models import Project, Unit
from hydesk.db.places import PRESENT, Entity, Place, place_of, write_value
from hydesk.db.references import UNIT, References
from hydesk.db.shelves import Shelves
from hydesk.domain.fields import PROGRESS_FIELDS, Field, FieldKind
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import row_in_file
from hydesk.domain.snapshot import KnownProject
from hydesk.domain.understanding import ListedProject, ReadValue
from hydesk.services.standings.sub_projects import SubProjectLine, read_sub_projects_of, sub_project_writes

_MOST_PAIRS = 200_000
"""Names of one unit compared with one another at most; beyond it a list is another one altogether."""


@dataclass
class ListSorting:
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
    facts: dict[int, tuple[str, int | None, str]] = field(default_factory=dict)
    """Unit, total investment (yuan) and builder of the ledger's projects."""
    new: int = 0

    def __post_init__(self) -> None:
        self.references = References(self.connection)
        query = select(
            Project.id, Project.code, Project.approval_code, Project.name, Project.total_investment, Project.builder,
            Unit.name.label("unit")).outerjoin(Unit, Unit.id == Project.unit_id).where(Project.present)
        for row in self.connection.execute(query):
            self.codes[row.code or ""] = row.id
            self.approvals.setdefault(row.approval_code or "", row.id)
            self.names.setdefault((row.name or "", row.unit or ""), row.id)
            self.current[row.id] = row.name or ""
            self.code_of[row.id] = row.code or ""
            self.facts[row.id] = (row.unit or "", row.total_investment, row.builder or "")

    def known(self, row: ListedProject) -> int | None:
        """The project that the row's code, approval code or name tells; None where none does."""
        code, approval, name = text_of(row, Field.CODE), text_of(row, Field.APPROVAL_CODE), text_of(row, Field.NAME)
        key = self.codes.get(code) if code else None
        if key is None and approval:
            key = self._unless_another(self.approvals.get(approval), code)
        if key is None and name:
            key = self._unless_another(self.names.get((name, self.unit(row) or "")), code)
        return key

    def find(self, row: ListedProject, same: int | None = None) -> int | None:
        """The project of ``row``, a number below zero for a new one, None for one that must be left out.

        ``same`` is the project that a person said it is.
        """
        code, approval = text_of(row, Field.CODE), text_of(row, Field.APPROVAL_CODE)
        name, unit = text_of(row, Field.NAME), self.unit(row) or ""
        key = same if same is not None else self.known(row)
        if key is None and not name:
            self.say(row, Level.ERROR, "no_name", "这一行没有项目名称，未导入；请补上名称后再导入")
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
            self.say(row, Level.ERROR, "listed_twice", f"与“{first.sheet}”第{row_in_file(first.row)}行是同一项目，这一行未导入；请核对后删去一行")
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

    def renamed(self, rows: list[ListedProject]) -> dict[tuple[str, int], tuple[int, str]]:
        """By row, the project of the ledger that it likely is under another name, and why.

        Only projects that no row of the list names by code or name: one that is listed beside it is another.
        """
        found = [(row, self.known(row)) for row in rows]
        claimed = {key for _, key in found if key is not None}
        free: defaultdict[str, list[int]] = defaultdict(list)
        for project_id, (unit, _, _) in self.facts.items():
            if project_id not in claimed:
                free[unit].append(project_id)
        if not free:
            return {}
        strangers: defaultdict[str, list[ListedProject]] = defaultdict(list)
        for row, key in found:
            if key is None and text_of(row, Field.NAME):
                strangers[self.unit(row) or ""].append(row)
        told: dict[tuple[str, int], tuple[int, str]] = {}
        for unit, some in strangers.items():
            if len(some) * len(free[unit]) <= _MOST_PAIRS:
                told.update(self._alike(some, free[unit]))
        return told

    def _alike(self, rows: list[ListedProject], free: list[int]) -> Iterator[tuple[tuple[str, int], tuple[int, str]]]:
        from hydesk.returns.name_forms import is_small_slip
        from hydesk.returns.text import loose_key

        left = list(free)
        for row in rows:
            name, total, builder = text_of(row, Field.NAME), row.values.get(Field.TOTAL_INVESTMENT), text_of(row, Field.BUILDER)
            key = loose_key(name)
            for project_id in left:
                _, own_total, own_builder = self.facts[project_id]
                own, code = self.current[project_id], text_of(row, Field.CODE)
                if code and code[:6] == self.code_of[project_id][:6]:
                    continue  # two codes of one year are two projects
                near = loose_key(own) == key or is_small_slip(name, KnownProject("", own, ""))
                if near or (total and total == own_total and builder and builder == own_builder):
                    left.remove(project_id)
                    yield (row.sheet, row.row), (project_id, "名称相近" if near else "总投资和业主单位都相同")
                    break

    def unit(self, row: ListedProject) -> str | None:
        """The unit of ``row`` by the name the ledger uses; a unit not known yet is added."""
        said = text_of(row, Field.REPORTING_UNIT)
        if said and self.references.find(UNIT, said) is None:
            self.say(row, Level.WARNING, "new_unit", f"“{said}”不在填报单位名单里，已作为新的填报单位加入；如是笔误请更正后重新导入")
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
            if not only_words(f, value):
                values[f] = value
        if Field.REPORTING_UNIT in values:
            values[Field.REPORTING_UNIT] = self.unit(row) or ""
        for f in (Field.START_YEAR, Field.FINISH_YEAR):
            values.pop(f, None)
        return values | years_of(row.values)

    def _free_codes(self) -> Iterator[str]:
        number = 0
        while True:
            number += 1
            code = f"HY{self.year}-{number:03d}"
            if code not in self.codes and code not in self.listed:
                yield code

    def say(self, row: ListedProject, level: Level, code: str, message: str) -> None:
        """Adds a finding at the row's name."""
        cell = row.cells.get(Field.NAME) or row.cells.get(Field.CODE)
        where = f"“{row.sheet}”{cell or f'第{row_in_file(row.row)}行'}："
        self.findings.append(Finding(level, code, where + message, row.sheet, row.row, cell))


def years_of(values: Mapping[Field, ReadValue]) -> dict[Field, ReadValue]:
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


def only_words(f: Field, value: ReadValue) -> bool:
    """Whether ``value`` is words where a date or money belongs, which the ledger does not take."""
    return isinstance(value, str) and f.kind in (FieldKind.MONEY, FieldKind.DATE)


def text_of(row: ListedProject, f: Field) -> str:
    """The words of a row's field, "" where it has none."""
    return str(row.values.get(f) or "").strip()
