"""Every role tries every act at the server by SQL, without the program; what goes through is rolled back.

    python -m tests.services.upkeep.rights_tried

prints a line for each act and a column for each role, and ends with status 1 where anything is otherwise than ``EXPECTED`` says.
Needs PostgreSQL's programs, or HYDESK_TEST_SERVER.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import psycopg

from hydesk.domain.fields import Field
from hydesk.domain.lamps import LampRule
from hydesk.domain.people import PersonRole
from hydesk.services.pages.ledger_views import save_view
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.rules.office_rules import set_lamp_rule
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.services.upkeep.office import Office, office_on

READER, CLERK, HEAD = PersonRole.READER, PersonRole.CLERK, PersonRole.HEAD
NOBODY: frozenset[PersonRole] = frozenset()
EVERYBODY, WRITERS, HEADS = frozenset(PersonRole), frozenset({CLERK, HEAD}), frozenset({HEAD})
INSERT_ONLY = {"acts", "act_marks", "spared_parts", "change_log", "log_seals", "content_seals", "attachment_files"}
HEADS_TABLES = {"report_issues", "report_issue_files", "units", "registers"}
_REFUSALS = (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported, psycopg.errors.ReadOnlySqlTransaction)
_ACT = "INSERT INTO acts (kind, title, actor, account, at) VALUES ('edit', '假', {actor}, {account}, now())"
_MARK = "INSERT INTO act_marks (act_id, kind, actor, account, at, newest_act) SELECT {act}, 'undone', {actor}, {actor}, now(), 9"
_LOG = "INSERT INTO change_log (act_id, entity, project_id, scope, field, new) SELECT {act}, '{entity}', 1, '{scope}', 'remark', '假'"
_OWN = "session_user"
_NEW_ACT = "(SELECT max(id) FROM acts WHERE account = session_user)"


def tries(office: Office, tables: Mapping[str, str], sequences: list[str]) -> Iterator[tuple[str, str, frozenset[PersonRole]]]:
    """What is tried, as words and as SQL, and who may. ``tables``: each with a column of it."""
    for table, column in tables.items():
        writes = NOBODY if table == "alembic_version" else HEADS if table in HEADS_TABLES else WRITERS
        changes = NOBODY if table in INSERT_ONLY else writes
        yield f"{table}: SELECT", f"SELECT * FROM {table} LIMIT 1", EVERYBODY
        yield f"{table}: INSERT", f"INSERT INTO {table} SELECT * FROM {table} LIMIT 0", writes
        yield f"{table}: UPDATE", f"UPDATE {table} SET {column} = {column} WHERE false", changes
        yield f"{table}: DELETE", f"DELETE FROM {table} WHERE false", changes
        yield f"{table}: TRUNCATE", f"TRUNCATE {table} CASCADE", NOBODY
        yield f"{table}: trigger", f"CREATE TRIGGER t BEFORE INSERT ON {table} EXECUTE FUNCTION suppress_redundant_updates_trigger()", NOBODY
        yield f"{table}: ALTER", f"ALTER TABLE {table} ADD COLUMN own_column text", NOBODY
        yield f"{table}: DROP", f"DROP TABLE {table} CASCADE", NOBODY
        yield f"{table}: foreign key to it", f"CREATE TABLE own_table (id int REFERENCES {table})", NOBODY
    for sequence in sequences:
        yield f"{sequence}: nextval", f"SELECT nextval('{sequence}')", WRITERS
        yield f"{sequence}: ALTER", f"ALTER SEQUENCE {sequence} INCREMENT BY 5", NOBODY
    yield from _about_the_database(office)
    yield from _about_people(office)
    yield from _forged(office)


def _about_the_database(office: Office) -> Iterator[tuple[str, str, frozenset[PersonRole]]]:
    for words, statement in {
        "a table": "CREATE TABLE own_table (id int)", "a table for the time being": "CREATE TEMP TABLE own_table (id int)",
        "a schema": "CREATE SCHEMA own_schema", "a view": "CREATE VIEW own_view AS SELECT * FROM settings",
        "a function": "CREATE FUNCTION own_function() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "an extension": "CREATE EXTENSION dblink", "a role": "CREATE ROLE own_role", "a policy": "CREATE POLICY own_policy ON acts USING (true)",
        "a publication": "CREATE PUBLICATION own_publication", "an event trigger":
            "CREATE EVENT TRIGGER own_trigger ON ddl_command_start EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    }.items():
        yield f"make {words}", statement, NOBODY
    for words, statement in {
        "row security off for a table": "ALTER TABLE acts DISABLE ROW LEVEL SECURITY", "the policies": "DROP POLICY signed ON acts",
        "the function of people": "DROP FUNCTION hydesk_set_person(text, text, text)", "the schema": "DROP SCHEMA public CASCADE",
        "grants": "DO $$ BEGIN GRANT ALL ON acts TO PUBLIC; IF NOT has_table_privilege('public', 'acts', 'DELETE') THEN "
                  "RAISE insufficient_privilege; END IF; END $$", "the mark of the rights": "COMMENT ON TABLE acts IS 'hydesk rights 99'",
        "triggers and keys for oneself": "SET session_replication_role = replica",
        "the server's settings": "SELECT pg_reload_conf()",
        "the database's owner": "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO CURRENT_USER', current_database()); END $$",
    }.items():
        yield f"take away or change {words}", statement, NOBODY
    yield "read a file of the server's machine", "SELECT pg_read_file('/etc/hostname')", NOBODY
    yield "run a program there", "COPY (SELECT 1) TO PROGRAM 'true'", NOBODY
    yield "end another's session", ("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> session_user "
                                   f"AND usename LIKE '%{office.mark}'"), NOBODY
    yield "read what is kept of passwords", "SELECT rolpassword FROM pg_authid", NOBODY


def _about_people(office: Office) -> Iterator[tuple[str, str, frozenset[PersonRole]]]:
    group = "(SELECT 'hydesk_' || oid || '_{}' FROM pg_database WHERE datname = current_database())"
    become = "DO $$ BEGIN EXECUTE format('SET ROLE %I', {}); END $$"
    clerk, head = office.name(CLERK), office.name(HEAD)
    # A head may become the owner of the tables for a migration; the server cannot know what for, and the act is logged by the program.
    yield "SET ROLE the tables' owner", become.format(group.format("owner")), HEADS
    yield "SET ROLE the keeper of roles", become.format(group.format("keeper")), NOBODY
    yield "SET ROLE heads", become.format(group.format("head")), HEADS
    yield "SET ROLE another clerk", f'SET ROLE "{clerk}"', frozenset({CLERK})
    yield "SET ROLE another head", f'SET ROLE "{head}"', HEADS
    yield "SET SESSION AUTHORIZATION a head", f'SET SESSION AUTHORIZATION "{head}"', HEADS
    yield "make oneself a head", "SELECT hydesk_set_person(session_user::text, 'head', NULL)", HEADS
    yield "another's role", f"SELECT hydesk_set_person('{clerk}', 'clerk', NULL)", HEADS
    yield "the head's password, past the function", f"ALTER ROLE \"{head}\" PASSWORD 'x'", HEADS
    yield "one's own password", "DO $$ BEGIN EXECUTE format('ALTER ROLE %I PASSWORD %L', session_user, 'x'); END $$", EVERYBODY
    yield "a right of roles for oneself", "DO $$ BEGIN EXECUTE format('ALTER ROLE %I CREATEROLE', session_user); END $$", NOBODY
    yield "oneself into a group", "DO $$ BEGIN EXECUTE format('GRANT %I TO %I', " + group.format("head") + ", session_user); END $$", NOBODY


def _forged(office: Office) -> Iterator[tuple[str, str, frozenset[PersonRole]]]:
    heads_act = "(SELECT max(act_id) FROM change_log WHERE entity = 'setting' AND scope = 'lamp_rule')"
    clerks_act = f"(SELECT max(l.act_id) FROM change_log l JOIN acts a ON a.id = l.act_id WHERE l.entity = 'project' AND a.actor = '{office.name(CLERK)}')"
    upgrade = "(SELECT max(id) FROM acts WHERE kind = 'people')"
    yield "an act of one's own", _ACT.format(actor=_OWN, account=_OWN), WRITERS
    yield "an act in another's name", _ACT.format(actor="'别人'", account=_OWN), NOBODY
    yield "an act of another's account", _ACT.format(actor=_OWN, account="'别人'"), NOBODY
    yield "an act of no account", _ACT.format(actor=_OWN, account="NULL"), NOBODY
    yield "undo another clerk's edit", _MARK.format(act=clerks_act, actor=_OWN), WRITERS
    yield "undo a head's rule", _MARK.format(act=heads_act, actor=_OWN), HEADS
    yield "undo a change of people", _MARK.format(act=upgrade, actor=_OWN), NOBODY
    yield "undo in another's name", _MARK.format(act=clerks_act, actor="'别人'"), NOBODY
    own = _ACT.format(actor=_OWN, account=_OWN)
    for words, entity, scope, who in (
        ("a value of a project", "project", "", WRITERS), ("an answer to a doubt", "setting", "doubt_answer/1", WRITERS),
        ("a rule", "setting", "lamp_rule", HEADS), ("an issue", "report_issue", "1", HEADS), ("a unit", "unit", "1", HEADS),
        ("a register", "register", "1", HEADS)):
        yield f"log {words} under one's own act", f"{own}; {_LOG.format(act=_NEW_ACT, entity=entity, scope=scope)}", who
    yield "log a value under another's act", _LOG.format(act="1", entity="project", scope=""), NOBODY
    yield "spare a part of another's undoing", "INSERT INTO spared_parts (mark_id, project_id, entity, scope) SELECT max(id), 1, '', '' FROM act_marks", NOBODY
    yield "a setting of a clerk's week", "INSERT INTO settings (key, value) VALUES ('meeting/x', '1')", WRITERS
    yield "a rule as a setting", "INSERT INTO settings (key, value) VALUES ('judged_by', '1')", HEADS
    yield "a clerk's setting made a rule", "UPDATE settings SET key = 'judged_by' WHERE key LIKE 'ledger_view/%'", HEADS


def tried(office: Office) -> dict[str, tuple[frozenset[PersonRole], frozenset[PersonRole]]]:
    """By what was tried: who may, and who could."""
    tables = dict(office.sql(None, "SELECT table_name::text, column_name::text FROM information_schema.columns "
                                   "WHERE table_schema = 'public' AND ordinal_position = 1 ORDER BY 1"))
    sequences = [s for (s,) in office.sql(None, "SELECT sequencename::text FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1")]
    assert len(tables) > 30
    for role, write in ((CLERK, lambda ledger: (edit_project(ledger, 1, Field.REMARK, "经办写的"), save_view(ledger, "我的", {}))),
                        (HEAD, lambda ledger: set_lamp_rule(ledger, LampRule(start_delay=30)))):
        ledger = open_ledger(office.at(role))
        write(ledger)
        ledger.close()
    could: dict[str, set[PersonRole]] = {}
    may: dict[str, frozenset[PersonRole]] = {}
    with ExitStack() as held:
        for role, connection in [(role, held.enter_context(office.connect(role))) for role in PersonRole]:
            for words, statement, who in tries(office, tables, sequences):
                may[words] = who
                could.setdefault(words, set())
                if _goes_through(connection, statement):
                    could[words].add(role)
            connection.rollback()
    return {words: (may[words], frozenset(could[words])) for words in may}


def _goes_through(connection: psycopg.Connection, statement: str) -> bool:
    try:
        with connection.transaction(force_rollback=True):
            for part in statement.split("; ") if not statement.startswith("DO ") else [statement]:
                connection.execute(part)  # type: ignore[call-overload]
    except _REFUSALS:
        return False
    except psycopg.Error as error:
        raise AssertionError(f"{statement}: {error}") from error
    return True


def wrong(found: Mapping[str, tuple[frozenset[PersonRole], frozenset[PersonRole]]]) -> list[str]:
    """What is otherwise than it should be."""
    return [f"{words}: open to {_names(could - may) or 'nobody else'}, shut to {_names(may - could) or 'nobody'}"
            for words, (may, could) in found.items() if may != could]


def _names(roles: frozenset[PersonRole]) -> str:
    return "、".join(r.label for r in PersonRole if r in roles)


def main() -> int:
    """Run as a script."""
    from tests.postgres import shared_server
    from tests.stores import Server

    with tempfile.TemporaryDirectory() as folder:
        server = Server(os.environ.get("HYDESK_TEST_SERVER", "").rpartition("/")[0] or shared_server(Path(folder)))
        with office_on(server) as office:
            found = tried(office)
        server.close()
    print(f"| {len(found)} acts by SQL | " + " | ".join(r.label for r in PersonRole) + " |")
    print("| --- |" + " --- |" * len(PersonRole))
    for words, (_, could) in found.items():
        print(f"| {words} | " + " | ".join("yes" if r in could else "—" for r in PersonRole) + " |")
    for said in wrong(found):
        print("WRONG", said)
    return min(1, len(wrong(found)))


if __name__ == "__main__":
    sys.exit(main())
