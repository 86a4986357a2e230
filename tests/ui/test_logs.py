"""The log goes on where another window holds its file open, as Windows lets nobody rename it then."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType

from hydesk.ui.logs import _log_qt, _SharedFile


@pytest.mark.parametrize("held", [True, False])
def test_a_log_held_elsewhere_goes_on_and_is_turned_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: bool) -> None:
    path = tmp_path / "hydesk.log"
    handler = _SharedFile(path, maxBytes=2000, backupCount=3, encoding="utf-8")
    tries: list[str] = []

    def refuse(source: str, dest: str) -> None:
        tries.append(source)
        raise PermissionError(13, "The process cannot access the file because it is being used by another process", source)

    if held:
        monkeypatch.setattr(handler, "rotate", refuse)
    for number in range(200):
        handler.emit(logging.LogRecord("hydesk", logging.INFO, "", 0, f"line {number:04} {'x' * 30}", None, None))
    handler.close()
    assert "line 0199" in path.read_text(encoding="utf-8")
    if held:
        assert path.read_text(encoding="utf-8").count("line ") == 200, "nothing is lost"
        assert len(tries) < 6, "and it is not tried for every line"
    else:
        assert (tmp_path / "hydesk.log.1").exists()


@pytest.mark.logs_warnings
def test_a_window_that_no_display_takes_says_so_before_qt_ends_the_program(
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":97")
    _log_qt(QtMsgType.QtWarningMsg, None, "could not connect to display :97")  # type: ignore[arg-type]
    assert capsys.readouterr().err == ""
    _log_qt(QtMsgType.QtFatalMsg, None, "This application failed to start because no Qt platform plugin could be initialized.")  # type: ignore[arg-type]
    assert "连不上图形界面（DISPLAY：:97）" in capsys.readouterr().err
