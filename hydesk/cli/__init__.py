"""hydesk without a window: the same use cases as words typed at a prompt."""

from __future__ import annotations

from hydesk.cli.start import main

__all__ = ["main"]
