"""``--json`` of every command: what it said, listed and wrote, as a program that called it wants to read it.

Commands whose answer has a schema of its own (``returns import``, ``figures`` …) write that instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

import click

from hydesk.dataclass import dataclass

SCHEMA = "hydesk.answer/1"
USAGE, NOTHING = 2, 3
_ANSWER = "hydesk.answer"
_OF_EVERY = frozenset({"schema", "command", "status", "acts", "said", "tables"})


@dataclass(slots=True)
class Answer:
    """What a command has said so far. ``more`` is what it answers beside that, by key."""

    said: list[str] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)


def _current() -> Answer | None:
    context = click.get_current_context(silent=True)
    return None if context is None else context.meta.get(_ANSWER)


def note_said(text: str) -> None:
    """Keep a message for the answer, where one is wanted."""
    if answer := _current():
        answer.said.append(text)


def note_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Keep a table for the answer; numbers stay numbers, everything else becomes text."""
    if answer := _current():
        answer.tables.append({"head": list(head), "rows": [[_plain(cell) for cell in row] for row in rows]})


def add_to_answer(**more: Any) -> None:
    """Answer ``more`` as well: plain data for JSON, money in yuan, days as 2023-06-30; no key of what every command answers."""
    assert not more.keys() & _OF_EVERY, f"every command answers {sorted(more.keys() & _OF_EVERY)}"
    if answer := _current():
        answer.more |= more


def answering(context: click.Context, path: Path, run: Callable[[], Any]) -> Any:
    """Run a command and write its answer to ``path``: also where it was refused, with what it was told."""
    from hydesk.cli.result_json import ResultFile
    from hydesk.domain.errors import HydeskError
    from hydesk.services.acts.undo_acts import show_number
    from hydesk.services.acts.writing import hearing_acts

    file, answer = ResultFile(path), Answer()
    context.meta[_ANSWER] = answer
    status: Any = NOTHING
    with hearing_acts() as heard:
        try:
            status = run()
        except HydeskError as error:
            answer.said.append(str(error))
            raise
        except click.UsageError:
            status = USAGE
            raise
        finally:
            file.write({"schema": SCHEMA, "command": context.command_path, "status": status if isinstance(status, int) else 0,
                        "acts": [show_number(act) for act in heard.acts], "said": answer.said, "tables": answer.tables,
                        **answer.more})
    return status


def _plain(cell: object) -> Any:
    return cell if cell is None or isinstance(cell, int) else str(cell)
