"""What is typed and what is answered: help, wrong usage, no window, every failure one Chinese sentence."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("arguments", [
    ["nonsense"], ["returns", "nonsense"], ["--nonsense"], ["returns", "import", "a.xlsx"],
    ["returns", "import", "--period", "2023-06"], ["returns", "import", "a.xlsx", "--period", "2023-13"],
    ["returns", "import", "a.xlsx", "--period", "六月"], ["ledger", "import", "a.xlsx"],
    ["ledger", "import", "a.xlsx", "--year", "今年"], ["returns", "undo", "x"], ["report", "daily", "--period", "2023-06", "--out", "o"],
    ["report", "weekly", "--period", "2023-06", "--out", "o"], ["report", "monthly", "--period", "2023-W25", "--out", "o"],
    ["report", "monthly", "--period", "2023-06", "--out", "o", "--format", "odt"], ["backup"], ["check", "more"],
    ["--as-of", "2023", "returns", "list"], ["nodes", "list", "--period", "2023-06", "--due", "-1"], ["ledger", "import", "a", "--year", "23"],
    ["returns", "slip", "2", "--out", "o", "--format", "odt"],
])
def test_wrong_usage_is_said_in_chinese_with_status_2(hydesk: CommandLine, arguments: list[str]) -> None:
    done = hydesk(*arguments)
    assert done.status == 2
    assert CHINESE.search(done.err)
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+|<=", done.err.partition("写法见")[0])
    assert not done.out
    assert not hydesk.ledger.exists()


@pytest.mark.parametrize("arguments", [
    ["returns", "list"], ["returns", "board", "--period", "2023-06"], ["returns", "undo", "1"], ["ledger", "export", "x.xlsx"],
    ["report", "monthly", "--period", "2023-06", "--out", "o"], ["backup", "b.hydesk"], ["check"],
    ["returns", "import", "x.xlsx", "--period", "2023-06"],
])
def test_only_new_import_and_demo_make_a_ledger(hydesk: CommandLine, arguments: list[str]) -> None:
    done = hydesk(*arguments)
    assert done.status == 3
    assert CHINESE.search(done.err)
    assert list(hydesk.folder.iterdir()) == []


def test_help_is_chinese(hydesk: CommandLine) -> None:
    done = hydesk.plain("--help")
    assert done.status == 0
    assert "用法：hydesk" in done.out
    for word in ("ledger", "returns", "template", "report", "demo", "backup", "restore", "check"):
        assert word in done.out
    assert "Show this message" not in done.out


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="there the window always has a display, and stays open")
def test_without_a_display_the_window_says_so(hydesk: CommandLine) -> None:
    done = hydesk.plain()
    assert done.status == 3
    assert "图形界面" in done.err


def test_the_ledger_can_be_named_in_the_environment(
    hydesk: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HYDESK_LEDGER", str(tmp_path / "另一本.hydesk"))
    assert hydesk.plain("ledger", "new").status == 0
    assert (tmp_path / "另一本.hydesk").exists()
    assert hydesk.plain("returns", "list").status == 0
