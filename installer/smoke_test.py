"""Runs the program as a clerk would: python installer/smoke_test.py FOLDER_OF_THE_PROGRAM [--installed]

The frozen program, or with ``--installed`` the command that an installed wheel put into the folder.
Migrates an old ledger, takes in returns, undoes one, prints the report in three forms, checks the ledger, and paints
every screen offscreen. Standard library only, so that any Python can run it. Prints what was done, sizes and times;
the exit status is 1 at the first thing that is not as it should be.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLD_LEDGER = ROOT / "tests" / "db" / "ledgers" / "0001.hydesk.gz"
RETURNS = ROOT / "tests" / "samples" / "messy" / "returns"
ODS = ROOT / "tests" / "services" / "returns" / "templates" / "filled.ods"
TIDY = ROOT / "tests" / "samples" / "tidy"
SCREENS = {"home", "ledger", "returns", "nodes", "problems", "work", "reports", "settings", "handbook", "about"}
END = ".exe" if sys.platform == "win32" else ""


class Smoke:
    """The program in ``folder`` and a scratch folder to use it in; ``installed`` has one command for window and words."""

    def __init__(self, folder: Path, scratch: Path, *, installed: bool = False) -> None:
        self.folder, self.scratch = folder, scratch
        self.words = "hydesk" if installed else "hydesk-cli"
        self.environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", HOME=str(scratch), APPDATA=str(scratch),
                                LOCALAPPDATA=str(scratch), PYTHONUTF8="1")
        for name in ("PYTHONPATH", "PYTHONHOME", "HYDESK_LEDGER"):
            self.environment.pop(name, None)

    def run(self, *words: str | Path, expect: tuple[int, ...] = (0,), program: str = "") -> str:
        """Run the program; its output. Ends the test where the exit status is not one of ``expect``."""
        program = program or self.words
        command = [str(self.folder / (program + END)), *map(str, words)]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=self.scratch, env=self.environment, capture_output=True, timeout=300,
                              check=False)
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        print(f"{time.perf_counter() - start:6.1f} s  {program} {' '.join(map(str, words))[:100]}", flush=True)
        require(done.returncode in expect, f"exit status {done.returncode}\n{said}")
        require("Traceback" not in said, said)
        return said


def require(true: bool, what: str) -> None:
    """End the smoke test where ``true`` is not."""
    if not true:
        print(f"FAILED: {what}", file=sys.stderr)
        raise SystemExit(1)


def migrate(smoke: Smoke) -> None:
    """An old ledger is brought up to date; a copy of it is kept."""
    old = smoke.scratch / "旧台账.hydesk"
    old.write_bytes(gzip.decompress(OLD_LEDGER.read_bytes()))
    smoke.run("--ledger", old, "check")
    require(len(list(smoke.scratch.glob("旧台账.升级前-*"))) == 1, "no copy was kept before migrating")


def a_week(smoke: Smoke) -> Path:
    """The list, the returns in any form, undo, report, backup; the ledger."""
    ledger = smoke.scratch / "台账.hydesk"
    smoke.run("--ledger", ledger, "ledger", "import", TIDY / "ledger.xlsx", "--year", "2023")
    smoke.run("--ledger", ledger, "returns", "import", TIDY / "history.xlsx", "--period", "2023-05", expect=(0, 1))
    files = sorted(p for p in RETURNS.iterdir() if p.is_file())
    result = smoke.scratch / "result.json"
    smoke.run("--ledger", ledger, "returns", "import", *files, "--period", "2023-06", "--json", result, expect=(0, 1))
    read = json.loads(result.read_text(encoding="utf-8"))
    require(len(read["files"]) == len(files), f"{len(read['files'])} of {len(files)} files were read")
    refused = [f["file"] for f in read["files"] if f["status"] == "rejected"]
    require(not refused, f"not understood, unlike from source: {refused}")
    # An .ods is read by a second process, which the frozen program must find in itself.
    smoke.run("--ledger", ledger, "returns", "import", ODS, "--period", "2023-07", "--dry-run", "--json", result, expect=(0, 1, 3))
    (read_ods,) = json.loads(result.read_text(encoding="utf-8"))["files"]
    require(any(s["columns"] for s in read_ods["sheets"]), f"the second process read nothing: {read_ods['findings']}")
    smoke.run("--ledger", ledger, "returns", "undo", "3", expect=(0, 1))
    out = smoke.scratch / "报告"
    smoke.run("--ledger", ledger, "report", "monthly", "--period", "2023-06", "--out", out,
              "--format", "pdf,docx,xlsx", expect=(0, 1))
    made = {p.suffix: p.stat().st_size for p in out.iterdir()}
    require({".pdf", ".docx", ".xlsx"} <= set(made), f"the report is not whole: {made}")
    require(made[".pdf"] > 100_000, "the report's fonts are not embedded")
    smoke.run("--ledger", ledger, "template", "--period", "2023-07", "--out", smoke.scratch / "模板")
    smoke.run("--ledger", ledger, "backup", smoke.scratch / "备份.hydesk")
    smoke.run("--ledger", ledger, "check")
    return ledger


def bill(folder: Path) -> None:
    """The bill of materials and the licences' texts lie beside the program, and name what is in it."""
    found = json.loads((folder / "_internal" / "licences" / "bom.cdx.json").read_text(encoding="utf-8"))
    named = {part["name"].lower() for part in found["components"]}
    require({"qt", "pyside6_essentials", "sqlalchemy", "psycopg"} <= named, f"the bill of materials is not whole: {named}")
    texts = (folder / "_internal" / "licences" / "licences.txt").read_text(encoding="utf-8")
    require("GNU LESSER GENERAL PUBLIC LICENSE" in texts and len(texts) > 100_000, "the licences' texts are missing")


def reach(smoke: Smoke) -> None:
    """A ledger on a server is asked for by the driver that was brought along; nobody answers there."""
    said = smoke.run("--ledger", "postgresql://a:b@127.0.0.1:1/a", "returns", "list", expect=(3,))
    require("连不上" in said, f"the server's driver is missing: {said}")


def paint(smoke: Smoke, ledger: Path) -> None:
    """The window paints every screen."""
    pictures = smoke.scratch / "画面"
    smoke.run("--ledger", ledger, "pictures", "--out", pictures, program="hydesk")
    painted = {p.stem for p in pictures.glob("*.png") if p.stat().st_size > 10_000}
    require(painted >= SCREENS, f"screens not painted: {SCREENS - painted}")


def main(folder: Path, *, installed: bool = False) -> int:
    """Run everything against the program in ``folder``."""
    if not installed:
        size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
        print(f"size of the program's folder: {size / 1e6:.0f} MB")
        bill(folder)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        smoke = Smoke(folder.absolute(), Path(scratch), installed=installed)
        require("hydesk" in smoke.run("--version"), "no version")
        migrate(smoke)
        reach(smoke)
        paint(smoke, a_week(smoke))
    print("the installed program works" if installed else "the frozen program works")
    return 0


if __name__ == "__main__":
    folders = [word for word in sys.argv[1:] if word != "--installed"]
    if len(folders) != 1:
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(folders[0]), installed="--installed" in sys.argv))
