"""A second list held against the ledger: three ways, taken in part, and what waits has a place."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from hydesk.db.journal import Write
from hydesk.db.ledger import Ledger
from hydesk.db.models import ProjectName
from hydesk.db.places import Entity, Place
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.list_review import ChangedBy, ListAct, ListDecisions, WaitKind
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadValue
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.returns.import_projects import ProjectImport, ReadList, apply_project_list, compare_list
from hydesk.services.returns.keep_waits import list_waits
from hydesk.services.returns.later_lists import without_past
from hydesk.services.returns.settle_waits import Settling, settle_waits
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import open_ledger
from tests.services.made import JUNE, Values, code, facts, fill, list_of, take_list

F = Field


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    """Of each store in turn: both must answer alike."""
    return any_ledger


def by_name(number: int, **more: ReadValue) -> dict[Field, ReadValue]:
    """A row without a code, as most lists have it."""
    values = facts(number, **more)
    del values[F.CODE]
    return values


def held(ledger: Ledger, number: int) -> int | None:
    return next(s.annual_plan for s in list_standings(ledger, JUNE) if s.code == code(number))


def edit(ledger: Ledger, number: int, field: Field, value: ReadValue) -> None:
    s = next(s for s in list_standings(ledger, JUNE) if s.code == code(number))
    edit_project(ledger, s.id, field, value, JUNE)


def read(*rows: Values) -> ReadList:
    listed = list_of(*rows)
    return ReadList("清单.xlsx", repr(rows).encode(), 2023, listed, None)


def take(ledger: Ledger, one: ReadList, decisions: ListDecisions | None = None) -> ProjectImport:
    return apply_project_list(ledger, one.listed, one.content, 2023, "甲", None, None, decisions).value


def test_the_first_list_adds_all_and_nothing_is_written_by_looking(ledger: Ledger) -> None:
    comparison = compare_list(ledger, read(facts(1), facts(2)))
    assert [(i.act, i.name) for i in comparison.items] == [(ListAct.ADDED, "第1号项目"), (ListAct.ADDED, "第2号项目")]
    assert list_standings(ledger, JUNE) == []


def test_what_the_list_changed_is_taken_and_what_the_ledger_changed_since_stays(ledger: Ledger) -> None:
    fill(ledger, 3)
    edit(ledger, 2, F.ANNUAL_PLAN, 77)
    one = read(facts(1, annual_plan=5), facts(2), facts(3))
    items = {i.code: i for i in compare_list(ledger, one).items}
    assert [(c.by, c.taken) for c in items[code(1)].changes] == [(ChangedBy.LIST, True)]
    assert [(c.by, c.taken, c.held, c.last) for c in items[code(2)].changes] == [(ChangedBy.LEDGER, False, "77", "200000001")]
    assert items[code(3)].act is ListAct.SAME
    done = take(ledger, one)
    assert (held(ledger, 1), held(ledger, 2), held(ledger, 3)) == (5, 77, 200_000_001)
    assert [(f.code, f.level) for f in done.findings] == [("ledger_newer", Level.NOTE)]
    assert list_waits(ledger, 2023) == []


def test_what_both_changed_waits_survives_a_restart_and_is_settled_and_undone(tmp_path: Path) -> None:
    from hydesk.services.upkeep.open_ledger import create_ledger

    ledger = create_ledger(tmp_path / "台账.hydesk")
    fill(ledger, 3)
    edit(ledger, 2, F.ANNUAL_PLAN, 77)
    done = take(ledger, read(facts(1), facts(2, annual_plan=9), facts(3)))
    assert (held(ledger, 2), done.waiting) == (77, 1)
    assert [f.code for f in done.findings if f.level is Level.WARNING] == ["both_changed"]
    ledger.close()
    ledger = open_ledger(tmp_path / "台账.hydesk")
    waits = list_waits(ledger, 2023)
    assert [(w.wait.kind, w.wait.field, w.wait.listed, w.wait.held, w.wait.last) for w in waits] == [
        (WaitKind.VALUE, F.ANNUAL_PLAN, "9", "77", "200000001")]
    settle_waits(ledger, waits, Settling.TAKE)
    assert (held(ledger, 2), list_waits(ledger, 2023)) == (9, [])
    undo_last(ledger)
    assert (held(ledger, 2), list_waits(ledger, 2023)) == (77, waits)
    settle_waits(ledger, waits, Settling.KEEP)
    assert (held(ledger, 2), list_waits(ledger, 2023)) == (77, [])
    ledger.close()


def test_what_waits_is_not_settled_over_a_later_change(ledger: Ledger) -> None:
    fill(ledger, 1)
    edit(ledger, 1, F.ANNUAL_PLAN, 77)
    take(ledger, read(facts(1, annual_plan=9)))
    edit(ledger, 1, F.ANNUAL_PLAN, 78)
    with pytest.raises(HydeskError, match="又改过"):
        settle_waits(ledger, list_waits(ledger, 2023), Settling.TAKE)
    assert held(ledger, 1) == 78


def test_a_list_is_taken_in_part(ledger: Ledger) -> None:
    fill(ledger, 2)
    one = read(facts(1, annual_plan=5, builder="甲公司"), facts(2), facts(3), facts(4))
    decisions = ListDecisions(frozenset({("清单", 5)}), {("清单", 2, F.ANNUAL_PLAN): False})
    done = take(ledger, one, decisions)
    assert (done.added, held(ledger, 1)) == (1, 200_000_001)
    assert list_standings(ledger, JUNE)[0].builder == "甲公司"
    waits = list_waits(ledger, 2023)
    assert [(w.wait.kind, w.wait.name) for w in waits] == [(WaitKind.ROW, "第4号项目"), (WaitKind.VALUE, "第1号项目")]
    settle_waits(ledger, waits, Settling.TAKE)
    assert (held(ledger, 1), held(ledger, 4)) == (5, 200_000_001)


def test_a_project_that_the_list_does_not_name_is_told_and_never_dropped(ledger: Ledger) -> None:
    fill(ledger, 6)
    done = take(ledger, read(*(facts(n) for n in (1, 2, 3, 4, 6))))
    assert len(list_standings(ledger, JUNE)) == 6
    assert [(w.wait.kind, w.wait.name) for w in list_waits(ledger, 2023)] == [(WaitKind.MISSING, "第5号项目")]
    assert "第5号项目" in next(f.message for f in done.findings if f.code == "missing_from_list")
    with pytest.raises(HydeskError, match="退出/调整清单"):
        settle_waits(ledger, list_waits(ledger, 2023), Settling.TAKE)


@pytest.mark.parametrize(("named", "told"), [((1, 3), 1), ((1,), 0)])
def test_a_list_of_further_projects_does_not_miss_those_held(ledger: Ledger, named: tuple[int, ...], told: int) -> None:
    """Of 衡南县's three projects: two named miss the third, one named does not; 祁东县 is not named at all."""
    fill(ledger, 6)
    take(ledger, read(*(facts(n) for n in named), facts(9)))
    assert sum(w.wait.kind is WaitKind.MISSING for w in list_waits(ledger, 2023)) == told


def test_a_name_near_one_that_the_list_leaves_out_waits_to_be_told(ledger: Ledger) -> None:
    take_list(ledger, by_name(1, name="归阳疏港公路"), by_name(3, name="三塘标准厂房一期"))
    one = read(by_name(1, name="归阳疏港公路工程"), by_name(3, name="三塘标准厂房二期", total_investment=5))
    first, second = compare_list(ledger, one).items[:2]
    assert (first.act, first.held_name, second.act) == (ListAct.RENAMED, "归阳疏港公路", ListAct.ADDED)
    take(ledger, one)
    waits = [w for w in list_waits(ledger, 2023) if w.wait.kind is WaitKind.RENAMED]
    assert [w.wait.name for w in waits] == ["归阳疏港公路工程"]
    settle_waits(ledger, waits, Settling.TAKE)
    assert sorted(s.name for s in list_standings(ledger, JUNE)) == ["三塘标准厂房一期", "三塘标准厂房二期", "归阳疏港公路工程"]
    undo_last(ledger)
    settle_waits(ledger, waits, Settling.NEW)
    assert len(list_standings(ledger, JUNE)) == 4


def test_a_person_says_in_the_preview_which_project_a_row_is(ledger: Ledger) -> None:
    take_list(ledger, by_name(1, name="归阳疏港公路"))
    key = list_standings(ledger, JUNE)[0].id
    one = read(by_name(1, name="归阳疏港公路工程"))
    take(ledger, one, ListDecisions(same={("清单", 2): key}))
    assert [(s.id, s.name) for s in list_standings(ledger, JUNE)] == [(key, "归阳疏港公路工程")]


def test_a_name_that_stands_beside_the_near_one_is_another_project(ledger: Ledger) -> None:
    take_list(ledger, by_name(1, name="归阳疏港公路"))
    done = take(ledger, read(by_name(1, name="归阳疏港公路"), by_name(3, name="归阳疏港公路工程", total_investment=7)))
    assert (done.added, done.waiting) == (1, 0)


def test_undoing_the_list_takes_its_waiting_things_away(ledger: Ledger) -> None:
    fill(ledger, 1)
    edit(ledger, 1, F.ANNUAL_PLAN, 77)
    take(ledger, read(facts(1, annual_plan=9), facts(3)))
    assert len(list_waits(ledger, 2023)) == 1
    undo_last(ledger, Actor("甲"))
    assert list_waits(ledger, 2023) == []


def test_a_list_of_a_year_that_is_over_leaves_what_a_project_is_now(ledger: Ledger) -> None:
    fill(ledger, 3)
    old = {**facts(1, total_investment=7, annual_plan=5, builder="旧业主"), F.NAME: "旧名称", F.NATURE: "续建"}
    listed = list_of(old, facts(2, annual_plan=6), facts(9, code="HY2022-009"))
    one = ReadList("清单.xlsx", b"2022", 2022, listed, None)
    items = {i.code: i for i in compare_list(ledger, one).items}
    assert {(c.field, c.by, c.taken) for c in items[code(1)].changes if c.by is ChangedBy.LATER} == {
        (F.NAME, ChangedBy.LATER, False), (F.TOTAL_INVESTMENT, ChangedBy.LATER, False)}
    done = apply_project_list(ledger, listed, b"2022", 2022, Actor("甲")).value
    assert [(f.code, f.level) for f in done.findings] == [("older_list", Level.WARNING)]
    assert "2 处与台账" in done.findings[0].message
    now = {s.code: s for s in list_standings(ledger, JUNE)}[code(1)]
    assert (now.name, now.total_investment, now.annual_plan, now.builder) == ("第1号项目", 1_000_000_001, 200_000_001, "旧业主")
    then = {s.code: s for s in list_standings(ledger, Period.month(2022, 6))}
    assert (then[code(1)].annual_plan, then[code(2)].annual_plan) == (5, 6)
    assert "HY2022-009" in then
    assert list_waits(ledger, 2022) == []
    undo_last(ledger, Actor("甲"))
    assert list_standings(ledger, Period.month(2022, 6)) == []
    assert {s.code: s for s in list_standings(ledger, JUNE)}[code(1)].builder == ""


def test_a_single_value_of_an_older_list_is_taken_where_a_person_says_so(ledger: Ledger) -> None:
    fill(ledger, 1)
    listed = list_of(facts(1, total_investment=7))
    taken = ListDecisions(values={("清单", 2, F.TOTAL_INVESTMENT): True})
    done = apply_project_list(ledger, listed, b"2022", 2022, Actor("甲"), None, None, taken).value
    assert done.findings == ()
    assert {s.code: s for s in list_standings(ledger, JUNE)}[code(1)].total_investment == 7


def test_the_name_of_an_older_list_is_kept_as_a_former_one(ledger: Ledger) -> None:
    fill(ledger, 1)
    take_older = list_of({**facts(1), F.NAME: "旧名称"})
    apply_project_list(ledger, take_older, b"2022", 2022, Actor("甲"))
    with ledger.read() as connection:
        assert [tuple(r) for r in connection.execute(select(ProjectName.name, ProjectName.kind))] == [("旧名称", "former")]


def test_sub_projects_and_undated_own_values_of_an_older_list_give_way(ledger: Ledger) -> None:
    def at(entity: Entity, project: int, scope: str, field: str) -> Write:
        return Write(Place(entity, project, scope, field), "新")

    writes = [at(Entity.SUB_PROJECT, 1, "1", "name"), at(Entity.SUB_PROJECT, 1, "2", "name"), at(Entity.SUB_PROJECT, 2, "1", "name"),
              at(Entity.COLUMN_VALUE, 1, "4", "value"), at(Entity.COLUMN_FIGURE, 1, "5/2022-01", "value"),
              at(Entity.PLAN, 1, "2022", "annual_plan"), at(Entity.MILESTONE, 1, "start", "actual"), at(Entity.PROJECT, 3, "", "name")]
    held = {w.place: "旧" for w in writes} | {writes[1].place: None, writes[2].place: None}
    left, past = without_past(writes, held, {1: 2023, 2: 2023}, {writes[6].place})
    assert left == [writes[2], writes[4], writes[5], writes[6], writes[7]]
    assert past == {writes[0].place, writes[1].place, writes[3].place}
