"""`hydesk pictures` paints every screen of the window once; a ledger file alone means opening it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hydesk.cli.start import opened_file
from hydesk.services.upkeep.open_ledger import create_ledger
from hydesk.ui.frame.navigation import PLACES

ROOT = Path(__file__).resolve().parents[2]
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def test_every_screen_is_saved_as_a_picture(tmp_path: Path) -> None:
    create_ledger(tmp_path / "空.hydesk").close()
    command = [sys.executable, str(ROOT / "main.py"), "--ledger", str(tmp_path / "空.hydesk"),
               "pictures", "--out", str(tmp_path / "画面"), "--size", "1280x720"]
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    for place in PLACES:
        head = (tmp_path / "画面" / f"{place.key}.png").read_bytes()[:24]
        assert head.startswith(PNG_HEAD)
        assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1280, 720)
    for window in ("handbook", "about"):
        assert (tmp_path / "画面" / f"{window}.png").stat().st_size > 10_000


def test_a_double_clicked_ledger_is_opened() -> None:
    assert opened_file(["D:\\重点办\\台账.HYDESK"]) == ["--ledger", "D:\\重点办\\台账.HYDESK"]
    assert opened_file(["check"]) == ["check"]
    assert opened_file([]) == []
