"""A missing 高压专线, from the return that mentions it to 销号 and the minutes: eleven acts, the screens driven by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from hydesk.domain.problems import Seen, Status
from hydesk.services.mechanisms.meeting_lines import WAITING
from hydesk.ui.desk import Desk
from hydesk.ui.requests import ShowProblems
from tests.ui.conftest import open_window

Settle = Callable[[Desk], None]


def test_the_line_is_reported_handed_out_built_and_minuted(desk: Desk, qtbot: QtBot, settle: Settle, tmp_path: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    window = open_window(desk, qtbot)
    window.go_to("problems", ShowProblems(text="专线", told=True))  # 1
    settle(desk)
    problems = window.made("problems")
    told = problems.told  # type: ignore[attr-defined]
    told.selectRow(next(i for i, t in enumerate(told.list.items) if t.seen is Seen.NEW))
    project = told.selected()[0].project_name
    qtbot.keyClick(told, Qt.Key.Key_Return)  # 2
    settle(desk)
    window.go_to("meeting")  # 3
    settle(desk)
    meeting = window.made("meeting").fixed["meeting"]  # type: ignore[attr-defined]
    meeting.kinds.choose(frozenset({WAITING}))
    meeting._narrow()
    meeting.lines.selectRow(next(i for i, x in enumerate(meeting.lines.list.items) if x.project == project))
    qtbot.keyClick(meeting.lines, Qt.Key.Key_Return)  # 4
    form = meeting.panel.form
    form.inputs["unit"].setEditText("衡阳市供电公司")
    form.inputs["due"].setText("2023-7-7")
    qtbot.keyClick(form.inputs["words"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # 5
    settle(desk)
    meeting.decided.selectRow(meeting.decided.list.rowCount() - 1)
    qtbot.keyClick(meeting.decided, Qt.Key.Key_Return)  # 6
    settle(desk)
    panel = problems.panel  # type: ignore[attr-defined]
    assert [p.status for p in panel.problems] == [Status.ASSIGNED]
    for words, status in (("", Status.WORKING), ("专线已架设并送电", Status.ANSWERED), ("", Status.VERIFIED),
                          ("现场核实已送电", Status.CLOSED)):  # 7 to 10
        panel.take_step(1)
        panel.form.words_input.setPlainText(words)
        panel.form.submit()
        settle(desk)
        assert [p.status for p in panel.problems] == [status]
    window.go_back()  # 11
    settle(desk)
    assert meeting.decided.list.items[-1].state == "已销号"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(tmp_path / "纪要.pdf"), ""))
    meeting.acts.save(meeting.paper("会议纪要"), "纪要", "pdf")
    settle(desk)
    assert (tmp_path / "纪要.pdf").read_bytes()[:4] == b"%PDF"
