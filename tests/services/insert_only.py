"""Listening to a ledger's SQL: what only grows must be neither changed nor taken away."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import event

from hydesk.db.ledger import Ledger

GROWING = ("acts", "change_log", "act_marks", "spared_parts", "log_seals", "content_seals")
"""Tables to which rows are only ever appended."""
_CHANGES = re.compile(rf"\s*(UPDATE|DELETE\s+FROM|REPLACE\s+INTO|INSERT\s+OR\s+\w+\s+INTO)\s+\"?({'|'.join(GROWING)})\b", re.IGNORECASE)


def changes_of_what_grows(ledger: Ledger) -> list[str]:
    """A list that from now on gets every statement sent through ``ledger`` that changes what may only grow."""
    found: list[str] = []

    @event.listens_for(ledger._engine, "before_cursor_execute")
    def look(_connection: Any, _cursor: Any, statement: str, *_told: Any) -> None:
        if _CHANGES.match(statement):
            found.append(statement)

    return found
