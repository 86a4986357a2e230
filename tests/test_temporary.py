"""What was made for a while goes: at the end, or at the next start where the end never came."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from hydesk import temporary


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_a_folder_is_for_its_maker_only_and_goes_at_the_end() -> None:
    with temporary.temporary_folder() as folder:
        if sys.platform != "win32":  # there the user's own folder of temporary files keeps others out
            assert folder.stat().st_mode & 0o077 == 0
        (folder / "x").write_bytes(b"x")
    assert not folder.exists()


def test_what_a_process_left_when_it_was_killed_goes_at_the_next_start(tmp_path: Path) -> None:
    code = ("import os, pathlib, tempfile\n"
            f"tempfile.tempdir = {str(tmp_path)!r}\n"
            "from hydesk.temporary import make_folder\n"
            "pathlib.Path(make_folder(), '台账.hydesk').write_bytes(b'x')\nos._exit(9)")
    subprocess.run([sys.executable, "-c", code], check=False)
    mine = temporary.make_folder()
    others, older, fresh = tmp_path / "hydesk-notes", tmp_path / "hydesk-ab12cd34", tmp_path / "hydesk-ef56gh78"
    for folder in (others, older, fresh):
        folder.mkdir()
    three_days_ago = time.time() - 3 * 86400
    os.utime(older, (three_days_ago, three_days_ago))
    assert len(list(tmp_path.iterdir())) == 5
    temporary.remove_left()
    assert set(tmp_path.iterdir()) == {mine, others, fresh}
    temporary.remove_own()
    assert set(tmp_path.iterdir()) == {others, fresh}


@pytest.mark.skipif(sys.platform == "win32", reason="who may make links there may do everything")
def test_a_link_under_such_a_name_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "家"
    kept.mkdir()
    (tmp_path / "hydesk-1-1-abcdefgh").symlink_to(kept)
    temporary.remove_left()
    assert kept.is_dir()
    assert (tmp_path / "hydesk-1-1-abcdefgh").is_symlink()
