"""Where a ledger is: a file or a database on a server, and how that is told."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import make_url


def is_url(location: str | Path) -> bool:
    """Whether ``location`` names a database server rather than a file."""
    return "://" in str(location) and not str(location).startswith("sqlite:")


def shown(location: str | Path) -> str:
    """``location`` as it may be told to people and to what they copy: of an address the name of the database alone."""
    if not is_url(location):
        return str(location)
    place, _, more = str(location).partition("://")[2].partition("?")
    name = unquote(place.rpartition("/")[2]) if "/" in place and "@" not in more else ""  # a password may hold such signs
    return f"台账服务器的数据库 {name}" if name and "@" not in name else "台账服务器"


def file_of(location: str | Path) -> Path:
    """The file of a location given as a path or as a sqlite: URL."""
    text = str(location)
    if text.startswith("sqlite:"):
        return Path(make_url(text).database or "")
    return Path(text).expanduser()


def only_readable(location: str | Path) -> bool:
    """Whether the ledger is a file that may be read and not written: it can be looked at all the same."""
    return not is_url(location) and not os.access(file_of(location), os.W_OK) and os.access(file_of(location), os.R_OK)
