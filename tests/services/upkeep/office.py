"""An office at a ledger on a server: one person of each role."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import make_url

from hydesk.domain.people import PersonRole
from hydesk.services.upkeep.keep_people import add_person, set_up_people
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.services.made import fill
from tests.stores import Server

PASSWORD = "衡阳重点项目2023"


@dataclass
class Office:
    """A ledger on a server with one person of each role, whose names are this office's own."""

    address: str
    mark: str

    def name(self, role: PersonRole | str) -> str:
        return f"{role.label if isinstance(role, PersonRole) else role}{self.mark}"

    def at(self, role: PersonRole | str) -> str:
        return make_url(self.address).set(username=self.name(role), password=PASSWORD).render_as_string(hide_password=False)

    def connect(self, role: PersonRole | str | None) -> psycopg.Connection[Any]:
        """As ``role`` (None: the administrator) speaks to the server without the program."""
        url = make_url(self.address if role is None else self.at(role)).set(drivername="postgresql")
        return psycopg.connect(url.render_as_string(hide_password=False))

    def sql(self, role: PersonRole | str | None, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the server answers ``role`` who speaks to it without the program."""
        with self.connect(role) as connection:
            asked = connection.execute(statement, values)  # type: ignore[call-overload]
            return asked.fetchall() if asked.description else []


@contextmanager
def office_on(server: Server) -> Iterator[Office]:
    """An office of its own for as long as it is wanted."""
    def make(address: str) -> None:
        ledger = create_ledger(address)
        fill(ledger)
        ledger.close()

    with server.copy("four projects", make) as address:
        made = Office(address, uuid.uuid4().hex[:6])
        admin = open_ledger(address)
        set_up_people(admin, made.name(PersonRole.HEAD), PASSWORD)
        for role in (PersonRole.CLERK, PersonRole.READER):
            add_person(admin, made.name(role), role, PASSWORD)
        admin.close()
        yield made
