"""A copy of the program with the examples of CONTRIBUTING.md put into it, each where the page says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from hydesk.db.migrate import REVISIONS

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"In `(?P<file>[^`]+)`, (?P<where>before|after) `(?P<line>[^`]+)`:\n\n```python\n(?P<code>.*?)```", re.S)
_FILE = re.compile(r"^A file `(?P<file>[^`]+)`:\n\n```python\n(?P<code>.*?)```", re.S | re.M)
_MIGRATION = re.compile(r"A migration, `(?P<file>[^`]+)`.*?```python\n(?P<code>.*?)```", re.S)


def section(title: str) -> str:
    """The part of CONTRIBUTING.md under ``title``."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def copy_with(title: str, folder: Path) -> set[str]:
    """Copies the program to ``folder`` and applies the examples of ``title``; the files of the program touched."""
    shutil.copytree(ROOT / "hydesk", folder / "hydesk", ignore=shutil.ignore_patterns("__pycache__"))
    os.symlink(ROOT / "resources", folder / "resources")
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("pictures"))
    touched = set()
    page = section(title)
    for found in _BLOCK.finditer(page):
        path = folder / found["file"]
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        at = [n for n, line in enumerate(lines) if line.startswith(found["line"])]
        assert len(at) == 1, f"{found['file']}: {found['line']}"
        place = at[0] + (found["where"] == "after")
        gap = "\n\n" if found["code"].startswith("def ") else ""
        lines.insert(place, found["code"] + gap)
        path.write_text("".join(lines), encoding="utf-8")
        touched.add(found["file"])
    for whole in _FILE.finditer(page):
        path = folder / whole["file"]
        path.parent.mkdir(exist_ok=True)
        path.write_text(whole["code"], encoding="utf-8")
        touched.add(whole["file"])
    if (made := _MIGRATION.search(page)) is not None:
        last, new = REVISIONS[-1], f"{int(max(REVISIONS)) + 1:04}"
        path = folder / made["file"].replace("NNNN", new)
        path.write_text(made["code"].replace("NNNN", new).replace("MMMM", last), encoding="utf-8")
        versions = folder / "hydesk/db/migrate.py"
        text = versions.read_text(encoding="utf-8")
        assert f'"{last}")' in text
        versions.write_text(text.replace(f'"{last}")', f'"{last}", "{new}")'), encoding="utf-8")
        touched |= {made["file"], "hydesk/db/migrate.py"}
    _lint(folder, [f for f in touched if (folder / f).is_file()])
    return touched


def _lint(folder: Path, files: list[str]) -> None:
    """What a newcomer runs first after copying an example must not find fault with it."""
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "--no-cache", "--config", str(ROOT / "pyproject.toml"), *files],
                          capture_output=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stdout.decode()


def run_there(script: Path, folder: Path) -> str:
    """Runs ``script`` with the copied program; what it printed."""
    place = {**os.environ, "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, str(script), str(folder)], capture_output=True, env=place, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()
