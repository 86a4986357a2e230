"""The check that knows of the office's own work: what a person edited in the ledger since the unit's last return."""

from __future__ import annotations

from hydesk.domain.changes import LedgerEdit, shown_value
from hydesk.domain.fields import LEDGER_MONEY, Field
from hydesk.domain.findings import Level
from hydesk.domain.snapshot import KnownProject
from hydesk.returns.read_rows import RowReading

_UNEXPLAINED = frozenset({"ytd_fell", "since_start_fell", "ytd_mismatch", "since_start_mismatch", "copied_month"})
"""Findings that a figure of the month before may explain, where somebody edited it since it was reported."""
_PROPOSED = frozenset({"total_changed", "plan_changed", "before_changed"})


def ledger_edited(r: RowReading, p: KnownProject, level: Level, code: str) -> None:
    """What a person set since the unit's last return, and this return says otherwise. No names: counties read it."""
    for f, edit in p.edited.items():
        value = r.values.get(f)
        if value is None or value == edit.value:
            continue
        if f in LEDGER_MONEY:
            if any(x.field is f and x.code in _PROPOSED for x in r.findings):
                r.find(level, code, f"{f.label}{_since_last(f, edit)}，本次仍报 {shown_value(f, value)}。请核实以哪个为准", f)
        else:
            r.find(level, code, (
                f"{f.label}{_since_last(f, edit)}，本次又报 {shown_value(f, value)}，未替换台账数。请核实以哪个为准"), f)
    for f, edit in p.edited_before.items():
        if any(x.code in _UNEXPLAINED for x in r.findings) and f in (Field.YEAR_INVESTMENT, Field.TOTAL_INVESTED):
            r.find(level, code, f"上期{f.label}{_since_last(f, edit)}。请按更正后的数衔接", f)


def _since_last(f: Field, edit: LedgerEdit) -> str:
    before = f"上次报表写“{edit.words}”，" if edit.words else (
        f"上次报表为 {shown_value(f, edit.returned)}，" if edit.returned is not None else "")
    return f"{before}台账已于{edit.at.month}月{edit.at.day}日改为 {shown_value(f, edit.value)}"
