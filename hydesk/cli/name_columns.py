"""hydesk returns name-columns: say what the columns of a sheet without a head hold."""

from __future__ import annotations

import re
from pathlib import Path

import click

from hydesk.cli.chinese import ChineseCommand, option
from hydesk.cli.parameters import NUMBER, PATH, PERIOD
from hydesk.cli.terminal import DONE, LOOK, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.sheet_layout import SheetLayout

_COLUMN = re.compile(r"([A-Za-z]{1,3})[=＝](.+?)(?:[（(:：](万元|亿元|元)[)）]?)?")


@click.command("name-columns", cls=ChineseCommand)
@click.argument("file", metavar="文件", type=PATH)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="如 2023-06（月）或 2023-W25（周）。")
@option("--unit", metavar="单位", help="填报单位；不写时从表里认。")
@option("--sheet", metavar="工作表", help="哪张表；只有一张没有读出的表时不必写。")
@option("--row", "row", type=NUMBER, metavar="行号", help="第一个项目在第几行；不写时从台账的项目名称找。")
@option("--column", "columns", multiple=True, metavar="列=内容",
        help="如 B=项目名称、D=年度计划投资（万元）；可以写多次。不写时只列出看起来各列是什么。")
@click.pass_obj
def name_columns(
    location: str, file: Path, period: Period, unit: str | None, sheet: str | None, row: int | None, columns: tuple[str, ...],
) -> int:
    """指明认不出表头的表各列是什么，记住，以后这个单位的这张表照此读取。"""
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.returns import name_columns as naming
    from hydesk.services.returns.read_return import read_return
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        draft = read_return(held, file, period, unit and find_unit(held, unit))
        if draft.book is None:
            raise HydeskError(f"“{draft.name}”读不出内容，不能指定各列。请退回填报单位")
        found = {s.sheet: s for s in naming.sheets_to_name(held, draft)}
        if sheet is None and len(found) == 1:
            sheet = next(iter(found))
        if sheet is None or sheet not in found:
            raise HydeskError("请用 --sheet 指明工作表，没有读出的有：" + ("、".join(found) or "（没有，每张表都已读出）"))
        guess = found[sheet]
        if not columns:
            print_table(["列", "上面的字", "前几格", "看起来是"], [
                [c.letter, c.words, "；".join(c.samples), _said(c.field, c.unit)] for c in guess.columns])
            say(f"表“{sheet}”{guess.why}。第一个项目在第 {guess.first_row} 行，有 {guess.known_projects} 行是台账的项目。用 --column 指明各列。")
            return LOOK
        named = [_column(text) for text in columns]
        layout = SheetLayout(row if row is not None else guess.first_row, {c: f for c, f, _ in named},
                             {c: u for c, _, u in named if u is not None})
        preview = naming.preview_named(held, draft, sheet, layout)
        if not preview.matched:
            raise HydeskError(f"{preview.said}；没有记住")
        read = naming.name_columns(held, draft, sheet, layout)
    say(f"{preview.said}。已记住：{layout.said}。")
    return LOOK if read.understanding.needs_person else DONE


def _column(text: str) -> tuple[int, Field, MoneyUnit | None]:
    """B=项目名称 → the second column, the field, and the unit of money where one is said."""
    m = _COLUMN.fullmatch(text.strip())
    field = None if m is None else next((f for f in Field if m[2].strip() in (f.label, f.value)), None)
    if m is None or field is None:
        labels = "、".join(f.label for f in Field)
        raise HydeskError(f"看不懂“{text}”。请写成 B=项目名称 这样，内容可以是：{labels}")
    number = 0
    for letter in m[1].upper():
        number = number * 26 + ord(letter) - 64
    return number, field, MoneyUnit(m[3]) if m[3] else None


def _said(field: Field | None, unit: MoneyUnit | None) -> str:
    if field is None:
        return ""
    return f"{field.label}（{unit.value}）" if unit is not None else field.label
