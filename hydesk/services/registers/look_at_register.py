"""A register as a screen or a page wants it: its records with all that is needed to say and to check its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import select

from hydesk.dataclass import dataclass
from hydesk.db.ledger import Ledger
from hydesk.db.models import Project, Unit, YearPlan
from hydesk.domain.periods import Period
from hydesk.domain.register_words import show_register_value
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterField,
    RegisterKind,
    RegisterRecord,
    RegisterValue,
)
from hydesk.returns.register_rows import Lookups, read_value
from hydesk.services.registers.list_registers import open_register
from hydesk.services.registers.register_figures import figure_kind
from hydesk.services.registers.write_records import read_lookups


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """A register at a period. ``projects`` are names by code, told apart where two share one."""

    id: int
    definition: RegisterDefinition
    records: tuple[RegisterRecord, ...]
    period: Period
    projects: Mapping[str, str]
    units: tuple[str, ...]
    lookups: Lookups

    def kind(self, own: RegisterField) -> RegisterKind:
        """What a field holds; for a drawn figure what that figure is."""
        return figure_kind(own.figure) if own.kind is RegisterKind.FIGURE else own.kind

    def head(self, own: RegisterField) -> str:
        """A field's head with what it counts, drawn amounts too."""
        drawn = own.kind is RegisterKind.FIGURE and self.kind(own) is RegisterKind.MONEY
        return f"{own.label}（万元）" if drawn else own.head

    def text(self, own: RegisterField, record: RegisterRecord) -> str:
        """The value of a field in words."""
        return show_register_value(self.kind(own), record.get(own.key), self.projects)

    def check(self, own: RegisterField, text: str) -> tuple[RegisterValue | None, str | None]:
        """What ``text`` would be in the field, and a sentence where it cannot stand there."""
        value, wrong = read_value(own, text, self.lookups)
        if wrong is None and value is None and own.required:
            return None, f"“{own.label}”不能为空"
        return value, wrong

    def choices(self, own: RegisterField) -> tuple[str, ...]:
        """What can be chosen for the field; nothing where anything may be typed."""
        if own.kind is RegisterKind.UNIT:
            return self.units
        if own.kind is RegisterKind.PROJECT:
            return tuple(self.projects.values())
        return own.choices if own.kind is RegisterKind.CHOICE else ()


def look_at_register(ledger: Ledger, register_id: int, period: Period) -> RegisterSheet:
    """The register as it stands at ``period``. Raises HydeskError where it is gone."""
    held = open_register(ledger, register_id, period)
    with ledger.read() as connection:
        # This year's list first: a project of another year is seldom meant, and can still be named.
        listed = select(YearPlan.project_id).where(YearPlan.year == period.year, YearPlan.present)
        rows = connection.execute(select(Project.code, Project.name).where(
            Project.present, Project.code.is_not(None)).order_by(Project.id.in_(listed).desc(), Project.code)).tuples().all()
        twice = {n for n, times in Counter(name for _, name in rows).items() if times > 1}
        names = {code: f"{name}（{code}）" if name in twice else name or code for code, name in rows if code}
        units = tuple(connection.execute(select(Unit.name).order_by(Unit.position)).scalars())
        known = read_lookups(connection, period.year)
    by_shown = {name: code for code, name in names.items()}
    lookups = Lookups(known.year, known.unit, lambda w: by_shown.get(w.strip()) or known.project(w))
    return RegisterSheet(register_id, held.definition, held.records, period, names, units, lookups)
