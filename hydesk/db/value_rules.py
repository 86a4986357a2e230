"""What may stand in each column of the ledger's tables, and what is kept in the place of a value that may not.

The rules come from the tables' own columns, and where the program writes only some words there, from those words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from hydesk.dataclass import dataclass
from hydesk.db.models import Base
from hydesk.db.places import Entity
from hydesk.domain.dates import Precision
from hydesk.domain.findings import Level
from hydesk.domain.meaning import Meaning
from hydesk.domain.milestones import HANDLINGS
from hydesk.domain.own_columns import OwnKind
from hydesk.domain.periods import YEARS, Period
from hydesk.domain.problems import Status, StepKind

INTEGER, BOOLEAN, WORDS, DATE, TIME, BYTES, JSON, PERIOD, YEAR = (
    "integer", "boolean", "words", "date", "time", "bytes", "json", "period", "year")
_KINDS = {"INTEGER": INTEGER, "BIGINT": INTEGER, "BOOLEAN": BOOLEAN, "DATE": DATE, "DATETIME": TIME, "BLOB": BYTES}
_JSON = {("imports", "sheets"), ("settings", "value"), ("registers", "definition"), ("imports", "decisions"), ("log_seals", "spared")}
_PERIODS = {("progress", "period"), ("own_figures", "period"), ("imports", "period"), ("report_issues", "period"), ("problems", "first_seen"),
            ("problems", "last_seen")}
_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("change_log", "entity"): tuple(e.value for e in Entity),
    ("problems", "status"): tuple(s.value for s in Status),
    ("problem_steps", "kind"): tuple(k.value for k in StepKind),
    ("import_findings", "level"): tuple(x.value for x in Level),
    ("year_plans", "lamp_meaning"): tuple(m.value for m in Meaning),
    ("project_classes", "kind"): ("category", "industry", "chain"),
    ("own_columns", "kind"): tuple(k.value for k in OwnKind),
    ("milestones", "handling"): HANDLINGS,
    ("log_seals", "event"): ("done", "added", "undone", "redone"),
    ("act_marks", "kind"): ("undone", "redone"),
    **{("milestones", f"{which}_precision"): tuple(p.value for p in Precision) for which in ("baseline", "forecast", "actual")},
}
_LIKELY = {("project_names", "kind"): ("former", "remembered"), ("milestone_types", "stage"): ("招商引资", "落地开工", "在建实施", "竣工达产"),
           ("remembered", "kind"): ("column", "unit")}
"""Words that usually stand there, though a person may bring others: good enough to know a table by, not to refuse one."""
_PERIOD_FORM = re.compile(r"\d{4}-(\d\d|W\d\d)")
_NO_TIME = "1970-01-01 00:00:00.000000"
LARGEST = 10**16
"""Beyond any amount in yuan, and any number of a row."""
_DEEPEST = 60
"""Levels of brackets in a value of JSON; the program writes less than ten."""

TABLES = {
    "units": "填报单位", "project_classes": "项目分类", "milestone_types": "节点种类", "batches": "批次", "projects": "项目",
    "project_names": "其他名称", "year_plans": "年度计划", "sub_projects": "子项目", "progress": "进度", "milestones": "节点",
    "problems": "问题", "problem_steps": "问题办理", "attachments": "附件登记", "imports": "报表", "import_files": "原始报表",
    "import_rows": "报表的行", "import_cells": "报表的格", "import_findings": "核对结果", "acts": "操作", "change_log": "修改记录",
    "act_marks": "撤销与重做", "spared_parts": "撤销时保留的部分", "log_seals": "修改记录封签", "content_seals": "内容封签", "adjustments": "调整", "settings": "设置", "remembered": "记住的判定",
    "report_issues": "归档报告", "report_issue_files": "归档报告文件", "registers": "自定义台账", "records": "自定义台账的记录",
    "record_values": "自定义台账的内容", "own_columns": "自建栏目", "own_values": "自建栏目的内容", "own_figures": "自建栏目的逐期数",
}
"""What the office calls the tables, in the order of the list."""


@dataclass(frozen=True, slots=True)
class ValueRule:
    """What may stand in a column."""

    kind: str
    nullable: bool
    choices: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()

    @property
    def telling(self) -> bool:
        """Whether a value that fits says much of whose row it is."""
        return bool(self.choices or self.likely) or self.kind not in (WORDS, INTEGER)

    def looks_right(self, value: object) -> bool:
        """Whether ``value`` is what usually stands there."""
        return self.fits(value) and (not self.likely or _text(value) in self.likely)

    def fits(self, value: object) -> bool:
        """Whether ``value``, as SQLite gives it (text as bytes or str), may stand there."""
        if value is None:
            return self.nullable
        if self.kind in _RANGES:
            least, most = _RANGES[self.kind]
            return isinstance(value, int) and least <= value <= most
        if self.kind == BYTES:
            return isinstance(value, bytes)
        text = _text(value)
        return text is not None and (not self.choices or text in self.choices) and _FORMS.get(self.kind, _any)(text)

    def mended(self, value: object) -> Any:
        """What is kept in the place of a value that does not fit: the nearest word, what can be read, or nothing."""
        text = _text(value)
        if text is None and isinstance(value, bytes) and self.kind in (WORDS, JSON, PERIOD):
            text = value.decode("utf-8", "replace")
        if self.choices:
            from difflib import get_close_matches

            near = get_close_matches(text or "", self.choices, 1, 0.6)
            return near[0] if near else None if self.nullable else self.choices[0]
        if self.kind == WORDS and isinstance(value, str | bytes | int | float):
            return text if text is not None else str(value)
        if self.nullable:
            return None
        return {INTEGER: 0, BOOLEAN: 0, YEAR: 2000, BYTES: b"", DATE: _NO_TIME[:10], TIME: _NO_TIME, JSON: "{}", PERIOD: "2000-01"}.get(self.kind, "")


_OF_EARLIER_VERSIONS = {
    ("acts", "undone_at"): ValueRule(TIME, True), ("acts", "undone_by"): ValueRule(WORDS, True),
    ("acts", "undone_order"): ValueRule(INTEGER, True), ("acts", "redoable"): ValueRule(BOOLEAN, False),
    ("change_log", "undone"): ValueRule(BOOLEAN, False),
}
"""Columns that migrations took away: a damaged ledger of an earlier version is saved as that version first."""


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return None
    return value if isinstance(value, str) else None


def _any(_text: str) -> bool:
    return True


def _is(read: Any) -> Any:
    def fits(text: str) -> bool:
        try:
            read(text)
        except ValueError:
            return False
        return True

    return fits


def is_period(text: str) -> bool:
    """Whether ``text`` is a period as the program writes it, within the years it knows."""
    return _PERIOD_FORM.fullmatch(text) is not None and bool(_is(Period.parse)(text))


def _is_json(text: str) -> bool:
    """Whether ``text`` is JSON that whoever reads it can take in."""
    depth = 0
    for sign in re.findall(r"[\[{\]}]", text) if text.count("[") + text.count("{") > _DEEPEST else ():
        depth += 1 if sign in "[{" else -1
        if depth > _DEEPEST:
            return False
    return bool(_is(json.loads)(text))


_RANGES = {INTEGER: (-LARGEST, LARGEST), BOOLEAN: (0, 1), YEAR: YEARS}
"""What numbers may be."""
_FORMS = {DATE: _is(date.fromisoformat), TIME: _is(datetime.fromisoformat), JSON: _is_json, PERIOD: is_period}


@cache
def rules() -> dict[str, dict[str, ValueRule]]:
    """Per table and column what may stand there, also in columns that only earlier versions have; the key of a row is
    SQLite's own affair."""
    found: dict[str, dict[str, ValueRule]] = {}
    for table in Base.metadata.sorted_tables:
        found[table.name] = {}
        for c in table.c:
            at = (table.name, c.name)
            kind = JSON if at in _JSON else PERIOD if at in _PERIODS else YEAR if c.name == "year" else _KINDS.get(str(c.type), WORDS)
            found[table.name][c.name] = ValueRule(kind, bool(c.nullable), _CHOICES.get(at, ()), _LIKELY.get(at, ()))
    for (name, column), rule in _OF_EARLIER_VERSIONS.items():
        found[name][column] = rule
    return found


def no_number(at: str, kind: str) -> str:
    """SQL that is true where a number of ``kind`` is out of range."""
    least, most = _RANGES[kind]
    return f"{at} NOT BETWEEN {least} AND {most}"


def deep_json(at: str) -> str:
    """SQL that is true for every value of JSON that is too deep, and for some that only have many parts."""
    return f"length({at}) - length(replace(replace({at}, '[', ''), '{{', '')) > {_DEEPEST}"


def no_period(at: str) -> str:
    """SQL that is true where the value of ``at`` is none of a period."""
    number = "[0-9][0-9][0-9][0-9]"
    forms = (f"{at} GLOB '{number}-{rest}'" for rest in ("0[1-9]", "1[0-2]", "W0[1-9]", "W[1-4][0-9]", "W5[0-2]"))
    # A year has a week 53 where it begins or ends on a Thursday.
    long = " OR ".join(f"strftime('%w', substr({at}, 1, 4) || '-{day}') = '4'" for day in ("01-01", "12-31"))
    years = f"substr({at}, 1, 4) BETWEEN '{YEARS[0]}' AND '{YEARS[1]}'"
    return f"NOT ({years} AND ({' OR '.join(forms)} OR {at} GLOB '{number}-W53' AND ({long})))"


def listed(words: Iterable[str]) -> str:
    """``words`` as SQL lists them."""
    return ", ".join(f"'{w}'" for w in words)
