"""Every kind of report over few projects: one, two, three … of them with as many problems, nodes and adjustments, so that each number
up to which something is named, shown or left out is passed; held against what was looked at.

To keep what is found now, after reading the differences: HYDESK_KEEP=1 pytest tests/reports/test_kept_small_reports.py
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.domain.measures.ranking import RankingWay
from hydesk.domain.periods import Period
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Judging
from hydesk.reports.check import disagreements
from hydesk.reports.kinds import KINDS, NAMED, About, ReportKind
from hydesk.reports.model import Report
from hydesk.reports.parts import EXHIBITS
from tests.kept import hold, lines_of
from tests.reports.made import UNITS
from tests.reports.test_kept_reports import BEFORE, DECEMBER, FORM, JUNE, PROJECTS, SOURCES, report

KEPT = Path(__file__).parent / "kept"
SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 21)
APART = Judging(ranking=RankingWay.APART, groups={u: ("园区" if i > 11 else "县市区") for i, u in enumerate(UNITS)}, nothing=("完善手续",))


def _subject(kind: ReportKind, some: tuple[ProjectStanding, ...]) -> str:
    about = KINDS[kind].about
    if about is About.LEADER:
        return next((p.city_leader.split("、")[0] for p in some if p.city_leader), "甲某")
    return some[-1].code if about is About.PROJECT else some[0].unit if about in (About.UNIT, About.UNIT_OR_PROJECT) else ""


def _small(kind: ReportKind, size: int, begin: int) -> Report:
    """``size`` projects from ``begin`` on and as much of all that is known of projects; every other one all of one unit."""
    some = PROJECTS[begin:begin + size]
    if size % 2 == 0:
        some = tuple(replace(p, unit=some[0].unit) for p in some)
    period = Period.parse("2023-W26") if kind is ReportKind.WEEKLY else JUNE
    if kind is ReportKind.YEARLY:
        period, some = DECEMBER, tuple(replace(p, as_of=DECEMBER, as_of_day=DECEMBER.day) if p.as_of == JUNE else p for p in some)
    ids = [p.id for p in some]
    nodes = tuple(replace(n, project_id=ids[i % size]) for i, n in enumerate(SOURCES.nodes[:size + 2]))
    sources = replace(SOURCES, nodes=nodes, problems=tuple(replace(x, project_id=ids[i % size]) for i, x in enumerate(SOURCES.problems[:size])),
                      adjustments=tuple(replace(a, after="" if i == 2 else a.after, before="" if i == 1 else a.before) for i, a in enumerate(SOURCES.adjustments[:size - 1])), curve=SOURCES.curve[:size], boards=SOURCES.boards[:size], leaders=SOURCES.leaders[:size])
    form = replace(FORM, most_lagging=size % 4, parts=FORM.parts if size % 3 else FORM.parts[:len(EXHIBITS) // 2])
    return report(kind, _subject(kind, some), some, period=period, form=form, sources=sources, before=BEFORE[begin:begin + size] if size % 5 else None,
                  judging=APART if size % 4 == 3 else None)


def _lines(kind: ReportKind) -> Iterator[str]:
    for at, size in enumerate(SIZES):
        for begin in (at, 11 + at)[:1 if KINDS[kind].about is About.WHOLE else 2]:
            try:
                made = _small(kind, size, begin)
            except HydeskError as e:
                yield f"== {size} from {begin}: refused {e}"
                continue
            assert disagreements(made) == []
            whole = zlib.crc32("\n".join(lines_of("all", made, most=(10**9, 10**9))).encode())
            yield f"== {size} from {begin}: {made.title} {len(list(made.tables()))} tables {whole:08x}"
            yield from (p.text for p in made.paragraphs())


@pytest.mark.parametrize("kind", NAMED)
def test_a_report_over_few_projects(kind: ReportKind) -> None:
    hold(KEPT / f"small_{kind.value}.txt", _lines(kind))
