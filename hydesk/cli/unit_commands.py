"""hydesk units: the reporting units, as 设置 → 填报单位 keeps them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.terminal import DONE, NOTHING, print_table, say

_KIND = option("--kind", metavar="性质", help="县市区、园区或市直部门。")
_GROUP = option("--group", metavar="分组", help="排名和范围按哪一组；写 \"\" 即按性质分组。")
_SHORT = option("--short", "shorts", multiple=True, metavar="简称", help="报表里怎样称呼它，可以写多次；写了就代替原有的。")
_CODE = option("--code", metavar="区划代码", help="6 位；园区和部门可以不填。")


@click.group(cls=ChineseGroup)
def units() -> None:
    """填报单位：列出，新增、修改、停用、重新启用，排次序。"""


@units.command("list")
@click.pass_obj
def list_units(location: str) -> int:
    """列出填报单位，按各表、各报告里的次序；停用的也列出。"""
    from hydesk.services.standings.list_standings import list_units as read
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = read(held)
    print_table(["单位", "性质", "分组", "区划代码", "简称", "状态"], [
        [u.name, u.kind, u.group or u.kind, u.region_code or "", "、".join(u.short_names), "停用" if u.retired else ""] for u in found])
    add_to_answer(units=[{"name": u.name, "kind": u.kind, "group": u.group or u.kind, "region_code": u.region_code,
                          "short_names": list(u.short_names), "retired": u.retired} for u in found])
    say(f"{sum(not u.retired for u in found)} 个填报单位" + (f"，另有 {n} 个停用。" if (n := sum(u.retired for u in found)) else "。"))
    return DONE


@units.command("add")
@click.argument("name", metavar="单位")
@_KIND
@_GROUP
@_SHORT
@_CODE
@click.pass_obj
def add(location: str, name: str, kind: str | None, group: str | None, shorts: tuple[str, ...], code: str | None) -> int:
    """新增一个填报单位，排在最后；停用过的同名单位重新启用。可以撤销。"""
    from hydesk.services.projects.keep_units import add_unit
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        add_unit(held, name, kind or "", shorts, code or "", group=group or "")
    say(f"已新增填报单位“{name.strip()}”。")
    return DONE


@units.command("change")
@click.argument("name", metavar="单位")
@option("--name", "new", metavar="新名称", help="更名；原来的名称自动留作简称，报表写旧名的仍认得。")
@_KIND
@_GROUP
@_SHORT
@_CODE
@click.pass_obj
def change(location: str, name: str, new: str | None, kind: str | None, group: str | None, shorts: tuple[str, ...],
           code: str | None) -> int:
    """修改一个填报单位的名称、性质、分组、简称、区划代码；没有写的不变。可以撤销。"""
    from hydesk.services.projects.edit_unit import edit_unit
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.standings.list_standings import list_units as read
    from hydesk.services.upkeep.open_or_create import opened

    if new is None and kind is None and group is None and not shorts and code is None:
        raise click.UsageError("没有写要改什么：--name、--kind、--group、--short、--code 至少写一个")
    with opened(location) as held:
        unit = next(u for u in read(held) if u.name == find_unit(held, name))
        changed = edit_unit(held, unit.name, unit.name if new is None else new, unit.kind if kind is None else kind,
                            shorts or unit.short_names, code, group=group).value
    say(f"{unit.name}：改了 {changed} 处。" if changed else f"{unit.name}：与原来相同，没有改动。")
    return DONE if changed else NOTHING


@units.command("retire")
@click.argument("name", metavar="单位")
@click.pass_obj
def retire(location: str, name: str) -> int:
    """停用一个填报单位：不再列入选择，过去的数字仍在它名下；名下还有当年项目的不能停用。可以撤销。"""
    from hydesk.services.projects.keep_units import retire_unit

    return _switch(location, name, retire_unit, "停用")


@units.command("take-up")
@click.argument("name", metavar="单位")
@click.pass_obj
def take_up(location: str, name: str) -> int:
    """重新启用一个停用的填报单位。可以撤销。"""
    from hydesk.services.projects.keep_units import take_up_unit

    return _switch(location, name, take_up_unit, "重新启用")


def _switch(location: str, name: str, act: object, said: str) -> int:
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    assert callable(act)
    with opened(location) as held:
        unit = find_unit(held, name)
        wrote = act(held, unit).wrote
    say(f"已{said}填报单位“{unit}”。" if wrote else f"填报单位“{unit}”已经是这样，没有改动。")
    return DONE if wrote else NOTHING


@units.command("order")
@click.argument("names", metavar="单位…", nargs=-1, required=True)
@click.pass_obj
def order(location: str, names: Sequence[str]) -> int:
    """按所写的先后排填报单位的次序，没有写的照原来的先后排在后面。可以撤销。"""
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.projects.keep_units import arrange_units
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        wanted = [find_unit(held, n) for n in names]
        wrote = arrange_units(held, wanted).wrote
    say(f"次序已改，前面是：{'、'.join(wanted)}。" if wrote else "次序与原来相同，没有改动。")
    return DONE if wrote else NOTHING
