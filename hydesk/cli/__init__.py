"""hydesk without a window: the same use cases as words typed at a prompt."""

from __future__ import annotations

import gc

# Importing makes many objects and hardly any garbage; searching for it took a twentieth of the whole start.
_collecting = gc.isenabled()
gc.disable()

from hydesk.cli.start import main  # noqa: E402

if _collecting:
    gc.enable()
# A command makes many values and few cycles, and ends: it looks for garbage a thirtieth as often (a twentieth of a report).
gc.set_threshold(200_000, 20, 50)

__all__ = ["main"]
