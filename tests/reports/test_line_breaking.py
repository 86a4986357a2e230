from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hydesk.reports.line_breaking import CLOSING, OPENING, break_lines, clusters, fit_lines

WORDS = st.sampled_from(["衡", "阳", "投资", "3514.6", "1000kV", "43.04%", "，", "。", "（", "）", "“", "”", "《", "》", "——",
                         "……", "、", " ", "HY2023-001", "A", "3.6万", "％", "：", "1-6月", "㎡"])
TEXTS = st.lists(WORDS, max_size=60).map("".join)


def lines(text: str, room: float, first: float | None = None) -> list[str]:
    widths = [1.0 if ord(c) > 0x2000 else 0.5 for c in text]
    return [text[a:b] for a, b in break_lines(text, widths, room if first is None else first, room)]


def width(text: str) -> float:
    return sum(1.0 if ord(c) > 0x2000 else 0.5 for c in text)


@given(TEXTS, st.integers(8, 30))
def test_nothing_but_blanks_is_lost(text: str, room: int) -> None:
    assert "".join("".join(lines(text, room)).split()) == "".join(text.split())


@given(TEXTS, st.integers(8, 30), st.integers(4, 8))
def test_no_line_is_wider_than_its_room(text: str, room: int, first: int) -> None:
    for index, line in enumerate(lines(text, room, first)):
        assert width(line) <= (first if index == 0 else room) or len(line) == 1


@given(TEXTS, st.integers(8, 30))
def test_lines_break_only_between_pieces_unless_a_piece_is_wider_than_the_line(text: str, room: int) -> None:
    pieces = clusters(text)
    inside = {i for a, b in pieces if width(text[a:b]) <= room for i in range(a + 1, b)}
    starts = [a for a, _ in break_lines(text, [1.0 if ord(c) > 0x2000 else 0.5 for c in text], room, room)]
    assert not inside & set(starts)


@given(TEXTS, st.integers(8, 30))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(text: str, room: int) -> None:
    if any(width(text[a:b]) > room for a, b in clusters(text)):
        return
    made = lines(text, room)
    assert all(line[0] not in CLOSING for line in made[1:])
    assert all(line[-1] not in OPENING for line in made[:-1])


@given(st.lists(st.sampled_from(["完成投资", "亿元", "线路", "3514.6", "1000kV", "12.5%", "，"]), min_size=1, max_size=40).map("".join))
def test_numbers_and_latin_words_stay_whole(text: str) -> None:
    whole = re.findall(r"[0-9A-Za-z.%]+", text)
    if max((width(w) for w in whole), default=0) > 12:
        return
    assert re.findall(r"[0-9A-Za-z.%]+", "\n".join(lines(text, 14))) == whole


@pytest.mark.parametrize(
    ("text", "room", "want"),
    [
        ("年度计划投资1005.3亿元", 8, ["年度计划投资", "1005.3亿元"]),
        ("完成投资，占计划。", 4, ["完成投", "资，占计", "划。"]),
        ("完成总投资，占", 5, ["完成总投", "资，占"]),
        ("见表（附件一）", 3, ["见表", "（附件", "一）"]),
        ("", 5, []),
        ("HYDESKHYDESKHYDESK", 4, ["HYDESKHY", "DESKHYDE", "SK"]),
    ],
)
def test_examples(text: str, room: float, want: list[str]) -> None:
    assert lines(text, room) == want


def fitted(text: str, room: float) -> list[str]:
    return [text[x.start : x.end] for x in fit_lines(text, [1.0] * len(text), room, room)]


def test_a_mark_gives_up_its_white_half_so_that_a_line_ends_full() -> None:
    text = "全市项目，推进有力；完成较好的，抓紧开工。"
    for line in fit_lines(text, [1.0] * len(text), 9.5, 9.5):
        white = sum(c in "，；。" for c in text[line.start : line.end]) / 2
        assert line.end - line.start - line.squeeze * white <= 9.5 + 1e-6
        assert 0 <= line.squeeze <= 1


def test_no_line_is_wider_than_its_room_and_none_begins_with_a_mark() -> None:
    text = "年度计划投资1005.3亿元；1-6月完成投资537.02亿元，占年度计划的53.42%，超时间进度（50.00%）3.42个百分点。" * 4
    widths = [0.55 if ord(c) < 128 else 1.0 for c in text]
    lines = fit_lines(text, widths, 26, 28)
    assert "".join(text[x.start : x.end] for x in lines) == text
    for number, line in enumerate(lines):
        own = sum(widths[line.start : line.end])
        white = sum(w / 2 for c, w in zip(text[line.start : line.end], widths[line.start : line.end], strict=True) if c in "，。；（）")
        assert own - line.squeeze * white <= (28 if number else 26) + 1e-6
        assert text[line.start] not in CLOSING
    assert len(lines) <= len(break_lines(text, widths, 26, 28))


def test_words_wider_than_a_line_are_cut_and_nothing_is_lost() -> None:
    assert fitted("A" * 25 + "，甲", 10) == ["A" * 10, "A" * 10, "AAAAA，甲"]
    assert fitted("", 10) == []
