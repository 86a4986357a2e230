"""Look whether a ledger is whole: its file, and what it holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hydesk.db import sqlite_file
from hydesk.db.damage import refuse_damaged
from hydesk.db.ledger import connect
from hydesk.db.locations import file_of, is_url, only_readable
from hydesk.db.migrate import is_up_to_date, refuse_other_version
from hydesk.domain.errors import HydeskError, OnlyToLook
from hydesk.domain.findings import Finding, Level
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.open_ledger import open_ledger


def check_ledger(location: str | Path) -> list[Finding]:
    """What is wrong in the ledger at ``location``; empty when all is well. Changes nothing.

    Raises HydeskError where there is no ledger that could be checked.
    """
    if is_url(location):
        return _content_of(location, pages_checked=False)
    path = file_of(location).absolute()
    sqlite_file.refuse_foreign(path, to_write=not only_readable(location))
    with ThreadPoolExecutor(1, "hydesk-check") as beside:
        pages = beside.submit(sqlite_file.faults, path)
        # An older ledger would be migrated when it is opened: not before its pages are known to be whole.
        if not _is_of_this_version(location) and pages.result():
            return _damaged(pages.result())
        try:
            found = _content_of(location, pages_checked=True)
        except Exception:  # what stands on damaged pages may end any check in any way
            if pages.result():
                return _damaged(pages.result())
            raise
        return _damaged(pages.result()) or found


def _damaged(faults: list[str]) -> list[Finding]:
    return [_error("file_damaged", f"台账文件有损坏（{f}），请用备份恢复") for f in faults]


def _is_of_this_version(location: str | Path) -> bool:
    try:
        ledger = connect(location, read_only=True)
        try:
            return is_up_to_date(ledger)
        finally:
            ledger.close()
    except HydeskError:
        return False


def _content_of(location: str | Path, *, pages_checked: bool) -> list[Finding]:
    try:
        # Of a large one the values are looked at once, by the check itself.
        ledger = open_ledger(location, read_only=only_readable(location), check_beside=True, pages_checked=pages_checked)
    except OnlyToLook as e:
        ledger = connect(location, read_only=True)
        try:
            refuse_other_version(ledger)
            return [_error("look_only", str(e)), *check_open(ledger)]
        finally:
            ledger.close()
    try:
        found = check_open(ledger)
        if ledger.path is not None and any(f.code == "value_odd" for f in found):
            refuse_damaged(ledger.path, pages=False)
        return found
    except OnlyToLook as e:
        return [_error("look_only", str(e)), *found]
    except HydeskError as e:
        return [_error("file_damaged", str(e))]
    finally:
        ledger.close()


def _error(code: str, message: str) -> Finding:
    return Finding(Level.ERROR, code, message)
