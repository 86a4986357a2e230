"""hydesk rules: by which rules figures are judged, and choosing others (the page 设置 → 统计口径)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.doubt_rules_command import doubts
from hydesk.cli.parameters import PATH, PERIOD
from hydesk.cli.terminal import DONE, LOOK, NOTHING, say
from hydesk.domain.periods import Period

SCHEMA = "hydesk.rules/1"
PACES = {"by-day": "by_day", "by-month": "by_month"}
RATE_WORDS = ("year", "due", "works")
"""As ``office_rules.RATES``; named here so that the help needs no reading of the services."""


@click.group(cls=ChineseGroup, invoke_without_command=True)
@option("--json", "json_file", type=PATH, metavar="文件", help="把现行口径也写成 JSON。")
@click.pass_context
def rules(context: click.Context, json_file: Path | None) -> int:
    """口径和设置：进度判定、时间进度、开工、提前截止、核对规则、报告模板等。不带命令时列出现行的。"""
    if context.invoked_subcommand:
        if json_file is not None:
            raise click.UsageError("--json 只用于列出现行口径", context)
        return DONE
    from hydesk.cli.result_json import ResultFile
    from hydesk.services.doubts.doubt_rules import doubt_rules, doubt_rules_in_words
    from hydesk.services.mechanisms.score_units import score_rule, score_words
    from hydesk.services.rules.deadlines import deadline_rule
    from hydesk.services.rules.office_rules import office_rules
    from hydesk.services.rules.rule_words import rules_told
    from hydesk.services.upkeep.open_or_create import opened

    result = None if json_file is None else ResultFile(json_file)
    with opened(context.obj) as held:
        found = office_rules(held)
        due, points, asked = deadline_rule(held), score_rule(held), doubt_rules(held)
    for about, chosen, meaning in rules_told(found):
        click.echo(f"{about}：{chosen}")
        if meaning:
            click.echo(f"    {meaning}")
    click.echo(f"报送期限：{due.label}")
    click.echo(f"报送质量评分：{score_words(points)}")
    click.echo(f"请核实的数：{doubt_rules_in_words(asked)}")
    if result is not None:
        result.write(_document(found))
    return DONE


def _document(found: Any) -> dict[str, Any]:
    lamps = found.lamps
    delays = {k: getattr(lamps, k) for k in ("start_delay", "statistics_months", "problem_delay")}
    return {
        "schema": SCHEMA,
        "lamps": {"mode": lamps.mode.value, "lagging": str(lamps.lagging), "serious": str(lamps.serious),
                  "ahead": str(lamps.ahead), **delays},
        "time_progress": found.pace.value,
        "starts": "money" if found.money_starts else "recorded",
        "start_rates": list(found.start_rates),
        "ranking": found.ranking.value,
        "judged_by": found.judged_by.value,
        "nothing_words": list(found.nothing),
        "closed": [{"period": str(p), "reason": why} for p, why in sorted(found.closed.items(), key=lambda one: one[0].sort_key)],
    }


@rules.command("time-progress")
@click.argument("way", metavar="算法", type=click.Choice(list(PACES)))
@click.pass_obj
def time_progress(location: str, way: str) -> int:
    """周报的时间进度按日（by-day，当年第几天）还是按月（by-month，已结束的月数）。可以撤销。"""
    from hydesk.domain.measures.yardstick import Pace
    from hydesk.services.rules.office_rules import set_pace
    from hydesk.services.rules.rule_words import PACES as WORDS
    from hydesk.services.upkeep.open_or_create import opened

    pace = Pace(PACES[way])
    with opened(location) as held:
        set_pace(held, pace)
    say(f"时间进度{WORDS[pace].name}计算。{WORDS[pace].meaning}")
    return DONE


@rules.command("starts")
@click.argument("way", metavar="口径", type=click.Choice(["recorded", "money"]))
@click.pass_obj
def starts(location: str, way: str) -> int:
    """登记了开工时间才算开工（recorded），还是有投资即算开工（money）。可以撤销。"""
    from hydesk.services.rules.office_rules import set_money_starts
    from hydesk.services.rules.rule_words import STARTS
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        set_money_starts(held, way == "money")
    say(f"{STARTS[way == 'money'].name}。{STARTS[way == 'money'].meaning}")
    return DONE


@rules.command("start-rates")
@click.argument("rates", metavar="开工率")
@click.pass_obj
def start_rates(location: str, rates: str) -> int:
    """报告里列哪几个开工率：year 年度开工率、due 到期开工率、works 开复工率，多个用逗号隔开。可以撤销。"""
    from hydesk.services.rules.office_rules import set_start_rates
    from hydesk.services.rules.rule_words import START_RATES
    from hydesk.services.upkeep.open_or_create import opened

    names = [n.strip().lower() for n in rates.replace("，", ",").split(",") if n.strip()]
    if not names or any(n not in RATE_WORDS for n in names):
        raise click.BadParameter(f"“{rates}”不对，可用 {'、'.join(RATE_WORDS)}，多个用逗号隔开", param_hint="开工率")
    with opened(location) as held:
        set_start_rates(held, tuple(names))
    say(f"报告列：{'、'.join(START_RATES[k].name for k in RATE_WORDS if k in names)}。")
    return DONE


@rules.command("judged-by")
@click.argument("way", metavar="比什么", type=click.Choice(["auto", "time", "schedule"]))
@click.pass_obj
def judged_by(location: str, way: str) -> int:
    """项目进度与什么比：auto 序时计划占九成以上就按它，time 时间进度，schedule 有序时计划的都按它。可以撤销。"""
    from hydesk.domain.measures.schedule import JudgedBy
    from hydesk.services.rules.office_rules import set_judged_by
    from hydesk.services.rules.rule_words import JUDGED
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        set_judged_by(held, JudgedBy(way))
    say(f"项目进度：{JUDGED[JudgedBy(way)].name}。{JUDGED[JudgedBy(way)].meaning}")
    return DONE


@rules.command("ranking")
@click.argument("way", metavar="排法", type=click.Choice(["together", "apart", "both"]))
@click.pass_obj
def ranking(location: str, way: str) -> int:
    """单位怎样排名：together 一起排，apart 按分组各排各的，both 一起排并注明组内位次。可以撤销。"""
    from hydesk.domain.measures.ranking import RankingWay
    from hydesk.services.rules.office_rules import set_ranking_way
    from hydesk.services.rules.rule_words import RANKINGS
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        set_ranking_way(held, RankingWay(way))
    say(f"单位排名：{RANKINGS[RankingWay(way)].name}。{RANKINGS[RankingWay(way)].meaning}")
    return DONE


@rules.command("groups")
@click.argument("units", metavar="单位…", nargs=-1)
@option("--group", metavar="组名", help="把这些单位列入哪个组，如 县组；写 \"\" 则回到按性质分组。")
@click.pass_obj
def groups(location: str, units: tuple[str, ...], group: str | None) -> int:
    """单位的分组，排名、范围都用它；不带单位时列出现有的。可以撤销。"""
    from hydesk.cli.terminal import print_table
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.projects.group_units import group_units, unit_groups
    from hydesk.services.upkeep.open_or_create import opened

    if bool(units) != (group is not None):
        raise click.UsageError("改分组要同时写单位和 --group，如 hydesk rules groups 衡阳县 衡南县 --group 县组")
    with opened(location) as held:
        if group is not None:
            changed = group_units(held, [find_unit(held, u) for u in units], group).value
            say(f"已改 {changed} 个单位的分组。" if changed else "这些单位本来就在这个组，没有改动。")
        found = unit_groups(held)
    print_table(["分组", "单位数", "单位"], [[name or "（没有）", len(own), "、".join(own)] for name, own in found.items()])
    return DONE


@rules.command("close")
@click.argument("period", metavar="报告期", type=PERIOD)
@option("--reason", required=True, metavar="理由", help="为什么提前截止；印在报告上。")
@click.pass_obj
def close(location: str, period: Period, reason: str) -> int:
    """提前截止一期：报送不足九成也按报齐处理。可以撤销，也可用 reopen 取消。"""
    from hydesk.domain.measures.words import standing
    from hydesk.services.rules.office_rules import close_period
    from hydesk.services.standings.period_view import view_at
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        close_period(held, period, reason)
        reach = view_at(held, period).reach
    say(f"{period.label}已提前截止。{standing(reach)}。")
    return LOOK if reach.nothing_in else DONE


@rules.command("reopen")
@click.argument("period", metavar="报告期", type=PERIOD)
@click.pass_obj
def reopen(location: str, period: Period) -> int:
    """取消一期的提前截止。可以撤销。"""
    from hydesk.services.rules.office_rules import reopen_period
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        reason = reopen_period(held, period).value
    say(f"已取消{period.label}的提前截止（原因：{reason}）。")
    return DONE


@rules.command("deadline")
@option("--month-day", type=click.IntRange(1, 31), metavar="日", help="月报：次月几日前；这个月没有这一天的，算到月底。")
@option("--week-day", type=click.IntRange(1, 7), metavar="星期", help="周报：周几前，1 是周一，7 是周日。")
@option("--week-next/--week-same", "week_next", default=None, help="周报在次周（--week-next）还是当周（--week-same）的那一天前。")
@click.pass_obj
def deadline(location: str, month_day: int | None, week_day: int | None, week_next: bool | None) -> int:
    """通常的报送期限；没写的照旧。某一期另定的期限不变。可以撤销。"""
    from dataclasses import replace

    from hydesk.services.rules.deadlines import deadline_rule, set_deadline_rule
    from hydesk.services.upkeep.open_or_create import opened

    asked = {"month_day": month_day, "week_day": week_day, "week_next": week_next}
    with opened(location) as held:
        rule = replace(deadline_rule(held), **{k: v for k, v in asked.items() if v is not None})  # type: ignore[arg-type]
        set_deadline_rule(held, rule)
    say(f"报送期限：{rule.label}。")
    return DONE


@rules.command("return-scores")
@click.argument("changes", metavar="项目=分…", nargs=-1, required=True)
@click.pass_obj
def return_scores(location: str, changes: tuple[str, ...]) -> int:
    """报送质量怎样扣分，如 late_day=1 missing=30；名称见 hydesk rules。没写的照旧。可以撤销。"""
    from dataclasses import asdict, replace
    from decimal import Decimal, InvalidOperation

    from hydesk.services.mechanisms.score_units import score_rule, score_words, set_score_rule
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        rule, points = score_rule(held), {}
        for change in changes:
            name, _, value = change.partition("=")
            try:
                points[name.strip()] = Decimal(value.strip())
            except InvalidOperation:
                raise click.BadParameter(f"“{change}”不对，应写成 项目=分，如 late_day=1", param_hint="项目=分") from None
        if strange := points.keys() - asdict(rule).keys():
            raise click.BadParameter(f"没有“{'、'.join(sorted(strange))}”这一项，可用 {'、'.join(asdict(rule))}", param_hint="项目=分")
        made = replace(rule, **points)
        set_score_rule(held, made)
    say(f"报送质量评分：{score_words(made)}。")
    return DONE


@rules.group("nothing-words", cls=ChineseGroup)
def nothing_words() -> None:
    """问题栏里本单位自己的“没有问题”的说法：增加、去掉。"""


@nothing_words.command("add")
@click.argument("words", metavar="说法…", nargs=-1, required=True)
@click.pass_obj
def add_words(location: str, words: tuple[str, ...]) -> int:
    """增加几个说法；通用说法里有的不重复记。可以撤销。"""
    return _change_words(location, words, add=True)


@nothing_words.command("remove")
@click.argument("words", metavar="说法…", nargs=-1, required=True)
@click.pass_obj
def remove_words(location: str, words: tuple[str, ...]) -> int:
    """去掉几个说法。可以撤销。"""
    return _change_words(location, words, add=False)


def _change_words(location: str, words: tuple[str, ...], *, add: bool) -> int:
    from hydesk.domain.says_nothing import clauses
    from hydesk.services.rules.office_rules import office_rules, set_nothing_words
    from hydesk.services.upkeep.open_or_create import opened

    given = {c for w in words for c in clauses(w)}
    with opened(location) as held:
        before = office_rules(held).nothing
        after = set_nothing_words(held, (*before, *words) if add else [w for w in before if w not in given]).value
    changed = [w for w in (after if add else before) if w not in (before if add else after)]
    if not changed:
        say("通用说法或本单位的说法里已经有了，没有改动。" if add else "本单位的说法里没有这些，没有改动。")
        return NOTHING
    say(f"已{'增加' if add else '去掉'}：{'、'.join(changed)}。现有：{'、'.join(after) or '只用通用说法'}。")
    return DONE


rules.add_command(doubts)
