"""The heads of summary tables: few words, no projects; and the tables that only look as if they listed projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hydesk.domain.grid import Sheet
from hydesk.returns.aliases import TOTAL_WORDS
from hydesk.returns.forms.asked import NotAsked
from hydesk.returns.forms.form_scope import scope_of_word
from hydesk.returns.forms.holdings import Holdings
from hydesk.returns.forms.read_form import FormReader, FormTable
from hydesk.returns.forms.summary_asks import SERIAL, SummaryAsk, summary_ask
from hydesk.returns.head import Head, find_any_head, head_of_rows
from hydesk.returns.rows import Layout
from hydesk.returns.sheets import SheetWords, words_above
from hydesk.returns.table import Table
from hydesk.returns.tables import columns_under
from hydesk.returns.text import is_blank, shown, squeeze

_MOST_HEADS = 6


def summary_heads(sheet: Sheet, below: int, holdings: Holdings, reader: FormReader) -> list[Head]:
    """The heads above row ``below``, from the top."""
    begin = 1
    heads: list[Head] = []
    for _ in range(_MOST_HEADS):
        head = find_any_head(sheet, begin) if begin <= len(sheet.rows) else None
        if head is None or head.rows[0] >= below or not _asks_sums(sheet, head, holdings, reader):
            head = _small_head(sheet, begin, min(below - 1, len(sheet.rows)), holdings, reader) or head
        head = head and _without_rows(sheet, head, holdings, reader)
        if head is None or head.rows[0] >= below:
            break
        heads.append(head)
        begin = head.last_row + 1
    return heads


def said_above(sheet: Sheet, head: Head, earlier: Sequence[Head], holdings: Holdings, reader: FormReader) -> SheetWords:
    """What is said above a head, without the heads and rows of the summaries before it: their 衡南县 and 新建项目个数 narrow
    nothing below them (docs/rules.md §16)."""
    own = {r for one in earlier for r in (*one.rows, *_rows_of(sheet, one, holdings, reader))}
    rows = [[] if r in own else row for r, row in enumerate(sheet.rows, 1)]
    return words_above(replace(sheet, rows=rows) if own else sheet, head)


_WHOLE_SUM = re.compile(r"^(?:合计|总计|共计|全市)")


def _rows_of(sheet: Sheet, head: Head, holdings: Holdings, reader: FormReader) -> Iterator[int]:
    """The rows right below a head that name units, classes or sums, up to the grand total where it closes them."""
    for r in range(head.last_row + 1, len(sheet.rows) + 1):
        words = [squeeze(shown(v)) for v in sheet.rows[r - 1] if isinstance(v, str) and not is_blank(v)]
        if not any(TOTAL_WORDS.match(w) or scope_of_word(w, holdings.choices, reader.snapshot.units) for w in words):
            return
        yield r
        if r > head.last_row + 1 and any(_WHOLE_SUM.match(w) for w in words):
            return


_SEARCHED, _DEEPEST = 12, 3


def _small_head(sheet: Sheet, first: int, last: int, holdings: Holdings, reader: FormReader) -> Head | None:
    """A head of few words (类别 | 个数 | 总投资): the rows by which most columns ask for counts, sums or rates."""
    best: tuple[int, Head] | None = None
    for top in range(first, min(last, first + _SEARCHED) + 1):
        if sum(isinstance(v, str) and not is_blank(v) for v in sheet.rows[top - 1]) < _LEAST:
            continue
        for depth in range(1, _DEEPEST + 1):
            rows = tuple(range(top, top + depth))
            if rows[-1] > last or any(isinstance(v, int | float) for r in rows for v in sheet.rows[r - 1]):
                break
            head = head_of_rows(sheet, rows)
            count = _sums_asked(sheet, head, holdings, reader)
            if count >= _LEAST and (best is None or count > best[0]):
                best = count, head
        if best is not None:
            return best[1]
    return None


_LEAST = 2


def _asks_sums(sheet: Sheet, head: Head, holdings: Holdings, reader: FormReader) -> bool:
    return _sums_asked(sheet, head, holdings, reader) >= _LEAST


def _sums_asked(sheet: Sheet, head: Head, holdings: Holdings, reader: FormReader) -> int:
    """How many columns of a head ask for figures of a summary, each of another thing; beside one that is understood those
    of which it has to be asked count as well."""
    period = reader.snapshot.period
    columns = columns_under(sheet, head, period, reader.snapshot.memory, reader.unit)
    table = Table(sheet, head, words_above(sheet, head), columns, Layout(0, 0, (), (), {}), [], period)
    asks = [summary_ask(table, c, period, holdings.choices, reader.snapshot.units) for c in columns.values()]
    known = {(a.id, a.conditions) for a in asks if isinstance(a, SummaryAsk) and a.id != SERIAL}
    return len(known) + (len({a.why for a in asks if isinstance(a, NotAsked) and a.open}) if known else 0)


def _without_rows(sheet: Sheet, head: Head, holdings: Holdings, reader: FormReader) -> Head:
    """The head without the rows that name units or classes, which blank cells let pass for its lower words."""
    rows = head.rows
    while len(rows) > 1:
        words = [squeeze(shown(v)) for v in sheet.rows[rows[-1] - 1] if not is_blank(v)]
        if not words or not all(re.fullmatch(r"\d{1,3}", w) or TOTAL_WORDS.match(w) or scope_of_word(w, holdings.choices, reader.snapshot.units) for w in words):
            break
        rows = rows[:-1]
    return head if rows == head.rows else head_of_rows(sheet, rows)


def is_summary(form: FormTable, holdings: Holdings, reader: FormReader) -> bool:
    """Whether a table that heads its first column 项目 or 名称 sums up classes or units: its rows are named so."""
    table = form.table
    if table.sheet.moved or not table.layout.name or table.projects:
        return False
    names = [squeeze(shown(table.sheet.cell(r, table.layout.name) or table.sheet.cell(r, 1))) for r in range(table.head.last_row + 1, len(table.sheet.rows) + 1)]
    told = [n for n in names if n and not TOTAL_WORDS.match(n)]
    known = sum(scope_of_word(n, holdings.choices, reader.snapshot.units) is not None for n in told)
    counts = any(isinstance(a := summary_ask(table, c, form.period, holdings.choices, reader.snapshot.units), SummaryAsk) and a.id == "count"
                 for c in table.columns.values())
    return counts and len(told) >= 2 and known * 3 >= len(told) * 2
