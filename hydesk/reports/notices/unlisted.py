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

    A paper is a node of the stage before 开工 that any project of the report has; one that this project has no line of is
    lacking too. Empty where the ledger holds no such nodes at all: then nothing is known.
    """
    nodes = [n for n in basis.sources.nodes if n.stage == PREPARING and n.node != START]
    order = list(dict.fromkeys(n.node for n in nodes))
    done = {(n.project_id, n.node) for n in nodes if n.actual is not None} | basis.sources.unneeded
    return {p.id: [name for name in order if (p.id, name) not in done] for p in projects} if order else {}
