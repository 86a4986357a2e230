"""Judge the doubts on made-up cities and print the table of docs/doubts.md.

    python scripts/judge_doubts.py paced 0 8        # kind of city, first seed, one past the last
    python scripts/judge_doubts.py contracts 0 8
    python scripts/judge_doubts.py stages 0 20 schemes   # the second set of cookings and look-alikes (tests/worlds/schemes.py)

Slow (a minute of processor time for every six cities): not part of the tests, which hold a compact sample.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.worlds import contracts, drifting, paced, stages
from tests.worlds.cookings import COOKINGS
from tests.worlds.innocent import LOOK_ALIKES
from tests.worlds.schemes import HONEST, SCHEMES
from tests.worlds.trial import run, table

CITIES = {"paced": paced.city, "contracts": contracts.city, "drifting": drifting.city, "stages": stages.city}


def main(kind: str, first: str, last: str, which: str = "") -> None:
    """Judge the cities of ``kind`` with the seeds from ``first`` up to ``last``."""
    cooks, alike = (SCHEMES, HONEST) if which == "schemes" else (COOKINGS, LOOK_ALIKES)
    tally = run(CITIES[kind], range(int(first), int(last)), cooks, alike)
    print(table(tally))
    for seed, month, strength, put in tally.missed:
        if strength in ("blatant", "plain"):
            print(f"missed: city {seed}, month {month}, {strength} {put.kind} in {put.unit}")


if __name__ == "__main__":
    main(*sys.argv[1:])
