"""Three-way differences: the last return, what a person edited since, and this return."""

from __future__ import annotations

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.changes import three_way
from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.correct_draft import correct_draft
from hydesk.services.returns.draft_age import is_stale, ledger_version
from hydesk.services.returns.keep_received import keep_received
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import JUNE, MAY, code
from tests.services.sheets import FIRST_ROW, YEAR, fill_ledger, line, read


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    fill_ledger(ledger)
    apply_return(ledger, read(ledger, [line(n, 10, 100) for n in (1, 2, 3, 4)], MAY, "5月.xlsx"))
    return ledger


def first(ledger: Ledger) -> int:
    return list_standings(ledger, JUNE)[0].id


def test_a_figure_edited_by_hand_is_not_overwritten_by_itself(filled: Ledger) -> None:
    apply_return(filled, read(filled, [line(1, 20, 120), line(2, 20, 120)]))
    edit_project(filled, first(filled), YEAR, 1_250_000, JUNE, actor="李四")
    again = read(filled, [line(1, 25, 130), line(2, 21, 121)])
    change = next(c for c in again.changes if c.project == code(1) and c.field is YEAR)
    assert (change.old, change.previous, change.new, change.accepted) == (1_250_000, 1_200_000, 1_300_000, False)
    assert change.edited is not None
    assert (change.edited.value, change.edited.actor) == (1_250_000, "李四")
    story = three_way(change)
    assert story.startswith("上次报表 120.00万元 → 台账由李四于")
    assert story.endswith("改为 125.00万元 → 本次报表 130.00万元")
    [finding] = [f for f in again.understanding.findings if f.code == "ledger_edited"]
    assert (finding.cell, finding.field) == (f"G{FIRST_ROW}", YEAR)
    assert "李四" not in finding.message
    apply_return(filled, again)
    one, two = list_standings(filled, JUNE)[:2]
    assert (one.year_investment, two.year_investment) == (1_250_000, 1_210_000)
    apply_return(filled, again, accept={(code(1), YEAR): True})
    assert list_standings(filled, JUNE)[0].year_investment == 1_300_000


def test_a_return_that_says_what_was_edited_needs_no_word(filled: Ledger) -> None:
    apply_return(filled, read(filled, [line(1, 20, 120)]))
    edit_project(filled, first(filled), YEAR, 1_250_000, JUNE)
    again = read(filled, [line(1, 25, 125)])
    assert not [f for f in again.understanding.findings if f.code == "ledger_edited"]
    apply_return(filled, again)
    # Once a return has confirmed it, the next one is compared with that return.
    later = read(filled, [line(1, 26, 126)])
    assert all(c.edited is None for c in later.changes if c.field is YEAR)


def test_what_was_corrected_in_the_review_is_guarded_too(filled: Ledger) -> None:
    draft = read(filled, [line(1, 20, 120)])
    apply_return(filled, correct_draft(filled, draft, {("6月", FIRST_ROW, YEAR): "125"}))
    again = read(filled, [line(1, 21, 120)])
    change = next(c for c in again.changes if c.field is YEAR)
    assert not change.accepted
    assert three_way(change).startswith("上次报表 “120” → 台账由")


def test_an_edit_of_the_month_before_explains_a_fall(filled: Ledger) -> None:
    edit_project(filled, first(filled), YEAR, 1_300_000, MAY, actor="李四")
    draft = read(filled, [line(1, 20, 120), line(2, 20, 120)])
    found = [f.code for f in draft.understanding.findings]
    assert {"ytd_fell", "ledger_edited"} <= set(found)
    change = next(c for c in draft.changes if c.project == code(1) and c.field is YEAR)
    assert change.edited is not None
    assert (change.previous, change.edited.value) == (1_000_000, 1_300_000)
    assert all(c.edited is None for c in draft.changes if c.project == code(2))


def test_a_fact_edited_since_the_last_return_tells_its_three_sides(filled: Ledger) -> None:
    edit_project(filled, first(filled), Field.ANNUAL_PLAN, 300_000_000, JUNE, actor="李四")
    draft = read(filled, [line(1, 20, 120)])
    change = next(c for c in draft.changes if c.field is Field.ANNUAL_PLAN)
    assert (change.previous, change.old, change.new, change.accepted) == (200_000_000, 300_000_000, 200_000_000, False)
    assert change.edited is not None
    undo_last(filled, Actor("李四"))
    assert not [c for c in read(filled, [line(1, 20, 120)]).changes if c.field is Field.ANNUAL_PLAN]


def test_a_draft_ages_when_what_it_speaks_of_is_edited_and_only_then(filled: Ledger) -> None:
    draft = read(filled, [line(1, 20, 120)])
    before = ledger_version(filled)
    assert not is_stale(filled, draft)
    keep_received(filled, draft)
    assert ledger_version(filled) == before
    edit_project(filled, first(filled), YEAR, 1, MAY)
    assert ledger_version(filled) != before
    assert is_stale(filled, draft)
    undo_last(filled)
    assert not is_stale(filled, draft)
