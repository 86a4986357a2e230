"""hydesk doubts (list | answer | again) and hydesk forecast: numbers one can trust, and where the year will end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.chinese import ChineseCommand, ChineseGroup, option
from hydesk.cli.parameters import PATH, PERIOD
from hydesk.cli.scoping import ids_of, scope_in, scope_option, within_scope
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.forecast.year_end import Outlook
    from hydesk.services.doubts.forecast_year import ForecastPage
    from hydesk.services.doubts.list_doubts import DoubtsPage

DOUBTS_SCHEMA, FORECAST_SCHEMA = "hydesk.doubts/1", "hydesk.forecast/1"


@click.group(cls=ChineseGroup, invoke_without_command=True)
@option("--period", type=PERIOD, metavar="报告期", help="看哪一期，如 2023-06；周按已结束的月份看。")
@option("--unit", metavar="单位", help="只看一个单位的。")
@option("--all", "whole", is_flag=True, help="全部列出；不写时只列最要紧的七处。")
@option("--json", "json_file", type=PATH, metavar="文件", help="把全部内容写成 JSON。")
@scope_option
@click.pass_context
def doubts(context: click.Context, period: Period | None, unit: str | None, whole: bool, json_file: Path | None,
           scope: str | None) -> int:
    """请核实的数：跨项目、跨单位、跨月份对照，列出要打电话核实的，附依据。"""
    if context.invoked_subcommand:
        return DONE
    if period is None:
        raise click.UsageError("请用 --period 写明报告期，如 2023-06", context)
    from hydesk.cli.result_json import ResultFile
    from hydesk.services.doubts.list_doubts import list_doubts
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    result = None if json_file is None else ResultFile(json_file)
    with opened(context.obj) as held:
        page = list_doubts(held, period, unit and find_unit(held, unit)).about(ids_of(held, period, scope))
    lines = page.lines
    for number, d in enumerate(lines if whole else page.shown, 1):
        click.echo(f"{number}. 〔{d.strength.label}〕{d.kind.label}：{d.message}。")
    if result is not None:
        result.write(_doubts_document(page, period))
    if not lines:
        say(f"{page.month.label}没有请核实的数。")
        return DONE
    rest = len(lines) - len(page.shown)
    more = f"，另有 {rest} 处，加 --all 全部列出" if rest > 0 and not whole else ""
    say(f"{page.month.label}请核实 {len(lines)} 处，其中重点 {page.strong} 处{more}。")
    return LOOK if page.strong else DONE


def _doubts_document(page: DoubtsPage, period: Period) -> dict[str, Any]:
    return {
        "schema": DOUBTS_SCHEMA, "period": str(period), "month": str(page.month),
        "doubts": [{
            "kind": d.kind.value, "unit": d.unit, "projects": [page.codes.get(p, str(p)) for p in d.projects],
            "strength": d.strength.value, "message": d.message + "。", "evidence": dict(d.evidence)} for d in page.single],
        "answered": [{"kind": a.kind.value, "subject": a.subject, "reason": a.reason, "by": a.actor} for a in page.answered],
        "trust": [{"unit": t.unit, "score": str(t.score), "strong": t.strong, "weak": t.weak} for t in page.trust]}


@doubts.command("answer")
@click.argument("number", metavar="序号", type=click.IntRange(1))
@option("--period", required=True, type=PERIOD, metavar="报告期", help="列出时的报告期。")
@option("--unit", metavar="单位", help="列出时的单位。")
@scope_option
@option("--reason", required=True, metavar="结果", help="核实的结果，记入台账。")
@click.pass_obj
def answer(location: str, number: int, period: Period, unit: str | None, scope: str | None, reason: str) -> int:
    """记下一处核实的结果，以后不再提；序号同列出时的。可以撤销。"""
    from hydesk.services.doubts.answer_doubt import answer_doubt
    from hydesk.services.doubts.list_doubts import list_doubts
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        page = list_doubts(held, period, unit and find_unit(held, unit)).about(ids_of(held, period, scope))
        if number > len(page.lines):
            say(f"{page.month.label}只有 {len(page.lines)} 处，没有第 {number} 处。请先用 doubts --period {period} --all 列出。")
            return NOTHING
        doubt = page.lines[number - 1]
        answer_doubt(held, page, doubt, reason)
    say(f"已记下：{doubt.unit}“{doubt.kind.label}”，{reason}。")
    return DONE


@doubts.command("answered")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期。")
@option("--again", metavar="序号", type=click.IntRange(1), help="重新核实第几条。")
@scope_option
@click.pass_obj
def answered(location: str, period: Period, again: int | None, scope: str | None) -> int:
    """列出已核实的；--again 重新核实其中一条（序号同这样列出时的），可以撤销。"""
    from hydesk.services.doubts.answer_doubt import take_up_again
    from hydesk.services.doubts.list_doubts import list_doubts
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        own = within_scope(held, period, scope)
        found = [a for a in list_doubts(held, period).answered if own is None or a.subject in own.codes | own.whole_units]
        if again is not None:
            if again > len(found):
                say(f"已核实的只有 {len(found)} 条，没有第 {again} 条。")
                return NOTHING
            take_up_again(held, found[again - 1])
            say(f"已重新列入：{found[again - 1].name}，{found[again - 1].kind.label}。")
            return DONE
    print_table(["序号", "单位或项目", "核实什么", "结果", "经办人"],
                [[n, a.name, a.kind.label, a.reason, a.actor] for n, a in enumerate(found, 1)])
    return DONE


@click.command(cls=ChineseCommand)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="按哪一期的数预测，如 2023-06。")
@scope_option
@option("--json", "json_file", type=PATH, metavar="文件", help="把全部内容写成 JSON，包括每个项目。")
@click.pass_obj
def forecast(location: str, period: Period, scope: str | None, json_file: Path | None) -> int:
    """年底预测：全市或一个范围、各单位、各项目年底会完成多少（五次有四次落在低、高之间），离计划还差什么。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.services.doubts.forecast_year import forecast_year
    from hydesk.services.upkeep.open_or_create import opened

    result = None if json_file is None else ResultFile(json_file)
    with opened(location) as held:
        page = forecast_year(held, period, scope_in(held, period, scope))
    if result is not None:
        result.write(_forecast_document(page, period))
    if not page.projects:
        say(f"{period.year}年没有符合“{page.scope.words}”的项目，无从预测。" if page.scope.narrowed else f"{period.year}年没有项目清单，无从预测。")
        return NOTHING
    if page.scope.narrowed:
        say(f"范围：{page.scope.words}。")
    rows = [[name, *_row(o), page.units[name].words if name in page.units else page.city.words if name == page.whole else ""]
            for name, o in [(page.whole, page.year_end.city), *page.year_end.groups.items(), *page.year_end.units.items()]]
    print_table(["单位", "计划（亿元）", "已完成", "年底低", "年底中", "年底高", "中值占计划", "完成计划所需"], rows)
    say(page.basis)
    late = page.month.number < period.last_month.number or not page.year_end.month
    return LOOK if late else DONE


def _row(o: Outlook) -> list[str]:
    from hydesk.domain.money import MoneyUnit, format_money, format_percent, rate

    amounts = [format_money(v, MoneyUnit.YI, 2) for v in (o.plan, o.done, o.low, o.mid, o.high)]
    return [*amounts, format_percent(rate(o.mid, o.plan), 1)]


def _forecast_document(page: ForecastPage, period: Period) -> dict[str, Any]:
    from hydesk.domain.scopes.grammar import written

    def told(o: Outlook) -> dict[str, Any]:
        return {"low": o.low, "mid": o.mid, "high": o.high, "plan": o.plan, "done": o.done}

    found = page.year_end
    return {
        "schema": FORECAST_SCHEMA, "period": str(period), "as_of": str(page.month) if found.month else None, "years_learnt": found.learnt,
        "scope": written(page.scope),
        "city": told(found.city),
        "groups": [{"group": name, **told(o)} for name, o in found.groups.items()],
        "units": [{"unit": name, **told(o), "takes": page.units[name].words} for name, o in found.units.items()],
        "projects": [{"project": page.projects[key].code, **told(o)} for key, o in found.projects.items()]}
