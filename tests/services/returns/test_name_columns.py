"""A sheet without a head: its columns are named by hand, guessed from the ledger's figures, and remembered."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.sheet_layout import SheetLayout
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.name_columns import name_columns, preview_named, sheets_to_name
from hydesk.services.returns.read_return import ReturnDraft, read_return
from hydesk.services.returns.remember_decision import forget_decision, list_decisions
from hydesk.services.standings.list_standings import list_standings

SAMPLES = Path(__file__).parents[2] / "samples" / "tidy"
JUNE, JULY = Period.month(2023, 6), Period.month(2023, 7)
WAN = 10_000


def book(ledger: Ledger, sheet: str, add: int, title: bool = True) -> tuple[str, bytes]:
    """Serial, name, total, plan, month, year and words of five projects of 衡南县, and nothing over them."""
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = sheet
    if title:
        page.append(["关于报送进度的表"])
    for number, p in enumerate([p for p in list_standings(ledger, JUNE) if p.unit == "衡南县"][:5], 1):
        plan = (p.annual_plan or 0) // WAN
        page.append([number, p.name, (p.total_investment or 0) // WAN, plan, 3 * add, plan // 10 + 3 * add, "正在施工"])
    out = io.BytesIO()
    made.save(out)
    return "衡南县报表.xlsx", out.getvalue()


NAMED = SheetLayout(2, {2: Field.NAME, 3: Field.TOTAL_INVESTMENT, 4: Field.ANNUAL_PLAN, 5: Field.MONTH_INVESTMENT,
                        6: Field.YEAR_INVESTMENT, 7: Field.PROGRESS_TEXT},
                    dict.fromkeys(range(3, 7), MoneyUnit.WAN))


@pytest.fixture
def sample_ledger(ledger: Ledger) -> Ledger:
    import_projects(ledger, SAMPLES / "ledger.xlsx", 2023)
    return ledger


@pytest.fixture
def draft(sample_ledger: Ledger) -> ReturnDraft:
    return read_return(sample_ledger, book(sample_ledger, "6月", 1), JUNE)


def test_it_is_refused_and_can_be_named(sample_ledger: Ledger, draft: ReturnDraft) -> None:
    assert draft.understanding.rejected
    [sheet] = sheets_to_name(sample_ledger, draft)
    assert (sheet.sheet, sheet.first_row, sheet.known_projects) == ("6月", 2, 5)
    guessed = {c.letter: (c.field, c.unit) for c in sheet.columns if c.field is not None}
    assert guessed["B"] == (Field.NAME, None)
    assert guessed["C"] == (Field.TOTAL_INVESTMENT, MoneyUnit.WAN)
    assert guessed["D"] == (Field.ANNUAL_PLAN, MoneyUnit.WAN)
    assert sheet.columns[6].samples[0] == "正在施工"


def test_what_is_named_is_read_with_its_cells(sample_ledger: Ledger, draft: ReturnDraft) -> None:
    preview = preview_named(sample_ledger, draft, "6月", NAMED)
    assert (len(preview.lines), preview.matched, preview.strangers) == (5, 5, ())
    assert list_decisions(sample_ledger) == []
    read = name_columns(sample_ledger, draft, "6月", NAMED)
    assert not read.understanding.rejected
    first = read.understanding.rows[0]
    assert (first.cells[Field.YEAR_INVESTMENT], first.values[Field.MONTH_INVESTMENT]) == ("F2", 3 * WAN)
    assert "columns_named" in [f.code for f in read.understanding.findings]
    assert apply_return(sample_ledger, read).value.status in ("applied", "partly_applied")


def test_a_preview_reads_by_what_is_asked_now_not_by_what_was_named_before(sample_ledger: Ledger, draft: ReturnDraft) -> None:
    name_columns(sample_ledger, draft, "6月", NAMED)
    fewer = SheetLayout(4, {2: Field.NAME, 6: Field.YEAR_INVESTMENT}, {6: MoneyUnit.YUAN})
    again = read_return(sample_ledger, book(sample_ledger, "6月", 1), JUNE)
    for one in (draft, again):
        preview = preview_named(sample_ledger, one, "6月", fewer)
        assert [x.row for x in preview.lines] == [2, 3, 4, 5, 6]
        assert {f for x in preview.lines for f in x.values} >= {Field.YEAR_INVESTMENT}
        assert not {f for x in preview.lines for f in x.values} & {Field.MONTH_INVESTMENT, Field.ANNUAL_PLAN}


def test_a_preview_reads_a_sheet_whose_unit_nobody_says(sample_ledger: Ledger) -> None:
    name, content = book(sample_ledger, "6月", 1, title=False)
    unsaid = read_return(sample_ledger, (f"上报{len(name)}.xlsx", content), JUNE)
    assert unsaid.understanding.unit is None
    preview = preview_named(sample_ledger, unsaid, "6月", replace(NAMED, first_row=1))
    assert (len(preview.lines), preview.matched, preview.strangers) == (5, 5, ())
    assert preview.said == "读出 5 行，对上 5 个项目"


def test_next_month_needs_no_word_even_without_its_title(sample_ledger: Ledger, draft: ReturnDraft) -> None:
    name_columns(sample_ledger, draft, "6月", NAMED)
    july = read_return(sample_ledger, book(sample_ledger, "7月", 2, title=False), JULY)
    assert [r.cells[Field.NAME] for r in july.understanding.rows] == ["B1", "B2", "B3", "B4", "B5"]
    assert july.understanding.rows[0].values[Field.MONTH_INVESTMENT] == 6 * WAN


def test_what_was_named_is_listed_and_forgotten(sample_ledger: Ledger, draft: ReturnDraft) -> None:
    name_columns(sample_ledger, draft, "6月", NAMED)
    [decision] = list_decisions(sample_ledger)
    assert decision.unit == "衡南县"
    assert "B列项目名称" in decision.meaning
    forget_decision(sample_ledger, decision.id)
    assert read_return(sample_ledger, book(sample_ledger, "6月", 1), JUNE).understanding.rejected


@pytest.mark.parametrize(("layout", "words"), [
    (SheetLayout(2, {3: Field.ANNUAL_PLAN, 4: Field.TOTAL_INVESTMENT}), "项目名称"),
    (SheetLayout(2, {2: Field.NAME, 3: Field.NAME}), "不止一列"),
    (SheetLayout(2, {2: Field.NAME}), "只指明了一列"),
    (SheetLayout(0, {2: Field.NAME, 3: Field.ANNUAL_PLAN}), "第几行"),
])
def test_what_cannot_be_read_by_is_refused(sample_ledger: Ledger, draft: ReturnDraft, layout: SheetLayout, words: str) -> None:
    with pytest.raises(HydeskError, match=words):
        name_columns(sample_ledger, draft, "6月", layout)
    assert list_decisions(sample_ledger) == []


def test_a_wrong_name_column_reads_nothing_and_says_so(sample_ledger: Ledger, draft: ReturnDraft) -> None:
    wrong = SheetLayout(2, {7: Field.NAME, 3: Field.ANNUAL_PLAN})
    assert "一个项目也读不出来" in preview_named(sample_ledger, draft, "6月", wrong).said


def test_numbers_of_rows_are_no_amounts(sample_ledger: Ledger) -> None:
    made = Workbook()
    page = made.active
    assert page is not None
    for number, p in enumerate([p for p in list_standings(sample_ledger, JUNE) if p.unit == "衡南县"][:8], 1):
        page.append([number, p.name, "正在施工"])
    out = io.BytesIO()
    made.save(out)
    (found,) = sheets_to_name(sample_ledger, read_return(sample_ledger, ("衡南县.xlsx", out.getvalue()), JUNE))
    assert found.layout.columns == {2: Field.NAME}


def test_the_projects_tell_the_unit_where_the_file_does_not(sample_ledger: Ledger) -> None:
    name, content = book(sample_ledger, "6月", 1)
    draft = read_return(sample_ledger, ("上报3.xlsx", content), JUNE)
    assert (name, draft.understanding.unit) == ("衡南县报表.xlsx", None)
    assert name_columns(sample_ledger, draft, "6月", NAMED).understanding.unit == "衡南县"
    assert [d.unit for d in list_decisions(sample_ledger)] == ["衡南县"]
