"""Doubts and forecasts of a real ledger: read as known at the period, answered and remembered, rules tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import insert, select, update

from hydesk.db.ledger import Ledger
from hydesk.db.models import Progress, Setting
from hydesk.domain.doubts.doubt import DoubtKind
from hydesk.domain.doubts.rules import USUAL, DoubtRules
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Month, Period
from hydesk.domain.project_year import NO_WORDS, NOTHING
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.doubts.answer_doubt import answer_doubt, take_up_again
from hydesk.services.doubts.doubt_rules import doubt_rules, set_doubt_rules, trial_doubts
from hydesk.services.doubts.forecast_year import forecast_year
from hydesk.services.doubts.list_doubts import ANSWER, _answered, list_doubts, year_trust
from hydesk.services.doubts.read_years import read_project_years
from tests.worlds import paced
from tests.worlds.base import Years, plain
from tests.worlds.cookings import at_time_progress
from tests.worlds.ledger import fill

JUNE = Month(2021, 6)


@pytest.fixture
def city() -> Years:
    """Two years of sixty projects, June of the second at exactly the time's share in one county."""
    from random import Random

    years = paced.city(7, years=2, projects=90)
    own = [d for d in years[2021] if d.unit == max({x.unit for x in years[2021]}, key=lambda u: sum(x.unit == u for x in years[2021]))]
    assert at_time_progress(Random(1), own, 6, "blatant", years[2021])
    return years


@pytest.fixture
def held(ledger: Ledger, city: Years) -> Ledger:
    fill(ledger, city)
    return ledger


def test_the_ledger_is_read_as_it_was_known(held: Ledger, city: Years) -> None:
    with held.read() as connection:
        read = read_project_years(connection, JUNE)
    wanted = plain(city, 2021, 6)
    assert set(read) == {2020, 2021}
    for year in read:
        for mine, own in zip(read[year], wanted[year], strict=True):
            assert list(mine.year_investment) == list(own.year_investment)
            assert list(mine.progress_text) == list(own.progress_text)
            assert (mine.annual_plan, mine.total_investment, mine.invested_before) == (own.annual_plan, own.total_investment, own.invested_before)
            assert mine.group == own.group


def test_a_forecast_reads_the_same_sums_of_earlier_years_with_less(held: Ledger) -> None:
    """Weeks, months told to a day of their own and months without a sum of the year among them."""
    with held.write() as connection:
        own = connection.execute(select(Progress.id, Progress.project_id, Progress.period).where(Progress.year == 2020)).all()
        for n, (key, project, name) in enumerate(own):
            if n % 5 == 1:
                connection.execute(update(Progress).where(Progress.id == key).values(year_investment=None, month_investment=3_000_000 + n))
            if n % 7 == 2 and name == "2020-05":
                connection.execute(update(Progress).where(Progress.id == key).values(day=date(2020, 6, 3), ends_on=date(2020, 6, 3)))
            if n % 11 == 3 and name == "2020-08":
                connection.execute(insert(Progress).values(
                    project_id=project, year=2020, period="2020-W38", ends_on=date(2020, 9, 20), year_investment=7_000_000 + n))
    with held.read() as connection:
        whole, lean = read_project_years(connection, JUNE), read_project_years(connection, JUNE, sums_teach=True)
    assert lean[2021] == whole[2021]
    assert [replace(p, funds_arrived=[*NOTHING], statistics_year=[*NOTHING], progress_text=[*NO_WORDS], weeks=[]) for p in whole[2020]] == lean[2020]
    assert sum(len(p.weeks) for p in whole[2020]) > 3


def test_a_doubt_is_answered_remembered_undone_and_taken_up_again(held: Ledger) -> None:
    page = list_doubts(held, JUNE)
    doubt = next(d for d in page.lines if d.kind is DoubtKind.AT_TIME_PROGRESS)
    assert doubt.strong
    with pytest.raises(HydeskError):
        answer_doubt(held, page, doubt, " ")
    answer_doubt(held, page, doubt, "已电话核实，按监理月报")
    after = list_doubts(held, JUNE)
    assert doubt.kind not in {d.kind for d in after.lines}
    (answer,) = after.answered
    assert answer.reason == "已电话核实，按监理月报"
    undo_last(held)
    assert doubt.kind in {d.kind for d in list_doubts(held, JUNE).lines}
    answer_doubt(held, page, doubt, "已核")
    take_up_again(held, list_doubts(held, JUNE).answered[0])
    assert doubt.kind in {d.kind for d in list_doubts(held, JUNE).lines}


def test_an_answer_is_found_by_its_key_even_where_the_subject_is_written_with_a_stroke(held: Ledger) -> None:
    kind, kept = DoubtKind.AT_TIME_PROGRESS.value, '{"reason": "已核", "actor": "李四"}'
    with held.write() as connection:
        connection.execute(insert(Setting), [{"key": f"{ANSWER}{key}", "value": value} for key, value in (
            (f"{kind}/2023/HY1/2", kept), (f"{kind}/2023/HY3", '{"reason": "已核"}'), (f"{kind}/2023", kept), ("unheard_of/2023/HY1", kept), (f"{kind}/2023/HY5", "broken"))])
    with held.read() as connection:
        found = _answered(connection, {"HY3": "第3号项目"})
    assert [(a.kind.value, a.scope, a.subject, a.name, a.reason, a.actor) for a in found] == [
        (kind, "2023", "HY1/2", "HY1/2", "已核", "李四"), (kind, "2023", "HY3", "第3号项目", "已核", ""), (kind, "2023", "", "", "已核", "李四")]


def test_trust_of_the_unit_falls_by_what_is_open(held: Ledger) -> None:
    page = list_doubts(held, JUNE)
    doubt = next(d for d in page.lines if d.kind is DoubtKind.AT_TIME_PROGRESS)
    by_unit = {t.unit: t for t in page.trust}
    assert by_unit[doubt.unit].score <= 90
    assert "重点核实" in by_unit[doubt.unit].words
    calm = next(t for t in page.trust if not t.strong and not t.weak)
    assert calm.score == 100


def test_a_years_trust_takes_each_month_by_its_own_answers(held: Ledger) -> None:
    page = list_doubts(held, JUNE)
    doubt = next(d for d in page.lines if d.kind is DoubtKind.AT_TIME_PROGRESS)
    before = {t.unit: t for t in year_trust(held, 2021)}[doubt.unit]
    assert (before.first, before.month) == (1, 12)
    answer_doubt(held, page, doubt, "已核实，按合同付款")
    after = {t.unit: t for t in year_trust(held, 2021)}[doubt.unit]
    assert (after.strong + after.weak) < (before.strong + before.weak)
    assert after.score >= before.score
    assert year_trust(held, 2035) == ()


def test_one_unit_only(held: Ledger) -> None:
    page = list_doubts(held, JUNE)
    doubt = next(d for d in page.lines if d.kind is DoubtKind.AT_TIME_PROGRESS)
    assert {d.unit for d in list_doubts(held, JUNE, doubt.unit).lines} == {doubt.unit}


def test_a_week_is_looked_at_by_the_month_that_had_ended(held: Ledger) -> None:
    assert list_doubts(held, Period.parse("2021-W27")).month == JUNE


def test_rules_are_tried_then_taken_and_undone(held: Ledger) -> None:
    strict = replace(USUAL, off=frozenset({DoubtKind.AT_TIME_PROGRESS}), leap_times=Decimal(3))
    trial = trial_doubts(held, strict, JUNE)
    assert sum(s for s, _ in trial.then) < sum(s for s, _ in trial.now)
    assert trial.sentence.startswith("近6个月按此规则共问")
    gone = [c for c in trial.changes if c.kind is DoubtKind.AT_TIME_PROGRESS]
    assert [(c.month, c.words) for c in gone if c.month == JUNE] == [(JUNE, ("重点核实", "不列"))]
    assert "不再列" in trial.sentence
    same = trial_doubts(held, USUAL, JUNE)
    assert same.now == same.then
    assert not same.changes
    assert doubt_rules(held) == USUAL
    set_doubt_rules(held, strict)
    assert doubt_rules(held) == strict
    assert DoubtKind.AT_TIME_PROGRESS not in {d.kind for d in list_doubts(held, JUNE).lines}
    undo_last(held)
    assert doubt_rules(held) == USUAL
    with pytest.raises(HydeskError):
        set_doubt_rules(held, DoubtRules(alike=2))


def test_the_forecast_starts_from_the_newest_month(held: Ledger) -> None:
    page = forecast_year(held, JUNE)
    assert page.month == JUNE
    assert page.year_end.learnt == 1
    assert page.city.words
    assert "以往1年" in page.basis
    later = forecast_year(held, Month(2021, 12))
    assert later.year_end.city.low == later.year_end.city.high


def test_weeks_are_read_beside_the_months_and_change_nothing_of_what_a_month_told(held: Ledger, city: Years) -> None:
    one = next(d for d in city[2021] if d.done[1] is not None and d.done[5] is not None)
    weeks = [("2021-W08", date(2021, 2, 28), 11), ("2021-W23", date(2021, 6, 13), 12), ("2021-W27", date(2021, 7, 11), 13)]
    with held.write() as connection:
        connection.execute(insert(Progress), [
            {"project_id": one.id, "year": 2021, "period": week, "ends_on": day, "year_investment": amount} for week, day, amount in weeks])
    with held.read() as connection:
        read = next(p for p in read_project_years(connection, JUNE)[2021] if p.id == one.id)
    assert read.weeks == [(2, 28, 11), (6, 13, 12)]
    assert (read.year_investment[1], read.year_investment[5]) == (one.done[1], one.done[5])
