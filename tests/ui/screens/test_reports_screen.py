"""统计报告: made in a job, shown as pages, saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from hydesk.domain.periods import Period
from hydesk.services.compile_report import ReportKind
from hydesk.ui.desk import Desk
from hydesk.ui.screens.reports.screen import ReportsScreen

Settle = Callable[[Desk], None]


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot, settle: Settle) -> Iterator[ReportsScreen]:
    made = ReportsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1214, 720)
    made.show()
    made.shown()
    settle(desk)
    yield made
    made.save_state()


def test_the_months_report_is_shown_as_pages(screen: ReportsScreen) -> None:
    assert screen.made is not None
    pages = len(screen.made.file.sizes)
    assert pages > 2
    assert screen.count.text() == f"2023年6月 · {pages} 页"
    assert screen.page.text() == f"第 1／{pages} 页"
    assert all(b.isEnabled() for b in screen.buttons)


def test_a_report_is_saved_as_pdf_with_its_figures(
        screen: ReportsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    target = tmp_path / "通报.pdf"
    screen.save_to("pdf", target)
    settle(desk)
    document = pypdfium2.PdfDocument(target)
    page = document[0]
    words = page.get_textpage()
    text = words.get_text_range()
    words.close()
    page.close()
    document.close()
    assert "388" in text


def test_a_place_that_cannot_be_written_is_said(
        screen: ReportsScreen, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    screen.save_to("pdf", tmp_path / "没有" / "通报.pdf")
    settle(desk)
    assert "没有存下" in str(desk.problems.pop())  # type: ignore[attr-defined]


def test_another_kind_or_period_is_made_anew(screen: ReportsScreen, desk: Desk, settle: Settle) -> None:
    first = screen.made
    screen.choose(ReportKind.WEEKLY)
    settle(desk)
    assert screen.made is not None
    assert screen.made is not first
    assert str(screen.made.period) == "2023-W25"
    screen.choose(ReportKind.MONTHLY)
    desk.set_period(Period.month(2023, 5))
    settle(desk)
    assert screen.made.period == Period.month(2023, 5)


def test_a_period_without_projects_says_so(screen: ReportsScreen, desk: Desk, settle: Settle) -> None:
    desk.set_period(Period.month(2019, 3))
    settle(desk)
    if screen.made is None:
        assert screen.pages.currentIndex() == 1
        assert screen.empty.sentence.text()
    else:
        assert screen.made.period == Period.month(2019, 3)
