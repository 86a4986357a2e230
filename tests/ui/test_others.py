"""What somebody else writes while the window is open is shown; what this window writes is not told as others' doing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.upkeep.open_ledger import open_ledger
from hydesk.ui.desk import Desk
from hydesk.ui.frame.others import Others
from tests.ui.conftest import JUNE


def test_what_others_write_is_read_again(desk: Desk, settle: Callable[[Desk], None], qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    told: list[object] = []
    notices: list[object] = []
    desk.changes.ledger_changed.connect(told.append)
    desk.noticed.connect(notices.append)
    others = Others(desk, window)
    project = list_standings(desk.ledger, JUNE)[0].id

    def look() -> tuple[int, int]:
        others.look()
        settle(desk)
        return len(told), len(notices)

    assert look() == (0, 0)
    edit_project(desk.ledger, project, Field.REMARK, "自己写的")
    undo_last(desk.ledger)
    assert look() == (0, 0)
    elsewhere = open_ledger(desk.ledger.location)
    edit_project(elsewhere, project, Field.REMARK, "别人写的")
    edit_project(desk.ledger, project, Field.LOCATION, "自己写的")
    assert look() == (1, 1)
    assert look() == (1, 1)
    undo_last(elsewhere)
    elsewhere.close()
    assert look() == (2, 2)
