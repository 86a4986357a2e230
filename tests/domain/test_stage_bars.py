from __future__ import annotations

from datetime import date

from hydesk.domain.dates import LooseDate
from hydesk.domain.milestones import BaselineMove, NodeDates, ProjectNodes, StandardNode
from hydesk.domain.stage_bars import PieceKind, node_marks, stage_bars

ON = date(2023, 6, 30)
NODES = tuple(StandardNode(n, s) for n, s in (
    ("立项", "招商引资"), ("环评", "招商引资"), ("开工", "落地开工"), ("主体封顶", "在建实施"), ("竣工", "竣工达产"), ("入统", "竣工达产")))


def on(text: str) -> LooseDate:
    return LooseDate(date.fromisoformat(text))


def dates(plan: str = "", forecast: str = "", actual: str = "", **more: object) -> NodeDates:
    held = [on(t) if t else None for t in (plan, forecast, actual)]
    return NodeDates(*held, **more)  # type: ignore[arg-type]


def bars(**nodes: NodeDates) -> list[tuple[str, list[tuple[str, str, str]], tuple[str, str] | None]]:
    project = ProjectNodes(1, "HY2023-001", "甲", "衡南县", "", "", "新建", nodes)
    return [(b.stage, [(p.kind.value, str(p.begin), str(p.end)) for p in b.pieces], b.planned and (str(b.planned[0]), str(b.planned[1])))
            for b in stage_bars(project, NODES, ON)]


def test_a_stage_lasts_from_the_end_of_the_one_before_to_its_own_last_node() -> None:
    assert bars(立项=dates("2023-01-10", actual="2023-01-12"), 环评=dates("2023-03-01", actual="2023-03-01"),
                开工=dates("2023-05-01", actual="2023-05-20"), 主体封顶=dates("2024-02-01"), 竣工=dates("2024-10-01")) == [
        ("招商引资", [("done", "2023-01-12", "2023-03-01")], ("2023-01-10", "2023-03-01")),
        ("落地开工", [("done", "2023-03-01", "2023-05-01"), ("late", "2023-05-01", "2023-05-20")], ("2023-03-01", "2023-05-01")),
        ("在建实施", [("working", "2023-05-20", "2023-06-30"), ("ahead", "2023-06-30", "2024-02-01")], ("2023-05-01", "2024-02-01")),
        ("竣工达产", [("ahead", "2024-02-01", "2024-10-01")], ("2024-02-01", "2024-10-01"))]


def test_an_overdue_node_makes_its_stage_last_until_today_whatever_was_expected() -> None:
    (stage, pieces, planned), = bars(开工=dates("2023-02-01", actual="2023-02-01"), 主体封顶=dates("2023-06-01", "2023-06-10"))
    assert (stage, planned) == ("在建实施", ("2023-02-01", "2023-06-01"))
    assert pieces == [("working", "2023-02-01", "2023-06-01"), ("late", "2023-06-01", "2023-06-30")]


def test_a_forecast_ahead_goes_on_after_today() -> None:
    (_, pieces, _), = bars(开工=dates("2023-02-01", actual="2023-02-01"), 主体封顶=dates("2023-06-01", "2023-09-10"))
    assert pieces[-2:] == [("late", "2023-06-01", "2023-06-30"), ("ahead", "2023-06-30", "2023-09-10")]


def test_a_plan_that_is_today_is_not_late() -> None:
    (_, pieces, _), = bars(开工=dates("2023-02-01", actual="2023-02-01"), 主体封顶=dates("2023-06-30"))
    assert [p[0] for p in pieces] == ["working"]


def test_the_first_plan_is_kept_under_the_bar_after_it_was_moved() -> None:
    moved = dates("2023-12-01", moves=(BaselineMove(date(2023, 4, 1), "甲", on("2023-08-01"), on("2023-12-01"), "雨季"),))
    (_, pieces, planned), = bars(开工=dates("2023-02-01", actual="2023-02-01"), 主体封顶=moved)
    assert planned == ("2023-02-01", "2023-08-01")
    assert pieces[-1] == ("ahead", "2023-06-30", "2023-12-01")


def test_what_needs_no_doing_and_入统_make_no_stage_longer() -> None:
    assert bars(开工=dates("2023-02-01", actual="2023-02-01"), 主体封顶=dates("2024-01-01", handling="不需办理"), 竣工=dates("2024-06-01"),
                入统=dates("2025-01-01")) == [
        ("竣工达产", [("working", "2023-02-01", "2023-06-30"), ("ahead", "2023-06-30", "2024-06-01")], ("2023-02-01", "2024-06-01"))]


def test_nodes_without_dates_or_of_one_day_make_no_bar() -> None:
    assert bars() == []
    assert bars(开工=dates("2023-05-01", actual="2023-05-01")) == []
    assert bars(开工=dates(begun=True), 主体封顶=dates()) == []


def test_a_later_stage_that_was_done_first_begins_with_its_own_first_node() -> None:
    found = bars(立项=dates("2023-01-01", actual="2023-01-01"), 环评=dates("2023-09-01"), 开工=dates("2023-03-01", actual="2023-03-01"),
                 主体封顶=dates("2023-10-01"))
    assert [stage for stage, *_ in found] == ["招商引资", "在建实施"]
    assert found[1][1][0] == ("working", "2023-03-01", "2023-06-30")


def test_a_node_that_is_done_shows_no_forecast_and_no_plan_of_the_same_day() -> None:
    assert [m.which for m in node_marks(dates("2023-05-01", "2023-06-01", "2023-05-01"), ON)] == ["actual"]
    assert [(m.which, m.late) for m in node_marks(dates("2023-05-01", "2023-06-01", "2023-05-03"), ON)] == [("baseline", True), ("actual", True)]
    assert [m.which for m in node_marks(dates("2023-07-01", "2023-08-01"), ON)] == ["baseline", "forecast"]


def test_every_piece_has_a_word() -> None:
    assert len({k.label for k in PieceKind}) == len(PieceKind)
