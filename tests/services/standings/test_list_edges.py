"""Who is on the list on the day somebody leaves it, what lies in a scope, and what a rule on trial says."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.lamps import Lamp, LampRule
from hydesk.domain.lists import Ground
from hydesk.domain.meaning import Meaning
from hydesk.domain.periods import Period
from hydesk.services.pages.trial_lamps import LampChange, LampTrial
from hydesk.services.projects.adjust_list import exit_list
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.projects.list_adjustments import list_adjustments
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.read_scope import Within
from tests.services.made import fill

JUNE, JULY = Period.month(2023, 6), Period.month(2023, 7)
M = Meaning


@pytest.mark.parametrize(("day", "june", "july"), [(date(2023, 6, 29), False, False), (date(2023, 6, 30), False, False), (date(2023, 7, 1), True, False), (date(2023, 7, 31), True, False),
                                                   (date(2023, 8, 1), True, True)])
def test_who_leaves_the_list_is_off_it_from_that_day_on(ledger: Ledger, day: date, june: bool, july: bool) -> None:
    fill(ledger, 2)
    exit_list(ledger, 1, 2023, Ground(day, "不建了"))
    assert [1 in {s.id for s in list_standings(ledger, p)} for p in (JUNE, JULY)] == [june, july]


def test_a_name_typed_as_it_is_changes_nothing_and_another_keeps_the_former(ledger: Ledger) -> None:
    fill(ledger, 1)
    assert not edit_project(ledger, 1, Field.NAME, "第1号项目", JUNE, "核实").wrote
    done = edit_project(ledger, 1, Field.NAME, "电缆项目", JUNE, "更名", today=date(2023, 7, 5))
    assert done.wrote
    assert [(a.kind, a.on) for a in list_adjustments(ledger, 2023)] == [("renamed", date(2023, 7, 5))]


@pytest.mark.parametrize(("project", "unit", "inside"), [("HY1", "", True), ("HY9", "衡南县", False), ("", "衡南县", True), ("", "祁东县", False), ("HY1", "别处", True)])
def test_a_matter_is_in_a_scope_by_its_project_else_by_its_whole_unit(project: str, unit: str, inside: bool) -> None:
    assert Within(frozenset({1}), frozenset({"HY1"}), frozenset({"衡南县", "祁东县"}), frozenset({"衡南县"})).has(project, unit) is inside


def _trial(*moves: tuple[Meaning, Meaning]) -> LampTrial:
    counts = {m: i for i, m in enumerate(M, 1)}
    return LampTrial(LampRule(), JUNE, counts, counts, tuple(LampChange(i, "甲", "衡南县", Lamp(now, ()), Lamp(then, ())) for i, (now, then) in enumerate(moves)))


@pytest.mark.parametrize(("moves", "said"), [
    ((), "没有变化"), (((M.AHEAD, M.LAGGING), (M.ON_TRACK, M.SERIOUSLY_LAGGING)), "新增滞后 2 个"), (((M.LAGGING, M.AHEAD),), "不再滞后 1 个"),
    (((M.LAGGING, M.SERIOUSLY_LAGGING), (M.SERIOUSLY_LAGGING, M.LAGGING)), "加重 1 个，减轻 1 个"), (((M.AHEAD, M.ON_TRACK),), "有 1 个变化"),
    (((M.AHEAD, M.LAGGING), (M.LAGGING, M.AHEAD), (M.AHEAD, M.ON_TRACK)), "新增滞后 1 个，不再滞后 1 个")])
def test_a_rule_on_trial_says_what_moves(moves: tuple[tuple[Meaning, Meaning], ...], said: str) -> None:
    sentence = _trial(*moves).sentence
    assert sentence.startswith("按此规则：严重滞后 4 个，滞后 3 个")
    assert sentence.endswith(said if not moves else f"相比{said}")
