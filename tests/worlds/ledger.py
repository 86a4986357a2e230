"""Puts a made-up city into a ledger as it is, without files: for tests of what reads it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert, select

from hydesk.db.ledger import Ledger
from hydesk.db.models import Milestone, MilestoneType, Progress, Project, Unit, YearPlan
from hydesk.domain.periods import Month
from tests.worlds.base import Draft, Years


def fill(ledger: Ledger, years: Years) -> None:
    """All years' lists and months; a project of several years is one project."""
    with ledger.write() as connection:
        units = {name: key for key, name in connection.execute(select(Unit.id, Unit.name))}
        nodes = {name: key for key, name in connection.execute(select(MilestoneType.id, MilestoneType.name))}
        seen: dict[int, Draft] = {}
        for drafts in years.values():
            seen |= {d.id: d for d in drafts}
        connection.execute(insert(Project), [{
            "id": d.id, "present": True, "code": f"HY{d.year}-{d.id:03d}", "name": d.name, "unit_id": units[d.unit], "nature": d.nature,
            "builder": d.builder, "location": d.location, "total_investment": d.total} for d in seen.values()])
        _nodes(connection, list(seen.values()), nodes)
        for year, drafts in years.items():
            connection.execute(insert(YearPlan), [{
                "project_id": d.id, "year": year, "present": True, "annual_plan": d.plan or None, "invested_before": d.before,
                "nature": d.nature} for d in drafts])
            rows = [row for d in drafts for row in _months(d, year)]
            for at in range(0, len(rows), 20_000):
                connection.execute(insert(Progress), rows[at:at + 20_000])


def _nodes(connection: Connection, drafts: list[Draft], nodes: dict[str, int]) -> None:
    rows = []
    for d in drafts:
        if d.planned_start or d.actual_start:
            rows.append({"project_id": d.id, "type_id": nodes["开工"], "baseline": d.planned_start, "actual": d.actual_start})
        rows += [{"project_id": d.id, "type_id": nodes[name], "baseline": None, "actual": day} for name, day in d.permits.items()]
    connection.execute(insert(Milestone), rows)


def _months(d: Draft, year: int) -> list[dict[str, object]]:
    found = []
    for month in range(1, 13):
        if d.done[month - 1] is not None:
            period = Month(year, month)
            day: date = period.day
            found.append({
                "project_id": d.id, "year": year, "period": str(period), "ends_on": day, "year_investment": d.done[month - 1],
                "funds_arrived": d.funds[month - 1], "statistics_year": d.accepted[month - 1], "progress_text": d.words[month - 1] or None})
    return found
