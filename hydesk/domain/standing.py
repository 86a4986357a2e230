"""A project as it stands at a period: the one row that the table, the home page and the report all read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from hydesk.dataclass import dataclass
from hydesk.domain.fields import PROGRESS_TEXTS, SUMS_TO_DATE, Field
from hydesk.domain.money import Yuan
from hydesk.domain.month_plan import MonthPlan
from hydesk.domain.own_columns import NO_OWN, OwnValue
from hydesk.domain.periods import Period


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """Facts, year plan and the newest figures known at a period. Money in yuan; None where nothing is known.

    ``year_investment`` is the year to date as of ``as_of_day``. ``month_investment`` is that of the period's own
    month only, or of the last month ended by a week's day; ``week_investment`` that of the period's own week only. So
    both are None for a project that has not reported.
    """

    id: int
    code: str
    approval_code: str
    name: str
    unit: str
    location: str
    category: str
    industry: str
    chain: str
    nature: str
    level: str
    investor_kind: str
    builder: str
    responsible_unit: str
    contact: str
    scale: str
    start_year: int | None
    finish_year: int | None
    batch: str
    year_goal: str
    total_investment: Yuan | None
    invested_before: Yuan | None
    annual_plan: Yuan | None
    as_of: Period | None
    """The newest period of the year, at most the period's own, that holds a year to date; where none does, the newest
    with any money."""
    as_of_day: date | None
    """The day as of which those figures hold: the one its return states, else ``as_of.day``."""
    month_investment: Yuan | None
    week_investment: Yuan | None
    year_investment: Yuan | None
    total_invested: Yuan | None
    funds_arrived: Yuan | None
    statistics_month: Yuan | None
    statistics_year: Yuan | None
    progress_text: str
    problem_text: str
    next_work_text: str
    planned_start: date | None
    actual_start: date | None
    planned_finish: date | None
    actual_finish: date | None
    reported: bool
    """Whether a return has brought figures for the period itself."""
    lamp_meaning: str | None = None
    """What a person judged for the year (the value of a Meaning), whatever the rule says."""
    lamp_reason: str = ""
    problems_overdue: int = 0
    """Open problems whose deadline is past at the period's end."""
    problem_delay: int = 0
    """How many days the longest of them is past it."""
    others: Mapping[Field, Yuan | str] = field(default_factory=dict, hash=False)
    """What is known of the fields that no rule asks for by name: the words and sums to date of ``OTHERS`` and the
    facts printed on a card."""
    city_leader: str = ""
    """市级联系领导 as written: one name or several."""
    county_leader: str = ""
    """县级包联领导, likewise."""
    own: Mapping[int, OwnValue] = field(default_factory=lambda: NO_OWN, hash=False)
    """What stands in the columns of the office's own that are not retired, by their ids (``OwnColumn.id``)."""
    month_plan: MonthPlan | None = None
    """The year's plan by month or quarter (序时计划), where it was given."""
    planned_production: date | None = None
    actual_production: date | None = None
    """投产, planned and actual; 达产 below likewise."""
    planned_capacity: date | None = None
    actual_capacity: date | None = None

    def value(self, field: Field) -> Yuan | str | date | None:
        """What is known of ``field``; None and "" where nothing is."""
        held: Yuan | str | date | None
        held = getattr(self, ATTRIBUTES[field]) if field in ATTRIBUTES else self.others.get(field)
        return held

    @property
    def started(self) -> bool:
        """Permanent works have begun: an actual start is recorded, or it is 续建, or money was spent this year."""
        return self.actual_start is not None or self.nature == "续建" or bool(self.year_investment)


ATTRIBUTES: Mapping[Field, str] = {f: name for f in Field if (name := {
    Field.REPORTING_UNIT: "unit", Field.START_DATE: "actual_start", Field.FINISH_DATE: "actual_finish",
    Field.PRODUCTION_DATE: "actual_production", Field.CAPACITY_DATE: "actual_capacity",
}.get(f, f.value)) in ProjectStanding.__slots__}
"""The fields that rules ask for by name, and their names here."""
OTHERS = tuple(f for f in (*SUMS_TO_DATE, *PROGRESS_TEXTS) if f not in ATTRIBUTES)
"""Sums to date and words of a period that no rule asks for by name: shown, sorted and printed by their declaration."""
CARRIED = tuple(f for f in Field if f.spec.on_card and f not in ATTRIBUTES and f not in OTHERS)
"""Facts that only the card prints."""
