from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from hydesk.domain.errors import HydeskError
from hydesk.reports.check import disagreements, ensure_agreement
from hydesk.reports.figures import Figure, Part
from hydesk.reports.grid import PrintRowKind, PrintTable
from hydesk.reports.kinds import ReportKind
from hydesk.reports.model import Report
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.words import wan
from tests.reports.made import many, report_of, standing
from tests.reports.test_kinds import report as of_kind


@cache
def usual() -> Report:
    return report_of(*many())


def change(report: Report, key: str, alter: Callable[[Figure], Part], *, in_text: bool) -> Report:
    """``report`` with the first figure ``key`` of its text or of its tables altered."""
    done = False

    def part(p: Part) -> Part:
        nonlocal done
        if not done and isinstance(p, Figure) and p.key == key:
            done = True
            return alter(p)
        return p

    def sentence(s: Sentence) -> Sentence:
        return Sentence(tuple(part(p) for p in s.parts))

    def table(t: PrintTable) -> PrintTable:
        return replace(t, rows=tuple(replace(r, cells=tuple(part(c) for c in r.cells)) for r in t.rows))

    sections = []
    for section in report.sections:
        blocks = []
        for block in section.blocks:
            if in_text and isinstance(block, Paragraph):
                block = replace(block, sentences=tuple(sentence(s) for s in block.sentences))
            elif not in_text and isinstance(block, PrintTable):
                block = table(block)
            blocks.append(block)
        sections.append(replace(section, blocks=tuple(blocks)))
    annexes = report.annexes
    if not in_text:
        annexes = tuple(replace(a, table=table(a.table)) for a in annexes)
    assert done
    return replace(report, sections=tuple(sections), annexes=annexes)


def bump(figure: Figure) -> Figure:
    assert figure.raw is not None
    return replace(figure, raw=figure.raw + 1)


def retype(figure: Figure) -> Figure:
    digit = figure.text[0]
    return replace(figure, text=("1" if digit != "1" else "2") + figure.text[1:])


def test_a_report_agrees_with_itself() -> None:
    assert disagreements(usual()) == []
    ensure_agreement(usual())


@pytest.mark.parametrize("in_text", [True, False])
@pytest.mark.parametrize("key", ["all.total", "all.plan", "all.year", "all.gain", "all.count", "all.rate"])
@pytest.mark.parametrize("alter", [bump, retype])
def test_one_altered_number_is_refused(key: str, in_text: bool, alter: Callable[[Figure], Figure]) -> None:
    wrong = change(usual(), key, alter, in_text=in_text)
    with pytest.raises(HydeskError, match="不一致"):
        ensure_agreement(wrong)


@pytest.mark.parametrize("key", ["project:5.year", "project:5.plan", "unit:衡南县.year", "category:产业发展.plan"])
def test_an_altered_cell_is_refused(key: str) -> None:
    assert disagreements(change(usual(), key, bump, in_text=False))


def test_a_row_left_out_of_an_annex_is_refused() -> None:
    annex = usual().annexes[0]
    rows = list(annex.table.rows)
    rows.remove(next(r for r in rows if r.kind is PrintRowKind.ITEM))
    wrong = replace(usual(), annexes=(replace(annex, table=replace(annex.table, rows=tuple(rows))), *usual().annexes[1:]))
    assert disagreements(wrong)


def test_a_wrong_number_of_lagging_projects_is_refused() -> None:
    assert disagreements(change(usual(), "rows:lagging_all", lambda f: replace(f, raw=3, text="3"), in_text=True))


def test_parts_that_do_not_add_up_are_found() -> None:
    report = report_of(*(standing(n, year_investment=0, problem_text="资金缺口较大" if n < 3 else "") for n in range(1, 6)))
    assert disagreements(report) == []
    broken = change(report, "rows:lagging_all|资金", lambda f: replace(f, raw=3, text="3"), in_text=True)
    assert any("分项之和" in d for d in disagreements(broken))


def test_a_monthly_need_that_is_not_the_quotient_is_found() -> None:
    report = of_kind(ReportKind.SUPERVISION, subject="祁东县")
    assert disagreements(report) == []
    key = next(f.key for f in report.figures() if re.fullmatch(r"project:\d+\.needed", f.key))
    broken = change(report, key, lambda f: wan(int(f.raw or 0) + 10_000, f.key), in_text=False)
    assert any("每月需完成" in d for d in disagreements(broken))
