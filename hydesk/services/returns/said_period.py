"""Which period the files of an intake say they are of, before they are read as returns of the one in hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath

from hydesk.db.ledger import Ledger
from hydesk.domain.errors import HydeskError
from hydesk.domain.grid import Book
from hydesk.domain.periods import Period
from hydesk.domain.stamp import read_stamp
from hydesk.services.returns.collect_returns import Source
from hydesk.services.standings.list_standings import ledger_years

LOOKED_INTO = 3
"""Files opened where no name says a period; the rest are taken to be of the same."""
ROWS_ABOVE = 6


def said_period(ledger: Ledger, sources: Sequence[Source], now: Period) -> Period | None:
    """The month all of ``sources`` that say one agree on, where it is another than ``now`` and the ledger has its year.

    None where some say ``now``, where they differ, or where none says anything; weekly returns are left as they are.
    """
    if not now.is_month:
        return None
    names = [_of_words([PurePath(s.name).stem], now) for s in sources]
    said = {p for p in names if p is not None}
    if not said:
        said = {p for s in sources[:LOOKED_INTO] if (p := _of_book(s, now)) is not None}
    if len(said) != 1:
        return None
    (period,) = said
    return period if period != now and period.year in ledger_years(ledger) else None


def _of_words(texts: Iterable[str], now: Period) -> Period | None:
    """The newest month that ``texts`` speak of: a book may hold a sheet for every month."""
    from hydesk.returns.sheets import months_said

    months = {m for text in texts for m in months_said(text, now.year) if 1 <= m[1] <= 12}
    return Period.month(*max(months)) if months else None


def _of_book(source: Source, now: Period) -> Period | None:
    from hydesk.excel.read import read_book

    try:
        book = read_book(source.content, source.name)
    except HydeskError:
        return None
    stamp = read_stamp(book)
    return stamp.period if stamp is not None else _of_words(_words(book), now)


def _words(book: Book) -> list[str]:
    """Names of sheets that are shown, and their titles."""
    words = [s.name for s in book.sheets if not s.hidden]
    for sheet in book.sheets:
        if not sheet.hidden:
            words += [v for row in sheet.rows[:ROWS_ABOVE] for v in row[:2] if isinstance(v, str) and "年" in v]
    return words
