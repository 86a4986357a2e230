"""Hand-made project lists and returns, so that the ledger is tested without reading any workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.changes import Change, ChangeKind
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import PROGRESS_FIELDS, Field
from hydesk.domain.findings import Finding
from hydesk.domain.periods import Period
from hydesk.domain.return_states import READY
from hydesk.domain.understanding import ListedProject, ProjectList, ReadRow, ReadValue, Understanding
from hydesk.excel.write_ledger import COLUMNS
from hydesk.services.projects.export_ledger import ledger_rows
from hydesk.services.returns.import_projects import ProjectImport, apply_project_list
from hydesk.services.returns.read_return import ReturnDraft, digest
from hydesk.services.returns.take_snapshot import take_snapshot

MAY, JUNE = Period.month(2023, 5), Period.month(2023, 6)
Values = Mapping[Field, ReadValue]


def code(number: int) -> str:
    """The code of the list's project ``number``."""
    return f"HY2023-{number:03d}"


def facts(number: int, **more: ReadValue) -> dict[Field, ReadValue]:
    """What a list says of project ``number``; ``more`` by field name."""
    values: dict[Field, ReadValue] = {
        Field.CODE: code(number), Field.NAME: f"第{number}号项目", Field.REPORTING_UNIT: "衡南县" if number % 2 else "祁东县",
        Field.CATEGORY: "产业发展", Field.NATURE: "新建", Field.YEARS: "2023-2025",
        Field.TOTAL_INVESTMENT: 1_000_000_000 + number, Field.INVESTED_BEFORE: 12_345_678, Field.ANNUAL_PLAN: 200_000_001,
        Field.PLANNED_START: LooseDate.of_month(2023, 4),
    }
    return values | {Field(name): value for name, value in more.items()}


def list_of(*rows: Values, file: str = "清单.xlsx") -> ProjectList:
    """A project list with one row for each of ``rows``."""
    listed = tuple(
        ListedProject("清单", i, row, dict.fromkeys(row, f"B{i}"), {f: str(v) for f, v in row.items()})
        for i, row in enumerate(rows, 2))
    return ProjectList(file, (), listed, ())


def take_list(ledger: Ledger, *rows: Values, year: int = 2023) -> ProjectImport:
    """Take a list in as a clerk named 甲."""
    listed = list_of(*rows)
    return apply_project_list(ledger, listed, repr(rows).encode(), year, "甲").value


def fill(ledger: Ledger, count: int = 4) -> ProjectImport:
    """A ledger of ``count`` projects of 2023."""
    return take_list(ledger, *(facts(n) for n in range(1, count + 1)))


def draft(
    ledger: Ledger, period: Period, rows: Mapping[int, Values], *, name: str = "报表.xlsx", unit: str | None = "衡南县",
    held_back: tuple[int, ...] = (), findings: tuple[Finding, ...] = (), content: bytes | None = None,
    day: date | None = None,
) -> ReturnDraft:
    """A return as the understanding would give it: project number → values; rows in ``held_back`` have an error;
    ``day`` is the one the return states."""
    read = tuple(
        ReadRow("表", i, f"第{n}号项目", code(n), "code", values, dict.fromkeys(values, f"H{i}"),
                {f: f"“{v}”" for f, v in values.items()}, n not in held_back)
        for i, (n, values) in enumerate(rows.items(), 4))
    known = {p.code: p for p in take_snapshot(ledger, period).projects}
    changes = []
    for row in read:
        project = known[row.project or ""]
        for field, new in row.values.items():
            current = project.current
            held: ReadValue | None = None
            if field in PROGRESS_FIELDS and current is not None:
                held = current.money.get(field) or current.texts.get(field)
            elif field not in PROGRESS_FIELDS:
                held = getattr(project, field.value, None)
            if held != new:
                kind = ChangeKind.NEW_FIGURE if field in PROGRESS_FIELDS else ChangeKind.LEDGER_FIELD
                changes.append(Change(row.project or "", row.name, field, held, new, None, kind, row.sheet, row.row,
                                      row.cells[field], row.words[field],
                                      row.accepted and kind is ChangeKind.NEW_FIGURE))
    content = content if content is not None else repr((name, rows, day)).encode()
    understanding = Understanding(name, unit, period, (), read, findings, day=day)
    return ReturnDraft(name, content, digest(content), period, understanding, tuple(changes), None, None, READY)


def money(month: int | None = None, year: int | None = None, **more: ReadValue) -> dict[Field, ReadValue]:
    """Month and year to date in yuan, and other fields by name."""
    values: dict[Field, ReadValue] = {Field(k): v for k, v in more.items()}
    if month is not None:
        values[Field.MONTH_INVESTMENT] = month
    if year is not None:
        values[Field.YEAR_INVESTMENT] = year
    return values


def exported(ledger: Ledger, year: int = 2023) -> list[dict[Field, ReadValue | None]]:
    """What an export writes, cell for cell."""
    with ledger.read() as connection:
        return [{f: row.get(f) for f, _, _ in COLUMNS} for row in ledger_rows(connection, year)]


def files_beside(path: Path) -> list[str]:
    """The names of all files in the folder of ``path``."""
    return sorted(p.name for p in path.parent.iterdir())
