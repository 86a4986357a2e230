"""The ledger's rows: display texts, sort keys and search texts, worked out once; then only row numbers move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hydesk.domain.indicators import LampRule, Meaning, Totals, rate
from hydesk.domain.lamps import project_lamp
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.services.overview import starts_of
from hydesk.ui.pinyin import initials
from hydesk.ui.requests import Case, LedgerQuery
from hydesk.ui.screens.ledger.columns import COLUMNS, Line

_SUMMED = ("total_investment", "annual_plan", "month_investment", "year_investment", "total_invested",
           "funds_arrived", "statistics_year")


class Rows:
    """All projects of a period. Built in a job, then read by the UI thread only."""

    def __init__(self, projects: Sequence[ProjectStanding], period: Period, rule: LampRule,
                 unit: MoneyUnit = MoneyUnit.WAN) -> None:
        self.period = period
        self.time_progress = period.time_progress()
        self.lines = [self._line(p, rule) for p in projects]
        self.ids = [p.id for p in projects]
        self._values: dict[str, list[Any]] = {
            "units": [p.unit for p in projects], "categories": [p.category for p in projects],
            "natures": [p.nature for p in projects], "meanings": [x.lamp.meaning for x in self.lines],
            "cases": [self._cases_of(x) for x in self.lines],
        }
        self._money = {name: [getattr(p, name) or 0 for p in projects] for name in _SUMMED}
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
        return Line(p, project_lamp(p, self.time_progress, rule, self.period.end), completion, gap)

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
        self._initials = [f"{initials(x.project.name)}\n{initials(x.project.unit)}" for x in self.lines]

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
        for kind in ("units", "categories", "natures", "meanings"):
            wanted: frozenset[Any] = getattr(query, kind)
            if wanted and kind != without:
                values = self._values[kind]
                rows = [i for i in rows if values[i] in wanted]
        if query.only:
            rows = [i for i in rows if self.ids[i] in query.only]
        if query.cases:
            cases = self._values["cases"]
            rows = [i for i in rows if query.cases <= cases[i]]
        return rows

    def _cases_of(self, line: Line) -> frozenset[Case]:
        """The situations a project is in at the period's end; starts are counted as the home page counts them."""
        p = line.project
        starts = starts_of((p,), self.period)
        held = {
            Case.UNREPORTED: not p.reported,
            Case.STARTED: p.started and (p.actual_start is None or p.actual_start <= self.period.end),
            Case.NEW_TO_START: bool(starts.planned),
            Case.NEW_STARTED: bool(starts.started),
            Case.OVERDUE_START: bool(starts.overdue),
            Case.OVER_PLAN: line.completion is not None and line.completion > 1,
            Case.HAS_PROBLEM: bool(p.problem_text),
        }
        return frozenset(c for c, on in held.items() if on)

    def counts(self, query: LedgerQuery) -> Mapping[str, Counter[Any]]:
        """How many rows each choice of each filter would show, given all the other filters."""
        counts: dict[str, Counter[Any]] = {}
        for kind, values in self._values.items():
            rows = self.select(query, range(len(self.lines)), without=kind)
            if kind == "cases":
                counts[kind] = Counter(c for i in rows for c in values[i])
            else:
                counts[kind] = Counter(values[i] for i in rows)
        return counts

    def totals(self, rows: Sequence[int]) -> Totals:
        """Sums over ``rows``, as ``sum_up`` gives them, from lists made once."""
        return Totals(count=len(rows), **{name: sum(values[i] for i in rows) for name, values in self._money.items()})

    def meaning(self, row: int) -> Meaning:
        """How the project of ``row`` stands."""
        return self.lines[row].lamp.meaning
