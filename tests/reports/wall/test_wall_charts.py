"""作战图 read back from its PDF: every mark at its day, nothing cut or over another, nothing smaller than eight points."""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest

from hydesk.domain.stage_bars import Piece, PieceKind
from hydesk.reports.fonts import FontSet, find_fonts
from hydesk.reports.wall.chart import (
    ChartColumn,
    ChartGroup,
    ChartMark,
    ChartRow,
    MarkKind,
    WallChart,
    short_names,
)
from hydesk.reports.wall.layout import lay_out
from hydesk.reports.wall.paper import OVERLAP, PAPERS, tiles_of
from hydesk.reports.wall.row_layout import mark_shapes, piece_shapes
from hydesk.reports.wall.shapes import Box, Path, WallSheet, Words
from hydesk.reports.wall.wall_pdf import print_sheets
from tests.reports.wall.read_back import ReadChart

FIRST, LAST, ON = date(2023, 1, 1), date(2024, 12, 31), date(2023, 6, 30)
NAMES = ("立项", "用地", "规划许可", "环评", "施工许可", "开工", "主体封顶", "竣工")
COLUMNS = (ChartColumn("序", 2.4, 2.2, centred=True), ChartColumn("项目", 16, 9, bold=True), ChartColumn("谁负责", 8, 6),
           ChartColumn("问题", 14, 8, right=True))
CLOSE = (ChartColumn("序", 2.4, 2.2, centred=True), ChartColumn("项目", 14, 10, bold=True), ChartColumn("谁负责", 9, 7))


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return find_fonts([])


def made_chart(rows: int, seed: int = 1, groups: int = 1) -> WallChart:
    """``rows`` projects with nodes on random days, crowded ones and far ones among them."""
    dice = random.Random(seed)
    short = short_names(NAMES)
    made: list[ChartRow] = []
    for number in range(1, rows + 1):
        begin = date(2022, 3, 1) + timedelta(dice.randrange(900))
        marks = []
        for name in NAMES:
            begin += timedelta(dice.choice((3, 9, 40, 130)))
            marks.append(ChartMark(begin, dice.choice(list(MarkKind)), name, short[name]))
        pieces = (Piece(PieceKind.DONE, marks[0].day, marks[3].day), Piece(PieceKind.LATE, marks[3].day, marks[5].day))
        made.append(ChartRow((str(number), f"第{number}个项目：" + "某某产业园及配套基础设施" * dice.randrange(1, 3), "市领导甲（市）\n衡南县发展和改革局",
                              dice.choice(("—", "用地报批尚未完成，施工单位退场，需市里协调"))), tuple(marks), pieces, ((marks[0].day, marks[5].day),),
                             (marks[0].day, marks[5].day), (marks[2].day,)))
        made[-1] = replace(made[-1], close=(str(number), made[-1].cells[1], "市领导甲（市）\n发展和改革局"))
    per = -(-rows // groups)
    return WallChart("试验作战图", "上半年", ON, FIRST, LAST, COLUMNS,
                     tuple(ChartGroup(f"第{i // per + 1}组　{per} 个", tuple(made[i:i + per])) for i in range(0, rows, per)),
                     (("项目（个）", str(rows)), ("完成率", "53.42%")), "演示数据", "市重点办", ("注：试验。",), tuple((short[n], n) for n in NAMES), CLOSE)


def printed(sheets: tuple[WallSheet, ...], fonts: FontSet, tiles: str = "") -> ReadChart:
    out = BytesIO()
    print_sheets(sheets, out, fonts, "试验", "市重点办", tiles=tiles)
    return ReadChart(out.getvalue())


def test_every_node_is_found_again_at_its_day(fonts: FontSet) -> None:
    chart = made_chart(9)
    (sheet,) = lay_out(chart, fonts, "A3")
    read = printed((sheet,), fonts)
    lines = {row.cells[0]: read.find(f"第{row.cells[0]}个项目：")[0].line for g in chart.groups for row in g.rows}
    months = sorted(f.box[0] for f in read.find("2023年") + read.find("2024年") if f.line > max(lines.values()))
    start, day = months[0], (months[1] - months[0]) / 365
    places = sorted(lines.values(), reverse=True)
    seen = 0
    for group in chart.groups:
        for row in group.rows:
            at = places.index(lines[row.cells[0]])
            above, below = places[at - 1] if at else 1e9, places[at + 1] if at + 1 < len(places) else 0.0
            for mark in row.marks:
                near = [f for f in read.find(mark.said(True)) if below < f.line < above]
                if FIRST + timedelta(60) < mark.day < LAST - timedelta(60):
                    # The label of a year begins 0.3 of the type after its first day.
                    wanted = start + (mark.day - FIRST).days * day
                    assert any(abs(f.middle - wanted) < 6 for f in near), (row.cells[0], mark, wanted, [f.middle for f in near])
                    seen += 1
                else:
                    assert near, (row.cells[0], mark)
    assert seen > 30


@pytest.mark.parametrize(("rows", "paper"), [(1, "A3"), (9, "A3"), (40, "A3"), (60, "A1"), (3, "A4")])
def test_nothing_is_cut_and_no_words_stand_over_others(rows: int, paper: str, fonts: FontSet) -> None:
    chart = made_chart(rows, seed=rows, groups=3 if rows > 5 else 1)
    sheets = lay_out(chart, fonts, paper)
    for sheet in sheets:
        words = [s for s in sheet.shapes if isinstance(s, Words)]
        assert min(w.size for w in words) >= 8.0
        for w in words:
            left, bottom, right, top = w.box
            assert min(left, bottom, sheet.width - right, sheet.height - top) > 10, w
        by_line: dict[int, list[Words]] = defaultdict(list)
        for w in words:
            for line in range(round(w.baseline / 4) - 1, round(w.baseline / 4) + 2):
                by_line[line].append(w)
        for same in by_line.values():
            same.sort(key=lambda w: w.x)
            for a, b in itertools.pairwise(same):
                assert abs(a.baseline - b.baseline) > 0.7 * min(a.size, b.size) or a.x + a.width <= b.x + 0.01, (a, b)


def test_every_row_and_every_mark_is_on_one_of_the_sheets(fonts: FontSet) -> None:
    chart = replace(made_chart(40, seed=3, groups=2), close=())
    sheets = lay_out(chart, fonts, "A3")
    assert len(sheets) > 1
    drawn = [w.text for s in sheets for w in s.shapes if isinstance(w, Words)]
    marks = [m for g in chart.groups for r in g.rows for m in r.marks]
    for name in NAMES:
        shown = sum(t in (name, f"{name}!", short_names(NAMES)[name], f"{short_names(NAMES)[name]}!") for t in drawn)
        assert shown >= sum(m.words == name for m in marks)
    assert all(any(t.startswith(f"第{n}个项目") for t in drawn) for n in range(1, 41))
    assert any("（续）" in t for t in drawn)


def test_rows_stand_close_only_where_they_would_not_fit_on_the_sheet_otherwise(fonts: FontSet) -> None:
    chart = made_chart(40, seed=3, groups=2)
    (sheet,) = lay_out(chart, fonts, "A3")
    drawn = Counter(s.text for s in sheet.shapes if isinstance(s, Words))
    assert min(s.size for s in sheet.shapes if isinstance(s, Words)) >= 8.0
    assert drawn["发展和改革局"] == 40  # the county stands in the heading
    marks = Counter(m.said(False) for g in chart.groups for r in g.rows for m in r.marks)
    assert all(drawn[said] >= n for said, n in marks.items())
    assert len(lay_out(replace(chart, close=()), fonts, "A3")) > 1
    (wide,) = lay_out(chart, fonts, "A1")
    assert not any(isinstance(s, Words) and s.text == "发展和改革局" for s in wide.shapes)


def test_the_paper_decides_how_large_the_type_is(fonts: FontSet) -> None:
    chart = made_chart(14)
    sizes = [lay_out(chart, fonts, paper)[0].size for paper in ("A4", "A3", "A1")]
    assert sizes == sorted(sizes)
    assert sizes[0] >= 8.0
    assert sizes[-1] > 12
    assert {(round(s.width), round(s.height)) for s in lay_out(chart, fonts, "A1")} <= {(2384, 1684), (1684, 2384)}


def test_marks_and_bars_are_told_apart_in_black_and_white() -> None:
    def bare(shape: object) -> object:
        match shape:
            case Box():
                return ("box", round(shape.width, 1), round(shape.line, 2), shape.dashed, shape.fill is not None and sum(shape.fill) < 1.8)
            case Path():
                return ("path", len(shape.points), round(shape.line, 2))
            case Words():
                return ("words", shape.text)
        return type(shape).__name__, getattr(shape, "crossed", None)

    marks = [tuple(map(bare, mark_shapes(k, ChartMark(ON, k, "开工", "开").said(False), 0, 0, 14, 8, 8))) for k in MarkKind]
    assert len(set(marks)) == len(MarkKind)
    bars = [tuple(map(bare, piece_shapes(k, 0, 0, 30, 5))) for k in PieceKind]
    assert len(set(bars)) == len(PieceKind)


def test_a_large_sheet_is_cut_into_pages_that_overlap_and_say_which_they_are(fonts: FontSet) -> None:
    sheets = lay_out(made_chart(30, groups=2), fonts, "A1")
    (sheet,) = sheets
    page, tiles = tiles_of(sheet.width, sheet.height, PAPERS["A4"])
    read = printed(sheets, fonts, "A4")
    assert len(read.sizes) == len(tiles)
    assert {(round(w), round(h)) for w, h in read.sizes} == {tuple(map(round, page))}
    for number, tile in enumerate(tiles):
        assert tile.label in read.text(number)
        assert tile.left + tile.width <= sheet.width + 0.01
        assert tile.bottom >= -0.01
    rows, columns = tiles[-1].row, tiles[-1].column
    beside = [(a, b) for a, b in itertools.pairwise(tiles) if a.row == b.row]
    assert all(abs(a.left + a.width - b.left - OVERLAP) < 0.1 for a, b in beside)
    assert len(beside) == rows * (columns - 1)
    # A frame no wider than the overlap stands whole on one page at least.
    for w in (s for s in sheet.shapes if isinstance(s, Words) and s.width < OVERLAP):
        left, bottom, right, top = w.box
        assert any(t.left <= left and right <= t.left + t.width and t.bottom <= bottom and top <= t.bottom + t.height for t in tiles), w


def test_short_names_are_one_character_each_and_all_different() -> None:
    names = ("立项", "用地", "规划许可", "环评", "可研", "初设", "施工许可", "开工", "主体封顶", "设备安装", "竣工", "投产", "达产", "入统", "施工图审查", "问题整改", "开")
    short = short_names(names)
    assert len(set(short.values())) == len(names)
    assert short["开工"] == "开"
    assert short["施工许可"] == "证"
    assert "问" not in short.values()
    assert max(map(len, short.values())) <= 2


def test_a_name_without_an_end_and_odd_characters_are_drawn_whole(fonts: FontSet) -> None:
    row = ChartRow(("1", "非常长" * 60, "㐀𠮷", "—"), (ChartMark(ON, MarkKind.PLANNED, "开工", "开"),))
    chart = WallChart("图" * 80, "", ON, FIRST, LAST, COLUMNS, (ChartGroup("组" * 200, (row,)),))
    sheets = lay_out(chart, fonts, "A3")
    text = "".join(w.text for s in sheets for w in s.shapes if isinstance(w, Words))
    assert text.count("非常长") == 60
    assert text.count("组") >= 200
    assert text.count("图") >= 80
