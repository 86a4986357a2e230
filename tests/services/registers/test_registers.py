"""Registers on a real ledger: made from data, filled, undone, out to Excel and in again, drawn from the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hydesk.db import record_rows
from hydesk.domain.dates import LooseDate, Precision
from hydesk.domain.errors import HydeskError
from hydesk.domain.registers import (
    RegisterDefinition,
    RegisterField,
    RegisterKind,
    definition_faults,
    definition_from_data,
    definition_to_data,
)
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.registers.export_register import export_register
from hydesk.services.registers.import_register import import_register
from hydesk.services.registers.list_registers import list_registers, open_register
from hydesk.services.registers.register_figures import PROJECT_FIGURES, UNIT_FIGURES
from hydesk.services.registers.save_register import (
    add_register,
    add_registers,
    change_register,
    missing_shipped,
    remove_register,
    shipped_registers,
)
from hydesk.services.registers.write_records import RecordChange, remove_records, write_records
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.check_content import check_open
from hydesk.services.upkeep.open_ledger import Ledger
from tests.services.made import JUNE, draft, money
from tests.services.made import fill as fill_ledger

VISITS = RegisterDefinition(
    "visits", "走访登记", "专项台账", "登记走访企业的情况。",
    (RegisterField("firm", "企业", required=True), RegisterField("unit", "填报单位", RegisterKind.UNIT),
     RegisterField("project", "项目", RegisterKind.PROJECT), RegisterField("loan", "贷款需求", RegisterKind.MONEY),
     RegisterField("staff", "员工", RegisterKind.NUMBER, measure="人"), RegisterField("on", "走访日期", RegisterKind.DATE),
     RegisterField("due", "办结期限", RegisterKind.DATE), RegisterField("note", "备注", RegisterKind.LONG_TEXT),
     RegisterField("state", "状态", RegisterKind.CHOICE, choices=("办理中", "已办结")),
     RegisterField("done", "本年累计完成", RegisterKind.FIGURE, figure="project.year_investment"),
     RegisterField("unit_done", "全县完成", RegisterKind.FIGURE, figure="unit.year_investment")),
    ("firm",), state="state", closed=("已办结",), due="due")


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """A ledger of four projects, two of which reported for June."""
    fill_ledger(ledger)
    apply_return(ledger, draft(ledger, JUNE, {1: money(1_000_000, 2_000_000), 3: money(3_000_000, 4_000_000)}))
    return ledger


def fill(ledger: Ledger) -> tuple[int, list[int]]:
    """A register of visits with two records."""
    key = add_register(ledger, VISITS).value
    project = list_standings(ledger, JUNE)[0]
    made = write_records(ledger, key, [
        RecordChange(None, "firm", "瑞尔科技", new=1), RecordChange(None, "project", project.name, new=1),
        RecordChange(None, "unit", project.unit, new=1), RecordChange(None, "loan", "1200.5", new=1),
        RecordChange(None, "due", "2023年6月底", new=1), RecordChange(None, "state", "办理中", new=1),
        RecordChange(None, "firm", "=大合新材料", new=2), RecordChange(None, "staff", "1,250人", new=2)], 2023).value
    return key, made


def test_every_shipped_register_can_be_used_and_names_only_figures_there_are() -> None:
    shipped = shipped_registers()
    assert len(shipped) >= 12
    assert len({d.key for d in shipped}) == len({d.name for d in shipped}) == len(shipped)
    for definition in shipped:
        assert definition_faults(definition) == []
        assert definition_from_data(definition_to_data(definition)) == definition
        for own in definition.fields:
            if own.kind is RegisterKind.FIGURE:
                assert own.figure in PROJECT_FIGURES or own.figure in UNIT_FIGURES


def test_shipped_registers_are_added_in_one_act(filled: Ledger) -> None:
    add_registers(filled, missing_shipped(filled))
    assert missing_shipped(filled) == []
    undo_last(filled)
    assert list_registers(filled, date(2023, 6, 30)) == []
    redo_last(filled)
    assert [s.definition for s in list_registers(filled, date(2023, 6, 30))] == shipped_registers()
    assert check_open(filled) == []


def test_records_hold_exact_values_and_draw_figures_from_the_ledger(filled: Ledger) -> None:
    key, made = fill(filled)
    held = open_register(filled, key, JUNE)
    assert [r.id for r in held.records] == made
    first, second = held.records
    project = list_standings(filled, JUNE)[0]
    assert first.values["loan"] == 12_005_000
    assert first.values["due"] == LooseDate(date(2023, 6, 30), Precision.MONTH)
    assert first.values["project"] == project.code
    assert first.figures["done"] == project.year_investment
    of_unit = [s.year_investment or 0 for s in list_standings(filled, JUNE) if s.unit == project.unit]
    assert first.figures["unit_done"] == sum(of_unit)
    assert second.values["staff"] == Decimal(1250)
    assert second.figures["done"] is None
    assert [s.overdue for s in list_registers(filled, date(2023, 7, 2))] == [1]
    assert [s.overdue for s in list_registers(filled, date(2023, 6, 30))] == [0]


def test_filling_changing_and_taking_away_are_undone(filled: Ledger) -> None:
    key, (first, second) = fill(filled)
    write_records(filled, key, [RecordChange(first, "state", "已办结"), RecordChange(second, "state", "已办结")], 2023)
    remove_records(filled, key, [second])
    assert [r.id for r in open_register(filled, key, JUNE).records] == [first]
    assert "删除 1 条" in (undo_last(filled) or "")
    assert open_register(filled, key, JUNE).records[1].values["state"] == "已办结"
    assert "状态" in (undo_last(filled) or "")
    assert "state" not in open_register(filled, key, JUNE).records[1].values
    undo_last(filled)
    assert open_register(filled, key, JUNE).records == ()
    redo_last(filled)
    assert [r.id for r in open_register(filled, key, JUNE).records] == [first, second]
    undo_last(filled)
    (third,) = write_records(filled, key, [RecordChange(None, "firm", "新企业")], 2023).value
    assert third > second
    assert check_open(filled) == []


@pytest.mark.parametrize(("field", "typed", "said"), [
    ("loan", "很多", "应是金额"), ("due", "不久", "应是日期"), ("state", "大概", "只能是办理中、已办结之一"), ("staff", "十几", "应是数字"),
    ("unit", "长沙市", "没有名为“长沙市”的填报单位"), ("project", "没有的项目", "没有名为“没有的项目”的项目"), ("firm", "", "不能为空"),
    ("done", "1", "取自项目台账"),
])
def test_what_cannot_stand_in_a_field_is_refused_in_words(filled: Ledger, field: str, typed: str, said: str) -> None:
    key, (first, _) = fill(filled)
    with pytest.raises(HydeskError, match=said):
        write_records(filled, key, [RecordChange(first, field, typed)], 2023)


def test_what_goes_out_comes_in_unchanged(filled: Ledger, tmp_path: Path) -> None:
    key, _ = fill(filled)
    path = tmp_path / "走访登记.xlsx"
    export_register(filled, key, JUNE, path)
    sheet = load_workbook(path).active
    assert sheet is not None
    assert sheet["B5"].value == "=大合新材料"
    assert sheet["B5"].data_type == "s"
    again = import_register(filled, key, path, 2023).value
    assert (again.added, again.changed, again.unchanged, again.held_back) == (0, 0, 2, 0)
    undo_last(filled)
    back = import_register(filled, key, path, 2023).value
    assert (back.added, back.changed) == (2, 0)
    first = open_register(filled, key, JUNE).records[0]
    assert first.values["loan"] == 12_005_000
    assert first.values["due"] == LooseDate(date(2023, 6, 30), Precision.MONTH)


def test_a_foreign_workbook_is_read_by_its_heads_and_wrong_rows_wait(filled: Ledger, tmp_path: Path) -> None:
    key, _ = fill(filled)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["走访情况表"], ["单位：万元"], ["序号", "员 工（人）", "企业", "贷款需求（亿元）", "走访日期", "心情"],
                [1, 80, "瑞尔科技", 0.3, "2023.6", "好"], [2, "若干", "建滔化工", 1, None, None],
                [3, 5, "裕华化工", "1.2亿", "6月", None], [4, 6, "裕华化工", 1, None, None], ["合计", 91, None, 3.2, None, None]):
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    done = import_register(filled, key, tmp_path / "x.xlsx", 2023).value
    assert (done.added, done.changed, done.held_back) == (1, 1, 2)
    assert {f.code for f in done.findings} == {"not_a_value", "duplicate", "column_left_out"}
    assert any(f.cell == "B5" and "应是数字" in f.message for f in done.findings)
    records = {r.values["firm"]: r.values for r in open_register(filled, key, JUNE).records}
    assert records["瑞尔科技"]["loan"] == 30_000_000
    assert records["瑞尔科技"]["state"] == "办理中"
    assert records["裕华化工"]["loan"] == 120_000_000
    assert records["裕华化工"]["on"] == LooseDate(date(2023, 6, 30), Precision.MONTH)


def test_a_workbook_without_the_heads_is_refused_and_nothing_written(filled: Ledger, tmp_path: Path) -> None:
    key, _ = fill(filled)
    book = Workbook()
    book.save(tmp_path / "空.xlsx")
    refused = import_register(filled, key, tmp_path / "空.xlsx", 2023).value
    assert refused.rejected
    assert "没有找到“走访登记”的表头" in refused.findings[0].message


def test_fields_change_and_a_register_goes_and_comes_back(filled: Ledger) -> None:
    key, _ = fill(filled)
    fewer = definition_from_data({**definition_to_data(VISITS), "fields": definition_to_data(VISITS)["fields"][:9]})
    change_register(filled, key, fewer)
    assert [f.key for f in open_register(filled, key, JUNE).definition.fields][-1] == "state"
    remove_register(filled, key)
    with pytest.raises(HydeskError, match="已不在了"):
        open_register(filled, key, JUNE)
    undo_last(filled)
    assert len(open_register(filled, key, JUNE).records) == 2
    with pytest.raises(HydeskError, match="已有名为"):
        add_register(filled, VISITS)


def test_a_long_list_is_written_piece_by_piece_in_one_act_and_undone_as_one(
        filled: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_rows, "_AT_ONCE", 3)
    key = add_register(filled, VISITS).value
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["企业", "员工"])
    for n in range(10):
        sheet.append([f"第{n}家企业", n])
    book.save(tmp_path / "长.xlsx")
    took = import_register(filled, key, tmp_path / "长.xlsx", 2023).value
    assert (took.added, took.changed) == (10, 0)
    assert [str(r.values["firm"]) for r in open_register(filled, key, JUNE).records] == [f"第{n}家企业" for n in range(10)]
    sheet.cell(2, 2).value = 99
    sheet.append(["又一家企业", 5])
    book.save(tmp_path / "再.xlsx")
    took = import_register(filled, key, tmp_path / "再.xlsx", 2023).value
    assert (took.added, took.changed, took.unchanged) == (1, 1, 9)
    undo_last(filled)
    assert len(open_register(filled, key, JUNE).records) == 10
    undo_last(filled)
    assert not open_register(filled, key, JUNE).records
    assert check_open(filled) == []
