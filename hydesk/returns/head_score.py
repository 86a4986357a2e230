"""Which rows of a sheet look like a head, and which are titles: each row looked at once."""

from __future__ import annotations

import re

from hydesk.domain.grid import Sheet
from hydesk.returns.aliases import SERIAL_HEADS
from hydesk.returns.head_words import KNOWN, WORDS, bare, looks_like_head
from hydesk.returns.text import is_blank, squeeze


class HeadLines:
    """The first rows of a sheet as they speak for or against being a head, each looked at once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._held: dict[int, tuple[dict[int, str], float]] = {}
        self._titles: dict[int, bool] = {}

    def texts(self, row: int) -> dict[int, str]:
        """The row's words by column."""
        return self._row(row)[0]

    def against(self, row: int) -> float:
        """What figures and sentences in the row take off."""
        return self._row(row)[1]

    def is_title(self, row: int) -> bool:
        """Whether the row is a title or a line above a head."""
        if row not in self._titles:
            self._titles[row] = is_title_row(self.sheet, row)
        return self._titles[row]

    def _row(self, row: int) -> tuple[dict[int, str], float]:
        held = self._held.get(row)
        if held is None:
            filled = {c: v for c, v in enumerate(self.sheet.rows[row - 1], 1) if not is_blank(v)}
            texts = {c: v for c, v in filled.items() if isinstance(v, str)}
            held = texts, 1.5 * (len(filled) - len(texts)) + 2.0 * sum(len(v) > 40 for v in texts.values())
            self._held[row] = held
        return held


def score(lines: HeadLines, top: int, depth: int) -> float:
    """How much ``depth`` rows from ``top`` look like a head, by the words they make in each column together.

    Words cut over two rows (总投 / 资) only show when the rows are read together; a title or a row of figures in the
    window speaks against it.
    """
    rows = range(top, top + depth)
    if not lines.texts(top + depth - 1):
        return 0
    words = [lines.texts(r) for r in rows]
    columns = set().union(*words)
    points = -sum(lines.against(r) for r in rows)
    if len(columns) < 3 or points + 2 * len(columns) < 4:
        return 0  # whatever the words are
    if depth > 1 and any(lines.is_title(r) for r in rows):
        return 0
    known: set[str] = set()
    worded = 0
    for column in sorted(columns):
        texts = [t[column] for t in words if column in t]
        joined, leaf = bare("".join(texts)), bare(texts[-1])
        if joined in KNOWN or joined in SERIAL_HEADS or (len(texts) > 1 and leaf in KNOWN and bare(texts[0]) not in KNOWN):
            known.add(joined)
        elif len(joined) <= 30 and WORDS.search(joined):
            worded += 1
    points += 2 * len(known) + worded
    return points if known and len(known) + worded >= 3 and points >= 4 else 0


def is_title_row(sheet: Sheet, row: int) -> bool:
    """A row of one long or full-width text: a title, an overview sentence, a unit line."""
    cells = [(c, v) for c, v in enumerate(sheet.rows[row - 1], 1) if not is_blank(v)]
    texts = {str(v) for _, v in cells}
    if len(texts) <= 1:
        span = next((m for m in sheet.merges if m.top <= row <= m.bottom and m.left <= cells[0][0] <= m.right), None) if cells else None
        if span is not None and span.right - span.left + 1 >= max(4, sheet.width // 2):
            return True
        text = next(iter(texts), "")
        if cells and (cells[0][0] == 1 or re.search(r"[:：]|单位", text)):
            return True
        return not looks_like_head(text) or len(text) > 14
    return len(texts) <= 4 and any(_SAYS_WHOSE.search(squeeze(t)) for t in texts)


_SAYS_WHOSE = re.compile(r"(填报|报送|填表|编制|汇总|制表)(单位|部门|日期|时间)|(金额|计量|投资|货币)单位")
"""In one cell: 总投资 beside 单位：亿元 makes no line of units."""
