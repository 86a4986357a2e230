"""What pages say of the town after a year of acts, of earlier months, weeks and of the next year, held against what was looked at.

The acts are those of test_kept_writes, and figures typed for the months and weeks that the frozen town lacks: so there are an
earlier year, adjusted lists, splits, boards, decisions, closed periods and archived reports to be told of. To keep what is found
now, after reading the differences: HYDESK_KEEP=1 pytest tests/services/pages/test_kept_lived.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period
from hydesk.domain.scopes.grammar import parse_scope
from hydesk.reports.form import OwnSentence
from hydesk.reports.kinds import ReportKind
from hydesk.reports.notice import NoticePaper
from hydesk.services.acts.undo_acts import acts
from hydesk.services.projects.edit_block import Edit, judge_edits, write_edits
from hydesk.services.projects.list_adjustments import later_changes, list_adjustments
from hydesk.services.projects.list_batches import list_batches
from hydesk.services.projects.project_history import project_history
from hydesk.services.registers.list_registers import list_registers
from hydesk.services.registers.look_at_register import look_at_register
from hydesk.services.registers.record_history import record_history
from hydesk.services.reports.compile_report import compile_report
from hydesk.services.reports.issue_report import issue_report, list_issues
from hydesk.services.reports.issue_sheet import issue_sheet
from hydesk.services.reports.own_sentences import keep_sentences, switch_part
from hydesk.services.reports.since_last_issue import since_last_issue
from hydesk.services.standings.compare_years import year_on_year
from hydesk.services.standings.list_standings import list_standings
from tests.kept import hold, whole_of
from tests.services.acts.test_kept_writes import ME, STORY
from tests.services.pages.test_kept_reads import READS
from tests.town import IN_HENGYANG, town_in

pytestmark = IN_HENGYANG
KEPT = Path(__file__).parent / "kept_lived"
JUNE, JULY, LATER = Period.month(2023, 6), Period.month(2023, 7), Period.month(2024, 2)
WEEK = Period.parse("2023-W27")
ON = date(2023, 7, 20)
DAYS = ((JULY, ON), (WEEK, ON), (LATER, date(2024, 3, 4)))
WEEKLY = frozenset(("standings", "facts", "overview", "project", "snapshot", "forecast", "doubts", "curve", "board"))
SLOW = frozenset(("plan_notices", "leaders", "meeting", "agenda", "unit_scores", "scale"))
"""Asked of the last day only."""
DEAR = frozenset(("points_notice", "points", "minutes", "standings_of_a_week", "overview_of_a_week"))
"""Not asked again: they take long, or ask of a week of their own."""
LEFT_OUT = ("a period closed", "closed without a reason", "a period opened again")
SOME = ("HY2023-001", "HY2023-008", "HY2023-013", "HY2023-050", "HY2023-057", "HY2023-078", "HY2023-099", "HY2023-141", "HY2023-176", "HY2023-253", "HY2023-323", "HY2023-386")


def _typed(ledger: Ledger, period: Period, field: Field, figure: Callable[[int], str], some: int = 12) -> None:
    ids = [s.id for s in list_standings(ledger, period) if s.code in SOME][:some]
    edits = [Edit(p, field, figure(i)) for i, p in enumerate(ids, 1)]
    write_edits(ledger, judge_edits(ledger, edits, period), period, actor=ME, today=date(2024, 3, 1))


def _live(ledger: Ledger) -> None:
    for name, act in STORY:
        if name not in LEFT_OUT:
            with suppress(HydeskError):
                act(ledger)
    for month in (1, 2, 3, 4):
        _typed(ledger, Period.month(2023, month), Field.YEAR_INVESTMENT, lambda i, m=month: str(i * 40 * m))  # type: ignore[misc]
    for week in (25, 26, 27):
        _typed(ledger, Period.parse(f"2023-W{week}"), Field.WEEK_INVESTMENT, lambda i, w=week: str(i * 7 + w), 9)  # type: ignore[misc]
    _typed(ledger, JULY, Field.MONTH_INVESTMENT, lambda i: str(i * 100), 10)
    for month in (1, 2):
        _typed(ledger, Period.month(2024, month), Field.YEAR_INVESTMENT, lambda i, m=month: str(i * 55 * m))  # type: ignore[misc]
    _typed(ledger, LATER, Field.PROBLEM_TEXT, lambda i: ("征地未完成", "资金未到位，尚缺30%", "无")[i % 3], 7)
    keep_sentences(ledger, [OwnSentence("", "省重点", "其中，{省重点.个数}个省重点项目完成投资{省重点.完成}亿元。"), OwnSentence("", "", "总体{超欠}个百分点。", "overall")], JUNE, actor=ME)
    switch_part(ledger, ReportKind.MONTHLY, "ranking", on=False, actor=ME)
    issue_report(ledger, ReportKind.UNIT, JUNE, "雁峰区", actor=ME, issued=ON)
    issue_report(ledger, ReportKind.PROBLEMS, JUNE, actor=ME, issued=ON, scope=parse_scope("nature=新建"))
    _typed(ledger, JUNE, Field.FUNDS_ARRIVED, lambda i: str(i * 1000), 12)
    _typed(ledger, JUNE, Field.ANNUAL_PLAN, lambda i: str(i * 30000), 4)
    first = list_issues(ledger, ReportKind.UNIT)[0]
    issue_report(ledger, ReportKind.UNIT, JUNE, "雁峰区", corrects=first.id, note="资金到位数有误", actor=ME, issued=ON)


@pytest.fixture(scope="module")
def lived(hengyang: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    for ledger in town_in(tmp_path_factory.mktemp("town")):
        minutes = count()
        ledger.clock = lambda minutes=minutes: datetime(2023, 7, 18, tzinfo=UTC) + timedelta(minutes=13 * next(minutes))  # type: ignore[misc]
        _live(ledger)
        yield ledger


@pytest.mark.parametrize("name", [n for n in READS if n not in DEAR])
def test_what_is_read_after_a_year(name: str, lived: Ledger) -> None:
    def lines() -> Iterator[str]:
        for at, on in DAYS if name in WEEKLY else DAYS[2:] if name in SLOW else DAYS[::2]:
            yield f"==== {at}"
            yield from whole_of(f"{name}_{at}", READS[name](lived, at, on), (5, 2))

    hold(KEPT / f"{name}.txt", lines())


def _rows(paper: NoticePaper) -> list[tuple[str, str]]:
    """The rows of a sheet without what the machine says: the time, digests of files (fonts differ), the seal."""
    assert paper.table is not None
    return [(str(r.cells[0]), str(r.cells[1]).split("SHA-256")[0]) for r in paper.table.items() if not str(r.cells[0]).endswith(("归档时间", "封签"))]


ALSO: dict[str, Callable[[Ledger], Any]] = {
    "acts": acts,
    "adjustments": lambda t: (list_adjustments(t), later_changes(t, JUNE), list_batches(t, 2023), list_batches(t, 2024)),
    "histories": lambda t: [project_history(t, p) for p in (1, 8, 13, 29, 36, 50, 78, 85)],
    "issues": lambda t: [(i, _rows(issue_sheet(t, i.id))) for i in list_issues(t)],
    "since": lambda t: since_last_issue(t, compile_report(t, ReportKind.UNIT, JULY, "雁峰区", issued=ON)),
    "years": lambda t: (year_on_year(t, LATER), year_on_year(t, LATER, parse_scope("nature=新建"))),
    "record_steps": lambda t: [record_history(t, s, r.id) for s in (look_at_register(t, r.id, JUNE) for r in list_registers(t, ON) if r.records) for r in s.records[:2]],
}


@pytest.mark.parametrize("name", ALSO)
def test_what_is_told_after_a_year(name: str, lived: Ledger) -> None:
    hold(KEPT / f"also_{name}.txt", whole_of(name, ALSO[name](lived), (12, 4)))


@pytest.mark.parametrize(("kind", "period"), [(ReportKind.MONTHLY, JULY), (ReportKind.WEEKLY, WEEK), (ReportKind.QUARTERLY, Period.month(2023, 6)), (ReportKind.MONTHLY, LATER)])
def test_a_report_after_a_year(kind: ReportKind, period: Period, lived: Ledger) -> None:
    hold(KEPT / f"report_{kind.value}_{period}.txt", whole_of(kind.value, compile_report(lived, kind, period, issued=ON), (5, 3)))
