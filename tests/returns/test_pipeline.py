"""Whole returns, drawn at random from a ledger and read back: nothing wrong may get in silently."""

from __future__ import annotations

import random
import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hydesk.domain.fields import Field
from hydesk.domain.findings import Level
from hydesk.domain.grid import Book, Sheet
from hydesk.domain.understanding import Understanding
from hydesk.excel.formulas import compute
from hydesk.returns.pipeline import understand
from tests.returns.drawing import HARD, SOFT, Drawn, draw, make_ledger


def read(drawn: Drawn) -> Understanding:
    for sheet in drawn.book.sheets:
        compute(sheet.rows, sheet.formulas)  # type: ignore[arg-type]
    return understand(drawn.book, drawn.snapshot)


def flagged(u: Understanding, row: int, column: str) -> bool:
    """Whether a warning or error points at the cell, its row, or its whole column."""
    if u.rejected:
        return True
    for f in u.findings:
        if f.level is Level.NOTE:
            continue
        letters = f.column or (re.match("[A-Z]+", f.cell)[0] if f.cell else None)  # type: ignore[index]
        if f.row == row and letters in (None, column):
            return True
        if f.row is None and letters == column:
            return True
    return False


def judge(drawn: Drawn) -> Counter[str]:
    """right, asked, silent (wrong and nothing said), ghost (a row that is no project), alarm (on a clean row)."""
    u = read(drawn)
    got = {(r.sheet, r.row): r for r in u.rows}
    score: Counter[str] = Counter()
    for key, (code, values) in drawn.truth.items():
        row = got.get(key)
        if row is not None and row.project not in (None, code):
            score["silent"] += 1
        for f, value in values.items():
            read_value = row.values.get(f) if row is not None and row.project == code else None
            if (read_value or 0) == value:
                score["right"] += 1
            else:
                column = re.match("[A-Z]+", drawn.cells[key][f])
                assert column is not None
                score["asked" if flagged(u, key[1], column[0]) else "silent"] += 1
        score["alarm"] += any(f.row == key[1] and f.level is not Level.NOTE for f in u.findings)
    score["ghost"] = sum(1 for k, r in got.items() if k not in drawn.truth and r.project and r.accepted)
    return score


kinds = st.tuples(st.frozensets(st.sampled_from(sorted(HARD)), max_size=4), st.frozensets(st.sampled_from(sorted(SOFT)), max_size=4))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(min_value=0, max_value=10**6), kinds)
def test_a_ledger_drawn_in_any_shape_is_never_misread_silently(seed: int, chosen: tuple[frozenset[str], frozenset[str]]) -> None:
    rng = random.Random(seed)
    score = judge(draw(rng, make_ledger(rng, 8), chosen[0] | chosen[1]))
    assert score["silent"] == 0
    assert score["ghost"] == 0


def test_the_hardest_shapes_are_read_almost_whole() -> None:
    total: Counter[str] = Counter()
    for seed in range(80):
        rng = random.Random(seed)
        shape = frozenset(rng.sample(sorted(HARD), 3)) | frozenset(rng.sample(sorted(SOFT), 2))
        total += judge(draw(rng, make_ledger(rng, 10), shape))
    cells = total["right"] + total["asked"] + total["silent"]
    assert total["silent"] == 0
    assert total["ghost"] == 0
    assert total["right"] >= 0.97 * cells
    assert total["alarm"] <= 0.02 * cells


def test_an_old_month_left_in_the_book_is_not_taken() -> None:
    rng = random.Random(3)
    drawn = draw(rng, make_ledger(rng), frozenset())
    june = drawn.book.sheets[0]
    may_rows = [[str(v).replace("6月", "5月") if isinstance(v, str) else v for v in r] for r in june.rows]
    book = Book(drawn.book.name, (Sheet("5月", may_rows, june.merges), june), "xlsx")
    u = understand(book, drawn.snapshot)
    used = {s.name: s for s in u.sheets}
    assert used["6月"].used
    assert not used["5月"].used
    assert "5月" in (used["5月"].why or "")


def test_a_return_of_another_month_is_refused_with_the_reason() -> None:
    rng = random.Random(4)
    drawn = draw(rng, make_ledger(rng), frozenset())
    sheet = drawn.book.sheets[0]
    rows = [[str(v).replace("6月", "5月") if isinstance(v, str) else v for v in r] for r in sheet.rows]
    u = understand(Book("报表.xlsx", (Sheet("5月", rows, sheet.merges),), "xlsx"), drawn.snapshot)
    assert u.rejected
    assert u.rows == ()
    assert "5月" in u.findings[-1].message


def test_a_table_without_a_head_is_asked_about() -> None:
    rng = random.Random(5)
    snapshot = make_ledger(rng)
    rows = [[i, p.name, 100.0, 20.0] for i, p in enumerate(snapshot.projects[:8], 1)]
    u = understand(Book("报表.xlsx", (Sheet("Sheet1", rows),), "xlsx"), snapshot)
    assert u.rejected
    assert "没有表头" in u.findings[-1].message


def small(rows: list[list[object]], seed: int = 7) -> tuple[Understanding, list[str]]:
    """A plain four-column return of the first unit's projects, with ``rows`` put in after the head."""
    snapshot = make_ledger(random.Random(seed))
    head = ["序号", "项目名称", "本月完成投资（万元）", "1-6月累计完成投资（万元）"]
    u = understand(Book("雁峰区6月.xlsx", (Sheet("6月", [head, *rows]),), "xlsx"), snapshot)  # type: ignore[list-item]
    return u, [f.code for f in u.findings if f.level is not Level.NOTE and f.row is not None]


def figures(at: int, month: int = 1_000_000) -> tuple[str, float, float]:
    """Name, month and year to date (万元) of a project of the first unit, joined to May."""
    p = make_ledger(random.Random(7)).projects[at]
    assert p.previous is not None
    return p.name, month / 1e4, (p.previous.money[Field.YEAR_INVESTMENT] + month) / 1e4


def test_clean_rows_raise_no_alarm() -> None:
    _, codes = small([[i + 1, *figures(i)] for i in range(6)])
    assert codes == []


def test_planted_mistakes_are_each_named() -> None:
    name, month, year = figures(0)
    others = [[i + 1, *figures(i)] for i in range(1, 6)]
    p = make_ledger(random.Random(7)).projects[0]
    assert p.previous is not None
    assert p.total_investment is not None
    planted: dict[str, list[object]] = {
        "negative": [1, name, -month, year],
        "ytd_fell": [1, name, month, p.previous.money[Field.YEAR_INVESTMENT] / 2e4],
        "ytd_mismatch": [1, name, month, year + 321],
        "over_total": [1, name, month, p.total_investment * 1.2 / 1e4],
        "unit_slip": [1, name, month * 1e4, year],
        "copied_month": [1, name, p.previous.money[Field.MONTH_INVESTMENT] / 1e4, (p.previous.money[Field.YEAR_INVESTMENT] + p.previous.money[Field.MONTH_INVESTMENT]) / 1e4],
        "text_in_number": [1, name, "同上月", year],
        "error_value": [1, name, "#REF!", year],
        "value_from_words": [1, name, f"约{month}", year],
        "blank_key": [1, name, month, ""],
        "unknown_project": [1, "从未听说的氢能飞机总装基地", month, year],
        "foreign_project": [1, make_ledger(random.Random(7)).projects[-1].name, month, year],
    }
    for code, row in planted.items():
        _, codes = small([row, *others])
        assert code in codes, f"{code} not among {codes}"


def test_the_same_project_twice_is_taken_once() -> None:
    u, codes = small([[1, *figures(0)], [2, *figures(1)], [3, *figures(0)]])
    assert codes == ["duplicate"]
    assert [r.accepted for r in u.rows] == [True, True, False]


def test_a_slip_suggests_the_right_value() -> None:
    name, month, year = figures(0)
    u, _ = small([[1, name, month * 1e4, year], *([i + 1, *figures(i)] for i in range(1, 6))])
    slip = next(f for f in u.findings if f.code == "unit_slip")
    assert slip.suggestion == 1_000_000
    assert slip.cell == "C2"


def test_a_near_name_is_taken_with_a_word_and_two_near_ones_never() -> None:
    name, month, year = figures(0)
    u, codes = small([[1, name[:2] + "某" + name[3:], month, year], *([i + 1, *figures(i)] for i in range(1, 6))])
    assert codes == ["name_near"]
    assert u.rows[0].match == "near"


def test_declared_counts_and_totals_are_checked() -> None:
    rows = [["一、", "产业发展项目（5个）", "", ""], *([i + 1, *figures(i)] for i in range(3)), ["合计：4个", "", 999.0, ""]]
    _, codes = small(rows)
    assert "count_differs" in codes
    assert "total_count_differs" in codes
    assert "sum_differs" in codes


def test_a_sheet_of_sentences_that_speaks_of_projects_is_noted_once() -> None:
    rng = random.Random(5)
    drawn = draw(rng, make_ledger(rng), frozenset())
    names = [p.name for p in drawn.snapshot.projects][:3]
    words = Sheet("情况说明", (("关于六月份项目推进情况的说明",), (f"一是{names[0]}已完成主体施工，{names[1]}正在办理手续；",),
                           (f"二是{names[2]}因用地问题进展缓慢，正在协调解决。",)))
    book = Book(drawn.book.name, (*drawn.book.sheets, words), "xlsx")
    notes = [f for f in understand(book, drawn.snapshot).findings if f.code == "sheet_unread"]
    assert [(f.level, f.sheet) for f in notes] == [(Level.NOTE, "情况说明")]
    assert "3 个" in notes[0].message
