"""What is held against what was looked at and kept: a change that moves anything fails, until somebody has looked again.

It stands beside tests of rules, never in their place: it says that something moved, not what is right. To keep what is
found now, after reading the differences: HYDESK_KEEP=1 pytest <the test>.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from pathlib import Path


def hold(kept: Path, lines: Iterable[str]) -> None:
    """Fail where ``lines`` are not those of the file ``kept``."""
    found = ["⏎".join(line.splitlines()) for line in lines]
    if os.environ.get("HYDESK_KEEP"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text("\n".join(found) + "\n", encoding="utf-8", newline="\n")
    before = kept.read_text(encoding="utf-8").splitlines()
    moved = list(difflib.unified_diff(before, found, "kept", "now", lineterm="", n=0))[:40]
    assert not moved, "\n".join(moved)
