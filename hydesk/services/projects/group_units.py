"""Groups (分组) of reporting units, within which they are ranked (docs/rules.md §11.4)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from hydesk.db.journal import begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Unit
from hydesk.domain.actors import Actor
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.writing import writing
from hydesk.services.projects.edit_unit import checked_group, group_write, key_of
from hydesk.services.standings.list_standings import read_groups, read_set_groups


def unit_groups(ledger: Ledger) -> dict[str, list[str]]:
    """The groups with their units, in the office's order of units; "" for units in none."""
    with ledger.read() as connection:
        found: dict[str, list[str]] = {}
        for unit, group in read_groups(connection).items():
            found.setdefault(group, []).append(unit)
        return found


@writing
def group_units(ledger: Ledger, units: Sequence[str], group: str, actor: Actor | None = None) -> int:
    """Let ``units`` rank in ``group``, or (empty) in that of their kind; how many changed. One act, to be undone.

    Raises HydeskError where a unit is not there or the name is too long.
    """
    wanted = checked_group(group)
    with ledger.write() as connection:
        kinds = dict(connection.execute(select(Unit.id, Unit.kind)).tuples().all())
        held = read_set_groups(connection)
        made = {key: group_write(key, kinds[key], wanted) for key in (key_of(connection, unit) for unit in units)}
        writes = [w for key, w in made.items() if w != group_write(key, kinds[key], held.get(key, ""))]
        if writes:
            named = "、".join(units[:3]) + (f"等{len(units)}个单位" if len(units) > 3 else "")
            title = f"{named}列入分组“{wanted}”" if wanted else f"{named}按性质分组"
            record(connection, begin_act(connection, "unit", title, actor or current_actor(ledger)), writes)
        return len(writes)
