"""The project that a person named, by its code or name."""

from __future__ import annotations

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.services.standings.list_standings import list_standings

_OFFERED = 3


def find_project(ledger: Ledger, said: str, period: Period, *, left: bool = False) -> ProjectStanding:
    """The project on the list of the period's year that ``said`` names: by code, else by its whole name, else by a part of
    it that no other has.

    ``left``: one that has left the list (退出) too. Raises HydeskError where none or several are meant, naming some.
    """
    wanted = "".join(said.split())
    known = list_standings(ledger, period, left=left)
    for test in (lambda p: p.code.upper() == wanted.upper(), lambda p: "".join(p.name.split()) == wanted,
                 lambda p: bool(wanted) and wanted in "".join(p.name.split())):
        found = [p for p in known if test(p)]
        if len(found) == 1:
            return found[0]
        if found:
            some = "、".join(f"{p.code} {p.name}" for p in found[:_OFFERED])
            raise HydeskError(f"{period.year}年清单里有 {len(found)} 个“{said}”，请写市重点编号：{some}{'……' if len(found) > _OFFERED else ''}")
    raise HydeskError(f"{period.year}年清单里没有“{said}”这个项目，什么也没有做。请写市重点编号或全称")
