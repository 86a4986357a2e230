"""签发前请看: what is said before a return is taken in and before a report is archived."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.services.pages.before_issue import before_issue
from hydesk.services.reports.compile_report import ReportKind, compile_report
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.before_taking import before_taking, fact_lines
from hydesk.services.returns.read_return import ReturnDraft
from hydesk.services.returns.take_snapshot import take_snapshot
from tests.services.made import JUNE, code, draft, fill, money

PLAN = (code(1), Field.ANNUAL_PLAN)


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    fill(any_ledger)
    return any_ledger


def told(level: Level, what: str, row: int, number: int, field: Field) -> Finding:
    return Finding(level, what, "……", "表", row, f"H{row}", project=code(number), field=field)


@pytest.fixture
def return_(ledger: Ledger) -> ReturnDraft:
    found = (told(Level.ERROR, "negative", 5, 3, Field.MONTH_INVESTMENT), told(Level.WARNING, "ytd_mismatch", 4, 1, Field.YEAR_INVESTMENT),
             told(Level.WARNING, "plan_changed", 4, 1, Field.ANNUAL_PLAN), told(Level.WARNING, "copied_month", 4, 1, Field.MONTH_INVESTMENT))
    made = draft(ledger, JUNE, {1: money(1, 3, annual_plan=300_000_000), 3: money(-5, 6)}, held_back=(3,), findings=found)
    return replace(made, snapshot=take_snapshot(ledger, JUNE), understanding=replace(made.understanding, missing=(code(2),)))


def test_before_a_return_is_taken_in_it_is_said_what_stays_out_and_what_differs(return_: ReturnDraft) -> None:
    seen = before_taking(return_, {}, return_.understanding.rows[:1], return_.understanding.findings[:1])
    assert seen.rows == 1
    assert seen.facts == ()
    assert seen.lines == (
        "不入库：1 行退回（其中负数 1 行）：第3号项目", "上期＋本期 ≠ 累计 1 项，照来表入库：第1号项目",
        "与台账不同、台账不变：计划 1 项", "存疑的数 1 项（与上月一分不差）：第1号项目", "清单上还有 1 个项目没有报")


def test_facts_taken_over_are_summed_up_over_the_whole_list(ledger: Ledger, return_: ReturnDraft) -> None:
    plans = sum(p.annual_plan or 0 for p in take_snapshot(ledger, JUNE).projects)
    old = next(p.annual_plan or 0 for p in take_snapshot(ledger, JUNE).projects if p.code == code(1))
    after = plans - old + 300_000_000
    (line,) = fact_lines(return_, {PLAN: True})
    assert line == f"计划 {plans / 10**8:,.2f} → {after / 10**8:,.2f} 亿，1 项".replace(" 0.00 →", " 0 →")
    assert "与台账不同" not in "".join(before_taking(return_, {PLAN: True}, return_.understanding.rows[:1]).lines)


def test_before_a_report_is_archived_it_is_said_who_and_what_is_not_in(ledger: Ledger, return_: ReturnDraft) -> None:
    report = compile_report(ledger, ReportKind.MONTHLY, JUNE)
    lines = before_issue(ledger, JUNE, report)
    assert any(line.startswith("未报") for line in lines)
    apply_return(ledger, return_)
    lines = before_issue(ledger, JUNE, compile_report(ledger, ReportKind.MONTHLY, JUNE))
    assert "报表里有 1 行没有入库，报告里没有这些数" in lines
    assert "上期＋本期 ≠ 累计 1 项，照来表入库" in lines
    assert "来表与台账不同、台账没有改：计划 1 项" in lines
    assert any(line.startswith("部分入库 1 个单位：衡南县") for line in lines)
    again = replace(return_, content=b"again", sha256="again")
    apply_return(ledger, again, accept={PLAN: True}, reasons={PLAN: "会议"})
    lines = before_issue(ledger, JUNE, compile_report(ledger, ReportKind.MONTHLY, JUNE))
    assert not any("台账没有改" in line for line in lines), "what was taken over differs no more"
