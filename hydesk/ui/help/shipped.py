"""Everything that is given out with the program: versions, licences and their texts."""

from __future__ import annotations

import platform
import re
import sqlite3
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from PySide6.QtCore import qVersion

from hydesk.dataclass import dataclass
from hydesk.resource_files import resource

_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.I)
_LONGEST_NAME = 60
"""Some packages put the whole licence where its name belongs."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """One part: its name, version, the licence's name, and the licence's text (empty: none was given with it)."""

    name: str
    version: str
    licence: str
    text: str


@cache
def shipped() -> tuple[Shipped, ...]:
    """The program itself, Python, SQLite, the fonts, the data of another project, and every package in use, by name."""
    found: dict[str, Distribution] = {}
    for name in ("hydesk", "psycopg", "psycopg-binary", "keyring"):  # what a server needs, where it was installed
        _gather(name, found)
    own = found.pop("hydesk", None)
    head = [
        Shipped("hydesk", own.version if own else "", "MIT", _kept("..", "..", "LICENSE")),
        Shipped("Python", platform.python_version(), "PSF-2.0", _kept("Python.txt")),
        Shipped("SQLite", sqlite3.sqlite_version, "公有领域", ""),
        Shipped("Qt", qVersion(), "LGPL-3.0", _kept("LGPL-3.0.txt") + "\n\n" + _kept("GPL-3.0.txt")),
    ]
    fonts = [
        Shipped(f"{name}（字体）", "", "OFL-1.1", resource("fonts", file).read_text(encoding="utf-8"))
        for name, file in (("Noto Sans SC", "OFL-NotoSansSC.txt"), ("Noto Serif SC", "OFL-NotoSerifSC.txt"))
    ]
    pinyin = Shipped("pypinyin（拼音首字母）", "", "MIT", resource("pinyin", "LICENSE-pypinyin.txt").read_text(encoding="utf-8"))
    return (*head, *fonts, pinyin, *(_of(found[key]) for key in sorted(found)))


def _gather(name: str, found: dict[str, Distribution]) -> None:
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return
    try:
        found[key] = distribution(name)
    except PackageNotFoundError:
        return  # wanted on another system only
    for wanted in found[key].requires or ():
        if "extra ==" not in wanted and (match := re.match(r"[\w.-]+", wanted)):
            _gather(match[0], found)


def _of(package: Distribution) -> Shipped:
    about = package.metadata
    stated = str(about.get("License-Expression", "") or about.get("License", ""))  # type: ignore[attr-defined]
    licence = stated if 0 < len(stated) <= _LONGEST_NAME else _from_classifiers(about.get_all("Classifier") or [])
    name = about["Name"]
    text = _kept("LGPL-3.0.txt") if name.lower().startswith(("pyside6", "shiboken6")) else _texts(package)
    return Shipped(name, package.version, licence or "见全文", text)


def _from_classifiers(lines: list[str]) -> str:
    names = [line.rpartition(" :: ")[2] for line in lines if line.startswith("License :: ")]
    return "、".join(names)


def _texts(package: Distribution) -> str:
    texts = []
    for file in package.files or ():
        kept = "/licenses/" in file.as_posix() and file.suffix in (".txt", "")
        if ".dist-info" in str(file) and (kept or _LICENCE_FILE.search(file.name)):
            path = file.locate()
            try:
                texts.append(f"—— {file.name} ——\n{path.read_text(encoding='utf-8', errors='replace')}")  # type: ignore[attr-defined]
            except OSError:
                continue
    return "\n\n".join(texts)


def _kept(*parts: str) -> str:
    path = resource("licences", *parts)
    return path.read_text(encoding="utf-8") if path.is_file() else ""
