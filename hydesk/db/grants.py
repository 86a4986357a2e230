"""What each group of a ledger on a server may do with its tables: grants by table, policies by row (docs/rules.md §14).

What only heads do stands in ``db.rights``; the log and the seals can be added to and read, never changed. Acts are signed by the
login, whatever the program says, and nobody writes under another's act.

The rights of a ledger bear a number. Where it is lower than this program's, a head's opening gives them anew.
"""

from __future__ import annotations

from sqlalchemy import Connection

from hydesk.db import server_files
from hydesk.db.models import Base
from hydesk.db.own_acts import LASTING
from hydesk.db.rights import CLERKS_SETTINGS, RESERVED
from hydesk.domain.people import PersonRole

RIGHTS = 2
"""Raised by one whenever anything that ``statements`` answers is changed; a test holds it."""
APPENDED = ("acts", "act_marks", "spared_parts", "change_log", "log_seals", "content_seals", server_files.TABLE)
"""Tables to which rows are only added."""
_STAMP = "hydesk rights "
"""How the comment on the acts' table begins that bears the number."""


def groups(connection: Connection) -> str:
    """How the names of this ledger's five roles begin."""
    number = connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar()
    return f"hydesk_{int(number or 0)}_"


def tables() -> list[str]:
    """All tables of a ledger on a server."""
    return [*(t.name for t in Base.metadata.sorted_tables), server_files.TABLE, "alembic_version"]


def given(connection: Connection) -> int:
    """The number of the rights that the ledger was given; 0 where they bear none."""
    said = connection.exec_driver_sql("SELECT obj_description('acts'::regclass, 'pg_class')").scalar() or ""
    number = str(said).removeprefix(_STAMP)
    return int(number) if str(said).startswith(_STAMP) and number.isdecimal() else 0


def grant(connection: Connection) -> None:
    """Give every table's rights anew, as its owner: a migration may have made tables."""
    lift_policies(connection)
    for statement in statements(groups(connection)):
        connection.exec_driver_sql(statement)


def lift_policies(connection: Connection) -> None:
    """Take the policies off, as the owner: no migration could change a column that one of them reads. ``grant`` puts them back."""
    for table, name in connection.exec_driver_sql("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'").all():
        connection.exec_driver_sql(f"DROP POLICY {name} ON {table}")


def statements(prefix: str) -> list[str]:
    """The rights of the groups whose names begin with ``prefix``, as SQL."""
    reader, clerk, head = prefix + PersonRole.READER, prefix + PersonRole.CLERK, prefix + PersonRole.HEAD
    everybody, writers = f"{reader}, {clerk}, {head}", f"{clerk}, {head}"
    found = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {everybody}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {everybody}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {everybody}",
        f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {writers}"]
    heads = {table for of in RESERVED.values() for table in of.tables}
    for table in tables():
        if table != "alembic_version":
            rights = "INSERT" if table in APPENDED else "INSERT, UPDATE, DELETE"
            found.append(f"GRANT {rights} ON {table} TO {head if table in heads else writers}")
    return [*found, *_policies(everybody, writers, clerk, head), f"COMMENT ON TABLE acts IS '{_STAMP}{RIGHTS}'"]


def _policies(everybody: str, writers: str, clerk: str, head: str) -> list[str]:
    """By row: whose signature, and of the log and the settings what belongs to a clerk's week."""
    signed = "account = session_user::text AND actor = session_user::text AND machine IS NULL"
    own_keys = " OR ".join(f"starts_with({{0}}, '{key}')" for key in CLERKS_SETTINGS)
    entities = ", ".join(f"'{of.entity}'" for of in RESERVED.values())
    of_log = f"entity NOT IN ({entities}) AND (entity <> 'setting' OR {own_keys.format('scope')})"
    own_act = "EXISTS (SELECT 1 FROM acts a WHERE a.id = act_id AND a.account = session_user::text)"
    own_mark = "EXISTS (SELECT 1 FROM act_marks m WHERE m.id = mark_id AND m.account = session_user::text)"
    # Nobody's to take back: the server has done it, and no row of the ledger says what.
    lasting = ", ".join(f"'{kind}'" for kind in LASTING)
    to_mark = f"{signed} AND NOT EXISTS (SELECT 1 FROM acts a WHERE a.id = act_id AND a.kind IN ({lasting}))"
    of_mark = f"NOT EXISTS (SELECT 1 FROM change_log l WHERE l.act_id = act_marks.act_id AND NOT ({of_log}))"
    found = []
    for table in ("acts", "act_marks", "change_log", "spared_parts", "settings"):
        found += [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                  f"CREATE POLICY look ON {table} FOR SELECT TO {everybody} USING (true)"]
    keys = own_keys.format("key")
    return [
        *found,
        f"CREATE POLICY signed ON acts FOR INSERT TO {writers} WITH CHECK ({signed})",
        f"CREATE POLICY heads ON act_marks FOR INSERT TO {head} WITH CHECK ({to_mark})",
        f"CREATE POLICY clerks ON act_marks FOR INSERT TO {clerk} WITH CHECK ({to_mark} AND {of_mark})",
        f"CREATE POLICY heads ON change_log FOR INSERT TO {head} WITH CHECK ({own_act})",
        f"CREATE POLICY clerks ON change_log FOR INSERT TO {clerk} WITH CHECK ({own_act} AND {of_log})",
        f"CREATE POLICY signed ON spared_parts FOR INSERT TO {writers} WITH CHECK ({own_mark})",
        f"CREATE POLICY heads ON settings FOR ALL TO {head} USING (true) WITH CHECK (true)",
        f"CREATE POLICY clerks ON settings FOR ALL TO {clerk} USING ({keys}) WITH CHECK ({keys})"]
