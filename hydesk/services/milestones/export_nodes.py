"""All projects' nodes as a table that can be taken in again to the same ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.periods import Period
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.rules.settings import DEMO, get_setting


def export_nodes(
    ledger: Ledger, path: Path, when: Period | date, unit: str | None = None, only: Collection[int] | None = None
) -> int:
    """Write projects × nodes, each node's planned, forecast and actual date, to ``path``; how many projects.

    Only of ``unit``, and of the projects ``only``, where they are given. Raises HydeskError when the file cannot be written.
    """
    from hydesk.excel.write_nodes import write_nodes

    milestones = list_milestones(ledger, when)
    projects = [p for p in milestones.projects if (unit is None or p.unit == unit) and (only is None or p.project_id in only)]
    demo = bool(get_setting(ledger, DEMO, False))
    write_nodes(path, projects, milestones.nodes, f"{unit or ''}重点建设项目节点表（{when.year}年）" + ("　演示数据" if demo else ""))
    return len(projects)
