"""What people decided about a unit's returns — this head means that field, this column is counted in 亿元 — kept for
the next return, listed, and forgotten again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from hydesk.dataclass import dataclass
from hydesk.db import clock
from hydesk.db.ledger import Ledger
from hydesk.db.models import ProjectName, Remembered, Unit
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.returns.head_words import column_key
from hydesk.services.acts.name_actor import current_actor

COLUMN, MONEY_UNIT, LAYOUT = "column", "unit", "layout"


@dataclass(frozen=True, slots=True)
class RememberedDecision:
    """One thing remembered. ``unit`` is None where it holds for every reporting unit."""

    id: int
    unit: str | None
    kind: str
    words: str
    meaning: str
    """In the office's words: a field's name or a unit of money."""
    actor: str
    at: datetime


def remember_column(ledger: Ledger, unit: str | None, header: str, field: Field, actor: Actor | None = None) -> None:
    """From now on a column of ``unit`` headed ``header`` holds ``field``. Takes the place of an earlier decision."""
    _remember(ledger, unit, COLUMN, header, field.value, actor)


def remember_money_unit(
    ledger: Ledger, unit: str | None, header: str, counted_in: MoneyUnit, actor: Actor | None = None
) -> None:
    """From now on a column of ``unit`` headed ``header`` is counted in ``counted_in`` where it says no unit."""
    _remember(ledger, unit, MONEY_UNIT, header, counted_in.value, actor)


def remember_layout(ledger: Ledger, unit: str | None, key: str, layout: SheetLayout, actor: Actor | None = None) -> None:
    """From now on a sheet of ``unit`` known by ``key`` (``named_columns.layout_key``) is read by ``layout``."""
    _keep(ledger, unit, LAYOUT, key, layout.packed(), actor)


def list_decisions(ledger: Ledger) -> list[RememberedDecision]:
    """All that is remembered about columns, newest first."""
    query = select(
        Remembered.id, Unit.name, Remembered.kind, Remembered.words, Remembered.meaning, Remembered.actor, Remembered.at,
    ).outerjoin(Unit, Unit.id == Remembered.unit_id).order_by(Remembered.id.desc())
    with ledger.read() as connection:
        return [
            RememberedDecision(key, unit, kind, _words(kind, words), _meaning(kind, meaning), actor, at)
            for key, unit, kind, words, meaning, actor, at in connection.execute(query).all()
        ]


def _words(kind: str, words: str) -> str:
    return f"工作表“{words.partition('|')[0]}”" if kind == LAYOUT else words


def _meaning(kind: str, meaning: str) -> str:
    if kind == LAYOUT:
        return SheetLayout.unpacked(meaning).said
    return Field(meaning).label if kind == COLUMN else meaning


Forgotten = Mapping[str, object]
"""A decision that was forgotten, as it stood: what ``recall_decision`` takes."""


def forget_decision(ledger: Ledger, decision_id: int) -> Forgotten:
    """Take one decision back; returns read from now on are asked about again. What it was; empty where it was gone."""
    with ledger.write() as connection:
        held = connection.execute(select(Remembered.__table__).where(Remembered.id == decision_id)).mappings().first()
        connection.execute(delete(Remembered).where(Remembered.id == decision_id))
        return dict(held) if held is not None else {}


def recall_decision(ledger: Ledger, forgotten: Forgotten) -> bool:
    """Remember again what was forgotten, as decided then and by whom; whether it was: one decided anew meanwhile stays."""
    with ledger.write() as connection:
        unit_id = forgotten["unit_id"]
        same = Remembered.unit_id == unit_id if unit_id is not None else Remembered.unit_id.is_(None)
        if connection.execute(select(Remembered.id).where(same, Remembered.kind == forgotten["kind"],
                                                          Remembered.words == forgotten["words"])).first() is not None:
            return False
        connection.execute(insert(Remembered).values({k: v for k, v in forgotten.items() if k != "id"}))
        return True


def list_remembered_names(ledger: Ledger) -> list[tuple[int, str]]:
    """Ways of writing projects that were remembered: the project's id and the words."""
    with ledger.read() as connection:
        found = connection.execute(
            select(ProjectName.project_id, ProjectName.name).where(ProjectName.kind == "remembered").order_by(ProjectName.id))
        return [(project_id, name) for project_id, name in found]


def _remember(ledger: Ledger, unit: str | None, kind: str, header: str, meaning: str, actor: Actor | None) -> None:
    words = column_key(header)
    if not words:
        raise HydeskError("这一列没有表头文字，记不住。请在原表补写表头")
    _keep(ledger, unit, kind, words, meaning, actor)


def _keep(ledger: Ledger, unit: str | None, kind: str, words: str, meaning: str, actor: Actor | None) -> None:
    with ledger.write() as connection:
        unit_id = _unit_id(connection, unit)
        same = Remembered.unit_id == unit_id if unit_id is not None else Remembered.unit_id.is_(None)
        connection.execute(delete(Remembered).where(same, Remembered.kind == kind, Remembered.words == words))
        connection.execute(insert(Remembered).values(
            unit_id=unit_id, kind=kind, words=words, meaning=meaning, actor=str(actor or current_actor(ledger)), at=clock.now(connection)))


def _unit_id(connection: Connection, unit: str | None) -> int | None:
    if unit is None:
        return None
    found = connection.execute(select(Unit.id).where(Unit.name == unit)).scalar()
    if found is None:
        raise HydeskError(f"台账里没有填报单位“{unit}”")
    return found
