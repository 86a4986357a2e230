"""前期: who is in it, who went on to 开工, which permits are open and how each stands, at their edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.lamps import LampRule
from hydesk.domain.measures.preparation import (
    Preparations,
    list_permits,
    list_preparations,
    permits_of,
    prepares,
    still_prepares,
)
from hydesk.domain.measures.subjects import PERMIT_COLUMNS, count_permits
from hydesk.domain.measures.yardstick import Yardstick
from hydesk.domain.milestones import UNNEEDED, WORKING, NodeDates, NodeState, StandardNode
from hydesk.domain.node_refusals import refuse_handling
from hydesk.domain.scopes.cases import Case, cases_of
from tests.reports.made import JUNE, standing

ON = JUNE.end
PERMITS = (StandardNode("立项", "招商引资"), StandardNode("用地", "招商引资"), StandardNode("环评", "招商引资", "环境影响评价", "环保局"))
ORDER = (*PERMITS, StandardNode("开工", "落地开工"), StandardNode("竣工", "竣工达产"))


def day(month: int, number: int = 1) -> LooseDate:
    return LooseDate(date(2023, month, number))


def waiting(number: int = 1, **more: Any) -> Any:
    return standing(number, **{"actual_start": None, "year_investment": None} | more)


@pytest.mark.parametrize(("facts", "year", "still"), [
    ({}, True, True), ({"nature": "预备"}, True, True), ({"nature": "续建"}, False, False),
    ({"actual_start": date(2022, 12, 31)}, False, False), ({"actual_start": date(2023, 1, 1)}, True, False),
    ({"actual_start": date(2023, 7, 1)}, True, True), ({"nature": "预备", "actual_start": ON}, True, False),
    ({"actual_finish": ON}, True, False), ({"year_investment": 5}, True, True)])
def test_who_is_in_preparation(facts: dict[str, Any], year: bool, still: bool) -> None:
    p = waiting(**facts)
    assert (prepares(p, 2023), still_prepares(p, 2023, ON)) == (year, still)


def test_money_is_a_start_where_the_office_says_so() -> None:
    assert not still_prepares(waiting(year_investment=5), 2023, ON, money_starts=True)


def test_permits_are_the_nodes_before_the_start_in_the_offices_order() -> None:
    assert permits_of(ORDER) == PERMITS
    assert permits_of((ORDER[3], *PERMITS)) == ()
    assert permits_of(PERMITS) == ()
    assert [n.granted_by for n in PERMITS] == ["发展改革部门", "自然资源部门", "环保局"]


def test_every_permit_stands_in_one_state_and_says_it() -> None:
    held = {1: {"立项": NodeDates(day(3), actual=day(4)), "用地": NodeDates(day(6, 18)), "环评": NodeDates(handling=UNNEEDED)},
            2: {"立项": NodeDates(day(7, 15), handling=WORKING), "用地": NodeDates(forecast=day(9))}}
    found = list_permits([waiting(1), waiting(2)], ORDER, held, ON)
    assert [x.state for x in found] == [
        NodeState.DONE, NodeState.OVERDUE, NodeState.UNNEEDED, NodeState.DUE, NodeState.AHEAD, NodeState.UNDATED]
    assert [x.words for x in found if x.open] == ["用地 逾期12天", "立项 办理中、还有15天", "用地 还有63天", "环境影响评价 未排期"]
    counts = {c.id: c.value for c in count_permits(found)}
    assert [counts[id] for id in PERMIT_COLUMNS] == [5, 1, Decimal(1) / 5, 4, 1, 1, 1, 1, 1]
    assert counts["permits_needed"] == counts["permits_done"] + counts["permits_open"]
    assert [p.id for p in next(c for c in count_permits(found) if c.id == "permits_open").projects] == [1, 2]
    assert count_permits([])[2].value is None


def test_conversion_and_who_lacks_nothing() -> None:
    some = [waiting(1), waiting(2), waiting(3, nature="预备", actual_start=date(2023, 5, 1)), waiting(4, nature="预备"), standing(5, nature="续建")]
    done = {n.name: NodeDates(actual=day(3)) for n in PERMITS}
    held = {1: done, 2: {**done, "环评": NodeDates(handling=UNNEEDED)}, 4: {n.name: NodeDates(handling=UNNEEDED) for n in PERMITS}}
    still = [p for p in some if still_prepares(p, 2023, ON)]
    lists = list_preparations(some, list_permits(still, ORDER, held, ON), 2023, ON)
    assert lists.counted == Preparations(prepared=4, reserved=2, converted=1, still=3, granted=2)
    assert ([p.id for p in lists.converted], [p.id for p in lists.granted]) == ([3], [1, 2])
    assert lists.counted.rate == Decimal("0.25")
    assert list_preparations([], [], 2023, ON).counted.rate is None
    by = Yardstick(LampRule(), JUNE, ON)
    told = [cases_of(p, JUNE, by) for p in some]
    for case, count in ((Case.PREPARES, 4), (Case.CONVERTED, 1), (Case.STILL_PREPARES, 3)):
        assert sum(case in held for held in told) == count


def test_a_node_that_needs_nothing_is_never_late_and_a_start_is_always_needed() -> None:
    assert NodeDates(day(3), day(5), handling=UNNEEDED).state(ON) is NodeState.UNNEEDED
    assert NodeDates(day(3), handling=UNNEEDED).slip(ON) is None
    assert NodeDates(day(3), actual=day(4), handling=UNNEEDED).state(ON) is NodeState.DONE
    assert refuse_handling(PERMITS[0], WORKING) is refuse_handling(PERMITS[0], None) is None
    assert "只能是" in str(refuse_handling(PERMITS[0], "快了"))
    assert "开工" in str(refuse_handling(ORDER[3], UNNEEDED))
