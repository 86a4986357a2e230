"""A register as an official annex: landscape, with the columns and records chosen, sums and the note on its rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from hydesk.db.ledger import Ledger
from hydesk.domain.milestones import day_of
from hydesk.domain.money import format_money
from hydesk.domain.periods import Period
from hydesk.domain.register_words import plain_number, shown_days
from hydesk.domain.registers import RegisterField, RegisterKind, days_over
from hydesk.domain.written import CONTROL
from hydesk.reports.grid import Align, PrintColumn, PrintRow, PrintRowKind, PrintTable
from hydesk.reports.notice import NoticePaper
from hydesk.services.registers.look_at_register import RegisterSheet, look_at_register
from hydesk.services.reports.print_notice import office_of, print_notice, remark_of

_WIDE = {RegisterKind.LONG_TEXT: 1.6, RegisterKind.PROJECT: 1.3, RegisterKind.TEXT: 1.0}
DUE = "期限情况"
_HEAD = 5
"""Characters in a line of a short column's head."""
_MOST = 8
"""Columns that fit in readable type; with more, those that nobody filled are left out and named below the table."""


def register_notice(ledger: Ledger, register_id: int, period: Period, fields: Sequence[str] | None = None,
                    records: Sequence[int] | None = None, today: date | None = None) -> NoticePaper:
    """The register, or the chosen ``fields`` and ``records`` in that order, as a paper to be printed."""
    sheet = look_at_register(ledger, register_id, period)
    own = sheet.definition
    shown = list(own.fields) if fields is None else [own.field_of(k) for k in fields]
    by_id = {r.id: r for r in sheet.records}
    chosen = list(sheet.records) if records is None else [by_id[k] for k in records if k in by_id]
    left_out = [f for f in shown if chosen and all(r.get(f.key) is None for r in chosen)] if len(shown) > _MOST else []
    shown = [f for f in shown if f not in left_out]
    on = day_of(period, today or date.today())
    columns = [PrintColumn("number", ("序号",), Align.CENTER), *(_column(sheet, f) for f in shown)]
    if own.due:
        columns.append(PrintColumn("over", (DUE,), Align.CENTER))
    rows = []
    for number, record in enumerate(chosen, 1):
        over = [shown_days(days_over(own, record, on)) or "—"] if own.due else []
        cells = [str(number), *(sheet.text(f, record) or "—" for f in shown), *over]
        rows.append(PrintRow(tuple(CONTROL.sub("", c) for c in cells)))
    sums = [register_sum(sheet, f, [r.id for r in chosen]) for f in shown]
    if any(sums) and len(chosen) > 1:
        rows.append(PrintRow(("合计", *sums, *([""] if own.due else [])), PrintRowKind.TOTAL))
    empty = f"没有填写的栏目未列：{'、'.join(f.label for f in left_out)}" if left_out else ""
    notes = tuple(f"注：{n}" for n in (own.note, empty) if n)
    table = PrintTable("register", "", f"{period.label}，共{len(chosen)}条", tuple(columns), tuple(rows), notes)
    return NoticePaper(f"{own.name}（{period.label}）", own.name, "", "", (), table, (), office_of(ledger), today or date.today(),
                  remark=remark_of(ledger), wide=True)


def register_sum(sheet: RegisterSheet, own: RegisterField, ids: Sequence[int]) -> str:
    """The sum of a column over the records ``ids``; nothing for words, rates and what must not be added up."""
    kind = sheet.kind(own)
    if not adds_up(sheet, own):
        return ""
    wanted = set(ids)
    held = [v for r in sheet.records if r.id in wanted and (v := r.get(own.key)) is not None]
    if not held:
        return ""
    if kind is RegisterKind.MONEY:
        return format_money(sum(v for v in held if isinstance(v, int)))
    return plain_number(sum((v for v in held if isinstance(v, Decimal)), Decimal(0)))


def adds_up(sheet: RegisterSheet, own: RegisterField) -> bool:
    """Whether the sum of a column means something: money, and numbers that count things."""
    # A unit's figure stands in each of the unit's records: adding it up would count it more than once.
    if own.kind is RegisterKind.FIGURE and own.figure.startswith("unit."):
        return False
    kind = sheet.kind(own)
    return kind is RegisterKind.MONEY or (kind is RegisterKind.NUMBER and own.measure not in ("%", "分", "") and "率" not in own.label)


def _column(sheet: RegisterSheet, own: RegisterField) -> PrintColumn:
    kind = sheet.kind(own)
    if kind in (RegisterKind.MONEY, RegisterKind.NUMBER):
        measure = "（万元）" if kind is RegisterKind.MONEY else f"（{own.measure}）" if own.measure else ""
        return PrintColumn(own.key, (*head_lines(own.label), measure) if measure else head_lines(own.label), Align.RIGHT)
    if kind in _WIDE:
        return PrintColumn(own.key, (own.label,), Align.LEFT, weight=_WIDE[kind])
    return PrintColumn(own.key, head_lines(own.label), Align.CENTER)


def head_lines(label: str) -> tuple[str, ...]:
    """A head over as many lines as it needs to be no wider than dates are, of about the same length."""
    lines = -(-len(label) // _HEAD) or 1
    # Most words have two characters: a line of an even number breaks few of them.
    each = -(-len(label) // (2 * lines)) * 2 or 1
    each = len(label) if lines == 1 and label else each
    return tuple(label[i:i + each] for i in range(0, len(label), each)) or ("",)


def print_register(ledger: Ledger, register_id: int, period: Period, out: Path, formats: Sequence[str],
                   fields: Sequence[str] | None = None, records: Sequence[int] | None = None) -> list[Path]:
    """Write the annex into the folder ``out`` in each of ``formats``. Raises HydeskError where it cannot."""
    return print_notice(register_notice(ledger, register_id, period, fields, records), out, formats)
