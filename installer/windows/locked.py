"""Says what of requirements.lock a Windows with CPython 3.11 installs, hashes and all: python locked.py [LEFT_OUT ...]

pip can fetch files for another system, but reads the conditions of a list of requirements for its own; here they are
read for Windows. What runs on no Windows desktop (linters) and what is named is left out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from packaging.markers import Marker

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
WINDOWS = {
    "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64",
    "python_version": "3.11", "python_full_version": "3.11.9", "implementation_name": "cpython",
    "platform_python_implementation": "CPython", "implementation_version": "3.11.9",
}
TOOLS = {"ast-serialize", "mypy", "mypy-extensions", "librt", "pathspec", "ruff"}
_ENTRY = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)(?: ; (?P<condition>[^\\\n]+))? ?\\\n(?P<files>(?:    --hash=.*\n?)+)", re.M)


def locked(left_out: set[str]) -> str:
    """The entries that hold on Windows, as pip reads them."""
    entries = []
    for entry in _ENTRY.finditer(LOCK.read_text(encoding="utf-8") + "\n"):
        condition = entry["condition"]
        if entry["name"] in left_out or (condition and not Marker(condition).evaluate(WINDOWS)):
            continue
        entries.append(f"{entry['name']}=={entry['version']} \\\n{entry['files'].rstrip()}\n")
    return "".join(entries)


if __name__ == "__main__":
    sys.stdout.write(locked(TOOLS | set(sys.argv[1:])))
