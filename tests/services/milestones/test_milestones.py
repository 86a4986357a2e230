"""Nodes of many projects: lists, moves in one act, standard nodes as data."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.dates import LooseDate
from hydesk.domain.errors import HydeskError
from hydesk.domain.milestones import Milestones, NodeMove, StandardNode
from hydesk.services.acts.undo_acts import redo_last, undo_last
from hydesk.services.milestones.list_milestones import (
    list_milestones,
    list_standard_nodes,
    set_standard_nodes,
)
from hydesk.services.milestones.move_milestones import move_milestones
from hydesk.services.upkeep.check_content import check_open
from tests.services.made import JUNE, fill
from tests.undoing import undo_depth

TODAY = date(2023, 7, 3)


def on(month: int, day: int) -> LooseDate:
    return LooseDate(date(2023, month, day))


def seen(ledger: Ledger) -> Milestones:
    return list_milestones(ledger, JUNE.end)


def test_several_projects_are_moved_in_one_act(ledger: Ledger) -> None:
    fill(ledger, 3)
    ids = [p.project_id for p in seen(ledger).projects]
    before, other = undo_depth(ledger, Actor("甲")), Actor("乙")
    moved = move_milestones(ledger, [NodeMove(i, "竣工", "baseline", on(9, 1)) for i in ids], actor="甲", today=TODAY).value
    assert (moved.changed, moved.title) == (3, "修改 3 个项目的竣工计划时间")
    later = [NodeMove(i, "竣工", "baseline", on(10, 1)) for i in ids]
    with pytest.raises(HydeskError, match="写明原因"):
        move_milestones(ledger, later, today=TODAY)
    move_milestones(ledger, later, "雨季", "乙", TODAY)
    assert move_milestones(ledger, later, today=TODAY).value.changed == 0
    assert (undo_depth(ledger, Actor("甲")), undo_depth(ledger, other)) == (before + 1, 1)
    move = seen(ledger).projects[0].node("竣工").moves[0]
    assert (move.old, move.new, move.reason, move.actor, move.days) == (on(9, 1), on(10, 1), "雨季", "乙", 30)
    assert [x.slip for x in seen(ledger).slipped() if x.node.name == "竣工"] == [30, 30, 30]
    undo_last(ledger, other)
    assert seen(ledger).projects[0].node("竣工").moves == ()
    redo_last(ledger, other)
    assert seen(ledger).projects[2].node("竣工").baseline == on(10, 1)


def test_one_refused_date_leaves_all_as_it_was(ledger: Ledger) -> None:
    fill(ledger, 2)
    ids = [p.project_id for p in seen(ledger).projects]
    with pytest.raises(HydeskError, match=r"第2号项目.*还没有到"):
        move_milestones(ledger, [NodeMove(ids[0], "开工", "actual", on(7, 1)), NodeMove(ids[1], "开工", "actual", on(7, 9))],
                        today=TODAY)
    assert seen(ledger).projects[0].node("开工").actual is None


def test_a_finish_before_the_start_is_written_and_doubted(ledger: Ledger) -> None:
    fill(ledger, 1)
    key = seen(ledger).projects[0].project_id
    moved = move_milestones(ledger, [NodeMove(key, "开工", "actual", on(5, 1)), NodeMove(key, "竣工", "actual", on(4, 1))],
                            today=TODAY).value
    assert [f.code for f in moved.doubts] == ["node_order_actual"]
    assert moved.doubts[0].project == "HY2023-001"
    assert moved.doubts[0].message.startswith("第1号项目：")


def test_lists_judge_by_the_day_given(ledger: Ledger) -> None:
    fill(ledger, 1)  # planned to start in April 2023
    assert [x.node.name for x in list_milestones(ledger, date(2023, 5, 1)).overdue()] == ["开工"]
    assert list_milestones(ledger, date(2023, 4, 30)).overdue() == []
    assert list_milestones(ledger, JUNE, today=date(2023, 7, 1)).on == date(2023, 7, 1)
    assert list_milestones(ledger, JUNE, today=date(2026, 1, 1)).on == JUNE.end


def test_standard_nodes_are_renamed_added_and_ordered_undoably(ledger: Ledger) -> None:
    fill(ledger, 1)
    nodes = list(list_standard_nodes(ledger))
    key = seen(ledger).projects[0].project_id
    wanted = [*nodes[:8], StandardNode("正负零", "在建实施"), StandardNode("主体封顶", "在建实施", "主体结构封顶"), *nodes[9:]]
    set_standard_nodes(ledger, wanted)
    set_standard_nodes(ledger, wanted)
    assert list(list_standard_nodes(ledger)) == wanted
    move_milestones(ledger, [NodeMove(key, "正负零", "baseline", on(9, 1)), NodeMove(key, "主体封顶", "baseline", on(10, 1))], today=TODAY)
    m = seen(ledger)
    assert [(n.shown, m.projects[0].node(n.name).baseline) for n in m.nodes[8:10]] == [
        ("正负零", on(9, 1)), ("主体结构封顶", on(10, 1))]
    undo_last(ledger)
    undo_last(ledger)
    assert list(list_standard_nodes(ledger)) == nodes
    redo_last(ledger)
    redo_last(ledger)
    undo_last(ledger)
    assert check_open(ledger) == []


def test_dates_of_a_node_left_out_stay_in_sight(ledger: Ledger) -> None:
    fill(ledger, 1)
    key = seen(ledger).projects[0].project_id
    move_milestones(ledger, [NodeMove(key, "环评", "baseline", on(9, 1))], today=TODAY)
    set_standard_nodes(ledger, [n for n in list_standard_nodes(ledger) if n.name != "环评"])
    assert seen(ledger).nodes[-1].name == "环评"


@pytest.mark.parametrize(("change", "word"), [
    (lambda ns: [n for n in ns if n.name != "开工"], "开工"),
    (lambda ns: [*ns, StandardNode("新", "在建实施", "开工")], "都叫"),
    (lambda ns: [*ns, StandardNode(" ", "在建实施")], "不能为空"),
])
def test_standard_nodes_that_cannot_be_are_refused(ledger: Ledger, change: object, word: str) -> None:
    with pytest.raises(HydeskError, match=word):
        set_standard_nodes(ledger, change(list_standard_nodes(ledger)))  # type: ignore[operator]
