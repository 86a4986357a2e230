"""The checks of a return, run over figures that a person types into the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import cast

from hydesk.dataclass import dataclass
from hydesk.domain.fields import PROGRESS_MONEY, Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Sheet
from hydesk.domain.money import Yuan
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject
from hydesk.returns.checks import RULES, RuleSet
from hydesk.returns.matching import Match
from hydesk.returns.read_rows import RowCells, RowReading
from hydesk.returns.row_amounts import wan
from hydesk.returns.table import Column, Table
from hydesk.returns.values import Amount, Reading

LEDGERS_OWN = frozenset({"total_changed", "plan_changed", "before_changed", "blank_key", "over_plan", "own_changed"})
"""Rules that hold a return against the ledger; whoever edits the ledger means to change it."""


@dataclass(slots=True)
class _At:
    """All that the rules ask of a table."""

    period: Period
    sheet: Sheet = field(default_factory=lambda: Sheet("", ()))
    columns: Mapping[int, Column] = field(default_factory=dict)

    def column_of(self, _wanted: Field) -> None:
        """What is typed stands under no head."""


class _TypedRow(RowReading):
    """A row that stands in no sheet: its findings name the project by themselves."""

    def find(self, level: Level, code: str, message: str, wanted: Field | None = None,
             suggestion: int | None = None) -> None:
        self.findings.append(Finding(level, code, f"{message}。", project=self.project.code if self.project else None,
                                     field=wanted, suggestion=suggestion))


def check_typed(
    project: KnownProject, period: Period, typed: Mapping[Field, Yuan | None], words: Mapping[Field, str],
    rules: RuleSet | None = None,
) -> list[Finding]:
    """What a return with the figures ``typed`` (yuan) would be told, together with what is held for ``period``.

    ``words`` are the person's own, which the findings quote. What the figures bring about at another one, such as a month
    that no longer adds up to the sum held, is told at what was typed; what was so before is not told again. A plan above
    the whole investment is doubted as well.
    """
    rules = rules or RuleSet()
    held = dict(project.current.money) if project.current else {}
    row = _told(project, period, {**held, **typed}, words, rules)
    _plan_over_total(row, project, typed)
    own = [f for f in row.findings if f.field in typed]
    brought = [f for f in row.findings if f.field is not None and f.field not in typed and f.field in held]
    at = next((f for f in PROGRESS_MONEY if f in typed), None)
    if not brought or at is None or any(f.field is at for f in own):
        return own  # a fault of the figure itself needs no second word
    before = {f.message for f in _told(project, period, held, {}, rules).findings}
    return own + [replace(f, field=at, suggestion=None) for f in brought if f.message not in before]


def _told(project: KnownProject, period: Period, money: Mapping[Field, Yuan | None], words: Mapping[Field, str],
          rules: RuleSet) -> _TypedRow:
    """The row with ``money`` after the rules of a return."""
    amounts = {f: Amount(Reading.NUMBER, v) for f, v in money.items() if v is not None}
    row = _TypedRow(cast(Table, _At(period)), 0, project.name, Match(project, None), RowCells({}, 0), amounts,
                    words={f: words.get(f, wan(a.yuan)) for f, a in amounts.items()}, slack=rules.tolerance)
    for code, check in RULES.items():
        level = rules.level(code)
        if level is not None and code not in LEDGERS_OWN:
            check.run(row, project, level, code)
    return row


def _plan_over_total(row: RowReading, project: KnownProject, typed: Mapping[Field, Yuan | None]) -> None:
    plan = typed.get(Field.ANNUAL_PLAN, project.annual_plan)
    total = typed.get(Field.TOTAL_INVESTMENT, project.total_investment)
    changed = next((f for f in (Field.ANNUAL_PLAN, Field.TOTAL_INVESTMENT) if f in typed), None)
    if changed is not None and plan and total and plan > total and not any(f.field is changed for f in row.findings):
        row.find(Level.ERROR, "plan_over_total", f"年度计划 {wan(plan)} 万元，超过总投资 {wan(total)} 万元。请核实", changed)
