"""What an exported ledger holds beside its list, as writes of the import that takes it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hydesk.db.journal import Write
from hydesk.db.places import DAY_STATED, DROPPED, Entity, Place, write_value
from hydesk.domain import ledger_parts as heads
from hydesk.domain.ledger_parts import LedgerParts
from hydesk.domain.milestones import HANDLING


def part_writes(parts: LedgerParts, codes: Mapping[str, int], year: int) -> list[Write]:
    """Writes for every line whose code is in ``codes`` (code → project); the others are no projects of the list."""
    return list(_writes(parts, codes, year))


def _writes(parts: LedgerParts, codes: Mapping[str, int], year: int) -> Iterator[Write]:
    for code, day in parts.dropped.items():
        if code in codes:
            yield Write(Place(Entity.PLAN, codes[code], str(year), DROPPED), day.isoformat(), heads.DROPPED)
    for name in parts.names:
        if name.code in codes:
            yield Write(Place(Entity.NAME, codes[name.code], name.name, "kind"), name.kind, heads.NAMES)
    for sub in parts.sub_projects:
        for field in ("name", "builder", "total_investment", "annual_plan", "remark"):
            text = write_value(getattr(sub, field))
            if sub.code in codes and text is not None:
                yield Write(Place(Entity.SUB_PROJECT, codes[sub.code], str(sub.position), field), text,
                            heads.SUB_PROJECTS)
    for line in parts.figures:
        if line.stated is not None and line.code in codes:
            yield Write(Place(Entity.PROGRESS, codes[line.code], line.period, DAY_STATED), line.stated.isoformat(),
                        heads.FIGURES)
        for figure, value in line.values.items():
            if line.code in codes:
                yield Write(Place(Entity.PROGRESS, codes[line.code], line.period, figure.value), write_value(value),
                            heads.FIGURES)
    for node in parts.nodes:
        for which in ("baseline", "forecast", "actual"):
            day_text = write_value(getattr(node, which))
            if node.code in codes and day_text is not None:
                yield Write(Place(Entity.MILESTONE, codes[node.code], node.node, which), day_text, heads.NODES)
        if node.handling and node.code in codes:
            yield Write(Place(Entity.MILESTONE, codes[node.code], node.node, HANDLING), node.handling, heads.NODES)
