"""hydesk people: who may come to a ledger on a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hydesk.cli.chinese import ChineseGroup, option
from hydesk.cli.parameters import PATH, Parameter
from hydesk.cli.passwords import ask_password
from hydesk.cli.terminal import DONE, print_table, say
from hydesk.domain.errors import HydeskError
from hydesk.domain.people import Person, PersonRole

SCHEMA = "hydesk.people/1"


class _RoleType(Parameter):
    name = "身份"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> PersonRole:
        if isinstance(value, PersonRole):
            return value
        try:
            return PersonRole.read(str(value))
        except HydeskError as error:
            return self.fail(str(error), param, ctx)


_ROLE = _RoleType()


@click.group(cls=ChineseGroup)
def people() -> None:
    """服务器上的台账由哪些人使用：读者看，经办写，主管另管归档、设置和人员。"""


@people.command("list")
@option("--json", "result", type=PATH, metavar="文件", help="把名单写成 JSON。")
@click.pass_obj
def list_them(location: str, result: Path | None) -> int:
    """列出谁能使用台账、各是什么身份。"""
    from hydesk.cli.result_json import ResultFile
    from hydesk.services.upkeep.keep_people import list_people
    from hydesk.services.upkeep.open_or_create import opened

    file = None if result is None else ResultFile(result)
    with opened(location) as held:
        found, me = list_people(held), held.person
    if file is not None:
        file.write({"schema": SCHEMA, "people": [_entry(p, me) for p in found]})
    print_table(["用户名", "身份", "可以做什么", ""], [[p.login, p.role.label, p.role.may, "本人" if p == me else ""] for p in found])
    return DONE


def _entry(person: Person, me: Person | None) -> dict[str, Any]:
    return {"login": person.login, "role": person.role.value, "self": person == me}


@people.command("set-up")
@option("--head", required=True, metavar="用户名", help="第一位主管的用户名，可以是汉字。")
@click.pass_obj
def set_up(location: str, head: str) -> int:
    """把服务器上的台账改为分人管理（管理员做一次）；第一位主管的密码在提示下输入。"""
    from hydesk.services.upkeep.keep_people import set_up_people
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        set_up_people(held, head, ask_password(new=True))
    say(f"已改为分人管理，主管：{head}。以后各人用自己的用户名登录；其他人由主管用 people add 添加。")
    return DONE


@people.command("add")
@click.argument("name", metavar="用户名")
@option("--role", required=True, type=_ROLE, metavar="读者|经办|主管", help="身份。")
@click.pass_obj
def add(location: str, name: str, role: PersonRole) -> int:
    """让一个人使用台账（主管）；密码在提示下输入。"""
    from hydesk.services.upkeep.keep_people import add_person
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        done = add_person(held, name, role, ask_password(new=True))
    say(f"{done.title}：{role.may}。")
    return DONE


@people.command("role")
@click.argument("name", metavar="用户名")
@click.argument("role", metavar="身份", type=_ROLE)
@click.pass_obj
def change(location: str, name: str, role: PersonRole) -> int:
    """改一个人的身份（主管）。"""
    from hydesk.services.upkeep.keep_people import change_role
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        done = change_role(held, name, role)
    say(f"{done.title}：{role.may}。")
    return DONE


@people.command("password")
@click.argument("name", metavar="用户名")
@click.pass_obj
def password(location: str, name: str) -> int:
    """改自己的密码；主管也可以重设别人的。新密码在提示下输入。"""
    from hydesk.services.upkeep.keep_people import change_password
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        change_password(held, name, ask_password(new=True))
    say(f"{name}的密码已改。")
    return DONE


@people.command("remove")
@click.argument("name", metavar="用户名")
@click.pass_obj
def remove(location: str, name: str) -> int:
    """不再让一个人使用台账（主管）；他做过的操作仍记在他名下。"""
    from hydesk.services.upkeep.keep_people import remove_person
    from hydesk.services.upkeep.open_or_create import opened

    with opened(location) as held:
        done = remove_person(held, name)
    say(f"{done.title}。")
    return DONE
