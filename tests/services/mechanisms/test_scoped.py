"""工作机制 over a scope: its projects' matters only, what is told of a unit as a whole where the whole unit is in it."""

from __future__ import annotations

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.domain.scopes.scope import Scope
from hydesk.domain.shipped_registers import PLAN_VALUES, RED_YELLOW
from hydesk.services.mechanisms.assess_units import assess_units
from hydesk.services.mechanisms.hold_meeting import agenda
from hydesk.services.mechanisms.major_projects import major_projects
from hydesk.services.mechanisms.meeting_lines import read_meeting
from hydesk.services.mechanisms.print_mechanism_papers import make_paper
from hydesk.services.mechanisms.red_yellow import BoardRule, propose
from hydesk.services.mechanisms.scale_lists import scale_lists
from hydesk.services.mechanisms.settle_promises import settle_promises
from hydesk.services.registers.fill_shipped import register_called
from hydesk.services.registers.list_registers import records_in
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.read_scope import scope_of
from hydesk.services.upkeep.open_ledger import Ledger

JUNE = Period.month(2023, 6)


@pytest.fixture(scope="module")
def demo(demo_ledger: Ledger) -> Ledger:
    return demo_ledger


def scoped(demo: Ledger, text: str) -> tuple[Scope, set[int], set[str]]:
    """A scope, with its projects and codes picked by hand."""
    scope = scope_of(demo, JUNE, text)
    of = {"level=省": lambda s: s.level.startswith("省"), "unit=衡南县": lambda s: s.unit == "衡南县"}[text]
    own = [s for s in list_standings(demo, JUNE) if of(s)]
    return scope, {s.id for s in own}, {s.code for s in own}


@pytest.mark.parametrize("text", ["level=省", "unit=衡南县"])
def test_the_meeting_goes_through_the_matters_of_the_scope(demo: Ledger, text: str) -> None:
    scope, ids, codes = scoped(demo, text)
    whole, own = agenda(demo, JUNE), agenda(demo, JUNE, scope)
    assert [s.id for s, _ in own.lagging] == [s.id for s, _ in whole.lagging if s.id in ids]
    assert [n.project.project_id for n in own.nodes] == [n.project.project_id for n in whole.nodes if n.project.project_id in ids]
    assert [p.id for p in own.problems] == [p.id for p in whole.problems if p.project_id in ids]
    lines = read_meeting(demo, JUNE, scope).lines
    assert {x.code for x in lines if x.code} <= codes
    promises = settle_promises(demo, JUNE, scope)
    of_units = {p.unit for p in promises if not p.project}
    assert of_units == ({"衡南县"} & {p.unit for p in settle_promises(demo, JUNE)} if text.startswith("unit") else set())
    assert {p.project for p in promises if p.project} == {p.project for p in settle_promises(demo, JUNE) if p.project in codes}


@pytest.mark.parametrize("text", ["level=省", "unit=衡南县"])
def test_lists_and_boards_rank_units_by_their_projects_of_the_scope(demo: Ledger, text: str) -> None:
    scope, ids, _ = scoped(demo, text)
    majors = major_projects(demo, JUNE, scope)
    assert [m.project.id for m in majors] == [m.project.id for m in major_projects(demo, JUNE) if m.project.id in ids]
    lists = {x.key: x for x in scale_lists(demo, JUNE, scope)}
    counted = {x.unit: int(x.value or 0) for x in lists["major_count"].lines}
    assert {u: n for u, n in counted.items() if n} == {
        u: n for u in counted if (n := sum(m.project.unit == u for m in majors))}
    places = [x.place for x in lists["major_count"].lines if x.place]
    assert places[0] == 1
    told = [x.unit for x in lists["attracted"].lines if x.value is not None]
    assert told == (["衡南县"] if text.startswith("unit") else [])
    rule = BoardRule(red=400, yellow=400, least_plan=0)
    assert [p.project.id for p in propose(demo, JUNE, rule, scope)] == [
        p.project.id for p in propose(demo, JUNE, rule) if p.project.id in ids]


def test_units_are_assessed_by_their_projects_of_the_scope(demo: Ledger) -> None:
    scope, ids, _ = scoped(demo, "level=省")
    own = [s for s in list_standings(demo, JUNE) if s.id in ids]
    for scored in assess_units(demo, JUNE, scope=scope):
        mine = [s for s in own if s.unit == scored.unit]
        line = next(x for x in scored.lines if x.rule.measure == "completion")
        done, plan = (sum(getattr(s, name) or 0 for s in mine) for name in ("year_investment", "annual_plan"))
        assert (f"完成{done / 10**4:,.2f}万元" if done else "完成0万元") in line.reason
        assert f"计划{plan / 10**4:,.2f}万元" in line.reason


def test_papers_and_records_say_what_they_are_over(demo: Ledger) -> None:
    scope = scoped(demo, "level=省")[0]
    paper = make_paper(demo, "规模榜单", JUNE, scope)
    assert paper.body[0] == f"统计范围：只统计{scope.words}的项目。"
    assert paper.stem.endswith("（部分项目）")
    assert "统计范围" not in "".join(make_paper(demo, "规模榜单", JUNE).body)
    with pytest.raises(HydeskError, match="范围由省里的办法定"):
        make_paper(demo, "省对市评价", JUNE, scope)
    boards, values = register_called(demo, RED_YELLOW), register_called(demo, PLAN_VALUES)
    assert boards is not None
    assert values is not None
    assert records_in(demo, boards, JUNE, Scope()) is None
    assert records_in(demo, boards, JUNE, scope)
    with pytest.raises(HydeskError, match="不能按范围取"):
        records_in(demo, values, JUNE, scope)
