"""numpy kept out of where nobody reckons with it.

openpyxl loads it wherever it is there, only to know its numbers: 25 MB and a tenth of a second for every window that takes a
return in. The one page that draws with it lets it in first.
"""

from __future__ import annotations

import sys


def keep_aside() -> None:
    """Let ``import numpy`` fail as where it is not installed, unless it is loaded already."""
    sys.modules.setdefault("numpy", None)  # type: ignore[arg-type]


def let_in() -> None:
    """Let it be imported from now on."""
    if sys.modules.get("numpy", sys) is None:
        del sys.modules["numpy"]
