"""Every hostile file there is a maker for, by the name it is given."""

from __future__ import annotations

from pathlib import Path

from tests.reliability.hostile_ooxml import OOXML, Maker
from tests.reliability.hostile_others import OTHERS

HOSTILE: dict[str, Maker] = {f"{name}.xlsx": maker for name, maker in OOXML.items()} | OTHERS


def make_all(folder: Path) -> Path:
    """Write every file into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, maker in HOSTILE.items():
        (folder / name).write_bytes(maker())
    return folder
