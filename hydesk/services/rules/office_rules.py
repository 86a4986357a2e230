"""The office's rules by which figures are judged, read at once: lamps, time, starts, periods closed early."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from sqlalchemy import Connection

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.kept import like, words
from hydesk.domain.lamps import LampRule
from hydesk.domain.measures.ranking import RankingWay
from hydesk.domain.measures.reach import Reach
from hydesk.domain.measures.schedule import JudgedBy
from hydesk.domain.measures.yardstick import Pace, Yardstick
from hydesk.domain.periods import Period
from hydesk.domain.says_nothing import NOTHING, clauses
from hydesk.services.acts.writing import writing
from hydesk.services.rules.settings import (
    CLOSED_PERIODS,
    JUDGED_BY,
    LAMP_RULE,
    MONEY_STARTS,
    NO_PROBLEM_WORDS,
    RANKING_WAY,
    START_RATES,
    TIME_PROGRESS,
    get_setting,
    kept_value,
    office_settings,
    set_setting,
)

RATES = ("year", "due", "works")
"""年度开工率, 到期开工率, 开复工率: which of them may stand in a paper."""
RATE_MEASURES = {"year": "year_start_rate", "due": "due_start_rate", "works": "works_rate"}
"""By the word of ``RATES`` the measure's id."""
LEAST_REASON = 2
"""Letters a reason must have at least."""


@dataclass(frozen=True, slots=True)
class OfficeRules:
    """What the office has set. ``start_rates``: which of ``RATES`` its papers print; ``nothing``: its own words that
    say nothing in a problem field; ``closed``: periods closed with less than nine tenths in, with the reason."""

    lamps: LampRule = field(default_factory=LampRule)
    pace: Pace = Pace.BY_DAY
    money_starts: bool = False
    start_rates: tuple[str, ...] = RATES[:2]
    nothing: tuple[str, ...] = ()
    closed: Mapping[Period, str] = field(default_factory=dict)
    ranking: RankingWay = RankingWay.TOGETHER
    judged_by: JudgedBy = JudgedBy.AUTO

    def yardstick(self, reach: Reach, *, schedule: bool = False) -> Yardstick:
        """The yardstick of a page that shows ``reach``; ``schedule``: plans by month judge."""
        return Yardstick.at(reach, self.lamps, self.pace, money_starts=self.money_starts,
                            schedule=schedule)


def read_rules(connection: Connection) -> OfficeRules:
    """The rules in force, within an open transaction."""
    kept = office_settings(connection)
    return OfficeRules(
        lamps=kept_value(kept.get(LAMP_RULE), LampRule(), lamp_rule_of), pace=kept_value(kept.get(TIME_PROGRESS), Pace.BY_DAY, Pace),
        money_starts=kept_value(kept.get(MONEY_STARTS), False, bool),
        start_rates=kept_value(kept.get(START_RATES), RATES[:2], _rates), nothing=kept_value(kept.get(NO_PROBLEM_WORDS), (), words),
        closed=kept_value(kept.get(CLOSED_PERIODS), {}, lambda held: {Period.parse(k): str(v) for k, v in held.items()}),
        ranking=kept_value(kept.get(RANKING_WAY), RankingWay.TOGETHER, RankingWay),
        judged_by=kept_value(kept.get(JUDGED_BY), JudgedBy.AUTO, JudgedBy))


def _rates(kept: Any) -> tuple[str, ...]:
    return tuple(rate for rate in words(kept) if rate in RATES)


def office_rules(ledger: Ledger) -> OfficeRules:
    """The rules in force."""
    with ledger.read() as connection:
        return read_rules(connection)


def lamp_rule_of(kept: Mapping[str, Any] | None) -> LampRule:
    """A lamp rule as it is kept in a setting; the usual one where none was set."""
    if kept is None:
        return LampRule()
    return like(LampRule(), kept)


DELAYS = ("start_delay", "statistics_months", "problem_delay")


def lamp_rule(ledger: Ledger) -> LampRule:
    """The rule by which projects are called ahead, on track, lagging or seriously lagging."""
    return get_setting(ledger, LAMP_RULE, LampRule(), lamp_rule_of)  # type: ignore[no-any-return]


@writing
def set_lamp_rule(ledger: Ledger, rule: LampRule) -> None:
    """Use ``rule`` from now on; one act, to be undone."""
    kept = {"mode": rule.mode.value, "lagging": str(rule.lagging), "serious": str(rule.serious),
            "ahead": str(rule.ahead)} | {k: getattr(rule, k) for k in DELAYS}
    set_setting(ledger, LAMP_RULE, kept, "修改预警规则")


@writing
def set_pace(ledger: Ledger, pace: Pace) -> None:
    """Count 时间进度 of weeks by day or by month from now on; one act, to be undone."""
    set_setting(ledger, TIME_PROGRESS, pace.value, f"时间进度改为{pace.label}计算")


@writing
def set_money_starts(ledger: Ledger, counts: bool) -> None:
    """Whether money without a recorded start counts as 已开工, everywhere; one act, to be undone."""
    set_setting(ledger, MONEY_STARTS, counts, "有投资即算开工" if counts else "登记了开工时间才算开工")


@writing
def set_judged_by(ledger: Ledger, by: JudgedBy) -> None:
    """Let 时间进度 or plans by month judge projects, everywhere; one act, to be undone."""
    said = {JudgedBy.AUTO: "有序时计划的占九成以上时按序时计划评判", JudgedBy.TIME: "按时间进度评判", JudgedBy.SCHEDULE: "按序时计划评判"}
    set_setting(ledger, JUDGED_BY, by.value, said[by])


@writing
def set_ranking_way(ledger: Ledger, way: RankingWay) -> None:
    """Rank units of several groups so in papers and on the home page; one act, to be undone."""
    said = {RankingWay.TOGETHER: "各单位一起排名", RankingWay.APART: "各单位按分组排名", RankingWay.BOTH: "一起排名并注明组内位次"}
    set_setting(ledger, RANKING_WAY, way.value, said[way])


@writing
def set_start_rates(ledger: Ledger, rates: tuple[str, ...]) -> None:
    """Which of ``RATES`` papers print. Raises HydeskError for none."""
    if not rates or not set(rates) <= set(RATES):
        raise HydeskError("请至少选一个开工率")
    set_setting(ledger, START_RATES, [r for r in RATES if r in rates], "修改报告所列的开工率")


@writing
def set_nothing_words(ledger: Ledger, words: Iterable[str], actor: Actor | None = None) -> tuple[str, ...]:
    """The office's own words that say nothing in a problem field; one act, to be undone. Answers what is kept.

    Words are kept as they are compared (docs/rules.md §6.2): clause by clause, without spaces and numbering; what is on
    the common list already is left out.
    """
    kept = list(dict.fromkeys(c for w in words for c in clauses(w) if c not in NOTHING))
    set_setting(ledger, NO_PROBLEM_WORDS, kept or None, "修改“没有问题”的说法", actor)
    return tuple(kept)


@writing
def close_period(ledger: Ledger, period: Period, reason: str, actor: Actor | None = None) -> None:
    """Let ``period`` count as complete though less than nine tenths are in (提前截止), with the reason; can be undone.

    Raises HydeskError where the reason says nothing.
    """
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise HydeskError("提前截止要写明理由")
    held = get_setting(ledger, CLOSED_PERIODS, {}, dict)
    held[str(period)] = reason
    set_setting(ledger, CLOSED_PERIODS, held, f"{period.label}提前截止：{reason}", actor)


@writing
def reopen_period(ledger: Ledger, period: Period, actor: Actor | None = None) -> str:
    """Take 提前截止 of ``period`` back; can be undone. Answers the reason it was closed for.

    Raises HydeskError where it is not closed.
    """
    held = get_setting(ledger, CLOSED_PERIODS, {}, dict)
    if str(period) not in held:
        raise HydeskError(f"{period.label}没有提前截止")
    reason = str(held.pop(str(period)))
    set_setting(ledger, CLOSED_PERIODS, held or None, f"取消{period.label}的提前截止", actor)
    return reason
