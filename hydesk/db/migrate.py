"""Ledger versions: which migrations a ledger has been through, and bringing it up to date.

Alembic costs 0.4 s to import, so it is imported only where something is to be migrated.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

from hydesk.db import sqlite_file
from hydesk.db.ledger import Ledger
from hydesk.db.models import Base
from hydesk.db.own_acts import PEOPLE, UPGRADED
from hydesk.db.patience import patience
from hydesk.domain.errors import HydeskError
from hydesk.domain.people import PersonRole

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0009", "0010", "0015", "0012", "0011")
"""Every migration there has been, oldest first; a test holds them against the migration scripts."""
SCRIPTS = Path(__file__).with_name("migrations")


def revision(connection: Connection) -> str | None:
    """The migration the ledger stands at; None where there is no ledger."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    value = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(value) if value else None


def bring_up_to_date(ledger: Ledger) -> Path | None:
    """Migrate ``ledger`` where it is older than this program, copying its file beside itself first.

    Returns the copy, None for a ledger on a server, whose own transaction puts it back. Raises HydeskError for a newer ledger, one that is none, or when migrating failed; then the
    file is as it was before.
    """
    found = _known_revision(ledger)
    if found == REVISIONS[-1]:
        return None
    if ledger.person is not None and ledger.person.role is not PersonRole.HEAD:
        raise HydeskError("台账是旧版本的，要由主管用这个版本的 hydesk 打开一次来升级；升级之前请用原来的版本")
    copied = _copy_beside(ledger, found)
    try:
        upgrade(ledger)
    except Exception as e:  # whatever a migration stumbles over, the ledger must be as before
        ledger.close()
        if copied is not None and ledger.path is not None:
            sqlite_file.copy_back(copied, ledger.path)
        what = "请联系维护人员" if copied is None else "请把升级前的副本发给维护人员"
        raise HydeskError(f"台账“{ledger.location}”升级失败，已恢复原样，{what}") from e
    return copied


def is_up_to_date(ledger: Ledger) -> bool:
    """Whether no migration is wanting. Raises HydeskError for a newer ledger and one that is none."""
    return _known_revision(ledger) == REVISIONS[-1]


def refuse_other_version(ledger: Ledger) -> None:
    """Raise HydeskError unless ``ledger`` stands at this program's version; nothing is changed."""
    if not is_up_to_date(ledger):
        raise HydeskError(f"台账“{ledger.location}”是旧版本的，只读方式不能升级它；请先正常打开一次，或复制一份再打开")


def _known_revision(ledger: Ledger) -> str:
    with ledger.read() as connection:
        found = revision(connection)
    if found is None:
        raise HydeskError(f"“{ledger.location}”里没有 hydesk 台账，请选择正确的台账，或先新建台账")
    if found not in REVISIONS:
        raise HydeskError(f"台账“{ledger.location}”是由更新版本的 hydesk 建立的，请先升级 hydesk 再打开")
    return found


def _copy_beside(ledger: Ledger, found: str) -> Path | None:
    if ledger.path is None:
        return None
    stamp = time.strftime("%Y%m%d-%H%M%S")
    copied = ledger.path.with_name(f"{ledger.path.stem}.升级前-{found}-{stamp}{ledger.path.suffix}")
    sqlite_file.copy(ledger.path, copied)
    return copied


def configuration(connection: Connection | None = None) -> Any:
    """Alembic's configuration for the scripts shipped beside this module."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(ledger: Ledger, target: str | None = None) -> None:
    """Run the migrations up to ``target``, the newest where None, in one transaction.

    On a server kept by person as the owner of the tables, which a head may become for this alone; an act says so.
    """
    with ledger.write() as connection:
        if ledger.person is None:
            upgrade_within(connection, target)
            return
        from hydesk.db import grants, people
        from hydesk.db.journal import begin_act

        people.become_owner(connection)
        grants.lift_policies(connection)
        upgrade_within(connection, target)
        grants.grant(connection)
        people.be_oneself(connection)
        begin_act(connection, UPGRADED, f"台账升级到 {target or REVISIONS[-1]} 版", ledger.person.login)


def renew_rights(ledger: Ledger) -> bool:
    """Give the rights of the ledger's groups anew where they were given by an earlier program, which knew of fewer acts to be shut;
    whether they were. Only a head can. Raises HydeskError."""
    if ledger.person is None or ledger.person.role is not PersonRole.HEAD:
        return False
    from hydesk.db import grants, people
    from hydesk.db.journal import begin_act

    with ledger.read() as connection:
        if grants.given(connection) >= grants.RIGHTS:
            return False
    with ledger.write() as connection:
        if grants.given(connection) >= grants.RIGHTS:
            return False  # another head came first
        people.become_owner(connection)
        grants.grant(connection)
        people.be_oneself(connection)
        begin_act(connection, PEOPLE, "各种身份在服务器上的权限已按新版本重新设定", ledger.person.login)
    return True


def newer_but_readable(ledger: Ledger) -> bool:
    """Whether a later program made ``ledger`` what it is, and all that this one reads is there still."""
    with ledger.read() as connection:
        found = revision(connection)
        if found is None or found in REVISIONS:
            return False
        look = inspect(connection)
        return all(look.has_table(t.name) and {c.name for c in t.c} <= {c["name"] for c in look.get_columns(t.name)}
                   for t in Base.metadata.sorted_tables)


_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps what it works on in names of its modules: two ledgers brought up to date in two threads at once would
each write into the other."""


@patience()
def upgrade_within(connection: Connection, target: str | None = None) -> None:
    """``upgrade`` as part of a larger transaction."""
    from alembic import command

    target = target or REVISIONS[-1]
    with _ONE_AT_A_TIME:
        command.upgrade(configuration(connection), target)
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        sqlite_file.mark(driver, REVISIONS.index(target) + 1)
    elif target == REVISIONS[-1]:
        from hydesk.db import server

        server.sort_as_files_do(connection)
