"""What answers make of a return's values, and what is said before it is taken in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydesk.domain.changes import Change, ChangeKind
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.own_columns import OwnColumn
from hydesk.domain.questions import BACK, KNOWN, LATER, TAKEN
from hydesk.services.returns.weigh_answers import change_comes_in, taken_by

PLAN, MONTH, YEAR = Field.ANNUAL_PLAN, Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT


def change(field: Field | OwnColumn, new: int, old: int | None = None, *, accepted: bool = True, cell: str = "H3") -> Change:
    kind = ChangeKind.NEW_FIGURE if field in (MONTH, YEAR) else ChangeKind.LEDGER_FIELD
    return Change("HY-1", "甲", field, old, new, None, kind, "表", 3, cell, "", accepted)


def error(code: str, field: Field) -> Finding:
    return Finding(Level.ERROR, code, "", "表", 3, "H3", None, "HY-1", field)


def warning(code: str, field: Field | None, cell: str = "H3") -> Finding:
    return Finding(Level.WARNING, code, "", "表", 3, cell, None, "HY-1", field)


def comes_in(row: list[Change], answers: list[tuple[Finding, str]]) -> list[bool]:
    findings = [f for f, _ in answers]
    return [change_comes_in(c, row, findings, {id(f): word for f, word in answers}) for c in row]


@pytest.mark.parametrize("word", ["", KNOWN, BACK, LATER])
def test_a_fact_gives_way_to_nothing_but_being_taken_over(word: str) -> None:
    row = [change(PLAN, 7, 5, accepted=False), change(MONTH, 1)]
    assert comes_in(row, [(warning("plan_changed", PLAN), word)]) == [False, True]
    assert comes_in(row, [(warning("plan_changed", PLAN), TAKEN)]) == [True, True]


def test_an_error_taken_over_brings_the_figures_in_and_never_a_fact() -> None:
    row = [change(PLAN, 7, 5, accepted=False), change(MONTH, 1, accepted=False), change(YEAR, 2, accepted=False)]
    fell = error("ytd_fell", YEAR)
    assert comes_in(row, [(fell, TAKEN), (warning("plan_changed", PLAN), KNOWN)]) == [False, True, True]
    assert taken_by(row, [fell], [fell]) == row[1:]


def test_a_row_with_two_errors_waits_until_both_were_taken_over() -> None:
    row = [change(MONTH, 1, accepted=False), change(YEAR, 2, accepted=False)]
    both = [error("ytd_fell", YEAR), error("month_over_year", MONTH)]
    for words, inside in (((TAKEN, ""), False), ((TAKEN, KNOWN), False), ((TAKEN, BACK), False), ((TAKEN, TAKEN), True)):
        assert comes_in(row, list(zip(both, words, strict=True))) == [inside, inside]


def test_what_the_ledger_refuses_is_left_out_whatever_was_answered() -> None:
    row = [change(MONTH, -1, accepted=False), change(YEAR, 2, accepted=False)]
    assert comes_in(row, [(error("negative", MONTH), TAKEN)]) == [False, True]
    assert taken_by(row, [error("negative", MONTH)], [error("negative", MONTH)]) == row[1:]


def test_a_warning_sent_back_leaves_its_own_value_out_or_the_row_where_it_names_none() -> None:
    row = [change(MONTH, 1), change(YEAR, 2)]
    assert comes_in(row, [(warning("copied_month", MONTH), BACK)]) == [False, True]
    assert comes_in(row, [(warning("missing_value", Field.TOTAL_INVESTED), BACK)]) == [False, False]
    assert comes_in(row, [(warning("copied_month", MONTH), KNOWN)]) == [True, True]


def test_a_figure_out_of_a_sentence_or_against_an_edit_comes_in_only_taken_over() -> None:
    for code in ("ledger_edited", "amount_in_words"):
        row = [change(MONTH, 1, accepted=False)]
        assert comes_in(row, [(warning(code, MONTH), KNOWN)]) == [False]
        assert comes_in(row, [(warning(code, MONTH), TAKEN)]) == [True]


def test_an_own_column_is_told_from_another_by_its_cell() -> None:
    one, other = (replace(change(OwnColumn(n, id=i), 7, 5, accepted=False), cell=cell) for i, (n, cell) in enumerate((("甲", "K3"), ("乙", "L3")), 1))
    assert comes_in([one, other], [(warning("own_changed", None, "L3"), TAKEN)]) == [False, True]
