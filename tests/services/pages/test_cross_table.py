"""统计: sums over one and two dimensions are those of the standings."""

from __future__ import annotations

from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.dates import LooseDate
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.own_columns import OwnColumn, OwnKind
from hydesk.services.milestones.record_milestone import record_milestone
from hydesk.services.pages.cross_table import (
    CrossMeasure,
    Dimension,
    cross_as_report,
    cross_table,
    list_dimensions,
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
    assert "按供地方式、县市区统计表" in report.title_lines[0]
    assert len(print_report(report, tmp_path, ("pdf", "docx", "xlsx"))) == 3
