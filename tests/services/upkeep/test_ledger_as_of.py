"""The ledger as it stood: whatever was done, undone and redone since, a past moment reads as it read then."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hydesk.db import seals
from hydesk.db.agreement import unsettled
from hydesk.db.damage import damage_of
from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import acts, redo_last, undo_last
from hydesk.services.acts.undo_import import undo_import
from hydesk.services.projects.adjust_list import add_project, exit_list
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.list_adjustments import list_adjustments
from hydesk.services.projects.merge_projects import merge_projects
from hydesk.services.projects.project_history import project_history
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.rules.settings import get_setting, set_setting
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.sub_projects import SubProjectLine, list_packages, set_sub_projects
from hydesk.services.upkeep.ledger_as_of import ledger_as_of
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.made import JUNE, MAY, draft, exported, facts, fill, list_of, money, take_list
from tests.undoing import next_redo, next_undo

JULY = Period.month(2023, 7)
WHY = Ground(date(2023, 6, 20), "会议定的")


def seen(ledger: Ledger) -> Any:
    """Everything that screens and exports show, cell by cell."""
    return ([list_standings(ledger, p) for p in (MAY, JUNE, JULY)], exported(ledger), list_packages(ledger, 2023),
            [(a.act_id, a.project_id, a.kind, a.figures) for a in list_adjustments(ledger)],
            [(r.id, r.period, r.status, r.undone) for r in list_returns(ledger)],
            get_setting(ledger, "office_name"), next_undo(ledger), next_redo(ledger))


def step(ledger: Ledger, dice: random.Random, number: int) -> None:
    """Something that a clerk might do."""
    listed = list_standings(ledger, JUNE)
    some = dice.choice(listed).id if listed else 0
    period = dice.choice((MAY, JUNE, JULY))
    kind = dice.randrange(11)
    if kind == 0:
        edit_project(ledger, some, Field.ANNUAL_PLAN, dice.randrange(10**9), JUNE, "调整", "甲")
    elif kind == 1:
        edit_project(ledger, some, Field.NAME, f"改名{number}", JUNE)
    elif kind in (2, 3):
        known = [int(s.code[-3:]) for s in list_standings(ledger, period) if s.code in {f"HY2023-00{n}" for n in range(1, 6)}]
        if known:
            rows = {n: money(dice.randrange(10**6), dice.randrange(10**8)) for n in known}
            apply_return(ledger, draft(ledger, period, rows, name=f"{number}.xlsx"))
    elif kind in (4, 5):
        undo_last(ledger)
    elif kind == 6:
        redo_last(ledger)
    elif kind == 7:
        take_list(ledger, *(facts(n, total_investment=dice.randrange(10**10)) for n in range(1, dice.randrange(3, 6))))
    elif kind == 8:
        held = [r.id for r in list_returns(ledger) if not r.undone]
        if held:
            undo_import(ledger, dice.choice(held))
    elif kind == 9:
        set_setting(ledger, "office_name", f"办{number}")
        set_sub_projects(ledger, some, [SubProjectLine(f"子{number}", total_investment=number)])
    elif len(listed) > 2:
        if dice.random() < 0.5:
            merge_projects(ledger, [listed[0].id, listed[-1].id], 2023, WHY)
        else:
            exit_list(ledger, some, 2023, WHY)


@given(seed=st.integers(0, 10**9))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_past_moment_reads_as_it_read_then(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    dice = random.Random(seed)
    ledger = create_ledger(tmp_path_factory.mktemp("往日") / "台账.hydesk")
    fill(ledger)
    kept: list[tuple[datetime, Any]] = []
    for number in range(16):
        with suppress(HydeskError):
            step(ledger, dice, number)
        kept.append((_tick(), seen(ledger)))
    for moment, then in dice.sample(kept, 5):
        past = ledger_as_of(ledger, moment)
        assert seen(past) == then
        with past.read() as connection:
            assert list(seals.broken(connection)) == []
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []  # nobody watched while it was rewound
            assert unsettled(connection) == []
        past.close()
    ledger.close()


def _tick() -> datetime:
    """This moment, once the clock has moved on from it, so that no two steps share one."""
    moment = datetime.now(UTC)
    while datetime.now(UTC) <= moment:
        pass
    return moment


def test_june_is_seen_right_after_its_return(ledger: Ledger) -> None:
    fill(ledger)
    apply_return(ledger, draft(ledger, JUNE, {1: money(1, 2)}))
    june = acts(ledger)[0]
    then = seen(ledger)
    apply_return(ledger, draft(ledger, JULY, {1: money(3, 5)}))
    edit_project(ledger, list_standings(ledger, JUNE)[0].id, Field.NAME, "后来的名字", JUNE)
    undo_last(ledger)
    past = ledger_as_of(ledger, act_id=june.id)
    assert seen(past) == then
    assert june.title in past.said
    assert project_history(past, list_standings(past, JUNE)[0].id) is not None
    path = past.path
    past.close()
    assert path is not None
    assert not path.parent.exists()


def test_a_past_ledger_refuses_to_be_changed_with_a_sentence(ledger: Ledger) -> None:
    fill(ledger)
    past = ledger_as_of(ledger, date.today())
    with pytest.raises(HydeskError, match="只读"):
        edit_project(past, 1, Field.ANNUAL_PLAN, 1, JUNE)
    past.close()


def test_before_anything_was_there_it_says_since_when_there_is(ledger: Ledger) -> None:
    fill(ledger)
    with pytest.raises(HydeskError, match="还没有任何内容，最早的记录是"):
        ledger_as_of(ledger, date(2001, 1, 1))
    with pytest.raises(HydeskError, match="没有这一步操作"):
        ledger_as_of(ledger, act_id=99)


def test_a_code_that_went_to_another_project_comes_back(ledger: Ledger) -> None:
    take_list(ledger, facts(1), facts(2))
    act = acts(ledger)[0].id
    then = seen(ledger)
    undo_last(ledger, Actor("甲"))
    add_project(ledger, 2023, {Field.NAME: "另一个", Field.REPORTING_UNIT: "衡南县", Field.CODE: "HY2023-001",
                               Field.PLANNED_START: LooseDate.of_month(2023, 3)}, WHY)
    past = ledger_as_of(ledger, act_id=act)
    assert seen(past) == then
    assert past.path is not None
    assert Path(past.location) == past.path  # opened as it is, not a copy of what can be read of a damaged one
    assert damage_of(past.path) == ""
    past.close()
    assert list_of(facts(1)).file
