"""What stands against writing to a ledger file: damaged pages, values no program of ours wrote, things added to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from hydesk.db import sqlite_file
from hydesk.db.migrate import REVISIONS
from hydesk.db.odd_values import OddValue, odd_values
from hydesk.db.structure import structure_faults
from hydesk.domain.errors import HydeskError, OnlyToLook

_FEW = 5
_LARGE = 16_000_000
"""Bytes of a file whose pages and values are looked at side by side."""


class LedgerDamaged(OnlyToLook):
    """Pages or values of the ledger are damaged; it can be looked at in a copy of what can be read."""


def refuse_damaged(path: Path, *, every_page: bool = True, pages: bool = True) -> None:
    """Raise OnlyToLook where writing to ``path`` would be writing onto damage, or would set off what was added to it.

    ``every_page`` and ``pages`` as for ``damage_of``. Raises HydeskError where the file cannot be reached at all.
    """
    if said := damage_of(path, every_page=every_page, pages=pages):
        raise LedgerDamaged(f"台账“{path.name}”{said}。没有打开，也没有写入任何内容。可以只读打开，先看读得出的部分；"
                            "请用最近的备份恢复（backups 文件夹），没有备份时用 hydesk rescue 救出读得出的内容")
    try:
        with closing(sqlite_file.reach(path)) as c:
            added = added_to(c)
    except sqlite3.Error as e:
        raise HydeskError(sqlite_file.explain(e, path)) from e
    if added:
        raise OnlyToLook(f"台账“{path.name}”里被加进了本程序没有的{'、'.join(added)}，写入时会跟着动，没有打开来写。"
                         "可以只读打开；要继续用，请用 hydesk rescue 另救出一本，它不带这些东西")


def damage_of(path: Path, *, every_page: bool = True, pages: bool = True) -> str:
    """What is damaged, as part of a sentence; empty where tables, pages and values are of their kind.

    Without ``every_page`` only at how the tables are made; else looks at every page (unless ``pages`` is false), and at all
    values but those of the change log and of what was read of returns. Raises HydeskError where the file is busy or cannot be reached.
    """
    try:
        with closing(sqlite_file.reach(path)) as c:
            c.execute("PRAGMA query_only = ON")
            if made := _made_otherwise(c):
                return made
            if not every_page:
                return ""
            if not pages:
                odd = odd_values(c, _FEW + 1, small=True)
            elif path.stat().st_size <= _LARGE:
                if not _sound(c):
                    return "已损坏"
                odd = odd_values(c, _FEW + 1, small=True)
            else:
                odd = _looked_at_together(path, c)
    except sqlite3.OperationalError as e:
        raise HydeskError(sqlite_file.explain(e, path)) from e
    except sqlite3.DatabaseError:
        return "已损坏"
    return f"里有读不懂的值（{'、'.join(map(str, odd[:_FEW]))}{'等' if len(odd) > _FEW else ''}）" if odd else ""


def _sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite finds nothing wrong with any page."""
    return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0]) == "ok"


def _looked_at_together(path: Path, connection: sqlite3.Connection) -> list[OddValue]:
    """The first odd values, while another thread looks at the pages: of a large ledger each takes a tenth of a second, which
    short commands wait for. Raises sqlite3.DatabaseError where a page is damaged, whatever came of the values there."""
    def look() -> bool:
        with closing(sqlite_file.reach(path)) as own:
            own.execute("PRAGMA query_only = ON")
            return _sound(own)

    with ThreadPoolExecutor(1, "hydesk-pages") as beside:
        pages = beside.submit(look)
        try:
            odd = odd_values(connection, _FEW + 1, small=True)
        except Exception:
            if not pages.result():
                raise sqlite3.DatabaseError from None
            raise
        if not pages.result():
            raise sqlite3.DatabaseError
        return odd


def _made_otherwise(connection: sqlite3.Connection) -> str:
    """What is wrong with the tables of a ledger of this program's version, as part of a sentence."""
    faults = made_otherwise(connection)
    return f"的结构与本程序不符（{'；'.join(faults[:_FEW])}{'等' if len(faults) > _FEW else ''}）" if faults else ""


def made_otherwise(connection: sqlite3.Connection) -> list[str]:
    """``structure_faults`` of a ledger of this program's version; an older one is brought up to date first, a newer refused."""
    versions = {str(r[0]) for r in connection.execute("SELECT version_num FROM alembic_version")}
    return structure_faults(connection) if REVISIONS[-1] in versions else []


def added_to(connection: sqlite3.Connection) -> list[str]:
    """Triggers and views of a ledger, named: the program makes none, so somebody added them."""
    words = {"trigger": "触发器", "view": "视图"}
    rows: Iterable[tuple[str, str]] = connection.execute(
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') ORDER BY name LIMIT 20")
    return [f"{words[kind]}“{name}”" for kind, name in rows]
