"""Pages of a PDF as images, only those in sight."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from hydesk.domain.periods import Period
from hydesk.ui.desk import Desk
from hydesk.ui.kit.pdf_pages import PdfFile
from hydesk.ui.screens.reports.made import weeks_of
from hydesk.ui.screens.reports.page_layout import Fit
from hydesk.ui.screens.reports.page_view import KEPT, PageView
from tests.ui.conftest import WAIT

Settle = Callable[[Desk], None]
A4 = (595.28, 841.89)


def pdf(*sizes: tuple[float, float]) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for width, height in sizes:
        document.new_page(width, height).close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[PageView]:
    made = PageView(desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    yield made
    made.show_file(None)


def test_a_page_is_rendered_at_the_size_asked_for() -> None:
    file = PdfFile(pdf(A4, A4[::-1]))
    assert [(round(s.width), round(s.height)) for s in file.sizes] == [(595, 842), (842, 595)]
    image = file.render(0, 2.0)
    assert (image.width(), image.height()) == (1191, 1684)
    assert image.pixelColor(10, 10).name() == "#ffffff"
    file.close()
    assert file.render(0, 1.0).isNull()


def test_only_pages_in_sight_are_rendered(view: PageView, desk: Desk, settle: Settle, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    view.page_changed.connect(lambda n, of: seen.append((n, of)))
    view.show_file(PdfFile(pdf(*[A4] * 40)))
    qtbot.waitUntil(lambda: bool(view._images), timeout=WAIT)
    settle(desk)
    assert set(view._images) == {0, 1}
    assert seen[-1] == (1, 40)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: 39 in view._images, timeout=WAIT)
    settle(desk)
    assert seen[-1] == (40, 40)
    assert len(view._images) <= KEPT


def test_landscape_pages_fit_the_width_too(view: PageView, desk: Desk, settle: Settle) -> None:
    view.show_file(PdfFile(pdf(A4, A4[::-1])))
    view.set_zoom(Fit.WIDTH)
    settle(desk)
    room = view.viewport().width()
    assert all(p.box.width() <= room for p in view._pages)
    assert view.horizontalScrollBar().maximum() == 0


def test_pages_stand_whole_and_side_by_side_and_stay_where_they_are_when_the_room_changes(view: PageView, desk: Desk, settle: Settle) -> None:
    view.show_file(PdfFile(pdf(*[A4] * 9, A4[::-1], A4[::-1])))
    settle(desk)
    room = view.viewport()
    assert all(p.box.height() <= room.height() and p.box.width() <= room.width() for p in view._pages)
    assert view._pages[0].box.top() == view._pages[1].box.top()
    view.show_place(6, 0)
    view.resize(700, 500)
    settle(desk)
    assert 6 in view._in_sight()
    assert view._pages[6].box.height() <= view.viewport().height()
    page, x, y = view.point_at(view.box_of(6, (100, 200, 110, 210)).center()) or (0, 0.0, 0.0)
    assert (page, x, y) == (6, pytest.approx(105, abs=3), pytest.approx(205, abs=3))


def test_zoom_keeps_the_place(view: PageView, desk: Desk, settle: Settle) -> None:
    view.show_file(PdfFile(pdf(*[A4] * 10)))
    view.set_zoom(1.0)
    view.show_place(5, 400)
    view.set_zoom(2.0)
    settle(desk)
    assert view.verticalScrollBar().value() == pytest.approx(view._pages[5].box.top() + 400 * view.scale_of(5), abs=40)
    assert view._pages[0].box.width() == round(A4[0] * 2 * 96 / 72)
    view.step_zoom(-1)
    assert view.zoom == 1.5


def test_weeks_of_a_month_are_those_that_end_in_it() -> None:
    assert [str(w) for w in weeks_of(Period.month(2023, 6))] == ["2023-W22", "2023-W23", "2023-W24", "2023-W25"]
    assert [str(w) for w in weeks_of(Period.month(2024, 12))][-1] == "2024-W52"
