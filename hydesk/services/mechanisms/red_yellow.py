"""红黄榜: who is praised (红榜) and who is named for lagging (黄榜), by rules that are data; and who may leave.

In Hengyang 红榜 is praise and 黄榜 is lagging, while a 红灯 is bad (docs/rules.md §4.4): only these meanings are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.board_words import CURING, LEFT, NOTHING, RED, YELLOW
from hydesk.domain.errors import HydeskError
from hydesk.domain.kept import like
from hydesk.domain.lamps import Lamp
from hydesk.domain.meaning import Meaning
from hydesk.domain.money import rate
from hydesk.domain.periods import Period
from hydesk.domain.register_words import plain_number
from hydesk.domain.registers import RegisterRecord
from hydesk.domain.scopes.scope import WHOLE, Scope
from hydesk.domain.shipped_registers import RED_YELLOW
from hydesk.domain.standing import ProjectStanding
from hydesk.services.acts.writing import writing
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.write_records import RecordChange, write_records
from hydesk.services.rules.settings import get_setting, set_setting
from hydesk.services.standings.period_view import view_at

BOARD_RULE = "red_yellow_rule"


@dataclass(frozen=True, slots=True)
class BoardRule:
    """How many are named, from what investment on (yuan), and for what points."""

    red: int = 10
    yellow: int = 10
    least_plan: int = 50_000_000
    """Projects with a smaller plan for the year are not named; yuan."""
    serious_only: bool = True
    """黄榜 only for 严重滞后, or for 滞后 too."""
    red_points: Decimal = Decimal(1)
    yellow_points: Decimal = Decimal(-1)

    @property
    def words(self) -> str:
        """The rule in a sentence without its full stop."""
        return (f"年度计划 {plain_number(Decimal(self.least_plan) / 10**8)} 亿元及以上；红榜（表扬）取超前最多的 {self.red} 个，"
                f"黄榜（滞后）取{'严重滞后' if self.serious_only else '滞后和严重滞后'}的 {self.yellow} 个")


BOARD_PARTS = {"red": "红榜个数", "yellow": "黄榜个数", "least_plan": "年度计划投资门槛（万元）", "red_points": "红榜计分", "yellow_points": "黄榜计分"}
"""The numbers of the rule, by the office's name of each."""
SERIOUS_ONLY = "黄榜只列严重滞后的"


@dataclass(frozen=True, slots=True)
class ProposedNaming:
    """A project that the rule would name, with the reason in words."""

    board: str
    project: ProjectStanding
    lamp: Lamp
    reason: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Cured:
    """A project on the 黄榜 that lags no more."""

    record_id: int
    project: ProjectStanding
    since: str
    reason: str


def board_rule(ledger: Ledger) -> BoardRule:
    """The rule in force."""
    return get_setting(ledger, BOARD_RULE, BoardRule(), lambda kept: like(BoardRule(), kept))  # type: ignore[no-any-return]


@writing
def set_board_rule(ledger: Ledger, rule: BoardRule, actor: Actor | None = None) -> None:
    """Name by ``rule`` from now on; can be undone."""
    if rule.red < 0 or rule.yellow < 0 or rule.least_plan < 0:
        raise HydeskError("红黄榜的个数和投资门槛不能小于 0")
    data = asdict(rule) | {"red_points": str(rule.red_points), "yellow_points": str(rule.yellow_points)}
    set_setting(ledger, BOARD_RULE, data, "修改红黄榜规则", actor)


def propose(ledger: Ledger, period: Period, rule: BoardRule | None = None, scope: Scope = WHOLE) -> tuple[ProposedNaming, ...]:
    """Whom the rule would name of the projects of ``scope`` at ``period``: the most ahead first, then the furthest behind first."""
    rule = rule or board_rule(ledger)
    judged = [(s, lamp) for s, lamp in _judged(ledger, period, scope) if (s.annual_plan or 0) >= rule.least_plan]
    judged.sort(key=lambda x: rate(x[0].year_investment, x[0].annual_plan) or Decimal(0))
    bad = [Meaning.SERIOUSLY_LAGGING] if rule.serious_only else [Meaning.SERIOUSLY_LAGGING, Meaning.LAGGING]
    yellow = [x for x in judged if x[1].meaning in bad][:rule.yellow]
    red = [x for x in reversed(judged) if x[1].meaning is Meaning.AHEAD][:rule.red]
    return tuple([ProposedNaming(RED, s, lamp, lamp.reason, rule.red_points) for s, lamp in red]
                 + [ProposedNaming(YELLOW, s, lamp, lamp.reason, rule.yellow_points) for s, lamp in yellow])


@writing
def adopt(ledger: Ledger, period: Period, proposals: Sequence[ProposedNaming], actor: Actor | None = None) -> int:
    """Put the chosen proposals on the boards of ``period`` in one act; how many were not on them yet."""
    register_id = _register(ledger)
    held = {(str(r.values.get("month")), str(r.values.get("project"))) for r in open_register(ledger, register_id, period).records}
    changes = []
    new = [p for p in proposals if (str(period), p.project.code) not in held]
    for i, p in enumerate(new):
        state = NOTHING if p.board == RED else CURING
        values = {"month": str(period), "list": p.board, "project": p.project.code, "reason": p.reason,
                  "points": str(p.points), "state": state}
        changes += [RecordChange(None, field, value, new=i) for field, value in values.items()]
    if changes:
        write_records(ledger, register_id, changes, period.year, f"公布{period.label}红黄榜（{len(new)} 个项目）", actor)
    return len(new)


def cured(ledger: Ledger, period: Period, scope: Scope = WHOLE) -> tuple[Cured, ...]:
    """Projects of ``scope`` on the 黄榜 under cure that are neither 滞后 nor 严重滞后 any more at ``period``."""
    register_id = register_called(ledger, RED_YELLOW)
    if register_id is None:
        return ()
    lamps = {s.code: (s, lamp) for s, lamp in _judged(ledger, period, scope)}
    found = []
    for record in open_register(ledger, register_id, period).records:
        held = lamps.get(str(record.values.get("project", "")))
        if _under_cure(record) and held is not None and held[1].meaning in (Meaning.AHEAD, Meaning.ON_TRACK):
            found.append(Cured(record.id, held[0], str(record.values.get("month", "")), held[1].reason))
    return tuple(found)


@writing
def let_leave(ledger: Ledger, period: Period, record_ids: Sequence[int], actor: Actor | None = None) -> None:
    """Take projects off the 黄榜 (出榜) in one act."""
    changes = [RecordChange(key, "state", LEFT) for key in record_ids]
    if changes:
        write_records(ledger, _register(ledger), changes, period.year, f"{len(changes)} 个项目整改到位出榜", actor)


def _under_cure(record: RegisterRecord) -> bool:
    return record.values.get("list") == YELLOW and record.values.get("state") == CURING


def _judged(ledger: Ledger, period: Period, scope: Scope) -> list[tuple[ProjectStanding, Lamp]]:
    view = view_at(ledger, period, scope)
    return [(s, view.yardstick.lamp(s)) for s in view.standings]


def _register(ledger: Ledger) -> int:
    found = register_called(ledger, RED_YELLOW)
    if found is None:
        raise HydeskError("还没有启用“红黄榜”台账，请先在考核与榜单里启用")
    return found
