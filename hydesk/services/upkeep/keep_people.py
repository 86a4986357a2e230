"""Who may come to a ledger on a server, and as what (docs/rules.md §14)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from hydesk.db.journal import begin_act
from hydesk.db.ledger import Ledger
from hydesk.db.own_acts import PEOPLE
from hydesk.domain.errors import HydeskError
from hydesk.domain.people import HEADS_ONLY, NO_PEOPLE, Person, PersonRole, fitting_login, fitting_password
from hydesk.services.acts.writing import writing

_ON_A_FILE = "台账文件不分人管理，谁能打开文件谁就能用；分人管理要把台账放到服务器上（见手册“几个人一起用”）"


def list_people(ledger: Ledger) -> list[Person]:
    """Everybody who may come, heads first. Raises HydeskError where the ledger is not kept by person."""
    from hydesk.db import people

    _refuse_a_file(ledger)
    with ledger.read() as connection:
        if not people.has_people(connection):
            raise HydeskError(NO_PEOPLE)
        return people.people(connection)


@writing
def set_up_people(ledger: Ledger, head: str, password: str) -> None:
    """Keep ``ledger`` by person, with ``head`` the first of its heads. For the server's administrator. Raises HydeskError."""
    from hydesk.db import people

    _refuse_a_file(ledger)
    login, kept = fitting_login(head), fitting_password(password)
    with ledger.write() as connection, _refused(login):
        # Told first: once the server holds signatures to logins, an administrator who is nobody of the ledger's signs nothing.
        begin_act(connection, PEOPLE, f"台账改为分人管理，主管：{login}", people.login(connection))
        people.set_up(connection)
        people.set_person(connection, login, PersonRole.HEAD, kept)
    with ledger.read() as connection:
        ledger.person = people.who(connection)


@writing
def add_person(ledger: Ledger, name: str, role: PersonRole, password: str) -> None:
    """Let ``name`` come as ``role``. Who comes to another ledger of the same server keeps his password. Raises HydeskError."""
    login = fitting_login(name)
    with _changing(ledger, login, f"{login}可以使用台账，身份为{role.label}") as (connection, people):
        if any(p.login == login for p in people):
            raise HydeskError(f"“{login}”已经在人员里了；改身份用 people role，改密码用 people password")
        _set(connection, login, role, fitting_password(password))


@writing
def change_role(ledger: Ledger, name: str, role: PersonRole) -> None:
    """Give ``name`` another role. Raises HydeskError, also for the only head."""
    with _changing(ledger, name, f"{name}的身份改为{role.label}") as (connection, people):
        _known(people, name)
        _set(connection, name, role, None)


@writing
def change_password(ledger: Ledger, name: str, password: str) -> None:
    """Give ``name`` another password, one's own or, as a head, anybody's. Raises HydeskError."""
    from hydesk.db import people as server

    kept = fitting_password(password)
    if ledger.person is not None and ledger.person.login == name:
        with ledger.as_oneself() as connection, _refused(name):
            server.set_own_password(connection, kept)
        ledger.log_in_with(kept)
        return
    with _changing(ledger, name, f"重设{name}的密码") as (connection, people):
        _set(connection, name, _known(people, name).role, kept)


@writing
def remove_person(ledger: Ledger, name: str) -> None:
    """Let ``name`` come no more; what he wrote stays signed by him. Raises HydeskError, also for the only head."""
    with _changing(ledger, name, f"{name}不再使用台账") as (connection, people):
        _known(people, name)
        _set(connection, name, None, None)


def _set(connection: Connection, login: str, role: PersonRole | None, password: str | None) -> None:
    from hydesk.db import people

    people.set_person(connection, login, role, password)


def _known(people: list[Person], name: str) -> Person:
    found = next((p for p in people if p.login == name), None)
    if found is None:
        raise HydeskError(f"人员里没有“{name}”，请用 hydesk people 查看")
    return found


@contextmanager
def _changing(ledger: Ledger, name: str, title: str) -> Iterator[tuple[Connection, list[Person]]]:
    """A transaction in which a head changes something about ``name``, told in the log as ``title``."""
    held = list_people(ledger)
    if ledger.person is None or ledger.person.role is not PersonRole.HEAD:
        raise HydeskError(HEADS_ONLY)
    with ledger.write() as connection, _refused(name):
        begin_act(connection, PEOPLE, title, ledger.person.login)
        yield connection, held


def _refuse_a_file(ledger: Ledger) -> None:
    if ledger.path is not None:
        raise HydeskError(_ON_A_FILE)


@contextmanager
def _refused(name: str) -> Iterator[None]:
    """The refusals of the server's own function as sentences."""
    from hydesk.db import people

    said = {people.TAKEN: f"服务器上“{name}”这个用户名另有用途或已停用，请换一个名字，或重新添加并设密码",
            people.LAST_HEAD: f"“{name}”是唯一的主管，至少要留一位主管；请先让别人当主管",
            people.ELSEWHERE: f"“{name}”也使用这台服务器上的别的台账，密码请他本人用 hydesk people password 修改"}
    try:
        yield
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None) or ""
        if state not in said:
            raise
        raise HydeskError(said[state]) from error
