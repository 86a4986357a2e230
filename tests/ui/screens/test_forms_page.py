"""填来表: a form dropped is filled and shown, its scope changed, saved, kept, and filled again for another month."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from pytestqt.qtbot import QtBot

from hydesk.domain.periods import Period
from hydesk.domain.scopes.grammar import written
from hydesk.services.standings.read_scope import scope_of
from hydesk.ui.desk import Desk
from hydesk.ui.screens.reports import forms as forms_page
from hydesk.ui.screens.reports.forms import FormsPage

Settle = Callable[[Desk], None]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, settle: Settle) -> FormsPage:
    made = FormsPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    settle(desk)
    return made


@pytest.fixture
def form(tmp_path: Path) -> Path:
    book = Workbook()
    for row in (("2023年6月雁峰区重点项目情况表",), ("序号", "项目名称", "总投资（万元）", "1-6月累计完成投资（万元）", "贷款户数（户）"), (1,), (2,)):
        book.active.append(row)
    path = tmp_path / "市局空表.xlsx"
    book.save(path)
    return path


def test_a_form_is_filled_shown_rescoped_saved_and_filled_again(
    page: FormsPage, form: Path, desk: Desk, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.pages.currentIndex() == 0
    page.take(str(form))
    settle(desk)
    assert page.said.whole.startswith("已填 ")
    assert "18 个项目" in page.said.whole
    assert written(page.scope.scope) == "unit=雁峰区"
    assert page.grid.sheet_model.sheet is not None
    assert page.grid.sheet_model.sheet.cell(3, 1) == 1
    assert page.source.whole.startswith("来自：台账的总投资")

    page.scope.choose(scope_of(desk.ledger, desk.period, "县市区=雁峰区;性质=新建"))
    page.scope.chosen.emit()
    settle(desk)
    few = page.said.whole
    assert "18 个项目" not in few

    out = tmp_path / "交表.xlsx"
    monkeypatch.setattr(forms_page, "ask_save", lambda *_a, **_k: str(out))
    page.ask_save()
    settle(desk)
    assert load_workbook(out).active["C3"].value > 0
    page.show_kept()
    settle(desk)
    assert page.pages.currentIndex() == 1
    kept = page.kept.current()
    assert kept is not None
    assert (kept.file, kept.scope) == ("市局空表.xlsx", "unit=雁峰区;nature=新建")

    desk.set_period(Period.month(2023, 5))
    page.fill_selected()
    settle(desk)
    sheet = page.grid.sheet_model.sheet
    assert sheet is not None
    assert sheet.cell(1, 1) == "2023年5月雁峰区重点项目情况表"
    assert sheet.cell(2, 4) == "1-5月累计完成投资（万元）"


def test_what_cannot_be_read_is_said_and_the_page_stays(page: FormsPage, desk: Desk, settle: Settle, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"nothing")
    page.take(str(bad))
    settle(desk)
    assert "不是表格" in str(desk.problems.pop())  # type: ignore[attr-defined]
    assert page.pages.currentIndex() == 0


def test_all_blank_forms_that_are_dropped_are_taken(
    page: FormsPage, form: Path, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    other = tmp_path / "统计局空表.xlsx"
    book = load_workbook(form)
    book.active["A1"] = "2023年6月衡南县重点项目情况表"
    book.save(other)
    page.take(str(form), (other.name, other.read_bytes()))
    settle(desk)
    assert [page.batch.tabs.tabText(i) for i in range(page.batch.tabs.count())] == ["市局空表.xlsx", "统计局空表.xlsx"]
    assert written(page.scope.scope) == "unit=雁峰区"
    page.batch.tabs.setCurrentIndex(1)
    settle(desk)
    assert written(page.scope.scope) == "unit=衡南县"
    folder = tmp_path / "填好"
    folder.mkdir()
    page.batch.save_all(folder, page.reload)
    settle(desk)
    assert sorted(f.name for f in folder.iterdir()) == ["市局空表（已填）.xlsx", "统计局空表（已填）.xlsx"]
    assert load_workbook(folder / "统计局空表（已填）.xlsx").active["C3"].value
    page.show_kept()
    assert page.batch.tabs.isHidden()
