"""Trying a lamp rule, using it, and judging a project by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.lamps import LampMode, LampRule
from hydesk.domain.meaning import Meaning
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.pages.overview import overview
from hydesk.services.pages.trial_lamps import trial_lamps
from hydesk.services.projects.override_lamp import override_lamp
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.rules.office_rules import lamp_rule, set_lamp_rule
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import JUNE, draft, fill, money


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Plans of 200,000,001 each; done 45 %, 35 %, 15 % and nothing reported, at 50 % of the year."""
    fill(ledger, 4)
    rows = {n: money(year=200_000_001 * share // 100) for n, share in ((1, 45), (2, 35), (3, 15))}
    apply_return(ledger, draft(ledger, JUNE, rows, unit=None))
    return ledger


def test_a_trial_counts_and_names_what_would_change(filled: Ledger) -> None:
    trial = trial_lamps(filled, LampRule(LampMode.POINTS, Decimal("0.05"), Decimal("0.10")), JUNE)
    assert trial.now[Meaning.LAGGING] == 1
    assert trial.then[Meaning.SERIOUSLY_LAGGING] == 2
    assert [(c.name, c.then.meaning) for c in trial.changes] == [
        ("第2号项目", Meaning.SERIOUSLY_LAGGING), ("第1号项目", Meaning.LAGGING)]
    assert trial.sentence == "按此规则：严重滞后 2 个，滞后 1 个；与现行规则相比新增滞后 1 个，加重 1 个"
    assert lamp_rule(filled) == LampRule()


def test_a_trial_of_the_rule_in_force_changes_nothing(filled: Ledger) -> None:
    assert trial_lamps(filled, LampRule(), JUNE).sentence.endswith("没有变化")


def test_a_rule_is_used_and_undone(filled: Ledger) -> None:
    rule = LampRule(LampMode.RATIO, Decimal("0.8"), Decimal("0.6"), start_delay=30, statistics_months=3, problem_delay=1)
    set_lamp_rule(filled, rule)
    assert lamp_rule(filled) == rule
    assert overview(filled, JUNE).meanings[Meaning.LAGGING] == 2  # one behind, one that should have begun
    assert undo_last(filled) == "修改预警规则"
    assert lamp_rule(filled) == LampRule()


def test_a_person_judges_with_a_reason_and_can_take_it_back(filled: Ledger) -> None:
    third = list_standings(filled, JUNE)[2]
    with pytest.raises(HydeskError, match="理由"):
        override_lamp(filled, third.id, 2023, Meaning.ON_TRACK, " ")
    override_lamp(filled, third.id, 2023, Meaning.ON_TRACK, "汛期停工", Actor("甲"))
    assert list_standings(filled, JUNE)[2].lamp_meaning == "on_track"
    assert overview(filled, JUNE).meanings[Meaning.SERIOUSLY_LAGGING] == 0
    assert undo_last(filled, Actor("甲")) == "人工判定“第3号项目”为正常"
    assert overview(filled, JUNE).meanings[Meaning.SERIOUSLY_LAGGING] == 1
    override_lamp(filled, third.id, 2023, Meaning.ON_TRACK, "汛期停工")
    override_lamp(filled, third.id, 2023, None)
    assert list_standings(filled, JUNE)[2].lamp_meaning is None
    with pytest.raises(HydeskError, match="2022年"):
        override_lamp(filled, third.id, 2022, Meaning.ON_TRACK, "汛期停工")
