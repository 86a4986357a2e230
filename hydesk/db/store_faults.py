"""What a store refuses or fails at, as a sentence for the person who works with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from hydesk.db import sqlite_file
from hydesk.domain.errors import HydeskError


@contextmanager
def faults_told(path: Path | None) -> Iterator[None]:
    """Errors of the store of the ledger at ``path`` (None: on a server) come out as HydeskError; faults of the program's
    own statements stay what they are."""
    try:
        yield
    except UnicodeEncodeError as e:  # half of a letter, as a cut name or another program's clipboard has it
        raise HydeskError("要写入的内容里有不成字的符号，存不进台账，没有写入任何内容；请删去那个符号再试") from e
    except DBAPIError as e:
        if path is None:
            from hydesk.db import server

            if isinstance(e.orig, Exception) and server.told(e.orig):
                raise server.complaint(e.orig) from e
            raise
        if isinstance(e.orig, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError):
            raise
        if isinstance(e.orig, sqlite3.OperationalError) and _is_bug(e.orig):
            raise
        raise HydeskError(sqlite_file.explain(e.orig if isinstance(e.orig, Exception) else e, path)) from e
    except sqlite3.Error as e:  # from setting a connection up, before SQLAlchemy wraps anything
        if path is None:
            raise
        raise HydeskError(sqlite_file.explain(e, path)) from e


def _is_bug(error: sqlite3.OperationalError) -> bool:
    return any(t in str(error) for t in ("no such", "syntax error", "too many", "ambiguous"))
