"""Lines of a setting that have names and an order: one is added, changed, put elsewhere or taken away at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

import click

from hydesk.cli.chinese import option
from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError
from hydesk.domain.nearest import none_called

T = TypeVar("T")
CommandT = TypeVar("CommandT", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class LineChange:
    """What is done to the line called ``name``. ``after``: the line it stands behind, "" for first, None where it stays."""

    name: str
    add: bool
    remove: bool
    after: str | None = None

    @property
    def done(self) -> str:
        """What was done, in a word."""
        return "新增" if self.add else "删去" if self.remove else "修改"


def line_options(what: str) -> Callable[[CommandT], CommandT]:
    """``--after``, ``--add`` and ``--remove`` for a setting whose lines are each a ``what``."""
    def add(command: CommandT) -> CommandT:
        for one in (
            option("--remove", is_flag=True, help=f"删去这{what}。"), option("--add", is_flag=True, help=f"新增这{what}，不写 --after 就排在最后。"),
            option("--after", metavar="名称", help="排到哪一个后面；写 \"\" 即排在最前。"),
        ):
            command = one(command)
        return command
    return add


def change_asked(name: str | None, *, add: bool, remove: bool, after: str | None, values: Collection[Any], may: str) -> LineChange | None:
    """What the options ask for; None where the lines are only to be listed. ``may`` names the options that change a line.

    Raises click.UsageError where a name comes without a change, a change without a name, or two exclude each other.
    """
    if add and remove:
        raise click.UsageError("--add 和 --remove 只能写一个")
    asked = add or remove or after is not None or any(v is not None for v in values)
    if name is None:
        if asked:
            raise click.UsageError("没有写是哪一个")
        return None
    if not asked:
        raise click.UsageError(f"没有写要改什么，可用 {may}、--after、--add、--remove")
    return LineChange(name.strip(), add, remove, after)


def changed_lines(lines: Sequence[T], change: LineChange, names: Callable[[T], Collection[str]], make: Callable[[T | None], T],
                  what: str) -> list[T]:
    """``lines`` after ``change``; ``make`` gives the line anew out of the one there is (None: a new one).

    Raises HydeskError, naming the nearest, for a name that is not there, and for a new one that is.
    """
    kept = list(lines)
    if change.add:
        if any(change.name in names(x) for x in kept):
            raise HydeskError(f"已经有“{change.name}”这个{what}，请换一个名称")
        made, at = make(None), len(kept)
    else:
        at = _at(kept, change.name, names, what)
        held = kept.pop(at)
        if change.remove:
            return kept
        made = make(held)
    if change.after is not None:
        at = 0 if not change.after.strip() else _at(kept, change.after.strip(), names, what) + 1
    kept.insert(at, made)
    return kept


def _at(lines: Sequence[T], name: str, names: Callable[[T], Collection[str]], what: str) -> int:
    found = next((i for i, x in enumerate(lines) if name in names(x)), None)
    if found is None:
        raise HydeskError(f"{none_called(name, what, [next(iter(names(x))) for x in lines])}。什么也没有改")
    return found
