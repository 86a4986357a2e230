"""What the window does to lists, registers, settings and sentences, by commands: the same words, JSON and an honest status."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from hydesk.cli.commands import COMMANDS, WEEK
from hydesk.cli.start import hydesk as program
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.cli.command_line import CommandLine, Done
from tests.services.sheets import fill_ledger

JUNE = ("--period", "2023-06")
GROUND = ("--on", "2023-06-20", "--reason", "市政府常务会议议定", "--document", "衡重办〔2023〕12号")


@pytest.fixture
def run(hydesk: CommandLine) -> CommandLine:
    """Runs a command on a ledger of four projects of 衡南县, plan 2 亿 each."""
    made = create_ledger(hydesk.ledger)
    fill_ledger(made)
    made.close()
    return hydesk


def answered(run: CommandLine, *words: str | Path) -> tuple[Done, dict[str, Any]]:
    """A command with what it wrote to ``--json``."""
    done, answer = run.json(*words)
    assert answer["schema"] == "hydesk.answer/1"
    assert answer["status"] == done.status
    return done, answer


def test_every_command_that_does_something_answers_in_json() -> None:
    def leaves(command: Any) -> list[Any]:
        own = getattr(command, "commands", None)
        return [command] if own is None else [leaf for c in own.values() for leaf in leaves(c)]

    told = [c for command in COMMANDS for c in leaves(command)]
    assert len(told) > 80
    assert not [c.name for c in told if not any("--json" in p.opts for p in c.params)]


def test_the_help_tells_every_command_once_in_the_order_of_the_week(hydesk: CommandLine) -> None:
    said = hydesk.plain("--help").out
    names = [c.name for _, own in WEEK for c in own]
    assert len(set(names)) == len(names)
    lines = [line.split()[0] for line in said.splitlines() if line.startswith("  ") and line.strip()]
    told = [n for n in lines if n in program.commands]
    assert sorted(told) == sorted(program.commands)
    assert [n for n in told if n in names] == names


def test_a_write_tells_its_acts_and_undoing_them_takes_it_back(run: CommandLine) -> None:
    done, answer = answered(run, "project", "lamp", "HY2023-001", "滞后", *JUNE, "--reason", "征地未完成")
    assert done.status == 0
    assert answer["command"] == "hydesk project lamp"
    assert answer["said"] == ["第1号项目：2023年判定为滞后。"]
    (act,) = answer["acts"]
    assert run("undo", act).status == 0
    assert "人工" not in run("project", "show", "HY2023-001", *JUNE).err


def test_what_is_refused_is_answered_with_its_sentence_and_no_act(run: CommandLine) -> None:
    path = run.folder / "result.json"
    done = run("project", "lamp", "HY2023-001", "滞后", *JUNE, "--json", path)
    answer = json.loads(path.read_text(encoding="utf-8"))
    assert (done.status, answer["status"], answer["acts"]) == (3, 3, [])
    assert answer["said"] == [done.err.strip()]
    assert "理由" in done.err


def test_wrong_usage_that_only_the_command_sees_is_answered_as_such(run: CommandLine) -> None:
    path = run.folder / "result.json"
    done = run("rules", "checks", "ytd_fell", "--json", path)
    assert (done.status, json.loads(path.read_text(encoding="utf-8"))["status"]) == (2, 2)


def test_a_list_that_is_printed_stands_in_the_answer(run: CommandLine) -> None:
    run("problems", "add", "HY2023-001", "征地未完成，剩余12亩", *JUNE, "--on", "2023-06-01")
    _, answer = answered(run, "problems", "list", *JUNE)
    (table,) = answer["tables"]
    assert table["head"][:2] == ["编号", "问题"]
    assert table["rows"][0][0] == 1


def test_the_list_of_the_year_is_adjusted_and_every_act_listed(run: CommandLine) -> None:
    _, added = answered(run, "adjustments", "add", "项目名称=来雁新城综合管廊", "填报单位=衡南县", "总投资=50000", "年度计划投资=8000.5",
                        *JUNE, *GROUND)
    assert added["project"].startswith("HY2023-")
    assert run("adjustments", "change", added["project"], "年度计划投资=9000", *JUNE, *GROUND).status == 0
    assert run("adjustments", "split", added["project"], "北段,30000,5000", "南段，20000，4000", *JUNE, *GROUND).status == 0
    _, merged = answered(run, "adjustments", "merge", "HY2023-001", "第2号项目", "--name", "沿江一期", *JUNE, *GROUND)
    assert merged["project"] == "HY2023-001"
    _, answer = answered(run, "adjustments", "list", "--year", "2023")
    kinds = [a["kind"] for a in answer["adjustments"]]
    assert set(kinds) == {"added", "adjusted", "split", "merged"}
    changed = next(a for a in answer["adjustments"] if a["kind"] == "adjusted")
    assert (changed["on"], changed["document"]) == ("2023-06-20", "衡重办〔2023〕12号")
    assert changed["changes"][0]["old"] != changed["changes"][0]["new"]


@pytest.mark.parametrize(("words", "said"), [
    (("adjustments", "add", "项目名称=甲", "总投资=五万左右", *JUNE, *GROUND), "不是确切数字"),
    (("adjustments", "add", "项目名称=甲", "总投资=5", *JUNE, *GROUND), "填报单位"),
    (("adjustments", "split", "HY2023-001", "北段,1", "南段,2", *JUNE, *GROUND), "名称,总投资,年度计划"),
    (("adjustments", "merge", "HY2023-001", *JUNE, *GROUND), "至少要选两个"),
    (("register", "records", "军令状", *JUNE), "register enable"),
    (("rules", "lamps", "--lagging", "40", "--serious", "10"), "更严"),
    (("rules", "checks", "nonsense", "提醒"), "没有“nonsense”"),
    (("sentences", "write", "monthly", "nonsense", "好", *JUNE), "没有“nonsense”这一句"),
    (("register", "define", "没有.json", *JUNE), "读不了"),
])
def test_what_cannot_be_is_refused_and_nothing_written(run: CommandLine, words: tuple[str, ...], said: str) -> None:
    before = run("acts").out
    done = run(*words)
    assert done.status == 3, done.out
    assert said in done.err
    assert run("acts").out == before


def test_a_promise_is_recorded_settled_changed_and_taken_away(run: CommandLine) -> None:
    assert run("register", "enable", *JUNE).status == 0
    assert run("register", "enable", *JUNE).status == 3, "they are there already"
    _, made = answered(run, "register", "write", "县市区承诺", "填报单位=衡南县", "年度=2023", "承诺期=二季度",
                       "承诺新开工=2", *JUNE)
    done, answer = answered(run, "register", "promises", *JUNE)
    assert done.status == 1, "none had begun by the end of June"
    (promise,) = answer["promises"]
    assert (promise["record"], promise["unit"], promise["kept"]) == (made["record"], "衡南县", False)
    assert answer["kept_share"] == "0"
    assert run("register", "write", "县市区承诺", "承诺期=四季度", "承诺完成投资=90000", "--record", str(made["record"]), *JUNE).status == 0
    assert answered(run, "register", "promises", *JUNE)[1]["promises"][0]["about"].startswith("四季度末")
    _, held = answered(run, "register", "records", "县市区承诺", *JUNE)
    assert held["records"][0]["values"]["plan"] == 900_000_000
    assert run("register", "remove", "县市区承诺", str(made["record"]), *JUNE).status == 0
    assert answered(run, "register", "records", "县市区承诺", *JUNE)[1]["records"] == []


def test_a_register_is_defined_from_a_file_changed_and_dropped(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "信访.json"
    shape = {"key": "petitions", "name": "信访事项", "group": "本单位", "purpose": "登记信访。", "identity": ["about"], "state": "state",
             "closed": ["已办结"], "fields": [{"key": "about", "label": "事项", "required": True},
                                            {"key": "state", "label": "状态", "kind": "choice", "choices": ["办理中", "已办结"]}]}
    file.write_text(json.dumps(shape), encoding="utf-8")
    assert run("register", "define", file, *JUNE).status == 0
    out = tmp_path / "出.json"
    assert "事项" in run("register", "definition", "信访", *JUNE, "--out", out).out
    again = json.loads(out.read_text(encoding="utf-8"))
    again["fields"].append({"key": "due", "label": "期限", "kind": "date"})
    file.write_text(json.dumps(again), encoding="utf-8")
    assert run("register", "define", file, "--change", "信访事项", *JUNE).status == 0
    assert run("register", "write", "信访事项", "事项=扬尘", "期限=2023-7-5", *JUNE).status == 0
    assert "2023-07-05" in run("register", "records", "信访事项", *JUNE).out
    assert run("register", "drop", "信访事项", *JUNE).status == 0
    assert "register enable" in run("register", "records", "信访事项", *JUNE).err


@pytest.mark.parametrize("spoil", [
    {"fields": "x"}, {"fields": [{"label": "没有代号"}]}, {"fields": [{"key": "a", "label": "甲", "kind": "colour"}]},
    {"identity": "about"}, {"name": 3}, {"strange": 1}, {"state": "nowhere"}, {"fields": [{"key": "a", "label": "甲", "choices": "甲乙"}]},
    {"views": [{"name": "看", "fields": ["nowhere"]}]}, {"views": [{"name": "看", "fields": ["about"], "only": "x"}]},
    {"fields": [{"key": "about", "label": "甲", "width": 10**9}]}, {"fields": []},
])
def test_a_definition_that_is_none_is_told_what_is_wrong(run: CommandLine, tmp_path: Path, spoil: dict[str, Any]) -> None:
    shape = {"key": "", "name": "信访事项", "group": "本单位", "purpose": "", "identity": ["about"], "fields": [{"key": "about", "label": "事项"}]}
    file = tmp_path / "错.json"
    file.write_text(json.dumps(shape | spoil), encoding="utf-8")
    done = run("register", "define", file, *JUNE)
    assert done.status == 3
    assert "不能作台账的定义" in done.err
    assert "Traceback" not in done.err


def test_lamps_and_checks_are_tried_set_and_listed(run: CommandLine) -> None:
    _, trial = answered(run, "rules", "lamps", "--mode", "ratio", "--lagging", "80", "--serious", "60", "--try", "2023-06")
    assert trial["acts"] == []
    assert trial["rule"]["mode"] == "ratio"
    _, held = answered(run, "rules", "lamps", "--lagging", "5", "--start-delay", "30")
    assert (held["rule"]["lagging"], held["rule"]["serious"], held["rule"]["start_delay"]) == ("0.05", "0.30", 30)
    assert answered(run, "rules", "lamps", "--start-delay", "off")[1]["rule"]["start_delay"] is None
    assert run("rules", "checks", "ytd_fell", "不查").status == 0
    assert run("rules", "checks", "ytd_fell", "不查").status == 3
    _, listed = answered(run, "rules", "checks")
    assert next(c for c in listed["checks"] if c["code"] == "ytd_fell")["level"] is None
    assert run("rules", "form", "weekly", "签发人=王主任", "抄送=市委办；市政府办").status == 0
    assert answered(run, "rules", "form", "weekly")[1]["form"]["cc"] == ["市委办", "市政府办"]


def test_a_sentence_of_a_report_is_rewritten_and_given_back(run: CommandLine) -> None:
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=9000", *JUNE)
    _, listed = answered(run, "sentences", "list", "monthly", *JUNE)
    key = listed["sentences"][0]["key"]
    assert listed["sentences"][0]["state"] == "written"
    _, changed = answered(run, "sentences", "write", "monthly", key, "总体平稳。", *JUNE)
    assert changed["sentence"] == {"key": key, "text": "总体平稳。", "state": "edited"}
    assert answered(run, "sentences", "reset", "monthly", key, *JUNE)[1]["sentence"]["state"] == "written"


def test_a_sentence_is_composed_from_measures_printed_followed_and_taken_back(run: CommandLine) -> None:
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=9000", *JUNE)
    text = "新建项目{新建.个数}个，完成投资{新建.完成}万元。"
    tried, answer = answered(run, "sentences", "compose", text, "--try", *JUNE)
    assert (tried.status, answer["sentence"]["text"], answer["acts"]) == (0, "新建项目4个，完成投资9000万元。", [])
    done, made = answered(run, "sentences", "compose", text, "--into", "overall", "--print-in", "monthly", *JUNE)
    assert (done.status, made["key"], len(made["acts"])) == (0, "own:1", 1)
    _, listed = answered(run, "sentences", "list", "monthly", *JUNE)
    one = next(s for s in listed["sentences"] if s["key"] == "own:1.1")
    assert one["heading"] == "一、总体情况"
    assert [f["text"] for f in one["figures"]] == ["4", "9000"]
    assert one["figures"][0]["projects"] == [f"HY2023-00{n}" for n in range(1, 5)]
    assert one["figures"][1]["projects"] == ["HY2023-001"]
    assert run("undo", made["acts"][0]).status == 0
    assert answered(run, "sentences", "own")[1]["own"] == []
    assert "own:1.1" not in [s["key"] for s in answered(run, "sentences", "list", "monthly", *JUNE)[1]["sentences"]]


def test_columns_that_notices_draw_on_are_added_once(run: CommandLine) -> None:
    _, made = answered(run, "columns", "notices")
    assert len(made["acts"]) == 1
    assert answered(run, "columns", "notices")[1]["acts"] == []
    listed = run("columns", "list").out
    assert all(name in listed for name in ("集中开工批次", "专项债到位资金", "已支付资金"))


def test_sentences_are_learned_from_an_old_notice_and_kept(run: CommandLine, tmp_path: Path) -> None:
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=20000", *JUNE)
    notice = tmp_path / "旧通报.txt"
    notice.write_text("一、总体情况\n1-6月，全市4个重点项目完成投资2亿元，占年度计划的25.00%。观摩3次，问题9个。\n", encoding="gb18030")
    tried, answer = answered(run, "sentences", "learn", notice, *JUNE)
    assert (tried.status, answer["keys"], answer["acts"]) == (1, [], [])
    assert [x["pattern"] for x in answer["learned"]] == [
        "{期间}，{全市}{个数}个重点项目完成投资{完成}亿元，占年度计划的{完成率}%。", "观摩3次，问题9个。"]
    assert answer["learned"][1]["kept"] == ["9个"]
    _, kept = answered(run, "sentences", "learn", notice, "--keep", "--print-in", "monthly", *JUNE)
    assert (kept["keys"], len(kept["acts"])) == (["own:1"], 1)
    _, listed = answered(run, "sentences", "list", "monthly", *JUNE)
    assert next(s["text"] for s in listed["sentences"] if s["key"] == "own:1.1") == "1-6月，全市4个重点项目完成投资2亿元，占年度计划的25.00%。"
    (tmp_path / "空.txt").write_text("没有数。", encoding="utf-8")
    assert "没有可学的" in run("sentences", "learn", tmp_path / "空.txt", *JUNE).err
    assert "打不开" in run("sentences", "learn", tmp_path / "没有.txt", *JUNE).err


@pytest.mark.parametrize(("text", "said", "status"), [
    ("{完程率}", "没有“完程率”这个指标", 3), ("{省重店.完成率}", "不认识“省重店”是哪些项目", 3), ("{完成", "没有“}”", 3),
    ("全市388个项目完成投资{完成}。", "手写的数不会跟着变：388个", 1)])
def test_a_wrong_sentence_is_refused_and_a_typed_number_told(run: CommandLine, text: str, said: str, status: int) -> None:
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=9000", *JUNE)
    done = run("sentences", "compose", text, *JUNE)
    assert (done.status, said in done.err) == (status, True), done.err


def test_a_part_of_notices_is_switched_on_titled_and_placed(run: CommandLine) -> None:
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=9000", *JUNE)
    assert run("sentences", "part", "monthly", "by_nature", "--on", "--place", "1", "--title", "按阶段", "--without", "by_nature.table").status == 0
    assert run("sentences", "part", "monthly", "by_nature", "--on").status == 3
    _, listed = answered(run, "sentences", "parts", "monthly")
    first = listed["parts"][0]
    assert (first["key"], first["title"], first["on"], first["without"]) == ("by_nature", "按阶段", True, ["by_nature.table"])
    _, told = answered(run, "sentences", "list", "monthly", *JUNE)
    assert [s["heading"] for s in told["sentences"] if s["key"] == "by_nature.1"] == ["一、按阶段"]
    assert "没有“nonsense”这一部分" in run("sentences", "part", "monthly", "nonsense", "--on").err
    assert answered(run, "rules", "form", "monthly", "全体叫法=全州", "城市=湘山州")[1]["status"] == 0
    told = {s["key"]: s["text"] for s in answered(run, "sentences", "list", "monthly", *JUNE)[1]["sentences"]}
    assert told["overall.whole"].startswith("全州重点项目4个")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_shell_is_told_how_to_complete(hydesk: CommandLine, shell: str) -> None:
    said = hydesk.plain("completion", shell).out
    assert "_HYDESK_COMPLETE" in said
    assert f"{shell}_complete" in said


def test_powershell_is_answered_with_commands_options_and_choices(hydesk: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def completed(line: str, word: str) -> dict[str, str]:
        monkeypatch.setenv("_HYDESK_COMPLETE", "powershell_complete")
        monkeypatch.setenv("COMP_LINE", line)
        monkeypatch.setenv("COMP_WORD", word)
        return dict(line.split("\t", 1) for line in hydesk.plain().out.splitlines())

    assert completed("hydesk-cli pro", "pro").keys() == {"problems", "project"}
    assert "滞后" in completed("hydesk-cli project lamp HY2023-001 ", "")
    assert "--period" in completed("hydesk-cli project lamp --p", "--p")
    assert "_HYDESK_COMPLETE" in os.environ
