"""The log goes on where another window holds its file open, as Windows lets nobody rename it then."""

from __future__ import annotations

import faulthandler
import io
import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QtMsgType

from hydesk.ui import logs
from hydesk.ui.logs import _log_qt, _PlainFormatter, _SharedFile, set_up_log


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


@pytest.mark.parametrize("there", [True, False])
def test_a_log_is_for_its_owner_only_and_what_ends_the_program_at_once_leaves_a_trace_beside_it(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    """``there``: there is a folder for it; else it cannot be made, and the window opens all the same."""
    told: list[Any] = []
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(logs, "qInstallMessageHandler", lambda handler: told.append(handler))
    monkeypatch.setattr(logging, "basicConfig", lambda **how: told.extend((how["level"], *how["handlers"])))
    monkeypatch.setattr(faulthandler, "enable", lambda file: told.append(Path(file.name)) or file.close())
    path = tmp_path / ("logs" if there else "file") / "hydesk.log"
    set_up_log(path)
    level, handler, *rest = told
    assert (level, rest) == (logging.INFO, [*([path.with_name("hard-crash.log")] if there else []), _log_qt])
    assert isinstance(handler, _SharedFile) is there
    handler.emit(logging.LogRecord("hydesk", logging.INFO, "", 0, "%s files of %s", (3, "衡南县"), None))
    handler.close()
    if there:
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        said = path.read_text(encoding="utf-8")
        assert "INFO hydesk: … files of …" in said
        assert "衡南县" not in said


def test_an_error_is_logged_by_kind_and_place_without_its_words() -> None:
    handler = logging.StreamHandler(told := io.StringIO())
    handler.setFormatter(_PlainFormatter("%(message)s"))
    try:
        raise ValueError("衡南县 张三 13800000000")
    except ValueError:
        handler.emit(logging.LogRecord("hydesk", logging.ERROR, "", 0, "a return could not be read", None, sys.exc_info()))
    handler.emit(logging.LogRecord("hydesk", logging.ERROR, "", 0, "nothing was raised", None, (None, None, None)))
    first, place, kind, last = told.getvalue().splitlines()
    assert (first, kind, last.strip()) == ("a return could not be read", "builtins.ValueError", "nothing was raised")
    assert "test_logs.py:" in place
    assert "衡南县" not in told.getvalue()
