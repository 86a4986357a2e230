"""Figures of the ledger that registers show beside what was filled in: a project's or a unit's, at a period.

They are drawn when they are shown and never typed again, so they agree with the ledger and the reports to the digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from hydesk.domain.dates import LooseDate
from hydesk.domain.measures.totals import Totals, sum_up
from hydesk.domain.money import rate
from hydesk.domain.registers import RegisterDefinition, RegisterKind, RegisterRecord, RegisterValue
from hydesk.domain.standing import ProjectStanding

OfProject = Callable[[ProjectStanding], RegisterValue | None]
OfUnit = Callable[[Totals], RegisterValue | None]


def _percent(value: Decimal | None) -> Decimal | None:
    return None if value is None else value * 100


PROJECT_FIGURES: dict[str, tuple[str, RegisterKind, OfProject]] = {
    "project.name": ("项目名称", RegisterKind.TEXT, lambda s: s.name),
    "project.unit": ("填报单位", RegisterKind.UNIT, lambda s: s.unit),
    "project.nature": ("建设性质", RegisterKind.TEXT, lambda s: s.nature),
    "project.chain": ("产业链", RegisterKind.TEXT, lambda s: s.chain),
    "project.total_investment": ("总投资", RegisterKind.MONEY, lambda s: s.total_investment),
    "project.annual_plan": ("年度计划投资", RegisterKind.MONEY, lambda s: s.annual_plan),
    "project.year_investment": ("本年累计完成", RegisterKind.MONEY, lambda s: s.year_investment),
    "project.total_invested": ("自开工累计完成", RegisterKind.MONEY, lambda s: s.total_invested),
    "project.rate": ("投资完成率", RegisterKind.NUMBER, lambda s: _percent(rate(s.year_investment, s.annual_plan))),
    "project.actual_start": ("实际开工", RegisterKind.DATE, lambda s: LooseDate(s.actual_start) if s.actual_start else None),
    "project.actual_finish": ("实际竣工", RegisterKind.DATE, lambda s: LooseDate(s.actual_finish) if s.actual_finish else None),
    "project.progress_text": ("形象进度", RegisterKind.LONG_TEXT, lambda s: s.progress_text),
    "project.problem_text": ("存在问题", RegisterKind.LONG_TEXT, lambda s: s.problem_text),
}
"""Figures of the project named in a record's PROJECT field: label, kind, where from."""

UNIT_FIGURES: dict[str, tuple[str, RegisterKind, OfUnit]] = {
    "unit.projects": ("项目个数", RegisterKind.NUMBER, lambda t: Decimal(t.count)),
    "unit.total_investment": ("总投资", RegisterKind.MONEY, lambda t: t.total_investment),
    "unit.annual_plan": ("年度计划投资", RegisterKind.MONEY, lambda t: t.annual_plan),
    "unit.year_investment": ("本年累计完成", RegisterKind.MONEY, lambda t: t.year_investment),
    "unit.rate": ("投资完成率", RegisterKind.NUMBER, lambda t: _percent(t.completion)),
}
"""Figures of all projects of the unit named in a record's UNIT field."""


_MEASURES = {"projects": "count", "total_investment": "total_investment", "annual_plan": "annual_plan",
             "year_investment": "year_investment", "total_invested": "total_invested", "rate": "completion"}


def figure_measure(name: str) -> str:
    """The id of the measure that a figure is; empty for one that is no number."""
    return _MEASURES.get(name.partition(".")[2], "")


def figure_kind(name: str) -> RegisterKind:
    """What a figure is, and so how it is shown; a name that is not known is shown as words."""
    found = PROJECT_FIGURES.get(name) or UNIT_FIGURES.get(name)
    return found[1] if found else RegisterKind.TEXT


def with_figures(definition: RegisterDefinition, records: Sequence[RegisterRecord],
                 standings: Sequence[ProjectStanding]) -> list[RegisterRecord]:
    """``records`` with the figures that the ledger holds for them."""
    drawn = [f for f in definition.fields if f.kind is RegisterKind.FIGURE]
    if not drawn:
        return list(records)
    project = next((f.key for f in definition.fields if f.kind is RegisterKind.PROJECT), "")
    unit = next((f.key for f in definition.fields if f.kind is RegisterKind.UNIT), "")
    by_code = {s.code: s for s in standings}
    by_unit = _by_unit(standings) if any(f.figure in UNIT_FIGURES for f in drawn) else {}
    made = []
    for record in records:
        own, of_unit = by_code.get(str(record.values.get(project, ""))), by_unit.get(str(record.values.get(unit, "")))
        figures: dict[str, RegisterValue | None] = {}
        for f in drawn:
            value: RegisterValue | None = None
            if f.figure in PROJECT_FIGURES and own is not None:
                value = PROJECT_FIGURES[f.figure][2](own)
                value = None if value == "" else value
            elif f.figure in UNIT_FIGURES and of_unit is not None:
                value = UNIT_FIGURES[f.figure][2](of_unit)
            figures[f.key] = value
        made.append(RegisterRecord(record.id, record.values, figures))
    return made


def _by_unit(standings: Sequence[ProjectStanding]) -> Mapping[str, Totals]:
    held: dict[str, list[ProjectStanding]] = {}
    for s in standings:
        held.setdefault(s.unit, []).append(s)
    return {unit: sum_up(of_unit) for unit, of_unit in held.items()}
