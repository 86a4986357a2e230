"""--scope of the commands that read: which projects they are about (docs/rules.md §11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hydesk.cli.chinese import option
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.scopes.scope import Scope
    from hydesk.services.standings.read_scope import Within
    from hydesk.services.upkeep.open_ledger import Ledger

CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def scope_option(command: CommandT) -> CommandT:
    """``--scope 范围``, given to the command as ``scope``, its text; None where it was not written."""
    made: CommandT = option("--scope", "scope", metavar="范围", help=(
        "只看一部分项目，如 \"级别=省;联系领导=张三\"、\"分组=园区;总投资>=10亿\"：几个条件用分号隔开，一项的几个值用 | 隔开。"))(command)
    return made


def scope_in(ledger: Ledger, period: Period, text: str | None) -> Scope:
    """The scope that ``text`` means in ``ledger``. Raises click.BadParameter with the sentence of what is wrong in it."""
    from hydesk.services.standings.read_scope import scope_of

    try:
        return scope_of(ledger, period, text)
    except HydeskError as error:
        raise click.BadParameter(f"--scope：{error}", param_hint="--scope") from error


def ids_of(ledger: Ledger, period: Period, text: str | None) -> frozenset[int] | None:
    """The projects that ``text`` means; None for all. Raises as ``scope_in``."""
    found = within_scope(ledger, period, text)
    return None if found is None else found.ids


def within_scope(ledger: Ledger, period: Period, text: str | None, *, left: bool = False) -> Within | None:
    """The projects and units that ``text`` means; None for all. With ``left`` those too that left the list. Raises as
    ``scope_in``."""
    from hydesk.services.standings.read_scope import within

    return within(ledger, period, scope_in(ledger, period, text), left=left)


def end_of_year(ledger: Ledger, year: int | None) -> Period:
    """The period a scope is looked at where a command is about a year's list: its December; of the newest list where None."""
    from hydesk.services.standings.list_standings import ledger_years

    return Period.month(year or next(reversed(ledger_years(ledger)), 2023), 12)
