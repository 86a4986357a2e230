"""The demonstration ledger, and one a hundred times as large: every row of a project copied, codes and names told apart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hydesk.services.upkeep.open_ledger import Ledger, open_ledger

OWNED = ("project_names", "year_plans", "progress", "milestones", "sub_projects", "problems", "own_values", "change_log")
"""Tables whose rows belong to a project and are copied with it."""


def demo(folder: Path, times: int = 1) -> Ledger:
    """A ledger of 388 × ``times`` projects in ``folder``, with all their months, nodes and log entries."""
    path = folder / f"demo-{times}.hydesk"
    if not path.exists():
        # Here, so that a process whose memory is measured does not hold what only making a ledger needs.
        from hydesk.services.demonstration.make_demo import make_demo_ledger

        make_demo_ledger(path).close()
        if times > 1:
            _multiply(path, times)
    return open_ledger(path)


def _multiply(path: Path, times: int) -> None:
    with closing(sqlite3.connect(path)) as c:
        step = c.execute("SELECT max(id) FROM projects").fetchone()[0]
        for copy in range(1, times):
            shift = step * copy
            _copy(c, "projects", {"id": f"id + {shift}", "code": f"code || '-{copy}'", "name": f"name || '{copy}号地块'",
                                  "approval_code": "NULL"}, f"id <= {step}")
            for table in OWNED:
                changed = {"id": "NULL", "project_id": f"project_id + {shift}"}
                if table == "change_log":
                    _copy(c, table, changed, f"project_id BETWEEN 1 AND {step}")
                else:
                    _copy(c, table, changed, f"project_id <= {step}")
        c.commit()
        c.execute("ANALYZE")
        c.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def multiply_whole(path: Path, times: int) -> None:
    """As ``_multiply``, and whole again: the copied entries stand with their acts in the log, and all is sealed anew."""
    from hydesk.db import content_seals, seals

    _multiply(path, times)
    with closing(sqlite3.connect(path)) as c:
        columns = ", ".join(f'"{r[1]}"' for r in c.execute("PRAGMA table_info(change_log)") if r[1] != "id")
        c.execute("CREATE TABLE sorted_log AS SELECT * FROM change_log ORDER BY act_id, id")
        c.execute("DELETE FROM change_log")
        c.execute(f"INSERT INTO change_log ({columns}) SELECT {columns} FROM sorted_log ORDER BY rowid")
        c.execute("DROP TABLE sorted_log")
        own = c.execute("SELECT max(id) FROM projects").fetchone()[0] // times
        for field in ("code", "name", "approval_code"):  # the copies' own, as their log says it
            c.execute(f"UPDATE change_log SET new = (SELECT p.{field} FROM projects p WHERE p.id = project_id) "
                      "WHERE entity = 'project' AND field = ? AND project_id > ?", (field, own))
        c.execute("DELETE FROM log_seals")
        c.execute("DELETE FROM content_seals")
        c.commit()
    ledger = open_ledger(path)
    with ledger.write() as connection:
        seals.seal_all(connection)
        content_seals.seal_all(connection)
    ledger.close()


def _copy(c: sqlite3.Connection, table: str, changed: dict[str, str], where: str) -> None:
    columns = [r[1] for r in c.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(changed.get(n, f'"{n}"') for n in columns)
    names = ", ".join(f'"{n}"' for n in columns)
    c.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE {where}")
