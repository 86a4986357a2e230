"""The problems as the screen holds them: search, filters with counts, words and order of the columns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hydesk.domain.periods import Period
from hydesk.domain.problems import ListedProblem, Seen, Status
from hydesk.services.problems.follow_problems import Following, ToldProblem
from hydesk.ui.screens.problems.columns import (
    VIEWS,
    ProblemRow,
    columns,
    day,
    seen_text,
    status_tone,
    told_columns,
)
from hydesk.ui.screens.problems.rows import CLOSED, NO_ONE, OPEN, OVERDUE, ProblemQuery, ProblemRows
from hydesk.ui.style import Theme

ON = date(2023, 6, 30)
JUNE = Period.month(2023, 6)
THEME = Theme()


def problem(key: int, status: Status = Status.WORKING, due: date | None = None, **more: Any) -> ListedProblem:
    facts: dict[str, Any] = {
        "project_id": key, "project_code": f"HY{key}", "project_name": f"第{key}号项目", "project_unit": "衡南县" if key % 2 else "祁东县",
        "title": f"问题{key}", "detail": "征地未完成", "measures": "月底补偿", "responsible": "", "leader": "李某", "level": "县级",
        "raised_on": date(2023, 5, key), "closed_on": None, "first_seen": "2023-05", "last_seen": "2023-06", "import_id": None, "source_text": "",
        "on": ON} | more
    return ListedProblem(key, status=status, due_on=due, **facts)


LISTED = [problem(1, Status.WORKING, date(2023, 6, 29), responsible="水利局"), problem(2, Status.ASSIGNED, date(2023, 6, 30)),
          problem(3, Status.CLOSED, date(2023, 6, 1), closed_on=date(2023, 6, 2)), problem(4, Status.VERIFIED, date(2023, 7, 1))]


def told(seen: Seen, text: str, unit: str = "衡南县") -> ToldProblem:
    return ToldProblem(1, "HY1", "电缆项目", unit, text, "补偿", "2023-06", seen, "2023-05", 7 if seen is Seen.SAME else None, 1, "6月", "H7")


TOLD = (told(Seen.NEW, "新的"), told(Seen.BACK, "又来"), told(Seen.SAME, "照旧", "祁东县"), told(Seen.AGAIN, "上期也说"))
ROWS = ProblemRows(LISTED, Following(JUNE, TOLD, {1: Seen.SAME, 4: Seen.GONE}))


def ids(query: ProblemQuery, without: str = "") -> list[int]:
    return [r.problem.id for r in ROWS.select(query, without)]


@pytest.mark.parametrize(("query", "found"), [
    (ProblemQuery(), [1, 2, 3, 4]), (ProblemQuery(text="问题2"), [2]), (ProblemQuery(text="hy1"), [1]), (ProblemQuery(text="征地 李某"), [1, 2, 3, 4]),
    (ProblemQuery(text="征地 没有"), []), (ProblemQuery(text="hnx"), [1, 3]), (ProblemQuery(text="d4hxm"), [4]), (ProblemQuery(only=frozenset({2, 9})), [2]),
    (ProblemQuery(units=frozenset({"祁东县"})), [2, 4]), (ProblemQuery(statuses=frozenset({Status.CLOSED, Status.WORKING})), [1, 3]),
    (ProblemQuery(responsible=frozenset({NO_ONE})), [2, 3, 4]), (ProblemQuery(responsible=frozenset({"水利局"})), [1]), (ProblemQuery(cases=frozenset({OVERDUE})), [1]),
    (ProblemQuery(cases=frozenset({OPEN})), [1, 2, 4]), (ProblemQuery(cases=frozenset({CLOSED, OVERDUE})), [1, 3]),
    (ProblemQuery(units=frozenset({"衡南县"}), cases=frozenset({CLOSED})), [3])])
def test_what_a_query_asks_for(query: ProblemQuery, found: list[int]) -> None:
    assert ids(query) == found
    assert query.narrowed is (query != ProblemQuery())


def test_each_choice_is_counted_given_the_other_filters() -> None:
    query = ProblemQuery(units=frozenset({"衡南县"}), cases=frozenset({OPEN}))
    counts = ROWS.choices(query)
    assert counts["units"] == {"衡南县": 1, "祁东县": 2}
    assert counts["cases"] == {OPEN: 1, OVERDUE: 1, CLOSED: 1}
    assert counts["statuses"] == {Status.WORKING: 1}
    assert counts["responsible"] == {"水利局": 1}
    assert (ids(query, "units"), ids(query, "cases")) == ([1, 2, 4], [1, 3])


def test_what_returns_tell_stands_with_what_came_back_first() -> None:
    assert [t.text for t in ROWS.told] == ["又来", "上期也说", "新的", "照旧"]
    assert (ROWS.to_list, ROWS.period, ROWS.counts.total, ROWS.counts.overdue) == (3, JUNE, 4, 1)
    assert [t.text for t in ROWS.select_told(ProblemQuery(units=frozenset({"祁东县"})))] == ["照旧"]
    assert [t.text for t in ROWS.select_told(ProblemQuery(text="dlxm 新"))] == ["新的"]
    assert ROWS.select_told(ProblemQuery(text="新 没有")) == []


def test_days_left_and_status_in_words() -> None:
    assert [r.left for r in ROWS.rows] == ["逾期 1 天", "剩 0 天", "", "剩 1 天"]
    assert [r.status for r in ROWS.rows] == ["■ 办理中·逾期", "已交办", "已销号", "已核实"]
    assert ProblemRow(problem(5), None, "").left == ""
    assert [status_tone(p) for p in (*LISTED, problem(5, Status.ANSWERED))] == ["serious", "", "quiet", "", ""]
    assert (day(None), day(ON), seen_text(None), seen_text(Seen.BACK)) == ("", "2023-06-30", "", "↺ 销号后又反映")


def test_every_view_shows_its_columns_with_words_and_order() -> None:
    heads = {v: [c.head for c in columns(v, THEME)] for v in range(len(VIEWS) - 1)}
    assert heads == {
        0: ["编号", "问题", "项目", "单位", "状态", "剩余", "责任单位", "办结期限", "报表跟踪"],
        1: ["编号", "项目", "单位", "困难问题", "提出日期", "首次反映", "最近反映", "报表跟踪", "状态"],
        2: ["编号", "项目", "问题", "解决措施", "责任单位", "办结期限", "状态"],
        3: ["编号", "项目", "问题", "责任单位", "责任领导", "级别", "提出日期", "办结期限", "剩余", "状态"]}
    row = ROWS.rows[0]
    said = [[c.text(row) for c in columns(v, THEME)] for v in range(4)]
    assert said[0] == ["1", "问题1", "第1号项目", "衡南县", "■ 办理中·逾期", "逾期 1 天", "水利局", "2023-06-29", "● 仍然反映"]
    assert said[1] == ["1", "第1号项目", "衡南县", "征地未完成", "2023-05-01", "2023-05", "2023-06", "● 仍然反映", "■ 办理中·逾期"]
    assert said[2] == ["1", "第1号项目", "问题1", "月底补偿", "水利局", "2023-06-29", "■ 办理中·逾期"]
    assert said[3] == ["1", "第1号项目", "问题1", "水利局", "李某", "县级", "2023-05-01", "2023-06-29", "逾期 1 天", "■ 办理中·逾期"]
    order = {c.head: c.order for c in columns(0, THEME)}
    assert [order[h](row) for h in ("编号", "状态", "剩余", "办结期限")] == [1, 4, -1, date(2023, 6, 29)]
    by = {c.head: c for c in columns(0, THEME)}
    assert by["问题"].tip(row) == "征地未完成"
    assert [c.head for c in columns(0, THEME) if c.stretch] == ["问题", "项目"]
    assert [c.head for v in range(4) for c in columns(v, THEME) if c.measure] == ["问题", "困难问题", "问题", "解决措施", "问题"]


def test_what_returns_tell_in_columns() -> None:
    made = told_columns(THEME)
    assert [[c.text(t) for c in made] for t in ROWS.told[1:4:2]] == [
        ["＝ 上期已有", "上期也说", "补偿", "电缆项目", "衡南县", "2023-05", "", "6月 H7"], ["● 仍然反映", "照旧", "补偿", "电缆项目", "祁东县", "2023-05", "7", "6月 H7"]]
    assert [made[0].order(t) for t in ROWS.told] == [0, 1, 2, 3]
    fresh, known = made[0].color(ROWS.told[0]), made[0].color(ROWS.told[3])
    assert fresh.name() == THEME.palette.accent.lower()
    assert known.name() == THEME.palette.quiet.lower()
