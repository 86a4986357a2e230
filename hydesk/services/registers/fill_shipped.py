"""What shipped registers hold from the start: the plans' published targets and projects."""

from __future__ import annotations

import csv

from sqlalchemy import select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Record, Register
from hydesk.domain.actors import Actor
from hydesk.domain.shipped_registers import PLAN_PROJECTS, PLAN_TARGETS
from hydesk.resource_files import resource
from hydesk.services.acts.writing import writing
from hydesk.services.registers.save_register import add_registers, missing_shipped
from hydesk.services.registers.write_records import RecordChange, write_records

CONTENTS = (PLAN_TARGETS, PLAN_PROJECTS)


@writing
def add_shipped(ledger: Ledger, year: int, actor: Actor | None = None) -> None:
    """Add the shipped registers that are not there yet and fill those that come with contents, where still empty."""
    missing = missing_shipped(ledger)
    if missing:
        add_registers(ledger, missing, actor)
    for key in CONTENTS:
        register_id = _empty(ledger, key)
        if register_id is not None:
            write_records(ledger, register_id, _contents(key), year, "填入规划公布的指标和项目", actor)


def register_called(ledger: Ledger, key: str) -> int | None:
    """The register that was made from the shipped definition ``key``; None where there is none."""
    with ledger.read() as connection:
        return connection.execute(
            select(Register.id).where(Register.key == key, Register.present).order_by(Register.id)).scalar()


def _empty(ledger: Ledger, key: str) -> int | None:
    register_id = register_called(ledger, key)
    with ledger.read() as connection:
        held = connection.execute(
            select(Record.id).where(Record.register_id == register_id, Record.present).limit(1)).scalar()
    return register_id if held is None else None


def _contents(key: str) -> list[RecordChange]:
    with resource("registers", "contents", f"{key}.csv").open(encoding="utf-8", newline="") as file:
        return [RecordChange(None, field, value, new=i) for i, row in enumerate(csv.DictReader(file))
                for field, value in row.items() if value]
