"""The office's settings, the lamp rule among them. Values are JSON; decimals are kept as text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select

from hydesk.dataclass import dataclass
from hydesk.db.asked_once import asked_once
from hydesk.db.journal import Write, begin_act, record
from hydesk.db.ledger import Ledger
from hydesk.db.models import Setting
from hydesk.db.places import Entity, Place
from hydesk.db.rights import CLERKS_SETTINGS
from hydesk.db.shelves import Shelves
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.domain.kept import like
from hydesk.services.acts.name_actor import current_actor
from hydesk.services.acts.one_view import one_view
from hydesk.services.acts.writing import writing

if TYPE_CHECKING:
    from hydesk.returns.checks import RuleSet

LAMP_RULE = "lamp_rule"
CHECK_RULES = "check_rules"
OFFICE_NAME = "office_name"
DEMO = "demo"
"""True in a ledger of made-up figures: the window and every report say 演示数据."""
TIME_PROGRESS = "time_progress"
"""How 时间进度 of a week is counted: by_day (day of the year) or by_month (the month that has ended)."""
MONEY_STARTS = "money_starts"
"""Whether money without a recorded start counts as 已开工."""
START_RATES = "start_rates"
"""Which of the three rates of starts papers print."""
NO_PROBLEM_WORDS = "no_problem_words"
"""The office's own words that say nothing in a problem field."""
JUDGED_BY = "judged_by"
"""Whether 时间进度 or plans by month judge projects: auto, time or schedule."""
RANKING_WAY = "ranking_way"
"""How papers rank units of several groups: together, apart or both."""
CLOSED_PERIODS = "closed_periods"
"""Periods closed with less than nine tenths in: the reason by period."""


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule by which returns are checked, for the settings. ``level`` None: it is switched off."""

    code: str
    title: str
    level: Level | None
    usual: Level
    """The level it has unless the office sets another."""
    fixed: bool
    """Over what the ledger takes in no way at all: its level cannot be changed."""


def get_setting(ledger: Ledger, key: str, default: Any = None, read: Callable[[Any], Any] = lambda kept: kept) -> Any:
    """What ``read`` makes of the setting ``key``; ``default`` where it was never set, or holds what no program of ours
    wrote there (the check tells of what was changed)."""
    with ledger.read() as connection:
        value = setting_text(connection, key)
    return kept_value(value, default, read)


def setting_text(connection: Connection, key: str) -> str | None:
    """The setting ``key`` as it is kept; None where it was never set."""
    if key.startswith(CLERKS_SETTINGS):
        return connection.execute(select(Setting.value).where(Setting.key == key)).scalar()
    return office_settings(connection).get(key)


def office_settings(connection: Connection) -> Mapping[str, str | None]:
    """All that the office has set, as it is kept, by key: a few dozen, of which every page needs some. Without what grows with
    the clerks' weeks (``CLERKS_SETTINGS``)."""
    query = select(Setting.key, Setting.value).where(*(~Setting.key.startswith(key, autoescape=True) for key in CLERKS_SETTINGS))
    return asked_once(connection, "office_settings", lambda: dict(connection.execute(query).tuples().all()))


def kept_value(text: str | None, default: Any, read: Callable[[Any], Any]) -> Any:
    """``get_setting`` for a text that was read already."""
    if text is None:
        return default
    try:
        return read(json.loads(text))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError):
        return default


@writing
def set_setting(ledger: Ledger, key: str, value: Any, title: str = "修改设置", actor: Actor | None = None) -> None:
    """Set ``key`` to anything JSON can hold, in an act called ``title`` that can be undone; None: its default."""
    set_settings(ledger, {key: value}, title, actor)


@writing
def set_settings(ledger: Ledger, values: Mapping[str, Any], title: str, actor: Actor | None = None) -> None:
    """As ``set_setting``, several keys in one act; those that hold the value already are left alone."""
    texts = {Place(Entity.SETTING, 0, key, "value"): None if v is None else json.dumps(v, ensure_ascii=False) for key, v in values.items()}
    with ledger.write() as connection:
        shelves = Shelves(connection)
        held = shelves.get(list(texts))
        moved = {place: text for place, text in texts.items() if held[place] != text}
        if moved:
            act_id = begin_act(connection, "setting", title, actor or current_actor(ledger))
            record(connection, act_id, [Write(place, text) for place, text in moved.items()], shelves=shelves)


def mark_ledger(ledger: Ledger, key: str, value: Any) -> None:
    """Keep what nobody undoes, such as that a ledger is a demonstration; never a key that ``set_setting`` sets."""
    with ledger.write() as connection:
        connection.execute(delete(Setting).where(Setting.key == key))
        if value is not None:
            connection.execute(insert(Setting).values(key=key, value=json.dumps(value, ensure_ascii=False)))


def check_rules(ledger: Ledger) -> RuleSet:
    """The rules by which returns are checked, with the office's levels and tolerance."""
    # Kept off the start-up path: the understanding of returns is only loaded when one is read.
    from hydesk.returns.checks import RULES, RuleSet

    def read(kept: Any) -> RuleSet:
        levels = {code: Level(level) if level else None for code, level in kept["levels"].items() if code in RULES}
        return RuleSet(levels, like(RuleSet(), {"tolerance": kept["tolerance"]}).tolerance)

    found: RuleSet = get_setting(ledger, CHECK_RULES, RuleSet(), read)
    return found


@writing
def set_check_rules(ledger: Ledger, rules: RuleSet) -> None:
    """Check returns by ``rules`` from now on."""
    levels = {code: level.value if level else None for code, level in rules.levels.items()}
    set_setting(ledger, CHECK_RULES, {"levels": levels, "tolerance": rules.tolerance}, "修改核对规则")


@one_view
def list_check_rules(ledger: Ledger) -> tuple[ListedRule, ...]:
    """Every rule with the level in force, in the order in which they run."""
    from hydesk.returns.checks import FIXED, RULES

    held = check_rules(ledger)
    return tuple(ListedRule(code, rule.title, held.level(code), rule.level, code in FIXED) for code, rule in RULES.items())


@writing
def set_check_level(ledger: Ledger, code: str, level: Level | None) -> None:
    """Give the rule ``code`` another level, None to switch it off; the other rules and the tolerance stay.

    Raises HydeskError for one over what the ledger takes in no way at all.
    """
    from hydesk.returns.checks import FIXED, RULES

    if code in FIXED:
        raise HydeskError(f"“{RULES[code].title}”是台账不收的，这一条不能放宽")
    held = check_rules(ledger)
    levels = {**held.levels, code: level}
    if level is RULES[code].level:
        del levels[code]
    set_check_rules(ledger, replace(held, levels=levels))
