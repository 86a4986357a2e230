"""要素 in amounts: own columns that are told by period come in with returns, hold by their day, and add up under scopes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.findings import Level
from hydesk.domain.own_columns import ELEMENTS, OwnColumn, OwnValue
from hydesk.domain.periods import Period
from hydesk.services.acts.undo_acts import undo_last
from hydesk.services.pages.cross_table import Dimension, cross_table
from hydesk.services.pages.project_page import project_page
from hydesk.services.projects.edit_block import Edit, judge_edits, write_edits
from hydesk.services.projects.own_columns import add_elements, column_called, count_values, retire_column
from hydesk.services.projects.own_values import list_own_values, set_own_values
from hydesk.services.projects.project_history import project_history
from hydesk.services.returns.apply_return import apply_return
from hydesk.services.returns.import_projects import import_projects
from hydesk.services.returns.make_templates import make_templates
from hydesk.services.returns.read_return import read_return
from hydesk.services.standings.list_standings import list_standings
from hydesk.services.standings.own_columns import list_own_columns
from hydesk.services.standings.read_scope import scope_of
from hydesk.services.upkeep.check_content import check_open
from tests.services.made import JUNE, MAY, code, fill
from tests.services.returns.test_own_columns_read import book

JULY, WEEK = Period.month(2023, 7), Period.week(2023, 26)
APRIL, SAME_DAY = Period.month(2023, 4), Period.week(2023, 17)
"""Both end on the 30th."""


@pytest.fixture
def ledger(any_ledger: Ledger) -> Ledger:
    fill(any_ledger, 4)
    add_elements(any_ledger)
    return any_ledger


def column(ledger: Ledger, name: str) -> OwnColumn:
    return column_called(list_own_columns(ledger), name)


def held(ledger: Ledger, name: str, period: Period = JUNE) -> list[OwnValue | None]:
    key = column(ledger, name).id
    return [s.own.get(key) for s in list_standings(ledger, period)]


HEADS: list[object] = ["用地应交（亩）", "已交地面积（亩）", "中央预算内资金缺口", "资金缺口（专项债）（万元）", "贷款缺口（亿元）", "自筹资金缺口"]


def test_the_offices_own_heads_are_understood_and_each_period_has_its_own(ledger: Ledger) -> None:
    draft = read_return(ledger, book(HEADS, ["120.5", 80, 300, 1500, "0.25", 0], [60, "", "", "", "", 42]), JUNE)
    assert [f.message for f in draft.understanding.findings if f.level is not Level.NOTE] == []
    assert all(c.accepted for c in draft.changes if isinstance(c.field, OwnColumn))
    apply_return(ledger, draft)
    told = {"用地应交": Decimal("120.5"), "用地已交": Decimal(80), "中央资金缺口": 3_000_000, "专项债缺口": 15_000_000,
            "银行贷款缺口": 25_000_000, "自筹资金缺口": 0}
    assert {name: held(ledger, name)[0] for name in told} == told
    assert held(ledger, "用地应交") == [Decimal("120.5"), None, Decimal(60), None]
    assert held(ledger, "用地应交", MAY) == [None] * 4  # nothing is known of earlier
    assert held(ledger, "用地应交", JULY) == held(ledger, "用地应交")  # the newest holds until a newer comes
    july = read_return(ledger, book(HEADS, ["120.5", 100, 0, 1000, "0.25", 0], [60, "", "", "", "", 42]), JULY)
    assert {(c.project, c.field.label): (c.old, c.new) for c in july.changes if isinstance(c.field, OwnColumn) and c.project == code(1)}[
        code(1), "用地已交"] == (None, Decimal(100))
    apply_return(ledger, july)
    assert (held(ledger, "用地已交")[0], held(ledger, "用地已交", JULY)[0]) == (Decimal(80), Decimal(100))
    assert check_open(ledger) == []
    undo_last(ledger)
    assert held(ledger, "用地已交", JULY)[0] == Decimal(80)
    changes = {c.field: c for c in project_history(ledger, 1).changes if c.entity == "column_figure" and not c.undone}
    assert (changes["银行贷款缺口"].new, changes["用地已交"].period) == ("2,500.00万元", "2023-06")


def test_a_return_sent_again_corrects_its_own_period_and_no_other(ledger: Ledger) -> None:
    set_own_values(ledger, "用地已交", {code(1): "50"}, period=MAY)
    apply_return(ledger, read_return(ledger, book(["用地已交"], [80], [""]), JUNE))
    again = read_return(ledger, book(["用地已交"], [85], [7]), JUNE)
    assert [(c.project, c.old, c.new, c.accepted) for c in again.changes if isinstance(c.field, OwnColumn)] == [
        (code(1), Decimal(80), Decimal(85), True), (code(3), None, Decimal(7), True)]
    assert not [f for f in again.understanding.findings if f.code == "own_changed"]
    apply_return(ledger, again)
    assert [held(ledger, "用地已交", p)[0] for p in (MAY, JUNE)] == [Decimal(50), Decimal(85)]


def test_typed_figures_are_of_the_period_that_is_chosen_and_a_month_stands_above_a_week_of_its_day(ledger: Ledger) -> None:
    land = column(ledger, "用地应交")
    for period, words in ((APRIL, "9"), (SAME_DAY, "8"), (MAY, "10"), (JUNE, "11"), (WEEK, "12")):
        (judged,) = judge_edits(ledger, [Edit(1, land, words)], period)
        assert judged.old is None
        write_edits(ledger, [judged], period)
    assert [held(ledger, "用地应交", p)[0] for p in (APRIL, SAME_DAY, MAY, JUNE, WEEK, JULY)] == [
        Decimal(x) for x in (9, 9, 10, 11, 12, 12)]
    page = project_page(ledger, 1, JUNE)
    assert page.own_periods[land.id] == JUNE
    assert land.id in page.own_sources
    assert count_values(ledger)[land.id] == 1
    with pytest.raises(HydeskError, match="写明报告期"):
        set_own_values(ledger, "用地应交", {code(1): "9"})
    assert list_own_values(ledger, "用地应交")[1][0].value == Decimal(12)


def test_what_is_lacking_adds_up_by_county_at_each_period_and_under_scopes(ledger: Ledger) -> None:
    set_own_values(ledger, "专项债缺口", {code(1): "100", code(2): "20.5", code(3): "3"}, period=MAY)
    set_own_values(ledger, "专项债缺口", {code(1): "60"}, period=JUNE)
    units = {s.code: s.unit for s in list_standings(ledger, JUNE)}
    for period, told in ((MAY, {code(1): 100, code(2): 20.5, code(3): 3}), (JUNE, {code(1): 60, code(2): 20.5, code(3): 3})):
        made = cross_table(ledger, period, Dimension.UNIT)
        (lacking,) = made.own
        sums = {unit: lacking.of(totals) for unit, totals in made.row_totals.items()}
        assert sums == {u: sum(int(v * 10_000) for c, v in told.items() if units[c] == u) for u in sums}
        scope = scope_of(ledger, period, "专项债缺口>=50万")
        assert lacking.of(cross_table(ledger, period, Dimension.UNIT, scope=scope).whole) == int(told[code(1)] * 10_000)
    assert cross_table(ledger, Period.month(2023, 4), Dimension.UNIT).own == ()


def test_templates_leave_last_months_figure_blank_and_a_list_is_of_january(ledger: Ledger, tmp_path: Path) -> None:
    set_own_values(ledger, "用地应交", {code(1): "10"}, period=MAY)
    (path,) = make_templates(ledger, JUNE, tmp_path, "衡南县")
    sheet = load_workbook(path).worksheets[0]
    heads = {c.value: c.column for c in sheet[3]}
    assert set(heads) >= {c.head for c in ELEMENTS}
    assert sheet.cell(4, heads["用地应交（亩）"]).value is None
    rows = [["项目编号", "项目名称", "填报单位", "总投资（万元）", "2023年计划投资（万元）", "用地应交（亩）"],
            [code(1), "第1号项目", "衡南县", 100_000, 20_000, 99], [code(2), "第2号项目", "祁东县", 100_000, 20_000, 5]]
    from openpyxl import Workbook

    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    made.save(tmp_path / "清单.xlsx")
    import_projects(ledger, tmp_path / "清单.xlsx", 2023)
    assert held(ledger, "用地应交", Period.month(2023, 1))[:2] == [Decimal(99), Decimal(5)]
    assert held(ledger, "用地应交")[:2] == [Decimal(10), Decimal(5)]  # what was reported since stays the newer


def test_adding_the_elements_twice_adds_nothing_and_retiring_keeps_the_figures(ledger: Ledger) -> None:
    assert add_elements(ledger).value == []
    set_own_values(ledger, "用地应交", {code(1): "10"}, period=MAY)
    land = column(ledger, "用地应交")
    retire_column(ledger, land.id)
    assert list_standings(ledger, JUNE)[0].own.get(land.id) is None
    undo_last(ledger)
    assert held(ledger, "用地应交")[0] == Decimal(10)
