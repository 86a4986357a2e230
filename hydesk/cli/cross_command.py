"""hydesk cross: the statistics table, projects told apart by two dimensions (报告 → 统计表)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.figures_command import BY, dimension_called
from hydesk.cli.parameters import FORMATS, PATH, PERIOD
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.services.pages.cross_table import CrossOf
    from hydesk.services.upkeep.open_ledger import Ledger


@click.command(cls=ChineseCommand, epilog="--by、--across 可用：" + "、".join(BY) + "，或自建栏目的名称。")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看哪一期，如 2023-06。")
@option("--by", default="unit", metavar="分项", help="每行是什么，如 unit、class；不写时按单位。")
@option("--across", required=True, metavar="分项", help="每列是什么，如 nature、stage、lamp。")
@option("--measure", default="项目个数", metavar="指标", help="项目个数、总投资、年度计划投资、年初至今完成、完成率，或能合计的自建栏目的名称。")
@option("--out", type=PATH, metavar="文件夹", help="把表连同条形图印出来，写到这里。")
@option("--format", "formats", default="pdf", type=FORMATS, metavar="格式", help="pdf、docx、xlsx，多个用逗号隔开。")
@scope_option
@click.pass_obj
def cross(location: str, period: Period, by: str, across: str, measure: str, out: Path | None, formats: tuple[str, ...],
          scope: str | None) -> int:
    """统计表：任选两样交叉，统计个数、投资或完成率，与窗口里是同一张表；只按一样分列用 figures。"""
    from hydesk.domain.measures.words import nothing_in, standing
    from hydesk.services.pages.cross_table import cross_as_report, cross_table
    from hydesk.services.reports.print_report import print_report
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        wanted, asked = scope_in(held, period, scope), _measure(held, measure)
        made = cross_table(held, period, dimension_called(held, by), dimension_called(held, across, "--across"), scope=wanted)
        report = None if out is None or not made.whole.count else cross_as_report(
            held, made, asked, f"只统计{wanted.words}的项目" if wanted.narrowed else "")
    if not made.whole.count:
        say(f"{period.year}年没有{'符合“' + wanted.words + '”的' if wanted.narrowed else ''}项目。")
        return NOTHING

    def shown(row: str, column: str) -> str:
        return asked.show(made.cells[row, column]) if (row, column) in made.cells else ""

    print_table([made.rows_by.label, *made.columns, "合计"], [
        *([row, *(shown(row, c) for c in made.columns), asked.show(made.row_totals[row])] for row in made.rows),
        ["合计", *(asked.show(made.column_totals[c]) for c in made.columns), asked.show(made.whole)]])
    add_to_answer(period=str(period), measure=asked.value, unit=asked.unit, columns=list(made.columns),
                  rows={row: {c: _plain(asked.of(made.cells[row, c])) for c in made.columns if (row, c) in made.cells} for row in made.rows},
                  whole=_plain(asked.of(made.whole)))
    for path in print_report(report, out, formats) if report is not None and out is not None else ():
        say(f"已写出：{path}")
    say((standing(made.reach) if made.reach.known else nothing_in(made.reach)) + "。")
    return LOOK if made.reach.nothing_in or made.reach.late else DONE


def _measure(ledger: Ledger, name: str) -> CrossOf:
    from hydesk.services.pages.cross_table import list_measures

    known = list_measures(ledger)
    found = next((m for m in known if m.value == name.strip()), None)
    if found is None:
        raise click.BadParameter(f"没有“{name}”这个指标，可用：{'、'.join(m.value for m in known)}", param_hint="--measure")
    return found


def _plain(value: Any) -> int | str | None:
    return value if value is None or isinstance(value, int) else str(value)
