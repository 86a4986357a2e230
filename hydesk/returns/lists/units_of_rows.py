"""Whose a listed project is where no column says it: the sheet's name, its title, or the county under 责任单位."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hydesk.domain.fields import Field
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import column_letter
from hydesk.domain.list_known import ListKnown
from hydesk.returns.lists.said_words import SaidWords
from hydesk.returns.row_reading import RowReading
from hydesk.returns.table import Table
from hydesk.returns.text import squeeze

_SAYS_UNIT = re.compile(r"(?:填报|报送|上报|申报|编报)单位[:：](.+)")


def unit_of_table(table: Table, known: ListKnown, words: SaidWords) -> tuple[str, str] | None:
    """The one unit that the sheet's name, its lines or its title name for all rows, and the words that say it."""
    if (unit := words.unit(table.sheet.name)) is not None:
        return unit, table.sheet.name
    for line in table.words.lines:
        if (m := _SAYS_UNIT.search(line)) and (unit := words.unit(re.sub(r"[(（].*", "", m[1]))) is not None:
            return unit, line
    for line in (table.sheet.name, *table.words.lines[:3]):
        found = words.units_in(line, known.units) if len(line) < 50 else set()
        if len(found) == 1:
            return found.pop(), line
    return None


def fill_units(table: Table, readings: Sequence[RowReading], known: ListKnown, words: SaidWords) -> Iterator[Finding]:
    """Give every reading without a unit the one told elsewhere; what was done is said once for the table."""
    without = [r for r in readings if not r.values.get(Field.REPORTING_UNIT)]
    if not without:
        return
    told = unit_of_table(table, known, words)
    if told is not None:
        for r in without:
            r.values[Field.REPORTING_UNIT] = told[0]
            r.words.setdefault(Field.REPORTING_UNIT, told[1])
        yield Finding(Level.NOTE, "unit_of_sheet", (
            f"表“{table.sheet.name}”：没有填报单位一栏，按“{told[1]}”把 {len(without)} 个项目归入{told[0]}。"), table.sheet.name)
        return
    column = table.column_of(Field.RESPONSIBLE_UNIT)
    given = [r for r in without if (u := _county(r, words)) is not None and not r.values.update({Field.REPORTING_UNIT: u})]
    if given and column is not None:
        letter = column_letter(column.number)
        for r in given:
            r.words.setdefault(Field.REPORTING_UNIT, r.words.get(Field.RESPONSIBLE_UNIT, ""))
            r.cells.also(Field.REPORTING_UNIT, Field.RESPONSIBLE_UNIT)
        names = list(dict.fromkeys(str(r.values[Field.REPORTING_UNIT]) for r in given))
        yield Finding(Level.WARNING, "unit_by_responsible", (
            f"表“{table.sheet.name}”{letter}列：没有填报单位一栏，“{column.header}”写的是{'、'.join(names[:4])}{'等' if len(names) > 4 else ''}，"
            f"已把 {len(given)} 个项目的填报单位取作所写的县市区。请确认。"), table.sheet.name, column=letter, field=Field.REPORTING_UNIT)
    left = len(without) - len(given)
    if left:
        first = next(r for r in without if not r.values.get(Field.REPORTING_UNIT))
        whole = left == len(readings)
        yield Finding(Level.NOTE if whole else Level.WARNING, "unit_unknown_row", (
            f"表“{table.sheet.name}”第{first.line}行：{'清单没有写明填报单位，' if whole else ''}{left} 个项目没有填报单位。请补填，或指明哪一列是填报单位。"),
            table.sheet.name, first.line)


def _county(r: RowReading, words: SaidWords) -> str | None:
    said = squeeze(r.words.get(Field.RESPONSIBLE_UNIT, ""))
    return words.unit_responsible(said) if said else None
