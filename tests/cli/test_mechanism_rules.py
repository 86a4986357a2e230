"""Rules of assessments, boards, scale lists and backward steps by commands: listed, tried, changed, undone, refused."""

from __future__ import annotations

import pytest

from tests.cli.command_line import JUNE, CommandLine, answered, refused

TRY = ("--try", "2023-06")


def test_rules_of_an_assessment_are_listed_changed_placed_and_taken_back(run: CommandLine) -> None:
    before = answered(run, "rules", "assessment", "units")
    titles = [r["title"] for r in before["rules"]]
    (act,) = answered(run, "rules", "assessment", "units", "红榜", "--add", "--measure", "红榜次数", "--way", "按次加分", "--points", "5",
                      "--after", titles[0])["acts"]
    now = answered(run, "rules", "assessment", "units")["rules"]
    assert [r["title"] for r in now] == [titles[0], "红榜", *titles[1:]]
    assert (now[1]["measure"], now[1]["way"], now[1]["points"], now[1]["step"]) == ("praised", "add", "5", "1")
    assert "红榜：每个加1分，最多5分" in run("rules", "assessment", "units").err
    answered(run, "rules", "assessment", "units", "红榜", "--rename", "红榜加分", "--after", "")
    assert answered(run, "rules", "assessment", "units")["rules"][0]["title"] == "红榜加分"
    assert len(answered(run, "rules", "assessment", "units", "红榜加分", "--remove")["rules"]) == len(titles)
    run("undo")
    run("undo")
    run("undo", act)
    assert answered(run, "rules", "assessment", "units")["rules"] == before["rules"]


def test_rules_are_tried_without_being_kept(run: CommandLine) -> None:
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=19000", *JUNE)
    tried = run.json("rules", "assessment", "units", "年度投资完成率", "--points", "60", *TRY)[1]
    assert tried["acts"] == []
    (unit,) = tried["trial"]
    assert (unit["unit"], unit["place"], unit["place_now"]) == ("衡南县", 1, 1)
    city = answered(run, "rules", "assessment", "city", "新开工情况", "--points", "30", *TRY)["trial"]
    assert city["whole"] == "110"
    assert "没有写台账" in refused(run, "rules", "boards", "--red", "1", *TRY, status=0)
    told = answered(run, "rules", "boards", "--least-plan", "20000", "--lagging-too", *TRY)
    assert {p["board"] for p in told["proposed"]} <= {"红榜（表扬）", "黄榜（滞后）"}
    assert answered(run, "rules", "boards", "--least-plan", "20000.0001", *TRY)["proposed"] == [], "one yuan above every plan"


def test_the_rule_of_the_boards_is_told_changed_and_taken_back(run: CommandLine) -> None:
    before = answered(run, "rules", "boards")["rule"]
    now = answered(run, "rules", "boards", "--red", "3", "--least-plan", "15000", "--lagging-too", "--yellow-points", "-0.5")
    assert now["rule"] == {"red": 3, "yellow": 10, "least_plan": 150_000_000, "serious_only": False, "red_points": "1",
                           "yellow_points": "-0.5"}
    assert "年度计划 1.5 亿元及以上" in now["said"][0]
    assert "没有改动" in refused(run, "rules", "boards", "--red", "3")
    run("undo")
    assert answered(run, "rules", "boards")["rule"] == before


def test_from_what_size_on_a_project_is_major(run: CommandLine) -> None:
    assert answered(run, "rules", "scale")["least_total_investment"] == 100_000_000
    assert answered(run, "rules", "scale", "--least", "2.5")["least_total_investment"] == 250_000_000
    assert "没有改动" in refused(run, "rules", "scale", "--least", "2.50")
    run("undo")
    assert answered(run, "rules", "scale")["least_total_investment"] == 100_000_000


def test_steps_of_a_schedule_stand_where_their_share_puts_them(run: CommandLine) -> None:
    before = answered(run, "rules", "backward")["steps"]
    steps = answered(run, "rules", "backward", "现场办公", "--add", "--share", "40", "--done-from", "办理中")["steps"]
    assert [(s["name"], s["share"]) for s in steps] == [("制定措施", 20), ("现场办公", 40), ("落实过半", 60), ("办结反馈", 90), ("核实销号", 100)]
    answered(run, "rules", "backward", "现场办公", "--share", "95")
    assert [s["name"] for s in answered(run, "rules", "backward")["steps"]][3] == "现场办公"
    assert answered(run, "rules", "backward", "--usual")["steps"] == before
    assert "没有改动" in refused(run, "rules", "backward", "--usual")


@pytest.mark.parametrize(("words", "said", "status"), [
    (("assessment", "units", "报送质里", "--points", "20"), "相近的有：报送质量", 3),
    (("assessment", "units", "红榜", "--add", "--points", "5"), "还要写 --measure、--way", 2),
    (("assessment", "units", "红榜", "--add", "--measure", "红榜次", "--way", "按次加分", "--points", "5"), "相近的有：红榜次数", 2),
    (("assessment", "units", "报送质量", "--add", "--measure", "红榜次数", "--way", "按次加分", "--points", "5"), "已经有", 3),
    (("assessment", "units", "报送质量", "--rename", "承诺兑现率"), "会有两条", 3),
    (("assessment", "units", "报送质量", "--points", "0"), "分值不对", 3),
    (("assessment", "units", "报送质量", "--points", "NaN"), "不是数字", 2),
    (("assessment", "units", "报送质量"), "没有写要改什么", 2),
    (("assessment", "units", "--points", "5"), "没有写是哪一个", 2),
    (("assessment", "city", "入统情况", "--way", "按名次计分"), "不能按名次计分", 3),
    (("assessment", "county"), "只能是", 2),
    (("boards", "--red", "-1"), "不在 0 到 9999 之间", 2),
    (("boards", "--least-plan", "一亿"), "不是数字", 2),
    (("boards", "--least-plan", "0.00001"), "精确到元", 2),
    (("scale", "--least", "0"), "大于 0", 2),
    (("backward", "核实销号", "--remove"), "最后一步的占比应是 100", 3),
    (("backward", "又一步", "--add"), "--share", 2),
    (("backward", "落实过半", "--share", "20"), "一步比一步大", 3),
    (("backward", "落实过半", "--usual", "--share", "50"), "不能和步骤一起写", 2),
    (("backward", "落实", "--remove"), "相近的有：落实过半", 3)])
def test_what_cannot_be_is_said_and_nothing_written(run: CommandLine, words: tuple[str, ...], said: str, status: int) -> None:
    assert said in refused(run, "rules", *words, status=status)
