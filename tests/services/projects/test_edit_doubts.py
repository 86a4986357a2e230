"""A day still to come and another project's name can be written, but not without a word."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground
from hydesk.domain.periods import Period
from hydesk.services.projects.adjust_list import add_project
from hydesk.services.projects.edit_block import Edit, judge_edits
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings

JUNE = Period.month(2023, 6)
TODAY = date(2023, 7, 3)


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    for name, unit in (("甲项目", "衡南县"), ("乙项目", "祁东县"), ("丙项目", "耒阳市")):
        add_project(ledger, 2023, {Field.NAME: name, Field.REPORTING_UNIT: unit}, Ground(TODAY, "市政府常务会议"))
    return ledger


@pytest.mark.parametrize(("field", "words", "told"), [
    (Field.START_DATE, "2023-07-04", True), (Field.START_DATE, "2023-07-03", False), (Field.START_DATE, "2023年7月", False),
    (Field.START_DATE, "2023年8月", True), (Field.FINISH_DATE, "2024-01-01", True), (Field.PLANNED_START, "2024-01-01", False),
    (Field.START_DATE, "", False)])
def test_a_day_that_has_not_come_is_no_actual_one(ledger: Ledger, field: Field, words: str, told: bool) -> None:
    project = list_standings(ledger, JUNE)[0]
    (judged,) = judge_edits(ledger, [Edit(project.id, field, words)], JUNE, TODAY)
    assert bool(judged.doubts) is told
    assert not told or "还没有到" in judged.doubts[0]


def test_a_name_that_another_project_has_is_told_with_its_code_and_unit(ledger: Ledger) -> None:
    first, second, third = list_standings(ledger, JUNE)[:3]
    same, own, both, too = (judge_edits(ledger, edits, JUNE, TODAY)[0] for edits in (
        [Edit(first.id, Field.NAME, second.name)], [Edit(first.id, Field.NAME, first.name + "（一期）")],
        [Edit(first.id, Field.NAME, "新名称"), Edit(third.id, Field.NAME, "新名称")], [Edit(first.id, Field.NAME, first.name)]))
    assert second.code in same.doubts[0]
    assert second.unit in same.doubts[0]
    assert own.doubts == too.doubts == ()
    assert "2 个项目都改叫" in both.doubts[0]


def test_the_page_of_a_project_says_it_once_it_is_written(ledger: Ledger) -> None:
    first, second = list_standings(ledger, JUNE)[:2]
    assert "还没有到" in edit_project(ledger, first.id, Field.START_DATE, LooseDate(date(2023, 12, 1)), today=TODAY).value
    assert second.code in edit_project(ledger, first.id, Field.NAME, second.name, reason="更名", today=TODAY).value
    assert edit_project(ledger, first.id, Field.CONTACT, "李敏", today=TODAY).value == ""
