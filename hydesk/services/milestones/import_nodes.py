"""Take a node table in: read it, say what it would change, write what is accepted; undone like a return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project
from hydesk.db.places import Entity, Place, write_value
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.file_names import visible
from hydesk.domain.findings import Finding, Level
from hydesk.domain.job_progress import Progress
from hydesk.domain.milestones import HANDLING, WHICH, NodeDates, StandardNode, earliest, is_slip
from hydesk.domain.node_refusals import doubts, refuse_handling
from hydesk.domain.node_table import NodeCell, NodeChange, NodeTable
from hydesk.domain.periods import Period
from hydesk.domain.return_states import APPLIED, PARTLY_APPLIED
from hydesk.services.acts.keep_import import keep_findings, keep_import
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.milestones.list_milestones import read_dates, read_standard_nodes
from hydesk.services.returns.read_return import digest, read_content
from hydesk.services.returns.take_snapshot import read_snapshot


@dataclass(frozen=True, slots=True)
class NodeDraft:
    """A node table as read, before anybody decided."""

    name: str
    content: bytes
    period: Period
    table: NodeTable
    changes: tuple[NodeChange, ...]
    unchanged: int
    """Dates that the ledger holds already."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, errors first."""
        order = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}
        return tuple(sorted(self.table.findings, key=lambda f: order[f.level]))


@dataclass(frozen=True, slots=True)
class NodeImport:
    """What came of a node table. ``import_id`` is None where nothing was written."""

    import_id: int | None
    written: int
    waiting: int


def read_nodes(
    ledger: Ledger, path: Path | tuple[str, bytes], period: Period, unsaid_as: str | None = None,
    progress: Progress | None = None, today: date | None = None,
) -> NodeDraft:
    """Read the table at ``path`` (a file, or its name and bytes) for the projects of the period's year; writes nothing.

    ``unsaid_as`` says what columns mean that name a node only. Raises HydeskError for a file that cannot be read; a
    table that cannot be understood comes back rejected.
    """
    from hydesk.excel.read import read_book
    from hydesk.returns.node_table import understand_nodes

    said = progress or (lambda _fraction, _doing: None)
    name, content = path if isinstance(path, tuple) else (visible(path.name), read_content(path))
    said(0.0, f"正在读取 {name}")
    book = read_book(content, name)
    day = today or date.today()
    with ledger.read() as connection:
        said(0.4, f"正在核对 {name}")
        nodes = read_standard_nodes(connection)
        table = understand_nodes(book, read_snapshot(connection, period), [(n.name, n.label) for n in nodes], unsaid_as)
        said(0.8, f"正在与台账比对 {name}")
        changes, unchanged, findings = _compare(connection, table, nodes, day)
    table = replace(table, findings=(*table.findings, *findings))
    return NodeDraft(name, content, period, table, changes, unchanged)


def _compare(
    connection: Connection, table: NodeTable, nodes: tuple[StandardNode, ...], today: date
) -> tuple[tuple[NodeChange, ...], int, list[Finding]]:
    known = {n.name: n for n in nodes}
    codes = {c.project for c in table.cells}
    projects = {r.code: (r.id, r.name or "") for r in connection.execute(
        select(Project.id, Project.code, Project.name).where(Project.present)).all() if r.code in codes}
    held = read_dates(connection, {i for i, _ in projects.values()})
    changes: list[NodeChange] = []
    findings: list[Finding] = []
    unchanged = 0
    after: dict[int, dict[str, NodeDates]] = defaultdict(dict)
    for cell in table.cells:
        project_id, name = projects[cell.project]
        dates = held.get(project_id, {}).get(cell.node, NodeDates())
        old = dates.get(cell.which)
        if cell.value is None:
            if old is not None and cell.which == "actual":
                findings.append(_blank(cell, known[cell.node], old))
            elif cell.handling == dates.handling:
                unchanged += bool(cell.handling)
            elif cell.handling:
                changes.append(_handled(cell, project_id, name, known[cell.node], dates.handling))
            continue
        if old is not None and (cell.ticked or old == cell.value or _within(old, cell.value)):
            unchanged += 1
            continue
        changes.append(_change(cell, project_id, name, known[cell.node], old, cell.value, today))
        node = after[project_id].get(cell.node, dates)
        baseline, forecast, actual = (cell.value if w == cell.which else node.get(w) for w in WHICH)
        after[project_id][cell.node] = NodeDates(baseline, forecast, actual, node.moves, handling=node.handling)
    by_code = {i: (code, name) for code, (i, name) in projects.items()}
    for project_id, moved in after.items():
        code, name = by_code[project_id]
        findings += [replace(f, project=code, message=f"{name}：{f.message}")
                     for f in doubts(held.get(project_id, {}) | moved, nodes, today) if f.level is not Level.NOTE]
    return tuple(changes), unchanged, findings


def _handled(cell: NodeCell, project_id: int, name: str, node: StandardNode, old: str) -> NodeChange:
    why = refuse_handling(node, cell.handling)
    note = why or ("与台账的不同" if old else "")
    return NodeChange(project_id, cell.project, name, node, HANDLING, old or None, cell.handling, cell.sheet, cell.cell, cell.words,
                      why is None and not old, note, why is not None)


def _within(old: LooseDate, new: LooseDate) -> bool:
    """Whether the table only says less exactly what the ledger holds (2023-06 for 2023-06-12)."""
    return old.precision != new.precision and earliest(new) <= earliest(old) and old.day <= new.day


def _blank(cell: NodeCell, node: StandardNode, old: LooseDate) -> Finding:
    return Finding(Level.WARNING, "node_blank", f"表“{cell.sheet}”{cell.cell}：{node.shown}台账已登记实际 {old}，表里{'为空' if not cell.words else f'写“{cell.words}”'}，台账未动。请核实",
                   cell.sheet, cell.row, cell.cell, project=cell.project)


def _change(cell: NodeCell, project_id: int, name: str, node: StandardNode, old: LooseDate | None, new: LooseDate,
            today: date) -> NodeChange:
    note, accepted, blocked = "", True, False
    if cell.ticked:
        note, accepted = f"只写“{cell.words}”，没有日期，按表的月份建议", False
    elif cell.which == "actual" and earliest(new) > today:
        note, accepted, blocked = "实际时间还没有到，不能入账", False, True
    elif cell.which == "baseline" and old is not None:
        note, accepted = ("计划后移，接受要有依据" if is_slip(old, new) else "与台账的计划不同"), False
    elif cell.which == "actual" and old is not None:
        note, accepted = "与已登记的实际时间不同", False
    return NodeChange(project_id, cell.project, name, node, cell.which, old, new, cell.sheet, cell.cell, cell.words, accepted,
                      note, blocked)


@writing
def apply_nodes(
    ledger: Ledger, draft: NodeDraft, accepted: Iterable[NodeChange] | None = None, reason: str = "",
    actor: Actor | None = None,
) -> NodeImport:
    """Write the ``accepted`` changes (None: those accepted by themselves) in one act that can be undone.

    A baseline moved later is logged with the table as its reason, and ``reason`` where one was given. Raises
    HydeskError for a table that was rejected.
    """
    if draft.table.rejected:
        raise HydeskError(draft.findings[0].message)
    chosen = [c for c in (draft.changes if accepted is None else accepted) if not c.blocked and (accepted is not None or c.accepted)]
    waiting = len(draft.changes) - len(chosen)
    if not chosen:
        return NodeImport(None, 0, waiting)
    by = actor or current_actor(ledger)
    because = f"节点表“{draft.name}”" + (f"：{reason.strip()}" if reason.strip() else "")
    with ledger.write() as connection:
        act_id = begin_act(connection, "import_nodes", f"导入节点表“{draft.name}”", by)
        import_id = keep_import(connection, {
            "act_id": act_id, "kind": "nodes", "file": draft.name, "sha256": digest(draft.content), "unit_id": None,
            "period": None, "year": draft.period.year, "status": PARTLY_APPLIED if waiting else APPLIED, "actor": str(by),
        }, draft.content, draft.table.sheets)
        keep_findings(connection, import_id, draft.table.findings)
        written = record(connection, act_id, [
            Write(Place(Entity.MILESTONE, c.project_id, c.node.name, c.which), write_value(c.new), c.sheet, c.cell, c.words,
                  because if c.which == "baseline" and c.old is not None else None)
            for c in chosen], import_id)
    return NodeImport(import_id, written, waiting)
