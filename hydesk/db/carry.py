"""A whole ledger from a server into a file, or from a file to a server: the same rows under the same keys."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, LargeBinary, Table, bindparam, delete, insert, select, update

from hydesk.db import content_seals, sqlite_file
from hydesk.db.ledger import Ledger, connect
from hydesk.db.migrate import upgrade_within
from hydesk.db.models import Base
from hydesk.db.patience import patience
from hydesk.temporary import temporary_folder

ROWS, FILES = 2000, 20
"""How many rows, and how many of those that hold whole files, are carried at a time."""


@patience()
def copy_to_file(ledger: Ledger, target: Path, named: Path | None = None, *, passing: bool = False) -> None:
    """Write ``ledger``, wherever it is, to the file ``target`` as it stands at this moment; a ``passing`` one need not
    reach the disk. Raises HydeskError."""
    if ledger.path is not None:
        sqlite_file.copy(ledger.path, target, named, passing=passing)
        return
    with temporary_folder() as folder:
        path = Path(folder, "台账.hydesk")
        copy = connect(path)
        try:
            with copy.write() as connection:
                upgrade_within(connection)
                carry(ledger, connection)
        finally:
            copy.close()
        sqlite_file.copy(path, target, named, passing=passing)


@patience()
def carry(source: Ledger, target: Connection) -> None:
    """Every row of ``source`` into ``target``, whose tables are there and hold no ledger yet. Both are of this program's
    version. What the migrations themselves wrote, such as the first seals, gives way to the source's own."""
    for table in reversed(Base.metadata.sorted_tables):
        target.execute(delete(table))
    with source.read() as old:
        for table in Base.metadata.sorted_tables:
            _carry_table(old, target, table)
    content_seals.begin(target)  # the rows came with their seals: nothing is to be sealed anew


def _carry_table(old: Connection, new: Connection, table: Table) -> None:
    many = FILES if any(isinstance(c.type, LargeBinary) for c in table.c) else ROWS
    # A row may speak of a later one of its own table: that is told once all are there.
    own = [c.name for c in table.c if any(key.column.table is table for key in c.foreign_keys)]
    links = []
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=many)
    for rows in old.execute(query).mappings().partitions():
        links += [{"row_id": r["id"], **{name: r[name] for name in own}} for r in rows if any(r[n] for n in own)]
        new.execute(insert(table), [{**r, **dict.fromkeys(own)} for r in rows])
    if links:
        new.execute(update(table).where(table.c.id == bindparam("row_id")).values({n: bindparam(n) for n in own}), links)
