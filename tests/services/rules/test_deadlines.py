"""Deadlines, who is late, the text to press them with, and the year's scores."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import update

from hydesk.db.ledger import Ledger
from hydesk.db.models import Import
from hydesk.domain.errors import HydeskError
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.mechanisms.score_units import (
    ScoreRule,
    print_scores,
    score_rule,
    score_units,
    set_score_rule,
    set_trust_share,
)
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.chase_units import chase_text, print_chase_notice
from hydesk.services.returns.returns_board import returns_board
from hydesk.services.returns.send_back_return import send_back
from hydesk.services.rules.deadlines import (
    DeadlineRule,
    deadline,
    deadline_rule,
    own_deadline,
    set_deadline,
    set_deadline_rule,
)
from tests.services.made import JUNE, MAY, draft, fill, money

WEEK = Period.week(2023, 25)


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """Four projects: 1 and 3 are 衡南县's, 2 and 4 祁东县's."""
    fill(ledger)
    return ledger


def came(ledger: Ledger, import_id: int | None, day: date) -> None:
    """Let a return have come in on ``day``."""
    with ledger.write() as connection:
        connection.execute(update(Import).where(Import.id == import_id).values(
            at=datetime(day.year, day.month, day.day, 4, tzinfo=UTC)))


def test_the_rule_holds_unless_a_period_has_its_own_day(filled: Ledger) -> None:
    assert deadline(filled, JUNE) == date(2023, 7, 5)
    assert deadline(filled, Period.month(2023, 12)) == date(2024, 1, 5)
    assert deadline(filled, WEEK) == date(2023, 6, 23)
    set_deadline(filled, JUNE, date(2023, 7, 3))
    assert (deadline(filled, JUNE), own_deadline(filled, JUNE), deadline(filled, MAY)) == (
        date(2023, 7, 3), date(2023, 7, 3), date(2023, 6, 5))
    assert undo_last(filled) == "2023年6月报送期限改为2023年7月3日"
    assert (deadline(filled, JUNE), own_deadline(filled, JUNE)) == (date(2023, 7, 5), None)


def test_the_rule_is_a_setting_and_can_be_undone(filled: Ledger) -> None:
    rule = DeadlineRule(31, 1, True)
    set_deadline_rule(filled, rule)
    assert (deadline_rule(filled), deadline(filled, JUNE), deadline(filled, WEEK)) == (
        rule, date(2023, 7, 31), date(2023, 6, 26))
    assert deadline(filled, Period.month(2023, 1)) == date(2023, 2, 28)
    assert rule.label == "月报次月31日前；周报次周周一前"
    undo_last(filled)
    assert deadline_rule(filled) == DeadlineRule()
    with pytest.raises(HydeskError):
        set_deadline_rule(filled, DeadlineRule(0))
    with pytest.raises(HydeskError, match="不能早于"):
        set_deadline(filled, JUNE, date(2023, 5, 31))


def test_days_count_from_the_first_file(filled: Ledger) -> None:
    first = apply_return(filled, draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)})).value
    second = apply_return(filled, draft(filled, JUNE, {1: money(5, 6), 3: money(3, 4)}, name="更正.xlsx")).value
    came(filled, first.return_id, date(2023, 7, 3))
    came(filled, second.return_id, date(2023, 7, 9))
    board = {b.unit: b for b in returns_board(filled, JUNE, date(2023, 7, 8))}
    assert (board["衡南县"].days_late, board["衡南县"].late, board["衡南县"].rounds) == (-2, False, 2)
    assert (board["祁东县"].status, board["祁东县"].days_late, board["祁东县"].late) == ("未报", 3, True)


def test_the_message_names_who_is_late_by_how_many_days_and_what_to_send(filled: Ledger) -> None:
    text = chase_text(filled, JUNE, date(2023, 7, 8))
    assert "应于7月5日前报送。截至7月8日，2个单位尚未报送，已逾期3天。" in text
    assert "1. 衡南县（2个项目）：未报送，逾期3天" in text
    assert "本月完成投资" in text
    send_back(filled, draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)}), note="请盖章")
    assert "衡南县（2个项目）：已退回，未重报" in chase_text(filled, JUNE, date(2023, 7, 8))
    one = chase_text(filled, JUNE, date(2023, 7, 3), units=["祁东县"])
    assert one.startswith("祁东县重点项目填报同志，您好！")
    assert "还有2天到期" in one
    assert "衡南县" not in one
    assert "本周完成情况" in chase_text(filled, WEEK, date(2023, 6, 23))


def test_nobody_is_pressed_when_all_have_come(filled: Ledger, tmp_path: Path) -> None:
    apply_return(filled, draft(filled, JUNE, {n: money(1, 2) for n in (1, 2, 3, 4)}, unit=None))
    assert chase_text(filled, JUNE) == ""
    with pytest.raises(HydeskError, match="没有要催的单位"):
        print_chase_notice(filled, JUNE, tmp_path)


def test_the_notice_prints_as_an_official_paper(filled: Ledger, tmp_path: Path) -> None:
    pdf, docx, txt = print_chase_notice(filled, JUNE, tmp_path, date(2023, 7, 8))
    assert pdf.read_bytes().startswith(b"%PDF")
    words = [p.text for p in Document(str(docx)).paragraphs]
    assert words[0] == "2023年6月重点项目报表催报通知"
    assert "各有关单位：" in words
    assert "2023年7月8日" in words
    assert "衡南县" in txt.read_text(encoding="utf-8-sig")


def test_a_score_explains_each_deduction(filled: Ledger) -> None:
    first = apply_return(filled, draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)})).value
    second = apply_return(filled, draft(filled, JUNE, {1: money(5, 6), 3: money(3, 4)}, name="更正.xlsx")).value
    came(filled, first.return_id, date(2023, 7, 8))
    came(filled, second.return_id, date(2023, 7, 9))
    best, worst = score_units(filled, 2023, date(2023, 8, 1))
    assert (best.unit, best.score, best.rank, best.grade) == ("衡南县", Decimal("89.0"), 1, "良好")
    assert best.explanation == "6月迟报3天，扣6分、报了2次，扣5分"
    assert (best.on_time, best.late, best.missing, best.rounds) == (0, 1, 0, 2)
    assert (worst.unit, worst.score, worst.grade, worst.explanation) == ("祁东县", Decimal("60.0"), "合格", "6月未报，扣40分")
    # Before the deadline nobody who has still time is scored.
    assert [s.unit for s in score_units(filled, 2023, date(2023, 7, 1))] == ["衡南县"]


def test_trust_counts_only_where_the_office_says_so_and_explains_itself(filled: Ledger, tmp_path: Path) -> None:
    apply_return(filled, draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)}))
    before = next(s for s in score_units(filled, 2023) if s.unit == "衡南县")
    assert before.trust is None
    assert "数据可信度" not in score_rule(filled).label
    set_trust_share(filled, Decimal(25))
    after = next(s for s in score_units(filled, 2023) if s.unit == "衡南县")
    assert after.trust is not None
    periods = [p.score for p in after.periods]
    assert after.score == round((sum(periods) / len(periods) * 75 + after.trust * 25) / 100, 1)
    assert f"数据可信度{after.trust:f}分" in after.explanation
    assert "加数据可信度的25%" in score_rule(filled).label
    _, xlsx = print_scores(filled, 2023, tmp_path, on=date(2023, 8, 1))
    heads = [c.value for row in load_workbook(xlsx).active.iter_rows() for c in row]
    assert "数据可信度" in heads
    undo_last(filled)
    assert score_rule(filled).trust == 0
    with pytest.raises(HydeskError):
        set_trust_share(filled, Decimal(101))


def test_the_scoring_rule_is_the_office_s_own(filled: Ledger) -> None:
    apply_return(filled, draft(filled, JUNE, {1: money(1, 2)}))
    set_score_rule(filled, ScoreRule(late_day=Decimal("0.5"), late_most=Decimal(10)))
    assert score_rule(filled).late_day == Decimal("0.5")
    assert next(s for s in score_units(filled, 2023) if s.unit == "衡南县").score == Decimal("90.0")
    undo_last(filled)
    assert score_rule(filled) == ScoreRule()
    with pytest.raises(HydeskError):
        set_score_rule(filled, ScoreRule(missing=Decimal(-1)))


def test_scores_print_for_the_assessment(filled: Ledger, tmp_path: Path) -> None:
    with pytest.raises(HydeskError, match="没有可评分"):
        print_scores(filled, 2023, tmp_path)
    apply_return(filled, draft(filled, JUNE, {1: money(1, 2), 3: money(3, 4)}))
    pdf, xlsx = print_scores(filled, 2023, tmp_path)
    assert pdf.read_bytes().startswith(b"%PDF")
    sheet = load_workbook(xlsx).worksheets[0]
    assert [c.value for c in sheet[3]][:4] == ["名次", "单位", "得分", "等次"]
    assert sheet["C4"].value == 80
    assert "每期100分" in str(sheet.cell(sheet.max_row, 1).value)
