"""What the models of other screens make of the frozen town: the handbook's pages, problems, registers, nodes, boards, lists under
review, and drafts of returns with every answer given to every question; held against what was looked at.

To keep what is found now, after reading the differences: HYDESK_KEEP=1 pytest tests/ui/models/test_kept_models.py
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from hydesk.db.ledger import Ledger
from hydesk.domain.filled_form import FilledForm, FormCell, FormRow, FormSheet, Unfilled
from hydesk.domain.findings import Finding, Level
from hydesk.domain.money import MoneyUnit
from hydesk.domain.periods import Period
from hydesk.domain.questions import BACK, KNOWN, LATER, TAKEN
from hydesk.reports.kinds import ReportKind
from hydesk.services.acts.undo_import import undo_import
from hydesk.services.milestones.list_milestones import list_milestones
from hydesk.services.pages.cross_table import CrossMeasure, Dimension, cross_table
from hydesk.services.pages.ledger_rows import read_rows
from hydesk.services.problems.follow_problems import follow_problems
from hydesk.services.problems.list_problems import list_problems
from hydesk.services.registers.list_registers import list_registers
from hydesk.services.registers.look_at_register import look_at_register
from hydesk.services.returns.know_ledger import know_ledger
from hydesk.services.returns.list_returns import list_returns, original_file
from hydesk.services.returns.read_return import ReturnDraft, read_return
from hydesk.services.returns.returns_board import returns_board
from hydesk.ui.help.markdown import to_html
from hydesk.ui.help.pages import Handbook
from hydesk.ui.kit.pdf_pages import PageSize
from hydesk.ui.screens.ledger.model import LedgerModel
from hydesk.ui.screens.nodes import lists as nodes
from hydesk.ui.screens.problems.columns import TOLD, columns, told_columns
from hydesk.ui.screens.problems.rows import ProblemQuery, ProblemRows
from hydesk.ui.screens.registers.rows import CASES, SheetQuery, SheetRows
from hydesk.ui.screens.reports.cross_lines import CrossLine, cell_words, own_words
from hydesk.ui.screens.reports.form_lines import cells_of, marks_of, said_of
from hydesk.ui.screens.reports.form_lines import lines_of as lines_of_form
from hydesk.ui.screens.reports.made import Wanted, make, weeks_of
from hydesk.ui.screens.reports.page_layout import Fit, place_pages
from hydesk.ui.screens.returns.board_words import color_of, early_or_late, story, when
from hydesk.ui.screens.returns.pile import Pile
from hydesk.ui.screens.returns.sides import sides_of
from hydesk.ui.screens.returns.source_rows import fields_of, strip_of
from hydesk.ui.screens.returns.waiting import WaitingDraft
from hydesk.ui.style import Theme
from tests.kept import hold, lines_of
from tests.town import IN_HENGYANG
from tests.ui.models.test_kept_town import shown

pytestmark = IN_HENGYANG
KEPT = Path(__file__).parent / "kept_models"
JUNE, ON = Period.month(2023, 6), date(2023, 7, 5)
THEME = Theme()


def _some(lines: Iterable[str], every: int = 7) -> Iterator[str]:
    """Some of the lines, and one number over all of them."""
    found = list(lines)
    yield from found[::every]
    whole = zlib.crc32("\n".join(found).encode())
    yield f"all {len(found)}: {whole:08x}"


PAGE = """# 一 *标题* `键`

第一行
第二行，「窗口」和 **粗**，[链接](别页.md#三)。硬断\\
下一行 a < b & c

- 一
- 二

  又一段
  - 里层

    ![图](图.png)

3. 从三起
4. 四

> 注意「这里」
>
> 再一段

![一张图](a.png)

文中![小图](b.png)还有字

字后![尾图](c.png)

## 二、Second-Part (x)!

| 甲 | 乙 |
|---|---|
| `F1` | **二** |

1. 一
"""


def test_pages_of_the_handbook() -> None:
    def lines() -> Iterator[str]:
        html, headings = to_html(PAGE)
        yield from html.splitlines()
        yield from map(str, headings)
        book = Handbook()
        for page in book.pages.values():
            sane = page.html.count("<p>") == page.html.count("</p>") - page.html.count('<p class="') and page.html.count("<li>") == page.html.count("</li>")
            assert sane, page.name
        assert [f.where for f in book.find("没有这样的词 qq")] == []

    hold(KEPT / "markdown.txt", lines())


@pytest.fixture
def book(tmp_path: Path) -> Handbook:
    (tmp_path / "README.md").write_text("# 手册\n\n- [一](one.md)\n- [二](two.md)\n- [一](one.md)\n", encoding="utf-8")
    (tmp_path / "one.md").write_text("# 一\n\n开头的收报。\n\n## 收报\n\n把报表拖进窗口，收报就开始。" + "很长的一行" * 12 + "收报在末尾\n\n> - 1. 引用里的字\n\n| 甲 | 收报 |\n|---|---|\n", encoding="utf-8")
    (tmp_path / "two.md").write_text("# 二 收报\n\n没有\n", encoding="utf-8")
    return Handbook(tmp_path)


def test_what_is_found_in_the_handbook(book: Handbook) -> None:
    hold(KEPT / "handbook.txt", (line for words in ("收报", "收报 末尾", "一", "引用", "", "无") for line in (f"== {words}", *map(str, book.find(words)))))
    assert list(book.pages) == ["README", "one", "two"]


def test_problems_view_by_view(town: Ledger) -> None:
    def lines() -> Iterator[str]:
        following = follow_problems(town, JUNE)
        rows = ProblemRows(list_problems(town, ON), following)
        yield f"{[r.problem.id for r in rows.select(ProblemQuery(text='征'))]}"
        for view in range(TOLD):
            yield from _some(shown(columns(view, THEME), rows.rows), 3)
        yield from _some(shown(told_columns(THEME), rows.told), 3)

    hold(KEPT / "problems.txt", lines())


def test_registers_as_tables(town: Ledger) -> None:
    def lines() -> Iterator[str]:
        for listed in (r for r in list_registers(town, ON) if r.records):
            rows = SheetRows(look_at_register(town, listed.id, JUNE), ON)
            fields = rows.filters()
            yield f"== {listed.definition.name} {len(rows.rows)} {rows.late} {[f.key for f in fields]}"
            yield from _some((f"{r.id} {r.late} {r.days} {r.closed} {r.found[:80]!r}" for r in rows.rows), 9)
            for key in (CASES, *(f.key for f in fields)):
                yield f"{key!r} {rows.order(key)[:9]} {sorted(rows.choices(key, SheetQuery('市'), None).items())[:6]}"
            for view in (None, *listed.definition.views):
                for query in (SheetQuery(), SheetQuery("xm"), SheetQuery(chosen={CASES: frozenset(("逾期",))}), SheetQuery(" ", {fields[0].key: frozenset(rows.order(fields[0].key)[:1])} if fields else {})):
                    yield f"  {view.name if view else ''} {query.narrowed} {[r.id for r in rows.select(query, view)][:20]}"

    hold(KEPT / "registers.txt", lines())


def test_nodes_as_lists(town: Ledger) -> None:
    def lines() -> Iterator[str]:
        found = list_milestones(town, JUNE, today=ON)
        every = [*found.overdue(), *found.due(60), *found.slipped()]
        for view in (nodes.DUE, nodes.OVERDUE, nodes.SLIPPED):
            yield from _some(shown(nodes.columns(THEME, view), every), 40)
        yield from _some(map(str, nodes.table_rows(list(found.projects), found)), 12)

    hold(KEPT / "nodes.txt", lines())


def test_words_of_the_board(town: Ledger) -> None:
    def lines() -> Iterator[str]:
        for on in (date(2023, 7, 1), date(2023, 7, 5), date(2023, 7, 9)):
            for line in returns_board(town, JUNE, on)[::2]:
                for one in (line, replace(line, papers=2)):
                    yield f"{story(one)} {early_or_late(one)} {color_of(one.status, THEME.palette).name()}"
        yield f"{when(None)} {when(datetime(2023, 6, 30, 14, 5))}"

    hold(KEPT / "board.txt", lines())


def test_a_cross_table_cell_by_cell(town: Ledger) -> None:
    made = cross_table(town, JUNE, Dimension.UNIT, Dimension.NATURE)
    lines = [CrossLine(r, made.row_totals[r], tuple(made.cells.get((r, c)) for c in made.columns)) for r in made.rows]
    hold(KEPT / "cross.txt", (f"{m.value} {x.name} {own_words(m, x)} {[cell_words(m, i, x) for i in range(len(x.cells))]}" for m in CrossMeasure for x in lines[::3]))


def test_pages_lie_where_there_is_room() -> None:
    upright, landscape = PageSize(595, 842), PageSize(842, 595)
    papers = {"text": [upright] * 3, "annexes": [upright, upright, landscape, landscape, upright], "wide": [landscape], "none": []}

    def lines() -> Iterator[str]:
        for name, sizes in papers.items():
            for room in (QSize(400, 300), QSize(1000, 700), QSize(2400, 1300), QSize(60, 40), QSize(620, 1400), QSize(1500, 640), QSize(1242, 900), QSize(1243, 900)):
                for zoom in (Fit.WIDTH, Fit.PAGE, 1.0, 0.5):
                    placed = place_pages(sizes, room, zoom)
                    yield f"{name} {room.width()}×{room.height()} {zoom} " + " ".join(f"{p.box.x()},{p.box.y()},{p.box.width()}×{p.box.height()}@{p.scale:.3f}" for p in placed)

    hold(KEPT / "pages.txt", lines())


def test_a_report_for_the_screen(town: Ledger) -> None:
    made = make(town, Wanted(ReportKind.UNIT, JUNE, "衡南县", issued=ON), lambda *_: None)

    def lines() -> Iterator[str]:
        yield f"{made.stem} {made.note} {made.remarks} {len(made.sentences)}"
        for p in made.places:
            yield f"{p.sentence.key} {[(m.page, [tuple(round(v) for v in b) for b in m.boxes]) for m in p.marks]}"

    hold(KEPT / "made.txt", lines())
    weeks = [[str(w) for w in weeks_of(Period.month(2023, m))] for m in range(1, 13)]
    assert sorted({w for some in weeks for w in some}) == [f"2023-W{n:02d}" for n in range(1, 53)]
    assert all(Period.parse(w).day.month == m for m, some in enumerate(weeks, 1) for w in some)


def test_every_cell_of_the_ledger(town: Ledger) -> None:
    def lines() -> Iterator[str]:
        for period in (JUNE, Period.parse("2023-W25")):
            model = LedgerModel(THEME)
            model.show_rows(read_rows(town, period))
            for unit in (MoneyUnit.WAN, MoneyUnit.YI):
                model.show_unit(unit)
                yield from _some((f"{model.head(c).text} {model.head(c).measure} {model.columns[c].key} {model.columns[c].shown}" for c in range(len(model.columns))), 9)
                yield from _some(_cells(model), 97)

    hold(KEPT / "ledger_cells.txt", lines())


def _cells(model: LedgerModel) -> Iterator[str]:
    for row in range(0, model.height(), 2):
        for column in range(len(model.columns)):
            cell = model.cell(row, column)
            yield f"{row},{column} {model.text(row, column)} {model.entered(row, column)} {model.tip(row, column)} {cell.color.name() if cell.color else ''} {cell.bold} {cell.right}"


def test_what_is_told_of_a_filled_form() -> None:
    june = FormSheet("6月", (3, 4), (FormRow(5, "甲", "HY1", cells=(FormCell(5, 3, "plan", 10**6, "100", "台账"), FormCell(5, 4, "year", 7, "7", "台账"))), FormRow(9, "合计", None)),
                     (Unfilled("F", "联系人", "台账里没有", (5, 6), "衡南县"), Unfilled("G", "备注", "不认识这一栏")), period="2023-06")
    other = FormSheet("说明", why="没有表头", period="2023-05")
    more = FormSheet("5月", (2,), (FormRow(3, "乙", "HY2", cells=(FormCell(3, 2, "plan", 5, "5", "台账"),)),), period="2023-05")
    findings = (Finding(Level.ERROR, "a", "表“6月”C5：原来写的是 3", "6月", 5, "C5"), Finding(Level.WARNING, "b", "表头有两处", "6月", 3), Finding(Level.NOTE, "c", "另存为", "6月", 5, "D5"),
                Finding(Level.WARNING, "d", "没有冒号", "5月", 3, "B3"))

    def lines() -> Iterator[str]:
        for sheets in ((june,), (june, other, more), (more,), ()):
            form = FilledForm("a.xlsx", "2023-06", sheets, findings if sheets else (), ("图片一张",) if len(sheets) > 1 else ())
            yield said_of(form)
            yield from map(str, lines_of_form(form))
            for name in ("6月", "5月", "没有"):
                yield f"{name} {sorted(cells_of(form, name))} {sorted((k, v.name) for k, v in marks_of(form, name).items())}"

    hold(KEPT / "forms.txt", lines())


def test_heads_and_choices_of_registers(town: Ledger) -> None:
    sheets = [look_at_register(town, r.id, JUNE) for r in list_registers(town, ON)]
    hold(KEPT / "heads.txt", (f"{s.definition.key}.{f.key}: {s.head(f)} {s.kind(f).name} {s.choices(f)[:9]} {[s.check(f, w)[1] for w in ('', '12', '2023-06-30', '没有')]}" for s in sheets for f in s.definition.fields))


# Returns under review -------------------------------------------------------------------------------------------

UNITS = ("衡阳县", "耒阳市", "衡东县", "衡山县", "高新区", "常宁市", "珠晖区")
"""Those of the demonstration with a planted mistake each, of another kind."""


@pytest.fixture(scope="module")
def drafts(demo_ledger: Ledger) -> list[ReturnDraft]:
    """June's returns of the demonstration, read again after their import was undone."""
    imported = {r.unit: r.id for r in list_returns(demo_ledger) if r.period == JUNE}
    files = [original_file(demo_ledger, imported[u]) for u in UNITS]
    for unit in UNITS:
        undo_import(demo_ledger, imported[unit])
    known = know_ledger(demo_ledger, JUNE)
    return [read_return(demo_ledger, file, JUNE, known=known) for file in files]


def _state(w: WaitingDraft) -> str:
    return (f"{w.status} {w.can_apply} errors {w.open_errors()} write {w.rows_to_write()} wait {w.rows_waiting()} back {len(w.sent_back())} decided {sorted((str(k), v) for k, v in w.decided.items())} "
            f"by hand {len(w.by_hand)} reasons {sorted(w.reasons.values())}")


def _looked(w: WaitingDraft) -> Iterator[str]:
    yield f"== {w.draft.name} {w.unit} {w.story!r} {[w.count(level) for level in Level]} questions {len(w.questions)}"
    yield _state(w)
    for f in w.draft.understanding.findings:
        yield f"-- {f.code} {f.sheet} {f.cell} {f.message}"
        yield from lines_of("sides", sides_of(w, f))
        yield f"why not {w.why_not([f])}"
        cut = strip_of(w.draft, [f])
        yield from _some(lines_of("strip", cut), 25)
        for word in (TAKEN, LATER, BACK, KNOWN, ""):
            w.answer([f], word, "核实过")
            yield f"   {word} {_state(w)} {w.word(f)}"
            if word == TAKEN:
                yield from lines_of("sides", sides_of(w, f))
        w.answer([f], TAKEN, "核实过")
    for s in w.draft.understanding.sheets:
        yield f"{s.name} {fields_of(w.draft, s.name)}"
    kept = w.decisions()
    yield f"{kept}"
    other = WaitingDraft(w.draft)
    other.restore(kept)
    yield f"restored {_state(other)}"
    for way in ("undo", "undo", "redo", "undo"):
        step = w.step_back(way)
        yield f"{way} {step.at if step else None} {_state(w)}"
    for change in w.draft.changes[:12]:
        w.toggle([change], not w.accepted(change), "因" if change.project.endswith("3") else "")
    yield f"toggled {_state(w)} {[r.row for r in w.rows_written()]}"
    w.read_anew(replace(w.draft, changes=tuple(replace(c, new=c.new + 100) if isinstance(c.new, int) else c for c in w.draft.changes)))
    yield f"read anew {_state(w)}"
    w.forget_all()
    yield f"forgotten {_state(w)}"


@pytest.mark.parametrize("at", range(len(UNITS)))
def test_a_return_under_review(at: int, drafts: list[ReturnDraft]) -> None:
    hold(KEPT / f"return_{at}.txt", _looked(WaitingDraft(drafts[at])))


def test_the_pile_of_all_that_wait(drafts: list[ReturnDraft]) -> None:
    def lines() -> Iterator[str]:
        pile = Pile()
        told: list[int] = []
        pile.pile_changed.connect(lambda: told.append(len(pile)))
        waits = [pile.add(d) for d in (*drafts, drafts[0])]
        waits[0].received = 7
        for w in waits:
            after = pile.after(w)
            yield f"{w.draft.name} {w.status} {w.repeats} {w.story!r} after: {after.draft.name if after else None}"
        yield f"{[w.draft.name for w in pile.faultless()]} {pile.after(None) is waits[0]}"
        pile.show_period(JUNE)
        pile.show_period(JUNE)
        yield f"{len(pile)} {told}"
        pile.show_period(JUNE.previous())
        yield f"{len(pile)} {pile.faultless()} {told}"
        pile.show_period(JUNE)
        assert pile.renew(drafts[0]) is waits[0]
        assert pile.renew(replace(drafts[0], sha256="other")) is None
        pile.drop_received({7, 8})
        pile.drop_received({9})
        pile.remove(waits[3])
        pile.remove(waits[3])
        yield f"{[w.draft.name for w in pile]} {told}"

    hold(KEPT / "pile.txt", lines())
