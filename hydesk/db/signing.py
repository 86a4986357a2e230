"""Whose name stands under what a transaction writes: on a server kept by person the login's, whatever the program says."""

from __future__ import annotations

from sqlalchemy import Connection

from hydesk.domain.actors import Actor

OPTION = "hydesk_signs"


def signed(connection: Connection, actor: Actor | str) -> Actor:
    """``actor``, or whoever is logged in where the ledger is kept by person; a bare name is somebody unknown."""
    login: Actor | None = connection.get_execution_options().get(OPTION)
    return login or Actor.of(actor)
