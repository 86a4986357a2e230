"""A list screen is a declaration in a file, and a line each where screens are made, named and explained: CONTRIBUTING.md's example."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.examples.copies import ROOT, copy_with, run_there


def test_a_list_screen_is_four_files(tmp_path: Path) -> None:
    touched = copy_with("A list screen", tmp_path)
    assert len(touched) == 4
    (tmp_path / "resources").unlink()
    shutil.copytree(ROOT / "resources" / "icons", tmp_path / "resources" / "icons")
    for other in (ROOT / "resources").iterdir():
        if other.name != "icons":
            (tmp_path / "resources" / other.name).symlink_to(other)
    shutil.copy(ROOT / "resources" / "icons" / "nodes.svg", tmp_path / "resources" / "icons" / "undated.svg")
    assert run_there(Path(__file__).with_name("clerk_with_list_screen.py"), tmp_path).strip() == "done"
