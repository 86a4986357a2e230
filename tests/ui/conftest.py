"""A window without a display, over a real ledger file that each test may change."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hydesk.app import Start
from hydesk.db.rights import rights_of_act
from hydesk.domain.people import PersonRole, Right
from hydesk.domain.periods import Period
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.read_return import read_return
from hydesk.services.upkeep.open_ledger import create_ledger
from hydesk.ui import style, tokens
from hydesk.ui.changes import Changes
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.jobs import Job, Jobs
from hydesk.ui.operations import Operations
from hydesk.ui.screens import SCREENS
from tests.shared import made_once, open_whole

SAMPLES = Path(__file__).parent.parent / "samples" / "tidy"
MESSY = SAMPLES.parent / "messy"
JUNE = Period.month(2023, 6)
WAIT = 60_000
"""Milliseconds to wait for a job on a busy machine."""


@pytest.fixture(scope="session")
def _garbage_to_the_end(theme: style.Theme) -> Iterator[None]:
    """What the last test left goes while there is an application; a worker's own end takes nothing apart."""
    yield
    if "PYTEST_XDIST_WORKER" not in os.environ:
        gc.unfreeze()
        gc.collect()


@pytest.fixture(autouse=True)
def _garbage_on_the_ui_thread(_garbage_to_the_end: None) -> None:
    """As in the program: a job's thread never collects garbage, so no widget of an earlier test dies there.

    What a test leaves is collected before the next, for only then has pytest let go of it. It is young, for nothing was
    collected meanwhile; all garbage is searched for now and then (tests/conftest.py).
    """
    gc.disable()
    gc.collect(1)


@pytest.fixture(autouse=True)
def _no_key_held(qapp: QApplication) -> None:
    """A test that ends on Ctrl+Enter leaves Qt believing that Ctrl is still held; choosing a row would then toggle it."""
    QTest.keyRelease(QWindow(), Qt.Key.Key_F24, Qt.KeyboardModifier.NoModifier)
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def _dressed_as_in_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that a test shows by itself looks as it does within the window."""
    add = QtBot.addWidget

    def added(self: QtBot, widget: QWidget, **more: Any) -> None:
        if widget.isWindow() and not widget.styleSheet():
            style.clothe(widget)
        add(self, widget, **more)

    monkeypatch.setattr(QtBot, "addWidget", added)


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Iterator[style.Theme]:
    made = style.Theme()
    style.dress(qapp, made)
    yield made
    QGuiApplication.clipboard().clear()  # what Python copied must not outlive Python: the offscreen clipboard would


@pytest.fixture
def usual_look(qapp: QApplication, theme: style.Theme) -> Iterator[None]:
    """The usual size of text and colours again after the test, and only once its windows are gone: dressing a whole window
    again that nobody will look at took a second or more. Ask for it first, so that it ends last."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    tokens.scale_text(1.0)
    theme.palette = tokens.LIGHT
    style.dress(qapp, theme)


def _with_may(path: Path, folder: Path) -> None:
    """A ledger at ``path`` of the sample set in ``folder``: its projects and their returns for May."""
    ledger = create_ledger(path)
    import_projects(ledger, folder / "ledger.xlsx", 2023)
    apply_return(ledger, read_return(ledger, folder / "history.xlsx", JUNE.previous()))
    ledger.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that holds the samples' projects and their returns for May."""
    return made_once(tmp_path_factory, "sample.hydesk", lambda path: _with_may(path, SAMPLES))


@pytest.fixture(scope="session")
def messy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As ``sample_file``, of the returns that keep to no form."""
    return made_once(tmp_path_factory, "messy.hydesk", lambda path: _with_may(path, MESSY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen plugin says of itself that it cannot pass size hints on, raise windows or grab keys; every other Qt warning fails a test."""
    for item in items:
        if "ui" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("does not support (propagateSizeHints|raise|grabbing the keyboard)", extend=True))


MakeDesk = Callable[[Path], Desk]


@pytest.fixture
def make_desk(qtbot: QtBot, theme: style.Theme, tmp_path: Path) -> Iterator[MakeDesk]:
    made: list[Desk] = []

    def make(source: Path) -> Desk:
        file = tmp_path / source.name
        shutil.copy(source, file)
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        desk = Desk(open_whole(file), Jobs(), Changes(), theme, settings, JUNE)
        desk.problems = []  # type: ignore[attr-defined]
        desk.jobs.failed.connect(desk.problems.append)  # type: ignore[attr-defined]
        made.append(desk)
        return desk

    yield make
    for desk in made:
        for _ in range(2):  # what a page puts off until it has painted may ask for more
            desk.jobs.finish()
            qtbot.waitUntil(lambda d=desk: not d.jobs.busy, timeout=WAIT)
            QApplication.processEvents()
        desk.jobs.finish()
        qtbot.waitUntil(lambda d=desk: not d.jobs.busy, timeout=WAIT)
        desk.ledger.close()
        assert desk.problems == []  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _says_by_which_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever any test lets the window write, the operation named the right that a server would ask for."""
    start = Operations._start

    def asking(self: Operations, title: str, work: Any, *told: Any, right: Right, **more: Any) -> Job:
        def checked(progress: Any) -> Any:
            done = work(progress)
            with self._ledger.read() as connection:
                needed = {r for act in done.acts for r in rights_of_act(connection, act)}
            for role in PersonRole if needed else ():
                assert role.allows(right) == all(role.allows(r) for r in needed), f"{title}: {right} is said, {needed} needed"
            return done

        return start(self, title, checked, *told, right=right, **more)

    monkeypatch.setattr(Operations, "_start", asking)


@pytest.fixture
def desk(make_desk: MakeDesk, demo_file: Path) -> Desk:
    return make_desk(demo_file)


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Desk], None]:
    """Wait until no job is under way."""

    def wait(desk: Desk) -> None:
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=WAIT)
        qtbot.wait(1)
        qtbot.waitUntil(lambda: not desk.jobs.busy, timeout=WAIT)

    return wait


def open_window(desk: Desk, qtbot: QtBot) -> MainWindow:
    """The main window of ``desk``, shown. An unexpected error fails the test."""

    def wrong(error: BaseException) -> None:
        raise error

    window = MainWindow(desk, "台账", SCREENS, wrong)
    window.topline.offer([desk.period])
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def start(tmp_path: Path, theme: style.Theme, qtbot: QtBot) -> Iterator[Callable[[str | Path], Start]]:
    """Begins the program on a ledger's place; it is ended with all its windows afterwards."""
    made: list[Start] = []

    def begin(location: str | Path) -> Start:
        def wrong(error: BaseException) -> None:
            raise error

        made.append(Start(str(location), theme, QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat), wrong))
        made[-1].begin()
        return made[-1]

    yield begin
    for one in made:
        if one.window is not None:
            one.window.close()
            one.window.deleteLater()  # with the timers of its pages
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if one.door.waiting is not None:
            one.door.waiting.done()
        if one.door.page is not None:
            one.door.page.blockSignals(True)
            one.door.page.close()
        one.close()
