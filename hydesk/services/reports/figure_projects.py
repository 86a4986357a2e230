"""Which projects stand behind the figures of a report's text."""

from __future__ import annotations

from collections.abc import Mapping

from hydesk.reports.model import Report

_PROJECT = "project:"


def figure_projects(report: Report) -> Mapping[str, tuple[int, ...]]:
    """By the key of a figure the ids of its projects: those that a notice's sentence was reckoned over, and those of the rows
    that a number of rows counts, whether they stand in the text or in an annex."""
    made = dict(report.behind)
    for table in report.tables():
        ids = tuple(int(row.scope.removeprefix(_PROJECT)) for row in table.items() if row.scope.startswith(_PROJECT))
        if ids:
            made.setdefault(f"rows:{table.key}", ids)
    return made
