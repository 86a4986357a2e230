"""Node tables in and out: the same understanding as returns, nothing wrong taken in silently."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.domain.milestones import HANDLING, UNNEEDED, WORKING, NodeMove
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.milestones.export_nodes import export_nodes
from hydesk.services.milestones.import_nodes import NodeDraft, apply_nodes, read_nodes
from hydesk.services.milestones.list_milestones import (
    list_milestones,
    list_standard_nodes,
    set_standard_nodes,
)
from hydesk.services.milestones.move_milestones import move_milestones
from hydesk.services.projects.project_history import project_history
from tests.services.made import JUNE, fill

TODAY = date(2023, 7, 3)


def table(tmp_path: Path, *rows: Sequence[object], name: str = "节点表.xlsx", merges: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for merge in merges:
        book.active.merge_cells(merge)
    book.save(tmp_path / name)
    return tmp_path / name


def read(ledger: Ledger, path: Path, unsaid: str | None = None) -> NodeDraft:
    return read_nodes(ledger, path, JUNE, unsaid, today=TODAY)


def said(draft: NodeDraft) -> list[tuple[str, str, bool]]:
    return [(c.what, str(c.new), c.accepted) for c in draft.changes]


def codes(draft: NodeDraft) -> set[str]:
    return {f.code for f in draft.findings}


def test_what_is_exported_comes_back_unchanged(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 3)
    ids = [p.project_id for p in list_milestones(ledger, JUNE).projects]
    nodes = list(list_standard_nodes(ledger))
    set_standard_nodes(ledger, [type(n)(n.name, n.stage, "主体结构封顶" if n.name == "主体封顶" else "") for n in nodes])
    values = [LooseDate(date(2023, 9, 5)), LooseDate.of_month(2023, 10), LooseDate.of_quarter(2023, 3), LooseDate.of_year(2024)]
    move_milestones(ledger, [NodeMove(i, n.name, w, v) for i in ids for n, v in zip(nodes[8:12], values, strict=True)
                             for w in ("baseline", "forecast")], today=TODAY)
    path = tmp_path / "出.xlsx"
    assert export_nodes(ledger, path, JUNE) == 3
    draft = read(ledger, path)
    assert (draft.changes, draft.findings, draft.table.rejected) == ((), (), False)
    assert draft.unchanged == 3 * (1 + 8)
    assert apply_nodes(ledger, draft).value.import_id is None
    assert export_nodes(ledger, path, JUNE, "祁东县") == 1


def test_a_countys_table_with_two_rows_of_head(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 2)
    path = table(
        tmp_path, ["衡南县重点项目节点推进表"], ["序号", "项目名称", "主体封顶", None, "竣工", None],
        [None, None, "计划", "实际", "计划时间", "预计时间"],
        [1, "第1号项目", "2023.5", date(2023, 6, 1), "2024年底", "2025年一季度"], [2, "第 2 号项目", "/", "", "12月底", "—"],
        merges=["A2:A3", "B2:B3", "C2:D2", "E2:F2"])
    draft = read(ledger, path)
    assert said(draft) == [("主体封顶计划", "2023-05", True), ("主体封顶实际", "2023-06-01", True), ("竣工计划", "2024年", True),
                           ("竣工预计", "2025年一季度", True), ("竣工计划", "2023-12", True)]
    assert {f.code for f in draft.findings} <= {"node_without_start"}
    result = apply_nodes(ledger, draft, actor="甲").value
    assert (result.written, result.waiting) == (5, 0)
    project = list_milestones(ledger, JUNE).projects[0]
    assert project.node("主体封顶").actual == LooseDate(date(2023, 6, 1))
    sources = {c.source for c in project_history(ledger, project.project_id).changes if "主体封顶" in c.field}
    assert sources == {"节点表.xlsx Sheet C4", "节点表.xlsx Sheet D4"}
    undo_last(ledger, Actor("甲"))
    assert set(list_milestones(ledger, JUNE).projects[0].nodes) == {"开工"}


def test_a_column_that_does_not_say_which_is_asked_about(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 1)
    path = table(tmp_path, ["序号", "项目名称", "立项", "竣工时间", "备注"], [1, "第1号项目", "2023.3", "2023.6", ""])
    draft = read(ledger, path)
    assert (draft.table.rejected, draft.table.unsaid, draft.changes) == (True, 2, ())
    assert said(read(ledger, path, "actual")) == [("立项实际", "2023-03", True), ("竣工实际", "2023-06", True)]
    with pytest.raises(HydeskError):
        apply_nodes(ledger, draft)


def test_a_title_that_speaks_of_plans_says_it_for_all(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 1)
    path = table(tmp_path, ["重点项目倒排工期表"], ["序号", "项目名称", "主体封顶", "竣工"], [1, "第1号项目", "2023.8", "2023.11"])
    assert said(read(ledger, path)) == [("主体封顶计划", "2023-08", True), ("竣工计划", "2023-11", True)]


def test_what_differs_from_the_ledgers_plan_waits_for_a_person(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 1)  # 开工 planned for April 2023
    path = table(tmp_path, ["序号", "项目名称", "计划开工时间", "实际开工时间", "竣工（实际）"],
                 [1, "第1号项目", "2023-8-1", "2023年7月20日", "2023.5"])
    draft = read(ledger, path)
    notes = {c.what: (c.accepted, c.blocked, c.note) for c in draft.changes}
    assert notes["开工计划"] == (False, False, "计划后移，接受要有依据")
    assert notes["开工实际"][:2] == (False, True)
    assert "node_order_actual" in codes(draft)
    result = apply_nodes(ledger, draft, draft.changes, "调度会纪要").value
    assert (result.written, result.waiting) == (2, 1)
    move = list_milestones(ledger, JUNE).projects[0].node("开工").moves[0]
    assert (str(move.old), str(move.new), move.reason) == ("2023-04", "2023-08-01", "节点表“节点表.xlsx”：调度会纪要")


def test_strangers_doubles_and_words_are_found_with_their_cell(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 2)
    path = table(
        tmp_path, ["序号", "编号", "项目名称", "竣工预计时间", "投产预计时间"], [1, "HY2023-001", "第1号项目", "待定", 2023.1],
        [2, "", "没有的项目", "2023.9", ""], [3, "HY2023-001", "第1号项目", "2023.9", ""],
        [4, "HY2023-002", "第1号项目", "2023.9", ""], ["合计", "", "", "", ""])
    draft = read(ledger, path)
    found = {f.code: (f.level, f.cell or f.row) for f in draft.findings}
    assert found["no_date"] == (Level.ERROR, "D2")
    assert found["january"] == (Level.WARNING, "E2")
    assert found["stranger"] == (Level.ERROR, 3)
    assert found["duplicate"] == (Level.ERROR, 4)
    assert found["code_name_conflict"] == (Level.ERROR, 5)
    assert said(draft) == []
    assert all("表“Sheet”" in f.message for f in draft.findings)


def test_a_blank_never_takes_a_done_node_back(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 1)
    key = list_milestones(ledger, JUNE).projects[0].project_id
    move_milestones(ledger, [NodeMove(key, "开工", "actual", LooseDate(date(2023, 5, 8)))], today=TODAY)
    path = table(tmp_path, ["序号", "项目名称", "实际开工时间", "竣工预计时间"], [1, "第1号项目", "", "2024.1"])
    draft = read(ledger, path)
    assert "node_blank" in codes(draft)
    apply_nodes(ledger, draft)
    assert list_milestones(ledger, JUNE).projects[0].node("开工").actual is not None
    less = table(tmp_path, ["序号", "项目名称", "实际开工时间", "竣工预计时间"], [1, "第1号项目", "2023.5已开工", "2024.1"])
    assert read(ledger, less).unchanged == 2


@pytest.mark.parametrize("row", [["序号", "项目名称", "本月完成投资", "备注"], ["编号", "姓名", "电话", "住址"]])
def test_another_table_is_refused_whole(ledger: Ledger, tmp_path: Path, row: list[str]) -> None:
    fill(ledger, 1)
    draft = read(ledger, table(tmp_path, row, [1, "第1号项目", 3, ""]))
    assert draft.table.rejected
    assert "没有找到节点表" in draft.findings[0].message


def test_the_offices_own_node_is_known_by_its_name(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 1)
    nodes = list_standard_nodes(ledger)
    set_standard_nodes(ledger, [*nodes, type(nodes[0])("正负零", "在建实施")])
    path = table(tmp_path, ["序号", "项目名称", "正负零（计划）", "消防验收计划时间"], [1, "第1号项目", "2023.8", "2023.9"])
    assert said(read(ledger, path)) == [("正负零计划", "2023-08", True)]


def test_a_permit_table_gives_dates_and_proposes_what_is_only_said_to_be_done(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 3)
    path = table(
        tmp_path, ["重点项目手续办理情况表"], ["序号", "项目名称", "立项", "用地", "规划许可", "环评", "施工许可"],
        [1, "第1号项目", "2023.3.5", "已办", "未办", "✔", "衡建〔2023〕12号"],
        [2, "第2号项目", "2023年4月6日（衡发改〔2023〕3号）", "办理中", "—", "已取得", ""], [3, "第3号项目", "已备案", "2023年5月", "无", "×", "正在办理"])
    draft = read(ledger, path)
    assert [(c.project, *x) for c, x in zip(draft.changes, said(draft), strict=True)] == [
        ("HY2023-001", "立项实际", "2023-03-05", True), ("HY2023-001", "用地实际", "2023-06", False), ("HY2023-001", "环评实际", "2023-06", False),
        ("HY2023-001", "施工许可实际", "2023-06", False), ("HY2023-002", "立项实际", "2023-04-06", True),
        ("HY2023-002", "用地办理情况", "办理中", True), ("HY2023-002", "环评实际", "2023-06", False), ("HY2023-003", "立项实际", "2023-06", False),
        ("HY2023-003", "用地实际", "2023-05", True), ("HY2023-003", "施工许可办理情况", "办理中", True)]
    assert next(f.message for f in draft.findings if f.code == "node_undated").startswith("表“Sheet”有 5 格")
    assert "no_date" not in codes(draft)
    assert apply_nodes(ledger, draft).value.written == 5


def test_what_is_ticked_and_held_already_is_no_change_and_what_is_undone_is_said(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 2)
    dated = ["序号", "项目名称", "立项实际时间", "环评实际时间"], [1, "第1号项目", "2023.3.5", "2023.4.1"]
    apply_nodes(ledger, read(ledger, table(tmp_path, *dated)))
    later = table(tmp_path, ["手续办理情况"], ["序号", "项目名称", "立项", "环评"], [1, "第1号项目", "√", "未办"], [2, "第2号项目", "√", ""], name="后.xlsx")
    draft = read(ledger, later)
    assert said(draft) == [("立项实际", "2023-06", False)]
    assert [(f.code, f.cell) for f in draft.findings if f.code == "node_blank"] == [("node_blank", "D3")]


@pytest.mark.parametrize("shape", ["columns", "merged", "rows"])
def test_node_tables_stand_in_any_direction(ledger: Ledger, tmp_path: Path, shape: str) -> None:
    fill(ledger, 2)
    names = ["第1号项目", "第2号项目"]
    if shape == "columns":
        path = table(tmp_path, ["节点"], ["节点", *names], ["立项实际", "2023.3.5", "2023.3.6"], ["竣工计划", "2024.8", "2024.9"])
    elif shape == "merged":
        path = table(tmp_path, ["节点", "", *names], ["立项", "计划", "2023.2", "2023.2"], ["", "实际", "2023.3.5", "2023.3.6"],
                     ["竣工", "计划", "2024.8", "2024.9"], ["", "实际", "", ""], merges=("A2:A3", "A4:A5"))
    else:
        path = table(tmp_path, ["序号", "项目名称", "节点", "计划时间", "实际时间"], [1, names[0], "立项", "2023.2", "2023.3.5"],
                     ["", "", "竣工", "2024.8", ""], [2, names[1], "立项", "2023.2", "2023.3.6"], ["", "", "竣工", "2024.9", ""])
    draft = read(ledger, path)
    told = {(c.project[-1], c.what, str(c.new)) for c in draft.changes}
    assert {("1", "立项实际", "2023-03-05"), ("2", "立项实际", "2023-03-06"), ("1", "竣工计划", "2024-08"), ("2", "竣工计划", "2024-09")} <= told
    assert len(told) == (4 if shape == "columns" else 6)
    book = openpyxl.load_workbook(path).active
    assert all(str(book[c.cell].value) == c.words for c in draft.changes)


def test_of_ticked_stages_the_reached_one_is_proposed_and_blanks_say_nothing(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 3)
    path = table(
        tmp_path, ["序号", "项目名称", "建设阶段", "", "", ""], ["", "", "前期工作", "主体施工", "主体完工", "投用"], [1, "第1号项目", "", "√", "", ""],
        [2, "第2号项目", "", "", "√", ""], [3, "第3号项目", "√", "", "", ""], merges=("C1:F1", "A1:A2", "B1:B2"))
    draft = read(ledger, path)
    assert [(c.project, *x) for c, x in zip(draft.changes, said(draft), strict=True)] == [("HY2023-002", "主体封顶实际", "2023-06", False)]
    assert "node_undated" in codes(draft)
    assert not {"node_unsaid", "node_blank", "no_date"} & codes(draft)


def test_what_is_being_handled_or_not_needed_is_taken_exported_and_undone(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 3)
    rows = (["序号", "项目名称", "立项", "用地", "环评", "开工"], [1, "第1号项目", "2023-03-05", "办理中", "不涉及", "不涉及"], [2, "第2号项目", "已办", "未办", "正在报批", ""])
    draft = read(ledger, table(tmp_path, *rows))
    assert [(c.what, str(c.new), c.accepted, c.blocked) for c in draft.changes if c.which == HANDLING] == [
        ("用地办理情况", WORKING, True, False), ("环评办理情况", UNNEEDED, True, False), ("开工办理情况", UNNEEDED, False, True),
        ("环评办理情况", WORKING, True, False)]
    apply_nodes(ledger, draft, actor=Actor("甲"))
    first = next(p for p in list_milestones(ledger, JUNE).projects if p.name == "第1号项目")
    assert (first.node("用地").handling, first.node("环评").handling) == (WORKING, UNNEEDED)
    assert {c.new for c in project_history(ledger, first.project_id).changes if c.field == "用地办理情况"} == {WORKING}
    out = tmp_path / "出.xlsx"
    export_nodes(ledger, out, JUNE)
    again = read(ledger, out)
    assert (again.changes, again.findings) == ((), ())
    other = read(ledger, table(tmp_path, rows[0], [1, "第1号项目", "2023-03-05", "不需办理", "", ""], name="再.xlsx"))
    assert [(c.what, str(c.old), str(c.new), c.accepted) for c in other.changes] == [("用地办理情况", WORKING, UNNEEDED, False)]
    undo_last(ledger, Actor("甲"))
    assert [p.node("用地").handling for p in list_milestones(ledger, JUNE).projects] == ["", "", ""]


def test_how_a_node_is_handled_is_written_by_hand_and_refused_where_it_cannot_be(ledger: Ledger) -> None:
    fill(ledger, 1)
    only = list_milestones(ledger, JUNE).projects[0].project_id
    moved = move_milestones(ledger, [NodeMove(only, "用地", HANDLING, UNNEEDED)], today=TODAY).value
    assert moved.title == "修改“第1号项目”的用地办理情况"
    for node, said in (("用地", "快了"), ("开工", UNNEEDED)):
        with pytest.raises(HydeskError, match=node):
            move_milestones(ledger, [NodeMove(only, node, HANDLING, said)], today=TODAY)
    move_milestones(ledger, [NodeMove(only, "用地", HANDLING, None)], today=TODAY)
    assert list_milestones(ledger, JUNE).projects[0].node("用地").handling == ""


def test_the_department_of_a_node_is_the_offices_and_is_kept(ledger: Ledger) -> None:
    nodes = list_standard_nodes(ledger)
    assert {n.name: n.granted_by for n in nodes}["用地"] == "自然资源部门"
    set_standard_nodes(ledger, [type(n)(n.name, n.stage, n.label, "市资规局" if n.name == "用地" else "") for n in nodes])
    assert {n.name: n.granted_by for n in list_standard_nodes(ledger)}["用地"] == "市资规局"
