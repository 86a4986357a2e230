"""What the models of the screens say of the frozen town, held against what was looked at: the ledger's columns, order, filters and
sums, blocks laid over it, and the lists of other screens column by column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor

from hydesk.db.ledger import Ledger
from hydesk.domain.meaning import Meaning
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.scopes.cases import Case
from hydesk.domain.scopes.grammar import parse_scope
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.pages.leaders import leaders_page
from hydesk.services.pages.ledger_query import LedgerQuery
from hydesk.services.pages.ledger_rows import LedgerRows, next_order, read_rows
from hydesk.services.pages.ledger_shown import order_in_words
from hydesk.services.pages.period_work import period_work
from hydesk.services.returns.list_returns import list_returns
from hydesk.ui.kit.listing import ListColumn
from hydesk.ui.screens.home.queue import key_of, queue_columns
from hydesk.ui.screens.leaders.columns import LEADERS, TABS, project_columns
from hydesk.ui.screens.ledger.block import fill, lay
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.screens.nodes.rows import NodeQuery, NodeRows
from hydesk.ui.screens.returns.history import history_columns
from hydesk.ui.style import Theme
from tests.kept import hold, lines_of
from tests.town import IN_HENGYANG

pytestmark = IN_HENGYANG
KEPT = Path(__file__).parent / "kept"
JUNE, WEEK, ON = Period.month(2023, 6), Period.parse("2023-W25"), date(2023, 7, 5)
THEME = Theme()


def shown(columns: Sequence[ListColumn[Any]], items: Sequence[Any]) -> Iterator[str]:
    """Every item by every column: text, what it is sorted by, tip and colour."""
    yield " | ".join(f"{c.head}{'→' if c.right else ''}{'↔' if c.stretch else ''}{f' ={c.measure}' if c.measure else ''}" for c in columns)
    for x in items:
        for c in columns:
            color = c.color(x) if c.color else None
            told = (c.text(x), c.order(x) if c.order else "", c.tip(x) if c.tip else "", color.name() if isinstance(color, QColor) else color)
            yield "  " + " | ".join("" if t is None else str(t) for t in told)


QUERIES = (
    LedgerQuery(), LedgerQuery(text="xm"), LedgerQuery(text="项目 衡"), LedgerQuery(text="hy2023-0"), LedgerQuery(text="005"), LedgerQuery(text="没有"),
    LedgerQuery(units=frozenset({"雁峰区", "衡南县"})), LedgerQuery(meanings=frozenset({Meaning.LAGGING, Meaning.UNREPORTED})), LedgerQuery(natures=frozenset({"续建"}), text="项目"),
    *(LedgerQuery(cases=frozenset({c})) for c in Case), LedgerQuery(only=frozenset({1, 5, 8})), LedgerQuery.of(parse_scope("size>=5亿;unit!=衡南县")))


def _rows(rows: LedgerRows) -> Iterator[str]:
    whole = range(len(rows))
    rows.know_initials()
    for at, c in enumerate(rows.columns):
        yield f"== {c.key} {rows.title(at)} {c.kind} {'shown' if c.shown else ''} {'private' if c.private else ''} {'right' if c.right else ''}"
        wan, yi = rows.texts(at, MoneyUnit.WAN), rows.texts(at, MoneyUnit.YI)
        yield "  " + " | ".join(f"{wan[i]}/{yi[i]}/{c.value(rows.lines[i], MoneyUnit.WAN)}" for i in whole[::15])
        yield f"  {rows.order((at, False))[:12]} {rows.order((at, True))[:12]}"
    yield f"two columns {rows.order((3, True), (1, False))[:20]}"
    for query in QUERIES:
        found = rows.select(query, whole)
        totals, packages = rows.totals(found), rows.both_counts(found)
        yield f"{query.scope.words}/{query.text}/{sorted(query.only)}: {len(found)} {found[:15]} {totals.annual_plan} {totals.year_investment} {packages.sentence} {rows.compare_at(found)}"
        if query.narrowed:
            for kind, counts in rows.counts(query):
                yield f"    {kind} {sorted((str(getattr(k, 'name', k)), n) for k, n in counts.items())[:8]}"
    yield f"choices {[(kind, sorted(str(getattr(x, 'name', x)) for x in rows.choices(kind))[:8]) for kind in ('units', 'leaders', 'cases', 'stages', 'groups')]}"


@pytest.mark.parametrize("period", [JUNE, WEEK], ids=["june", "week"])
def test_the_ledgers_rows(period: Period, town: Ledger) -> None:
    hold(KEPT / f"ledger_rows_{'june' if period is JUNE else 'week'}.txt", _rows(read_rows(town, period)))


def _laid(model: LedgerModel) -> Iterator[str]:
    every = list(range(len(model.columns)))
    blocks: Sequence[tuple[Sequence[Sequence[str]], int, int]] = (
        ([["100", "200"]], 0, 8), ([["1"], ["2"], ["3"]], len(model.visible) - 2, 8), ([["编号", "年度计划（万元）"], ["HY2023-001", "5"], ["没有", "6"], ["hy2023-005", ""]], 0, 0),
        ([["项目名称", "业主单位", "性质"], [model.rows.lines[2].project.name, "甲公司", "续建"], ["没有这个", "乙", ""]], 0, 0), ([["总投资（亿元）", "年度计划（亿元）", "备注"], ["1", "2", "x"]], 1, 0),
        ([["总投资（亿元）", "年度计划（万元）"], ["1", "2"]], 1, 0), ([["a", "b", "c", "d", "e"]], 0, len(every) - 2), ([], 0, 0), ([["完成率", "业主单位"], ["1", "2"]], 0, 0), ([["随便", "什么"], ["1", "2"]], 0, 7))
    for block, row, place in blocks:
        yield from lines_of(f"{block!r}"[:60], lay(block, model, row, every, place))
    yield from lines_of("one cell into many", lay([["5"]], model, 0, every, 8, [(0, 8), (1, 9), (2, 0)]))
    yield from lines_of("one cell into one", lay([["5"]], model, 0, every, 8, [(0, 8)]))
    yield from lines_of("into what is reckoned", fill("5", model, [(0, model.index_of("completion") or 0)]))


def test_blocks_laid_over_the_ledger_and_what_its_model_says(town: Ledger) -> None:
    model = LedgerModel(THEME)
    model.show_rows(read_rows(town, JUNE))

    def lines() -> Iterator[str]:
        yield from _laid(model)
        model.show_query(LedgerQuery(units=frozenset({"雁峰区"})))
        model.show_order((model.index_of("plan") or 0, True), (0, False))
        yield f"{order_in_words(model.rows, model.sorted_by)} {model.said()} {[model.project_id(r) for r in range(model.height())]} {model.row_of(5)} {model.row_of(10**6)}"
        model.show_unit(MoneyUnit.YI)
        model.show_typed({(0, 3): "新的"})
        for r, c in ((0, 3), (0, 1), (1, 8), (2, 9), (3, 12), (1, 14)):
            cell = model.cell(r, c)
            yield f"{r},{c} {model.text(r, c)} {model.entered(r, c)} {model.tip(r, c)} {cell.color.name() if cell.color else ''} {model.head(c).text} {model.head(c).measure} {model.pending}"
        model.forget_typed()
        yield f"{model.text(0, 3)} {model.totals().annual_plan} {model.pending}"

    hold(KEPT / "ledger_model.txt", lines())


@pytest.mark.parametrize(("now", "column", "figures", "adding", "then"), [
    ((), 3, True, False, ((3, True),)), (((3, True),), 3, True, False, ((3, False),)), (((3, False),), 3, True, False, ()), ((), 3, False, False, ((3, False),)),
    (((1, False),), 3, True, True, ((1, False), (3, True))), (((1, False), (3, True)), 3, True, True, ((1, False), (3, False))), (((1, False), (3, False)), 3, True, True, ((1, False),)),
    (((1, False), (3, True)), 3, True, False, ((3, False),)), (((1, False), (3, True)), 5, False, False, ((5, False),))])
def test_a_click_on_a_head_sorts_turns_and_lets_go(now: Any, column: int, figures: bool, adding: bool, then: Any) -> None:
    assert next_order(now, column, figures=figures, adding=adding) == then


def test_lists_of_leaders_returns_and_what_is_due(town: Ledger) -> None:
    def lines() -> Iterator[str]:
        page = leaders_page(town, JUNE, today=ON)
        yield from shown(LEADERS, page.lines[:6])
        for line in page.lines[:3]:
            for tab in TABS:
                yield f"== {line.name} {tab.word}"
                yield from shown(project_columns(THEME)[:1 if tab is not TABS[0] else None], sorted(filter(tab.keeps, line.projects), key=tab.order))
        yield from shown(history_columns(THEME)[1:], list_returns(town)[::6])
        queue = period_work(town, JUNE, today=ON).queue
        yield from shown(queue_columns(THEME), queue)
        yield f"{[key_of(x)[:2] for x in queue[:8]]}"
        nodes = NodeRows(list_milestones(town, JUNE.end))
        yield f"{sorted((k, n) for k, n in nodes.choices(NodeQuery())['units'].items())[:8]} {[len(nodes.listed(v, 30)) for v in (1, 2, 3)]} {nodes.span}"

    hold(KEPT / "lists.txt", lines())
