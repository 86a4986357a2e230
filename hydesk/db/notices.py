"""The channel on which a server tells every window that somebody has written."""

from __future__ import annotations

CHANNEL = "hydesk"
