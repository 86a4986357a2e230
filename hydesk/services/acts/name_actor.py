"""Who is at the keyboard."""

from __future__ import annotations

import getpass


def current_actor() -> str:
    """The name of the system's user, 未署名 where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "未署名"
