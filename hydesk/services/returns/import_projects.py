"""Take a project list into the ledger: new projects added, known ones brought up to date; undone like a return."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.journal import begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.file_names import visible
from hydesk.domain.findings import Finding
from hydesk.domain.grid import Book
from hydesk.domain.job_progress import Progress
from hydesk.domain.ledger_parts import LedgerParts
from hydesk.domain.list_known import ListChoices, ListKnown
from hydesk.domain.list_review import ListComparison, ListDecisions, Wait
from hydesk.domain.return_states import APPLIED, PARTLY_APPLIED
from hydesk.domain.understanding import ProjectList, ReadSheet
from hydesk.services.acts.keep_import import keep_findings, keep_import, keep_rows
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.returns.keep_waits import pack_waits, waits_of_newest
from hydesk.services.returns.plan_list import plan_list
from hydesk.services.returns.read_return import digest, read_content
from hydesk.services.returns.take_list_known import take_list_known, with_columns


@dataclass(frozen=True, slots=True)
class ProjectImport:
    """What came of a project list. ``import_id`` is None where nothing was written."""

    import_id: int | None
    added: int
    changed: int
    unchanged: int
    findings: tuple[Finding, ...]
    rejected: bool
    sheets: tuple[ReadSheet, ...] = ()
    """The sheets and columns as they were understood."""
    waiting: int = 0
    """How many rows, values and projects wait for a person."""


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
    path: Path | tuple[str, bytes], year: int, progress: Progress | None = None,
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
    listed = understand_project_list(book, year, with_columns(known or take_list_known(None), parts), choices)
    return ReadList(name, content, year, listed, parts, book)


@writing
def import_projects(
    ledger: Ledger, path: Path | tuple[str, bytes], year: int, actor: Actor | None = None,
    progress: Progress | None = None,
) -> ProjectImport:
    """Take in the project list at ``path`` (a file, or its name and bytes) as the list of ``year``.

    Raises HydeskError for a file that cannot be read; a list that cannot be understood comes back rejected.
    """
    said = progress or (lambda _fraction, _doing: None)
    read = read_project_list(path, year, said, take_list_known(ledger))
    done = apply_project_list(
        ledger, read.listed, read.content, year, actor or current_actor(ledger), read.parts,
        lambda fraction, doing: said(0.5 + fraction / 2, f"{doing} {read.name}"))
    said(1.0, f"已导入 {read.name}")
    return done.value


@writing
def apply_project_list(
    ledger: Ledger, listed: ProjectList, content: bytes, year: int, actor: Actor, parts: LedgerParts | None = None,
    progress: Progress | None = None, decisions: ListDecisions | None = None,
) -> ProjectImport:
    """Write an understood list; what waits for a person is kept beside it. ``parts`` is what an export holds beside it.

    ``decisions`` are a person's of the preview; without them every row and value goes by default.
    """
    if listed.rejected:
        return ProjectImport(None, 0, 0, 0, listed.findings, True, listed.sheets)
    said = progress or (lambda _fraction, _doing: None)
    said(0.0, "正在对应")
    with ledger.write() as connection:
        plan = plan_list(connection, listed, year, decisions or ListDecisions(), parts, said)
        findings = listed.findings + plan.findings
        waits = plan.waits
        if not plan.touched and not _new_waits(connection, waits, year):
            return ProjectImport(None, 0, 0, len(plan.known), findings, False, listed.sheets, len(waits))
        act_id = begin_act(connection, "import_projects", f"导入{year}年项目清单“{listed.file}”", actor)
        held_back = any(key is None for _, key in plan.rows)
        import_id = keep_import(connection, {
            "act_id": act_id, "kind": "projects", "file": listed.file, "sha256": digest(content), "unit_id": None,
            "period": None, "year": year, "status": PARTLY_APPLIED if held_back or waits else APPLIED, "actor": str(actor),
            "decisions": pack_waits(waits) if waits else None,
        }, content, listed.sheets)
        keep_rows(connection, import_id, [(row, plan.project_of(key), key is not None) for row, key in plan.rows])
        keep_findings(connection, import_id, findings)
        said(0.6, "正在写入")
        record(connection, act_id, plan.writes, import_id, plan.shelves)
        changed = len(plan.touched & plan.known)
        return ProjectImport(import_id, plan.added, changed, len(plan.known - plan.touched), findings, False, listed.sheets, len(waits))


def _new_waits(connection: Connection, waits: Sequence[Wait], year: int) -> bool:
    """Whether anything waits that the year's last list does not have waiting, or settled, already."""
    return bool(waits) and set(waits) != set(waits_of_newest(connection, year))


class _TrialError(Exception):
    """Ends a transaction in which a list was only tried."""


def compare_list(ledger: Ledger, read: ReadList, decisions: ListDecisions | None = None,
                 progress: Progress | None = None) -> ListComparison:
    """What taking the list would do, row by row and value by value; nothing is written.

    It is tried in a transaction that is given up, so that the preview can say nothing else than what is then done.
    Raises HydeskError where the ledger can only be read.
    """
    said = progress or (lambda _fraction, _doing: None)
    if read.listed.rejected:
        return ListComparison((), read.listed.findings, read.listed.sheets, True)
    made: list[ListComparison] = []
    with suppress(_TrialError), ledger.write() as connection:
        plan = plan_list(connection, read.listed, read.year, decisions or ListDecisions(), read.parts, said, items=True)
        made.append(ListComparison(plan.items, read.listed.findings + plan.findings, read.listed.sheets))
        raise _TrialError
    said(1.0, "比完了")
    return made[0]
