"""The dispatch meeting by commands: what could be talked about, the agenda, matters handed out, what was decided."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.command_line import JUNE, CommandLine, answered, refused


@pytest.fixture
def held(run: CommandLine) -> CommandLine:
    """Runs a command on a ledger with a lagging project and a problem nobody answers for."""
    run("register", "enable", *JUNE)
    run("project", "edit", "HY2023-001", "年初至本月累计完成投资=100", *JUNE)
    run("project", "edit", "HY2023-002", "年初至本月累计完成投资=200", *JUNE)
    run("problems", "add", "HY2023-001", "征地未完成，剩余12亩", *JUNE, "--on", "2023-06-01")
    return run


def lines(run: CommandLine, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answered(run, "meeting", "list", *JUNE, *words)["lines"]
    return found


def test_matters_are_listed_the_worst_of_each_kind_first(held: CommandLine) -> None:
    found = lines(held)
    assert {"滞后项目", "待交办问题"} <= {x["kind"] for x in found}
    assert [x["project"] for x in lines(held, "--kind", "滞后项目")] == ["HY2023-001", "HY2023-002"]
    assert len({x["mark"] for x in found}) == len(found)
    assert [x["mark"] for x in lines(held)] == [x["mark"] for x in found], "a mark stays"
    assert lines(held, "--scope", "编号=HY2023-002", "--kind", "滞后项目")[0]["mark"] == lines(held, "--kind", "滞后项目")[1]["mark"]


def test_an_agenda_is_chosen_proposed_cleared_and_taken_back(held: CommandLine) -> None:
    first, second = (x["mark"] for x in lines(held, "--kind", "滞后项目"))
    (act,) = answered(held, "meeting", "agenda", *JUNE, "--add", first, "--add", second)["acts"]
    answered(held, "meeting", "agenda", *JUNE, "--drop", first)
    assert [x["mark"] for x in answered(held, "meeting", "agenda", *JUNE)["lines"]] == [second]
    assert "没有改动" in refused(held, "meeting", "agenda", *JUNE, "--add", second)
    told = answered(held, "meeting", "agenda", *JUNE, "--clear", "--propose", "2")["lines"]
    assert [x["kind"] for x in told] == ["滞后项目", "逾期节点"]
    assert [x["mark"] for x in lines(held, "--chosen")] == [x["mark"] for x in told]
    for _ in range(2):
        held("undo")
    answered(held, "undo", act)
    assert "还没有选上会的事项" in held("meeting", "agenda", *JUNE).err


def test_a_matter_is_handed_out_once_and_taken_back_whole(held: CommandLine) -> None:
    mark = lines(held, "--kind", "滞后项目")[0]["mark"]
    told = answered(held, "meeting", "assign", mark, *JUNE, "--due", "9月底", "--unit", "县发改局", "--words", "每周报一次")
    assert (told["unit"], told["due"], len(told["acts"])) == ("县发改局", "2023-09-30", 1)
    (decided,) = answered(held, "meeting", "decisions", *JUNE)["decisions"]
    assert (decided["unit"], decided["due"], decided["state"], decided["problem"]) == ("县发改局", "2023-09-30", "已交办", told["problem"])
    assert answered(held, "problems", "show", str(told["problem"]), status=1)["problem"]["responsible"] == "县发改局"
    assert "--again" in refused(held, "meeting", "assign", mark, *JUNE, "--due", "9月底", "--unit", "县发改局")
    waiting = lines(held, "--kind", "待交办问题")[0]
    answered(held, "meeting", "assign", waiting["mark"], *JUNE, "--due", "2023-7-15", "--unit", "县自然资源局", "--matter", "落实用地")
    assert len(answered(held, "meeting", "decisions", *JUNE)["decisions"]) == 2
    held("undo")
    answered(held, "undo", told["acts"][0])
    assert answered(held, "meeting", "decisions", *JUNE)["decisions"] == []
    assert "不在" in refused(held, "problems", "show", str(told["problem"]))
    assert answered(held, "meeting", "decisions", *JUNE, "--on", "2023-05-31")["on"] == "2023-05-31"


def test_what_cannot_be_handed_out_is_said(held: CommandLine) -> None:
    mark = lines(held, "--kind", "滞后项目")[0]["mark"]
    assert "责任单位" in refused(held, "meeting", "assign", mark, *JUNE, "--due", "9月底", "--unit", " ")
    assert "认不出是哪一天" in refused(held, "meeting", "assign", mark, *JUNE, "--due", "尽快", "--unit", "甲")
    assert "早于交办日期" in refused(held, "meeting", "assign", mark, *JUNE, "--due", "2023-1-1", "--unit", "甲")
    assert "--due" in refused(held, "meeting", "assign", mark, *JUNE, "--due", " ", "--unit", "甲", status=2)
    assert "没有代号为“zz”" in refused(held, "meeting", "assign", "zz", *JUNE, "--due", "9月底")
    assert "没有代号" in refused(held, "meeting", "agenda", *JUNE, "--add", "")
    assert "议定的事项" in refused(held, "meeting", "assign", mark, *JUNE, "--due", "9月底", "--unit", "甲", "--matter", " ")
    assert "只能是" in refused(held, "meeting", "list", *JUNE, "--kind", "闲事", status=2)


def test_the_names_in_the_help_are_those_of_the_services() -> None:
    from hydesk.cli.chain_commands import _KINDS as chain_kinds
    from hydesk.cli.chain_commands import _POSITIONS
    from hydesk.cli.meeting_commands import _KINDS
    from hydesk.services.mechanisms.chain_map import MARKS, POSITIONS
    from hydesk.services.mechanisms.meeting_lines import KINDS

    assert (_KINDS, _POSITIONS, chain_kinds) == (KINDS, POSITIONS, tuple(MARKS))
