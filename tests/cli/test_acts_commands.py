"""hydesk acts and hydesk undo, as commands within this process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.actors import Actor
from hydesk.domain.fields import Field
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.upkeep.open_ledger import create_ledger
from tests.cli.command_line import CommandLine
from tests.services.made import fill


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Four projects, a remark of 张三's and one of 李四's over it."""
    made = create_ledger(tmp_path / "台账.hydesk")
    fill(made)
    edit_project(made, 1, Field.REMARK, "甲", actor=Actor("张三", "zhangsan", "PC-1"))
    edit_project(made, 1, Field.REMARK, "乙", actor=Actor("李四", "lisi", "PC-2"))
    made.close()
    return made


@pytest.mark.usefixtures("ledger")
def test_acts_are_listed_with_number_time_person_words_and_state(hydesk: CommandLine, tmp_path: Path) -> None:
    assert hydesk("undo", "A3").status == 0
    done = hydesk("acts", "--json", tmp_path / "操作.json")
    head, newest, middle, oldest = done.out.splitlines()
    assert (done.status, head.split()) == (0, ["编号", "时间", "操作人", "内容", "状态"])
    assert newest.startswith("A3 ")
    assert all(word in newest for word in ("李四", "修改“第1号项目”的备注", "已撤销（"))
    assert middle.startswith("A2 ")
    assert "已撤销" not in middle
    assert "导入2023年项目清单" in oldest
    told = json.loads((tmp_path / "操作.json").read_text(encoding="utf-8"))
    assert told["schema"] == "hydesk.acts/1"
    assert [(a["act"], a["actor"], a["own"], a["undone"], a["kind"]) for a in told["acts"]] == [
        ("A3", "李四", False, True, "edit"), ("A2", "张三", False, False, "edit"), ("A1", "甲", False, False, "import_projects")]
    assert [a["undone_at"] is None for a in told["acts"]] == [False, True, True]


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("option", ["--by", "--actor"])
def test_acts_of_one_person_and_the_newest_only(hydesk: CommandLine, option: str) -> None:
    assert [line.split()[0] for line in hydesk("acts", option, "张三").out.splitlines()] == ["编号", "A2"]
    assert [line.split()[0] for line in hydesk("acts", "--limit", "1").out.splitlines()] == ["编号", "A3"]
    nobody = hydesk("acts", option, "王五")
    assert (nobody.status, nobody.out, nobody.err) == (0, "", "没有“王五”的操作。\n")


@pytest.mark.usefixtures("ledger")
def test_undo_names_whose_act_it_was_and_tells_what_stays_with_status_1(hydesk: CommandLine) -> None:
    done = hydesk("undo", "a2")
    assert done.status == 1
    assert "已撤销 A2“修改“第1号项目”的备注”（张三 做的），还原 0 处。" in done.err
    assert "保留：HY2023-001 第1号项目 的备注保留“乙”" in done.err
    assert "李四" in done.err
    again = hydesk("undo", "A2")
    assert (again.status, again.err) == (3, "A2 已经撤销过了，不用再撤销\n")


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(("word", "status", "told"), [
    ("2", 2, "是不是要写 A2"), ("B2", 2, "不是操作的编号"), ("A99", 3, "没有编号为 A99 的操作")])
def test_a_number_that_is_none_is_told(hydesk: CommandLine, word: str, status: int, told: str) -> None:
    done = hydesk("undo", word)
    assert (done.status, told in done.err) == (status, True), done.err


@pytest.mark.usefixtures("ledger")
def test_a_result_file_that_cannot_be_written_is_told_and_a_missing_ledger_too(hydesk: CommandLine, tmp_path: Path) -> None:
    assert hydesk("acts", "--json", tmp_path / "没有" / "操作.json").status == 3
    (tmp_path / "台账.hydesk").unlink()
    for words in (("acts",), ("undo", "A1")):
        done = hydesk(*words)
        assert done.status == 3
        assert "还没有台账" in done.err
    assert not (tmp_path / "台账.hydesk").exists()


def test_a_new_ledger_has_no_acts(hydesk: CommandLine, tmp_path: Path) -> None:
    create_ledger(tmp_path / "台账.hydesk").close()
    assert (hydesk("acts").status, hydesk("acts").err) == (0, "还没有操作。\n")
