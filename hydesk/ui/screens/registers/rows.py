"""The records of a register as the table holds them: search and filters with counts, worked out once, off the UI thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.domain.pinyin import initials
from hydesk.domain.register_words import shown_days
from hydesk.domain.registers import (
    RegisterField,
    RegisterKind,
    RegisterRecord,
    RegisterView,
    days_over,
    is_closed,
)
from hydesk.services.registers.look_at_register import RegisterSheet

OVERDUE, OPEN, CLOSED = "逾期", "未办结", "已办结"
CASES = "\n cases"
"""The filter that is no field: 逾期, 未办结, 已办结."""
_MOST_CHIPS = 4


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A record with what is worked out from it once."""

    record: RegisterRecord
    texts: Mapping[str, str]
    found: str
    over: int | None
    closed: bool

    @property
    def id(self) -> int:
        """The record's key."""
        return self.record.id

    @property
    def late(self) -> bool:
        """Whether it is over its deadline."""
        return (self.over or 0) > 0

    @property
    def days(self) -> str:
        """■ 逾期 3 天, 剩 12 天."""
        return shown_days(self.over)


@dataclass(frozen=True, slots=True)
class SheetQuery:
    """Which records are shown; ``chosen`` by field, an empty set means all."""

    text: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text.strip()) or any(self.chosen.values())


class SheetRows:
    """All records of a register. Built in a job, then read by the UI thread only."""

    def __init__(self, sheet: RegisterSheet, today: date) -> None:
        self.sheet = sheet
        own = sheet.definition
        names: dict[str, str] = {}
        short = [f.key for f in own.fields if sheet.kind(f) in (RegisterKind.TEXT, RegisterKind.PROJECT, RegisterKind.UNIT)]
        self.rows = []
        for record in sheet.records:
            texts = {f.key: sheet.text(f, record) for f in own.fields}
            words = [*texts.values(), *(_initials(texts[k], names) for k in short)]
            self.rows.append(SheetRow(record, texts, "\n".join(words).lower(), days_over(own, record, today),
                                      is_closed(own, record)))
        self.late = sum(r.late for r in self.rows)

    def filters(self) -> list[RegisterField]:
        """The fields worth filtering by: choices and units, the state first; a text that repeats itself, such as 产业链."""
        own = self.sheet.definition
        named = [f for f in own.fields if self.sheet.kind(f) in (RegisterKind.CHOICE, RegisterKind.UNIT)]
        few = [f for f in own.fields if f.kind is RegisterKind.TEXT and f not in named and len(self.rows) > 1
               and 2 <= len({r.texts[f.key] for r in self.rows}) <= max(12, len(self.rows) // 4) <= len(self.rows)]
        ordered = sorted(named, key=lambda f: f.key != own.state) + few
        return ordered[:_MOST_CHIPS]

    def select(self, query: SheetQuery, view: RegisterView | None = None, without: str = "") -> list[SheetRow]:
        """The rows that ``query`` and ``view`` ask for; the filter ``without`` is left out."""
        rows = self.rows
        for word in query.text.lower().split():
            rows = [r for r in rows if word in r.found]
        if view is not None and view.only is not None:
            key, allowed = view.only
            rows = [r for r in rows if r.texts.get(key) in allowed]
        for key, wanted in query.chosen.items():
            if wanted and key != without:
                rows = [r for r in rows if wanted & _said(r, key)]
        return rows

    def choices(self, key: str, query: SheetQuery, view: RegisterView | None) -> Counter[str]:
        """How many rows each choice of the filter ``key`` would show, given the other filters."""
        return Counter(word for r in self.select(query, view, key) for word in _said(r, key))

    def order(self, key: str) -> list[str]:
        """Every choice of a filter that occurs, in the definition's order where it has one."""
        if key == CASES:
            return [OVERDUE, OPEN, CLOSED]
        own = self.sheet.definition.field_of(key)
        held = Counter(r.texts[key] for r in self.rows)
        known = [c for c in self.sheet.choices(own) if c in held]
        return known + sorted(c for c in held if c not in known)


def _said(row: SheetRow, key: str) -> set[str]:
    if key != CASES:
        return {row.texts.get(key, "")}
    held = {CLOSED if row.closed else OPEN}
    return held | {OVERDUE} if row.late else held


def _initials(text: str, names: dict[str, str]) -> str:
    if text not in names:
        names[text] = initials(text[:60])
    return names[text]
