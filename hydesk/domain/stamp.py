"""The hidden stamp of a template (填报模板): for which unit and period and in which form it was made."""

from __future__ import annotations

from hydesk.dataclass import dataclass
from hydesk.domain.findings import Finding, Level
from hydesk.domain.grid import Book
from hydesk.domain.periods import Period

STAMP_SHEET = "hydesk"
"""The hidden sheet that holds it, two columns: what and which."""
STAMP_VERSION = 2
"""Raised whenever the template's columns change, so that an older form is known when it comes back."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a template's stamp says; ``period`` is None where it is no period any more."""

    unit: str
    period: Period | None
    version: int


def read_stamp(book: Book) -> Stamp | None:
    """The stamp of a workbook; None where it has none, or one that somebody has spoilt."""
    sheet = next((s for s in book.sheets if s.name.strip().lower() == STAMP_SHEET), None)
    if sheet is None:
        return None
    said = {str(row[0]).strip(): row[1] for row in sheet.rows if len(row) >= 2 and row[0] not in (None, "")}
    try:
        version = int(float(str(said.get("version", 0))))
    except ValueError:
        version = 0
    try:
        period = Period.parse(str(said.get("period", "")))
    except ValueError:
        period = None
    unit = str(said.get("unit") or "").strip()
    return Stamp(unit, period, version) if unit and version else None


def check_stamp(stamp: Stamp | None, unit: str | None, period: Period) -> tuple[Finding, ...]:
    """What is wrong about a template that came back as a return of ``unit`` for ``period``."""
    if stamp is None:
        return ()
    found = []
    if stamp.period is not None and stamp.period != period:
        found.append(Finding(Level.WARNING, "stamp_period", (
            f"这是{stamp.period.label}的填报模板，现按{period.label}收报。请核对是否用了旧模板，数字是不是本期的。")))
    if unit is not None and stamp.unit != unit:
        found.append(Finding(Level.WARNING, "stamp_unit", (
            f"这是发给{stamp.unit}的填报模板，报表认作{unit}的。请核对是哪个单位报的。")))
    if stamp.version < STAMP_VERSION:
        found.append(Finding(Level.WARNING, "stamp_version", "这是旧版的填报模板，栏目可能与现在不同。请核对，并发给单位新的模板。"))
    return tuple(found)
