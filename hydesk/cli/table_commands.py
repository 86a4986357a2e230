"""hydesk ledger table | views: the ledger's table as the window shows it, and the views that keep its columns and filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.compare_command import ledger
from hydesk.cli.parameters import PATH, PERIOD
from hydesk.cli.scoping import end_of_year, scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.pages.ledger_query import LedgerQuery
    from hydesk.services.pages.ledger_rows import LedgerRows
    from hydesk.services.pages.ledger_shown import ShownLedger
    from hydesk.services.pages.ledger_views import View
    from hydesk.services.upkeep.open_ledger import Ledger

__all__ = ["ledger"]
CommandT = TypeVar("CommandT", bound=Callable[..., Any])
_WORKBOOK, _PAPERS = ".xlsx", (".pdf", ".docx")
_UNITS = ("万元", "亿元")


def _look_options(command: CommandT) -> CommandT:
    """How the table looks: given to the command as ``columns``, ``order``, ``find``, ``unit`` and ``scope``."""
    for add in (
        option("--columns", metavar="栏目", help="显示哪些栏目、什么次序，用逗号隔开，如 单位,年度计划,完成率；编号、项目名称总在最前。"),
        option("--order", multiple=True, metavar="栏目:降", help="按哪一栏排序，升或降，可以写多次，先写的先排。"),
        option("--find", default=None, metavar="文字", help="只看查得到的：名称、编号、业主、拼音首字母。"),
        option("--unit", type=click.Choice(_UNITS), metavar="单位", help="金额按万元还是亿元。"), scope_option,
    ):
        command = add(command)
    return command


@ledger.command("table")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期，如 2023-06。")
@option("--view", metavar="视图", help="照这个视图显示；同时写的栏目、排序、范围、单位代替视图里的。名称见 ledger views list。")
@_look_options
@option("--out", type=PATH, metavar="文件", help="写成文件：.xlsx 是 Excel，.pdf、.docx 是打印的表。")
@option("--with-phones", is_flag=True, help="文件里也写联系电话；不写时不带电话。")
@click.pass_obj
def table(location: str, /, period: Period, view: str | None, out: Path | None, with_phones: bool, **look: Any) -> int:
    """台账表：和窗口里显示的一样，一行一个项目，末行合计；可以照存好的视图，可以原样写成 Excel 或打印。"""
    from hydesk.domain.measures.words import nothing_in, standing
    from hydesk.services.pages.ledger_rows import read_rows
    from hydesk.services.pages.ledger_shown import shown_as
    from hydesk.services.upkeep.open_or_create import opened

    if out is not None and out.suffix.lower() not in (_WORKBOOK, *_PAPERS):
        raise click.BadParameter(f"“{out.name}”的后缀不对，可用 {'、'.join((_WORKBOOK, *_PAPERS))}", param_hint="--out")
    with opened(location) as held:
        rows = read_rows(held, period)
        shown = shown_as(rows, *_asked(held, rows, period, {} if view is None else _view_called(held, view), view, **look))
        if not shown.visible:
            say(f"{period.year}年没有{'符合条件的' if len(rows) else ''}项目，没有表可看。")
            return NOTHING
        written = None if out is None else _write(held, shown, out, phones=with_phones)
    _print(shown)
    if written is not None:
        say(f"已写出：{written}")
    say(f"{shown.told}；共 {len(shown.visible):,} 个项目。{standing(rows.reach) if rows.reach.known else nothing_in(rows.reach)}。")
    return LOOK if rows.reach.nothing_in or rows.reach.late else DONE


@ledger.group("views", cls=ChineseGroup)
def views() -> None:
    """台账的视图：栏目、筛选、排序、金额单位起一个名称存下来。照视图看表用 ledger table --view。"""


@views.command("list")
@click.pass_obj
def list_all(location: str) -> int:
    """列出视图：程序自带的和本单位存的。"""
    from hydesk.services.pages.ledger_rows import read_rows
    from hydesk.services.pages.ledger_shown import order_in_words
    from hydesk.services.pages.ledger_views import BUILT_IN, list_views, read_order, written_query
    from hydesk.services.upkeep.open_or_create import opened

    lines, told = [], []
    with opened(location) as held:
        own, rows = list_views(held), read_rows(held, end_of_year(held, None))
        for name, view, query in [*((n, {}, q) for n, q in BUILT_IN.items()), *((n, v, _query_of(held, v)) for n, v in own.items())]:
            titles = [rows.title(i) for key in view.get("columns", ()) if (i := rows.index_of(str(key))) is not None]
            order = read_order(view.get("order"), rows.index_of)
            lines.append([name, "本单位" if name in own else "自带", len(titles) or "照旧", _query_words(query), order_in_words(rows, order),
                          view.get("unit", "")])
            told.append({"name": name, "built_in": name not in own, "columns": view.get("columns"), "order": view.get("order", []),
                         "unit": view.get("unit"), **written_query(query)})
    print_table(["视图", "来源", "栏目", "筛选", "排序", "单位"], lines)
    add_to_answer(views=told)
    say(f"本单位的视图 {len(own)} 个，自带 {len(BUILT_IN)} 个。")
    return DONE


@views.command("save")
@click.argument("name", metavar="视图")
@option("--like", metavar="视图", help="从这个视图改起；不写时，已有同名的就改它，没有就从全部项目、通常的栏目起。")
@_look_options
@click.pass_obj
def save(location: str, /, name: str, like: str | None, **look: Any) -> int:
    """存一个视图；已有同名的就改成这样，没有写的照旧。可以撤销。"""
    from hydesk.services.pages.ledger_rows import read_rows
    from hydesk.services.pages.ledger_shown import shown_as
    from hydesk.services.pages.ledger_views import BUILT_IN, list_views, save_view
    from hydesk.services.upkeep.open_or_create import opened

    name = " ".join(name.split())
    if name in BUILT_IN:
        raise HydeskError(f"“{name}”是程序自带的视图，请换一个名称")
    if like is None and not any(look.values()):
        raise click.UsageError("没有写要存什么：--columns、--scope、--find、--order、--unit、--like 至少写一个")
    with opened(location) as held:
        known, period = list_views(held), end_of_year(held, None)
        start = known.get(name, {}) if like is None else _view_called(held, like)
        rows = read_rows(held, period)
        view, query = _asked(held, rows, period, start, name if like is None else like, **look)
        shown = shown_as(rows, view, query)
        kept = _written(shown, view)
        if kept == known.get(name):
            say(f"视图“{name}”与原来相同，没有改动。")
            return NOTHING
        save_view(held, name, kept)
    add_to_answer(view={"name": name, **kept})
    say(f"已保存视图“{name}”：{len(shown.columns)} 栏，{_query_words(query)}。")
    return DONE


@views.command("remove")
@click.argument("name", metavar="视图")
@click.pass_obj
def remove(location: str, name: str) -> int:
    """删除一个本单位存的视图。可以撤销。"""
    from hydesk.domain.nearest import none_called
    from hydesk.services.pages.ledger_views import BUILT_IN, delete_view, list_views
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        known = list_views(held)
        if name in BUILT_IN and name not in known:
            raise HydeskError(f"“{name}”是程序自带的视图，不能删除")
        if name not in known:
            raise HydeskError(f"{none_called(name, '视图', known)}。什么也没有删")
        delete_view(held, name)
    say(f"已删除视图“{name}”。")
    return DONE


def _view_called(held: Ledger, name: str) -> View:
    """The view of that name; a built-in one keeps no columns. Raises HydeskError, naming the nearest, for another."""
    from hydesk.domain.nearest import none_called
    from hydesk.services.pages.ledger_views import BUILT_IN, list_views, written_query

    known = list_views(held)
    if name in known:
        return known[name]
    if name in BUILT_IN:
        return {"query": written_query(BUILT_IN[name])}
    raise HydeskError(f"{none_called(name, '视图', [*BUILT_IN, *known])}。名称见 hydesk ledger views list")


def _query_of(held: Ledger, view: View) -> LedgerQuery:
    from hydesk.domain.scopes.fields import fields_with
    from hydesk.services.pages.ledger_views import read_query
    from hydesk.services.standings.own_columns import list_own_columns

    return read_query(view.get("query", {}), fields_with(list_own_columns(held)))


def _query_words(query: LedgerQuery) -> str:
    from hydesk.services.pages.ledger_query import query_in_words

    return query_in_words(query)


def _asked(held: Ledger, rows: LedgerRows, period: Period, view: View, name: str | None, *, columns: str | None, order: Sequence[str],
           find: str | None, unit: str | None, scope: str | None) -> tuple[View, LedgerQuery]:
    """``view`` with what the options say in the place of what it keeps. Raises for what is not there."""
    from hydesk.services.pages.choose_columns import columns_called, order_called
    from hydesk.services.pages.ledger_query import LedgerQuery

    query = _query_of(held, view)
    made = dict(view)
    if columns is not None:
        named = [n for n in columns.replace("，", ",").split(",") if n.strip()]
        if not named:
            raise click.BadParameter("至少写一个栏目", param_hint="--columns")
        made["columns"] = [rows.columns[c].key for c in columns_called(rows, named)]
    if order:
        made["order"] = [[rows.columns[c].key, down] for c, down in order_called(rows, order)]
    if unit is not None:
        made["unit"] = unit
    if scope is not None:
        query = LedgerQuery.of(scope_in(held, period, scope), query.text)
    return made, query if find is None else replace(query, text=find)


def _written(shown: ShownLedger, view: View) -> dict[str, Any]:
    """What is shown, as a view keeps it."""
    from hydesk.services.pages.ledger_columns import FROZEN
    from hydesk.services.pages.ledger_views import written_query

    own = shown.rows.columns
    return {
        "columns": [own[c].key for c in shown.columns if c >= FROZEN], "widths": dict(view.get("widths") or {}),
        "query": written_query(shown.query), "unit": shown.unit.value, "order": [[own[c].key, down] for c, down in shown.order]}


def _write(held: Ledger, shown: ShownLedger, out: Path, *, phones: bool) -> Path:
    if out.suffix.lower() == _WORKBOOK:
        from hydesk.services.projects.export_shown import export_shown

        export_shown(shown.table(phones=phones), out)
        return out
    from hydesk.services.pages.print_shown import shown_notice
    from hydesk.services.reports.print_notice import print_notice

    notice = replace(shown_notice(held, shown.paper(phones=phones)), stem=out.stem)
    return print_notice(notice, out.parent, (out.suffix.lower().removeprefix("."),))[0]


def _print(shown: ShownLedger) -> None:
    """The table and its sums in the terminal; in JSON every project by the keys of the columns, money in yuan."""
    paper = shown.paper(phones=True)
    print_table([c.head for c in paper.columns], [*paper.rows, paper.totals])
    own, lines = shown.rows.columns, shown.rows.lines
    add_to_answer(period=str(shown.rows.period), columns={own[c].key: shown.rows.title(c) for c in shown.columns}, unit=shown.unit.value,
                  projects=[_plain_line(shown, lines[at]) for at in shown.visible])


def _plain_line(shown: ShownLedger, line: Any) -> Mapping[str, Any]:
    own = shown.rows.columns
    told: dict[str, Any] = {}
    for column in (own[c] for c in shown.columns):
        value = column.money(line) if column.money is not None else column.ratio(line) if column.ratio is not None else column.value(
            line, shown.unit)
        told[column.key] = value if value is None or isinstance(value, int) else str(value)
    return told
