"""Returns of every shape with one thing changed: a cell, a row, a column, a merge. What that changes of the reading is held
against what was looked at.

A shape drawn as it should be reaches the middle of a rule; one cell that is not as it should be reaches its edge. Of each
change the first lines that differ are written out; all of them count, by their sum.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from hydesk.domain.grid import Book, CellValue, Sheet, Span
from hydesk.domain.snapshot import LedgerSnapshot
from hydesk.returns.pipeline import understand
from tests.kept import hold
from tests.returns import shapes_drawn
from tests.returns.drawing import HARD, SOFT, draw, make_ledger
from tests.returns.shapes_drawn import Draw
from tests.returns.test_kept_readings import BY_HAND, SHAPES, _lived, told

KEPT = Path(__file__).parent / "kept"
PUT: tuple[CellValue, ...] = (
    None, "合计", "小计", "序号", "项目名称", 7.0, "7", date(2023, 6, 5), "（万元）", "6月", "其中：一期", "一、产业项目（3个）", "单位：亿元", -5.0, 0.0, 1e9, "无", "500万元", "备注", "总投资", "本月完成投资（亿元）", "累计",
    "填报人：张三", "主体结构施工至五层，室外管网完成百分之八十，正在安装设备", "计划六月完成投资三百万元，因连续降雨影响工期，目前累计完成八成，下月抓紧施工，确保年底前全部完成并交付使用", "衡南县", "2023年5月", 45_078.0, "√", "1-6月累计", "一", "①")
Change = Callable[[Sheet], Sheet]


def _cell(r: int, c: int, value: CellValue) -> Change:
    def change(sheet: Sheet) -> Sheet:
        rows = [list(row) for row in sheet.rows]
        rows[r] += [None] * (c + 1 - len(rows[r]))
        rows[r][c] = value
        return replace(sheet, rows=rows)
    return change


def _rows(change: Callable[[list[list[CellValue]]], object]) -> Change:
    def changed(sheet: Sheet) -> Sheet:
        rows = [list(row) for row in sheet.rows]
        change(rows)
        return replace(sheet, rows=rows)
    return changed


def _columns(at: int, *, twice: bool) -> Change:
    return _rows(lambda rows: [row.__setitem__(slice(at, at + 1), row[at:at + 1] * 2 if twice else []) for row in rows])


def _merge(r: int, c: int, down: int, right: int) -> Change:
    return lambda sheet: replace(sheet, merges=(*sheet.merges, Span(r + 1, c + 1, r + 1 + down, c + 1 + right)))


def changes(rng: random.Random, sheet: Sheet, cells: int) -> Iterator[tuple[str, Change]]:
    """Cells from all over, more of them where heads stand; rows and columns left out, said twice and left blank; merges."""
    height, width = len(sheet.rows), max(map(len, sheet.rows))
    for _ in range(cells):
        r, c, value = rng.randrange(min(height, rng.choice((4, 8, height)))), rng.randrange(width), rng.choice(PUT)
        yield f"{r + 1}/{c + 1} {value}", _cell(r, c, value)
    at, column = rng.randrange(min(height, 8)), rng.randrange(width)
    below = rng.randrange(height)
    yield f"without row {at + 1}", _rows(lambda rows: rows.pop(at))
    yield f"without row {below + 1}", _rows(lambda rows: rows.pop(below))
    yield f"row {below + 1} twice", _rows(lambda rows: rows.insert(below, list(rows[below])))
    yield f"blank before row {at + 1}", _rows(lambda rows: rows.insert(at, [None] * width))
    yield f"without column {column + 1}", _columns(column, twice=False)
    yield f"column {column + 1} twice", _columns(column, twice=True)
    yield f"merged down at {at + 1}/{column + 1}", _merge(at, column, 1, 0)
    yield f"merged right at {at + 1}/{column + 1}", _merge(at, column, 0, rng.choice((1, 2, 5)))
    above = rng.choice((1, 3, 12, 25, 26, 27, 28, 29, 30))
    yield f"{above} blank above", _rows(lambda rows: rows.__setitem__(slice(0, 0), [[None] * width for _ in range(above)]))
    yield "hidden", lambda s: replace(s, hidden=True)


def differences(book: Book, ledger: LedgerSnapshot, rng: random.Random, cells: int) -> Iterator[str]:
    """What each change of the first sheet changes of the reading."""
    before = list(told(understand(book, ledger)))
    for name, change in changes(rng, book.sheets[0], cells):
        now = list(told(understand(replace(book, sheets=(change(book.sheets[0]), *book.sheets[1:])), ledger)))
        gone, new = [x for x in before if x not in now], [x for x in now if x not in before]
        total = sha256("\n".join(now).encode()).hexdigest()[:6]
        shown = " ⏎ ".join(x.strip()[:90] for x in (*[f"− {x.strip()}" for x in gone[:1]], *[f"＋ {x.strip()}" for x in new[:2]]))
        yield f"{name}: −{len(gone)} ＋{len(new)} {total} {shown}"


def test_drawn_shapes_with_one_thing_changed() -> None:
    def lines() -> Iterator[str]:
        for seed, (name, shape) in enumerate(SHAPES.items(), 300):
            d = Draw(seed)
            yield f"== {name}"
            yield from differences(Book(f"{shapes_drawn.UNIT}6月.xlsx", tuple(shape(d)), "xlsx"), d.ledger, random.Random(name), 8)

    hold(KEPT / "aside_shapes.txt", lines())


TABLES: Sequence[frozenset[str]] = (frozenset(), HARD, SOFT, frozenset({"code", "total", "column_numbers"}), frozenset({"cut_words", "months"}), frozenset({"no_unit", "sections", "marks"}),
                                    frozenset({"wide", "repeated_head"}), frozenset({"alone", "text_numbers", "traps"}), frozenset({"continued", "owner_name", "blank_rows"}), frozenset({"beside", "yi"}))


def test_tables_with_one_thing_changed() -> None:
    def lines() -> Iterator[str]:
        for seed, kinds in enumerate(TABLES, 400):
            rng = random.Random(seed)
            drawn = draw(rng, make_ledger(rng, 5), kinds)
            yield f"== {' '.join(sorted(kinds))}"
            yield from differences(drawn.book, _lived(drawn.snapshot), rng, 18)

    hold(KEPT / "aside_tables.txt", lines())


def test_tables_written_by_hand_with_one_thing_changed() -> None:
    def lines() -> Iterator[str]:
        snapshot = _lived(make_ledger(random.Random(6), 6))
        own = [p for p in snapshot.projects if p.unit == "衡南县"][:5]
        for name, (period, sheet) in BY_HAND.items():
            yield f"== {name}"
            yield from differences(Book("衡南县.xlsx", (sheet(own),), "xlsx"), replace(snapshot, period=period), random.Random(name), 16)

    hold(KEPT / "aside_by_hand.txt", lines())
