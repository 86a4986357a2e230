"""hydesk returns show | original | remember: one return in full, its file as it came, what its columns are from now on."""

from __future__ import annotations

from pathlib import Path

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.parameters import NUMBER, PATH
from hydesk.cli.remembered_command import returns
from hydesk.cli.terminal import DONE, LOOK, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import row_in_file
from hydesk.domain.money import MoneyUnit
from hydesk.domain.nearest import none_called
from hydesk.domain.return_states import state_word

__all__ = ["returns"]
_UNITS = {u.value: u for u in MoneyUnit}


@returns.command("show")
@click.argument("number", metavar="编号", type=NUMBER)
@option("--findings", "only", is_flag=True, help="只列核对所见，不列写入了什么。")
@click.pass_obj
def show(location: str, number: int, only: bool) -> int:
    """一份报表的全部：怎样读的、核对所见、写入了什么、从多少改成多少；有错误的以状态 1 结束。"""
    from hydesk.services.returns.list_returns import return_detail
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = return_detail(held, number)
    s = found.summary
    if found.findings:
        print_table(["级别", "表", "行", "格", "项目", "说明"], [
            [f.level.label, f.sheet or "", "" if f.row is None else row_in_file(f.row), f.cell or "", f.project or "", f.message]
            for f in found.findings])
    if found.changes and not only:
        print_table(["编号", "项目", "栏目", "原来", "写入", "依据", ""], [
            [c.project, c.project_name, c.field, c.old, c.new, " ".join(x for x in (c.sheet, c.cell) if x), "已撤销" if c.undone else ""]
            for c in found.changes])
    add_to_answer(
        id=s.id, file=s.file, sha256=found.sha256, unit=s.unit, period=None if s.period is None else str(s.period), state=s.status,
        undone=s.undone, rows=s.rows, actor=s.actor, received_at=s.received_at.isoformat(timespec="seconds"),
        sheets=[{"sheet": x.name, "used": x.used} for x in found.sheets],
        findings=[{"level": f.level.value, "code": f.code, "sheet": f.sheet, "row": None if f.row is None else row_in_file(f.row), "cell": f.cell,
                   "project": f.project, "message": f.message} for f in found.findings],
        changes=[{"project": c.project, "field": c.field, "old": c.old, "new": c.new, "sheet": c.sheet, "cell": c.cell, "undone": c.undone}
                 for c in found.changes])
    errors = sum(f.level is Level.ERROR for f in found.findings)
    state = state_word(s.status, undone=s.undone, superseded_by=s.superseded_by)
    say(f"{number} 号“{s.file}”（{s.unit or '多个单位'}）：{state}，{s.rows} 行，错误 {errors} 处，提醒 {s.warnings} 处，写入 {len(found.changes)} 处。")
    return LOOK if errors else DONE


@returns.command("original")
@click.argument("number", metavar="编号", type=NUMBER)
@option("--out", required=True, type=PATH, metavar="文件或文件夹", help="写到哪里；写文件夹时用来时的名称。")
@click.pass_obj
def original(location: str, number: int, out: Path) -> int:
    """把一份报表的原件照来时的样子写出来，一个字节不差。"""
    from hydesk.domain.file_names import clean_name
    from hydesk.services.returns.list_returns import original_file
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        name, content = original_file(held, number)
    path = out / clean_name(name, "报表") if out.is_dir() or not out.suffix else out
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise HydeskError(f"“{path}”写不了，可能没有权限，或这份文件正开着；请关闭它或换一个位置") from error
    add_to_answer(file=str(path), bytes=len(content))
    say(f"已写出：{path}")
    return DONE


@returns.command("remember")
@click.argument("header", metavar="表头")
@option("--unit", metavar="单位", help="只对这个单位的报表；不写时对各单位都算。")
@option("--field", metavar="栏目", help="这一列是什么，如 年初至本月累计完成投资。")
@option("--money", type=click.Choice(tuple(_UNITS)), metavar="单位", help=f"没写单位时这一列按什么读：{'、'.join(_UNITS)}。")
@click.pass_obj
def remember(location: str, header: str, unit: str | None, field: str | None, money: str | None) -> int:
    """指明一列是什么，或按什么单位读，以后照此读取；列出、忘记用 remembered。表头写法和报表里一样。"""
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.returns.remember_decision import remember_column, remember_money_unit
    from hydesk.services.upkeep.open_or_create import opened

    header = " ".join(header.split())
    if not header:
        raise click.BadParameter("请写表头", param_hint="表头")
    if (field is None) == (money is None):
        raise click.UsageError("--field 和 --money 写一个")
    own = None if field is None else _field(field)
    with opened(location) as held:
        of = unit and find_unit(held, unit)
        if own is not None:
            remember_column(held, of, header, own)
        else:
            remember_money_unit(held, of, header, _UNITS[str(money)])
    say(f"已记住：{of or '各单位'}报表里的“{header}”{f'是{own.label}' if own is not None else f'按{money}读'}。")
    return DONE


def _field(said: str) -> Field:
    """The field called ``said``. Raises click.BadParameter, naming the nearest, for another."""
    name = "".join(said.split())
    found = next((f for f in Field if name in (f.label, f.value, *f.spec.heads)), None)
    if found is None:
        raise click.BadParameter(none_called(said, "栏目", [f.label for f in Field]), param_hint="--field")
    return found
