"""From nothing to the first painted ledger, and ``hydesk --help``, beside what must be imported in any case.

With a frozen program in dist/ its start is measured too, beside the start from source.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from large_ledger import demo
from measuring import best, report

ROOT = Path(__file__).resolve().parent.parent
FROZEN = ROOT / "dist" / "hydesk" / ("hydesk.exe" if sys.platform == "win32" else "hydesk")
BARE = "import PySide6.QtWidgets, sqlalchemy.orm"
SIZES = {1: "388", 10: "3,880", 100: "38,800"}


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def until_painted(command: list[str], folder: Path) -> float:
    """Seconds until the program says that it has painted the ledger."""
    environment = os.environ | {"HYDESK_FIRST_PAINT": "1", "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)}
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        took = time.perf_counter() - begun
        program.kill()  # what it reads on is not measured
        program.wait()  # it holds the ledger until it has ended
    if said.strip() != b"painted":
        raise SystemExit(f"{command[0]} did not paint the ledger")
    return took


def start(folder: Path, times: int, floor: float) -> None:
    demo(folder, times).close()
    ledger = ["--ledger", str(folder / f"demo-{times}.hydesk")]
    source = min(until_painted([sys.executable, str(ROOT / "main.py"), *ledger], folder) for _ in range(4))
    report(f"启动到画出台账，{SIZES[times]} 个项目", source, floor, f"python -c '{BARE}'", most=1.6 * floor)
    if FROZEN.is_file():
        frozen = min(until_painted([str(FROZEN), *ledger], folder) for _ in range(4))
        report(f"冻结程序启动到画出台账，{SIZES[times]} 个项目", frozen, source, "从源代码启动", most=1.3 * source)


def main() -> None:
    click = best(lambda: run("import click"))
    report("hydesk --help", best(lambda: run("from hydesk.cli import main; main(['--help'])")), click, "python -c 'import click'")
    floor = best(lambda: run(BARE))
    with tempfile.TemporaryDirectory() as name:
        for times in SIZES:
            start(Path(name), times, floor)


if __name__ == "__main__":
    main()
