"""Own columns in lists and returns: told by their names, read by their kind; what differs from the ledger waits."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.findings import Level
from hydesk.domain.own_columns import OwnColumn, OwnKind, OwnValue, says_the_same
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.projects.own_columns import add_columns, change_column, column_called, retire_column
from hydesk.services.projects.own_values import set_own_values
from hydesk.services.projects.project_history import project_history
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.list_returns import list_returns, return_detail
from hydesk.services.returns.make_templates import make_templates
from hydesk.services.returns.read_return import ReturnDraft, read_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.own_columns import list_own_columns
from tests.services.made import JUNE, code, fill

AREA = OwnColumn("用地面积", OwnKind.NUMBER, measure="亩")
COST = OwnColumn("征拆费用", OwnKind.MONEY)
WAY = OwnColumn("供地方式", OwnKind.CHOICE, ("划拨", "出让"))
DONE = OwnColumn("是否净地", OwnKind.YES_NO)
DAY = OwnColumn("交地时间", OwnKind.DATE)
CHIEF = OwnColumn("驻点秘书", OwnKind.PERSON)
HEAD = ["项目编号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）", "形象进度"]


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    fill(any_ledger, 4)
    add_columns(any_ledger, [AREA, COST, WAY, DONE, DAY, CHIEF])
    return any_ledger


def book(heads: list[object], *rows: list[object]) -> tuple[str, bytes]:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append([*HEAD, *heads])
    for number, more in zip((1, 3), rows, strict=True):
        sheet.append([code(number), f"第{number}号项目", 100_000.0, 1000, 3000, "主体施工", *more])
    out = io.BytesIO()
    made.save(out)
    return "衡南县6月.xlsx", out.getvalue()


def read(ledger: Ledger, heads: list[object], *rows: list[object]) -> ReturnDraft:
    return read_return(ledger, book(heads, *rows), JUNE)


def held(ledger: Ledger, name: str) -> list[OwnValue | None]:
    column = column_called(list_own_columns(ledger), name)
    return [s.own.get(column.id) for s in list_standings(ledger, JUNE)]


def of(draft: ReturnDraft, code: str) -> list[str]:
    return [f.message for f in draft.understanding.findings if f.code == code]


def test_every_kind_is_read_by_its_head_and_comes_in_where_the_ledger_has_nothing(ledger: Ledger) -> None:
    draft = read(ledger, ["用地面积（亩）", "征拆费用（元）", "供地方式", "是否净地", "交地时间", "驻点秘书", "施工企业"],
                 ["12.50", 12_345_678, "出让", "√", "2023年4月", "李 明、王二", "某建"],
                 [None, None, None, None, None, None, None])
    assert draft.status != "rejected"
    assert [f.code for f in draft.understanding.findings if f.level is not Level.NOTE] == []
    assert apply_return(ledger, draft).value.status == "applied"
    told: dict[str, OwnValue] = {"用地面积": Decimal("12.5"), "征拆费用": 12_345_678, "供地方式": "出让", "是否净地": "是",
                                 "交地时间": LooseDate.of_month(2023, 4), "驻点秘书": "李明、王二", "施工单位": "某建"}
    assert {name: held(ledger, name)[0] for name in told} == told
    assert all(held(ledger, name)[1:] == [None, None, None] for name in told)
    cells = {c.field: (c.new, c.cell, c.words) for c in project_history(ledger, 1).changes if c.entity == "column_value"}
    assert cells["征拆费用"] == ("1,234.5678万元", "H2", "12345678")
    detail = return_detail(ledger, list_returns(ledger)[0].id)
    assert {c.column.name: c.cell for c in detail.rows[0].own}["用地面积"] == "G2"
    assert [c.own for c in detail.sheets[0].columns if c.own] == [
        "用地面积", "征拆费用", "供地方式", "是否净地", "交地时间", "驻点秘书", "施工单位"]
    undo_last(ledger)
    assert all(held(ledger, name) == [None] * 4 for name in told)


def test_another_value_than_the_ledgers_waits_until_it_is_accepted(ledger: Ledger) -> None:
    set_own_values(ledger, "供地方式", {code(1): "出让", code(3): "划拨"})
    draft = read(ledger, ["供地方式"], ["划拨"], ["划 拨"])
    assert of(draft, "own_changed") == [
        "表“Sheet”G2：供地方式报“划拨”，台账为“出让”。确有变化请采用，否则请改正。"]
    apply_return(ledger, draft)
    assert held(ledger, "供地方式") == ["出让", None, "划拨", None]
    undo_last(ledger)
    (change,) = [c for c in draft.changes if isinstance(c.field, OwnColumn)]
    assert not change.accepted
    apply_return(ledger, draft, accept={change.key: True}, reasons={change.key: "批复变更"})
    assert held(ledger, "供地方式") == ["划拨", None, "划拨", None]


def test_words_that_cannot_stand_there_are_told_and_hold_no_row_back(ledger: Ledger) -> None:
    draft = read(ledger, ["供地方式", "用地面积"], ["租用", "约12"], [None, 7])
    assert [m.partition("：")[2] for m in of(draft, "own_unread")] == [
        "“供地方式”只能是划拨、出让之一，不能填“租用”。这一格没有取，请核实后在台账里填。",
        "“用地面积”应是数字，不能填“约12”。这一格没有取，请核实后在台账里填。"]
    assert apply_return(ledger, draft).value.status == "applied"
    assert held(ledger, "用地面积") == [None, None, Decimal(7), None]


def test_a_renamed_column_is_known_by_its_earlier_name_and_a_retired_one_by_none(ledger: Ledger) -> None:
    column = column_called(list_own_columns(ledger), "用地面积")
    change_column(ledger, column.id, name="供地面积")
    assert len(read(ledger, ["用地面积"], [1], [2]).changes) - len(read(ledger, ["别的"], [1], [2]).changes) == 2
    retire_column(ledger, column.id)
    assert not [c for c in read(ledger, ["用地面积"], [1], [2]).changes if isinstance(c.field, OwnColumn)]


def test_the_same_column_twice_is_taken_once(ledger: Ledger) -> None:
    draft = read(ledger, ["供地方式", "供地方式"], ["出让", "划拨"], [None, "划拨"])
    assert [c.new for c in draft.changes if isinstance(c.field, OwnColumn)] == ["出让"]


def test_a_builder_stays_the_owner_beside_who_builds_designs_and_supervises(any_ledger: Ledger, tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["序号", "项目编号", "项目名称", "县市区", "业主单位", "责任单位", "施工单位", "设计院", "监理公司", "市级联系领导", "县级包联领导",
                  "总投资（万元）", "2023年计划投资（万元）"])
    sheet.append([1, "HY2023-001", "标准厂房项目", "衡南县", "城投公司", "工信局", "某建公司", "某设计院", "某监理", "张三", "李四", 1000, 500])
    path = tmp_path / "清单.xlsx"
    made.save(path)
    import_projects(any_ledger, path, 2023)
    (one,) = list_standings(any_ledger, JUNE)
    assert (one.builder, one.responsible_unit, one.city_leader, one.county_leader) == ("城投公司", "工信局", "张三", "李四")
    assert [held(any_ledger, n) for n in ("施工单位", "设计单位", "监理单位")] == [["某建公司"], ["某设计院"], ["某监理"]]


@pytest.mark.parametrize(("kept", "said", "same"), [
    (LooseDate(date(2023, 6, 15)), LooseDate.of_month(2023, 6), True), (LooseDate(date(2023, 6, 15)), LooseDate.of_month(2023, 7), False),
    (LooseDate.of_month(2023, 6), LooseDate(date(2023, 6, 15)), False), (LooseDate(date(2023, 4, 1)), LooseDate.of_quarter(2023, 2), True),
    (LooseDate(date(2023, 3, 31)), LooseDate.of_quarter(2023, 2), False), (LooseDate.of_month(2023, 1), LooseDate.of_year(2023), True),
    (LooseDate(date(2023, 6, 15), Precision.DAY), LooseDate(date(2023, 6, 16)), False), ("某 建", "某建", True), (3, 3, True),
    (Decimal("1.0"), Decimal(1), True), (None, "甲", False)])
def test_what_tells_nothing_else_is_no_change(kept: OwnValue | None, said: OwnValue, same: bool) -> None:
    assert says_the_same(kept, said) is same


def test_a_template_asks_for_the_columns_that_are_to_stand_in_it_and_comes_back(ledger: Ledger, tmp_path: Path) -> None:
    set_own_values(ledger, "用地面积", {code(1): "12.5", code(3): "7"})
    set_own_values(ledger, "征拆费用", {code(1): "1234.5678"})
    set_own_values(ledger, "交地时间", {code(1): "2023年4月"})
    for name in ("用地面积", "征拆费用", "供地方式", "是否净地", "交地时间", "驻点秘书"):
        change_column(ledger, column_called(list_own_columns(ledger), name).id, asked=True)
    (path,) = make_templates(ledger, JUNE, tmp_path, "衡南县")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heads = {c.value: c.column for c in sheet[3]}
    asked = ["用地面积（亩）", "征拆费用（万元）", "供地方式", "是否净地", "交地时间", "驻点秘书"]
    assert list(heads)[-6:] == asked
    assert [sheet.cell(4, heads[h]).value for h in asked] == [12.5, 1234.5678, None, None, "2023-04", None]
    assert all(not sheet.cell(4, heads[h]).protection.locked for h in asked)
    rules = {str(r.sqref).partition(":")[0]: r for r in sheet.data_validations.dataValidation}
    assert rules[sheet.cell(4, heads["供地方式"]).coordinate].formula1 == '"划拨,出让"'
    assert rules[sheet.cell(4, heads["是否净地"]).coordinate].formula1 == '"是,否"'
    for row in (4, 5):
        for head, value in (("6月完成投资（万元）", 100), ("1-6月累计完成投资（万元）", 300), ("形象进度", "主体施工")):
            sheet.cell(row, heads[head]).value = value
    sheet.cell(4, heads["供地方式"]).value = "出让"
    sheet.cell(4, heads["用地面积（亩）"]).value = 13
    book.save(path)
    draft = read_return(ledger, path, JUNE)
    own = {(c.project, c.field.label): (c.new, c.accepted) for c in draft.changes if isinstance(c.field, OwnColumn)}
    assert own == {(code(1), "供地方式"): ("出让", True), (code(1), "用地面积"): (Decimal(13), False)}


def test_a_template_without_such_columns_is_as_before(ledger: Ledger, tmp_path: Path) -> None:
    (path,) = make_templates(ledger, JUNE, tmp_path, "衡南县")
    assert [c.value for c in load_workbook(path).worksheets[0][3]][-1] == "下月工作计划"
