"""The states of the window in which the pattern book is looked for: every screen, tab, panel and dialog there is.

``SCREEN_STATES`` names every screen; ``DIALOGS`` and ``FORMS`` every dialog and form, each with the way to it, or why none is
walked. A test holds that nothing is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtWidgets import QPushButton, QTabBar, QWidget

from hydesk.services.registers.list_registers import list_registers
from hydesk.services.returns.list_returns import list_returns
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.mechanisms import MECHANISMS
from hydesk.ui.requests import OpenProject, ShowRegister

Settle = Callable[[], None]


def tabs_of(screen: QWidget) -> Iterator[str]:
    """Turn to every tab and segment of ``screen``, one after the other."""
    yield ""
    for bar in [b for b in screen.findChildren(QTabBar) if b.isVisible() and b.accessibleName() != "这项机制的各页"]:
        for i in range(1, bar.count()):
            bar.setCurrentIndex(i)
            yield bar.tabText(i)
        bar.setCurrentIndex(0)
    for segment in [b for b in screen.findChildren(QPushButton, "segment") if b.isVisible()]:
        if segment.isEnabled() and not segment.isChecked():
            segment.click()
            yield segment.text()


def _tabs(key: str, request: object = None) -> Callable[[MainWindow, Desk, Settle], Iterator[str]]:
    def walk(window: MainWindow, _desk: Desk, settle: Settle) -> Iterator[str]:
        window.go_to(key, request)
        settle()
        yield from tabs_of(window.made(key))

    return walk


def _mechanisms(screen: str) -> Callable[[MainWindow, Desk, Settle], Iterator[str]]:
    """Every page of every mechanism, and one register of each: registers look alike."""
    def walk(window: MainWindow, _desk: Desk, settle: Settle) -> Iterator[str]:
        for m in MECHANISMS:
            if m.screen != screen:
                continue
            for part in [p for p in m.parts if p.page]:
                window.go_to(screen, ShowRegister(page=part.page))
                settle()
                made: Any = window.made(screen)
                for tab in tabs_of(made.fixed[part.page]):
                    yield f"{m.word} {part.word} {tab}"
            for part in [p for p in m.parts if p.register][:1]:
                window.go_to(screen, ShowRegister(key=part.register))
                settle()
                yield f"{m.word} {part.word}"

    return walk


SCREEN_STATES: dict[str, Callable[[MainWindow, Desk, Settle], Iterator[str]]] = {
    "home": _tabs("home"), "ledger": _tabs("ledger"), "project": _tabs("project", OpenProject(1)), "returns": _tabs("returns"),
    "nodes": _tabs("nodes"), "problems": _tabs("problems"), "meeting": _mechanisms("meeting"), "work": _mechanisms("work"),
    "leaders": _tabs("leaders"), "lists": _tabs("lists"), "reports": _tabs("reports"), "settings": _tabs("settings"),
}


def panel_states(window: MainWindow, desk: Desk, settle: Settle) -> Iterator[str]:
    """The panels and forms that the screens keep closed."""
    def screen(key: str, request: object = None) -> Any:
        window.go_to(key, request)
        settle()
        return window.made(key)

    ledger = screen("ledger")
    ledger.table.setCurrentIndex(ledger.model.index(0, 2))
    ledger.panels.open_detail()
    settle()
    yield "DetailPanel"
    ledger.look.chooser.open_below(ledger.look.columns)
    settle()
    yield "ColumnChooser"
    ledger.look.chooser.hide()
    ledger.panels.open_own()
    settle()
    yield "OwnColumnsPanel"
    problems = screen("problems")
    problems.start_new()
    settle()
    yield "ProblemForm"
    problems.table.selectRow(0)
    problems.open_panel()
    settle()
    yield "ProblemPanel"
    work = screen("work", ShowRegister(register_id=list_registers(desk.ledger, desk.period.end)[0].id))
    work.page.records.start_new()
    settle()
    yield "RecordForm"
    work.page.panel.hide()
    work.page.own_views.start()
    settle()
    yield "ViewForm"
    outlook = screen("work", ShowRegister(page="outlook")).fixed["outlook"]
    outlook.start_what_if()
    settle()
    yield "WhatIf"
    meeting = screen("meeting", ShowRegister(page="meeting")).fixed["meeting"]
    meeting.lines.selectRow(0)
    meeting.start_assign()
    settle()
    yield "AssignForm"
    meeting.start_backward()
    settle()
    yield "BackwardForm"
    nodes = screen("nodes")
    nodes.gantt.select(1)
    nodes.open_panel()
    settle()
    yield "NodePanel"
    returns = screen("returns")
    returns.board.chase.open()
    settle()
    yield "ChasePanel"
    returns.open_return(list_returns(desk.ledger)[0].id)
    settle()
    yield "TakenPage"


def dialogs(window: MainWindow, desk: Desk) -> Iterator[QWidget]:
    """The dialogs that open by themselves."""
    from hydesk.ui.frame.shortcuts import ShortcutSheet
    from hydesk.ui.frame.start_page import StartPage
    from hydesk.ui.help.about import AboutDialog

    yield ShortcutSheet(window)
    place = str(desk.ledger.path or "")
    yield StartPage(desk.jobs, desk.theme, desk.settings, place, "")
    yield AboutDialog(desk.theme, desk.settings, place, window)


WALKED_DIALOGS = {"ShortcutSheet", "StartPage", "AboutDialog"}
OTHER_DIALOGS = {
    "CrashDialog": "shown by its own test, after a crash", "PictureWindow": "a picture of the handbook, no words",
    "PackDialog": "shown by the test of packages", "PasswordDialog": "shown by the test of packages",
}
WALKED_FORMS = {"ProblemForm", "RecordForm", "ViewForm", "WhatIf", "AssignForm", "BackwardForm"}
OTHER_FORMS = {
    "StepForm": "opened for every step by the test of problems", "OwnColumnForm": "shown by the test of own columns",
    "LandingForm": "shown by the test of registers", "ServerForm": "shown by the test of the start page",
    "PersonForm": "shown by the test of people, over a server", "NewProjectForm": "shown by the test of the review",
}
