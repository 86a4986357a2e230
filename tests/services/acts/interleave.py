"""Random interleavings of two desks at one ledger, each step held against a plain record of who knew what.

    python -m tests.services.acts.interleave --rounds 1000 [--server postgresql://…/ledger]

A write that is acknowledged must have been decided on the value it overwrote; one that is refused must have been decided
on another. Every acknowledged act stands once in the list of acts. Each round both desks look anew, then do ``steps``
steps of writing, looking, undoing and redoing.
"""

from __future__ import annotations

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.stale import Stale
from hydesk.services.acts.undo_acts import acts
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.services.acts.two_desks import LI, ZHANG, Desk, remarks
from tests.services.made import fill


@dataclass
class Told:
    """What came of it."""

    written: int = 0
    refused: int = 0
    undone: int = 0


def run(handles: tuple[Ledger, Ledger], seed: int, rounds: int, steps: int) -> Told:
    """Let two desks at ``handles`` do random things. Raises AssertionError where a write was lost or refused wrongly."""
    rng = random.Random(seed)
    fill(handles[0], 3)
    desks = Desk(handles[0], ZHANG), Desk(handles[1], LI)
    told, number = Told(), 0
    acknowledged: dict[int, int] = {}
    """The project that each act wrote to."""
    for _ in range(rounds):
        for d in desks:
            d.look()
        unsure: dict[str, set[int]] = {d.actor.name: set() for d in desks}
        for _ in range(steps):
            desk = rng.choice(desks)
            what = rng.choice(("write", "write", "write", "look", "undo", "redo"))
            if what == "look":
                desk.look()
                unsure[desk.actor.name].clear()
            elif what == "write":
                project, number = rng.randint(1, 3), number + 1
                words = rng.choice((None, "甲", f"{desk.actor.name}{number}"))
                held, knew = remarks(desk.ledger)[project], desk.knows[project]
                try:
                    done = desk.write(project, words)
                except Stale as stale:
                    told.refused += 1
                    assert held != words
                    assert held != knew or project in unsure[desk.actor.name], f"{held!r} was known, and refused"
                    (told_of,) = stale.cells
                    assert told_of.now == held
                    assert remarks(desk.ledger)[project] == held
                    continue
                if done.wrote:
                    told.written += 1
                    acknowledged |= dict.fromkeys(done.acts, project)
                    assert held == knew or project in unsure[desk.actor.name], f"{held!r} was written over unseen"
            else:
                before = remarks(desk.ledger)
                stepped = desk.undo() if what == "undo" else desk.redo()
                told.undone += stepped is not None
                if stepped is not None:
                    assert stepped.own
                    after = remarks(desk.ledger)
                    # Whoever takes back his own act counts with what then stands there, now or once others take theirs back.
                    unsure[desk.actor.name].add(acknowledged[stepped.act_id])
                    desk.knows |= {p: after[p] for p in after if after[p] != before[p]}
    listed = [a.id for a in acts(handles[0])]
    assert len(listed) == len(set(listed))
    assert acknowledged.keys() <= set(listed)
    return told


def main() -> None:
    """Run as a script."""
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--server", help="address of an empty database; without it a file")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = wanted.server or str(Path(folder, "两台.hydesk"))
        create_ledger(where).close()
        handles = open_ledger(where), open_ledger(where)
        print(run(handles, wanted.seed, wanted.rounds, wanted.steps))
        for h in handles:
            h.close()


if __name__ == "__main__":
    main()
