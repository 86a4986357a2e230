"""The rows of a project list held against the ledger, as a table: what each comes to, and value by value what differs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor

from hydesk.domain.dates import LooseDate
from hydesk.domain.fields import Field, FieldKind
from hydesk.domain.grid import row_in_file
from hydesk.domain.list_review import ChangedBy, ListAct, ListItem, ValueChange
from hydesk.domain.money import MoneyUnit, format_money
from hydesk.ui.kit.listing import ListColumn
from hydesk.ui.kit.words import PROJECT
from hydesk.ui.style import Theme

MARK = {ListAct.ADDED: "＋", ListAct.CHANGED: "△", ListAct.RENAMED: "◆", ListAct.WAITING: "■", ListAct.MISSING: "◇", ListAct.SAME: "·"}
"""Shapes, so that the colour is never the only sign."""


def said(field: Field, text: str | None) -> str:
    """A value of the change log as a person reads it: money in 万元, dates as precise as they were given."""
    if text is None or text == "":
        return "（空）"
    try:
        if field.kind is FieldKind.MONEY:
            return format_money(int(text), MoneyUnit.WAN)
        return str(LooseDate.read(text)) if field.kind is FieldKind.DATE else text
    except ValueError:
        return text


def summary(item: ListItem) -> str:
    """What changes in one line: 总投资 82,000 → 95,000；业主单位 …."""
    if item.act is ListAct.ADDED:
        amounts = (c for c in item.changes if c.field in (Field.TOTAL_INVESTMENT, Field.ANNUAL_PLAN))
        return "，".join((*(f"{c.field.label} {said(c.field, c.listed)} 万元" for c in amounts), *item.also))
    if item.act in (ListAct.RENAMED, ListAct.WAITING, ListAct.MISSING):
        return item.why
    return "；".join((*(_difference(c) for c in item.changes), *item.also))


def _difference(c: ValueChange) -> str:
    if c.by is ChangedBy.LEDGER and not c.taken:
        return f"{c.field.label} 台账改为 {said(c.field, c.held)}，保留"
    if c.by is ChangedBy.LATER and not c.taken:
        return f"{c.field.label} 台账较新，保留 {said(c.field, c.held)}"
    if c.by is ChangedBy.BOTH and not c.taken:
        return f"{c.field.label} 两边都改了，待核"
    return f"{c.field.label} {said(c.field, c.held)} → {said(c.field, c.listed)}"


def item_columns(theme: Theme, takes: Callable[[ListItem], bool] | None) -> tuple[ListColumn[ListItem], ...]:
    """The columns; ``takes`` says whether an item is ticked, None for a table only to look at."""
    palette = theme.palette
    colors = {ListAct.ADDED: palette.ahead, ListAct.CHANGED: palette.accent, ListAct.RENAMED: palette.lagging,
              ListAct.WAITING: palette.serious, ListAct.MISSING: palette.lagging, ListAct.SAME: palette.quiet}
    tick: tuple[ListColumn[ListItem], ...] = () if takes is None else (
        ListColumn("取", lambda i: ("☑" if takes(i) else "☐") if tickable(i) else "", 40, lambda i: takes(i)),)
    return (
        *tick,
        ListColumn("情况", lambda i: f"{MARK[i.act]} {i.act.label}", 92, lambda i: list(ListAct).index(i.act),
                   color=lambda i: QColor(colors[i.act])),
        ListColumn(PROJECT, lambda i: i.name or "（空）", 180, stretch=True,
                   tip=lambda i: f"{i.name}\n台账里叫“{i.held_name}”" if i.held_name else i.name),
        ListColumn("填报单位", lambda i: i.unit, 76),
        ListColumn("变化", summary, 190, stretch=True, color=lambda i: QColor(palette.quiet) if i.act is ListAct.SAME else None),
        ListColumn("位置", lambda i: f"{i.sheet}第{row_in_file(i.row)}行" if i.sheet else "", 84, lambda i: (i.sheet, i.row),
                   color=lambda _i: QColor(palette.quiet)),
    )


def tickable(item: ListItem) -> bool:
    """Whether an item can be taken or left: what waits for a person's word is told first."""
    return item.act in (ListAct.ADDED, ListAct.CHANGED)


def change_columns(theme: Theme, takes: Callable[[ValueChange], bool]) -> tuple[ListColumn[ValueChange], ...]:
    """The values of one row: list, ledger and last list beside one another."""
    palette = theme.palette
    return (
        ListColumn("取", lambda c: "☑" if takes(c) else "☐", 40),
        ListColumn("内容", lambda c: c.field.label, 104),
        ListColumn("→ 清单", lambda c: said(c.field, c.listed), 86, bold=lambda _c: True, stretch=True),
        ListColumn("台账", lambda c: said(c.field, c.held), 86, stretch=True),
        ListColumn("上次清单", lambda c: said(c.field, c.last) if c.last is not None else "—", 84, color=lambda _c: QColor(palette.quiet)),
        ListColumn("谁改的", lambda c: c.by.label, 80, color=lambda c: QColor(palette.quiet if takes(c) else palette.lagging)),
    )
