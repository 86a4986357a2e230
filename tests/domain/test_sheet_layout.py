"""Columns that a person named: what is refused, kept and said. Whose acts are whose."""

from __future__ import annotations

import pytest

from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.domain.fields import Field
from hydesk.domain.money import MoneyUnit
from hydesk.domain.sheet_layout import SheetLayout

F = Field
SOUND = SheetLayout(3, {4: F.TOTAL_INVESTMENT, 2: F.NAME}, {4: MoneyUnit.YI})


def test_a_layout_is_said_by_column_and_read_back() -> None:
    SOUND.check()
    assert SOUND.said == "B列项目名称，D列总投资（亿元）；从第3行起"
    assert SheetLayout.unpacked(SOUND.packed()) == SOUND
    assert '"B"' not in SOUND.packed()


@pytest.mark.parametrize(("layout", "said"), [
    (SheetLayout(0, SOUND.columns), "第一个项目在第几行"), (SheetLayout(1, {2: F.NAME, 5: F.TOTAL_INVESTMENT, 4: F.TOTAL_INVESTMENT}), "（D、E列）"),
    (SheetLayout(1, {4: F.TOTAL_INVESTMENT, 5: F.ANNUAL_PLAN}), "哪一列是项目名称"), (SheetLayout(1, {2: F.NAME}), "只指明了一列"), (SheetLayout(1, {}), "哪一列是项目名称")])
def test_what_could_not_be_read_by_is_refused(layout: SheetLayout, said: str) -> None:
    with pytest.raises(HydeskError, match=said):
        layout.check()


@pytest.mark.parametrize("named", [F.NAME, F.CODE, F.APPROVAL_CODE])
def test_projects_may_be_known_by_name_or_either_code_from_the_first_row_on(named: Field) -> None:
    SheetLayout(1, {1: named, 2: F.MONTH_INVESTMENT}).check()


ME = Actor("张三", "zhang", "desk1")


@pytest.mark.parametrize(("other", "own"), [
    (Actor("李四", "zhang", "desk1"), True), (Actor("张三", "zhang", "desk2"), False), (Actor("张三", "li", "desk1"), False),
    (Actor("张三"), True), (Actor("zhang"), True), (Actor("李四"), False)])
def test_an_act_is_ones_own_by_account_and_machine_else_by_name(other: Actor, own: bool) -> None:
    assert ME.owns(other) is own


def test_names_and_words_of_an_actor() -> None:
    assert (ME.names, Actor("张三").names, Actor("zhang", "zhang").names) == (("张三", "zhang"), ("张三",), ("zhang",))
    assert (Actor.of("张三"), Actor.of(ME), str(ME)) == (Actor("张三"), ME, "张三")
