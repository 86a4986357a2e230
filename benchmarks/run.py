"""``make bench``: every benchmark beside its floor, as a table and as JSON; with --record also in docs/performance.md.

    python benchmarks/run.py [--only start,ledger] [--json FILE] [--record]
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import hydesk

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
PARTS = ("clerk", "window", "start", "ledger", "returns", "returns_large", "review", "report", "server")
"""The benchmarks in the order in which a clerk meets what they measure."""
MARK = "<!-- results: newest first, written by benchmarks/run.py --record -->"
Line = dict[str, Any]


def measure(part: str) -> list[Line]:
    """What a benchmark printed. Each is a process of its own, so that none warms another up."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    done = subprocess.run([sys.executable, str(HERE / f"bench_{part}.py")], stdout=subprocess.PIPE, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"bench_{part}.py ended with status {done.returncode}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def row(line: Line) -> list[str]:
    """What was measured, the figure, its floor, the ratio, the limit and whether it is kept."""
    memory = "peak_mb" in line
    figure = f"{line['peak_mb']} MB" if memory else time(line["seconds"])
    floor = "" if memory else f"{time(line['floor'])}（{line['floor_is']}）"
    most = "" if "most" not in line else f"{line['most']} MB" if memory else time(line["most"])
    kept = "" if "within" not in line else "是" if line["within"] else "**否**"
    return [line["what"], figure, floor, "" if memory or line["ratio"] is None else f"{line['ratio']:g}", most, kept]


def time(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def table(lines: list[Line]) -> str:
    """The results as a Markdown table, readable as it stands."""
    rows = [["量的是什么", "用时", "下限", "倍数", "上限", "达到"], ["---"] * 6, *map(row, lines)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def record(lines: list[Line]) -> None:
    """Put the table into docs/performance.md under this version, in the place of an older one of the same version."""
    version = f"### {hydesk.__version__}"
    head, _, kept = PAGE.read_text(encoding="utf-8").partition(MARK)
    older = [part for part in kept.split("\n### ")[1:] if not f"### {part}".startswith(version + " ")]
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    new = f"{version} ({date.today()}, {machine})\n\n{table(lines)}"
    PAGE.write_text(f"{head}{MARK}\n\n" + "\n\n".join([new, *(f"### {part.strip()}" for part in older)]) + "\n",
                    encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas")
    parser.add_argument("--json", type=Path, help="where to write all results")
    parser.add_argument("--record", action="store_true", help="keep them in docs/performance.md")
    asked = parser.parse_args()
    compileall.compile_dir(HERE.parent / "hydesk", quiet=2)
    lines: list[Line] = []
    for part in asked.only.split(","):
        found = measure(part)
        for line in found:
            print(json.dumps(line, ensure_ascii=False), flush=True)
        lines += found
    print(table(lines))
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps({"version": hydesk.__version__, "results": lines}, ensure_ascii=False, indent=1))
    if asked.record:
        record(lines)
    return 0 if all(line.get("within", True) for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
