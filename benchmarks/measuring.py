"""How benchmarks measure and what they print: one JSON line with the figure, the floor beside it and the ratio."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The median time of ``work`` over ``rounds``, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def best(work: Callable[[], object], rounds: int = 6) -> float:
    """The best time of ``work`` over ``rounds``: of a fresh process nothing but its own work is wanted."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def peak_mb() -> int:
    """The most memory this process held at once, MB.

    On Linux of this program alone: what ``getrusage`` tells begins with the parent's memory at the fork.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        told = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(told.split()[1]) // 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def report(what: str, figure: float, floor: float, floor_is: str, most: float | None = None) -> None:
    """Prints one result in seconds; ``most`` is the figure that must not be passed, where there is one."""
    line = {
        "what": what,
        "seconds": round(figure, 4),
        "floor": round(floor, 4),
        "floor_is": floor_is,
        "ratio": round(figure / floor, 2) if floor else None,
    }
    if most is not None:
        line |= {"most": round(most, 4), "within": figure <= most}
    print(json.dumps(line, ensure_ascii=False))
