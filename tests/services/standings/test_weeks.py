"""Weekly figures in the ledger: their day, the newest figure of a project, undoing, and the way out and back in."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.periods import Period, Week
from hydesk.domain.standing import ProjectStanding
from hydesk.services.acts.undo_acts import acts, redo_last, undo_last
from hydesk.services.acts.undo_import import undo_import
from hydesk.services.pages.project_page import project_page
from hydesk.services.projects.edit_block import Edit, judge_edits, write_edits
from hydesk.services.projects.export_ledger import export_ledger
from hydesk.services.projects.project_history import project_history
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.year_curve import year_curve
from hydesk.services.upkeep.check_ledger import check_ledger
from hydesk.services.upkeep.ledger_as_of import ledger_as_of
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.made import JUNE, MAY, draft, facts, fill, money, take_list
from tests.services.reckon_weeks import Seen, Told, standing

W = Period.week


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Four projects; the first has May, June's closing and weeks 28 and 29, the third May and week 26."""
    fill(ledger)
    apply_return(ledger, draft(ledger, MAY, {1: money(5, 50), 3: money(7, 70)}, name="五月"))
    apply_return(ledger, draft(ledger, JUNE, {1: money(6, 56)}, name="六月"))
    apply_return(ledger, draft(ledger, W(2023, 26), {3: money(year=79)}, name="26周", day=date(2023, 6, 30)))
    apply_return(ledger, draft(ledger, W(2023, 28), {1: money(year=60)}, name="28周", day=date(2023, 7, 14)))
    apply_return(ledger, draft(ledger, W(2023, 29), {1: money(week_investment=3)}, name="29周"))
    return ledger


def at(ledger: Ledger, period: Period, number: int = 1) -> ProjectStanding:
    return list_standings(ledger, period)[number - 1]


def known(s: ProjectStanding) -> tuple[str, str, int | None, int | None, int | None]:
    return str(s.as_of), str(s.as_of_day), s.year_investment, s.month_investment, s.week_investment


def test_the_newest_figure_is_the_last_ended_by_then(filled: Ledger) -> None:
    assert known(at(filled, W(2023, 25))) == ("2023-05", "2023-05-31", 50, 5, None)
    assert known(at(filled, JUNE)) == ("2023-06", "2023-06-30", 56, 6, None)
    assert known(at(filled, W(2023, 27))) == ("2023-06", "2023-06-30", 56, 6, None)
    assert known(at(filled, W(2023, 28))) == ("2023-W28", "2023-07-14", 60, 6, None)
    assert known(at(filled, W(2023, 29))) == ("2023-W29", "2023-07-23", 63, 6, 3)
    assert known(at(filled, W(2023, 30))) == ("2023-W29", "2023-07-23", 63, 6, None)
    assert known(at(filled, Period.month(2023, 7))) == ("2023-W29", "2023-07-23", 63, None, None)
    assert at(filled, W(2023, 29)).total_invested == 12_345_678 + 63


def test_a_week_lies_in_the_month_of_its_stated_day(filled: Ledger) -> None:
    # Week 26 ends on 2 July; its figures are of 30 June.
    assert known(at(filled, JUNE, 3)) == ("2023-W26", "2023-06-30", 79, None, None)
    apply_return(filled, draft(filled, JUNE, {3: money(10, 80)}, name="六月补"))
    assert known(at(filled, JUNE, 3)) == ("2023-06", "2023-06-30", 80, 10, None)
    assert known(at(filled, W(2023, 26), 3)) == ("2023-06", "2023-06-30", 80, 10, None)


def test_a_later_day_than_the_periods_is_its_own_still(ledger: Ledger) -> None:
    fill(ledger)
    apply_return(ledger, draft(ledger, W(2023, 26), {1: money(year=79)}, day=date(2023, 7, 4)))
    assert known(at(ledger, W(2023, 26))) == ("2023-W26", "2023-07-04", 79, None, None)
    assert known(at(ledger, JUNE)) == ("None", "None", None, None, None)
    assert known(at(ledger, W(2023, 27))) == ("2023-W26", "2023-07-04", 79, None, None)


def test_a_years_last_week_lies_in_december(ledger: Ledger) -> None:
    take_list(ledger, facts(1), year=2026)
    apply_return(ledger, draft(ledger, W(2026, 53), {1: money(year=99)}))
    assert known(at(ledger, Period.month(2026, 12))) == ("2026-W53", "2026-12-31", 99, None, None)


def test_undo_takes_a_week_back_with_its_day(filled: Ledger) -> None:
    before = at(filled, W(2023, 28))
    again = apply_return(filled, draft(filled, W(2023, 28), {1: money(year=61)}, name="28周更正")).value
    assert known(at(filled, W(2023, 28))) == ("2023-W28", "2023-07-16", 61, 6, None)
    assert again.return_id is not None
    undo_import(filled, again.return_id)
    assert at(filled, W(2023, 28)) == before
    redo_last(filled)
    assert at(filled, W(2023, 28)).as_of_day == date(2023, 7, 16)
    undo_last(filled)
    assert at(filled, W(2023, 28)) == before


def test_the_day_stays_when_an_earlier_return_that_said_the_same_is_undone(filled: Ledger) -> None:
    first = apply_return(filled, draft(filled, W(2023, 31), {1: money(year=70)}, name="甲", day=date(2023, 8, 4))).value
    apply_return(filled, draft(filled, W(2023, 31), {1: money(year=71)}, name="乙", day=date(2023, 8, 4)))
    assert first.return_id is not None
    undo_import(filled, first.return_id)
    assert known(at(filled, W(2023, 31))) == ("2023-W31", "2023-08-04", 71, None, None)
    undo_last(filled)
    assert at(filled, W(2023, 31)).as_of == W(2023, 29)


def test_the_past_has_the_day_it_had(filled: Ledger) -> None:
    then = acts(filled)[0].id
    apply_return(filled, draft(filled, W(2023, 28), {1: money(year=61)}, name="28周更正"))
    past = ledger_as_of(filled, act_id=then)
    assert known(at(past, W(2023, 28))) == ("2023-W28", "2023-07-14", 60, 6, None)
    past.close()


def test_history_and_page_show_weeks_as_weeks_with_their_day(filled: Ledger) -> None:
    assert [m.label for m in project_history(filled, 1).months] == [
        "2023年5月", "2023年6月", "2023年第28周（截至7月14日）", "2023年第29周（截至7月23日）"]
    last = project_history(filled, 1).months[-1]
    assert last.derived == {Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED}
    page = project_page(filled, 1, W(2023, 29))
    assert page.need is not None
    assert (page.need.months, page.need.missing) == (6, 200_000_001 - 63)


def test_the_change_log_names_the_day(filled: Ledger) -> None:
    told = [(c.period, c.new) for c in project_history(filled, 1).changes if c.field == "数字截至日期"]
    assert told == [("2023-W28", "2023-07-14")]


def test_the_curve_puts_a_sum_where_it_holds(filled: Ledger) -> None:
    # Nobody has closed July, and the week that lies in it is one project's: what is shown is June.
    july = year_curve(filled, Period.month(2023, 7))
    assert [p.done for p in july[3:8]] == [None, 120, 56 + 79, None, None]
    apply_return(filled, draft(filled, Period.month(2023, 7), {3: money(4, 90)}, name="七月"))
    assert [p.done for p in year_curve(filled, Period.month(2023, 7))[5:8]] == [56 + 79, 63 + 90, None]
    week = year_curve(filled, W(2023, 29))
    assert [p.done for p in week[3:8]] == [None, 120, 56 + 79, None, None]


def test_a_return_of_the_week_is_compared_with_the_newest_and_with_the_week_before(filled: Ledger) -> None:
    one = take_snapshot(filled, W(2023, 30)).projects[0]
    assert one.previous is not None
    assert one.week_before is not None
    assert one.previous.period == one.week_before.period == W(2023, 29)
    assert one.week_before.money[Field.YEAR_INVESTMENT] == 63
    first = take_snapshot(filled, W(2023, 28)).projects[0]
    assert first.previous is not None
    assert (first.previous.period, first.week_before) == (JUNE, None)
    month = take_snapshot(filled, Period.month(2023, 7)).projects[0]
    assert month.previous is not None
    assert month.newest is not None
    assert (month.previous.period, month.newest.period, month.week_before) == (JUNE, W(2023, 29), None)


def test_figures_typed_while_a_week_is_chosen_go_where_they_belong(filled: Ledger) -> None:
    week = W(2023, 30)
    edits = [Edit(1, Field.WEEK_INVESTMENT, "0.0004"), Edit(1, Field.MONTH_INVESTMENT, "0.0007"),
             Edit(1, Field.FUNDS_ARRIVED, "0.0001")]
    assert write_edits(filled, judge_edits(filled, edits, week), week).value == 3
    one = at(filled, week)
    assert known(one) == ("2023-W30", "2023-07-30", 67, 7, 4)
    assert at(filled, JUNE).month_investment == 7
    assert at(filled, JUNE).funds_arrived is None
    refused = judge_edits(filled, [Edit(1, Field.WEEK_INVESTMENT, "4")], JUNE)[0]
    assert "先选定周" in refused.refused


def test_an_exported_ledger_brings_its_weeks_back(filled: Ledger, tmp_path: Path) -> None:
    file = tmp_path / "导出.xlsx"
    export_ledger(filled, file, 2023)
    other = create_ledger(tmp_path / "另一本.hydesk")
    import_projects(other, file, 2023)
    for period in (JUNE, W(2023, 26), W(2023, 28), W(2023, 29), Period.month(2023, 7)):
        assert [known(s) for s in list_standings(other, period)] == [known(s) for s in list_standings(filled, period)]
    assert [m.label for m in project_history(other, 1).months] == [m.label for m in project_history(filled, 1).months]
    other.close()
    assert check_ledger(tmp_path / "另一本.hydesk") == []


@pytest.mark.file_only("file that others can reach")
def test_check_finds_a_day_that_was_altered_from_outside(filled: Ledger, tmp_path: Path) -> None:
    assert filled.path is not None
    path = filled.path
    filled.close()
    with sqlite3.connect(path) as plain:
        plain.execute("update progress set ends_on = '2023-01-05' where period = '2023-W29'")
    plain.close()
    assert "day_differs" in {f.code for f in check_ledger(path)}


@pytest.mark.parametrize("seed", range(12))
def test_any_returns_in_any_order_leave_what_their_rows_say(ledger: Ledger, seed: int) -> None:
    random = Random(seed)
    year = random.choice((2020, 2023, 2025, 2026))  # with a week 53, with a first week in December
    take_list(ledger, *(facts(n) for n in range(1, 5)), year=year)
    told: dict[int, list[Told]] = {n: [] for n in range(1, 5)}
    first = random.randrange(1, 46)
    weeks: list[Period] = [W(year, n) for n in range(first, min(first + 9, date(year, 12, 28).isocalendar().week) + 1)]
    months: list[Period] = [Period.month(year, m) for m in range(1, 13) if random.random() < 0.5]
    periods = weeks + months + [random.choice(weeks)]
    random.shuffle(periods)
    for turn, period in enumerate(periods):
        day = None
        if random.random() < 0.3:
            day = period.day - timedelta(days=random.randrange(0, 8)) if not period.is_month else period.start + timedelta(days=9)
            if isinstance(period, Week):
                day = period.takes(day)
        rows = {}
        for n in range(1, 5):
            done, total = (random.randrange(100) if random.random() < 0.6 else None for _ in range(2))
            if done is None and total is None:
                continue
            field = Field.MONTH_INVESTMENT if period.is_month else Field.WEEK_INVESTMENT
            rows[n] = {f: v for f, v in ((field, done), (Field.YEAR_INVESTMENT, total)) if v is not None}
            earlier = next((t for t in reversed(told[n]) if t.name == str(period)), Told(str(period)))
            told[n].append(Told(str(period), earlier.done if done is None else done,
                                earlier.year if total is None else total, day))
        if rows:
            apply_return(ledger, draft(ledger, period, rows, name=f"{turn}", unit=None, day=day))
    asked: list[Period] = [*weeks, W(year, 1), *(Period.month(year, m) for m in range(1, 13))]
    for period in asked:
        seen = [Seen(str(s.as_of) if s.as_of else None, s.as_of_day, s.year_investment, s.month_investment, s.week_investment)
                for s in list_standings(ledger, period)]
        assert seen == [standing(told[n], str(period)) for n in range(1, 5)], period

