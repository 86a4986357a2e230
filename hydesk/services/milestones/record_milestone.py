"""Set a node's planned, forecast or actual date; who moved it when stands in the change log."""

from __future__ import annotations

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.done import Done
from hydesk.domain.milestones import WHICH, NodeMove
from hydesk.services.milestones.list_milestones import list_standard_nodes
from hydesk.services.milestones.move_milestones import Moved, move_milestones

__all__ = ["WHICH", "list_nodes", "record_milestone"]


def record_milestone(
    ledger: Ledger, project_id: int, node: str, which: str, value: LooseDate | None, reason: str = "",
    actor: Actor | None = None,
) -> Done[Moved]:
    """Set the ``which`` (baseline, forecast or actual) date of ``node``; None takes it away. One act, to be undone.

    Answers what is doubtful afterwards. Raises HydeskError as ``move_milestones`` does.
    """
    return move_milestones(ledger, [NodeMove(project_id, node, which, value)], reason, actor)


def list_nodes(ledger: Ledger) -> list[str]:
    """The standard nodes' names in the order of a project's life."""
    return [n.name for n in list_standard_nodes(ledger)]
