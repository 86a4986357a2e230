"""What the command line says: messages and progress on standard error, lists on standard output."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence

import click

from hydesk.cli.answers import note_said, note_table
from hydesk.domain.job_progress import Progress

DONE = 0
"""Exit status: done and nothing to look at."""
LOOK = 1
"""Exit status: done, but some rows or files need a person."""
USAGE = 2
"""Exit status: wrong usage."""
NOTHING = 3
"""Exit status: nothing could be done."""

LINE = 78
"""Columns of the terminal that progress uses."""


def speak_utf8() -> None:
    """Chinese in and out, whatever code page the console was started with."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def say(text: str) -> None:
    """One message to the person, on standard error."""
    note_said(text)
    click.echo(text, err=True)


def progress_bar() -> Progress | None:
    """A callback that draws progress on one line of the terminal; None where standard error is not one."""
    if not sys.stderr.isatty():
        return None

    def draw(fraction: float, text: str) -> None:
        # Blanks rather than terminal codes clear the line: not every Windows console knows the codes.
        done = max(0, min(20, int(fraction * 20)))
        line = f"{'█' * done}{'░' * (20 - done)} {int(fraction * 100):3d}% {text[:24]}" if fraction < 1 else ""
        sys.stderr.write("\r" + line + " " * max(0, LINE - _width(line)) + ("" if line else "\r"))
        sys.stderr.flush()

    return draw


def part_of(progress: Progress | None, index: int, count: int) -> Progress | None:
    """The share of ``progress`` that belongs to item ``index`` (from 0) of ``count``."""
    if progress is None:
        return None
    return lambda fraction, text: progress(min((index + fraction) / count, 0.999), text)


def finish(progress: Progress | None) -> None:
    """Clears the line of the progress bar."""
    if progress is not None:
        progress(1.0, "")


def print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A plain table on standard output; Chinese signs count two columns wide, numbers stand at the right."""
    note_table(head, rows)
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max([_width(h), *(_width(row[i]) for row in texts)]) for i, h in enumerate(head)]
    numeric = [bool(rows) and all(isinstance(row[i], int) for row in rows) for i in range(len(head))]
    for line in [list(head), *texts]:
        cells = []
        for text, width, right in zip(line, widths, numeric, strict=True):
            blank = " " * (width - _width(text))
            cells.append(blank + text if right else text + blank)
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
