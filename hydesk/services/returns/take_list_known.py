"""What the reading of a project list may know of the office: its units, its classes, what it decided before."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from hydesk.db import seed
from hydesk.db.ledger import Ledger
from hydesk.db.models import ProjectClass, Unit
from hydesk.domain.fields import Field
from hydesk.domain.ledger_parts import LedgerParts
from hydesk.domain.list_known import ListKnown
from hydesk.domain.own_columns import SHIPPED, same_name
from hydesk.domain.snapshot import Memory, ReportingUnit
from hydesk.services.returns.take_snapshot import read_memory

_CLASSES = (Field.CATEGORY, Field.INDUSTRY, Field.CHAIN)


def take_list_known(ledger: Ledger | None) -> ListKnown:
    """From ``ledger``; without one, what a new ledger starts with. Decisions count that hold for every unit."""
    if ledger is None:
        return _of_new_ledger()
    with ledger.read() as connection:
        units = tuple(ReportingUnit(name, kind or "", code, tuple(filter(None, (short or "").split("\n"))))
                      for name, kind, code, short in connection.execute(
                          select(Unit.name, Unit.kind, Unit.region_code, Unit.short_names).order_by(Unit.position)).all())
        classes: dict[Field, list[str]] = {f: [] for f in _CLASSES}
        for kind, name in connection.execute(select(ProjectClass.kind, ProjectClass.name).order_by(ProjectClass.position)).all():
            classes[Field(kind)].append(name)
        memory = read_memory(connection)
    return ListKnown(units, {f: tuple(names) for f, names in classes.items()}, Memory(
        {k: v for k, v in memory.columns.items() if not k[0]}, {k: v for k, v in memory.units.items() if not k[0]},
        {k: v for k, v in memory.layouts.items() if not k[0]},
        memory.own))


def _of_new_ledger() -> ListKnown:
    units = [ReportingUnit(n, "县市区", code, tuple(filter(None, (short,)))) for n, code, short in seed.COUNTIES]
    for kind, named in (("园区", seed.PARKS), ("市直部门", seed.DEPARTMENTS)):
        units += [ReportingUnit(n, kind, None, tuple(filter(None, short.split("\n")))) for n, short in named]
    return ListKnown(tuple(units), dict(zip(_CLASSES, (seed.CATEGORIES, seed.INDUSTRIES, seed.CHAINS), strict=True)), Memory(own=SHIPPED))


def with_columns(known: ListKnown, parts: LedgerParts | None) -> ListKnown:
    """``known`` and the own columns that an exported ledger brings with it; what the ledger has goes before."""
    there = {same_name(h) for c in known.memory.own for h in c.heads}
    brought = tuple(c for c in (parts.columns if parts is not None else ()) if not c.retired and same_name(c.name) not in there)
    return replace(known, memory=replace(known.memory, own=(*known.memory.own, *brought))) if brought else known
