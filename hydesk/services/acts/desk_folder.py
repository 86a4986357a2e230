"""Where this desk keeps what is its own."""

from __future__ import annotations

from pathlib import Path


def data_folder() -> Path:
    """The user's data folder of hydesk; it need not exist."""
    from platformdirs import user_data_path

    return user_data_path("hydesk", appauthor=False)
