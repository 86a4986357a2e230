"""The nodes as the screen holds them: search, filters with counts, groups, lists and their words."""

from __future__ import annotations

from datetime import date

import pytest

from hydesk.domain.dates import LooseDate
from hydesk.domain.milestones import (
    BaselineMove,
    ListedNode,
    Milestones,
    NodeDates,
    NodeState,
    ProjectNodes,
    StandardNode,
)
from hydesk.ui.screens.nodes.lists import (
    DUE,
    OVERDUE,
    SLIPPED,
    columns,
    left_text,
    slip_text,
    table_rows,
    text,
    why,
)
from hydesk.ui.screens.nodes.rows import NodeQuery, NodeRows
from hydesk.ui.style import Theme

ON = date(2023, 6, 15)
NODES = (StandardNode("立项", "招商引资"), StandardNode("开工", "落地开工", "实际开工"), StandardNode("竣工", "竣工达产"))
THEME = Theme()


def on(month: int, day: int, year: int = 2023) -> LooseDate:
    return LooseDate(date(year, month, day))


MOVED = NodeDates(on(7, 15), on(7, 20), None, (BaselineMove(ON, "张三", on(6, 1), on(7, 1), "用地未批"), BaselineMove(ON, "张三", on(7, 1), None, "再议")))
PROJECTS = (
    ProjectNodes(1, "HY1", "电缆项目", "衡南县", "产业发展", "输变电", "新建", {"立项": NodeDates(on(6, 14)), "开工": NodeDates(on(6, 16))}),
    ProjectNodes(2, "HY2", "道路工程", "祁东县", "", "输变电", "新建", {"立项": NodeDates(on(5, 1), None, on(5, 3)), "竣工": NodeDates(on(12, 1))}),
    ProjectNodes(3, "HY3", "水厂", "衡南县", "社会民生", "", "续建", {"开工": MOVED}), ProjectNodes(4, "HY4", "学校", "祁东县", "社会民生", "", "新建"))
ROWS = NodeRows(Milestones(ON, NODES, PROJECTS))
S = NodeState


@pytest.mark.parametrize(("query", "found"), [
    (NodeQuery(), [1, 2, 3, 4]), (NodeQuery(text="dlxm"), [1]), (NodeQuery(text="hy 衡南"), [1, 3]), (NodeQuery(units=frozenset({"祁东县"})), [2, 4]),
    (NodeQuery(nodes=frozenset({"实际开工"})), [1, 3]), (NodeQuery(states=frozenset({S.OVERDUE})), [1]), (NodeQuery(states=frozenset({S.DONE})), [2]),
    (NodeQuery(nodes=frozenset({"立项"}), states=frozenset({S.OVERDUE})), [1]), (NodeQuery(nodes=frozenset({"实际开工"}), states=frozenset({S.OVERDUE})), []),
    (NodeQuery(text="学校", states=frozenset({S.OVERDUE})), []), (NodeQuery(units=frozenset({"衡南县"}), text="水"), [3])])
def test_what_a_query_asks_for(query: NodeQuery, found: list[int]) -> None:
    assert [p.project_id for p in ROWS.projects(query)] == found


def test_each_choice_is_counted_given_the_other_filters() -> None:
    whole = ROWS.choices(NodeQuery())
    assert whole["units"] == {"衡南县": 2, "祁东县": 2}
    assert whole["nodes"] == {"立项": 2, "实际开工": 2, "竣工": 1}
    assert whole["states"] == {S.OVERDUE: 1, S.DUE: 1 + 0, S.DONE: 1, S.AHEAD: 2}
    some = ROWS.choices(NodeQuery(units=frozenset({"衡南县"}), states=frozenset({S.OVERDUE})))
    assert some["units"] == {"衡南县": 1}
    assert some["states"] == {S.OVERDUE: 1, S.DUE: 1, S.AHEAD: 1}
    assert ROWS.dated == {"立项": 2, "开工": 2, "竣工": 1}


def test_the_time_line_is_grouped_with_what_is_overdue() -> None:
    assert [r.text for r in ROWS.lines(NodeQuery(), "unit")] == ["衡南县　2　■ 逾期 1", "电缆项目", "水厂", "祁东县　2", "道路工程", "学校"]
    assert [r.text for r in ROWS.lines(NodeQuery(), "category")] == ["产业发展　1　■ 逾期 1", "电缆项目", "（未填）　1", "道路工程", "社会民生　2", "水厂", "学校"]
    assert [r.text for r in ROWS.lines(NodeQuery(), "")] == ["电缆项目", "道路工程", "水厂", "学校"]
    assert ROWS.lines(NodeQuery(), "unit") is ROWS.lines(NodeQuery(), "unit")
    only = ROWS.lines(NodeQuery(nodes=frozenset({"竣工"})), "chain")
    assert [r.text for r in only] == ["输变电　1", "道路工程"]


def test_the_line_reaches_a_month_before_the_first_day_and_a_season_past_the_last() -> None:
    assert ROWS.span[1] - ROWS.span[0] == (date(2023, 12, 1) - date(2023, 5, 1)).days + 30 + 90
    alone = NodeRows(Milestones(ON, NODES, PROJECTS[3:]))
    assert alone.span[1] - alone.span[0] == 120
    assert (ROWS.any, alone.any) == (True, False)


def _listed(view: int, days: int = 30) -> list[ListedNode]:
    return ROWS.listed(view, days)


def test_lists_of_what_is_due_overdue_and_slipped() -> None:
    assert [(x.project.project_id, x.node.name) for x in _listed(OVERDUE)] == [(1, "立项")]
    assert [(x.project.project_id, x.node.name) for x in _listed(DUE, 7)] == [(1, "开工")]
    assert [(x.project.project_id, x.node.name) for x in _listed(DUE, 60)] == [(1, "开工"), (3, "开工")]
    assert [(x.project.project_id, x.slip) for x in _listed(SLIPPED)] == [(3, 49), (2, 2), (1, 1)]
    slipped = _listed(SLIPPED)
    for query, found in ((NodeQuery(), [3, 2, 1]), (NodeQuery(units=frozenset({"衡南县"})), [3, 1]), (NodeQuery(nodes=frozenset({"立项"})), [2, 1]),
                         (NodeQuery(states=frozenset({S.DONE})), [2]), (NodeQuery(text="dlgc"), [2])):
        assert [x.project.project_id for x in ROWS.select_listed(query, slipped)] == found


def test_words_of_the_lists() -> None:
    assert [slip_text(s) for s in (None, 12, -3, 0)] == ["", "+12", "−3", "0"]
    (late,), (soon,) = _listed(OVERDUE), _listed(DUE, 7)
    assert (left_text(late), left_text(soon), text(None), text(LooseDate.of_month(2023, 6))) == ("逾期 1 天", "剩 1 天", "—", "2023-06")
    today = ListedNode(PROJECTS[0], NODES[0], NodeDates(LooseDate(ON)), S.DUE, 0, 0)
    done = ListedNode(PROJECTS[0], NODES[0], NodeDates(), S.DONE, None, None)
    assert (left_text(today), left_text(done)) == ("今天", "")
    assert why(_listed(SLIPPED)[0]) == "2023-07-01→取消 再议；2023-06-01→2023-07-01 用地未批"


def test_columns_in_words_and_order() -> None:
    (x,) = [x for x in _listed(SLIPPED) if x.project.project_id == 3]
    usual, slip = columns(THEME), columns(THEME, SLIPPED)
    assert [c.text(x) for c in usual] == ["水厂", "衡南县", "实际开工", "◇ 未到期", "剩 35 天", "2023-07-15", "2023-07-20", "—", "+49",
                                          "2023-07-01→取消 再议；2023-06-01→2023-07-01 用地未批"]
    assert [c.head for c in slip] == ["项目", "单位", "节点", "偏差（天）", "最初计划", "计划", "预计", "实际", "状态", "计划调整及原因"]
    assert slip[4].text(x) == "2023-06-01"
    by = {c.key: c for c in (*usual, slip[4])}
    assert [by[k].order(x) for k in ("state", "left", "baseline", "actual", "slip", "first")] == [2, 35, date(2023, 7, 15), None, 49, date(2023, 6, 1)]
    assert by["name"].tip(x) == "水厂\nHY3"
    assert by["slip"].color(x).name() == THEME.palette.lagging.lower()
    assert by["slip"].color(ListedNode(x.project, x.node, x.dates, S.DUE, 1, 0)) is None
    assert by["state"].color(_listed(OVERDUE)[0]).name() == THEME.palette.serious.lower()


def test_projects_and_nodes_as_a_table() -> None:
    assert table_rows(list(PROJECTS[:2]), ROWS.milestones) == [
        ["编号", "项目名称", "县市区", "立项计划", "立项预计", "立项实际", "实际开工计划", "实际开工预计", "实际开工实际", "竣工计划", "竣工预计", "竣工实际"],
        ["HY1", "电缆项目", "衡南县", "2023-06-14", "", "", "2023-06-16", "", "", "", "", ""],
        ["HY2", "道路工程", "祁东县", "2023-05-01", "", "2023-05-03", "", "", "", "2023-12-01", "", ""]]


def test_what_is_let_go_is_empty() -> None:
    rows = NodeRows(Milestones(ON, NODES, PROJECTS))
    rows.let_go()
    assert rows.overdue == rows.slipped == list(rows.milestones.projects) == []
    assert all(not held for held in rows.due.values())
