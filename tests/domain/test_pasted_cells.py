"""What goes to a spreadsheet through the clipboard stays what it says; what comes from one is words, and not too many."""

from __future__ import annotations

import csv
from html.parser import HTMLParser

import pytest

from hydesk.domain import pasted_cells
from hydesk.domain.errors import HydeskError
from hydesk.domain.pasted_cells import as_html, as_text, parse_block, plain
from hydesk.domain.written import CONTROL
from tests.reliability.words import HOSTILE


class _Cells(HTMLParser):
    """Reads the table back as Excel does: texts of cells by row, and every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[tuple[str, ...]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, *(name for name, _ in attrs)))
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


@pytest.mark.parametrize("word", HOSTILE)
def test_no_hostile_word_is_live_on_the_clipboard(word: str) -> None:
    lines = [["编号", word], [word, "7"]]
    text, html = as_text(lines), as_html(lines)
    cells = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    assert [len(line) for line in cells] == [2, 2]
    assert cells[0][1] == cells[1][0]
    assert cells[0][1].lstrip("\u200b\u200e\u202e")[:1] not in tuple("=+-@＝＋－＠")
    assert CONTROL.search(text.replace("\t", "").replace("\n", "")) is None
    assert CONTROL.search(html) is None
    read = _Cells()
    read.feed(html)
    assert read.tags == {("meta", "charset"), ("table",), ("tr",), ("td", "style")}
    assert read.rows == [["编号", shown(word)], [shown(word), "7"]]
    text.encode("utf-8")
    html.encode("utf-8")


def shown(word: str) -> str:
    return " ".join(CONTROL.sub("", word).split())


@pytest.mark.parametrize("text", ["²", "٣", "1.2.3", "１２", "--1", "1e5", "00123", "13907340019000000"])
def test_what_only_looks_like_a_number_stays_words(text: str) -> None:
    assert plain(text).lstrip("'") == text
    assert "\\@" in as_html([[text]])


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_word_comes_in_as_the_word_it_is(word: str) -> None:
    """Tabs and line ends part cells; nothing else of a word does."""
    cells = [c for row in parse_block(f"编号\t{word}\r\nHY2023-001\t{word}") for c in row]
    assert cells[0] == "编号"
    assert "HY2023-001" in cells
    assert CONTROL.search("".join(cells)) is None
    assert "".join("".join(cells).split()) == "".join(f"编号{shown(word)}HY2023-001{shown(word)}".split())


@pytest.mark.parametrize(("text", "block"), [
    ('甲"乙\t1\n丙\t2', [['甲"乙', "1"], ["丙", "2"]]),
    ('"甲\t1\n丙\t2', [['"甲', "1"], ["丙", "2"]]),
    ('"甲"乙\t1\r丙\t2', [['"甲"乙', "1"], ["丙", "2"]]),
    ('"甲\r乙"\t1\r丙\t2', [["甲\n乙", "1"], ["丙", "2"]]),
    ("甲\x00\ud800\t\x0b1", [["甲", "1"]]),
    ('"' + "甲" * 200_000 + '"\t1', [['"' + "甲" * 200_000 + '"', "1"]]),
], ids=range(6))
def test_quotes_and_signs_that_do_not_fit_together_are_letters(text: str, block: list[list[str]]) -> None:
    assert parse_block(text) == block


def test_a_block_that_is_too_large_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasted_cells, "MOST_LETTERS", 20_000)
    monkeypatch.setattr(pasted_cells, "MOST_CELLS", 10_000)
    for text in ("甲" * 20_001, "\t" * 9000 + "甲\n甲\n"):
        with pytest.raises(HydeskError, match="没有粘贴；请分几次"):
            parse_block(text)
    assert len(parse_block("\t" * 8000 + "甲\n")) == 1


def test_what_is_pasted_does_not_depend_on_what_was_read_before() -> None:
    long = '"' + "甲" * 200_000 + '"\t1'
    before = csv.field_size_limit(10_000_000)
    try:
        assert parse_block(long) == [['"' + "甲" * 200_000 + '"', "1"]]
    finally:
        csv.field_size_limit(before)
    assert parse_block('"' + "甲" * 30_000 + '"\t1') == [["甲" * 30_000, "1"]]


def test_a_block_of_excel_is_parsed_with_its_quotes() -> None:
    assert parse_block('1\t"两行\n字"\r\n\t"带""引号"""\r\n\r\n') == [["1", "两行\n字"], ["", '带"引号"']]
    assert parse_block("1\t2\r\n3\r\n") == [["1", "2"], ["3", ""]]
    assert parse_block("") == []
