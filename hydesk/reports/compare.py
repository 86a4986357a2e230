"""What differs between two reports of the same kind and period, in Chinese: what a corrected issue says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hydesk.reports.figures import Figure, FigureStyle
from hydesk.reports.grid import PrintRow, PrintRowKind, PrintTable
from hydesk.reports.model import Report
from hydesk.reports.texts import editable

MOST = 60
"""Differences that are named one by one; the rest are counted."""
_UNITS = {FigureStyle.COUNT: "", FigureStyle.NUMBER: "", FigureStyle.WAN: "万元", FigureStyle.WAN_TEXT: "万元", FigureStyle.YI: "亿元", FigureStyle.YI_COLUMN: "亿元",
          FigureStyle.RATE: "%", FigureStyle.POINTS: "个百分点"}


def differences(old: Report, new: Report) -> list[str]:
    """Every difference but the date and the number, tables first, as 附件1 衡南县 年度计划：100.00万元 → 120.00万元."""
    found = [*_tables(old, new), *_texts(old, new), *_forms(old, new)]
    return found if len(found) <= MOST else [*found[:MOST], f"另有{len(found) - MOST}处不同"]


def same_but_for_date(old: Report, new: Report) -> bool:
    """Whether ``new`` says what ``old`` says, the day and the number left aside."""
    return not differences(old, new)


def row_name(row: PrintRow, table: PrintTable) -> str:
    """What a row is about: its project or its unit, for people."""
    for key in ("name", "unit"):
        index = table.column(key)
        if index is not None and index < len(row.cells):
            cell = row.cells[index]
            return cell if isinstance(cell, str) else cell.text
    first = row.cells[0]
    return first if isinstance(first, str) else first.text


def _rows(table: PrintTable) -> dict[str, PrintRow]:
    """Rows by what they are about, groups left out; rows about the same thing are told apart by number."""
    made: dict[str, PrintRow] = {}
    for row in table.rows:
        if row.kind is PrintRowKind.GROUP:
            continue
        key = f"{row.kind.value}:{row.scope or row_name(row, table)}"
        number = 2
        unique = key
        while unique in made:
            unique, number = f"{key}#{number}", number + 1
        made[unique] = row
    return made


def _shown(cell: object) -> str:
    if isinstance(cell, Figure):
        return cell.text if cell.raw is None else cell.text + _UNITS[cell.show]
    return str(cell) or "空"


def _tables(old: Report, new: Report) -> Iterator[str]:
    before, after = {t.key: t for t in old.tables()}, {t.key: t for t in new.tables()}
    for key, table in after.items():
        if key not in before:
            yield f"增加“{table.title or table.place}”"
        else:
            yield from _cells(before[key], table)
    yield from (f"去掉“{t.title or t.place}”" for key, t in before.items() if key not in after)


def _cells(old: PrintTable, new: PrintTable) -> Iterator[str]:
    where = new.place or new.title
    before, after = _rows(old), _rows(new)
    columns: Mapping[str, int] = {c.key: i for i, c in enumerate(old.columns)}
    for key, row in after.items():
        name = row_name(row, new)
        if key not in before:
            yield f"{where}增加“{name}”"
            continue
        for index, column in enumerate(new.columns):
            at = columns.get(column.key)
            if column.key == "number" or column.label or at is None or max(index, at) >= len(row.cells):
                continue
            if at >= len(before[key].cells):
                continue
            was, now = before[key].cells[at], row.cells[index]
            if was != now:
                said = column.name or _label(row, index)
                about = "" if new.headless else f"“{name}”"
                yield f"{where}{about}{said}：{_shown(was)} → {_shown(now)}"
    yield from (f"{where}去掉“{row_name(row, old)}”" for key, row in before.items() if key not in after)


def _label(row: PrintRow, index: int) -> str:
    """Of a table of facts: the label beside the cell."""
    beside = row.cells[index - 1] if index else ""
    return beside if isinstance(beside, str) else beside.text


def _texts(old: Report, new: Report) -> Iterator[str]:
    before = {e.sentence.key: e for e in editable(old)}
    after = {e.sentence.key: e for e in editable(new)}
    for key, one in after.items():
        where = one.heading
        if key not in before:
            yield f"{where}增加：{one.sentence.text}"
        elif before[key].sentence.text != one.sentence.text:
            yield f"{where}：“{before[key].sentence.text}” → “{one.sentence.text}”"
    yield from (f"{e.heading}去掉：{e.sentence.text}" for key, e in before.items() if key not in after)


def _forms(old: Report, new: Report) -> Iterator[str]:
    for what, was, now in (
        ("标题", old.title, new.title), ("签发人", old.masthead.signer, new.masthead.signer),
        ("发文名称", old.masthead.name, new.masthead.name), ("抄送", "；".join(old.cc), "；".join(new.cc)),
        ("主送", old.to, new.to), ("规则", "；".join(old.rules), "；".join(new.rules)),
    ):
        if was != now:
            yield f"{what}：{was or '空'} → {now or '空'}"
    if [s.heading for s in old.sections] != [s.heading for s in new.sections]:
        yield f"各部分：{'、'.join(s.heading for s in new.sections)}"
