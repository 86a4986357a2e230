"""Small models of screens: the board's words, lines of a cross table, ledgers opened before, texts that are no markup."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from hydesk.domain.measures.totals import sum_up
from hydesk.services.pages.cross_table import CrossMeasure
from hydesk.services.returns.returns_board import (
    NOT_REPORTED,
    PARTLY_IN,
    SENT_BACK,
    TAKEN_IN,
    WAITING,
    BoardLine,
)
from hydesk.ui.frame.recent import MOST, forget, ledger_name, note_opened, recent_ledgers
from hydesk.ui.plain import plain_text
from hydesk.ui.screens.reports.cross_lines import CrossLine, always, cell_words, is_whole, own_words
from hydesk.ui.screens.returns.board_words import color_of, early_or_late, story, when
from hydesk.ui.style import Theme
from tests.reports.made import standing

PALETTE = Theme().palette
AT = datetime(2023, 7, 3, 14, 5)


def line(status: str, days: int = 0, **more: object) -> BoardLine:
    return BoardLine("衡南县", status, **({"rounds": 0, "last_id": None, "received_at": None, "rows": 0, "errors": 0, "warnings": 0, "days_late": days} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("status", "color"), [
    (NOT_REPORTED, PALETTE.quiet), (WAITING, PALETTE.accent), (SENT_BACK, PALETTE.text), (PARTLY_IN, PALETTE.accent),
    (TAKEN_IN, PALETTE.text), ("别的", PALETTE.text)])
def test_of_the_states_of_work_those_stand_out_that_want_a_person(status: str, color: str) -> None:
    assert color_of(status, PALETTE).name() == color.lower()


@pytest.mark.parametrize(("status", "days", "words"), [
    (NOT_REPORTED, 1, "逾期1天"), (NOT_REPORTED, 0, "今天到期"), (NOT_REPORTED, -1, "还有1天"), (TAKEN_IN, 1, "迟1天"), (TAKEN_IN, 0, "按时"), (WAITING, -2, "早2天")])
def test_early_or_late_in_words(status: str, days: int, words: str) -> None:
    assert early_or_late(line(status, days)) == words


def test_all_that_is_known_of_a_unit() -> None:
    assert story(line(NOT_REPORTED, 1)) == "衡南县：未报，逾期1天"
    told = line(TAKEN_IN, -1, deadline=date(2023, 7, 4), rounds=2, received_at=AT, rows=12, errors=1, warnings=3, papers=2)
    assert story(told) == ("衡南县：已入库，早1天\n期限 7月4日\n收到 07-03 14:05，报了 2 次；项目 12 个，错误 1 处，提醒 3 处\n"
                           "收到扫描件、照片或文档 2 份，不是表格，没有读数")
    assert (when(None), when(AT)) == ("—", "07-03 14:05")


def test_a_cross_tables_cells_in_words() -> None:
    one = sum_up([standing(1, annual_plan=20_000_000, year_investment=5_000_000, total_investment=12_345_600)])
    made = CrossLine("衡南县", one, (one, None))
    assert [own_words(m, made) for m in (CrossMeasure.COUNT, CrossMeasure.RATE)] == ["1", "25.00"]
    money = [m for m in CrossMeasure if m not in (CrossMeasure.COUNT, CrossMeasure.RATE)]
    assert {own_words(m, made) for m in money} >= {"1,234.56", "2,000.00", "500.00"}
    assert (cell_words(CrossMeasure.COUNT, 0, made), cell_words(CrossMeasure.COUNT, 1, made)) == ("1", "—")
    assert (is_whole(made), is_whole(CrossLine("合计", one, (), True)), always(made)) == (False, True, True)


def test_ledgers_opened_before_newest_first_and_no_more_than_a_dozen(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    assert recent_ledgers(settings) == []
    for n in range(MOST + 2):
        note_opened(settings, tmp_path / f"{n}.hydesk", AT)
    note_opened(settings, tmp_path / "5.hydesk", AT)
    held = recent_ledgers(settings)
    assert [r.name for r in held] == ["5", "13", "12", "11", "10", "9", "8", "7", "6", "4", "3", "2"]
    assert (len(held), held[0].opened) == (MOST, AT)
    forget(settings, str(tmp_path / "13.hydesk"))
    assert [r.name for r in recent_ledgers(settings)][:2] == ["5", "12"]
    settings.setValue("recent_ledgers", "[[1]]")
    assert recent_ledgers(settings) == []
    assert (ledger_name(Path("ledger.hydesk")), ledger_name(Path("x/衡阳.hydesk"))) == ("市重点项目台账", "衡阳")


def test_what_looks_like_markup_stays_text() -> None:
    assert plain_text("甲乙") == "甲乙"
    assert plain_text("<img>") == "<\u200bimg>"
    assert plain_text("&lt;b&gt;") == "&\u200blt;b&gt;"
    assert plain_text("R&D") == "R&D"
