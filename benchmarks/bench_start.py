"""``hydesk --help`` from nothing to done, beside an empty Python and beside Python with click."""

from __future__ import annotations

import subprocess
import sys

from measuring import report, seconds


def run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    floor = seconds(lambda: run("import click"))
    report("hydesk --help", seconds(lambda: run("from hydesk.cli import main; main(['--help'])")), floor, "python -c 'import click'")


if __name__ == "__main__":
    main()
