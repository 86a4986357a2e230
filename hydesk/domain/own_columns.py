"""Columns of the office's own (自建栏目): facts of a project that the program has no field for, as data.

A column is a definition (``OwnColumn``) and one value a project. It is renamed without losing what was read under its old
name, and retired without losing what stands in it (docs/rules.md §8.2). Nothing here knows any column by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.fields import Field, FieldGroup
from hydesk.domain.money import MoneyUnit, Yuan, format_money
from hydesk.domain.written import CONTROL


class OwnKind(StrEnum):
    """What an own column holds, and so how it is typed, read, shown, sorted and added up. It never changes.

    ``PERIOD_NUMBER`` and ``PERIOD_MONEY`` are told anew each period, as figures of progress are; the newest by a period's
    day holds (docs/rules.md §8.3). All others are facts of a project.
    """

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PERSON = "person"
    PERIOD_NUMBER = "period_number"
    PERIOD_MONEY = "period_money"

    @property
    def base(self) -> OwnKind:
        """What a single value is: a number, money."""
        return {OwnKind.PERIOD_NUMBER: OwnKind.NUMBER, OwnKind.PERIOD_MONEY: OwnKind.MONEY}.get(self, self)

    @property
    def by_period(self) -> bool:
        """Whether each period has a value of its own."""
        return self.base is not self

    @property
    def label(self) -> str:
        """The kind in the office's words."""
        return self.short + ("（万元）" if self.base is OwnKind.MONEY else "")

    @property
    def short(self) -> str:
        """The kind in one word."""
        return {"text": "文字", "number": "数字", "money": "金额", "date": "日期", "choice": "选项", "yes_no": "是否",
                "person": "人员", "period_number": "逐期数字", "period_money": "逐期金额"}[self.value]


OwnValue = str | Decimal | Yuan | LooseDate
"""Words, a number, money in yuan or a date. 是否 holds 是 or 否; several persons are joined by 、."""
YES, NO = YES_NO = ("是", "否")
OWN_KEY = "own/"
"""How keys of own columns begin."""
_NAME_LENGTH = 30
_NOT_SUMMED = frozenset(["%", "％", "‰", "分", "位", "名", "年", "月", "日", "度", "级"])
"""What numbers count that do not add up."""
_CHOICES = 60
_SAME = str.maketrans("（）：，　", "():, ")


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of the office's own. ``id`` is its key in the ledger, 0 for one that is not defined yet."""

    name: str
    kind: OwnKind = OwnKind.TEXT
    choices: tuple[str, ...] = ()
    measure: str = ""
    """What a number counts: 个, 亩, %."""
    names: tuple[str, ...] = ()
    """Other heads it comes under in returns and lists, its earlier names among them."""
    retired: bool = False
    """停用: shown and asked for nowhere; what stands in it stays and comes back with it."""
    asked: bool = False
    """Stands in the templates that units fill in, with what the ledger holds."""
    id: int = 0

    @property
    def key(self) -> str:
        """Its name in kept views and among fields of the program's own: own/12."""
        return f"{OWN_KEY}{self.id}"

    @property
    def label(self) -> str:
        """What it is called, as a field is."""
        return self.name

    @property
    def head(self) -> str:
        """Its head on paper and in workbooks, with what it counts: 用地面积（亩）, 征拆费用（万元）."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name

    @property
    def heads(self) -> tuple[str, ...]:
        """Every head that means this column."""
        return tuple(dict.fromkeys((self.name, self.head, *self.names)))

    @property
    def is_figure(self) -> bool:
        """Whether its values are added up and stand flush right."""
        return self.kind.base in (OwnKind.NUMBER, OwnKind.MONEY)

    @property
    def adds_up(self) -> bool:
        """Whether its sum over projects means something: money, and numbers that count things; shares and marks do not."""
        return self.kind.base is OwnKind.MONEY or (
            self.kind.base is OwnKind.NUMBER and self.measure not in _NOT_SUMMED and not self.name.endswith(("率", "占比", "比例")))

    @property
    def unit(self) -> str:
        """What its sums are counted in: 万元, 亩; empty where that is not said."""
        return "万元" if self.kind.base is OwnKind.MONEY else self.measure


@dataclass(frozen=True, slots=True)
class OwnCell:
    """What a row of a list or a return has in an own column. ``value`` is None where its words cannot stand there."""

    column: OwnColumn
    value: OwnValue | None
    cell: str = ""
    """Where it stood: H7."""
    words: str = ""


SHIPPED = (
    OwnColumn("施工单位", names=("施工企业", "施工总承包单位", "施工单位名称", "总承包单位")),
    OwnColumn("设计单位", names=("设计院", "勘察设计单位", "设计单位名称")),
    OwnColumn("监理单位", names=("监理公司", "工程监理单位", "监理单位名称")),
)
"""Who builds, designs and supervises for the owner (§8.2): never the 业主单位. A new ledger begins with these columns; one of
before is offered them."""

ELEMENTS = (
    OwnColumn("用地应交", OwnKind.PERIOD_NUMBER, measure="亩", names=("应交地", "应交地面积", "应交用地", "用地应交面积"), asked=True),
    OwnColumn("用地已交", OwnKind.PERIOD_NUMBER, measure="亩", names=("已交地", "已交地面积", "已交用地", "用地已交面积", "实际交地"), asked=True),
    *(OwnColumn(f"{source}缺口", OwnKind.PERIOD_MONEY, names=tuple(n for w in words for n in (f"{w}缺口", f"资金缺口{w}", f"{w}资金缺口")),
                asked=True) for source, words in (
        ("中央资金", ("中央", "中央预算内", "中央预算内投资")), ("专项债", ("专项债", "专项债券", "地方政府专项债")),
        ("银行贷款", ("贷款", "银行贷款")), ("自筹资金", ("自筹", "企业自筹")))),
)
"""要素 in amounts, offered together to an office that asks for them: land to be handed over and handed over, what is lacking
of the money by its source."""

NOTICE_COLUMNS = (
    OwnColumn("集中开工批次", names=("集中开工", "集中开竣工批次", "参加集中开工")),
    *(OwnColumn(f"{source}到位资金", OwnKind.PERIOD_MONEY, names=(f"到位{source}", f"{source}到位"), asked=True) for source in (
        "中央预算内", "专项债", "银行贷款", "自筹")),
    OwnColumn("已支付资金", OwnKind.PERIOD_MONEY, names=("累计支付资金", "资金支付", "已拨付资金"), asked=True),
)
"""What parts of notices draw on beside the program's own fields, offered together: the ceremony a project was begun at, money by
its source, money paid."""

NO_OWN: Mapping[int, OwnValue] = {}
"""What a project holds in own columns where it holds nothing."""


LedgerField = Field | OwnColumn
"""Whatever a project holds a value in: a field of the program's, or a column of the office's own."""


def is_progress(field: LedgerField) -> bool:
    """Whether ``field`` belongs to a period, and not to the project or a year; own columns belong to the project."""
    return isinstance(field, Field) and field.group is FieldGroup.PROGRESS


def key_of(field: LedgerField) -> str:
    """What a field or an own column is called in JSON, kept views and among values that wait."""
    return field.value if isinstance(field, Field) else field.key


def same_name(name: str) -> str:
    """A name as it is compared with others: without spaces, brackets of one width, letters of one case."""
    return re.sub(r"\s+", "", name.translate(_SAME)).casefold()


BUILT_IN: Mapping[str, Field] = {same_name(word): f for f in reversed(Field) for word in (
    f.label, f.spec.head, *((f.spec.column.head,) if f.spec.column else ()), *f.spec.heads) if word}
"""Names that the program's own fields bear."""


def tidy(column: OwnColumn) -> OwnColumn:
    """``column`` as it is kept: no signs nobody sees, no empty or repeated choices and names."""
    def clean(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(w for x in words if (w := " ".join(CONTROL.sub("", x).split()))))

    name = next(iter(clean([column.name])), "")
    return OwnColumn(
        name, column.kind, clean(column.choices) if column.kind is OwnKind.CHOICE else (),
        next(iter(clean([column.measure])), "") if column.kind.base is OwnKind.NUMBER else "",
        tuple(n for n in clean(column.names) if n != name), column.retired, column.asked, column.id)


def column_faults(column: OwnColumn, others: Iterable[OwnColumn]) -> list[str]:
    """What is wrong with a tidy definition beside the ledger's ``others``, in sentences; empty when it can be used."""
    if not column.name:
        return ["栏目还没有名称，请填写"]
    faults = []
    if len(column.name) > _NAME_LENGTH:
        faults.append(f"栏目名称最多 {_NAME_LENGTH} 个字，“{column.name[:10]}…”太长了")
    for name in (column.name, *column.names):
        if (own := BUILT_IN.get(same_name(name))) is not None:
            faults.append(f"“{name}”是台账已有的栏目（{own.label}），直接使用即可，不用另建")
    taken = {same_name(n): o for o in others if o.id != column.id for n in reversed(o.heads)}
    for name in column.heads:
        if (other := taken.get(same_name(name))) is not None:
            faults.append(f"已有停用的栏目“{other.name}”，请恢复它，或换一个名称" if other.retired else
                          f"“{name}”已是栏目“{other.name}”的名称，请换一个")
    if column.kind is OwnKind.CHOICE and not column.choices:
        faults.append(f"“{column.name}”是选项栏目，请至少填一个选项")
    if len(column.choices) > _CHOICES:
        faults.append(f"选项最多 {_CHOICES} 个，“{column.name}”有 {len(column.choices)} 个，请改用文字栏目")
    return faults


def write_own_value(value: OwnValue | None) -> str | None:
    """A value as the change log keeps it: money in yuan, numbers in plain digits, dates 2023-06-30/month."""
    if isinstance(value, LooseDate):
        return value.written
    if isinstance(value, Decimal):
        return plain_digits(value)
    return None if value is None or value == "" else str(value)


def plain_digits(value: Decimal) -> str:
    """A number in digits: no exponent, no zeros behind, every decimal that counts."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def read_own_value(kind: OwnKind, text: str) -> OwnValue:
    """The value that ``write_own_value`` wrote; words that are none of ``kind`` are given as they stand."""
    try:
        if kind.base is OwnKind.MONEY:
            return int(text)
        if kind.base is OwnKind.NUMBER:
            number = Decimal(text)
            return number if number.is_finite() else text
        if kind is OwnKind.DATE:
            return LooseDate.read(text)
    except (ValueError, ArithmeticError):
        return text
    return text


def show_own_value(value: OwnValue | None, unit: MoneyUnit = MoneyUnit.WAN, *, exact: bool = False) -> str:
    """``value`` in words; money counted in ``unit`` without its name, to the yuan where ``exact``."""
    if value is None:
        return ""
    if isinstance(value, int):
        return format_money(value, unit, 4 if exact and unit is MoneyUnit.WAN and value % 100 else None)
    if isinstance(value, Decimal):
        whole, dot, rest = plain_digits(value).partition(".")
        return f"{int(whole):,}{dot}{rest}" if whole != "-0" else f"-0{dot}{rest}"
    return str(value)


def told_in_log(kind: OwnKind, text: str) -> str:
    """A value of the change log as the office reads it: money exactly, with its unit."""
    value = read_own_value(kind, text)
    return show_own_value(value, exact=True) + ("万元" if isinstance(value, int) else "")


def own_sort_key(column: OwnColumn, value: OwnValue | None) -> Any:
    """What a value is sorted by; None (always last) where there is none, or one that the column's kind cannot hold."""
    if value is None:
        return None
    if column.kind is OwnKind.CHOICE:
        return column.choices.index(value) if value in column.choices else len(column.choices)
    if column.kind is OwnKind.YES_NO:
        return YES_NO.index(value) if value in YES_NO else None
    if column.kind is OwnKind.DATE:
        return value.day if isinstance(value, LooseDate) else None
    wanted = {OwnKind.MONEY: int, OwnKind.NUMBER: Decimal}.get(column.kind.base, str)
    return value if isinstance(value, wanted) else None


def says_the_same(held: OwnValue | None, said: OwnValue | None) -> bool:
    """Whether ``said`` tells nothing else than ``held``: words but for spaces and width, 2023年6月 of a day in it."""
    if isinstance(held, LooseDate) and isinstance(said, LooseDate):
        return held == said or (
            _ROUGHNESS.index(said.precision) > _ROUGHNESS.index(held.precision) and _span(said, held.day) == said.day)
    if isinstance(held, str) and isinstance(said, str):
        return same_name(held) == same_name(said)
    return held == said


_ROUGHNESS = tuple(Precision)


def _span(rough: LooseDate, day: date) -> date:
    """The last day of the month, quarter or year that ``day`` lies in."""
    if rough.precision is Precision.MONTH:
        return LooseDate.of_month(day.year, day.month).day
    if rough.precision is Precision.QUARTER:
        return LooseDate.of_quarter(day.year, (day.month + 2) // 3).day
    return LooseDate.of_year(day.year).day


def persons(value: OwnValue | None) -> tuple[str, ...]:
    """The persons named in a value of 人员."""
    return tuple(value.split("、")) if isinstance(value, str) and value else ()


def value_in_json(value: OwnValue | None) -> int | str | None:
    """A value as JSON holds it: money in yuan, numbers in digits as text, dates as they were given."""
    return value if value is None or isinstance(value, int) else plain_digits(value) if isinstance(value, Decimal) else str(value)
