"""What the understanding of a return may know of the ledger: a plain copy, taken once, never a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.domain.changes import LedgerEdit
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit, Yuan
from hydesk.domain.own_columns import NO_OWN, OwnColumn, OwnValue
from hydesk.domain.periods import Period
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.domain.stale import LogPosition


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """A county, park or department that sends returns; ``short_names`` are how files and titles call it.

    One that is ``retired`` (停用) reports no more and is offered nowhere; what it reported stays under its name.
    """

    name: str
    kind: str = "县市区"
    region_code: str | None = None
    short_names: tuple[str, ...] = ()
    retired: bool = False
    group: str = ""
    """The group (分组) it ranks in, where that is not its kind."""


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What the ledger holds for one project and one month or week, yuan."""

    period: Period
    money: Mapping[Field, Yuan] = field(default_factory=dict)
    texts: Mapping[Field, str] = field(default_factory=dict)
    stated: date | None = None
    """The day as of which its return says they hold, where that is not the period's own."""

    @property
    def day(self) -> date:
        """The day as of which the figures hold."""
        return self.stated or self.period.day

    @property
    def sort_key(self) -> tuple[date, bool, str]:
        """Orders a year's figures by their day: a month's closing figure after the weeks inside it."""
        return (self.day, self.period.is_month, str(self.period))


@dataclass(frozen=True, slots=True)
class KnownProject:
    """A project as the ledger has it. ``names`` holds earlier and remembered names beside the current one."""

    code: str
    name: str
    unit: str
    approval_code: str | None = None
    names: tuple[str, ...] = ()
    category: str = ""
    builder: str = ""
    nature: str = ""
    location: str = ""
    total_investment: Yuan | None = None
    invested_before: Yuan | None = None
    annual_plan: Yuan | None = None
    started: bool = False
    previous: PeriodFigures | None = None
    """What the return is compared with: for a month the newest month of the same year before it, for a week the
    newest sum of either kind; None where nothing is held before."""
    newest: PeriodFigures | None = None
    """The newest sum of the year, month or week, beside the return's own period: below it no sum to date may fall."""
    closing: PeriodFigures | None = None
    """The newest month beside the return's own that holds money, completed."""
    week_before: PeriodFigures | None = None
    """The week directly before the return's own, completed; None for a month, and where it holds no money."""
    current: PeriodFigures | None = None
    """What is already held for the return's own period."""
    nodes: Mapping[Field, LooseDate] = field(default_factory=dict)
    """Planned and actual start and finish, as far as they are held."""
    edited: Mapping[Field, LedgerEdit] = field(default_factory=dict)
    """What a person set in the ledger since the unit's last return: facts, plans and the own month's figures."""
    edited_before: Mapping[Field, LedgerEdit] = field(default_factory=dict)
    """The same for the figures of ``previous``."""
    own: Mapping[int, OwnValue] = field(default_factory=lambda: NO_OWN)
    """What stands in columns of the office's own, by their ids."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What people decided before, per reporting unit: keys are (unit, normalised words)."""

    columns: Mapping[tuple[str, str], Field] = field(default_factory=dict)
    units: Mapping[tuple[str, str], MoneyUnit] = field(default_factory=dict)
    layouts: Mapping[tuple[str, str], SheetLayout] = field(default_factory=dict)
    """Columns named by hand; the words are ``returns.named_columns.layout_key``."""
    own: tuple[OwnColumn, ...] = ()
    """Columns of the office's own that heads may name."""


@dataclass(frozen=True, slots=True)
class LedgerSnapshot:
    """The ledger as one return sees it: the year's projects with their figures before and in ``period``."""

    year: int
    period: Period
    units: tuple[ReportingUnit, ...]
    projects: tuple[KnownProject, ...]
    memory: Memory = field(default_factory=Memory)
    seen: LogPosition | None = field(default=None, compare=False)
    """How far the change log had come."""
