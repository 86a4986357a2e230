"""What the reading of a project list may know of the office, and what a person decided about one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from hydesk.dataclass import dataclass
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.own_columns import OwnColumn
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.domain.snapshot import Memory, ReportingUnit


@dataclass(frozen=True, slots=True)
class ListKnown:
    """The office's reporting units and classes (by field: 类别, 产业, 产业链), and what it decided about lists before."""

    units: tuple[ReportingUnit, ...] = ()
    classes: Mapping[Field, tuple[str, ...]] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """What a person said that a section's words mean: a field and its value; ``field`` None for nothing."""

    field: Field | None
    value: str = ""


@dataclass(frozen=True, slots=True)
class ListChoices:
    """What a person decided about one list in its preview, before it is taken.

    ``columns``: the field by the head's words, None for a column that is not to be read; ``units``: the unit of money
    by the head's words; ``values``: what was typed for a cell, by sheet, row and field; ``sections``: by the section's
    words; ``layouts``: columns named by hand, by ``returns.named_columns.layout_key``.
    """

    columns: Mapping[str, Field | None] = field(default_factory=dict)
    units: Mapping[str, MoneyUnit] = field(default_factory=dict)
    values: Mapping[tuple[str, int, Field], str] = field(default_factory=dict)
    sections: Mapping[str, SectionChoice] = field(default_factory=dict)
    layouts: Mapping[str, SheetLayout] = field(default_factory=dict)
    own: Mapping[str, OwnColumn] = field(default_factory=dict)
    """By the head's words, columns kept as columns of the office's own, made when the list is taken."""

    def __bool__(self) -> bool:
        return bool(self.columns or self.units or self.values or self.sections or self.layouts or self.own)
