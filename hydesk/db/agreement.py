"""Whether the tables hold what the change log says, and nothing else; and putting back what was lost."""

from __future__ import annotations

from collections.abc import Container, Iterable

from sqlalchemy import Connection, select

from hydesk.db import marks
from hydesk.db.doubtful_rows import Doubtful, doubtful_rows
from hydesk.db.journal import AT_ONCE, said_at
from hydesk.db.layout import COLUMNS, DATED, DAY, FLAG, KEYED, MOMENT, NUMBER, TEXT, table_of
from hydesk.db.models import LogEntry
from hydesk.db.places import Entity, Place
from hydesk.db.shelves import Shelves, chunks

_LOGGED = tuple(e for e in Entity if e not in (Entity.BATCH, Entity.UNIT, Entity.SETTING, Entity.COLUMN))
_BY_KEY = frozenset(e.value for e in (*KEYED, Entity.RECORD_VALUE))


def unsettled(connection: Connection, doubtful: Doubtful | None = None) -> list[tuple[Place, str | None, str | None]]:
    """Places that do not hold what the log says: place, what is held, what the log says; project by project.

    ``doubtful`` is where such places can be, if that is known already.
    """
    doubtful = doubtful or doubtful_rows(connection)
    holds = marks.holding_now(connection)
    found: list[tuple[Place, str | None, str | None]] = []
    for places in _all_places(connection) if doubtful is None else (_in_doubt(connection, doubtful),):
        said = said_at(connection, places, holds)
        now = Shelves(connection).get(said)
        found += [(p, now[p], value) for p, (value, _) in said.items() if now[p] != value]
    return sorted(found, key=lambda f: f[0].project_id)


def _all_places(connection: Connection) -> Iterable[set[Place]]:
    """Every place the log speaks of, some hundred projects at a time."""
    projects = connection.execute(select(LogEntry.project_id).distinct()).scalars().all()
    for ids in chunks(projects):
        query = select(LogEntry.entity, LogEntry.project_id, LogEntry.scope, LogEntry.field).where(LogEntry.project_id.in_(ids))
        yield {Place(Entity(e), p, s, f) for e, p, s, f in connection.execute(query.distinct())}


def _in_doubt(connection: Connection, doubtful: Doubtful) -> set[Place]:
    """The places in doubt, those of whole rows among them."""
    places = set(doubtful.places)
    for entity, keys in doubtful.rows.items():
        if keys:
            places.update(place._replace(field=f) for place, _ in Shelves(connection).rows(entity, keys) for f in COLUMNS[entity])
    return places


def unlogged(connection: Connection, most: int, doubtful: Doubtful | None = None) -> list[Place]:
    """The first ``most`` places that hold something of which the log knows nothing: no act of the program's put it there.

    One place for a row; classes, units and batches, which are made by being named, and own columns,
    of which a new ledger has some, are not looked at: they are sealed (``content_seals``). ``doubtful`` as for ``unsettled``.
    """
    doubtful = doubtful or doubtful_rows(connection)
    found: list[Place] = []
    for entity in _LOGGED:
        keys = None if doubtful is None else doubtful.rows.get(entity)
        if keys is not None and not keys:
            continue
        rows = list(Shelves(connection).rows(entity, keys))
        if not rows:  # the log is looked through for each kind of place, whether it has any or not
            continue
        known = _known(connection, entity, None if keys is None else {place.scope for place, _ in rows})
        for place, fields in rows:
            strange = next((f for f in fields if (_owner(entity, place), place.scope, f) not in known), None)
            if strange is not None:
                found.append(place._replace(field=strange))
                if len(found) >= most:
                    return found
    return found


def _owner(entity: Entity, place: Place) -> int | None:
    return None if entity.value in _BY_KEY else place.project_id


def _known(connection: Connection, entity: Entity, scopes: set[str] | None) -> set[tuple[int | None, str, str]]:
    """The places of ``entity`` that the log speaks of, by owner, scope and field; only of ``scopes`` where those are given."""
    logged = select(LogEntry.project_id, LogEntry.scope, LogEntry.field).where(LogEntry.entity == entity.value).distinct()
    queries = [logged] if scopes is None else [logged.where(LogEntry.scope.in_(some)) for some in chunks(scopes)]
    known: set[tuple[int | None, str, str]] = set()
    for query in queries:
        for rows in connection.execute(query.execution_options(yield_per=AT_ONCE)).partitions():
            known.update((None if entity.value in _BY_KEY else owner, scope, field) for owner, scope, field in rows)
    return known


def restore_lost(
    connection: Connection, emptied: Container[tuple[str, str]] = (), stood_in: Container[tuple[str, int]] = ()
) -> int:
    """Make places hold what the log says where the row they stand in is not there at all; how many.

    So too where a row let go of one it referred to, by name of table and column (``emptied``), and where a row only
    stands in for a lost one, by name of table and key. For a ledger of which rows were lost; one that is whole has no
    such places.
    """
    apart = unsettled(connection)
    shelves = Shelves(connection)
    keys = shelves.keys(p for p, _, _ in apart)
    wanted = {p: said for p, held, said in apart if said is not None and (
        (table_of(p.entity).name, keys[p]) in stood_in
        or (held is None and (keys[p] is None or _refers(p, emptied))))}
    shelves.put(wanted)
    return len(wanted)


def _refers(place: Place, columns: Container[tuple[str, str]]) -> bool:
    column, kind = COLUMNS[place.entity][place.field]
    return (table_of(place.entity).name, column) in columns and kind not in (TEXT, NUMBER, FLAG, DAY, DATED, MOMENT)
