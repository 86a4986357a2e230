"""Write several nodes' dates at once, of one project or of many, as one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from hydesk.dataclass import dataclass
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project
from hydesk.db.places import Entity, Place, read_date, write_value
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Finding
from hydesk.domain.milestones import HANDLING, WHICH, WHICH_LABELS, NodeMove, StandardNode
from hydesk.domain.node_refusals import doubts, refusal, refuse_handling
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.milestones.list_milestones import read_dates, read_standard_nodes


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of it: how many dates changed, and what is doubtful now in the projects touched."""

    changed: int
    doubts: tuple[Finding, ...]
    title: str = ""


@writing
def move_milestones(
    ledger: Ledger, moves: Sequence[NodeMove], reason: str = "", actor: Actor | None = None, today: date | None = None
) -> Moved:
    """Write all of ``moves`` in one act that can be undone; those that change nothing are passed over.

    Raises HydeskError, and writes nothing, for an actual date that is still to come, a baseline moved later without
    a reason, a project or a node that is not there. ``today`` None: the machine's day.
    """
    day = today or date.today()
    with ledger.write() as connection:
        nodes = {n.name: n for n in read_standard_nodes(connection)}
        names = _names(connection, {m.project_id for m in moves})
        shelves = Shelves(connection)
        places = {m: _place(m, nodes, names) for m in moves}
        held = shelves.get(places.values())
        writes = []
        for move, place in places.items():
            new = write_value(move.new)
            if held[place] == new:
                continue
            _refuse(move, nodes[move.node], held[place], day, reason, names)
            writes.append(Write(place, new, reason=reason.strip() or None))
        if not writes:
            return Moved(0, ())
        title = _title(list(places), nodes, names, len({w.place.project_id for w in writes}))
        act_id = begin_act(connection, "edit", title, actor or current_actor(ledger))
        changed = record(connection, act_id, writes, shelves=shelves)
        return Moved(changed, node_doubts(connection, {w.place.project_id for w in writes}, day, names), title)


def node_doubts(
    connection: Connection, projects: set[int], on: date, names: dict[int, tuple[str, str]]
) -> tuple[Finding, ...]:
    """What is doubtful in the nodes of ``projects``; each finding names its project's code."""
    order = read_standard_nodes(connection)
    found: list[Finding] = []
    for project_id, nodes in read_dates(connection, projects).items():
        code, name = names[project_id]
        found += [replace(f, project=code, message=f"{name}：{f.message}") for f in doubts(nodes, order, on)]
    return tuple(found)


def _names(connection: Connection, ids: set[int]) -> dict[int, tuple[str, str]]:
    query = select(Project.id, Project.code, Project.name).where(Project.present)
    return {r.id: (r.code or "", r.name or "") for r in connection.execute(query).all() if r.id in ids}


def _place(move: NodeMove, nodes: dict[str, StandardNode], names: dict[int, tuple[str, str]]) -> Place:
    if move.which not in (*WHICH, HANDLING):
        raise ValueError(f"no such date of a node: {move.which}")
    if move.project_id not in names:
        raise HydeskError("这个项目已不在台账里，请刷新后再试")
    if move.node not in nodes:
        raise HydeskError(f"没有名为“{move.node}”的节点，请从标准节点里选")
    return Place(Entity.MILESTONE, move.project_id, move.node, move.which)


def _refuse(move: NodeMove, node: StandardNode, held: str | None, today: date, reason: str,
            names: dict[int, tuple[str, str]]) -> None:
    if move.which == HANDLING:
        why = refuse_handling(node, None if move.new is None else str(move.new))
    else:
        assert not isinstance(move.new, str)
        why = refusal(node, move.which, read_date(held) if held else None, move.new, today, reason)
    if why is not None:
        raise HydeskError(f"{names[move.project_id][1]}：{why}")


def _title(moves: list[NodeMove], nodes: dict[str, StandardNode], names: dict[int, tuple[str, str]], count: int) -> str:
    first = moves[0]
    if count == 1:
        whose = f"“{names[first.project_id][1]}”"
    else:
        whose = f" {count} 个项目"
    kinds = {(m.node, m.which) for m in moves}
    said = "办理情况" if first.which == HANDLING else f"{WHICH_LABELS.get(first.which, '')}时间"
    what = f"{nodes[first.node].shown}{said}" if len(kinds) == 1 else f"{len(moves)} 个节点时间"
    return f"修改{whose}的{what}"
