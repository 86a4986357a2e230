"""What the handbook's pictures show: each a function that brings the window into a state and says which part to take.

``demo`` pictures are taken over the demonstration ledger, ``sample`` ones over the samples' list and May, with the
messy returns of June waiting. The order within a ledger matters only where a picture needs what one before it did.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from handbook_stage import ROOT, TODAY, Shot, Stage
from PySide6.QtCore import QDate, QItemSelectionModel, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QDateEdit, QDoubleSpinBox, QLabel, QTabBar

from hydesk.services.reports.compile_report import ReportKind
from hydesk.ui.requests import OpenProject, ShowLists, ShowProblems, ShowProject, TakeFiles
from hydesk.ui.screens.reports.screen import REPORT

SHOTS: dict[str, tuple[str, Shot]] = {}
SAMPLES = ROOT / "tests" / "samples"
FOLDER = r"D:\重点办"
"""Where an office keeps its ledger; stands in the pictures for the folder in which they are taken."""


def shot(name: str, ledger: str = "demo") -> Callable[[Shot], Shot]:
    """Names a picture and the ledger it is taken over: demo, sample or none."""

    def keep(take: Shot) -> Shot:
        SHOTS[name] = (ledger, take)
        return take

    return keep


def turn(tabs: QTabBar, word: str) -> None:
    """Turn to the tab that begins with ``word``."""
    tabs.setCurrentIndex(next(i for i in range(tabs.count()) if tabs.tabText(i).startswith(word)))


def hide_folders(stage: Stage, *labels: QLabel) -> None:
    """Put the office's folder for this machine's into ``labels``."""
    here = str(stage.desk.ledger.path.parent)  # type: ignore[union-attr]
    for one in labels:
        one.setText(one.text().replace(here + "/", FOLDER + "\\").replace(here, FOLDER))


# First start ------------------------------------------------------------------------------------------------


@shot("start")
def start(stage: Stage) -> QImage:
    page = start_page(stage)
    page.show()
    stage.settle()
    picture = stage.part(page)
    page.hide()
    return picture


def start_page(stage: Stage) -> Any:
    from hydesk.ui.frame.start_page import StartPage

    where = str(stage.desk.ledger.path.parent / "ledger.hydesk")  # type: ignore[union-attr]
    page = StartPage(stage.desk.jobs, stage.theme, stage.desk.settings, where, "")
    hide_folders(stage, page.where)
    return page


@shot("start-list")
def start_list(stage: Stage) -> QImage:
    page = start_page(stage)
    page.resize(1040, 640)
    page.show()
    page.turn_to(1)
    page.guide.year.setValue(2023)
    page.guide.read(SAMPLES / "tidy" / "ledger.xlsx", 2023)
    stage.settle(8)
    page.guide.file.setText(FOLDER + r"\2023年项目清单.xlsx")
    page.guide.place.setText(FOLDER + r"\2023年重点项目台账.hydesk")
    picture = stage.part(page)
    page.hide()
    return picture


@shot("home")
def home(stage: Stage) -> QImage:
    stage.go("home").setFocus()
    return stage.whole()


@shot("find")
def find(stage: Stage) -> QImage:
    stage.go("home")
    finder = stage.window.topline.finder
    finder.setFocus()
    stage.settle()
    finder.setText("dc")  # 电池 by its initials
    finder.textEdited.emit("dc")
    stage.settle()
    area = QRect(0, 0, 780, 400)
    picture = stage.part(stage.window, area)
    from PySide6.QtGui import QPainter

    painter = QPainter(picture)
    painter.drawImage(finder.mapTo(stage.window, QPoint(0, finder.height() + 2)), stage.part(finder.list))
    painter.end()
    finder.clear()
    finder.list.hide()
    return picture


# Forms of other offices --------------------------------------------------------------------------------------


def blank_form(folder: Path) -> Path:
    """A form as the city's bureau sends it: a head of two rows, names, a column that no ledger has."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    for row in (("2023年6月雁峰区重点项目调度表",), ("填报单位：雁峰区", *[None] * 6, "单位：万元"),
                ("序号", "项目名称", "业主单位", "总投资", "年度计划投资", "完成投资", None, "形象进度", "用工人数（人）"),
                (None, None, None, None, None, "6月", "1-6月累计", None, None), *((n,) for n in range(1, 9)), ("合计",)):
        page.append(list(row))
    for span in ("A1:I1", "F3:G3", *(f"{c}3:{c}4" for c in "ABCDEHI")):
        page.merge_cells(span)
    for letter, width in zip("ABCDEFGHI", (6, 30, 24, 11, 11, 11, 11, 22, 11), strict=True):
        page.column_dimensions[letter].width = width
    path = folder / "市局6月调度表.xlsx"
    book.save(path)
    return path


@shot("form-filled")
def form_filled(stage: Stage) -> QImage:
    from hydesk.ui.requests import FillForm

    page = stage.go("reports")
    page.take(FillForm(str(blank_form(stage.desk.ledger.path.parent))))  # type: ignore[union-attr]
    stage.settle(30)
    return stage.whole()


@shot("form-kept")
def form_kept(stage: Stage) -> QImage:
    from hydesk.services.forms.kept_forms import save_and_keep

    page = stage.go("reports").forms
    assert page.draft is not None
    save_and_keep(stage.desk.ledger, page.draft, stage.desk.ledger.path.parent / "市局6月调度表（已填）.xlsx")  # type: ignore[union-attr]
    page.show_kept()
    stage.settle(20)
    return stage.whole()


# The ledger -------------------------------------------------------------------------------------------------


@shot("ledger")
def ledger(stage: Stage) -> QImage:
    screen = stage.go("ledger")
    model, table = screen.model, screen.table
    table.setFocus()
    money = next(c for c in range(model.columnCount()) if "年度计划" in str(model.headerData(c, Qt.Orientation.Horizontal)))
    table.setCurrentIndex(model.index(1, money))
    for row in range(1, 6):
        for column in (money, money + 1):
            table.selectionModel().select(model.index(row, column), QItemSelectionModel.SelectionFlag.Select)
    stage.settle()
    return stage.whole()


@shot("paste")
def paste(stage: Stage) -> QImage:
    screen = stage.go("ledger")
    model, table = screen.model, screen.table
    money = next(c for c in range(model.columnCount()) if "年度计划" in str(model.headerData(c, Qt.Orientation.Horizontal)))
    table.setCurrentIndex(model.index(0, money))
    codes = [str(model.index(r, 0).data()) for r in range(4)]
    QGuiApplication.clipboard().setText(
        "编号\t年度计划\n" + "\n".join(f"{code}\t{value}" for code, value in zip(codes, ("62000", "12500", "待定", "1200000"), strict=True)))
    screen.cells.paste()
    stage.settle()
    picture = stage.between(screen.strip, margin=6)
    screen.strip.hide()
    return picture


@shot("money")
def money(stage: Stage) -> QImage:
    screen = stage.go("project", OpenProject(3, "money"))
    turn(screen.tabs, "投资")
    stage.settle()
    table = screen.money.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 1))
    stage.settle()
    return stage.part(screen)


@shot("adjust")
def adjust(stage: Stage) -> QImage:
    screen = stage.go("lists", ShowLists("adjust", 7))
    return stage.part(screen)


@shot("rollover")
def rollover(stage: Stage) -> QImage:
    return stage.part(stage.go("lists", ShowLists("rollover")))


@shot("past")
def past(stage: Stage) -> QImage:
    return stage.part(stage.go("lists", ShowLists("past")))


# Nodes, problems, mechanisms --------------------------------------------------------------------------------


@shot("nodes")
def nodes(stage: Stage) -> QImage:
    stage.go("nodes", ShowProject(10))
    return stage.whole()


@shot("problems")
def problems(stage: Stage) -> QImage:
    screen = stage.go("problems")
    turn(screen.tabs, "全部")
    screen.table.setFocus()
    screen.table.selectRow(2)
    stage.settle()
    return stage.whole()


@shot("told")
def told(stage: Stage) -> QImage:
    screen = stage.go("problems", ShowProblems(told=True))
    screen.told.setFocus()
    screen.told.selectRow(0)
    stage.settle()
    return stage.part(screen, QRect(0, 0, screen.width(), 380))


@shot("meeting")
def meeting(stage: Stage) -> QImage:
    stage.go("meeting")
    return stage.whole()


# Reports ----------------------------------------------------------------------------------------------------


@shot("report")
def report(stage: Stage) -> QImage:
    screen = stage.go("reports")
    screen.show_place(REPORT)
    screen.report.choices.choose(ReportKind.WEEKLY)
    stage.settle(12)
    for day in screen.report.findChildren(QDateEdit):  # Qt asks the system itself for the day
        day.blockSignals(True)
        day.setDate(QDate(TODAY.year, TODAY.month, TODAY.day))
    return stage.whole()


@shot("sentence")
def sentence(stage: Stage) -> QImage:
    screen = stage.go("reports")
    screen.show_place(REPORT)
    screen.report.choices.choose(ReportKind.MONTHLY)
    stage.settle(12)
    page = screen.report
    box = list(page.sentences.boxes.values())[1]
    page._write_text(box.one.key, box.one.text.replace("全市重点项目", "上半年，全市重点项目"))
    stage.settle(12)
    _change_a_figure(stage)
    stage.go("reports")
    page.reload()
    stage.settle(12)
    at = page.sentences.mapTo(stage.window, QPoint(0, 0))
    return stage.part(stage.window, QRect(at, QSize(page.sentences.width(), 330)))


def _change_a_figure(stage: Stage) -> None:
    from hydesk.domain.fields import Field
    from hydesk.services.projects.edit_project import edit_project

    edit_project(stage.desk.ledger, 3, Field.TOTAL_INVESTMENT, 2_960_000_000)
    stage.desk.changes.tell("projects", "progress")


@shot("archive")
def archive(stage: Stage) -> QImage:
    screen = stage.go("reports")
    screen.report.choices.choose(ReportKind.WEEKLY)
    stage.settle(12)
    screen.report.issue()
    stage.settle(12)
    screen.report.signing.accept()
    stage.settle(12)
    screen.show_place(1)
    stage.settle(12)
    screen.archive.table.selectRow(0)
    stage.settle(12)
    return stage.whole()


# Settings ---------------------------------------------------------------------------------------------------


@shot("settings")
def settings(stage: Stage) -> QImage:
    screen = stage.go("settings")
    turn(screen.tabs, "常用")
    hide_folders(stage, *screen.general.findChildren(QLabel))
    return stage.part(screen, QRect(0, 0, screen.width(), 430))


@shot("lamps")
def lamps(stage: Stage) -> QImage:
    screen = stage.go("settings")
    turn(screen.tabs, "进度判定")
    stage.settle()
    screen.lamps.form.findChildren(QDoubleSpinBox)[0].setValue(5)
    stage.settle(8)
    return stage.part(screen)


@shot("backups")
def backups(stage: Stage) -> QImage:
    screen = stage.go("settings")
    turn(screen.tabs, "备份")
    stage.settle()
    screen.backups.back_up()
    stage.settle(6)
    screen.backups.table.selectRow(0)
    hide_folders(stage, *screen.backups.findChildren(QLabel))
    return stage.part(screen)


# Returns ----------------------------------------------------------------------------------------------------


def receive(stage: Stage) -> Any:
    """The messy returns, taken in once."""
    screen = stage.go("returns")
    if not len(screen.pile):
        files = sorted((SAMPLES / "messy" / "returns").iterdir())
        stage.go("returns", TakeFiles(tuple(str(f) for f in files[:12])))
        stage.settle(10)
    screen.close_review()
    return screen


@shot("returns", "sample")
def returns(stage: Stage) -> QImage:
    screen = receive(stage)
    screen.board.drafts.setFocus()
    stage.settle()
    return stage.whole()


@shot("review", "sample")
def review(stage: Stage) -> QImage:
    screen = receive(stage)
    screen.open_review(next(iter(screen.pile)))
    stage.settle(6)
    return stage.part(screen)


@shot("send-back", "sample")
def send_back(stage: Stage) -> QImage:
    screen = receive(stage)
    screen.open_review(list(screen.pile)[3])
    stage.settle(6)
    screen.review.back.click()
    stage.settle(6)
    picture = stage.part(screen)
    screen.close_review()
    return picture


@shot("chase", "sample")
def chase(stage: Stage) -> QImage:
    screen = receive(stage)
    screen.board.chase.open("")
    stage.settle(6)
    picture = stage.part(screen)
    screen.board.chase.leave()
    return picture
