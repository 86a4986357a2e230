"""Which ledger is meant when nobody names one."""

from __future__ import annotations

import os
from pathlib import Path

LEDGER_VARIABLE = "HYDESK_LEDGER"
"""Environment variable that names the ledger (a file or a database URL) in place of the default."""


def default_ledger() -> str:
    """``HYDESK_LEDGER`` when set, else the ledger file in the user's data folder. It need not exist."""
    named = os.environ.get(LEDGER_VARIABLE, "").strip()
    return named or str(data_folder() / "ledger.hydesk")


def data_folder() -> Path:
    """The user's data folder of hydesk; it need not exist."""
    from platformdirs import user_data_path

    return user_data_path("hydesk", appauthor=False)


def log_file() -> Path:
    """Where unexpected errors are written down; the folder need not exist."""
    from platformdirs import user_log_path

    return user_log_path("hydesk", appauthor=False) / "hydesk.log"
