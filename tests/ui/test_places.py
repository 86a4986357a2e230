"""Where a window is put: on a screen there is, in reach, no larger than the room; one place for each set of screens."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, QSize
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from hydesk.ui import style
from hydesk.ui.frame import places
from hydesk.ui.frame.places import ScreenSpot, fitted, keep_place, key_of, take_place, title_bar
from hydesk.ui.frame.remembered import keep_arrangement, take_arrangement
from hydesk.ui.kit.listing import ListColumn, Listing
from hydesk.ui.kit.widths import dragged

MAIN = QRect(0, 0, 1366, 728)
RIGHT = QRect(1366, 0, 1920, 1040)
LEAST = QSize(1024, 600)


@pytest.mark.parametrize(("wanted", "rooms", "put"), [
    (QRect(40, 20, 1280, 700), [MAIN], QRect(40, 20, 1280, 700)),
    (QRect(1500, 100, 1280, 720), [MAIN, RIGHT], QRect(1500, 100, 1280, 720)),
    # The second screen is gone: to the middle of the first, no larger than it.
    (QRect(1500, 100, 1600, 900), [MAIN], QRect(0, 0, 1366, 728)),
    (QRect(3000, 2000, 1100, 650), [MAIN], QRect(133, 39, 1100, 650)),
    # The title bar above or below what can be seen.
    (QRect(100, -300, 1100, 700), [MAIN], QRect(100, 0, 1100, 700)),
    (QRect(100, 700, 1100, 700), [MAIN], QRect(100, 28, 1100, 700)),
    # A sliver at the right edge only.
    (QRect(1330, 10, 1100, 700), [MAIN], QRect(266, 10, 1100, 700)),
    # Half on each of two screens stays so.
    (QRect(900, 10, 1100, 700), [MAIN, RIGHT], QRect(900, 10, 1100, 700)),
    # A screen left of the main one.
    (QRect(-1900, 50, 1200, 700), [MAIN, QRect(-1920, 0, 1920, 1040)], QRect(-1900, 50, 1200, 700)),
    (QRect(0, 0, 200, 100), [MAIN], QRect(0, 0, 1024, 600)),
    (QRect(5, 5, 300, 200), [], QRect(5, 5, 300, 200)),
])
def test_a_window_can_always_be_seen_and_taken(wanted: QRect, rooms: list[QRect], put: QRect) -> None:
    assert fitted(wanted, rooms, LEAST) == put


def test_the_same_screens_have_one_key_whatever_their_order() -> None:
    one, two = ScreenSpot("A", MAIN), ScreenSpot("B", RIGHT, 1.5)
    assert key_of([one, two]) == key_of([two, one])
    assert len({key_of([one, two]), key_of([one]), key_of([one, ScreenSpot("B", RIGHT, 2.0)]),
                key_of([one, ScreenSpot("B", RIGHT.translated(0, 100), 1.5)])}) == 4


def test_a_place_dividers_and_dragged_columns_come_back(qtbot: QtBot, theme: style.Theme, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)

    def make() -> tuple[QSplitter, Listing]:
        table = Listing([ListColumn("甲", str, 100), ListColumn("乙", str, 100)], theme, "表")
        divider = QSplitter()
        divider.addWidget(table)
        divider.addWidget(Listing([ListColumn("丙", str, 100)], theme, "另一张表"))
        holder = QSplitter()
        holder.addWidget(divider)
        qtbot.addWidget(holder)
        return holder, table

    holder, table = make()
    take_arrangement("页", holder, settings)
    dragged(table).widths["甲"] = 222
    holder.setGeometry(0, 40, 800, 650)
    keep_place(holder, settings)
    keep_arrangement("页", holder, settings)
    again, other = make()
    take_place(again, settings)
    take_arrangement("页", again, settings)
    assert again.geometry() == QRect(0, 40, 800, 650)
    assert [other.columnWidth(0), other.columnWidth(1)] == [222, 100]
    assert not again.isMaximized()
    again.showMaximized()
    keep_place(again, settings)
    last, _ = make()
    take_place(last, settings)
    assert last.isMaximized()


def test_a_first_window_is_inside_a_small_screen_with_its_title_bar(
        qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = QRect(0, 0, 1093, 574)  # 1366×768 at 125 %, above the task bar
    monkeypatch.setattr(places, "screens_now", lambda: [ScreenSpot("甲", room, 1.25)])
    window = QWidget()
    qtbot.addWidget(window)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    take_place(window, settings)
    assert window.height() + title_bar(window) <= room.height()
    assert window.width() <= room.width()
    settings.setValue(f"window_places/{key_of(places.screens_now())}", "0,0,1093,574,0")  # kept where its title was out of reach
    take_place(window, settings)
    assert window.geometry().top() >= title_bar(window)
    assert window.geometry().bottom() <= room.bottom()
