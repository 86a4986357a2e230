"""The rows of a summary: which columns name them, and over which projects each is (docs/rules.md §16.4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.filled_form import AddedRows
from hydesk.domain.findings import Level
from hydesk.domain.grid import Sheet
from hydesk.domain.scopes.choices import ScopeChoices
from hydesk.domain.scopes.fields import ScopeField
from hydesk.domain.scopes.scope import Scope, one_of
from hydesk.domain.snapshot import ReportingUnit
from hydesk.returns.aliases import NOTE_WORDS, TOTAL_WORDS
from hydesk.returns.forms.asked import NotAsked
from hydesk.returns.forms.form_scope import scope_of_word
from hydesk.returns.forms.summary_asks import SERIAL, SummaryAsk
from hydesk.returns.head import Head
from hydesk.returns.head_words import bare, known_field
from hydesk.returns.text import is_blank, shown, squeeze

_DIMENSIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"县市区|县\(市|区县|县区|市县|地区|区域|单位|隶属|属地|辖区|园区"), "unit"), (re.compile(r"优势产业|产业(?!链)"), "industry"), (re.compile(r"产业链"), "chain"),
    (re.compile(r"性质"), "nature"), (re.compile(r"级别|层级|等级"), "level"), (re.compile(r"批次"), "batch"), (re.compile(r"市.{0,4}领导"), "city_leader"),
    (re.compile(r"[县区].{0,4}领导"), "county_leader"), (re.compile(r"领导"), "leader"), (re.compile(r"类别|类型|分类|领域|行业"), "class"), (re.compile(r"阶段"), "stage"),
    (re.compile(r"分组|组别"), "group"), (re.compile(r"投资主体"), "investor"))
_PART = re.compile(r"^#?其中[:：]?")
_WHOLE_CITY = re.compile(r"^全[市县区]|^衡阳市$")

Tell = Callable[[Level, str, int, int, str], None]
"""Notes a finding: its level and code, the row and column it is about, the sentence."""


@dataclass(slots=True)
class SummaryLine:
    """A row of a summary: its label, and the scopes whose projects it is over; none for a row that nobody knows."""

    row: int
    name: str
    scopes: tuple[Scope, ...] = ()
    total: bool = False
    part_sum: bool = False
    inner: bool = False
    """其中 of the row above, which is in that one's figures already."""
    new: str = ""
    """The label that is still to be written."""
    fresh: bool = False
    """The row is one that is added: nothing stands in it, whatever the form has at that place now."""


class SummaryRows:
    """What stands below a summary's head, from its row on to ``last``; rows may be added where it is ``open_end``."""

    def __init__(self, sheet: Sheet, head: Head, last: int, *, open_end: bool, asks: Mapping[int, SummaryAsk | NotAsked], choices: ScopeChoices,
                 units: tuple[ReportingUnit, ...], added: list[AddedRows], find: Tell) -> None:
        self._sheet, self._head, self._last, self._open_end = sheet, head, last, open_end
        self._asks, self._choices, self._units, self._added, self._find = asks, choices, units, added, find
        self.labels = self._label_columns()

    def _label_columns(self) -> list[int]:
        """The columns from the left that name the rows."""
        found: list[int] = []
        for n in sorted(self._head.paths):
            ask = self._asks.get(n)
            if isinstance(ask, SummaryAsk) and ask.id == SERIAL:
                continue
            if isinstance(ask, SummaryAsk):
                break
            words = [squeeze(shown(self._sheet.cell(r, n))) for r in range(self._head.last_row + 1, self._last + 1)]
            told = [w for w in words if w and not TOTAL_WORDS.match(w)]
            known = sum(scope_of_word(w, self._choices, self._units) is not None for w in told)
            if self._dimension(n) is None and known * 2 < max(len(told), 1):
                break
            found.append(n)
        return found

    def _dimension(self, column: int) -> str | None:
        """The field of scopes that a column's head names."""
        words = bare("".join(self._head.paths[column]))
        f = known_field(words)
        by_field = {Field.REPORTING_UNIT: "unit", Field.CATEGORY: "class", Field.NATURE: "nature", Field.LEVEL: "level", Field.INDUSTRY: "industry", Field.CHAIN: "chain"}
        if f in by_field:
            return by_field[f]
        return next((key for pattern, key in _DIMENSIONS if pattern.search(words)), None)

    def lines(self, base: Scope) -> list[SummaryLine]:
        """The rows, each with the scopes its projects are of; ``base`` is that of the whole table."""
        lines: list[SummaryLine] = []
        slots: list[int] = []
        parent = base
        group: list[SummaryLine] = []
        for row in range(self._head.last_row + 1, self._last + 1):
            told = [w for c in self.labels if (w := self._label(row, c))]
            lead = [w for c in sorted(self._serials()) if TOTAL_WORDS.match(w := squeeze(shown(self._sheet.cell(row, c))))]
            if any(NOTE_WORDS.search(w) for w in told[:1]):
                break
            if not told and not lead:
                if all(is_blank(self._sheet.cell(row, c)) for c in self._head.paths if c not in self._serials()):
                    slots.append(row)
                continue
            line = self._line(row, told or lead, base, parent)
            if line.total:
                over = group if line.part_sum else [x for x in lines if not x.total]
                line.scopes = (base,) if _WHOLE_CITY.match(line.name) else _union(over)
                group = []
            else:
                group.append(line)
                if not line.inner and line.scopes:
                    parent = line.scopes[0]
            lines.append(line)
        if not any(not x.total for x in lines):
            return self._new_lines(lines, slots, base)
        for line in lines:
            if line.total and not line.scopes and not line.part_sum:
                line.scopes = _union([x for x in lines if not x.total])  # 合计 above the rows it is over
        return lines

    def _serials(self) -> set[int]:
        return {n for n, a in self._asks.items() if isinstance(a, SummaryAsk) and a.id == SERIAL}

    def _label(self, row: int, column: int) -> str:
        value = self._sheet.cell(row, column)
        if is_blank(value):
            span = next((m for m in self._sheet.merges if m.left <= column <= m.right and m.top < row <= m.bottom and m.top > self._head.last_row), None)
            value = self._sheet.cell(span.top, span.left) if span is not None and span.left == column else None
        return squeeze(shown(value))

    def _line(self, row: int, told: list[str], base: Scope, parent: Scope) -> SummaryLine:
        name = told[-1]
        if any(TOTAL_WORDS.match(w) for w in told) or _WHOLE_CITY.match(told[0]):
            return SummaryLine(row, name, total=True, part_sum=any("小计" in w for w in told))
        inner = bool(_PART.match(name)) and parent is not base
        scope: Scope | None = parent if inner else base
        for column, words in zip([c for c in self.labels if self._label(row, c)], told, strict=True):
            key = self._dimension(column)
            condition = scope_of_word(words, self._choices, self._units, (key,) if key else ())
            if condition is None or scope is None:
                scope = None
                break
            scope = scope.also(condition)
        if scope is None:
            self._find(Level.WARNING, "row_unknown", row, self.labels[-1], f"“{name}”不知道是哪些项目，这一行没有填。请核对名称")
        return SummaryLine(row, name, () if scope is None else (scope,), inner=inner)

    def _new_lines(self, totals: list[SummaryLine], slots: list[int], base: Scope) -> list[SummaryLine]:
        """Rows for every word of the dimension that has projects, where the form leaves them to be written."""
        key = self._dimension(self.labels[-1]) if len(self.labels) == 1 else None
        if key is None or key not in self._choices.words:
            return totals
        of: ScopeField = self._choices.fields[key]
        members = base.of(self._choices.members)
        held = {w for m in members for w in (lambda v: v if isinstance(v, tuple) else (v,))(of.read(m))}
        words = [w for w in self._choices.words[key] if w and w in held]
        if not slots and self._open_end:
            slots = [max(self._last, self._head.last_row) + 1]
        if not slots or not words:
            return totals
        open_end = self._open_end and slots[-1] >= self._last
        rows = slots + [slots[-1] + n for n in range(1, len(words))] if open_end else slots
        extra = max(0, len(words) - len(rows))
        if extra:
            self._added.append(AddedRows(slots[-1], extra, slots[-1]))
        if open_end and len(words) > len(slots):
            self._added.append(AddedRows(slots[-1] + 1, len(words) - len(slots), slots[-1], below=True))
        lines = [SummaryLine(rows[n] if n < len(rows) else slots[-1] + n - len(rows) + 1, w, (base.also(one_of(of, [w])),), new=w, fresh=extra > 0 and n >= len(rows) - 1) for n, w in enumerate(words)]
        for total in totals:
            total.row += extra if total.row > slots[-1] else 0
            total.scopes = (base,)
        return sorted([*lines, *totals], key=lambda x: x.row)


def _union(lines: Sequence[SummaryLine]) -> tuple[Scope, ...]:
    """The scopes of all lines together; none where one of them is not known: the sum would lack its projects."""
    if any(not x.scopes for x in lines):
        return ()
    return tuple(s for x in lines if not x.inner for s in x.scopes)
