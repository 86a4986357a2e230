"""统计: sums over one and two dimensions are those of the standings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.services.milestones.record_milestone import record_milestone
from hydesk.services.pages.cross_table import (
    CrossMeasure,
    Dimension,
    OwnMeasure,
    cross_as_report,
    cross_table,
    list_dimensions,
    list_measures,
)
from hydesk.services.projects.own_columns import add_columns
from hydesk.services.projects.own_values import set_own_values
from hydesk.services.reports.print_report import print_report
from hydesk.services.standings.list_standings import list_standings
from tests.services.made import JUNE, code, fill


def test_rows_columns_and_the_whole_agree_with_the_standings(ledger: Ledger) -> None:
    fill(ledger, 5)
    standings = list_standings(ledger, JUNE)
    made = cross_table(ledger, JUNE, Dimension.UNIT, Dimension.CATEGORY)
    assert made.rows == ("衡南县", "祁东县")
    assert made.columns == ("产业发展",)
    assert made.whole == sum_up(standings)
    assert made.row_totals["衡南县"].count == 3
    assert made.cells["祁东县", "产业发展"] == sum_up(s for s in standings if s.unit == "祁东县")
    assert len(made.ids["衡南县", ""]) == 3
    assert cross_table(ledger, JUNE, Dimension.STAGE).rows == ("招商引资",)


def test_being_taken_into_the_statistics_does_not_finish_a_project(ledger: Ledger) -> None:
    fill(ledger, 2)
    record_milestone(ledger, 1, "开工", "actual", LooseDate(JUNE.start))
    record_milestone(ledger, 1, "入统", "actual", LooseDate(JUNE.start))
    assert set(cross_table(ledger, JUNE, Dimension.STAGE).rows) == {"落地开工", "招商引资"}


def test_only_the_chosen_projects_are_counted(ledger: Ledger) -> None:
    fill(ledger, 5)
    chosen = [s.id for s in list_standings(ledger, JUNE)][:2]
    assert cross_table(ledger, JUNE, Dimension.UNIT, None, chosen).whole.count == 2


def test_a_cross_table_prints_with_its_picture(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 5)
    for columns in (None, Dimension.MEANING):
        made = cross_table(ledger, JUNE, Dimension.UNIT, columns)
        report = cross_as_report(ledger, made, CrossMeasure.PLAN, "只统计演示项目")
        assert len(print_report(report, tmp_path, ("pdf", "docx", "xlsx"))) == 3
        assert report.annexes[0].table.rows[-1].cells[0] == "合计"


def test_projects_are_told_apart_by_a_column_of_the_offices_own(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 5)
    add_columns(ledger, [OwnColumn("供地方式", OwnKind.CHOICE, ("划拨", "出让")), OwnColumn("驻点秘书", OwnKind.PERSON),
                         OwnColumn("用地面积", OwnKind.NUMBER)])
    set_own_values(ledger, "供地方式", {code(1): "出让", code(2): "划拨", code(3): "出让"})
    set_own_values(ledger, "驻点秘书", {code(1): "李明、王二", code(2): "李明"})
    offered = {d.label: d for d in list_dimensions(ledger)}
    assert list(offered)[-5:] == ["施工单位", "设计单位", "监理单位", "供地方式", "驻点秘书"]
    made = cross_table(ledger, JUNE, offered["供地方式"], Dimension.UNIT)
    assert made.rows == ("划拨", "出让", "未填")
    assert [made.row_totals[r].count for r in made.rows] == [1, 2, 2]
    assert made.whole == sum_up(list_standings(ledger, JUNE))
    both = cross_table(ledger, JUNE, Dimension.UNIT, offered["驻点秘书"])
    assert set(both.columns) == {"李明、王二", "李明", "未填"}  # no project counts twice
    assert sum(t.count for t in both.column_totals.values()) == 5
    report = cross_as_report(ledger, made, CrossMeasure.PLAN)
    assert "按供地方式、单位统计表" in report.title_lines[0]
    assert len(print_report(report, tmp_path, ("pdf", "docx", "xlsx"))) == 3


def test_own_columns_that_count_something_are_measures(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger, 5)
    add_columns(ledger, [OwnColumn("用地已交", OwnKind.NUMBER, measure="亩"), OwnColumn("贷款缺口", OwnKind.MONEY),
                         OwnColumn("土石方完成率", OwnKind.NUMBER), OwnColumn("绿化占地", OwnKind.NUMBER, measure="%"),
                         OwnColumn("没人填的", OwnKind.NUMBER, measure="个")])
    set_own_values(ledger, "用地已交", {code(1): "12.5", code(2): "100", code(4): "0.125"})
    set_own_values(ledger, "贷款缺口", {code(1): "1234.5678"})
    land, gap, none = (m for m in list_measures(ledger) if isinstance(m, OwnMeasure))
    assert [(m.value, m.unit) for m in (land, gap, none)] == [("用地已交", "亩"), ("贷款缺口", "万元"), ("没人填的", "个")]
    made = cross_table(ledger, JUNE, Dimension.UNIT, Dimension.CATEGORY)
    assert made.own == (land, gap)
    assert (land.of(made.whole), gap.of(made.whole), none.of(made.whole)) == (Decimal("112.625"), 12_345_678, None)
    assert (land.show(made.whole), gap.show(made.whole), none.show(made.whole)) == ("112.63", "1,234.57", "—")
    units = {s.code: s.unit for s in list_standings(ledger, JUNE)}
    for unit, totals in made.row_totals.items():
        held = {code(1): Decimal("12.5"), code(2): Decimal(100), code(4): Decimal("0.125")}
        assert (land.of(totals) or 0) == sum(v for c, v in held.items() if units[c] == unit)
    assert made.whole.own(land.column).known == 3
    for columns in (None, Dimension.CATEGORY):
        report = cross_as_report(ledger, cross_table(ledger, JUNE, Dimension.UNIT, columns), land)
        assert len(print_report(report, tmp_path, ("pdf", "docx", "xlsx"))) == 3
        last = report.annexes[0].table.rows[-1].cells
        assert "112.63" in [c if isinstance(c, str) else c.text for c in last]
