"""Random damage to a ledger's file: each is told or harmless, none is written to, and a rescue brings back what is there.

    python -m tests.reliability.damage --damages 300 --seed 1

What can be read is reckoned apart from the program's own rescue: the rows of every page that the damage left alone.
"""

from __future__ import annotations

import argparse
import gzip
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from hydesk.domain.errors import HydeskError
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.services.upkeep.rescue_ledger import rescue_ledger

PAGE = 4096
OLD = Path(__file__).resolve().parent.parent / "db" / "ledgers" / "0003.hydesk.gz"
Chance = random.Random
Row = tuple[str, int]


def _noise(content: bytearray, chance: Chance) -> None:
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(0, len(content) // PAGE) * PAGE
        content[at:at + PAGE] = chance.randbytes(PAGE)


def _zeros(content: bytearray, chance: Chance) -> None:
    at = chance.randrange(0, len(content) // PAGE) * PAGE
    length = chance.randint(1, 12) * PAGE
    content[at:at + length] = bytes(min(length, len(content) - at))


def _cut(content: bytearray, chance: Chance) -> None:
    del content[len(content) - chance.randint(1, len(content) // 20):]


def _cut_and_padded(content: bytearray, chance: Chance) -> None:
    length = chance.randint(1, 6) * PAGE
    content[-length:] = bytes(length)


def _page_missing(content: bytearray, chance: Chance) -> None:
    at = chance.randrange(1, len(content) // PAGE) * PAGE
    del content[at:at + PAGE]
    content.extend(bytes(PAGE))


def _head(content: bytearray, chance: Chance) -> None:
    for _ in range(chance.randint(1, 40)):
        content[chance.randrange(100)] = chance.randrange(256)


def _bits(content: bytearray, chance: Chance) -> None:
    for _ in range(chance.randint(1, 60)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _swapped(content: bytearray, chance: Chance) -> None:
    first, second = (chance.randrange(1, len(content) // PAGE) * PAGE for _ in range(2))
    content[first:first + PAGE], content[second:second + PAGE] = content[second:second + PAGE], content[first:first + PAGE]


KINDS: dict[str, Callable[[bytearray, Chance], None]] = {
    "noise": _noise, "zeros": _zeros, "cut": _cut, "cut and padded": _cut_and_padded, "page missing": _page_missing,
    "head": _head, "bits": _bits, "pages swapped": _swapped}


@dataclass
class Told:
    """What came of all damages."""

    kinds: Counter[str]
    faults: list[str]
    readable: int = 0
    saved: int = 0


def rows_of(path: Path) -> dict[Row, tuple[object, ...]]:
    """Every row of a sound ledger by table and number."""
    found: dict[Row, tuple[object, ...]] = {}
    with closing(sqlite3.connect(path)) as c:
        for (table,) in c.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                                  "AND name <> 'alembic_version'").fetchall():
            for number, *values in c.execute(f'SELECT rowid, * FROM "{table}"'):
                found[table, number] = tuple(values)
    return found


def pages_of(path: Path) -> dict[int, list[Row]]:
    """The rows of each leaf page of a sound ledger, found by SQLite's own account of the file where it has one."""
    with closing(sqlite3.connect(path)) as c:
        try:
            c.execute("SELECT count(*) FROM dbstat").fetchone()
        except sqlite3.OperationalError:
            return {}
        found: dict[int, list[Row]] = {}
        for table, page, cells in c.execute(
                "SELECT s.name, s.pageno, s.ncell FROM dbstat s JOIN sqlite_master m ON m.name = s.name AND m.type = 'table' "
                "WHERE s.pagetype = 'leaf' ORDER BY s.name, s.path").fetchall():
            found.setdefault(page, []).append((str(table), int(cells)))
        return found


def readable(before: bytes, after: bytes, leaves: dict[int, list[Row]]) -> int:
    """How many rows lie on leaf pages that are still in the damaged file, wherever in it."""
    held = {after[at:at + PAGE] for at in range(0, len(after), PAGE)}
    return sum(cells for page, rows in leaves.items() for _, cells in rows
               if page != 1 and before[(page - 1) * PAGE:page * PAGE] in held)


def try_one(source: Path, folder: Path, kind: str, chance: Chance, leaves: dict[int, list[Row]],
            truth: dict[Row, tuple[object, ...]], told: Told) -> None:
    """One damage of ``kind`` to a copy of ``source``."""
    path = folder / "台账.hydesk"
    before = source.read_bytes()
    content = bytearray(before)
    KINDS[kind](content, chance)
    path.write_bytes(content)
    after = bytes(content)
    told.kinds[kind] += 1
    if not _told(path) and not _harmless(path, truth):
        told.faults.append(f"{kind}: neither told nor harmless")
    if _written(path, after):
        told.faults.append(f"{kind}: written to")
    out = folder / "救出.hydesk"
    expected = readable(before, after, leaves)
    saved = 0
    try:
        rescue_ledger(path, out)
        saved = _same(truth, rows_of(out))
    except HydeskError:
        pass
    for left in folder.glob("救出*"):
        left.unlink()
    told.readable += expected
    told.saved += min(saved, expected)
    if saved < 0.95 * expected:
        told.faults.append(f"{kind}: {saved} of {expected} readable rows saved")


def _same(truth: dict[Row, tuple[object, ...]], saved: dict[Row, tuple[object, ...]]) -> int:
    """How many rows are there with the values they had; seals are made anew where some of the log is lost."""
    return sum(saved.get(row) == values or (row[0] == "log_seals" and row in saved) for row, values in truth.items())


def _told(path: Path) -> bool:
    try:
        return bool(check_ledger(path))
    except HydeskError:
        return True


def _harmless(path: Path, truth: dict[Row, tuple[object, ...]]) -> bool:
    try:
        return rows_of(path) == truth
    except (sqlite3.Error, ValueError):
        return False


def _written(path: Path, after: bytes) -> bool:
    """Whether a ledger that is refused was changed all the same; one that opens may be written to."""
    path.write_bytes(after)
    try:
        ledger = open_ledger(path)
    except HydeskError:
        left = path.read_bytes() != after or path.with_name(path.name + "-wal").exists()
        path.write_bytes(after)
        return left
    try:
        undo_last(ledger)
    except HydeskError:
        pass
    finally:
        ledger.close()
    path.write_bytes(after)
    return False


def run(source: Path, damages: int, seed: int, say: Callable[[str], None] = lambda _: None) -> Told:
    """``damages`` random damages to copies of ``source``, kind after kind."""
    chance, told = random.Random(seed), Told(Counter(), [])
    leaves, truth = pages_of(source), rows_of(source)
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):  # what was run by then counts
        for number in range(damages):
            kind = list(KINDS)[number % len(KINDS)]
            try_one(source, Path(folder), kind, chance, leaves, truth, told)
            say(f"\r{number + 1} of {damages}, {len(told.faults)} faults")
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--damages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ledger", type=Path, help="a sound ledger; a small demonstration's where none is named")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "whole.hydesk")
        if wanted.ledger is not None:
            shutil.copy(wanted.ledger, source)
        else:
            source.write_bytes(gzip.decompress(OLD.read_bytes()))
            open_ledger(source).close()
        told = run(source, wanted.damages, wanted.seed, sys.stderr.write)
    print(f"\n{told.kinds.total()} damages {dict(told.kinds)}: {told.saved} of {told.readable} readable rows saved "
          f"({100 * told.saved / max(told.readable, 1):.2f} %), {len(told.faults)} faults")
    print("\n".join(told.faults))
    return 1 if told.faults else 0


if __name__ == "__main__":
    sys.exit(main())
