"""hydesk register records | write | remove | promises | definition | define | drop | enable | renew: records and shapes of registers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hydesk.cli.answers import add_to_answer
from hydesk.cli.chinese import option
from hydesk.cli.mechanism_commands import register
from hydesk.cli.parameters import NUMBER, PATH, PERIOD
from hydesk.cli.register_commands import find_register
from hydesk.cli.scoping import scope_in, scope_option
from hydesk.cli.terminal import DONE, LOOK, NOTHING, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period

if TYPE_CHECKING:
    from hydesk.domain.registers import RegisterDefinition, RegisterValue

__all__ = ["register"]
_PERIOD = option("--period", required=True, type=PERIOD, metavar="报告期", help="取自台账的数字、写“6月”的日期都按这一期，如 2023-06。")


@register.command("records")
@click.argument("name", metavar="台账")
@_PERIOD
@scope_option
@click.pass_obj
def records(location: str, name: str, period: Period, scope: str | None) -> int:
    """列出一本台账的每条记录，带编号；write、remove 用这个编号。"""
    from hydesk.domain.register_words import show_register_value
    from hydesk.services.registers.list_registers import open_register, records_in
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = open_register(held, find_register(held, name), period)
        own = records_in(held, found.id, period, scope_in(held, period, scope))
    fields, shown = found.definition.fields, [r for r in found.records if own is None or r.id in own]
    add_to_answer(register=found.definition.name, records=[
        {"id": r.id, "values": {f.key: _plain(r.get(f.key)) for f in fields if r.get(f.key) is not None}} for r in shown])
    if shown:
        print_table(["编号", *(f.head for f in fields)], [[r.id, *(" ".join(show_register_value(f.kind, r.get(f.key), {}).split()) for f in fields)] for r in shown])
    say(f"“{found.definition.name}”共 {len(shown)} 条。")
    return DONE


@register.command("write")
@click.argument("name", metavar="台账")
@click.argument("values", metavar="栏目=内容…", nargs=-1, required=True)
@option("--record", "number", type=NUMBER, metavar="编号", help="改这一条；不写时新增一条。")
@_PERIOD
@click.pass_obj
def write(location: str, name: str, values: Sequence[str], number: int | None, period: Period) -> int:
    """新增或修改一条记录，如 register write 县市区承诺 填报单位=衡南县 承诺期=全年 承诺完成投资=50000；金额按万元，写“栏目=”即清空。可以撤销。"""
    from hydesk.services.registers.list_registers import open_register
    from hydesk.services.registers.write_records import RecordChange, write_records
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = open_register(held, find_register(held, name), period)
        if number is not None and all(r.id != number for r in found.records):
            raise HydeskError(f"“{found.definition.name}”里没有 {number} 号记录，什么也没有写。编号见 hydesk register records")
        changes = [RecordChange(number, *_assigned(found.definition, said)) for said in values]
        done = write_records(held, found.id, changes, period.year)
    made = done.value
    key = made[0] if made else number
    add_to_answer(register=found.definition.name, record=key)
    if not done.wrote:
        say(f"“{found.definition.name}”的 {key} 号记录与原来相同，没有改动。")
        return NOTHING
    say(f"“{found.definition.name}”{'新增了' if number is None else '改了'} {key} 号记录。")
    return DONE


@register.command("remove")
@click.argument("name", metavar="台账")
@click.argument("numbers", metavar="编号…", type=NUMBER, nargs=-1, required=True)
@_PERIOD
@click.pass_obj
def remove(location: str, name: str, numbers: Sequence[int], period: Period) -> int:
    """删除记录。可以撤销。"""
    from hydesk.services.registers.list_registers import open_register
    from hydesk.services.registers.write_records import remove_records
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = open_register(held, find_register(held, name), period)
        if strange := set(numbers) - {r.id for r in found.records}:
            raise HydeskError(f"“{found.definition.name}”里没有 {'、'.join(map(str, sorted(strange)))} 号记录，什么也没有删")
        remove_records(held, found.id, sorted(set(numbers)))
    say(f"“{found.definition.name}”已删除 {len(set(numbers))} 条。")
    return DONE


@register.command("promises")
@option("--period", required=True, type=PERIOD, metavar="报告期", help="看到哪一期末，如 2023-06。")
@option("--unit", metavar="单位", help="只列一个单位的。")
@scope_option
@click.pass_obj
def promises(location: str, period: Period, unit: str | None, scope: str | None) -> int:
    """承诺兑现：单位和项目的承诺，与台账对照；有未兑现的以状态 1 结束。登记承诺用 register write 县市区承诺（或 项目承诺）。"""
    from hydesk.domain.money import format_percent
    from hydesk.domain.promises import promise_state
    from hydesk.services.mechanisms.settle_promises import kept_share, settle_promises
    from hydesk.services.projects.find_unit import find_unit
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        unit = unit and find_unit(held, unit)
        found = [p for p in settle_promises(held, period, scope_in(held, period, scope)) if unit is None or p.unit == unit]
    share = kept_share(found)
    add_to_answer(period=str(period), kept_share=None if share is None else str(share), promises=[{
        "record": p.record_id, "unit": p.unit, "project": p.project or None, "about": p.about, "promised": p.promised,
        "delivered": p.delivered, "due": None if p.due is None else p.due.isoformat(), "kept": p.kept, "at_risk": p.at_risk,
        "reason": p.reason} for p in found])
    if found:
        print_table(["情况", "单位", "项目", "承诺事项", "承诺", "兑现", "期限", "说明"], [
            [promise_state(p), p.unit, p.project, p.about, p.promised, p.delivered, p.due or "", p.reason] for p in found])
    broken = sum(p.kept is False for p in found)
    say(f"{period.label}：承诺 {len(found)} 项，未兑现 {broken} 项，兑现率 {format_percent(share)}。")
    return LOOK if broken else DONE


@register.command("definition")
@click.argument("name", metavar="台账")
@option("--out", type=PATH, metavar="文件", help="把定义写成一个 JSON 文件；改好后用 register define 读回。")
@_PERIOD
@click.pass_obj
def definition(location: str, name: str, out: Path | None, period: Period) -> int:
    """一本台账有哪些栏目、靠哪几栏辨认记录、哪一栏是状态和期限。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.domain.registers import definition_to_data
    from hydesk.services.registers.list_registers import open_register
    from hydesk.services.upkeep.open_or_create import opened

    file = None if out is None else ResultFile(out)
    with opened(location) as held:
        shape = open_register(held, find_register(held, name), period).definition
    add_to_answer(definition=definition_to_data(shape))
    if file is not None:
        file.write(definition_to_data(shape))
    print_table(["代号", "栏目", "种类", "必填", "选项"], [
        [f.key, f.head, f.kind.label, "是" if f.required else "", "、".join(f.choices)] for f in shape.fields])
    say(f"“{shape.name}”：{shape.purpose}辨认记录：{'、'.join(_label(shape, k) for k in shape.identity)}"
        + (f"；状态：{_label(shape, shape.state)}" if shape.state else "") + (f"；期限：{_label(shape, shape.due)}" if shape.due else "") + "。")
    return DONE


@register.command("define")
@click.argument("file", metavar="定义文件", type=PATH)
@option("--change", "name", metavar="台账", help="改这一本台账的定义；不写时新建一本。")
@_PERIOD
@click.pass_obj
def define(location: str, file: Path, name: str | None, period: Period) -> int:
    """按 JSON 文件新建一本台账，或改一本台账的栏目；去掉的栏目里的内容留在操作记录里。可以撤销。"""
    from hydesk.services.registers.save_register import add_register, change_register
    from hydesk.services.upkeep.open_or_create import opened

    shape = _read_definition(file)
    with opened(location) as held:
        if name is None:
            add_register(held, shape)
        else:
            change_register(held, find_register(held, name), shape)
    say(f"{'已新建' if name is None else '已修改'}台账“{shape.name}”，{len(shape.fields)} 个栏目。")
    return DONE


@register.command("drop")
@click.argument("name", metavar="台账")
@_PERIOD
@click.pass_obj
def drop(location: str, name: str, period: Period) -> int:
    """删除一本台账和它的记录。可以撤销。"""
    from hydesk.services.registers.list_registers import open_register
    from hydesk.services.registers.save_register import remove_register
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        found = open_register(held, find_register(held, name), period)
        remove_register(held, found.id)
    say(f"已删除台账“{found.definition.name}”和它的 {len(found.records)} 条记录。")
    return DONE


@register.command("enable")
@_PERIOD
@click.pass_obj
def enable(location: str, period: Period) -> int:
    """启用程序自带的台账（三张清单、军令状、红黄榜等）；已有的不动。可以撤销。"""
    from hydesk.services.registers.fill_shipped import add_shipped
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        done = add_shipped(held, period.year)
    say("已启用自带的台账。" if done.wrote else "自带的台账都已启用，没有改动。")
    return DONE if done.wrote else NOTHING


@register.command("renew")
@click.pass_obj
def renew(location: str) -> int:
    """补充新字段：新版本自带台账多出来的字段，补进以前启用的；已填的和自己改过的不动。可以撤销。"""
    from hydesk.services.registers.renew_registers import renew_registers
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        renewed = renew_registers(held).value
    say(f"已给 {len(renewed)} 本台账补充新字段，原有内容未动。" if renewed else "没有要补充的字段，没有改动。")
    return DONE if renewed else NOTHING


def _read_definition(file: Path) -> RegisterDefinition:
    from hydesk.domain.register_files import read_definition_file

    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise HydeskError(f"定义文件“{file}”读不了，可能不存在或没有权限。台账没有改动。") from error
    except (ValueError, RecursionError) as error:
        raise HydeskError(f"“{file.name}”不是 JSON 文件。写法可照 hydesk register definition 台账 --out 文件。台账没有改动。") from error
    try:
        return read_definition_file(data)
    except ValueError as error:
        raise HydeskError(f"“{file.name}”不能作台账的定义：{error}。写法可照 hydesk register definition 台账 --out 文件。台账没有改动。") from error


def _assigned(shape: RegisterDefinition, said: str) -> tuple[str, str | None]:
    label, sign, words = said.replace("＝", "=", 1).partition("=")
    if not sign:
        raise HydeskError(f"“{said}”里没有等号，请写成 栏目=内容。台账没有改动。")
    label = label.strip()
    found = next((f for f in shape.fields if label in (f.label, f.head, f.key, *f.names)), None)
    if found is None:
        raise HydeskError(f"“{shape.name}”里没有“{label}”这一栏，可用：{'、'.join(f.label for f in shape.stored)}。台账没有改动。")
    return found.key, words.strip() or None


def _label(shape: RegisterDefinition, key: str) -> str:
    return shape.field_of(key).label


def _plain(value: RegisterValue | None) -> Any:
    return value if value is None or isinstance(value, int) else str(value)
