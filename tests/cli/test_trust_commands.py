"""hydesk doubts and hydesk forecast: what they print, the JSON of the contract, exit statuses, answers."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from hydesk.services.upkeep.open_ledger import create_ledger
from tests.cli.command_line import CommandLine
from tests.worlds import paced
from tests.worlds.cookings import at_time_progress
from tests.worlds.ledger import fill


@pytest.fixture
def run(hydesk: CommandLine) -> CommandLine:
    """The command line in this process over two years of ninety projects, one county at exactly the time's share."""
    years = paced.city(7, years=2, projects=90)
    units = [d.unit for d in years[2021]]
    most = max(set(units), key=units.count)
    assert at_time_progress(Random(1), [d for d in years[2021] if d.unit == most], 6, "blatant", years[2021])
    ledger = create_ledger(hydesk.ledger)
    fill(ledger, years)
    ledger.close()
    return hydesk


def test_doubts_are_told_answered_and_taken_up_again(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "doubts.json"
    done = run("doubts", "--period", "2021-06", "--json", file)
    assert done.status == 1
    assert "〔重点核实〕多个项目正好等于时间进度" in done.out
    assert "请核实" in done.err
    told = json.loads(file.read_text("utf-8"))
    assert (told["schema"], told["period"]) == ("hydesk.doubts/1", "2021-06")
    strong = next(d for d in told["doubts"] if d["kind"] == "at_time_progress")
    assert set(strong) == {"kind", "unit", "projects", "strength", "message", "evidence"}
    assert strong["strength"] == "strong"
    assert all(p.startswith("HY20") for p in strong["projects"])
    number = next(i for i, line in enumerate(done.out.splitlines(), 1) if "正好等于时间进度" in line)
    assert run("doubts", "answer", str(number), "--period", "2021-06", "--reason", "已核").status == 0
    assert "正好等于时间进度" not in run("doubts", "--period", "2021-06", "--all").out
    assert "已核" in run("doubts", "answered", "--period", "2021-06").out
    assert run("doubts", "answered", "--period", "2021-06", "--again", "1").status == 0
    assert run("doubts", "answer", "99", "--period", "2021-06", "--reason", "已核").status == 3
    assert run("doubts").status == 2


def test_one_unit_only(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "doubts.json"
    run("doubts", "--period", "2021-06", "--json", file)
    unit = next(d["unit"] for d in json.loads(file.read_text("utf-8"))["doubts"] if d["kind"] == "at_time_progress")
    run("doubts", "--period", "2021-06", "--unit", unit, "--json", file)
    assert {d["unit"] for d in json.loads(file.read_text("utf-8"))["doubts"]} == {unit}


def test_the_forecast_in_the_json_of_the_contract(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "forecast.json"
    done = run("forecast", "--period", "2021-06", "--json", file)
    assert done.status == 0
    assert "全市" in done.out
    assert "五次有四次" in done.err
    told = json.loads(file.read_text("utf-8"))
    assert told["schema"] == "hydesk.forecast/1"
    assert set(told["city"]) == {"low", "mid", "high", "plan", "done"}
    assert {"unit", "low", "mid", "high", "plan", "done"} <= set(told["units"][0])
    assert set(told["projects"][0]) == {"project", "low", "mid", "high", "plan", "done"}
    assert told["city"]["low"] <= told["city"]["mid"] <= told["city"]["high"]
    assert run("forecast", "--period", "2023-06").status == 3


def test_rules_of_doubts_are_tried_then_taken_and_undone(run: CommandLine) -> None:
    done = run("rules", "doubts", "--off", "at_time_progress", "leap_times=5", "--trial", "2021-06")
    assert done.status == 0
    assert "〔重点核实→不列〕多个项目正好等于时间进度" in done.out
    assert "没有采用" in done.err
    assert "单月是平常的几倍4（leap_times）" in run("rules").out
    done = run("rules", "doubts", "--off", "多个项目正好等于时间进度", "leap_times=5")
    assert done.status == 0
    assert "单月是平常的几倍5（leap_times）" in done.err
    assert "不看多个项目正好等于时间进度（at_time_progress）" in done.err
    assert "正好等于时间进度" not in run("doubts", "--period", "2021-06", "--all").out
    assert run("rules", "doubts", "--on", "at_time_progress").status == 0
    assert "正好等于时间进度" in run("doubts", "--period", "2021-06", "--all").out
    assert "各种情况都看" in run("rules", "doubts", "--usual").err


@pytest.mark.parametrize("words", [(), ("leap=5",), ("leap_times=x",), ("alike=4.5",), ("--off", "nothing")])
def test_rules_of_doubts_that_are_none_change_nothing(run: CommandLine, words: tuple[str, ...]) -> None:
    before = run("rules").out
    assert run("rules", "doubts", *words).status == 2
    assert run("rules").out == before


def test_limits_that_cannot_be_are_refused(run: CommandLine) -> None:
    done = run("rules", "doubts", "alike=2")
    assert done.status == 3
    assert "不能少于 3 个" in done.err
