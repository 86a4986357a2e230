"""What is read of drawn and of spoilt returns, cell by cell and sentence by sentence, held against what was looked at.

That figures are read right and nothing wrong gets in silently is tested by the truth beside each drawing. Here is what a clerk
sees of it: which head was taken for what and why, where each value stands, and every sentence.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from pathlib import Path

import pytest

from hydesk.domain.changes import LedgerEdit
from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.periods import Period
from hydesk.domain.snapshot import KnownProject, LedgerSnapshot, PeriodFigures
from hydesk.domain.understanding import Corrections, ReadSheet, Understanding
from hydesk.returns.column_guess import ColumnGuess
from hydesk.returns.columns import guess_column
from hydesk.returns.pipeline import understand
from hydesk.returns.project_list import understand_project_list
from tests.kept import hold
from tests.returns import shapes_drawn
from tests.returns.drawing import HARD, SOFT, draw, make_ledger
from tests.returns.lists_drawn import DRAW
from tests.returns.shapes_drawn import Draw
from tests.returns.test_heads_generated import ALL, JUNE, NOUNS, NOW, UNITS, WEEKLY
from tests.returns.test_lists_drawn import KNOWN

F = Field
KEPT = Path(__file__).parent / "kept"
SHAPES = {name: shape for name, shape in sorted(vars(shapes_drawn).items())
          if getattr(shape, "__module__", "") == shapes_drawn.__name__ and name not in ("Draw", "sheet")}


def _sheets(sheets: Sequence[ReadSheet]) -> Iterator[str]:
    for s in sheets:
        yield f"sheet {s.name} {'used' if s.used else f'left: {s.why}'} head {list(s.header_rows)}"
        for c in s.columns:
            yield (f"  {c.letter} {c.header!r} → {c.field.value if c.field else '—'}{f' {c.unit.value}' if c.unit else ''} "
                   f"{c.confidence:.2f} {c.reason}{f' own {c.own}' if c.own else ''}")


def _findings(findings: Sequence[Finding]) -> Iterator[str]:
    for f in findings:
        at = " ".join(str(x) for x in (f.sheet, f.row, f.cell, f.column, f.project, f.field and f.field.value, f.suggestion) if x not in (None, "", 0))
        yield f"  {f.level.value} {f.code} [{at}] {f.message}"


def told(found: Understanding) -> Iterator[str]:
    """An understanding as lines."""
    yield (f"{found.file}: {found.unit} {found.period} {found.day or ''}{' REJECTED' if found.rejected else ''}"
           f" missing {' '.join(found.missing)}")
    yield from _sheets(found.sheets)
    for r in found.rows:
        values = "; ".join(f"{f.value} {r.cells.get(f)} {r.values.get(f)!s}" + (f" “{r.words[f]}”" if f in r.words else "") for f in r.cells)
        yield f"  {r.sheet}!{r.row} {r.name} = {r.project} by {r.match}{'' if r.accepted else ' HELD'}: {values}"
    yield from _findings(found.findings)


def kept(name: str, books: Iterator[tuple[str, Understanding]]) -> None:
    """Hold several readings as one file."""
    hold(KEPT / f"{name}.txt", (line for head, found in books for line in (f"==== {head}", *told(found))))


def test_every_shape() -> None:
    def books() -> Iterator[tuple[str, Understanding]]:
        for name, shape in SHAPES.items():
            d = Draw(4)
            yield name, understand(Book(f"{shapes_drawn.UNIT}6月.xlsx", tuple(shape(d)), "xlsx"), d.ledger)

    assert len(SHAPES) >= 23
    kept("shapes", books())


KINDS = [frozenset(), HARD, *(frozenset({k}) | frozenset(sorted(SOFT)[i::3]) for i, k in enumerate(sorted(HARD))), SOFT]


def test_every_kind_of_table() -> None:
    def books() -> Iterator[tuple[str, Understanding]]:
        for seed, kinds in enumerate(KINDS, 70):
            rng = random.Random(seed)
            drawn = draw(rng, make_ledger(rng, 5), kinds)
            yield " ".join(sorted(kinds)), understand(drawn.book, drawn.snapshot)

    kept("tables", books())


# Spoilt ------------------------------------------------------------------------------------------------------

_WRONG: tuple[CellValue, ...] = (
    "待定", "约300", "三百多万", "3OO", "1,2,3", "#REF!", -500.0, 99_999_999.0, "", "—", "0", "500元", "1.2亿", "5000-6000", True, date(2023, 6, 5), "√", "85%",
    "完成投资500万元", "同上", "500（含土地款）", 0.001, "１２３", "1 200", "500万元左右", "暂无")


def _spoilt(rng: random.Random, sheet: Sheet, wrong: Sequence[CellValue]) -> Sheet:
    """Cells that are wrong, a name that is another's, a row told twice, one left out."""
    rows = [list(r) for r in sheet.rows]
    figures = [(r, c) for r, row in enumerate(rows) for c, v in enumerate(row) if isinstance(v, float) and r > 4]
    for value, (r, c) in zip(wrong, rng.sample(figures, min(len(wrong), len(figures))), strict=False):
        rows[r][c] = value
    last = max(r for r, _ in figures)
    rows.insert(last, list(rows[last]))
    rows.insert(last, ["", "某某没有听说过的项目", *rows[last][2:]])
    del rows[last - 3]
    return replace(sheet, rows=rows)


def _lived(snapshot: LedgerSnapshot) -> LedgerSnapshot:
    """The ledger with what only a ledger in use has: starts, dates, edits, what is held already."""
    def lived(at: int, p: KnownProject) -> KnownProject:
        edit = LedgerEdit((p.annual_plan or 0) + 10_000, datetime(2023, 6, 9, 8, 30), "张三", p.annual_plan, "")
        more = replace(p, started=at % 2 == 0, nature=("续建", "新建", "")[at % 3], builder="恒岳实业有限公司", newest=p.previous, closing=p.previous,
                       names=(f"{p.name}（一期）",) if at % 4 == 0 else (), approval_code=f"2301-43040{at % 10}-04-01-{100_000 + at}")
        if at % 3 == 0:
            more = replace(more, edited={F.ANNUAL_PLAN: edit}, edited_before={F.YEAR_INVESTMENT: edit})
        if at % 5 == 0:
            more = replace(more, nodes={F.START_DATE: LooseDate(date(2023, 3, 1)), F.PLANNED_FINISH: LooseDate.of_month(2024, 12)})
        if at % 7 == 0 and p.previous is not None:
            more = replace(more, current=PeriodFigures(snapshot.period, dict(p.previous.money)))
        return more

    return replace(snapshot, projects=tuple(lived(i, p) for i, p in enumerate(snapshot.projects)))


def test_spoilt_tables() -> None:
    def books() -> Iterator[tuple[str, Understanding]]:
        for seed, kinds in enumerate((frozenset(), frozenset({"code", "total", "sections"}), frozenset({"yi", "marks", "traps"}),
                                      frozenset({"months", "total"}), frozenset({"no_unit", "wide"}), frozenset({"alone", "continued"})), 170):
            rng = random.Random(seed)
            drawn = draw(rng, make_ledger(rng, 9), kinds)
            book = replace(drawn.book, sheets=tuple(_spoilt(rng, s, _WRONG[seed % 2::2]) for s in drawn.book.sheets))
            found = understand(book, _lived(drawn.snapshot))
            yield " ".join(sorted(kinds)) or "plain", found
            if seed % 2 and found.rows:
                first, other = found.rows[0], found.rows[-1]
                corrections = Corrections({(first.sheet, first.row, F.MONTH_INVESTMENT): "12.5", (other.sheet, other.row, F.PROGRESS_TEXT): "主体封顶"},
                                          {(other.sheet, other.row): drawn.snapshot.projects[0].code})
                yield "corrected", understand(book, _lived(drawn.snapshot), corrections=corrections)

    kept("spoilt", books())


# Weeks, sentences, dates -------------------------------------------------------------------------------------

def _table(title: str, heads: Sequence[str], *rows: Sequence[CellValue], name: str = "Sheet1") -> Sheet:
    return Sheet(name, [[title], ["填报单位：衡南县", "", "单位：万元"], ["序号", "项目名称", *heads], *([i, *r] for i, r in enumerate(rows, 1))])


WEEK = Period.parse("2023-W28")
BY_HAND: dict[str, tuple[Period, Callable[[Sequence[KnownProject]], Sheet]]] = {
    "a week's sums": (WEEK, lambda p: _table("衡南县重点项目周报（第28周）", ["年初至本周累计完成投资", "本周完成情况"],
                                           *([x.name, 5_000.0 + 100 * i, "浇筑底板"] for i, x in enumerate(p)))),
    "a week's amounts up to a day": (WEEK, lambda p: _table("截至7月14日", ["本周完成投资", "截至7月14日累计完成投资", "下周计划完成投资"],
                                                          *([x.name, 20.0, 6_000.0, 30.0] for x in p))),
    "a week's day too far away": (WEEK, lambda p: _table("截至7月28日", ["截至7月28日累计完成投资"], *([x.name, 6_000.0] for x in p))),
    "last week's columns beside this": (WEEK, lambda p: _table("周报", ["上周完成投资", "本周完成投资", "1-7月累计完成投资", "完成率（%）"],
                                                             *([x.name, 10.0, 20.0, 6_000.0 + i, "85%"] for i, x in enumerate(p)))),
    "ten days": (JUNE, lambda p: _table("6月进展", ["6月上旬完成投资", "6月中旬完成投资", "6月下旬完成投资"], *([x.name, 10.0, 20.0, None] for x in p))),
    "sentences": (JUNE, lambda p: _table("6月进展", ["工作进展情况", "存在问题"], *(
        [x.name, said, "用地未批，已解决；资金缺口500万元"] for x, said in zip(p, (
            "本月完成投资300万元，年初至今累计完成投资2800万元，主体施工至5层。", "截至6月底，累计完成投资1.2亿元，占年度计划的56%。", "计划7月完成投资500万元，正在办理施工许可。",
            "6月完成投资约200万元，其中设备50万元；1-6月完成1500万元。", "已完成投资二百三十万元。"), strict=False)))),
    "dates and facts": (JUNE, lambda p: _table("6月进展", ["开工时间", "竣工时间", "建设性质", "业主单位", "总投资", "年度计划投资", "本月完成投资", "完成率", "备注"], *(
        [x.name, begun, end, nature, "别的公司", 12_345.0, 3_000.0, 120.0, "4.1%", "县级联系人：李某 13800000000"] for x, begun, end, nature in zip(
            p, ("2023年3月", "2023.5.1", 45_078.0, "3月", "未开工"), ("2025年12月", "2022年1月", date(2024, 6, 30), "明年底", "2024年三季度"),
            ("续建", "新开工", "预备", "改扩建", ""), strict=False)))),
    "no head": (JUNE, lambda p: Sheet("Sheet1", [[i, x.name, 100.0 * i, 200.0 * i] for i, x in enumerate(p, 1)])),
    "an aside": (JUNE, lambda p: Sheet("填表说明", [["一、本表由各县市区填报"], ["二、单位为万元"], [p[0].name]])),
    "another month": (JUNE, lambda p: _table("衡南县2023年5月份进展情况表", ["5月完成投资", "1-5月累计完成投资"], *([x.name, 100.0, 2_000.0] for x in p), name="5月")),
}


@pytest.mark.parametrize("unit", ["衡南县"])
def test_tables_written_by_hand(unit: str) -> None:
    def books() -> Iterator[tuple[str, Understanding]]:
        snapshot = _lived(make_ledger(random.Random(5), 6))
        own = [p for p in snapshot.projects if p.unit == unit][:5]
        for name, (period, sheet) in BY_HAND.items():
            yield name, understand(Book(f"{unit}.xlsx", (sheet(own),), "xlsx"), replace(snapshot, period=period), unit)
            yield f"{name}, the unit not said", understand(Book("报表.xls", (replace(sheet(own), hidden=name == "an aside"),), "xls"), replace(snapshot, period=period))

    kept("by_hand", books())


# Heads ---------------------------------------------------------------------------------------------------------

def _guess(path: tuple[str, ...], period: Period, g: ColumnGuess) -> str:
    flags = " ".join(n for n in ("combined", "asked", "doubtful", "unknown", "rate", "other_month") if getattr(g, n))
    return (f"{period} {'/'.join(path)!r} → {g.field.value if g.field else '—'} {g.confidence:.2f} {' '.join(f.value for f in g.candidates)} {flags} "
            f"{g.foreign} {g.reason}")


def test_heads() -> None:
    paths = [p for kind in sorted(ALL) for p in ALL[kind]][::29]
    paths += [(f"{t}{n}{u}",) for t, n, u in list(product((*NOW, *WEEKLY), NOUNS, UNITS))[::7]]
    hold(KEPT / "heads.txt", (_guess(p, period, guess_column(p, period)) for period, step in ((JUNE, 1), (WEEK, 3)) for p in paths[::step]))


# Lists ---------------------------------------------------------------------------------------------------------

def test_project_lists() -> None:
    def lines() -> Iterator[str]:
        for draw_list, planted in product(DRAW, (False, True)):
            if draw_list.__name__ == "long_list":
                continue
            read = understand_project_list(draw_list(random.Random(8), planted).book, 2023, KNOWN)
            yield f"==== {draw_list.__name__}{' planted' if planted else ''}{' REJECTED' if read.rejected else ''} {read.other_year or ''}"
            yield from _sheets(read.sheets)
            for s in read.sections:
                yield f"  section {s.sheet}!{s.row} {s.words} { {f.value: v for f, v in s.values.items()} }"
            for p in read.projects:
                values = "; ".join(f"{f.value} {p.cells.get(f)} {v}" for f, v in p.values.items())
                parts = "".join(f" part {x.row} {x.name} {x.total_investment} {x.annual_plan} {x.builder}" for x in p.parts)
                yield f"  {p.sheet}!{p.row}{'' if p.accepted else ' HELD'} {values} {dict(p.extras)}{parts}"
            yield from _findings(read.findings)

    hold(KEPT / "lists.txt", lines())
