"""SQLite told to keep no account of its memory.

The account is one for the whole program, and each text that SQLite makes or forgets is put down in it under one lock. Two
threads that read tables beside each other pass that lock to and fro and take three times as long as one after the other; also
a single one is a fifth faster without. SQLite's own advice is to do without it, and nothing here asks for it. It can only be
told before anybody imports ``sqlite3``, so ``hydesk.db`` does it before all else. https://sqlite.org/compile.html#default_memstatus
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

_MEMSTATUS = 9
"""SQLITE_CONFIG_MEMSTATUS of sqlite3.h."""


def keep_no_account() -> bool:
    """Whether SQLite keeps no account from now on; false where it cannot be told, and all is as it was but slower."""
    import ctypes

    with suppress(AttributeError, ImportError, OSError, ValueError):
        found = find_spec("_sqlite3")  # found, not imported: importing it begins SQLite
        if found is not None and found.origin and sys.platform != "darwin":  # whose processors pass such arguments otherwise
            # The library that Python's module is linked to: on Windows a file beside it, else found through the module itself.
            module = Path(found.origin)
            library = ctypes.CDLL(str(module.with_name("sqlite3.dll") if sys.platform == "win32" else module))
            return bool(library.sqlite3_config(_MEMSTATUS, 0) == 0)
    return False
