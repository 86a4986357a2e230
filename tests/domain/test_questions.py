"""Findings of one cause in a file are one decision; Enter takes nothing but a proposed correction of a figure."""

from __future__ import annotations

from hydesk.domain.allowed import AMOUNT_LIMIT, why_refused
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.questions import Means, questions_of

PLAN, MONTH, YEAR = Field.ANNUAL_PLAN, Field.MONTH_INVESTMENT, Field.YEAR_INVESTMENT


def found(level: Level, code: str, row: int | None = 3, field: Field | None = None, *, sheet: str = "表", column: str | None = None,
          suggestion: int | None = None) -> Finding:
    return Finding(level, code, "……", sheet, row, f"H{row}" if row else None, column, f"HY-{row}", field, suggestion)


def sizes(*findings: Finding) -> list[tuple[str, int]]:
    return [(q.first.code, len(q)) for q in questions_of(findings)]


def test_one_code_about_one_field_is_one_question_on_whichever_sheets() -> None:
    plans = [found(Level.WARNING, "plan_changed", row, PLAN, sheet=sheet) for row in (4, 3) for sheet in ("一", "二")]
    assert sizes(*plans) == [("plan_changed", 4)]
    (q,) = questions_of(plans)
    assert [f.row for f in q.findings] == [3, 3, 4, 4]


def test_other_fields_other_levels_and_figures_without_a_proposal_are_other_causes() -> None:
    assert sizes(found(Level.ERROR, "negative", 3, MONTH), found(Level.ERROR, "negative", 4, YEAR)) == [("negative", 1), ("negative", 1)]
    slips = [found(Level.ERROR, "unit_slip", r, MONTH, suggestion=s) for r, s in ((3, 5), (4, 6), (5, None))]
    assert sizes(*slips) == [("unit_slip", 2), ("unit_slip", 1)]
    assert sizes(found(Level.ERROR, "ytd_fell", 3, YEAR), found(Level.WARNING, "ytd_fell", 4, YEAR)) == [("ytd_fell", 1), ("ytd_fell", 1)]


def test_totals_that_differ_are_one_cause_whatever_they_add_up() -> None:
    assert sizes(found(Level.WARNING, "sum_differs", 9, PLAN), found(Level.WARNING, "subtotal_differs", 5, MONTH)) == [("subtotal_differs", 2)]


def test_which_project_a_row_is_and_what_a_column_means_are_asked_one_by_one() -> None:
    assert sizes(*(found(Level.ERROR, "unknown_project", r, Field.NAME) for r in (3, 4))) == [("unknown_project", 1)] * 2
    assert sizes(*(found(Level.WARNING, "column_unclear", None, column=c) for c in "DE")) == [("column_unclear", 1)] * 2
    assert sizes(*(found(Level.ERROR, "unreadable", None) for _ in range(2))) == [("unreadable", 1)] * 2


def test_errors_come_first_then_warnings_then_notes_each_down_the_sheet() -> None:
    order = [found(Level.NOTE, "placeholder", 3), found(Level.WARNING, "copied_month", 9, MONTH), found(Level.ERROR, "negative", 20, MONTH),
             found(Level.ERROR, "over_total", 7, YEAR)]
    assert [q.first.code for q in questions_of(order)] == ["over_total", "negative", "copied_month", "placeholder"]
    assert [q.asks for q in questions_of(order)] == [True, True, True, False]


def test_enter_takes_a_proposed_correction_of_a_figure_and_nothing_else() -> None:
    def means(f: Finding) -> Means:
        return questions_of([f])[0].means

    assert means(found(Level.ERROR, "unit_slip", 3, MONTH, suggestion=5)) is Means.MEND
    assert means(found(Level.ERROR, "unit_slip", 3, MONTH)) is Means.SEEN
    assert means(found(Level.WARNING, "plan_changed", 3, PLAN, suggestion=5)) is Means.SEEN, "a warning is never taken by Enter"
    assert means(found(Level.WARNING, "amount_in_words", 3, MONTH)) is Means.SEEN


def test_the_ledger_refuses_amounts_below_zero_and_beyond_every_project() -> None:
    assert [bool(why_refused(MONTH, v)) for v in (-1, 0, AMOUNT_LIMIT - 1, AMOUNT_LIMIT)] == [True, False, False, True]
    assert "本月完成投资" in why_refused(MONTH, -1)
    assert why_refused(MONTH, None) == ""
    assert why_refused(MONTH, True)
    assert why_refused(Field.PROGRESS_TEXT, "-1") == ""
