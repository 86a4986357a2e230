"""The ledger's rows: display texts, sort keys and search texts, worked out once; then only row numbers move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hydesk.domain.indicators import LampRule, Meaning, Totals, lamp, rate, sum_up
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.services.overview import starts_of
from hydesk.ui.pinyin import initials
from hydesk.ui.requests import Case, LedgerQuery
from hydesk.ui.screens.ledger.columns import COLUMNS, Line


class Rows:
    """All projects of a period. Built in a job, then read by the UI thread only."""

    def __init__(self, projects: Sequence[ProjectStanding], period: Period, rule: LampRule,
                 unit: MoneyUnit = MoneyUnit.WAN) -> None:
        self.period = period
        self.time_progress = period.time_progress()
        self.lines = [self._line(p, rule) for p in projects]
        self.ids = [p.id for p in projects]
        self._starts = [starts_of((p,), period) for p in projects]
        self._texts: dict[tuple[int, MoneyUnit], list[str]] = {}
        self._orders: dict[tuple[int, bool], list[int]] = {}
        self._found: list[str] = [
            "\n".join((p.name, p.builder, p.unit, p.responsible_unit)).lower() for p in projects]
        self._codes: list[str] = [p.code.lower() for p in projects]
        self._initials: list[str] | None = None
        for index, column in enumerate(COLUMNS):
            if column.shown:
                self.texts(index, unit)

    def _line(self, p: ProjectStanding, rule: LampRule) -> Line:
        completion = rate(p.year_investment, p.annual_plan)
        gap: Decimal | None = None if completion is None else completion - self.time_progress
        return Line(p, lamp(p.year_investment, p.annual_plan, self.time_progress, rule), completion, gap)

    def __len__(self) -> int:
        return len(self.lines)

    def texts(self, column: int, unit: MoneyUnit) -> list[str]:
        """The display texts of ``column``, for every row; money in ``unit``."""
        key = (column, unit if COLUMNS[column].money else MoneyUnit.YUAN)
        if key not in self._texts:
            self._texts[key] = [COLUMNS[column].display(x, unit) for x in self.lines]
        return self._texts[key]

    def order(self, column: int, descending: bool) -> list[int]:
        """All rows sorted by ``column``; rows without a value stand last either way, equal rows in ledger order."""
        key = (column, descending)
        if key not in self._orders:
            keys: list[Any] = [COLUMNS[column].sort_key(x) for x in self.lines]
            known = [i for i, k in enumerate(keys) if k is not None]
            known.sort(key=keys.__getitem__, reverse=descending)
            self._orders[key] = known + [i for i, k in enumerate(keys) if k is None]
        return self._orders[key]

    def know_initials(self) -> None:
        """Work out the pinyin initials; slow the first time, so called in a job."""
        self._initials = [initials(x.project.name) for x in self.lines]

    def _matches(self, text: str) -> Callable[[int], bool]:
        found, short, codes = self._found, self._initials, self._codes
        # Letters alone mean initials: every code begins with the same ones.
        words = [(w, not (w.isascii() and w.isalpha())) for w in text.lower().split()]
        if short is None:
            return lambda i: all(w in found[i] or (coded and w in codes[i]) for w, coded in words)
        return lambda i: all(w in found[i] or w in short[i] or (coded and w in codes[i]) for w, coded in words)

    def select(self, query: LedgerQuery, among: Iterable[int]) -> list[int]:
        """The rows of ``among`` that ``query`` asks for, in the order given."""
        tests = self._tests(query)
        if not tests:
            return list(among)
        return [i for i in among if all(t(i) for t in tests.values())]

    def _tests(self, query: LedgerQuery) -> dict[str, Callable[[int], bool]]:
        lines = self.lines
        tests: dict[str, Callable[[int], bool]] = {}
        if query.units:
            tests["units"] = lambda i: lines[i].project.unit in query.units
        if query.categories:
            tests["categories"] = lambda i: lines[i].project.category in query.categories
        if query.natures:
            tests["natures"] = lambda i: lines[i].project.nature in query.natures
        if query.meanings:
            tests["meanings"] = lambda i: lines[i].lamp.meaning in query.meanings
        if query.cases:
            tests["cases"] = lambda i: all(self.in_case(i, c) for c in query.cases)
        if query.text.strip():
            tests["text"] = self._matches(query.text)
        return tests

    def in_case(self, row: int, case: Case) -> bool:
        """Whether the project of ``row`` is in the situation ``case`` at the period's end."""
        line, starts = self.lines[row], self._starts[row]
        p = line.project
        if case is Case.UNREPORTED:
            return not p.reported
        if case is Case.STARTED:
            return p.started and (p.actual_start is None or p.actual_start <= self.period.end)
        if case is Case.NEW_TO_START:
            return bool(starts.planned)
        if case is Case.NEW_STARTED:
            return bool(starts.started)
        if case is Case.OVERDUE_START:
            return bool(starts.overdue)
        if case is Case.OVER_PLAN:
            return line.completion is not None and line.completion > 1
        return bool(p.problem_text)

    def counts(self, query: LedgerQuery) -> Mapping[str, Counter[Any]]:
        """How many rows each choice of each filter would show, given all the other filters."""
        tests = self._tests(query)
        values: dict[str, Callable[[int], Iterable[Any]]] = {
            "units": lambda i: (self.lines[i].project.unit,),
            "categories": lambda i: (self.lines[i].project.category,),
            "natures": lambda i: (self.lines[i].project.nature,),
            "meanings": lambda i: (self.lines[i].lamp.meaning,),
            "cases": lambda i: [c for c in Case if self.in_case(i, c)],
        }
        return {
            kind: Counter(v for i in self._passing(tests, kind) for v in value(i)) for kind, value in values.items()
        }

    def _passing(self, tests: Mapping[str, Callable[[int], bool]], without: str) -> list[int]:
        others = [t for kind, t in tests.items() if kind != without or kind == "cases"]
        return [i for i in range(len(self.lines)) if all(t(i) for t in others)]

    def totals(self, rows: Iterable[int]) -> Totals:
        """Sums over ``rows``."""
        return sum_up(self.lines[i].project for i in rows)

    def meaning(self, row: int) -> Meaning:
        """How the project of ``row`` stands."""
        return self.lines[row].lamp.meaning
