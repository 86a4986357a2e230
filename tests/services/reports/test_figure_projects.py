"""Which projects stand behind the figures of a report's text."""

from __future__ import annotations

from hydesk.reports.kinds import NOTICE_PARTS
from hydesk.services.reports.figure_projects import figure_projects
from tests.reports.made import many
from tests.reports.test_notices import noticed


def test_a_notice_s_counts_and_a_table_s_rows_are_their_projects() -> None:
    projects = many(56)
    report = noticed("overall", "lagging", *NOTICE_PARTS, projects=projects)
    found = figure_projects(report)
    counts = {f.key: f for f in report.figures() if f.key.startswith("measure:count|")}
    assert len(counts) > 3
    assert all(len(found[key]) == f.raw for key, f in counts.items())
    (lagging,) = [t for t in report.tables() if t.key == "lagging_all"]
    assert len(found["rows:lagging_all"]) == sum(1 for _ in lagging.items())
    ids = {p.id for p in projects}
    assert all(set(own) <= ids for own in found.values())
