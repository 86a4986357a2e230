"""How values and what happened to them are said in sentences."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from hydesk.domain.changes import Change, ChangeKind, LedgerEdit, edit_story, shown_value, three_way
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.stale import Stale, StaleCell
from hydesk.domain.understanding import ReadValue

AT = datetime(2023, 6, 5, 9, 7)


@pytest.mark.parametrize(("field", "value", "words"), [
    (Field.NAME, None, "空"), (Field.NAME, "", "空"), (Field.NAME, "甲", "“甲”"), (Field.ANNUAL_PLAN, 12_345_600, "1,234.56万元"),
    (Field.ANNUAL_PLAN, 0, "0万元"), (Field.PLANNED_FINISH, LooseDate.of_month(2023, 6), "2023-06")])
def test_a_value_in_a_sentence(field: Field, value: ReadValue | None, words: str) -> None:
    assert shown_value(field, value) == words


def test_a_number_of_an_own_column_is_said_as_such() -> None:
    assert shown_value(Field.NAME, Decimal("12.50")).startswith("12.5")


def _edit(words: str = "", returned: ReadValue | None = 10_000) -> LedgerEdit:
    return LedgerEdit(returned=returned, words=words, value=20_000, actor="张三", at=AT)


def _change(edited: LedgerEdit | None = None) -> Change:
    return Change("HY1", "甲", Field.ANNUAL_PLAN, 20_000, 30_000, 10_000, ChangeKind.LEDGER_FIELD, "6月", 7, "H7", "3", True, edited)


def test_three_sides_of_an_edit_between_two_returns() -> None:
    assert three_way(_change()) == ""
    assert three_way(_change(_edit("1"))) == "上次报表 “1” → 台账由张三于2023年6月5日改为 2.00万元 → 本次报表 3.00万元"
    assert edit_story(_edit(), Field.ANNUAL_PLAN) == "上次报表 1.00万元 → 台账由张三于2023年6月5日改为 2.00万元"


def test_what_went_stale_names_who_when_and_both_values() -> None:
    one = StaleCell(1, "contact", "甲项目", "联系人", None, "李四", "张三", AT, "修改联系人")
    assert str(one) == "“甲项目”的联系人：张三 06-05 09:07 从“空”改为“李四”（修改联系人）"
    gone = StaleCell(1, "contact", "", "联系人", "李四", None, "张三", AT, "清空")
    assert str(gone) == "联系人：张三 06-05 09:07 从“李四”改为“空”（清空）"
    assert "等 2 处" in str(Stale((one, gone)))
    assert "等" not in str(Stale((gone,)))
