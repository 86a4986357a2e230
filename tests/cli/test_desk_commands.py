"""returns receive, take-in, drop, send-back, slip, chase, scores and deadline on a small ledger."""

from __future__ import annotations

from tests.cli.command_line import GOOD_ROWS, CommandLine, write_return

BAD_ROWS = [*GOOD_ROWS[:2], (3, "HY2023-003", "车江街道标准厂房项目", 15000, 5000, -20, 100, "施工中", None)]


def test_a_return_waits_is_taken_in_and_can_be_dropped(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "衡南县6月.xlsx")
    assert with_projects("returns", "receive", path, "--period", "2023-06").status == 1
    assert "待核" in with_projects("returns", "list").out
    assert "已收待核" in with_projects("returns", "board", "--period", "2023-06").out
    done = with_projects("returns", "take-in", "2")
    assert (done.status, "已入库" in done.err) == (0, True)
    assert with_projects("returns", "receive", path, "--period", "2023-06").status == 3
    other = write_return(with_projects.folder / "更正.xlsx", BAD_ROWS)
    with_projects("returns", "receive", other, "--period", "2023-06")
    assert with_projects("returns", "drop", "4").status == 0
    assert with_projects("returns", "drop", "4").status == 3


def test_a_return_is_sent_back_with_slip_and_marked_copy(with_projects: CommandLine) -> None:
    path = write_return(with_projects.folder / "衡南县6月.xlsx", BAD_ROWS)
    out = with_projects.folder / "退回"
    done = with_projects("returns", "send-back", path, "--period", "2023-06", "--note", "请核实", "--out", out)
    assert done.status == 1, done.err
    assert sorted(p.name for p in out.iterdir()) == [
        "衡南县2023年6月报表退回单.docx", "衡南县2023年6月报表退回单.pdf", "衡南县2023年6月报表退回单.txt",
        "衡南县6月（已标注）.xlsx"]
    assert "已退回" in with_projects("returns", "board", "--period", "2023-06").out
    assert with_projects("returns", "slip", "2", "--out", out, "--format", "txt").status == 0
    assert with_projects("returns", "send-back", path).status == 2
    assert with_projects("returns", "send-back", "9").status == 3


def test_late_units_are_pressed_and_scored(with_projects: CommandLine) -> None:
    chased = with_projects("returns", "chase", "--period", "2023-06", "--out", with_projects.folder / "催报")
    assert chased.status == 1
    assert "衡东县（1个项目）：未报送" in chased.out
    assert (with_projects.folder / "催报" / "2023年6月报表催报通知.pdf").exists()
    with_projects("returns", "import", write_return(with_projects.folder / "衡南县6月.xlsx"), "--period", "2023-06")
    assert with_projects("returns", "scores", "--year", "2023", "--out", with_projects.folder / "评分").status == 0
    assert (with_projects.folder / "评分" / "2023年报表报送质量评分.xlsx").exists()


def test_a_deadline_is_seen_set_and_set_back(with_projects: CommandLine) -> None:
    period = ("--period", "2023-06")
    assert "2023年7月5日" in with_projects("returns", "deadline", *period).err
    assert "2023年7月3日" in with_projects("returns", "deadline", *period, "--on", "2023-07-03").err
    assert "2023年7月5日" in with_projects("returns", "deadline", *period, "--usual").err
    assert with_projects("returns", "deadline", *period, "--on", "七月三日").status == 2
