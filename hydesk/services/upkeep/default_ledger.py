"""Which ledger is meant when nobody names one."""

from __future__ import annotations

import os
from pathlib import Path

from hydesk.services.acts.desk_folder import data_folder

LEDGER_VARIABLE = "HYDESK_LEDGER"
"""Environment variable that names the ledger (a file or a database URL) in place of the default."""


def default_ledger() -> str:
    """``HYDESK_LEDGER`` when set, else the ledger file in the user's data folder. It need not exist."""
    named = os.environ.get(LEDGER_VARIABLE, "").strip()
    return named or str(data_folder() / "ledger.hydesk")


def log_file() -> Path:
    """Where unexpected errors are written down; the folder need not exist."""
    from platformdirs import user_log_path

    return user_log_path("hydesk", appauthor=False) / "hydesk.log"
