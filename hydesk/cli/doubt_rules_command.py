"""hydesk rules doubts: the limits of 请核实的数, tried over past months before they are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import PERIOD
from hydesk.cli.terminal import DONE, say
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.doubts.rules import DoubtRules


@click.command("doubts", cls=ChineseCommand)
@click.argument("changes", metavar="项目=数…", nargs=-1)
@option("--off", multiple=True, metavar="情况", help="不看哪种情况，如 month_leap；可以写几次。")
@option("--on", multiple=True, metavar="情况", help="恢复看哪种情况；可以写几次。")
@option("--usual", is_flag=True, help="恢复通常的规则。")
@option("--trial", type=PERIOD, metavar="报告期", help="只试算不采用：到这一期为止近六个月按此规则会问哪些。")
@click.pass_obj
def doubts(location: str, changes: tuple[str, ...], off: tuple[str, ...], on: tuple[str, ...], usual: bool, trial: Period | None) -> int:
    """请核实的数按什么规则列出，如 leap_times=5 below=0.4 --off twin_projects；没写的照旧。可以撤销。"""
    from hydesk.services.doubts.doubt_rules import (
        doubt_rules,
        doubt_rules_in_words,
        set_doubt_rules,
        trial_doubts,
    )
    from hydesk.services.upkeep.open_or_create import opened

    if not (changes or off or on or usual):
        raise click.UsageError("请写明改哪一项，如 leap_times=5；名称见 hydesk rules", click.get_current_context())
    with opened(location) as held:
        made = _changed_doubts(doubt_rules(held), changes, off, on, usual)
        if trial is not None:
            found = trial_doubts(held, made, trial)
            for c in found.changes:
                now, then = c.words
                click.echo(f"{c.month.label}{c.unit}〔{now}→{then}〕{c.kind.label}：{c.message}。")
            say(f"{found.sentence}。没有采用；去掉 --trial 即采用。")
            return DONE
        set_doubt_rules(held, made)
    say(f"请核实的数：{doubt_rules_in_words(made)}。")
    return DONE


def _changed_doubts(
    held: DoubtRules, changes: tuple[str, ...], off: tuple[str, ...], on: tuple[str, ...], usual: bool,
) -> DoubtRules:
    from dataclasses import replace
    from decimal import Decimal, InvalidOperation

    from hydesk.domain.doubts.doubt import DoubtKind
    from hydesk.domain.doubts.rules import USUAL
    from hydesk.services.doubts.doubt_rules import limit_names

    rules = USUAL if usual else held
    limits: dict[str, Any] = {}
    for change in changes:
        name, _, text = change.partition("=")
        try:
            number = Decimal(text.strip())
            if not number.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            raise click.BadParameter(f"“{change}”不对，应写成 项目=数，如 leap_times=5", param_hint="项目=数") from None
        if name.strip() not in limit_names():
            raise click.BadParameter(f"没有“{name.strip()}”这一项，可用 {'、'.join(limit_names())}", param_hint="项目=数")
        whole = isinstance(getattr(USUAL, name.strip()), int)
        if whole and number != int(number):
            raise click.BadParameter(f"“{change}”不对，这一项是整数", param_hint="项目=数")
        limits[name.strip()] = int(number) if whole else number
    kinds = {k.value: k for k in DoubtKind} | {k.label: k for k in DoubtKind}
    if strange := [k for k in (*off, *on) if k not in kinds]:
        raise click.BadParameter(f"没有“{'、'.join(strange)}”这种情况，可用 {'、'.join(k.value for k in DoubtKind)}", param_hint="--off / --on")
    unseen = (rules.off | {kinds[k] for k in off}) - {kinds[k] for k in on}
    return replace(rules, off=frozenset(unseen), **limits)
