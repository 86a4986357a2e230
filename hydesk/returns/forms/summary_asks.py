"""What a column of a summary asks for: a count, a sum, a rate, a place; of which of the row's projects."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.fields import LEDGER_MONEY, PROGRESS_MONEY, Field
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.named import OF_FIELD
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.domain.scopes.fields import SCOPE_FIELDS
from hydesk.domain.scopes.scope import Condition, one_of
from hydesk.domain.snapshot import ReportingUnit
from hydesk.returns.aliases import SERIAL_HEADS
from hydesk.returns.forms.asked import Ask, AskKind, NotAsked, ask_of
from hydesk.returns.forms.form_scope import conditions_said, scope_of_word, sizes_counted, words_of
from hydesk.returns.forms.whole_words import left_of, own_span
from hydesk.returns.head_words import bare
from hydesk.returns.table import Column, Table
from hydesk.returns.text import squeeze

SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class SummaryAsk:
    """The measure ``id`` of ``period``; of those of the row's projects that meet ``conditions``. ``ask`` is the amount's own
    question, where it is one."""

    id: str
    period: Period
    conditions: tuple[Condition, ...] = ()
    unit: MoneyUnit | None = None
    ask: Ask | None = None

    @property
    def rate(self) -> bool:
        """Whether it is a share."""
        return self.id in _RATES

    @property
    def amount(self) -> bool:
        """Whether it is an amount of money."""
        return self.id in _AMOUNTS


_RATES = frozenset({"completion", "total_completion", "funds_rate", "statistics_rate", "year_start_rate", "due_start_rate", "works_rate",
                    "year_finish_rate", "due_finish_rate", "time_progress", "month_rate"})
_AMOUNTS = frozenset(OF_FIELD.values())
_WORDED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"开复工率"), "works_rate"), (re.compile(r"到期开工率|应开工.{0,3}开工率"), "due_start_rate"), (re.compile(r"开工率"), "year_start_rate"),
    (re.compile(r"到期竣工率"), "due_finish_rate"), (re.compile(r"竣工率|完工率"), "year_finish_rate"),
    (re.compile(r"到期未开工|应开未开|逾期未开工"), "overdue_starts"), (re.compile(r"到期未竣工|应竣未竣|逾期未竣工"), "overdue_finishes"),
    (re.compile(r"(?:计划|年度|拟)(?:新)?开工"), "planned_starts"), (re.compile(r"(?:计划|年度|拟)(?:竣工|完工)"), "planned_finishes"),
    (re.compile(r"(?:已|实际)(?:竣工|完工)|^(?:竣工|完工)(?:项目)?(?:个?数|数量|个)?$"), "finished"),
    (re.compile(r"(?:已|实际)(?:新)?开工|^(?:新)?开工(?:项目)?(?:个?数|数量|个)?$"), "started"),
    (re.compile(r"排名|位次|名次|排位"), "place"),
    (re.compile(r"(?:超|欠|快|慢|高于|低于|与|比).{0,6}(?:时间进度|序时进度|序时)|超欠|超\(欠\)"), "gap"),
    (re.compile(r"^(?:序)?时间?进度$|^时间进度"), "time_progress"),
    (re.compile(r"总投资完成率|占总投资"), "total_completion"), (re.compile(r"到位率"), "funds_rate"), (re.compile(r"入统率|入库率|纳统率"), "statistics_rate"),
)
_COUNT = re.compile(r"(?:项目)?(?:个数|数量|总数|项目数|项数|件数)(?:\(个\))?$|^(?:重点)?(?:建设)?项目\((?:个|项)\)$|^个$|^项目总?数|^(?:项目)?\(?[个项]\)?$")
_LAMPS = {"严重滞后": (Meaning.SERIOUSLY_LAGGING,), "滞后": (Meaning.LAGGING, Meaning.SERIOUSLY_LAGGING), "超前": (Meaning.AHEAD,)}
_TO_DATE = frozenset({"started", "finished", "planned_starts", "planned_finishes", "overdue_starts", "overdue_finishes", "year_start_rate",
                      "due_start_rate", "works_rate", "year_finish_rate", "due_finish_rate"})
"""Measures of the year to date: no month's."""
_NO_MEASURE = re.compile(r"同比|增速|增长|环比|占比|比重|上年|去年|较上")


def summary_ask(table: Table, column: Column, period: Period, choices: ScopeChoices, units: tuple[ReportingUnit, ...]) -> SummaryAsk | NotAsked:
    """What ``column`` of a summary asks for."""
    path = tuple(squeeze(p) for p in column.path)
    joined, leaf = bare("".join(path)), bare(path[-1])
    if joined in SERIAL_HEADS or leaf in SERIAL_HEADS:
        return SummaryAsk(SERIAL, period)
    conditions = _conditions(path, choices, units)
    for pattern, id in _WORDED:
        if pattern.search(leaf) or (len(path) > 1 and _COUNT.search(leaf) and pattern.search(joined)):
            if _NO_MEASURE.search(joined) and id not in ("gap",):
                break
            if (id in _TO_DATE and own_span(path)) or (id not in ("gap", "time_progress", "place") and (left := left_of(leaf, pattern, "已", money=id in _RATES))):
                return _unsure(leaf if id in _TO_DATE and own_span(path) else left)
            return SummaryAsk(id, period, _conditions(path[:-1], choices, units))
    if (lamp := _lamp(table, leaf)) is not None:
        return SummaryAsk("count", period, (*_conditions(path[:-1], choices, units), lamp))
    if re.search(r"未报", leaf):
        return SummaryAsk("count", period, (*conditions, one_of(SCOPE_FIELDS["state"], [Case.UNREPORTED.value])))
    if _is_count(path):
        found, left = _narrowed(path, choices, units)
        return _unsure(left) if left or (own_span(path) and found) else SummaryAsk("count", period, found)
    return _amount(table, column, period, choices, units)


def _unsure(words: str) -> NotAsked:
    return NotAsked(f"“{words}”指哪些项目、哪段时间，没有认出，请指明", open=True)


def _lamp(table: Table, leaf: str) -> Condition | None:
    """滞后项目数: those behind, the seriously late among them unless the table counts these apart."""
    words = next((w for w in _LAMPS if w in leaf), None)
    if words is None or left_of(leaf, words):
        return None
    apart = any("严重滞后" in bare(c.path[-1]) for c in table.columns.values() if c.path)
    meanings = _LAMPS[words][:1] if apart else _LAMPS[words]
    return one_of(SCOPE_FIELDS["lamp"], [m.label for m in meanings])


def _narrowed(path: Sequence[str], choices: ScopeChoices, units: tuple[ReportingUnit, ...], *, money: bool = False) -> tuple[tuple[Condition, ...], str]:
    """The projects that a head's words single out, and what of its words nobody understood."""
    found: list[Condition] = []
    for number, words in enumerate(path):
        text = sizes_counted(bare(words))
        own = _conditions([words], choices, units)
        rest = "" if own else left_of(text, money=money or (number < len(path) - 1 and not _is_count(path)))
        if rest:
            said = list(conditions_said(text, choices, units))
            rest = left_of(text, *words_of(text), money=money) if said else rest
            own = tuple(said)
        if rest:
            return (), rest
        found += [c for c in own if c not in found]
    return tuple(found), ""


def _is_count(path: Sequence[str]) -> bool:
    """项目个数; or 新建 under 项目个数（个）."""
    if _COUNT.search(bare(path[-1])) or re.search(r"\((?:个|项)\)$", path[-1]):
        return True
    return len(path) > 1 and bool(_COUNT.search(bare(path[-2])) or re.search(r"\((?:个|项)\)$", path[-2])) and not re.search(r"投资|资金|率", path[-1])


def _conditions(path: Sequence[str], choices: ScopeChoices, units: tuple[ReportingUnit, ...]) -> tuple[Condition, ...]:
    """省重点 / 总投资: the projects that a group's words, or a leaf's beside a count, single out."""
    found: list[Condition] = []
    for words in path:
        text = re.sub(r"(?:个数|数量|项目数|项目)?\(?[个项]?\)?$", "", bare(words))
        condition = scope_of_word(text, choices, units, ("nature", "level", "class")) if text else None
        if condition is not None and condition not in found:
            found.append(condition)
    return tuple(found)


def _amount(table: Table, column: Column, period: Period, choices: ScopeChoices, units: tuple[ReportingUnit, ...]) -> SummaryAsk | NotAsked:
    ask = ask_of(table, column, period)
    if isinstance(ask, NotAsked):
        return ask
    conditions, left = _narrowed([squeeze(p) for p in column.path], choices, units, money=True)
    if left:
        return _unsure(left)
    if ask.kind is AskKind.RATE:
        return SummaryAsk(ask.id, ask.period, conditions, ask=ask) if ask.id in _RATES else NotAsked("这个比率台账里没有")
    f = ask.field
    if ask.kind is AskKind.ANY_OF:
        if Field.YEAR_INVESTMENT not in ask.options:
            return NotAsked("没有写明是哪一段的完成数，请指明", open=True)
        # A summary beside the year's plan counts the year; else it is asked.
        if not any(c.guess.field is Field.ANNUAL_PLAN for c in table.columns.values()):
            return NotAsked("没有写明是年初至今还是开工累计，请指明", open=True)
        f = Field.YEAR_INVESTMENT
    if f in PROGRESS_MONEY or f in LEDGER_MONEY:
        return SummaryAsk(OF_FIELD[f], ask.period, conditions, column.said_unit, ask)
    return NotAsked("汇总表里不填这一栏")
