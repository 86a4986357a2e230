"""Reading the further sheets of an exported ledger, so that it can be rebuilt from the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from hydesk.domain.fields import PROGRESS_MONEY
from hydesk.domain.grid import Book, CellValue, Sheet
from hydesk.domain.ledger_parts import (
    DROPPED,
    FIGURES,
    HEADS,
    NAME_KINDS,
    NAMES,
    NODES,
    OWN_COLUMNS,
    OWN_FIGURES,
    PROGRESS,
    RETIRED_VALUES,
    SUB_PROJECTS,
    FigureLine,
    LedgerParts,
    NameLine,
    NodeLine,
    OwnFigureLine,
    SubLine,
)
from hydesk.domain.milestones import HANDLINGS
from hydesk.domain.money import MoneyUnit, Yuan, to_yuan
from hydesk.domain.own_columns import OwnColumn, OwnKind, tidy
from hydesk.domain.periods import Period
from hydesk.domain.understanding import ReadValue
from hydesk.returns.dates import read_date
from hydesk.returns.text import shown


def take_parts(book: Book, year: int) -> tuple[Book, LedgerParts | None]:
    """The book without the sheets that only hydesk's own export has, and what they hold; None where there are none."""
    own = {s.name: s for s in book.sheets if _is_part(s)}
    if not own:
        return book, None
    rest = replace(book, sheets=tuple(s for s in book.sheets if s.name not in own))
    kinds = {shown_kind: kind for kind, shown_kind in NAME_KINDS.items()}
    dropped: dict[str, date] = {}
    for code, cells in _lines(own.get(DROPPED)):
        if (day := read_date(cells[0], year)) is not None:
            dropped[code] = day.day
    names = tuple(NameLine(code, shown(cells[0]), kinds.get(shown(cells[1]), shown(cells[1])))
                  for code, cells in _lines(own.get(NAMES)) if shown(cells[0]))
    subs = tuple(SubLine(code, int(shown(c[0])), shown(c[1]), shown(c[2]), _money(c[3]), _money(c[4]), shown(c[5]))
                 for code, c in _lines(own.get(SUB_PROJECTS)) if shown(c[0]).isdigit())
    nodes = tuple(NodeLine(code, shown(c[0]), read_date(c[1], year), read_date(c[2], year), read_date(c[3], year),
                           said if (said := shown(c[4]).strip()) in HANDLINGS else "")
                  for code, c in _lines(own.get(NODES)) if shown(c[0]))
    retired = tuple((code, shown(c[0]), shown(c[1])) for code, c in _lines(own.get(RETIRED_VALUES)) if shown(c[0]) and shown(c[1]))
    told = tuple(OwnFigureLine(code, shown(c[0]), shown(c[1]).strip(), shown(c[2]).replace(",", "").strip())
                 for code, c in _lines(own.get(OWN_FIGURES)) if shown(c[0]) and shown(c[2]))
    return rest, LedgerParts(dropped, names, subs, tuple(_figures(own.get(FIGURES))), nodes,
                             columns=tuple(_columns(own.get(OWN_COLUMNS))), retired=retired, own_figures=told)


def _is_part(sheet: Sheet) -> bool:
    heads = HEADS.get(sheet.name)
    if heads is None:
        return False
    found = _found_heads(sheet)
    if sheet.name in (FIGURES, NODES):  # exports of older versions lack what came later
        return found[:2] == heads[:2] and len(found) > 2 and set(filter(None, found)) <= set(heads)
    return found[:len(heads)] == heads


def _found_heads(sheet: Sheet) -> tuple[str, ...]:
    return tuple(shown(v) for v in sheet.rows[0]) if sheet.rows else ()


def _lines(sheet: Sheet | None) -> Iterator[tuple[str, list[CellValue]]]:
    """Code and cells of every row below the head that has a code."""
    if sheet is None:
        return
    found = _found_heads(sheet)
    # By the names of the heads: exports of older versions lack some.
    places = [found.index(head) + 1 if head in found else None for head in HEADS[sheet.name][1:]]
    for row in range(2, len(sheet.rows) + 1):
        code = shown(sheet.cell(row, 1)).strip()
        if code:
            yield code, [None if at is None else sheet.cell(row, at) for at in places]


def _figures(sheet: Sheet | None) -> Iterator[FigureLine]:
    for code, (period, *cells, stated) in _lines(sheet):
        try:
            own = Period.parse(shown(period).strip())
        except ValueError:
            continue
        day = read_date(stated, own.year)
        values: dict[object, ReadValue | None] = {
            f: _money(c) if f in PROGRESS_MONEY else shown(c) or None for f, c in zip(PROGRESS, cells, strict=True)}
        yield FigureLine(code, str(own), {f: v for f in PROGRESS if (v := values[f]) is not None},
                         own.takes(day.day) if day is not None else None)


def _columns(sheet: Sheet | None) -> Iterator[OwnColumn]:
    """The definitions of own columns; one of a kind that is none is kept as words."""
    kinds = {k.short: k for k in OwnKind}
    for name, (kind, choices, measure, names, asked, state) in _lines(sheet):
        yield tidy(OwnColumn(name, kinds.get(shown(kind), OwnKind.TEXT), tuple(shown(choices).split("\n")), shown(measure),
                             tuple(shown(names).split("\n")), bool(shown(state).strip()), bool(shown(asked).strip())))


def _money(value: CellValue) -> Yuan | None:
    text = shown(value).replace(",", "").strip()
    try:
        return to_yuan(Decimal(text), MoneyUnit.WAN) if text else None
    except InvalidOperation:
        return None
