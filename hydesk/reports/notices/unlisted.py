"""应统未统: projects under construction that the statistics should hold and do not, with the papers they lack (docs/rules.md §17.4)."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.measures.starts import has_started
from hydesk.domain.milestones import ENTERED, PREPARING, START
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis
from hydesk.reports.notices.chosen import Chosen

LEAST = 5_000_000
"""总投资 from which a project belongs into the statistics of investment: 500 万元."""


def listable(chosen: Chosen) -> list[ProjectStanding]:
    """应统: begun by the day, with a total investment of 500 万元 or more."""
    b = chosen.basis
    return [p for p in chosen.projects if (p.total_investment or 0) >= LEAST and has_started(p, b.on, money_starts=b.judging.money_starts)]


def unlisted(chosen: Chosen) -> list[ProjectStanding]:
    """应统未统: of those, the ones without the node 入统 and without any 入统投资."""
    entered = {n.project_id for n in chosen.basis.sources.nodes if n.node == ENTERED and n.actual is not None}
    return [p for p in listable(chosen) if p.id not in entered and not p.statistics_year]


def lacking_papers(basis: Basis, projects: Sequence[ProjectStanding]) -> dict[int, list[str]]:
    """By project the papers not yet granted, in the office's order of nodes; 不需办理 ones are not lacking.

    A paper is a node of the stage before 开工. A project of which the ledger holds no paper is left out: nothing is known of
    it, and a paper without a line is not said to be lacking.
    """
    nodes = [n for n in basis.sources.nodes if n.stage == PREPARING and n.node != START]
    own = {p.id for p in projects}
    found: dict[int, list[str]] = {n.project_id: [] for n in nodes if n.project_id in own}
    for n in nodes:
        if n.project_id in own and n.actual is None and (n.project_id, n.node) not in basis.sources.unneeded:
            found[n.project_id].append(n.node)
    return found
