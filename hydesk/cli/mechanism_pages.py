"""hydesk register scores | city | scale | majors | targets | tours: the pages of 考核与榜单 that are only looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.board_commands import register
from hydesk.cli.chinese import option
from hydesk.cli.parameters import PATH, PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from decimal import Decimal

    from hydesk.domain.assessment import ScoreLine

__all__ = ["register"]
_PERIOD = option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期，如 2023-06。")


@register.command("scores")
@_PERIOD
@option("--unit", metavar="单位", help="只看一个单位，逐条列出得分和依据。")
@scope_option
@click.pass_obj
def scores(location: str, period: Period, unit: str | None, scope: str | None) -> int:
    """县市区考核：各单位得分、名次，每一分的依据。改规则、试算用 rules assessment units。"""
    from hydesk.domain.register_words import plain_number, score_words
    from hydesk.services.mechanisms.assess_units import assess_units
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        wanted = unit and find_unit(held, unit)
        found = [s for s in assess_units(held, period, scope=scope_in(held, period, scope)) if not wanted or s.unit == wanted]
    add_to_answer(period=str(period), scores=[{
        "unit": s.unit, "place": s.place, "total": _text(s.total), "whole": _text(s.whole), "judged": _text(s.judged),
        "adjusted": _text(s.adjusted), "lines": [_line(x) for x in s.lines]} for s in found])
    if not found:
        say(f"{period.label}没有可以考核的单位。")
        return NOTHING
    if wanted:
        (one,) = found
        print_table(["规则", "得分", "满分", "计分办法", "依据"], [
            [x.rule.title, score_words(x.points), plain_number(x.rule.points), x.rule.way.label, x.reason] for x in one.lines])
        more = "".join(f"，{words}" for words in (one.raised, one.adjustment) if words)
        say(f"{one.unit}第 {one.place} 名，{plain_number(one.total)} 分{more}。" if one.place else f"{one.unit}没有数据，不评分。")
        return DONE
    print_table(["名次", "单位", *(f"{x.rule.title}（分）" for x in found[0].lines), "申诉", "总分"], [
        [s.place, s.unit, *(score_words(x.points) for x in s.lines), score_words(s.adjusted) if s.adjusted else "—", score_words(s.total)]
        for s in found])
    say(f"{period.label}：{len(found)} 个单位，{len(found[0].lines)} 条规则，满分 {plain_number(found[0].whole)}。")
    return DONE


@register.command("city")
@_PERIOD
@click.pass_obj
def city(location: str, period: Period) -> int:
    """省对市评价：按现行规则自评，逐条的得分、失分和依据，各单位的数在 JSON 里。改规则、试算用 rules assessment city。"""
    from hydesk.domain.register_words import plain_number, score_words
    from hydesk.services.mechanisms.assess_city import SCOPE, assess_city
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = assess_city(held, period)
    s = found.scored
    add_to_answer(period=str(period), total=_text(s.total), whole=_text(s.whole), adjusted=_text(s.adjusted), projects=found.projects, lines=[
        _line(x) | {"units": [{"unit": u.unit, "value": _text(u.value), "words": u.words} for u in shares]}
        for x, shares in zip(s.lines, found.shares, strict=True)])
    print_table(["评价事项", "得分", "满分", "失分", "计分办法", "依据"], [
        [x.rule.title, score_words(x.points), plain_number(x.rule.points), score_words(x.lost), x.rule.way.label, x.reason] for x in s.lines])
    more = f"，其中申诉调整 {plain_number(s.adjusted)} 分（{s.adjustment}）" if s.adjusted else ""
    say(f"{s.unit}　{plain_number(s.total)} 分 / 满分 {plain_number(s.whole)}（{SCOPE} {found.projects:,} 个）{more}。")
    return DONE if found.projects else NOTHING


@register.command("scale")
@_PERIOD
@option("--list", "wanted", metavar="榜单", help="只看一张榜单，写名称或名称里的几个字。")
@option("--publish", type=PATH, metavar="文件", help="把全部榜单发布成一个网页文件（.html），不需要别的文件。")
@scope_option
@click.pass_obj
def scale(location: str, period: Period, wanted: str | None, publish: Path | None, scope: str | None) -> int:
    """规模榜单：各张榜单的位次、数值、较上月的进退。改口径用 rules scale。"""
    from hydesk.domain.nearest import none_called
    from hydesk.services.mechanisms.print_boards import publish_lists
    from hydesk.services.mechanisms.scale_lists import scale_lists
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        own = scope_in(held, period, scope)
        every = scale_lists(held, period, own)
        found = [x for x in every if wanted is None or wanted.strip() in x.title]
        if not found:
            raise click.BadParameter(none_called(str(wanted), "榜单", [x.title for x in every]), param_hint="--list")
        if publish is not None:
            publish_lists(held, period, publish, own)
    for one in found:
        click.echo(f"{one.title}（{one.definition}）")
        print_table(["位次", "单位", f"数值（{one.measure}）", "较上月", "上月位次"],
                    [[x.place or "—", x.unit, x.shown, x.moved, x.before or "—"] for x in one.lines])
        if one.note:
            say(f"{one.title}：{one.note}。")
    add_to_answer(period=str(period), lists=[{"list": x.key, "title": x.title, "measure": x.measure, "lines": [
        {"unit": line.unit, "place": line.place, "value": _text(line.value), "before": line.before, "gained": line.gained}
        for line in x.lines]} for x in found])
    if publish is not None:
        say(f"已写出：{publish}")
    say(f"{period.label}：{len(found)} 张榜单。")
    return DONE


@register.command("majors")
@_PERIOD
@scope_option
@click.pass_obj
def majors(location: str, period: Period, scope: str | None) -> int:
    """在建重大项目：规模榜单所数的项目，各在哪条产业链，列入在建重大项目清单没有。"""
    from hydesk.domain.money import format_money, format_percent, rate
    from hydesk.services.mechanisms.major_projects import major_projects
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = major_projects(held, period, scope_in(held, period, scope))
    if found:
        print_table(["单位", "编号", "项目", "产业链", "总投资（万元）", "年度计划（万元）", "本年完成（万元）", "完成率", "列入清单"], [
            [p.unit, p.code, p.name, p.chain or "—", format_money(p.total_investment), format_money(p.annual_plan),
             format_money(p.year_investment), format_percent(rate(p.year_investment, p.annual_plan)), "是" if m.on_chain_list else "否"]
            for m in found for p in (m.project,)])
    add_to_answer(period=str(period), projects=[{
        "project": m.project.code, "unit": m.project.unit, "chain": m.project.chain or None, "total_investment": m.project.total_investment,
        "annual_plan": m.project.annual_plan, "year_investment": m.project.year_investment, "on_chain_list": m.on_chain_list} for m in found])
    total = sum(m.project.total_investment or 0 for m in found)
    say(f"{period.label}：在建重大项目 {len(found)} 个，总投资 {format_money(total)} 万元。")
    return DONE


@register.command("targets")
@_PERIOD
@click.pass_obj
def targets(location: str, period: Period) -> int:
    """规划指标：目标、现在应达到、最新值和差距；有落后的以状态 1 结束。"""
    from hydesk.domain.targets import Way
    from hydesk.services.mechanisms.plan_standings import plan_standings
    from hydesk.services.mechanisms.print_plans import plan_words
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = plan_standings(held, period)
    if found:
        print_table(["规划", "领域", "指标", "责任单位", "目标", "应达到", "最新值", "差距", "情况"], [
            [t.plan, t.area, t.indicator, t.unit, *plan_words(t), t.standing.way.label] for t in found])
    add_to_answer(period=str(period), targets=[{
        "record": t.record_id, "plan": t.plan, "area": t.area, "indicator": t.indicator, "unit": t.unit, "measure": t.measure,
        "target": _text(t.target.value), "needed": _text(t.standing.needed), "latest": _text(t.target.latest), "latest_year": t.target.latest_year,
        "gap": _text(t.standing.gap), "state": t.standing.way.value} for t in found])
    behind = sum(t.standing.way is Way.BEHIND for t in found)
    say(f"{len(found)} 项规划指标，{behind} 项落后。" if found else "还没有登记规划指标。")
    return LOOK if behind else DONE


@register.command("tours")
@_PERIOD
@click.pass_obj
def tours(location: str, period: Period) -> int:
    """现场观摩：各批次的路线、得分、点评、发现的问题和整改。出手册用 register booklet。"""
    from hydesk.domain.register_words import plain_number
    from hydesk.services.mechanisms.tour_booklet import tour_criteria, tour_stops, write_criteria
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found, criteria = tour_stops(held, period), tour_criteria(held)
    if found:
        print_table(["记录", "观摩批次", "顺序", "项目", "单位", "日期", "到达", "讲解", "得分", "点评", "发现的问题", "整改"], [
            [s.record_id, s.tour, plain_number(s.order), s.project, s.unit, s.day, s.arrive, s.guide, plain_number(s.score), s.comment, s.finding,
             s.state] for s in found])
    add_to_answer(criteria=write_criteria(criteria), stops=[{
        "record": s.record_id, "tour": s.tour, "order": _text(s.order), "project": s.code, "unit": s.unit, "day": s.day, "arrive": s.arrive,
        "guide": s.guide, "score": _text(s.score), "comment": s.comment, "finding": s.finding, "state": s.state} for s in found])
    say(f"{len({s.tour for s in found})} 批观摩，{len(found)} 个点。评分项：{write_criteria(criteria)}。")
    return DONE


def _line(x: ScoreLine) -> dict[str, Any]:
    return {"rule": x.rule.title, "points": _text(x.points), "of": _text(x.rule.points), "way": x.rule.way.value, "reason": x.reason}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
