"""A check is a function and its line in RULES: the example of CONTRIBUTING.md, used on a return."""

from __future__ import annotations

from pathlib import Path

from tests.examples.copies import copy_with, run_there


def test_a_check_is_one_file_and_a_line_of_the_rules(tmp_path: Path) -> None:
    touched = copy_with("A check", tmp_path)
    assert len(touched | {"docs/rules.md"}) <= 2
    assert run_there(Path(__file__).with_name("clerk_with_check.py"), tmp_path).strip() == "done"
