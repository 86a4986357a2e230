"""The ledger's rows: sort keys and search texts, worked out once; then only row numbers move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from hydesk.domain.collector import collector_paused
from hydesk.domain.fields import Field
from hydesk.domain.lists import PackageCount, count_packages
from hydesk.domain.meaning import Meaning
from hydesk.domain.measures.measured import AsOf
from hydesk.domain.measures.reach import reach_of
from hydesk.domain.measures.starts import has_started
from hydesk.domain.measures.totals import SUMS, Totals, totals_of
from hydesk.domain.money import MoneyUnit, Yuan, rate
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.domain.periods import Period
from hydesk.domain.pinyin import initials
from hydesk.domain.scopes.cases import cases_of
from hydesk.domain.scopes.fields import ScopeField, ScopeKind, ScopeMember
from hydesk.domain.standing import ProjectStanding
from hydesk.services.pages.ledger_columns import COLUMNS, LedgerLine, index_in, own_column, reader
from hydesk.services.pages.ledger_query import KINDS, LedgerQuery
from hydesk.services.projects.list_more_facts import MoreFacts
from hydesk.services.standings.period_view import PeriodView
from hydesk.services.upkeep.open_ledger import Ledger

SUM_OF = {c.key: c.field.value for c in COLUMNS if isinstance(c.field, Field) and c.field.value in SUMS}
"""Which sum stands under which column."""
Order = tuple[tuple[int, bool], ...]
"""Columns to sort by, the first one first, and whether each descends."""
_CHOICES: dict[str, Callable[[ScopeMember], Any]] = {kind: of.read for kind, of in KINDS.items()} | {
    "meanings": lambda m: m.meaning, "cases": lambda m: m.cases}
"""What the choices of each filter are."""
_MANY = frozenset(kind for kind, of in KINDS.items() if of.kind is ScopeKind.WORDS)
"""Filters of which a project may be several choices."""
_NO_FACTS = MoreFacts()
_SEARCHED = [reader(f) for f in Field if f.spec.searched]
_KEPT_ORDERS = 6
FIRST_ROWS = 60
"""What is painted of a long ledger before the rest is read: more than stands on the largest screen."""
INITIALS_AFTER = 150
"""Milliseconds from the rows to working out their pinyin initials; nobody has typed two letters by then."""


class LedgerRows:
    """All projects of a period. Built in a job, then read by the UI thread only."""

    def __init__(self, view: PeriodView, more: Mapping[int, MoreFacts] | None = None, *, whole: bool = True,
                 own: Sequence[OwnColumn] = ()) -> None:
        """``own`` are the columns of the office's own, in its order."""
        self.whole = whole
        """False for the first screenful of a long ledger: more rows are being read, so nothing is summed or counted."""
        with collector_paused():
            projects = view.standings
            self.period, self.reach, self.yardstick = view.period, view.reach, view.yardstick
            self._closed = view.rules.closed
            facts = more or {}
            self.lines = [self._line(p, facts.get(p.id, _NO_FACTS)) for p in projects]
            self.ids = [p.id for p in projects]
            self.at = {key: row for row, key in enumerate(self.ids)}
            """The row of each project id."""
            by, nothing, groups = self.yardstick, view.rules.nothing, view.groups
            self.members = [ScopeMember(x.project, x.lamp.meaning, x.stage, groups.get(x.project.unit, ""),
                                        cases_of(x.project, self.period, by, nothing)) for x in self.lines]
            self._values = {kind: [read(m) for m in self.members] for kind, read in _CHOICES.items()}
            amounts = {name: list(map(reader(Field(name)), self.lines)) for name in SUMS}
            self._money = {name: [a or 0 for a in held] for name, held in amounts.items()}
            self._known = {name: [a is not None for a in held] for name, held in amounts.items()}
            self._found = ["\n".join((*(read(x) or "" for read in _SEARCHED), *x.more.names)).lower() for x in self.lines]
            self._codes = [p.code.lower() for p in projects]
            self.own = tuple(own)
            held = {key for p in projects for key in p.own} if own else set()
            self.columns = COLUMNS + tuple(own_column(c, filled=c.id in held) for c in own)
            words = [c.id for c in own if c.kind.base not in (OwnKind.MONEY, OwnKind.NUMBER, OwnKind.DATE, OwnKind.YES_NO) and c.id in held]
            if words:
                self._found = ["\n".join((found, *(str(p.own[k]).lower() for k in words if k in p.own))) if p.own else found
                               for found, p in zip(self._found, projects, strict=True)]
            self._parts = [facts.get(p.id, _NO_FACTS).sub_projects for p in projects]
            self._packaged = any(self._parts)
        self._keys: dict[int, list[Any]] = {}
        self._orders: dict[Order, list[int]] = {}
        self._choices: dict[str, list[Any]] = {}
        self._columns: dict[str, list[Any]] = {}
        self._initials: list[str] | None = None

    def _line(self, p: ProjectStanding, more: MoreFacts) -> LedgerLine:
        by = self.yardstick
        started = has_started(p, by.on, money_starts=by.money_starts)
        return LedgerLine(p, by.lamp(p), rate(p.year_investment, p.annual_plan), by.shown_gap(p), started, more)

    def index_of(self, key: str) -> int | None:
        """The column of that key; None where there is none."""
        return index_in(self.columns, key)

    def title(self, column: int) -> str:
        """The head of ``column``, with the period and the date of the sums in it."""
        said = self.columns[column].title(self.period, self.reach.as_of)
        return said.replace("时间进度", self.yardstick.against()) if self.columns[column].key == "gap" else said

    def __len__(self) -> int:
        return len(self.lines)

    def texts(self, column: int, unit: MoneyUnit) -> list[str]:
        """The display texts of ``column``, for every row; money in ``unit``."""
        display = self.columns[column].display
        return [display(x, unit) for x in self.lines]

    def order(self, *by: tuple[int, bool]) -> list[int]:
        """All rows sorted by columns, the first of ``by`` first; (column, descending).

        Rows without a value stand last either way, equal rows in ledger order.
        """
        if by not in self._orders:
            rows = list(range(len(self.lines)))
            for column, descending in reversed(by):
                keys = self._sort_keys(column)
                known = [i for i in rows if keys[i] is not None]
                # A reversed stable sort keeps equal rows as they stand.
                known.sort(key=keys.__getitem__, reverse=descending)
                rows = known if len(known) == len(rows) else known + [i for i in rows if keys[i] is None]
            while len(self._orders) >= _KEPT_ORDERS:
                del self._orders[next(iter(self._orders))]
            self._orders[by] = rows
        return self._orders[by]

    def _sort_keys(self, column: int) -> list[Any]:
        if column not in self._keys:
            key = self.columns[column].sort_key
            self._keys[column] = [key(x) for x in self.lines]
        return self._keys[column]

    @property
    def knows_initials(self) -> bool:
        """Whether pinyin initials are found yet."""
        return self._initials is not None

    def know_initials(self) -> None:
        """Work out the pinyin initials; slow the first time, so called in a job."""
        self._initials = [
            "\n".join(map(initials, (x.project.name, x.project.unit, x.project.builder, *x.more.names)))
            for x in self.lines]

    def _found_by(self, text: str, among: Iterable[int]) -> list[int]:
        found, short, codes = self._found, self._initials, self._codes
        rows = list(among)
        for word in text.lower().split():
            # Letters alone mean initials: every code begins with the same ones.
            if not (word.isascii() and word.isalpha()):
                rows = [i for i in rows if word in found[i] or word in codes[i]]
            elif short is None:
                rows = [i for i in rows if word in found[i]]
            else:
                rows = [i for i in rows if word in short[i] or word in found[i]]
        return rows

    def select(self, query: LedgerQuery, among: Iterable[int], without: str = "") -> list[int]:
        """The rows of ``among`` that ``query`` asks for, in the order given; the filter ``without`` is left out."""
        rows = self._found_by(query.text, among)
        if query.only:
            rows = [i for i in rows if self.ids[i] in query.only]
        for condition in query.conditions(without):
            test, values = condition.test(), self._column(condition.field)
            rows = [i for i in rows if test(values[i])]
        return rows

    def _column(self, of: ScopeField) -> list[Any]:
        """What every project is of a scope's field, read once."""
        if of.key not in self._columns:
            self._columns[of.key] = [of.read(m) for m in self.members]
        return self._columns[of.key]

    def counts(self, query: LedgerQuery) -> Iterator[tuple[str, Counter[Any]]]:
        """Filter by filter, how many rows each of its choices would show, given all the other filters."""
        narrowed = {kind for kind in KINDS if getattr(query, kind)}
        shown = self.select(query, range(len(self.lines)))
        for kind, values in self._values.items():
            rows = shown if kind not in narrowed else self.select(query, range(len(self.lines)), without=kind)
            found = map(values.__getitem__, rows)
            yield kind, Counter(chain.from_iterable(found)) if kind in _MANY else Counter(found)

    def choices(self, kind: str) -> list[Any]:
        """What occurs in a filter, in ledger order."""
        if kind not in self._choices:
            held = self._values[kind]
            self._choices[kind] = list(dict.fromkeys(chain.from_iterable(held) if kind in _MANY else held))
        return self._choices[kind]

    def totals(self, rows: Sequence[int]) -> Totals:
        """Sums over ``rows``, as ``sum_up`` gives them, from lists made once."""
        whole = len(rows) == len(self.lines)
        return totals_of(len(rows), {
            name: sum(values) if whole else sum(map(values.__getitem__, rows)) for name, values in self._money.items()},
            frozenset(name for name, told in self._known.items() if not any(map(told.__getitem__, rows))))

    def own_sum(self, column: OwnColumn, rows: Sequence[int]) -> Decimal | Yuan | None:
        """The sum of what stands in an own column of figures over ``rows``; None where nothing does."""
        key, lines = column.id, self.lines
        held = [v for i in rows if (v := lines[i].project.own.get(key)) is not None]
        if column.kind.base is OwnKind.MONEY:
            money = [v for v in held if isinstance(v, int)]
            return sum(money) if money else None
        numbers = [v for v in held if isinstance(v, Decimal)]
        return sum(numbers, Decimal(0)) if numbers else None

    def compare_at(self, rows: Sequence[int]) -> AsOf | None:
        """As of when the sums over ``rows`` are set against time, as of every scope (docs/rules.md §11.3); None where
        too few of them have reported for the period shown."""
        if len(rows) == len(self.lines):
            return self.reach.compare_at
        chosen = [self.lines[i].project for i in rows]
        return reach_of(chosen, self.period, self._closed, shown=self.reach.shown).compare_at

    def both_counts(self, rows: Sequence[int]) -> PackageCount:
        """How many projects ``rows`` are, packages as one and as what they hold."""
        if not self._packaged:
            return PackageCount(len(rows), 0, len(rows))
        return count_packages([self._parts[i] for i in rows])

    def meaning(self, row: int) -> Meaning:
        """How the project of ``row`` stands."""
        return self.lines[row].lamp.meaning


def next_order(now: Order, column: int, *, figures: bool, adding: bool) -> Order:
    """The order after a click on ``column``: by it, the other way, not at all; beside the others where ``adding``.

    A column of ``figures`` is looked at from the largest down.
    """
    known = dict(now)
    others = tuple((c, down) for c, down in now if c != column) if adding else ()
    if column not in known:
        return *others, (column, figures)
    if known[column] == figures:
        return tuple((c, not down if c == column else down) for c, down in now if adding or c == column)
    return others


def read_rows(ledger: Ledger, period: Period, first: int | None = None) -> LedgerRows:
    """All rows of the period; with ``first`` only so many of a ledger that is much longer. Called in a job."""
    from hydesk.services.projects.list_more_facts import list_more_facts
    from hydesk.services.standings.list_standings import first_standings
    from hydesk.services.standings.own_columns import list_own_columns
    from hydesk.services.standings.period_view import part_at, view_at

    some = first_standings(ledger, period, first) if first is not None else None
    view = view_at(ledger, period) if some is None else part_at(ledger, period, some)
    facts = list_more_facts(ledger, period, None if some is None else [p.id for p in some])
    return LedgerRows(view, facts, whole=some is None, own=list_own_columns(ledger))

