"""The maps of industrial chains by commands: built up, moved, marked, renamed, printed, each act undone; bad names told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import JUNE, CommandLine, answered, refused

CHAIN = "输变电装备"


@pytest.fixture
def drawn(run: CommandLine) -> CommandLine:
    """Runs a command on a ledger with a map of three segments."""
    run("register", "enable", *JUNE)
    for words in (("硅钢", "--position", "上游", "--enterprise", "甲公司"), ("变压器", "--position", "中游", "--enterprise", "乙公司"),
                  ("变压器", "--project", "HY2023-001", "--kind", "在建"), ("电缆", "--position", "下游", "--kind", "缺口")):
        answered(run, "chains", "add", CHAIN, *words, *JUNE)
    return run


def records(run: CommandLine) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = answered(run, "chains", "show", CHAIN, *JUNE)["records"]
    return found


def places(run: CommandLine) -> list[tuple[str, str, str]]:
    return [(r["position"], r["segment"], r["enterprise"] or r["project"] or r["kind"]) for r in records(run)]


def test_a_map_is_built_up_and_told(drawn: CommandLine) -> None:
    assert places(drawn) == [("上游", "硅钢", "甲公司"), ("中游", "变压器", "乙公司"), ("中游", "变压器", "HY2023-001"), ("下游", "电缆", "缺口")]
    told = {c["chain"]: c for c in answered(drawn, "chains", "list", *JUNE)["chains"]}
    assert told[CHAIN] == {"chain": CHAIN, "segments": 3, "records": 4, "gaps": 1}
    assert sum(c["records"] for c in told.values()) == 4
    assert answered(drawn, "chains", "show", "输变电", *JUNE)["chain"] == CHAIN


def test_a_record_is_changed_moved_marked_and_taken_off(drawn: CommandLine) -> None:
    before = records(drawn)
    first, second, third, last = (str(r["record"]) for r in before)
    answered(drawn, "chains", "change", last, "--enterprise", "丙公司", "--project", "HY2023-002", "--kind", "已有", *JUNE)
    assert (records(drawn)[3]["enterprise"], records(drawn)[3]["project"]) == ("丙公司", "HY2023-002")
    assert "没有改动" in refused(drawn, "chains", "change", last, "--enterprise", "丙公司", *JUNE)
    answered(drawn, "chains", "change", last, "--project", "", *JUNE)
    assert records(drawn)[3]["project"] is None
    answered(drawn, "chains", "move", first, "变压器", "--place", "2", *JUNE)
    assert [p[2] for p in places(drawn)] == ["乙公司", "甲公司", "HY2023-001", "丙公司"]
    assert "没有改动" in refused(drawn, "chains", "move", first, "变压器", "--place", "2", *JUNE)
    answered(drawn, "chains", "gap", second, third, *JUNE)
    assert [r["kind"] for r in records(drawn)] == ["缺口", "已有", "缺口", "已有"]
    assert "没有改动" in refused(drawn, "chains", "gap", second, *JUNE), "a second time it stays a gap"
    answered(drawn, "chains", "gap", second, third, "--off", *JUNE)
    assert [r["kind"] for r in records(drawn)] == ["已有", "已有", "在建", "已有"]
    answered(drawn, "chains", "remove", first, second, third, *JUNE)
    assert len(records(drawn)) == 1
    for _ in range(6):
        drawn("undo")
    assert records(drawn) == before


def test_a_segment_is_renamed_moved_and_removed(drawn: CommandLine) -> None:
    answered(drawn, "chains", "segment", CHAIN, "变压器", "--rename", "特高压 变压器", *JUNE)
    answered(drawn, "chains", "segment", CHAIN, "特高压 变压器", "--to", "上游", "--place", "1", *JUNE)
    assert places(drawn)[:3] == [("上游", "特高压 变压器", "乙公司"), ("上游", "特高压 变压器", "HY2023-001"), ("上游", "硅钢", "甲公司")]
    assert "已有环节" in refused(drawn, "chains", "segment", CHAIN, "硅钢", "--rename", "特高压 变压器", *JUNE)
    (act,) = answered(drawn, "chains", "segment", CHAIN, "特高压 变压器", "--remove", *JUNE)["acts"]
    assert [p[1] for p in places(drawn)] == ["硅钢", "电缆"]
    answered(drawn, "undo", act)
    assert len(records(drawn)) == 4


def test_maps_are_printed(drawn: CommandLine, tmp_path: Path) -> None:
    told = answered(drawn, "chains", "print", "--out", tmp_path, "--chain", "输变电", *JUNE)
    assert Path(told["file"]).name == f"{CHAIN}产业链图谱.pdf"
    assert Path(told["file"]).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(("words", "said", "status"), [
    (("show", "输变点装备"), "相近的有：输变电装备", 3), (("show", "装备"), "可指几条产业链", 3),
    (("add", CHAIN, "变压器", "--project", "没有的项目"), "没有“没有的项目”这个项目", 3),
    (("add", CHAIN, "变压機"), "相近的有：变压器", 3), (("add", CHAIN, " ", "--position", "上游"), "环节名称", 2),
    (("add", CHAIN, "变压器", "--kind", "拟建"), "只能是", 2),
    (("change", "99999", "--kind", "在建"), "没有 99999 号", 3), (("change", "1"), "没有写要改什么", 2),
    (("move", "99999", "变压器"), "没有 99999 号", 3), (("gap", "99999"), "没有 99999 号", 3), (("remove", "99999"), "没有 99999 号", 3),
    (("segment", CHAIN, "变压器"), "一次写一样", 2), (("segment", CHAIN, "变压器", "--remove", "--to", "上游"), "一次写一样", 2),
    (("segment", CHAIN, "变压器", "--rename", " "), "请填写环节名称", 3)])
def test_what_is_not_there_is_told_and_nothing_written(drawn: CommandLine, words: tuple[str, ...], said: str, status: int) -> None:
    assert said in refused(drawn, "chains", *words, *JUNE, status=status)


def test_without_its_register_a_map_says_how_to_begin(run: CommandLine) -> None:
    assert "register enable" in refused(run, "chains", "list", *JUNE)
    assert "register enable" in refused(run, "chains", "add", CHAIN, "变压器", "--position", "上游", *JUNE)
