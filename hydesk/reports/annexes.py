"""The annexes: every project by unit with sums, every lagging project, every problem; on landscape pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hydesk.domain.measures.totals import Totals, sum_up
from hydesk.domain.money import rate
from hydesk.domain.standing import ProjectStanding
from hydesk.reports.basis import Basis
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.model import Annex
from hydesk.reports.tables import (
    UNIT,
    lagging_columns,
    lagging_rows,
    overdue_starts,
    overdue_table,
    problem_table,
    rule_note,
)
from hydesk.reports.words import clean, percent, wan


def _columns(basis: Basis) -> tuple[PrintColumn, ...]:
    gained = (PrintColumn("gain", (basis.gained,), show=FigureStyle.WAN, summed=True, group=f"{basis.period.year}年完成投资"),) if basis.gain else ()
    year = basis.period.year
    done = f"{year}年完成投资"
    return (
        PrintColumn("number", ("序号",), Align.CENTER),
        PrintColumn("code", ("编号",), Align.CENTER),
        PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.5),
        PrintColumn("nature", ("建设", "性质"), Align.CENTER),
        PrintColumn("total", ("总投资",), show=FigureStyle.WAN, summed=True),
        PrintColumn("before", (f"至{year - 1}年底", "累计完成"), show=FigureStyle.WAN, summed=True),
        PrintColumn("plan", (f"{year}年", "计划投资"), show=FigureStyle.WAN, summed=True),
        *gained,
        PrintColumn("year", (basis.span,), show=FigureStyle.WAN, summed=True, group=done),
        PrintColumn("rate", ("完成率", "（%）"), show=FigureStyle.RATE, ratio=("year", "plan"), group=done),
        PrintColumn("since", ("开工累计", "完成投资"), show=FigureStyle.WAN, summed=True),
        PrintColumn("meaning", ("进度",), Align.CENTER),
        PrintColumn("progress", ("形象进度",), Align.LEFT, weight=1),
    )


def _item(basis: Basis, number: int, p: ProjectStanding) -> PrintRow:
    scope = f"project:{p.id}"
    lamp = basis.lamps[p.id]
    cells: tuple[Part, ...] = (
        str(number),
        p.code,
        clean(p.name),
        p.nature,
        wan(p.total_investment, f"{scope}.total"),
        wan(p.invested_before, f"{scope}.before"),
        wan(p.annual_plan, f"{scope}.plan"),
        *((wan(basis.gain_over([p]), f"{scope}.gain"),) if basis.gain else ()),
        wan(p.year_investment, f"{scope}.year"),
        percent(rate(p.year_investment, p.annual_plan), f"{scope}.rate"),
        wan(p.total_invested, f"{scope}.since"),
        f"{lamp.meaning.mark}{lamp.word}",
        clean(p.progress_text),
    )
    return PrintRow(cells, scope=scope)


def _sums(basis: Basis, label: str, projects: Iterable[ProjectStanding], scope: str, kind: PrintRowKind) -> PrintRow:
    items = list(projects)
    t: Totals = sum_up(items)
    before = [p.invested_before for p in items if p.invested_before is not None]
    cells: tuple[Part, ...] = (
        "",
        "",
        label,
        "",
        wan(t.known("total_investment"), f"{scope}.total"),
        wan(sum(before) if before else None, f"{scope}.before"),
        wan(t.known("annual_plan"), f"{scope}.plan"),
        *((wan(basis.gain_over(items), f"{scope}.gain"),) if basis.gain else ()),
        wan(t.known("year_investment"), f"{scope}.year"),
        percent(t.completion, f"{scope}.rate"),
        wan(t.known("total_invested"), f"{scope}.since"),
        "",
        "",
    )
    return PrintRow(cells, kind, scope)


def projects_annex(basis: Basis, label: str) -> Annex:
    """All projects grouped by unit, each group with its sums, the total at the end."""
    rows: list[PrintRow] = []
    number = 0
    for name, items in basis.units.items():
        rows.append(PrintRow((f"{clean(name)}（{len(items)}个）",), PrintRowKind.GROUP, f"unit:{name}"))
        for p in items:
            number += 1
            rows.append(_item(basis, number, p))
        rows.append(_sums(basis, f"{clean(name)}小计", items, f"unit:{name}", PrintRowKind.SUBTOTAL))
    rows.append(_sums(basis, f"合计（{basis.totals.count}个）", basis.projects, "all", PrintRowKind.TOTAL))
    title = f"{clean(basis.subject) or basis.form.whole}{basis.form.subject}投资完成情况表（{basis.period.label}）"
    notes = (
        "注：1.完成率=年初至今累计完成投资÷年度计划投资；“—”表示没有数据。",
        f"2.进度按预警规则判定，即{basis.rule_words}。",
    )
    return Annex(label, PrintTable("projects", title, UNIT, _columns(basis), tuple(rows), notes, label))


def lagging_annex(basis: Basis, label: str) -> Annex:
    """Every lagging project."""
    table = PrintTable(
        "lagging_all",
        f"滞后项目清单（{basis.period.label}）",
        UNIT,
        lagging_columns(basis),
        lagging_rows(basis.lagging),
        (rule_note(basis),),
        label,
    )
    return Annex(label, table)


def problems_annex(basis: Basis, label: str) -> Annex:
    """Every problem reported."""
    title = f"项目存在问题清单（{basis.period.label}）"
    return Annex(label, problem_table(basis.problems, "problems_all", title, label))


def overdue_annex(basis: Basis, label: str) -> Annex:
    """Every project that should have begun."""
    title = f"到期未开工项目清单（{basis.period.label}）"
    table = overdue_table(overdue_starts(basis), "overdue_all", title, label)
    rule = "有投资即算开工" if basis.judging.money_starts else "以登记的永久性工程实际开工时间为准"
    return Annex(label, replace(table, notes=(f"注：已开工{rule}；年度开工率=已开工÷计划新开工，到期开工率=已开工÷到期应开工",)))
