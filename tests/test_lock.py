"""requirements.lock holds everything that pyproject.toml asks for, in a version it allows, with the files' hashes."""

from __future__ import annotations

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.test_architecture import ROOT

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)([^\n]*)\n((?:\s+--hash=sha256:[0-9a-f]{64}[^\n]*\n)*)", re.M)


def locked() -> dict[str, list[tuple[str, int]]]:
    """By package the versions in the lock, each with how many files it may be."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, version, _, hashes in _PINNED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8") + "\n"):
        found.setdefault(canonicalize_name(name), []).append((version, hashes.count("--hash=")))
    return found


def asked() -> list[Requirement]:
    """What the program, its tests and its building ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    every = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    return [r for r in map(Requirement, every) if r.name != "hydesk"]


def test_the_lock_holds_what_is_asked_for() -> None:
    held, wanted = locked(), asked()
    for one in wanted:
        versions = held.get(canonicalize_name(one.name), [])
        assert any(one.specifier.contains(v) for v, _ in versions), f"{one} is locked as {versions}: make lock"
        # Another Python may want another version.
        ranges = [r.specifier for r in wanted if r.name == one.name]
        assert all(any(r.contains(v) for r in ranges) for v, _ in versions), f"{one} is locked as {versions}: make lock"


def test_every_file_in_the_lock_is_known_by_its_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    held = locked()
    assert len(held) > 40
    assert not [name for name, versions in held.items() if not all(files for _, files in versions)]
    assert sum(len(v) for v in held.values()) == len(re.findall(r"^\S+==", text, re.M))
    assert "://" not in text, "a lock names no place"


def test_what_is_asked_for_leaves_room_upwards_and_an_end() -> None:
    for wanted in asked():
        signs = {s.operator for s in wanted.specifier}
        assert signs == {">=", "<"}, f"{wanted}: from what was tried up to what is not"
