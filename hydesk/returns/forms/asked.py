"""What a column of a blank form asks for: a field of the ledger or a rate, of which month, in which unit.

Heads are read by the same grammar as those of returns. A head of another month (5月, 上月, 去年同期) is read anew as a
return for that month would be; what no words decide is asked for by its own question, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.fields import LEDGER_MONEY, MONEY_FIELDS, PROGRESS_MONEY, PROGRESS_TEXTS, Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import OwnColumn
from hydesk.domain.periods import Month, Period
from hydesk.returns.aliases import SERIAL_HEADS
from hydesk.returns.columns import guess_column
from hydesk.returns.head_words import bare, known_field
from hydesk.returns.table import Column, Table
from hydesk.returns.ten_day_heads import ten_days_of
from hydesk.returns.text import squeeze


class AskKind(Enum):
    """What sort of thing a column asks for."""

    SERIAL = "serial"
    FIELD = "field"
    RATE = "rate"
    """One amount over another."""
    OWN = "own"
    STARTED = "started"
    """是否开工."""
    ANY_OF = "any_of"
    """One of several fields that the words leave open: filled where all of them are one figure."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a column asks for. ``field`` of ``period``; for a rate ``field`` over ``over``. ``also``: a second fact in the
    same cell (开工、竣工时间; 联系人及电话). ``unit`` is the form's, None until it is settled."""

    kind: AskKind
    period: Period
    field: Field | None = None
    over: Field | None = None
    also: Field | None = None
    unit: MoneyUnit | None = None
    options: tuple[Field, ...] = ()
    own: OwnColumn | None = None
    percent: bool = False
    """Whether the head says that shares count in hundredths."""
    planned_too: bool = False
    """A planned day will do where no actual one is known: 实际（计划）开工时间."""
    combined: bool = False
    """Owner and name in one cell."""

    @property
    def money(self) -> bool:
        """Whether it asks for an amount."""
        return (self.kind is AskKind.FIELD and self.field in MONEY_FIELDS) or self.kind is AskKind.ANY_OF

    @property
    def names_row(self) -> bool:
        """Whether it only says which row it is."""
        return self.kind is AskKind.SERIAL or self.field in (Field.NAME, Field.CODE)

    @property
    def id(self) -> str:
        """Its name in JSON: the field, or for a rate the measure."""
        if self.kind is AskKind.RATE:
            return RATES.get((self.field, self.over), "rate")
        if self.kind is AskKind.OWN and self.own is not None:
            return str(self.own.name)
        if self.kind is AskKind.FIELD and self.field is not None:
            return str(self.field.value)
        return str(self.options[0].value) if self.options else self.kind.value


RATES: Mapping[tuple[Field | None, Field | None], str] = {
    (Field.YEAR_INVESTMENT, Field.ANNUAL_PLAN): "completion", (Field.TOTAL_INVESTED, Field.TOTAL_INVESTMENT): "total_completion",
    (Field.FUNDS_ARRIVED, Field.ANNUAL_PLAN): "funds_rate", (Field.STATISTICS_YEAR, Field.YEAR_INVESTMENT): "statistics_rate",
    (Field.MONTH_INVESTMENT, Field.ANNUAL_PLAN): "month_rate", (Field.FUNDS_ARRIVED, Field.TOTAL_INVESTMENT): "funds_of_total",
    (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTMENT): "year_of_total",
}
"""The names of rates, by what they divide."""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Why a column stays empty; ``who`` could know."""

    why: str
    who: str = ""
    open: bool = False
    """A person could say what it means."""


def ask_of(table: Table, column: Column, period: Period) -> Ask | NotAsked:
    """What ``column`` asks for in a form of ``period``."""
    words = bare("".join(column.path))
    if column.guess.own is not None:
        return Ask(AskKind.OWN, period, own=column.guess.own, unit=column.said_unit)
    if words in SERIAL_HEADS or bare(column.path[-1]) in SERIAL_HEADS:
        return Ask(AskKind.SERIAL, period)
    if _STARTED.fullmatch(words):
        return Ask(AskKind.STARTED, period)
    if ten_days_of(column.path, period) is not None:
        return NotAsked("旬的数，台账按月、按周记")
    guess = column.guess
    if guess.rate:
        return _rate(table, column, period)
    f = column.field if column.also is not None and column.field is not None else guess.field
    if f is not None:
        return _field(column, f, period)
    if guess.candidates and not (guess.asked or guess.doubtful):
        return _open(table, column, period)
    if guess.doubtful and (known := known_field(words)) in guess.candidates and known is not None:
        return _field(column, known, period)  # words cut over two rows are known together
    if (other := _other_time(column, period)) is not None:
        return other
    if guess.asked or guess.doubtful:
        return NotAsked(f"{guess.reason}，请指明", open=True)
    return NotAsked(_why_not(column), _who(column))


_STARTED = re.compile(r"(?:项目)?是否(?:已)?开工(?:建设)?|是否已经开工")
_PLANNED_TOO = re.compile(r"\(计划\)|\(实际\)|实际/计划|实际或计划|计划或实际")


def _field(column: Column, f: Field, period: Period) -> Ask:
    words = squeeze("".join(column.path))
    also = column.also
    if f is Field.CONTACT and re.search(r"电话|联系方式|手机", words):
        also = Field.PHONE
    if f is Field.PHONE and re.search(r"人.{0,2}(?:及|和|、|/)", words):
        f, also = Field.CONTACT, Field.PHONE
    return Ask(AskKind.FIELD, _period_of(f, period), f, also=also, unit=column.said_unit, combined=column.guess.combined,
               planned_too=f is Field.START_DATE and bool(_PLANNED_TOO.search(words)))


def _period_of(f: Field, period: Period) -> Period:
    """A month's own amounts in a form of a week are those of the newest month that has ended."""
    return period.last_month if f in (Field.MONTH_INVESTMENT, Field.STATISTICS_MONTH) and not period.is_month else period


_OF_TOTAL = re.compile(r"总投资|投资总额|占总")
_OF_PLAN = re.compile(r"计划|年度|全年|任务|目标|占年")
_NO_RATE = re.compile(r"同比|增速|增长|环比|序时|时间进度|超|欠|快|慢|形象|工程进度|工程量|产值|占比|比重|贡献|开工率|竣工率|办结|销号|合格|优良")


def _rate(table: Table, column: Column, period: Period) -> Ask | NotAsked:
    """Which two amounts a rate divides: by its own words, and by the amounts to its left."""
    words = squeeze("".join(column.path))
    if _NO_RATE.search(bare(column.path[-1])) or (_NO_RATE.search(bare(words)) and not _OF_TOTAL.search(words) and not _OF_PLAN.search(words)):
        return NotAsked("这个比率台账里没有", "报表的主管部门")
    part = _part_of(table, column, words)
    if part is None:
        return NotAsked("看不出是哪个数的比率", open=True)
    leaf = squeeze(column.path[-1])
    if _OF_TOTAL.search(leaf) or (part is Field.TOTAL_INVESTED and not _OF_PLAN.search(leaf)):
        over = Field.TOTAL_INVESTMENT
    elif part is Field.STATISTICS_YEAR and "计划" not in leaf:
        over = Field.YEAR_INVESTMENT
    else:
        over = Field.ANNUAL_PLAN
    if part is Field.TOTAL_INVESTED and over is Field.ANNUAL_PLAN:
        part = Field.YEAR_INVESTMENT  # what was done of a year's plan is the year's
    return Ask(AskKind.RATE, period, part, over, percent="%" in words or "％" in words)


def _part_of(table: Table, column: Column, words: str) -> Field | None:
    if re.search(r"到位", words) and not re.search(r"完成", squeeze(column.path[-1])):
        return Field.FUNDS_ARRIVED
    if re.search(r"入统|入库|纳统", words):
        return Field.STATISTICS_YEAR
    done = (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED, Field.FUNDS_ARRIVED, Field.STATISTICS_YEAR)
    held = {n: c.guess.field for n, c in table.columns.items() if c.guess.field in (*done, Field.MONTH_INVESTMENT)}
    if re.search(r"(?:本月|当月|\d月)(?!底|末|累计)", squeeze(column.path[-1])) and not re.search(r"[至到-]", squeeze(column.path[-1])):
        return Field.MONTH_INVESTMENT if Field.MONTH_INVESTMENT in held.values() else None
    if _OF_TOTAL.search(squeeze(column.path[-1])) and Field.TOTAL_INVESTED in held.values() and held.get(column.number - 1) is not Field.FUNDS_ARRIVED:
        return Field.TOTAL_INVESTED
    # What is 完成 is works, unless a head above both says what: 资金到位情况 over 实际到位 and 完成比例.
    works = done[:2] if "完成" in squeeze(column.path[-1]) else done
    nearest = next((held[n] for n in sorted(held, reverse=True) if n < column.number and held[n] in done
                    and len(column.path) > 1 and table.columns[n].path[:-1] == column.path[:-1]), None)
    nearest = nearest or next((held[n] for n in sorted(held, reverse=True) if n < column.number and held[n] in works), None)
    if nearest is None:
        # 完成率 alone is that of the year's plan, whatever columns stand beside it.
        return Field.YEAR_INVESTMENT
    return nearest


def _open(table: Table, column: Column, period: Period) -> Ask | NotAsked:
    """累计完成投资 and its like: what the columns beside it leave, or what the rate behind it divides."""
    taken = {c.guess.field for c in table.columns.values() if c.guess.field is not None}
    options = tuple(f for f in column.guess.candidates if f not in taken)
    if not options:
        return NotAsked(f"{column.guess.reason}，所指各列已另有", open=True)
    behind = table.columns.get(column.number + 1)
    if len(options) > 1 and behind is not None and behind.guess.rate:
        words = squeeze(behind.path[-1])
        wanted = Field.TOTAL_INVESTED if _OF_TOTAL.search(words) else Field.YEAR_INVESTMENT if _OF_PLAN.search(words) else None
        if wanted in options:
            options = (wanted,)
    if len(options) == 1 and options != column.guess.candidates:
        return _field(column, options[0], period)
    return Ask(AskKind.ANY_OF, period, options=options, unit=column.said_unit)


_SAME_TIME = re.compile(r"(?:上年度?|去年)(?:同期|同月)|同期")
_LAST_MONTH = re.compile(r"上一?个?月(?:份)?")
_YEAR_SAID = re.compile(r"(20\d\d)年?")
_MONTH_SAID = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])月")


def _other_time(column: Column, period: Period) -> Ask | NotAsked | None:
    """What the head asks of another month or year; None where it speaks of none."""
    if not isinstance(period, Month):
        return None
    path, other = column.path, _period_said(column, period)
    if other is None or other == period:
        return None
    if _SAME_TIME.search(squeeze("".join(path))):
        path = tuple(_SAME_TIME.sub("", squeeze(p)) for p in path)
    path = tuple(_LAST_MONTH.sub("本月", squeeze(p)) for p in path)
    path = tuple(p for p in path if p)
    if not path:
        return None
    guess = guess_column(path, other)
    f = guess.field
    if f is None or f not in (*PROGRESS_MONEY, *LEDGER_MONEY, *PROGRESS_TEXTS):
        return None
    if other.day > period.day:
        return NotAsked(f"{other.label}还没有到")
    return Ask(AskKind.FIELD, other, f, unit=column.said_unit)


def _period_said(column: Column, period: Month) -> Month | None:
    text = squeeze("".join(column.path))
    leaf = squeeze(column.path[-1])
    if _SAME_TIME.search(text):
        return Month(period.year - 1, period.number)
    if _LAST_MONTH.search(text):
        return period.previous()
    years = _YEAR_SAID.findall(text)
    months = _MONTH_SAID.findall(leaf) or _MONTH_SAID.findall(text) or _chinese_month(leaf)
    year = int(years[-1]) if years else period.year
    try:
        if months:
            return Month(year, int(months[-1]))
        return Month(year, 12) if years and year < period.year else None
    except ValueError:
        return None


_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def _chinese_month(text: str) -> list[str]:
    m = re.search(r"(十[一二]?|[一二三四五六七八九])月", text)
    return [str(_CHINESE.index(m[1]) + 1)] if m else []


def _why_not(column: Column) -> str:
    reason = column.guess.reason
    if column.guess.unknown or not reason:
        return f"认不出“{column.header}”要填什么"
    return reason.replace("，不取数", "").replace("，不取", "")


def _who(column: Column) -> str:
    words = squeeze("".join(column.path))
    for pattern, who in _WHO:
        if pattern.search(words):
            return who
    return "填报单位"


_WHO = ((re.compile(r"设计|施工|监理|勘察"), "业主单位"), (re.compile(r"户|征|拆|用地|亩"), "县市区自然资源部门"),
        (re.compile(r"贷款|债券|资金|支付|拨付"), "财政部门、业主单位"), (re.compile(r"税|产值|就业|用工"), "业主单位"))


