"""hydesk register views | history: how a register is looked at, and what became of one of its records."""

from __future__ import annotations

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.mechanism_pages import register
from hydesk.cli.parameters import NUMBER, PERIOD
from hydesk.cli.register_commands import find_register
from hydesk.cli.terminal import DONE, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.nearest import none_called
from hydesk.domain.periods import Period
from hydesk.domain.registers import RegisterDefinition, RegisterView

__all__ = ["register"]


@register.group("views", cls=ChineseGroup)
def views() -> None:
    """一本台账的视图：显示哪几栏、只看哪一类，起一个名称存下来。"""


@views.command("list")
@click.argument("name", metavar="台账")
@click.pass_obj
def list_views(location: str, name: str) -> int:
    """列出一本台账的视图。"""
    from hydesk.services.registers.list_registers import register_definitions
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        shape = register_definitions(held)[find_register(held, name)]
    if shape.views:
        print_table(["视图", "栏目", "只看"], [[v.name, "、".join(shape.field_of(f).label for f in v.fields), _only(shape, v)] for v in shape.views])
    add_to_answer(register=shape.name, views=[{
        "name": v.name, "fields": list(v.fields), "only": None if v.only is None else {"field": v.only[0], "choices": list(v.only[1])}}
        for v in shape.views])
    say(f"“{shape.name}”有 {len(shape.views)} 个视图。")
    return DONE


@views.command("save")
@click.argument("name", metavar="台账")
@click.argument("view", metavar="视图")
@option("--fields", required=True, metavar="栏目", help="显示哪几栏、什么次序，用逗号隔开。")
@option("--only", metavar="栏目=值", help="只看一栏里的几个值，值用 | 隔开，如 状态=办理中|未办理。")
@click.pass_obj
def save(location: str, name: str, view: str, fields: str, only: str | None) -> int:
    """存一个视图；已有同名的就换成这个。可以撤销。"""
    from hydesk.services.registers.list_registers import register_definitions
    from hydesk.services.registers.save_register import save_view
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        key = find_register(held, name)
        shape = register_definitions(held)[key]
        chosen = tuple(dict.fromkeys(_field(shape, f) for f in fields.replace("，", ",").split(",") if f.strip()))
        wrote = save_view(held, key, RegisterView(" ".join(view.split()), chosen, _narrowed(shape, only))).wrote
    say(f"“{shape.name}”{'已保存视图' if wrote else '的视图与原来相同，没有改动：'}“{' '.join(view.split())}”。")
    return DONE if wrote else NOTHING


@views.command("remove")
@click.argument("name", metavar="台账")
@click.argument("view", metavar="视图")
@click.pass_obj
def remove(location: str, name: str, view: str) -> int:
    """删除一个视图，记录不动。可以撤销。"""
    from hydesk.services.registers.list_registers import register_definitions
    from hydesk.services.registers.save_register import remove_view
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        key = find_register(held, name)
        shape = register_definitions(held)[key]
        if all(v.name != view for v in shape.views):
            raise HydeskError(f"{none_called(view, '视图', [v.name for v in shape.views])}。什么也没有删")
        remove_view(held, key, view)
    say(f"“{shape.name}”已删除视图“{view}”。")
    return DONE


@register.command("history")
@click.argument("name", metavar="台账")
@click.argument("number", metavar="编号", type=NUMBER)
@option("--period", required=True, type=PERIOD, metavar="报告期", help="取自台账的数字按这一期，如 2023-06。")
@click.pass_obj
def history(location: str, name: str, number: int, period: Period) -> int:
    """一条记录的修改记录：谁在什么时候把什么改成了什么，依据哪一格；撤销了的也列出。"""
    from hydesk.services.registers.look_at_register import look_at_register
    from hydesk.services.registers.record_history import record_history
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        sheet = look_at_register(held, find_register(held, name), period)
        found = record_history(held, sheet, number)
    if not found:
        raise HydeskError(f"“{sheet.definition.name}”里没有 {number} 号记录。编号见 hydesk register records")
    print_table(["时间", "经手人", "修改", "依据", ""], [
        [f"{s.at:%Y-%m-%d %H:%M}", s.actor, s.words, s.source, "已撤销" if s.undone else ""] for s in found])
    add_to_answer(register=sheet.definition.name, record=number, changes=[{
        "at": s.at.isoformat(timespec="seconds"), "actor": s.actor, "field": s.field or None, "old": s.old, "new": s.new, "undone": s.undone,
        "source": s.source or None} for s in found])
    say(f"{len(found)} 处修改。")
    return DONE


def _field(shape: RegisterDefinition, said: str) -> str:
    label = said.strip()
    found = next((f.key for f in shape.fields if label in (f.label, f.head, f.key, *f.names)), None)
    if found is None:
        raise HydeskError(f"“{shape.name}”里{none_called(label, '栏目', [f.label for f in shape.fields])}。什么也没有做")
    return found


def _narrowed(shape: RegisterDefinition, said: str | None) -> tuple[str, tuple[str, ...]] | None:
    if said is None:
        return None
    label, sign, words = said.replace("＝", "=", 1).partition("=")
    values = tuple(v.strip() for v in words.split("|") if v.strip())
    if not sign or not values:
        raise click.BadParameter(f"“{said}”不对，应写成 栏目=值，如 状态=办理中|未办理", param_hint="--only")
    key = _field(shape, label)
    choices = shape.field_of(key).choices
    if strange := [v for v in values if choices and v not in choices]:
        raise HydeskError(f"“{shape.field_of(key).label}”{none_called(strange[0], '选项', choices)}。什么也没有做")
    return key, values


def _only(shape: RegisterDefinition, view: RegisterView) -> str:
    return "" if view.only is None else f"{shape.field_of(view.only[0]).label}＝{'、'.join(view.only[1])}"
