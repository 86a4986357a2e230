"""Sending a return back, its slip, and what the board and a second arrival say of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import update

from hydesk.db.ledger import Ledger
from hydesk.db.models import Import
from hydesk.domain.actors import Actor
from hydesk.domain.errors import HydeskError
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.pages.returns_page import returns_page
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.keep_received import keep_received, list_received
from hydesk.services.returns.list_returns import list_returns
from hydesk.services.returns.mark_up_return import mark_up_return
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.return_slip import WHOLE, draft_slip, print_slip, return_slip, slip_text
from hydesk.services.returns.returns_board import returns_board
from hydesk.services.returns.send_back_return import in_question, send_back
from hydesk.services.rules.settings import mark_ledger
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import JUNE, MAY
from tests.services.sheets import FIRST_ROW, fill_ledger, line, read


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    fill_ledger(ledger)
    apply_return(ledger, read(ledger, [line(n, 10, 100) for n in (1, 2, 3, 4)], MAY, "5月.xlsx"))
    return ledger


def wrong(ledger: Ledger) -> ReturnDraft:
    """Three of four projects: one fell, one is text, one month and sum do not join."""
    return read(ledger, [line(1, 20, 90), line(2, "待定", 120), line(3, 20, 150)])


def status(ledger: Ledger) -> str:
    return next(b.status for b in returns_board(ledger, JUNE) if b.unit == "衡南县")


def test_nothing_of_it_is_written_and_undoing_lets_it_wait_again(filled: Ledger) -> None:
    draft = wrong(filled)
    key = keep_received(filled, draft).value
    number = send_back(filled, draft, note=" 请逐项核实 ", actor="甲").value
    assert (list_received(filled), status(filled)) == ((), "已退回")
    assert all(s.year_investment == 1_000_000 for s in list_standings(filled, JUNE))
    summary = next(r for r in list_returns(filled, JUNE) if r.id == number)
    assert (summary.status, summary.note, summary.actor) == ("sent_back", "请逐项核实", "甲")
    assert summary.errors + summary.warnings == len(in_question(draft))
    assert undo_last(filled, Actor("甲")) == "退回衡南县2023年6月报表"
    assert ([r.id for r in list_received(filled)], status(filled)) == ([key], "已收待核")


def test_the_mended_return_settles_it_and_counts_two_rounds(filled: Ledger) -> None:
    send_back(filled, wrong(filled))
    again = wrong(filled)
    assert "sent_back_before" in [f.code for f in again.understanding.findings]
    apply_return(filled, read(filled, [line(n, 20, 120) for n in (1, 2, 3, 4)], name="改好.xlsx"))
    board = next(b for b in returns_board(filled, JUNE) if b.unit == "衡南县")
    assert (board.status, board.rounds, board.errors) == ("已入库", 2, 0)


def test_sending_a_correction_back_leaves_the_return_in_force(filled: Ledger) -> None:
    apply_return(filled, read(filled, [line(n, 20, 120) for n in (1, 2, 3, 4)]))
    send_back(filled, wrong(filled))
    in_force = next(r for r in list_returns(filled, JUNE) if r.status == "applied")
    assert in_force.superseded_by is None
    assert list_standings(filled, JUNE)[0].year_investment == 1_200_000


def test_a_return_without_a_fault_needs_a_word(filled: Ledger) -> None:
    good = read(filled, [line(n, 20, 120) for n in (1, 2, 3, 4)])
    with pytest.raises(HydeskError, match="写明退回意见"):
        send_back(filled, good)
    number = send_back(filled, good, note="请盖章后重报").value
    assert "退回意见：请盖章后重报" in slip_text(return_slip(filled, number))


def test_the_slip_names_cell_words_what_is_right_and_what_to_do(filled: Ledger) -> None:
    draft = wrong(filled)
    slip = return_slip(filled, send_back(filled, draft).value)
    by_cell = {i.cell: i for i in slip.items}
    fell = by_cell[f"G{FIRST_ROW}"]
    assert (fell.must, fell.sheet, fell.project, fell.words) == (True, "6月", "第1号项目", "90")
    assert fell.expected == "不小于 100.00 万元"
    assert not fell.problem.startswith("表“")
    text = by_cell[f"F{FIRST_ROW + 1}"]
    assert (text.words, text.expected, text.todo) == ("待定", "数字", "请改填数字")
    mismatch = by_cell[f"G{FIRST_ROW + 2}"]
    assert (mismatch.must, mismatch.expected) == (False, "120.00 万元")
    missing = next(i for i in slip.items if i.sheet == WHOLE)
    assert (missing.cell, missing.todo) == ("", "请补报")
    assert slip.musts == 2
    assert [i.must for i in slip.items] == sorted((i.must for i in slip.items), reverse=True)
    assert draft_slip(filled, draft).items == slip.items
    assert draft_slip(filled, draft).number == ""


def test_a_slip_can_be_had_of_a_return_that_still_waits(filled: Ledger) -> None:
    draft = wrong(filled)
    assert return_slip(filled, keep_received(filled, draft).value).items == draft_slip(filled, draft).items


def test_the_slip_says_when_the_file_came_not_when_it_went_back(filled: Ledger) -> None:
    draft = wrong(filled)
    key = keep_received(filled, draft).value
    with filled.write() as connection:
        connection.execute(update(Import).where(Import.id == key).values(at=datetime(2023, 7, 3, 4, tzinfo=UTC)))
    assert return_slip(filled, send_back(filled, draft).value).received == date(2023, 7, 3)


def test_the_message_reads_by_itself_and_names_no_clerk_s_work(filled: Ledger) -> None:
    text = slip_text(return_slip(filled, send_back(filled, wrong(filled)).value))
    assert text.startswith("【报表退回】衡南县2023年6月（〔")
    assert f"表“6月”G{FIRST_ROW}（第1号项目·1-6月累计完成投资）" in text
    assert "请让填报单位" not in text
    assert "在核对时接受" not in text
    assert text.splitlines()[-2] == "衡阳市重点建设项目事务中心"
    mark_ledger(filled, "demo", True)
    assert slip_text(draft_slip(filled, wrong(filled))).startswith("【演示数据】")


def test_the_printed_slip_has_number_and_room_to_sign(filled: Ledger, tmp_path: Path) -> None:
    slip = return_slip(filled, send_back(filled, wrong(filled)).value)
    pdf, docx, txt = print_slip(slip, tmp_path)
    assert pdf.read_bytes().startswith(b"%PDF")
    document = Document(str(docx))
    words = [p.text for p in document.paragraphs]
    assert words[0] == "重点建设项目报表退回单"
    assert f"编号：{slip.number}" in words
    assert any(w.startswith("经办人：") and "填报单位签收：" in w for w in words)
    assert [c.text for c in document.tables[0].rows[0].cells][:3] == ["序号", "要求", "表和单元格"]
    assert len(document.tables[0].rows) == 1 + len(slip.items)
    assert txt.read_text(encoding="utf-8-sig").strip() == slip_text(slip)
    with pytest.raises(HydeskError, match="不能出成"):
        print_slip(slip, tmp_path, ("doc",))
    assert not list(tmp_path.glob("*.part"))


def test_the_marked_up_copy_of_a_return_sent_back_speaks_to_the_unit(filled: Ledger, tmp_path: Path) -> None:
    number = send_back(filled, wrong(filled), note="请核实").value
    path, marks = mark_up_return(filled, number, tmp_path / "退回.xlsx")
    assert marks >= 3
    assert path.exists()


def test_the_board_puts_units_and_periods_side_by_side(filled: Ledger) -> None:
    send_back(filled, wrong(filled))
    page = returns_page(filled, JUNE, [MAY, JUNE], date(2023, 7, 8))
    matrix = page.matrix
    assert (matrix.units, matrix.periods) == (("衡南县",), (MAY, JUNE))
    assert [matrix.cells["衡南县", p].status for p in (MAY, JUNE)] == ["已入库", "已退回"]
    for period in (MAY, JUNE):
        alone = returns_page(filled, period, [period], date(2023, 7, 8))
        assert [line for (_, p), line in matrix.cells.items() if p == period] == alone.board == returns_board(filled, period, date(2023, 7, 8))
        assert alone.returns == list_returns(filled, period)
