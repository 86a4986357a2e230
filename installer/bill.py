"""Writes what the program is made of and under which licences: python installer/bill.py FOLDER

``bom.cdx.json`` is a bill of materials in CycloneDX 1.5, for whoever must answer which version of what is in use;
``licences.txt`` holds the licences' texts. Both are made of what 关于 shows, in the environment that is frozen.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from hydesk.ui.help.shipped import Shipped, shipped

BILL, LICENCES = "bom.cdx.json", "licences.txt"
_SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_FAMILIES = {"BSD", "Apache", "GPL", "LGPL"}
"""What some packages state as their licence, and which SPDX knows only with a version."""
_APART = {"Python", "SQLite", "Qt"}
"""What comes with Python or with PySide6, not as a package of its own."""


def write_bill(folder: Path) -> None:
    """Write both files into ``folder``."""
    own, *parts = shipped()
    document = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": _component(own, "application")},
        "components": [_component(part, "library") for part in parts],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / BILL).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    texts = [f"{'=' * 78}\n{part.name} {part.version}".rstrip() + f"\n{part.licence}\n\n{part.text}".rstrip() for part in (own, *parts)]
    (folder / LICENCES).write_text("\n\n".join(texts) + "\n", encoding="utf-8")


def _component(part: Shipped, kind: str) -> dict[str, Any]:
    font = part.name.endswith("（字体）")
    name = part.name.removesuffix("（字体）")
    found: dict[str, Any] = {"type": "file" if font else kind, "name": name}
    if part.version:
        found["version"] = part.version
    if not font and name not in _APART:
        found["purl"] = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{part.version}"
    if _SPDX.fullmatch(part.licence) and part.licence not in _FAMILIES:
        found["licenses"] = [{"expression": part.licence}]
    else:
        found["licenses"] = [{"license": {"name": part.licence}}]
    return found


if __name__ == "__main__":
    write_bill(Path(sys.argv[1]))
