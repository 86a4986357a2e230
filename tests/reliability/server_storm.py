"""Many desks at one ledger on a server, some of them killed at any moment and the server crashing twice.

    python -m tests.reliability.server_storm [--desks 8] [--acts 200] [--seed 1] [--crashes 2]

Each desk is a process of its own with a login of its own. It writes down what it decided on before, and what was
acknowledged after each act, on disk. At the end the ledger is asked with plain SQL, by nothing of the program's, whether
every acknowledged act stands in the log once, over the value that was decided on, and whether the tables hold what the
log says when it is read from its beginning.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from hydesk.db.ledger import Ledger
from hydesk.db.models import Project
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.people import PersonRole
from hydesk.domain.stale import Stale
from hydesk.services.acts.deciding import deciding_on, seen_now
from hydesk.services.acts.undo_acts import redo_newest, undo_newest
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.upkeep.keep_people import add_person, set_up_people
from hydesk.services.upkeep.open_ledger import create_ledger, open_ledger
from tests.postgres import programs, runs_as
from tests.postgres_keeper import SETTINGS, Failed, Server
from tests.services.made import fill

PASSWORD = "衡阳重点项目2023"
PROJECTS = 12
"""Few, so that desks meet."""
FIELDS = (Field.REMARK, Field.BUILDER, Field.SCALE)


class DurableServer(Server):
    """A server that keeps what it acknowledged through a crash, and comes back at the same port."""

    def start(self) -> str:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            SETTINGS[name] = "on"
        return super().start()

    def crash(self, port: int) -> None:
        """Stop without a word, as when the power goes, and start again."""
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        for _ in range(40):
            with suppress(Failed):
                self._run("pg_ctl", "-D", self._data, "-l", self._folder / "log", "-o", f"-p {port}", "-w", "start")
                return
            time.sleep(0.5)
        raise Failed("it did not come back")


# ---- a desk ------------------------------------------------------------------------------------------------------------


class Notebook:
    """What a desk writes down: a line is on disk before the next thing is done."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")

    def note(self, what: str, **told: Any) -> None:
        self._file.write(json.dumps({"what": what, **told}, ensure_ascii=False) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def work(address: str, path: Path, seed: int, wanted: int) -> None:
    """Do things until ``wanted`` acts were acknowledged, those of earlier lives counted."""
    rng, notes, login = random.Random(seed), Notebook(path), make_url(address).username
    done = sum(line["what"] in ("wrote", "undid", "redid") for line in lines_of(path))
    ledger: Ledger | None = None
    while done < wanted:
        try:
            if ledger is None:
                ledger = open_ledger(address)
            done += _one(ledger, rng, notes, f"{login}-{seed}")
        except HydeskError as error:
            notes.note("told", said=str(error))
            time.sleep(0.3)
            if ledger is not None:
                ledger.close()
            ledger = None
    notes.note("ended")


def _one(ledger: Ledger, rng: random.Random, notes: Notebook, name: str) -> int:
    what = rng.choice(("write",) * 8 + ("undo", "redo"))
    if what != "write":
        notes.note("will step")
        stepped = (undo_newest if what == "undo" else redo_newest)(ledger)
        if stepped is None:
            return 0
        notes.note("undid" if what == "undo" else "redid", act=stepped.act_id)
        return 1
    project, where = rng.randint(1, PROJECTS), rng.choice(FIELDS)
    seen = seen_now(ledger)
    held = _held(ledger, project, where)
    value = f"{name}-{rng.getrandbits(40):010x}"
    time.sleep(rng.random() * 0.03)  # somebody types
    notes.note("will write", project=project, field=where.value, seen=held, value=value)
    try:
        with deciding_on(ledger, seen):
            done = edit_project(ledger, project, where, value)
    except Stale as stale:
        notes.note("refused", project=project, by=[c.by for c in stale.cells] if hasattr(stale.cells[0], "by") else [])
        return 0
    notes.note("wrote", act=done.acts[0], project=project, field=where.value, seen=held, value=value)
    return 1


def _held(ledger: Ledger, project: int, where: Field) -> str | None:
    from sqlalchemy import select

    with ledger.read() as connection:
        return connection.execute(select(getattr(Project, where.value)).where(Project.id == project)).scalar()


def lines_of(path: Path) -> list[dict[str, Any]]:
    """What a desk wrote down; a line cut off by a kill is none."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        with suppress(ValueError):
            found.append(json.loads(line))
    return found


# ---- the storm ---------------------------------------------------------------------------------------------------------


@dataclass
class Came:
    """What came of it."""

    acknowledged: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    kills: int = 0
    crashes: int = 0
    told: Counter[str] = field(default_factory=Counter)
    unacknowledged: int = 0
    """Acts and marks in the log that no desk lived to see acknowledged."""
    wrong: list[str] = field(default_factory=list)


def storm(folder: Path, *, desks: int, acts: int, seed: int, crashes: int, kills: int, say: Any = print) -> Came:
    """Run it all; what is wrong is told, not raised."""
    rng, came = random.Random(seed), Came()
    import pwd

    server = DurableServer(programs(), pwd.getpwnam(runs_as()).pw_name)
    address = server.start()
    try:
        place, names = _prepare(address, desks)
        port = int(make_url(place).port or 0)
        notebooks = {name: folder / f"{number}.jsonl" for number, name in enumerate(names)}
        lives: dict[str, subprocess.Popen[bytes]] = {}
        started = Counter[str]()

        def start(name: str) -> None:
            own = make_url(place).set(username=name, password=PASSWORD).render_as_string(hide_password=False)
            started[name] += 1
            lives[name] = subprocess.Popen([sys.executable, "-m", "tests.reliability.server_storm", "--work", own,
                                            "--notes", str(notebooks[name]), "--seed", str(seed * 1000 + started[name] * 50 + names.index(name)),
                                            "--acts", str(acts)])

        for name in names:
            start(name)
        total = desks * acts
        at = [total * (n + 1) // (crashes + 1) for n in range(crashes)]
        kill_at = sorted(rng.randrange(1, max(2, int(total * 0.95))) for _ in range(kills))
        while any(p.poll() is None for p in lives.values()):
            time.sleep(0.4)
            so_far = sum(line["what"] in ("wrote", "undid", "redid") for p in notebooks.values() for line in lines_of(p))
            if at and so_far >= at[0]:
                at.pop(0)
                server.crash(port)
                came.crashes += 1
            alive = [n for n, p in lives.items() if p.poll() is None]
            if alive and kill_at and so_far >= kill_at[0]:  # by what is done, so that a slow machine gets as far as a quick one
                kill_at.pop(0)
                time.sleep(rng.random() * 0.3)
                name = rng.choice(alive)
                lives[name].send_signal(signal.SIGKILL)
                lives[name].wait()
                came.kills += 1
                start(name)
        for name, life in lives.items():
            if life.returncode:
                came.wrong.append(f"{name} ended with {life.returncode}")
        _judge(place, notebooks, came)
    finally:
        server.stop()
    return came


def _prepare(address: str, desks: int) -> tuple[str, list[str]]:
    with psycopg.connect(f"{address}/postgres", autocommit=True) as admin:
        admin.execute("CREATE DATABASE storm TEMPLATE template0 ENCODING 'UTF8'")
    place = f"{address}/storm"
    create_ledger(place).close()
    ledger = open_ledger(place)
    fill(ledger, PROJECTS)
    set_up_people(ledger, "主管", PASSWORD)
    names = [f"经办{n}" for n in range(desks)]
    for name in names:
        add_person(ledger, name, PersonRole.CLERK, PASSWORD)
    ledger.close()
    return place, names


def _judge(place: str, notebooks: dict[str, Path], came: Came) -> None:
    with psycopg.connect(make_url(place).set(drivername="postgresql").render_as_string(hide_password=False)) as asked:
        acts = {n: (actor, kind) for n, actor, kind in asked.execute("SELECT id, actor, kind FROM acts")}
        entries = asked.execute("SELECT id, act_id, entity, project_id, field, old, new FROM change_log ORDER BY id").fetchall()
        marks = asked.execute("SELECT act_id, kind, actor FROM act_marks ORDER BY id").fetchall()
        tables = {(p, f): v for f in FIELDS for p, v in asked.execute(f"SELECT id, {f.value} FROM projects")}
    of_act: dict[int, list[tuple[Any, ...]]] = {}
    for entry in entries:
        of_act.setdefault(entry[1], []).append(entry)
    steps: Counter[tuple[str, str, int]] = Counter((kind, actor, act) for act, kind, actor in marks)
    acknowledged: set[int] = set()
    for name, path in notebooks.items():
        own_steps: Counter[tuple[str, str, int]] = Counter()
        for line in lines_of(path):
            what = line["what"]
            if what == "wrote":
                came.acknowledged["wrote"] += 1
                if line["act"] in acknowledged:
                    came.wrong.append(f"{name}: A{line['act']} was acknowledged twice")
                acknowledged.add(line["act"])
                _judge_write(name, line, acts, of_act, came)
            elif what in ("undid", "redid"):
                came.acknowledged[what] += 1
                own_steps[("undone" if what == "undid" else "redone", name, line["act"])] += 1
            elif what == "refused":
                came.refused += 1
            elif what == "told":
                came.told[line["said"]] += 1
        for step, count in own_steps.items():
            if steps[step] < count:
                came.wrong.append(f"{name}: {step} acknowledged {count} times stands {steps[step]} times")
    own_acts = {n for n, (actor, _) in acts.items() if actor in notebooks}
    came.unacknowledged = len(own_acts - acknowledged) + len(marks) - came.acknowledged["undid"] - came.acknowledged["redid"]
    if came.unacknowledged > came.kills + came.crashes * len(notebooks):
        came.wrong.append(f"{came.unacknowledged} in the log that nobody saw acknowledged, after {came.kills} kills and {came.crashes} crashes")
    _judge_replay(entries, marks, tables, came)


def _judge_write(name: str, line: dict[str, Any], acts: dict[int, tuple[str, str]], of_act: dict[int, list[tuple[Any, ...]]],
                 came: Came) -> None:
    act = line["act"]
    if acts.get(act, ("",))[0] != name:
        came.wrong.append(f"{name}: A{act} is lost or another's")
        return
    held = [e for e in of_act.get(act, ()) if (e[3], e[4]) == (line["project"], line["field"])]
    if len(held) != 1 or held[0][6] != line["value"]:
        came.wrong.append(f"{name}: A{act} stands {len(held)} times in the log")
    elif held[0][5] != line["seen"]:
        came.wrong.append(f"{name}: A{act} wrote over {held[0][5]!r}, having seen {line['seen']!r}")


def _judge_replay(entries: list[tuple[Any, ...]], marks: list[tuple[Any, ...]], tables: dict[tuple[int, Field], str | None],
                  came: Came) -> None:
    """The log from its beginning: what holds is the newest entry of an act that is not undone."""
    undone: dict[int, bool] = {}
    for act, kind, _ in marks:
        undone[act] = kind == "undone"
    places: dict[tuple[int, str], list[tuple[Any, ...]]] = {}
    for entry in entries:
        if entry[2] == "project":
            places.setdefault((entry[3], entry[4]), []).append(entry)
    for (project, where), found in tables.items():
        log = places.get((project, where.value), [])
        standing = [e for e in log if not undone.get(e[1], False)]
        held = standing[-1][6] if standing else (log[0][5] if log else None)
        if held != found:
            came.wrong.append(f"project {project} {where.value}: the log says {held!r}, the table {found!r}")


def main() -> None:
    """Run as a script."""
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=8)
    parser.add_argument("--acts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--crashes", type=int, default=2)
    parser.add_argument("--kills", type=int, default=26)
    parser.add_argument("--work")
    parser.add_argument("--notes", type=Path)
    wanted = parser.parse_args()
    if wanted.work:
        work(wanted.work, wanted.notes, wanted.seed, wanted.acts)
        return
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        came = storm(Path(folder), desks=wanted.desks, acts=wanted.acts, seed=wanted.seed, crashes=wanted.crashes,
                     kills=wanted.kills)
    print(f"{time.monotonic() - began:.0f} s: acknowledged {dict(came.acknowledged)}, refused {came.refused}, kills {came.kills}, "
          f"crashes {came.crashes}, unacknowledged {came.unacknowledged}, wrong {len(came.wrong)}")
    for said, count in came.told.most_common():
        print(f"  told {count} times: {said}")
    for one in came.wrong[:20]:
        print("  WRONG:", one)
    sys.exit(1 if came.wrong else 0)


if __name__ == "__main__":
    main()
