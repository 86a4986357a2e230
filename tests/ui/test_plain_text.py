"""Nothing that came from outside is ever taken for markup: no tip, notice, label or box loads a picture or follows a link."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QTableView,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from hydesk.db.models import Act, Import, Problem, Project, ReportIssue, Setting, Unit
from hydesk.services.standings.list_standings import list_standings
from hydesk.ui import style
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.frame.main_window import MainWindow
from hydesk.ui.plain import plain_text
from hydesk.ui.screens import SCREENS
from tests.reliability.words import HOSTILE
from tests.test_architecture import tree_of
from tests.ui.conftest import MakeDesk, open_window

UI = Path(__file__).resolve().parents[2] / "hydesk" / "ui"


@cache
def markup(text: str) -> bool:
    """Whether Qt itself takes ``text`` for markup: then an editor shows something else than its letters."""
    guessing, literal = QTextEdit(), QTextEdit()
    guessing.setText(text)
    literal.setPlainText(text)
    return guessing.toPlainText() != literal.toPlainText()


@pytest.fixture
def tall_picture(tmp_path: Path, qapp: QApplication) -> str:
    made = QPixmap(40, 400)
    made.fill(QColor("red"))
    assert made.save(str(tmp_path / "tall.png"))
    return f'<img src="file://{tmp_path}/tall.png">'


def test_no_tip_label_or_box_shows_a_picture_that_a_name_asks_for(
        qtbot: QtBot, theme: style.Theme, tall_picture: str, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    shown = QLabel(tall_picture, window)
    window.show()
    QToolTip.showText(QPoint(5, 5), tall_picture, window)
    box = QMessageBox(QMessageBox.Icon.Question, "问", tall_picture, parent=window)
    box.setInformativeText(tall_picture)
    box.show()
    tips = [w for w in qapp.topLevelWidgets() if w.metaObject().className() == "QTipLabel"]
    texts = [w for w in (shown, *tips, *box.findChildren(QLabel)) if isinstance(w, QLabel) and w.text()]
    assert tips
    assert len(texts) == 4
    assert [w.metaObject().className() for w in texts if w.sizeHint().height() > 200] == []
    QToolTip.hideText()


def test_the_words_of_these_tests_are_dangerous(qapp: QApplication) -> None:
    assert len(HOSTILE) >= 40
    assert sum(map(markup, HOSTILE)) >= 12


@pytest.mark.parametrize("word", HOSTILE)
def test_a_tip_is_no_markup_before_it_is_shown_either(qapp: QApplication, word: str) -> None:
    assert not markup(plain_text(word))
    assert plain_text(word).replace("\u200b", "") == word.replace("\u200b", "")
    assert plain_text("完成率 60%") == "完成率 60%"


def test_every_tip_made_of_other_than_the_programs_own_words_goes_through_the_filter() -> None:
    open_ones = []
    for path in UI.rglob("*.py"):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
                continue
            if node.func.attr not in ("setToolTip", "showText", "setStatusTip", "setWhatsThis"):
                continue
            said = node.args[1] if node.func.attr == "showText" else node.args[-1]
            filtered = isinstance(said, ast.Call) and getattr(said.func, "id", "") == "plain_text"
            if not isinstance(said, ast.Constant) and not filtered:
                open_ones.append(f"{path.relative_to(UI)}:{node.lineno}")
    assert open_ones == []


def _live(window: QWidget) -> Iterator[str]:
    """What Qt would take for markup in what is on the screen now."""
    for widget in (window, *window.findChildren(QWidget)):
        if markup(widget.toolTip()):
            yield f"tip of {widget.metaObject().className()}: {widget.toolTip()}"
        if isinstance(widget, QLabel) and widget.isVisible() and widget.textFormat() != Qt.TextFormat.PlainText and markup(widget.text()):
            yield f"label: {widget.text()}"
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _live_cells(widget)


def _live_cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount(QModelIndex()) if isinstance(model, QAbstractTableModel) else 1
    for row in range(min(model.rowCount(QModelIndex()), 5)):
        for column in range(columns):
            tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and markup(tip):
                yield f"cell of {type(model).__name__}: {tip}"
    if isinstance(view, QTableView):
        for column in range(columns):
            tip = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str) and markup(tip):
                yield f"head of {type(model).__name__}: {tip}"


def test_no_screen_of_a_hostile_ledger_holds_live_text(
        make_desk: MakeDesk, demo_file: Path, qtbot: QtBot, settle: Callable[[Desk], None], tall_picture: str) -> None:
    desk = make_desk(demo_file)
    with desk.ledger.write() as connection:
        for column in (Project.name, Project.remark, Project.builder, Project.location, Project.county_leader, Import.file, Import.note,
                       Act.title, Act.actor, Problem.title, Problem.detail, ReportIssue.title):
            connection.execute(update(column.table).values({column.name: tall_picture + column}))
        connection.execute(update(Unit).values(name=tall_picture + Unit.name))
        connection.execute(update(Setting).where(Setting.key == "office").values(value=f'"{tall_picture}"'))
    window = open_window(desk, qtbot)
    found: list[str] = []
    for screen in SCREENS:
        window.go_to(screen)
        settle(desk)
        found += [f"{screen}: {one}" for one in _live(window)]
    desk.go_to("project", list_standings(desk.ledger, desk.period)[0].id)
    settle(desk)
    found += [f"project: {one}" for one in _live(window)]
    desk.noticed.emit(Notice(tall_picture))
    found += [f"notice: {one}" for one in _live(window)]
    assert found == []
    assert isinstance(window, MainWindow)


def test_nothing_goes_to_the_clipboard_or_comes_from_it_past_the_filter() -> None:
    asking = [str(path.relative_to(UI)) for path in UI.rglob("*.py") for node in ast.walk(tree_of(path))
              if isinstance(node, ast.Attribute) and node.attr in ("clipboard", "setMimeData", "mimeData")]
    drops = {"frame/main_window.py", "frame/start_page.py", "screens/project/files.py", "screens/reports/forms.py"}  # names of files only
    assert set(asking) - drops == {"clipboard.py", "kit/drag_out.py"}
