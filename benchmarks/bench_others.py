"""How soon twenty desks at one server learn that somebody wrote, and what it costs: by notices, and by asking every 1.5 s.

    python benchmarks/bench_others.py [--desks 20] [--writes 40]

Both ways in the same run at the same server. Printed for each: the time from the writer's commit to a desk's knowing (median,
95 of 100, longest), the processor time of the server and of all desks together, and what the server was asked, for a minute.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ASKING_SECONDS = 1.5


class Asking:
    """What a window did before there were notices: it asks now and then for the newest event, in a transaction."""

    def __init__(self, ledger: object, told: Callable[[int], None]) -> None:
        self._ledger, self._told, self._ended = ledger, told, threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        from hydesk.services.acts.newest_event import newest_event

        self._ended.wait(random.random() * ASKING_SECONDS)
        while not self._ended.wait(ASKING_SECONDS):
            self._told(newest_event(self._ledger))  # type: ignore[arg-type]

    def stop(self) -> None:
        self._ended.set()


def server_seconds() -> float:
    """The processor time of all processes of the server so far."""
    ticks, total = os.sysconf("SC_CLK_TCK"), 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = place.read_text().partition(") ")
        except OSError:
            continue
        if "(postgres" in name:
            fields = rest.split()
            total += int(fields[11]) + int(fields[12])
    return total / ticks


def measure(address: str, way: str, desks: int, writes: int) -> None:
    import psycopg
    from sqlalchemy import make_url

    from hydesk.db.ledger import connect
    from hydesk.db.watch import ServerWatch
    from hydesk.domain.fields import Field
    from hydesk.services.acts.newest_event import newest_event
    from hydesk.services.projects.edit_project import edit_project

    known = [0] * desks
    at: list[dict[int, float]] = [{} for _ in range(desks)]

    def hear(desk: int, newest: int) -> None:
        if newest > known[desk]:
            for event in range(known[desk] + 1, newest + 1):
                at[desk][event] = time.monotonic()
            known[desk] = newest

    ledgers = [connect(address) for _ in range(desks)]
    ends = []
    for n, ledger in enumerate(ledgers):
        if way == "notices":
            watch = ServerWatch(ledger, f"经办{n}", lambda seen, n=n: hear(n, seen.newest))  # type: ignore[misc]
            watch.claim(f"return/{n}")
            ends.append(watch.stop)
        else:
            ends.append(Asking(ledger, lambda newest, n=n: hear(n, newest)).stop)  # type: ignore[misc]
    time.sleep(4)
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as admin:
        def asked() -> int:
            admin.execute("SELECT pg_stat_clear_snapshot()")
            row = admin.execute("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()").fetchone()
            return int(row[0]) if row else 0

        time.sleep(1)
        idle = time.monotonic(), server_seconds(), time.process_time(), asked()
        time.sleep(20)
        quiet = time.monotonic() - idle[0]
        server, own, count = server_seconds() - idle[1], time.process_time() - idle[2], asked() - idle[3]
    writer, took = connect(address), []
    for n in range(writes):
        edit_project(writer, n % 2 + 1, Field.REMARK, f"{way}{n}")
        done, event = time.monotonic(), newest_event(writer)
        time.sleep(0.4 + random.random() * 0.4)
        took.append((event, done))
    time.sleep(2.5)
    late = sorted(at[d].get(event, float("inf")) - done for event, done in took for d in range(desks))
    for end in ends:
        end()
    for ledger in (*ledgers, writer):
        ledger.close()
    print(f"{way}: {desks} desks, {writes} writes: known after {statistics.median(late) * 1000:.0f} ms (median), "
          f"{late[int(len(late) * 0.95)] * 1000:.0f} ms (95 of 100), {late[-1] * 1000:.0f} ms (longest); while nobody writes, a minute: "
          f"server {server * 60 / quiet:.2f} s, all desks {own * 60 / quiet:.2f} s of processor, {count * 60 / quiet:.0f} transactions")


def main() -> None:
    from hydesk.services.upkeep.open_ledger import create_ledger
    from tests.postgres import NoServer, shared_server
    from tests.services.made import fill
    from tests.stores import Server

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=20)
    parser.add_argument("--writes", type=int, default=40)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            server = Server(os.environ.get("HYDESK_TEST_SERVER") or shared_server(Path(folder) / "postgres"))
        except NoServer as why:
            print(f"没有 PostgreSQL，不量：{why}", file=sys.stderr)
            return
        with server.bare() as address:
            made = create_ledger(address)
            fill(made, 2)
            made.close()
            for way in ("asking", "notices"):
                measure(address, way, wanted.desks, wanted.writes)
        server.close()


if __name__ == "__main__":
    main()
