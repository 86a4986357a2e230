"""Taking returns in: what is written, what is held back, what changes nothing, what replaces what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.allowed import AMOUNT_LIMIT
from hydesk.domain.errors import Cancelled, HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.lists import ListChange
from hydesk.domain.standing import ProjectStanding
from hydesk.services.acts.undo_acts import undo_named
from hydesk.services.projects.list_adjustments import list_adjustments
from hydesk.services.projects.project_history import project_history, provenance
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.list_returns import list_returns, original_file, return_detail
from hydesk.services.returns.read_return import judge
from hydesk.services.returns.returns_board import returns_board
from hydesk.services.returns.take_snapshot import take_snapshot
from hydesk.services.standings.list_standings import known_periods, list_standings
from tests.services.made import JUNE, MAY, code, draft, exported, fill, money
from tests.undoing import undo_depth


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    """Of each store in turn: both must answer alike."""
    return any_ledger


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Four projects; 1 and 3 are 衡南县's."""
    fill(ledger)
    return ledger


def standing(ledger: Ledger, number: int, period: object = JUNE) -> ProjectStanding:
    assert period in (MAY, JUNE)
    return next(s for s in list_standings(ledger, JUNE if period is JUNE else MAY) if s.code == code(number))


def test_figures_stand_to_the_yuan(filled: Ledger) -> None:
    big = 98_765_432_109_876
    done = apply_return(filled, draft(filled, JUNE, {1: money(1, big, funds_arrived=3), 3: money(0, 0)}), "乙").value
    assert (done.status, done.written, done.held_back) == ("applied", 7, 0)
    s = standing(filled, 1)
    assert (s.month_investment, s.year_investment, s.funds_arrived) == (1, big, 3)
    assert s.total_invested == 12_345_678 + big
    assert s.as_of == JUNE
    assert s.reported
    assert standing(filled, 3).year_investment == 0
    assert known_periods(filled) == [JUNE]


def test_what_is_not_reported_stays_as_of_the_month_before(filled: Ledger) -> None:
    apply_return(filled, draft(filled, MAY, {1: money(5, 50), 3: money(7, 70)}))
    apply_return(filled, draft(filled, JUNE, {1: money(6)}))
    one, three = standing(filled, 1), standing(filled, 3)
    assert (one.month_investment, one.year_investment, one.as_of, one.reported) == (6, 56, JUNE, True)
    assert (three.month_investment, three.year_investment, three.as_of, three.reported) == (None, 70, MAY, False)


def test_the_same_file_again_writes_nothing(filled: Ledger) -> None:
    first = draft(filled, JUNE, {1: money(1, 2)})
    done = apply_return(filled, first).value
    again = apply_return(filled, first).value
    assert (again.status, again.return_id, again.written) == ("unchanged", done.return_id, 0)
    assert len(list_returns(filled)) == 1


def test_the_same_values_in_another_file_write_nothing(filled: Ledger) -> None:
    done = apply_return(filled, draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)})).value
    other = draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)}, name="报表.csv")
    with filled.read() as connection:
        assert judge(connection, other).status == "unchanged"
    again = apply_return(filled, other).value
    assert (again.status, again.return_id) == ("unchanged", done.return_id)
    assert len(list_returns(filled)) == 1


def test_the_same_bytes_for_another_period_are_another_return(filled: Ledger) -> None:
    apply_return(filled, draft(filled, MAY, {1: money(1, 2)}, content=b"same"))
    assert apply_return(filled, draft(filled, JUNE, {1: money(1, 3)}, content=b"same")).value.status == "applied"


def test_a_rejected_return_leaves_nothing(filled: Ledger) -> None:
    bad = draft(filled, JUNE, {1: money(1, 2)})
    bad = replace(bad, understanding=replace(bad.understanding, rejected=True))
    done = apply_return(filled, bad).value
    assert (done.return_id, done.status) == (None, "rejected")
    assert list_returns(filled) == []


def test_a_row_with_an_error_waits_and_the_others_are_written(filled: Ledger) -> None:
    found = Finding(Level.ERROR, "ytd_fell", "“表”H5：累计变小", "表", 5, "H5", project=code(3))
    done = apply_return(filled, draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)}, held_back=(3,), findings=(found,))).value
    assert (done.status, done.held_back) == ("partly_applied", 1)
    assert standing(filled, 1).year_investment == 2
    assert standing(filled, 3).year_investment is None
    line = next(b for b in returns_board(filled, JUNE) if b.unit == "衡南县")
    assert (line.status, line.errors, line.rows) == ("部分入库", 1, 2)


def test_a_held_back_row_is_written_where_a_person_accepts_it(filled: Ledger) -> None:
    wanted = {(code(3), Field.MONTH_INVESTMENT): True, (code(3), Field.YEAR_INVESTMENT): True}
    first = draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)}, held_back=(3,))
    assert apply_return(filled, first).value.status == "partly_applied"
    done = apply_return(filled, first, accept=wanted).value
    assert (done.status, done.held_back, done.written) == ("applied", 0, 3 + 1)
    assert standing(filled, 3).year_investment == 4
    assert apply_return(filled, first, accept=wanted).value.status == "unchanged"


def test_a_person_can_hold_one_value_back(filled: Ledger) -> None:
    apply_return(filled, draft(filled, JUNE, {1: money(1, 2)}), accept={(code(1), Field.MONTH_INVESTMENT): False})
    assert standing(filled, 1).year_investment == 2
    history = project_history(filled, standing(filled, 1).id)
    assert Field.MONTH_INVESTMENT not in history.months[0].money


def test_ledger_facts_are_proposals(filled: Ledger) -> None:
    proposal = draft(filled, JUNE, {1: money(1, 2, total_investment=5_000_000_000, annual_plan=7, name="新名字")})
    apply_return(filled, proposal)
    assert standing(filled, 1).total_investment == 1_000_000_001
    changed = draft(filled, JUNE, {1: money(1, 3, total_investment=5_000_000_000, annual_plan=7, name="新名字")})
    facts = [(code(1), f) for f in (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN, Field.NAME)]
    apply_return(filled, changed, accept=dict.fromkeys(facts, True), reasons=dict.fromkeys(facts, "市政府常务会议调整"))
    s = standing(filled, 1)
    assert (s.total_investment, s.annual_plan, s.name) == (5_000_000_000, 7, "新名字")
    assert "第1号项目" in next(p.names for p in take_snapshot(filled, JUNE).projects if p.code == code(1))


def test_a_fact_is_taken_over_for_a_reason_only_and_stands_among_the_adjustments(filled: Ledger) -> None:
    plan, month = (code(1), Field.ANNUAL_PLAN), (code(3), Field.MONTH_INVESTMENT)
    changed = draft(filled, JUNE, {1: money(1, 3, annual_plan=7), 3: money(5, 6)}, held_back=(3,))
    before = standing(filled, 1).annual_plan
    for said in ({}, {plan: "  "}, {month: "核实过"}):
        with pytest.raises(HydeskError, match="写明理由"):
            apply_return(filled, changed, accept={plan: True, month: True}, reasons=said)
    assert (standing(filled, 1).annual_plan, standing(filled, 1).year_investment) == (before, None), "nothing is written"
    done = apply_return(filled, changed, accept={plan: True}, reasons={plan: " 市政府  第12次常务会议 "})
    (line,) = list_adjustments(filled)
    assert (line.code, line.kind, line.reason) == (code(1), ListChange.ADJUSTED, "市政府 第12次常务会议")
    assert [c.label for c in line.changes] == ["年度计划投资"]
    undo_named(filled, done.acts[0])
    assert list_adjustments(filled) == []
    assert standing(filled, 1).annual_plan == before
    apply_return(filled, draft(filled, JUNE, {1: money(1, 4, name="新名字")}),
                 accept={(code(1), Field.NAME): True}, reasons={(code(1), Field.NAME): "更名批复"})
    assert [a.kind for a in list_adjustments(filled)] == [ListChange.RENAMED]


def test_what_the_ledger_refuses_when_typed_comes_in_through_no_review(filled: Ledger) -> None:
    every = {(code(n), f): True for n in (1, 3) for f in (Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT)}
    for wrong in (-1, AMOUNT_LIMIT):
        for held_back in ((), (3,)):
            read = draft(filled, JUNE, {1: money(1, 2), 3: money(wrong, 4)}, held_back=held_back, name=f"{wrong}{held_back}.xlsx")
            done = apply_return(filled, read, accept=every).value
            assert (done.status, done.held_back) == ("partly_applied", 1)
            assert "第3号项目" in done.refused[0]
            assert (standing(filled, 1).year_investment, standing(filled, 3).year_investment) == (2, None)
    last = draft(filled, JUNE, {3: money(AMOUNT_LIMIT - 1, 0)})
    assert apply_return(filled, last).value.refused == ()
    assert (standing(filled, 3).month_investment, standing(filled, 3).year_investment) == (AMOUNT_LIMIT - 1, 0)


def test_a_value_left_out_of_a_row_no_longer_bars_the_others(filled: Ledger) -> None:
    read = draft(filled, JUNE, {3: money(-1, 4)}, held_back=(3,))
    done = apply_return(filled, read, accept={(code(3), Field.YEAR_INVESTMENT): True}).value
    assert (done.status, done.refused, standing(filled, 3).year_investment) == ("applied", (), 4)
    assert standing(filled, 3).month_investment != -1


def test_a_corrected_return_replaces_the_earlier_and_both_are_shown(filled: Ledger) -> None:
    first = apply_return(filled, draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)})).value
    second = apply_return(filled, draft(filled, JUNE, {1: money(9, 10), 3: money(3, 4)}, name="更正.xlsx"), "丙").value
    newer, older = list_returns(filled, JUNE)
    assert (newer.id, newer.superseded_by, older.id, older.superseded_by) == (
        second.return_id, None, first.return_id, second.return_id)
    said = [(c.new, c.source) for c in project_history(filled, standing(filled, 1).id).changes
            if c.field == "本月完成投资"]
    assert said == [("0.0009万元", "更正.xlsx 表 H4"), ("0.0001万元", "报表.xlsx 表 H4")]
    assert next(b.returns for b in returns_board(filled, JUNE) if b.unit == "衡南县") == 2


def test_a_second_file_for_other_projects_replaces_nothing(filled: Ledger) -> None:
    apply_return(filled, draft(filled, JUNE, {1: money(1, 2)}))
    apply_return(filled, draft(filled, JUNE, {3: money(3, 4)}, name="其余.xlsx"))
    assert [r.superseded_by for r in list_returns(filled)] == [None, None]


def test_original_and_understanding_are_kept(filled: Ledger) -> None:
    note = Finding(Level.NOTE, "done_over_plan", "完成率超过100%", "表", 4, "H4", None, code(1), Field.YEAR_INVESTMENT, 8)
    given = draft(filled, JUNE, {1: money(1, 2, progress_text="=打桩")}, findings=(note,), content=b"\x00bytes")
    done = apply_return(filled, given).value
    assert done.return_id is not None
    assert original_file(filled, done.return_id) == ("报表.xlsx", b"\x00bytes")
    detail = return_detail(filled, done.return_id)
    assert detail.rows == given.understanding.rows
    assert detail.findings == (note,)
    assert {(c.field, c.new) for c in detail.changes} == {
        ("本月完成投资", "0.0001万元"), ("年初至本月累计完成投资", "0.0002万元"), ("形象进度", "=打桩")}


def test_every_figure_says_where_it_came_from(filled: Ledger) -> None:
    done = apply_return(filled, draft(filled, JUNE, {1: money(1, 2)}), "丁").value
    found = provenance(filled, standing(filled, 1).id, Field.YEAR_INVESTMENT, JUNE)
    assert found is not None
    assert (found.return_id, found.file, found.sheet, found.cell, found.words, found.actor) == (
        done.return_id, "报表.xlsx", "表", "H4", "“2”", "丁")
    assert provenance(filled, standing(filled, 1).id, Field.FUNDS_ARRIVED, JUNE) is None


def test_cancelling_leaves_the_ledger_as_it_was(filled: Ledger) -> None:
    before, depth = exported(filled), undo_depth(filled)

    def stop(fraction: float, _doing: str) -> None:
        if fraction == 1.0:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply_return(filled, draft(filled, JUNE, {1: money(1, 2)}), progress=stop)
    assert (exported(filled), undo_depth(filled), list_returns(filled)) == (before, depth, [])
    assert known_periods(filled) == []


def test_a_workbook_of_several_units_counts_for_each(filled: Ledger) -> None:
    apply_return(filled, draft(filled, JUNE, {1: money(1, 2), 2: money(3, 4), 4: money(5, 6)}, unit=None))
    lines = {b.unit: b for b in returns_board(filled, JUNE)}
    assert {u: (b.status, b.rows) for u, b in lines.items()} == {"衡南县": ("已入库", 1), "祁东县": ("已入库", 2)}


def test_weekly_words_are_the_newest_while_amounts_are_of_the_month(filled: Ledger) -> None:
    from hydesk.domain.periods import Period

    apply_return(filled, draft(filled, MAY, {1: money(5, 50, progress_text="五月")}))
    week = Period.week(2023, 24)
    apply_return(filled, draft(filled, week, {1: money(progress_text="本周打桩")}))
    s = next(s for s in list_standings(filled, week) if s.code == code(1))
    assert (s.progress_text, s.year_investment, s.month_investment, s.as_of, s.reported) == ("本周打桩", 50, 5, MAY, True)
