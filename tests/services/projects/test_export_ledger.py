"""An exported ledger holds everything to rebuild it; phone numbers only when asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.lists import Ground
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.milestones.record_milestone import record_milestone
from hydesk.services.projects.adjust_list import exit_list, rename_project
from hydesk.services.projects.edit_project import remember_name
from hydesk.services.projects.export_ledger import export_ledger, read_parts
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.sub_projects import SubProjectLine, set_sub_projects
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.services.made import JUNE, MAY, draft, facts, money, take_list

WHY = Ground(date(2023, 6, 20), "会议定的")


def full(ledger: Ledger) -> None:
    """Three projects with a name before, a way of writing, sub-projects, figures, nodes; one that left."""
    take_list(ledger, *(facts(n, phone=f"0734-{n}", remark="=1+1") for n in (1, 2, 3)))
    ids = [s.id for s in list_standings(ledger, JUNE)]
    apply_return(ledger, draft(ledger, MAY, {1: money(1_234_567, 7_654_321, progress_text="基础施工\n=开挖"), 2: money(9)}))
    apply_return(ledger, draft(ledger, JUNE, {1: money(11, 7_654_332, statistics_year=5, funds_arrived=-33)}))
    rename_project(ledger, ids[0], 2023, "改过的名称", WHY)
    remember_name(ledger, ids[1], "另一种写法")
    set_sub_projects(ledger, ids[1], [SubProjectLine("一期", "甲公司", 123, 45, "注"), SubProjectLine("二期")])
    record_milestone(ledger, ids[0], "施工许可", "forecast", LooseDate.of_month(2023, 9))
    record_milestone(ledger, ids[0], "立项", "actual", LooseDate(date(2023, 2, 3)))
    exit_list(ledger, ids[2], 2023, WHY)


def seen(ledger: Ledger) -> Any:
    with ledger.read() as connection:
        left, parts = read_parts(connection, 2023)
    standings = [[replace(s, id=0, reported=False) for s in list_standings(ledger, p)] for p in (MAY, JUNE, Period.month(2023, 7))]
    return standings, left, replace(parts, adjustments=())  # dated acts are told, not done again


def test_a_ledger_is_rebuilt_from_its_export(ledger: Ledger, tmp_path: Path) -> None:
    full(ledger)
    export_ledger(ledger, tmp_path / "台账.xlsx", with_phones=True)
    other = create_ledger(tmp_path / "另一本.hydesk")
    result = import_projects(other, tmp_path / "台账.xlsx", 2023).value
    assert (result.added, result.findings) == (3, ())
    assert seen(other) == seen(ledger)
    again = import_projects(other, tmp_path / "台账.xlsx", 2023).value
    assert (again.added, again.changed, again.import_id) == (0, 0, None)
    undo_last(other)
    assert list_standings(other, JUNE) == []
    other.close()


def test_phone_numbers_are_left_out_unless_asked_for(ledger: Ledger, tmp_path: Path) -> None:
    full(ledger)
    for asked in (False, True):
        export_ledger(ledger, tmp_path / "台账.xlsx", with_phones=asked)
        book = load_workbook(tmp_path / "台账.xlsx")
        text = "\n".join(str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row)
        assert ("0734-1" in text) is asked
        assert book.sheetnames == ["2023年项目台账", "2023年已退出的项目", "退出项目", "其他名称", "子项目", "月度数据",
                                   "调整记录", "节点", "自建栏目"]
        assert [(r[0], r[3], r[5]) for r in book["调整记录"].iter_rows(min_row=2, values_only=True)] == [
            ("HY2023-001", "更名", "会议定的"), ("HY2023-003", "退出", "会议定的")]
    assert Field.PHONE.label == "联系电话"
