"""Forms that were filled are kept, and filled again for another month."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.excel.move_months import form_moved_on
from hydesk.services.acts.undo_acts import undo_named
from hydesk.services.forms.fill_form import FormLedger, fill_form
from hydesk.services.forms.kept_forms import fill_again, keep_form, list_forms
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.standings.read_scope import scope_of
from tests.services.forms.conftest import JUNE

MAY = Period.month(2023, 5)


def form(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_kept_form_is_filled_again_for_its_own_month_and_scope(demo_ledger: Ledger, known: FormLedger, tmp_path: Path) -> None:
    scope = scope_of(demo_ledger, MAY, "县市区=雁峰区;类别=产业发展")
    blank = form(("2023年5月重点项目表",), ("序号", "项目名称", "1-5月累计完成投资（万元）"), (1,))
    first = fill_form(demo_ledger, ("五月表.xlsx", blank), MAY, scope)
    done = keep_form(demo_ledger, first, str(tmp_path / "交.xlsx"), scope)
    kept = list_forms(demo_ledger)[0]
    assert (kept.id, kept.file, kept.period, kept.scope, kept.saved) == (done.value, "五月表.xlsx", MAY, "unit=雁峰区;class=产业发展", "交.xlsx")
    again, told = fill_again(demo_ledger, kept.id, JUNE, known)
    assert told is not None
    assert told.words == scope.words
    sheet = load_workbook(io.BytesIO(again.made)).active
    assert [sheet["A1"].value, sheet["C2"].value] == ["2023年6月重点项目表", "1-6月累计完成投资（万元）"]
    assert {c.field for s in again.filled.sheets for r in s.rows for c in r.cells} == {"name", "year_investment", "serial"}
    assert again.filled.sheets[0].period == "2023-06"
    assert "五月表.xlsx" not in {s.file for s in list_returns(demo_ledger, kind=None)}
    undo_named(demo_ledger, done.acts[0])
    assert kept.id not in {k.id for k in list_forms(demo_ledger)}
    with pytest.raises(HydeskError, match="没有编号"):
        fill_again(demo_ledger, kept.id, JUNE, known)


@pytest.mark.parametrize(("before", "after"), [
    ("2023年6月重点项目进度表", "2023年7月重点项目进度表"), ("1-6月累计完成", "1-7月累计完成"), ("自元月至6月累计", "自元月至7月累计"), ("7月工作计划", "8月工作计划"),
    ("填表日期：2023年7月5日", None), ("2022年6月底前", "2022年7月底前"), ("16月龄", None), ("截至5月底", None), ("6 月份完成投资", "7 月份完成投资")])
def test_months_in_words_move_on(before: str, after: str | None) -> None:
    moved, _ = form_moved_on(form((before,), ("序号", "项目名称", "总投资")), "表.xlsx", Period.month(2023, 6), Period.month(2023, 7))
    assert load_workbook(io.BytesIO(moved)).active["A1"].value == (after or before)


def test_a_list_of_months_and_a_form_of_last_year_stay() -> None:
    blank = form(("2023年各月完成投资",), ("项目名称", "4月", "5月", "6月", "1-6月累计"))
    moved, name = form_moved_on(blank, "6月表.xlsx", Period.month(2023, 6), Period.month(2023, 7))
    assert [c.value for c in load_workbook(io.BytesIO(moved)).active[2]] == ["项目名称", "4月", "5月", "6月", "1-7月累计"]
    assert name == "7月表.xlsx"
    assert form_moved_on(blank, "表.xlsx", Period.month(2023, 12), Period.month(2024, 1)) == (blank, "表.xlsx")
