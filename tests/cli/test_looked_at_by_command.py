"""What the window only shows, by commands: scores, lists, targets, tours, one return in full; batches, names, views of registers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command_line import JUNE, CommandLine, answered, refused, write_return


@pytest.fixture
def enabled(run: CommandLine) -> CommandLine:
    """Runs a command on a ledger with the shipped registers and figures of one project."""
    run("register", "enable", *JUNE)
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=19000", *JUNE)
    return run


def test_scores_are_told_down_to_their_reasons(enabled: CommandLine) -> None:
    (unit,) = answered(enabled, "register", "scores", *JUNE)["scores"]
    assert (unit["unit"], unit["place"], unit["whole"]) == ("衡南县", 1, "100")
    assert [x["points"] for x in unit["lines"] if x["rule"] == "年度投资完成率"] == ["40"]
    assert "第1名，得40分" in enabled("register", "scores", *JUNE, "--unit", "衡南").out
    assert answered(enabled, "register", "scores", *JUNE, "--scope", "编号=HY2023-002")["scores"][0]["lines"][0]["points"] is None
    city = enabled.json("register", "city", *JUNE)[1]
    assert len(city["lines"]) == len(answered(enabled, "rules", "assessment", "city")["rules"])


def test_lists_are_told_and_published(enabled: CommandLine, tmp_path: Path) -> None:
    told = answered(enabled, "register", "scale", *JUNE, "--list", "完成率", "--publish", tmp_path / "榜.html")
    (one,) = told["lists"]
    assert {x["unit"]: x["value"] for x in one["lines"]}["衡南县"] in (None, "0.95")
    counts = answered(enabled, "register", "scale", *JUNE, "--list", "项目个数")["lists"][0]["lines"]
    assert {x["unit"]: x["value"] for x in counts}["衡南县"] == "0"
    assert "年度投资完成率榜" in (tmp_path / "榜.html").read_text(encoding="utf-8")
    assert "相近的有：引资额榜" in refused(enabled, "register", "scale", *JUNE, "--list", "引资额帮", status=2)
    assert answered(enabled, "register", "majors", *JUNE)["projects"] == []


def test_targets_and_tours_are_told(enabled: CommandLine) -> None:
    targets = enabled.json("register", "targets", *JUNE)[1]
    assert {t["state"] for t in targets["targets"]} <= {"reached", "on_path", "behind", "unknown"}
    assert targets["status"] == (1 if any(t["state"] == "behind" for t in targets["targets"]) else 0)
    answered(enabled, "register", "write", "现场观摩", "观摩批次=上半年观摩", "项目=HY2023-001", "顺序=1", *JUNE)
    (stop,) = answered(enabled, "register", "tours", *JUNE)["stops"]
    assert (stop["project"], stop["tour"], stop["order"]) == ("HY2023-001", "上半年观摩", "1")


def test_a_register_is_viewed_and_its_record_followed(enabled: CommandLine) -> None:
    key = answered(enabled, "register", "write", "红黄榜", "期次=2023-06", "榜别=黄榜（滞后）", "项目=HY2023-001", *JUNE)["record"]
    assert "没有改动" in refused(enabled, "register", "write", "红黄榜", "榜别=黄榜（滞后）", "--record", str(key), *JUNE)
    answered(enabled, "register", "write", "红黄榜", "上榜原因=进度滞后", "--record", str(key), *JUNE)
    steps = answered(enabled, "register", "history", "红黄榜", str(key), *JUNE)["changes"]
    assert (steps[0]["field"], steps[0]["new"], steps[0]["undone"]) == ("上榜原因", "进度滞后", False)
    enabled("undo")
    assert answered(enabled, "register", "history", "红黄榜", str(key), *JUNE)["changes"][0]["undone"]
    assert "没有 999 号" in refused(enabled, "register", "history", "红黄榜", "999", *JUNE)
    (act,) = answered(enabled, "register", "views", "save", "红黄榜", "黄榜", "--fields", "项目，榜别", "--only", "榜别=黄榜（滞后）")["acts"]
    assert answered(enabled, "register", "views", "list", "红黄榜")["views"] == [
        {"name": "黄榜", "fields": ["project", "list"], "only": {"field": "list", "choices": ["黄榜（滞后）"]}}]
    assert "没有改动" in refused(enabled, "register", "views", "save", "红黄榜", "黄榜", "--fields", "项目,榜别", "--only", "榜别=黄榜（滞后）")
    assert "相近的有：黄榜（滞后）" in refused(enabled, "register", "views", "save", "红黄榜", "黄", "--fields", "项目", "--only", "榜别=黄榜")
    assert "相近的有：榜别" in refused(enabled, "register", "views", "save", "红黄榜", "黄", "--fields", "榜次别")
    assert "至少要有一个字段" in refused(enabled, "register", "views", "save", "红黄榜", "黄", "--fields", ",")
    assert "相近的有：黄榜" in refused(enabled, "register", "views", "remove", "红黄榜", "黄")
    answered(enabled, "register", "views", "remove", "红黄榜", "黄榜")
    enabled("undo")
    enabled("undo", act)
    assert answered(enabled, "register", "views", "list", "红黄榜")["views"] == []
    (mention,) = answered(enabled, "project", "mentions", "HY2023-001", *JUNE)["mentions"]
    assert (mention["register"], mention["record"]) == ("红黄榜", key)


def test_a_return_is_shown_in_full_and_its_file_given_back(with_projects: CommandLine, tmp_path: Path) -> None:
    sent = write_return(tmp_path / "衡南县6月.xlsx")
    assert with_projects("returns", "import", sent, *JUNE).status in (0, 1)
    number = str(max(int(line.split()[0]) for line in with_projects("returns", "list", *JUNE).out.splitlines()[1:]))
    told = answered(with_projects, "returns", "show", number)
    assert (told["unit"], told["period"], [s["used"] for s in told["sheets"]]) == ("衡南县", "2023-06", [True])
    done = {c["project"]: c["new"] for c in told["changes"] if c["field"] == "年初至本月累计完成投资"}
    assert done["HY2023-002"] == "5,500.50万元"
    answered(with_projects, "returns", "original", number, "--out", tmp_path / "原件")
    assert (tmp_path / "原件" / "衡南县6月.xlsx").read_bytes() == sent.read_bytes()
    assert "没有编号为 99 的报表" in refused(with_projects, "returns", "show", "99")
    assert "没有编号为 99 的报表" in refused(with_projects, "returns", "original", "99", "--out", tmp_path)


def test_a_column_is_remembered_for_the_next_return(run: CommandLine) -> None:
    answered(run, "returns", "remember", "完成额", "--unit", "衡南", "--field", "本月完成投资")
    answered(run, "returns", "remember", "完成额", "--money", "亿元")
    held = {(r["unit"], r["kind"]): r["words"] for r in answered(run, "returns", "remembered")["remembered"]}
    assert len(held) == 2
    assert set(held.values()) == {"完成额"}
    assert "相近的有：" in refused(run, "returns", "remember", "完成额", "--field", "本月投资完成", status=2)
    assert "写一个" in refused(run, "returns", "remember", "完成额", status=2)
    assert "没有“蒸湘县”" in refused(run, "returns", "remember", "完成额", "--unit", "蒸湘县", "--money", "亿元")


def test_a_batch_bears_its_date_and_document(run: CommandLine) -> None:
    for number in "1234":
        run("project", "edit", f"HY2023-00{number}", "批次=第一批", *JUNE)
    (batch,) = answered(run, "ledger", "batches", "--year", "2023")["batches"]
    name = batch["name"]
    answered(run, "ledger", "batches", name, "--year", "2023", "--on", "2023-02-20", "--document", "衡重点〔2023〕1号")
    (now,) = answered(run, "ledger", "batches", "--year", "2023")["batches"]
    assert (now["published_on"], now["document"], now["count"], now["annual_plan"]) == ("2023-02-20", "衡重点〔2023〕1号", 4, 800_000_000)
    assert "没有改动" in refused(run, "ledger", "batches", name, "--year", "2023", "--on", "2023-02-20")
    answered(run, "ledger", "batches", name, "--year", "2023", "--no-date")
    assert answered(run, "ledger", "batches", "--year", "2023")["batches"][0]["published_on"] is None
    run("undo")
    run("undo")
    assert answered(run, "ledger", "batches", "--year", "2023")["batches"] == [batch]
    assert f"相近的有：{name}" in refused(run, "ledger", "batches", name[:2], "--year", "2023", "--document", "甲")
    assert "不是日期" in refused(run, "ledger", "batches", name, "--year", "2023", "--on", "二月", status=2)
    assert "没有写是哪一批" in refused(run, "ledger", "batches", "--year", "2023", "--on", "2023-02-20", status=2)
    assert "没有写要改什么" in refused(run, "ledger", "batches", name, "--year", "2023", status=2)
    assert "没有项目清单" in refused(run, "ledger", "batches", "--year", "2031")


def test_another_way_of_writing_a_project_is_remembered(run: CommandLine) -> None:
    (act,) = answered(run, "project", "known-as", "HY2023-001", "一号 工程", *JUNE)["acts"]
    assert "没有改动" in refused(run, "project", "known-as", "HY2023-001", "一号 工程", *JUNE)
    other = answered(run, "ledger", "table", *JUNE, "--scope", "编号=HY2023-002", status=1)["projects"][0]["name"]
    assert "请核对是哪一个项目" in refused(run, "project", "known-as", "HY2023-001", other, *JUNE)
    names = answered(run, "ledger", "table", *JUNE, "--columns", "其他名称", "--find", "一号", status=1)["projects"]
    assert [(p["code"], p["names"]) for p in names] == [("HY2023-001", "一号 工程")]
    answered(run, "undo", act)
    assert "没有符合条件" in refused(run, "ledger", "table", *JUNE, "--find", "一号")


def test_problems_that_a_return_still_tells_are_tracked(with_projects: CommandLine, tmp_path: Path) -> None:
    with_projects("returns", "import", write_return(tmp_path / "衡南县6月.xlsx"), *JUNE)
    with_projects("problems", "told", *JUNE, "--adopt")
    assert "没有改动" in refused(with_projects, "problems", "track", *JUNE)
    july = ("--period", "2023-07")
    with_projects("project", "edit", "HY2023-002", "存在问题=资金缺口较大", *july)
    (act,) = answered(with_projects, "problems", "track", *july)["acts"]
    assert "没有改动" in refused(with_projects, "problems", "track", *july)
    answered(with_projects, "undo", act)
    assert answered(with_projects, "problems", "track", *july)["seen"] == 1


def test_every_page_is_read_as_of_a_past_day(enabled: CommandLine) -> None:
    for words in (("figures", *JUNE), ("meeting", "list", *JUNE), ("chains", "list", *JUNE), ("register", "scores", *JUNE),
                  ("project", "show", "HY2023-001", *JUNE), ("ledger", "batches", "--year", "2023")):
        done = enabled.plain("--ledger", enabled.ledger, "--as-of", "2099-01-01", *words)
        assert done.status in (0, 1), (words, done.err)
    refusal = enabled.plain("--ledger", enabled.ledger, "--as-of", "2099-01-01", "rules", "scale", "--least", "3")
    assert refusal.status == 3
