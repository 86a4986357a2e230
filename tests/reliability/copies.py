"""Copies of an open ledger by cp, a second after an act, while others read it: each holds that act and is whole.

    python -m tests.reliability.copies --copies 100
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from hydesk.domain.fields import Field
from hydesk.services.pages.project_page import project_page
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import Ledger, create_ledger, open_ledger
from tests.services.made import JUNE, facts, take_list


def faults_of(copy: Path, words: str) -> list[str]:
    """What is wrong in a copy that should hold ``words``, taken where no side file came along."""
    found = [f.message for f in check_ledger(copy)]
    ledger = open_ledger(copy)
    try:
        held = project_page(ledger, 1, JUNE).facts[Field.REMARK]
    finally:
        ledger.close()
    return found + ([] if held == words else [f"{held} in place of {words}"])


def copy_many(copies: int, wait: float, folder: Path) -> list[str]:
    """What was wrong in ``copies`` copies, each begun ``wait`` seconds after an act."""
    path = folder / "台账.hydesk"
    ledger = create_ledger(path)
    take_list(ledger, *(facts(n) for n in range(1, 101)))
    ledger.close()
    ledger = open_ledger(path)
    ended = threading.Event()
    readers = [threading.Thread(target=_read, args=(ledger, ended)) for _ in range(2)]
    for reader in readers:
        reader.start()
    faults = []
    try:
        for n in range(copies):
            edit_project(ledger, 1, Field.REMARK, f"第{n}次", JUNE, "x")
            time.sleep(wait)
            copy = folder / f"{n}.hydesk"
            subprocess.run(["cp", path, copy], check=True)
            faults += faults_of(copy, f"第{n}次")
            copy.unlink()
    finally:
        ended.set()
        for reader in readers:
            reader.join()
        ledger.close()
    return faults


def _read(ledger: Ledger, ended: threading.Event) -> None:
    while not ended.wait(0.02):
        list_standings(ledger, JUNE)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--copies", type=int, default=100)
    parser.add_argument("--wait", type=float, default=1.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        faults = copy_many(given.copies, given.wait, Path(folder))
    print("\n".join(faults))
    print(f"{given.copies} copies, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
