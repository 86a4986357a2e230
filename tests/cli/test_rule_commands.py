"""hydesk rules: what the office chose about its measures, listed and changed from the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from hydesk.cli.start import main
from hydesk.domain.measures.yardstick import Pace
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.rules.office_rules import OfficeRules, office_rules
from hydesk.services.standings.period_view import view_at
from hydesk.services.upkeep.open_ledger import open_ledger

Run = Callable[..., tuple[int, str, str]]
JULY = Period.month(2023, 7)


@pytest.fixture
def ledger(tmp_path: Path, demo_file: Path) -> Path:
    return Path(shutil.copy(demo_file, tmp_path / "台账.hydesk"))


@pytest.fixture
def run(ledger: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process: exit status, standard output, standard error."""

    def words(*arguments: str) -> tuple[int, str, str]:
        status = main(["--ledger", str(ledger), "rules", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return words


def held(path: Path) -> OfficeRules:
    made = open_ledger(path)
    try:
        return office_rules(made)
    finally:
        made.close()


def test_the_rules_in_force_are_listed_in_words_and_as_json(run: Run, ledger: Path, tmp_path: Path) -> None:
    assert run("time-progress", "by-month")[0] == 0
    assert run("starts", "money")[0] == 0
    assert run("start-rates", "works, year")[0] == 0
    assert run("nothing-words", "add", "暂无卡点", "无卡点，无堵点")[0] == 0
    assert run("close", "2023-06", "--reason", "国庆前通报")[0] == 0
    status, out, _ = run("--json", str(tmp_path / "口径.json"))
    assert status == 0
    for word in ("按月", "有投资即算开工", "年度开工率、开复工率", "暂无卡点、无卡点、无堵点", "2023年6月：国庆前通报", "滞后"):
        assert word in out
    assert "到期开工率" not in out
    told = json.loads((tmp_path / "口径.json").read_text(encoding="utf-8"))
    assert told["schema"] == "hydesk.rules/1"
    assert (told["time_progress"], told["starts"], told["start_rates"]) == ("by_month", "money", ["year", "works"])
    assert told["nothing_words"] == ["暂无卡点", "无卡点", "无堵点"]
    assert told["closed"] == [{"period": "2023-06", "reason": "国庆前通报"}]
    assert Decimal(told["lamps"]["lagging"]) == Decimal("0.1")
    rules = held(ledger)
    assert (rules.pace, rules.money_starts, rules.start_rates) == (Pace.BY_MONTH, True, ("year", "works"))


def test_each_change_is_one_act_that_undo_takes_back(run: Run, ledger: Path) -> None:
    before = held(ledger)
    for words in (("time-progress", "by-month"), ("starts", "money"), ("start-rates", "due"), ("nothing-words", "add", "暂无卡点"),
                  ("close", "2023-06", "--reason", "国庆前通报")):
        assert run(*words)[0] == 0
        assert held(ledger) != before
        made = open_ledger(ledger)
        undo_last(made)
        made.close()
        assert held(ledger) == before


def test_a_period_closed_and_opened_again(run: Run, ledger: Path) -> None:
    status, _, said = run("close", "2023-07", "--reason", "只有一部分单位报")
    assert (status, "7月尚无单位报送" in said) == (1, True)
    assert run("close", "2023-07", "--reason", " 无 ")[0] == 3
    status, _, said = run("reopen", "2023-07")
    assert (status, "只有一部分单位报" in said) == (0, True)
    status, _, said = run("reopen", "2023-07")
    assert (status, "没有提前截止" in said) == (3, True)
    made = open_ledger(ledger)
    assert view_at(made, JULY).reach.closed == ""
    made.close()


def test_words_are_added_and_removed_and_the_common_ones_are_not_kept_twice(run: Run, ledger: Path) -> None:
    status, _, said = run("nothing-words", "add", "无", "进展顺利")
    assert (status, "已经有了" in said) == (3, True)
    assert run("nothing-words", "add", "1. 没有 卡点。")[0] == 0
    assert held(ledger).nothing == ("没有卡点",)
    assert run("nothing-words", "remove", "没有堵点")[0] == 3
    assert run("nothing-words", "remove", "没有卡点")[0] == 0
    assert held(ledger).nothing == ()


@pytest.mark.parametrize("words", [
    ("time-progress", "by-week"), ("starts", "maybe"), ("start-rates", "year,all"), ("start-rates", ","), ("close", "2023-07"),
    ("close", "七月", "--reason", "国庆"), ("nothing-words", "add"), ("--json", "x.json", "starts", "money"),
])
def test_wrong_usage_is_told_and_changes_nothing(run: Run, ledger: Path, words: tuple[str, ...]) -> None:
    status, out, said = run(*words)
    assert (status, out) == (2, "")
    assert "写法见" in said
    assert held(ledger) == OfficeRules()


def test_the_past_is_only_looked_at(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ledger", str(ledger), "--as-of", "2099-01-01", "rules"]) == 0
    assert "统计口径" not in capsys.readouterr().err
    assert main(["--ledger", str(ledger), "--as-of", "2099-01-01", "rules", "starts", "money"]) == 3
    assert held(ledger) == OfficeRules()


def test_the_usual_deadline_is_told_and_changed(run: Run, ledger: Path) -> None:
    assert "报送期限：月报次月5日前；周报当周周五前" in run()[1]
    status, _, said = run("deadline", "--month-day", "8", "--week-next")
    assert (status, said.strip()) == (0, "报送期限：月报次月8日前；周报次周周五前。")
    assert "月报次月8日前；周报次周周五前" in run()[1]
    assert run("deadline", "--month-day", "32")[0] == 2
    made = open_ledger(ledger)
    undo_last(made)
    made.close()
    assert "月报次月5日前；周报当周周五前" in run()[1]


def test_points_for_returns_are_told_and_changed(run: Run) -> None:
    assert "每迟一天扣2分（late_day）" in run()[1]
    status, _, said = run("return-scores", "late_day=1.5", "missing=30")
    assert status == 0
    assert "每迟一天扣1.5分（late_day）" in said
    assert "整期未报扣30分（missing）" in run()[1]
    assert run("return-scores", "late=1")[0] == 2
    assert run("return-scores", "late_day=x")[0] == 2
    assert run("return-scores", "missing=101")[0] == 3
