"""hydesk figures: the figures of the home page and of a statistics table, of all projects or of a scope."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import PATH, PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.subject_lists import (
    PERMITS_BY,
    SUBJECTS,
    preparation_document,
    preparation_tables,
    say_subject,
    subject_asked,
)
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.measures.finishes import FinishLists
    from hydesk.domain.measures.totals import Totals
    from hydesk.domain.measures.year_on_year import YearOnYear
    from hydesk.domain.scopes.scope import Scope
    from hydesk.services.pages.cross_table import CrossBy, CrossTable, OwnMeasure
    from hydesk.services.pages.overview import Overview
    from hydesk.services.pages.subject_table import RowsBy
    from hydesk.services.upkeep.open_ledger import Ledger

SCHEMA = "hydesk.figures/1"
BY = {"unit": "UNIT", "group": "GROUP", "class": "CATEGORY", "nature": "NATURE", "stage": "STAGE", "chain": "CHAIN",
      "industry": "INDUSTRY", "level": "LEVEL", "investor": "INVESTOR", "batch": "BATCH", "lamp": "MEANING",
      "city_leader": "CITY_LEADER", "county_leader": "COUNTY_LEADER"}
"""By the key of a scope's field the dimension of the statistics table, by its name there: what can be told apart."""
_SUMS = ("total_investment", "annual_plan", "year_investment", "total_invested", "funds_arrived", "statistics_year")


@click.command(cls=ChineseCommand, epilog="范围的写法见使用手册“范围”一节。--by 可用：" + "、".join(BY) + "；前期手续还可用 node（环节）、department（责任部门）。")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期，如 2023-06 或 2023-W25。")
@scope_option
@option("--by", default="unit", metavar="分项", help="按什么分列，如 unit、group、level、city_leader，或自建栏目的名称；不写时按单位。")
@option("--measure", metavar="指标", help="看哪方面的指标：" + "、".join(SUBJECTS) + "；不写时看个数、投资和完成率。")
@option("--list", "listed", metavar="名称", help="列出一个数背后的项目，如 到期未竣工、已投产、提前开工；名称就是各指标表的表头。")
@option("--json", "json_file", type=PATH, metavar="文件", help="把全部内容写成 JSON，金额以元计。")
@click.pass_obj
def figures(
    location: str, period: Period, scope: str | None, by: str, measure: str | None, listed: str | None, json_file: Path | None
) -> int:
    """总体数：项目个数、投资、完成率、开工、排名，与本期工作、台账、统计表同一个数；可只看一个范围。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.domain.measures.words import nothing_in, standing
    from hydesk.services.pages.cross_table import cross_table
    from hydesk.services.pages.overview import overview
    from hydesk.services.pages.subject_table import subject_table
    from hydesk.services.standings.compare_years import year_on_year
    from hydesk.services.upkeep.open_or_create import opened

    subject = subject_asked(measure, listed)
    result = None if json_file is None else ResultFile(json_file)
    with opened(location) as held:
        wanted = scope_in(held, period, scope)
        seen = overview(held, period, wanted)
        rows_by = _rows(held, by)
        made = cross_table(held, period, dimension_called(held, "unit" if by in PERMITS_BY else by), scope=wanted)
        preparation = [subject_table(held, period, s, by_node, wanted) for s, by_node in preparation_tables()]
        years = year_on_year(held, period, wanted)
        table = None if subject is None else subject_table(held, period, subject, rows_by, wanted)
    if result is not None:
        result.write(_document(seen, made, wanted, by) | {"year_on_year": _years(years), "preparation": preparation_document(*preparation)})
    if not seen.totals.count:
        say(f"{period.year}年没有{'符合“' + wanted.words + '”的' if wanted.narrowed else ''}项目。")
        return NOTHING
    if wanted.narrowed:
        say(f"范围：{wanted.words}。")
    if table is not None:
        return say_subject(table, listed)
    print_table([made.rows_by.label, "个数", "总投资（亿元）", "年度计划", "年初至今完成", "完成率", *(m.column.head for m in made.own)], [
        [name, *_row(t), *(m.show(t) for m in made.own)] for name, t in [*made.row_totals.items(), ("合计", made.whole)]])
    _say_ends(seen)
    _say_years(years)
    say((standing(seen.reach) if seen.reach.known else nothing_in(seen.reach)) + "。")
    return LOOK if seen.reach.nothing_in or seen.reach.late else DONE


def dimension_called(ledger: Ledger, by: str, option: str = "--by") -> CrossBy:
    """What ``option`` names: one of ``BY``, or an own column by whose values projects can be told apart."""
    from hydesk.services.pages.cross_table import Dimension, list_dimensions

    if by in BY:
        return Dimension[BY[by]]
    found = [d for d in list_dimensions(ledger) if by in (d.label, getattr(d, "key", ""))]
    if not found:
        raise click.BadParameter(f"没有“{by}”这样的分项，可用：{'、'.join(BY)}，或选项、是否、人员、文字类的自建栏目", param_hint=option)
    return found[0]


def _rows(ledger: Ledger, by: str) -> RowsBy:
    """What ``--by`` names: as ``dimension_called``, or one of ``PERMITS_BY``."""
    from hydesk.services.pages.subject_table import PermitBy

    return PermitBy[PERMITS_BY[by]] if by in PERMITS_BY else dimension_called(ledger, by)


def _say_ends(seen: Overview) -> None:
    from hydesk.domain.money import format_percent

    planned = seen.schedule
    for goal, lists in seen.goals.items():
        f, word = lists.counted, goal.value
        if f.planned or f.unplanned:
            say(f"计划{word} {f.planned} 个，已{word} {f.finished} 个（年度{word}率 {format_percent(f.year_rate)}，到期{word}率 {format_percent(f.due_rate)}），"
                f"到期未{word} {f.overdue} 个，提前 {f.early} 个；计划外{word} {f.unplanned} 个。")
    if planned is not None and planned.rate is not None:
        say(f"完成序时 {format_percent(planned.rate)}（{planned.told}／{planned.whole}个项目有序时计划）。")


def _say_years(found: YearOnYear) -> None:
    from hydesk.domain.money import format_percent, format_points

    if found.then.reach is None:
        return
    if not found.why:
        say(f"同比：完成投资增长 {format_percent(found.growth)}，完成率 {format_points(found.shown_points)} 个百分点。")
    say(f"同比口径：{found.words}。")


def _years(found: YearOnYear) -> dict[str, Any]:
    """同比 in figures: amounts in yuan, rates exact, the codes of each side."""
    return {
        "period": str(found.now.period), "period_then": str(found.then.period), "why": found.why, "words": found.words,
        "count": len(found.now.projects), "count_then": len(found.then.projects), "count_both": len(found.both),
        "year_investment": found.done, "year_investment_then": found.done_then, "difference": found.difference, "growth": _told(found.growth),
        "completion": _told(found.completion), "completion_then": _told(found.completion_then), "points": _told(found.points),
        "same_growth": _told(found.same_growth), "projects_then": [p.code for p in found.then.projects]}


def _row(t: Totals) -> list[object]:
    from hydesk.domain.money import MoneyUnit, format_money, format_percent

    amounts = [format_money(t.known(name), MoneyUnit.YI, 2) for name in ("total_investment", "annual_plan", "year_investment")]
    return [t.count, *amounts, format_percent(t.completion)]


def _told(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _totals(t: Totals) -> dict[str, Any]:
    return {"count": t.count, **{name: t.known(name) for name in _SUMS}, "completion": _told(t.completion)}


def _own(measure: OwnMeasure, totals: Totals) -> dict[str, Any]:
    """The sum of an own column: money in yuan, numbers in digits as text; ``projects`` hold some."""
    from hydesk.domain.own_columns import value_in_json

    made = totals.own(measure.column)
    return {"column": measure.column.name, "unit": "元" if measure.unit == "万元" else measure.unit or None,
            "sum": value_in_json(made.amount), "projects": made.known}


def _goal(lists: FinishLists) -> dict[str, Any]:
    """竣工, 投产 or 达产 in figures, with the codes of the projects behind each."""
    f = lists.counted
    names = ("planned", "finished", "due", "overdue", "early", "unplanned")
    return {**{n: getattr(f, n) for n in names}, "year_rate": _told(f.year_rate), "due_rate": _told(f.due_rate),
            "projects": {n: [p.code for p in getattr(lists, n)] for n in names}}


def _document(seen: Overview, made: CrossTable, scope: Scope, by: str) -> dict[str, Any]:
    from hydesk.domain.scopes.grammar import written

    s, reach = seen.starts, seen.reach
    return {
        "schema": SCHEMA, "period": str(seen.period), "scope": written(scope), "scope_words": scope.words,
        "as_of": {"period": str(reach.as_of.period), "day": reach.as_of.day.isoformat()}, "known": reach.known,
        "late_units": [u.unit for u in reach.late],
        **_totals(seen.totals), "time_progress": _told(seen.time_progress), "gap": _told(seen.gap),
        "schedule": None if seen.schedule is None else {
            "planned": str(seen.schedule.planned), "rate": _told(seen.schedule.rate), "projects": seen.schedule.told},
        **{f"{goal.key}es" if goal.key == "finish" else goal.key: _goal(lists) for goal, lists in seen.goals.items()},
        "starts": {"planned": s.planned, "started": s.started, "due": s.due, "overdue": s.overdue, "early": s.early,
                   "money_only": s.money_only},
        "lamps": {meaning.value: count for meaning, count in seen.meanings.items()},
        "ranking": [{"unit": r.name, "group": seen.groups.get(r.name, ""), "place": r.place, "late": r.late is not None,
                     **_totals(r.totals)} for r in seen.ranking],
        "groups": [{"group": g.name, "units": [{"unit": r.name, "place": r.place} for r in g.ranking]}
                   for g in seen.group_rankings],
        "own": [_own(m, made.whole) for m in made.own],
        "by": by, "rows": [{by: name, **_totals(made.row_totals[name]), "own": [_own(m, made.row_totals[name]) for m in made.own]}
                           for name in made.rows],
        "projects": list(seen.codes)}
