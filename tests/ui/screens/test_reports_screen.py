"""统计报告: made in a job, shown as pages beside its text, edited, found in, saved, issued, corrected; cross tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QDate, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hydesk.domain.fields import Field
from hydesk.domain.measures.subjects import Subject
from hydesk.domain.periods import Period
from hydesk.services.projects.edit_project import edit_project
from hydesk.services.reports.compile_report import ReportKind
from hydesk.services.reports.print_report import Binding
from hydesk.services.reports.read_sentences import State, joined
from hydesk.ui.desk import Desk, Notice
from hydesk.ui.kit import printing
from hydesk.ui.kit.printing import Printing, chosen_pages
from hydesk.ui.screens.reports.page_layout import Fit
from hydesk.ui.screens.reports.report_page import ReportPage
from hydesk.ui.screens.reports.report_panel import CHANGES, TEXT
from hydesk.ui.screens.reports.screen import ARCHIVE, REPORT, STATISTICS, SUBJECTS, ReportsScreen

Settle = Callable[[Desk], None]
WHOLE, OF_UNIT = "overall.whole", "unit.whole"


@pytest.fixture
def screen(request: pytest.FixtureRequest, desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[ReportsScreen]:
    """The screen with the month's report, or with one of the kind it is asked for."""
    made = ReportsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    if kind := getattr(request, "param", None):
        made.report.offer_subjects()
        settle(desk)
        made.report.choices.choose(kind)
        made._stale.discard(REPORT)
    made.show()
    made.shown()
    settle(desk)
    yield made
    made.save_state()


def of_kind(kind: ReportKind) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("screen", [kind], indirect=True, ids=[kind.value])


def test_the_months_report_is_shown_as_pages_beside_its_text(screen: ReportsScreen) -> None:
    page = screen.report
    assert page.made is not None
    pages = len(page.made.file.sizes)
    assert pages > 2
    assert page.count.text() == f"2023年6月 · {pages} 页"
    assert page.pane.page.text() == f"第 1／{pages} 页 ▾"
    assert all(b.isEnabled() for b in page.buttons)
    assert page.sentences.boxes[WHOLE].editor.toPlainText().startswith("全市重点项目388个")


def test_what_is_shown_is_saved(screen: ReportsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    screen.report.save_into(tmp_path, ("pdf", "xlsx"))
    settle(desk)
    assert sorted(p.suffix for p in tmp_path.glob("衡阳市*")) == [".pdf", ".xlsx"]
    document = pypdfium2.PdfDocument(next(tmp_path.glob("*.pdf")))
    page = document[0]
    words = page.get_textpage()
    text = words.get_text_range()
    words.close()
    page.close()
    document.close()
    assert "388" in text


def test_a_place_that_cannot_be_written_is_said(
        screen: ReportsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    screen.report.save_to("pdf", tmp_path / "没有" / "通报.pdf")
    settle(desk)
    assert "没有存下" in str(desk.problems.pop())  # type: ignore[attr-defined]


def test_every_kind_is_made_for_its_subject(screen: ReportsScreen, desk: Desk, settle: Settle) -> None:
    choices = screen.report.choices
    for kind, pages in ((ReportKind.PROJECT, 1), (ReportKind.UNIT, 1), (ReportKind.SUPERVISION, 2)):
        choices.choose(kind)
        settle(desk)
        assert screen.report.made is not None
        assert screen.report.made.wanted == choices.wanted
        assert choices.wanted.subject
        assert len(screen.report.made.file.sizes) >= pages
    choices.choose(ReportKind.PROJECT)
    code, name = choices.subjects.itemText(4).split(" ", 1)
    choices.choose_subject(name)
    assert choices.wanted.subject == code
    choices.choose(ReportKind.WEEKLY)
    settle(desk)
    assert screen.report.made is not None
    assert str(screen.report.made.period) == "2023-W25"
    choices.choose(ReportKind.MONTHLY)
    desk.set_period(Period.month(2023, 5))
    settle(desk)
    assert screen.report.made.period == Period.month(2023, 5)


def test_a_period_without_projects_says_so(screen: ReportsScreen, desk: Desk, settle: Settle) -> None:
    desk.set_period(Period.month(2019, 3))
    settle(desk)
    assert screen.report.made is None
    assert screen.report.pane.pages.currentIndex() == 1
    assert "导入项目清单" in screen.report.empty.sentence.text()


def sign(page: ReportPage, desk: Desk, settle: Settle) -> None:
    """归档, and once more where 签发前请看 has something to say."""
    page.issue()
    settle(desk)
    if page.signing.isVisible():
        page.signing.accept()
        settle(desk)


@of_kind(ReportKind.UNIT)
def test_a_sentence_is_edited_marked_and_issued(
        screen: ReportsScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    page, changes = screen.report, screen.report.panel.changes
    assert "还没有归档过" in changes.empty.sentence.text()
    page.panel.open_page(TEXT)
    editor = page.sentences.boxes[OF_UNIT].editor
    editor.setPlainText("总的看，" + editor.toPlainText() + "另有99.5亿元待核。")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(desk)
    box = page.sentences.boxes[OF_UNIT]
    assert box.one.state is State.EDITED
    assert box.one.text.startswith("总的看，雁峰区")
    edit_project(desk.ledger, 1, Field.YEAR_INVESTMENT, 1_000_000, desk.period)
    desk.changes.tell("progress")
    settle(desk)
    assert box.one.state is State.STALE
    assert "数字后来变了" in page.remarks.text()
    sign(page, desk, settle)
    assert "数字后来变了" in str(desk.problems.pop())  # type: ignore[attr-defined]
    box.fresh.click()
    settle(desk)
    assert page.sentences.boxes[OF_UNIT].one.state is State.EDITED
    sign(page, desk, settle)
    screen.show_place(ARCHIVE)
    settle(desk)
    assert screen.archive.current is not None
    assert screen.archive.current.number == 1
    assert screen.archive.view.file is not None
    assert "没有不同" in changes.empty.sentence.text()
    edit_project(desk.ledger, 1, Field.YEAR_INVESTMENT, 200_000_000, desk.period)
    screen.archive.correct_asked.emit(screen.archive.current)
    settle(desk)
    # What changed since it was issued stands beside the pages, and is found there.
    page.comparing.click()
    assert page.panel.tabs.currentIndex() == CHANGES
    assert page.comparing.text() == f"和上期比 {changes.many}"
    assert "归档以后的变化" in changes.said.text()
    found: list[str] = []
    changes.reached.connect(found.append)
    table = next(iter(changes.tables.values()))
    table.selectRow(0)
    table.opened.emit()
    assert page.made is not None
    assert found[0] in {s.text for s in page.made.sentences}
    page.sentences.boxes[OF_UNIT].back.click()
    settle(desk)
    sign(page, desk, settle)
    screen.show_place(ARCHIVE)
    settle(desk)
    assert screen.archive.current.number == 2
    assert "→" in screen.archive.note.toPlainText()


@of_kind(ReportKind.UNIT)
def test_a_sentence_is_typed_where_it_stands_and_its_numbers_stay_whole(
        screen: ReportsScreen, desk: Desk, qtbot: QtBot, settle: Settle) -> None:
    page = screen.report
    view, editor = page.view, page.view.in_place.editor
    assert page.made is not None
    assert {p.sentence.key for p in view.places} == {s.key for s in page.made.sentences}
    place = next(p for p in view.places if p.sentence.key == OF_UNIT)
    left, top, right, bottom = place.marks[0].boxes[0]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.box_of(place.marks[0].page, (left, top, right, bottom)).center())
    assert view.in_place.isVisible()
    whole = place.sentence.text
    assert editor.words == whole
    # The words around it stand still; a number cannot be typed into and goes as one.
    editor.selectAll()
    assert editor.textCursor().selectedText() == whole
    count = next(words for words, figure in place.sentence.pieces if figure == 0)
    cursor = editor.textCursor()
    cursor.setPosition(editor.toPlainText().index(whole) + whole.index(count))
    editor.setTextCursor(cursor)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.words == whole.replace(count, "", 1)
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert joined(editor.pieces()) == joined(list(place.sentence.pieces))
    qtbot.keyClick(editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    editor.textCursor().insertText("总的看，")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(desk)
    assert not view.in_place.isVisible()
    assert page.sentences.boxes[OF_UNIT].one.text == "总的看，" + whole
    # Its numbers follow; Esc leaves a sentence as it is; the undo of the act gives the automatic words back.
    edit_project(desk.ledger, 1, Field.YEAR_INVESTMENT, 1_000_000, desk.period)
    desk.changes.tell("progress")
    settle(desk)
    now = page.sentences.boxes[OF_UNIT].one
    assert (now.state, now.text) == (State.EDITED, "总的看，" + now.automatic)
    view.edit(OF_UNIT)
    editor.textCursor().insertText("不要的话")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not view.in_place.isVisible())
    settle(desk)
    assert page.sentences.boxes[OF_UNIT].one.text == now.text


def test_words_are_found_in_the_pages(screen: ReportsScreen, desk: Desk, settle: Settle) -> None:
    screen.start_search()
    bar = screen.report.find_bar
    bar.words.setText("滞后项目")
    settle(desk)
    assert bar.said.text().startswith("第 1／")
    first = bar.said.text()
    bar.step(1)
    assert bar.said.text() != first
    bar.words.setText("没有这样的话")
    settle(desk)
    assert bar.said.text() == "没有找到"


def test_the_form_is_kept_for_its_kind(screen: ReportsScreen, desk: Desk, settle: Settle) -> None:
    page = screen.report
    page.form.fields["signer"].setText("张三")
    page.form.parts.setCurrentRow(0)
    page.form.move_part(1)
    page.form.save()
    settle(desk)
    assert page.made is not None
    assert page.made.report.masthead.signer == "张三"
    assert page.made.report.sections[0].heading.endswith("开工情况")


def test_projects_are_counted_narrowed_copied_and_saved(
        screen: ReportsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    screen.show_place(STATISTICS)
    settle(desk)
    page = screen.statistics
    assert page.made is not None
    assert page.made.whole.count == 388
    page.copy_all()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("单位\t产业发展")
    assert lines[-1].split("\t")[0] == "合计"
    page.count_only(frozenset(next(iter(page.made.ids.values()))), "某县")
    settle(desk)
    assert page.made.whole.count < 388
    assert "某县" in page.note
    page.save_to(tmp_path / "统计.xlsx")
    settle(desk)
    assert (tmp_path / "统计.xlsx").read_bytes().startswith(b"PK")


def test_a_number_of_a_matter_lists_its_projects_below(
        screen: ReportsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    screen.show_place(SUBJECTS)
    settle(desk)
    page = screen.matters
    for subject in (Subject.PERMITS, Subject.YEAR_ON_YEAR, Subject.PREPARATION, Subject.STARTS):
        page.show_subject(subject)
        settle(desk)
        assert page.made is not None
        assert page.made.subject is subject
        assert page.made.rows_by == ("前期环节" if subject is Subject.PERMITS else "单位")
        assert page.table.list.breadth() == len(page.made.columns) + 1
        assert page.note.isVisible() is bool(page.note.text())
    overdue = page.made.columns.index("overdue_starts")
    last = page.table.list.height() - 1
    page.table.setCurrentIndex(page.table.list.index(last, overdue + 1))
    assert [p.code for p in page.projects.list.items] == [p.code for p in page.made.whole[overdue].projects]
    assert page.called.text() == f"到期未开工　{page.made.whole[overdue].value} 个"
    page.table.setCurrentIndex(page.table.list.index(0, 2))
    assert page.called.text().startswith(next(iter(page.made.rows)))
    page.copy_all()
    assert QGuiApplication.clipboard().text().startswith("单位\t计划新开工")
    page.save_to(tmp_path / "开工.xlsx")
    settle(desk)
    assert (tmp_path / "开工.xlsx").read_bytes().startswith(b"PK")


@of_kind(ReportKind.PROJECT)
def test_pages_are_printed_at_their_own_size(screen: ReportsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    assert screen.report.made is not None
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "印.pdf"))
    printer.setFullPage(True)
    printer.setResolution(72)
    done: list[bool] = []
    Printing(desk, screen.report.made.file, printer, lambda: done.append(True)).begin()
    settle(desk)
    assert done == [True]
    document = pypdfium2.PdfDocument(tmp_path / "印.pdf")
    assert [round(x * 25.4 / 72) for x in document[0].get_size()] == [210, 297]
    document.close()


def test_the_parts_of_a_report_are_jumped_to(screen: ReportsScreen, desk: Desk, settle: Settle) -> None:
    pane, binding = screen.report.pane, screen.report.choices.binding
    assert pane.view.file is not None
    assert not any(e.words.startswith("附件") for e in pane.view.file.outline)  # the text alone, its annexes apart
    binding.setCurrentIndex(binding.findData(Binding.BOUND))
    screen.report.reload()
    settle(desk)
    assert pane.view.file is not None
    outline = pane.view.file.outline
    assert [e.words for e in outline][:2] == ["一、总体情况", "二、开工情况"]
    assert any(e.words.startswith("附件1　全市重点建设项目") for e in outline)
    pane.page.parts.aboutToShow.emit()
    named = {a.text().split("\t")[0]: a for a in pane.page.parts.actions()}
    assert named["首页"].isChecked()
    annex = next(e for e in outline if e.words.startswith("附件1"))
    next(a for words, a in named.items() if words.startswith("附件1")).trigger()
    assert pane.page.text().startswith(f"第 {annex.page + 1}／")
    pane.page.parts.aboutToShow.emit()
    assert [a.text()[:3] for a in pane.page.parts.actions() if a.isChecked()] == ["附件1"]


def test_pages_are_chosen_as_the_dialog_says(qapp: QApplication) -> None:
    printer = QPrinter()
    assert chosen_pages(printer, 3) == [0, 1, 2]
    printer.setPageRanges(QPageRanges.fromString("2,4-9"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    assert chosen_pages(printer, 5) == [1, 3, 4]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(printer, 5) == [4, 3, 1]


@of_kind(ReportKind.PROJECT)
def test_paper_of_another_shape_does_not_distort_the_page(
    screen: ReportsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    assert screen.report.made is not None
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "信纸.pdf"))
    printer.setFullPage(True)
    printer.setResolution(72)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    one = Printing(desk, screen.report.made.file, printer, lambda: None)
    paper = QRect(0, 0, 612, 792)
    place = one._place(paper, QImage(595, 842, QImage.Format.Format_RGB32))
    assert paper.contains(place)
    assert place.height() / place.width() == pytest.approx(297 / 210, abs=0.01)


def test_entering_a_sentence_shows_where_it_stands_in_the_pages(screen: ReportsScreen, desk: Desk, settle: Settle) -> None:
    page = screen.report
    last = list(page.sentences.boxes.values())[-1]
    page.sentences.reached.emit(last.one.text)
    settle(desk)
    assert page.view.verticalScrollBar().value() > 0
    assert page.view.zoom is Fit.PAGE


def test_the_day_on_the_paper_can_be_another(screen: ReportsScreen, desk: Desk, settle: Settle) -> None:
    page = screen.report
    page.day.setDate(QDate(2023, 7, 5))
    settle(desk)
    assert page.made is not None
    assert page.made.report.issued == date(2023, 7, 5)


def test_without_a_printer_a_pdf_is_offered(
        screen: ReportsScreen, desk: Desk, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "通报.pdf"
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    monkeypatch.setattr(printing, "ask_save", lambda *_a, **_k: str(target))
    said: list[Notice] = []
    desk.noticed.connect(said.append)
    screen.report.print_pages()
    (notice,) = said
    assert notice.wrong
    assert "没有安装打印机" in notice.text
    assert notice.undo_label == "存为 PDF"
    assert notice.undo is not None
    notice.undo()
    settle(desk)
    saved = pypdfium2.PdfDocument(target)
    assert screen.report.made is not None
    assert len(saved) == len(screen.report.made.file.sizes)
    saved.close()
    assert [p.name for p in tmp_path.glob("*.part")] == []
