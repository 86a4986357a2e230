"""Writes what the program is made of and under which licences: python installer/bill.py FOLDER

``bom.cdx.json`` is a bill of materials in CycloneDX 1.5, for whoever must answer which version of what is in use;
``licences.txt`` holds the licences' texts. Both are made of what 关于 shows, in the environment that is frozen.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
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
    parts += _starter()
    document = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": _component(own, "application")},
        "components": [_component(part, "library") for part in parts],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / BILL).write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    texts = [f"{'=' * 78}\n{part.name} {part.version}".rstrip() + f"\n{part.licence}\n\n{part.text}".rstrip() for part in (own, *parts)]
    (folder / LICENCES).write_text("\n\n".join(texts) + "\n", encoding="utf-8")


def _starter() -> list[Shipped]:
    """What PyInstaller puts into both programs to start them; it is no package that they import, so that 关于 does not find it."""
    try:
        found = distribution("pyinstaller")
    except PackageNotFoundError:
        return []
    text = next((f.read_text(encoding="utf-8") for f in found.files or () if f.name == "COPYING.txt"), "")
    return [Shipped("PyInstaller", found.version, "GPL-2.0-or-later WITH Bootloader-exception", text)]


def _component(part: Shipped, kind: str) -> dict[str, Any]:
    name, _, data = part.name.partition("（")
    found: dict[str, Any] = {"type": "data" if data and "字体" not in data else "file" if data else kind, "name": name}
    if part.version:
        found["version"] = part.version
    if not data and name not in _APART:
        found["purl"] = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{part.version}"
    if _SPDX.fullmatch(part.licence) and part.licence not in _FAMILIES:
        found["licenses"] = [{"expression": part.licence}]
    else:
        found["licenses"] = [{"license": {"name": part.licence}}]
    return found


if __name__ == "__main__":
    write_bill(Path(sys.argv[1]))
