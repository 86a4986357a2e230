"""What a person types in the place of what was read, tables without a head, and whose a book is by its words: swept over their edges and
held against what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from hydesk.domain.fields import Field
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.snapshot import LedgerSnapshot, PeriodFigures, ReportingUnit
from hydesk.domain.understanding import Corrections
from hydesk.returns.choose import unit_by_content
from hydesk.returns.matching import ProjectIndex
from hydesk.returns.named_columns import guess_layout
from hydesk.returns.pipeline import understand
from tests.kept import hold
from tests.returns.test_kept_books import LEDGER, NAMES, SHEETS
from tests.returns.test_kept_checks import BASE, JUNE, MAY, UNIT, WAN, held

F = Field
KEPT = Path(__file__).parent / "kept"


def test_corrections_of_every_field() -> None:
    heads: list[CellValue] = ["序号", "项目名称", "总投资（万元）", "本月完成投资（万元）", "累计完成投资（万元）", "形象进度", "开工时间", "存在问题", "业主单位"]
    rows: list[list[CellValue]] = [[float(n + 1), name, 3_000.0, 120.0, 620.0, "主体施工", "2023年3月", "用地未批", "恒岳公司"] for n, name in enumerate(NAMES[:3])]
    book = Book("报表.xlsx", (Sheet("表", [["衡南县2023年6月进展情况表"], heads, *rows]),), "xlsx")
    ledger = replace(LEDGER, projects=tuple(replace(p, invested_before=0, previous=held(MAY, 100, 500, 500)) for p in LEDGER.projects))

    def lines() -> Iterator[str]:
        for f, text in product((F.TOTAL_INVESTMENT, F.MONTH_INVESTMENT, F.YEAR_INVESTMENT, F.TOTAL_INVESTED, F.PROGRESS_TEXT, F.START_DATE, F.PROBLEM_TEXT, F.BUILDER, F.ANNUAL_PLAN), ("", "125.5", " 130 ", "—", "1.2亿", "约300", "2023年5月", "2023-02-30", "主体封顶", "无")):
            try:
                found = understand(book, ledger, UNIT, corrections=Corrections({("表", 3, f): text}, {}))
            except ValueError as wrong:
                yield f"{f.value} {text!r}: ! {wrong}"
                continue
            r = found.rows[0]
            own = [f"{x.code} {x.field and x.field.value} {x.message.partition('：')[2]}" for x in found.findings if x.row == 3]
            yield f"{f.value} {text!r}: {r.values.get(f)!r} {r.words.get(f)!r} {r.accepted} {({k.value: str(v) for k, v in r.values.items() if k in (F.YEAR_INVESTMENT, F.TOTAL_INVESTED)})} {own}"
        for code in ("HY2023-001", "HY2023-005", "HY2023-999", ""):
            found = understand(book, ledger, UNIT, corrections=Corrections({}, {("表", 4): code}))
            yield f"row 4 is {code!r}: {[(r.row, r.project, r.match, r.accepted) for r in found.rows]} {[x.code for x in found.findings if x.row == 4]}"

    hold(KEPT / "corrections.txt", lines())


def test_tables_without_a_head() -> None:
    """Columns told by their figures: how far they may be off, how many must fit, in which unit."""
    index = ProjectIndex(LEDGER)
    meant = {"total": 3_000.0, "before": 1_000.0, "plan": 1_500.0, "year": 600.0, "year at once": 500.0, "a third more": 1_000.0, "more than a third": 1_000.1, "month": 120.0, "a fifth": 300.0, "more than a fifth": 300.1, "nothing": 77.0}

    def lines() -> Iterator[str]:
        for (name, value), off, fitting, unit in product(meant.items(), (1.0, 1.001, 1.00101, 0.999, 0.99899), (5, 3, 2, 1), (1.0, 1e-4, 1e4)):
            if off != 1.0 and (fitting != 5 or unit != 1.0):
                continue
            sheet = Sheet("表", [[float(n + 1), project, value * off * unit if n < fitting else 31.0 + 7 * n, "主体"] for n, project in enumerate(NAMES[:5])])
            found = guess_layout(sheet, index, JUNE)
            yield f"{name} {off} {fitting} {unit}: { {c: f.value for c, f in found.layout.columns.items()} } { {c: u.value for c, u in found.layout.units.items()} } {len(found.rows)}"
        for grid in ([["a", "b"], [1.0, 2.0]], [[NAMES[0], "x"]], [[NAMES[0], 3_000.0], [NAMES[1], 3_000.0]], [[NAMES[0], NAMES[1]], [NAMES[2], NAMES[3]]], [["HY2023-001", NAMES[0], 3_000.0], ["HY2023-002", NAMES[1], 3_000.0], ["HY2023-003", NAMES[2], 3_000.0]]):
            found = guess_layout(Sheet("表", grid), index, JUNE)  # type: ignore[arg-type]
            yield f"{grid}: { {c: f.value for c, f in found.layout.columns.items()} } {sorted(found.rows)}"

    hold(KEPT / "no_head.txt", lines())


def test_whose_a_book_is_before_any_table_is_read() -> None:
    index = ProjectIndex(LEDGER)
    sheets = {"none": [["x"]], "line": [["填报单位：祁东县"]], "title": [["衡南县进展情况表"]], "two": [["衡南县、祁东县进展情况表"]], "long": [["衡南县" + "进展" * 30]], "wide": [["a", "b", "c", "d", "衡南县"]], "four": [["a", "b", "c", "衡南县"]], "short": [["衡"]],
              **{f"{own} and {other}": [[n] for n in (*NAMES[:own], *NAMES[6:6 + other])] for own, other in product((0, 1, 2, 4), (0, 1, 2, 3))}, "deep": [*([""] for _ in range(10)), ["衡南县报表"]], "ninth": [*([""] for _ in range(9)), ["衡南县报表"]],
              "far": [*([""] for _ in range(400)), [NAMES[0]]], "just near": [*([""] for _ in range(399)), [NAMES[0]]]}

    def lines() -> Iterator[str]:
        for (name, grid), sheet, file in product(sheets.items(), ("表", "祁东县"), ("报表.xlsx", "松木经开区.xlsx", "衡南祁东.xlsx")):
            for hidden in (False, True):
                book = Book(file, (Sheet(sheet, grid, hidden=hidden),), "xlsx")  # type: ignore[arg-type]
                yield f"{name} {sheet} {file} {hidden}: {unit_by_content(book, LEDGER, index)}"
        for name, own in SHEETS.items():
            yield f"{name}: {unit_by_content(Book('报表.xlsx', (own,), 'xlsx'), LEDGER, index)}"

    hold(KEPT / "whose.txt", lines())


def test_ledgers_of_which_part_is_known() -> None:
    """A sum that may be of the year or since the start, where the ledger knows the years before of some projects only."""
    heads: list[CellValue] = ["序号", "项目名称", "6月完成投资（万元）", "累计完成投资（万元）"]

    def lines() -> Iterator[str]:
        for unknown, nought, value in product(range(5), (0, 1, 4), (620.0, 1_620.0, 640.0, 762.0, 1_990.0)):
            projects = tuple(replace(BASE, code=f"HY2023-{n:03d}", name=name, invested_before=None if n <= unknown else 0 if n <= unknown + nought else 1_000 * WAN,
                                     previous=PeriodFigures(MAY, {F.MONTH_INVESTMENT: 100 * WAN, F.YEAR_INVESTMENT: 500 * WAN})) for n, name in enumerate(NAMES[:4], 1))
            ledger = LedgerSnapshot(2023, JUNE, (ReportingUnit(UNIT),), projects)
            found = understand(Book("报表.xlsx", (Sheet("表", [["6月进展情况表"], heads, *([float(n), name, 120.0, value] for n, name in enumerate(NAMES[:4], 1))]),), "xlsx"), ledger, UNIT)
            column = next((c for s in found.sheets for c in s.columns if c.letter == "D"), None)
            yield f"{unknown} unknown, {nought} begun now, {value}: {column and column.field and column.field.value} {column and column.reason} {[f.code for f in found.findings if f.column == 'D']}"

    hold(KEPT / "part_known.txt", lines())
