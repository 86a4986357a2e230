"""How well a blank form was filled, told without hydesk's understanding: cells right, wrong, left; all else unchanged."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.services.forms.drawn_tables import DrawnForm


@dataclass
class Score:
    """Counts, and a line for everything that is not right."""

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)


def same(wanted: Any, got: Any) -> bool:
    """Whether a cell holds what belongs there."""
    if isinstance(wanted, tuple):
        digits = str(got).rstrip("%")
        return bool(re.fullmatch(r"-?\d+(\.\d+)?(E-?\d+)?", digits)) and any(abs(Decimal(digits) - wanted[1] * k) <= Decimal("0.0051") * k / 100 for k in (1, 100))
    if isinstance(wanted, Decimal):
        return isinstance(got, int | float) and abs(Decimal(repr(got)) - wanted) <= abs(wanted) * Decimal("1e-12")
    return str(got).replace("\r\n", "\n") == str(wanted)


def score_cells(form: DrawnForm, made: bytes | None) -> Score:
    """Of the filled form's cells. Rows that were added stand before the last empty one, so that order is kept."""
    score = Score()
    if made is None:
        score.counts["left"] += len(form.cells)
        score.lines.append(f"{form.name}: nothing filled")
        return score
    told, before = told_in(made), told_in(form.content)
    for at, wanted in form.cells.items():
        got = told.get(at)
        if got is None:
            score.counts["left"] += 1
            score.lines.append(f"{form.name} {_name(at)}: left, wanted {wanted}")
        elif same(wanted, got):
            score.counts["right"] += 1
        else:
            score.counts["wrong"] += 1
            score.lines.append(f"{form.name} {_name(at)}: wrong {got!r}, wanted {wanted}")
    moved = max((at[1] for at in told), default=0) > max((at[1] for at in before), default=0)
    for at in told.keys() - form.cells.keys() - form.may:
        if at in form.unknown or (at not in before and not moved):
            if told[at] != before.get(at):
                score.counts["wrong"] += 1
                score.lines.append(f"{form.name} {_name(at)}: {told[at]!r} where nothing belongs")
        elif not moved and told[at] != before[at]:
            score.counts["changed"] += 1
            score.lines.append(f"{form.name} {_name(at)}: changed {before[at]!r} to {told[at]!r}")
    for at in before.keys() - told.keys():
        if not moved:
            score.counts["changed"] += 1
            score.lines.append(f"{form.name} {_name(at)}: lost {before[at]!r}")
    return score


def told_in(content: bytes) -> dict[tuple[str, int, int], Any]:
    """What stands in the cells of a workbook, a CSV or a page; the sheet of the last two is called Sheet, as in what is drawn."""
    if content.startswith(b"PK"):
        book = load_workbook(io.BytesIO(content))
        return {(ws.title, c.row, c.column): c.value for ws in book for row in ws.iter_rows() for c in row if c.value is not None}
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    if "<table" in text:
        rows = [re.findall(r"<td[^>]*>(.*?)</td>", line, re.DOTALL) for line in re.findall(r"<tr>(.*?)</tr>", text, re.DOTALL)]
        rows = [[html.unescape(v).replace("\xa0", "") for v in row] for row in rows]
    else:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    return {("Sheet", r, c): _number(v) for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v != ""}


def _number(words: str) -> Any:
    return float(words) if re.fullmatch(r"-?\d+(\.\d+)?", words) else words


def _name(at: tuple[str, int, int]) -> str:
    return f"{at[0]}!{get_column_letter(at[2])}{at[1]}"


_VALUE = re.compile(rb"<v\b[^>]*>[^<]*</v>|<v\s*/>|<is>.*?</is>", re.DOTALL)
_CELL_KIND = re.compile(rb"(<c\b[^>]*?)\s+t=\"[^\"]*\"")


def parts_changed(before: bytes, after: bytes) -> list[str]:
    """Members of the archive that differ by more than the values of cells; the order of members counts too."""
    old, new = zipfile.ZipFile(io.BytesIO(before)), zipfile.ZipFile(io.BytesIO(after))
    if old.namelist() != new.namelist():
        return ["(names of members)"]
    wrong = []
    for name in old.namelist():
        a, b = old.read(name), new.read(name)
        if a == b:
            continue
        if not re.match(r"xl/worksheets/[^/]+\.xml$", name) or _bare(a) != _bare(b):
            wrong.append(name)
    return wrong


def _bare(data: bytes) -> bytes:
    """A sheet's XML without values, and with blank cells written one way."""
    bare = _CELL_KIND.sub(rb"\1", _VALUE.sub(b"", data))
    bare = re.sub(rb"<c\b([^>]*?)\s*/>", rb"<c\1></c>", bare)
    bare = re.sub(rb"<c r=\"[A-Z]+\d+\"></c>", b"", bare)
    return re.sub(rb"\s+>", b">", bare)
