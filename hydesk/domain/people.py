"""Who may do what in a ledger on a server: readers, clerks and heads (docs/rules.md §14)."""

from __future__ import annotations

from enum import StrEnum

from hydesk.dataclass import dataclass
from hydesk.domain.errors import HydeskError


class Right(StrEnum):
    """A kind of writing, as roles differ in it (docs/rules.md §14.1)."""

    WRITE = "write"
    ISSUE = "issue"
    RULES = "rules"
    UNITS = "units"
    REGISTERS = "registers"
    PEOPLE = "people"
    VERSION = "version"
    SELF = "self"

    @property
    def label(self) -> str:
        """What is done by it: 归档报告, 修改设置 …"""
        return _DONE_BY[self]


_DONE_BY = {
    Right.WRITE: "修改台账", Right.ISSUE: "归档报告", Right.RULES: "修改设置", Right.UNITS: "修改填报单位",
    Right.REGISTERS: "修改登记簿的栏目", Right.PEOPLE: "管理人员", Right.VERSION: "升级台账",
    Right.SELF: "修改自己的密码",
}


class PersonRole(StrEnum):
    """What a person may do. The server itself holds everybody to it; the window only says so earlier."""

    READER = "reader"
    CLERK = "clerk"
    HEAD = "head"

    @property
    def label(self) -> str:
        """读者, 经办 or 主管."""
        return _WORDS[self][0]

    @property
    def may(self) -> str:
        """What the role allows, in words."""
        return _WORDS[self][1]

    def allows(self, right: Right) -> bool:
        """Whether whoever has this role may do what needs ``right``: the one rule of who may do what."""
        return right is Right.SELF or self is PersonRole.HEAD or (self is PersonRole.CLERK and right is Right.WRITE)

    @property
    def writes(self) -> bool:
        """Whether anything may be written."""
        return self.allows(Right.WRITE)

    @classmethod
    def read(cls, words: str) -> PersonRole:
        """The role called ``words``, in Chinese or English. Raises HydeskError."""
        for role in cls:
            if words.strip().lower() in (role.value, role.label):
                return role
        raise HydeskError(f"没有“{words}”这种身份，可用：读者、经办、主管")


_WORDS = {
    PersonRole.READER: ("读者", "查看、打印、导出"),
    PersonRole.CLERK: ("经办", "收报、核对、修改台账、写报告"),
    PersonRole.HEAD: ("主管", "经办的全部，以及归档报告、修改设置、管理人员、升级台账"),
}

NO_PEOPLE = "这个台账还没有分人管理，知道地址的都能修改；请管理员先运行 hydesk people set-up"
HEADS_ONLY = "这一步要由主管来做，没有写入"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may come to the ledger: the name of the login, under which everything he writes is signed."""

    login: str
    role: PersonRole

    def why_not(self, right: Right) -> str:
        """Who does what needs ``right`` where this person does not, as a sentence; empty where he may."""
        if self.role.allows(right):
            return ""
        who = "由经办或主管来做" if PersonRole.CLERK.allows(right) else "由主管来做"
        return f"{right.label}{who}；你登录的身份是{self.role.label}"


LONGEST_LOGIN = 20
"""Letters; a server takes 63 bytes, and a Chinese letter is three of them."""


def fitting_login(name: str) -> str:
    """``name`` as a login: letters, figures, Chinese letters and _ . - only. Raises HydeskError."""
    wanted = name.strip()
    if not wanted or len(wanted) > LONGEST_LOGIN or not all(c.isalnum() or c in "_.-" for c in wanted):
        raise HydeskError(f"用户名只能用汉字、字母、数字和 _ . -，最多 {LONGEST_LOGIN} 个字，请改一改")
    if wanted.lower().startswith(("pg_", "hydesk_")):
        raise HydeskError("用户名不能以 pg_ 或 hydesk_ 开头，请换一个")
    return wanted


def fitting_password(password: str) -> str:
    """``password`` where it is long enough. Raises HydeskError."""
    if len(password) < 8 or "\0" in password:
        raise HydeskError("密码至少 8 个字符，请重新设一个")
    return password
