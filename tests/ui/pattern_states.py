"""The states of the window in which the pattern book is looked for: every screen, tab, panel and dialog there is.

``SCREEN_STATES`` names every screen; ``DIALOGS`` and ``FORMS`` every dialog and form, each with the way to it, or why none is
walked. A test holds that nothing is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtWidgets import QPushButton, QTabBar, QVBoxLayout, QWidget

from hydesk.domain.people import PersonRole
from hydesk.services.mechanisms.land_filing import LandingDraft
from hydesk.services.registers.list_registers import list_registers
from hydesk.services.returns.list_returns import list_returns
from hydesk.ui.desk import Desk
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.kit.form import PanelForm
from hydesk.ui.mechanisms import MECHANISMS
from hydesk.ui.requests import OpenProject, ShowLists, ShowRegister, TakeFiles
from tests.ui.conftest import SAMPLES

Settle = Callable[[], None]


def tabs_of(screen: QWidget) -> Iterator[str]:
    """Turn to every tab and segment of ``screen``, one after the other."""
    yield ""
    for bar in [b for b in screen.findChildren(QTabBar) if b.isVisible() and b.accessibleName() != "这项机制的各页"]:
        begun = bar.currentIndex()
        for i in [i for i in range(bar.count()) if i != begun]:
            bar.setCurrentIndex(i)
            yield bar.tabText(i)
        bar.setCurrentIndex(begun)
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


Opened = Callable[..., Any]
"""Goes to a screen, with a request where one is given, and answers it."""


def panel_states(window: MainWindow, desk: Desk, settle: Settle) -> Iterator[str]:
    """The panels and forms that the screens keep closed."""
    def screen(key: str, request: object = None) -> Any:
        window.go_to(key, request)
        settle()
        return window.made(key)

    yield from _ledger_panels(screen("ledger"), settle)
    yield from _problem_panels(screen("problems"), settle)
    yield from _register_forms(screen, desk, settle)
    yield from _meeting_forms(screen("meeting", ShowRegister(page="meeting")).fixed["meeting"], settle)
    nodes = screen("nodes")
    nodes.gantt.select(1)
    nodes.open_panel()
    settle()
    yield "NodePanel"
    yield from _report_panel(screen("reports").report.panel, settle)
    compare = screen("lists", ShowLists("compare")).compare
    compare.then.line.setText("2023-7-3")
    compare.now.line.setText("2023-7-5")
    compare.compare()
    settle()
    yield "ComparePage"
    yield from _return_pages(screen("returns"), desk, settle)


def _ledger_panels(ledger: Any, settle: Settle) -> Iterator[str]:
    """The panels beside the ledger's table, its choice of columns, the lines below it."""
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
    ledger.panels.open_own(True)
    settle()
    yield "OwnColumnForm"
    ledger.panels.own.close_body()
    ledger.cells.open_bulk()
    yield "BulkLine"
    ledger.bulk.leave()
    ledger.print_pages()
    settle()
    yield "LedgerPrintLine"
    ledger.printing.leave()


def _problem_panels(problems: Any, settle: Settle) -> Iterator[str]:
    """A new problem, one that is looked at, a step of it."""
    problems.start_new()
    settle()
    yield "ProblemForm"
    problems.table.selectRow(0)
    problems.open_panel()
    settle()
    yield "ProblemPanel"
    problems.panel.pinned[0].click()
    settle()
    yield "StepForm"


def _register_forms(screen: Opened, desk: Desk, settle: Settle) -> Iterator[str]:
    """A record and a view of a register; 假如 of the year's end."""
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


def _meeting_forms(meeting: Any, settle: Settle) -> Iterator[str]:
    meeting.lines.selectRow(0)
    meeting.start_assign()
    settle()
    yield "AssignForm"
    meeting.start_backward()
    settle()
    yield "BackwardForm"


def _return_pages(returns: Any, desk: Desk, settle: Settle) -> Iterator[str]:
    """催报, a return taken in, one that waits, its review with the form of a new project."""
    returns.board.chase.open()
    settle()
    yield "ChasePanel"
    returns.open_return(list_returns(desk.ledger)[0].id)
    settle()
    yield "TakenPage"
    returns.take(TakeFiles((str(sorted((SAMPLES / "returns").iterdir())[0]),)))
    settle()
    yield "待入库"
    returns.open_review(next(iter(returns.pile)))
    settle()
    yield "ReviewPage"
    evidence = returns.review.evidence
    evidence.listing.show()
    settle()
    yield "NewProjectForm"
    evidence.listing.hide()
    returns.close_review()
    returns.pile.items.clear()


def _report_panel(panel: Any, settle: Settle) -> Iterator[str]:
    """The pages beside a report: its text, its form, the office's sentences, what changed."""
    for page in range(panel.tabs.count()):
        panel.open_page(page)
        settle()
        yield f"ReportPanel {panel.tabs.tabText(page)}"
    panel.close_panel()


def dialogs(window: MainWindow, desk: Desk) -> Iterator[QWidget]:
    """The dialogs that open by themselves."""
    from hydesk.ui.frame.server_form import ServerForm
    from hydesk.ui.frame.shortcuts import ShortcutSheet
    from hydesk.ui.frame.start_page import StartPage
    from hydesk.ui.help.about import AboutDialog
    from hydesk.ui.screens.registers.landing import LandingForm
    from hydesk.ui.screens.settings.packing import PackDialog, PasswordDialog
    from hydesk.ui.screens.settings.people import PersonForm

    yield ShortcutSheet(window)
    place = str(desk.ledger.path or "")
    yield StartPage(desk.jobs, desk.theme, desk.settings, place, "")
    yield AboutDialog(desk.theme, desk.settings, place, window)
    yield PackDialog(window)
    yield PasswordDialog(window, "台账20230703.zip")
    for form in (ServerForm(can_keep=False), PersonForm("添加人员", "添加", name=None, role=PersonRole.CLERK, password=True),
                 LandingForm(LandingDraft(1, "某项目", {}, (), ""), {}, desk.period.end)):
        yield _framed(form)


def _framed(form: PanelForm) -> QWidget:
    """A form with its buttons, as its page shows it."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.addWidget(form)
    layout.addWidget(form.buttons)
    made.setObjectName("page")
    return made


WALKED_DIALOGS = {"ShortcutSheet", "StartPage", "AboutDialog", "PackDialog", "PasswordDialog"}
OTHER_DIALOGS = {
    "CrashDialog": "shown by its own test, after a crash", "PictureWindow": "a picture of the handbook, no words",
}
WALKED_FORMS = {"ProblemForm", "StepForm", "RecordForm", "ViewForm", "WhatIf", "AssignForm", "BackwardForm", "OwnColumnForm", "LandingForm",
                "ServerForm", "PersonForm", "NewProjectForm"}
OTHER_FORMS: dict[str, str] = {}
