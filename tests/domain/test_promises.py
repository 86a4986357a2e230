"""Promises (docs/rules.md §6.3): kept, broken, not due, at risk, at their edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.periods import Period
from hydesk.domain.promises import Promise, kept_share, looked_at, settle_project, settle_unit
from hydesk.domain.registers import RegisterRecord
from hydesk.domain.standing import ProjectStanding
from tests.reports.made import standing

D = Decimal
JUNE, JULY = Period.month(2023, 6), Period.month(2023, 7)
WAN = 10_000


@dataclass
class Known:
    """The same standings on every day asked for."""

    projects: Sequence[ProjectStanding]
    money_starts: bool = False
    asked: date | None = None

    def day(self, on: date) -> Sequence[ProjectStanding]:
        self.asked = on
        return self.projects


def project(number: int = 1, done: int | None = 100 * WAN, **more: Any) -> ProjectStanding:
    return standing(number, unit="甲县", year_investment=done, **more)


def of_unit(period: Period = JUNE, held: Known | None = None, **values: Any) -> list[Promise]:
    return settle_unit(RegisterRecord(7, {"unit": "甲县", "scope": "全年"} | values), held or Known([project()]), period)


def of_project(period: Period = JUNE, held: Known | None = None, **values: Any) -> list[Promise]:
    return settle_project(RegisterRecord(7, {"project": "HY2023-001"} | values), held or Known([project()]), period)


@pytest.mark.parametrize(("on", "period", "looked"), [
    (date(2023, 6, 30), JULY, JUNE), (date(2023, 6, 15), JULY, JUNE), (date(2023, 6, 15), JUNE, JUNE), (date(2023, 7, 31), JULY, JULY),
    (date(2023, 12, 31), JUNE, JUNE), (date(2022, 12, 31), JUNE, JUNE), (date(2023, 6, 30), Period.week(2023, 28), JUNE),
    # The week ends on 16 July: July's closing figures are not those of a deadline within it.
    (date(2023, 7, 10), Period.week(2023, 28), Period.week(2023, 28)), (date(2023, 4, 30), Period.week(2023, 18), Period.month(2023, 4)),
    (date(2023, 4, 29), Period.week(2023, 17), Period.week(2023, 17)), (date(2023, 7, 30), JULY, JULY)])
def test_a_deadline_is_judged_as_it_found_the_ledger(on: date, period: Period, looked: Period) -> None:
    assert looked_at(on, period) == looked


@pytest.mark.parametrize(("done", "kept", "missing"), [(100 * WAN, True, ""), (100 * WAN - 1, False, "，欠0.00万元"), (0, False, "，欠100.00万元")])
def test_money_is_kept_at_the_amount_itself_once_due(done: int, kept: bool, missing: str) -> None:
    (found,) = of_unit(held=Known([project(done=done)]), scope="二季度", plan=100 * WAN)
    assert (found.kept, found.at_risk, found.due, found.record_id, found.unit, found.project) == (kept, False, date(2023, 6, 30), 7, "甲县", "")
    assert (found.about, found.promised) == ("二季度末累计完成投资", "100.00万元")
    assert found.reason.startswith("承诺二季度末累计完成投资100.00万元，截至6月底已完成")
    assert found.reason.endswith(f"%{missing}")


def test_money_kept_early_is_kept_and_what_is_not_due_is_not_judged() -> None:
    assert of_unit(plan=100 * WAN)[0].kept is True
    (found,) = of_unit(plan=101 * WAN)
    assert (found.kept, found.about, found.due, found.delivered) == (None, "全年完成投资", date(2023, 12, 31), "100.00万元")
    assert [p.kept for p in of_unit(JULY, scope="三季度", plan=101 * WAN)] == [None]
    assert of_unit(Period.month(2023, 9), scope="三季度", plan=101 * WAN)[0].kept is False


@pytest.mark.parametrize(("scope", "due"), [
    ("一季度", date(2023, 3, 31)), ("二季度", date(2023, 6, 30)), ("三季度", date(2023, 9, 30)), ("四季度", date(2023, 12, 31)),
    ("全年", date(2023, 12, 31)), ("其他", date(2023, 12, 31))])
def test_the_deadline_is_the_quarters_end_unless_one_is_set(scope: str, due: date) -> None:
    held = Known([project()])
    assert of_unit(held=held, scope=scope, plan=1)[0].due == held.asked == due
    assert of_unit(scope=scope, plan=1, due_on=LooseDate(date(2023, 5, 20)))[0].due == date(2023, 5, 20)


def test_less_than_an_even_pace_to_the_deadline_is_at_risk() -> None:
    # 181 of 365 days have gone: 181 of 365 万元 are asked for.
    for done, at_risk in ((181 * WAN, False), (181 * WAN - 1, True)):
        assert of_unit(held=Known([project(done=done)]), plan=365 * WAN)[0].at_risk is at_risk
    # The figures' own day counts, not the period's.
    stale = project(done=181 * WAN - 1, as_of=Period.month(2023, 5))
    assert of_unit(held=Known([stale]), plan=365 * WAN)[0].at_risk is False
    # Once due it is broken, no longer at risk; one that is kept never is.
    assert of_unit(Period.month(2023, 12), plan=365 * WAN)[0].at_risk is False
    assert of_unit(held=Known([project(done=365 * WAN)]), plan=365 * WAN)[0].at_risk is False
    # The first day of a year asks for a day's share; every day for its own, to the yuan.
    for day in (date(2023, 1, 1), date(2023, 1, 8), date(2023, 4, 17), date(2023, 10, 3)):
        asked = day.timetuple().tm_yday * WAN
        for done, at_risk in ((asked, False), (asked - 1, True)):
            told = Known([project(done=done, as_of=JUNE, as_of_day=day)])
            assert of_unit(held=told, plan=365 * WAN)[0].at_risk is at_risk, day


def test_nothing_known_is_not_judged() -> None:
    for own in ([], [project(done=None, as_of=None)], [project(done=None)]):
        (found,) = of_unit(Period.month(2023, 12), Known(own), plan=100 * WAN)
        assert (found.kept, found.at_risk, found.delivered, found.record_id, found.unit) == (None, False, "—", 7, "甲县")
        assert found.reason == "承诺全年完成投资100.00万元，尚未报送投资数"
    assert of_unit(held=Known([project(), standing(2, unit="乙县")]), scope="二季度", plan=101 * WAN)[0].kept is False  # 乙县's is not its own


def test_starts_promised_are_counted_by_the_deadline() -> None:
    begun = [project(n, planned_start=date(2023, 3, 1), actual_start=day) for n, day in (
        (1, date(2023, 3, 5)), (2, date(2023, 6, 30)), (3, date(2023, 7, 1)), (4, None))]
    (found,) = of_unit(JULY, Known(begun), scope="二季度", starts=D(2))
    assert (found.kept, found.promised, found.delivered, found.about) == (True, "2个", "2个", "二季度末累计新开工")
    assert (found.record_id, found.unit, found.at_risk) == (7, "甲县", False)
    assert of_unit(JUNE, Known(begun), scope="二季度", starts=D(3))[0].kept is False  # on the day it is due
    (found,) = of_unit(JULY, Known(begun), scope="二季度", starts=D(3))
    assert (found.kept, found.at_risk, found.reason) == (False, False, "承诺二季度末累计新开工3个，已开工2个")
    (open_,) = of_unit(JUNE, Known(begun), starts=D(3))  # 2 of 3, where half the year asks for 1.49
    assert (open_.kept, open_.at_risk, open_.due) == (None, False, date(2023, 12, 31))
    (open_,) = of_unit(JUNE, Known(begun), starts=D(5))
    assert (open_.kept, open_.at_risk) == (None, True)
    assert of_unit(JUNE, Known(begun), starts=D(2))[0].kept is True
    assert of_unit(JUNE, Known(begun, money_starts=True), starts=D(4))[0].kept is True
    assert [p.about for p in of_unit(plan=1, starts=D(1))] == ["全年完成投资", "全年新开工"]
    assert of_unit() == []


@pytest.mark.parametrize(("values", "judged"), [
    ({"year": "2023"}, True), ({"year": "2022年"}, False), ({"year": "2023", "due_on": LooseDate(date(2024, 1, 5))}, True),
    ({"due_on": LooseDate(date(2022, 12, 31))}, False), ({"due_on": LooseDate(date(2023, 1, 31)), "signed_on": LooseDate(date(2022, 1, 1))}, True),
    ({"signed_on": LooseDate(date(2022, 12, 1))}, True), ({"signed_on": LooseDate(date(2022, 11, 30))}, False),
    ({"signed_on": LooseDate(date(2023, 12, 1))}, False), ({"signed_on": LooseDate(date(2023, 1, 15))}, True), ({}, True)])
def test_a_promise_is_of_the_year_it_says_or_was_signed_for(values: dict[str, Any], judged: bool) -> None:
    assert [p.about for p in of_unit(plan=1, **values)] == ["全年完成投资"] * judged
    assert [p.about for p in of_project(plan=1, **values)] == ["年度投资"] * judged


def test_what_is_promised_of_a_project() -> None:
    (money,) = of_project(plan=101 * WAN)
    assert (money.project, money.about, money.due, money.kept) == ("HY2023-001", "年度投资", date(2023, 12, 31), None)
    assert of_project(Period.month(2023, 12), plan=101 * WAN)[0].kept is False
    assert of_project(plan=1, held=Known([project(2)])) == of_project() == []
    held = Known([project()])
    of_project(held=held, plan=1)
    assert held.asked == JUNE.end


@pytest.mark.parametrize(("promised", "begun", "kept", "at_risk", "tail"), [
    (date(2023, 6, 30), date(2023, 6, 30), True, False, "，2023-06-30开工"), (date(2023, 6, 29), date(2023, 6, 30), False, False, "，迟1天"),
    (date(2023, 6, 30), date(2023, 6, 1), True, False, "，2023-06-01开工"), (date(2023, 6, 30), None, False, False, "，至今未开工"),
    (date(2023, 6, 29), None, False, False, "，已过1天"), (date(2023, 7, 1), None, None, True, "，至今未开工"),
    (date(2023, 7, 30), None, None, True, "，至今未开工"), (date(2023, 7, 31), None, None, False, "，至今未开工"),
    (date(2023, 6, 15), date(2023, 7, 1), False, False, "，已过15天")])
def test_a_day_promised(promised: date, begun: date | None, kept: bool | None, at_risk: bool, tail: str) -> None:
    (found,) = of_project(held=Known([project(actual_start=begun)]), start_on=LooseDate(promised))
    assert (found.kept, found.at_risk, found.about, found.due, found.unit) == (kept, at_risk, "开工", promised, "甲县")
    assert found.reason.endswith(tail)
    happened = begun is not None and begun <= JUNE.end
    assert found.delivered == (str(begun) if happened else "未开工")


def test_start_and_finish_are_two_promises() -> None:
    found = of_project(held=Known([project(actual_finish=date(2023, 6, 1))]), start_on=LooseDate.of_month(2023, 3), finish_on=LooseDate.of_month(2023, 6))
    assert [(p.about, p.kept, p.promised) for p in found] == [("开工", True, "2023-03"), ("竣工", True, "2023-06")]


def test_the_rate_is_of_those_due() -> None:
    def one(kept: bool | None) -> Promise:
        return Promise(1, "甲县", "", "", "", "", None, kept, False, "")
    assert kept_share([one(True), one(True), one(False), one(None)]) == D(2) / 3
    assert kept_share([one(None)]) is kept_share([]) is None
    assert kept_share([one(False)]) == 0
