"""The demonstration: the published totals, every figure read back from the workbooks, mistakes found, nothing overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import Cancelled, HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.measures.totals import sum_up
from hydesk.services.demonstration.demo_progress import LATE_UNIT, demo_months
from hydesk.services.demonstration.demo_projects import COUNT, PLAN, TOTAL, demo_projects
from hydesk.services.demonstration.make_demo import PERIODS, holds_real_work, make_demo_ledger
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.returns.returns_board import returns_board
from hydesk.services.rules.settings import DEMO, get_setting
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import create_ledger

MAY, JUNE = PERIODS


@pytest.fixture
def demo(demo_ledger: Ledger) -> Ledger:
    return demo_ledger


def test_projects_are_the_published_number_and_sums() -> None:
    projects = demo_projects()
    assert len(projects) == COUNT == 388
    assert len({p.name for p in projects}) == len({p.code for p in projects}) == 388
    assert sum(p.money(Field.TOTAL_INVESTMENT) for p in projects) == TOTAL == 351_460_000_000
    assert sum(p.money(Field.ANNUAL_PLAN) for p in projects) == PLAN == 100_530_000_000
    for p in projects:
        assert p.money(Field.INVESTED_BEFORE) + p.money(Field.ANNUAL_PLAN) <= p.money(Field.TOTAL_INVESTMENT)


def test_the_same_projects_on_every_machine() -> None:
    assert demo_projects() == demo_projects()
    assert demo_months(demo_projects()) == demo_months(demo_projects())


def test_the_ledger_holds_them(demo: Ledger) -> None:
    totals = sum_up(list_standings(demo, JUNE))
    assert (totals.count, totals.total_investment, totals.annual_plan) == (COUNT, TOTAL, PLAN)
    assert get_setting(demo, DEMO) is True


def test_every_figure_of_may_is_read_back_from_its_workbook(demo: Ledger) -> None:
    """Whatever the shape (亿元, two head rows, HTML, CSV …), what was written is what the ledger holds."""
    written = {row[Field.CODE]: row for rows in demo_months(demo_projects())[5].values() for row in rows}
    for standing in list_standings(demo, MAY):
        row = written[standing.code]
        assert standing.year_investment == row[Field.YEAR_INVESTMENT], standing
        if standing.month_investment is not None:
            assert standing.month_investment == row[Field.MONTH_INVESTMENT], standing
        assert standing.funds_arrived == row[Field.FUNDS_ARRIVED], standing
        assert standing.progress_text == row[Field.PROGRESS_TEXT]
        assert standing.problem_text == row.get(Field.PROBLEM_TEXT, "")


def test_may_is_complete_and_june_has_something_to_look_at(demo: Ledger) -> None:
    may = {line.unit: line for line in returns_board(demo, MAY)}
    june = {line.unit: line for line in returns_board(demo, JUNE)}
    assert {line.errors + line.warnings for line in may.values()} == {0}
    assert {line.status for line in may.values()} == {"已入库"}
    assert [unit for unit, line in june.items() if line.status == "未报"] == [LATE_UNIT]
    found = {line.unit for line in june.values() if line.errors or line.warnings}
    assert found == {"衡阳县", "耒阳市", "祁东县", "衡东县", "衡山县", "松木经开区", "珠晖区", "高新区", "石鼓区", "常宁市"}
    assert all(r.status in ("applied", "partly_applied") for r in list_returns(demo))


def test_a_cancelled_demonstration_leaves_nothing(tmp_path: Path) -> None:
    def cancel(fraction: float, _text: str) -> None:
        if fraction > 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_demo_ledger(tmp_path / "演示.hydesk", progress=cancel)
    assert list(tmp_path.iterdir()) == []


def test_it_never_takes_the_place_of_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "台账.hydesk"
    create_ledger(path).close()
    content = path.read_bytes()
    with pytest.raises(HydeskError):
        make_demo_ledger(path)
    assert path.read_bytes() == content
    assert holds_real_work(str(path))
    assert not holds_real_work(str(tmp_path / "没有.hydesk"))
