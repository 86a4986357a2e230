"""A register out to Excel; what goes out comes in again to the same records (``import_register``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, Unit
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterKind
from hydesk.excel.write_register import write_register
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.register_figures import figure_kind


def export_register(ledger: Ledger, register_id: int, period: Period, path: Path,
                    fields: Sequence[str] | None = None, records: Sequence[int] | None = None) -> None:
    """Write the register, or the chosen ``fields`` and ``records`` in that order, to an Excel file."""
    held = open_register(ledger, register_id, period)
    with ledger.read() as connection:
        names = {code: name or "" for code, name in connection.execute(
            select(Project.code, Project.name).where(Project.present, Project.code.is_not(None))).tuples() if code}
        units = list(connection.execute(select(Unit.name).order_by(Unit.position)).scalars())
    twice = {n for n, times in Counter(names.values()).items() if times > 1}
    shown = held.definition.fields if fields is None else [held.definition.field_of(k) for k in fields]
    by_id = {r.id: r for r in held.records}
    rows = held.records if records is None else [by_id[k] for k in records if k in by_id]
    write_register(
        held.definition, shown, rows, path, units=units,
        project_names={code: code if name in twice else name for code, name in names.items()},
        kinds={f.key: figure_kind(f.figure) for f in held.definition.fields if f.kind is RegisterKind.FIGURE},
        note=f"{period.label}。{held.definition.purpose}" if any(
            f.kind is RegisterKind.FIGURE for f in shown) else held.definition.purpose)
