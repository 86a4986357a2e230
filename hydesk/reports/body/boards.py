"""红黄榜 made public: who is praised, who lags and is to be cured, what became of those named before (docs/rules.md §4.4)."""

from __future__ import annotations

from collections.abc import Sequence

from hydesk.domain.board_words import CURING, LEFT, RED, YELLOW
from hydesk.domain.measures.totals import sum_up
from hydesk.domain.money import rate
from hydesk.domain.standing import ProjectStanding
from hydesk.reports import tables
from hydesk.reports.basis import Basis
from hydesk.reports.figures import FigureStyle, Part
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintTable
from hydesk.reports.model import Section
from hydesk.reports.prose import Paragraph, Sentence
from hydesk.reports.sources import PublishedNaming
from hydesk.reports.words import clean, count, money, percent, sentence, yi_column

_NAMED = 5
"""How many of those named before a sentence names before it says 等."""


def boards_red(basis: Basis) -> Section | None:
    """红榜: the projects praised."""
    return _board(basis, RED, "boards_red", "列入红榜的项目")


def boards_yellow(basis: Basis) -> Section | None:
    """黄榜: the projects that lag, with how far they are cured."""
    return _board(basis, YELLOW, "boards_yellow", "列入黄榜的项目")


def boards_demands(basis: Basis) -> Section | None:
    """What is asked of those on 黄榜, and what became of those named before; nothing where none is or was."""
    held = {p.code: p for p in basis.projects}
    named = [x for x in basis.sources.boards if x.board == YELLOW and x.project in held]
    told: list[Sentence] = []
    if any(x.now for x in named):
        told.append(sentence("黄榜项目的责任单位要对照上榜原因倒排工期、限期整改；整改到位并经核实的，予以出榜。", key="boards.cure"))
    now = {x.project for x in named if x.now}
    for state, key, words in ((LEFT, "boards.left", "整改到位出榜"), (CURING, "boards.curing", "仍在整改")):
        own = list(dict.fromkeys(x.project for x in named if not x.now and x.state == state and x.project not in now))
        if own:
            names = "、".join(clean(held[code].name) for code in own[:_NAMED]) + ("等" if len(own) > _NAMED else "")
            told.append(sentence(f"此前列入黄榜的项目，{words}", count(len(own), key), f"个（{names}）。", key=key))
    return Section("整改要求", (Paragraph(tuple(told)),)) if told else None


def _board(basis: Basis, board: str, key: str, called: str) -> Section | None:
    held = {p.code: p for p in basis.projects}
    lines = [x for x in basis.sources.boards if x.board == board and x.now]
    listed = [(x, held[x.project]) for x in lines if x.project in held]
    if not listed:
        return None
    gone = len(lines) - len(listed)
    notes = (f"注：另有{gone}个项目不在{basis.form.whole}今年的清单上，没有列出",) if gone else ()
    columns = (
        PrintColumn("number", ("序号",), Align.CENTER), PrintColumn("name", ("项目名称",), Align.LEFT, weight=1.3),
        PrintColumn("unit", ("地区",), Align.CENTER),
        PrintColumn("plan", ("年度计划", "投资"), show=FigureStyle.YI_COLUMN),
        PrintColumn("year", (basis.span, "完成投资"), show=FigureStyle.YI_COLUMN),
        PrintColumn("rate", ("完成率", "（%）"), show=FigureStyle.RATE, ratio=("year", "plan")),
        PrintColumn("reason", ("上榜原因",), Align.LEFT, weight=1.2),
        *((PrintColumn("state", ("整改情况",), Align.CENTER),) if board == YELLOW else ()))
    rows = tuple(_row(number, line, project, board) for number, (line, project) in enumerate(listed, 1))
    table = PrintTable(key, f"{board}项目表", tables.UNIT_OF_TEXT, columns, rows, notes, board)
    return Section(board, (Paragraph((_sums(basis, [p for _, p in listed], key, called),)), table))


def _sums(basis: Basis, projects: Sequence[ProjectStanding], key: str, called: str) -> Sentence:
    t = sum_up(projects)
    parts: list[Part | tuple[Part, ...]] = [called, count(t.count, f"rows:{key}"), "个"]
    if t.annual_plan:
        parts += ["，年度计划投资", money(t.annual_plan, f"{key}.plan")]
    done = t.known("year_investment")
    if done == 0:
        parts.append(f"，{basis.span}没有完成投资")
    elif done is not None:
        parts += [f"，{basis.span}完成投资", money(done, f"{key}.year")]
        if t.completion is not None:
            parts += ["，占年度计划的", percent(t.completion, f"{key}.rate"), "%"]
    return sentence(*parts, "。", key=f"{key}.whole")


def _row(number: int, line: PublishedNaming, p: ProjectStanding, board: str) -> PrintRow:
    scope = f"project:{p.id}"
    cells: tuple[Part, ...] = (
        str(number), clean(p.name), clean(p.unit), yi_column(p.annual_plan, f"{scope}.plan"),
        yi_column(p.year_investment, f"{scope}.year"), percent(rate(p.year_investment, p.annual_plan), f"{scope}.rate"),
        clean(line.reason) or "—", *((clean(line.state) or "—",) if board == YELLOW else ()))
    return PrintRow(cells, scope=scope)
