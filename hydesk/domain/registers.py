"""Registers (自定义台账): any list an office keeps beside the project ledger, with its fields as data.

One mechanism serves every list: filings, commitments, tours, targets, duties, petitions (docs/rules.md §6.5). A new
kind of register is a new definition; no code knows any of them by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.domain.dates import LooseDate
from hydesk.domain.money import Yuan


class RegisterKind(StrEnum):
    """What a field of a register holds, and so how it is read, shown, sorted and added up."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    UNIT = "unit"
    PROJECT = "project"
    FIGURE = "figure"
    """Drawn from the ledger whenever it is shown; never typed, never stored."""

    @property
    def label(self) -> str:
        """The kind in the office's words."""
        return {"text": "文字", "long_text": "长文字", "number": "数字", "money": "金额（万元）", "date": "日期",
                "choice": "选项", "unit": "单位", "project": "项目", "figure": "台账数字"}[self.value]


RegisterValue = str | Decimal | Yuan | LooseDate
"""Words, a number, money in yuan or a date; a project by its 市重点编号, a unit by its name."""


@dataclass(frozen=True, slots=True)
class RegisterField:
    """A column of a register."""

    key: str
    label: str
    kind: RegisterKind = RegisterKind.TEXT
    choices: tuple[str, ...] = ()
    required: bool = False
    measure: str = ""
    """What a number counts: 个, %, 亿元; shown in the head."""
    figure: str = ""
    """For FIGURE: which figure of the ledger, such as project.year_investment."""
    names: tuple[str, ...] = ()
    """Other heads under which the column comes in Excel."""
    width: int = 0
    """Characters; 0 lets the contents decide."""

    @property
    def head(self) -> str:
        """The column's head, with what it counts."""
        measure = "万元" if self.kind is RegisterKind.MONEY else self.measure
        return f"{self.label}（{measure}）" if measure else self.label


@dataclass(frozen=True, slots=True)
class RegisterView:
    """A named choice of columns, with the records narrowed to some choices of one field."""

    name: str
    fields: tuple[str, ...]
    only: tuple[str, tuple[str, ...]] | None = None
    """Field and the choices of it that are shown; None shows all."""


@dataclass(frozen=True, slots=True)
class RegisterDefinition:
    """A register's shape. ``identity`` are the fields that tell one record from another when it comes from Excel."""

    key: str
    name: str
    group: str
    """The section of the navigation's list it stands in, such as 五制 or 产业链."""
    purpose: str
    """One sentence saying what belongs here; shown while it is empty."""
    fields: tuple[RegisterField, ...]
    identity: tuple[str, ...]
    state: str = ""
    """The CHOICE field that says how far a record has come; '' where there is none."""
    closed: tuple[str, ...] = ()
    """Its choices with which nothing more is to be done."""
    due: str = ""
    """The DATE field by which a record that is not closed must be done."""
    views: tuple[RegisterView, ...] = ()
    note: str = ""
    """Where the rules of the register come from; printed under it."""

    def field_of(self, key: str) -> RegisterField:
        """The field called ``key``. Raises KeyError where there is none."""
        for own in self.fields:
            if own.key == key:
                return own
        raise KeyError(key)

    @property
    def stored(self) -> tuple[RegisterField, ...]:
        """The fields that a person fills."""
        return tuple(f for f in self.fields if f.kind is not RegisterKind.FIGURE)


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    """One record: what a person filled, and what the ledger says for it."""

    id: int
    values: Mapping[str, RegisterValue] = field(default_factory=dict)
    figures: Mapping[str, RegisterValue | None] = field(default_factory=dict)

    def get(self, key: str) -> RegisterValue | None:
        """The value of a field, filled or drawn from the ledger; None where there is none."""
        return self.values[key] if key in self.values else self.figures.get(key)


def is_closed(definition: RegisterDefinition, record: RegisterRecord) -> bool:
    """Whether nothing more is to be done about ``record``."""
    return bool(definition.state) and record.values.get(definition.state) in definition.closed


def days_over(definition: RegisterDefinition, record: RegisterRecord, on: date) -> int | None:
    """By how many days ``record`` is over its deadline on ``on``; negative while there is time, None without one."""
    due = record.values.get(definition.due) if definition.due else None
    if not isinstance(due, LooseDate) or is_closed(definition, record):
        return None
    return (on - due.day).days


def write_register_value(value: RegisterValue | None) -> str | None:
    """A value as the change log keeps it."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, LooseDate):
        return value.written
    return None if value is None else str(value)


def read_register_value(kind: RegisterKind, text: str) -> RegisterValue:
    """The value that ``write_register_value`` wrote."""
    if kind is RegisterKind.MONEY:
        return int(text)
    if kind is RegisterKind.NUMBER:
        return Decimal(text)
    if kind is RegisterKind.DATE:
        return LooseDate.read(text)
    return text


def definition_faults(definition: RegisterDefinition) -> list[str]:
    """What is wrong with a definition, in sentences; empty when it can be used."""
    faults = []
    keys = [f.key for f in definition.fields]
    labels = [f.label for f in definition.fields]
    if not definition.name.strip():
        faults.append("台账还没有名称，请填写")
    if not definition.stored:
        faults.append("台账至少要有一个可填写的字段，请添加")
    faults += [f"“{x}”这个字段重复了，请改名或删去一个" for x in sorted({x for x in labels if labels.count(x) > 1})]
    if len(set(keys)) != len(keys):
        faults.append("字段的代号重复了，请改正")
    faults += ["有字段没有名称，请填写"] if any(not x.strip() for x in labels) else []
    faults += [f"选项字段“{f.label}”还没有选项，请至少填一个" for f in definition.fields
               if f.kind is RegisterKind.CHOICE and not f.choices]
    named = {"用来辨认记录的字段": definition.identity, "状态字段": (definition.state,), "期限字段": (definition.due,)}
    faults += [f"{what}指向不存在的字段，请重新选择" for what, used in named.items() if any(u and u not in keys for u in used)]
    if not definition.identity:
        faults.append("请至少选一个用来辨认记录的字段，再次导入时靠它找到同一条记录")
    return faults


def definition_to_data(definition: RegisterDefinition) -> dict[str, Any]:
    """The definition as plain data for JSON."""
    return asdict(definition)


def definition_from_data(data: Mapping[str, Any]) -> RegisterDefinition:
    """The definition that plain data describes. Raises KeyError, TypeError or ValueError where it is none."""
    fields = tuple(
        RegisterField(**{**f, "kind": RegisterKind(f.get("kind", "text")), "choices": tuple(f.get("choices", ())),
                         "names": tuple(f.get("names", ()))})
        for f in data["fields"])
    views = tuple(
        RegisterView(v["name"], tuple(v["fields"]), (v["only"][0], tuple(v["only"][1])) if v.get("only") else None)
        for v in data.get("views", ()))
    plain = {k: v for k, v in data.items() if k not in ("fields", "views", "identity", "closed")}
    return RegisterDefinition(fields=fields, views=views, identity=tuple(data["identity"]),
                              closed=tuple(data.get("closed", ())), **plain)
