"""Units, problems, nodes, attachments, history, backups, archive and boards by commands, as the window has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

from hydesk.services.upkeep.open_ledger import create_ledger
from tests.cli.command_line import JUNE, CommandLine, answered, refused
from tests.services.made import fill


def test_units_are_added_changed_ordered_retired_and_taken_up(run: CommandLine) -> None:
    answered(run, "units", "add", "滨江新区", "--kind", "园区", "--short", "滨江")
    answered(run, "units", "change", "滨江", "--name", "衡阳滨江新区", "--code", "430471")
    units = {u["name"]: u for u in answered(run, "units", "list")["units"]}
    assert units["衡阳滨江新区"] == {"name": "衡阳滨江新区", "kind": "园区", "group": "园区", "region_code": "430471",
                                "short_names": ["滨江", "滨江新区"], "retired": False}
    answered(run, "units", "order", "衡阳滨江新区", "衡南县")
    assert [u["name"] for u in answered(run, "units", "list")["units"]][:2] == ["衡阳滨江新区", "衡南县"]
    (act,) = answered(run, "units", "retire", "滨江新区")["acts"]
    assert "已经是这样" in refused(run, "units", "retire", "滨江新区")
    answered(run, "units", "take-up", "滨江新区")
    assert "名下还有 4 个" in refused(run, "units", "retire", "衡南县")
    assert "没有写要改什么" in refused(run, "units", "change", "衡南县", status=2)
    assert "没有“蒸湘县”" in refused(run, "units", "retire", "蒸湘县")
    assert act.startswith("A")


def test_the_newest_act_is_undone_and_done_again_without_its_number(run: CommandLine) -> None:
    answered(run, "units", "change", "衡南县", "--group", "南片")
    undone = answered(run, "undo")
    assert undone["title"] == "修改填报单位“衡南县”"
    assert answered(run, "redo")["act"] == undone["act"]
    assert "没有可以重做的" in refused(run, "redo")
    assert next(u["group"] for u in answered(run, "units", "list")["units"] if u["name"] == "衡南县") == "南片"
    run("undo", undone["act"])
    assert answered(run, "redo", undone["act"])["changed"] == 1


def test_a_problem_is_shown_changed_and_taken_off(run: CommandLine) -> None:
    run("problems", "add", "HY2023-001", "征地未完成，剩余12亩", *JUNE, "--on", "2023-06-01")
    answered(run, "problems", "edit", "1", "--measures", "倒排工期", "--responsible", "县自然资源局")
    assert "与原来相同" in refused(run, "problems", "edit", "1", "--measures", "倒排工期")
    run("problems", "step", "1", "受理", "--on", "2023-06-02")
    run("problems", "step", "1", "交办", "--unit", "县自然资源局", "--due", "2023-06-20", "--on", "2023-06-02")
    told = answered(run, "problems", "show", "1", status=1)["problem"]
    assert (told["measures"], told["overdue"], told["due_on"]) == ("倒排工期", True, "2023-06-20")
    assert [s["step"] for s in told["steps"]][:3] == ["上报", "受理", "交办"]
    assert told["next"]
    assert "没有写要改什么" in refused(run, "problems", "edit", "1", status=2)
    answered(run, "problems", "remove", "1")
    assert "不在" in refused(run, "problems", "show", "1")


def test_standard_nodes_are_renamed_placed_added_and_left_out(run: CommandLine) -> None:
    first = answered(run, "nodes", "standard")["nodes"]
    second = first[1]["name"]
    answered(run, "nodes", "standard", second, "--rename", "新叫法", "--department", "市发改委")
    answered(run, "nodes", "standard", "新叫法", "--after", first[3]["name"])
    answered(run, "nodes", "standard", "环境监测", "--add", "--stage", "在建实施", "--after", "")
    now = answered(run, "nodes", "standard")["nodes"]
    assert [n["name"] for n in now[:5]] == ["环境监测", first[0]["name"], first[2]["name"], first[3]["name"], "新叫法"]
    assert next(n for n in now if n["name"] == "新叫法")["department"] == "市发改委"
    assert len(answered(run, "nodes", "standard", "环境监测", "--remove")["nodes"]) == len(first)
    assert "没有“没这个”" in refused(run, "nodes", "standard", "没这个", "--remove")
    assert "阶段" in refused(run, "nodes", "standard", "又一个", "--add", status=2)


def test_files_are_attached_listed_and_taken_off(run: CommandLine, tmp_path: Path) -> None:
    paper = tmp_path / "施工许可证.pdf"
    paper.write_bytes(b"%PDF-1.4\n")
    odd = tmp_path / "图.dwg"
    odd.write_bytes(b"AC1027")
    answered(run, "project", "attach", "HY2023-001", paper, *JUNE, "--note", "许可证")
    assert "已有" in run("project", "attach", "HY2023-001", paper, *JUNE).err
    assert "--agree" in refused(run, "project", "attach", "HY2023-001", odd, *JUNE)
    (held,) = answered(run, "project", "attachments", "HY2023-001", *JUNE)["attachments"]
    assert (held["name"], held["note"], held["missing"]) == ("施工许可证.pdf", "许可证", False)
    Path(held["file"]).chmod(0o600)  # Windows lets nobody delete what can only be read
    Path(held["file"]).unlink()
    answered(run, "project", "attachments", "HY2023-001", *JUNE, status=1)
    answered(run, "project", "detach", str(held["id"]))
    assert answered(run, "project", "attachments", "HY2023-001", *JUNE)["attachments"] == []


def test_a_former_value_is_found_in_the_history_and_put_back(run: CommandLine) -> None:
    run("project", "edit", "HY2023-001", "形象进度=主体施工", *JUNE)
    run("project", "edit", "HY2023-001", "形象进度=主体封顶", *JUNE)
    changes = answered(run, "project", "history", "HY2023-001", *JUNE, "--field", "形象进度")["changes"]
    former = next(c for c in changes if c["new"] == "主体施工")
    assert former["can_be_put_back"]
    answered(run, "project", "put-back", "HY2023-001", str(former["number"]), *JUNE)
    assert "主体施工" in run("project", "show", "HY2023-001", *JUNE).out
    assert "没有第 999 条" in refused(run, "project", "put-back", "HY2023-001", "999", *JUNE)


def test_a_project_is_made_a_package_and_a_single_one_again(run: CommandLine) -> None:
    held = answered(run, "project", "parts", "HY2023-001", "一期,6000,2000,衡南城投", "二期，4000", *JUNE)["parts"]
    assert [(p["name"], p["total_investment"], p["annual_plan"], p["builder"]) for p in held] == [
        ("一期", 60_000_000, 20_000_000, "衡南城投"), ("二期", 40_000_000, None, "")]
    assert "没有改动" in refused(run, "project", "parts", "HY2023-001", "一期,6000,2000,衡南城投", "二期,4000", *JUNE)
    assert "总投资" in refused(run, "project", "parts", "HY2023-001", "一期,六千左右", *JUNE)
    assert answered(run, "project", "parts", "HY2023-001", "--none", *JUNE)["parts"] == []


def test_what_changed_between_two_days_is_listed_and_exported(hydesk: CommandLine, tmp_path: Path) -> None:
    today, out = date.today(), tmp_path / "对照.xlsx"
    made = create_ledger(hydesk.ledger)
    made.clock = lambda: datetime.now(UTC) - timedelta(days=10)
    fill(made)
    made.close()
    then = str(today - timedelta(days=5))
    assert answered(hydesk, "ledger", "compare", then, *JUNE)["changes"] == []
    hydesk("project", "edit", "HY2023-001", "年初至本月累计完成投资=9000", "形象进度=主体封顶", *JUNE)
    told = answered(hydesk, "ledger", "compare", then, *JUNE, "--excel", out, status=1)
    by_field = {c["field"]: c for c in told["changes"]}
    assert by_field["形象进度"]["now"] == "主体封顶"
    assert {c["by"] for c in told["changes"] if c["by"] is not None} == {90_000_000, 102_345_678}, "the year and, with what was invested before, since the start"
    assert told["sums"]
    page = load_workbook(out).active
    assert page is not None
    assert any("主体封顶" in row for row in page.iter_rows(values_only=True))
    assert answered(hydesk, "ledger", "compare", then, *JUNE, "--scope", "填报单位=衡山县")["changes"] == []
    own, others = (answered(hydesk, "ledger", "compare", then, *JUNE, "--scope", f"填报单位={unit}", status=status)
                   for unit, status in (("衡南县", 1), ("祁东县", 0)))
    assert (own["changes"], others["changes"]) == (told["changes"], [])
    assert (own["projects"], others["projects"], told["projects"]) == ([2, 2], [2, 2], [4, 4])
    for field, (before, after) in told["sums"].items():
        assert [own["sums"][field][i] + others["sums"][field][i] for i in (0, 1)] == [before, after], field
    assert "早于" in refused(hydesk, "ledger", "compare", str(today), *JUNE)
    assert "--period" in refused(hydesk, "ledger", "compare", then, status=2)


def test_backups_are_made_listed_and_rehearsed(run: CommandLine) -> None:
    assert answered(run, "backups", "list", status=1)["backups"] == []
    assert "backups now" in refused(run, "backups", "rehearse")
    made = answered(run, "backups", "now")
    assert made["made"]
    assert Path(made["file"]).exists()
    assert not answered(run, "backups", "now")["made"], "nothing changed since"
    (held,) = answered(run, "backups", "list")["backups"]
    assert (held["reason"], held["faults"], bool(held["proven"])) == ("手动", 0, True)
    assert answered(run, "backups", "rehearse", held["file"])["faults"] == 0
    assert "找不到备份" in refused(run, "backups", "rehearse", "没有.hydesk")


def test_an_issued_report_is_found_and_written_again(run: CommandLine, tmp_path: Path) -> None:
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=9000", *JUNE)
    assert answered(run, "archive", "list")["issues"] == []
    run("report", "unit", "--subject", "衡南县", *JUNE, "--out", tmp_path / "a", "--format", "pdf", "--issue")
    (issue,) = answered(run, "archive", "list", "--kind", "unit", "--year", "2023")["issues"]
    assert (issue["subject"], issue["number"], issue["corrects"]) == ("衡南县", 1, None)
    answered(run, "archive", "write", str(issue["id"]), "--out", tmp_path / "b", "--format", "pdf")
    (again,) = (tmp_path / "b").glob("*.pdf")
    assert again.read_bytes() == (tmp_path / "a" / again.name).read_bytes()
    assert "没有序号为 99" in refused(run, "archive", "write", "99", "--out", tmp_path)


def test_projects_are_put_on_the_boards_and_leave_them(run: CommandLine) -> None:
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=19000", *JUNE)
    run("project", "edit", "HY2023-002", "年初至本月累计完成投资=100", *JUNE)
    assert "启用" in refused(run, "register", "boards", *JUNE, "--adopt")
    run("register", "enable", *JUNE)
    told = answered(run, "register", "boards", *JUNE)
    assert (told["adopted"], {p["project"]: p["board"] for p in told["proposed"]}["HY2023-001"]) == (None, "红榜（表扬）")
    assert "什么也没有做" in refused(run, "register", "boards", *JUNE, "--project", "HY2023-002", "--project", "HY2023-999")
    assert answered(run, "register", "boards", *JUNE, "--project", "HY2023-002")["adopted"] == 1
    assert answered(run, "register", "boards", *JUNE, "--adopt")["adopted"] == len(told["proposed"]) - 1
    refused(run, "register", "boards", *JUNE, "--adopt")
    july = ("--period", "2023-07")
    run("project", "edit", "HY2023-002", "年初至本月累计完成投资=18000", *july)
    assert [c["project"] for c in answered(run, "register", "boards", *july)["cured"]] == ["HY2023-002"]
    assert answered(run, "register", "boards", *july, "--leave", "全部")["left"] == 1
    assert answered(run, "register", "boards", *july)["cured"] == []


def test_the_work_of_a_period_is_listed_most_urgent_first(run: CommandLine) -> None:
    run("problems", "add", "HY2023-001", "征地未完成", *JUNE, "--on", "2023-06-01")
    told = answered(run, "work", *JUNE, status=1)
    assert (told["reported"], told["issued"]) == (0, None)
    assert {"unassigned", "unreported_late"} <= {w["kind"] for w in told["work"]}


def test_what_was_remembered_of_columns_is_listed_and_forgotten(run: CommandLine) -> None:
    from hydesk.domain.fields import Field
    from hydesk.services.returns.remember_decision import remember_column
    from tests.shared import open_whole

    ledger = open_whole(run.ledger)
    remember_column(ledger, "衡南县", "完成额", Field.MONTH_INVESTMENT)
    ledger.close()
    (held,) = answered(run, "returns", "remembered")["remembered"]
    assert (held["unit"], held["kind"]) == ("衡南县", "column")
    assert "一条也没有忘记" in refused(run, "returns", "remembered", "--forget", str(held["id"]), "--forget", "99")
    assert answered(run, "returns", "remembered", "--forget", str(held["id"]))["remembered"] == []


def test_projects_are_told_apart_by_two_dimensions_and_the_table_printed(run: CommandLine, tmp_path: Path) -> None:
    told = answered(run, "cross", *JUNE, "--by", "unit", "--across", "nature", status=1)
    assert (told["measure"], told["whole"], told["rows"]) == ("项目个数", 4, {"衡南县": {"新建": 4}})
    plan = answered(run, "cross", *JUNE, "--across", "nature", "--measure", "年度计划投资", "--out", tmp_path, "--format", "xlsx", status=1)
    assert plan["rows"] == {"衡南县": {"新建": 800_000_000}}
    assert list(tmp_path.glob("*.xlsx"))
    assert "可用：项目个数" in refused(run, "cross", *JUNE, "--across", "nature", "--measure", "产值", status=2)
    assert "--across" in refused(run, "cross", *JUNE, "--across", "colour", status=2)
    assert "没有符合" in refused(run, "cross", *JUNE, "--across", "nature", "--scope", "填报单位=衡山县")
