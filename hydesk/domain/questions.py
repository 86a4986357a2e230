"""The questions a return puts to a person: findings of one cause in a file are one decision, with the answers it takes.

*Seen* and *taken over* are different answers (docs/rules.md §7.4): what is only seen never changes what the ledger holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from hydesk.dataclass import dataclass
from hydesk.domain.findings import UNDECIDED, Finding, Level

TAKEN, KNOWN, BACK, LATER = "采用来表", "知道了", "退回", UNDECIDED
"""What was settled about a finding; kept with a return under review."""
OLD_WORDS = {"采用": TAKEN, "不采用": BACK}
"""How reviews kept before said the same."""

WHICH_PROJECT = frozenset({
    "unknown_project", "name_near", "name_differs", "name_ambiguous", "foreign_project", "duplicate", "duplicate_differs",
    "code_name_conflict", "near_but_other"})
"""Findings that ask which project a row is: one row, one decision."""
FACTS = frozenset({"total_changed", "plan_changed", "before_changed", "start_changed", "own_changed", "name_near", "name_differs"})
"""Findings that hold a fact of the ledger against the return's."""
_ALONE = WHICH_PROJECT | {"column_unclear", "column_unknown", "column_twice", "unit_unknown", "columns_named", "no_sheet", "sheet_unread"}
_SUMS = frozenset({"sum_differs", "subtotal_differs"})
_ORDER = {Level.ERROR: 0, Level.WARNING: 1, Level.NOTE: 2}


class Means(Enum):
    """What Enter means for a question."""

    MEND = "mend"
    """Put the proposed figures in place of the county's."""
    SEEN = "seen"
    """知道了: what comes in by itself comes in, what waits waits, the ledger's facts stay."""


@dataclass(frozen=True, slots=True)
class Question:
    """Findings of one cause in one file, the first of them foremost."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that stands for all."""
        return self.findings[0]

    @property
    def level(self) -> Level:
        """How much it weighs."""
        return self.first.level

    @property
    def means(self) -> Means:
        """What Enter means: a proposed correction of a figure is taken, everything else is only seen."""
        return Means.MEND if self.level is Level.ERROR and self.first.suggestion is not None else Means.SEEN

    @property
    def asks(self) -> bool:
        """Whether somebody must decide; a note is only worth knowing."""
        return self.level is not Level.NOTE

    def __len__(self) -> int:
        return len(self.findings)


def questions_of(findings: Iterable[Finding]) -> list[Question]:
    """The questions of a file, errors first, then in the order of its rows.

    One cause is one code about one field (or one column), on whichever sheets; totals that differ are one cause whatever
    they add up. Which project a row is, and what a column means, is asked one by one.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for f in findings:
        cause: tuple[object, ...] = (f.level, f.code, f.field, f.column if f.row is None else None, f.suggestion is None)
        if f.code in _SUMS:
            cause = (f.level, _SUMS)
        if f.code in _ALONE or (f.row is None and f.level is Level.ERROR):
            cause = (*cause, id(f))
        groups.setdefault(cause, []).append(f)
    made = [Question(tuple(sorted(g, key=lambda f: (f.row or 0, f.cell or "")))) for g in groups.values()]
    return sorted(made, key=lambda q: (_ORDER[q.level], q.first.sheet or "", q.first.row or 0))


def question_with(questions: Sequence[Question], finding: Finding) -> int:
    """Where the question stands that holds ``finding``; -1 where none does."""
    return next((i for i, q in enumerate(questions) if finding in q.findings), -1)
