"""What a report reads beside the standings: only what one of its parts says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydesk.reports.form import PartForm, ReportForm
from hydesk.reports.kinds import ReportKind
from hydesk.reports.notices.asked import asks_outlook


@pytest.mark.parametrize(("kind", "asked"), [
    (ReportKind.MONTHLY, True), (ReportKind.YEARLY, True), (ReportKind.PROBLEMS, False), (ReportKind.NODES, False), (ReportKind.UNIT, False)])
def test_where_the_year_will_end_is_read_for_kinds_that_say_it(kind: ReportKind, asked: bool) -> None:
    assert asks_outlook(ReportForm(), kind) is asked


def test_it_is_not_read_where_the_office_has_switched_the_section_off() -> None:
    form = replace(ReportForm(), parts=(PartForm("overall", on=False),))
    assert not asks_outlook(form, ReportKind.MONTHLY)
