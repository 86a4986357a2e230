"""A draft under review: what is taken, settled and remembered; the pile of all that wait."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hydesk.domain.changes import Change, ChangeKind
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.own_columns import OwnColumn
from hydesk.domain.periods import Period
from hydesk.domain.questions import BACK, KNOWN, LATER, TAKEN
from hydesk.domain.return_states import NEEDS_PERSON, READY, REJECTED, UNCHANGED
from hydesk.domain.understanding import Corrections, ReadRow, Understanding
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.ui.screens.returns.pile import Pile
from hydesk.ui.screens.returns.ready_rows import ReadyRows
from hydesk.ui.screens.returns.waiting import WaitingDraft, finding_key

F = Field
JUNE, MAY = Period.month(2023, 6), Period.month(2023, 5)
OWN = OwnColumn("用地", id=5)


def change(project: str, row: int, field: Field | OwnColumn = F.MONTH_INVESTMENT, new: Any = 10_000, *, accepted: bool = True) -> Change:
    return Change(project, "甲", field, None, new, None, ChangeKind.NEW_FIGURE, "6月", row, f"H{row}", "1", accepted)


def row(number: int, project: str | None = "HY1", *, accepted: bool = True) -> ReadRow:
    return ReadRow("6月", number, "甲", project, "code" if project else None, accepted=accepted)


ERROR = Finding(Level.ERROR, "ytd_fell", "少了", "6月", 4, "H4", field=F.YEAR_INVESTMENT)
WARNING = Finding(Level.WARNING, "near_name", "像", "6月", 5)


def draft(*changes: Change, rows: tuple[ReadRow, ...] = (), findings: tuple[Finding, ...] = (), status: str = READY, sha: str = "a", unit: str | None = "衡南县",
          period: Period = JUNE, **more: Any) -> ReturnDraft:
    return ReturnDraft(f"{sha}.xlsx", b"", sha, period, Understanding("报表", unit, period, (), rows, findings), changes, None, more.pop("twin", None), status, **more)


ROWS = (row(4), row(5, "HY2"), row(6, None), row(7, "HY3"), row(8, "HY4", accepted=False))
HELD = (change("HY1", 4), change("HY1", 4, F.YEAR_INVESTMENT, 20_000, accepted=False), change("HY2", 5, F.ANNUAL_PLAN, accepted=False))


def test_rows_that_are_taken_follow_each_decision() -> None:
    w = WaitingDraft(draft(*HELD, rows=ROWS))
    assert [w.will_write(r) for r in ROWS] == [True, False, False, True, False]
    assert (w.rows_to_write(), w.rows_waiting()) == (2, 3)
    w.toggle([HELD[2]], True, "因")
    assert (w.rows_to_write(), w.accepted(HELD[2]), w.decided) == (3, True, {("HY2", F.ANNUAL_PLAN): True})
    w.toggle([HELD[2]], False)
    assert (w.rows_to_write(), w.decided) == (2, {})
    w.toggle([HELD[0]], False)
    assert w.rows_to_write() == 1
    w.toggle([HELD[1]], True)
    assert w.rows_to_write() == 2
    w.forget_all()
    assert (w.rows_to_write(), w.decided, w.settled) == (2, {}, {})
    assert [len(w.changes_of("6月", n)) for n in (4, 5, 6)] == [2, 1, 0]


def test_only_projects_in_doubt_are_counted_again() -> None:
    asked: list[int] = []
    ready = ReadyRows(draft(*HELD, rows=ROWS))

    def takes(r: ReadRow) -> bool:
        asked.append(r.row)
        return r.row != 5

    assert ready.count(takes) == 4
    assert ready.count(takes) == 4
    assert sorted(asked) == [4, 5, 6, 7, 8]
    ready.doubt("HY2")
    ready.doubt("HY9")
    assert (ready.count(lambda _r: True), ready.count(takes)) == (5, 5)
    ready.forget()
    assert ready.count(lambda _r: False) == 0


def test_a_step_back_and_forth_brings_decisions_and_corrections() -> None:
    w = WaitingDraft(draft(*HELD, rows=ROWS, findings=(ERROR,)))
    assert w.step_back("undo") is w.step_back("redo") is None
    w.remember_step("here")
    w.toggle([HELD[2]], True, "因")
    assert w.rows_to_write() == 3
    w.answer([ERROR], TAKEN, "核实过")
    assert (w.open_errors(), w.word(ERROR), w.accepted(HELD[1]), w.reasons[HELD[1].key]) == (0, TAKEN, True, "核实过")
    assert w.step_back("undo") is not None
    assert (w.open_errors(), w.rows_to_write(), w.accepted(HELD[1])) == (1, 3, False)
    step = w.step_back("undo")
    assert step is not None
    assert (w.decided, w.settled, w.by_hand, w.rows_to_write(), step.at, step.corrections) == ({}, {}, {}, 2, "here", Corrections())
    assert w.step_back("undo") is None
    assert w.step_back("redo") is not None
    assert w.step_back("redo") is not None
    assert (w.settled, w.accepted(HELD[1])) == ({finding_key(ERROR): TAKEN}, True)
    w.step_back("undo")
    w.remember_step()
    assert w.step_back("redo") is None


def test_what_is_seen_or_sent_back_takes_nothing_over() -> None:
    w = WaitingDraft(draft(*HELD, rows=ROWS, findings=(ERROR,)))
    for word in (KNOWN, BACK):
        w.answer([ERROR], word)
        assert (w.accepted(HELD[0]), w.rows_to_write(), w.sent_back()) == (False, 1, [ERROR] if word is BACK else [])
    w.answer([ERROR], "")
    assert (w.settled, w.open_errors()) == ({}, 1)


@pytest.mark.parametrize(("word", "left"), [(None, 1), (LATER, 1), (KNOWN, 0), (TAKEN, 0), (BACK, 0)])
def test_an_error_is_open_until_somebody_decided(word: str | None, left: int) -> None:
    w = WaitingDraft(draft(findings=(ERROR, WARNING)))
    if word:
        w.answer([ERROR], word)
    assert (w.open_errors(), w.count(Level.ERROR), w.count(Level.WARNING)) == (left, 1, 1)
    assert finding_key(ERROR) == "ytd_fell|6月|4|H4||year_investment"
    assert finding_key(WARNING) == "near_name|6月|5|||"


@pytest.mark.parametrize(("made", "settle", "status"), [
    (draft(status=REJECTED), False, "不能收"), (draft(status=UNCHANGED), False, "与已入库的相同"), (draft(findings=(ERROR,), status=NEEDS_PERSON), False, "有错误"),
    (draft(findings=(ERROR,), status=NEEDS_PERSON), True, "已核"), (draft(findings=(WARNING,)), False, "有提醒"), (draft(findings=(WARNING,)), True, "已核"),
    (draft(), False, "可入库")])
def test_the_state_in_a_word(made: ReturnDraft, settle: bool, status: str) -> None:
    w = WaitingDraft(made)
    for f in made.understanding.findings if settle else ():
        w.answer([f], KNOWN)
    assert w.status == status


def test_an_unchanged_return_can_be_taken_once_something_is_decided() -> None:
    w = WaitingDraft(draft(*HELD, status=UNCHANGED, twin=7))
    assert (w.can_apply, w.story) == (False, "与 7 号已入库的报表相同，不必再入库")
    w.toggle([HELD[2]], True, "因")
    assert (w.can_apply, w.status) == (True, "可入库")
    assert not WaitingDraft(draft(status=REJECTED)).can_apply
    assert WaitingDraft(draft()).can_apply


def test_what_is_said_of_a_draft() -> None:
    many = tuple(replace(WARNING, message=f"第{n}条") for n in range(7))
    assert WaitingDraft(draft(findings=many)).story == "第0条\n第1条\n第2条\n第3条\n第4条"
    assert WaitingDraft(draft()).story == "可入库"
    assert [WaitingDraft(d).unit for d in (draft(), draft(unit=None), draft(unit=None, status=REJECTED), draft(unit=None, status=REJECTED, rows=ROWS))] == [
        "衡南县", "（多个单位）", "（认不出）", "（多个单位）"]


def test_another_reading_keeps_decisions_on_what_is_read_as_before() -> None:
    w = WaitingDraft(draft(*HELD))
    w.toggle([HELD[0]], False)
    w.toggle([HELD[2]], True, "因")
    other = replace(HELD[0], new=11_000)
    w.read_anew(draft(other, HELD[2], rows=ROWS))
    assert w.decided == {("HY2", F.ANNUAL_PLAN): True}
    assert w.rows_to_write() == 3


def test_decisions_survive_json() -> None:
    held = (change("HY1", 4, OWN, "30", accepted=False), *HELD)
    w = WaitingDraft(draft(*held, rows=ROWS, chosen_unit="衡南县", corrections=Corrections({("6月", 4, F.MONTH_INVESTMENT): "5"}, {("6月", 6): "HY4"})))
    w.answer([ERROR], BACK)
    w.toggle([held[0]], True, "因")
    w.toggle([HELD[0]], False)
    kept = w.decisions()
    assert kept["by_hand"] == [["HY1", "own/5", True], ["HY1", "month_investment", False]]
    assert kept["reasons"] == [["HY1", "own/5", "因"]]
    assert (kept["unit"], kept["settled"]) == ("衡南县", {finding_key(ERROR): BACK})
    again = WaitingDraft(draft(*held, rows=ROWS))
    again.restore(kept)
    assert (again.decided, again.settled, again.by_hand, again.reasons) == (w.decided, w.settled, w.by_hand, w.reasons)
    without = WaitingDraft(draft(*HELD, rows=ROWS))
    without.restore(kept)
    assert without.decided == {("HY1", F.MONTH_INVESTMENT): False}
    without.restore({})
    assert (without.decided, without.settled) == ({}, {})
    assert "unit" not in WaitingDraft(draft()).decisions()


# The pile ---------------------------------------------------------------------------------------------------

def test_the_pile_shows_one_period_and_knows_the_same_file() -> None:
    pile, told = Pile(), []
    pile.pile_changed.connect(lambda: told.append(1))
    one, may = pile.add(draft(sha="a")), pile.add(draft(sha="a", period=MAY))
    twin, nameless = pile.add(draft(sha="a")), [pile.add(draft(sha="")) for _ in range(2)]
    assert (one.repeats, may.repeats, twin.repeats, [w.repeats for w in nameless]) == ("", "", "a.xlsx", ["", ""])
    assert (len(pile), len(told), pile.held("a", JUNE), pile.held("a", MAY), pile.held("", JUNE)) == (5, 5, one, may, None)
    pile.show_period(MAY)
    pile.show_period(MAY)
    assert (list(pile), len(told)) == ([may], 6)
    pile.show_period(JUNE)
    pile.remove(one)
    pile.remove(one)
    assert (len(told), pile.held("a", JUNE)) == (8, None)
    assert "重复收" in twin.story
    assert (twin.status, twin.can_apply) == ("重复收到", False)


def test_a_new_reading_takes_its_drafts_place() -> None:
    pile = Pile()
    one = pile.add(draft(*HELD, sha="a"))
    fresh = draft(sha="a")
    assert pile.renew(fresh) is one
    assert one.draft is fresh
    assert pile.renew(draft(sha="b")) is None


def test_what_waits_no_longer_in_the_ledger_goes() -> None:
    pile, told = Pile(), []
    held = [pile.add(draft(sha=s)) for s in "abc"]
    pile.pile_changed.connect(lambda: told.append(1))
    held[0].received, held[2].received = 7, 9
    pile.drop_received({1})
    assert told == []
    pile.drop_received({9, 7})
    assert (pile.items, told) == ([held[1]], [1])


def test_the_next_draft_that_wants_a_person_and_those_without_fault() -> None:
    pile = Pile()
    a, same, b, twin, bad = (pile.add(d) for d in (
        draft(sha="a"), draft(sha="s", status=UNCHANGED), draft(sha="b", findings=(ERROR,)), draft(sha="a"), draft(sha="r", status=REJECTED, findings=(ERROR,))))
    assert [pile.after(w) for w in (a, b, bad, None, same, twin)] == [b, bad, a, a, b, bad]
    assert pile.faultless() == [a]
    b.answer([ERROR], KNOWN)
    assert pile.faultless() == [a, b]
    alone = Pile()
    only = alone.add(draft(sha="x"))
    assert alone.after(only) is None
