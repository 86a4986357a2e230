"""Corrections in the review: typed as a person types, checked again, the county's words kept."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from hydesk.db.ledger import Ledger
from hydesk.db.models import LogEntry
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.correct_draft import correct_draft, pack_corrections, unpack_corrections
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import JUNE, MAY, code
from tests.services.sheets import FIRST_ROW, MONTH, TEXT, YEAR, fill_ledger, line, read

SHEET = "6月"


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    fill_ledger(ledger)
    apply_return(ledger, read(ledger, [line(n, 10, 100) for n in (1, 2, 3, 4)], MAY, "5月.xlsx"))
    return ledger


def codes(draft: object) -> set[str]:
    return {f.code for f in draft.understanding.findings}  # type: ignore[attr-defined]


def test_a_corrected_figure_is_checked_again_and_written_with_the_county_s_words(filled: Ledger) -> None:
    draft = read(filled, [line(1, 20, 90), *(line(n, 11, 111) for n in (2, 3, 4))])
    assert "ytd_fell" in codes(draft)
    fixed = correct_draft(filled, draft, {(SHEET, FIRST_ROW, YEAR): "120"})
    assert "ytd_fell" not in codes(fixed)
    assert "corrected" in codes(fixed)
    row = fixed.understanding.rows[0]
    assert (row.accepted, row.values[YEAR], row.words[YEAR]) == (True, 1_200_000, "90")
    apply_return(filled, fixed)
    held = list_standings(filled, JUNE)[0]
    assert held.year_investment == 1_200_000
    with filled.read() as connection:
        entry = connection.execute(select(LogEntry.words, LogEntry.reason, LogEntry.new).where(
            LogEntry.project_id == held.id, LogEntry.scope == str(JUNE), LogEntry.field == YEAR.value)).one()
    assert tuple(entry) == ("90", "核对时更正：原文“90”", "1200000")


def test_a_correction_in_words_with_a_unit_is_read_as_a_cell_would_be(filled: Ledger) -> None:
    draft = read(filled, [line(1, 20, 120), line(2, 11, 111)])
    fixed = correct_draft(filled, draft, {
        (SHEET, FIRST_ROW, MONTH): "0.003亿", (SHEET, FIRST_ROW, TEXT): " 主体封顶 ", (SHEET, FIRST_ROW + 1, YEAR): ""})
    one, two = fixed.understanding.rows
    assert (one.values[MONTH], one.values[TEXT]) == (300_000, "主体封顶")
    assert YEAR not in two.values
    assert "blank_key" in codes(fixed)
    # The whole set counts: without it everything is as the county wrote it.
    again = correct_draft(filled, fixed, {})
    assert again.understanding.rows == draft.understanding.rows


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    (YEAR, "约三千", "读不出金额"), (YEAR, "约3000", "不是确切数字"), (Field.NAME, "别的项目", "不能直接改"),
])
def test_what_cannot_stand_there_is_refused_in_a_sentence(filled: Ledger, field: Field, typed: str, sentence: str) -> None:
    draft = read(filled, [line(1, 20, 120)])
    with pytest.raises(HydeskError, match=sentence):
        correct_draft(filled, draft, {(SHEET, FIRST_ROW, field): typed})
    with pytest.raises(HydeskError, match="没有表"):
        correct_draft(filled, draft, {(SHEET, 99, YEAR): "1"})
    with pytest.raises(HydeskError, match="不是项目行"):
        correct_draft(filled, draft, {(SHEET, 1, YEAR): "1"})


def test_a_person_says_which_project_a_stranger_is(filled: Ledger) -> None:
    stranger = (1, "", "毫不相干的名字", 100_000, 20_000, 20, 120, "在建")
    draft = read(filled, [stranger, line(2, 11, 111)])
    assert draft.understanding.rows[0].project is None
    told = correct_draft(filled, draft, {}, {(SHEET, FIRST_ROW): code(1)})
    row = told.understanding.rows[0]
    assert (row.project, row.match, row.accepted) == (code(1), "person", True)
    assert "unknown_project" not in codes(told)
    with pytest.raises(HydeskError, match="没有编号为"):
        correct_draft(filled, draft, {}, {(SHEET, FIRST_ROW): "HY0000-000"})
    twice = correct_draft(filled, draft, {}, {(SHEET, FIRST_ROW): code(2)})
    assert "duplicate" in codes(twice)


def test_a_sum_that_agreed_with_the_county_s_figures_is_not_spoken_of(filled: Ledger) -> None:
    rows = [line(1, 20, 120), line(2, 11, 111), ("合计", "", "", 200_000, 40_000, 31, 231, "")]
    draft = read(filled, rows)
    assert "sum_differs" not in codes(draft)
    assert "sum_differs" not in codes(correct_draft(filled, draft, {(SHEET, FIRST_ROW, MONTH): "25"}))


def test_corrections_pack_into_json_and_out_again() -> None:
    values, projects = {("表", 4, YEAR): "1.5", ("表", 5, TEXT): ""}, {("表", 6): code(1)}
    held = unpack_corrections(pack_corrections(values, projects))
    assert (held.values, held.projects) == (values, projects)
    assert not unpack_corrections({})
