"""Every figure of every paper is a value of a named measure: no percentage, total or count without one."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.measures.named import MEASURES, Quantity
from hydesk.domain.measures.subjects import Subject
from hydesk.domain.periods import Period
from hydesk.reports.figures import Figure, FigureStyle
from hydesk.reports.meanings import measure_of
from hydesk.reports.model import Report
from hydesk.services.mechanisms.red_yellow import BoardRule, adopt, propose
from hydesk.services.pages.cross_table import CrossMeasure, Dimension, cross_as_report, cross_table
from hydesk.services.pages.subject_table import subject_as_report, subject_table
from hydesk.services.reports.compile_report import KINDS, About, ReportKind, compile_report
from tests.shared import open_whole

ISSUED = date(2023, 7, 5)
SUBJECTS = {About.UNIT: "耒阳市", About.LEADER: "市领导A", About.PROJECT: "HY2023-010", About.UNIT_OR_PROJECT: "耒阳市"}
QUANTITY = {FigureStyle.COUNT: {Quantity.COUNT, Quantity.PLACE}, FigureStyle.RATE: {Quantity.RATE}, FigureStyle.POINTS: {Quantity.POINTS},
            FigureStyle.WAN: {Quantity.AMOUNT}, FigureStyle.YI_COLUMN: {Quantity.AMOUNT}, FigureStyle.YI: {Quantity.AMOUNT}, FigureStyle.WAN_TEXT: {Quantity.AMOUNT}}


def without_meaning(report: Report) -> set[tuple[str, str]]:
    """Figures whose key names no measure, or one that counts in something else."""
    def bad(f: Figure) -> bool:
        found = measure_of(f)
        return found is None or found.quantity not in QUANTITY[f.show]

    return {(f.key, f.text) for f in report.figures() if bad(f)}


@pytest.mark.parametrize("name", ["2023-06", "2023-07", "2023-01"])
@pytest.mark.parametrize("kind", [k for k in ReportKind if k not in (ReportKind.STATISTICS, ReportKind.BOARDS)], ids=lambda k: k.value)
def test_every_figure_of_a_paper_is_a_named_measure(demo_ledger: Ledger, kind: ReportKind, name: str) -> None:
    month = Period.parse(name)
    iso = month.day.isocalendar()
    period = Period.week(iso.year, iso.week) if kind is ReportKind.WEEKLY else month
    if (stretch := KINDS[kind].stretch) is not None and not stretch.ends(month):
        with pytest.raises(HydeskError, match="请换报告期"):
            compile_report(demo_ledger, kind, period, issued=ISSUED)
        return
    report = compile_report(demo_ledger, kind, period, SUBJECTS.get(KINDS[kind].about), issued=ISSUED)
    assert without_meaning(report) == set()


def test_every_figure_of_the_boards_is_a_named_measure(demo_file: Path, tmp_path: Path) -> None:
    ledger = open_whole(Path(shutil.copy(demo_file, tmp_path / "台账.hydesk")))
    june = Period.month(2023, 6)
    assert adopt(ledger, june, propose(ledger, june, BoardRule(least_plan=0, serious_only=False))).value
    report = compile_report(ledger, ReportKind.BOARDS, june, issued=ISSUED)
    ledger.close()
    assert list(report.figures())
    assert without_meaning(report) == set()


def test_every_figure_of_the_statistics_is_a_named_measure(demo_ledger: Ledger) -> None:
    period = Period.month(2023, 6)
    for measure in CrossMeasure:
        for columns in (None, Dimension.NATURE):
            made = cross_table(demo_ledger, period, Dimension.UNIT, columns)
            assert without_meaning(cross_as_report(demo_ledger, made, measure, today=ISSUED)) == set()


def test_every_figure_of_a_matter_is_a_named_measure(demo_ledger: Ledger) -> None:
    period = Period.month(2023, 6)
    for subject in Subject:
        made = subject_table(demo_ledger, period, subject)
        assert all(id in MEASURES for id in made.columns)
        assert without_meaning(subject_as_report(demo_ledger, made, today=ISSUED)) == set()


def test_a_figure_that_means_nothing_is_found() -> None:
    assert measure_of(Figure("1", 1, FigureStyle.COUNT)) is None
    assert measure_of(Figure("1", 1, FigureStyle.COUNT, "nobody.knows")) is None


def test_measures_say_what_they_are() -> None:
    for id, one in MEASURES.items():
        assert one.id == id
        assert one.name
        assert one.formula
        assert one.covers
