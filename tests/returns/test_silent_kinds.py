"""Kinds of returns of which something was once read wrong, or lost, without a word: each rule at its edge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.snapshot import LedgerSnapshot
from hydesk.domain.understanding import Understanding
from hydesk.returns.pipeline import understand
from tests.returns.test_shapes import (
    ALL,
    LEDGER,
    MONTH,
    NAMES,
    SINCE,
    TOTAL,
    UNIT,
    YEAR,
    Row,
    alarms,
    assert_read,
    line,
    lines,
    read,
    snapshot,
    wan,
    yuan,
)

F = Field
PLAIN: Row = ["序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "1-6月累计完成投资（万元）"]
FIGURES = (TOTAL, MONTH, YEAR)


def with_ledger(grid: list[Row], held: LedgerSnapshot) -> Understanding:
    return understand(Book(f"{UNIT}6月.xlsx", (Sheet("6月", grid),), "xlsx"), held)


def without_earlier_years(known: int | None = None) -> LedgerSnapshot:
    held = snapshot()
    return replace(held, projects=tuple(
        replace(p, invested_before=known, previous=replace(p.previous, money={
            k: v for k, v in p.previous.money.items() if k is not SINCE}))  # type: ignore[union-attr, type-var]
        for p in held.projects))


@pytest.mark.parametrize("words", ["应完成投资", "截至6月底应完成投资", "预计累计完成投资", "力争完成", "下月计划完成投资", "本月支付资金", "垫层（M³）"])
def test_a_column_of_what_was_not_done_is_left_out_without_a_question(words: str) -> None:
    u = read([[*PLAIN, words], *lines(*FIGURES, 777.0)])
    assert_read(u, *FIGURES)
    assert not any(777_0000 in r.values.values() for r in u.rows)


def test_text_of_the_month_beside_the_progress_is_not_glued_to_it_and_holds_no_row_back() -> None:
    u = read([[*PLAIN, "形象进度", "本月工作情况", "年计划形象进度", "形象进度（%）"], *lines(*FIGURES, "主体施工", "浇筑三层", "竣工", 35.0)])
    assert_read(u, *FIGURES)
    assert {r.values[F.PROGRESS_TEXT] for r in u.rows} == {"主体施工"}


@pytest.mark.parametrize(("cell", "kept"), [("√", False), (45.0, False), ("2023-06", False), ("基础完成60%", True)])
def test_ticks_figures_and_dates_under_progress_are_no_words(cell: str | float, kept: bool) -> None:
    u = read([[*PLAIN, "工程进度"], *lines(*FIGURES, cell)])
    assert {F.PROGRESS_TEXT in r.values for r in u.rows} == {kept}


def test_a_column_of_sentences_under_a_head_of_money_is_told_once() -> None:
    u = read([[*PLAIN, "累计到位资金"], *lines(*FIGURES, "正在争取上级支持")])
    assert all(r.accepted for r in u.rows)
    assert alarms(u) == ["column_of_words"]


def test_sums_are_not_taken_for_those_since_the_start_where_earlier_years_are_unknown() -> None:
    grid = [[*PLAIN[:4], "累计完成投资（万元）"], *lines(*FIGURES)]
    u = with_ledger(grid, without_earlier_years())
    assert all(r.values[YEAR] == yuan(wan(at, YEAR)) and SINCE not in r.values for at, r in enumerate(u.rows))
    none_before = with_ledger(grid, without_earlier_years(0))
    assert all(r.values[SINCE] == r.values[YEAR] for r in none_before.rows)


def test_a_sum_too_large_for_the_year_is_that_since_the_start_and_said_to_be_uncheckable() -> None:
    """The ledger knows no earlier years: 已实现投资 of several times what the year could hold."""
    grid = [["序号", "项目名称", "已实现投资（万元）"], *(line(at, LEDGER[at][1][0] * 0.9) for at in ALL)]
    u = with_ledger(grid, without_earlier_years())
    assert [r.values.get(SINCE) for r in u.rows] == [yuan(LEDGER[at][1][0] * 0.9) for at in ALL]
    assert "since_start_unchecked" in alarms(u)


def test_a_head_with_an_unknown_word_is_taken_only_where_the_figures_add_up() -> None:
    head: Row = ["序号", "项目名称", "本月憧憬完成投资（万元）", "1-6月累计完成投资（万元）"]
    assert_read(read([head, *lines(MONTH, YEAR)]), MONTH, YEAR)
    other = read([head, *(line(at, wan(at, MONTH) * 1.2, wan(at, YEAR)) for at in ALL)])
    assert not any(MONTH in r.values for r in other.rows)
    assert alarms(other) == ["column_unclear"]


def test_dollars_are_named_and_not_taken_for_wan() -> None:
    u = read([[*PLAIN[:2], "投资总额（万美元）", *PLAIN[3:]], *lines(*FIGURES)])
    assert not any(TOTAL in r.values for r in u.rows)
    assert "foreign_currency" in alarms(u)


def test_an_unknown_column_of_money_is_asked_about() -> None:
    u = read([[*PLAIN, "某某款（万元）"], *lines(*FIGURES, 12.5)])
    assert [f.column for f in u.findings if f.code == "column_unknown" and f.level is Level.WARNING] == ["F"]
    assert len(NAMES) == len(u.rows)
