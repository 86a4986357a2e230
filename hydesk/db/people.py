"""Who may come to a ledger on a server: logins of the server itself, in groups of the ledger's (docs/rules.md §14).

Every ledger has five roles of its own that nobody logs in as: readers, clerks and heads, the owner of the tables, and the
keeper, in whose name a function makes people. A person is a login in one of the first three. What each group may do with the
tables is in ``db.grants``.
"""

from __future__ import annotations

from sqlalchemy import Connection

from hydesk.db import grants
from hydesk.db.grants import groups
from hydesk.domain.people import Person, PersonRole

TAKEN, LAST_HEAD, ELSEWHERE = "HYP01", "HYP02", "HYP03"
"""SQLSTATE of what the functions refuse: a name used otherwise, the only head, somebody of another ledger too."""
_MARK = "hydesk"
"""The comment on a role that one of the functions made."""


def login(connection: Connection) -> str:
    """Who is logged in."""
    return str(connection.exec_driver_sql("SELECT session_user").scalar())


def has_people(connection: Connection) -> bool:
    """Whether the ledger on this server is kept by person."""
    name = groups(connection) + PersonRole.READER
    return connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %(name)s", {"name": name}).first() is not None


def who(connection: Connection) -> Person | None:
    """Who is logged in and as what; None where the ledger is not kept by person. An administrator counts as a head, who is
    in none of the groups as a reader."""
    if not has_people(connection):
        return None
    prefix = groups(connection)
    held = set(connection.exec_driver_sql(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE %(groups)s AND pg_has_role(session_user, oid, 'USAGE')",
        {"groups": prefix.replace("_", r"\_") + "%"}).scalars())
    return Person(login(connection), next((r for r in (PersonRole.HEAD, PersonRole.CLERK) if prefix + r in held), PersonRole.READER))


def people(connection: Connection) -> list[Person]:
    """Everybody who may come to the ledger, heads first.

    From version 16 on a server makes whoever creates a role a member that may only give it to others: no person of the ledger.
    """
    prefix = groups(connection)
    rows = connection.exec_driver_sql(
        "SELECT p.rolname, g.rolname FROM pg_auth_members m JOIN pg_roles p ON p.oid = m.member JOIN pg_roles g ON g.oid = m.roleid "
        "WHERE p.rolcanlogin AND NOT m.admin_option AND g.rolname = ANY(%(groups)s)", {"groups": [prefix + r for r in PersonRole]}).all()
    order = list(reversed(PersonRole))
    found = [Person(str(login), PersonRole(str(group).removeprefix(prefix))) for login, group in rows]
    return sorted(found, key=lambda p: (order.index(p.role), p.login))


def set_person(connection: Connection, name: str, role: PersonRole | None, password: str | None) -> None:
    """Let ``name`` come as ``role``, made with ``password`` where there is none; None lets him come no more.

    Raises the server's refusal with one of the three states above.
    """
    connection.exec_driver_sql("SELECT hydesk_set_person(%(login)s, %(role)s, %(password)s)", {
        "login": name, "role": role.value if role else None,
        "password": _verifier(connection, name, password) if password else None})


def set_own_password(connection: Connection, password: str) -> None:
    """Another password for whoever is logged in."""
    own = login(connection)
    connection.exec_driver_sql(f"ALTER ROLE {_quoted(own)} PASSWORD '{_verifier(connection, own, password)}'")


def _verifier(connection: Connection, name: str, password: str) -> str:
    """What the server keeps of a password: reckoned here, so that no log of the server ever holds the password."""
    driver = connection.connection.driver_connection
    assert driver is not None
    return str(driver.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("%", "%%") + '"'


def set_up(connection: Connection) -> None:
    """Keep the ledger by person from now on; what is there already is made anew. For an administrator who may make roles
    and owns the database."""
    prefix = groups(connection)
    name = _quoted(str(connection.exec_driver_sql("SELECT current_database()").scalar()))
    there = set(connection.exec_driver_sql("SELECT rolname FROM pg_roles WHERE rolname LIKE 'hydesk%%'").scalars())
    for part, how in (("owner", ""), *((r.value, "NOINHERIT" if r is PersonRole.HEAD else "") for r in PersonRole), ("keeper", "CREATEROLE")):
        if prefix + part not in there:
            connection.exec_driver_sql(f"CREATE ROLE {prefix}{part} NOLOGIN {how}")
    names = ", ".join(prefix + r for r in PersonRole)
    connection.exec_driver_sql(f"""
        GRANT {prefix}owner TO {prefix}head;
        GRANT {names} TO {prefix}keeper WITH ADMIN OPTION;
        GRANT {prefix}owner, {prefix}keeper TO CURRENT_USER;
        REVOKE ALL ON DATABASE {name} FROM PUBLIC;
        GRANT CONNECT ON DATABASE {name} TO {names};
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
        GRANT USAGE ON SCHEMA public TO {names};
        GRANT USAGE, CREATE ON SCHEMA public TO {prefix}owner, {prefix}keeper""")
    for table in grants.tables():
        connection.exec_driver_sql(f"ALTER TABLE {table} OWNER TO {prefix}owner")
    connection.exec_driver_sql(_FUNCTIONS.replace("PREFIX_", prefix).replace("%", "%%"))
    connection.exec_driver_sql(f"""
        ALTER FUNCTION hydesk_set_person(text, text, text) OWNER TO {prefix}keeper;
        REVOKE ALL ON FUNCTION hydesk_set_person(text, text, text) FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION hydesk_set_person(text, text, text) TO {prefix}head;
        REVOKE CREATE ON SCHEMA public FROM {prefix}keeper""")
    become_owner(connection)
    grants.grant(connection)
    be_oneself(connection)
    connection.exec_driver_sql(f"REVOKE {prefix}owner FROM CURRENT_USER")


def become_owner(connection: Connection) -> None:
    """Act as the owner of the tables until ``be_oneself``: for a migration, by a head."""
    connection.exec_driver_sql(f"SET LOCAL ROLE {groups(connection)}owner")


def be_oneself(connection: Connection) -> None:
    """Act as whoever is logged in."""
    connection.exec_driver_sql("RESET ROLE")


_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION hydesk_set_person(person text, part text, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    held record;
    one text;
    mine text[] := ARRAY['PREFIX_reader', 'PREFIX_clerk', 'PREFIX_head'];
    of_others boolean;
BEGIN
    IF person IS NULL OR person = '' OR person ~ '^(pg_|hydesk_)' OR part NOT IN ('reader', 'clerk', 'head')
            OR verifier NOT LIKE 'SCRAM-SHA-256$%' THEN
        RAISE EXCEPTION 'no such person' USING ERRCODE = '{TAKEN}';
    END IF;
    SELECT oid, rolcanlogin, shobj_description(oid, 'pg_authid') IS DISTINCT FROM '{_MARK}'
        OR rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS strange
        INTO held FROM pg_roles WHERE rolname = person;
    IF held.oid IS NOT NULL AND (held.strange OR EXISTS (
            SELECT 1 FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
            WHERE m.member = held.oid AND g.rolname !~ '^hydesk_[0-9]+_(reader|clerk|head)$')) THEN
        RAISE EXCEPTION 'taken' USING ERRCODE = '{TAKEN}';
    END IF;
    IF part IS DISTINCT FROM 'head' AND held.oid IS NOT NULL AND pg_has_role(held.oid, 'PREFIX_head', 'MEMBER')
            AND NOT EXISTS (SELECT 1 FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles p ON p.oid = m.member
                            WHERE g.rolname = 'PREFIX_head' AND p.rolcanlogin AND NOT m.admin_option AND p.rolname <> person) THEN
        RAISE EXCEPTION 'the only head' USING ERRCODE = '{LAST_HEAD}';
    END IF;
    of_others := held.oid IS NOT NULL AND EXISTS (
        SELECT 1 FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
        WHERE m.member = held.oid AND g.rolname <> ALL (mine));
    IF held.oid IS NULL THEN
        IF part IS NULL OR verifier IS NULL THEN
            RAISE EXCEPTION 'nobody' USING ERRCODE = '{TAKEN}';
        END IF;
        EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', person, verifier);
        EXECUTE format('COMMENT ON ROLE %I IS %L', person, '{_MARK}');
    ELSIF verifier IS NOT NULL THEN
        IF of_others THEN
            RAISE EXCEPTION 'of another ledger too' USING ERRCODE = '{ELSEWHERE}';
        END IF;
        EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', person, verifier);
    ELSIF part IS NOT NULL AND NOT held.rolcanlogin THEN
        RAISE EXCEPTION 'nobody' USING ERRCODE = '{TAKEN}';
    END IF;
    FOREACH one IN ARRAY mine LOOP
        IF one = 'PREFIX_' || part THEN
            EXECUTE format('GRANT %I TO %I', one, person);
        ELSIF held.oid IS NOT NULL THEN
            EXECUTE format('REVOKE %I FROM %I', one, person);
        END IF;
    END LOOP;
    IF part IS NULL AND NOT of_others THEN
        EXECUTE format('ALTER ROLE %I NOLOGIN', person);
    END IF;
END $body$
"""
"""The one way to make people, run as the keeper: heads may call it, and it touches no role but those it made itself."""
